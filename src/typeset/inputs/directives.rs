//! Owns what chapters place in their text, as the templates get it: figures, tables, cases and sections.

use std::collections::BTreeMap;

use rayon::prelude::*;
use typst::foundations::{Array, IntoValue, Value};

use super::case_lists::CaseLists;
use super::chosen::Chosen;
use super::figures::{cross_table, table, timeline};
use super::map::{Drawn as DrawnMap, leading, map};
use super::mentions::Mentions;
use super::selections::Said;
use super::{Fields, completeness, evidence, list, period, region};
use crate::aggregate::{
    Corpus, Dimensions, Facet, Figures, Filter, Order, cross, cross_among, tabulate,
};
use crate::language::Collation;
use crate::model::{Case, Condition, Directive, Drawn, Placed, Report, Subject};

/// About how many characters of a summary a card shows.
const CARD_TEXT: usize = 260;

/// What directives are filled in from.
pub(super) struct Directives<'a, 'l> {
    report: &'a Report,
    figures: &'a Figures,
    corpus: Corpus<'a>,
    collation: &'a Collation,
    mentions: &'a Mentions<'a>,
    lists: &'l mut CaseLists<'a>,
    /// Maps that were drawn ahead, by the cases that they show.
    maps: BTreeMap<Vec<bool>, DrawnMap>,
}

impl<'a, 'l> Directives<'a, 'l> {
    pub(super) fn new(
        report: &'a Report,
        mentions: &'a Mentions<'a>,
        figures: &'a Figures,
        collation: &'a Collation,
        lists: &'l mut CaseLists<'a>,
    ) -> Self {
        let dimensions = Dimensions::of(&report.manifest, &report.regions);
        let corpus = Corpus::new(&report.cases, dimensions);
        Self { report, figures, corpus, collation, mentions, lists, maps: BTreeMap::new() }
    }

    /// The lists of cases that were asked for so far.
    pub(super) fn lists(&self) -> Array {
        self.lists.value()
    }

    /// How many cases have a value of a facet.
    pub(super) fn count(&self, facet: Facet, value: &str) -> i64 {
        let filter = Filter::of_value(facet, value, self.corpus.dimensions());
        let chosen = Filter::choose(&[filter], &self.corpus);
        chosen.iter().filter(|chosen| **chosen).count() as i64
    }

    /// Draws the maps of the cases that fit conditions, side by side, where there are at least so many. It takes
    /// longer than all else that a directive is filled in with.
    pub(super) fn draw_maps_ahead(&mut self, of: &[Condition], least: usize) {
        let drawn = of.par_iter().filter_map(|condition| {
            let filters = self.filters(std::slice::from_ref(condition));
            let chosen = Filter::choose(&filters, &self.corpus);
            if chosen.iter().filter(|chosen| **chosen).count() < least {
                return None;
            }
            let map = DrawnMap::of(self.report, Chosen::Some(&chosen))?;
            Some((chosen, map))
        });
        self.maps = drawn.collect::<Vec<_>>().into_iter().collect();
    }

    /// What cases must fit. Facets and values were checked with the chapter.
    fn filters(&self, conditions: &[Condition]) -> Vec<Filter> {
        let filter = |condition: &Condition| {
            let (facet, value) = (&condition.facet.value, &condition.value.value);
            Filter::of(facet, value, condition.negated, self.corpus.dimensions()).ok()
        };
        conditions.iter().filter_map(filter).collect()
    }

