//! Owns the summary page of a GitHub job: a table of all diagnostics, in Markdown.

use super::{Findings, cut, printable};
use crate::diag::Diagnostic;

/// How many characters of a text a cell shows.
const LONGEST: usize = 1000;

/// Makes the page, no longer than there is room for, in bytes; what does not fit is counted.
pub fn job_summary(findings: &Findings<'_>, room: usize) -> String {
    let mut page = format!("### casebook {}\n\n", findings.summary);
    if findings.diagnostics.is_empty() {
        return within(page, room);
    }
    page.push_str("| | where | what is wrong | what to do |\n|---|---|---|---|\n");
    let all = findings.diagnostics.len();
    // The remark is never longer than for all of them, so that much room is kept.
    let kept = remark(all).len() + 1;
    for (diagnostic, before) in findings.diagnostics.iter().zip(0..) {
        let row = row(diagnostic, findings);
        if page.len() + row.len() + kept > room {
            page.push_str(&remark(all - before));
            return within(page, room);
        }
        page.push_str(&row);
    }
    page.push('\n');
    within(page, room)
}

/// The page if it fits, else nothing: half a table helps nobody.
fn within(page: String, room: usize) -> String {
    if page.len() > room { String::new() } else { page }
}

fn remark(left_out: usize) -> String {
    format!(
        "\nThere is no room here for {left_out} more; `casebook validate` shows all of them.\n\n"
    )
}

fn row(diagnostic: &Diagnostic, findings: &Findings<'_>) -> String {
    let place = findings.place(diagnostic);
    let at = place.range.map(|(start, _)| format!(":{}:{}", start.line, start.column));
    format!(
        "| {} | {}{} | {} ({}) | {} |\n",
        diagnostic.severity.as_str(),
        cell(&place.path),
        at.unwrap_or_default(),
        cell(&diagnostic.message),
        diagnostic.code,
        cell(&help(diagnostic)),
    )
}

/// What to do, or at least why.
fn help(diagnostic: &Diagnostic) -> String {
    let label = diagnostic.primary.iter().map(|label| label.text.as_str());
    let help = diagnostic.help.iter().map(String::as_str);
    let said: Vec<&str> = label.chain(help).filter(|text| !text.is_empty()).collect();
    said.join("; ")
}

/// A text for a cell of a table: whatever could be Markdown, HTML or an address is written by its
/// number, so that it is read as it stands.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in cut(&printable(text), LONGEST).chars() {
        match c {
            ' ' | ',' | ';' | '-' | '/' | '\'' | '?' | '%' | '=' => cell.push(c),
            c if c.is_ascii_punctuation() => cell.push_str(&format!("&#{};", u32::from(c))),
            c => cell.push(c),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Summary};
    use crate::source::SourceMap;

    /// The page for errors that are given by their messages.
    fn page(messages: &[String], room: usize) -> String {
        let diagnostics: Vec<_> = (messages.iter())
            .map(|message| Diagnostic::new(Code::UnknownKey, message).about("a.yaml"))
            .collect();
        let findings = Findings {
            diagnostics: &diagnostics,
            sources: &SourceMap::default(),
            summary: Summary::of(&diagnostics, 2),
            checked: true,
            folder: "sub/",
        };
        job_summary(&findings, room)
    }

    /// The page as GitHub would show it: HTML, with what GitHub adds to Markdown turned on.
    fn shown(page: &str) -> String {
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        options.extension.footnotes = true;
        options.extension.math_dollars = true;
        options.render.r#unsafe = true;
        comrak::markdown_to_html(page, &options)
    }

    #[test]
    fn a_fault_is_a_row() {
        let html = shown(&page(&["unknown key `a|b`".to_owned()], 1 << 20));
        assert!(html.contains("<h3>casebook checked 2 files: 1 error, 0 warnings</h3>"), "{html}");
        let cells = ["error", "sub/a.yaml", "unknown key `a|b` (unknown-key)", ""];
        let row: String = cells.iter().map(|cell| format!("<td>{cell}</td>\n")).collect();
        assert!(html.contains(&format!("<tr>\n{row}</tr>")), "{html}");
    }

    #[test]
    fn nobody_s_words_become_markup() {
        let hostile = "<b>x</b> **b** _i_ `c` [l](http://a.example) ![p](q) http://b.example \
                       www.c.example ~~s~~ $m$ [^1] \\| | a\n\n# h <!-- &lt; @team #1 https:\\\\d";
        let html = shown(&page(&[hostile.to_owned()], 1 << 20));
        let (_, body) = html.split_once("<tbody>").unwrap();
        for tag in body.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
            let tag = tag.trim_start_matches('/');
            assert!(["tr", "td", "tbody", "table"].contains(&tag), "{tag} in {html}");
        }
        assert!(
            body.contains("&lt;b&gt;x&lt;/b&gt; **b** _i_ `c` [l](http://a.example)"),
            "{html}"
        );
        assert!(body.contains("\\| | a  # h &lt;!-- &amp;lt; @team #1"), "{html}");
    }

    #[test]
    fn a_full_page_counts_what_it_leaves_out() {
        let messages: Vec<String> = (0..100).map(|number| format!("key {number}")).collect();
        let whole = page(&messages, 1 << 20);
        for room in (0..whole.len() + 100).step_by(37) {
            let part = page(&messages, room);
            assert!(part.len() <= room);
            let rows = part.matches("| error |").count();
            let left_out = format!("no room here for {} more", 100 - rows);
            assert!(part.is_empty() || rows == 100 || part.contains(&left_out), "{room}: {part}");
        }
        assert_eq!(page(&messages, whole.len() + 100), whole);
        assert!(page(&messages, 2000).matches("| error |").count() > 20);
    }
}
