//! Owns the guide as one page of HTML that needs nothing else.

use super::{Guide, INTRODUCTION};
use crate::authoring::markup::text;
use crate::authoring::words;
use crate::form::Question;

const STYLE: &str = concat!(include_str!("../page.css"), include_str!("guide.css"));

/// Headings have no deeper level.
const DEEPEST: usize = 6;

/// Writes the guide as a page of its own: no script, no network, to be read, searched and printed.
pub fn html(guide: &Guide<'_>) -> String {
    let title = text(&guide.title());
    let (required, others) = guide.halves();
    let parts = [("required", "Required", required), ("others", "As far as you know", others)];
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">To the questions</a>\n\
         <header>\n<h1>{title}</h1>\n"
    );
    if let Some(description) = &guide.questionnaire.description {
        out.push_str(&format!("<p class=\"lead\">{}</p>\n", text(description)));
    }
    for paragraph in INTRODUCTION {
        out.push_str(&format!("<p>{}</p>\n", text(paragraph)));
    }
    out.push_str("</header>\n<nav aria-label=\"Questions\">\n");
    for (id, heading, questions) in &parts {
        if !questions.is_empty() {
            out.push_str(&format!("<h2><a href=\"#{id}\">{heading}</a></h2>\n"));
            contents(questions, &mut out);
        }
    }
    out.push_str("</nav>\n<main id=\"content\">\n");
    for (id, heading, questions) in &parts {
        if questions.is_empty() {
            continue;
        }
        out.push_str(&format!(
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n"
        ));
        for asked in questions {
            question(asked, "", 3, &mut out);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn contents(questions: &[&Question], out: &mut String) {
    out.push_str("<ul>\n");
    for asked in questions {
        let place = place("", &asked.key);
        out.push_str(&format!("<li><a href=\"#{place}\">{}</a></li>\n", text(&asked.title)));
    }
    out.push_str("</ul>\n");
}

/// One question and those inside it. `above` is the place of the question that it belongs to.
fn question(asked: &Question, above: &str, level: usize, out: &mut String) {
    let (place, level) = (place(above, &asked.key), level.min(DEEPEST));
    out.push_str(&format!(
        "<article aria-labelledby=\"{place}\">\n<h{level} id=\"{place}\">{} \
         <code>{}</code>{}{}</h{level}>\n",
        text(&asked.title),
        text(&asked.key),
        if asked.is_required { " <span class=\"mark\">required</span>" } else { "" },
        if asked.is_private { " <span class=\"mark quiet\">private</span>" } else { "" },
    ));
    if let Some(description) = &asked.description {
        out.push_str(&format!("<p>{}</p>\n", text(description)));
    }
    let mut rules = vec![format!("Write {}.", words::kind(asked))];
    rules.extend(words::limits(asked));
    out.push_str(&format!("<p class=\"rules\">{}</p>\n", text(&rules.join(" "))));
    choices(asked, out);
    let examples = words::examples(asked);
    if !examples.is_empty() {
        let examples: Vec<String> =
            examples.iter().map(|example| format!("<code>{}</code>", text(example))).collect();
        out.push_str(&format!("<p class=\"rules\">For example: {}</p>\n", examples.join(", ")));
    }
    for inner in words::inner(asked) {
        question(inner, &place, level + 1, out);
    }
    out.push_str("</article>\n");
}

/// The values that may be chosen, each with its meaning.
fn choices(asked: &Question, out: &mut String) {
    let choices = words::choices(asked);
    if choices.len() < 2 {
        return;
    }
    if choices.iter().all(|choice| words::meaning(choice).is_none()) {
        out.push_str("<ul class=\"values\">\n");
        for choice in choices {
            let value = text(&words::plain(&choice.value));
            out.push_str(&format!("<li><code>{value}</code></li>\n"));
        }
        out.push_str("</ul>\n");
        return;
    }
    out.push_str(
        "<table>\n<thead><tr><th scope=\"col\">value</th><th scope=\"col\">what it means</th></tr></thead>\n\
         <tbody>\n",
    );
    for choice in choices {
        let meaning = text(&words::meaning(choice).unwrap_or_default());
        let value = text(&words::plain(&choice.value));
        out.push_str(&format!(
            "<tr><th scope=\"row\"><code>{value}</code></th><td>{meaning}</td></tr>\n"
        ));
    }
    out.push_str("</tbody>\n</table>\n");
}

/// The id of a question's place in the page: its keys from the outermost on.
fn place(above: &str, key: &str) -> String {
    let mut place = if above.is_empty() { "field".to_owned() } else { above.to_owned() };
    place.push('.');
    for c in key.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => place.push(c),
            // Any other letter by its number, so that two keys never share a place.
            c => place.push_str(&format!(":{:x}:", u32::from(c))),
        }
    }
    place
}
