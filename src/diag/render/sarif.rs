//! Owns SARIF 2.1.0: one run, for services and editors that show the results of many tools.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::findings::Place;
use super::fingerprint::{Fingerprint, Fingerprints};
use super::{Findings, json_text, lines, printable};
use crate::diag::{Code, Diagnostic, Fix, Label, Severity};
use crate::source::Position;

/// What paths are relative to: whoever reads the results knows where the sources lie.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    invocations: Value,
    column_kind: &'static str,
    original_uri_base_ids: Value,
    results: Results<'a>,
}

/// The results, each made as it is written: there may be very many.
struct Results<'a> {
    codes: &'a [Code],
    findings: &'a Findings<'a>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fingerprints = Fingerprints::default();
        serializer.collect_seq(self.findings.diagnostics.iter().map(|found| {
            let fingerprint = fingerprints.next(found, self.findings);
            result(found, fingerprint, self.codes, self.findings)
        }))
    }
}

/// Shows a log with one run, which is complete whatever was found.
pub(super) fn render(findings: &Findings<'_>) -> String {
    let codes: BTreeSet<Code> = findings.diagnostics.iter().map(|found| found.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let root = json!({ "description": { "text": "the root of the repository" } });
    let run = Run {
        tool: json!({ "driver": driver(&codes) }),
        invocations: json!([{ "executionSuccessful": findings.checked }]),
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: json!({ ROOT: root }),
        results: Results { codes: &codes, findings },
    };
    json_text(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    })
}

fn driver(codes: &[Code]) -> Value {
    let mut driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
    });
    let addresses = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    if let Some(address) = addresses.iter().find(|address| !address.is_empty()) {
        driver["informationUri"] = json!(address);
    }
    driver
}

fn rule(code: Code) -> Value {
    let description = code.description();
    let explanation = code.explanation();
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": description },
        "fullDescription": { "text": description },
        "help": { "text": explanation, "markdown": explanation },
        "defaultConfiguration": { "level": level(code.default_severity()) },
    })
}

fn result(
    found: &Diagnostic,
    fingerprint: Fingerprint,
    codes: &[Code],
    findings: &Findings<'_>,
) -> Value {
    let mut location = json!({ "physicalLocation": physical(&findings.place(found)) });
    if let Some(pointer) = found.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": pointer }]);
    }
    let mut result = json!({
        "ruleId": found.code.as_str(),
        "level": level(found.severity),
        "message": message(&lines(found).join("\n")),
        "locations": [location],
        // GitHub's own upload computes `primaryLocationLineHash`, and warns if it finds another.
        "partialFingerprints": { "casebook/v1": fingerprint.to_string() },
    });
    if let Ok(index) = codes.binary_search(&found.code) {
        result["ruleIndex"] = json!(index);
    }
    if !found.related.is_empty() {
        let related = found.related.iter().zip(1..);
        result["relatedLocations"] =
            related.map(|(label, id)| related_location(label, id, findings)).collect();
    }
    if let Some(remedy) = &found.fix {
        result["fixes"] = json!([fix(remedy, findings)]);
    }
    result
}

fn related_location(label: &Label, id: usize, findings: &Findings<'_>) -> Value {
    let place = findings.place_of(label.location);
    let mut location = json!({ "id": id, "physicalLocation": physical(&place) });
    if !label.text.is_empty() {
        location["message"] = message(&printable(&label.text));
    }
    location
}

fn fix(fix: &Fix, findings: &Findings<'_>) -> Value {
    json!({
        "artifactChanges": [{
            "artifactLocation": artifact(&findings.place_of(fix.location).path),
            "replacements": [{
                "deletedRegion": region(findings.range(fix.location)),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

fn physical(place: &Place) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(&place.path) });
    if let Some(range) = place.range {
        physical["region"] = region(range);
    }
    physical
}

fn region((start, end): (Position, Position)) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path), "uriBaseId": ROOT })
}

/// A text as a message, in which nobody's words become a link.
///
/// Braces are kept single, against the letter of the standard: readers undo their doubling only
/// where a message has arguments, and so would show it.
fn message(text: &str) -> Value {
    json!({ "text": text.replace("](", "] (") })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative URI: every byte but letters, digits and `-._~/` as `%` and two digits.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_makes_a_relative_uri() {
        assert_eq!(uri("cases/a-b_c.yaml"), "cases/a-b_c.yaml");
        assert_eq!(uri("Fälle/a b#1?.yaml"), "F%C3%A4lle/a%20b%231%3F.yaml");
        assert_eq!(uri("javascript:x%41"), "javascript%3Ax%2541");
    }
}
