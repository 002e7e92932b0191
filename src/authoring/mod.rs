//! Owns what contributors are handed: blank submissions, the guide to the form, a form to fill in, and
//! a form on GitHub.
//!
//! Everything is made of the questions of a form, whichever form that is.

mod blank;
mod comment;
mod guide;
mod issue_form;
mod markup;
mod starter;
mod webform;
mod words;

pub use self::blank::{Blank, Given};
pub use self::guide::{Guide, html, markdown};
pub use self::issue_form::issue_form;
pub use self::starter::{
    BLANK_PATH, CASE_SCHEMA_PATH, GUIDE_PATH, ISSUE_FORM_PATH, MANIFEST_SCHEMA_PATH, Starter,
};
pub use self::webform::{WebForm, web_form};
