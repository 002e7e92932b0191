//! The guide to the form: complete, in plain words, and a page that needs nothing else.

use crate::support::{Casebook, MANIFEST, casebook, repository};

fn guide(root: &str, format: &str) -> String {
    let run = casebook(&repository().join(root), &["schema", "doc", "--format", format]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    run.stdout
}

#[test]
fn the_guide_tells_each_field_with_its_rules_in_words() {
    let text = guide(".", "md");
    assert!(text.starts_with("# How to write a case for “Regional eHealth in Europe”\n"));
    let (required, others) = text.split_once("## As far as you know\n").unwrap();
    for key in ["id", "title", "summary", "regions", "themes", "status", "outcome"] {
        assert!(required.contains(&format!("(`{key}`) – required\n")), "{key}");
    }
    for key in ["period", "start", "organisations", "role", "did\\_not\\_work", "contact", "email"]
    {
        let key = key.replace('\\', "");
        assert!(others.contains(&format!("(`{key}`)")), "{key}");
    }
    assert!(text.contains("| `too-early` | It cannot be judged yet. |\n"));
    assert!(text.contains("Write a list; each entry is the code of a region. 1 to 100 entries.\n"));
    assert!(text.contains("For example: `CC-BY-4.0`, `CC0-1.0`\n"));
    let own = guide("examples/own-form", "md");
    assert!(
        own.contains("A key is made of small letters and single hyphens, such as mending-monday.")
    );
    assert!(own.contains("In EUR."), "{own}");
    assert!(
        guide("examples/extended-form", "md").contains("Write a number. At least 0. In kWh.\n")
    );
}

#[test]
fn the_page_needs_nothing_and_its_links_lead_somewhere() {
    for root in [".", "examples/own-form", "examples/extended-form"] {
        let page = guide(root, "html");
        for outside in ["http:", "https://", "<script", "<link", "<img", "url("] {
            let lent = page.replace("https://…", "").replace("https:// or http://", "");
            let lent = lent.replace("casebook-", "");
            assert!(!lent.contains(outside), "{root}: {outside}");
        }
        let xml = page.replace("<!DOCTYPE html>", "").replace("<meta charset=\"utf-8\">", "");
        let xml = xml.replace("initial-scale=1\">", "initial-scale=1\"/>");
        let xml = xml.replace("'unsafe-inline'\">", "'unsafe-inline'\"/>");
        let tree = roxmltree::Document::parse(&xml).unwrap();
        let nodes = || tree.descendants().filter(roxmltree::Node::is_element);
        let ids: Vec<&str> = nodes().filter_map(|node| node.attribute("id")).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{root}: an id stands twice");
        for link in nodes().filter_map(|node| node.attribute("href")) {
            assert!(ids.contains(&link.trim_start_matches('#')), "{root}: {link}");
        }
        // Headings go down by one.
        let levels =
            nodes().filter_map(|node| node.tag_name().name().strip_prefix('h')?.parse().ok());
        let levels: Vec<u32> = levels.collect();
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{root}: {levels:?}");
    }
}

#[test]
fn the_ending_of_the_file_chooses_the_form() {
    let casebook = Casebook::new(&[]);
    for (name, begins) in [("a/guide.html", "<!DOCTYPE html>"), ("guide.md", "# How to")] {
        assert_eq!(casebook.run(&["schema", "doc", "-o", name]).status, Some(0));
        let text = std::fs::read_to_string(casebook.path().join(name)).unwrap();
        assert!(text.starts_with(begins), "{text}");
    }
    let run = casebook.run(&["schema", "doc", "-o", "guide.pdf"]);
    assert!(run.status == Some(2) && run.stderr.contains(".md or .html"), "{}", run.stderr);
    assert!(!casebook.path().join("guide.pdf").exists());
}

#[test]
fn words_of_the_form_are_words_and_no_markup() {
    let casebook = Casebook::new(&[]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    casebook.write(
        "form.yaml",
        "properties:\n  \"a<b>\\\" &\":\n    title: \"<script>x</script>\"\n    description: \"# a\\n\\n<b>|\"\n    \
         enum: [\"<i>\", \"`|\"]\n    enumDescriptions: [\"x | y\", \"</td>\"]\n",
    );
    let page = casebook.run(&["schema", "doc", "--format", "html"]).stdout;
    assert!(page.contains("&lt;script&gt;x&lt;/script&gt;") && !page.contains("<script"));
    assert!(
        page.contains("<td>&lt;/td&gt;</td>")
            && page.contains("<code>a&lt;b&gt;&quot; &amp;</code>")
    );
    let text = casebook.run(&["schema", "doc"]).stdout;
    assert!(
        text.contains("\\<script\\>x\\</script\\>") && text.contains("\n\\# a \\<b\\>\\|\n"),
        "{text}"
    );
    assert!(text.contains("x \\| y |\n"));
}

#[test]
fn a_form_that_is_not_sound_has_no_guide() {
    let casebook = Casebook::new(&[]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    casebook.write("form.yaml", "properties: {a: {type: strong}}\n");
    for verb in ["doc", "template", "issue-form"] {
        let run = casebook.run(&["schema", verb]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{verb}");
        assert!(run.stderr.contains("form.yaml"), "{}", run.stderr);
    }
}