    /// A directive as a dictionary: what was asked for, with the data of the chosen cases.
    pub(super) fn value(&mut self, directive: &Directive) -> Value {
        let dimensions = self.corpus.dimensions();
        let filters = self.filters(&directive.conditions);
        let chosen = Filter::choose(&filters, &self.corpus);
        let chosen_cases = if filters.is_empty() { Chosen::All } else { Chosen::Some(&chosen) };
        let mut out = Fields::new();
        out.put("caption", directive.caption.as_deref());
        out.put("choice", list(&filters, |filter| condition(filter, dimensions)));
        out.put("count", chosen.iter().filter(|chosen| **chosen).count() as i64);
        let kept = filters.iter().filter(|filter| !filter.is_negated());
        let about = kept.map(|filter| filter.title(dimensions)).collect();
        let conditions = filters.iter().map(|filter| Said::of(filter, dimensions)).collect();
        match &directive.places {
            Placed::Figure(subject) | Placed::Table(subject) => {
                let is_table = matches!(directive.places, Placed::Table(_));
                out.put("kind", if is_table { "table" } else { "figure" });
                let facets = self.facets(subject);
                let by = list(&facets, |facet| facet_words(*facet, dimensions));
                out.put("by", by.clone());
                out.put(
                    "subject",
                    match subject {
                        Subject::Named(drawn) => drawn.as_str(),
                        Subject::By(_) => "by",
                    },
                );
                let title = directive.caption.as_deref().map(IntoValue::into_value);
                let title = title.unwrap_or_else(|| by.into_value());
                self.lists.begin_in_chapter(title, about, conditions);
                let data = match subject {
                    Subject::Named(drawn) => self.named(*drawn, chosen_cases),
                    Subject::By(_) => self.counts(&facets, chosen_cases),
                };
                out.put("data", data);
            }
            Placed::Cases { shown_as, order } => {
                out.put("kind", "cases");
                out.put("as", shown_as.as_str());
                let orders: Vec<Order> = (order.iter())
                    .filter_map(|word| Order::parse(&word.value, dimensions))
                    .collect();
                let chosen = chosen_cases.of(&self.report.cases);
                let mut positions: Vec<usize> = chosen.map(|(position, _)| position).collect();
                Order::sort_all(&orders, &mut positions, &self.corpus);
                let cases = positions.iter().filter_map(|at| self.report.cases.get(*at));
                out.put(
                    "cases",
                    cases.map(|case| card(case, self.report, self.mentions)).collect::<Array>(),
                );
            }
            Placed::Section(section) => {
                out.put("kind", "section");
                out.put("section", section.value.as_str());
            }
        }
        out.done()
    }

    /// The facets that a figure counts by.
    fn facets(&self, subject: &Subject) -> Vec<Facet> {
        let dimensions = self.corpus.dimensions();
        match subject {
            Subject::By(names) => {
                names.iter().filter_map(|name| Facet::parse(&name.value, dimensions)).collect()
            }
            Subject::Named(Drawn::Map) => vec![Facet::Region],
            Subject::Named(Drawn::RegionTheme) => vec![Facet::Country, dimensions.broad_theme()],
            Subject::Named(Drawn::ThemeOutcome) => vec![dimensions.broad_theme(), Facet::Outcome],
            Subject::Named(Drawn::Barriers) => vec![Facet::Challenge],
            Subject::Named(Drawn::Timeline | Drawn::BeforeAfter | Drawn::Completeness) => {
                Vec::new()
            }
        }
    }

    fn named(&mut self, drawn: Drawn, chosen: Chosen<'_>) -> Value {
        match drawn {
            Drawn::Map => self.map(chosen).into_value(),
            Drawn::RegionTheme | Drawn::ThemeOutcome | Drawn::Barriers => {
                let facets = self.facets(&Subject::Named(drawn));
                self.counts(&facets, chosen)
            }
            Drawn::Timeline => {
                timeline(self.report, self.mentions, self.figures, chosen).into_value()
            }
            Drawn::BeforeAfter => {
                evidence::compared(self.report, self.mentions, &self.figures.evidence, chosen)
                    .into_value()
            }
            Drawn::Completeness => {
                completeness::lists(self.report, self.mentions, chosen).into_value()
            }
        }
    }

    fn map(&mut self, chosen: Chosen<'_>) -> Option<Value> {
        let ahead = match chosen {
            Chosen::All => None,
            Chosen::Some(chosen) => self.maps.get(chosen),
        };
        if let Some(map) = ahead {
            return Some(leading(map, self.report, self.lists));
        }
        map(self.report, chosen, self.lists)
    }

