//! What holds for figures of any cases, tried on some hundreds of corpora that are the same in every
//! run, and held against counting the simple way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use casebook::aggregate::{
    Cell, Corpus, Coverage, Dimensions, Evidence, Facet, Filter, FilterError, Gathered, List,
    MeasureAt, Money, cross, cross_among, tabulate,
};
use casebook::model::{Case, Figure, Manifest, Measure, Outcome};
use casebook::vocab::Gazetteer;

use crate::support::{Casebook, Numbers};

static OFFICIAL: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::official);

const MANIFEST: &str = "casebook: 1\ntitle: T\n\
    themes: {zebra: {title: Z}, apple: {title: A}, unused: {title: U}}\n\
    regions: {groups: {North: [SE, FI1D, NO0], South: [ES5, EL]}}\n\
    facets: {setting: {title: Setting, pointer: /setting, values: [ward, home]}}\n\
    indicators: {stay: {title: Length of stay, better: lower, measures: [Days in hospital]}}\n\
    money: {currency: EUR, rates: {SEK: {rate: 0.1, date: 2024-12-31}}}\n";

fn manifest() -> Manifest {
    let mut sink = Vec::new();
    let source = casebook::source::SourceMap::default().add("casebook.yaml", MANIFEST);
    let limits = casebook::load::Limits::default();
    let tree = casebook::load::parse(source, MANIFEST, limits, &mut sink).unwrap();
    casebook::load::from_node(&tree).unwrap()
}

/// Codes of all levels of a few countries, with both ways of writing Greece.
const REGIONS: &[&str] = &[
    "SE", "SE2", "SE22", "SE221", "SE224", "SE33", "FI1D9", "FI1D", "NO0A3", "ES51", "ES", "GR",
    "EL43", "EL431", "GB", "UKM7", "JP", "DE",
];

fn pick<T: Clone>(numbers: &mut Numbers, from: &[T], most: usize) -> Vec<T> {
    let count = numbers.below(most + 1);
    (0..count).map(|_| from[numbers.below(from.len())].clone()).collect()
}

fn corpus(seed: u64) -> Vec<Case> {
    let numbers = &mut Numbers(seed);
    let count = numbers.below(40);
    let text = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect::<Vec<String>>();
    (0..count)
        .map(|index| Case {
            id: format!("case-{index:02}"),
            regions: text(pick(numbers, REGIONS, 4)),
            themes: text(pick(numbers, &["apple", "zebra"], 3)),
            outcome: pick(numbers, Outcome::ALL, 1).first().copied(),
            keywords: text(pick(numbers, &["b", "a", " a ", "é", ""], 4)),
            facets: [("setting".to_owned(), text(pick(numbers, &["home", "ward", "street"], 2)))]
                .into(),
            ..Case::default()
        })
        .collect()
}

/// The code as NUTS writes it.
fn nuts(code: &str) -> String {
    code.replacen("GR", "EL", 1).replacen("GB", "UK", 1)
}

/// The values of a case, found the simple way.
fn simple(case: &Case, facet: &str) -> BTreeSet<String> {
    let cut = |length: usize| {
        let codes = case.regions.iter().map(|code| nuts(code)).filter(|code| code.len() >= length);
        codes.map(|code| code[..length].to_owned()).collect()
    };
    match facet {
        "country" | "region:0" => cut(2),
        "region:1" => cut(3),
        "region:2" => cut(4),
        "region:3" => cut(5),
        "region" => case.regions.iter().map(|code| nuts(code)).collect(),
        "group" => {
            let lies_in = |members: &[&str]| {
                let codes: Vec<String> = case.regions.iter().map(|code| nuts(code)).collect();
                codes.iter().any(|code| members.iter().any(|member| code.starts_with(member)))
            };
            let groups = [("North", ["SE", "FI1D", "NO0"].as_slice()), ("South", &["ES5", "EL"])];
            let groups = groups.into_iter().filter(|(_, members)| lies_in(members));
            groups.map(|(name, _)| name.to_owned()).collect()
        }
        "theme" => case.themes.iter().cloned().collect(),
        "outcome" => case.outcome.iter().map(|word| word.as_str().to_owned()).collect(),
        "keyword" => {
            let words = case.keywords.iter().map(|word| word.trim().to_owned());
            words.filter(|word| !word.is_empty()).collect()
        }
        "setting" => case.facets["setting"].iter().cloned().collect(),
        _ => panic!("{facet}"),
    }
}

