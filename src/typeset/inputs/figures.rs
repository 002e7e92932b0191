//! Owns the figures as the templates get them: tables, coverage, money, time; every count with the
//! cases behind it.

use typst::foundations::{Array, IntoValue, Value};

use super::case_lists::{CaseLists, Counted};
use super::chosen::Chosen;
use super::map::map;
use super::mentions::Mentions;
use super::{Fields, MOST_ROWS, period};
use crate::aggregate::{CrossTable, Dimensions, Facet, Figures, MoneyRow, Table};
use crate::language::Collation;
use crate::model::{Report, Section};

/// The facets that a report shows as a table of their own, with the section of the table.
const SHOWN: &[(Facet, Section)] = &[
    (Facet::Outcome, Section::Overview),
    (Facet::Challenge, Section::Barriers),
    (Facet::Standard, Section::Technologies),
    (Facet::Component, Section::Technologies),
];

/// The figures: totals, one table a facet, the cross tables, and what follows from the cases' texts.
pub(super) fn of(
    report: &Report,
    figures: &Figures,
    collation: &Collation,
    lists: &mut CaseLists<'_>,
) -> Value {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let mut out = Fields::new();
    out.put("cases", figures.cases as i64);
    let size = |facet| figures.table(facet).map_or(0, |table| table.cells.len()) as i64;
    out.put("countries", size(Facet::Country));
    out.put("regions", size(Facet::Region));
    out.put("measures", figures.evidence.measures as i64);
    let sources: usize = report.cases.iter().map(|case| case.sources.len()).sum();
    out.put("sources", sources as i64);
    for (facet, section) in SHOWN {
        let name = facet.name(dimensions);
        lists.begin(*section, format!("by-{name}"));
        let table = figures.table(*facet).map(|table| self::table(report, table, lists));
        out.put(&name, table);
    }
    let declared = report.manifest.facets.iter().zip(0..);
    let declared: Array = declared
        .map(|((_, facet), index)| {
            let table = figures.table(Facet::Declared(index));
            lists.begin(Section::Overview, facet.title.as_str());
            let mut out = Fields::new();
            out.put("title", facet.title.as_str());
            out.put("cells", table.map(|table| self::table(report, table, lists)));
            out.put("cases", table.map_or(0, |table| table.distinct) as i64);
            out.done()
        })
        .collect();
    out.put("declared", declared);
    lists.begin(Section::Overview, "map");
    out.put("map", map(report, Chosen::All, lists));
    lists.begin(Section::Overview, "country-by-theme");
    out.put("country-theme", cross_table(report, &figures.country_theme, collation, lists));
    lists.begin(Section::Overview, "theme-by-outcome");
    out.put("theme-outcome", cross_table(report, &figures.theme_outcome, collation, lists));
    lists.begin(Section::Coverage, "coverage");
    out.put("coverage", coverage(report, figures, collation, lists));
    out.put("compared", figures.evidence.compared.len() as i64);
    lists.begin(Section::Money, "money");
    out.put("money", money(report, figures, lists));
    lists.begin(Section::Timeline, "timeline");
    // Of many cases, the years in which they began tell more than a line for each.
    let years = (figures.timeline.len() > MOST_ROWS)
        .then(|| cross_table(report, &figures.year_outcome, collation, lists));
    out.put("year-outcome", years);
    out.done()
}

/// Counts by one facet.
pub(super) fn table(report: &Report, table: &Table, lists: &mut CaseLists<'_>) -> Array {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let Some(facet) = table.facets.first().copied() else { return Array::new() };
    let name = facet.name(dimensions);
    (table.cells.iter())
        .map(|cell| {
            let key = cell.values.first().map_or("", String::as_str);
            let title = facet.title(key, dimensions);
            let mut out = Fields::new();
            let counted = Counted { key: &[&name, key], title: &[&title], values: &[(&name, key)] };
            out.put("link", lists.link(&counted, &cell.cases));
            out.put("key", key);
            out.put("title", title);
            out.put("cases", cell.cases.len() as i64);
            out.done()
        })
        .collect()
}

/// Counts by two facets.
pub(super) fn cross_table(
    report: &Report,
    table: &CrossTable,
    collation: &Collation,
    lists: &mut CaseLists<'_>,
) -> Value {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let titles = |facet: Facet, keys: &[String]| -> Vec<String> {
        keys.iter().map(|key| facet.title(key, dimensions)).collect()
    };
    let rows = titles(table.row_facet, &table.rows);
    let columns = titles(table.column_facet, &table.columns);
    // Codes order the data; readers look countries up by their names.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    if table.row_facet == Facet::Country {
        order.sort_by(|one, two| collation.compare(&rows[*one], &rows[*two]));
    }
    let (row_name, column_name) =
        (table.row_facet.name(dimensions), table.column_facet.name(dimensions));
    let cells: Array = (order.iter())
        .map(|row| {
            let cells = table.cells[*row].iter().enumerate();
            let cells: Array = cells
                .map(|(column, cases)| {
                    let of_row = (&*row_name, table.rows[*row].as_str());
                    let of_column = (&*column_name, table.columns[column].as_str());
                    let counted = Counted {
                        key: &[of_row.0, of_row.1, of_column.0, of_column.1],
                        title: &[&rows[*row], &columns[column]],
                        values: &[of_row, of_column],
                    };
                    lists.counted(&counted, cases)
                })
                .collect();
            cells.into_value()
        })
        .collect();
    let mut out = Fields::new();
    out.put("rows", order.iter().map(|row| rows[*row].as_str().into_value()).collect::<Array>());
    out.put("cells", cells);
    let row_totals = order.iter().map(|row| {
        let value = table.rows[*row].as_str();
        lists.of_value((&row_name, value), &rows[*row], &table.row_totals[*row])
    });
    out.put("row-totals", row_totals.collect::<Array>());
    let column_totals = table.column_totals.iter().enumerate().map(|(column, cases)| {
        let value = table.columns[column].as_str();
        lists.of_value((&column_name, value), &columns[column], cases)
    });
    out.put("column-totals", column_totals.collect::<Array>());
    out.put("columns", columns.into_iter().map(IntoValue::into_value).collect::<Array>());
    out.put("total", table.total.len() as i64);
    out.done()
}

