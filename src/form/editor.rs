//! Owns what a form says to editors: the words that they show while a contributor types.

use std::collections::BTreeSet;

use serde_json::Value;

use super::ordered::Ordered;
use super::resource::Cursor;
use super::roles::Role;

/// What a casebook adds to the form of its cases: the words that its own files bring.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// The themes of the manifest, in its order.
    pub themes: Vec<Word>,
    /// The regions of a list of the group's own, in its order; none where the official ones are meant.
    pub regions: Vec<Word>,
    /// The ids of the cases.
    pub cases: Vec<String>,
}

/// A word of the manifest's as an editor shows it.
#[derive(Debug)]
pub struct Word {
    /// Its key.
    pub key: String,
    /// Its name for readers.
    pub title: String,
    /// What belongs to it.
    pub description: Option<String>,
}

/// Words listed in the documentation of one field: more would push the rest off the screen.
const MOST_LISTED: usize = 40;

/// Ids offered for a reference to another case. Whoever has more searches the folder.
const MOST_CASES: usize = 500;

/// Schemas of one value that are asked how it is written.
const MOST_PARTS: usize = 64;

/// Keywords that stand at the head of a schema; what is added follows them.
const HEAD: &[&str] = &["$schema", "$id", "id", "$ref", "x-role", "title", "description"];

/// Adds to schemas what editors show.
///
/// Editors take Markdown from `markdownDescription`, the meaning of a word from `enumDescriptions`,
/// the wording of a fault from `patternErrorMessage`, and whole entries from `defaultSnippets`. All
/// other programs pass over these keywords.
pub(super) struct Editor<'v> {
    vocabulary: &'v Vocabulary,
    /// The schemas whose values are theme keys by the manifest's roles.
    themes: BTreeSet<usize>,
    /// Whether a schema may say something beside a `$ref`; up to draft 7 it may not.
    refs_stand_alone: bool,
}

