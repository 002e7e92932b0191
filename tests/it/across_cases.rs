//! What shows only over all cases, and what the manifest asks of them.

use crate::support::{Casebook, MANIFEST, case};

/// The lines of a run over the whole casebook.
#[track_caller]
fn check(casebook: &Casebook, expected: &[&str]) {
    let run = casebook.run(&["validate", "--message-format", "short"]);
    let found: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(found, expected, "{run:?}");
}

/// A case with another title.
fn titled(id: &str, title: &str) -> String {
    case(id).replace(&format!("The case {id}"), title)
}

#[test]
fn one_case_in_two_files_is_found_by_its_title() {
    let casebook = Casebook::new(&[
        ("a", &titled("a", "Telestroke in Skåne – the network")),
        ("b", &titled("b", "The TELESTROKE network of Skane")),
        ("c", &titled("c", "Telestroke networks in Skåne")),
    ]);
    check(
        &casebook,
        &[
            "cases/b.yaml:2:8: warning[same-case]: two cases have the same title (keep one of the two \
           files; if they are two cases, let one name the other under `related`)",
        ],
    );
    let related = titled("b", "The TELESTROKE network of Skane") + "related: [a]\n";
    casebook.write("cases/b.yaml", related);
    check(&casebook, &[]);
}

#[test]
fn one_case_in_two_files_is_found_by_all_its_sources() {
    let sources = |one: &str, two: &str| {
        format!("sources:\n  A: {{title: One, {one}}}\n  B: {{title: Two, {two}}}\n")
    };
    let (doi, url) = ("doi: 10.1000/AB", "url: \"https://www.example.org/report/\"");
    let cases = [
        ("a", case("a") + &sources(doi, url)),
        (
            "b",
            case("b")
                + &sources(
                    "url: \"http://example.org/report\"",
                    "url: \"https://doi.org/10.1000/ab\"",
                ),
        ),
        ("elsewhere", case("elsewhere").replace("SE221", "DK05") + &sources(doi, url)),
        ("another", case("another") + &sources(doi, "url: \"https://example.org/other\"")),
        ("one-source", case("one-source") + "sources: {S: {title: One, doi: 10.1000/ab}}\n"),
    ];
    let cases: Vec<(&str, &str)> = cases.iter().map(|(id, text)| (*id, text.as_str())).collect();
    check(
        &Casebook::new(&cases),
        &[
            "cases/b.yaml:2:8: warning[same-case]: two cases of one region have the same sources (keep one \
           of the two files; if they are two cases, let one name the other under `related`)",
        ],
    );
}

#[test]
fn an_organisation_is_spelt_in_one_way() {
    let with = |id: &str, name: &str| {
        format!("{}organisations: [{{name: \"{name}\", role: lead}}]\n", case(id))
    };
    let casebook = Casebook::new(&[
        ("a", &with("a", "Goeteborg University hospital")),
        ("b", &with("b", "Göteborg University Hospital")),
        ("c", &with("c", "Göteborg University Hospital")),
        ("d", &with("d", "Nordic Care AB")),
        ("e", &with("e", "Nordic Care A/S")),
        ("f", &with("f", "Nordic Care AB")),
        ("g", &with("g", "The Nordic Care")),
        ("h", &with("h", "Nordic Cars")),
    ]);
    check(
        &casebook,
        &[
            "cases/a.yaml:8:24: warning[organisation-spelling]: `Goeteborg University hospital` is spelt \
             otherwise elsewhere (`Göteborg University Hospital` stands in the cases twice: use one \
             spelling)",
            "cases/g.yaml:8:24: warning[organisation-spelling]: `The Nordic Care` is spelt otherwise \
             elsewhere (`Nordic Care AB` stands in the cases twice: use one spelling)",
        ],
    );
}

