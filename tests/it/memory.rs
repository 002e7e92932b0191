//! How much memory volumes take: that of the largest, and not that of all of them.

use std::fmt::Write as _;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

use crate::support::{Casebook, command};

/// How many volumes there are at most.
const VOLUMES: usize = 8;

/// Volumes of the same size, each with texts of its own.
fn casebook(volumes: usize) -> Casebook {
    let casebook = Casebook::new(&[]);
    let mut manifest =
        "casebook: 1\ntitle: Test\nedition: {date: 2026-01-02}\nthemes:\n".to_owned();
    let words: String = (0..400).map(|number| format!("word{number} of it ")).collect();
    for volume in 0..volumes {
        writeln!(manifest, "  t{volume}: {{title: Theme {volume}}}").unwrap();
        for case in 0..12 {
            let text = format!(
                "id: c{volume}-{case}\ntitle: Case {case} of {volume}\nsummary: Short {case} {volume}.\n\
                 regions: [SE221]\nthemes: [t{volume}]\nstatus: pilot\noutcome: mixed\n\
                 problem: Number {case} of {volume} {words}\n"
            );
            casebook.write(&format!("cases/c{volume}-{case}.yaml"), text);
        }
    }
    casebook.write("casebook.yaml", manifest);
    casebook
}

/// The most memory that a build took at once, in kibibytes. The kernel keeps the peak, so no look at it
/// is too early or too late by more than the build's last moments.
fn peak(volumes: usize, args: &[&str]) -> u64 {
    let casebook = casebook(volumes);
    let mut command = command(casebook.path());
    let null = || std::process::Stdio::null();
    command.args(["build", "--format", "html"]).args(args).stdout(null()).stderr(null());
    let mut build = command.spawn().unwrap();
    let mut peak = 0;
    let status = loop {
        let state = fs::read_to_string(format!("/proc/{}/status", build.id())).unwrap_or_default();
        let line = state.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let found = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = found.unwrap_or(peak);
        if let Some(status) = build.try_wait().unwrap() {
            break status;
        }
        sleep(Duration::from_millis(2));
    };
    assert!(status.success());
    peak
}

#[test]
fn many_volumes_take_the_memory_of_one() {
    if cfg!(not(target_os = "linux")) {
        // Only Linux tells the peak of a process so.
        return;
    }
    let one = peak(1, &["--volumes", "theme"]);
    let many = peak(VOLUMES, &["--volumes", "theme"]);
    let whole = peak(VOLUMES, &[]);
    // All of them at once take much more than one, or nothing is measured here.
    assert!(whole > one + one / 5, "one {one}, whole {whole}");
    let (grown, at_once) = (many.saturating_sub(one), whole - one);
    assert!(grown < at_once / 2, "one {one}, many {many}, whole {whole}");
}
