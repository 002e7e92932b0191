//! Owns the manifest of a new casebook: what is known of it, and comments on the rest.

use super::MANIFEST_SCHEMA_PATH;
use crate::compose::scalar;

/// What is said of a new casebook.
#[derive(Debug, Clone, Default)]
pub struct Starter {
    /// What the report is called.
    pub title: String,
    /// Whose report it is.
    pub group: Option<String>,
    /// The day on which it begins.
    pub date: String,
    /// The language of the report, then those that cases may be written in as well.
    pub languages: Vec<String>,
    /// The codes of the countries that the report is meant to cover.
    pub countries: Vec<String>,
}

impl Starter {
    /// The language of the report.
    pub(super) fn language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// The manifest.
    pub(super) fn manifest(&self) -> String {
        include_str!("files/casebook.yaml")
            .replace("{schema}", MANIFEST_SCHEMA_PATH)
            .replace("{title}", &scalar(&self.title))
            .replace("{language}", self.language())
            .replace("{date}", &self.date)
            .replace("{rules}", self.rule_lines())
            .replace("{group}", &self.group_lines())
            .replace("{regions}", &self.region_lines())
    }

    fn group_lines(&self) -> String {
        match &self.group {
            Some(group) => {
                let name = scalar(group);
                format!("working_group:\n  name: {name}\npublisher: {name}\n")
            }
            None => "# working_group:\n#   name: The name of your group\n# publisher: Who publishes it\n"
                .to_owned(),
        }
    }

    /// A country without a case is no fault while cases are collected.
    fn rule_lines(&self) -> &'static str {
        if self.countries.is_empty() {
            "# rules:\n#   measure-without-date: off\n"
        } else {
            "rules:\n  # Remove this line when you want to hear which of the countries have no case yet.\n  \
             unused-region: off\n"
        }
    }

    /// The countries stand under the name of the group, else under that of the report.
    fn region_lines(&self) -> String {
        if self.countries.is_empty() {
            return "# regions:\n#   groups:\n#     Around the Baltic Sea: [DK, EE, FI, DE8, DEF, LV, LT, PL, SE]\n"
                .to_owned();
        }
        let name = scalar(self.group.as_ref().unwrap_or(&self.title));
        let codes: Vec<String> = self.countries.iter().map(|code| scalar(code)).collect();
        format!("regions:\n  groups:\n    {name}: [{}]\n", codes.join(", "))
    }
}
