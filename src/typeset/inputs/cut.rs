//! Owns cutting what is too long for one page of the site: its rows are dealt to several.

use typst::foundations::{Array, Dict, IntoValue, Value};

use crate::model::Section;
use crate::typeset::site::Shows;

/// How many rows a page has room for, with what a row lists counted as rows: at most some 400 kB of HTML,
/// which a phone still opens at once.
const ROOM: usize = 1_500;

/// Where the rows of a part of the report stand in its data.
pub(super) struct Rows {
    /// The part, by its key in the report.
    pub(super) part: &'static str,
    /// The ways to arrays of rows, in the order in which they are read; `*` is each item of an array.
    ways: &'static [&'static [&'static str]],
}

/// The rows of what a page shows; none if it does not grow with the cases, or cannot be cut.
pub(super) fn rows(shows: &Shows) -> Option<Rows> {
    let (part, ways): (_, &'static [&'static [&'static str]]) = match shows {
        Shows::CaseLists => ("case-lists", &[&["*", "lists"]]),
        Shows::Section(Section::Evidence) => {
            ("evidence", &[&["gathered", "*", "measures"], &["charted"], &["compared"]])
        }
        Shows::Section(Section::Lessons) => {
            ("lessons", &[&["*", "worked"], &["*", "did-not-work"], &["*", "advice"]])
        }
        Shows::Section(Section::Setbacks) => ("setbacks", &[&[]]),
        Shows::Section(Section::Indexes) => {
            ("indexes", &[&["regions"], &["themes"], &["organisations"], &["standards"]])
        }
        Shows::Section(Section::Sources) => ("references", &[&[]]),
        _ => return None,
    };
    Some(Rows { part, ways })
}

impl Rows {
    /// The data of the part for each page that it takes, in order: each row is on one of them, under the
    /// titles of those around it. One that fits on a page stays whole.
    pub(super) fn cut(&self, part: &Value) -> Vec<Value> {
        let mut weights = Vec::new();
        keep(part, self.ways, &mut |row| {
            weights.push(weight(row));
            true
        });
        let total: usize = weights.iter().sum();
        let pages = total.div_ceil(ROOM);
        if pages < 2 {
            return vec![part.clone()];
        }
        let mut before = 0;
        let page_of: Vec<usize> = (weights.iter())
            .map(|weight| {
                let page = before * pages / total;
                before += weight;
                page
            })
            .collect();
        (0..pages)
            .filter_map(|page| {
                let mut dealt = page_of.iter();
                keep(part, self.ways, &mut |_| dealt.next() == Some(&page))
            })
            .collect()
    }
}

/// How much room a row takes: itself, and what it lists.
fn weight(row: &Value) -> usize {
    let Value::Dict(fields) = row else { return 1 };
    let listed = fields.iter().map(|(_, value)| match value {
        Value::Array(items) => items.len(),
        _ => 0,
    });
    1 + listed.sum::<usize>()
}

/// A value with those of its rows that are wanted, and without what then holds none; none if no row is
/// left.
fn keep(
    value: &Value,
    ways: &[&[&str]],
    is_wanted: &mut impl FnMut(&Value) -> bool,
) -> Option<Value> {
    match value {
        Value::Array(items) if ways.iter().all(|way| way.is_empty()) => {
            let kept: Array = items.iter().filter(|row| is_wanted(row)).cloned().collect();
            (!kept.is_empty()).then(|| kept.into_value())
        }
        Value::Array(items) => {
            let inside: Vec<&[&str]> = ways.iter().filter_map(|way| way.get(1..)).collect();
            let kept: Array =
                items.iter().filter_map(|item| keep(item, &inside, is_wanted)).collect();
            (!kept.is_empty()).then(|| kept.into_value())
        }
        Value::Dict(fields) => keep_in(fields, ways, is_wanted),
        _ => None,
    }
}

fn keep_in(
    fields: &Dict,
    ways: &[&[&str]],
    is_wanted: &mut impl FnMut(&Value) -> bool,
) -> Option<Value> {
    let mut out = fields.clone();
    let mut has_rows = false;
    for way in ways {
        let (Some(key), Some(inside)) = (way.first(), way.get(1..)) else { continue };
        let kept = fields.get(key).ok().and_then(|value| keep(value, &[inside], is_wanted));
        has_rows |= kept.is_some();
        out.insert((*key).into(), kept.unwrap_or_else(|| Array::new().into_value()));
    }
    has_rows.then(|| out.into_value())
}

#[cfg(test)]
mod tests {
    use typst::foundations::{array, dict};

    use super::*;

    /// Lessons of two themes: the first has none that did not work, the second no advice.
    fn lessons(count: i64) -> Value {
        let points = |from: i64| -> Array { (from..from + count).map(Value::Int).collect() };
        let theme = |title: &str, worked: Array, did_not_work: Array, advice: Array| {
            dict! { "title" => title, "worked" => worked, "did-not-work" => did_not_work, "advice" => advice }
                .into_value()
        };
        let (first, second) = (
            theme("A", points(0), Array::new(), points(count)),
            theme("B", points(2 * count), points(3 * count), Array::new()),
        );
        array![first, second].into_value()
    }

    /// The points in the order of reading, each with the title above it.
    fn read(part: &Value) -> Vec<(String, i64)> {
        let themes = part.clone().cast::<Array>().unwrap();
        let mut found = Vec::new();
        for theme in themes {
            let theme = theme.cast::<Dict>().unwrap();
            let title = theme.get("title").unwrap().clone().cast::<String>().unwrap();
            for key in ["worked", "did-not-work", "advice"] {
                let points = theme.get(key).unwrap().clone().cast::<Array>().unwrap();
                found.extend(points.into_iter().map(|at| (title.clone(), at.cast().unwrap())));
            }
        }
        found
    }

    #[test]
    fn pages_hold_every_row_once_in_order_under_its_title() {
        let rows = rows(&Shows::Section(Section::Lessons)).unwrap();
        let whole = lessons(1_000);
        let pages = rows.cut(&whole);
        assert_eq!(pages.len(), 3);
        let read_on: Vec<_> = pages.iter().flat_map(read).collect();
        assert_eq!(read_on, read(&whole));
        for page in &pages {
            let count = read(page).len();
            assert!((1_300..=ROOM).contains(&count), "{count} rows on a page");
        }
    }

    #[test]
    fn what_fits_stays_whole() {
        let rows = rows(&Shows::Section(Section::Lessons)).unwrap();
        let whole = lessons(250);
        assert_eq!(rows.cut(&whole), [whole]);
        assert_eq!(rows.cut(&Array::new().into_value()).len(), 1);
    }

    #[test]
    fn a_row_takes_the_room_of_what_it_lists() {
        let rows = rows(&Shows::CaseLists).unwrap();
        let list = |cases: usize| {
            let cases: Array = (0..cases).map(|case| Value::Int(case as i64)).collect();
            dict! { "label" => "l", "cases" => cases }.into_value()
        };
        let table = |lists: Array| dict! { "title" => "t", "lists" => lists }.into_value();
        let tables = array![table(array![list(1_300)]), table(array![list(90), list(1_300)])];
        let lists_of = |page: &Value| -> usize {
            let tables = page.clone().cast::<Array>().unwrap().into_iter();
            let lists = tables.map(|table| {
                let table = table.cast::<Dict>().unwrap();
                table.get("lists").unwrap().clone().cast::<Array>().unwrap().len()
            });
            lists.sum()
        };
        let pages = rows.cut(&tables.into_value());
        assert_eq!(pages.iter().map(lists_of).collect::<Vec<_>>(), [2, 1]);
    }
}
