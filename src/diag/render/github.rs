//! Owns the annotations of a GitHub workflow: commands that its runner reads from the log.

use std::collections::BTreeMap;

use super::findings::Place;
use super::{Findings, cut, lines, printable};
use crate::diag::{Code, Diagnostic, Severity};

/// How many annotations of a severity GitHub shows for one step; it drops the others silently.
const MOST: usize = 10;

/// How many characters of a message are shown: GitHub refuses more than 64 KB.
const LONGEST: usize = 4000;

/// Shows annotations, errors first, and says how many could not have one.
pub(super) fn render(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let found: Vec<&Diagnostic> =
            findings.diagnostics.iter().filter(|found| found.severity == severity).collect();
        annotate(severity, &found, findings, &mut out);
    }
    out
}

/// Writes the annotations of one severity.
fn annotate(severity: Severity, found: &[&Diagnostic], findings: &Findings<'_>, out: &mut String) {
    let groups = if found.len() > MOST {
        grouped(found, findings)
    } else {
        found.iter().map(|one| vec![*one]).collect()
    };
    let left_out: usize = groups.iter().skip(MOST).map(Vec::len).sum();
    for (group, number) in groups.iter().zip(1..=MOST) {
        let Some((first, others)) = group.split_first() else { continue };
        let mut message = cut(&lines(first).join("\n"), LONGEST);
        if !others.is_empty() {
            message.push_str(&format!("\nand {} more like this in this file", others.len()));
        }
        if number == MOST && left_out > 0 {
            message.push_str(&format!(
                "\n\n{left_out} more have no annotation, as GitHub shows {MOST} a step: \
                 the summary of the workflow run lists all of them"
            ));
        }
        out.push_str(&command(severity, &findings.place(first), first.code, &message));
    }
}

/// Puts the diagnostics of one code in one file together; groups stand in the order of their first.
fn grouped<'a>(found: &[&'a Diagnostic], findings: &Findings<'_>) -> Vec<Vec<&'a Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut places: BTreeMap<(String, Code), usize> = BTreeMap::new();
    for one in found {
        let key = (findings.place(one).path, one.code);
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// One command: `::error file=…,line=…,title=…::message`.
fn command(severity: Severity, place: &Place, code: Code, message: &str) -> String {
    let word = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut command = format!("::{word} file={}", property(&place.path));
    if let Some((start, end)) = place.range {
        command.push_str(&format!(",line={},endLine={}", start.line, end.line));
        // GitHub takes columns within one line only.
        if start.line == end.line {
            command.push_str(&format!(",col={},endColumn={}", start.column, end.column));
        }
    }
    command.push_str(&format!(",title={}::{}\n", property(code.as_str()), data(message)));
    command
}

/// A text as the message of a command, which may have line breaks.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a command.
fn property(text: &str) -> String {
    data(&printable(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Summary;
    use crate::source::SourceMap;

    /// Annotations for diagnostics that are given by code, file and message.
    fn annotations(found: impl IntoIterator<Item = (Code, String, String)>) -> Vec<String> {
        let diagnostics: Vec<_> = (found.into_iter())
            .map(|(code, path, message)| Diagnostic::new(code, message).about(path))
            .collect();
        let findings = Findings {
            diagnostics: &diagnostics,
            sources: &SourceMap::default(),
            summary: Summary::of(&diagnostics, 1),
            checked: true,
            folder: "",
        };
        render(&findings).lines().map(str::to_owned).collect()
    }

    #[test]
    fn untrusted_text_stays_inside_its_command() {
        let path = "a,line=9:x%0A::stop-commands::y.yaml".to_owned();
        let found = annotations([(Code::RawHtml, path, "50 %\n::add-mask::x\r##[group]".into())]);
        assert_eq!(
            found,
            ["::warning file=a%2Cline=9%3Ax%250A%3A%3Astop-commands%3A%3Ay.yaml,title=raw-html::\
              50 %25 ::add-mask::x\u{fffd}##(group]"]
        );
    }

    #[test]
    fn ten_are_shown_one_by_one() {
        let one = |number| (Code::UnknownKey, "a.yaml".to_owned(), format!("key {number}"));
        assert_eq!(annotations((0..10).map(one)).len(), 10);
    }

    #[test]
    fn more_than_ten_of_a_kind_share_an_annotation() {
        let one = |number| {
            let path = if number % 2 == 0 { "a.yaml" } else { "b.yaml" };
            (Code::UnknownKey, path.to_owned(), format!("key {number}"))
        };
        assert_eq!(
            annotations((0..11).map(one)),
            [
                "::error file=a.yaml,title=unknown-key::key 0%0Aand 5 more like this in this file",
                "::error file=b.yaml,title=unknown-key::key 1%0Aand 4 more like this in this file",
            ]
        );
    }

    #[test]
    fn what_has_no_annotation_is_counted_and_errors_come_first() {
        let file = |number: usize| format!("{}.yaml", number / 2);
        let warning = |number| (Code::RawHtml, file(number), "HTML".to_owned());
        let error = |number| (Code::UnknownKey, file(number), "key".to_owned());
        let found = annotations((0..4).map(warning).chain((0..26).map(error)));
        assert_eq!(found.len(), 14);
        assert!(found[..10].iter().all(|line| line.starts_with("::error ")));
        assert!(found[10..].iter().all(|line| line.starts_with("::warning ")));
        // Thirteen files with two errors each, of which ten are shown.
        assert!(found[9].contains("and 1 more like this in this file%0A%0A6 more have no"));
        assert!(!found[8].contains("no annotation") && !found[13].contains("no annotation"));
    }
}
