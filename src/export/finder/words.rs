//! Owns the words of the index: which words each case has, and how much they tell of it.

use std::collections::HashMap;

use rayon::prelude::*;

use super::fold::for_each_word;
use super::postings;
use crate::aggregate::{Dimensions, Facet};
use crate::markdown::plain_words;
use crate::model::{Body, Case, Figure, Markdown, Measure, Report};

/// How much a word tells of a case: where several hold, the highest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It stands in the text.
    Text,
    /// It stands in the summary.
    Summary,
    /// It is of a name or keyword: of a theme, a region, an organisation.
    Name,
    /// It stands in the title.
    Title,
}

/// All words with their cases, as the index writes them.
pub(super) struct WordIndex {
    pub(super) words: String,
    pub(super) ranked: String,
}

impl WordIndex {
    /// Gathers the words of all cases.
    pub(super) fn of(report: &Report, dimensions: Dimensions<'_>) -> Self {
        let of_cases: Vec<Vec<(String, Rank)>> =
            report.cases.par_iter().map(|case| words_of(case, dimensions)).collect();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut found: Vec<(&str, Vec<(usize, usize)>)> = Vec::new();
        for (position, words) in of_cases.iter().enumerate() {
            for (word, rank) in words {
                let place = *places.entry(word).or_insert_with(|| {
                    found.push((word, Vec::new()));
                    found.len() - 1
                });
                if let Some((_, cases)) = found.get_mut(place) {
                    cases.push((position, *rank as usize));
                }
            }
        }
        // The order in which JavaScript compares texts, which is how the script looks words up.
        found.sort_unstable_by(|(one, _), (two, _)| one.encode_utf16().cmp(two.encode_utf16()));
        let ranked: Vec<String> = found.iter().map(|(_, cases)| postings::ranked(cases)).collect();
        Self {
            words: postings::words(found.iter().map(|(word, _)| *word)),
            ranked: ranked.join(" "),
        }
    }
}

/// The words of a case, each once with its highest rank.
fn words_of(case: &Case, dimensions: Dimensions<'_>) -> Vec<(String, Rank)> {
    let mut found = Found::default();
    found.plain(Rank::Title, &case.title);
    found.names(case, dimensions);
    if let Some(summary) = &case.summary {
        found.plain(Rank::Summary, &summary.value);
    }
    found.story(case);
    found.figures(case);
    for section in &case.sections {
        found.plain(Rank::Text, &section.title);
        found.body(&section.value);
    }
    found.0.sort_unstable_by(|(one, one_rank), (two, two_rank)| {
        one.cmp(two).then_with(|| two_rank.cmp(one_rank))
    });
    found.0.dedup_by(|(later, _), (first, _)| later == first);
    found.0
}

/// Words of a case in the making.
#[derive(Default)]
struct Found(Vec<(String, Rank)>);

impl Found {
    fn plain(&mut self, rank: Rank, text: &str) {
        for_each_word(text, &mut |word| self.0.push((word.to_owned(), rank)));
    }

    fn markdown<'m>(&mut self, texts: impl IntoIterator<Item = &'m Markdown>) {
        for text in texts {
            self.plain(Rank::Text, &plain_words(&text.value));
        }
    }

    fn all<'t>(&mut self, rank: Rank, texts: impl IntoIterator<Item = &'t String>) {
        for text in texts {
            self.plain(rank, text);
        }
    }

    /// What the case and what it belongs to are called. A region and a theme bring the names of what
    /// they lie in.
    fn names(&mut self, case: &Case, dimensions: Dimensions<'_>) {
        self.all(Rank::Name, &case.keywords);
        self.all(Rank::Name, case.organisations.iter().map(|found| &found.name));
        for code in &case.regions {
            let found = dimensions.regions.find(code).ok();
            for region in found.iter().flat_map(|region| region.with_all_around()) {
                self.plain(Rank::Name, region.code());
                self.plain(Rank::Name, region.name());
            }
        }
        for key in &case.themes {
            let with_parent = dimensions.themes.parent(key).into_iter().chain([key.as_str()]);
            for key in with_parent {
                self.plain(Rank::Name, &Facet::Theme.title(key, dimensions));
            }
        }
        for (name, facet) in dimensions.facets.iter() {
            for value in case.facets.get(name).into_iter().flatten() {
                let named = facet.values.iter().find(|(code, _)| code == value);
                self.plain(Rank::Name, named.map_or(value, |(_, title)| title));
            }
        }
    }

    fn story(&mut self, case: &Case) {
        self.markdown(case.story().map(|(_, text)| text));
        self.markdown(case.challenges().map(|(_, text)| text));
        let (lessons, transfer) = (&case.lessons, &case.transfer);
        self.markdown(lessons.worked.iter().chain(&lessons.did_not_work).chain(&lessons.advice));
        self.markdown(transfer.conditions.iter().chain(&transfer.transferred_to));
        if let Some(technology) = &case.technology {
            self.markdown(&technology.description);
            self.all(Rank::Text, technology.standards.iter().chain(&technology.components));
        }
        for image in &case.images {
            self.all(Rank::Text, image.alt.iter().chain(&image.caption));
        }
        self.all(Rank::Text, case.links.iter().map(|link| &link.title));
    }

    fn figures(&mut self, case: &Case) {
        for measure in case.scale.iter().chain(&case.results) {
            let Measure { measure, value, baseline, unit, note, .. } = measure;
            self.all(Rank::Text, [measure].into_iter().chain(unit).chain(note));
            for figure in [value].into_iter().chain(baseline) {
                if let Figure::Text(words) = figure {
                    self.plain(Rank::Text, words);
                }
            }
        }
        for funding in &case.funding {
            let texts = funding.funder.iter().chain(&funding.programme).chain(&funding.note);
            self.all(Rank::Text, texts);
        }
        for cost in &case.costs {
            self.all(Rank::Text, [&cost.what].into_iter().chain(&cost.note));
        }
    }

    /// A field of the group's own; what is private in it was gone before the case was made.
    fn body(&mut self, body: &Body) {
        match body {
            Body::Text(text) => self.markdown([text]),
            Body::Words(words) => self.plain(Rank::Text, words),
            Body::Number(Figure::Text(words), _) => self.plain(Rank::Text, words),
            Body::List(items) => items.iter().for_each(|item| self.body(item)),
            Body::Table { rows, .. } => {
                rows.iter().flatten().flatten().for_each(|cell| self.body(cell));
            }
            Body::Definitions(entries) => {
                for (name, body) in entries {
                    self.plain(Rank::Text, name);
                    self.body(body);
                }
            }
            Body::Date(_) | Body::Answer(_) | Body::Number(..) | Body::Link(_) => {}
        }
    }
}
