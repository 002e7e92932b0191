//! Owns the way from Markdown to Typst content values: never markup text, so nothing is injected.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use comrak::nodes::{ListType, Node, NodeList, NodeTable, NodeValue, TableAlignment};
use comrak::{Arena, parse_document};
use typst::foundations::{Bytes, Content, Label, NativeElement, Packed, Smart};
use typst::layout::{Alignment, BoxElem, HAlignment, Sizing, TrackSizings};
use typst::model::{
    Destination, DividerElem, EmphElem, EnumElem, EnumItem, FootnoteElem, HeadingElem, LinkElem,
    LinkTarget, ListElem, ListItem, ParElem, ParbreakElem, QuoteElem, StrongElem, TableCell,
    TableChild, TableElem, TableHeader, TableItem, Url,
};
use typst::syntax::Span;
use typst::text::{LinebreakElem, RawContent, RawElem, SpaceElem, StrikeElem, TextElem};
use typst::utils::PicoStr;

use super::citation::{self, Piece};
use super::heading::Levels;
use super::terms::FirstUses;
use super::{Link, MAX_DEPTH, is_directive, line_starts, link, offset_of, options};

/// How many bytes a cell of a table may have to be kept on one page.
const LONGEST_UNBROKEN: usize = 700;

/// By what templates know the links of terms to the glossary.
const TERM_USE: &str = "term-use";

/// Where the bytes of pictures come from.
pub trait ImageSource {
    /// The picture at a path written in the text, as content; none if it is not there.
    fn image(&self, path: &str, alt: &str, span: Span) -> Option<Content>;
}

/// What a text is made into content with.
pub struct Context<'a> {
    /// The span that Typst's own messages point to.
    pub span: Span,
    /// How deep its own headings may be nested; deeper ones become bold paragraphs.
    pub max_heading: usize,
    /// The number and the label that each citation key leads to.
    pub citations: &'a BTreeMap<String, CitationTarget>,
    /// Whether numbers in a row are shown as the first and the last of them.
    pub collapses: bool,
    /// The ids of the cases that stand in the report, which `case:` links may lead to.
    pub cases: &'a dyn Fn(&str) -> Option<Label>,
    /// The pictures.
    pub images: &'a dyn ImageSource,
    /// The terms whose first use leads to the glossary, if anything leads there.
    pub terms: Option<&'a FirstUses<'a>>,
}

/// What a citation shows and where it leads.
#[derive(Debug, Clone)]
pub struct CitationTarget {
    /// What stands between the brackets.
    pub number: usize,
    /// The entry in the list of sources, if the document has it.
    pub label: Option<Label>,
}

/// Makes a text into content: blocks, or the bare line if a point of a list is only one paragraph.
pub fn to_content(text: &str, shape: Shape, context: &Context<'_>) -> Content {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    let mut writer = Writer::new(root, context);
    let only = root.first_child().filter(|first| first.next_sibling().is_none());
    let line = only.filter(|node| matches!(node.data.borrow().value, NodeValue::Paragraph));
    match (shape, line) {
        (Shape::Point, Some(paragraph)) => writer.inlines(paragraph, 0),
        _ => writer.blocks(root, 0),
    }
    .spanned(context.span)
}

/// A part of a chapter.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Text as content.
    Text(Content),
    /// A block that asks for a figure, a table or cases, by its first byte in the text.
    Directive(usize),
}

/// Makes a chapter into content, cut where a block asks for a figure, a table or cases.
pub fn to_parts(text: &str, context: &Context<'_>) -> Vec<Part> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    let mut writer = Writer::new(root, context);
    let lines = line_starts(text);
    let mut parts = Vec::new();
    let mut blocks: Vec<Content> = Vec::new();
    let part = |blocks: &mut Vec<Content>| {
        let content = Content::sequence(std::mem::take(blocks)).spanned(context.span);
        (!content.is_empty()).then_some(Part::Text(content))
    };
    for node in root.children() {
        let ast = node.data.borrow();
        if matches!(&ast.value, NodeValue::CodeBlock(code) if is_directive(code)) {
            let start = ast.sourcepos.start;
            let at = offset_of(text, &lines, start.line, start.column.saturating_sub(1));
            parts.extend(part(&mut blocks));
            parts.push(Part::Directive(at));
        } else {
            drop(ast);
            blocks.push(writer.block(node, 0));
        }
    }
    parts.extend(part(&mut blocks));
    parts
}

/// What a text is in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Paragraphs and other blocks.
    Blocks,
    /// A point of a list, in which a single paragraph needs no frame of its own.
    Point,
}

struct Writer<'a, 'c> {
    context: &'c Context<'c>,
    levels: Levels,
    footnotes: BTreeMap<String, Node<'a>>,
    /// Whether what is written leads to no term: it is a heading, the head of a table, or a link.
    is_plain: bool,
}

