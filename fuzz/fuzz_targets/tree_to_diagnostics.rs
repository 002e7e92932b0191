//! Judges records of the form's keys with any values.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| casebook_fuzz::tree_to_diagnostics(bytes));
