//! Owns the words of the form: what a scope, a status, an outcome and the like can be.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// All of them, in the form's order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word in the form.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// How far a case reaches.
    Scope {
        /// A town or a hospital.
        Local = "local",
        /// A region.
        Regional = "regional",
        /// A country.
        National = "national",
        /// More than one country.
        CrossBorder = "cross-border",
    }
}

words! {
    /// Where a case stands.
    Status {
        /// Not begun.
        Planned = "planned",
        /// A trial or a project of limited time, running or ended.
        Pilot = "pilot",
        /// In everyday use.
        Operational = "operational",
        /// Given up.
        Discontinued = "discontinued",
        /// Replaced by something else.
        Superseded = "superseded",
    }
}

words! {
    /// How far a case has come with the editors.
    ReviewState {
        /// Still being written.
        Draft = "draft",
        /// Handed in.
        Submitted = "submitted",
        /// Taken into the report.
        Accepted = "accepted",
        /// Not taken into the report.
        Declined = "declined",
    }
}

words! {
    /// What came of a case.
    Outcome {
        /// It did what it was meant to do.
        Success = "success",
        /// Partly.
        Mixed = "mixed",
        /// It was measured, and no difference was found.
        NoEffect = "no-effect",
        /// It did not do what it was meant to do, or was stopped.
        Failed = "failed",
        /// It cannot be told.
        TooEarly = "too-early",
    }
}

words! {
    /// What an organisation does in a case.
    Role {
        /// Leads it.
        Lead = "lead",
        /// Takes part in it.
        Partner = "partner",
        /// Sells to it.
        Supplier = "supplier",
        /// Pays for it.
        Funder = "funder",
    }
}

words! {
    /// The strongest study behind the results.
    EvidenceLevel {
        /// A randomised trial.
        Randomised = "randomised",
        /// A comparison group, not randomised.
        Controlled = "controlled",
        /// Before and after.
        BeforeAfter = "before-after",
        /// An observational study.
        Observational = "observational",
        /// A public auditor or an independent review.
        Audit = "audit",
        /// A survey.
        Survey = "survey",
        /// Figures of use, reports.
        Descriptive = "descriptive",
        /// Nothing.
        None = "none",
    }
}

words! {
    /// How a source words a number that is not exact.
    Qualifier {
        /// About the number.
        About = "about",
        /// More than the number.
        Over = "over",
        /// Less than the number.
        Under = "under",
        /// The number or more.
        AtLeast = "at-least",
        /// The number or less.
        UpTo = "up-to",
        /// A little less than the number.
        Nearly = "nearly",
    }
}

words! {
    /// How far a case meets an item of a checklist.
    ItemState {
        /// The fields that it asks for are filled in.
        Met = "met",
        /// Fields that answer a part of it are filled in.
        Partly = "partly",
        /// The case says why it is left out.
        Explained = "explained",
        /// It is not there.
        Missing = "missing",
        /// The group does not ask for it.
        NotApplicable = "not-applicable",
    }
}
