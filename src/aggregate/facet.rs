//! Owns the facets: the dimensions by which cases are counted. A new one is added here.

use std::borrow::Cow;

use super::Dimensions;
use crate::model::{Case, EvidenceLevel, Outcome, ReviewState, Scope, Status};

/// A dimension of the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Countries of the regions.
    Country,
    /// Regions as the cases name them, each with its own cases.
    Region,
    /// Regions of one level, each with its own cases and those of the regions inside it: 0 for
    /// countries, 1 to 3 for NUTS.
    RegionAt(u8),
    /// The groups of regions that the manifest declares.
    Group,
    /// Themes as the cases name them, each with its own cases.
    Theme,
    /// Themes of the first level, each with its own cases and those of its parts.
    BroadTheme,
    /// Where the cases stand.
    Status,
    /// What came of them.
    Outcome,
    /// How far they reach.
    Scope,
    /// The year in which they began.
    Year,
    /// The strongest study behind their results.
    Evidence,
    /// Who was part of them.
    Organisation,
    /// Standards in use.
    Standard,
    /// Products and building blocks in use.
    Component,
    /// Programmes that paid.
    Programme,
    /// Kinds of what stood in the way.
    Challenge,
    /// Words to search for.
    Keyword,
    /// How far the cases have come with the editors: cases are chosen by it and never counted.
    Review,
    /// A facet that the manifest declares, by its position there.
    Declared(u16),
}

/// How a facet comes by its values.
pub(super) enum Values {
    /// The case says them.
    Written,
    /// The case says them, each in one of several ways of writing it.
    Spelt,
    /// They follow from the values of another facet.
    Derived(Facet),
}

/// The value of a case whose record says nothing of its review: nothing is assumed.
const UNSET: &str = "unset";

/// The deepest level of regions that can be asked for.
pub(super) const DEEPEST: u8 = 9;

impl Facet {
    /// All that are built in, in the order in which outputs list them.
    pub const BUILT_IN: &[Self] = &[
        Self::Country,
        Self::RegionAt(1),
        Self::RegionAt(2),
        Self::RegionAt(3),
        Self::Region,
        Self::Group,
        Self::Theme,
        Self::BroadTheme,
        Self::Status,
        Self::Outcome,
        Self::Scope,
        Self::Year,
        Self::Evidence,
        Self::Organisation,
        Self::Standard,
        Self::Component,
        Self::Programme,
        Self::Challenge,
        Self::Keyword,
    ];

    /// Those that are the editors' own. Cases may be chosen by them, and no output shows them.
    pub const PRIVATE: &[Self] = &[Self::Review];

    /// Whether only editors may see what cases have of it.
    pub fn is_private(self) -> bool {
        Self::PRIVATE.contains(&self)
    }

