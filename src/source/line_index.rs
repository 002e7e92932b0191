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

/// Every how many bytes the characters before are noted.
const STRIDE: usize = 1 << 10;

/// The offsets at which lines begin, found at the first question: most files have no faults.
#[derive(Debug, Default)]
pub struct LineIndex {
    marks: OnceLock<Marks>,
}

#[derive(Debug)]
struct Marks {
    /// Where lines begin.
    lines: Vec<usize>,
    /// How many characters begin before each stride, so that no question counts a long line anew.
    characters: Vec<usize>,
}

impl LineIndex {
    /// The position of a byte offset; an offset inside a character or past the end is moved back.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let marks = self.marks.get_or_init(|| Marks::of(text));
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = marks.lines.partition_point(|start| *start <= offset);
        let start = marks.lines[line - 1];
        let mark = usize::from(text[start..offset].starts_with('\u{feff}'));
        let column = marks.characters_before(text, offset) - marks.characters_before(text, start);
        Position { line, column: column - mark + 1 }
    }
}

impl Marks {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let mut before = 0;
        let mut characters = vec![0];
        for stride in text.as_bytes().chunks(STRIDE) {
            before += starts_of_characters(stride);
            characters.push(before);
        }
        Self { lines, characters }
    }

    /// How many characters begin before an offset of the text that was marked.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let stride = offset / STRIDE;
        self.characters[stride] + starts_of_characters(&text.as_bytes()[stride * STRIDE..offset])
    }
}

/// Counts the bytes that begin a character in UTF-8.
fn starts_of_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
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
        check("\u{feff}id: x", 5, (1, 3));
    }

    #[test]
    fn counts_the_same_in_long_lines() {
        let text = format!("a\n{}", "äbc€".repeat(STRIDE));
        let index = LineIndex::default();
        for (number, (offset, _)) in text.char_indices().enumerate().skip(2).step_by(7) {
            assert_eq!(index.position(&text, offset), Position { line: 2, column: number - 1 });
        }
        let end = index.position(&text, text.len());
        assert_eq!(end, Position { line: 2, column: 4 * STRIDE + 1 });
    }
}
