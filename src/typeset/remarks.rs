//! Owns the way from Typst's errors and warnings to casebook's diagnostics.

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::reference::field_names;
use super::spans::SpanTable;
use super::templates::{
    Blamed, LostLabels, OwnPlaces, Reach, blame, faulty, meant_field, place_in, remarkable,
    shown_in, used_by,
};
use super::world::{ReportWorld, template_path};
use crate::diag::{Code, Diagnostic};
use crate::form::nearest;
use crate::source::{Location, SourceMap, Span};

/// Places on the way to a fault that are told beside it.
const MOST_PLACES: usize = 6;

/// What it takes to find the place of a remark.
pub(super) struct Finder<'a> {
    pub(super) world: &'a ReportWorld,
    /// The files of submissions, manifest and chapters.
    pub(super) spans: &'a SpanTable,
    /// The casebook's own templates.
    pub(super) own: &'a OwnPlaces,
    /// What these should have set for others to lead to.
    pub(super) lost: &'a LostLabels,
    pub(super) sources: &'a SourceMap,
}

/// A place that somebody other than casebook wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a text of a case, of a chapter or of the manifest.
    Text(Location),
    /// In an own template.
    Template(Location),
}

/// Whether a warning is about what casebook chose with open eyes: that HTML is still new in Typst.
pub(super) fn is_expected(warning: &SourceDiagnostic) -> bool {
    warning.severity == Severity::Warning
        && warning.message.starts_with("html export is under active development")
}

/// Makes a diagnostic of Typst's into one of casebook's, in a submission or in an own template where it
/// can.
pub(super) fn convert(remark: &SourceDiagnostic, finder: &Finder<'_>) -> Diagnostic {
    if let Some(lost) = finder.lost.find(&remark.message) {
        return lost;
    }
    let place = finder.place(remark.span);
    if let Some(text) = undisplayable(&remark.message) {
        let exact = match place.or_else(|| finder.on_the_way(remark)) {
            Some(Place::Text(place) | Place::Template(place)) => {
                within(place, text, finder.sources).or(Some(place))
            }
            None => finder.spans.search(finder.sources, text),
        };
        return missing_glyph(text, exact);
    }
    let diagnostic = match place {
        Some(place) => {
            let meant = field_meant(&remark.message).map(meant_field);
            meant.into_iter().fold(at(remark, place, ""), Diagnostic::help)
        }
        None => found_around(remark, finder),
    };
    let hints = remark.hints.iter().map(|hint| hint.v.as_str());
    with_way(hints.fold(diagnostic, Diagnostic::help), remark, finder)
}

/// A remark at a place that is not casebook's own.
fn at(remark: &SourceDiagnostic, place: Place, label: &str) -> Diagnostic {
    match (place, remark.severity) {
        (Place::Text(place), _) => general(remark).at(place, "in this text"),
        (Place::Template(place), Severity::Error) => faulty(&remark.message, place, label),
        (Place::Template(place), Severity::Warning) => remarkable(&remark.message, place, label),
    }
}

/// The field of the report's data that was probably meant by a key that there is not.
fn field_meant(message: &str) -> Option<&'static str> {
    let (_, key) = message.split_once("dictionary does not contain key \"")?;
    let key = key.strip_suffix('"')?;
    nearest(key, field_names()).filter(|field| *field != key)
}

/// A remark that shows in a built-in template: at the own template that it used wrongly or that used
/// it wrongly, at a text on the way, or where it shows.
fn found_around(remark: &SourceDiagnostic, finder: &Finder<'_>) -> Diagnostic {
    let shown = finder.in_template(remark.span);
    let blamed = |reach| -> Option<Diagnostic> {
        let (path, line) = shown?;
        let range = finder.world.range(remark.span)?;
        let Blamed { at: place, name } =
            blame(path, &range, reach, finder.world, finder.own, finder.sources)?;
        Some(at(remark, Place::Template(place), &used_by(&name, path, line)))
    };
    let on_the_way = || {
        let place = finder.on_the_way(remark)?;
        let diagnostic = at(remark, place, "on the way from here");
        Some(match (place, shown) {
            (Place::Template(_), Some((path, line))) => diagnostic.note(shown_in(path, line)),
            _ => diagnostic,
        })
    };
    let found = blamed(Reach::Expression).or_else(on_the_way);
    found.or_else(|| blamed(Reach::Statement)).unwrap_or_else(|| match shown {
        Some((path, Some(line))) => general(remark).about(format!("templates/{path}:{line}")),
        Some((path, None)) => general(remark).about(format!("templates/{path}")),
        None => general(remark),
    })
}

/// Adds the own templates that a fault was come to by.
fn with_way(
    mut diagnostic: Diagnostic,
    remark: &SourceDiagnostic,
    finder: &Finder<'_>,
) -> Diagnostic {
    let mut told: Vec<Location> = diagnostic.primary.iter().map(|label| label.location).collect();
    for point in &remark.trace {
        let Some(Place::Template(place)) = finder.place(point.span.into()) else { continue };
        if told.contains(&place) || told.len() > MOST_PLACES {
            continue;
        }
        told.push(place);
        diagnostic = diagnostic.related(place, point.v.to_string());
    }
    diagnostic
}

fn general(remark: &SourceDiagnostic) -> Diagnostic {
    let code = match remark.severity {
        Severity::Error => Code::ReportError,
        Severity::Warning => Code::ReportWarning,
    };
    Diagnostic::new(code, remark.message.as_str())
}

impl Finder<'_> {
    /// The place of a span, if it is in a submission or an own template.
    fn place(&self, span: DiagSpan) -> Option<Place> {
        let id = span.id()?;
        let range = self.world.range(span)?;
        if let Some(source) = self.spans.source(id) {
            return Some(Place::Text(Span::new(range.start, range.end).of(source)));
        }
        let source = self.own.by_id(id)?;
        Some(Place::Template(place_in(source, &range, self.sources)))
    }

    /// The nearest such place on the way to a remark.
    fn on_the_way(&self, remark: &SourceDiagnostic) -> Option<Place> {
        remark.trace.iter().find_map(|point| self.place(point.span.into()))
    }

    /// The template that a span is in, and its line.
    fn in_template(&self, span: DiagSpan) -> Option<(&'static str, Option<usize>)> {
        let id = span.id()?;
        let line = self.world.range(span).and_then(|range| {
            let source = self.world.source(id).ok()?;
            source.lines().byte_to_line(range.start)
        });
        Some((template_path(id)?, line.map(|line| line + 1)))
    }
}

/// The first place of a text inside a place.
fn within(place: Location, text: &str, sources: &SourceMap) -> Option<Location> {
    let at = sources.get(place.source).slice(place.span).find(text)?;
    let start = place.span.range().start + at;
    Some(Span::new(start, start + text.len()).of(place.source))
}

/// The text that no font of the report can show, if that is what a message says.
fn undisplayable(message: &str) -> Option<&str> {
    let (before, _) = message.split_once("could not be displayed with font")?;
    let (_, quoted) = before.split_once('"')?;
    quoted.rsplit_once('"').map(|(text, _)| text)
}

fn missing_glyph(text: &str, place: Option<Location>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::MissingGlyph, format!("no font of the report can show `{text}`"))
            .help("write it in Latin, Greek or Cyrillic letters; the report's fonts have no others")
            .note("PDF/A and PDF/UA forbid characters that show as an empty box");
    match place {
        Some(place) => diagnostic.at(place, "in this text"),
        None => diagnostic,
    }
}
