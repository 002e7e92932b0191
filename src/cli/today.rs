//! Owns the one look at the clock: the day on which a casebook is begun, which its manifest keeps.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use super::build::source_date_epoch;
use crate::model::Date;

/// The day of SOURCE_DATE_EPOCH, else today.
pub(super) fn today() -> Result<String> {
    let now = || {
        let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(passed.as_secs()).unwrap_or_default()
    };
    let timestamp = source_date_epoch()?.unwrap_or_else(now);
    let date = Date::at(timestamp).context("SOURCE_DATE_EPOCH is out of all calendars")?;
    Ok(date.to_string())
}
