//! Owns the rules over one file that a schema cannot say.

use std::borrow::Cow;

use super::directives::read_directives;
use super::facets::{ListedFacet, check_facets};
use super::reader::{self, MarkdownTexts, Requirement, Submission};
use super::regions::check_region;
use super::themes::meant_theme;
use super::{References, diags};
use crate::diag::{Fix, Sink};
use crate::form::{Form, InRole, PeriodPlace, Role, find};
use crate::load::Node;
use crate::markdown::{CHAPTER_HEADINGS, FIELD_HEADINGS, Finding, Problem};
use crate::model::{Date, Directive, NO_SUCH_DAY, Themes, TimeSpan};
use crate::source::{Location, SourceFile, SourceId, Span, locate, resolve};
use crate::vocab::Gazetteer;

/// What the rules need to know beyond the file itself.
pub struct Context<'a> {
    /// The manifest's themes.
    pub themes: &'a Themes,
    /// The regions that there are, if they are known.
    pub regions: Option<&'a Gazetteer>,
    /// The ids that exist, if they are known: the names of all case files, sorted.
    pub ids: Option<&'a [&'a str]>,
    /// What an accepted case must have.
    pub requirements: &'a [Requirement],
    /// The facets whose values are listed.
    pub facets: &'a [ListedFacet],
    /// The keys of the bibliography files, sorted, in texts that may cite them.
    pub library: &'a [&'a str],
}

impl Context<'_> {
    /// Whether a case exists, as far as it is known.
    fn has_case(&self, id: &str) -> bool {
        self.ids.is_none_or(|ids| ids.binary_search(&id).is_ok())
    }

    /// Whether a bibliography file has an entry of a key.
    fn has_entry(&self, key: &str) -> bool {
        self.library.binary_search(&key).is_ok()
    }
}

/// Checks a tree against the rules; returns the files that it refers to.
pub fn check_case(
    form: &Form,
    file: &SourceFile,
    source: SourceId,
    root: &Node<'_>,
    context: &Context<'_>,
    sink: &mut Sink,
) -> References {
    let submission = Submission { file, source, root };
    let sources = source_keys(form, root);
    let mut rules = Rules { file, source, sources, context, sink, references: References::new() };
    if form.roles().is_none() {
        rules.id(root);
    }
    let mut markdown = MarkdownTexts::default();
    form.in_roles(root, &mut |value| match value.role {
        Role::MaxWords(limit) => reader::check_words(submission, value, limit, rules.sink),
        Role::Markdown => {
            markdown.add(value.node);
            rules.role(value);
        }
        _ => rules.role(value),
    });
    if let Some(PeriodPlace::Two { start, end: Some(end) }) =
        form.roles().and_then(|roles| roles.period.as_ref())
        && let (Some(start), Some(end)) = (start.nodes(root).first(), end.nodes(root).first())
    {
        rules.order(start, end);
    }
    check_facets(context.facets, source, root, rules.sink);
    let references = rules.references;
    reader::check(submission, &markdown.sorted(), context.requirements, sink);
    references
}

/// What a chapter refers to, and what it places in its text.
#[derive(Debug, Default)]
pub struct CheckedChapter {
    /// The files that it refers to.
    pub references: References,
    /// Its directives that are sound as far as their words go, in the text's order.
    pub directives: Vec<Directive>,
}

/// Checks a chapter, whose citations are entries of the manifest's sources.
pub fn check_chapter(
    file: &SourceFile,
    source: SourceId,
    manifest: &Node<'_>,
    context: &Context<'_>,
    sink: &mut Sink,
) -> CheckedChapter {
    let sources = source_keys(Form::manifest(), manifest);
    let mut rules = Rules { file, source, sources, context, sink, references: References::new() };
    let mut blocks = Vec::new();
    for finding in crate::markdown::check(file.text(), CHAPTER_HEADINGS) {
        let span = Span::new(finding.range.start, finding.range.end);
        match finding.problem {
            Problem::Directive(Some(said)) => blocks.push((span, said)),
            Problem::Directive(None) => {
                rules.sink.push(diags::directive_inside(span.of(source)));
            }
            _ => rules.finding(finding, span.of(source), None, CHAPTER_HEADINGS),
        }
    }
    let references = rules.references;
    let directives = read_directives(file, source, &blocks, sink);
    reader::check_chapter(file, source, sink);
    CheckedChapter { references, directives }
}

