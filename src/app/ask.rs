//! Owns questions as they are typed: which facets and which cases are meant, and what is wrong if none.

use anyhow::{Result, bail};

use crate::aggregate::{Corpus, Dimensions, Facet, Filter, FilterError, Order};
use crate::form::nearest;

/// Facets that can be crossed.
const MOST_FACETS: usize = 4;

/// Words that are listed where one of them was meant.
const MOST_WORDS: usize = 30;

/// The longest word that is repeated to the user as it was typed.
const LONGEST: usize = 80;

/// A facet with the name that it was asked for by.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) facet: Facet,
}

/// The facets that names stand for.
///
/// # Errors
///
/// If one is not known or stands twice, or if there are too many.
pub(super) fn facets(names: &[String], dimensions: Dimensions<'_>) -> Result<Vec<Named>> {
    if names.len() > MOST_FACETS {
        bail!("at most {MOST_FACETS} facets can be counted together");
    }
    let mut found: Vec<Named> = Vec::new();
    for name in names {
        let name = name.trim();
        let facet = facet(name, dimensions)?;
        if found.iter().any(|before| before.facet == facet) {
            bail!("the facet `{name}` is asked for twice");
        }
        found.push(Named { name: name.to_owned(), facet });
    }
    Ok(found)
}

/// The facet that a name stands for, by which cases may be counted and shown.
///
/// # Errors
///
/// If it is not known, or private.
pub(super) fn facet(name: &str, dimensions: Dimensions<'_>) -> Result<Facet> {
    let private = || Facet::parse_choice(name, dimensions).is_some_and(Facet::is_private);
    match Facet::parse(name, dimensions) {
        Some(facet) => Ok(facet),
        None if private() => bail!(
            "`{name}` is private: cases are chosen by it, and neither counted nor shown\n  \
             write `--where {name}=VALUE`"
        ),
        None => bail!(no_facet(name, &dimensions.facet_names())),
    }
}

/// The filters that texts stand for.
///
/// # Errors
///
/// If one is no filter, or names a facet or a value that is not known.
pub(super) fn filters(texts: &[String], corpus: &Corpus<'_>) -> Result<Vec<Filter>> {
    let parse = |text: &String| {
        Filter::parse(text, corpus.dimensions())
            .map_err(|error| anyhow::Error::msg(refused(text, &error, corpus)))
    };
    texts.iter().map(parse).collect()
}

/// What is wrong with a filter.
fn refused(text: &str, error: &FilterError, corpus: &Corpus<'_>) -> String {
    let dimensions = corpus.dimensions();
    match error {
        FilterError::Shape => format!(
            "`{}` is no choice of cases\n  \
             write FACET=VALUE, such as theme=telestroke, or FACET!=VALUE",
            cut(text)
        ),
        FilterError::Facet { name } => no_facet(name, &choices(dimensions)),
        FilterError::Value { facet, value, known } => {
            let parsed = Facet::parse_choice(facet, dimensions);
            match parsed {
                Some(Facet::Year) => format!(
                    "`{}` is no year\n  write a year or a span, such as 2010..2015, 2010.. or ..2015",
                    cut(value)
                ),
                Some(parsed) => no_value(facet, value, parsed, known, corpus),
                None => no_facet(facet, &choices(dimensions)),
            }
        }
    }
}

/// Says that a facet has no such value, and which it has.
fn no_value(
    name: &str,
    value: &str,
    facet: Facet,
    known: &[String],
    corpus: &Corpus<'_>,
) -> String {
    let used = corpus.facet_index(facet).values();
    let (values, which) =
        if known.is_empty() { (used, "in use are") } else { (known, "there are") };
    let titles: Vec<String> =
        values.iter().map(|value| facet.title(value, corpus.dimensions())).collect();
    let words = values.iter().chain(&titles).map(String::as_str);
    let meant = did_you_mean(value, words);
    let listed = listed(values.iter().map(String::as_str));
    let shown = cut(value);
    if listed.is_empty() {
        return format!("there is no {name} `{shown}`{meant}");
    }
    format!("there is no {name} `{shown}`{meant}\n  {which} {listed}")
}

/// The names of all facets that cases can be chosen by.
fn choices(dimensions: Dimensions<'_>) -> Vec<String> {
    let private = Facet::PRIVATE.iter().map(|facet| facet.name(dimensions).into_owned());
    dimensions.facet_names().into_iter().chain(private).collect()
}

/// Says that there is no such facet, and which there are.
fn no_facet(name: &str, names: &[String]) -> String {
    let meant = did_you_mean(name, names.iter().map(String::as_str));
    let all = names.join(", ");
    format!("there is no facet `{}`{meant}\n  the facets are {all}", cut(name))
}

/// Says that a facet has no volume of a value, and which it has.
pub(super) fn no_volume(name: &str, value: &str, values: &[&str]) -> String {
    let meant = did_you_mean(value, values.iter().copied());
    let listed = listed(values.iter().copied());
    format!("there is no volume of {name} `{}`{meant}\n  there are {listed}", cut(value))
}

/// Says that cases cannot be ordered by a word, and what they can be ordered by.
pub(super) fn no_order(word: &str, dimensions: Dimensions<'_>) -> String {
    let name = word.trim();
    let name = name.strip_prefix('-').unwrap_or(name);
    let names = Order::names(dimensions);
    let meant = did_you_mean(name, names.iter().map(String::as_str));
    let all = names.join(", ");
    format!("cases cannot be ordered by `{}`{meant}\n  they can by {all}", cut(name))
}

/// A question for the word that was probably meant, to stand behind a sentence.
fn did_you_mean<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    let meant = nearest(word, words);
    meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

/// The first of many words.
fn listed<'a>(words: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = words.len().saturating_sub(MOST_WORDS);
    let mut listed = words.take(MOST_WORDS).map(cut).collect::<Vec<_>>().join(", ");
    if more > 0 {
        listed.push_str(&format!(" and {more} more"));
    }
    listed
}

/// The beginning of a text that somebody typed.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
