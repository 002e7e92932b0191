//! Owns the words for files that cannot be read, and for data that cannot be made.

mod earlier;
mod review;

pub(super) use self::earlier::{
    earlier_left_out, earlier_not_in_data, earlier_unsound, earlier_untold, no_earlier,
};
pub(super) use self::review::{
    no_reviews, no_such_case, not_accepted, not_reviewed, nothing_accepted, review_unsure,
    several_cases,
};

use super::{BrokenPattern, ReadError};
use crate::diag::{Code, Diagnostic};
use crate::source::{Location, SourceId, SourceMap, Span};

/// A file that could not be read, named by where it is asked for or by its path alone.
pub(super) fn unreadable(path: &str, error: &ReadError, at: Option<Location>) -> Diagnostic {
    let (code, message) = match error {
        ReadError::Missing => (Code::CannotRead, format!("there is no file `{path}`")),
        ReadError::Outside => (Code::PathOutside, format!("`{path}` leads out of the casebook")),
        ReadError::TooLarge { bytes } => {
            let megabytes = *bytes as f64 / 1e6;
            (Code::FileTooLarge, format!("`{path}` is too large: {megabytes:.1} MB"))
        }
        ReadError::Io(reason) => (Code::CannotRead, format!("`{path}` cannot be read: {reason}")),
    };
    let diagnostic = Diagnostic::new(code, message);
    match at {
        Some(at) => diagnostic.at(at, "asked for here"),
        None => diagnostic.about(path),
    }
}

/// A picture that could not be read.
pub(super) fn image_unreadable(path: &str, error: &ReadError, at: Location) -> Diagnostic {
    match error {
        ReadError::Missing => {
            Diagnostic::new(Code::ImageMissing, format!("there is no picture `{path}`"))
                .at(at, "named here")
                .help("paths of pictures start from the folder of the file that names them")
        }
        error => unreadable(path, error, Some(at)),
    }
}

/// A chapter that could not be read.
pub(super) fn chapter_unreadable(path: &str, error: &ReadError, at: Location) -> Diagnostic {
    match error {
        ReadError::Missing => {
            Diagnostic::new(Code::ChapterMissing, format!("there is no chapter `{path}`"))
                .at(at, "named here")
                .help("paths of chapters start from the folder of casebook.yaml")
        }
        error => unreadable(path, error, Some(at)),
    }
}

/// A file of fonts that could not be read.
pub(super) fn font_unreadable(path: &str, error: &ReadError, at: Location) -> Diagnostic {
    match error {
        ReadError::Missing => {
            Diagnostic::new(Code::FontMissing, format!("there is no file of fonts `{path}`"))
                .at(at, "named here")
                .help("paths of fonts start from the folder of casebook.yaml")
        }
        error => unreadable(path, error, Some(at)),
    }
}

/// A file that holds no font.
pub(super) fn no_font(path: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FontMissing, format!("`{path}` holds no font"))
        .at(at, "named here")
        .help("casebook reads fonts in TrueType and OpenType files: .ttf, .otf, .ttc")
}

/// A family that is in no file.
pub(super) fn unknown_font(
    family: &str,
    meant: Option<&str>,
    known: &[String],
    at: Location,
) -> Diagnostic {
    let label = meant.map_or_else(
        || "not in the program and in none of the files under `files`".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    Diagnostic::new(Code::FontMissing, format!("there is no font `{family}`"))
        .at(at, label)
        .help(format!("name one of these, or add its files under `files`: {}", known.join(", ")))
        .note("fonts of the machine are not used: the same files give the same report everywhere")
}

/// A bibliography file that could not be read.
pub(super) fn bibliography_unreadable(path: &str, error: &ReadError, at: Location) -> Diagnostic {
    let diagnostic = unreadable(path, error, Some(at));
    match error {
        ReadError::Missing => {
            diagnostic.help("paths of bibliography files start from the folder of casebook.yaml")
        }
        _ => diagnostic,
    }
}

/// No manifest.
pub(super) fn manifest_missing() -> Diagnostic {
    Diagnostic::new(Code::ManifestMissing, "there is no casebook.yaml").help(
        "go to the folder of a casebook, or name it: `casebook --root FOLDER …`; \
         the README shows the smallest casebook.yaml",
    )
}

/// A pattern for files that cannot be read as one.
pub(super) fn bad_pattern(broken: &BrokenPattern, at: Location) -> Diagnostic {
    let message = format!("the pattern `{}` is not well formed", broken.pattern);
    Diagnostic::new(Code::BadPattern, message)
        .at(at, broken.reason.clone())
        .help("`*` stands for a part of a name, `**` for folders, `{yaml,yml}` for one of the two")
}

/// A casebook of a format that is not known yet.
pub(super) fn newer_format(version: i64, known: i64, at: Location) -> Diagnostic {
    let message = format!("this casebook is of format {version}, and this program knows {known}");
    Diagnostic::new(Code::NewerFormat, message)
        .at(at, "a newer format")
        .help("get a newer version of casebook; `casebook --version` says which one this is")
}

/// No case file.
pub(super) fn no_cases(patterns: &[String]) -> Diagnostic {
    let patterns = patterns.join(", ");
    Diagnostic::new(Code::NoCases, format!("no case file was found: nothing matches {patterns}"))
        .help("put one YAML file a case into the folder `cases`, or set `cases: include:` in casebook.yaml")
}

/// A file without content.
pub(super) fn empty_file(source: SourceId) -> Diagnostic {
    Diagnostic::new(Code::EmptyFile, "the file holds nothing")
        .at(Span::default().of(source), "")
        .help("fill it in, or remove it; examples/minimal shows a short case")
}

/// A file that is not UTF-8: it is taken in with marks for what cannot be read, to point at one.
pub(super) fn not_utf8(path: &str, bytes: &[u8], sources: &mut SourceMap) -> Diagnostic {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let text = String::from_utf8_lossy(bytes).into_owned();
    let source = sources.add(path, text);
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let at = Span::new(valid, valid + '\u{fffd}'.len_utf8()).of(source);
    Diagnostic::new(Code::NotUtf8, "the file is not UTF-8 text").at(at, "cannot be read here").help(
        if utf16 {
            "it looks like UTF-16: save it again as UTF-8"
        } else {
            "save it again with the encoding UTF-8, which every editor offers"
        },
    )
}

/// A manifest that its form let through and that still does not fit: a fault in casebook's form.
pub(super) fn unlowered(reason: &str, source: SourceId) -> Diagnostic {
    Diagnostic::new(Code::FormRule, format!("the file cannot be read as a manifest: {reason}"))
        .at(Span::default().of(source), "")
}

/// A form that is not there.
pub(super) fn form_missing(path: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormMissing, format!("there is no form `{path}`"))
        .at(at, "named here")
        .help("paths start from the folder of the file that names them; a form is JSON or YAML")
}

