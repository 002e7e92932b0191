//! Owns the words for what a reader would miss in one file.

use super::drawings::Fault;
use super::figure::Reading;
use super::plain::Mark;
use super::privacy::Private;
use crate::diag::{Code, Diagnostic};
use crate::source::Location;
use crate::validate::diags::short;

pub(super) fn too_many_words(key: &str, found: usize, limit: usize, at: Location) -> Diagnostic {
    Diagnostic::new(Code::WordLimit, format!("`{key}` is too long: {found} words, at most {limit}"))
        .at(at, "the first word too many")
        .help("shorten it; details belong under the other keys of the case")
}

pub(super) fn placeholder(text: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::Placeholder, format!("`{}` is no answer", short(text.trim())))
        .at(at, "")
        .help("fill it in, or remove the key if there is nothing to say")
}

pub(super) fn bare_link(at: Location) -> Diagnostic {
    Diagnostic::new(Code::Placeholder, "a link alone is no answer")
        .at(at, "readers of the printed report cannot follow it")
        .help("say in a few sentences what is there, add the page to `sources`, and cite it")
}

pub(super) fn not_plain(mark: Mark, at: Location) -> Diagnostic {
    let (found, help) = match mark {
        Mark::Heading => ("the mark of a heading", "write sentences"),
        Mark::Bullet => ("the mark of a list", "write sentences, with commas between the points"),
        Mark::Link => ("a link", "write its words alone, and put the address under `links`"),
        Mark::Bold => ("marks for bold", "remove the stars"),
        Mark::Citation => {
            ("a citation", "remove it here; cite in a text such as `results_summary`")
        }
    };
    Diagnostic::new(Code::NotPlainText, "Markdown has no effect in this text")
        .at(at, format!("{found}, printed as it stands"))
        .help(help)
}

pub(super) fn private_data(kind: Private, at: Location) -> Diagnostic {
    let what = match kind {
        Private::Email => "an e-mail address",
        Private::Phone => "a telephone number",
    };
    Diagnostic::new(Code::PrivateData, format!("{what} stands in a published text"))
        .at(at, "everybody will be able to read it")
        .help("remove it here; under `contact` it stays private")
}

pub(super) fn trailing_space(at: Location) -> Diagnostic {
    Diagnostic::new(Code::TrailingSpace, "the line ends in spaces")
        .at(at, "")
        .help("remove them")
        .fix(at, "")
}

pub(super) fn more_lines(count: usize) -> String {
    match count {
        1 => "one more line of this file does".to_owned(),
        count => format!("{count} more lines of this file do"),
    }
}

pub(super) fn no_source(at: Location) -> Diagnostic {
    Diagnostic::new(Code::MeasureWithoutSource, "the figure names no source")
        .at(at, "where is it from?")
        .help("add `source:` with the key of an entry in `sources`")
}

pub(super) fn no_unit(at: Location) -> Diagnostic {
    Diagnostic::new(Code::MeasureWithoutUnit, "the figure has no unit")
        .at(at, "what is counted?")
        .help("add `unit:`, such as patients, % or days")
}

pub(super) fn no_date(at: Location) -> Diagnostic {
    Diagnostic::new(Code::MeasureWithoutDate, "the figure has no date")
        .at(at, "of when is it?")
        .help("add `when:`, such as 2007 or 2003/2007, or the `year:` of its source")
}

/// A number as a text. The keys that the case does not have yet may be named in the help.
pub(super) fn number_in_words(
    key: &str,
    text: &str,
    reading: &Reading,
    qualifier_is_free: bool,
    unit_is_free: bool,
    at: Location,
) -> Diagnostic {
    let Reading { number, or, qualifier, unit, .. } = reading;
    let message = format!("`{key}` is a text and not a number: `{}`", short(text.trim()));
    let mut help = format!("write `{key}: {number}`");
    if let Some(or) = or {
        help.push_str(&format!(", or `{key}: {or}` if that is meant"));
    }
    if let Some(qualifier) = qualifier.filter(|_| qualifier_is_free) {
        help.push_str(&format!(", and `qualifier: {qualifier}`"));
    }
    if let Some(unit) = unit.as_ref().filter(|_| unit_is_free) {
        let unit = if unit.starts_with('%') { format!("\"{unit}\"") } else { unit.clone() };
        help.push_str(&format!(", and `unit: {unit}`"));
    }
    Diagnostic::new(Code::NumberInWords, message).at(at, "cannot be compared or counted").help(help)
}

pub(super) fn no_currency(at: Location) -> Diagnostic {
    Diagnostic::new(Code::MoneyWithoutCurrency, "the amount has no currency")
        .at(at, "of what?")
        .help("add `currency:` with its three letters: EUR, SEK, GBP")
}

pub(super) fn no_consent(at: Location, refused: Option<Location>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::ConsentMissing,
        "the case is accepted without consent to be published",
    )
    .at(at, "accepted here");
    let diagnostic = match refused {
        Some(refused) => diagnostic.related(refused, "not given here"),
        None => diagnostic,
    };
    diagnostic
        .help("once they agreed, write `consent: { given: true }`; until then, `state: submitted`")
}

pub(super) fn acceptance_gap(keys: &[String], at: Location, asked: Location) -> Diagnostic {
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let list = keys.join(", ");
    Diagnostic::new(Code::AcceptanceGap, format!("an accepted case must have {list}"))
        .at(at, "accepted here")
        .related(asked, "asked for here")
        .help("fill it in, or write `state: submitted` until it is there")
}

pub(super) fn image_content(
    path: &str,
    found: &str,
    extension: Option<&str>,
    at: Location,
) -> Diagnostic {
    let message = format!("`{}` is not what its name says: the file is {found}", short(path));
    let diagnostic = Diagnostic::new(Code::ImageContent, message).at(at, "named here");
    match extension {
        Some(extension) => {
            diagnostic.help(format!("let its name end in .{extension}, here and in the folder"))
        }
        None => diagnostic.help("save the picture anew as a PNG, JPEG, GIF, WebP or SVG file"),
    }
}

pub(super) fn image_drawing(path: &str, fault: Fault, at: Location) -> Diagnostic {
    let what = match fault {
        Fault::Unsound => "it is no sound SVG",
        Fault::Sizeless => "its width or its height is missing or nothing",
        Fault::TooManyParts => "it has too many parts",
        Fault::NeedsFiles => "it shows a file that is not in it",
        Fault::Effects => "its shadows, blurs or textures take too long to draw",
    };
    Diagnostic::new(Code::ImageContent, format!("the picture `{}` cannot be shown", short(path)))
        .at(at, what)
        .help(match fault {
            Fault::NeedsFiles => {
                "embed the file in the program that made the picture, or save it as a PNG"
            }
            Fault::Sizeless => "set its size in the program that made the picture",
            _ => "save the picture anew, or save it as a PNG",
        })
}

pub(super) fn image_size(path: &str, bytes: usize, limit: usize, at: Location) -> Diagnostic {
    let megabytes = |bytes: usize| bytes as f64 / 1e6;
    let message = format!("the picture `{}` is large: {:.1} MB", short(path), megabytes(bytes));
    Diagnostic::new(Code::ImageSize, message)
        .at(at, format!("a report needs no more than {} MB", megabytes(limit)))
        .help("make it smaller: 2000 pixels are enough for the whole width of a page")
}
