//! Owns how complete a case is by a checklist, and what is said of it.

use super::diags;
use crate::diag::Sink;
use crate::load::{Node, Value};
use crate::model::{Completeness, ItemState, Rated};
use crate::source::{Location, SourceId};
use crate::vocab::{Checklist, Item, Mapping, Row};

/// Holds a case against a list.
pub fn completeness(list: &Checklist, root: &Node<'_>) -> Completeness {
    let notes = Notes { list: &list.key, notes: root.get(NOTES) };
    let (mut rows, mut items) = (Vec::new(), Vec::new());
    for row in list.rows() {
        let rated: Vec<Rated> = (row.items.iter())
            .map(|item| Rated { no: item.no.clone(), state: notes.settle(item, root) })
            .collect();
        let whole = together(rated.iter().map(|item| item.state));
        let state = notes.excuse(row.no, whole);
        rows.push(Rated { no: row.no.to_owned(), state });
        items.extend(rated);
    }
    Completeness { list: list.key.clone(), name: list.name.clone(), rows, items }
}

/// The key under which a case says why items are left out.
pub(super) const NOTES: &str = "checklist_notes";

/// What a case says about the items of a list.
struct Notes<'a> {
    list: &'a str,
    notes: Option<&'a Node<'a>>,
}

impl Notes<'_> {
    fn settle(&self, item: &Item, root: &Node<'_>) -> ItemState {
        let meets = |mapping: &Option<Mapping>| {
            mapping.as_ref().is_some_and(|mapping| is_met(mapping, root))
        };
        if !item.applies {
            ItemState::NotApplicable
        } else if meets(&item.whole) || meets(&item.own) {
            ItemState::Met
        } else if meets(&item.part) {
            self.excuse(&item.no, ItemState::Partly)
        } else {
            self.excuse(&item.no, ItemState::Missing)
        }
    }

    /// The state of an item or section that may have been explained.
    fn excuse(&self, no: &str, state: ItemState) -> ItemState {
        let is_open = matches!(state, ItemState::Partly | ItemState::Missing);
        let explains =
            |notes: &Node<'_>| notes.get(&format!("{}/{no}", self.list)).is_some_and(is_filled);
        if is_open && self.notes.is_some_and(explains) { ItemState::Explained } else { state }
    }
}

/// The state of a section by those of its items.
fn together(states: impl Iterator<Item = ItemState> + Clone) -> ItemState {
    let asked = || states.clone().filter(|state| *state != ItemState::NotApplicable);
    let all = |wanted: &[ItemState]| asked().all(|state| wanted.contains(&state));
    let any = |wanted: &[ItemState]| asked().any(|state| wanted.contains(&state));
    if asked().next().is_none() {
        ItemState::NotApplicable
    } else if all(&[ItemState::Met]) {
        ItemState::Met
    } else if all(&[ItemState::Met, ItemState::Explained]) {
        ItemState::Explained
    } else if any(&[ItemState::Met, ItemState::Partly]) {
        ItemState::Partly
    } else {
        ItemState::Missing
    }
}

fn is_met(mapping: &Mapping, root: &Node<'_>) -> bool {
    let mut fields = mapping.fields().iter();
    match mapping {
        Mapping::All(_) => fields.all(|field| has(root, field)),
        Mapping::Any(_) => fields.any(|field| has(root, field)),
    }
}

/// Whether a tree has a field, filled in, and with the word that the pointer asks for.
fn has(root: &Node<'_>, field: &str) -> bool {
    let (path, word) =
        field.split_once('=').map_or((field, None), |(path, word)| (path, Some(word)));
    let steps: Vec<String> =
        path.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    reaches(root, &steps, word)
}

fn reaches(node: &Node<'_>, steps: &[String], word: Option<&str>) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return word.map_or_else(|| is_filled(node), |word| node.as_str() == Some(word));
    };
    let goes_on = |below: &Node<'_>| reaches(below, rest, word);
    match &node.value {
        Value::Map(entries) if step == "*" => entries.iter().any(|entry| goes_on(&entry.value)),
        Value::List(items) if step == "*" => items.iter().any(goes_on),
        Value::Map(_) => node.get(step).is_some_and(goes_on),
        Value::List(items) => {
            step.parse().ok().and_then(|index: usize| items.get(index)).is_some_and(goes_on)
        }
        _ => false,
    }
}

