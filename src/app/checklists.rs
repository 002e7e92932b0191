//! Owns which checklists a run holds the cases against, and what comes of it.

use anyhow::{Result, bail};

use crate::diag::{Diagnostic, Sink};
use crate::form::nearest;
use crate::load::Node;
use crate::model::{Completeness, Manifest};
use crate::source::SourceId;
use crate::validate::{check_checklist_notes, completeness, known_checklists, report_completeness};
use crate::vocab::Checklist;

/// Who asks for checklists.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked<'a> {
    /// The manifest, for the report; nothing is said about single cases.
    ByManifest,
    /// The caller, by their keys, who wants to be told about each case.
    Named(&'a [String]),
}

/// The checklists of a run.
pub(super) struct Lists {
    /// Those that the manifest names.
    of_manifest: Vec<Checklist>,
    /// Those that the caller wants to be told about, if it is the caller who asks.
    named: Option<Vec<Checklist>>,
}

impl Lists {
    /// Finds the lists.
    ///
    /// # Errors
    ///
    /// If the caller names a list that there is not.
    pub(super) fn of(manifest: &Manifest, asked: Asked<'_>) -> Result<Self> {
        let of_manifest = manifest.asked_checklists();
        let named = match asked {
            Asked::ByManifest => None,
            Asked::Named(keys) => {
                Some(keys.iter().map(|key| find(key, &of_manifest)).collect::<Result<_>>()?)
            }
        };
        Ok(Self { of_manifest, named })
    }

    /// Holds a case against the lists, once nothing else is wrong with it.
    ///
    /// What breaks the form may be of any size and in the wrong place: to count it would mislead,
    /// and take long.
    pub(super) fn hold(
        &self,
        file: (SourceId, &str),
        root: &Node<'_>,
        sink: &mut Sink,
    ) -> Vec<Completeness> {
        check_checklist_notes(&self.of_manifest, file.0, root, sink);
        if sink.iter().any(Diagnostic::is_error) {
            return Vec::new();
        }
        let Some(named) = &self.named else {
            return self.of_manifest.iter().map(|list| completeness(list, root)).collect();
        };
        let hold = |list| {
            let found = completeness(list, root);
            report_completeness(list, &found, file, root, sink);
            found
        };
        named.iter().map(hold).collect()
    }
}

/// The list of a key, as the manifest wants it, else as casebook brings it along.
fn find(key: &str, of_manifest: &[Checklist]) -> Result<Checklist> {
    let asked = of_manifest.iter().find(|list| list.key == key).cloned();
    if let Some(list) = asked.or_else(|| Checklist::shipped(key)) {
        return Ok(list);
    }
    let known = known_checklists(of_manifest);
    let meant = nearest(key, known.iter().copied());
    let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    bail!("there is no checklist `{key}`{meant}\n  the checklists are {}", known.join(", "))
}
