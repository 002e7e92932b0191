//! The integration tests: one binary, a module a subject.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "tests make folders and run the program")]

mod across_cases;
mod aggregation;
mod authoring;
mod back_matter;
mod bad_input;
mod bibliography;
#[allow(unreachable_pub, reason = "the fuzzer's package has it as a library")]
#[path = "../../fuzz/bodies/mod.rs"]
mod bodies;
mod boundaries;
mod changes;
mod charts;
mod checklists;
mod command_line;
mod demands;
mod diff;
mod directives;
mod drafts;
mod editions;
mod edits;
mod examples;
mod explain;
mod export;
mod faults;
mod finder;
mod formats;
mod hostile_messages;
mod import;
mod key_changes;
mod killed;
mod known;
mod languages;
mod list;
mod many_cases;
mod memory;
mod mend;
mod migrate;
mod mutations;
mod outputs;
mod own_form;
mod progress;
mod properties;
mod rebuild;
mod recount;
mod regions;
mod report;
mod review;
mod schema;
mod schema_suite;
mod site_metadata;
mod stats;
mod style;
mod support;
mod template_data;
mod templates;
mod themes;
mod watch;
mod yaml_suite;

#[test]
fn no_test_file_is_left_out() {
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(support::repository().join("tests/it")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(name == "main" || main.contains(&format!("mod {name};")), "{name} is not a module");
    }
}
