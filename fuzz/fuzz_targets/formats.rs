//! Shows any diagnostics in every format.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| casebook_fuzz::formats(bytes));