const FACETS: &[&str] = &[
    "country", "region:0", "region:1", "region:2", "region:3", "region", "group", "theme",
    "outcome", "keyword", "setting",
];

#[test]
fn cells_are_what_counting_the_simple_way_gives() {
    let manifest = manifest();
    let dimensions = Dimensions::of(&manifest, &OFFICIAL);
    for seed in 0..300 {
        let cases = corpus(seed);
        let counted = Corpus::new(&cases, dimensions);
        let numbers = &mut Numbers(seed + 1_000);
        let names = pick(numbers, FACETS, 3);
        let facets: Vec<Facet> =
            names.iter().map(|name| Facet::parse(name, dimensions).unwrap()).collect();
        let table = tabulate(&counted, &facets);

        let mut expected: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        let mut distinct = BTreeSet::new();
        for (position, case) in cases.iter().enumerate() {
            let mut combinations = vec![Vec::new()];
            for name in &names {
                let values = simple(case, name);
                let longer = |begun: &Vec<String>| -> Vec<Vec<String>> {
                    values
                        .iter()
                        .map(|value| [begun.as_slice(), std::slice::from_ref(value)].concat())
                        .collect()
                };
                combinations = combinations.iter().flat_map(longer).collect();
            }
            for combination in combinations {
                expected.entry(combination).or_default().push(position);
                distinct.insert(position);
            }
        }
        let found: BTreeMap<Vec<String>, Vec<usize>> =
            table.cells.iter().map(|cell| (cell.values.clone(), cell.cases.clone())).collect();
        assert_eq!(found.len(), table.cells.len(), "seed {seed}: a cell stands twice");
        assert_eq!((found, table.distinct), (expected, distinct.len()), "seed {seed}, {names:?}");
    }
}

#[test]
fn a_region_s_cases_are_its_own_and_those_of_the_regions_inside_it() {
    let manifest = manifest();
    let dimensions = Dimensions::of(&manifest, &OFFICIAL);
    for seed in 0..300 {
        let cases = corpus(seed);
        let counted = Corpus::new(&cases, dimensions);
        let own = counted.facet_index(Facet::Region);
        for level in 0..3_u8 {
            let parents = counted.facet_index(Facet::RegionAt(level));
            let children = counted.facet_index(Facet::RegionAt(level + 1));
            for parent in parents.values() {
                let inside = children.values().iter().filter(|child| child.starts_with(parent));
                let mut union: BTreeSet<usize> = own.cases_of(parent).iter().copied().collect();
                union.extend(inside.flat_map(|child| children.cases_of(child)));
                let cases: Vec<usize> = union.into_iter().collect();
                assert_eq!(parents.cases_of(parent), cases, "seed {seed}: {parent}");
            }
        }
    }
}

#[test]
fn cross_tables_have_every_cell_and_distinct_totals() {
    let manifest = manifest();
    let dimensions = Dimensions::of(&manifest, &OFFICIAL);
    for seed in 0..300 {
        let cases = corpus(seed);
        let table = cross(&Corpus::new(&cases, dimensions), Facet::Country, Facet::Theme);
        assert_eq!(table.columns, ["zebra", "apple", "unused"], "the manifest's order");
        assert!(table.rows.is_sorted());
        let distinct = |cells: Vec<&Vec<usize>>| -> Vec<usize> {
            cells.into_iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect()
        };
        for (row, total) in table.cells.iter().zip(&table.row_totals) {
            assert_eq!(*total, distinct(row.iter().collect()), "seed {seed}");
        }
        for (column, total) in table.column_totals.iter().enumerate() {
            let cells = table.cells.iter().map(|row| &row[column]).collect();
            assert_eq!(*total, distinct(cells), "seed {seed}");
        }
        assert_eq!(table.total, distinct(table.cells.iter().flatten().collect()), "seed {seed}");
    }
}