/// The keys of the sources that a record brings.
fn source_keys<'a>(form: &Form, root: &'a Node<'a>) -> Vec<Cow<'a, str>> {
    match form.roles() {
        Some(roles) => roles.sources_of(root).into_iter().map(|(key, _)| Cow::Owned(key)).collect(),
        None => {
            let entries = root.get("sources").map(Node::entries).unwrap_or_default();
            entries.iter().map(|entry| Cow::Borrowed(entry.key.as_ref())).collect()
        }
    }
}

struct Rules<'a, 'b> {
    file: &'a SourceFile,
    source: SourceId,
    /// The keys of the sources that may be cited.
    sources: Vec<Cow<'a, str>>,
    context: &'a Context<'a>,
    sink: &'b mut Sink,
    references: References,
}

impl Rules<'_, '_> {
    fn id(&mut self, root: &Node<'_>) {
        let Some(node) = root.get("id") else { return };
        let Some(id) = node.as_str() else { return };
        let stem = file_stem(self.file.path());
        // A text from standard input has no name unless it was given one.
        if id != stem && !stem.starts_with('<') {
            self.sink.push(diags::id_not_file_name(id, stem, self.at(node)).pointer("/id"));
        }
    }

    fn at(&self, node: &Node<'_>) -> Location {
        node.span.of(self.source)
    }

    fn role(&mut self, value: &InRole<'_, '_>) {
        let before = self.sink.len();
        let at = self.at(value.node);
        match value.role {
            Role::Markdown => self.markdown(value),
            Role::Citation => {
                let several = value.node.items().iter();
                for node in several.chain(std::iter::once(value.node)) {
                    if let Some(key) = node.as_str() {
                        let at = self.at(node);
                        self.citation(key, at);
                    }
                }
            }
            Role::Region => {
                if let (Some(regions), Some(code)) = (self.context.regions, value.node.as_str()) {
                    self.sink.extend(check_region(regions, code, at));
                }
            }
            Role::Theme => {
                if let Some(key) = value.node.as_str()
                    && self.context.themes.get(key).is_none()
                {
                    let meant = meant_theme(self.context.themes, key);
                    let known: Vec<&str> = self.context.themes.keys().collect();
                    self.sink.push(diags::unknown_theme(key, meant, &known, at));
                }
            }
            Role::Case => {
                if let Some(id) = value.node.as_str() {
                    self.case(id, at);
                }
            }
            Role::Image => {
                if let Some(path) = value.node.as_str() {
                    let alt = value.parent.get("alt").and_then(Node::as_str);
                    let has_alt = alt.is_some_and(|alt| !alt.trim().is_empty());
                    self.image(path, has_alt, at);
                }
            }
            Role::Date => self.date(value.node),
            Role::Period => self.period(value.node),
            // Counted apart: it is no reference.
            Role::MaxWords(_) => {}
        }
        for diagnostic in &mut self.sink[before..] {
            diagnostic.pointer.get_or_insert_with(|| value.pointer());
        }
    }

    /// The place of a citation's key behind its `@`.
    fn without_mark(&self, at: Location) -> Location {
        match self.file.slice(at.span).strip_prefix('@') {
            Some(_) => Span { start: at.span.start + 1, ..at.span }.of(at.source),
            None => at,
        }
    }

    fn citation(&mut self, key: &str, at: Location) {
        if self.has_source(key) {
            return;
        }
        let own = self.sources.iter().map(Cow::as_ref);
        let known: Vec<&str> = own.chain(self.context.library.iter().copied()).collect();
        let meant = find(key, known.iter().copied()).filter(|_| key.len() > 2);
        self.sink.push(diags::unknown_source(key, meant, &known, at));
    }

    /// Whether a key may be cited.
    fn has_source(&self, key: &str) -> bool {
        self.sources.iter().any(|known| known == key) || self.context.has_entry(key)
    }

    fn case(&mut self, id: &str, at: Location) {
        if let Some(ids) = self.context.ids.filter(|_| !self.context.has_case(id)) {
            let meant = find(id, ids.iter().copied());
            self.sink.push(diags::unknown_case(id, meant, at));
        }
    }

