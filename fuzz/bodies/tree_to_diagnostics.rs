//! A record of the form's keys with any values in them is judged: always in the same way, and each
//! time about something that is there.

use casebook::app::{Outcome, Selection, validate};
use casebook::load::{Limits, Node, parse};
use casebook::source::SourceMap;

use super::record::{OneRecord, PATH, record};

/// Builds a record from bytes, and judges it.
pub fn tree_to_diagnostics(bytes: &[u8]) {
    let text = record(bytes);
    let outcome = judge(&text);
    let again = judge(&text);
    assert_eq!(outcome.diagnostics, again.diagnostics, "{text}");

    let source = SourceMap::default().add("case.yaml", "");
    let root = parse(source, &text, Limits::default(), &mut Vec::new());
    for diagnostic in &outcome.diagnostics {
        let Some(pointer) = &diagnostic.pointer else { continue };
        let root = root.as_ref().unwrap_or_else(|| panic!("{pointer} without a tree: {text}"));
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let is_there = leads(root, pointer) || leads(root, parent);
        assert!(is_there, "{} at {pointer}: {text}", diagnostic.code);
    }
}

fn judge(text: &str) -> Outcome {
    let selection = Selection::Paths(vec![PATH.to_owned()]);
    validate(&OneRecord(text), &selection).expect("the manifest's patterns are sound")
}

/// Whether a JSON Pointer leads to something in a tree, in which a key may stand twice.
fn leads(root: &Node<'_>, pointer: &str) -> bool {
    let mut here = vec![root];
    for step in pointer.split('/').skip(1) {
        let key = step.replace("~1", "/").replace("~0", "~");
        let index = step.parse::<usize>().unwrap_or(usize::MAX);
        here = here
            .into_iter()
            .flat_map(|node| {
                let values = node.entries().iter().filter(|entry| entry.key == key);
                values.map(|entry| &entry.value).chain(node.items().get(index))
            })
            .collect();
    }
    !here.is_empty()
}
