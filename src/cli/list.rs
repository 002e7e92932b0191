//! Owns the verb `list`.

use anyhow::Result;

use super::args::{Global, List, ListFormat};
use super::figures::counted;
use super::page::shown;
use super::stats::settle;
use super::table::{Column, Layout};
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, ListOptions, Listed, Status};

pub(super) fn run(global: &Global, args: &List, terminal: &Terminal) -> Result<Status> {
    let disk = open(global, None)?;
    let options = ListOptions { filters: args.choice.filters.clone(), sort: args.sort.clone() };
    let answered = app::list(&disk, &options)?;
    settle(&answered, "listed", &disk, terminal, |cases| {
        match args.format {
            ListFormat::Table => return print_table(cases, terminal),
            ListFormat::Csv => terminal.print(&app::list_rows(cases).to_csv())?,
            ListFormat::Json => terminal.print(&app::list_rows(cases).to_json())?,
            ListFormat::Ids => {
                let ids: String =
                    cases.iter().map(|case| format!("{}\n", shown(&case.id))).collect();
                terminal.print(&ids)?;
            }
        }
        terminal.detail(&counted(cases.len(), "case"));
        Ok(())
    })
}

/// Prints the cases as a table for people.
fn print_table(cases: &[Listed], terminal: &Terminal) -> Result<()> {
    let page = terminal.page();
    let columns = vec![
        Column::text("id", 18),
        Column::text("title", 16),
        Column::text("regions", 7).leaving(3),
        Column::text("themes", 12).leaving(5),
        Column::text("status", 11).leaving(1),
        Column::text("outcome", 9).leaving(2),
        Column::text("start", 7).leaving(4),
    ];
    let rows: Vec<Vec<String>> = cases.iter().map(row).collect();
    let layout = Layout::of(page, columns, &rows, 0);
    if !cases.is_empty() {
        let rows = rows.iter().map(|row| layout.row(row));
        let lines = std::iter::once(layout.heading()).chain(rows);
        let table: String = lines.map(|line| format!("{}\n", line.trim_end())).collect();
        terminal.print(&table)?;
        terminal.legend("");
    }
    let left_out = match layout.left_out().as_slice() {
        [] => String::new(),
        columns => format!("; a wider page would show {} too", columns.join(", ")),
    };
    terminal.progress(&format!("{}{left_out}", counted(cases.len(), "case")));
    Ok(())
}

/// The cells of a case.
fn row(case: &Listed) -> Vec<String> {
    let word = |word: Option<&str>| word.map_or_else(String::new, shown);
    let words =
        |words: &[String]| words.iter().map(|word| shown(word)).collect::<Vec<_>>().join(", ");
    vec![
        shown(&case.id),
        shown(&case.title),
        words(&case.regions),
        words(&case.themes),
        word(case.status),
        word(case.outcome),
        word(case.start.as_deref()),
    ]
}
