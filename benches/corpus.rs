//! Owns a deterministic corpus of any size: N made-up cases of 5 to 6 kB that look like real ones.

use std::collections::BTreeMap;
use std::fmt::Write;

use casebook::app::{Files, ReadError};

/// What the program has, so that the same is measured.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const WORDS: &str = "patients nurses doctors region hospital service record network video home \
    monitoring care data exchange specialist village island journey trial result share cost year \
    programme health staff system portal card referral image stroke ambulance clinic pharmacy \
    prescription consent citizen visit message reading alarm sensor training evaluation report \
    council county agreement standard interface budget contract supplier partner project the a of \
    with for and to in from at by was were had one each many few new old first second after before \
    during more less than between";

const REGIONS: &[&str] = &[
    "SE221", "SE331", "DE2", "DE80", "FI1D9", "NO07", "DK05", "EE", "LV", "PL21", "ES51", "ES61",
    "ITC4", "ITF4", "FRC2", "PT1C", "AT33", "BE3", "CZ063", "NL36", "UKM", "CH013", "EL43", "SI",
    "SE-K", "GB-SCT",
];

const THEMES: &[&str] = &[
    "telestroke",
    "emergency",
    "teleconsultation",
    "teleradiology",
    "home-monitoring",
    "health-record",
    "record-exchange",
    "eprescription",
    "patient-portal",
    "health-card",
    "rural-care",
    "cross-border",
    "tele-education",
];

/// A casebook in memory.
pub(crate) struct Corpus(BTreeMap<String, Vec<u8>>);

impl Corpus {
    /// A casebook of `n` cases; the same for the same `n`.
    pub(crate) fn new(n: usize) -> Self {
        let mut files = BTreeMap::new();
        let mut manifest = String::from(
            "casebook: 1\ntitle: A generated casebook\nedition: {date: 2026-01-02}\nthemes:\n",
        );
        for theme in THEMES {
            let _ = writeln!(manifest, "  {theme}: {{title: The theme {theme}}}");
        }
        files.insert("casebook.yaml".to_owned(), manifest.into_bytes());
        for index in 0..n {
            files.insert(format!("cases/case-{index:05}.yaml"), case(index, n).into_bytes());
        }
        Self(files)
    }

    /// The texts of the cases.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let cases = self.0.iter().filter(|(path, _)| path.starts_with("cases/"));
        cases.map(|(_, bytes)| std::str::from_utf8(bytes).expect("made of text"))
    }

    /// The text of the manifest.
    pub(crate) fn manifest(&self) -> &str {
        std::str::from_utf8(&self.0["casebook.yaml"]).expect("made of text")
    }

    /// Bytes of all files.
    pub(crate) fn bytes(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

impl Files for Corpus {
    fn discover(&self, _: &[String], _: &[String]) -> anyhow::Result<Vec<String>> {
        Ok(self.0.keys().filter(|path| path.starts_with("cases/")).cloned().collect())
    }

    fn read(&self, path: &str, _: usize) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).cloned().ok_or(ReadError::Missing)
    }
}

/// Numbers that are the same in every run (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn sentence(&mut self, words: &[&str], length: usize) -> String {
        let mut out = String::from("The");
        for _ in 0..length {
            out.push(' ');
            out.push_str(self.pick(words));
        }
        out
    }
}

fn case(index: usize, n: usize) -> String {
    let mut numbers = Numbers(index as u64 + 1);
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut out = format!("id: case-{index:05}\n");
    let title = numbers.sentence(&words, 5);
    let _ = writeln!(out, "title: {title} {index}\nsummary: >-");
    for _ in 0..4 {
        let _ = writeln!(out, "  {}.", numbers.sentence(&words, 14));
    }
    let (home, other) = (numbers.pick(REGIONS), numbers.pick(REGIONS));
    let regions = if home == other { home.to_owned() } else { format!("{home}, {other}") };
    // Each theme has its turn: one without a case would be remarked on.
    let (main, also) = (THEMES[index % THEMES.len()], numbers.pick(THEMES));
    let themes = if main == also { main.to_owned() } else { format!("{main}, {also}") };
    let _ = writeln!(out, "regions: [{regions}]\nscope: regional");
    let year = 1998 + numbers.below(25);
    let _ = writeln!(out, "period: {{ start: {year}, end: {}-0{} }}", year + 2, 1 + index % 9);
    let _ = writeln!(out, "themes: [{themes}]");
    let status = numbers.pick(&["planned", "pilot", "operational", "discontinued", "superseded"]);
    let outcome = numbers.pick(&["success", "mixed", "no-effect", "failed", "too-early"]);
    let _ = writeln!(out, "status: {status}\noutcome: {outcome}\norganisations:");
    for role in ["lead", "partner", "supplier"] {
        let name = numbers.sentence(&words, 3);
        let _ = writeln!(out, "  - name: {name}\n    role: {role}\n    region: {home}");
    }
    for field in ["problem", "solution", "implementation", "results_summary", "sustainability"] {
        let _ = writeln!(out, "{field}: |");
        for source in 1..4 {
            let text = numbers.sentence(&words, 16);
            let _ = writeln!(out, "  {text} **{}** [@S{source}].", numbers.pick(&words));
        }
        let (one, two) = (numbers.sentence(&words, 6), numbers.sentence(&words, 6));
        let _ = writeln!(out, "\n  - {one}\n  - {two} [@S1; @S2]");
    }
    for section in ["scale", "results"] {
        let _ = writeln!(out, "{section}:");
        for _ in 0..5 {
            let measure = numbers.sentence(&words, 5);
            let (value, baseline) = (numbers.below(9000), numbers.below(9000));
            let _ = writeln!(
                out,
                "  - measure: {measure}\n    value: {value}\n    baseline: {baseline}\n    \
                 unit: patients\n    when: {year}/{}\n    source: S{}",
                year + 1,
                1 + numbers.below(3)
            );
        }
    }
    out.push_str("lessons:\n");
    for list in ["worked", "did_not_work", "advice"] {
        let _ = writeln!(out, "  {list}:");
        for _ in 0..3 {
            let _ = writeln!(out, "    - {} [@S2].", numbers.sentence(&words, 12));
        }
    }
    out.push_str("sources:\n");
    for source in 1..4 {
        let title = numbers.sentence(&words, 8);
        let _ = writeln!(
            out,
            "  S{source}:\n    title: {title}\n    publisher: A journal\n    year: {year}\n    \
             url: https://example.org/{index}/{source}"
        );
    }
    let _ = writeln!(out, "related: [case-{:05}]", (index + 1) % n);
    out
}
