//! Owns the page around the script: its head, its fixed parts, and the data that the script reads.

use serde_json::json;

use super::WebForm;
use super::conditions::conditions;
use super::policy::policy;
use super::questions::questions;
use super::regions::packed;
use crate::authoring::markup::text;

const STYLE: &str =
    concat!(include_str!("../page.css"), include_str!("../../../templates/webform/webform.css"));
const BODY: &str = include_str!("../../../templates/webform/webform.html");

/// The script, a class a file; each file knows those before it.
const SCRIPT: &[&str] = &[
    include_str!("../../../templates/webform/numeral.js"),
    include_str!("../../../templates/webform/yaml-words.js"),
    include_str!("../../../templates/webform/yaml-writer.js"),
    include_str!("../../../templates/webform/yaml-scalars.js"),
    include_str!("../../../templates/webform/yaml-flow.js"),
    include_str!("../../../templates/webform/yaml-reader.js"),
    include_str!("../../../templates/webform/elements.js"),
    include_str!("../../../templates/webform/regions.js"),
    include_str!("../../../templates/webform/rules.js"),
    include_str!("../../../templates/webform/conditions.js"),
    include_str!("../../../templates/webform/breaches.js"),
    include_str!("../../../templates/webform/form-data.js"),
    include_str!("../../../templates/webform/paper.js"),
    include_str!("../../../templates/webform/combobox.js"),
    include_str!("../../../templates/webform/field.js"),
    include_str!("../../../templates/webform/text-fields.js"),
    include_str!("../../../templates/webform/choice-fields.js"),
    include_str!("../../../templates/webform/open-field.js"),
    include_str!("../../../templates/webform/group-field.js"),
    include_str!("../../../templates/webform/entries.js"),
    include_str!("../../../templates/webform/list-fields.js"),
    include_str!("../../../templates/webform/joint-rules.js"),
    include_str!("../../../templates/webform/preview.js"),
    include_str!("../../../templates/webform/drafts.js"),
    include_str!("../../../templates/webform/page.js"),
];

/// Writes the page: no network and no framework, for a browser that opens it from a disk.
pub fn web_form(form: &WebForm<'_>) -> String {
    let title = match form.report {
        Some(report) => format!("A case for “{report}”"),
        None => "A case to write".to_owned(),
    };
    let script = script();
    let lead = form.questionnaire.description.as_deref().unwrap_or_default();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#form\">To the form</a>\n\
         <header>\n<h1>{title}</h1>\n<p class=\"lead\">{}</p>\n</header>\n{BODY}\
         <script type=\"application/json\" id=\"data\">{}</script>\n\
         <script>{script}</script>\n</body>\n</html>\n",
        policy(&script, STYLE),
        text(lead),
        data(form),
        title = text(&title),
    )
}

/// The script; what it defines is seen by no other.
fn script() -> String {
    format!("'use strict';\n{}", SCRIPT.concat())
}

/// The data that the script reads. No text in it can end the element that holds it.
fn data(form: &WebForm<'_>) -> String {
    let data = json!({
        "report": form.report,
        "questions": questions(&form.questionnaire.questions),
        "conditions": conditions(&form.questionnaire.conditions),
        "regions": packed(&form.regions),
        "library": form.library,
    });
    data.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_of_the_script_or_the_look_ends_its_element() {
        assert!(!script().contains("</script") && !script().contains("<!--"));
        assert!(!STYLE.contains("</style"));
    }
}
