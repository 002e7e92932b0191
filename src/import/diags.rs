//! Owns the words for what is wrong with a survey, a mapping, or a row.

use super::memory::Differences;
use super::survey::{Row, Survey, decode::Undecodable, letters};
use super::{Emptied, Mapping, number};
use crate::diag::{Code, Diagnostic};
use crate::form::nearest;
use crate::load::{Node, Segment, Value};
use crate::source::{Location, SourceFile, SourceId, Span};

/// Columns, files and fields that one message names.
const MOST_NAMED: usize = 12;

/// The longest text of a cell that a message repeats, in letters.
const LONGEST_WORD: usize = 40;

/// What there is to do where a hand and a row do not agree.
const BY_HAND_OR_ROW: &str = "write what is new into the file by hand, or let the row win in the fields that it \
     fills with `--overwrite`; other fields stay";

/// A text in an encoding that is not known or does not fit.
pub(super) fn undecodable(path: &str, fault: &Undecodable) -> Diagnostic {
    match fault {
        Undecodable::Unknown(name, meant) => {
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            broken(format!("there is no encoding `{name}`{meant}"), path).help(
                "leave `encoding` out of the mapping: casebook finds it in most files by itself",
            )
        }
        Undecodable::Other(name) => broken(format!("`{path}` is not in the encoding {name}"), path)
            .help("name its encoding in the mapping, such as `encoding: windows-1252`"),
    }
}

fn broken(message: String, path: &str) -> Diagnostic {
    Diagnostic::new(Code::SurveyBroken, message).about(path)
}

/// A workbook of the time before XLSX.
pub(super) fn old_workbook(path: &str) -> Diagnostic {
    broken(
        format!("`{path}` is a workbook in a format of before 2007, or is locked by a password"),
        path,
    )
    .help("open it in a spreadsheet and save it as XLSX or as CSV, without a password")
}

/// A workbook that cannot be read.
pub(super) fn broken_workbook(path: &str, reason: &str) -> Diagnostic {
    broken(format!("`{path}` cannot be read as a workbook: {reason}"), path)
        .help("open it in a spreadsheet and save it as XLSX or as CSV")
}

/// A survey beyond a limit.
pub(super) fn too_much(path: &str, limit: &str) -> Diagnostic {
    broken(format!("`{path}` holds {limit}"), path)
        .help("export the answers alone, or in several files")
}

/// A sheet that is not there.
pub(super) fn no_sheet(
    path: &str,
    name: &str,
    meant: Option<&str>,
    sheets: &[String],
) -> Diagnostic {
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    broken(format!("there is no sheet `{name}` in `{path}`{meant}"), path)
        .help(format!("its sheets are {}", named(sheets.iter().map(String::as_str))))
}

/// A survey without a row of answers.
pub(super) fn no_answers(path: &str) -> Diagnostic {
    broken(format!("`{path}` holds no answers"), path)
        .help("there must be a row with the names of the columns, and a row below it; `header` in the mapping says which row names them")
}

/// A JSON file without objects.
pub(super) fn no_objects(path: &str) -> Diagnostic {
    broken(format!("`{path}` holds no list of objects"), path)
        .help("write `[{…}, {…}]`, or an object a line")
}

/// A row that is longer than the header.
pub(super) fn more_cells(columns: usize, at: Location) -> Diagnostic {
    Diagnostic::new(
        Code::SurveyRow,
        format!("a row has more cells than the {columns} columns of the header"),
    )
    .at(at, "no column is above this cell")
    .help("is a text with a separator in it not between quotation marks? save the answers anew")
}

/// A survey that only a mapping explains.
pub fn no_mapping(path: &str) -> Diagnostic {
    Diagnostic::new(Code::SurveyBroken, format!("nothing says where the columns of `{path}` go"))
        .about(path)
        .help(format!(
            "`casebook import --draft-mapping {path} -o mapping.yaml` proposes a mapping; look through it, \
             then `casebook import {path} --mapping mapping.yaml`"
        ))
}