    fn image(&mut self, path: &str, has_alt: bool, at: Location) {
        if !has_alt {
            self.sink.push(diags::alt_missing(at));
        }
        let Some(inside) = resolve(self.file.path(), path) else {
            self.sink.push(diags::path_outside(path, at));
            return;
        };
        let extension = inside.rsplit_once('.').map_or("", |(_, extension)| extension);
        if !["png", "jpg", "jpeg", "gif", "webp", "svg"]
            .contains(&extension.to_ascii_lowercase().as_str())
        {
            self.sink.push(diags::image_type(path, at));
            return;
        }
        self.references.entry(inside).or_insert(at);
    }

    /// What the form's pattern refuses has been said; the calendar is ours.
    fn date(&mut self, node: &Node<'_>) {
        let Some(text) = node.as_str() else { return };
        if let Err(reason) = text.parse::<TimeSpan>()
            && reason == NO_SUCH_DAY
        {
            self.sink.push(diags::no_such_day(text, reason, self.at(node)));
        }
    }

    fn period(&mut self, node: &Node<'_>) {
        if let (Some(start), Some(end)) = (node.get("start"), node.get("end")) {
            self.order(start, end);
        }
    }

    /// What starts must not end before it.
    fn order(&mut self, start: &Node<'_>, end: &Node<'_>) {
        let date = |node: &Node<'_>| -> Option<Date> { node.as_word()?.parse().ok() };
        if let (Some(first), Some(last)) = (date(start), date(end))
            && last.last_day() < first.first_day()
        {
            self.sink.push(diags::period_order(self.at(start), self.at(end)));
        }
    }

    fn markdown(&mut self, value: &InRole<'_, '_>) {
        let Some(text) = value.node.as_str() else { return };
        let mut located = 0;
        for finding in crate::markdown::check(text, FIELD_HEADINGS) {
            // Finding a place takes a walk over the text: it is done for faults, and not for ever.
            if self.is_in_order(&finding.problem) || located >= MOST_FINDINGS {
                continue;
            }
            located += 1;
            let span = locate(self.file.text(), value.node.span, text, finding.range.clone());
            self.finding(finding, span.of(self.source), Some(value), FIELD_HEADINGS);
        }
    }

    /// Whether something that was found is a reference to what is there.
    fn is_in_order(&self, problem: &Problem) -> bool {
        match problem {
            Problem::Citation(key) => self.has_source(key),
            Problem::Case(id) => self.context.has_case(id),
            _ => false,
        }
    }

    fn finding(
        &mut self,
        finding: Finding,
        at: Location,
        value: Option<&InRole<'_, '_>>,
        headings: usize,
    ) {
        let before = self.sink.len();
        match finding.problem {
            Problem::RawHtml => self.sink.push(diags::raw_html(at)),
            Problem::ForbiddenLink(url) => self.sink.push(diags::forbidden_link(&url, at)),
            Problem::HeadingDepth => self.sink.push(diags::heading_depth(headings, at)),
            Problem::Depth => self.sink.push(diags::markdown_depth(at)),
            Problem::Citation(key) => self.citation(&key, self.without_mark(at)),
            Problem::Image { path, has_alt } => self.image(&path, has_alt, at),
            Problem::Case(id) => self.case(&id, at),
            Problem::Directive(_) => self.sink.push(diags::directive_in_case(at)),
        }
        // A place that could not be found to the letter is not replaced.
        for diagnostic in &mut self.sink[before..] {
            let exact = |fix: &Fix| is_one_word(self.file.slice(fix.location.span));
            diagnostic.fix.take_if(|fix| !exact(fix));
        }
        for diagnostic in &mut self.sink[before..] {
            diagnostic.pointer = value.map(InRole::pointer);
        }
    }
}

/// The most that is told of one text: who wrote it will look through all of it by then.
const MOST_FINDINGS: usize = 100;

/// Whether a text is one word of letters, digits and hyphens, as keys are.
fn is_one_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// The name of a file without folders and extension.
pub fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        assert_eq!(file_stem("cases/north/a.b.yaml"), "a.b");
        assert_eq!(file_stem("<stdin>"), "<stdin>");
    }
}
