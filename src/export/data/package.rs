//! Owns `datapackage.json`: what the files hold, as a Data Package of version 2
//! (<https://datapackage.org/>).

use serde_json::{Map, Value, json};

use super::licences;
use super::sheet::{Field, Kind, Sheet};
use crate::model::{Date, Manifest, Report};

/// The version of the standard.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// How to read the values back, for people who have the package and not the README.
const READING: &str = "Columns of several texts put `; ` between them; a `;` in a text is written \
    as `\\;` and a `\\` as `\\\\`. Where a text, or a part of it behind `;`, a tab or a line break, \
    would begin with = + - @ or their wide forms, an apostrophe stands before it, because a \
    spreadsheet would calculate it; remove it to have the text back. Columns of numbers are as they \
    are. Spaces at the ends of texts are left out. The JSON files need no such rules.";

/// A file of the package.
pub(super) enum Resource {
    Table(Sheet),
    Json(Vec<u8>),
}

impl Resource {
    /// The path from the package.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Table(sheet) => sheet.file(),
            Self::Json(_) => "cases.json".to_owned(),
        }
    }

    /// The file.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Table(Sheet { bytes, .. }) | Self::Json(bytes) => bytes,
        }
    }

    fn describe(&self) -> Value {
        match self {
            Self::Table(sheet) => json!({
                "name": sheet.about.name,
                "type": "table",
                "title": sheet.about.title,
                "path": self.path(),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": sheet.bytes.len(),
                "schema": schema(sheet),
            }),
            Self::Json(bytes) => json!({
                "name": "cases-in-full",
                "title": "The cases in full",
                "path": self.path(),
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
                "bytes": bytes.len(),
            }),
        }
    }
}

/// The description of all files, as a file.
pub(super) fn describe(report: &Report, resources: &[Resource]) -> String {
    let manifest = &report.manifest;
    let resources: Vec<Value> = resources.iter().map(Resource::describe).collect();
    let mut package = json!({
        "$schema": PROFILE,
        "name": "casebook",
        "title": report.distinct_title(),
        "description": READING,
        "resources": resources,
        "sources": [
            {
                "title": "Source: Eurostat (codes and names of regions, NUTS)",
                "path": "https://ec.europa.eu/eurostat/web/nuts",
            },
            { "title": "Unicode CLDR (names of countries)", "path": "https://cldr.unicode.org/" },
        ],
    });
    if let Some(licence) = &manifest.licence {
        package["licenses"] = json!([licences::describe(licence)]);
    }
    if let Some(edition) = manifest.edition {
        package["version"] = json!(edition.date.to_string());
        if let Date { day: Some(_), .. } = edition.date {
            package["created"] = json!(format!("{}T00:00:00Z", edition.date));
        }
    }
    if let Some(page) = manifest.working_group.as_ref().and_then(|group| group.url.as_ref()) {
        package["homepage"] = json!(page);
    }
    let contributors = contributors(manifest);
    if !contributors.is_empty() {
        package["contributors"] = json!(contributors);
    }
    format!("{package:#}\n")
}

fn contributors(manifest: &Manifest) -> Vec<Value> {
    let editor = manifest.editors.iter().map(|editor| {
        let mut described = json!({ "title": editor.name, "roles": ["editor"] });
        if let Some(organisation) = &editor.affiliation {
            described["organization"] = json!(organisation);
        }
        described
    });
    let publisher = manifest.publisher.iter();
    editor.chain(publisher.map(|name| json!({ "title": name, "roles": ["publisher"] }))).collect()
}

fn schema(sheet: &Sheet) -> Value {
    let mut schema = json!({
        "fields": sheet.fields.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !sheet.about.key.is_empty() {
        schema["primaryKey"] = json!(sheet.about.key);
    }
    if sheet.about.of_cases {
        let reference = json!({ "resource": "cases", "fields": ["id"] });
        schema["foreignKeys"] = json!([{ "fields": ["case"], "reference": reference }]);
    }
    schema
}

fn field(field: &Field) -> Value {
    let (kind, description) = match field.kind {
        Kind::Text => ("string", field.description.clone()),
        Kind::List => ("string", format!("{}; several with `; ` between them", field.description)),
        Kind::Integer => ("integer", field.description.clone()),
        Kind::Number => ("number", field.description.clone()),
        Kind::Boolean => ("boolean", field.description.clone()),
    };
    let mut described = json!({ "name": field.name, "type": kind, "description": description });
    let mut constraints = Map::new();
    if field.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    if field.unique {
        constraints.insert("unique".to_owned(), json!(true));
    }
    if !field.words.is_empty() {
        constraints.insert("enum".to_owned(), json!(field.words));
    }
    if let Some(pattern) = field.pattern {
        constraints.insert("pattern".to_owned(), json!(pattern));
    }
    if !constraints.is_empty() {
        described["constraints"] = Value::Object(constraints);
    }
    described
}
