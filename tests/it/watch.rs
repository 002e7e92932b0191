//! The preview: what a browser gets of it after each kind of save, whom it answers, and how it ends.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Casebook, MANIFEST, case, command, same, tree};

/// How long something may take to show on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// A picture of one red dot.
const PNG: &[u8] =
    b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\
    \x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc8!'\x07\x00\x02\xb6\x01\x054\
    \xa6u\xaa\x00\x00\x00\x00IEND\xaeB`\x82";

/// A casebook that is watched.
struct Preview {
    program: Child,
    port: u16,
}

impl Preview {
    fn of(casebook: &Casebook, args: &[&str]) -> Self {
        let mut command = command(casebook.path());
        command.args(["watch", "--port", "0"]).args(args);
        let mut program = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(program.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
        let port = address.trim_end().trim_end_matches('/').rsplit(':').next().unwrap();
        let port = port.parse().unwrap_or_else(|_| panic!("no address but {address:?}"));
        Self { program, port }
    }

    /// What is answered to a request as it is written.
    fn raw(&self, request: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A server that closes early may have the rest of a request unread.
        stream.read_to_end(&mut answer).ok();
        answer
    }

    fn request(&self, method: &str, target: &str) -> String {
        let port = self.port;
        let request = format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        String::from_utf8_lossy(&self.raw(&request)).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.request("GET", path)
    }

    /// The last that is told to pages.
    fn told(&self) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let port = self.port;
        write!(stream, "GET /.casebook/events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").unwrap();
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).unwrap()
    }

    /// How many builds there were.
    fn builds(&self) -> u32 {
        let told = self.told();
        let build = told.split("\"build\":\"").nth(1).unwrap().split('"').next().unwrap();
        build.rsplit('-').next().unwrap().parse().unwrap()
    }

    /// Waits until something holds.
    #[track_caller]
    fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        while !holds(self) {
            assert!(begin.elapsed() < PATIENCE, "{what}: {}", self.told());
            sleep(Duration::from_millis(30));
        }
    }

    /// Waits until a page says something, and all other pages are made as well: that of the case that was
    /// saved comes first.
    #[track_caller]
    fn until_says(&self, path: &str, words: &str) {
        self.until(&format!("{path} says {words}"), |preview| {
            preview.get(path).contains(words) && preview.told().contains("\"ahead\":null")
        });
    }

    fn signal(&mut self, signal: &str) -> Option<i32> {
        send(signal, &self.program);
        self.program.wait().unwrap().code()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

fn send(signal: &str, program: &Child) {
    Command::new("kill").args([signal, &program.id().to_string()]).status().unwrap();
}

fn titled(id: &str, title: &str) -> String {
    case(id).replace(&format!("The case {id}"), title)
}

#[test]
fn every_kind_of_file_is_seen() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let manifest =
        format!("{MANIFEST}contents: [{{chapter: chapters/one.md}}, {{section: cases}}]\n");
    casebook.write("chapters/one.md", "# One\n\nThe first words.\n");
    casebook.write("casebook.yaml", &manifest);
    let preview = Preview::of(&casebook, &["--format", "site"]);
    preview.until_says("/site/cases/a.html", "The case a");

    casebook.write("cases/a.yaml", titled("a", "Seen at once"));
    preview.until_says("/site/cases/a.html", "Seen at once");
    preview.until_says("/site/cases/index.html", "Seen at once");
    assert!(preview.told().contains("\"page\":\"site/cases/a.html\""), "{}", preview.told());

    casebook.write("chapters/one.md", "# One\n\nOther words.\n");
    preview.until_says("/site/chapters/one.html", "Other words");

    casebook.write("casebook.yaml", manifest.replace("title: Test", "title: Renamed"));
    preview.until_says("/site/index.html", "Renamed");

    casebook.write("cases/deep/er/b.yaml", case("b"));
    preview.until_says("/site/cases/b.html", "The case b");
    casebook.write("cases/deep/er/b.yaml", titled("b", "In a new folder"));
    preview.until_says("/site/cases/b.html", "In a new folder");
    fs::remove_dir_all(casebook.path().join("cases/deep")).unwrap();
    preview.until_says("/site/cases/b.html", "404 Not Found");

    let pictured = format!("{}images: [{{file: dot.png, alt: A dot}}]\n", case("a"));
    casebook.write("cases/a.yaml", pictured);
    preview.until("the picture is missed", |preview| preview.told().contains("dot.png"));
    casebook.write("cases/dot.png", PNG);
    preview.until_says("/site/cases/a.html", "data:image/png");

    let form = |title: &str| {
        format!(
            "$schema: https://json-schema.org/draft/2020-12/schema\ntype: object\n\
             properties: {{wards: {{title: {title}, description: How many., type: integer}}}}\n"
        )
    };
    casebook.write("form.yaml", form("Wards"));
    casebook.write("casebook.yaml", format!("{manifest}form: {{extend: form.yaml}}\n"));
    casebook.write("cases/a.yaml", format!("{}wards: 7\n", case("a")));
    preview.until_says("/site/cases/a.html", "Wards");
    casebook.write("form.yaml", form("Stations"));
    preview.until_says("/site/cases/a.html", "Stations");
    casebook.write("cases/a.yaml", case("a"));

    // A folder of templates that the manifest names before it is there.
    casebook.write("casebook.yaml", format!("{manifest}templates: look\n"));
    preview.until("the folder is missed", |preview| preview.told().contains("look"));
    casebook.write("look/report.css", "body { color: teal }\n");
    preview.until_says("/site/assets/style.css", "teal");
    casebook.write("look/report.css", "body { color: olive }\n");
    preview.until_says("/site/assets/style.css", "olive");
}

