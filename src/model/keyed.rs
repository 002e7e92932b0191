//! Owns mappings of the manifest that keep the order in which they were written.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Values by key, in the manifest's order, which every output keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyed<T> {
    order: Vec<String>,
    by_key: BTreeMap<String, T>,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self { order: Vec::new(), by_key: BTreeMap::new() }
    }
}

impl<T> Keyed<T> {
    /// The values with their keys, in the manifest's order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.order.iter().filter_map(|key| Some((key.as_str(), self.by_key.get(key)?)))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.by_key.get(key)
    }

    /// The keys in the manifest's order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }

    /// Puts a value behind the others, unless its key is there already.
    pub fn insert(&mut self, key: String, value: T) {
        if let Entry::Vacant(place) = self.by_key.entry(key) {
            self.order.push(place.key().clone());
            place.insert(value);
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }
}

impl<T> IntoIterator for Keyed<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    /// The values with their keys, in the manifest's order.
    fn into_iter(self) -> Self::IntoIter {
        let Self { order, mut by_key } = self;
        order
            .into_iter()
            .filter_map(|key| by_key.remove_entry(&key))
            .collect::<Vec<_>>()
            .into_iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyedVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for KeyedVisitor<T> {
            type Value = Keyed<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by key")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keyed<T>, A::Error> {
                let mut keyed = Keyed::default();
                while let Some((key, value)) = map.next_entry::<String, T>()? {
                    keyed.insert(key, value);
                }
                Ok(keyed)
            }
        }

        deserializer.deserialize_map(KeyedVisitor(PhantomData))
    }
}
