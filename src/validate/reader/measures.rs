//! Owns the rules over figures and sums of money: where they come from, and what they count.

use super::{Submission, diags, figure};
use crate::diag::Sink;
use crate::load::{Node, Number, Value};
use crate::source::Span;

/// Checks the figures and the sums of a case.
pub(super) fn check(submission: Submission<'_>, sink: &mut Sink) {
    let root = submission.root;
    let sources = root.get("sources");
    let period_ends = root.get("period").is_some_and(|period| period.get("end").is_some());
    for list in ["scale", "results"] {
        let items = root.get(list).map(Node::items).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let measure = Measure { submission, item, sources, period_ends };
            let before = sink.len();
            measure.check(sink);
            for diagnostic in &mut sink[before..] {
                diagnostic.pointer.get_or_insert_with(|| format!("/{list}/{index}"));
            }
        }
    }
    for list in ["funding", "costs"] {
        let items = root.get(list).map(Node::items).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            if let Some(amount) = item.get("amount")
                && matches!(amount.value, Value::Number(_))
                && item.get("currency").is_none()
            {
                let diagnostic = diags::no_currency(submission.at(amount));
                sink.push(diagnostic.pointer(format!("/{list}/{index}")));
            }
        }
    }
}

/// One entry of `scale` or `results`.
struct Measure<'a> {
    submission: Submission<'a>,
    item: &'a Node<'a>,
    sources: Option<&'a Node<'a>>,
    /// Whether the case tells when it was over, which dates its figures too.
    period_ends: bool,
}

impl<'a> Measure<'a> {
    fn check(&self, sink: &mut Sink) {
        // What is no figure yet has been told of.
        let is_number = match self.item.get("value").map(|value| &value.value) {
            Some(Value::Number(_)) => true,
            Some(Value::String(_)) => false,
            _ => return,
        };
        let Some(measure) = self.item.get("measure") else { return };
        let at = self.submission.at(measure);
        if self.item.get("source").is_none() {
            sink.push(diags::no_source(at));
        }
        if is_number && self.lacks_unit(measure.as_str().unwrap_or_default()) {
            sink.push(diags::no_unit(at));
        }
        if is_number && !self.is_dated() {
            sink.push(diags::no_date(at));
        }
        for key in ["value", "baseline"] {
            self.number_in_words(key, sink);
        }
    }

    fn lacks_unit(&self, measure: &str) -> bool {
        if self.item.get("unit").is_some() {
            return false;
        }
        let value = self.item.get("value").map(|value| &value.value);
        let is_whole = matches!(value, Some(Value::Number(Number::Int(0..))));
        // A count is of what the measure names: patients, sites, letters.
        if is_whole { names_quantity(measure) } else { !names_ratio(measure) }
    }

    /// Whether a reader can tell of when the figure is: from its own date, from the year of what it
    /// cites, or because the case is over.
    fn is_dated(&self) -> bool {
        self.item.get("when").is_some()
            || self.period_ends
            || self.cited().any(|source| source.get("year").is_some())
    }

    /// The entries of `sources` that the figure names.
    fn cited(&self) -> impl Iterator<Item = &'a Node<'a>> {
        let source = self.item.get("source");
        let several = source.map(Node::items).unwrap_or_default().iter();
        let sources = self.sources;
        several
            .chain(source)
            .filter_map(Node::as_str)
            .filter_map(move |key| sources.and_then(|sources| sources.get(key)))
    }

    fn number_in_words(&self, key: &str, sink: &mut Sink) {
        let Some(node) = self.item.get(key) else { return };
        let Some(text) = node.as_str() else { return };
        let Some(reading) = figure::read(text) else { return };
        let free = |key: &str| self.item.get(key).is_none();
        let at = self.submission.at(node);
        let mut diagnostic =
            diags::number_in_words(key, text, &reading, free("qualifier"), free("unit"), at);
        if reading.is_certain && self.is_written_plainly(node.span, text) {
            diagnostic = diagnostic.fix(at, reading.number);
        }
        sink.push(diagnostic);
    }

    /// Whether a text stands in the file as it is, save for quotation marks: on one line.
    fn is_written_plainly(&self, span: Span, text: &str) -> bool {
        self.submission.file.slice(span).trim_matches(['"', '\'']) == text
    }
}

/// Whether a measure is a number without a unit by its nature: a ratio, or a score of some scale.
fn names_ratio(measure: &str) -> bool {
    let mut words = measure.split(|c: char| !c.is_alphanumeric());
    measure.to_lowercase().contains("quality of life")
        || words.any(|word| {
            let word = word.to_lowercase();
            ["ratio", "ratios", "score", "scores", "index", "odds"]
                .iter()
                .any(|end| word.ends_with(end))
        })
}

/// Whether a measure tells of a quantity, whose number means nothing without a unit.
fn names_quantity(measure: &str) -> bool {
    const QUANTITIES: &[&str] = &[
        "age",
        "area",
        "cost",
        "costs",
        "delay",
        "distance",
        "duration",
        "length",
        "percentage",
        "price",
        "proportion",
        "rate",
        "reduction",
        "rise",
        "fall",
        "savings",
        "saving",
        "share",
        "size",
        "time",
        "volume",
        "wait",
        "weight",
    ];
    let mut words = measure.split(|c: char| !c.is_alphanumeric());
    words.any(|word| QUANTITIES.contains(&word.to_lowercase().as_str())) && !names_ratio(measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_and_counts_need_no_unit() {
        for measure in
            ["Hazard ratio for death", "Hazardratio", "Quality score", "Odds", "Quality of life"]
        {
            assert!(names_ratio(measure), "{measure}");
        }
        for measure in ["Duration of stay", "Rations", "Share of patients"] {
            assert!(!names_ratio(measure), "{measure}");
        }
        for measure in ["Waiting time", "Share of patients", "Cost for each patient"] {
            assert!(names_quantity(measure), "{measure}");
        }
        for measure in
            ["Thrombolyses", "Patients", "Sites", "Times an alarm went off", "Cost ratio"]
        {
            assert!(!names_quantity(measure), "{measure}");
        }
    }
}
