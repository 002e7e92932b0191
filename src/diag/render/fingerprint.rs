//! Owns what a diagnostic is known by from run to run, wherever its lines move to.

use std::collections::BTreeMap;
use std::fmt;

use super::Findings;
use crate::diag::Diagnostic;

/// What a diagnostic is known by: its code, file and node, and its number among those that share
/// them. No line or word of a message is part of it, so it stays when other things change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint {
    hash: u64,
    /// Counts from 1.
    pub(super) number: usize,
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}:{}", self.hash, self.number)
    }
}

/// The fingerprints given in one run; no two are the same, for the number tells them apart.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    given: BTreeMap<u64, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next diagnostic of a run.
    pub(super) fn next(&mut self, diagnostic: &Diagnostic, findings: &Findings<'_>) -> Fingerprint {
        let path = match (&diagnostic.primary, &diagnostic.path) {
            (Some(label), _) => findings.sources.get(label.location.source).path(),
            (None, path) => path.as_deref().unwrap_or_default(),
        };
        let pointer = diagnostic.pointer.as_deref().unwrap_or_default();
        let hash = fnv1a([diagnostic.code.as_str(), path, pointer]);
        let number = self.given.entry(hash).or_default();
        *number += 1;
        Fingerprint { hash, number: *number }
    }
}

/// FNV-1a with 64 bits over texts and an end mark after each: the same on every machine, for ever.
fn fnv1a<const N: usize>(texts: [&str; N]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // The published values for "" and "a", one step further: the end mark is a zero byte.
        let step = |hash: u64| hash.wrapping_mul(0x0000_0100_0000_01b3);
        assert_eq!(fnv1a([""]), step(0xcbf2_9ce4_8422_2325));
        assert_eq!(fnv1a(["a"]), step(0xaf63_dc4c_8601_ec8c));
        assert_ne!(fnv1a(["ab", "c"]), fnv1a(["a", "bc"]));
    }
}
