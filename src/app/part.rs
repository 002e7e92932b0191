//! Owns the part: of the cases that may be built, those that filters choose, and what is said of it.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::{ask, diags};
use crate::aggregate::{Corpus, Dimensions, Filter};
use crate::model::{Case, ContentItem, Earlier, Elsewhere, Extent, Part, Report};

/// Keeps the cases of a report that filters choose, without a word about it: data say for themselves
/// what they hold.
///
/// # Errors
///
/// If a filter is not understood, or no case fits.
pub(super) fn keep(report: Report, filters: &[String]) -> Result<Report> {
    if filters.is_empty() {
        return Ok(report);
    }
    let corpus = Corpus::new(&report.cases, dimensions(&report));
    let fits = Filter::choose(&ask::filters(filters, &corpus)?, &corpus);
    let cases = chosen(&report.cases, &fits);
    if cases.is_empty() {
        bail!(diags::nothing_fits(filters));
    }
    Ok(Report { cases, ..report })
}

/// Keeps those of the contents that stand in a report of all cases, or in one of a part.
pub(super) fn keep_contents(report: &mut Report) {
    let extent = if report.part.is_some() { Extent::Parts } else { Extent::Whole };
    report.manifest.contents.retain(|item| item.only_in().is_none_or(|only| only == extent));
}

/// The cases of a report, to take one part after the other from.
pub(super) struct Whole {
    /// The cases that the report may speak of.
    cases: Vec<Case>,
    /// Those among them that are in a part at all, by position.
    kept: Vec<bool>,
    /// What they were chosen by, as far as the report may tell.
    filters: Vec<Filter>,
    /// The edition before, with the cases that would be in a part at all.
    earlier: Option<Earlier>,
    /// What stands in the reports of all cases and of parts.
    contents: Vec<ContentItem>,
}

impl Whole {
    /// Takes the cases out of a report, and looks which of them filters choose.
    ///
    /// # Errors
    ///
    /// If a filter is not understood, or no case fits.
    pub(super) fn of(report: &mut Report, filters: &[String]) -> Result<Self> {
        let mut cases = std::mem::take(&mut report.cases);
        let dimensions = dimensions(report);
        let mut read = ask::filters(filters, &Corpus::new(&cases, dimensions))?;
        let earlier =
            report.earlier.as_ref().map(|earlier| earlier_part(earlier, &read, dimensions));
        if report.draft.is_none() {
            // No reader shall learn which cases the editors did not take, nor how many.
            let (private, public): (Vec<_>, Vec<_>) =
                read.into_iter().partition(Filter::is_private);
            let fits = Filter::choose(&private, &Corpus::new(&cases, dimensions));
            cases = chosen(&cases, &fits);
            read = public;
        }
        let kept = Filter::choose(&read, &Corpus::new(&cases, dimensions));
        if !kept.contains(&true) {
            bail!(diags::nothing_fits(filters));
        }
        let contents = std::mem::take(&mut report.manifest.contents);
        report.earlier = None;
        Ok(Self { cases, kept, filters: read, earlier, contents })
    }

    /// The cases that are in a part at all.
    pub(super) fn kept(&self) -> Vec<Case> {
        chosen(&self.cases, &self.kept)
    }

    /// Puts the cases of one part back into the report: those kept that a filter chooses too.
    pub(super) fn put_part(&self, report: &mut Report, filter: Option<&Filter>) {
        let dimensions = dimensions(report);
        let corpus = Corpus::new(&self.cases, dimensions);
        let wanted = filter.map_or(&[][..], std::slice::from_ref);
        let of_filter = Filter::choose(wanted, &corpus);
        let earlier = self.earlier.as_ref();
        let earlier = earlier.map(|earlier| earlier_part(earlier, wanted, dimensions));
        let fits: Vec<bool> =
            self.kept.iter().zip(of_filter).map(|(kept, fits)| *kept && fits).collect();
        // However they were asked for, the same choices are told in the same way.
        let mut filters: Vec<&Filter> = self.filters.iter().chain(filter).collect();
        filters.sort_by_key(|filter| filter.place());
        let mut choices = Vec::new();
        for choice in filters.iter().map(|filter| filter.choice(dimensions)) {
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        let cases = chosen(&self.cases, &fits);
        report.part = (!choices.is_empty()).then(|| Part {
            choices,
            of: self.cases.len(),
            elsewhere: self.elsewhere(&fits, &cases),
        });
        report.cases = cases;
        report.earlier = earlier;
        report.manifest.contents = self.contents.clone();
        keep_contents(report);
    }

    /// The cases that others refer to and that are not among them, by id.
    fn elsewhere(&self, fits: &[bool], cases: &[Case]) -> BTreeMap<String, Elsewhere> {
        let others: BTreeMap<&str, &Case> = (self.cases.iter().zip(fits))
            .filter(|(_, fits)| !**fits)
            .map(|(case, _)| (case.id.as_str(), case))
            .collect();
        let known = |id: &String| {
            let case = others.get(id.as_str())?;
            Some(Elsewhere { title: case.title.clone(), language: case.language.clone() })
        };
        let referred = cases.iter().flat_map(|case| &case.related);
        referred.filter_map(|id| Some((id.clone(), known(id)?))).collect()
    }
}

/// The edition before with those of its cases that filters choose. What is a value is for this edition to
/// say.
fn earlier_part(earlier: &Earlier, filters: &[Filter], dimensions: Dimensions<'_>) -> Earlier {
    let fits = Filter::choose(filters, &Corpus::new(&earlier.cases, dimensions));
    Earlier { cases: chosen(&earlier.cases, &fits), ..earlier.clone() }
}

/// What the manifest says of facets.
fn dimensions(report: &Report) -> Dimensions<'_> {
    Dimensions::of(&report.manifest, &report.regions)
}

/// The cases that fit, by position.
fn chosen(cases: &[Case], fits: &[bool]) -> Vec<Case> {
    cases.iter().zip(fits).filter(|(_, fits)| **fits).map(|(case, _)| case.clone()).collect()
}
