//! Owns the timeline: when the cases ran, as far as their dates tell.

use crate::model::{Case, Date};

/// When a case ran, in years with fractions: 2007.5 is the middle of 2007.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Position of the case.
    pub case: usize,
    /// Its first day.
    pub start: f64,
    /// The end of its last day; none if the end is open.
    pub end: Option<f64>,
}

/// The spans of the cases that have a period, the earliest first.
pub fn timeline(cases: &[Case]) -> Vec<Span> {
    let span = |(case, read): (usize, &Case)| {
        let period = read.period?;
        let end = period.end.map(end_of);
        Some(Span { case, start: start_of(period.start), end })
    };
    let mut spans: Vec<Span> = cases.iter().enumerate().filter_map(span).collect();
    spans.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.case.cmp(&b.case)));
    spans
}

fn start_of(date: Date) -> f64 {
    let (year, month, day) = date.first_day();
    year_and_fraction(year, month, f64::from(day - 1))
}

fn end_of(date: Date) -> f64 {
    let (year, month, day) = date.last_day();
    year_and_fraction(year, month, f64::from(day))
}

/// A day as years: months are twelfths, days 31sts of them, which no chart can tell from the truth.
fn year_and_fraction(year: i32, month: u8, days: f64) -> f64 {
    f64::from(year) + (f64::from(month - 1) + (days / 31.0).min(1.0)) / 12.0
}
