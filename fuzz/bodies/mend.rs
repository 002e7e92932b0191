//! A mended record is better than it was, can still be read, and has nothing left to mend.

use casebook::app::{Selection, mend, validate};

use super::record::{OneRecord, PATH, record};

/// Builds a record from bytes, and mends it.
pub fn mend_record(bytes: &[u8]) {
    let text = record(bytes);
    let selection = Selection::Paths(vec![PATH.to_owned()]);
    let mended = mend(&OneRecord(&text), &selection).expect("the manifest is sound");
    let Some(file) = mended.first() else { return };
    assert_eq!(file.before, text);
    let found = |text: &str| {
        let outcome = validate(&OneRecord(text), &selection).expect("the manifest is sound");
        let unreadable = outcome.diagnostics.iter().any(|found| found.code.hides_the_rest());
        assert!(!unreadable, "{text}");
        let summary = outcome.summary();
        (summary.errors, summary.warnings, outcome.diagnostics.len())
    };
    assert!(found(&file.after) < found(&text), "{text}\n{}", file.after);
    let again = mend(&OneRecord(&file.after), &selection).expect("the manifest is sound");
    assert!(again.is_empty(), "{}\n{}", file.after, again[0].after);
}
