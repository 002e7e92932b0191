//! Questions on a terminal: asked, answered wrong and right, left open, and broken off.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::yaml;
use crate::support::{Casebook, case, command};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A run of the program on a terminal of its own, which `script` of util-linux makes.
struct Session {
    child: Child,
    keyboard: ChildStdin,
    screen: Receiver<Vec<u8>>,
    /// What was shown and not yet waited for.
    shown: String,
}

fn start(folder: &Path, args: &[&str]) -> Session {
    let program = command(folder).get_program().to_str().unwrap().to_owned();
    let line: Vec<String> = args.iter().map(|arg| format!("'{arg}'")).collect();
    let mut script = std::process::Command::new("script");
    script.args(["--quiet", "--return", "--command", &format!("'{program}' {}", line.join(" "))]);
    script.arg("/dev/null").current_dir(folder).env_clear().env("NO_COLOR", "1");
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (sender, screen) = channel();
    let mut output = child.stdout.take().unwrap();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            if sender.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    let keyboard = child.stdin.take().unwrap();
    Session { child, keyboard, screen, shown: String::new() }
}

impl Session {
    /// Waits for some words.
    #[track_caller]
    fn expect(&mut self, words: &str) {
        while !self.shown.contains(words) {
            match self.screen.recv_timeout(PATIENCE) {
                Ok(bytes) => self.shown.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("{words:?} does not come; what came is {}", self.shown),
            }
        }
        let end = self.shown.find(words).unwrap() + words.len();
        self.shown.drain(..end);
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }
}

/// Waits for some words and the prompt, then types a line.
#[track_caller]
fn answer(session: &mut Session, words: &str, line: &str) {
    session.expect(words);
    session.expect("> ");
    session.press(&format!("{line}\r"));
}

/// Waits for the end; what was still shown is the answer.
#[track_caller]
fn ends(mut session: Session, status: i32) -> String {
    while let Ok(bytes) = session.screen.recv_timeout(PATIENCE) {
        session.shown.push_str(&String::from_utf8_lossy(&bytes));
    }
    let ended = session.child.wait().unwrap();
    assert_eq!(ended.code(), Some(status), "{}", session.shown);
    session.shown
}

#[test]
fn a_case_is_begun_by_answers() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let mut session = start(casebook.path(), &["new"]);
    answer(&mut session, "Title of the case", "Tele dialysis");
    answer(&mut session, "What a busy reader should know", "Nurses help: \"by video\" # at home.");
    answer(&mut session, "the first is the home region", "Atlantis");
    answer(&mut session, "unknown region code `Atlantis`", "Blekinge, estonia");
    session.expect("`Blekinge` was understood as `SE221`");
    answer(&mut session, "1. telestroke – Telestroke", "1");
    answer(&mut session, "operational – In everyday use.", "opertional");
    session.expect("`opertional` was understood as `operational`");
    // Whatever is left empty stays open in the file.
    answer(&mut session, "What came of it", "");
    assert!(ends(session, 0).contains("wrote cases/tele-dialysis.yaml"));
    let text = std::fs::read_to_string(casebook.path().join("cases/tele-dialysis.yaml")).unwrap();
    let case = yaml(&text);
    assert_eq!(case["summary"], "Nurses help: \"by video\" # at home.");
    assert_eq!(case["regions"], serde_json::json!(["SE221", "EE"]));
    assert_eq!((&case["status"], &case["outcome"]), (&"operational".into(), &"TODO".into()));
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
}

#[test]
fn broken_off_nothing_is_written() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let mut session = start(casebook.path(), &["new", "Half a case"]);
    session.expect("Summary");
    session.expect("> ");
    session.press("\u{4}");
    assert!(ends(session, 2).contains("broken off: nothing was written"));
    assert!(!casebook.path().join("cases/half-a-case.yaml").exists());
}

#[test]
fn nothing_is_asked_of_scripts() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let session = start(casebook.path(), &["new", "A quiet case", "--no-input"]);
    assert!(!ends(session, 0).contains("> "));
    assert!(casebook.path().join("cases/a-quiet-case.yaml").is_file());
}

#[test]
fn a_casebook_is_begun_by_answers() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = start(folder.path(), &["init", "ours"]);
    answer(&mut session, "What is the report called?", "Care at a distance");
    answer(&mut session, "Whose report is it?", "Coast group");
    answer(&mut session, "In which language", "Klingon");
    answer(&mut session, "English (en), German (de)", "Estonian, en");
    answer(&mut session, "Which countries", "Atlantis");
    answer(&mut session, "unknown region code `Atlantis`", "Suomi, EE");
    assert!(ends(session, 0).contains("made a casebook"));
    let text = std::fs::read_to_string(folder.path().join("ours/casebook.yaml")).unwrap();
    let manifest = yaml(&text);
    assert_eq!(
        (&manifest["title"], &manifest["language"]),
        (&"Care at a distance".into(), &"et".into())
    );
    assert_eq!(manifest["regions"]["groups"]["Coast group"], serde_json::json!(["FI", "EE"]));
}
