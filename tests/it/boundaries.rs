//! The boundaries between the rooms, as ARCHITECTURE.md draws them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::{repository, tree};

/// The rooms and what each may use, from the table in ARCHITECTURE.md.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let names = |cell: &str| -> BTreeSet<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let rooms = text.lines().filter(|line| line.starts_with("| `"));
    rooms
        .map(|line| {
            let mut cells = line.trim_matches('|').split('|');
            let room = names(cells.next().unwrap()).into_iter().next().unwrap();
            (room, names(cells.next().unwrap()))
        })
        .collect()
}

/// The rooms of the library and the text of each.
fn rooms() -> BTreeMap<String, String> {
    let mut rooms: BTreeMap<String, String> = BTreeMap::new();
    for (path, bytes) in tree(&repository().join("src")) {
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let first = path.components().next().unwrap();
        let room = Path::new(first.as_os_str()).file_stem().unwrap().to_str().unwrap();
        if room != "lib" && room != "main" {
            // What a test in a file uses is its own affair.
            let text = String::from_utf8(bytes).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
            rooms.entry(room.to_owned()).or_default().push_str(&code);
        }
    }
    rooms
}

#[test]
fn rooms_use_only_what_the_architecture_allows() {
    let allowed = allowed();
    let rooms = rooms();
    let names = |rooms: Vec<&String>| rooms.into_iter().cloned().collect::<Vec<_>>();
    assert_eq!(names(allowed.keys().collect()), names(rooms.keys().collect()));
    for (room, text) in &rooms {
        for used in text.split("crate::").skip(1) {
            let used: String =
                used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let known = rooms.contains_key(&used) && used != *room;
            assert!(!known || allowed[room].contains(&used), "{room} must not use {used}");
        }
        for wanted in &allowed[room] {
            let used = text.contains(&format!("crate::{wanted}"));
            assert!(used, "{room} no longer uses {wanted}: mend the table");
        }
    }
}

#[test]
fn only_the_edge_touches_the_world() {
    for (room, text) in rooms() {
        let may = |rooms: &[&str]| rooms.contains(&room.as_str());
        assert!(may(&["disk"]) || !text.contains("std::fs"), "{room} uses std::fs");
        assert!(may(&["disk", "cli"]) || !text.contains("std::env"), "{room} uses std::env");
        // The manifest of a new casebook begins with the day; whatever is built takes its date from there.
        let timeless = text.replace(include_str!("../../src/cli/today.rs"), "");
        for clock in ["SystemTime", "Instant"] {
            assert!(!timeless.contains(clock), "{room} looks at the clock");
        }
        let typst = text.contains("use typst") || text.contains("typst::");
        assert!(may(&["markdown", "typeset", "export"]) || !typst, "{room} uses Typst");
        assert!(may(&["cli"]) || !text.contains("clap::"), "{room} uses clap");
    }
}
