//! Owns the verb `new`.

use anyhow::{Context, Result, bail};

use super::args::{Global, New, Report};
use super::messages::Messages;
use super::questions::{ask, can_ask, say};
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{Judged, NewCase, NewCaseName, Status, in_words, new_case};
use crate::disk::Disk;
use crate::form::{Answer, Choice, Purpose, Question, Role};

/// Values that are listed before a question; whoever needs more has the guide.
const MOST_LISTED: usize = 40;

pub(super) fn run(global: &Global, args: &New, terminal: &Terminal) -> Result<Status> {
    let disk = open(global, None)?;
    let asks = !args.no_input && can_ask();
    let name =
        NewCaseName { title: title(args, asks)?, id: args.id.clone(), path: place(&disk, args)? };
    let (outcome, case) = new_case(&disk, &name)?;
    let Some(mut case) = case else {
        let messages = Messages::wanted(&Report::default())?;
        return terminal.report(&outcome, &messages, &disk.folder());
    };
    take_flag(&mut case, &disk, Purpose::Regions, "--region", &args.region, terminal)?;
    take_flag(&mut case, &disk, Purpose::Themes, "--theme", &args.theme, terminal)?;
    if asks {
        walk_through(&mut case, &disk)?;
    }
    let file = case.file();
    if args.stdout {
        terminal.print_data(&file.bytes)?;
        return Ok(Status::Clean);
    }
    disk.add(std::slice::from_ref(&file))?;
    terminal.progress(&format!("wrote {}", file.path));
    if let Some(patterns) = case.passed_over(&disk)? {
        terminal.warn(&format!(
            "{} is in none of the places where this casebook looks for cases: {patterns}\n  move it there, \
             or add its place to `cases` in casebook.yaml",
            file.path
        ));
    }
    terminal.progress(&format!("what is still open says: casebook validate {}", file.path));
    Ok(Status::Clean)
}

fn title(args: &New, asks: bool) -> Result<String> {
    let title = args.title.join(" ");
    if !title.trim().is_empty() {
        return Ok(title);
    }
    if !asks {
        bail!("the case has no title yet\n  write it behind `new`");
    }
    loop {
        if let Some(title) = ask("Title of the case\n")? {
            return Ok(title);
        }
    }
}

/// The place that was asked for, from the casebook's root.
fn place(disk: &Disk, args: &New) -> Result<Option<String>> {
    let Some(path) = &args.output else { return Ok(None) };
    let inside = disk.inside(path).with_context(|| {
        format!("{} is not inside the casebook; to write it elsewhere use --stdout", path.display())
    })?;
    Ok(Some(inside))
}

/// Takes in what a flag says.
fn take_flag(
    case: &mut NewCase,
    disk: &Disk,
    purpose: Purpose,
    flag: &str,
    texts: &[String],
    terminal: &Terminal,
) -> Result<()> {
    if texts.is_empty() {
        return Ok(());
    }
    let Some(question) = case.asks_for(purpose) else {
        bail!("the form of this casebook has no place for {flag}");
    };
    match case.answer(disk, &question, texts)? {
        Judged::Taken(changed) => {
            for (said, meant) in changed {
                terminal.progress(&understood(&said, &meant));
            }
            Ok(())
        }
        Judged::Refused(faults) => bail!("{flag}: {}", in_words(&faults)),
    }
}

fn understood(said: &str, meant: &str) -> String {
    format!("`{said}` was understood as `{meant}`")
}

/// Asks for each answer that there must be. Whatever is left empty stays open in the file.
fn walk_through(case: &mut NewCase, disk: &Disk) -> Result<()> {
    let questions = case.open_questions();
    if questions.is_empty() {
        return Ok(());
    }
    say("An empty line leaves a question open; it can be answered in the file.");
    for question in questions {
        say(&introduction(&question));
        while let Some(line) = ask("")? {
            match case.answer(disk, &question, &parted(&question, &line))? {
                Judged::Taken(changed) => {
                    changed.iter().for_each(|(said, meant)| say(&understood(said, meant)));
                    break;
                }
                Judged::Refused(faults) => say(&in_words(&faults)),
            }
        }
    }
    Ok(())
}

/// The answers on one line: several short ones have commas between them.
fn parted(question: &Question, line: &str) -> Vec<String> {
    let Answer::List(_, _) = question.answer else { return vec![line.to_owned()] };
    let parts = line.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// What to show before a question is answered.
fn introduction(question: &Question) -> String {
    let mut lines = vec![String::new(), question.title.clone()];
    lines.extend(question.description.clone());
    let (choices, is_list) = match &question.answer {
        Answer::Choice(choices) => (choices.as_slice(), false),
        Answer::List(entry, _) => match &entry.answer {
            Answer::Choice(choices) => (choices.as_slice(), true),
            _ => (&[][..], true),
        },
        _ => (&[][..], false),
    };
    let numbered = choices.iter().enumerate().take(MOST_LISTED);
    lines.extend(numbered.map(|(at, choice)| format!("  {}. {}", at + 1, shown(choice))));
    let more = choices.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    let place = match &question.answer {
        Answer::List(entry, _) => entry.role,
        _ => question.role,
    };
    if place == Some(Role::Region) {
        lines.push("A name will do in the place of a code.".to_owned());
    }
    if is_list {
        lines.push("Several are parted by commas.".to_owned());
    }
    lines.join("\n")
}

fn shown(choice: &Choice) -> String {
    let value = choice.typed();
    match choice.title.as_ref().or(choice.meaning.as_ref()) {
        Some(meaning) => format!("{value} – {meaning}"),
        None => value,
    }
}
