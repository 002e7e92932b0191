//! Owns the rules over what manifests and cases say about checklists.

use super::completeness::NOTES;
use super::diags;
use crate::diag::{Diagnostic, Sink};
use crate::form::{Form, Pattern, nearest};
use crate::load::{Entry, Node, Number, Value};
use crate::source::{Location, SourceId, Span};
use crate::vocab::{Checklist, Item};

/// Checks the manifest's `checklists` against the lists that there are and the form of its cases.
pub fn check_checklists(form: &Form, source: SourceId, manifest: &Node<'_>, sink: &mut Sink) {
    let Some(named) = manifest.get("checklists") else { return };
    for item in named.items() {
        if let Some(key) = item.as_str().filter(|key| Checklist::shipped(key).is_none()) {
            sink.push(unknown_list(key, &known_checklists(&[]), item.span.of(source)));
        }
    }
    for entry in named.entries() {
        let settings = Settings { form, source, key: &entry.key, at: entry.key_span, sink };
        settings.check(&entry.value);
    }
}

/// Checks that a case explains items that there are, of the group's lists or of casebook's.
pub fn check_checklist_notes(
    asked: &[Checklist],
    source: SourceId,
    root: &Node<'_>,
    sink: &mut Sink,
) {
    let notes = root.get(NOTES).map(Node::entries).unwrap_or_default();
    for entry in notes {
        let at = entry.key_span.of(source);
        // What is not written as a list and a number breaks the form, which has said so.
        let Some((key, no)) = entry.key.split_once('/') else { continue };
        let found = asked.iter().find(|list| list.key == key).cloned();
        let fault = match found.or_else(|| Checklist::shipped(key)) {
            None => Some(unknown_list(key, &known_checklists(asked), at)),
            Some(list) if is_numbered(&list, no) => None,
            Some(list) => Some(unknown_item(&list, no, at)),
        };
        let pointer = format!("/{NOTES}/{}", entry.key.replace('~', "~0").replace('/', "~1"));
        sink.extend(fault.map(|fault| fault.pointer(pointer)));
    }
}

