//! Benchmarks of every stage over generated casebooks: `cargo bench`.
//!
//! `cargo bench -- build` runs one group. The largest documents take long and much memory; they run
//! only with `CASEBOOK_BENCH_LARGE=1`.
#![allow(clippy::disallowed_methods, reason = "a benchmark may look at its environment")]

#[path = "corpus.rs"]
mod corpus;

use casebook::aggregate::{self, Dimensions, Figures};
use casebook::app::{BuildOptions, Outcome, Selection, build, validate};
use casebook::cartography::{Dot, Drawing, Place, Size};
use casebook::load::{Limits, from_node, parse};
use casebook::model::{Case, Manifest, Output, Report};
use casebook::source::{SourceId, SourceMap};
use casebook::typeset::Typesetter;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use rayon::prelude::*;

use self::corpus::Corpus;

const SIZES: &[usize] = &[17, 200, 1_000, 10_000];
const DOCUMENT_SIZES: &[usize] = &[17, 200];

fn main() {
    divan::main();
}

/// Whether to run what takes minutes and gigabytes.
fn too_large(n: usize) -> bool {
    n > 200 && std::env::var_os("CASEBOOK_BENCH_LARGE").is_none()
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn parse_yaml(bencher: Bencher<'_, '_>, n: usize) {
    let corpus = Corpus::new(n);
    let source = SourceMap::default().add("case.yaml", "");
    bencher.counter(BytesCount::new(corpus.bytes())).bench_local(|| {
        for text in corpus.texts() {
            let mut sink = Vec::new();
            black_box(parse(source, text, Limits::default(), &mut sink));
        }
    });
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn validate_casebook(bencher: Bencher<'_, '_>, n: usize) {
    let corpus = Corpus::new(n);
    bencher
        .counter(ItemsCount::new(n))
        .bench_local(|| clean(validate(&corpus, &Selection::All).expect("a sound form")));
}

/// The schema alone, as other validators check it: no positions, no rules, no typed data. Read from
/// YAML, on as many cores as `validate_casebook` uses.
#[divan::bench(args = SIZES, sample_count = 10)]
fn schema_alone_from_yaml(bencher: Bencher<'_, '_>, n: usize) {
    let corpus = Corpus::new(n);
    bench_schema(bencher, corpus.texts().map(str::to_owned).collect(), |text| {
        serde_saphyr::from_str(text).expect("the corpus is YAML")
    });
}

/// The same from JSON, which is the quickest that such a validator can be given.
#[divan::bench(args = SIZES, sample_count = 10)]
fn schema_alone_from_json(bencher: Bencher<'_, '_>, n: usize) {
    let corpus = Corpus::new(n);
    let json = |text: &str| {
        let value: serde_json::Value = serde_saphyr::from_str(text).expect("the corpus is YAML");
        value.to_string()
    };
    bench_schema(bencher, corpus.texts().map(json).collect(), |text| {
        serde_json::from_str(text).expect("the corpus is JSON")
    });
}

fn bench_schema(
    bencher: Bencher<'_, '_>,
    texts: Vec<String>,
    read: impl Fn(&str) -> serde_json::Value + Sync,
) {
    let form: serde_json::Value =
        serde_json::from_str(casebook::form::CASE_SCHEMA).expect("the form is JSON");
    let validator = jsonschema::validator_for(&form).expect("the form is sound");
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        let valid = texts.par_iter().all(|text| validator.is_valid(&read(text)));
        assert!(black_box(valid), "the corpus fits the form");
    });
}

#[divan::bench(args = [50, 1_000])]
fn draw_map(bencher: Bencher<'_, '_>, n: usize) {
    let dot = |index: usize| Dot {
        name: format!("Region {index}"),
        place: Some(Place {
            longitude: (index * 37 % 60) as f64 - 20.0,
            latitude: (index * 53 % 35) as f64 + 35.0,
        }),
        count: index % 5 + 1,
    };
    let dots: Vec<Dot> = (0..n).map(dot).collect();
    bencher.bench_local(|| black_box(Drawing::of(&dots, Size::of_width(440.0))));
}

/// All figures of n cases; 100,000 are ten times the same 10,000 under other names.
#[divan::bench(args = [17, 200, 1_000, 10_000, 100_000], sample_count = 10)]
fn aggregate(bencher: Bencher<'_, '_>, n: usize) {
    let mut report = report(&Corpus::new(n.min(10_000))).0;
    let once = report.cases.clone();
    while report.cases.len() < n {
        let round = report.cases.len();
        let again =
            once.iter().map(|case| Case { id: format!("{}-{round}", case.id), ..case.clone() });
        report.cases.extend(again);
    }
    bencher.counter(ItemsCount::new(n)).bench_local(|| black_box(figures(&report)));
}

