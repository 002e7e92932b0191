//! Changes to the text of a YAML file at one key or list entry, everything else left as it was.

use std::ops::Range;

use casebook::load::{Node, Value};

/// One entry of a mapping or list in the text that it was read from.
pub(crate) struct Entry<'a> {
    pub(crate) text: &'a str,
    /// The mapping or list.
    pub(crate) parent: &'a Node<'a>,
    /// Which entry of it.
    pub(crate) index: usize,
}

/// A changed text, and where in it the change stands.
pub(crate) struct Edited {
    pub(crate) text: String,
    pub(crate) changed: Range<usize>,
}

impl Entry<'_> {
    /// The text without the entry; the collection stays, even if it is left empty.
    pub(crate) fn delete(&self) -> String {
        let last = self.len() - 1;
        if last == 0 {
            let empty = if self.is_map() { "{}" } else { "[]" };
            return self.replace(self.trim(self.parent.span.range()), empty).text;
        }
        let gone = if self.index < last {
            self.extent(self.index).start..self.extent(self.index + 1).start
        } else {
            self.extent(last - 1).end..self.extent(last).end
        };
        self.replace(gone, "").text
    }

    /// The text with the entry a second time behind itself; the second one is the change.
    pub(crate) fn duplicate(&self) -> Edited {
        let extent = self.extent(self.index);
        let before = if self.text[self.parent.span.range()].starts_with(['{', '[']) {
            ", ".to_owned()
        } else {
            let line = self.text[..extent.start].rfind('\n').map_or(0, |newline| newline + 1);
            let column = extent.start - line;
            if self.is_map() {
                format!("\n{}", " ".repeat(column))
            } else {
                format!("\n{}- ", " ".repeat(column - 2))
            }
        };
        let again = format!("{before}{}", &self.text[extent.clone()]);
        let edited = self.replace(extent.end..extent.end, &again);
        Edited { changed: edited.changed.start + before.len()..edited.changed.end, ..edited }
    }

    /// The text with a letter more in the key; the key is the change.
    pub(crate) fn rename(&self, letter: char) -> Edited {
        let key = self.parent.entries()[self.index].key_span.range();
        let edited = self.replace(key.end..key.end, letter.encode_utf8(&mut [0; 4]));
        Edited { changed: key.start..edited.changed.end, ..edited }
    }

    /// The text with another value, which is the change.
    pub(crate) fn retype(&self, value: &str) -> Edited {
        let extent = self.extent(self.index);
        match self.parent.entries().get(self.index) {
            None => self.replace(extent, value),
            // A block begins on a line of its own, where a scalar could not stand.
            Some(entry) => {
                let edited =
                    self.replace(entry.key_span.range().end..extent.end, &format!(": {value}"));
                Edited { changed: edited.changed.start + 2..edited.changed.end, ..edited }
            }
        }
    }

    fn is_map(&self) -> bool {
        matches!(self.parent.value, Value::Map(_))
    }

    fn len(&self) -> usize {
        self.parent.entries().len() + self.parent.items().len()
    }

    /// The bytes of an entry from its key, if it has one, to the end of its value.
    fn extent(&self, index: usize) -> Range<usize> {
        let (start, value) = match &self.parent.value {
            Value::Map(entries) => (entries[index].key_span.range().start, &entries[index].value),
            _ => {
                let item = &self.parent.items()[index];
                (item.span.range().start, item)
            }
        };
        self.trim(start..value.span.range().end)
    }

    fn trim(&self, range: Range<usize>) -> Range<usize> {
        range.start..range.start + self.text[range].trim_end().len()
    }

    fn replace(&self, range: Range<usize>, by: &str) -> Edited {
        let mut text = self.text.to_owned();
        let changed = range.start..range.start + by.len();
        text.replace_range(range, by);
        Edited { text, changed }
    }
}