impl<'a, 'c> Writer<'a, 'c> {
    fn new(root: Node<'a>, context: &'c Context<'c>) -> Self {
        // Definitions stand after what refers to them, so they are gathered first.
        let mut footnotes = BTreeMap::new();
        for node in root.children() {
            if let NodeValue::FootnoteDefinition(definition) = &node.data.borrow().value {
                footnotes.insert(definition.name.clone(), node);
            }
        }
        Self { context, levels: Levels::default(), footnotes, is_plain: false }
    }

    fn span(&self, content: Content) -> Content {
        content.spanned(self.context.span)
    }

    /// The blocks below a node; where they are nested too deeply, their text alone.
    fn blocks(&mut self, parent: Node<'a>, depth: usize) -> Content {
        if depth > MAX_DEPTH {
            return self.plain(parent);
        }
        let mut blocks: Vec<Content> = Vec::new();
        for node in parent.children() {
            let block = self.block(node, depth);
            if !block.is_empty() {
                blocks.push(block);
            }
        }
        Content::sequence(blocks)
    }

    fn block(&mut self, node: Node<'a>, depth: usize) -> Content {
        let value = node.data.borrow().value.clone();
        let content = match value {
            // A picture alone is a block; Typst allows none in a paragraph.
            NodeValue::Paragraph if is_picture(node) => self.inlines(node, depth),
            NodeValue::Paragraph => ParElem::new(self.inlines(node, depth)).pack(),
            NodeValue::Heading(heading) => self.heading(node, heading.level, depth),
            NodeValue::BlockQuote => {
                QuoteElem::new(self.blocks(node, depth + 1)).with_block(true).pack()
            }
            NodeValue::List(list) => self.list(node, &list, depth),
            NodeValue::CodeBlock(code) => {
                let lang = code.info.split_whitespace().next().map(Into::into);
                let literal = code.literal.strip_suffix('\n').unwrap_or(&code.literal);
                RawElem::new(RawContent::Text(literal.into()))
                    .with_block(true)
                    .with_lang(lang)
                    .pack()
            }
            // Shown as it stands, never as HTML.
            NodeValue::HtmlBlock(html) => {
                let literal = html.literal.trim_end();
                ParElem::new(RawElem::new(RawContent::Text(literal.into())).pack()).pack()
            }
            NodeValue::ThematicBreak => DividerElem::new().pack(),
            NodeValue::Table(table) => self.table(node, &table, depth),
            // Shown where they are referred to.
            NodeValue::FootnoteDefinition(_) => Content::empty(),
            _ => self.inlines(node, depth),
        };
        self.span(content)
    }

    fn heading(&mut self, node: Node<'a>, written: u8, depth: usize) -> Content {
        let level = self.levels.next(written);
        let text = self.plainly(|writer| writer.inlines(node, depth));
        if level > self.context.max_heading {
            // Bold words are all that is left of a heading for which there is no level.
            return ParElem::new(StrongElem::new(text).pack()).pack();
        }
        // A depth, not a level: the template sets the offset of the place where the text stands.
        let depth = NonZeroUsize::MIN.saturating_add(level - 1);
        HeadingElem::new(text).with_depth(depth).pack()
    }

    fn list(&mut self, node: Node<'a>, list: &NodeList, depth: usize) -> Content {
        let items: Vec<Content> =
            node.children().map(|item| self.item(item, list.tight, depth + 1)).collect();
        match list.list_type {
            ListType::Bullet => {
                let items = items.into_iter().map(|body| Packed::new(ListItem::new(body)));
                ListElem::new(items.collect()).with_tight(list.tight).pack()
            }
            ListType::Ordered => {
                let items = items.into_iter().map(|body| Packed::new(EnumItem::new(body)));
                EnumElem::new(items.collect())
                    .with_tight(list.tight)
                    .with_start(Smart::Custom(list.start as u64))
                    .pack()
            }
        }
    }

    fn item(&mut self, item: Node<'a>, tight: bool, depth: usize) -> Content {
        if depth > MAX_DEPTH {
            return self.plain(item);
        }
        let mut parts = Vec::new();
        if let NodeValue::TaskItem(task) = &item.data.borrow().value {
            let ticked = task.symbol.is_some_and(|symbol| symbol != ' ');
            parts.push(TextElem::packed(if ticked { "☑ " } else { "☐ " }));
        }
        for (index, node) in item.children().enumerate() {
            let is_paragraph = matches!(node.data.borrow().value, NodeValue::Paragraph);
            if is_paragraph && tight {
                if index > 0 {
                    parts.push(ParbreakElem::shared().clone());
                }
                parts.push(self.inlines(node, depth));
            } else {
                parts.push(self.block(node, depth));
            }
        }
        Content::sequence(parts)
    }

