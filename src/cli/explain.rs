//! Owns the verb `explain`.

use anyhow::{Result, bail};

use super::args::Explain;
use super::terminal::Terminal;
use crate::app::Status;
use crate::diag::Code;
use crate::form::nearest;

/// The longest word that is repeated to the user as it was typed.
const LONGEST: usize = 60;

pub(super) fn run(args: &Explain, terminal: &Terminal) -> Result<Status> {
    match &args.code {
        Some(name) => {
            let text = explanation(find(name)?);
            terminal.print(&if terminal.styles_print() { styled(&text) } else { text })?;
        }
        None => {
            terminal.print(&list())?;
            terminal.legend(LEGEND);
        }
    }
    Ok(Status::Clean)
}

/// What a reader of the list should know.
const LEGEND: &str = "\nThose with `rules` may be set to error, warning, info or off under \
                      `rules:` in casebook.yaml.\n`casebook explain CODE` says more about one.";

/// The code of a name as it was typed.
fn find(name: &str) -> Result<Code> {
    let plain = name.trim().to_lowercase();
    if let Some(code) = Code::parse(&plain) {
        return Ok(code);
    }
    let shown: String = name.chars().take(LONGEST).collect();
    match nearest(&plain, Code::ALL.iter().map(|code| code.as_str())) {
        Some(meant) => bail!("there is no code `{shown}`; did you mean `{meant}`?"),
        None => bail!("there is no code `{shown}`\n  `casebook explain` lists all codes"),
    }
}

/// A code's name, meaning and severity, then its explanation.
fn explanation(code: Code) -> String {
    let severity = code.default_severity().as_str();
    let unless = ", unless casebook.yaml says otherwise under `rules:`";
    let unless = if code.is_adjustable() { unless } else { "" };
    let (description, explanation) = (code.description(), code.explanation());
    format!("# {code}: {description}\n\nSeverity: {severity}{unless}.\n\n{explanation}")
}

/// All codes, a line each: name, severity, `rules` or `-`, meaning.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    let line = |code: &Code| {
        let rules = if code.is_adjustable() { "rules" } else { "-" };
        let severity = code.default_severity().as_str();
        format!("{:width$}  {severity:7}  {rules:5}  {}\n", code.as_str(), code.description())
    };
    Code::ALL.iter().map(line).collect()
}

/// What a terminal takes for the beginning of bold text.
const BOLD: &str = "\x1b[1m";

/// What a terminal takes for the beginning of dim text.
const DIM: &str = "\x1b[2m";

/// What a terminal takes for the end of either.
const RESET: &str = "\x1b[0m";

/// Markdown with its headings in bold and its blocks of code dimmed; every character stays.
fn styled(markdown: &str) -> String {
    let mut in_code = false;
    let mut out = String::new();
    for line in markdown.lines() {
        let is_fence = line.starts_with("```");
        let style = if in_code || is_fence {
            DIM
        } else if line.starts_with('#') {
            BOLD
        } else {
            ""
        };
        in_code ^= is_fence;
        let reset = if style.is_empty() { "" } else { RESET };
        out.push_str(&format!("{style}{line}{reset}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_bold_and_code_is_dim() {
        let text = "# a\n\nb\n```yaml\n# c\n```\nd\n";
        let expected = "\x1b[1m# a\x1b[0m\n\nb\n\x1b[2m```yaml\x1b[0m\n\x1b[2m# c\x1b[0m\n\
                        \x1b[2m```\x1b[0m\nd\n";
        assert_eq!(styled(text), expected);
    }

    #[test]
    fn a_code_is_found_in_any_case_and_nothing_else_is() {
        assert_eq!(find("Unknown-Region").unwrap(), Code::UnknownRegion);
        let message = |name: &str| find(name).unwrap_err().to_string();
        assert!(message("unknown-regoin").ends_with("did you mean `unknown-region`?"));
        assert!(message("E0308").ends_with("lists all codes"));
        assert!(message(&"x".repeat(1000)).len() < 200);
    }
}
