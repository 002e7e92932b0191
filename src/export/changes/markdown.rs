//! Owns what changed as Markdown for a comment: a line that says all, then lists, then folded details.

use crate::diag::render::printable;
use crate::model::{ChangedCase, ChangedChapter, Changes, FieldChange, Moved, NamedCase, Piece};

/// How many bytes the whole may have: GitHub takes 65,536 characters for a comment.
const ROOM: usize = 60_000;

/// How many of these the lists may have, so that there is room for the details.
const ROOM_OF_LISTS: usize = 40_000;

/// Bytes kept for the lines that say what there was no room for.
const KEPT: usize = 400;

/// How many cases and counts are listed.
const MOST_LISTED: usize = 100;

/// How many words are shown around a change.
const AROUND: usize = 6;

/// How many characters of a run of words are shown.
const LONGEST: usize = 400;

/// What changed since an edition.
pub fn markdown(changes: &Changes, since: &str) -> String {
    let mut out = format!("### What changed since {}\n\n{}\n\n", code(since), summary(changes));
    list(&mut out, "New", &changes.added);
    list(&mut out, "Gone", &changes.removed);
    let renamed = changes.renamed.iter().map(|case| {
        format!("{} is now {}: {}", code(&case.before), code(&case.now), escaped(&case.title))
    });
    points(&mut out, "Renamed", renamed);
    for (title, facet, gained) in [
        ("Themes that have a case now", "theme", true),
        ("Themes that have no case any more", "theme", false),
        ("Regions that have a case now", "region", true),
        ("Regions that have no case any more", "region", false),
    ] {
        let turned = changes.turned(facet, gained);
        if !turned.is_empty() {
            let names = fitting(&out, turned.iter().map(|moved| name(moved)));
            let more = more(turned.len() - names.len());
            out.push_str(&format!("**{title}:** {}{more}\n\n", names.join(", ")));
        }
    }
    let unread = changes.unread.before.len() + changes.unread.now.len();
    if unread > 0 {
        out.push_str(&format!(
            "{} cannot be read, and not be compared.\n\n",
            counted(unread, "file")
        ));
    }
    let chapters = &changes.chapters;
    for (title, paths) in
        [("New chapters", &chapters.added), ("Chapters that are gone", &chapters.removed)]
    {
        points(&mut out, title, paths.iter().map(|path| code(path)));
    }
    figures(&mut out, &changes.figures);
    let cases = changes.changed.iter().map(changed_case);
    details(&mut out, &counted(changes.changed.len(), "case"), cases);
    let manifest = &changes.manifest;
    let places = format!("{} in casebook.yaml", counted(manifest.len(), "place"));
    details(&mut out, &places, manifest.iter().map(place));
    let texts = chapters.changed.iter().map(changed_chapter);
    details(&mut out, &counted(chapters.changed.len(), "chapter"), texts);
    out
}

/// All in a line.
fn summary(changes: &Changes) -> String {
    let parts = [
        (changes.added.len(), "new"),
        (changes.removed.len(), "gone"),
        (changes.renamed.len(), "renamed"),
        (changes.changed.len(), "changed"),
    ];
    let parts: Vec<String> = (parts.iter())
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    let (before, now) = (changes.cases.before, changes.cases.now);
    let cases = match before == now {
        true => counted(now, "case"),
        false => format!("{}, before {before}", counted(now, "case")),
    };
    match parts.as_slice() {
        [] if changes.leaves_cases() => format!("Nothing changed in the cases ({cases})."),
        [] => format!("{cases}. What they say did not change."),
        parts => format!("{cases}: {}.", parts.join(", ")),
    }
}

fn list(out: &mut String, title: &str, cases: &[NamedCase]) {
    let case = |case: &NamedCase| format!("{} ({})", escaped(&case.title), code(&case.id));
    points(out, title, cases.iter().map(case));
}

