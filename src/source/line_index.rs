//! Owns the table of line starts that turns a byte offset into a line and a column.

use std::sync::OnceLock;

/// A place as editors show it: line and column from 1, the column in Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode characters, from 1.
    pub column: usize,
}

/// The offsets at which lines begin, found at the first question: most files have no faults.
#[derive(Debug, Default)]
pub struct LineIndex {
    starts: OnceLock<Vec<usize>>,
}

impl LineIndex {
    /// The position of a byte offset; an offset inside a character or past the end is moved back.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let starts = self.starts.get_or_init(|| {
            let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect()
        });
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts[line - 1];
        let column = text[start..offset].trim_start_matches('\u{feff}').chars().count() + 1;
        Position { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: usize, expected: (usize, usize)) {
        let found = LineIndex::default().position(text, offset);
        assert_eq!((found.line, found.column), expected);
    }

    #[test]
    fn counts_lines_and_characters_from_one() {
        check("", 0, (1, 1));
        check("a\nb", 2, (2, 1));
        check("a\r\nb", 3, (2, 1));
        check("ä ö\nx", 5, (1, 4));
        check("ä", 1, (1, 1));
        check("a\n", 99, (2, 1));
        check("\u{feff}id: x", 3, (1, 1));
    }
}
