//! Owns what is served: the files of the last good build, and what is to be said of the casebook now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

/// Makes what is only made when somebody asks for it.
pub trait Maker: Send + Sync {
    /// Sees to it that a file is on the shelf, if it can be made. Takes as long as that takes.
    fn make(&self, path: &str);
}

/// Something that is wrong, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Its name.
    pub code: &'static str,
    /// Whether it must be mended.
    pub is_error: bool,
    /// What is wrong.
    pub message: String,
    /// Where: a file, and mostly a line and a column.
    pub place: Option<String>,
    /// Why there.
    pub label: Option<String>,
    /// What to do.
    pub help: Vec<String>,
}

/// What there is to tell of the casebook as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct News {
    /// What is wrong with it, as far as it is told.
    pub notes: Vec<Note>,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// The path of the page of the case that was saved last, if it is to be opened.
    pub page: Option<String>,
}

impl News {
    /// Tells that there is no answer at all, and why.
    pub fn failure(message: &str) -> Self {
        let note = Note {
            code: "failure",
            is_error: true,
            message: message.to_owned(),
            place: None,
            label: None,
            help: Vec::new(),
        };
        Self { notes: vec![note], errors: 1, warnings: 0, page: None }
    }
}

/// What is served, and to whom what changes is told.
pub struct Shelf {
    state: Mutex<State>,
    changed: Condvar,
    maker: Box<dyn Maker>,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Arc<Vec<u8>>>,
    ahead: Option<Ahead>,
    /// Counts the builds, so that a page knows whether it is of the last.
    build: u64,
    /// Counts all that was told.
    edition: u64,
    news: News,
}

/// A page of the next build, while the rest of it is still made.
struct Ahead {
    path: String,
    bytes: Arc<Vec<u8>>,
}

impl State {
    /// A file, and the name of the build that it is of.
    fn file(&self, path: &str) -> Option<(Arc<Vec<u8>>, String)> {
        match self.ahead.as_ref().filter(|ahead| ahead.path == path) {
            Some(ahead) => Some((Arc::clone(&ahead.bytes), build_name(self.build + 1))),
            None => Some((self.files.get(path).cloned()?, build_name(self.build))),
        }
    }

    /// Puts files in the place of all that are in the same folders at the top.
    fn put(&mut self, files: impl IntoIterator<Item = (String, Vec<u8>)>) {
        let new = files.into_iter().map(|(path, bytes)| (path, Arc::new(bytes)));
        let new: BTreeMap<String, Arc<Vec<u8>>> = new.collect();
        let places: BTreeSet<&str> = new.keys().map(|path| place_of(path)).collect();
        self.files.retain(|path, _| !places.contains(place_of(path)));
        self.files.extend(new);
    }
}

/// The name at the top: `site` of `site/index.html`.
fn place_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// What is told to a page.
#[derive(Debug, Serialize)]
pub(super) struct Telling {
    build: String,
    /// The page that is there already of the next build, and the name of that.
    ahead: Option<ToldAhead>,
    #[serde(flatten)]
    news: News,
    #[serde(skip)]
    pub(super) edition: u64,
}

#[derive(Debug, Serialize)]
struct ToldAhead {
    page: String,
    build: String,
}

impl Shelf {
    /// An empty shelf.
    pub fn new(maker: impl Maker + 'static) -> Self {
        Self { state: Mutex::default(), changed: Condvar::new(), maker: Box::new(maker) }
    }

    /// Puts the files of a build in the place of those before, and tells it. What else there is stays.
    pub fn replace(&self, files: impl IntoIterator<Item = (String, Vec<u8>)>, news: News) {
        let mut state = self.state();
        state.put(files);
        state.build += 1;
        if let Some(Ahead { path, bytes }) = state.ahead.take()
            && state.files.get(&path) != Some(&bytes)
        {
            // Who has that page has another than that of this build.
            state.build += 1;
        }
        self.announce(state, news);
    }

    /// Tells what is wrong; what is served is the last build.
    pub fn tell(&self, news: News) {
        let mut state = self.state();
        if state.ahead.take().is_some() {
            // Who has a page of a build that did not come about shall have that of the last.
            state.build += 2;
        }
        self.announce(state, news);
    }

