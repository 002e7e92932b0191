//! Owns the reading of dates that were written in another way than the form asks.

use crate::model::Date;

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The date that a text surely means, as the form writes it; none if there is more than one reading.
///
/// `5/2007`, `05.2007`, `2007/5`, `May 2007` are 2007-05; `10.5.2007` is 2007-05-10, for points part
/// day, month and year; `10/05/2007` may be October or May and stays what it is.
pub fn meant_date(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str| -> Option<u32> {
        (part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let is_year = |part: &str| part.len() == 4 && number(part).is_some();
    let month_name = |part: &str| -> Option<u32> {
        let at = MONTHS.iter().position(|name| part.len() >= 3 && name.starts_with(part))?;
        u32::try_from(at + 1).ok()
    };
    let written = match parts.as_slice() {
        [year] if is_year(year) => (*year).to_owned(),
        [year, month] if is_year(year) => {
            format!("{year}-{:02}", number(month).or_else(|| month_name(month))?)
        }
        [month, year] if is_year(year) => {
            format!("{year}-{:02}", number(month).or_else(|| month_name(month))?)
        }
        [year, month, day] if is_year(year) => {
            format!(
                "{year}-{:02}-{:02}",
                number(month).or_else(|| month_name(month))?,
                number(day)?
            )
        }
        [first, second, year] if is_year(year) => {
            let (day, month) = match (month_name(first), month_name(second)) {
                (Some(month), None) => (number(second)?, month),
                (None, Some(month)) => (number(first)?, month),
                (None, None) => {
                    let (day, month) = (number(first)?, number(second)?);
                    // Slashes and hyphens part months and days in both orders.
                    let one_reading = text.contains('.') || day > 12 || day == month;
                    if !one_reading {
                        return None;
                    }
                    (day, month)
                }
                (Some(_), Some(_)) => return None,
            };
            format!("{year}-{month:02}-{day:02}")
        }
        _ => return None,
    };
    let date: Date = written.parse().ok()?;
    ((1900..=2100).contains(&date.year) && written != text).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_one_reading_are_read() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(meant_date(text).as_deref(), expected, "{text}");
        };
        check("5/2007", Some("2007-05"));
        check("05.2007", Some("2007-05"));
        check("2007/5", Some("2007-05"));
        check("2007-5", Some("2007-05"));
        check("2007-5-3", Some("2007-05-03"));
        check("May 2007", Some("2007-05"));
        check("10 May 2007", Some("2007-05-10"));
        check("May 10, 2007", Some("2007-05-10"));
        check("10.5.2007", Some("2007-05-10"));
        check("31/05/2007", Some("2007-05-31"));
        check("10/05/2007", None);
        check("5.5/2007", Some("2007-05-05"));
        check("spring", None);
        check("spring 2007", None);
        check("30.2.2007", None);
        check("13/2007", None);
        check("2007-05", None);
        check("5/07", None);
        check("ma 2007", None);
        check("", None);
    }
}