#[test]
fn what_is_wrong_is_told_and_the_last_good_pages_stay() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let preview = Preview::of(&casebook, &[]);
    let wrong = case("a").replace("SE221", "SE2211").replace("The case a", "<b>Not</b> yet");
    casebook.write("cases/a.yaml", wrong);
    preview.until("the fault is told", |preview| preview.told().contains("unknown-region"));
    let told = preview.told();
    assert!(told.contains("\"place\":\"cases/a.yaml:4:11\""), "{told}");
    assert!(told.contains("\"help\":[\""), "{told}");
    assert!(preview.get("/site/cases/a.html").contains("The case a"));
    // What is made on demand is made of the last good state or not at all.
    assert!(preview.get("/report.html").contains("404 Not Found"));

    casebook.write("cases/a.yaml", titled("a", "Mended"));
    preview.until_says("/site/cases/a.html", "Mended");
    assert!(preview.told().contains("\"notes\":[],\"errors\":0"), "{}", preview.told());
    assert!(preview.get("/report.html").contains("Mended"));

    // Nothing can stop the preview: neither a manifest that cannot be read nor one that is not there.
    casebook.write("casebook.yaml", "casebook: [");
    preview.until("the manifest is told", |preview| preview.told().contains("yaml-syntax"));
    fs::remove_file(casebook.path().join("casebook.yaml")).unwrap();
    preview.until("there is none", |preview| preview.told().contains("manifest-missing"));
    assert!(preview.get("/site/cases/a.html").contains("Mended"));
    casebook.write("casebook.yaml", MANIFEST);
    preview.until("all is well", |preview| preview.told().contains("\"errors\":0"));
}

#[test]
fn editors_may_save_as_they_like_and_as_often() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let preview = Preview::of(&casebook, &["--format", "site"]);
    let file = casebook.path().join("cases/a.yaml");
    let beside = |name: &str| casebook.path().join("cases").join(name);

    // Written beside and renamed over, as Vim and many others do, with a backup on the way.
    fs::copy(&file, beside("a.yaml~")).unwrap();
    fs::write(beside(".a.yaml.swp"), titled("a", "Renamed over")).unwrap();
    fs::rename(beside(".a.yaml.swp"), &file).unwrap();
    preview.until_says("/site/cases/a.html", "Renamed over");

    // The old one is moved away first, so that there is none for a moment.
    fs::rename(&file, beside("a.yaml.bak")).unwrap();
    fs::write(&file, titled("a", "Moved away")).unwrap();
    preview.until_says("/site/cases/a.html", "Moved away");

    // Emptied first, and written in pieces that make no sense by themselves.
    let before = preview.builds();
    let mut open = fs::File::create(&file).unwrap();
    for piece in titled("a", "In pieces").as_bytes().chunks(40) {
        open.write_all(piece).unwrap();
        open.flush().unwrap();
        sleep(Duration::from_millis(20));
    }
    drop(open);
    preview.until_says("/site/cases/a.html", "In pieces");
    assert!(preview.told().contains("\"errors\":0"), "{}", preview.told());
    assert_eq!(preview.builds(), before + 1);

    // A burst is one save, and a file that says the same, or is none of the casebook's, is none.
    let before = preview.builds();
    for round in 0..30 {
        casebook.write("cases/a.yaml", titled("a", &format!("Burst {round}")));
        casebook.write("cases/b.yaml", titled("b", &format!("Burst {round}")));
        sleep(Duration::from_millis(5));
    }
    preview.until_says("/site/cases/b.html", "Burst 29");
    assert!(preview.get("/site/cases/a.html").contains("Burst 29"));
    let after = preview.builds();
    assert!(after <= before + 2, "{} builds", after - before);
    casebook.write("cases/a.yaml", titled("a", "Burst 29"));
    casebook.write("notes.txt", "nothing of it");
    sleep(Duration::from_millis(500));
    assert_eq!(preview.builds(), after);
}

