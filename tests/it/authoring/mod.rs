//! What contributors and editors begin with: blanks, guides, a form on GitHub, new cases and casebooks.

mod blank;
mod guide;
mod init;
mod issue_form;
mod killed;
mod new;
mod shells;
#[cfg(target_os = "linux")]
mod terminal;
mod webform;

use casebook::form::to_json;
use casebook::load::{Limits, parse};
use casebook::source::SourceMap;
use serde_json::Value;

/// What a YAML text says.
#[track_caller]
fn yaml(text: &str) -> Value {
    let source = SourceMap::default().add("", "");
    let mut sink = Vec::new();
    let tree = parse(source, text, Limits::default(), &mut sink);
    assert!(sink.is_empty(), "{sink:?}\n{text}");
    to_json(&tree.unwrap())
}

/// The keys of a mapping in a YAML text, in its order.
#[track_caller]
fn keys(text: &str) -> Vec<String> {
    let source = SourceMap::default().add("", "");
    let tree = parse(source, text, Limits::default(), &mut Vec::new()).unwrap();
    tree.entries().iter().map(|entry| entry.key.to_string()).collect()
}

/// A blank with every question opened: the lines of all optional keys, on each level, as an editor's
/// command for comments would open them.
fn opened(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let lines: Vec<String> = text.lines().map(open_line).collect();
        let next = lines.join("\n") + "\n";
        if next == text {
            return text;
        }
        text = next;
    }
}

/// Code stands right behind its `#`, further in by twos; prose stands behind a space.
fn open_line(line: &str) -> String {
    let code = line.trim_start();
    let indent = &line[..line.len() - code.len()];
    let Some(rest) = code.strip_prefix('#') else { return line.to_owned() };
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    if rest.is_empty() || spaces % 2 == 1 { line.to_owned() } else { format!("{indent}{rest}") }
}
