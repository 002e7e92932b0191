//! Owns the levels of headings: they nest without gaps below the heading that a text stands under.

/// Gives headings levels from 1 on that never skip one, whatever numbers of `#` were written.
#[derive(Default)]
pub(super) struct Levels {
    open: Vec<u8>,
}

impl Levels {
    /// The level of the next heading, which was written with this many `#`.
    pub(super) fn next(&mut self, written: u8) -> usize {
        while self.open.last().is_some_and(|above| *above >= written) {
            self.open.pop();
        }
        self.open.push(written);
        self.open.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_never_skip() {
        let mut levels = Levels::default();
        let found: Vec<_> = [2, 4, 4, 3, 2, 1, 6].map(|written| levels.next(written)).to_vec();
        assert_eq!(found, [1, 2, 2, 2, 1, 1, 2]);
    }
}
