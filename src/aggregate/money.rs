//! Owns money: amounts added up by programme or kind of cost, and by currency, never across them.

use std::collections::BTreeMap;

use crate::model::{Case, Cost, Figure, Funding, MoneySettings, Qualifier};

/// Money of one kind in one currency.
#[derive(Debug, PartialEq)]
pub struct MoneyRow {
    /// The programme, or how often the cost comes back; none if the cases do not say.
    pub kind: Option<String>,
    /// The currency; none if the cases do not say, and then nothing is added up.
    pub currency: Option<String>,
    /// The sum of the amounts that are numbers.
    pub sum: Option<f64>,
    /// Whether any of them is said to be about, over or under what it is.
    pub is_rough: bool,
    /// How many entries have a number.
    pub amounts: usize,
    /// How many have none.
    pub without_amount: usize,
    /// The sum in the currency of the report, if it is another and the manifest gives a rate.
    pub converted: Option<f64>,
    /// Positions of the cases, ascending.
    pub cases: Vec<usize>,
}

/// What the cases say of money.
#[derive(Debug, Default, PartialEq)]
pub struct Money {
    /// What came in, by programme and currency.
    pub funding: Vec<MoneyRow>,
    /// What was spent, by `one-off` or `yearly` and currency: the two are never one sum.
    pub costs: Vec<MoneyRow>,
}

/// One entry of a case.
struct Entry<'c> {
    kind: Option<&'c str>,
    currency: Option<&'c str>,
    amount: Option<&'c Figure>,
    qualifier: Option<Qualifier>,
}

impl<'c> From<&'c Funding> for Entry<'c> {
    fn from(it: &'c Funding) -> Self {
        Self {
            kind: it.programme.as_deref(),
            currency: it.currency.as_deref(),
            amount: it.amount.as_ref(),
            qualifier: it.qualifier,
        }
    }
}

impl<'c> From<&'c Cost> for Entry<'c> {
    fn from(it: &'c Cost) -> Self {
        Self {
            kind: it.frequency.as_deref(),
            currency: it.currency.as_deref(),
            amount: it.amount.as_ref(),
            qualifier: it.qualifier,
        }
    }
}

impl Money {
    /// Adds up what can be added up.
    pub fn of(cases: &[Case], settings: Option<&MoneySettings>) -> Self {
        let all = || cases.iter().enumerate();
        let funding =
            all().flat_map(|(case, read)| read.funding.iter().map(move |it| (case, it.into())));
        let costs =
            all().flat_map(|(case, read)| read.costs.iter().map(move |it| (case, it.into())));
        Self { funding: rows(funding, settings), costs: rows(costs, settings) }
    }
}

/// One row for each kind and currency: kinds by name with the nameless last, then currencies.
fn rows<'c>(
    entries: impl Iterator<Item = (usize, Entry<'c>)>,
    settings: Option<&MoneySettings>,
) -> Vec<MoneyRow> {
    let name = |text: Option<&'c str>| text.map(str::trim).filter(|text| !text.is_empty());
    // What is not named comes after what is.
    type Place<'a> = (bool, Option<&'a str>);
    let mut rows: BTreeMap<(Place<'_>, Place<'_>), MoneyRow> = BTreeMap::new();
    for (case, entry) in entries {
        let (kind, currency) = (name(entry.kind), name(entry.currency));
        let key = ((kind.is_none(), kind), (currency.is_none(), currency));
        let row = rows.entry(key).or_insert_with(|| MoneyRow {
            kind: kind.map(str::to_owned),
            currency: currency.map(str::to_owned),
            sum: None,
            is_rough: false,
            amounts: 0,
            without_amount: 0,
            converted: None,
            cases: Vec::new(),
        });
        match entry.amount.and_then(Figure::number) {
            Some(amount) => {
                row.amounts += 1;
                row.is_rough |= entry.qualifier.is_some();
                if currency.is_some() {
                    row.sum = Some(row.sum.unwrap_or(0.0) + amount);
                }
            }
            None => row.without_amount += 1,
        }
        if row.cases.last() != Some(&case) {
            row.cases.push(case);
        }
    }
    let convert = |row: MoneyRow| {
        let rate = settings.zip(row.currency.as_deref());
        let rate = rate.and_then(|(settings, currency)| settings.rates.get(currency));
        let converted = row.sum.zip(rate).map(|(sum, rate)| sum * rate.rate);
        MoneyRow { converted, ..row }
    };
    rows.into_values().map(convert).collect()
}
