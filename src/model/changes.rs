//! Owns what has changed between two editions of a casebook: cases, what they say, how many there are, and
//! the texts around them.

use serde::Serialize;

/// What has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Cases that are counted, before and now.
    pub cases: BeforeAndNow,
    /// Cases that are new.
    pub added: Vec<NamedCase>,
    /// Cases that are gone.
    pub removed: Vec<NamedCase>,
    /// Cases that have another id and are the same else.
    pub renamed: Vec<RenamedCase>,
    /// Cases that say something else than before.
    pub changed: Vec<ChangedCase>,
    /// Counts that are others than before.
    pub figures: Vec<Moved>,
    /// What `casebook.yaml` says otherwise than before, in the order of the file.
    pub manifest: Vec<FieldChange>,
    /// What changed in the chapters.
    pub chapters: ChangedChapters,
    /// Case files that could not be read, and of which nothing is known.
    pub unread: Unread,
}

/// Two numbers of one thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct BeforeAndNow {
    /// In the earlier edition.
    pub before: usize,
    /// In this one.
    pub now: usize,
}

/// A case by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedCase {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A case that has another id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RenamedCase {
    /// The id that it had.
    pub before: String,
    /// The id that it has.
    pub now: String,
    /// Its title.
    pub title: String,
}

/// A case that says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedCase {
    /// Its id.
    pub id: String,
    /// Its title now.
    pub title: String,
    /// What changed, in the order of the file.
    pub fields: Vec<FieldChange>,
}

/// What changed in the chapters, which are known by their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangedChapters {
    /// Those that are new.
    pub added: Vec<String>,
    /// Those that are gone.
    pub removed: Vec<String>,
    /// Those that say something else than before.
    pub changed: Vec<ChangedChapter>,
}

/// A chapter that says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedChapter {
    /// Its path.
    pub path: String,
    /// What changed, by paragraphs: a pointer counts them from 0.
    pub paragraphs: Vec<FieldChange>,
}

/// What changed at one place of a case, of the manifest or of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// JSON Pointer to the place, in the file in which it is.
    pub pointer: String,
    /// The place for people, entries of lists counted from 1: `results 2 value`.
    #[serde(skip)]
    pub place: String,
    /// What stood there and stands there, in order.
    pub words: Vec<Piece>,
}

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// They stand there as before.
    Same(String),
    /// They stand there no more.
    Removed(String),
    /// They are new.
    Added(String),
}

/// A count that is another than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The facet that is counted by.
    pub facet: String,
    /// The value in commands and data.
    pub value: String,
    /// Its name for readers.
    pub title: String,
    /// How many cases had it, and have it.
    #[serde(flatten)]
    pub cases: BeforeAndNow,
}

/// Paths of files that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// In the earlier edition.
    pub before: Vec<String>,
    /// In this one.
    pub now: Vec<String>,
}

impl Changes {
    /// Whether nothing has changed in the cases, as far as is known.
    pub fn leaves_cases(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.renamed.is_empty()
            && self.changed.is_empty()
            && self.figures.is_empty()
    }

    /// The values of a facet that no case had, or those that no case has any more.
    pub fn turned(&self, facet: &str, gained: bool) -> Vec<&Moved> {
        let is_turned = |moved: &&Moved| {
            let counts = moved.cases;
            moved.facet == facet && if gained { counts.before == 0 } else { counts.now == 0 }
        };
        self.figures.iter().filter(is_turned).collect()
    }
}

impl FieldChange {
    /// The words with at most so many around each change; a mark stands for those left out.
    pub fn excerpt(&self, around: usize) -> Vec<Piece> {
        const MARK: &str = "…";
        let last = self.words.len().saturating_sub(1);
        let piece = |(at, piece): (usize, &Piece)| {
            let Piece::Same(text) = piece else { return piece.clone() };
            let words: Vec<&str> = text.split_whitespace().collect();
            let (head, tail) =
                (if at == 0 { 0 } else { around }, if at == last { 0 } else { around });
            if words.len() <= head + tail {
                return piece.clone();
            }
            let head = words.iter().take(head).copied();
            let tail = words.iter().skip(words.len() - tail).copied();
            Piece::Same(head.chain([MARK]).chain(tail).collect::<Vec<_>>().join(" "))
        };
        self.words.iter().enumerate().map(piece).collect()
    }
}

impl Piece {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}