/// Whether there is anything: no null, and no text, list or mapping that is empty.
fn is_filled(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::List(items) => !items.is_empty(),
        Value::Map(entries) => !entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Says how complete a case is by a list, and what would make it more so.
///
/// What a confirmed list insists on is a gap, whose severity a group may set. What is optional or
/// was not read in a source is a hint and stays one. What the form covers in part and cannot cover
/// as a whole is a fact: no contributor can mend it.
pub fn report_completeness(
    list: &Checklist,
    found: &Completeness,
    (source, path): (SourceId, &str),
    root: &Node<'_>,
    sink: &mut Sink,
) {
    let id = root.get("id").and_then(Node::as_str).unwrap_or("this case");
    let at = title(root, source);
    let (mut gaps, mut hints, mut limits) = (Vec::new(), Vec::new(), Vec::new());
    let mut states = found.items.iter().map(|item| item.state);
    for (row, rated) in list.rows().zip(&found.rows) {
        let of_items: Vec<ItemState> = states.by_ref().take(row.items.len()).collect();
        let is_open = matches!(rated.state, ItemState::Partly | ItemState::Missing);
        if !is_open {
            continue;
        }
        let open = Open::of(row, rated.state, &of_items, root);
        match (&open.weight, open.can_be_closed()) {
            (_, false) => limits.push(open),
            (Weight::Gap, true) => gaps.push(open),
            (Weight::Hint, true) => hints.push(open),
        }
    }
    sink.push(diags::checklist_result(id, found, &limits, path).pointer(""));
    for (weight, open) in [(Weight::Gap, gaps), (Weight::Hint, hints)] {
        if !open.is_empty() {
            sink.push(diags::checklist_open(weight, id, list, &open, at).pointer(""));
        }
    }
}

/// Where a case says what it is called; where it begins, if it does not.
fn title(root: &Node<'_>, source: SourceId) -> Location {
    let first = || root.entries().first().map_or(root.span, |entry| entry.key_span);
    root.get("title").map_or_else(first, |title| title.span).of(source)
}

/// How much it matters that something is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// The list insists on it, and was read.
    Gap,
    /// It is optional, or remembered.
    Hint,
}

/// An item or section that a case does not meet, and what would help.
pub(super) struct Open<'a> {
    pub(super) row: Row<'a>,
    pub(super) state: ItemState,
    pub(super) weight: Weight,
    /// What would bring the case further.
    pub(super) wanted: Vec<Wanted<'a>>,
}

/// Fields that are not there and would help.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted<'a> {
    /// The fields.
    pub(super) fields: Vec<&'a str>,
    /// Whether all of them are needed, or one is enough.
    pub(super) all: bool,
    /// Whether they meet the item as a whole.
    pub(super) whole: bool,
}

impl<'a> Open<'a> {
    fn of(row: Row<'a>, state: ItemState, states: &[ItemState], root: &Node<'_>) -> Self {
        let open = || {
            let items = row.items.iter().zip(states);
            items.filter(|(_, state)| matches!(state, ItemState::Partly | ItemState::Missing))
        };
        let is_gap = open().any(|(item, _)| item.required && item.confirmed);
        let mut wanted: Vec<Wanted<'_>> = Vec::new();
        for (item, state) in open() {
            // What one item wants may be wanted for another already.
            let more = Wanted::of(item, *state, root).filter(|more| {
                wanted.iter().all(|wanted| !more.fields.iter().all(|f| wanted.fields.contains(f)))
            });
            wanted.extend(more);
        }
        let weight = if is_gap { Weight::Gap } else { Weight::Hint };
        Self { row, state, weight, wanted }
    }

    /// Whether the contributor can do something: fill in a field, or explain what is missing.
    fn can_be_closed(&self) -> bool {
        self.state == ItemState::Missing || !self.wanted.is_empty()
    }
}