#[test]
fn files_are_looked_at_where_nobody_tells_of_changes() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let preview = Preview::of(&casebook, &["--format", "site", "--poll"]);
    casebook.write("cases/a.yaml", titled("a", "Looked at"));
    preview.until_says("/site/cases/a.html", "Looked at");
}

#[test]
fn only_what_was_made_is_served_and_only_to_this_machine() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("secret.txt", "the secret");
    casebook.write("build/site/secret.html", "the secret");
    let before = tree(casebook.path());
    let preview = Preview::of(&casebook, &[]);
    let port = preview.port;

    let page = preview.get("/site/index.html");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html"), "{page}");
    assert!(page.contains("<script defer src=\"/.casebook/live.js\""));
    assert!(preview.get("/").contains("302 Found\r\nLocation: /site/index.html\r\n"));
    assert!(preview.get("/site/").starts_with("HTTP/1.1 200 OK"));
    assert!(preview.get("/.casebook/live.js").contains("text/javascript"));
    assert!(preview.get("/report.pdf").contains("application/pdf"));
    assert!(preview.get("/data/cases.csv").contains("The case a"));
    let head = preview.request("HEAD", "/site/index.html");
    assert!(head.contains("200 OK") && head.ends_with("\r\n\r\n"), "{head}");

    for target in [
        "/secret.txt",
        "/../secret.txt",
        "/site/../../secret.txt",
        "/site/%2e%2e/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/site/..%2f..%2fsecret.txt",
        "/site/secret.html",
        "/build/site/secret.html",
        "//etc/passwd",
        "/casebook.yaml",
        "/cases/a.yaml",
    ] {
        let answer = preview.get(target);
        assert!(answer.starts_with("HTTP/1.1 404"), "{target}: {answer}");
        assert!(!answer.contains("the secret"), "{target}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let answer = preview.request(method, "/site/index.html");
        assert!(answer.starts_with("HTTP/1.1 405"), "{method}: {answer}");
    }
    let by_name = |host: &str| {
        let request = format!("GET /site/index.html HTTP/1.1\r\nHost: {host}\r\n\r\n");
        String::from_utf8_lossy(&preview.raw(&request)).into_owned()
    };
    assert!(by_name(&format!("localhost:{port}")).starts_with("HTTP/1.1 200"));
    for host in ["evil.example".to_owned(), format!("evil.example:{port}"), "0.0.0.0".to_owned()] {
        assert!(by_name(&host).starts_with("HTTP/1.1 403"), "{host}");
    }
    // No other address of the machine answers.
    assert!(TcpStream::connect(("127.0.0.2", port)).is_err());
    let endless = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(100_000));
    assert!(!preview.raw(&endless).starts_with(b"HTTP/1.1 200"));

    // Those who come and say nothing keep nobody out for long, and take no more than there is.
    let silent: Vec<TcpStream> =
        (0..100).map(|_| TcpStream::connect(("127.0.0.1", port)).unwrap()).collect();
    preview.until_says("/site/index.html", "200 OK");
    drop(silent);
    same(&tree(casebook.path()), &before);
}

#[test]
fn without_a_casebook_there_is_nothing_to_watch() {
    let folder = tempfile::tempdir().unwrap();
    let run = crate::support::casebook(folder.path(), &["watch"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("casebook.yaml"), "{run:?}");
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let preview = Preview::of(&casebook, &[]);
    let run = casebook.run(&["watch", "--port", &preview.port.to_string()]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("leave --port out"), "{run:?}");
}

#[test]
fn many_saves_leave_no_memory_behind() {
    if cfg!(not(target_os = "linux")) {
        // Only Linux tells the memory of a process so.
        return;
    }
    let casebook = Casebook::new(&[("a", &case("a")), ("b", &case("b"))]);
    let preview = Preview::of(&casebook, &["--format", "site"]);
    let save = |round: usize| {
        casebook.write("cases/a.yaml", titled("a", &format!("Round {round}.")));
        preview.until_says("/site/cases/a.html", &format!("Round {round}."));
    };
    let resident = || -> u64 {
        let state = fs::read_to_string(format!("/proc/{}/status", preview.program.id())).unwrap();
        let line = state.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    };
    (0..10).for_each(save);
    let early = resident();
    (10..40).for_each(save);
    let late = resident();
    // Each build takes about 30 MB while it lasts: kept ones would show.
    assert!(late < early + 60_000, "{early} kB, then {late} kB");
}

#[test]
fn ending_the_preview_is_no_failure() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let casebook = Casebook::new(&[("a", &case("a"))]);
        let mut preview = Preview::of(&casebook, &[]);
        assert_eq!(preview.signal(signal), Some(0), "{signal}");
        assert!(!casebook.path().join("build").exists());
    }
}

