//! Owns the list of all diagnostic codes: their stable names, severities, meanings and explanations.

use std::fmt;

use super::Severity;

/// Whether the severity of a code may be set in the manifest.
enum Freedom {
    Fixed,
    Adjustable,
}

macro_rules! codes {
    ($($variant:ident = $name:literal, $severity:ident $freedom:ident, $description:literal;)*) => {
        /// The stable name of a kind of fault. A new one is added here, with a file of its name in
        /// `explanations`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $description] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in kebab-case, which scripts may rely on.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The code of a name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            /// How much it matters unless told otherwise.
            pub fn default_severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// Whether a manifest may give it another severity under `rules`, or turn it off.
            ///
            /// What a report cannot be made without, or what keeps readers safe, stays an error.
            pub fn is_adjustable(self) -> bool {
                match self { $(Self::$variant => matches!(Freedom::$freedom, Freedom::Adjustable),)* }
            }

            /// Whether what else is wrong with a file cannot be told while this is.
            pub fn hides_the_rest(self) -> bool {
                matches!(
                    self,
                    Self::CannotRead
                        | Self::FileTooLarge
                        | Self::NotUtf8
                        | Self::EmptyFile
                        | Self::YamlSyntax
                        | Self::YamlTab
                        | Self::YamlKey
                        | Self::YamlLimit
                )
            }

            /// What it means, in one line.
            pub fn description(self) -> &'static str {
                match self { $(Self::$variant => $description,)* }
            }

            /// What it means and what to do, with a wrong and a right example, in Markdown.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("explanations/", $name, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Reading files.
    CannotRead = "cannot-read", Error Fixed, "a file or folder could not be read";
    FileTooLarge = "file-too-large", Error Fixed, "a file is larger than casebook reads";
    NotUtf8 = "not-utf8", Error Fixed, "a file is not UTF-8 text";
    EmptyFile = "empty-file", Error Fixed, "a file holds nothing";
    NoCases = "no-cases", Error Fixed, "no case file was found";
    NewerFormat = "newer-format", Error Fixed, "a casebook is written for a newer version of the program";
    ManifestMissing = "manifest-missing", Error Fixed, "no casebook.yaml was found";
    FontMissing = "font-missing", Error Fixed, "a font of the report's style could not be found";
    ColorContrast = "color-contrast", Error Fixed, "a colour of the report's own is too light to be read";
    DateMissing = "date-missing", Warning Fixed, "the report has no date, which its PDF needs";
    EarlierEdition = "earlier-edition", Error Fixed, "the edition that the report is compared with cannot be read";
    EarlierMissing = "earlier-missing", Warning Adjustable, "the report tells what is new, and nothing says since when";
    EarlierUntold = "earlier-untold", Warning Adjustable, "the report is compared with an earlier edition, and no part of it tells what is new";
    ChapterMissing = "chapter-missing", Error Fixed, "a chapter named in the manifest could not be found";
    PathOutside = "path-outside", Error Fixed, "a path leads out of the casebook";

    // YAML.
    YamlSyntax = "yaml-syntax", Error Fixed, "a file is not valid YAML";
    YamlTab = "yaml-tab", Error Fixed, "a tab stands where YAML wants spaces";
    DuplicateKey = "duplicate-key", Error Fixed, "a key stands twice in one mapping";
    YamlKey = "yaml-key", Error Fixed, "a key is not plain text";
    YamlTag = "yaml-tag", Error Fixed, "a YAML tag is not one of the core schema";
    YamlLimit = "yaml-limit", Error Fixed, "a file is nested too deeply or grows too large";
    SeveralDocuments = "several-documents", Error Fixed, "a file holds more than one YAML document";
    ControlCharacter = "control-character", Error Fixed, "a text holds an invisible control character";

    // The form.
    UnknownKey = "unknown-key", Error Fixed, "a key is not in the form";
    MissingKey = "missing-key", Error Fixed, "a required key is missing";
    WrongType = "wrong-type", Error Fixed, "a value is of the wrong type";
    UnknownValue = "unknown-value", Error Fixed, "a value is not one of those that the form allows";
    WrongPattern = "wrong-pattern", Error Fixed, "a text is not written as the form asks";
    WrongSize = "wrong-size", Error Fixed, "a text, list or number is too long, short, large or small";
    WordLimit = "word-limit", Error Adjustable, "a text has more words than the form allows";
    NotUnique = "not-unique", Error Fixed, "a list holds the same entry twice";
    RenamedKey = "renamed-key", Warning Adjustable, "a key has another name in the form by now";
    NamedTwice = "named-twice", Error Fixed, "a key stands there under its old name and under its new one";
    DeprecatedKey = "deprecated-key", Warning Adjustable, "a key is to be used no more";
    FormRule = "form-rule", Error Fixed, "a rule of the form is broken";

    // A group's own form, and the manifest's settings for it.
    FormBroken = "form-broken", Error Fixed, "a form is not a sound JSON Schema";
    FormMissing = "form-missing", Error Fixed, "a form named in the manifest could not be found";
    FormSilent = "form-silent", Info Adjustable, "a form describes a field with no words";
    PointerNowhere = "pointer-nowhere", Error Fixed, "a pointer leads to nothing in the form";
    UnknownRole = "unknown-role", Error Fixed, "a role is not one that casebook knows";
    UnknownChecklist = "unknown-checklist", Error Fixed, "a checklist or an item of one is not known";
    BadPattern = "bad-pattern", Error Fixed, "a pattern for files is not well formed";
    WrongCheckDigit = "wrong-check-digit", Error Fixed, "the last digit of an ISBN does not fit the others";
    UnknownTerm = "unknown-term", Error Fixed, "a term that is referred to is not in the glossary";
    BibliographyBroken = "bibliography-broken", Error Fixed, "a bibliography file or an entry of it cannot be read";
    SourceTwice = "source-twice", Error Fixed, "two sources that chapters may cite have the same key";

    // Imports.
    SurveyBroken = "survey-broken", Error Fixed, "a survey cannot be read, or nothing says where it goes";
    SurveyRow = "survey-row", Error Fixed, "a row of a survey cannot become a case";
    MappingColumn = "mapping-column", Error Fixed, "a mapping names a column that the survey does not have";
    HandEdited = "hand-edited", Warning Fixed, "an imported case was changed by hand, and in the survey too";
    ImportUnsure = "import-unsure", Warning Fixed, "what an export says may be several things in the form";
    RowGone = "row-gone", Info Fixed, "the row of an imported case is no longer in the survey";

    // What cases refer to.
    UnknownLanguage = "unknown-language", Warning Adjustable, "the report's fixed words do not exist in its language";
    UnknownTheme = "unknown-theme", Error Fixed, "a theme is not declared in the manifest";
    UnknownRegion = "unknown-region", Error Fixed, "a region code is not known";
    RetiredRegion = "retired-region", Error Fixed, "a region code was retired";
    RegionList = "region-list", Error Fixed, "the manifest's own list of regions is not sound";
    ThemeTwice = "theme-twice", Error Fixed, "two themes of the manifest have the same key";
    SharedSynonym = "shared-synonym", Warning Adjustable, "a synonym stands for two themes";
    IdNotFileName = "id-not-file-name", Error Fixed, "a case's id is not the name of its file";
    DuplicateId = "duplicate-id", Error Fixed, "two cases have the same id";
    UnknownSource = "unknown-source", Error Fixed, "a citation has no entry in sources";
    UnknownCase = "unknown-case", Error Fixed, "a case that is referred to does not exist";
    PeriodOrder = "period-order", Error Adjustable, "a period ends before it starts";
    ImageMissing = "image-missing", Error Fixed, "an image could not be found";
    ImageType = "image-type", Error Fixed, "a file is not an image that casebook can show";
    AltMissing = "alt-missing", Error Fixed, "an image has no text for readers who cannot see it";

    // What a reader would miss in one case.
    NotPlainText = "not-plain-text", Warning Adjustable, "a plain text holds marks of Markdown";
    Placeholder = "placeholder", Warning Adjustable, "a text is a placeholder and no answer";
    TrailingSpace = "trailing-space", Info Adjustable, "a line ends in spaces";
    MeasureWithoutSource = "measure-without-source", Warning Adjustable, "a figure names no source";
    MeasureWithoutUnit = "measure-without-unit", Warning Adjustable, "a figure has no unit";
    MeasureWithoutDate = "measure-without-date", Warning Adjustable, "a figure has no date";
    NumberInWords = "number-in-words", Warning Adjustable, "a number is written in words or with separators";
    MoneyWithoutCurrency = "money-without-currency", Error Adjustable, "an amount of money has no currency";
    ConsentMissing = "consent-missing", Error Adjustable, "an accepted case has no consent to be published";
    PrivateData = "private-data", Warning Adjustable, "an e-mail address or a telephone number stands in a published text";
    AcceptanceGap = "acceptance-gap", Error Adjustable, "an accepted case lacks what the manifest asks of accepted cases";
    ChecklistResult = "checklist-result", Info Fixed, "how complete a case is by a checklist";
    ChecklistGap = "checklist-gap", Info Adjustable, "an item of a checklist is not met";
    ChecklistHint = "checklist-hint", Info Fixed, "an item of a checklist that is optional or not confirmed is not met";
    NotAccepted = "not-accepted", Info Fixed, "cases are left out of the report because the editors have not accepted them";
    NotReviewed = "not-reviewed", Warning Fixed, "cases are left out of the report because nobody has reviewed them";
    ImageContent = "image-content", Error Fixed, "a picture is not of the type that its name says, or cannot be shown";
    ImageSize = "image-size", Warning Adjustable, "a picture is larger than a report needs";

    // What shows only over all cases.
    SameCase = "same-case", Warning Adjustable, "two files look like the same case";
    OrganisationSpelling = "organisation-spelling", Warning Adjustable, "an organisation is spelt in several ways";
    RegionTwice = "region-twice", Warning Adjustable, "a region stands under the codes of two lists";
    UnusedTheme = "unused-theme", Warning Adjustable, "a theme of the manifest has no case";
    UnusedRegion = "unused-region", Info Adjustable, "a region that the manifest names has no case";

    // Markdown.
    RawHtml = "raw-html", Warning Adjustable, "HTML in Markdown is shown as text";
    ForbiddenLink = "forbidden-link", Error Fixed, "a link is neither http, https nor mailto";
    HeadingDepth = "heading-depth", Warning Adjustable, "a heading is nested too deeply";
    MarkdownDepth = "markdown-depth", Error Fixed, "lists or quotations are nested too deeply";

    // Blocks in chapters that place figures, tables and cases.
    DirectivePlace = "directive-place", Error Fixed, "a block of casebook stands where it cannot";
    DirectiveKind = "directive-kind", Error Fixed, "a block of casebook does not name one thing to place";
    UnknownFigure = "unknown-figure", Error Fixed, "a figure, table or section that is asked for does not exist";
    UnknownFacet = "unknown-facet", Error Fixed, "a facet that cases are chosen, counted or ordered by does not exist";
    FigureSize = "figure-size", Error Fixed, "a figure would have more values than readers follow";
    EmptyDirective = "empty-directive", Warning Adjustable, "a block of casebook has nothing to show";

    // A casebook's own templates.
    TemplatesMissing = "templates-missing", Error Fixed, "the folder of the casebook's own templates holds none";
    TemplateError = "template-error", Error Fixed, "a template of the casebook's own is faulty";
    TemplateWarning = "template-warning", Warning Adjustable, "a template of the casebook's own was typeset with a remark";
    TemplateUnused = "template-unused", Warning Adjustable, "a template of the casebook's own has no effect";
    TemplateOld = "template-old", Info Adjustable, "a template was copied from an older version of casebook's own";

    // The report.
    MissingGlyph = "missing-glyph", Error Fixed, "no font of the report has a character";
    ReportError = "report-error", Error Fixed, "the report could not be typeset";
    ReportWarning = "report-warning", Warning Adjustable, "the report was typeset with a remark";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_kebab_case_and_described() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        for name in &names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '8'), "{name}");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|code| !code.description().ends_with('.')));
    }

    #[test]
    fn the_manifest_s_form_lists_what_may_be_set() {
        let form: serde_json::Value =
            serde_json::from_str(include_str!("../form/manifest.schema.json")).unwrap();
        let listed = form["properties"]["rules"]["properties"].as_object().unwrap();
        let mut adjustable: Vec<_> = Code::ALL
            .iter()
            .filter(|code| code.is_adjustable())
            .map(|code| code.as_str())
            .collect();
        adjustable.sort_unstable();
        assert_eq!(listed.keys().map(String::as_str).collect::<Vec<_>>(), adjustable);
    }
}
