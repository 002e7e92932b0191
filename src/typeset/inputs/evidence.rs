//! Owns the evidence as the templates get it: measures of all cases, each with its case and sources.

use typst::foundations::{Array, Value};

use super::case::{citations_if, measure_fields};
use super::chosen::Chosen;
use super::mentions::Mentions;
use super::{Fields, MOST_ROWS};
use crate::aggregate::{Change, Direction, Evidence, Gathered, MeasureAt};
use crate::model::{Better, Report, Section};

/// What the cases measured: gathered by indicator, and what has something to be compared with.
pub(super) fn of(report: &Report, mentions: &Mentions<'_>, evidence: &Evidence) -> Value {
    let mut out = Fields::new();
    out.put("measures", evidence.measures as i64);
    out.put("cases", evidence.cases.len() as i64);
    let gathered: Array =
        evidence.gathered.iter().map(|found| self::gathered(report, mentions, found)).collect();
    out.put("gathered", gathered);
    let compared = compared(report, mentions, evidence, Chosen::All);
    out.put("charted", charted(&compared));
    out.put("compared", compared);
    out.done()
}

/// Measures as charts show them, by their units: one alone says no more as a picture than in the table, and
/// is charted only if no unit has several.
fn charted(compared: &Array) -> Array {
    let mut units: Vec<(Value, Array)> = Vec::new();
    for measure in compared.iter() {
        let Value::Dict(fields) = measure else { continue };
        let unit = fields.get("unit").cloned().unwrap_or_default();
        match units.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, measures)) => measures.push(measure.clone()),
            None => units.push((unit, [measure.clone()].into_iter().collect())),
        }
    }
    let least = if units.iter().any(|(_, measures)| measures.len() > 1) { 2 } else { 1 };
    let shown = units.into_iter().filter(|(_, found)| (least..=MOST_ROWS).contains(&found.len()));
    shown
        .map(|(unit, measures)| {
            let mut out = Fields::new();
            out.put("unit", unit);
            out.put("measures", measures);
            out.done()
        })
        .collect()
}

/// What the chosen cases measured and have something to compare with.
pub(super) fn compared(
    report: &Report,
    mentions: &Mentions<'_>,
    evidence: &Evidence,
    chosen: Chosen<'_>,
) -> Array {
    let compared = evidence.compared.iter().filter(|(at, _)| chosen.has(at.case));
    compared
        .filter_map(|(at, change)| measure(report, mentions, *at, Some(*change), None))
        .collect()
}

fn gathered(report: &Report, mentions: &Mentions<'_>, found: &Gathered) -> Value {
    let indicator = found.indicator.as_deref();
    let better = indicator.and_then(|key| report.manifest.indicators.get(key)?.better);
    let measures: Array = (found.measures.iter())
        .filter_map(|at| {
            let change = at.get(&report.cases).and_then(Change::of);
            measure(report, mentions, *at, change, better)
        })
        .collect();
    let mut out = Fields::new();
    out.put("title", found.title.as_str());
    out.put("unit", found.unit.as_deref());
    out.put(
        "better",
        better.map(|better| match better {
            Better::Higher => "higher",
            Better::Lower => "lower",
        }),
    );
    out.put("low", found.range.map(|(low, _)| low));
    out.put("high", found.range.map(|(_, high)| high));
    out.put("measures", measures);
    out.done()
}

/// A measure with its case and what changed; whether that is better only where the manifest says
/// which way better is.
fn measure(
    report: &Report,
    mentions: &Mentions<'_>,
    at: MeasureAt,
    change: Option<Change>,
    better: Option<Better>,
) -> Option<Value> {
    let case = report.cases.get(at.case)?;
    let measure = at.get(&report.cases)?;
    let is_shown = report.has_section(Section::Cases);
    let mut out = measure_fields(measure, case);
    out.put("sources", citations_if(is_shown, measure.source.as_ref(), case));
    out.put("case", mentions.of(&case.id));
    out.put("list", at.list.as_str());
    out.put("change", change.map(|change| self::change(change, better)));
    Some(out.done())
}

fn change(change: Change, better: Option<Better>) -> Value {
    let mut out = Fields::new();
    out.put(
        "direction",
        match change.direction {
            Direction::Up => "up",
            Direction::Down => "down",
            Direction::Level => "level",
        },
    );
    out.put("absolute", change.absolute);
    out.put("relative", change.relative);
    let is_better = match (change.direction, better) {
        (Direction::Level, _) | (_, None) => None,
        (direction, Some(better)) => {
            Some((direction == Direction::Up) == (better == Better::Higher))
        }
    };
    out.put("is-better", is_better);
    out.done()
}