#[test]
fn chosen_cases_are_counted_as_if_there_were_no_others() {
    let manifest = manifest();
    let dimensions = Dimensions::of(&manifest, &OFFICIAL);
    for seed in 0..300 {
        let all = corpus(seed);
        let numbers = &mut Numbers(seed + 2_000);
        let chosen: Vec<bool> = all.iter().map(|_| numbers.below(3) > 0).collect();
        let positions: Vec<usize> = (0..all.len()).filter(|position| chosen[*position]).collect();
        let some: Vec<Case> = positions.iter().map(|position| all[*position].clone()).collect();
        let (of_all, alone) = (Corpus::new(&all, dimensions), Corpus::new(&some, dimensions));
        let in_all = |cases: &[usize]| -> Vec<usize> {
            cases.iter().map(|position| positions[*position]).collect()
        };
        let names = [pick(numbers, FACETS, 1), vec!["theme", "outcome"]].concat();
        let facets: Vec<Facet> =
            names.iter().map(|name| Facet::parse(name, dimensions).unwrap()).collect();

        let (found, expected) =
            (tabulate(&of_all, &facets).among(&chosen), tabulate(&alone, &facets));
        let cells = |cells: &[Cell], place: &dyn Fn(&[usize]) -> Vec<usize>| -> Vec<_> {
            cells.iter().map(|cell| (cell.values.clone(), place(&cell.cases))).collect()
        };
        assert_eq!(cells(&found.cells, &<[usize]>::to_vec), cells(&expected.cells, &in_all));
        assert_eq!(found.distinct, expected.distinct, "seed {seed}");

        // Without what is always shown, used or not, rows and columns are those that have a case.
        let (row, column) = (facets[0], Facet::Outcome);
        let found = cross_among(&of_all, row, column, &chosen);
        let expected = tabulate(&alone, &[row, column]);
        let mut counted = BTreeMap::new();
        for (row, cells) in found.rows.iter().zip(&found.cells) {
            assert!(cells.iter().any(|cell| !cell.is_empty()), "seed {seed}: a row of nothing");
            for (column, cases) in found.columns.iter().zip(cells).filter(|(_, c)| !c.is_empty()) {
                counted.insert(vec![row.clone(), column.clone()], cases.clone());
            }
        }
        let expected: BTreeMap<_, _> = cells(&expected.cells, &in_all).into_iter().collect();
        assert_eq!(counted, expected, "seed {seed}, {names:?}");
        let all_cells: BTreeSet<usize> = counted.values().flatten().copied().collect();
        assert_eq!(found.total, all_cells.into_iter().collect::<Vec<_>>(), "seed {seed}");
    }
}

#[test]
fn values_come_in_the_manifest_s_order_or_by_their_text() {
    let manifest = manifest();
    let dimensions = Dimensions::of(&manifest, &OFFICIAL);
    let case = Case {
        themes: ["apple", "zebra"].map(str::to_owned).into(),
        keywords: ["b", "a"].map(str::to_owned).into(),
        facets: [("setting".into(), ["street", "home", "ward"].map(str::to_owned).into())].into(),
        ..Case::default()
    };
    let cases = [case];
    let corpus = Corpus::new(&cases, dimensions);
    let values =
        |name| corpus.facet_index(Facet::parse(name, dimensions).unwrap()).values().to_vec();
    assert_eq!(values("theme"), ["zebra", "apple"]);
    assert_eq!(values("keyword"), ["a", "b"]);
    assert_eq!(values("setting"), ["ward", "home", "street"]);
    assert_eq!(Facet::parse("unheard-of", dimensions), None);
    assert_eq!(Facet::parse("region:x", dimensions), None);
}

