//! Surveys that mean harm, or are cut short.

use std::io::{Cursor, Write};
use std::time::Duration;

use super::{ANSWERS, MAPPING, cases, import, read, with_survey};
use crate::support::{Numbers, assert_inert, command, repository};

#[test]
fn no_answer_leads_out_of_the_casebook() {
    let answers = "Nr,Id,Service,About,Where\n1,../../outside,A,Text.,EE\n2,/etc/x,B,Text.,EE\n3,a/b,C,Text.,EE\n";
    let mapping = MAPPING.replace("columns:", "columns:\n  Id: id");
    let casebook = with_survey(answers, &mapping);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("answers.csv:2:3"), "{}", run.stderr);
    assert!(cases(casebook.path()).is_empty());
    let outside = casebook.path().parent().unwrap();
    for place in
        [outside.join("outside.yaml"), "/etc/x.yaml".into(), casebook.path().join("outside.yaml")]
    {
        assert!(!place.exists(), "{place:?}");
    }
}

#[test]
fn a_memory_that_was_tampered_with_leads_nowhere_else() {
    let casebook = with_survey(ANSWERS, MAPPING);
    assert_eq!(import(&casebook, &[]).status, Some(0));
    let memory = read(&casebook, "map.imported.json");
    casebook.write(
        "map.imported.json",
        memory.replace("cases/care-at-home.yaml", "../care-at-home.yaml"),
    );
    casebook.write("answers.csv", ANSWERS.replace("by video", "by boat"));
    let run = import(&casebook, &["--overwrite"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(read(&casebook, "cases/care-at-home.yaml").contains("by boat"));
    assert!(!casebook.path().parent().unwrap().join("care-at-home.yaml").exists());
}

#[test]
fn nothing_in_a_survey_drives_a_terminal() {
    let answers = "Nr,Service\u{1b}[31m,About,Where\n1,\u{1b}]0;x\u{7}Care,\u{202e}text\u{9b}2J,##[error]\n::error::x,b,c,\u{1b}[2J\n";
    let mapping = MAPPING.replace("  Service: title\n", "");
    let casebook = with_survey(answers, &mapping);
    for more in [&["--dry-run", "-v"][..], &[]] {
        let run = import(&casebook, more);
        assert_inert(&run.stderr);
        assert_inert(&run.stdout);
    }
    let draft = casebook.run(&["import", "answers.csv", "--draft-mapping"]);
    assert_inert(&draft.stdout);
}

/// A workbook with one sheet of this XML.
fn workbook(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/s.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ];
    for (path, text) in &parts {
        zip.start_file(*path, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    for (path, bytes) in more {
        zip.start_file(*path, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn a_workbook_that_grows_beyond_bounds_is_refused() {
    let header = format!("<row r=\"1\">{}</row>", cell("A1", "Service"));
    let far = |place: &str| format!("{header}<row r=\"9\">{}</row>", cell(place, "x"));
    let noughts = vec![0_u8; 300 << 20];
    let casebook = with_survey("", "import: 1\ncolumns: {Service: title}\n");
    let sound = workbook(&format!("{header}<row r=\"2\">{}</row>", cell("A2", "Care")), &[]);
    for (bytes, status, words) in [
        (sound.clone(), 1, "missing-key"),
        (workbook(&far("A1048576"), &[]), 2, "more than 20000 rows"),
        (workbook(&far("XFD9"), &[]), 2, "more than 1000 columns"),
        (workbook(&header, &[("xl/media/bomb", &noughts)]), 2, "MB unpacked"),
        (sound[..sound.len() / 2].to_vec(), 2, "cannot be read as a workbook"),
        (b"PK\x03\x04 nothing".to_vec(), 2, "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), 2, "before 2007"),
    ] {
        casebook.write("answers.xlsx", bytes);
        let run = casebook.run(&["import", "answers.xlsx", "--mapping", "map.yaml"]);
        assert_eq!(run.status, Some(status), "{words}: {run:?}");
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
}

#[test]
fn any_bytes_are_read_or_refused_and_nothing_panics() {
    let casebook = with_survey("", MAPPING);
    let long = format!("Nr,Service,About,Where\n1,\"{}", "x".repeat(300_000));
    let wide = format!("{}\n1\n", "a,".repeat(2_000));
    let texts: [&[u8]; 12] = [
        b"",
        b"\n\n\n",
        b"Nr",
        b"Nr,Service,About,Where\n\"",
        b"\xff\xfe",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf",
        b"sep=;\n",
        b"{\"a\": ",
        b"[[[[]]]]",
        long.as_bytes(),
        wide.as_bytes(),
    ];
    for bytes in texts {
        casebook.write("answers.csv", bytes);
        let run = import(&casebook, &[]);
        assert!(matches!(run.status, Some(1 | 2)), "{bytes:?}: {run:?}");
        let draft = casebook.run(&["import", "answers.csv", "--draft-mapping"]);
        assert!(matches!(draft.status, Some(0 | 2)), "{bytes:?}: {draft:?}");
    }
}

#[test]
fn no_change_to_a_file_makes_its_reader_panic() {
    use casebook::import::{Reading, read_survey};
    use casebook::source::SourceMap;
    let mut numbers = Numbers(11);
    for name in ["answers.xlsx", "windows-1252-semicolon.csv", "utf16-tab.csv", "cases.json"] {
        let bytes = match name {
            "cases.json" => {
                br#"{"cases": [{"id": "a", "b": [1, {"c": "\ud83d\ude00"}]}, {"id": "b"}]}"#
                    .to_vec()
            }
            name => std::fs::read(repository().join("tests/surveys").join(name)).unwrap(),
        };
        let mut read = 0;
        for _ in 0..1_500 {
            let mut changed = bytes.clone();
            for _ in 0..=numbers.below(3) {
                if changed.len() < 2 {
                    break;
                }
                let at = numbers.below(changed.len());
                match numbers.below(3) {
                    0 => changed[at] = u8::try_from(numbers.below(256)).unwrap(),
                    1 => drop(changed.remove(at)),
                    _ => changed.truncate(at + 1),
                }
            }
            let mut sources = SourceMap::default();
            let mut sink = Vec::new();
            let survey = read_survey(name, &changed, &Reading::default(), &mut sources, &mut sink);
            let Some(survey) = survey else {
                assert!(!sink.is_empty(), "{name}: nothing says why it cannot be read");
                continue;
            };
            read += 1;
            let text = sources.get(survey.source).text();
            for cell in survey.rows.iter().flat_map(|row| row.cells.iter().flatten()) {
                assert!(text.get(cell.span.range()).is_some(), "{name}: a cell lies outside");
            }
        }
        assert!(read > 0, "{name} is never read");
    }
}

/// Enough rows that a run can be killed in the middle of them.
fn many(rows: usize, word: &str) -> String {
    let rows = (1..=rows).map(|nr| format!("{nr},Service {nr},Text {word} {nr}.,EE\n"));
    format!("Nr,Service,About,Where\n{}", rows.collect::<String>())
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_goes_on() {
    const ROWS: usize = 300;
    let whole = with_survey(&many(ROWS, "new"), MAPPING);
    assert_eq!(import(&whole, &[]).status, Some(0));
    let expected = cases(whole.path());
    let mut was_in_the_middle = 0;
    for milliseconds in [0, 60, 120, 180, 240, 300, 400, 500, 700, 900] {
        let casebook = with_survey(&many(ROWS, "old"), MAPPING);
        // Half of the runs bring up to date what is there already.
        let updates = milliseconds % 120 == 0;
        let old = if updates {
            assert_eq!(import(&casebook, &[]).status, Some(0));
            cases(casebook.path())
        } else {
            Default::default()
        };
        casebook.write("answers.csv", many(ROWS, "new"));
        let args = ["import", "answers.csv", "--mapping", "map.yaml"];
        let mut child = command(casebook.path())
            .args(args)
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = cases(casebook.path());
        let named = |name: &&String| name.ends_with(".yaml");
        for name in found.keys().filter(named) {
            let text = &found[name];
            assert!(
                text == &expected[name] || Some(text) == old.get(name),
                "{name} is half written"
            );
        }
        let done = found.iter().filter(|(name, text)| expected.get(*name) == Some(*text)).count();
        was_in_the_middle += usize::from(done > 0 && done < ROWS);
        let run = import(&casebook, &["--strict"]);
        assert_eq!(run.status, Some(0), "{run:?}");
        let found: std::collections::BTreeMap<_, _> =
            cases(casebook.path()).into_iter().filter(|(name, _)| named(&name)).collect();
        assert_eq!(found, expected);
        assert_eq!(read(&casebook, "map.imported.json"), read(&whole, "map.imported.json"));
    }
    assert!(was_in_the_middle > 0, "no run was killed while it wrote");
}
