//! Owns HTML that strayed into the answers of a survey: its tags become marks of Markdown, or go.

/// The longest tag that is looked for, in bytes: a bracket that nothing closes is a bracket.
const LONGEST_TAG: usize = 2_000;

/// Tags that are taken for tags. `<y>` may be anything.
const KNOWN: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "o:p",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// A text without tags. With `marks`, bold and slanted words and links become Markdown.
pub(super) fn without_tags(text: &str, marks: bool) -> String {
    let mut out = Out { text: String::with_capacity(text.len()), marks, links: Vec::new() };
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((letter, length)) = entity(rest) {
            out.text.push(letter);
            rest = &rest[length..];
        } else if let Some((tag, length)) = tag(rest) {
            rest = &rest[length..];
            match tag.name.as_str() {
                // What these hold is for browsers.
                "script" | "style" | "head" if !tag.closes => {
                    let end = format!("</{}", tag.name);
                    let end = rest.find(&end).or_else(|| rest.find(&end.to_uppercase()));
                    rest = end.map_or("", |end| &rest[end..]);
                }
                _ => out.tag(&tag),
            }
        } else {
            let mark = usize::from(!rest.is_empty());
            out.text.push_str(&rest[..mark]);
            rest = &rest[mark..];
        }
    }
    out.text.push_str(rest);
    out.text
}

struct Out {
    text: String,
    marks: bool,
    /// The addresses of the links that are open.
    links: Vec<Option<String>>,
}

impl Out {
    fn tag(&mut self, tag: &Tag<'_>) {
        match (tag.name.as_str(), tag.closes) {
            ("br", _) => self.text.push('\n'),
            ("li", false) => self.text.push_str("\n- "),
            ("li", true) => {}
            ("td" | "th", true) => self.text.push(' '),
            ("tr", true) => self.text.push('\n'),
            ("strong" | "b", closes) => self.mark("**", closes),
            ("em" | "i", closes) => self.mark("*", closes),
            ("a", false) => {
                let address = tag.address().filter(|_| self.marks);
                self.text.push_str(if address.is_some() { "[" } else { "" });
                self.links.push(address);
            }
            ("a", true) => {
                if let Some(Some(address)) = self.links.pop() {
                    self.text.push_str(&format!("]({address})"));
                }
            }
            ("p" | "div" | "blockquote" | "table" | "hr" | "pre", _) => self.text.push_str("\n\n"),
            ("ul" | "ol", _) => self.text.push_str("\n\n"),
            (name, _) if name.starts_with('h') && name.len() == 2 => self.text.push_str("\n\n"),
            _ => {}
        }
    }

    /// Marks words. Between the marks and the words there may be no space.
    fn mark(&mut self, mark: &str, closes: bool) {
        if !self.marks {
            return;
        }
        if !closes {
            self.text.push_str(mark);
            return;
        }
        let end = self.text.trim_end().len();
        let Some(begin) = self.text[..end].rfind(mark) else { return };
        let words = self.text[begin + mark.len()..end].trim_start();
        let space = if self.text[end..].is_empty() { "" } else { " " };
        let marked = match words {
            "" => String::new(),
            words => format!("{mark}{words}{mark}{space}"),
        };
        self.text.truncate(begin);
        self.text.push_str(&marked);
    }
}

struct Tag<'t> {
    name: String,
    closes: bool,
    attributes: &'t str,
}

impl Tag<'_> {
    /// The address of a link, if it is one that a report may lead to.
    fn address(&self) -> Option<String> {
        let (_, rest) = self.attributes.split_once("href=")?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (address, _) = rest[1..].split_once(quote)?;
        let address = without_tags(address, false);
        let leads =
            ["http://", "https://", "mailto:"].iter().any(|begin| address.starts_with(begin));
        (leads
            && !address.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>')))
        .then_some(address)
    }
}

/// The tag at the start of a text, and its length.
fn tag(text: &str) -> Option<(Tag<'_>, usize)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.bytes().take(LONGEST_TAG).position(|byte| matches!(byte, b'>' | b'<'))?;
    let inner = inside.get(..end).filter(|_| inside.as_bytes().get(end) == Some(&b'>'))?;
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inner.strip_suffix('/').unwrap_or(inner)),
    };
    let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let name = name.to_ascii_lowercase();
    KNOWN.contains(&name.as_str()).then_some((Tag { name, closes, attributes }, end + 2))
}

/// The letter that an entity at the start of a text stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix('&')?;
    let end = inside.bytes().take(10).position(|byte| byte == b';')?;
    let name = inside.get(..end)?;
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
        None => named(name)?,
    };
    Some((letter, end + 2))
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "middot" => '·',
        "euro" => '€',
        "pound" => '£',
        "deg" => '°',
        "times" => '×',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "aring" => 'å',
        "Aring" => 'Å',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "oslash" => 'ø',
        "aelig" => 'æ',
        _ => return None,
    })
}