#[test]
fn coverage_tells_what_is_not_there() {
    let manifest = manifest();
    let case = |regions: &[&str], themes: &[&str]| Case {
        regions: regions.iter().map(|code| (*code).to_owned()).collect(),
        themes: themes.iter().map(|key| (*key).to_owned()).collect(),
        ..Case::default()
    };
    let cases = [case(&["SE221"], &["apple"]), case(&["SE", "GR"], &["zebra"])];
    let coverage = Coverage::of(&Corpus::new(&cases, Dimensions::of(&manifest, &OFFICIAL)));
    assert_eq!(coverage.themes, ["unused"]);
    let lacking: Vec<(&str, &[String])> =
        coverage.countries.iter().map(|gaps| (&*gaps.country, &*gaps.lacking)).collect();
    let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(lacking, [("EL", &*words(&["apple", "unused"])), ("SE", &*words(&["unused"]))]);
    let gaps: Vec<(&str, Vec<&str>, &[usize])> =
        coverage.groups.iter().map(|it| (&*it.name, it.gaps().collect(), &*it.cases)).collect();
    assert_eq!(gaps, [("North", vec!["FI1D", "NO0"], &[0, 1][..]), ("South", vec!["ES5"], &[1])]);
}

#[test]
fn filters_choose_by_value_region_name_and_span() {
    let manifest = manifest();
    let dimensions = Dimensions::of(&manifest, &OFFICIAL);
    let case = |id: &str, region: &str, theme: &str, year: &str| Case {
        id: id.to_owned(),
        regions: vec![region.to_owned()],
        themes: vec![theme.to_owned()],
        period: Some(casebook::model::Period { start: year.parse().unwrap(), end: None }),
        ..Case::default()
    };
    let cases = [
        case("a", "SE221", "apple", "2009-05"),
        case("b", "SE", "zebra", "2012"),
        case("c", "EL43", "apple", "2015"),
    ];
    let corpus = Corpus::new(&cases, dimensions);
    let chosen = |filters: &[&str]| -> String {
        let filters: Vec<Filter> =
            filters.iter().map(|text| Filter::parse(text, dimensions).unwrap()).collect();
        let chosen = Filter::choose(&filters, &corpus);
        cases.iter().zip(chosen).filter(|(_, fits)| *fits).map(|(case, _)| &*case.id).collect()
    };
    for (filters, expected) in [
        (&[][..], "abc"),
        (&["region=SE"], "ab"),
        (&["region=Sweden"], "ab"),
        (&["region=Blekinge"], "a"),
        (&["country=GR"], "c"),
        (&["region=SE22"], "a"),
        (&["region=DE"], ""),
        (&["theme=apple"], "ac"),
        (&["theme=Z"], "b"),
        (&["theme!=apple"], "b"),
        (&["theme=apple", "region=SE"], "a"),
        (&["region=SE22", "region=EL"], "ac"),
        (&["year=2009..2012"], "ab"),
        (&["year=2012.."], "bc"),
        (&["year=..2011"], "a"),
        (&["year=2012"], "b"),
        (&["group=South"], "c"),
        (&["outcome=failed"], ""),
    ] {
        assert_eq!(chosen(filters), expected, "{filters:?}");
    }
    let fault = |text| Filter::parse(text, dimensions).unwrap_err();
    assert_eq!(fault("theme"), FilterError::Shape);
    assert_eq!(fault("thema=apple"), FilterError::Facet { name: "thema".to_owned() });
    let FilterError::Value { value, known, .. } = fault("theme=appel") else { panic!() };
    assert_eq!((&*value, known.len()), ("appel", 3));
    assert!(matches!(fault("region=SE999"), FilterError::Value { .. }));
    assert!(matches!(fault("year=last"), FilterError::Value { .. }));
}

