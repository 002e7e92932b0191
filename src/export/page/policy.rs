//! Owns the Content Security Policy of web pages: what a browser may load and run for them.
//!
//! Texts cannot become markup to begin with. Should that ever fail, the browser still runs nothing that
//! casebook did not put there, and asks no other machine for anything.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use typst_html::{HtmlAttr, HtmlElement, attr, tag};

/// The attribute that says what a `meta` element stands for among the fields of HTTP.
const HTTP_EQUIV: HtmlAttr = HtmlAttr::constant("http-equiv");

/// Where the files of a page may come from: beside it on its server, or beside it on a disk, where not
/// every browser takes a neighbour for the page's own.
const BESIDE: &str = "'self' file:";

/// How deep the children of a page's head stand, where the lines of a style sheet stand one deeper.
const HEAD_DEPTH: usize = 2;

/// What one page may load and run.
#[derive(Debug, Default)]
pub(super) struct Policy {
    /// The digest of the style sheet in the page, if it is not in a file of its own.
    style: Option<String>,
    /// The digest of the script in the page.
    script: Option<String>,
}

impl Policy {
    /// Lets a style sheet in the head of the page apply.
    pub(super) fn allow_style(&mut self, css: &str) {
        self.style = Some(digest(&as_written(css)));
    }

    /// Lets a module in the page run. Typst writes its text as it is.
    pub(super) fn allow_module(&mut self, code: &str) {
        self.script = Some(digest(code));
    }

    /// The policy as the page states it.
    pub(super) fn element(&self) -> HtmlElement {
        HtmlElement::new(tag::meta)
            .with_attr(HTTP_EQUIV, "Content-Security-Policy")
            .with_attr(attr::content, self.to_string())
    }
}

impl std::fmt::Display for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "default-src 'none'; ")?;
        match &self.style {
            // A page that holds its own style sheet needs no file at all.
            Some(style) => {
                write!(f, "style-src {style}; ")?;
                if let Some(script) = &self.script {
                    write!(f, "script-src {script}; ")?;
                }
                write!(f, "img-src data:; ")?;
            }
            None => {
                write!(f, "style-src {BESIDE}; script-src {BESIDE}; img-src {BESIDE} data:; ")?;
            }
        }
        write!(f, "base-uri 'none'; form-action 'none'")
    }
}

/// A source that lets exactly one text through.
fn digest(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// A style sheet as Typst writes it into the head of a page: each line is indented.
fn as_written(css: &str) -> String {
    let mut out = String::with_capacity(css.len() + css.len() / 8);
    for line in css.lines() {
        out.push('\n');
        out.push_str(&"  ".repeat(HEAD_DEPTH + 1));
        out.push_str(line);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(HEAD_DEPTH));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_allows_what_it_has() {
        let linked = Policy::default().to_string();
        assert!(linked.starts_with("default-src 'none'; style-src 'self' file:; script-src"));
        let mut inline = Policy::default();
        inline.allow_style("a {}\nb {}");
        // printf '\n      a {}\n      b {}\n    ' | openssl dgst -sha256 -binary | base64
        let allowed =
            "style-src 'sha256-Z27OR4sTNW2ADWvdIih8NUoaK+RPQZ//DXoCRlq+7C4='; img-src data:;";
        assert!(inline.to_string().contains(allowed), "{inline}");
        assert!(!inline.to_string().contains("script-src"), "{inline}");
        inline.allow_module("a()\n");
        // printf 'a()\n' | openssl dgst -sha256 -binary | base64
        let allowed = "; script-src 'sha256-78Mb6dlYKSr4lLcPgR39KSZyUZtZQimBNqLd+C3BhA4='; img-src data:; base-uri";
        assert!(inline.to_string().contains(allowed), "{inline}");
    }
}
