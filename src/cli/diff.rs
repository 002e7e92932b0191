//! Owns the verb `diff`.

use anyhow::{Context, Error, Result, anyhow, bail};

use super::args::{Diff, DiffFormat, Global};
use super::figures::counted;
use super::messages::Messages;
use super::page::{Page, shown};
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, Compared, Files, NoRevisions, Since, Status};
use crate::disk::{self, MANIFEST};
use crate::model::{Changes, FieldChange, Moved, NamedCase, Piece};

/// How many words are shown around a change.
const AROUND: usize = 8;

pub(super) fn run(global: &Global, args: &Diff, terminal: &Terminal) -> Result<Status> {
    if args.private && args.format != DiffFormat::Text {
        bail!("--private shows on a terminal what other formats carry further: leave --format out");
    }
    let disk = open(global, None)?;
    let before = disk.earlier(Since::Caller(&args.since)).map_err(|error| advised(error, args))?;
    let (changes, left_out) = match app::diff(&*before, &disk, args.private)? {
        Compared::Changes(changes, left_out) => (changes, left_out),
        Compared::BadNow(outcome) => {
            terminal.report(&outcome, &Messages::for_people(), &disk.folder())?;
            return Ok(Status::Unusable);
        }
        Compared::BadBefore(outcome) => {
            terminal.report(&outcome, &Messages::for_people(), "")?;
            terminal.warn(&format!("this is about the casebook of {}", args.since));
            return Ok(Status::Unusable);
        }
    };
    let text = match args.format {
        DiffFormat::Text => {
            let page = if args.output.is_some() { Page::of(false) } else { terminal.page() };
            text(page, &changes, &args.since)
        }
        DiffFormat::Md => app::changes_markdown(&changes, &args.since),
        DiffFormat::Json => app::changes_json(&changes, &args.since),
    };
    match &args.output {
        Some(path) => disk::write_file_with_folder(path, text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?,
        None => terminal.print(&text)?,
    }
    for (number, when) in [(left_out.before, "earlier"), (left_out.now, "now")] {
        if number > 0 {
            let cases = counted(number, "case");
            terminal.warn(&format!("{cases} with errors {when}: compared, and not counted"));
        }
    }
    Ok(Status::Clean)
}

/// The same error, with what can be done where there is no git to ask.
fn advised(error: Error, args: &Diff) -> Error {
    match error.downcast_ref::<NoRevisions>() {
        None => error,
        Some(reason) => anyhow!(
            "{reason}\n  there is no folder `{}` with a casebook either; a folder is compared without git: \
             `casebook diff ../last-edition`",
            args.since
        ),
    }
}

/// What changed, for people.
fn text(page: Page, changes: &Changes, since: &str) -> String {
    let (before, now) = (changes.cases.before, changes.cases.now);
    let heading = format!("since {}: {}, before {before}", shown(since), counted(now, "case"));
    let mut out = format!("{}\n", page.bold(&heading));
    let list = |out: &mut String, title: &str, mark: char, cases: &[NamedCase]| {
        if !cases.is_empty() {
            out.push_str(&format!("\n{}\n", page.bold(title)));
        }
        for case in cases {
            out.push_str(&format!("  {mark} {}  {}\n", shown(&case.id), shown(&case.title)));
        }
    };
    list(&mut out, "new", '+', &changes.added);
    list(&mut out, "gone", '-', &changes.removed);
    if !changes.renamed.is_empty() {
        out.push_str(&format!("\n{}\n", page.bold("renamed")));
    }
    for case in &changes.renamed {
        out.push_str(&format!("  {} is now {}\n", shown(&case.before), shown(&case.now)));
    }
    for case in &changes.changed {
        let title = format!("changed: {}  {}", shown(&case.id), shown(&case.title));
        out.push_str(&format!("\n{}\n", page.bold(&title)));
        out.extend(case.fields.iter().map(|field| changed(page, "", field)));
    }
    if changes.leaves_cases() {
        out.push_str("nothing changed in the cases\n");
    }
    around(page, changes, &mut out);
    for moved in changes.figures.chunk_by(|one, two| one.facet == two.facet) {
        let facet = moved.first().map_or("", |moved| moved.facet.as_str());
        out.push_str(&format!("\n{}\n", page.bold(&format!("cases by {facet}"))));
        out.extend(moved.iter().map(count));
    }
    for (paths, when) in [(&changes.unread.before, "earlier"), (&changes.unread.now, "now")] {
        for path in paths {
            out.push_str(&format!("\n{} cannot be read {when}: not compared\n", shown(path)));
        }
    }
    out
}

/// What changed around the cases: in the manifest and in the chapters.
fn around(page: Page, changes: &Changes, out: &mut String) {
    let heading = |title: &str| format!("\n{}\n", page.bold(title));
    if !changes.manifest.is_empty() {
        out.push_str(&heading(&format!("changed: {MANIFEST}")));
        out.extend(changes.manifest.iter().map(|field| changed(page, "", field)));
    }
    let chapters = &changes.chapters;
    if !chapters.added.is_empty() || !chapters.removed.is_empty() {
        out.push_str(&heading("chapters"));
    }
    for (paths, mark) in [(&chapters.added, '+'), (&chapters.removed, '-')] {
        out.extend(paths.iter().map(|path| format!("  {mark} {}\n", shown(path))));
    }
    for chapter in &chapters.changed {
        out.push_str(&heading(&format!("changed: {}", shown(&chapter.path))));
        out.extend(chapter.paragraphs.iter().map(|part| changed(page, "paragraph ", part)));
    }
}

/// What changed at a place; what came or went as a whole has none.
fn changed(page: Page, what: &str, field: &FieldChange) -> String {
    match field.place.as_str() {
        "" => format!("  {}\n", words(page, field)),
        place => format!("  {what}{}: {}\n", shown(place), words(page, field)),
    }
}

/// A count that moved.
fn count(moved: &Moved) -> String {
    let (was, is) = (moved.cases.before, moved.cases.now);
    let note = match (was, is) {
        (0, _) => "  (had none)",
        (_, 0) => "  (has none any more)",
        _ => "",
    };
    let title = if moved.title == moved.value { "" } else { &moved.title };
    let name = format!("{} {}", shown(&moved.value), shown(title));
    format!("  {}: {was} to {is}{note}\n", name.trim_end())
}

/// The words of a place, marked by colours, or as `[-gone-]` and `{+new+}`.
fn words(page: Page, field: &FieldChange) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => shown(text),
        Piece::Removed(text) => page.removed(&shown(text)),
        Piece::Added(text) => page.added(&shown(text)),
    };
    field.excerpt(AROUND).iter().map(piece).collect::<Vec<_>>().join(" ")
}