/// Cases with figures and money, through the program's own reading.
fn with_evidence() -> Vec<Case> {
    let case = |id: &str, more: &str| {
        let text = format!("{}{more}", crate::support::case(id));
        let mut sink = Vec::new();
        let source = casebook::source::SourceMap::default().add("x.yaml", text.clone());
        let limits = casebook::load::Limits::default();
        let tree = casebook::load::parse(source, &text, limits, &mut sink).unwrap();
        casebook::load::from_node(&tree).unwrap()
    };
    vec![
        case(
            "one",
            "results:\n\
             - {measure: Length of stay, value: 6, baseline: 8, unit: days}\n\
             - {measure: Days  in HOSPITAL, value: 2, unit: weeks}\n\
             - {measure: Users, value: many}\n\
             funding:\n\
             - {programme: Interreg, amount: 100, currency: EUR}\n\
             - {programme: Interreg, amount: 50, currency: SEK, qualifier: about}\n\
             costs:\n\
             - {what: Set-up, amount: 10, currency: SEK, frequency: one-off}\n\
             - {what: Running, amount: 7, currency: SEK, frequency: yearly}\n",
        ),
        case(
            "two",
            "results:\n\
             - {measure: days in hospital, value: 9, baseline: 9, unit: days}\n\
             - {measure: users, value: 3}\n\
             - {measure: Alone, value: 1, baseline: 0}\n\
             funding:\n\
             - {programme: Interreg, amount: 1, currency: EUR}\n\
             - {funder: The state, amount: 5}\n\
             - {programme: Interreg, amount: not told, currency: EUR}\n",
        ),
    ]
}

#[test]
fn measures_are_gathered_by_what_they_measure_and_never_across_units() {
    let cases = with_evidence();
    let evidence = Evidence::of(&cases, &manifest().indicators);
    assert_eq!((evidence.measures, &*evidence.cases), (6, &[0, 1][..]));
    let gathered: Vec<_> = (evidence.gathered.iter())
        .map(|it| {
            (it.indicator.as_deref(), &*it.title, it.unit.as_deref(), it.measures.len(), it.range)
        })
        .collect();
    assert_eq!(
        gathered,
        [
            (Some("stay"), "Length of stay", Some("days"), 2, Some((6.0, 9.0))),
            (Some("stay"), "Length of stay", Some("weeks"), 1, Some((2.0, 2.0))),
            (None, "Users", None, 2, Some((3.0, 3.0))),
        ]
    );
    let changes: Vec<(f64, Option<f64>)> =
        evidence.compared.iter().map(|(_, it)| (it.absolute, it.relative)).collect();
    assert_eq!(changes, [(-2.0, Some(-0.25)), (0.0, Some(0.0)), (1.0, None)]);
}

/// Names that people take for the same, in several ways of writing them, and others that are near.
const MEASURES: &[&str] = &[
    "Users",
    "users",
    " USERS\t",
    "Beds in use",
    "beds  in use",
    "Beds in\u{a0}use",
    "bedsin use",
    "Ärzte",
    "ärzte",
    "days in hospital",
    "LENGTH OF\nSTAY",
    "Length-of-stay",
    "",
    " ",
];

#[test]
fn measures_stand_together_as_sorting_them_the_simple_way_puts_them() {
    let indicators = manifest().indicators;
    let fold = |text: &str| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    for seed in 0..300 {
        let numbers = &mut Numbers(seed);
        let mut measures = |most| -> Vec<Measure> {
            let names = pick(numbers, MEASURES, most);
            names.into_iter().map(|name| measure(name, numbers)).collect()
        };
        let case = |_| Case { scale: measures(2), results: measures(3), ..Case::default() };
        let cases: Vec<Case> = (0..seed % 9).map(case).collect();

        let mut simple: BTreeMap<(bool, String, Option<String>), Vec<MeasureAt>> = BTreeMap::new();
        for (case, read) in cases.iter().enumerate() {
            for list in [List::Scale, List::Results] {
                for (index, found) in list.of(read).iter().enumerate() {
                    let name = fold(&found.measure);
                    let is_stay = ["days in hospital", "length of stay"].contains(&name.as_str());
                    let name = if is_stay { String::new() } else { name };
                    let key = (!is_stay, name, found.unit.as_deref().map(fold));
                    simple.entry(key).or_default().push(MeasureAt { case, list, index });
                }
            }
        }
        simple
            .retain(|(is_own, ..), found| !is_own || found[0].case != found[found.len() - 1].case);

        let evidence = Evidence::of(&cases, &indicators);
        let gathered: Vec<(bool, &[MeasureAt])> =
            evidence.gathered.iter().map(|it| (it.indicator.is_none(), &*it.measures)).collect();
        let simple: Vec<(bool, &[MeasureAt])> =
            simple.iter().map(|((is_own, ..), found)| (*is_own, &**found)).collect();
        assert_eq!(gathered, simple, "seed {seed}");
        let first = |it: &Gathered| it.measures[0].get(&cases).unwrap().unit.clone();
        assert!(evidence.gathered.iter().all(|it| it.unit == first(it)), "seed {seed}");
    }
}

