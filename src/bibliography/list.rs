//! Owns the list of everything that a report rests on: each source once, numbered, with its places.

use std::collections::BTreeMap;

use hayagriva::Entry;
use unicode_normalization::char::is_combining_mark;

use super::entry::of_source;
use super::last_list;
use super::merge::{Distinct, Origin};
use super::piece::{Piece, plain};
use super::style::{Style, collapses};
use crate::language::Collation;
use crate::markdown::{CHAPTER_HEADINGS, FIELD_HEADINGS, Problem, check};
use crate::model::{ContentItem, Manifest, Markdown, Report, Section, SourceKey};

/// The references of a report, in the order of its style.
#[derive(Debug, Default)]
pub struct Bibliography {
    references: Vec<Reference>,
    /// The number of each source that the group's own texts may cite.
    numbers: BTreeMap<String, usize>,
    collapses: bool,
}

/// One source with all places that cite it.
#[derive(Debug)]
pub struct Reference {
    /// The reference in words.
    pub pieces: Vec<Piece>,
    /// Where it is cited, in the order of the report.
    pub cited: Vec<Place>,
}

/// A place that cites a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The imprint, where the working group is described.
    Imprint,
    /// A chapter, by its number among the contents.
    Chapter(usize),
    /// A section that shows texts of the manifest.
    Section(Section),
    /// A case, by its id, and the key that the source has there.
    Case(String, String),
}

impl Bibliography {
    /// Gathers, joins, words and orders what a report cites.
    ///
    /// The sources of the manifest and of the cases are all listed; of a bibliography file, which may
    /// hold more than this report needs, what is cited.
    pub fn of(report: &Report) -> Self {
        let manifest = &report.manifest;
        let mut gathered = Gathered::default();
        for (place, key) in group_citations(report) {
            gathered.cite(report, place, key);
        }
        for SourceKey(key) in manifest.sources.keys() {
            gathered.position(report, key);
        }
        for case in &report.cases {
            for (key, source) in &case.sources {
                let position = gathered.distinct.add(of_source(&key.0, source), Origin::Source);
                gathered.place(position, Place::Case(case.id.clone(), key.0.clone()));
            }
        }
        let style = &manifest.bibliography.style;
        let found = match report.has_section(Section::Sources) {
            true => gathered.listed(style, &manifest.language),
            // Without a list to lead to there is nothing to word.
            false => gathered.numbered(),
        };
        Self { collapses: collapses(style), ..found }
    }

    /// Whether a citation shows numbers in a row as the first and the last of them, as the style has it.
    pub fn collapses(&self) -> bool {
        self.collapses
    }

    /// The references, the first with the number 1.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The numbers of the sources that the group's own texts may cite, by key.
    pub fn numbers(&self) -> impl Iterator<Item = (&str, usize)> {
        self.numbers.iter().map(|(key, number)| (key.as_str(), *number))
    }
}

/// The sources on their way into the list.
#[derive(Default)]
struct Gathered {
    distinct: Distinct,
    cited: BTreeMap<usize, Vec<Place>>,
    by_key: BTreeMap<String, usize>,
}

impl Gathered {
    /// Where the source with a key of the group's stands, if there is one.
    fn position(&mut self, report: &Report, key: &str) -> Option<usize> {
        if let Some(position) = self.by_key.get(key) {
            return Some(*position);
        }
        let source = report.manifest.sources.get(&SourceKey(key.to_owned()));
        let (entry, origin) = match (source, report.library.get(key)) {
            (Some(source), _) => (of_source(key, source), Origin::Source),
            (None, Some(entry)) => (entry.clone(), Origin::File),
            (None, None) => return None,
        };
        let position = self.distinct.add(entry, origin);
        self.by_key.insert(key.to_owned(), position);
        Some(position)
    }

    fn cite(&mut self, report: &Report, place: Place, key: String) {
        if let Some(position) = self.position(report, &key) {
            self.place(position, place);
        }
    }

    /// Notes a place, each once. Places come in the order of the report, so a double is the last.
    fn place(&mut self, position: usize, place: Place) {
        let places = self.cited.entry(position).or_default();
        let is_same = |last: &Place| match (last, &place) {
            (Place::Case(one, _), Place::Case(two, _)) => one == two,
            (one, two) => one == two,
        };
        if !places.last().is_some_and(is_same) {
            places.push(place);
        }
    }

    /// The numbers alone, in the order of citation.
    fn numbered(self) -> Bibliography {
        let numbers = self.by_key.into_iter().map(|(key, position)| (key, position + 1)).collect();
        Bibliography { numbers, ..Bibliography::default() }
    }

