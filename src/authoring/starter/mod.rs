//! Owns the files of a new casebook, but for those that are made of its form.

mod manifest;

use super::words;
use crate::language::Language;

pub use self::manifest::Starter;

/// Where the schema of the cases lies for editors.
pub const CASE_SCHEMA_PATH: &str = ".vscode/case.schema.json";

/// Where the schema of the manifest lies for editors.
pub const MANIFEST_SCHEMA_PATH: &str = ".vscode/casebook.schema.json";

/// Where the blank submission lies: as deep as the cases, so that a copy finds the schema.
pub const BLANK_PATH: &str = "contributing/blank-case.yaml";

/// Where the guide to the form lies.
pub const GUIDE_PATH: &str = "contributing/guide.md";

/// Where the form of GitHub's issues lies.
pub const ISSUE_FORM_PATH: &str = ".github/ISSUE_TEMPLATE/case.yml";

/// The language of the sample cases.
const SAMPLE_LANGUAGE: &str = "en";

/// The sample cases: true, short, with their sources; one that went well and one that did not.
const SAMPLES: &[(&str, &str)] = &[
    (
        "cases/rijnmond-portal.yaml",
        include_str!("../../../examples/minimal/cases/rijnmond-portal.yaml"),
    ),
    (
        "cases/telekap-slovenia.yaml",
        include_str!("../../../examples/minimal/cases/telekap-slovenia.yaml"),
    ),
];

/// What a sample has beside its story, so that editors can decide on it as on any other case.
const CONSENT: &str = "\
# Private, and asked for before a case is accepted: whoever may decide has agreed to its publication. This
# sample tells only what its sources have made public.
consent:
  given: true
";

/// Files that are the same in every casebook.
const FIXED: &[(&str, &str)] = &[
    (".github/workflows/casebook.yml", include_str!("files/workflow.yml")),
    (".gitignore", include_str!("files/gitignore")),
    (".vscode/extensions.json", include_str!("files/extensions.json")),
    (".vscode/settings.json", include_str!("files/settings.json")),
    ("chapters/about.md", include_str!("files/about.md")),
];

impl Starter {
    /// The files by their paths; the manifest, which makes a casebook of them, comes last.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = Vec::new();
        files.extend(FIXED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
        files.extend(SAMPLES.iter().map(|(path, text)| ((*path).to_owned(), self.sample(text))));
        files.push(("README.md".to_owned(), self.readme()));
        files.push(("casebook.yaml".to_owned(), self.manifest()));
        files
    }

    /// A sample case, which says in which language it is where the report is in another. It leads to no
    /// other case.
    fn sample(&self, text: &str) -> String {
        let (id, rest) = text.split_once('\n').unwrap_or((text, ""));
        let is_foreign = self.language() != SAMPLE_LANGUAGE;
        let language = if is_foreign { "language: en\n" } else { "" };
        let kept = rest.lines().filter(|line| !line.starts_with("related:"));
        let rest: String = kept.map(|line| format!("{line}\n")).collect();
        format!(
            "# yaml-language-server: $schema=../{CASE_SCHEMA_PATH}\n\
             # A sample, told from public sources: read it, then delete it when you have cases of your own.\n\
             {id}\n{language}{rest}{CONSENT}"
        )
    }

    fn readme(&self) -> String {
        let group = match &self.group {
            Some(group) => words::one_line(group),
            None => "this group".to_owned(),
        };
        let name = |code: &String| match Language::of(code) {
            Some(language) => format!("{} ({code})", language.name()),
            None => code.clone(),
        };
        let languages: Vec<String> = match self.languages.as_slice() {
            [] => vec![name(&self.language().to_owned())],
            languages => languages.iter().map(name).collect(),
        };
        include_str!("files/README.md")
            .replace("{title}", &words::one_line(&self.title))
            .replace("{group}", &group)
            .replace("{languages}", &languages.join(", "))
    }
}