/// A measure of a name, in one of several units.
fn measure(name: &str, numbers: &mut Numbers) -> Measure {
    let units = [None, Some("days"), Some("Days "), Some("weeks"), Some("")];
    Measure {
        measure: name.to_owned(),
        value: Figure::Int(1),
        qualifier: None,
        baseline: None,
        unit: units[numbers.below(units.len())].map(str::to_owned),
        interval: None,
        when: None,
        note: None,
        source: None,
    }
}

#[test]
fn money_is_added_up_within_a_currency_and_a_kind_only() {
    let cases = with_evidence();
    let money = Money::of(&cases, manifest().money.as_ref());
    let rows = |rows: &[casebook::aggregate::MoneyRow]| {
        rows.iter()
            .map(|row| {
                let kind = row.kind.clone().unwrap_or_default();
                let currency = row.currency.clone().unwrap_or_default();
                (format!("{kind} {currency}"), row.sum, row.converted, row.without_amount)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        rows(&money.funding),
        [
            ("Interreg EUR".to_owned(), Some(101.0), None, 1),
            ("Interreg SEK".to_owned(), Some(50.0), Some(5.0), 0),
            (" ".to_owned(), None, None, 0),
        ]
    );
    assert!(money.funding[1].is_rough && !money.funding[0].is_rough);
    assert_eq!(
        rows(&money.costs),
        [
            ("one-off SEK".to_owned(), Some(10.0), Some(1.0), 0),
            ("yearly SEK".to_owned(), Some(7.0), Some(7.0 * 0.1), 0),
        ]
    );
}

/// Every count in the report leads to as many cases as it says.
#[test]
fn counts_lead_to_their_cases() {
    let casebook = Casebook::new(&[]);
    for (id, theme, region) in
        [("one", "telestroke", "SE221"), ("two", "telestroke", "SE"), ("three", "telestroke", "DK")]
    {
        let text = crate::support::case(id).replace("[SE221]", &format!("[{region}]"));
        casebook.write(&format!("cases/{id}.yaml"), text.replace("telestroke", theme));
    }
    let run = crate::support::casebook(casebook.path(), &["build", "--format", "html"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let html = std::fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    let counts: Vec<(&str, &str)> = html
        .split("<a href=\"#cases__")
        .skip(1)
        .filter_map(|rest| {
            let (label, rest) = rest.split_once('"')?;
            let shown = rest.split_once('>')?.1.split_once("</a>")?.0;
            shown.bytes().all(|b| b.is_ascii_digit()).then_some((label, shown))
        })
        .collect();
    assert!(counts.len() >= 6, "{counts:?}");
    for (label, shown) in counts {
        let anchor = format!("id=\"cases__{label}\"");
        let (_, list) = html.split_once(&anchor).unwrap_or_else(|| panic!("{anchor} is missing"));
        let list = list.split_once("</p>").unwrap().0;
        assert_eq!(list.matches("<a href=\"#case__").count().to_string(), shown, "{label}: {list}");
    }
    // One case has no list: the count leads to the case.
    assert!(html.contains("<a href=\"#case__three\">1</a>"));
}
