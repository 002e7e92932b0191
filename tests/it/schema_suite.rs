//! The JSON Schema test suite: a form judges a tree of casebook's as its draft of the standard says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use casebook::diag::Sink;
use casebook::form::{Form, RoleMap, SchemaDocument, references_of};
use casebook::load::{Limits, parse};
use casebook::source::SourceMap;
use casebook::validate::check_form;

use crate::known::{Known, only_known, suite};

/// Where casebook differs from the suite.
const KNOWN: &[Known] = &[
    Known {
        what: "refused",
        why: "a file is named from the file that refers to it; an `$id` further in moves nothing",
        ids: &[
            "draft4/refRemote/base URI change",
            "draft4/refRemote/base URI change - change folder",
            "draft4/refRemote/base URI change - change folder in subschema",
            "draft6/refRemote/base URI change",
            "draft6/refRemote/base URI change - change folder",
            "draft6/refRemote/base URI change - change folder in subschema",
            "draft7/refRemote/base URI change",
            "draft7/refRemote/base URI change - change folder",
            "draft7/refRemote/base URI change - change folder in subschema",
            "draft2019-09/refRemote/base URI change",
            "draft2019-09/refRemote/base URI change - change folder",
            "draft2019-09/refRemote/base URI change - change folder in subschema",
            "draft2020-12/refRemote/base URI change",
            "draft2020-12/refRemote/base URI change - change folder",
            "draft2020-12/refRemote/base URI change - change folder in subschema",
        ],
    },
    Known {
        what: "refused",
        why: "a file that does not say its draft is of the newest, whichever file refers to it",
        ids: &[
            "draft4/refRemote/Location-independent identifier in remote ref",
            "draft6/refRemote/Location-independent identifier in remote ref",
            "draft7/refRemote/Location-independent identifier in remote ref",
        ],
    },
    Known {
        what: "refused",
        why: "a form is of a published draft: nobody's own set of keywords is known",
        ids: &["draft2019-09/vocabulary/", "draft2020-12/vocabulary/"],
    },
];

/// The drafts that a form may be written in, with the names of their meta-schemas.
const DRAFTS: &[(&str, &str)] = &[
    ("draft4", "http://json-schema.org/draft-04/schema#"),
    ("draft6", "http://json-schema.org/draft-06/schema#"),
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    ("draft2019-09", "https://json-schema.org/draft/2019-09/schema"),
    ("draft2020-12", "https://json-schema.org/draft/2020-12/schema"),
];

/// The server that the suite's schemas expect the files in `remotes` on.
const SERVER: &str = "http://localhost:1234/";

/// The name of the form's own file.
const FORM: &str = "form.json";

/// The name of the file that holds the schema of a form's only field.
const FIELD: &str = "field.json";

/// Where Debian's libtest-json-schema-acceptance-perl keeps the suite; the variable
/// `JSON_SCHEMA_SUITE` names another place.
const FOLDER: &str = "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance";

#[test]
fn forms_judge_as_the_schema_test_suite_says() {
    let folder = std::env::var_os("JSON_SCHEMA_SUITE").map_or(FOLDER.into(), PathBuf::from);
    let suite = suite(folder);
    let (folder, remotes) = (suite.join("tests"), suite.join("remotes"));
    let mut differences = BTreeMap::new();
    let mut judged = 0;
    for (draft, meta_schema) in DRAFTS {
        for file in files(&folder.join(draft)) {
            let name = file.strip_prefix(&folder).unwrap().with_extension("");
            let groups: Json = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
            for group in groups.as_array().unwrap() {
                let id = format!("{}/{}", name.display(), group["description"].as_str().unwrap());
                judged += check(&id, meta_schema, &remotes, group, &mut differences);
            }
        }
    }
    assert!(judged > 4000, "{judged}");
    only_known(&differences, KNOWN);
}

