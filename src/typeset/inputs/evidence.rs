//! Owns the evidence as the templates get it: measures of all cases, each with its case and sources.

use typst::foundations::{Array, Value};

use super::Fields;
use super::case::{citations_if, measure_fields, reference};
use super::chosen::Chosen;
use crate::aggregate::{Change, Direction, Evidence, Gathered, MeasureAt};
use crate::model::{Better, Report, Section};

/// What the cases measured: gathered by indicator, and what has something to be compared with.
pub(super) fn of(report: &Report, evidence: &Evidence) -> Value {
    let mut out = Fields::new();
    out.put("measures", evidence.measures as i64);
    out.put("cases", evidence.cases.len() as i64);
    let gathered: Array =
        evidence.gathered.iter().map(|found| self::gathered(report, found)).collect();
    out.put("gathered", gathered);
    out.put("compared", compared(report, evidence, Chosen::All));
    out.done()
}

/// What the chosen cases measured and have something to compare with.
pub(super) fn compared(report: &Report, evidence: &Evidence, chosen: Chosen<'_>) -> Array {
    let compared = evidence.compared.iter().filter(|(at, _)| chosen.has(at.case));
    compared.filter_map(|(at, change)| measure(report, *at, Some(*change), None)).collect()
}

fn gathered(report: &Report, found: &Gathered) -> Value {
    let indicator = found.indicator.as_deref();
    let better = indicator.and_then(|key| report.manifest.indicators.get(key)?.better);
    let measures: Array = (found.measures.iter())
        .filter_map(|at| {
            let change = at.get(&report.cases).and_then(Change::of);
            measure(report, *at, change, better)
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
    at: MeasureAt,
    change: Option<Change>,
    better: Option<Better>,
) -> Option<Value> {
    let case = report.cases.get(at.case)?;
    let measure = at.get(&report.cases)?;
    let is_shown = report.has_section(Section::Cases);
    let mut out = measure_fields(measure, case);
    out.put("sources", citations_if(is_shown, measure.source.as_ref(), case));
    out.put("case", reference(report, &case.id));
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
