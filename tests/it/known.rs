//! What the suites of other projects have in common: where they lie, and what is known to differ.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Cases of a suite in which casebook differs in one way, and for one reason.
pub(crate) struct Known {
    /// What happens instead: the beginning of the difference in words.
    pub(crate) what: &'static str,
    /// Why that is right, or no harm.
    pub(crate) why: &'static str,
    /// The cases; an id that ends in `/` stands for all below it.
    pub(crate) ids: &'static [&'static str],
}

impl Known {
    fn explains(&self, id: &str, what: &str) -> bool {
        what.starts_with(self.what) && self.ids.iter().any(|known| covers(known, id))
    }
}

fn covers(known: &str, id: &str) -> bool {
    known == id || known.ends_with('/') && id.starts_with(known)
}

/// The folder of a suite, which is never part of the repository.
#[track_caller]
pub(crate) fn suite(folder: PathBuf) -> PathBuf {
    assert!(folder.is_dir(), "{} is missing: tests/run.sh installs it", folder.display());
    folder
}

/// Fails for a difference that is not known, and for a known one that is gone.
#[track_caller]
pub(crate) fn only_known(found: &BTreeMap<String, String>, known: &[Known]) {
    assert!(known.iter().all(|known| !known.why.is_empty()));
    let new: Vec<String> = found
        .iter()
        .filter(|(id, what)| !known.iter().any(|known| known.explains(id, what)))
        .map(|(id, what)| format!("{id}: {what}"))
        .collect();
    assert!(new.is_empty(), "{} new differences:\n{}", new.len(), new.join("\n"));
    for known in known {
        let is_found = |id: &&&str| {
            found.iter().any(|(found, what)| covers(id, found) && what.starts_with(known.what))
        };
        let gone: Vec<_> = known.ids.iter().filter(|id| !is_found(id)).collect();
        assert!(gone.is_empty(), "no longer {}: {gone:?}", known.what);
    }
}
