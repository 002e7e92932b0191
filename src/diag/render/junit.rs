//! Owns JUnit XML: a suite for each file, a failed test for each error in it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::fingerprint::Fingerprints;
use super::{Findings, lines, printable};
use crate::diag::{Diagnostic, Severity};

/// What a suite says of a file without errors.
const NO_ERROR: &str = "no errors";

/// One test of a suite.
struct Test<'a> {
    name: String,
    found: &'a Diagnostic,
}

/// Shows a suite for each file that was read or that a diagnostic is about, in the order of paths.
///
/// A file without errors has one test that passes. An error is a test that fails. What is less is a
/// test that passes and tells: whether warnings fail is for the run to say, by its exit status.
pub(super) fn render(findings: &Findings<'_>) -> String {
    let mut suites: BTreeMap<String, Vec<Test<'_>>> = BTreeMap::new();
    for file in findings.sources.files() {
        suites.entry(findings.path(file.path())).or_default();
    }
    let mut fingerprints = Fingerprints::default();
    for found in findings.diagnostics {
        let number = fingerprints.next(found, findings).number;
        let test = Test { name: name(found, number), found };
        suites.entry(findings.place(found).path).or_default().push(test);
    }
    let mut body = String::new();
    let (mut tests, mut failures) = (0, 0);
    for (path, found) in &suites {
        let (of_suite, failed) = suite(path, found, findings, &mut body);
        tests += of_suite;
        failures += failed;
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"casebook\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" \
         time=\"0\">\n{body}</testsuites>\n"
    )
}

/// Writes the suite of one file; says how many tests it has and how many of them fail.
fn suite(
    path: &str,
    found: &[Test<'_>],
    findings: &Findings<'_>,
    out: &mut String,
) -> (usize, usize) {
    let failures = found.iter().filter(|test| test.found.is_error()).count();
    let tests = found.len() + usize::from(failures == 0);
    let path = escape(path);
    let _ = writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" \
         time=\"0\">"
    );
    if failures == 0 {
        let _ = writeln!(
            out,
            "    <testcase name=\"{NO_ERROR}\" classname=\"{path}\" file=\"{path}\" time=\"0\"/>"
        );
    }
    for test in found {
        case(test, &path, findings, out);
    }
    out.push_str("  </testsuite>\n");
    (tests, failures)
}

/// Writes one test; its path is escaped already.
fn case(test: &Test<'_>, path: &str, findings: &Findings<'_>, out: &mut String) {
    let found = test.found;
    let _ = write!(
        out,
        "    <testcase name=\"{}\" classname=\"{path}\" file=\"{path}\"",
        escape(&test.name)
    );
    let mut at = path.to_owned();
    if let Some((start, _)) = findings.place(found).range {
        let _ = write!(out, " line=\"{}\"", start.line);
        let _ = write!(at, ":{}:{}", start.line, start.column);
    }
    out.push_str(" time=\"0\">\n");
    let said: Vec<String> = lines(found).iter().map(|line| escape(line)).collect();
    let text = format!("at {at}\n{}[{}]: {}", found.severity.as_str(), found.code, said.join("\n"));
    let _ = match found.severity {
        Severity::Error => writeln!(
            out,
            "      <failure type=\"{}\" message=\"{}\">{text}</failure>",
            found.code,
            escape(&found.message)
        ),
        Severity::Warning | Severity::Info => {
            writeln!(out, "      <system-out>{text}</system-out>")
        }
    };
    out.push_str("    </testcase>\n");
}

/// The code, the node, and a number from the second of the kind on: services know a test by its
/// name, which so stays when lines move.
fn name(found: &Diagnostic, number: usize) -> String {
    let mut name = found.code.to_string();
    if let Some(pointer) = found.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
        let _ = write!(name, " {pointer}");
    }
    if number > 1 {
        let _ = write!(name, " ({number})");
    }
    name
}

/// A text for XML 1.0, between tags or quotation marks.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // Not allowed in XML, not even by number; control characters are gone already.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
