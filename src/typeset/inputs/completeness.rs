//! Owns how complete the cases are, as the templates get it.

use typst::foundations::{Array, IntoValue, Value};

use super::chosen::Chosen;
use super::mentions::Mentions;
use super::{Fields, list};
use crate::aggregate::list_figures;
use crate::model::{Case, Completeness, ItemState, Report, Tally};
use crate::vocab::{Checklist, Row};

/// How many of the items that most cases lack are named.
const NAMED: usize = 5;

/// The checklists of the report, each with what the chosen cases make of it.
pub(super) fn lists(report: &Report, mentions: &Mentions<'_>, chosen: Chosen<'_>) -> Array {
    let lists = report.manifest.asked_checklists();
    list(&lists, |checklist| of_list(report, mentions, chosen, checklist))
}

fn of_list(
    report: &Report,
    mentions: &Mentions<'_>,
    chosen: Chosen<'_>,
    checklist: &Checklist,
) -> Value {
    let cases = || chosen.of(&report.cases).map(|(_, case)| case);
    let figures = list_figures(cases(), &checklist.key);
    let rows: Vec<_> = checklist.rows().collect();
    let asked = rows.iter().filter(|row| is_asked(row));
    let mut out = Fields::new();
    out.put("name", checklist.name.as_str());
    out.put("reference", checklist.reference.as_deref());
    out.put("address", checklist.address());
    out.put("licence", checklist.licence.as_deref());
    out.put("note", checklist.note.as_deref());
    out.put("by-section", checklist.by_section);
    out.put("asked", asked.count() as i64);
    let items: Array = (rows.iter().zip(&figures.rows))
        .filter(|(row, _)| is_asked(row))
        .map(|(row, tally)| item(row, *tally))
        .collect();
    out.put("items", items);
    let most_missing: Array = (figures.most_missing.iter().take(NAMED))
        .filter_map(|row| {
            let mut out = Fields::new();
            out.put("label", format!("{} {}", rows.get(*row)?.no, rows.get(*row)?.label));
            out.put("cases", figures.rows.get(*row)?.of(ItemState::Missing) as i64);
            Some(out.done())
        })
        .collect();
    out.put("most-missing", most_missing);
    let cases: Array = cases()
        .filter_map(|case| {
            let found = case.completeness_by(&checklist.key)?;
            let mut out = counts(found.tally());
            let asked = rows.iter().zip(&found.rows).filter(|(row, _)| is_asked(row));
            let states: Array = asked.map(|(_, rated)| rated.state.as_str().into_value()).collect();
            out.put("states", states);
            out.put("case", mentions.of(&case.id));
            Some(out.done())
        })
        .collect();
    out.put("cases", cases);
    out.done()
}

fn is_asked(row: &Row<'_>) -> bool {
    row.items.iter().any(|item| item.applies)
}

fn item(row: &Row<'_>, tally: Tally) -> Value {
    let mut out = counts(tally);
    out.put("no", row.no);
    out.put("label", row.label);
    out.put("optional", row.items.iter().all(|item| !item.required));
    out.put("remembered", row.items.iter().all(|item| !item.confirmed));
    let alone = if let [item] = row.items { item.remark.as_deref() } else { None };
    out.put("remark", alone);
    out.done()
}

fn counts(tally: Tally) -> Fields {
    let mut out = Fields::new();
    out.put("met", tally.of(ItemState::Met) as i64);
    out.put("partly", tally.of(ItemState::Partly) as i64);
    out.put("explained", tally.of(ItemState::Explained) as i64);
    out.put("missing", tally.of(ItemState::Missing) as i64);
    out
}

/// How complete one case is, a list an entry.
pub(super) fn of_case(case: &Case) -> Array {
    list(&case.completeness, |found| {
        let tally = found.tally();
        let mut out = Fields::new();
        out.put("name", found.name.as_str());
        out.put("met", tally.of(ItemState::Met) as i64);
        out.put("asked", tally.asked() as i64);
        out.put("partly", tally.of(ItemState::Partly) as i64);
        let missing: Array = (found.rows.iter())
            .filter(|row| row.state == ItemState::Missing)
            .map(|row| row.no.as_str().into_value())
            .collect();
        out.put("missing", missing);
        out.put("explained", explained(case, found));
        out.done()
    })
}

/// The items that the case itself says why it leaves out, in the list's order.
fn explained(case: &Case, found: &Completeness) -> Array {
    let sections = found.rows.iter().filter(|row| found.items.iter().all(|i| i.no != row.no));
    (sections.chain(&found.items))
        .filter(|item| item.state == ItemState::Explained)
        .filter_map(|item| {
            let mut out = Fields::new();
            out.put("no", item.no.as_str());
            let reason = case.checklist_notes.get(&format!("{}/{}", found.list, item.no))?;
            out.put("reason", reason.trim());
            Some(out.done())
        })
        .collect()
}