impl<'a> Wanted<'a> {
    fn of(item: &'a Item, state: ItemState, root: &Node<'_>) -> Option<Self> {
        let part = item.part.as_ref().filter(|_| state == ItemState::Missing);
        let mapping = item.whole.as_ref().or(part)?;
        let lacking = mapping.fields().iter().filter(|field| !has(root, field));
        Some(Self {
            fields: lacking.map(String::as_str).collect(),
            all: matches!(mapping, Mapping::All(_)),
            whole: item.whole.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Limits, parse};
    use crate::source::SourceMap;

    /// How a case meets an item of a list that casebook brings along.
    #[track_caller]
    fn check(item: &str, case: &str, expected: ItemState) {
        let (key, no) = item.split_once('/').unwrap();
        let mut list = Checklist::shipped(key).unwrap();
        // The last item of a list is left out, to be not asked for.
        list.items.last_mut().unwrap().applies = false;
        let found = state_in(&list, no, case);
        assert_eq!(found, expected, "{item} by {case}");
    }

    fn state_in(list: &Checklist, no: &str, case: &str) -> ItemState {
        let mut sources = SourceMap::default();
        let source = sources.add("case.yaml", case);
        let mut sink = Vec::new();
        let root = parse(source, case, Limits::default(), &mut sink).unwrap();
        assert_eq!(sink, []);
        let found = completeness(list, &root);
        let all = found.rows.iter().chain(&found.items);
        all.into_iter().find(|rated| rated.no == no).unwrap().state
    }

    #[test]
    fn all_fields_are_needed_or_one_is_enough() {
        use ItemState::{Met, Missing, Partly};
        check("icheck-dh/7", "{solution: A, implementation: B}", Met);
        check("icheck-dh/7", "{solution: A}", Missing);
        check("icheck-dh/7", "{solution: A, implementation: ' '}", Missing);
        check("icheck-dh/7", "{solution: A, implementation: ~}", Missing);
        check("icheck-dh/1", "{keywords: [a]}", Met);
        check("icheck-dh/13", "{funding: [{funder: A}]}", Partly);
        check("icheck-dh/13", "{funding: [{funder: A}], costs: []}", Partly);
        check("icheck-dh/13", "{funding: [{funder: A}], costs: [{what: B}]}", Met);
        check("stari/9", "{implementation: A}", Missing);
        check("stari/9", "{implementation: A, solution: B}", Met);
    }

    #[test]
    fn what_the_form_covers_in_part_is_met_only_by_a_field_of_its_own() {
        use ItemState::{Met, Missing, Partly};
        let filled = "regions: [SE], scope: local, status: pilot";
        check("icheck-dh/3", &format!("{{{filled}}}"), Partly);
        check("icheck-dh/3", &format!("{{{filled}, context: A}}"), Met);
        check("tidier/11", "{title: A}", Missing);
        check("tidier/11", "{fidelity: A}", Met);
        check("mera/13", "{links: [{title: A}], images: [{file: a.png}]}", Partly);
    }

    #[test]
    fn pointers_walk_lists_and_ask_for_words() {
        use ItemState::{Met, Missing, Partly};
        let of = |role: &str| format!("{{organisations: [{{role: partner}}, {{role: {role}}}]}}");
        check("interreg-europe/2", &of("lead"), Met);
        check("interreg-europe/2", &of("partner"), Missing);
        check("eu-best-practice/9", &of("partner"), Met);
        check("eu-best-practice/9", "{organisations: [{role: lead}]}", Missing);
        check("mast/4.1", "{results: [{measure: a, domain: economic}]}", Partly);
        check("mast/4.1", "{results: [{measure: a}, {measure: b, domain: patient}]}", Met);
    }

    #[test]
    fn reasons_explain_what_is_open_and_nothing_else() {
        use ItemState::{Explained, Met, Missing, NotApplicable};
        let note = |no: &str| format!("checklist_notes: {{icheck-dh/{no}: no budget}}");
        check("icheck-dh/13", &format!("{{{}}}", note("13")), Explained);
        check("icheck-dh/13", &format!("{{{}, funding: [{{funder: A}}]}}", note("13")), Explained);
        check("icheck-dh/14", &format!("{{{}}}", note("13")), Missing);
        check("icheck-dh/2", &format!("{{{}, summary: A}}", note("2")), Met);
        check("icheck-dh/20", &format!("{{{}}}", note("20")), NotApplicable);
    }

    #[test]
    fn sections_are_counted_by_their_items() {
        use ItemState::{Explained, Met, Missing, Partly};
        check("mast/1", "{title: A}", Missing);
        check("mast/1", "{technology: {description: A}}", Partly);
        let whole = "technology: {description: A}, problem: B, target_group: C";
        check("mast/1", &format!("{{{whole}}}"), Met);
        check("mast/6", "{checklist_notes: {mast/6: none}}", Explained);
        let one = "technology: {description: A}, checklist_notes: {mast/1.1: unknown}";
        check("mast/1", &format!("{{{one}}}"), Explained);
        check("mast/1", "{checklist_notes: {mast/1.1: unknown}}", Missing);
        // T.3 is left out, and the other two topics have what they need.
        check("mast/T", "{transfer: {conditions: [A]}, scale: [{measure: b}]}", Partly);
        let mut list = Checklist::shipped("mast").unwrap();
        for item in &mut list.items {
            item.applies = !item.no.starts_with("T.") && item.no != "1.1";
        }
        let case = "{technology: {description: A}}";
        assert_eq!(state_in(&list, "T", case), ItemState::NotApplicable);
        assert_eq!(state_in(&list, "1", case), Met);
    }
}