fn points(out: &mut String, title: &str, lines: impl ExactSizeIterator<Item = String>) {
    let all = lines.len();
    if all == 0 {
        return;
    }
    out.push_str(&format!("**{title}**\n\n"));
    let lines = fitting(out, lines.map(|line| format!("- {line}\n")));
    out.extend(lines.iter().map(String::as_str));
    if all > lines.len() {
        out.push_str(&format!("- and {} more\n", all - lines.len()));
    }
    out.push('\n');
}

/// The first of some lines, as many as are listed and there is room for.
fn fitting(out: &str, lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut room = ROOM_OF_LISTS.saturating_sub(out.len());
    let fits = |line: &String| {
        let left = room.checked_sub(line.len() + 2);
        room = left.unwrap_or(0);
        left.is_some()
    };
    lines.take(MOST_LISTED).take_while(fits).collect()
}

/// The counts that moved, folded.
fn figures(out: &mut String, figures: &[Moved]) {
    if figures.is_empty() {
        return;
    }
    out.push_str(&fold(&format!("{} moved", counted(figures.len(), "count"))));
    out.push_str("| by | value | before | now |\n| --- | --- | ---: | ---: |\n");
    let row = |moved: &Moved| {
        let (before, now) = (moved.cases.before, moved.cases.now);
        format!("| {} | {} | {before} | {now} |\n", escaped(&moved.facet), name(moved))
    };
    let rows = fitting(out, figures.iter().map(row));
    out.extend(rows.iter().map(String::as_str));
    let more = more(figures.len() - rows.len());
    out.push_str(&format!("{}\n</details>\n\n", more.trim_start_matches(',')));
}

/// What changed in each of some things, folded.
fn details(out: &mut String, what: &str, changed: impl ExactSizeIterator<Item = String>) {
    let all = changed.len();
    if all == 0 {
        return;
    }
    out.push_str(&fold(&format!("{what} changed")));
    for (text, before) in changed.zip(0..) {
        if out.len() + text.len() + KEPT > ROOM {
            let left = all - before;
            out.push_str(&format!(
                "There is no room here for {left} more; `casebook diff` shows all of them.\n\n"
            ));
            break;
        }
        out.push_str(&text);
    }
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    out.push_str("</details>\n");
}

fn changed_case(case: &ChangedCase) -> String {
    let places: String = case.fields.iter().map(place).collect();
    format!("**{}** ({})\n\n{places}\n", escaped(&case.title), code(&case.id))
}

fn changed_chapter(chapter: &ChangedChapter) -> String {
    let places: String = chapter.paragraphs.iter().map(place).collect();
    format!("**{}**\n\n{places}\n", code(&chapter.path))
}

/// What changed at a place; what came or went as a whole has none.
fn place(field: &FieldChange) -> String {
    let words = field.excerpt(AROUND).iter().map(piece).collect::<Vec<_>>().join(" ");
    match field.place.as_str() {
        "" => format!("- {words}\n"),
        place => format!("- {}: {words}\n", escaped(place)),
    }
}

fn piece(piece: &Piece) -> String {
    let text = escaped(piece.text());
    match piece {
        Piece::Same(_) => text,
        Piece::Removed(_) => format!("<del>{text}</del>"),
        Piece::Added(_) => format!("<ins>{text}</ins>"),
    }
}

fn fold(title: &str) -> String {
    format!("<details><summary>{title}</summary>\n\n")
}

fn name(moved: &Moved) -> String {
    match moved.title == moved.value {
        true => escaped(&moved.value),
        false => format!("{} ({})", escaped(&moved.title), escaped(&moved.value)),
    }
}