impl<'v> Editor<'v> {
    /// Speaks for a form, with the schemas that the manifest says hold themes.
    pub(super) fn new(
        root: &Cursor<'_>,
        themes: &[Cursor<'_>],
        vocabulary: &'v Vocabulary,
    ) -> Self {
        let draft = root.value.get("$schema").and_then(Value::as_str).unwrap_or_default();
        let themes = themes.iter().map(|place| match place.key("items") {
            Some(items) if items.value.is_object() => items.identity(),
            _ => place.identity(),
        });
        Self {
            vocabulary,
            themes: themes.collect(),
            refs_stand_alone: ["draft-04", "draft-06", "draft-07"]
                .iter()
                .any(|old| draft.contains(old)),
        }
    }

    /// Adds to a schema what it does not say itself.
    pub(super) fn add_to(&self, here: &Cursor<'_>, entries: &mut Vec<(String, Ordered)>) {
        let has_ref = here.value.get("$ref").is_some();
        if has_ref && self.refs_stand_alone {
            return;
        }
        let mut added = Vec::new();
        if let Some(text) = self.documentation(here) {
            added.push(("markdownDescription", Ordered::text(text)));
        }
        if self.is_theme(here) && takes_text_alone(here, has_ref) {
            offer(&self.vocabulary.themes, &mut added);
        }
        if role(std::slice::from_ref(here)) == Some(Role::Region) {
            offer(&self.vocabulary.regions, &mut added);
        }
        if texts_of(here, "enum").is_some_and(|words| !words.is_empty()) && !has_ref {
            // Editors write a key that must be there for their users only if they know its type.
            added.push(("type", Ordered::text("string")));
        }
        added.extend(refusal(here).map(|text| ("patternErrorMessage", Ordered::text(text))));
        if role(std::slice::from_ref(here)) == Some(Role::Case) {
            self.cases(&mut added);
        }
        put_texts_first(entries);
        let head = |(key, _): &(String, Ordered)| HEAD.contains(&key.as_str());
        let mut at = entries.iter().rposition(head).map_or(0, |last| last + 1);
        for (key, value) in added {
            if here.value.get(key).is_none() {
                entries.insert(at, (key.to_owned(), value));
                at += 1;
            }
        }
    }

    fn is_theme(&self, here: &Cursor<'_>) -> bool {
        self.themes.contains(&here.identity())
            || role(std::slice::from_ref(here)) == Some(Role::Theme)
    }

    /// Offers the ids of the cases, and forbids no other: the next case is not written yet.
    fn cases(&self, added: &mut Vec<(&'static str, Ordered)>) {
        let snippet = |id: &String| {
            let entries = [("label", id), ("body", id)];
            let entries = entries.map(|(key, text)| (key.to_owned(), Ordered::text(text)));
            Ordered::Map(entries.into())
        };
        let snippets: Vec<_> = self.vocabulary.cases.iter().take(MOST_CASES).map(snippet).collect();
        if !snippets.is_empty() {
            added.push(("defaultSnippets", Ordered::List(snippets)));
        }
    }

    /// What to show of a field: its description, and how to write its value.
    fn documentation(&self, here: &Cursor<'_>) -> Option<String> {
        let own = here.value.get("description").and_then(Value::as_str);
        if own.is_none() && here.value.get("$ref").is_some() {
            // What it refers to is documented there.
            return None;
        }
        let description = own.unwrap_or_default();
        let parts = here.clone().with_parts(MOST_PARTS);
        let entries = parts.iter().find_map(|part| part.key("items"));
        let entry_parts =
            entries.clone().map(|entries| entries.with_parts(MOST_PARTS)).unwrap_or_default();

        let mut paragraphs: Vec<String> = Vec::new();
        paragraphs.extend(own.map(escape));
        paragraphs.extend(choices(here, entries.as_ref(), description));
        let role = role(&parts).or_else(|| role(&entry_parts));
        paragraphs.extend(role.and_then(|role| hint(role, description)).map(str::to_owned));
        let lists_themes = entries.is_some_and(|entries| self.is_theme(&entries));
        paragraphs.extend(lists_themes.then(|| self.list_of_themes()).flatten());
        paragraphs.extend(rules(&parts, description));
        let text = paragraphs.join("\n\n");
        // Editors take a description as it is; one beside a `$ref` must outdo what that brings.
        let says_more = text != description || here.value.get("$ref").is_some();
        (says_more && !text.is_empty()).then_some(text)
    }

    fn list_of_themes(&self) -> Option<String> {
        let themes = &self.vocabulary.themes;
        let line = |theme: &Word| format!("- {}: {}", code(&theme.key), escape(&theme.title));
        let mut lines: Vec<String> = themes.iter().take(MOST_LISTED).map(line).collect();
        if themes.len() > MOST_LISTED {
            lines.push(format!("- and {} more", themes.len() - MOST_LISTED));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

/// Offers the words of the manifest, and forbids others.
fn offer(words: &[Word], added: &mut Vec<(&'static str, Ordered)>) {
    if words.is_empty() {
        return;
    }
    added.push(("enum", Ordered::texts(words.iter().map(|word| &word.key))));
    let meanings = words.iter().map(|word| match &word.description {
        Some(description) => format!("{}: {description}", word.title),
        None => word.title.clone(),
    });
    added.push(("enumDescriptions", Ordered::texts(meanings)));
}

fn role(parts: &[Cursor<'_>]) -> Option<Role> {
    parts.iter().find_map(|part| Role::parse(part.value.get("x-role")?.as_str()?))
}

/// Whether a schema is for texts, so that a list of words may stand in it.
fn takes_text_alone(here: &Cursor<'_>, has_ref: bool) -> bool {
    match here.value.get("type") {
        Some(kind) => kind == "string",
        None => has_ref || here.value.get("items").is_none(),
    }
}

/// Puts texts before numbers where a value may be either: editors write a key with a value of its
/// first type, and a `0` that nobody meant looks like an answer.
fn put_texts_first(entries: &mut [(String, Ordered)]) {
    let Some((_, Ordered::List(types))) = entries.iter_mut().find(|(key, _)| key == "type") else {
        return;
    };
    types.sort_by_key(|kind| *kind != Ordered::text("string"));
}

/// How values of a role are written, unless the description says it already.
fn hint(role: Role, description: &str) -> Option<&'static str> {
    let (hint, said_by) = match role {
        Role::Markdown => (
            "`**bold**`, lists, tables and `[links](https://…)` are understood. `[@S1]` cites the \
             source `S1`. Begin a text of several lines with `|`, and indent the lines.",
            "[@",
        ),
        Role::Citation => ("`S1`, or several: `[S1, S2]`.", "[S1"),
        Role::Region => {
            ("A code of NUTS (`SE221`), of a country (`EE`) or of ISO 3166-2 (`SE-K`).", "ISO 3166")
        }
        Role::Theme => ("Themes are declared in `casebook.yaml`.", "casebook.yaml"),
        Role::Case => ("An id is the name of the case's file without `.yaml`.", ".yaml"),
        Role::Image => ("The path starts from the folder of this file.", "folder"),
        Role::Date => ("`2007`, `2007-05` or `2007-05-10`.", "month"),
        Role::Period => ("`start` and `end`, each a date.", "end"),
        Role::MaxWords(_) => return None,
    };
    (!description.contains(said_by)).then_some(hint)
}

/// The words that a value may be, unless the description names them all.
fn choices(here: &Cursor<'_>, entries: Option<&Cursor<'_>>, description: &str) -> Option<String> {
    let (lead, words) = match (texts_of(here, "enum"), entries) {
        (Some(words), _) => ("One of", words),
        (None, Some(entries)) => ("Any of", texts_of(entries, "enum")?),
        (None, None) => return None,
    };
    let is_told = words.iter().all(|word| description.contains(word));
    if is_told || words.len() > MOST_LISTED {
        return None;
    }
    let words: Vec<String> = words.iter().map(|word| code(word)).collect();
    Some(format!("{lead} {}.", words.join(", ")))
}

/// What casebook asks of a value beyond its schema.
fn rules(parts: &[Cursor<'_>], description: &str) -> Option<String> {
    let first = |keyword: &str| parts.iter().find_map(|part| part.value.get(keyword));
    let mut rules = Vec::new();
    if let Some(most) = first("x-max-words").and_then(Value::as_u64)
        && !description.contains(&most.to_string())
    {
        rules.push(format!("At most {most} words."));
    }
    if let Some(unit) = first("x-unit").and_then(Value::as_str) {
        rules.push(format!("In {}.", escape(unit)));
    }
    if first("x-private") == Some(&Value::Bool(true)) {
        rules.push("Private: never printed.".to_owned());
    }
    (!rules.is_empty()).then(|| rules.join(" "))
}

/// What to say of a text that a pattern refuses: an expression in signs says nothing to most.
fn refusal(here: &Cursor<'_>) -> Option<String> {
    here.value.get("pattern")?;
    let own = here.value.get("x-message");
    let own = own.and_then(|message| message.as_str().or_else(|| message.get("pattern")?.as_str()));
    own.or_else(|| here.value.get("description")?.as_str()).map(str::to_owned)
}

/// The texts of a list, if it holds nothing else.
fn texts_of<'f>(here: &Cursor<'f>, keyword: &str) -> Option<Vec<&'f str>> {
    here.value.get(keyword)?.as_array()?.iter().map(Value::as_str).collect()
}

/// Plain text as Markdown.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A word as it is typed.
fn code(word: &str) -> String {
    if word.contains('`') { format!("`` {word} ``") } else { format!("`{word}`") }
}