#[test]
fn a_region_stands_under_one_code_in_all_cases() {
    let from = |id: &str, regions: &str| (id.to_owned(), case(id).replace("[SE221]", regions));
    let cases = [
        from("a", "[DE-BY, IT-25]"),
        from("b", "[DE2, GB-ENG]"),
        from("c", "[DE-BE, DE3]"),
        from("d", "[Lombardy]"),
    ];
    let cases: Vec<(&str, &str)> = cases.iter().map(|(id, text)| (&**id, &**text)).collect();
    let casebook = Casebook::new(&cases);
    check(
        &casebook,
        &[
            "cases/a.yaml:4:11: warning[region-twice]: `DE-BY` is the same region as `DE2` (write `DE2` \
             alone: it is Bayern, Germany)",
            "cases/c.yaml:4:11: warning[region-twice]: `DE-BE` is the same region as `DE3` (write `DE3` \
             alone: it is Berlin, Germany)",
            "cases/d.yaml:4:11: error[unknown-region]: unknown region code `Lombardy` (write `ITC4`)",
        ],
    );
}

#[test]
fn themes_and_regions_without_a_case_are_told_of() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let manifest = MANIFEST.replace("}}", "}, emergency: {title: Emergency care}}");
    let write = |codes: &str| {
        let coverage = format!(
            "regions: {{groups: {{North: [{codes}]}}}}\nnetwork: {{name: N, countries: [SE, NO]}}\n"
        );
        casebook.write("casebook.yaml", format!("{manifest}{coverage}"));
    };
    write("SE2, SE, SE11, SE221, ZZ");
    check(
        &casebook,
        &[
            "casebook.yaml:5:50: error[unknown-region]: unknown region code `ZZ` (use the code of a country \
           (SE), of a region (SE22, SE221), or of a subdivision (SE-K))",
        ],
    );
    write("SE2, SE, SE11, SE221");
    check(
        &casebook,
        &[
            "casebook.yaml:4:43: warning[unused-theme]: no case has the theme `emergency` (remove it, or \
             name it under `themes` in a case)",
            "casebook.yaml:5:37: info[unused-region]: no case is from SE11, Stockholm, Sweden",
            "casebook.yaml:6:36: info[unused-region]: no case is from NO, Norway",
        ],
    );
    // One file tells nothing of the others; and one that cannot be read may be the one missed.
    let run = casebook.run(&["validate", "cases/a.yaml", "--message-format", "short"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    casebook.write("cases/b.yaml", "id: [");
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert!(run.stdout.lines().all(|line| line.starts_with("cases/b.yaml")), "{}", run.stdout);
}

#[test]
fn a_remark_does_not_stop_a_strict_build() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}network: {{name: N, countries: [NO]}}\n"));
    let run = casebook.run(&["build", "--strict", "--format", "data"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("info[unused-region]"), "{}", run.stderr);
    assert!(casebook.path().join("build/data/figures.csv").is_file());
}

#[test]
fn the_manifest_asks_for_keys_of_the_form() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let asks = "acceptance: {requires: [results, /lessons/advise]}\n";
    casebook.write("casebook.yaml", format!("{MANIFEST}{asks}"));
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.stdout.trim_end(),
        "casebook.yaml:5:34: error[pointer-nowhere]: `/lessons/advise` leads to nothing in the form \
         (the keys there are worked, did_not_work, advice)"
    );
}

#[test]
fn a_large_picture_is_remarked_on() {
    let text = case("a") + "images: [{file: ../a.png, alt: A map}]\n";
    let casebook = Casebook::new(&[("a", &text)]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(5_000_000, 0);
    casebook.write("a.png", &bytes);
    check(&casebook, &[]);
    bytes.resize(7_250_000, 0);
    casebook.write("a.png", &bytes);
    check(
        &casebook,
        &[
            "cases/a.yaml:8:17: warning[image-size]: the picture `a.png` is large: 7.2 MB (make it smaller: \
           2000 pixels are enough for the whole width of a page)",
        ],
    );
}

#[test]
fn of_many_lines_that_end_in_spaces_the_first_are_shown() {
    let text = case("a").replace('\n', " \r\n") + &"# a remark \n".repeat(15);
    let casebook = Casebook::new(&[("a", &text)]);
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(run.stderr.matches("info[trailing-space]").count(), 20);
    assert!(run.stderr.contains("2 more lines of this file do"), "{}", run.stderr);
}
