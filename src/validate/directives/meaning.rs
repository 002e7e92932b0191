//! Owns what directives mean: the facets, values and orders that they name, and whether cases are left.

use std::collections::BTreeSet;

use super::super::{diags, regions::check_region, themes::meant_theme};
use super::sections::check_sections;
use crate::aggregate::{Change, Corpus, Dimensions, Facet, Filter, FilterError, Order};
use crate::diag::{Diagnostic, Sink};
use crate::form::find;
use crate::model::{Case, Chapter, Condition, Directive, Drawn, Placed, Report, Subject};
use crate::source::{Location, SourceId, Spanned};
use crate::validate::diags::Asked;

/// The most values along one side of a table: no reader follows more.
const MOST_ROWS: usize = 200;

/// The most values side by side.
const MOST_COLUMNS: usize = 24;

/// Checks what the directives of the chapters mean. That cases are left for each is only known if the
/// report has all cases.
pub fn check_directives(report: &Report, has_all_cases: bool, sink: &mut Sink) {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let corpus = Corpus::new(&report.cases, dimensions);
    for chapter in report.chapters.values() {
        for directive in &chapter.directives {
            let before = sink.len();
            let mut check = Check { report, corpus: &corpus, source: chapter.source, sink };
            let filters = check.filters(&directive.conditions);
            check.names(directive);
            if sink.len() == before {
                let chosen = Filter::choose(&filters, &corpus);
                let mut check = Check { report, corpus: &corpus, source: chapter.source, sink };
                check.size(directive, &chosen);
                if has_all_cases {
                    check.is_empty(chapter, directive, &chosen);
                }
            }
            sink.iter_mut().skip(before).for_each(|found| found.fix = None);
        }
    }
    check_sections(report, sink);
}

struct Check<'a, 's> {
    report: &'a Report,
    corpus: &'a Corpus<'a>,
    /// The chapter.
    source: SourceId,
    sink: &'s mut Sink,
}

impl Check<'_, '_> {
    fn at<T>(&self, word: &Spanned<T>) -> Location {
        word.span.of(self.source)
    }

    fn filters(&mut self, conditions: &[Condition]) -> Vec<Filter> {
        let mut filters = Vec::new();
        for condition in conditions {
            let (facet, value) = (&condition.facet, &condition.value);
            let dimensions = self.corpus.dimensions();
            match Filter::of(&facet.value, &value.value, condition.negated, dimensions) {
                Ok(filter) => filters.push(filter),
                Err(FilterError::Value { known, .. }) => {
                    let found = self.no_value(facet, value, &known);
                    self.sink.push(found);
                }
                Err(FilterError::Facet { .. } | FilterError::Shape) => self.no_facet(facet),
            }
        }
        filters
    }

    fn no_facet(&mut self, facet: &Spanned<String>) {
        let names = self.corpus.dimensions().facet_names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let meant = find(&facet.value, names.iter().copied());
        self.sink.push(diags::unknown_facet(&facet.value, meant, &names, self.at(facet)));
    }

    /// What is wrong with a value that a facet does not have.
    fn no_value(
        &self,
        facet: &Spanned<String>,
        value: &Spanned<String>,
        known: &[String],
    ) -> Diagnostic {
        let dimensions = self.corpus.dimensions();
        let (at, word) = (self.at(value), value.value.as_str());
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let parsed = Facet::parse(&facet.value, dimensions);
        match parsed {
            Some(Facet::Country | Facet::Region | Facet::RegionAt(_)) => {
                if let Some(found) = check_region(dimensions.regions, word, at) {
                    return found;
                }
            }
            Some(Facet::Theme | Facet::BroadTheme) => {
                let meant = meant_theme(dimensions.themes, word);
                return diags::unknown_theme(word, meant, &known, at);
            }
            Some(Facet::Year) => return diags::no_year(word, at),
            _ => {}
        }
        let asked = Asked {
            name: format!("`{}`", diags::short(&facet.value)),
            expected: "",
            words: None,
            at,
        };
        diags::unknown_value(&asked, word, find(word, known.iter().copied()), &known)
    }

