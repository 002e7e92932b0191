//! Owns the verb `import`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::args::{Global, Import};
use super::messages::{Messages, refuse_beside};
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{
    CaseFile, ImportOptions, Imported, LARGEST_MAPPING, LARGEST_SURVEY, NamedFile, ReadError,
    RowFate, Status, TABLES, draft_mapping, import,
};
use crate::diag::render::printable;
use crate::disk::{self, Disk};
use crate::model::Artifact;

/// What is remembered of an import is called as the mapping is, with this end.
const MEMORY: &str = "imported.json";

/// The description of a data package, beside which its cases lie.
const PACKAGE: &str = "datapackage.json";

/// The table of the cases, beside which the others lie.
const CASES_TABLE: &str = "cases.csv";

pub(super) fn run(global: &Global, args: &Import, terminal: &Terminal) -> Result<Status> {
    let messages = Messages::wanted(&args.report)?;
    if args.dry_run {
        refuse_beside("the list of rows", &args.report)?;
    }
    let disk = open(global, args.mapping.as_deref())?;
    let file = cases_of(&args.file);
    let survey = named_file(&file, LARGEST_SURVEY)?;
    if args.draft_mapping {
        return draft(&disk, &survey, args, &messages, terminal);
    }
    let memory_path = match &args.mapping {
        Some(mapping) => mapping.with_extension(MEMORY),
        None => disk.root().join(MEMORY),
    };
    let mapping = args.mapping.as_deref().map(|path| named_file(path, LARGEST_MAPPING));
    let memory = match disk::read_limited(&memory_path, LARGEST_SURVEY) {
        Ok(bytes) => Some(NamedFile { name: shown(&memory_path), bytes }),
        Err(ReadError::Missing) => None,
        Err(error) => bail!(unreadable(&memory_path, &error)),
    };
    let overwrite = args.overwrite;
    let beside = tables_beside(&file, args)?;
    let options =
        ImportOptions { survey, mapping: mapping.transpose()?, memory, overwrite, beside };
    let imported = import(&disk, &options)?;
    let status = terminal.report(&imported.outcome, &messages, &disk.folder())?;
    if imported.outcome.status == Status::Unusable {
        return Ok(status);
    }
    if args.dry_run {
        tell_rows(&imported, terminal)?;
    } else {
        write(&disk, &imported.writes, terminal)?;
        if let Some(memory) = &imported.memory {
            disk::write_file(&memory_path, memory)
                .with_context(|| format!("cannot write {}", memory_path.display()))?;
        }
    }
    tell(&imported, args.dry_run, terminal);
    Ok(status)
}

/// The file to read: of a data package or its folder, the cases in full, else their table.
fn cases_of(file: &Path) -> PathBuf {
    let is_package = file.file_name().is_some_and(|name| name == PACKAGE);
    let folder = if is_package { file.parent() } else { Some(file).filter(|file| file.is_dir()) };
    let Some(folder) = folder else { return file.to_owned() };
    let (cases, table) = (folder.join("cases.json"), folder.join(CASES_TABLE));
    if !cases.exists() && table.exists() { table } else { cases }
}

/// The other tables of an export, beside that of the cases.
fn tables_beside(cases: &Path, args: &Import) -> Result<Vec<NamedFile>> {
    let is_table = cases.file_name().is_some_and(|name| name == CASES_TABLE);
    if !is_table || args.mapping.is_some() {
        return Ok(Vec::new());
    }
    let paths = TABLES.iter().map(|name| cases.with_file_name(name));
    paths.filter(|path| path.exists()).map(|path| named_file(&path, LARGEST_SURVEY)).collect()
}

fn named_file(path: &Path, limit: usize) -> Result<NamedFile> {
    match disk::read_limited(path, limit) {
        Ok(bytes) => Ok(NamedFile { name: shown(path), bytes }),
        Err(error) => bail!(unreadable(path, &error)),
    }
}

/// A path as it was named, with forward slashes.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn unreadable(path: &Path, error: &ReadError) -> String {
    let reason = match error {
        ReadError::Missing => "there is no such file".to_owned(),
        ReadError::Outside => "it leads out of the casebook".to_owned(),
        ReadError::TooLarge { bytes } => format!("it is too large: {:.1} MB", *bytes as f64 / 1e6),
        ReadError::Io(reason) => reason.clone(),
    };
    format!("cannot read {}\n  {reason}", path.display())
}

fn draft(
    disk: &Disk,
    survey: &NamedFile,
    args: &Import,
    messages: &Messages,
    terminal: &Terminal,
) -> Result<Status> {
    let (outcome, draft) = draft_mapping(disk, survey)?;
    let Some(draft) = draft else { return terminal.report(&outcome, messages, &disk.folder()) };
    match &args.output {
        None => terminal.print_data(draft.as_bytes())?,
        Some(path) => {
            if path.exists() {
                bail!("{} is there already\n  name another file with `-o`", path.display());
            }
            disk::write_file_with_folder(path, draft.as_bytes())
                .with_context(|| format!("cannot write {}", path.display()))?;
            terminal
                .progress(&format!("wrote {}: look through it before you use it", path.display()));
        }
    }
    Ok(Status::Clean)
}

/// Writes the cases one by one: a run that is killed has written some of them in full and the others not
/// at all, and the next one goes on where it ended.
fn write(disk: &Disk, cases: &[CaseFile], terminal: &Terminal) -> Result<()> {
    for case in cases {
        match &case.before {
            Some(before) => disk.replace(&case.path, before, case.text.as_bytes())?,
            None => {
                let bytes = case.text.clone().into_bytes();
                disk.add(&[Artifact { path: case.path.clone(), bytes }])?;
            }
        }
        terminal.detail(&format!("wrote {}", case.path));
    }
    Ok(())
}

/// A line for each row: where it stands, what becomes of it, and its case.
fn tell_rows(imported: &Imported, terminal: &Terminal) -> Result<()> {
    let mut out = String::new();
    for row in &imported.rows {
        let (word, file) = (word(row.fate), printable(&row.file));
        out.push_str(&format!("{:>6}  {word:<12}  {file}\n", row.line));
        let is_written = matches!(row.fate, RowFate::New | RowFate::Updated | RowFate::Merged);
        if terminal.is_verbose() && is_written {
            let lines = row.text.lines().map(|line| format!("        {}\n", printable(line)));
            out.extend(lines);
        }
    }
    terminal.print(&out)
}

/// What becomes of a row, in a word.
fn word(fate: RowFate) -> &'static str {
    match fate {
        RowFate::New => "new",
        RowFate::Updated => "updated",
        RowFate::Merged => "merged",
        RowFate::Same => "unchanged",
        RowFate::Kept => "kept",
        RowFate::HandEdited => "hand-edited",
        RowFate::Failed => "failed",
    }
}

fn tell(imported: &Imported, is_dry: bool, terminal: &Terminal) {
    let count = |fate| imported.rows.iter().filter(|row| row.fate == fate).count();
    let counts = RowFate::ALL.iter().map(|fate| (count(*fate), word(*fate)));
    let counts: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let counts = if counts.is_empty() { "no row".to_owned() } else { counts.join(", ") };
    if !imported.unused.is_empty() {
        let columns = imported.unused.join("`, `");
        terminal.progress(&printable(&format!("columns that go nowhere: `{columns}`")));
    }
    let nothing = if is_dry { "; nothing was written" } else { "" };
    terminal.progress(&format!("rows: {counts}{nothing}"));
}