    /// The facet's name in commands and data.
    pub fn name(self, dimensions: Dimensions<'_>) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::RegionAt(level) => return Cow::Owned(format!("region:{level}")),
            Self::Group => "group",
            Self::Theme => "theme",
            Self::BroadTheme => "theme:0",
            Self::Status => "status",
            Self::Outcome => "outcome",
            Self::Scope => "scope",
            Self::Year => "year",
            Self::Evidence => "evidence",
            Self::Organisation => "organisation",
            Self::Standard => "standard",
            Self::Component => "component",
            Self::Programme => "programme",
            Self::Challenge => "challenge",
            Self::Keyword => "keyword",
            Self::Review => "review",
            Self::Declared(index) => {
                dimensions.facets.keys().nth(usize::from(index)).unwrap_or_default()
            }
        })
    }

    /// The facet of a name: one that is built in, `region:` with a level, or one of the manifest.
    pub fn parse(name: &str, dimensions: Dimensions<'_>) -> Option<Self> {
        if let Some(level) = name.strip_prefix("region:") {
            let level = level.parse().ok().filter(|level| *level <= DEEPEST)?;
            return Some(Self::RegionAt(level));
        }
        dimensions.all_facets().into_iter().find(|facet| facet.name(dimensions) == name)
    }

    /// The facet of a name in a choice of cases, which may be private.
    pub fn parse_choice(name: &str, dimensions: Dimensions<'_>) -> Option<Self> {
        let mut private = Self::PRIVATE.iter().copied();
        let private = private.find(|facet| facet.name(dimensions) == name);
        private.or_else(|| Self::parse(name, dimensions))
    }

    /// How the facet comes by its values.
    pub(super) fn values(self) -> Values {
        match self {
            Self::Country | Self::RegionAt(_) | Self::Group => Values::Derived(Self::Region),
            Self::BroadTheme => Values::Derived(Self::Theme),
            Self::Region => Values::Spelt,
            _ => Values::Written,
        }
    }

    /// Hands over the values that a case says, as it writes them, in its order and as often.
    pub(super) fn written<'c>(
        self,
        case: &'c Case,
        dimensions: Dimensions<'_>,
        take: &mut dyn FnMut(Cow<'c, str>),
    ) {
        let mut text = |text: &'c str| {
            let text = text.trim();
            if !text.is_empty() {
                take(Cow::Borrowed(text));
            }
        };
        match self {
            Self::Region => case.regions.iter().for_each(|code| take(Cow::Borrowed(code))),
            Self::Theme => case.themes.iter().for_each(|key| text(key)),
            Self::Status => case.status.into_iter().for_each(|word| text(word.as_str())),
            Self::Outcome => case.outcome.into_iter().for_each(|word| text(word.as_str())),
            Self::Scope => case.scope.into_iter().for_each(|word| text(word.as_str())),
            Self::Year => {
                if let Some(period) = case.period {
                    take(Cow::Owned(format!("{:04}", period.start.year)));
                }
            }
            Self::Evidence => {
                case.evidence_level.into_iter().for_each(|word| text(word.as_str()));
            }
            Self::Organisation => {
                case.organisations.iter().for_each(|organisation| text(&organisation.name));
            }
            Self::Standard => {
                case.technology.iter().flat_map(|found| &found.standards).for_each(|it| text(it));
            }
            Self::Component => {
                case.technology.iter().flat_map(|found| &found.components).for_each(|it| text(it));
            }
            Self::Programme => {
                case.funding.iter().filter_map(|it| it.programme.as_deref()).for_each(text);
            }
            Self::Challenge => case.challenges().for_each(|(kind, _)| text(kind)),
            Self::Keyword => case.keywords.iter().for_each(|word| text(word)),
            Self::Review => {
                text(case.review.as_ref().map_or(UNSET, |review| review.state.as_str()));
            }
            Self::Declared(index) => {
                let name = dimensions.facets.keys().nth(usize::from(index));
                let values = name.and_then(|name| case.facets.get(name));
                values.into_iter().flatten().for_each(|value| text(value));
            }
            Self::Country | Self::RegionAt(_) | Self::Group | Self::BroadTheme => {}
        }
    }

    /// The values that follow from one value of the facet that this one is derived from, or from one way
    /// of writing a value.
    pub(super) fn derived(self, value: &str, dimensions: Dimensions<'_>) -> Vec<String> {
        if self == Self::BroadTheme {
            return vec![dimensions.themes.parent(value).unwrap_or(value).to_owned()];
        }
        if self == Self::Region {
            return vec![dimensions.regions.canonical(value).into_owned()];
        }
        let Ok(region) = dimensions.regions.find(value) else { return Vec::new() };
        let at_level = |level| region.at_level(level).map(|found| found.code().to_owned());
        match self {
            Self::Country => at_level(0).into_iter().collect(),
            Self::RegionAt(level) => at_level(usize::from(level)).into_iter().collect(),
            Self::Group => {
                let groups = dimensions.groups.iter();
                let member = |code: &String| {
                    dimensions.regions.find(code).is_ok_and(|member| member.contains(&region))
                };
                let groups = groups.filter(|(_, codes)| codes.iter().any(member));
                groups.map(|(name, _)| name.to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The values that a case has by one word of its record, where it says this facet or the one that
    /// this is derived from.
    pub fn of_word(self, word: &str, dimensions: Dimensions<'_>) -> Vec<String> {
        match self.values() {
            Values::Derived(_) | Values::Spelt => self.derived(word, dimensions),
            Values::Written => vec![word.to_owned()],
        }
    }

    /// All values that there can be, used or not, in their order; none if any text can be one.
    pub fn known_values(self, dimensions: Dimensions<'_>) -> Option<Vec<String>> {
        fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<String> {
            all.iter().map(|one| word(*one).to_owned()).collect()
        }
        Some(match self {
            Self::Theme => dimensions.themes.keys().map(str::to_owned).collect(),
            Self::BroadTheme => {
                let broad = dimensions.themes.keys();
                let broad = broad.filter(|key| dimensions.themes.parent(key).is_none());
                broad.map(str::to_owned).collect()
            }
            Self::Group => dimensions.groups.keys().map(str::to_owned).collect(),
            Self::Status => words(Status::ALL, Status::as_str),
            Self::Outcome => words(Outcome::ALL, Outcome::as_str),
            Self::Scope => words(Scope::ALL, Scope::as_str),
            Self::Evidence => words(EvidenceLevel::ALL, EvidenceLevel::as_str),
            Self::Review => {
                let mut states = words(ReviewState::ALL, ReviewState::as_str);
                states.push(UNSET.to_owned());
                states
            }
            Self::Challenge => Case::CHALLENGES.iter().map(|kind| (*kind).to_owned()).collect(),
            Self::Declared(index) => {
                let facet = dimensions.facets.iter().nth(usize::from(index));
                let (_, facet) = facet.filter(|(_, facet)| !facet.values.is_open())?;
                facet.values.iter().map(|(value, _)| value.to_owned()).collect()
            }
            _ => return None,
        })
    }

    /// What stands for a value in print where the manifest or a list of regions names it; words of
    /// the form stay as they are.
    pub fn title(self, value: &str, dimensions: Dimensions<'_>) -> String {
        let title = match self {
            Self::Country | Self::Region | Self::RegionAt(_) => {
                dimensions.regions.find(value).ok().map(|region| region.name().to_owned())
            }
            Self::Theme | Self::BroadTheme => {
                dimensions.themes.get(value).map(|theme| theme.title.clone())
            }
            Self::Declared(index) => {
                let facet = dimensions.facets.iter().nth(usize::from(index));
                let mut named = facet.into_iter().flat_map(|(_, facet)| facet.values.iter());
                named.find(|(code, _)| *code == value).map(|(_, name)| name.to_owned())
            }
            _ => None,
        };
        title.unwrap_or_else(|| value.to_owned())
    }
}
