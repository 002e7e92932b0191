//! Owns the lists of cases behind figures: what a count leads to.
//!
//! A count of one leads to its case. Any other leads to a list, and all lists stand together at the
//! end of the report under the tables that they belong to.

use std::collections::BTreeMap;

use typst::foundations::{Array, IntoValue, Value};

use super::mentions::Mentions;
use super::selections::{Said, Selections};
use super::text::case_label;
use super::{Fields, words};
use crate::model::{Report, Section};

/// The lists asked for so far.
#[derive(Clone)]
pub(super) struct CaseLists<'a> {
    report: &'a Report,
    mentions: &'a Mentions<'a>,
    /// Whether cases have a place to be led to.
    has_cases: bool,
    /// The cases of each list, by its label.
    names: BTreeMap<String, Vec<usize>>,
    tables: Vec<Listed>,
    /// What cases can be asked for by, if there is a page of all cases to ask it of.
    selections: Option<&'a Selections>,
    /// How that page is asked for the cases of a list, by the list's label.
    queries: BTreeMap<String, String>,
}

/// What is counted.
pub(super) struct Counted<'k> {
    /// What names its list for links.
    pub(super) key: &'k [&'k str],
    /// The parts of its title for readers; words of the form among them are named by the templates.
    pub(super) title: &'k [&'k str],
    /// The facets and values that its cases have in common, as far as they are known.
    pub(super) values: &'k [(&'k str, &'k str)],
}

/// The lists of one table.
#[derive(Clone)]
struct Listed {
    is_shown: bool,
    title: Value,
    /// What all of its cases have in common, for readers.
    about: Vec<String>,
    /// The same as conditions.
    conditions: Vec<Said>,
    /// The label, the parts of the title, and the cases of each.
    lists: Vec<(String, Vec<String>, Vec<usize>)>,
}

impl<'a> CaseLists<'a> {
    pub(super) fn new(
        report: &'a Report,
        mentions: &'a Mentions<'a>,
        selections: Option<&'a Selections>,
    ) -> Self {
        let has_cases = report.has_section(Section::Cases);
        let (names, queries) = (BTreeMap::new(), BTreeMap::new());
        Self { report, mentions, has_cases, names, tables: Vec::new(), selections, queries }
    }

    /// How the page of all cases is asked for the cases of lists, by their labels. Lists that it cannot
    /// be asked for are not among them.
    pub(super) fn into_queries(self) -> BTreeMap<String, String> {
        self.queries
    }

    /// Begins the lists of a table in a section; the title is the table's, by its key in the
    /// templates' words or as it is. What the report does not show needs no lists.
    pub(super) fn begin(&mut self, section: Section, title: impl Into<String>) {
        let is_shown = self.report.has_section(section);
        let title = title.into().into_value();
        let (about, conditions) = (Vec::new(), Vec::new());
        self.tables.push(Listed { is_shown, title, about, conditions, lists: Vec::new() });
    }

    /// Begins the lists of a table in a chapter, with what its cases have in common. The title is the
    /// table's caption, or its facets.
    pub(super) fn begin_in_chapter(
        &mut self,
        title: Value,
        about: Vec<String>,
        conditions: Vec<Said>,
    ) {
        let lists = Vec::new();
        self.tables.push(Listed { is_shown: true, title, about, conditions, lists });
    }

    /// A count that leads to its cases.
    pub(super) fn counted(&mut self, counted: &Counted<'_>, cases: &[usize]) -> Value {
        let mut out = Fields::new();
        out.put("count", cases.len() as i64);
        out.put("link", self.link(counted, cases));
        out.done()
    }

    /// A count of one value of a facet.
    pub(super) fn of_value(
        &mut self,
        (facet, value): (&str, &str),
        title: &str,
        cases: &[usize],
    ) -> Value {
        let (key, values) = ([facet, value], [(facet, value)]);
        self.counted(&Counted { key: &key, title: &[title], values: &values }, cases)
    }

    /// The label to which a count leads; none where there is nothing to see.
    pub(super) fn link(&mut self, counted: &Counted<'_>, cases: &[usize]) -> Option<String> {
        if !self.has_cases || !self.tables.last()?.is_shown {
            return None;
        }
        match cases {
            [] => None,
            [one] => Some(case_label(&self.report.cases.get(*one)?.id)),
            _ => {
                let (name, is_new) = self.name(counted.key, cases);
                if is_new {
                    let table = self.tables.last_mut()?;
                    let query = self.selections.and_then(|selections| {
                        selections.query(counted.values, &table.conditions, cases)
                    });
                    self.queries.extend(query.map(|query| (name.clone(), query)));
                    let title = counted.title.iter().map(|part| (*part).to_owned());
                    let title = title.chain(table.about.iter().cloned()).collect();
                    table.lists.push((name.clone(), title, cases.to_vec()));
                }
                Some(name)
            }
        }
    }

    /// A label for a list, and whether the list is new: its key with what may stand in a label. Two
    /// lists whose keys come out the same get numbers.
    fn name(&mut self, key: &[&str], cases: &[usize]) -> (String, bool) {
        let plain = |part: &&str| -> String {
            let letter = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
            part.chars().take(60).map(letter).collect()
        };
        let parts: Vec<String> = key.iter().map(plain).collect();
        let stem = format!("cases__{}", parts.join("__"));
        let mut name = stem.clone();
        let mut number = 2;
        while let Some(known) = self.names.get(&name) {
            if known == cases {
                return (name, false);
            }
            name = format!("{stem}__{number}");
            number += 1;
        }
        self.names.insert(name.clone(), cases.to_vec());
        (name, true)
    }

    /// All lists in the order in which they were asked for, by table.
    pub(super) fn value(&self) -> Array {
        let tables = self.tables.iter().filter(|table| !table.lists.is_empty());
        tables
            .map(|table| {
                let lists: Array = (table.lists.iter())
                    .map(|(label, title, cases)| {
                        let mut out = Fields::new();
                        out.put("label", label.as_str());
                        out.put("title", words(title));
                        let cases: Array = (cases.iter())
                            .filter_map(|case| self.mentions.of(&self.report.cases.get(*case)?.id))
                            .collect();
                        out.put("cases", cases);
                        out.done()
                    })
                    .collect();
                let mut out = Fields::new();
                out.put("title", table.title.clone());
                out.put("about", words(&table.about));
                out.put("lists", lists.into_value());
                out.done()
            })
            .collect()
    }
}