/// A form of too many files.
pub(super) fn too_many_forms(most: usize, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormBroken, format!("the form consists of more than {most} files"))
        .at(at, "this one is too many")
        .help("put definitions that belong together into one file")
}

/// A reference to something that would have to be fetched.
pub(super) fn reference_abroad(target: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormBroken, format!("`{target}` does not lie in the casebook"))
        .at(at, "referred to here")
        .help("put the file into the casebook, and refer to it by its path")
        .note("casebook fetches nothing from the network")
}

/// A table that nobody could read.
pub(super) fn too_many_cells(most: usize) -> String {
    format!(
        "these facets together make more than {most} cells\n  \
         ask for fewer of them, or choose cases with --where"
    )
}

/// Filters that leave no case.
pub(super) fn nothing_fits(filters: &[String]) -> String {
    let by_review = filters.iter().any(|filter| filter.trim_start().starts_with("review"));
    let hint = match by_review {
        true => "\n  an edition holds the accepted cases alone; `--draft` builds a draft of all",
        false => "",
    };
    format!("no case fits {}{hint}", filters.join(" and "))
}

/// Volumes of a facet that no case has.
pub(super) fn no_volumes(facet: &str) -> String {
    format!("there is no volume: no case has a value of {facet}")
}

/// A table of checklists that nobody asks for.
pub(super) fn no_checklists() -> &'static str {
    "there is no table of completeness\n  \
     name the checklists of the report in casebook.yaml: `checklists: [icheck-dh]`"
}

/// A folder of templates that holds none.
pub(super) fn templates_missing(folder: &str, at: Location) -> Diagnostic {
    Diagnostic::new(
        Code::TemplatesMissing,
        format!("there is no template in the folder `{folder}`"),
    )
    .at(at, "named here")
    .help(
        "the path starts from the folder of casebook.yaml, and files that .gitignore names do not \
             count; `casebook init --template` copies the built-in templates there",
    )
}

/// A folder of more files than any templates need.
pub(super) fn too_many_templates(folder: &str, most: usize, at: Location) -> Diagnostic {
    let message = format!("the folder `{folder}` holds more than {most} files");
    Diagnostic::new(Code::TemplateError, message)
        .at(at, "named here")
        .help("name a folder that holds templates and nothing else")
}

/// A file with which the folder of templates becomes too large.
pub(super) fn templates_too_large(path: &str, most: usize, at: Location) -> Diagnostic {
    let message = format!("with `{path}` the templates are larger than {} MB", most >> 20);
    Diagnostic::new(Code::TemplateError, message)
        .at(at, "the folder is named here")
        .help("make its pictures smaller, and move away what no template shows")
}

/// A folder for templates that is none of the casebook's.
pub(super) fn templates_outside(folder: &str) -> String {
    format!("casebook.yaml names a folder for templates that is not in the casebook: `{folder}`")
}

/// A name that no built-in template has.
pub(super) fn no_such_template(name: &str, meant: Option<&str>) -> String {
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    format!(
        "there is no built-in template `{name}`{meant}\n  \
         `casebook init --template` without a name copies all of them"
    )
}

/// A name that several built-in templates have.
pub(super) fn several_templates(name: &str, paths: &[&str]) -> String {
    format!("`{name}` may be one of several templates\n  name one of {}", paths.join(", "))
}

/// No casebook to put anything into.
pub(super) fn no_casebook() -> &'static str {
    "there is no casebook.yaml that can be read\n  \
     go to the folder of a casebook, or name it: `casebook --root FOLDER …`"
}

/// A manifest that cannot be asked for anything.
pub(super) fn unreadable_manifest() -> &'static str {
    "casebook.yaml cannot be read\n  `casebook validate` says what is wrong with it"
}
