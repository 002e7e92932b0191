//! Owns the way from Typst's files back to the files of a casebook's own templates.

use std::collections::BTreeMap;
use std::ops::Range;

use typst::foundations::Bytes;
use typst::syntax::FileId;

use crate::model::{OwnTemplates, TemplateFile};
use crate::source::{Location, SourceId, SourceMap, Span};
use crate::typeset::world::{built_in_by_name, template_path};

/// The mark that some editors put before a text, which Typst takes away before it counts bytes.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Which files are a casebook's own templates, by their paths from their folder.
#[derive(Debug, Default)]
pub(in crate::typeset) struct OwnPlaces(BTreeMap<String, SourceId>);

impl OwnPlaces {
    pub(in crate::typeset) fn of(templates: &OwnTemplates) -> Self {
        let texts = templates.files.iter().filter_map(|(path, file)| match file {
            TemplateFile::Text(source) => Some((path.clone(), *source)),
            TemplateFile::Data(_) => None,
        });
        Self(texts.collect())
    }

    /// The file of an own template.
    pub(in crate::typeset) fn source(&self, path: &str) -> Option<SourceId> {
        self.0.get(path).copied()
    }

    /// All of them, in the order of their paths.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, SourceId)> {
        self.0.iter().map(|(path, source)| (path.as_str(), *source))
    }

    /// The file of an own template by Typst's id.
    pub(in crate::typeset) fn by_id(&self, id: FileId) -> Option<SourceId> {
        // Such a name stands for the built-in template, whatever file has it.
        let path = template_path(id).filter(|path| built_in_by_name(path).is_none())?;
        self.source(path)
    }
}

/// The bytes of own templates, for the world to serve.
pub(in crate::typeset) fn bytes(
    templates: &OwnTemplates,
    sources: &SourceMap,
) -> BTreeMap<String, Bytes> {
    let files = templates.files.iter();
    files
        .map(|(path, file)| {
            let bytes = match file {
                TemplateFile::Text(source) => {
                    Bytes::from_string(sources.get(*source).text().to_owned())
                }
                TemplateFile::Data(bytes) => Bytes::new(bytes.clone()),
            };
            (path.clone(), bytes)
        })
        .collect()
}

/// The text of a template as Typst counts it.
pub(super) fn text_of(source: SourceId, sources: &SourceMap) -> &str {
    let text = sources.get(source).text();
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// The place of a range of Typst's in its file.
pub(in crate::typeset) fn place(
    source: SourceId,
    range: &Range<usize>,
    sources: &SourceMap,
) -> Location {
    let before = sources.get(source).text().len() - text_of(source, sources).len();
    Span::new(range.start + before, range.end + before).of(source)
}
