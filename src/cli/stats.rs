//! Owns the verb `stats`.

use anyhow::Result;

use super::args::{Global, Report, Stats, StatsFormat};
use super::figures::{self, counted};
use super::messages::Messages;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, Answered, CountOptions, Counts, Gap, Rows, Status};
use crate::diag::Summary;
use crate::disk::Disk;

pub(super) fn run(global: &Global, args: &Stats, terminal: &Terminal) -> Result<Status> {
    let disk = open(global, None)?;
    let options = CountOptions {
        by: args.by.clone(),
        filters: args.choice.filters.clone(),
        zeros: args.zeros,
        explain: args.explain,
    };
    if args.coverage {
        let answered = app::gaps(&disk, &options.filters)?;
        return settle(&answered, "counted", &disk, terminal, |gaps| {
            print_gaps(gaps, args.format, terminal)
        });
    }
    if args.by.is_empty() && args.format == StatsFormat::Table {
        let answered = app::overview(&disk, &options)?;
        return settle(&answered, "counted", &disk, terminal, |tables| {
            terminal.print(&overview(tables, terminal))
        });
    }
    let answered = app::count(&disk, &options)?;
    settle(&answered, "counted", &disk, terminal, |counts| {
        print_counts(counts, args.format, terminal)
    })
}

/// Shows an answer, says which cases are not part of it, and how the run ended; without an answer, says
/// what is in its way. `done` is what the cases with errors are not.
pub(super) fn settle<T>(
    answered: &Answered<T>,
    done: &str,
    disk: &Disk,
    terminal: &Terminal,
    show: impl FnOnce(&T) -> Result<()>,
) -> Result<Status> {
    let outcome = &answered.outcome;
    let Some(answer) = &answered.answer else {
        let messages = Messages::wanted(&Report::default())?;
        return terminal.report(outcome, &messages, &disk.folder());
    };
    show(answer)?;
    let validate = "`casebook validate` says what is wrong";
    match answered.left_out {
        0 => {}
        1 => terminal.warn(&format!("1 case has errors and is not {done}; {validate}")),
        cases => {
            terminal.warn(&format!("{cases} cases have errors and are not {done}; {validate}"))
        }
    }
    let Summary { warnings, .. } = outcome.summary();
    if warnings > 0 {
        let warnings = counted(warnings, "warning");
        terminal.detail(&format!("{warnings}; `casebook validate` shows what they are"));
    }
    Ok(outcome.status)
}

fn print_counts(counts: &Counts, format: StatsFormat, terminal: &Terminal) -> Result<()> {
    let totals = figures::totals(counts);
    if format == StatsFormat::Table {
        let page = terminal.page();
        let table = figures::table(page, counts);
        let gap = if table.is_empty() { "" } else { "\n" };
        return terminal.print(&format!("{table}{gap}{}", page.filled(&totals, 0)));
    }
    print_rows(&counts.rows(), &totals, format, terminal)
}

fn print_gaps(gaps: &[Gap], format: StatsFormat, terminal: &Terminal) -> Result<()> {
    let found = match gaps.len() {
        0 => "no theme and no region of a group is without a case".to_owned(),
        gaps => counted(gaps, "gap"),
    };
    if format == StatsFormat::Table {
        let page = terminal.page();
        let table = figures::gaps(page, gaps);
        let gap = if table.is_empty() { "" } else { "\n" };
        return terminal.print(&format!("{table}{gap}{}", page.filled(&found, 0)));
    }
    print_rows(&app::gap_rows(gaps), &found, format, terminal)
}

/// Prints rows for other programs with the sentence on standard error, or for a document with the
/// sentence under them.
fn print_rows(rows: &Rows, sentence: &str, format: StatsFormat, terminal: &Terminal) -> Result<()> {
    let text = match format {
        StatsFormat::Json => rows.to_json(),
        StatsFormat::Csv => rows.to_csv(),
        StatsFormat::Md | StatsFormat::Table => {
            return terminal.print(&format!("{}\n{sentence}\n", rows.to_markdown()));
        }
    };
    terminal.print(&text)?;
    terminal.progress(sentence);
    Ok(())
}

/// The tables of a first impression, one below the other.
fn overview(tables: &[Counts], terminal: &Terminal) -> String {
    let page = terminal.page();
    let all = tables.first().map_or(0, |counts| counts.all);
    let mut out = format!("{}\n", page.bold(&counted(all, "case")));
    let mut shown = false;
    for counts in tables {
        let table = figures::table(page, counts);
        if !table.is_empty() {
            out.push_str(&format!("\n{table}"));
            shown = true;
        }
    }
    if shown {
        let totals = "a case counts once in each of its values";
        out.push_str(&format!("\n{}", page.filled(totals, 0)));
    }
    out
}
