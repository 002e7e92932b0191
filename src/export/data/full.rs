//! Owns `cases.json` and `cases.jsonl`: the cases in full.

use serde_json::json;

use crate::model::Report;

/// One object with all cases under `cases`.
pub(super) fn json(report: &Report) -> Vec<u8> {
    format!("{:#}\n", json!({ "cases": report.cases })).into_bytes()
}

/// One case a line.
pub(super) fn json_lines(report: &Report) -> Vec<u8> {
    let lines = report.cases.iter().map(|case| format!("{}\n", json!(case)));
    lines.collect::<String>().into_bytes()
}
