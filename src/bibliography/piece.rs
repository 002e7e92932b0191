//! Owns the pieces of text that a reference consists of, made of what the citation processor returns.

use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemMeta, Formatting};

/// A run of text in one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, without control characters.
    pub text: String,
    /// How it looks.
    pub look: Look,
    /// Where it leads, if it is a link: to http or https and nowhere else.
    pub url: Option<String>,
}

/// How a piece differs from the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Whether it is in italics.
    pub italic: bool,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether its small letters are small capitals.
    pub small_caps: bool,
    /// Whether it is raised or lowered.
    pub shift: Option<Shift>,
}

/// Out of the line, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// Above it.
    Up,
    /// Below it.
    Down,
}

/// The text of pieces without their looks.
pub fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// Gathers the pieces of one reference.
#[derive(Default)]
pub(super) struct Writer {
    pieces: Vec<Piece>,
    /// Whether the number of the reference was left out, so that what surrounded it must go too.
    without_number: bool,
}

impl Writer {
    pub(super) fn child(&mut self, child: &ElemChild) {
        match child {
            ElemChild::Text(text) => self.push(&text.text, look(text.formatting), None),
            ElemChild::Link { text, url } => {
                let url = is_web(url).then(|| url.clone());
                self.push(&text.text, look(text.formatting), url);
            }
            // The processor means it to be run as Typst. It is somebody's words, and stays words.
            ElemChild::Markup(text) => self.push(text, Look::default(), None),
            ElemChild::Transparent { .. } => {}
            ElemChild::Elem(elem) => {
                if matches!(elem.meta, Some(ElemMeta::CitationNumber | ElemMeta::CitationLabel)) {
                    self.pieces.retain(|piece| !opens_number(&piece.text));
                    self.without_number |= self.pieces.is_empty();
                    return;
                }
                // What has a line of its own in the style stands apart here.
                let ends_in_blank = |piece: &Piece| piece.text.ends_with(char::is_whitespace);
                if elem.display.is_some() && self.pieces.last().is_some_and(|p| !ends_in_blank(p)) {
                    self.push(" ", Look::default(), None);
                }
                elem.children.0.iter().for_each(|child| self.child(child));
            }
        }
    }

    fn push(&mut self, text: &str, look: Look, url: Option<String>) {
        let mut text: String = text.chars().filter_map(printable).collect();
        if self.without_number && self.pieces.is_empty() {
            text = text.trim_start_matches(closes_number).to_owned();
        }
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.look == look && last.url.is_none() && url.is_none() => {
                last.text.push_str(&text);
            }
            _ => self.pieces.push(Piece { text, look, url }),
        }
    }

    /// The pieces, with the marks mended that stand where the style left something out.
    pub(super) fn done(mut self) -> Vec<Piece> {
        for piece in self.pieces.iter_mut().filter(|piece| piece.url.is_none()) {
            for (found, mended) in [(", )", ")"), (",)", ")"), (",. ", ". "), (" . ", " ")] {
                piece.text = piece.text.replace(found, mended);
            }
        }
        for at in 1..self.pieces.len() {
            let (before, after) = self.pieces.split_at_mut(at);
            if let ([.., before], [after, ..]) = (before, after)
                && before.url.is_none()
                && after.text.starts_with('.')
                && before.text.ends_with([',', '.'])
            {
                before.text.pop();
            }
        }
        if let Some(last) = self.pieces.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        self.pieces.retain(|piece| !piece.text.is_empty());
        self.pieces
    }
}

/// Whether an address leads to the web.
pub(super) fn is_web(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// A character as it can be printed: blanks as one blank, and nothing that cannot be seen.
fn printable(c: char) -> Option<char> {
    match c {
        '\u{a0}' => Some(c),
        c if c.is_whitespace() => Some(' '),
        c => (!c.is_control()).then_some(c),
    }
}

/// Whether a text is what stands before a number and nothing else.
fn opens_number(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '[' | '('))
}

/// Whether a character stands behind a number.
fn closes_number(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | ')' | ']')
}

fn look(formatting: Formatting) -> Look {
    Look {
        italic: formatting.font_style == FontStyle::Italic,
        bold: formatting.font_weight == FontWeight::Bold,
        small_caps: formatting.font_variant == FontVariant::SmallCaps,
        shift: match formatting.vertical_align {
            VerticalAlign::Sup => Some(Shift::Up),
            VerticalAlign::Sub => Some(Shift::Down),
            VerticalAlign::None | VerticalAlign::Baseline => None,
        },
    }
}
