//! Owns the labels that a report leads to, and the own templates that have to set them.

use typst::syntax::Source;

use super::diags;
use super::outline::Outline;
use super::own::{OwnPlaces, place, text_of};
use crate::diag::Diagnostic;
use crate::source::{Location, SourceMap};

/// The labels of a kind.
struct Labels {
    /// How they begin.
    start: &'static str,
    kind: Labelled,
    /// The templates that may have left them out, the most likely first, each with the function that
    /// should set them.
    set_by: &'static [(&'static str, &'static str)],
}

/// All labels that the data lead to.
const LABELS: &[Labels] = &[
    Labels {
        start: "case__",
        kind: Labelled::Case,
        set_by: &[
            ("components/case.typ", "case-study"),
            ("sections/cases.typ", "cases"),
            ("lib.typ", "report"),
        ],
    },
    Labels {
        start: "source__",
        kind: Labelled::Source,
        set_by: &[
            ("components/sources.typ", "source-list"),
            ("components/case.typ", "case-study"),
            ("sections/cases.typ", "cases"),
            ("lib.typ", "report"),
        ],
    },
    Labels {
        start: "reference__",
        kind: Labelled::Reference,
        set_by: &[
            ("sections/sources.typ", "all-sources"),
            ("sections/generated.typ", "generated"),
            ("lib.typ", "section"),
        ],
    },
    Labels {
        start: "term__",
        kind: Labelled::Term,
        set_by: &[
            ("sections/glossary.typ", "glossary"),
            ("sections/generated.typ", "generated"),
            ("lib.typ", "section"),
        ],
    },
    Labels {
        start: "chapter__",
        kind: Labelled::Chapter,
        set_by: &[("sections/chapter.typ", "chapter"), ("lib.typ", "section")],
    },
    Labels {
        start: "section__imprint",
        kind: Labelled::Section("imprint"),
        set_by: &[("sections/cover.typ", "imprint"), ("lib.typ", "report")],
    },
    Labels {
        start: "section__activities",
        kind: Labelled::Section("activities"),
        set_by: &[
            ("sections/activities.typ", "activities"),
            ("sections/generated.typ", "generated"),
            ("lib.typ", "section"),
        ],
    },
    Labels {
        start: "section__network",
        kind: Labelled::Section("network"),
        set_by: &[
            ("sections/network.typ", "network"),
            ("sections/generated.typ", "generated"),
            ("lib.typ", "section"),
        ],
    },
    Labels {
        start: "section__glossary",
        kind: Labelled::Section("glossary"),
        set_by: &[
            ("sections/glossary.typ", "glossary"),
            ("sections/generated.typ", "generated"),
            ("lib.typ", "section"),
        ],
    },
    Labels {
        start: "cases__",
        kind: Labelled::CaseList,
        set_by: &[("sections/case-lists.typ", "case-lists"), ("lib.typ", "report")],
    },
];

/// What a label belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labelled {
    /// A case.
    Case,
    /// A source of a case.
    Source,
    /// A source in the list of the whole report.
    Reference,
    /// A term of the glossary.
    Term,
    /// A chapter.
    Chapter,
    /// A section that cites sources, by its name.
    Section(&'static str),
    /// The list of cases behind a count.
    CaseList,
}

/// What to say of links that lead nowhere because an own template sets no labels of a kind.
///
/// It is the same for all labels of a kind, for they are all left out at once.
#[derive(Debug)]
pub(in crate::typeset) struct LostLabels(Vec<(&'static str, Diagnostic)>);

impl LostLabels {
    pub(in crate::typeset) fn of(own: &OwnPlaces, sources: &SourceMap) -> Self {
        let found = LABELS.iter().filter_map(|labels| {
            let mut set_by = labels.set_by.iter();
            let at = set_by.find_map(|(path, name)| definition(path, name, own, sources))?;
            Some((labels.start, diags::no_label(labels.kind, at)))
        });
        Self(found.collect())
    }

    /// What to say, if a message is that of such a link.
    pub(in crate::typeset) fn find(&self, message: &str) -> Option<Diagnostic> {
        let (_, after) = message.split_once("label `<")?;
        let (label, rest) = after.split_once(">` ")?;
        let (_, found) = self.0.iter().find(|(start, _)| label.starts_with(start))?;
        rest.starts_with("does not exist").then(|| found.clone())
    }
}

/// Where an own template defines a name, or the template's beginning if it does not; none if it is
/// built in.
fn definition(path: &str, name: &str, own: &OwnPlaces, sources: &SourceMap) -> Option<Location> {
    let file = own.source(path)?;
    let outline = Outline::of(&Source::detached(text_of(file, sources)));
    let range = outline.definition(name).map(|found| found.range.clone());
    Some(place(file, &range.unwrap_or_default(), sources))
}