/// A column that the mapping names and the survey does not have.
pub(super) fn unknown_column(name: &str, columns: &[String], at: Location) -> Diagnostic {
    let label = match nearest(name, columns.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "named here".to_owned(),
    };
    Diagnostic::new(Code::MappingColumn, format!("the survey has no column `{name}`"))
        .at(at, label)
        .help(format!("its columns are {}", named(columns.iter().map(String::as_str))))
}

/// A field that nothing can be put into.
pub(super) fn unusable_target(name: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::PointerNowhere, format!("`{name}` is no place in a case"))
        .at(at, "a field is named by its keys with points between")
        .help("write such as `title`, `period.start` or `organisations.0.name`; entries are counted from 0")
}

/// Two rows that would be one case.
pub fn id_twice(id: &str, is_key: bool, at: Location, first: Location) -> Diagnostic {
    let diagnostic = if is_key {
        Diagnostic::new(Code::SurveyRow, format!("two rows have the key `{id}`")).help(
            "a key tells rows apart: name another column under `key`, or remove one of the rows",
        )
    } else {
        Diagnostic::new(Code::SurveyRow, format!("two rows would become the case `{id}`")).help(
            "if both are meant, make the ids of more columns: `id: \"{…}-{…}\"` in the mapping",
        )
    };
    diagnostic.at(at, "left out").related(first, "this row comes first")
}

/// A file that stands where a new case would go.
pub fn file_in_the_way(file: &str, at: Location) -> Diagnostic {
    Diagnostic::new(
        Code::SurveyRow,
        format!("`{file}` is there already, and did not come from this survey"),
    )
    .at(at, "this row would take its place")
    .help("rename one of the two, or take the row's answers with `--overwrite`")
}

/// A file that has the name of a new case, and holds another.
pub fn name_taken(file: &str, id: &str, at: Location) -> Diagnostic {
    Diagnostic::new(
        Code::SurveyRow,
        format!("`{file}` is there already, and holds another case than `{id}`"),
    )
    .at(at, "this case would get a file of that name")
    .help("rename the file, whose name says nothing of the case in it; then import again")
}

/// A case in a file that casebook can write nothing into.
pub fn by_hand(file: &str, fields: &[String], at: Location) -> Diagnostic {
    let fields = match fields {
        [] => "this case".to_owned(),
        fields => named(fields.iter().map(String::as_str)),
    };
    Diagnostic::new(Code::HandEdited, format!("{fields} could not be written into `{file}`"))
        .at(at, "this row was left out")
        .help("write what is new into the file by hand: it holds more than this case, or is JSON")
}

/// A case in a file of several that says something else than its row.
pub fn case_differs(file: &str, at: Location) -> Diagnostic {
    Diagnostic::new(
        Code::SurveyRow,
        format!("the case of this row in `{file}` says something else"),
    )
    .at(at, "this row was left out")
    .help("take the row's answers into the case with `--overwrite`")
}

/// A folder that leads out of the casebook.
pub fn wrong_folder(folder: &str, at: Option<Location>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::PathOutside, format!("`{folder}` leads out of the casebook"))
            .help("name a folder of the casebook, such as `folder: cases`");
    match at {
        Some(at) => diagnostic.at(at, "new cases would be written there"),
        None => diagnostic,
    }
}

/// What an earlier import left, if it cannot be read.
pub fn memory_broken(path: &str, reason: &str) -> Diagnostic {
    broken(format!("`{path}`, which says what was imported before, cannot be read: {reason}"), path)
        .help(
            "take it from your backup; without it, `--overwrite` lets all rows win in the fields that they fill",
        )
}

/// A case that was edited by hand, and whose row has changed.
pub fn hand_edited(file: &str, differences: Option<&Differences>, at: Location) -> Diagnostic {
    let message = format!("`{file}` was edited by hand, and its row has changed since");
    let diagnostic = Diagnostic::new(Code::HandEdited, message)
        .at(at, "this row was left out")
        .help(BY_HAND_OR_ROW);
    let Some(differences) = differences else {
        return diagnostic.note("the file cannot be read, so its fields could not be compared");
    };
    differences_in_words(differences).into_iter().fold(diagnostic, Diagnostic::note)
}

