//! Reads any text as YAML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| casebook_fuzz::yaml_to_tree(bytes));