    /// The references in the words of a style, and in its order.
    fn listed(mut self, style: &str, language: &str) -> Bibliography {
        let entries = self.distinct.into_entries();
        if entries.is_empty() {
            return Bibliography::default();
        }
        let named = style;
        let style = Style::named(named, language);
        let worded = last_list::in_words(&entries, named, language, |entry| worded(&style, entry));
        let mut order: Vec<usize> = (0..worded.len()).collect();
        if style.is_sorted {
            let keys: Vec<String> =
                worded.iter().map(|pieces| letters_of(&plain(pieces))).collect();
            let collation = Collation::of(language);
            // A stable sort: what reads alike stays in the order of citation.
            order.sort_by(|one, two| collation.compare(&keys[*one], &keys[*two]));
        }
        let numbers: BTreeMap<usize, usize> = order.iter().copied().zip(1..).collect();
        let number_of = |position: &usize| numbers.get(position).copied().unwrap_or_default();
        let by_key = self.by_key.iter().map(|(key, at)| (key.clone(), number_of(at))).collect();
        let mut numbered: Vec<(usize, Reference)> = (worded.into_iter().enumerate())
            .map(|(position, pieces)| {
                let cited = self.cited.remove(&position).unwrap_or_default();
                (number_of(&position), Reference { pieces, cited })
            })
            .collect();
        numbered.sort_by_key(|(number, _)| *number);
        let references = numbered.into_iter().map(|(_, reference)| reference).collect();
        Bibliography { references, numbers: by_key, ..Bibliography::default() }
    }
}

/// A reference in words; its title alone where a style has no words for it.
fn worded(style: &Style, entry: &Entry) -> Vec<Piece> {
    let pieces = style.reference(entry);
    if !pieces.is_empty() {
        return pieces;
    }
    let title = entry.title().map_or_else(|| entry.key().to_owned(), |title| title.to_string());
    vec![Piece { text: title, look: super::Look::default(), url: None }]
}

/// The letters and digits of a text: marks before its first word are nothing to look for.
fn letters_of(text: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let spaced: String = text.chars().map(|c| if is_kept(c) { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The citations of the group's own texts, in the order in which the report shows them.
fn group_citations(report: &Report) -> Vec<(Place, String)> {
    let manifest = &report.manifest;
    let group = manifest.working_group.as_ref().and_then(|group| group.description.as_ref());
    let mut found = cited_in(group, &Place::Imprint);
    for (number, item) in manifest.contents.iter().enumerate() {
        match item {
            ContentItem::Chapter { path, .. } => {
                let Some(chapter) = report.chapters.get(&path.value) else { continue };
                let keys = cited_keys(&chapter.text.value, CHAPTER_HEADINGS);
                found.extend(keys.map(|key| (Place::Chapter(number), key)));
                chapter.sections().for_each(|section| found.extend(cited_by(manifest, section)));
            }
            ContentItem::Section { section, .. } => found.extend(cited_by(manifest, section.value)),
        }
    }
    found
}

/// The citations of the texts that a section shows.
fn cited_by(manifest: &Manifest, section: Section) -> Vec<(Place, String)> {
    cited_in(texts_of(manifest, section), &Place::Section(section))
}

/// The texts of the manifest that a section shows.
fn texts_of(manifest: &Manifest, section: Section) -> Vec<&Markdown> {
    match section {
        Section::Activities => {
            manifest.activities.iter().filter_map(|found| found.description.as_ref()).collect()
        }
        Section::Network => manifest.network.as_ref().map_or_else(Vec::new, |network| {
            let described = network.bodies.iter().chain(&network.expert_groups);
            let described = described.chain(&network.event_types);
            let projects = network.projects.iter().map(|found| &found.description);
            let all = [&network.description, &network.origin].into_iter();
            let all = all.chain(described.map(|found| &found.description)).chain(projects);
            all.flatten().collect()
        }),
        Section::Glossary => manifest.glossary.iter().map(|(_, term)| &term.definition).collect(),
        _ => Vec::new(),
    }
}

fn cited_in<'a>(
    texts: impl IntoIterator<Item = &'a Markdown>,
    place: &Place,
) -> Vec<(Place, String)> {
    let keys = texts.into_iter().flat_map(|text| cited_keys(&text.value, FIELD_HEADINGS));
    keys.map(|key| (place.clone(), key)).collect()
}

/// The keys that a text cites, in its order.
fn cited_keys(text: &str, headings: usize) -> impl Iterator<Item = String> {
    check(text, headings).into_iter().filter_map(|finding| match finding.problem {
        Problem::Citation(key) => Some(key),
        _ => None,
    })
}
