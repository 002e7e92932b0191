//! Choices taken from bytes, so that a fuzzer that changes a byte changes one choice.

/// Bytes that are used up one by one; when there are none left, every choice is the first.
pub(super) struct Choices<'a>(pub(super) &'a [u8]);

impl Choices<'_> {
    /// Whether nothing is left to choose with.
    pub(super) fn are_used_up(&self) -> bool {
        self.0.is_empty()
    }

    /// A number below a limit of at most 65536.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let mut number = self.byte();
        if limit > 256 {
            number = number << 8 | self.byte();
        }
        number % limit
    }

    /// One of several.
    pub(super) fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }
}