fn figures(report: &Report) -> Figures {
    let corpus =
        aggregate::Corpus::new(&report.cases, Dimensions::of(&report.manifest, &report.regions));
    Figures::of(&corpus, &report.manifest)
}

#[divan::bench(args = [17, 200, 1_000], sample_count = 3, sample_size = 1)]
fn build_pdf(bencher: Bencher<'_, '_>, n: usize) {
    bench_build(bencher, n, &[Output::Pdf]);
}

#[divan::bench(args = [17, 200, 1_000], sample_count = 3, sample_size = 1)]
fn build_html(bencher: Bencher<'_, '_>, n: usize) {
    bench_build(bencher, n, &[Output::Html]);
}

#[divan::bench(args = [17, 200, 1_000, 10_000], sample_count = 3, sample_size = 1)]
fn build_site(bencher: Bencher<'_, '_>, n: usize) {
    bench_build(bencher, n, &[Output::Site]);
}

#[divan::bench(args = DOCUMENT_SIZES, sample_count = 5, sample_size = 1)]
fn build_all(bencher: Bencher<'_, '_>, n: usize) {
    bench_build(bencher, n, &[]);
}

/// Typst alone on the same documents: what `build_all` is measured against.
#[divan::bench(args = DOCUMENT_SIZES, sample_count = 5, sample_size = 1)]
fn bare_typst(bencher: Bencher<'_, '_>, n: usize) {
    let (report, sources) = report(&Corpus::new(n));
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let corpus = aggregate::Corpus::new(&report.cases, dimensions);
    let figures = figures(&report);
    bencher
        .with_inputs(|| {
            typst::comemo::evict(0);
            Typesetter::new(&report, &figures, &sources, &[Output::Site], None)
        })
        .bench_local_values(|typesetter| {
            let (typesetter, report, corpus) = (&typesetter, &report, &corpus);
            let publication = casebook::export::Publication {
                typesetter,
                report,
                corpus,
                data: &[],
                kept: None,
                awaiting: None,
                progress: &casebook::export::Progress::default(),
            };
            casebook::export::documents(&publication, &Output::all(), &mut Vec::new())
        });
}

fn bench_build(bencher: Bencher<'_, '_>, n: usize, outputs: &[Output]) {
    if too_large(n) {
        return;
    }
    let corpus = Corpus::new(n);
    let options = BuildOptions { outputs: outputs.to_vec(), ..BuildOptions::default() };
    bencher
        .counter(ItemsCount::new(n))
        // Typst remembers what it has computed; every build is to be a cold one. An input of no size
        // would be made inside the measured time, so the options are what is handed over.
        .with_inputs(|| {
            typst::comemo::evict(0);
            options.clone()
        })
        .bench_local_values(|options| clean(build(&corpus, &options).expect("a sound form")));
}

/// A benchmark of a run that found faults would measure something else.
fn clean(outcome: Outcome) -> Outcome {
    assert_eq!(outcome.diagnostics, []);
    outcome
}

/// The corpus as typed data.
fn report(corpus: &Corpus) -> (Report, SourceMap) {
    let mut sources = SourceMap::default();
    let mut read = |path: &str, text: &str| sources.add(path, text);
    let cases = corpus.texts().enumerate().map(|(index, text)| {
        let source = read(&format!("cases/case-{index:05}.yaml"), text);
        Case { source: Some(source), ..lower(source, text) }
    });
    let cases: Vec<Case> = cases.collect();
    let manifest_text = corpus.manifest();
    let manifest_source = sources.add("casebook.yaml", manifest_text);
    let manifest: Manifest = lower(manifest_source, manifest_text);
    let (chapters, regions, assets, fonts, library) = Default::default();
    let report = Report {
        manifest,
        manifest_source,
        chapters,
        library,
        cases,
        regions,
        assets,
        fonts,
        templates: Default::default(),
        part: None,
        draft: None,
        earlier: None,
    };
    (report, sources)
}

fn lower<T: serde::de::DeserializeOwned>(source: SourceId, text: &str) -> T {
    let tree = parse(source, text, Limits::default(), &mut Vec::new()).expect("sound YAML");
    from_node(&tree).expect("what the form asks")
}
