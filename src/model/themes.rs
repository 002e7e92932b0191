//! Owns the themes of a report, on one level or two.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::Keyed;

/// A theme of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its name for readers.
    pub title: String,
    /// What belongs to it.
    pub description: Option<String>,
    /// Other words for it.
    pub synonyms: Vec<String>,
    /// The key of the theme that it is a part of.
    pub parent: Option<String>,
}

/// All themes by key: each before those inside it, else in the manifest's order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Themes {
    all: Keyed<Theme>,
    /// The keys of the themes that a word may mean, by the word without its letter sizes.
    words: BTreeMap<String, Vec<String>>,
}

impl Themes {
    /// The themes with their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Theme)> {
        self.all.iter()
    }

    /// The theme of a key.
    pub fn get(&self, key: &str) -> Option<&Theme> {
        self.all.get(key)
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.all.keys()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many there are, on both levels.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The theme that a theme is a part of.
    pub fn parent(&self, key: &str) -> Option<&str> {
        self.get(key)?.parent.as_deref()
    }

    /// The themes that are parts of a theme.
    pub fn children(&self, key: &str) -> impl Iterator<Item = &str> {
        let inside = self.iter().filter(move |(_, theme)| theme.parent.as_deref() == Some(key));
        inside.map(|(child, _)| child)
    }

    /// The theme that a word is the key, a title or a synonym of, letter sizes and spaces at its ends
    /// aside; none if it stands for several.
    pub fn called(&self, word: &str) -> Option<&str> {
        match self.words.get(&fold(word))?.as_slice() {
            [key] => Some(key),
            _ => None,
        }
    }

    /// All words for themes, each with the keys that it may stand for.
    pub fn words(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.words.iter().map(|(word, keys)| (word.as_str(), keys.as_slice()))
    }

    /// A theme of a key that is there already is passed over: the rules tell of it.
    fn add(&mut self, key: String, setting: ThemeSetting, parent: Option<&str>) {
        let ThemeSetting { title, description, synonyms, themes } = setting;
        let theme = Theme { title, description, synonyms, parent: parent.map(str::to_owned) };
        for word in theme.synonyms.iter().chain([&key, &theme.title]) {
            let keys = self.words.entry(fold(word)).or_default();
            if !keys.contains(&key) {
                keys.push(key.clone());
            }
        }
        self.all.insert(key.clone(), theme);
        for (inner, setting) in themes.into_iter().flat_map(Keyed::into_iter) {
            self.add(inner, setting, Some(&key));
        }
    }
}

/// A theme as the manifest writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeSetting {
    title: String,
    description: Option<String>,
    #[serde(default)]
    synonyms: Vec<String>,
    themes: Option<Keyed<ThemeSetting>>,
}

impl<'de> Deserialize<'de> for Themes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut themes = Self::default();
        for (key, setting) in Keyed::<ThemeSetting>::deserialize(deserializer)?.into_iter() {
            themes.add(key, setting, None);
        }
        Ok(themes)
    }
}

fn fold(word: &str) -> String {
    word.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes() -> Themes {
        serde_json::from_str(
            r#"{
                "home": { "title": "Care at home", "synonyms": ["homecare", "Visits"] },
                "acute": { "title": "Acute care", "themes": {
                    "telestroke": { "title": "Telestroke", "synonyms": ["stroke by video"] },
                    "ambulance": { "title": "Ambulances", "synonyms": ["visits"] }
                } },
                "after": { "title": "Aftercare" }
            }"#,
        )
        .unwrap()
    }

    #[test]
    fn both_levels_stand_in_one_order_and_know_each_other() {
        let themes = themes();
        let keys: Vec<&str> = themes.keys().collect();
        assert_eq!(keys, ["home", "acute", "telestroke", "ambulance", "after"]);
        assert_eq!(themes.children("acute").collect::<Vec<_>>(), ["telestroke", "ambulance"]);
        assert_eq!((themes.parent("telestroke"), themes.parent("home")), (Some("acute"), None));
    }

    #[test]
    fn a_theme_is_called_by_its_title_and_synonyms_unless_two_are() {
        let themes = themes();
        assert_eq!(themes.called("HomeCare "), Some("home"));
        assert_eq!(themes.called("Stroke by video"), Some("telestroke"));
        assert_eq!(themes.called("aftercare"), Some("after"));
        assert_eq!(themes.called("visits"), None);
        assert_eq!(themes.called("home car"), None);
    }
}