/// The keys of all lists: those of the group, then those that casebook brings along beside them.
pub fn known_checklists(asked: &[Checklist]) -> Vec<&str> {
    let mut keys: Vec<&str> = asked.iter().map(|list| list.key.as_str()).collect();
    for key in Checklist::keys() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Whether a form describes a field.
fn has_field(form: &Form, field: &str) -> bool {
    place(field).is_some_and(|pattern| form.has_place(&pattern))
}

/// The place of a field; a last `=word` is a condition on its value.
fn place(field: &str) -> Option<Pattern> {
    let path = field.split_once('=').map_or(field, |(path, _)| path);
    path.strip_prefix('/')?.parse().ok()
}

/// Whether a list has an item or a counted section of this number.
fn is_numbered(list: &Checklist, no: &str) -> bool {
    list.item(no).is_some() || list.rows().any(|row| row.no == no)
}

fn unknown_list(key: &str, known: &[&str], at: Location) -> Diagnostic {
    let meant = nearest(key, known.iter().copied());
    diags::unknown_checklist(key, meant, known, at)
}

fn unknown_item(list: &Checklist, no: &str, at: Location) -> Diagnostic {
    let known: Vec<&str> = list.items.iter().map(|item| item.no.as_str()).collect();
    diags::unknown_checklist_item(&list.key, no, &known, at)
}

/// The settings of one list.
struct Settings<'a, 'b> {
    form: &'a Form,
    source: SourceId,
    key: &'a str,
    at: Span,
    sink: &'b mut Sink,
}

impl Settings<'_, '_> {
    fn check(mut self, settings: &Node<'_>) {
        let before = self.sink.len();
        match Checklist::shipped(self.key) {
            Some(list) => self.shipped(&list, settings),
            None if settings.get("title").is_some() => self.own(settings),
            None => {
                let at = self.at.of(self.source);
                self.sink.push(unknown_list(self.key, &known_checklists(&[]), at));
            }
        }
        for item in settings.get("items").map(Node::entries).unwrap_or_default() {
            self.fields(&item.value);
        }
        let pointer = format!("/checklists/{}", self.key);
        for diagnostic in &mut self.sink[before..] {
            diagnostic.pointer.get_or_insert_with(|| pointer.clone());
        }
    }

    /// A list of casebook's keeps its words; only its fields and what applies may be changed.
    fn shipped(&mut self, list: &Checklist, settings: &Node<'_>) {
        let items = settings.get("items").map(Node::entries).unwrap_or_default();
        let words = ["title", "reference"].into_iter().filter_map(|word| settings.entry(word));
        let labels = items.iter().filter_map(|item| item.value.entry("label"));
        for entry in words.chain(labels) {
            let at = entry.key_span.of(self.source);
            self.sink.push(diags::checklist_words(self.key, &entry.key, at));
        }
        for item in items.iter().filter(|item| list.item(&item.key).is_none()) {
            self.sink.push(unknown_item(list, &item.key, item.key_span.of(self.source)));
        }
        self.without(list, settings);
    }

    /// A list of the group's own needs words for each item.
    fn own(&mut self, settings: &Node<'_>) {
        let items = settings.get("items").map(Node::entries).unwrap_or_default();
        if items.is_empty() {
            self.sink.push(diags::checklist_empty(self.key, self.at.of(self.source)));
        }
        for item in items.iter().filter(|item| item.value.get("label").is_none()) {
            let at = item.key_span.of(self.source);
            self.sink.push(diags::checklist_label(&item.key, at));
        }
        let numbered = |item: &Entry<'_>| Item { no: item.key.to_string(), ..Default::default() };
        let items = items.iter().map(numbered).collect();
        let list = Checklist { key: self.key.to_owned(), items, ..Checklist::default() };
        self.without(&list, settings);
    }

    fn without(&mut self, list: &Checklist, settings: &Node<'_>) {
        let numbers = settings.get("without").map(Node::items).unwrap_or_default();
        for node in numbers {
            let no = match &node.value {
                Value::String(text) => text.to_string(),
                Value::Number(Number::Int(int)) => int.to_string(),
                Value::Number(Number::Float(float)) => float.to_string(),
                _ => continue,
            };
            if list.item(&no).is_none() {
                self.sink.push(unknown_item(list, &no, node.span.of(self.source)));
            }
        }
    }

    /// Every text in an item's settings but its words is a field.
    fn fields(&mut self, node: &Node<'_>) {
        match &node.value {
            Value::String(field) if !has_field(self.form, field) => {
                let renamed = place(field).and_then(|place| self.form.renamed_along(&place));
                let renamed = renamed.as_ref().map(|(key, name)| (key.as_str(), *name));
                self.sink.push(diags::no_such_field(field, renamed, node.span.of(self.source)));
            }
            Value::List(items) => items.iter().for_each(|item| self.fields(item)),
            Value::Map(entries) => {
                for entry in entries.iter().filter(|e| ["any", "fields"].contains(&&*e.key)) {
                    self.fields(&entry.value);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: &str, expected: bool) {
        assert_eq!(has_field(Form::case(), field), expected, "{field}");
    }

    #[test]
    fn fields_are_found_through_lists_references_and_free_keys() {
        check("/costs", true);
        check("/challenges/legal", true);
        check("/results/*/unit", true);
        check("/organisations/1", true);
        check("/organisations/*/role=lead", true);
        check("/sources/*/doi", true);
        check("/lessons/worked/0", true);
        check("/challenges/weather", false);
        check("/organisations/name", false);
        check("/results/*/domain=patient", false);
        check("/cost", false);
        check("costs", false);
    }

    #[test]
    fn checklists_name_fields_of_the_form_or_say_that_it_lacks_them() {
        for key in Checklist::keys() {
            for item in Checklist::shipped(key).unwrap().items {
                let fields = item.whole.iter().chain(&item.part).flat_map(|map| map.fields());
                for field in fields {
                    assert!(has_field(Form::case(), field), "{key}/{} names {field}", item.no);
                }
                for field in item.own.iter().flat_map(|map| map.fields()) {
                    assert!(!has_field(Form::case(), field), "{key}/{}: {field} is there", item.no);
                }
            }
        }
    }
}
