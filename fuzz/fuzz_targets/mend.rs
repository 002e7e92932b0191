//! Mends any record.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| casebook_fuzz::mend_record(bytes));