    fn table(&mut self, node: Node<'a>, table: &NodeTable, depth: usize) -> Content {
        let mut children = Vec::new();
        for row in node.children() {
            let is_header = matches!(row.data.borrow().value, NodeValue::TableRow(true));
            let cells: Vec<TableItem> = row
                .children()
                .zip(&table.alignments)
                .map(|(cell, alignment)| {
                    let body = match is_header {
                        true => self.plainly(|writer| writer.inlines(cell, depth)),
                        false => self.inlines(cell, depth),
                    };
                    let align = match alignment {
                        TableAlignment::Center => Smart::Custom(HAlignment::Center),
                        TableAlignment::Right => Smart::Custom(HAlignment::Right),
                        TableAlignment::Left | TableAlignment::None => Smart::Auto,
                    };
                    let may_break = body.plain_text().len() > LONGEST_UNBROKEN;
                    let mut cell = TableCell::new(body).with_align(align.map(Alignment::H));
                    if may_break {
                        cell = cell.with_breakable(Smart::Custom(true));
                    }
                    TableItem::Cell(Packed::new(cell))
                })
                .collect();
            if is_header {
                let header = TableHeader::new(cells.into_iter().collect());
                children.push(TableChild::Header(Packed::new(header)));
            } else {
                children.extend(cells.into_iter().map(TableChild::Item));
            }
        }
        let columns = std::iter::repeat_n(Sizing::Auto, table.num_columns).collect();
        TableElem::new(children).with_columns(TrackSizings(columns)).pack()
    }

    fn inlines(&mut self, parent: Node<'a>, depth: usize) -> Content {
        if depth > MAX_DEPTH * 2 {
            return self.plain(parent);
        }
        let mut parts = Vec::new();
        let mut nodes = parent.children();
        let mut next = nodes.next();
        while let Some(node) = next {
            next = nodes.next();
            let value = node.data.borrow();
            let NodeValue::Text(text) = &value.value else {
                drop(value);
                parts.push(self.inline(node, depth + 1));
                continue;
            };
            // A term may go on in the next line.
            let mut run = text.to_string();
            while let Some(other) = next
                && let Some(more) = run_on(other)
            {
                run.push_str(&more);
                next = nodes.next();
            }
            parts.push(self.text(&run));
        }
        Content::sequence(parts)
    }

    /// Writes what leads to no term.
    fn plainly<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.is_plain, true);
        let written = write(self);
        self.is_plain = outside;
        written
    }

    fn inline(&mut self, node: Node<'a>, depth: usize) -> Content {
        let value = node.data.borrow().value.clone();
        let content = match value {
            NodeValue::Text(text) => return self.text(&text),
            NodeValue::SoftBreak => SpaceElem::shared().clone(),
            NodeValue::LineBreak => LinebreakElem::shared().clone(),
            NodeValue::Emph => EmphElem::new(self.inlines(node, depth)).pack(),
            NodeValue::Strong => StrongElem::new(self.inlines(node, depth)).pack(),
            NodeValue::Strikethrough => StrikeElem::new(self.inlines(node, depth)).pack(),
            NodeValue::Code(code) => RawElem::new(RawContent::Text(code.literal.into())).pack(),
            NodeValue::HtmlInline(html) => RawElem::new(RawContent::Text(html.into())).pack(),
            NodeValue::Link(target) => self.link(node, &target.url, depth),
            NodeValue::Image(target) => {
                let alt = alt_text(node);
                match self.context.images.image(&target.url, &alt, self.context.span) {
                    Some(image) if node.parent().is_some_and(is_picture) => image,
                    Some(image) => BoxElem::new().with_body(Some(image)).pack(),
                    None => TextElem::packed(alt),
                }
            }
            NodeValue::FootnoteReference(reference) => {
                let Some(definition) = self.footnotes.get(&reference.name).copied() else {
                    return Content::empty();
                };
                // Each reference carries the note: a text may stand in the report twice, and
                // labels may not. A note that refers to a note is cut at the depth limit.
                if depth > MAX_DEPTH {
                    return Content::empty();
                }
                FootnoteElem::with_content(self.blocks(definition, MAX_DEPTH - 2)).pack()
            }
            _ => self.inlines(node, depth),
        };
        self.span(content)
    }

    fn text(&self, text: &str) -> Content {
        let pieces = citation::split(text).into_iter().map(|piece| match piece {
            Piece::Text(text) => self.words(text),
            Piece::Citation(keys) => {
                self.citation(&keys.into_iter().map(|(key, _)| key).collect::<Vec<_>>())
            }
        });
        self.span(Content::sequence(pieces.collect::<Vec<_>>()))
    }

    /// Words, those of terms that are used for the first time as links.
    fn words(&self, text: &str) -> Content {
        let terms = self.context.terms.filter(|_| !self.is_plain);
        let found = terms.map(|terms| terms.find(text)).unwrap_or_default();
        let mut parts = Vec::new();
        let mut done = 0;
        for (range, label) in found {
            parts.extend(text.get(done..range.start).map(lines));
            let words = text.get(range.clone()).map(lines).unwrap_or_default();
            let link = LinkElem::new(LinkTarget::Label(label), words).pack();
            parts.push(self.span(marked(link, TERM_USE)));
            done = range.end;
        }
        parts.extend(text.get(done..).map(lines));
        Content::sequence(parts)
    }

    /// The numbers of the cited sources; a key that has none comes last, as it is.
    fn citation(&self, keys: &[&str]) -> Content {
        let targets = keys.iter().filter_map(|key| self.context.citations.get(*key));
        let labels: BTreeMap<usize, Option<Label>> =
            targets.map(|target| (target.number, target.label)).collect();
        let shown = |number: usize| {
            let text = TextElem::packed(number.to_string());
            match labels.get(&number).copied().flatten() {
                Some(label) => self.span(LinkElem::new(LinkTarget::Label(label), text).pack()),
                None => text,
            }
        };
        let runs = citation::runs(labels.keys().copied(), self.context.collapses);
        let numbers = runs.into_iter().map(|(first, last)| match first == last {
            true => shown(first),
            false => Content::sequence([shown(first), TextElem::packed("–"), shown(last)]),
        });
        let unknown = keys.iter().filter(|key| !self.context.citations.contains_key(**key));
        let mut parts = vec![TextElem::packed("[")];
        for (index, part) in numbers.chain(unknown.map(|key| TextElem::packed(*key))).enumerate() {
            if index > 0 {
                parts.push(TextElem::packed(", "));
            }
            parts.push(part);
        }
        parts.push(TextElem::packed("]"));
        Content::sequence(parts)
    }

    fn link(&mut self, node: Node<'a>, url: &str, depth: usize) -> Content {
        let body = self.plainly(|writer| writer.inlines(node, depth));
        let target = match link(url) {
            Link::Url(url) => Url::new(url).ok().map(|url| LinkTarget::Dest(Destination::Url(url))),
            Link::Case(id) => (self.context.cases)(id).map(LinkTarget::Label),
            Link::Forbidden => None,
        };
        match target {
            Some(target) => LinkElem::new(target, body).pack(),
            None => body,
        }
    }

    /// Only the words below a node, without recursion.
    fn plain(&self, parent: Node<'a>) -> Content {
        TextElem::packed(alt_text(parent))
    }
}