/// What is not covered, and how far the groups of regions are.
fn coverage(
    report: &Report,
    figures: &Figures,
    collation: &Collation,
    lists: &mut CaseLists<'_>,
) -> Value {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let titles = |keys: &[String]| -> Array {
        keys.iter().map(|key| Facet::Theme.title(key, dimensions).into_value()).collect()
    };
    let coverage = &figures.coverage;
    let mut countries: Vec<(String, Value)> = (coverage.countries.iter())
        .map(|gaps| {
            let title = Facet::Country.title(&gaps.country, dimensions);
            let mut out = Fields::new();
            out.put("title", title.as_str());
            out.put("cases", gaps.cases.len() as i64);
            out.put("lacking", titles(&gaps.lacking));
            (title, out.done())
        })
        .collect();
    countries.sort_by(|(one, _), (two, _)| collation.compare(one, two));
    let groups: Array = (coverage.groups.iter())
        .map(|group| {
            let members: Array = (group.members.iter())
                .map(|(code, cases)| {
                    let title = Facet::Region.title(code, dimensions);
                    let mut out = Fields::new();
                    out.put("code", code.as_str());
                    let counted = Counted {
                        key: &["member", &group.name, code],
                        title: &[&title],
                        values: &[("region", code)],
                    };
                    out.put("cases", lists.counted(&counted, cases));
                    out.put("title", title);
                    out.done()
                })
                .collect();
            let mut out = Fields::new();
            out.put("name", group.name.as_str());
            out.put("cases", lists.of_value(("group", &group.name), &group.name, &group.cases));
            out.put("members", members);
            out.done()
        })
        .collect();
    let mut out = Fields::new();
    out.put("themes", titles(&coverage.themes));
    out.put("countries", countries.into_iter().map(|(_, value)| value).collect::<Array>());
    out.put("groups", groups);
    out.done()
}

/// Money that came in and was spent, with the rates by which it was converted.
fn money(report: &Report, figures: &Figures, lists: &mut CaseLists<'_>) -> Value {
    let settings = report.manifest.money.as_ref();
    let mut rows = |rows: &[MoneyRow], list: &str| -> Array {
        rows.iter().map(|row| money_row(row, list, lists)).collect()
    };
    let mut out = Fields::new();
    out.put("funding", rows(&figures.money.funding, "funding"));
    out.put("costs", rows(&figures.money.costs, "costs"));
    out.put("currency", settings.map(|settings| settings.currency.as_str()));
    let used = |currency: &str| {
        let mut all = figures.money.funding.iter().chain(&figures.money.costs);
        all.any(|row| row.converted.is_some() && row.currency.as_deref() == Some(currency))
    };
    let rates: Array = (settings.into_iter())
        .flat_map(|settings| &settings.rates)
        .filter(|(currency, _)| used(currency))
        .map(|(currency, rate)| {
            let mut out = Fields::new();
            out.put("currency", currency.as_str());
            out.put("rate", rate.rate);
            out.put("date", rate.date.to_string());
            out.put("source", rate.source.as_deref());
            out.done()
        })
        .collect();
    out.put("rates", rates);
    out.done()
}

fn money_row(row: &MoneyRow, list: &str, lists: &mut CaseLists<'_>) -> Value {
    let kind = row.kind.as_deref();
    let currency = row.currency.as_deref();
    let title: Vec<&str> = kind.into_iter().chain(currency).collect();
    let key = [list, kind.unwrap_or_default(), currency.unwrap_or_default()];
    let mut out = Fields::new();
    out.put("kind", kind);
    out.put("currency", currency);
    out.put("sum", row.sum);
    out.put("rough", row.is_rough);
    out.put("amounts", row.amounts as i64);
    out.put("without-amount", row.without_amount as i64);
    out.put("converted", row.converted);
    out.put("cases", lists.counted(&Counted { key: &key, title: &title, values: &[] }, &row.cases));
    out.done()
}

/// When the chosen cases ran, the earliest first; times in years with fractions.
pub(super) fn timeline(
    report: &Report,
    mentions: &Mentions<'_>,
    figures: &Figures,
    chosen: Chosen<'_>,
) -> Array {
    (figures.timeline.iter())
        .filter(|span| chosen.has(span.case))
        .filter_map(|span| {
            let case = report.cases.get(span.case)?;
            let mut out = Fields::new();
            out.put("case", mentions.of(&case.id));
            out.put("start", span.start);
            out.put("end", span.end);
            out.put("period", period(case.period.as_ref()));
            out.put("status", case.status.map(|status| status.as_str()));
            out.put("outcome", case.outcome.map(|outcome| outcome.as_str()));
            Some(out.done())
        })
        .collect()
}