/// Whether a folder of outputs is being written into.
fn is_staging(folder: &Path) -> bool {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    names
        .into_iter()
        .any(|entry| entry.file_name().to_string_lossy().starts_with(".casebook-staging"))
}

/// Starts a build and sends a signal when it has begun to write, later each time.
fn broken_off(casebook: &Casebook, signal: &str, wait: Duration) -> Option<i32> {
    let folder = casebook.path().join("build");
    let mut command = command(casebook.path());
    command.arg("build").stdout(Stdio::null()).stderr(Stdio::null());
    let mut build = command.spawn().unwrap();
    while !is_staging(&folder) && build.try_wait().unwrap().is_none() {
        sleep(Duration::from_micros(200));
    }
    sleep(wait);
    send(signal, &build);
    build.wait().unwrap().code()
}

#[test]
fn a_build_that_is_broken_off_leaves_all_of_the_old_or_all_of_the_new() {
    let casebook = Casebook::new(&[("a", &titled("a", "Old")), ("b", &case("b"))]);
    assert_eq!(casebook.run(&["build"]).status, Some(0));
    let folder = casebook.path().join("build");
    let old = tree(&folder);
    casebook.write("cases/a.yaml", titled("a", "New"));
    let other = tempfile::tempdir().unwrap();
    let out = other.path().to_str().unwrap();
    assert_eq!(casebook.run(&["build", "-o", out]).status, Some(0));
    let new = tree(other.path());
    assert!(old != new);
    for wait in [0, 1, 3, 6, 12, 25] {
        let wait = Duration::from_millis(wait);
        let status = broken_off(&casebook, "-INT", wait);
        // It ends by the signal, unless it was done before.
        assert!(matches!(status, None | Some(0)), "{wait:?}, {status:?}");
        assert!(!is_staging(&folder), "{wait:?}, {status:?}");
        let found = tree(&folder);
        same(&found, if status == Some(0) || found == new { &new } else { &old });
    }
    for wait in [0, 1, 3, 6, 12, 25] {
        broken_off(&casebook, "-KILL", Duration::from_millis(wait));
        // What a killed build leaves behind is put right by the next.
        assert_eq!(casebook.run(&["build", "--format", "data"]).status, Some(0));
        assert!(!is_staging(&folder));
        for place in ["report.pdf", "report.html", "site/cases/a.html"] {
            let found = fs::read(folder.join(place)).unwrap();
            let known = [&old, &new].map(|tree| tree.get(Path::new(place)));
            assert!(known.contains(&Some(&found)), "{place}");
        }
    }
}

#[test]
fn a_save_in_the_earlier_edition_is_seen() {
    let casebook = Casebook::new(&[("a", &case("a")), ("b", &case("b"))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}changes: {{since: first}}\n"));
    casebook.write("first/casebook.yaml", MANIFEST);
    casebook.write("first/cases/a.yaml", case("a"));
    let preview = Preview::of(&casebook, &["--format", "site"]);
    preview.until_says("/site/changes.html", "New cases");
    casebook.write("first/cases/b.yaml", case("b"));
    preview.until_says("/site/changes.html", "No case was added, changed or removed.");
    casebook.write("first/cases/a.yaml", case("a").replace("mixed", "failed"));
    preview.until_says("/site/changes.html", "Changed cases");
}

#[test]
fn an_earlier_edition_that_is_made_later_is_seen() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}changes: {{since: nothing}}\n"));
    let preview = Preview::of(&casebook, &["--format", "site", "--since", "first"]);
    preview.until("it is missed", |preview| preview.told().contains("earlier-edition"));
    // By hand, it takes a while between a folder and what is put into it.
    for path in ["first/cases/b.yaml", "first/casebook.yaml"] {
        let path = casebook.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        sleep(Duration::from_millis(400));
        let text = if path.ends_with("b.yaml") { case("b") } else { MANIFEST.to_owned() };
        fs::write(path, text).unwrap();
    }
    preview.until_says("/site/changes.html", "New cases");
}