/// What goes on with a text: more text, or its next line.
fn run_on(node: Node<'_>) -> Option<String> {
    match &node.data.borrow().value {
        NodeValue::Text(text) => Some(text.to_string()),
        NodeValue::SoftBreak => Some("\n".to_owned()),
        _ => None,
    }
}

/// A content with a label for templates to know it by, to which nothing leads.
fn marked(content: Content, name: &str) -> Content {
    match label(name) {
        Some(label) => content.labelled(label),
        None => content,
    }
}

/// Lines of text, which run on.
fn lines(text: &str) -> Content {
    let mut parts = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            parts.push(SpaceElem::shared().clone());
        }
        if !line.is_empty() {
            parts.push(TextElem::packed(line));
        }
    }
    Content::sequence(parts)
}

/// Whether a paragraph holds one picture and nothing else.
fn is_picture(node: Node<'_>) -> bool {
    let mut children = node.children();
    let only = children.next().filter(|_| children.next().is_none());
    only.is_some_and(|child| matches!(child.data.borrow().value, NodeValue::Image(_)))
}

/// The words below a node, without recursion.
fn alt_text(parent: Node<'_>) -> String {
    let mut words = String::new();
    for node in parent.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// The words of a text's first heading that stands in no list or quotation.
pub fn title(text: &str) -> Option<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    let is_heading = |node: &Node<'_>| matches!(node.data.borrow().value, NodeValue::Heading(_));
    root.children().find(is_heading).map(alt_text)
}

/// A label by name; none if the name is empty.
pub fn label(name: &str) -> Option<Label> {
    Label::new(PicoStr::intern(name))
}

/// The bytes of a picture as content.
pub fn image_content(bytes: Bytes, alt: &str, span: Span) -> Content {
    use typst::foundations::Derived;
    use typst::loading::{DataSource, LoadSource, Loaded};
    use typst::syntax::Spanned;
    use typst::visualize::ImageElem;
    let loaded = Loaded::new(Spanned::new(LoadSource::Bytes, span), bytes.clone());
    let image = ImageElem::new(Derived::new(DataSource::Bytes(bytes), loaded));
    // An empty alternative stays unset, so that the export can refuse it with its place.
    let image = if alt.is_empty() { image } else { image.with_alt(Some(alt.into())) };
    image.pack().spanned(span)
}