/// A case file that a row could not be written into, and that its text took the place of.
pub fn written_anew(file: &str, is_lost: bool, at: Location) -> Diagnostic {
    let message = format!("`{file}` is written anew as a whole");
    let diagnostic = Diagnostic::new(Code::HandEdited, message);
    if is_lost {
        diagnostic
            .at(at, "what stood in its file cannot be read as YAML, and this row took its place")
            .help("if it held anything of worth, take that from your backup or version control")
    } else {
        diagnostic
            .at(at, "this row could not be written between the lines of the file")
            .help("all other fields were kept; look whether comments are missing")
    }
}

/// A case that would not be sound with what its row says.
pub fn unsound_together(file: &str, at: Location) -> Diagnostic {
    let message = format!("something would be wrong in `{file}` with what is new in its row");
    Diagnostic::new(Code::HandEdited, message)
        .at(at, "this row was left out")
        .note("the row alone is sound: what else the file holds is not, or does not go with it")
        .help("`casebook validate` says what is wrong in the file; mend that by hand, then import again")
}

/// Fields of a case that a hand and the survey changed; what else is new was taken over.
pub fn conflict(file: &str, differences: &Differences, at: Location) -> Diagnostic {
    let fields = named(differences.in_both.iter().map(String::as_str));
    Diagnostic::new(
        Code::HandEdited,
        format!("a hand and the survey both changed {fields} in `{file}`"),
    )
    .at(at, "what else is new in this row was taken over")
    .help(BY_HAND_OR_ROW)
}

/// Who changed which fields, in words.
pub fn differences(differences: &Differences) -> String {
    differences_in_words(differences).join("; ")
}

fn differences_in_words(found: &Differences) -> Vec<String> {
    let lists = [
        ("new in the survey", &found.in_survey),
        ("changed by hand", &found.by_hand),
        ("changed in both", &found.in_both),
    ];
    let filled = lists.into_iter().filter(|(_, fields)| !fields.is_empty());
    filled
        .map(|(words, fields)| format!("{words}: {}", named(fields.iter().map(String::as_str))))
        .collect()
}

/// A case that was removed or renamed by hand.
pub fn removed_by_hand(file: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::HandEdited, format!("`{file}` came from this row and is no longer there"))
        .at(at, "this row was left out")
        .help("`--overwrite` writes it anew; to have it left out for good, remove the row or choose rows with `only`")
}

/// Cases whose rows are no longer in the survey.
pub fn gone(files: &[&str], path: &str) -> Diagnostic {
    let message = format!(
        "the survey no longer has the rows of {}, or the mapping leaves them out",
        named(files.iter().copied())
    );
    Diagnostic::new(Code::RowGone, message)
        .about(path)
        .help("the cases stay; remove by hand what shall go")
}

/// A fault of a record that was made of a row, at the cell that it comes from.
pub fn to_cell(
    mut diagnostic: Diagnostic,
    (survey, row): (&Survey, &Row),
    (file, made): (&SourceFile, SourceId),
    record: &Node<'_>,
    mapping: &Mapping,
) -> Diagnostic {
    diagnostic.fix = None;
    diagnostic.related.retain(|label| label.location.source != made);
    let label = diagnostic.primary.take().map(|label| label.text).unwrap_or_default();
    let place = diagnostic.pointer.clone().unwrap_or_default();
    let span = span_at(record, &place);
    if span == Span::default()
        && let Some(at) = mapping.constant_at(&place)
    {
        return diagnostic.at(at, label);
    }
    let column = survey.column_at(row, span);
    let first = row.cells.iter().flatten().next().map_or(row.span, |cell| cell.span);
    let span = if column.is_some() { span } else { first };
    let diagnostic = diagnostic.at(first_line(file, span).of(survey.source), label);
    let Some(column) = column else { return nothing_for_it(diagnostic) };
    let text = row.cells.get(column).and_then(Option::as_ref).and_then(Node::as_word);
    let diagnostic = match text {
        Some(text) => helped_by_mapping(diagnostic, &text),
        None => diagnostic,
    };
    let name = survey.columns.get(column).map_or("", String::as_str);
    diagnostic.note(match &survey.sheet {
        Some(sheet) => {
            let line = file.position(row.span.start).line;
            format!(
                "this is cell {}{line} of the sheet `{sheet}`, in the column `{name}`",
                letters(column)
            )
        }
        None => format!("this stands in the column `{name}`"),
    })
}