    /// Puts a page of the next build in the place of the one before, and tells whoever reads the site. The
    /// rest of the build follows, or else what is in its way is told.
    pub fn show_ahead(&self, path: String, bytes: Vec<u8>) {
        let mut state = self.state();
        if state.ahead.is_some() {
            // That build is given up.
            state.build += 1;
        }
        state.ahead = Some(Ahead { path, bytes: Arc::new(bytes) });
        let news = state.news.clone();
        self.announce(state, news);
    }

    /// Puts files in the place of those before without telling anybody.
    pub fn add(&self, files: impl IntoIterator<Item = (String, Vec<u8>)>) {
        self.state().put(files);
    }

    /// A file that may have to be made first, with the name of the build that it is of.
    pub(super) fn file(&self, path: &str) -> Option<(Arc<Vec<u8>>, String)> {
        self.maker.make(path);
        self.state().file(path)
    }

    /// Whether a file is there without being made.
    pub(super) fn has(&self, path: &str) -> bool {
        self.state().files.contains_key(path)
    }

    /// The name of the last build. No other process gives the same.
    pub(super) fn build(&self) -> String {
        build_name(self.state().build)
    }

    /// What there is to tell now.
    pub(super) fn telling(&self) -> Telling {
        telling(&self.state())
    }

    /// What there is to tell once it is another than a known one; none if that takes too long.
    pub(super) fn next(&self, known: u64, patience: Duration) -> Option<Telling> {
        let same = |state: &mut State| state.edition == known;
        let waited = self.changed.wait_timeout_while(self.state(), patience, same);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (state.edition != known).then(|| telling(&state))
    }

    fn announce(&self, mut state: MutexGuard<'_, State>, news: News) {
        state.edition += 1;
        state.news = news;
        drop(state);
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The state is whole between any two of its fields.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn telling(state: &State) -> Telling {
    let (build, news) = (build_name(state.build), state.news.clone());
    let ahead = state
        .ahead
        .as_ref()
        .map(|ahead| ToldAhead { page: ahead.path.clone(), build: build_name(state.build + 1) });
    Telling { build, ahead, news, edition: state.edition }
}

fn build_name(build: u64) -> String {
    format!("{}-{build}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nobody;

    impl Maker for Nobody {
        fn make(&self, _: &str) {}
    }

    /// What a page says, and whether it is of the build that is told of, or of that which comes.
    fn served(shelf: &Shelf, path: &str) -> (String, bool, bool) {
        let (bytes, build) = shelf.file(path).unwrap();
        let told = shelf.telling();
        let coming = told.ahead.is_some_and(|ahead| ahead.build == build);
        (String::from_utf8(bytes.to_vec()).unwrap(), told.build == build, coming)
    }

    #[test]
    fn a_page_that_is_ahead_is_loaded_once_unless_the_build_ends_otherwise() {
        let shelf = Shelf::new(Nobody);
        let put = |case: &str| {
            let files = [("site/a.html", case), ("site/index.html", "home")];
            let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
            shelf.replace(files, News::default());
        };
        let ahead = |text: &str| {
            shelf.show_ahead("site/a.html".to_owned(), text.as_bytes().to_vec());
            let (_, build) = shelf.file("site/a.html").unwrap();
            assert_eq!(served(&shelf, "site/a.html"), (text.to_owned(), false, true));
            assert_eq!(served(&shelf, "site/index.html"), ("home".to_owned(), true, false));
            build
        };
        put("one");
        let loaded = ahead("two");
        put("two");
        assert_eq!(shelf.build(), loaded, "the page is that of the build");
        let loaded = ahead("three");
        put("four");
        assert_ne!(shelf.build(), loaded, "the page came out otherwise");
        let loaded = ahead("five");
        let again = ahead("six");
        assert_ne!(loaded, again, "the first build was given up");
        put("six");
        assert_eq!(shelf.build(), again);
        let loaded = ahead("seven");
        shelf.tell(News::failure("no"));
        assert_ne!(shelf.build(), loaded, "the build did not come about");
        assert_eq!(served(&shelf, "site/a.html"), ("six".to_owned(), true, false));
    }
}
