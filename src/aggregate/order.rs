//! Owns the order of cases: by a facet, their id, their title or their start, either way round.

use super::{Corpus, Dimensions, Facet};

/// Something that cases are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    by: By,
    reversed: bool,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Title,
    Start,
    /// The values of a facet, in its order.
    Facet(Facet),
}

impl Order {
    /// The order of a word: a facet, `id`, `title` or `start`; with a `-` before it, the other way
    /// round. None if there is no such word.
    pub fn parse(word: &str, dimensions: Dimensions<'_>) -> Option<Self> {
        let word = word.trim();
        let (name, reversed) = match word.strip_prefix('-') {
            Some(name) => (name, true),
            None => (word, false),
        };
        let by = match name {
            "id" => By::Id,
            "title" => By::Title,
            "start" => By::Start,
            name => By::Facet(Facet::parse(name, dimensions)?),
        };
        Some(Self { by, reversed })
    }

    /// The words that cases can be ordered by.
    pub fn names(dimensions: Dimensions<'_>) -> Vec<String> {
        let own = ["id", "title", "start"].map(str::to_owned).into_iter();
        own.chain(dimensions.facet_names()).collect()
    }

    /// Puts cases, by their positions, in several orders, the first the most important. Those that
    /// compare alike stay as they are.
    pub fn sort_all(orders: &[Self], positions: &mut [usize], corpus: &Corpus<'_>) {
        for order in orders.iter().rev() {
            order.sort(positions, corpus);
        }
    }

    /// Puts cases in order; those of which nothing is known come last either way.
    fn sort(self, positions: &mut [usize], corpus: &Corpus<'_>) {
        let cases = corpus.cases();
        match self.by {
            By::Id => self.sort_by(positions, |position| Some(&cases.get(position)?.id)),
            By::Title => {
                self.sort_by(positions, |position| Some(cases.get(position)?.title.to_lowercase()));
            }
            By::Start => self.sort_by(positions, |position| {
                Some(cases.get(position)?.period?.start.first_day())
            }),
            By::Facet(facet) => {
                let index = corpus.facet_index(facet);
                self.sort_by(positions, |position| {
                    Some(index.of_case(position)).filter(|values| !values.is_empty())
                });
            }
        }
    }

    fn sort_by<K: Ord>(self, positions: &mut [usize], key: impl Fn(usize) -> Option<K>) {
        positions.sort_by_cached_key(|position| {
            let key = key(*position);
            let is_unknown = key.is_none();
            let (up, down) = match self.reversed {
                false => (key, None),
                true => (None, Some(std::cmp::Reverse(key))),
            };
            (is_unknown, up, down)
        });
    }
}