    /// Counts by one facet or two.
    fn counts(&mut self, facets: &[Facet], chosen: Chosen<'_>) -> Value {
        match (facets, chosen) {
            ([facet], chosen) => {
                let mut found = tabulate(&self.corpus, &[*facet]);
                if let Chosen::Some(chosen) = chosen {
                    found = found.among(chosen);
                }
                table(self.report, &found, self.lists).into_value()
            }
            ([row, column], Chosen::All) => {
                let found = cross(&self.corpus, *row, *column);
                cross_table(self.report, &found, self.collation, self.lists)
            }
            ([row, column], Chosen::Some(chosen)) => {
                let found = cross_among(&self.corpus, *row, *column, chosen);
                cross_table(self.report, &found, self.collation, self.lists)
            }
            _ => Value::None,
        }
    }
}

/// A condition that the cases meet.
fn condition(filter: &Filter, dimensions: Dimensions<'_>) -> Value {
    let mut out = Fields::new();
    out.put("facet", facet_words(filter.facet(), dimensions));
    out.put("value", filter.title(dimensions));
    out.put("negated", filter.is_negated());
    out.done()
}

/// What a facet is called: by the manifest, or by a key of the templates' words.
pub(super) fn facet_words(facet: Facet, dimensions: Dimensions<'_>) -> Value {
    let mut out = Fields::new();
    match facet {
        Facet::Declared(index) => {
            let declared = dimensions.facets.iter().nth(usize::from(index));
            out.put("title", declared.map(|(_, facet)| facet.title.as_str()));
        }
        Facet::RegionAt(level) => {
            out.put("key", "region-level");
            out.put("level", i64::from(level));
        }
        Facet::BroadTheme => out.put("key", "theme"),
        facet => out.put("key", facet.name(dimensions).as_ref()),
    }
    out.done()
}

/// What a list of cases shows of one.
fn card(case: &Case, report: &Report, mentions: &Mentions<'_>) -> Value {
    let mut out = Fields::new();
    out.put("case", mentions.of(&case.id));
    out.put("regions", list(&case.regions, |code| region(code, &report.regions)));
    out.put("period", period(case.period.as_ref()));
    out.put("status", case.status.map(|status| status.as_str()));
    out.put("outcome", case.outcome.map(|outcome| outcome.as_str()));
    let summary = case.summary.as_ref();
    out.put("summary", summary.map(|text| beginning(&text.value, CARD_TEXT)));
    out.done()
}

/// The first sentences of a text: as many as fit into about so many characters, or the first one alone
/// if that is longer, or its first words if it is much longer.
fn beginning(text: &str, about: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let blanks = || text.match_indices(' ').map(|(at, _)| at);
    let length = |end: usize| text.get(..end).map_or(0, |part| part.chars().count());
    let mut best = None;
    for end in blanks().filter(|at| ends_sentence(&text, *at)).chain([text.len()]) {
        let length = length(end);
        if length <= about || (best.is_none() && length <= 2 * about) {
            best = Some(end);
        }
        if length > about {
            break;
        }
    }
    if let Some(end) = best {
        return text.get(..end).unwrap_or_default().to_owned();
    }
    let end = blanks().take_while(|at| length(*at) < 2 * about).last();
    format!("{}…", text.get(..end.unwrap_or_default()).unwrap_or_default())
}

/// Whether a sentence ends before a blank. The point of an abbreviation stands behind a short word with
/// a capital, or before a word without one.
fn ends_sentence(text: &str, blank: usize) -> bool {
    let is_mark = |c: char| matches!(c, '.' | '!' | '?');
    let (before, after) = text.split_at(blank);
    let word = before.rsplit(' ').next().unwrap_or_default().trim_end_matches(is_mark);
    let is_title = word.starts_with(char::is_uppercase) && word.chars().count() <= 3;
    let begins = after.trim_start().starts_with(|c: char| !c.is_lowercase());
    before.ends_with(is_mark) && !is_title && begins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_shows_whole_sentences() {
        let check = |text: &str, expected: &str| assert_eq!(beginning(text, 20), expected);
        check("Short.", "Short.");
        check("One here.  Two\nhere. Three here.", "One here. Two here.");
        check("Seen by 12 e.g. nurses. More of it.", "Seen by 12 e.g. nurses.");
        check("The first one is longer than asked. Two.", "The first one is longer than asked.");
        check(&"word ".repeat(20), "word word word word word word word word…");
        check("Until 2022. At St. Olavs hospital. More.", "Until 2022.");
        check("Été àéü. Ärzte öü. Öl.", "Été àéü. Ärzte öü.");
    }
}
