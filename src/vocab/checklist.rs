//! Owns the reporting checklists that casebook brings along: their items, and what meets them.
//!
//! Each list is a file in `checklists/`: lines `name: value`, an empty line, and a table whose
//! columns stand apart by tabs. Labels are casebook's own words, never those of the list.
//!
//! A field of a case is named by a JSON Pointer (RFC 6901), with two additions: `*` is any entry
//! of a list or mapping, and a last `=word` asks for that word as the value. So
//! `/organisations/*/role=lead` is met by an organisation that leads, `/organisations/1` by a
//! second organisation.

macro_rules! shipped {
    ($($key:literal),* $(,)?) => {
        /// The lists by their keys, those for everyday use first.
        const SHIPPED: &[(&str, &str)] =
            &[$(($key, include_str!(concat!("checklists/", $key, ".tsv")))),*];
    };
}

shipped! {
    "icheck-dh",
    "tidier",
    "mera",
    "mast",
    "interreg-europe",
    "squire",
    "stari",
    "eu-best-practice",
    "reeif",
    "cheers-2022",
}

/// A list of what a report should tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checklist {
    /// Its key in manifests and calls.
    pub key: String,
    /// Its name for readers.
    pub name: String,
    /// The publication that it comes from.
    pub reference: Option<String>,
    /// Digital object identifier of that publication.
    pub doi: Option<String>,
    /// A page about it.
    pub link: Option<String>,
    /// Under which terms it was published.
    pub licence: Option<String>,
    /// What a reader of its figures should know.
    pub note: Option<String>,
    /// Whether it suits any case, rather than some kinds of study only.
    pub ready: bool,
    /// Whether its sections are counted instead of its items.
    pub by_section: bool,
    /// Its items, in its order.
    pub items: Vec<Item>,
}

/// One thing that a report should tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Its number in the list; with the list's key, its name: `icheck-dh/7`.
    pub no: String,
    /// What it asks, in casebook's words.
    pub label: String,
    /// The section that it stands in.
    pub section: Option<String>,
    /// Whether the list insists on it.
    pub required: bool,
    /// The strand that it belongs to, in a list that has several.
    pub strand: Option<String>,
    /// Whether number, label and section were read in a source, and not remembered.
    pub confirmed: bool,
    /// Whether the group asks for it.
    pub applies: bool,
    /// The fields that meet it.
    pub whole: Option<Mapping>,
    /// The fields of the built-in form that meet a part of it.
    pub part: Option<Mapping>,
    /// The fields that would meet it and that the built-in form lacks.
    pub own: Option<Mapping>,
    /// What to know about it.
    pub remark: Option<String>,
}

/// Fields of a case, each as a pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapping {
    /// Every one is needed.
    All(Vec<String>),
    /// One is enough.
    Any(Vec<String>),
}

/// What is counted of a list: an item, or a section with its items.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its number.
    pub no: &'a str,
    /// What it asks.
    pub label: &'a str,
    /// The items behind it.
    pub items: &'a [Item],
}

impl Checklist {
    /// The keys of the lists that casebook brings along.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(key, _)| *key)
    }

    /// A list that casebook brings along. It is read when it is asked for.
    pub fn shipped(key: &str) -> Option<Self> {
        SHIPPED.iter().find(|(known, _)| *known == key).map(|(_, text)| Self::parse(text))
    }

    /// The item of a number.
    pub fn item(&self, no: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.no == no)
    }

    /// What is counted, in the list's order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let together = |a: &Item, b: &Item| self.by_section && a.section == b.section;
        self.items.chunk_by(together).filter_map(|items| {
            let first = items.first()?;
            Some(if self.by_section {
                let no = first.no.split_once('.').map_or(&*first.no, |(no, _)| no);
                Row { no, label: first.section.as_deref().unwrap_or_default(), items }
            } else {
                Row { no: &first.no, label: &first.label, items }
            })
        })
    }

    /// Where the list can be read: its page, else its publication.
    pub fn address(&self) -> Option<String> {
        let doi = || self.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
        self.link.clone().or_else(doi)
    }

    fn parse(text: &str) -> Self {
        let (head, table) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut list = Self::default();
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            let value = value.to_owned();
            match name {
                "key" => list.key = value,
                "name" => list.name = value,
                "reference" => list.reference = Some(value),
                "doi" => list.doi = Some(value),
                "link" => list.link = Some(value),
                "licence" => list.licence = Some(value),
                "note" => list.note = Some(value),
                "use" => list.ready = value == "ready",
                "count" => list.by_section = value == "sections",
                // `items` and `confirmed` are there to be held against the table, by a test.
                _ => {}
            }
        }
        list.items = table.lines().skip(1).map(Item::parse).collect();
        list
    }
}

impl Item {
    /// Reads a line of the table.
    fn parse(line: &str) -> Self {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        // The fields of a literal are read in the order in which they are written.
        Self {
            no: cell().to_owned(),
            label: cell().to_owned(),
            section: filled(cell()),
            required: cell() == "yes",
            strand: filled(cell()),
            confirmed: cell() == "R",
            applies: true,
            whole: Mapping::parse(cell()),
            part: Mapping::parse(cell()),
            own: Mapping::parse(cell()),
            remark: filled(cell()),
        }
    }
}

impl Mapping {
    /// Reads `/a & /b` as all and `/a | /b` as any; nothing is no mapping.
    fn parse(text: &str) -> Option<Self> {
        let fields = |mark: char| text.split(mark).map(|field| field.trim().to_owned()).collect();
        match text {
            "" => None,
            text if text.contains('|') => Some(Self::Any(fields('|'))),
            _ => Some(Self::All(fields('&'))),
        }
    }