/// The files of a draft's required tests, in order; the optional ones lie in a folder below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    // Newer required tests want formats to be remarks alone; who asks for one here wants it held.
    files.retain(|path| path.file_name().is_some_and(|name| name != "format.json"));
    files.sort();
    files
}

/// Judges the instances of one schema; returns how many there were.
fn check(
    id: &str,
    meta_schema: &str,
    remotes: &Path,
    group: &Json,
    differences: &mut BTreeMap<String, String>,
) -> usize {
    let mut schema = group["schema"].clone();
    if let Some(schema) = schema.as_object_mut() {
        // Older drafts' tests leave it to the folder which draft they mean.
        schema.entry("$schema").or_insert_with(|| meta_schema.into());
    }
    let is_record = schema.is_object() && schema.get("type").is_none_or(|kind| kind == "object");
    let form = match form(&schema, is_record, meta_schema, remotes) {
        Ok(form) => form,
        Err(why) => {
            differences.insert(id.to_owned(), why);
            return 0;
        }
    };
    let tests = group["tests"].as_array().unwrap();
    for test in tests {
        let value = test["data"].clone();
        let found = judge(&form, &if is_record { value } else { json!({ "field": value }) });
        let expected = if test["valid"] == true { "valid" } else { "not valid" };
        if found != expected {
            let id = format!("{id}/{}", test["description"].as_str().unwrap());
            differences.insert(id, format!("{found}, expected {expected}"));
        }
    }
    tests.len()
}

/// A form that is a schema of the suite, or whose only field is to be what the schema says: a
/// form describes records, and no bare texts or numbers.
///
/// Each file that the schema refers to on the suite's server is a file of the casebook here.
fn form(schema: &Json, is_record: bool, meta_schema: &str, remotes: &Path) -> Result<Form, String> {
    let record = match is_record {
        true => document(FORM, &schema.to_string()),
        false => {
            let field = json!({ "field": { "$ref": FIELD } });
            let record = json!({ "$schema": meta_schema, "type": "object", "properties": field });
            document(FORM, &record.to_string())
        }
    };
    let mut referred: Vec<SchemaDocument> = Vec::new();
    let from = |document: &SchemaDocument| {
        let folder = document.uri.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        references_of(document).into_iter().map(move |reference| (folder.clone(), reference))
    };
    let mut wanted: Vec<_> = from(&record).collect();
    while let Some((folder, reference)) = wanted.pop() {
        let uri = match reference.target.as_str() {
            whole if whole.contains(':') => whole.to_owned(),
            relative => format!("{folder}/{relative}"),
        };
        let text = match uri.strip_prefix(SERVER) {
            Some(path) => fs::read_to_string(remotes.join(path)).ok(),
            None => (reference.target == FIELD).then(|| schema.to_string()),
        };
        // What is in no file is looked for in vain, or is the name of a part of one.
        let Some(text) = text else { continue };
        let document = document(&reference.target, &text).referred_as(&reference);
        if !referred.iter().any(|other| other.uri == document.uri) {
            wanted.extend(from(&document));
            referred.push(document);
        }
    }
    let mut sink = Sink::new();
    Form::own(record, referred, RoleMap::default(), &mut sink)
        .ok_or_else(|| format!("refused: {} {:?}", sink[0].message, sink[0].notes))
}

fn document(path: &str, text: &str) -> SchemaDocument {
    let source = SourceMap::default().add(path, "");
    let tree = parse(source, text, Limits::default(), &mut Sink::new()).unwrap();
    SchemaDocument::new(path, source, &tree)
}

/// What a contributor is told who hands in a value.
fn judge(form: &Form, value: &Json) -> &'static str {
    let source = SourceMap::default().add("suite.json", "");
    let text = value.to_string();
    let mut sink = Sink::new();
    // A control character is refused for itself, and leaves a tree to judge.
    let Some(tree) = parse(source, &text, Limits::default(), &mut sink) else { return "not read" };
    sink.clear();
    check_form(form, source, &tree, &mut sink);
    if sink.is_empty() { "valid" } else { "not valid" }
}
