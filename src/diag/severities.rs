//! Owns the severities that a manifest sets in place of casebook's own.

use std::collections::BTreeMap;

use super::{Code, Severity, Sink};

/// What a working group wants to be told, and how loud: its own severities by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Severities(BTreeMap<Code, Option<Severity>>);

impl Severities {
    /// Reads pairs of a code's name and `error`, `warning`, `info` or `off`.
    ///
    /// Names and words that are not known are left out: the manifest's form tells of them.
    pub fn of<'a>(rules: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let known = rules.into_iter().filter_map(|(name, word)| {
            let code = Code::parse(name).filter(|code| code.is_adjustable())?;
            let severity = match word {
                "error" => Some(Severity::Error),
                "warning" => Some(Severity::Warning),
                "info" => Some(Severity::Info),
                "off" => None,
                _ => return None,
            };
            Some((code, severity))
        });
        Self(known.collect())
    }

    /// Gives diagnostics the severities set here, and drops those that are turned off.
    pub fn apply(&self, sink: &mut Sink) {
        if self.0.is_empty() {
            return;
        }
        sink.retain_mut(|diagnostic| match self.0.get(&diagnostic.code) {
            Some(Some(severity)) => {
                diagnostic.severity = *severity;
                true
            }
            Some(None) => false,
            None => true,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;

    #[test]
    fn a_group_sets_what_may_be_set_and_nothing_else() {
        let rules = [("raw-html", "error"), ("heading-depth", "off"), ("yaml-syntax", "off")];
        let mut sink: Sink = [Code::RawHtml, Code::HeadingDepth, Code::YamlSyntax]
            .into_iter()
            .map(|code| Diagnostic::new(code, "x"))
            .collect();
        Severities::of(rules).apply(&mut sink);
        let left: Vec<_> = sink.iter().map(|d| (d.code, d.severity)).collect();
        assert_eq!(left, [(Code::RawHtml, Severity::Error), (Code::YamlSyntax, Severity::Error)]);
    }
}
