//! Owns sheets: tables whose columns say their name, their meaning, their type and their values at once.

use crate::export::csv;
use crate::model::Figure;

/// A date as exact as people know it: a year, a month or a day.
pub(super) const DATE: &str = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?";

/// A table as a file, with what describes it.
pub(super) struct Sheet {
    pub(super) about: About,
    pub(super) fields: Vec<Field>,
    /// The file.
    pub(super) bytes: Vec<u8>,
}

/// What a table is.
pub(super) struct About {
    /// Its name; that of its file without `.csv`.
    pub(super) name: &'static str,
    /// What a row of it is.
    pub(super) title: &'static str,
    /// The columns that tell its rows apart, if any do.
    pub(super) key: &'static [&'static str],
    /// Whether its column `case` holds an id of `cases.csv`.
    pub(super) of_cases: bool,
}

/// What is known of a column before any row is.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) kind: Kind,
    /// Whether no cell is empty.
    pub(super) required: bool,
    /// Whether no two cells are the same.
    pub(super) unique: bool,
    /// The words that a cell can be, if there are no others.
    pub(super) words: Vec<&'static str>,
    /// What every cell looks like, as a regular expression.
    pub(super) pattern: Option<&'static str>,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Several texts in a cell.
    List,
    Integer,
    Number,
    Boolean,
}

/// A column of a table whose rows are made of an `R` each.
pub(super) struct Column<'a, R> {
    pub(super) field: Field,
    cell: Box<dyn Fn(&R) -> String + 'a>,
}

impl Sheet {
    /// Fills the columns of a table.
    pub(super) fn of<R>(
        about: About,
        columns: Vec<Column<'_, R>>,
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        let header = columns.iter().map(|column| column.field.name.as_str());
        let cells = |row: R| columns.iter().map(|column| (column.cell)(&row)).collect();
        let bytes = csv::file(header, rows.into_iter().map(cells));
        Self { about, fields: columns.into_iter().map(|column| column.field).collect(), bytes }
    }

    /// The name of the file.
    pub(super) fn file(&self) -> String {
        format!("{}.csv", self.about.name)
    }
}

impl<'a, R> Column<'a, R> {
    /// A column of texts, without the spaces at their ends.
    pub(super) fn text<T: AsRef<str>>(
        name: impl Into<String>,
        description: impl Into<String>,
        get: impl Fn(&R) -> Option<T> + 'a,
    ) -> Self {
        Self::new(name, description, Kind::Text, move |row| {
            get(row).map_or_else(String::new, |text| csv::cell(text.as_ref().trim()))
        })
    }

    /// A column of lists of texts, without the spaces at their ends.
    pub(super) fn list<T: AsRef<str>>(
        name: impl Into<String>,
        description: impl Into<String>,
        get: impl Fn(&R) -> Vec<T> + 'a,
    ) -> Self {
        Self::new(name, description, Kind::List, move |row| {
            let entries = get(row);
            let entries = entries.iter().map(|entry| entry.as_ref().trim());
            csv::cell(&csv::list(entries.filter(|entry| !entry.is_empty())))
        })
    }

    /// A column of whole numbers.
    pub(super) fn integer<T: TryInto<i64>>(
        name: impl Into<String>,
        description: impl Into<String>,
        get: impl Fn(&R) -> Option<T> + 'a,
    ) -> Self {
        Self::new(name, description, Kind::Integer, move |row| {
            let number = get(row).and_then(|number| number.try_into().ok());
            number.map_or_else(String::new, |number: i64| number.to_string())
        })
    }

    /// A column of numbers.
    pub(super) fn number(
        name: impl Into<String>,
        description: impl Into<String>,
        get: impl Fn(&R) -> Option<Decimal> + 'a,
    ) -> Self {
        Self::new(name, description, Kind::Number, move |row| {
            get(row).map_or_else(String::new, |Decimal(digits)| digits)
        })
    }

    /// A column of `true` and `false`.
    pub(super) fn boolean(
        name: impl Into<String>,
        description: impl Into<String>,
        get: impl Fn(&R) -> bool + 'a,
    ) -> Self {
        Self::new(name, description, Kind::Boolean, move |row| get(row).to_string()).required()
    }

    fn new(
        name: impl Into<String>,
        description: impl Into<String>,
        kind: Kind,
        cell: impl Fn(&R) -> String + 'a,
    ) -> Self {
        let field = Field {
            name: name.into(),
            description: description.into(),
            kind,
            required: false,
            unique: false,
            words: Vec::new(),
            pattern: None,
        };
        Self { field, cell: Box::new(cell) }
    }

    /// The same, with no cell empty.
    pub(super) fn required(mut self) -> Self {
        self.field.required = true;
        self
    }

    /// The same, with no two cells alike.
    pub(super) fn unique(mut self) -> Self {
        self.field.unique = true;
        self
    }

    /// The same, with these words and no others.
    pub(super) fn words(mut self, words: impl IntoIterator<Item = &'static str>) -> Self {
        self.field.words = words.into_iter().collect();
        self
    }

    /// The same, with cells of one look.
    pub(super) fn pattern(mut self, pattern: &'static str) -> Self {
        self.field.pattern = Some(pattern);
        self
    }
}

/// A number in decimal digits: a dot, no separators, no exponent.
pub(super) struct Decimal(String);

impl Decimal {
    /// The number as it is written; none for words.
    pub(super) fn of(figure: &Figure) -> Option<Self> {
        match figure {
            Figure::Int(number) => Some(Self(number.to_string())),
            Figure::Float(number) => Self::written(*number),
            Figure::Text(_) => None,
        }
    }

    /// The number with all its digits.
    pub(super) fn written(number: f64) -> Option<Self> {
        number.is_finite().then(|| Self(number.to_string()))
    }

    /// A number that was worked out, to twelve digits: more of them would only be noise.
    pub(super) fn computed(number: f64) -> Option<Self> {
        Self::written(format!("{number:.11e}").parse().unwrap_or(number))
    }
}

/// The words of a figure that is no number.
pub(super) fn in_words(figure: &Figure) -> Option<&str> {
    match figure {
        Figure::Text(words) => Some(words),
        Figure::Int(_) | Figure::Float(_) => None,
    }
}