fn more(left: usize) -> String {
    match left {
        0 => String::new(),
        left => format!(", and {left} more\n"),
    }
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A name that is typed as it stands.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// Anybody's words: whatever could be Markdown, HTML, an address or a command is written by its number,
/// and what would call somebody or name an issue is parted by a character without width.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let text = printable(text);
    let cut = text.char_indices().nth(LONGEST).map(|(end, _)| end);
    for c in text[..cut.unwrap_or(text.len())].chars() {
        match c {
            ' ' | ',' | ';' | '?' | '%' | '=' => out.push(c),
            '@' | '#' | '!' | '~' => out.push_str(&format!("&#{};\u{2060}", u32::from(c))),
            c if c.is_ascii_punctuation() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    if cut.is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BeforeAndNow, ChangedChapters};

    #[test]
    fn nobody_s_words_become_markup_or_call_anybody() {
        let hostile = "<b>x</b> </ins></details> **b** `c` [l](http://a.example) @team #1 /close \
                       www.c.example\n\n# h | ![p](q) $m$ <!--";
        let words = || {
            vec![
                Piece::Same(hostile.to_owned()),
                Piece::Removed(hostile.to_owned()),
                Piece::Added(hostile.to_owned()),
            ]
        };
        let field = |place: &str| FieldChange {
            pointer: String::new(),
            place: place.to_owned(),
            words: words(),
        };
        let changes = Changes {
            cases: BeforeAndNow { before: 1, now: 1 },
            added: vec![NamedCase { id: hostile.to_owned(), title: hostile.to_owned() }],
            changed: vec![ChangedCase {
                id: hostile.to_owned(),
                title: hostile.to_owned(),
                fields: vec![field(hostile)],
            }],
            figures: vec![Moved {
                facet: "theme".to_owned(),
                value: hostile.to_owned(),
                title: hostile.to_owned(),
                cases: BeforeAndNow { before: 0, now: 1 },
            }],
            manifest: vec![field(hostile), field("")],
            chapters: ChangedChapters {
                added: vec![hostile.to_owned()],
                removed: vec![hostile.to_owned()],
                changed: vec![ChangedChapter {
                    path: hostile.to_owned(),
                    paragraphs: vec![field(hostile), field("")],
                }],
            },
            ..Changes::default()
        };
        let text = markdown(&changes, hostile);
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        options.extension.math_dollars = true;
        options.render.r#unsafe = true;
        let html = comrak::markdown_to_html(&text, &options);
        let ours = [
            "h3", "p", "strong", "ul", "li", "code", "details", "summary", "table", "thead",
            "tbody", "tr", "th", "td", "ins", "del",
        ];
        for tag in html.split('<').skip(1).map(|rest| rest.split(['>', ' ']).next().unwrap()) {
            assert!(ours.contains(&tag.trim_start_matches('/')), "{tag} in {html}");
        }
        assert!(html.contains("&lt;b&gt;x&lt;/b&gt;"), "{html}");
        assert!(!html.contains("@team") && !html.contains("#1"), "{html}");
        assert!(text.lines().all(|line| !line.starts_with('/')), "{text}");
        assert_eq!(html.matches("<details>").count(), html.matches("</details>").count());
    }

    #[test]
    fn a_comment_is_never_too_long() {
        let word = |number: usize| "<".repeat(390) + &number.to_string();
        let case = |number: usize| ChangedCase {
            id: number.to_string(),
            title: "Title".to_owned(),
            fields: vec![FieldChange {
                pointer: "/aims".to_owned(),
                place: "aims".to_owned(),
                words: vec![Piece::Added(word(number))],
            }],
        };
        let changes = Changes { changed: (0..500).map(case).collect(), ..Changes::default() };
        let text = markdown(&changes, "v1");
        assert!(text.len() < 65_536 && text.ends_with("</details>\n"), "{}", text.len());
        let shown = text.matches("**Title**").count();
        assert!(text.contains(&format!("no room here for {} more", 500 - shown)) && shown > 10);
        // Lists leave room for them, however long the names in them are.
        let named = |number: usize| NamedCase { id: number.to_string(), title: word(number) };
        let lists = Changes {
            added: (0..90).map(named).collect(),
            removed: (0..90).map(named).collect(),
            chapters: ChangedChapters {
                added: (0..90).map(word).collect(),
                ..ChangedChapters::default()
            },
            ..changes
        };
        let text = markdown(&lists, "v1");
        assert!(text.len() < 65_536 && text.ends_with("</details>\n"), "{}", text.len());
        assert!(text.contains("- and 90 more") && text.matches("**Title**").count() > 5);
    }
}