    /// Checks the facets that are counted, and those that cases are ordered by.
    fn names(&mut self, directive: &Directive) {
        let dimensions = self.corpus.dimensions();
        match &directive.places {
            Placed::Figure(Subject::By(facets)) | Placed::Table(Subject::By(facets)) => {
                for facet in facets {
                    if Facet::parse(&facet.value, dimensions).is_none() {
                        self.no_facet(facet);
                    }
                }
                if let [first, again] = facets.as_slice()
                    && first.value == again.value
                {
                    let (first, again) = (self.at(first), self.at(again));
                    self.sink.push(diags::not_unique("`by`", first, again));
                }
            }
            Placed::Cases { order, .. } => {
                for word in order {
                    if Order::parse(&word.value, dimensions).is_none() {
                        let names = Order::names(dimensions);
                        let names: Vec<&str> = names.iter().map(String::as_str).collect();
                        let name = word.value.strip_prefix('-').unwrap_or(&word.value);
                        let meant = find(name, names.iter().copied());
                        self.sink.push(diags::unknown_order(name, meant, &names, self.at(word)));
                    }
                }
            }
            Placed::Figure(Subject::Named(_)) | Placed::Table(Subject::Named(_)) => {}
            Placed::Section(_) => {}
        }
    }

    /// Checks that a table of the chosen cases has a size that readers can follow.
    fn size(&mut self, directive: &Directive, chosen: &[bool]) {
        let (Placed::Figure(Subject::By(facets)) | Placed::Table(Subject::By(facets))) =
            &directive.places
        else {
            return;
        };
        for (facet, most) in facets.iter().zip([MOST_ROWS, MOST_COLUMNS]) {
            let values = self.values(&facet.value, chosen);
            if values > most {
                let at = self.at(facet);
                self.sink.push(diags::figure_size(&facet.value, values, most, at));
            }
        }
    }

    /// How many values of a facet the chosen cases have.
    fn values(&self, facet: &str, chosen: &[bool]) -> usize {
        let Some(facet) = Facet::parse(facet, self.corpus.dimensions()) else { return 0 };
        let index = self.corpus.facet_index(facet);
        let cases = positions(chosen);
        let values: BTreeSet<usize> =
            cases.flat_map(|case| index.of_case(case).iter().copied()).collect();
        values.len()
    }

    /// Says so if there is nothing to show.
    fn is_empty(&mut self, chapter: &Chapter, directive: &Directive, chosen: &[bool]) {
        let shown = |case: &usize| self.is_shown(directive, *case);
        if !positions(chosen).any(|case| shown(&case)) {
            let condition = directive.conditions.first();
            let span = condition.map_or(directive.span, |condition| condition.facet.span);
            let is_chosen = positions(chosen).next().is_some();
            self.sink.push(diags::empty_directive(is_chosen, span.of(chapter.source)));
        }
    }

    /// Whether a case has something to show of what a directive is about.
    fn is_shown(&self, directive: &Directive, position: usize) -> bool {
        let (Placed::Figure(subject) | Placed::Table(subject)) = &directive.places else {
            return true;
        };
        let dimensions = self.corpus.dimensions();
        let has = |facet| !self.corpus.facet_index(facet).of_case(position).is_empty();
        let Some(case) = self.report.cases.get(position) else { return false };
        match subject {
            Subject::By(facets) => {
                facets.iter().filter_map(|facet| Facet::parse(&facet.value, dimensions)).all(has)
            }
            Subject::Named(Drawn::Map) => has(Facet::Region),
            Subject::Named(Drawn::RegionTheme) => {
                has(Facet::Country) && has(dimensions.broad_theme())
            }
            Subject::Named(Drawn::ThemeOutcome) => {
                has(dimensions.broad_theme()) && has(Facet::Outcome)
            }
            Subject::Named(Drawn::Timeline) => case.period.is_some(),
            Subject::Named(Drawn::Barriers) => has(Facet::Challenge),
            Subject::Named(Drawn::BeforeAfter) => compares(case),
            Subject::Named(Drawn::Completeness) => {
                !self.report.manifest.asked_checklists().is_empty()
            }
        }
    }
}

/// Whether a case has a measure beside what it is compared with.
fn compares(case: &Case) -> bool {
    case.scale.iter().chain(&case.results).any(|measure| Change::of(measure).is_some())
}

/// The positions of the chosen cases.
fn positions(chosen: &[bool]) -> impl Iterator<Item = usize> {
    chosen.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(position, _)| position)
}
