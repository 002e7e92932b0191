//! Owns what words of a survey mean to a casebook: which region, which theme; and what its form expects.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::form::{Expected, Form, Pattern};
use crate::load::{Segment, pointer};
use crate::model::Themes;
use crate::vocab::{Gazetteer, begins_word};

/// What values are understood by.
pub(super) struct Meanings<'a> {
    pub(super) form: &'a Form,
    pub(super) themes: &'a Themes,
    pub(super) regions: &'a Gazetteer,
    known: Known,
}

/// What was looked up before: the rows of a survey name the same regions and fill the same fields.
#[derive(Default)]
struct Known {
    regions: Mutex<BTreeMap<String, Option<String>>>,
    expected: Mutex<BTreeMap<String, Option<Expected>>>,
}

/// The most that is kept of what was looked up.
const MOST_KNOWN: usize = 10_000;

/// What is known of a key, else what is found out about it.
fn known<T: Clone>(
    known: &Mutex<BTreeMap<String, T>>,
    key: &str,
    find_out: impl FnOnce() -> T,
) -> T {
    // A thread that panicked left nothing half done here.
    let lock = || known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = lock().get(key) {
        return found.clone();
    }
    let found = find_out();
    let mut known = lock();
    if known.len() < MOST_KNOWN {
        known.insert(key.to_owned(), found.clone());
    }
    found
}

impl<'a> Meanings<'a> {
    /// The meanings of a casebook.
    pub(super) fn new(form: &'a Form, themes: &'a Themes, regions: &'a Gazetteer) -> Self {
        Self { form, themes, regions, known: Known::default() }
    }

    /// The code of a region that a text names, if nothing else can be meant.
    pub(super) fn region(&self, text: &str) -> Option<String> {
        let text = text.trim();
        known(&self.known.regions, text, || self.find_region(text))
    }

    fn find_region(&self, text: &str) -> Option<String> {
        if let Ok(region) = self.regions.find(text) {
            return Some(region.code().to_owned());
        }
        let meant = match self.regions.meant(text) {
            Some(region) => Some(region.code().to_owned()),
            None => self.partly_called(text),
        };
        // A `no` is no Norway.
        let is_code = text.chars().count() > 2;
        let alike = || self.regions.look_alike(text).filter(|_| is_code);
        meant.or_else(|| self.within(text)).or_else(|| Some(alike()?.code().to_owned()))
    }

    /// The code of the only region whose name has a word that begins so, as `validate --fix` has it.
    fn partly_called(&self, text: &str) -> Option<String> {
        match self.regions.search(text).as_slice() {
            [only] if has_word(only.name(), text) => Some(only.code().to_owned()),
            _ => None,
        }
    }

    /// The code of a region that is named with what it lies in: `Blekinge, Sweden`.
    fn within(&self, text: &str) -> Option<String> {
        let (name, around) = text.rsplit_once(',')?;
        let around = self.region(around.trim())?;
        let around = self.regions.find(&around).ok()?;
        let mut inside = self.regions.called(name.trim());
        inside.retain(|region| around.contains(region));
        if inside.is_empty() {
            inside = self.regions.search(name.trim());
            inside.retain(|region| around.contains(region) && begins(region.name(), name.trim()));
        }
        let (first, rest) = inside.split_first()?;
        rest.iter().all(|other| first.contains(other)).then(|| first.code().to_owned())
    }

    /// The key of a theme that a text is the key, the title or a synonym of.
    pub(super) fn theme(&self, text: &str) -> Option<String> {
        self.themes.called(text.trim()).map(str::to_owned)
    }

    /// What the form expects at a place of a record.
    pub(super) fn expected(&self, path: &[Segment<'_>]) -> Option<Expected> {
        let place = pointer(path.iter().copied());
        known(&self.known.expected, &place, || {
            let place: Pattern = place.parse().ok()?;
            self.form.expected_at(&place)
        })
    }
}

/// Whether one of the words of a name begins with a text: `Kronoberg` in `Kronobergs län`.
fn has_word(name: &str, text: &str) -> bool {
    begins_word(&name.to_lowercase(), &text.to_lowercase())
}

/// Whether a name is a text, or begins with it and a space: `Blekinge` of `Blekinge län`.
fn begins(name: &str, text: &str) -> bool {
    let (name, text) = (name.to_lowercase(), text.to_lowercase());
    name.strip_prefix(&text)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_understood_where_nothing_else_can_be_meant() {
        let regions = Gazetteer::official().understanding("de");
        let themes = Themes::default();
        let meanings = Meanings::new(Form::case(), &themes, &regions);
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(meanings.region(text).as_deref(), expected, "{text}");
        };
        check("SE221", Some("SE221"));
        check("se221", Some("SE221"));
        check("Blekinge", Some("SE221"));
        check("blekinge län", Some("SE221"));
        check("Blekinge, Sweden", Some("SE221"));
        check("Estonia", Some("EE"));
        check("Schweden", Some("SE"));
        // The name of a region in Norway ends so, too.
        check("Estland", Some("EE"));
        check("Luxembourg", Some("LU"));
        check("Tokyo", Some("JP-13"));
        check("Kronoberg", Some("SE212"));
        check("Porto", Some("PT11A"));
        // English names, local ones and those of smaller regions that are the same place are one.
        check("Bavaria", Some("DE2"));
        check("Bayern", Some("DE2"));
        check("Saxony", Some("DED"));
        check("Saxony, Germany", Some("DED"));
        check("Sachsen, Germany", Some("DED"));
        check("Vienna", Some("AT13"));
        check("Comunidad de Madrid", Some("ES3"));
        check("Rome", Some("ITI43"));
        // A part of a word is no name.
        check("ronoberg", None);
        // There are several of these.
        check("Limburg", None);
        check("Nord", None);
        check("nowhere", None);
        check("", None);
    }
}