/// A key that the form asks for and that the mapping leaves empty, at the place where it does.
pub fn emptied_by_mapping(mut diagnostic: Diagnostic, emptied: &Emptied) -> Diagnostic {
    let Emptied { word, cell, at, allowed } = emptied;
    (diagnostic.primary, diagnostic.fix) = (None, None);
    diagnostic.related.clear();
    let word = short(word);
    let help = match allowed.as_slice() {
        [] => format!("write in place of `null` what `{word}` stands for"),
        words => {
            let words = named(words.iter().map(String::as_str));
            format!("write in place of `null` which word of the form is meant by `{word}`: {words}")
        }
    };
    diagnostic.help = vec![help];
    diagnostic.at(*at, "the mapping leaves this empty").related(*cell, "this row says it")
}

/// The beginning of a word.
fn short(word: &str) -> String {
    let mut letters = word.chars();
    let begin: String = letters.by_ref().take(LONGEST_WORD).collect();
    if letters.next().is_some() { format!("{begin}…") } else { begin }
}

/// A key that the form asks for and the row does not fill, in the words of a row.
fn nothing_for_it(mut diagnostic: Diagnostic) -> Diagnostic {
    if let (Code::MissingKey, Some(label)) = (diagnostic.code, &mut diagnostic.primary) {
        label.text = "nothing in this row goes there".to_owned();
    }
    diagnostic
}

/// What a mapping can do about a cell that is not understood, in every row at once.
fn helped_by_mapping(mut diagnostic: Diagnostic, text: &str) -> Diagnostic {
    let is_word =
        matches!(diagnostic.code, Code::UnknownRegion | Code::UnknownTheme | Code::UnknownValue);
    if is_word && text.chars().count() <= LONGEST_WORD && !text.contains(char::is_control) {
        let help = format!("or say in the mapping what it stands for: `values: {{\"{text}\": …}}`");
        diagnostic.help.push(help);
    }
    if diagnostic.code == Code::WrongType && number::is_ambiguous(text) {
        let help = "its mark may stand before thousands or before a fraction: say which in the mapping, by \
                    `decimal: \",\"` or `decimal: \".\"`";
        diagnostic.help = vec![help.to_owned()];
    }
    diagnostic
}

/// The bytes of the value at a pointer, or of the last one on the way that came from a cell.
fn span_at(record: &Node<'_>, pointer: &str) -> Span {
    let mut node = record;
    for step in pointer.split('/').skip(1) {
        let key = step.replace("~1", "/").replace("~0", "~");
        let segment = match &node.value {
            Value::List(_) => Segment::Index(key.parse().unwrap_or(usize::MAX)),
            _ => Segment::Key(&key),
        };
        match node.walk([segment]) {
            Some(below) => node = below,
            None => break,
        }
    }
    widest(node)
}

/// The place of a value; of one that is made of several cells, that of the first.
pub(super) fn widest(node: &Node<'_>) -> Span {
    if node.span != Span::default() {
        return node.span;
    }
    let below = node.entries().iter().map(|entry| &entry.value).chain(node.items());
    below.map(widest).find(|span| *span != Span::default()).unwrap_or_default()
}

/// The part of a cell on its first line.
fn first_line(file: &SourceFile, span: Span) -> Span {
    let text = file.slice(span);
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    Span::new(span.start as usize, span.start as usize + end)
}

fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown = names.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let more = names.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
