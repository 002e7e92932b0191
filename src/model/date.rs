//! Owns dates that are as exact as people know them: a year, a month or a day.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a date of the right form is none.
pub const NO_SUCH_DAY: &str = "the month has no such day";

/// A year, a month of a year, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year.
    pub year: i32,
    /// The month, from 1, if known.
    pub month: Option<u8>,
    /// The day of the month, from 1, if known.
    pub day: Option<u8>,
}

impl Date {
    /// The first day that the date may mean.
    pub fn first_day(self) -> (i32, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that the date may mean.
    pub fn last_day(self) -> (i32, u8, u8) {
        let month = self.month.unwrap_or(12);
        (self.year, month, self.day.unwrap_or_else(|| days_in(self.year, month)))
    }

    /// The day of a moment, in seconds since the beginning of 1970, in the Gregorian calendar.
    ///
    /// The algorithm is Howard Hinnant's `civil_from_days`
    /// (<https://howardhinnant.github.io/date_algorithms.html>).
    pub fn at(timestamp: i64) -> Option<Self> {
        let shifted = timestamp.div_euclid(86_400).checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let year = i32::try_from(year).ok()?;
        Some(Self { year, month: u8::try_from(month).ok(), day: u8::try_from(day).ok() })
    }

    /// The day after the last that the date may mean.
    pub fn next_day(self) -> Self {
        let (year, month, day) = self.last_day();
        let (year, month, day) = match (month, day) {
            (12, 31) => (year + 1, 1, 1),
            (_, day) if day == days_in(year, month) => (year, month + 1, 1),
            _ => (year, month, day + 1),
        };
        Self { year, month: Some(month), day: Some(day) }
    }
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = &'static str;

    /// Reads `2007`, `2007-05` or `2007-05-10`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected a date such as 2007, 2007-05 or 2007-05-10";
        let mut parts = text.split('-');
        let mut part = |length: usize| -> Result<Option<i32>, Self::Err> {
            let Some(part) = parts.next() else { return Ok(None) };
            let plain = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            if plain { part.parse().map(Some).map_err(|_| EXPECTED) } else { Err(EXPECTED) }
        };
        let year = part(4)?.ok_or(EXPECTED)?;
        let month = part(2)?.map(|month| month as u8);
        let day = part(2)?.map(|day| day as u8);
        if parts.next().is_some() {
            return Err(EXPECTED);
        }
        if month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err("a month is a number from 01 to 12");
        }
        if let (Some(month), Some(day)) = (month, day)
            && !(1..=days_in(year, month)).contains(&day)
        {
            return Err(NO_SUCH_DAY);
        }
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// One date, or two with a slash between: from, to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan {
    /// From, or at.
    pub start: Date,
    /// To, if it is a span.
    pub end: Option<Date>,
}

impl FromStr for TimeSpan {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (start, end) = match text.split_once('/') {
            Some((start, end)) => (start, Some(end.parse()?)),
            None => (text, None),
        };
        Ok(Self { start: start.parse()?, end })
    }
}

impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        self.end.map_or(Ok(()), |end| write!(f, "/{end}"))
    }
}

/// Reads a date type from text, or from the number that a lone year is in YAML.
struct DateVisitor<T>(std::marker::PhantomData<T>);

impl<T: FromStr<Err = &'static str>> Visitor<'_> for DateVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date")
    }

    fn visit_i64<E: Error>(self, year: i64) -> Result<T, E> {
        year.to_string().parse().map_err(E::custom)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

macro_rules! through_text {
    ($type:ty) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(DateVisitor(std::marker::PhantomData))
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

through_text!(Date);
through_text!(TimeSpan);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written_alike() {
        for text in ["2007", "2007-05", "2007-05-10", "2008-02-29"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in ["", "07", "2007-5", "2007-13", "2007-02-29", "2007-05-10-1", "20070510"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert_eq!("2003/2017-01".parse::<TimeSpan>().unwrap().to_string(), "2003/2017-01");
    }

    #[test]
    fn moments_become_dates() {
        for (days, date) in
            [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (20_778, "2026-11-21")]
        {
            assert_eq!(Date::at(days * 86_400).unwrap().to_string(), date);
            assert_eq!(Date::at(days * 86_400 + 86_399).unwrap().to_string(), date);
        }
        assert_eq!(Date::at(i64::MAX), None);
    }

    #[test]
    fn an_unknown_month_or_day_may_be_any() {
        let date: Date = "2008-02".parse().unwrap();
        assert_eq!((date.first_day(), date.last_day()), ((2008, 2, 1), (2008, 2, 29)));
        let year: Date = "2007".parse().unwrap();
        assert_eq!((year.first_day(), year.last_day()), ((2007, 1, 1), (2007, 12, 31)));
    }
}
