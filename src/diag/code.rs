//! Owns the list of all diagnostic codes: their stable names, severities and one-line meanings.

use std::fmt;

use super::Severity;

macro_rules! codes {
    ($($variant:ident = $name:literal, $severity:ident, $description:literal;)*) => {
        /// The stable name of a kind of fault. A new one is added here and nowhere else.
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

            /// How much it matters unless told otherwise.
            pub fn default_severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What it means, in one line.
            pub fn description(self) -> &'static str {
                match self { $(Self::$variant => $description,)* }
            }
        }
    };
}

codes! {
    // Reading files.
    CannotRead = "cannot-read", Error, "a file or folder could not be read";
    FileTooLarge = "file-too-large", Error, "a file is larger than casebook reads";
    NotUtf8 = "not-utf8", Error, "a file is not UTF-8 text";
    EmptyFile = "empty-file", Error, "a file holds nothing";
    NoCases = "no-cases", Error, "no case file was found";
    ManifestMissing = "manifest-missing", Error, "no casebook.yaml was found";
    DateMissing = "date-missing", Warning, "the report has no date, which its PDF needs";
    ChapterMissing = "chapter-missing", Error, "a chapter named in the manifest could not be found";
    PathOutside = "path-outside", Error, "a path leads out of the casebook";

    // YAML.
    YamlSyntax = "yaml-syntax", Error, "a file is not valid YAML";
    YamlTab = "yaml-tab", Error, "a tab stands where YAML wants spaces";
    DuplicateKey = "duplicate-key", Error, "a key stands twice in one mapping";
    YamlKey = "yaml-key", Error, "a key is not plain text";
    YamlTag = "yaml-tag", Error, "a YAML tag is not one of the core schema";
    YamlLimit = "yaml-limit", Error, "a file is nested too deeply or grows too large";
    SeveralDocuments = "several-documents", Error, "a file holds more than one YAML document";
    ControlCharacter = "control-character", Error, "a text holds an invisible control character";

    // The form.
    UnknownKey = "unknown-key", Error, "a key is not in the form";
    MissingKey = "missing-key", Error, "a required key is missing";
    WrongType = "wrong-type", Error, "a value is of the wrong type";
    UnknownValue = "unknown-value", Error, "a value is not one of those that the form allows";
    WrongPattern = "wrong-pattern", Error, "a text is not written as the form asks";
    WrongSize = "wrong-size", Error, "a text, list or number is too long, short, large or small";
    NotUnique = "not-unique", Error, "a list holds the same entry twice";
    FormRule = "form-rule", Error, "a rule of the form is broken";

    // Rules over one case and over all.
    UnknownTheme = "unknown-theme", Error, "a theme is not declared in the manifest";
    UnknownRegion = "unknown-region", Error, "a region code is not known";
    RetiredRegion = "retired-region", Error, "a region code was retired";
    IdNotFileName = "id-not-file-name", Error, "a case's id is not the name of its file";
    DuplicateId = "duplicate-id", Error, "two cases have the same id";
    UnknownSource = "unknown-source", Error, "a citation has no entry in sources";
    UnknownCase = "unknown-case", Error, "a case that is referred to does not exist";
    PeriodOrder = "period-order", Error, "a period ends before it starts";
    ImageMissing = "image-missing", Error, "an image could not be found";
    ImageType = "image-type", Error, "a file is not an image that casebook can show";
    AltMissing = "alt-missing", Error, "an image has no text for readers who cannot see it";

    // Markdown.
    RawHtml = "raw-html", Warning, "HTML in Markdown is shown as text";
    ForbiddenLink = "forbidden-link", Error, "a link is neither http, https nor mailto";
    HeadingDepth = "heading-depth", Warning, "a heading is nested too deeply";
    MarkdownDepth = "markdown-depth", Error, "lists or quotations are nested too deeply";

    // The report.
    MissingGlyph = "missing-glyph", Error, "no font of the report has a character";
    ReportError = "report-error", Error, "the report could not be typeset";
    ReportWarning = "report-warning", Warning, "the report was typeset with a remark";
    CannotWrite = "cannot-write", Error, "an output could not be written";
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
}
