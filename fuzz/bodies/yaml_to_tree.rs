//! Any text becomes a tree or diagnostics, and every place that they name is a place in the text.

use casebook::diag::{Diagnostic, Sink};
use casebook::load::{Limits, Node, parse, parse_all};
use casebook::source::{SourceMap, Span};

/// Reads bytes as YAML.
pub fn yaml_to_tree(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let source = SourceMap::default().add("fuzz.yaml", "");
    let limits = Limits { bytes: 1 << 20, depth: 16, nodes: 5_000 };
    let mut sink = Sink::new();
    let root = parse(source, &text, limits, &mut sink);
    assert!(root.is_some() || sink.iter().any(Diagnostic::is_error), "nothing said of {text:?}");
    if let Some(root) = &root {
        places(root, &text);
    }
    for diagnostic in &sink {
        for label in diagnostic.primary.iter().chain(&diagnostic.related) {
            is_place(label.location.span, &text);
        }
        if let Some(fix) = &diagnostic.fix {
            is_place(fix.location.span, &text);
        }
    }

    let mut of_all = Sink::new();
    let roots = parse_all(source, &text, limits, &mut of_all);
    assert!(!roots.is_empty() || of_all.iter().any(Diagnostic::is_error), "{text:?}");
    roots.iter().for_each(|root| places(root, &text));
    // Where there is one document to read, both ways of reading are the same.
    if sink.is_empty() {
        assert_eq!(root.as_ref(), roots.first(), "{text:?}");
    }
}

fn places(node: &Node<'_>, text: &str) {
    is_place(node.span, text);
    for entry in node.entries() {
        is_place(entry.key_span, text);
        places(&entry.value, text);
    }
    node.items().iter().for_each(|item| places(item, text));
}

fn is_place(span: Span, text: &str) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no place in {text:?}");
}
