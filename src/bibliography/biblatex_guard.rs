//! Owns the limits that a BibLaTeX file is held to before its fields are read.
//!
//! Fields are read by recursion, abbreviations refer to one another, and entries take over the fields
//! of others. A hostile file could make any of these endless; so each is measured first.

use std::collections::{BTreeMap, BTreeSet};

use biblatex::{Pair, RawBibliography, RawChunk, RawEntry};

use super::diags::Broken;

/// How deep braces may be nested.
const DEEPEST: usize = 24;

/// How many bytes all fields may have once abbreviations and references are written out.
const MOST_BYTES: usize = 16 << 20;

/// Takes a file apart, if nothing in it is out of bounds.
pub(super) fn guard(
    text: &str,
    most_entries: usize,
    largest_entry: usize,
) -> Result<RawBibliography<'_>, Broken> {
    if let Some(at) = too_deep(text) {
        return Err(Broken::TooDeep { at, deepest: DEEPEST });
    }
    let raw = RawBibliography::parse(text).map_err(|error| Broken::syntax(&error))?;
    if let Some(beyond) = raw.entries.get(most_entries) {
        return Err(Broken::TooMany { at: beyond.v.key.span.clone(), most: most_entries });
    }
    let sizes = abbreviations(&raw)?;
    let mut by_key: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sum = 0;
    for entry in &raw.entries {
        let size = size_of(&entry.v, &sizes);
        if size > largest_entry {
            let key = entry.v.key.v.to_owned();
            let at = entry.v.key.span.clone();
            return Err(Broken::TooLarge { key, at, most: largest_entry });
        }
        sum += size;
        by_key.insert(entry.v.key.v, size);
    }
    references(&raw, &by_key, sum)?;
    Ok(raw)
}

/// Where braces are nested too deeply, escaped ones counted too.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
    }
    None
}

/// How long the text of each abbreviation is. One may use those before it and no other, so that none
/// ever leads back to itself.
fn abbreviations<'s>(raw: &RawBibliography<'s>) -> Result<BTreeMap<&'s str, usize>, Broken> {
    let names = raw.abbreviations.iter().map(|pair| pair.key.v);
    let all: BTreeSet<&str> = names.collect();
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in &raw.abbreviations {
        let (name, at) = (pair.key.v, pair.key.span.clone());
        let mut size = 0_usize;
        for chunk in &pair.value.v {
            size += match chunk.v {
                RawChunk::Normal(text) => text.len(),
                RawChunk::Abbreviation(used) => match sizes.get(used) {
                    Some(size) => *size,
                    None if all.contains(used) => {
                        return Err(Broken::Circle { name: name.to_owned(), at });
                    }
                    // The name of a month, or what the reader will say that it does not know.
                    None => used.len(),
                },
            };
        }
        if size > MOST_BYTES {
            return Err(Broken::TooMuch { at });
        }
        if sizes.insert(name, size).is_some() {
            return Err(Broken::Circle { name: name.to_owned(), at });
        }
    }
    Ok(sizes)
}

/// How long an entry is with its abbreviations written out.
fn size_of(entry: &RawEntry<'_>, abbreviations: &BTreeMap<&str, usize>) -> usize {
    let chunks = entry.fields.iter().flat_map(|field| &field.value.v);
    let size = |chunk: &RawChunk<'_>| match chunk {
        RawChunk::Normal(text) => text.len(),
        RawChunk::Abbreviation(name) => abbreviations.get(name).copied().unwrap_or(name.len()),
    };
    chunks.map(|chunk| size(&chunk.v)).sum()
}

/// Follows what entries take over from others, which goes one step and no further.
fn references(
    raw: &RawBibliography<'_>,
    sizes: &BTreeMap<&str, usize>,
    mut sum: usize,
) -> Result<(), Broken> {
    let refers = |entry: &RawEntry<'_>| fields(entry, &["crossref", "xdata"]).next().is_some();
    let mut referring: BTreeSet<&str> = BTreeSet::new();
    for entry in raw.entries.iter().filter(|entry| refers(&entry.v)) {
        referring.insert(entry.v.key.v);
        for names in fields(&entry.v, &["ids"]) {
            referring.extend(plain_keys(names)?);
        }
    }
    for entry in raw.entries.iter().filter(|entry| refers(&entry.v)) {
        for names in fields(&entry.v, &["crossref", "xdata"]) {
            for key in plain_keys(names)? {
                if referring.contains(key) {
                    let at = names.key.span.clone();
                    return Err(Broken::Circle { name: key.to_owned(), at });
                }
                sum += sizes.get(key).copied().unwrap_or_default();
            }
        }
        if sum > MOST_BYTES {
            return Err(Broken::TooMuch { at: entry.v.key.span.clone() });
        }
    }
    Ok(())
}

/// The fields of an entry that have one of the names.
fn fields<'e, 's>(
    entry: &'e RawEntry<'s>,
    names: &'e [&str],
) -> impl Iterator<Item = &'e Pair<'s>> {
    let is_named = |pair: &&Pair<'_>| names.iter().any(|n| pair.key.v.eq_ignore_ascii_case(n));
    entry.fields.iter().filter(is_named)
}

/// The keys of a field, which must be written out plainly.
fn plain_keys<'s>(pair: &Pair<'s>) -> Result<impl Iterator<Item = &'s str>, Broken> {
    match pair.value.v.as_slice() {
        [chunk] => match chunk.v {
            RawChunk::Normal(text) if !text.contains(['\\', '{', '}', '$', '"']) => {
                Ok(text.split(',').map(str::trim))
            }
            _ => Err(Broken::Hidden { at: pair.key.span.clone() }),
        },
        _ => Err(Broken::Hidden { at: pair.key.span.clone() }),
    }
}
