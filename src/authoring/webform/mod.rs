//! Owns the form to fill in: one page of HTML, mailed to contributors, that saves case files.

mod conditions;
mod page;
mod policy;
mod questions;
mod regions;

pub use self::page::web_form;

use crate::form::Questionnaire;

/// What the page is made of.
#[derive(Debug)]
pub struct WebForm<'a> {
    /// The report that the cases are for, if there is a casebook.
    pub report: Option<&'a str>,
    /// What the form asks.
    pub questionnaire: &'a Questionnaire,
    /// Codes and names of the regions that may be named, where the form does not list them.
    pub regions: Vec<(String, String)>,
    /// Keys of the sources that the casebook itself brings along.
    pub library: Vec<String>,
}