    /// The fields.
    pub fn fields(&self) -> &[String] {
        match self {
            Self::All(fields) | Self::Any(fields) => fields,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list's key, items, confirmed items and sections, as its publication has them.
    #[track_caller]
    fn check(key: &str, items: usize, confirmed: usize, sections: &[&str]) {
        let (_, text) = SHIPPED.iter().find(|(known, _)| *known == key).unwrap();
        let list = Checklist::shipped(key).unwrap();
        assert_eq!(list.key, key);
        assert_eq!(list.items.len(), items);
        assert_eq!(list.items.iter().filter(|item| item.confirmed).count(), confirmed);
        for line in [format!("items: {items}\n"), format!("confirmed: {confirmed}\n")] {
            assert!(text.contains(&line), "{key} lacks {line}");
        }
        let mut found: Vec<&str> =
            list.items.iter().filter_map(|item| item.section.as_deref()).collect();
        found.dedup();
        assert_eq!(found, sections);
        let mut numbers: Vec<&str> = list.items.iter().map(|item| item.no.as_str()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), items, "{key} uses a number twice");
        assert!(!list.name.is_empty() && list.reference.is_some() && list.licence.is_some());
        for item in &list.items {
            let mapped = item.whole.is_some() || item.part.is_some() || item.own.is_some();
            assert!(mapped && !item.label.is_empty(), "{key}/{} is not finished", item.no);
        }
        // Every line has every column, and says yes or no, R or K.
        for line in text.split_once("\n\n").unwrap().1.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 10, "{line}");
            assert!(["yes", "no"].contains(&cells[3]) && ["R", "K"].contains(&cells[5]), "{line}");
        }
    }

    #[test]
    fn the_lists_are_whole() {
        let icheck = [
            "Title",
            "Abstract",
            "Introduction",
            "Methods",
            "Implementation (results)",
            "Discussion",
            "General",
        ];
        check("icheck-dh", 20, 20, &icheck);
        let tidier = [
            "Brief name",
            "Why",
            "What",
            "Who provided",
            "How",
            "Where",
            "When and how much",
            "Tailoring",
            "Modifications",
            "How well",
        ];
        check("tidier", 12, 12, &tidier);
        check("mera", 16, 16, &[]);
        let mast = [
            "Preceding considerations",
            "Health problem and application",
            "Safety",
            "Clinical effectiveness",
            "Patient perspectives",
            "Economic aspects",
            "Organisational aspects",
            "Socio-cultural, ethical and legal aspects",
            "Transferability",
        ];
        check("mast", 33, 27, &mast);
        let interreg = ["Author", "Author / general", "General", "Detailed", "Review"];
        check("interreg-europe", 18, 7, &interreg);
        let squire = [
            "Title and abstract",
            "Introduction",
            "Methods",
            "Results",
            "Discussion",
            "Other information",
        ];
        check("squire", 18, 18, &squire);
        let stari = [
            "Title",
            "Abstract",
            "Introduction",
            "Aims",
            "Methods: description",
            "Methods: evaluation",
            "Results",
            "Discussion",
            "General",
        ];
        check("stari", 27, 11, &stari);
        check("eu-best-practice", 10, 10, &["Exclusion", "Core", "Qualifier"]);
        check("reeif", 8, 6, &["layer", "across"]);
        let cheers =
            ["Title", "Abstract", "Introduction", "Methods", "Results", "Discussion", "Other"];
        check("cheers-2022", 28, 28, &cheers);
        assert_eq!(Checklist::keys().count(), 10);
        assert_eq!(Checklist::shipped("icheck"), None);
    }

    #[test]
    fn five_lists_are_for_everyday_use() {
        let ready = Checklist::keys().filter(|key| Checklist::shipped(key).unwrap().ready);
        let ready: Vec<&str> = ready.collect();
        assert_eq!(ready, ["icheck-dh", "tidier", "mera", "mast", "interreg-europe"]);
    }

    #[test]
    fn two_items_of_icheck_dh_may_be_left_out() {
        let list = Checklist::shipped("icheck-dh").unwrap();
        let free: Vec<&str> =
            list.items.iter().filter(|item| !item.required).map(|item| item.no.as_str()).collect();
        assert_eq!(free, ["18", "20"]);
    }

    #[test]
    fn mast_counts_elements_and_domains() {
        let list = Checklist::shipped("mast").unwrap();
        let numbers: Vec<&str> = list.rows().map(|row| row.no).collect();
        assert_eq!(numbers, ["P", "1", "2", "3", "4", "5", "6", "7", "T"]);
        assert_eq!(list.rows().map(|row| row.items.len()).sum::<usize>(), 33);
        assert_eq!(list.rows().nth(2).unwrap().label, "Safety");
    }

    #[test]
    fn mappings_are_read_as_written() {
        let stari = Checklist::shipped("stari").unwrap();
        let both = Mapping::All(vec!["/implementation".to_owned(), "/solution".to_owned()]);
        assert_eq!(stari.item("9").unwrap().whole, Some(both));
        let icheck = Checklist::shipped("icheck-dh").unwrap();
        let prior = icheck.item("5").unwrap();
        assert_eq!(
            prior.part,
            Some(Mapping::Any(vec!["/related".to_owned(), "/links".to_owned()]))
        );
        assert_eq!(prior.own, Some(Mapping::All(vec!["/prior_work".to_owned()])));
        assert_eq!(prior.whole, None);
    }
}
