//! Owns the guide as Markdown.

use super::{Guide, INTRODUCTION};
use crate::authoring::words;
use crate::form::Question;

/// Headings have no deeper level.
const DEEPEST: usize = 6;

/// Writes the guide as Markdown.
pub fn markdown(guide: &Guide<'_>) -> String {
    let mut out = format!("# {}\n\n", text(&guide.title()));
    if let Some(description) = &guide.questionnaire.description {
        out.push_str(&format!("{}\n\n", text(description)));
    }
    for paragraph in INTRODUCTION {
        out.push_str(&format!("{}\n\n", text(paragraph)));
    }
    let (required, others) = guide.halves();
    for (heading, questions) in [("Required", required), ("As far as you know", others)] {
        if questions.is_empty() {
            continue;
        }
        out.push_str(&format!("## {heading}\n\n"));
        for asked in questions {
            question(asked, None, 3, &mut out);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn question(asked: &Question, above: Option<&Question>, level: usize, out: &mut String) {
    let marks = "#".repeat(level.min(DEEPEST));
    let state = if asked.is_required { " – required" } else { "" };
    out.push_str(&format!("{marks} {} ({}){state}\n\n", text(&asked.title), code(&asked.key)));
    if let Some(description) = &asked.description {
        out.push_str(&format!("{}\n\n", text(description)));
    }
    let mut lines = vec![format!("Write {}.", words::kind(asked))];
    lines.extend(words::limits(asked));
    lines.extend(words::privacy(asked, above).map(str::to_owned));
    out.push_str(&format!("{}\n\n", text(&lines.join(" "))));
    choices(asked, out);
    let examples = words::examples(asked);
    if !examples.is_empty() {
        let examples: Vec<String> = examples.iter().map(|example| code(example)).collect();
        out.push_str(&format!("For example: {}\n\n", examples.join(", ")));
    }
    for inner in words::inner(asked) {
        question(inner, Some(asked), level + 1, out);
    }
}

fn choices(asked: &Question, out: &mut String) {
    let choices = words::choices(asked);
    if choices.len() < 2 {
        return;
    }
    if choices.iter().all(|choice| words::meaning(choice).is_none()) {
        for choice in choices {
            out.push_str(&format!("- {}\n", code(&words::plain(&choice.value))));
        }
    } else {
        out.push_str("| value | what it means |\n|---|---|\n");
        for choice in choices {
            let meaning = words::meaning(choice).unwrap_or_default();
            let value = code(&words::plain(&choice.value)).replace('|', "\\|");
            out.push_str(&format!("| {value} | {} |\n", text(&meaning)));
        }
    }
    out.push('\n');
}

/// Plain text as Markdown, on one line.
fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars().filter(|c| !c.is_control()) {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// A word as it is typed.
fn code(word: &str) -> String {
    let word: String = word.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if word.contains('`') { format!("`` {word} ``") } else { format!("`{word}`") }
}
