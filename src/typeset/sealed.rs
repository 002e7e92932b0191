//! Owns data that Typst knows again by a digest.
//!
//! Typst reads all that it is given, to know what it made of the same before. The data of a site are large,
//! and many of its pages have the same of them; so a page's data are handed over sealed, with a digest in
//! which what several pages have was read once.

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter};
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use rayon::prelude::*;
use typst::ecow::EcoString;
use typst::foundations::{
    Dict, Func, IntoValue, NativeFuncData, NativeType, NativeTypeData, Reflect, Repr, Scope, Str,
    Value,
};
use typst::utils::{DefSite, hash128};

use super::inputs::Fields;
use super::native::native;

/// Puts the function that takes data out under the name that the beginnings of documents know.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put(UNSEALED.name, Func::from(&UNSEALED));
}

/// `unsealed(data)`: the data as they were before they were sealed.
static UNSEALED: NativeFuncData = native(
    "unsealed",
    "The data that were handed over sealed.",
    &|_, _, args| {
        let value: Value = args.expect("data")?;
        Ok(match &value {
            Value::Dyn(any) => {
                any.downcast().map_or(Value::None, |sealed: &Sealed| sealed.data.clone())
            }
            _ => value,
        })
    },
    &<Value as Reflect>::output,
);

/// Data with their digest.
#[derive(Clone)]
pub(super) struct Sealed {
    digest: u128,
    data: Value,
}

impl Sealed {
    /// Seals data by themselves.
    pub(super) fn new(data: Value) -> Self {
        Self { digest: hash128(&data), data }
    }

    /// Seals the data of pages, side by side. Each may have a `report`, with parts of the whole one.
    pub(super) fn pages(pages: Vec<Value>, report: &Dict) -> Vec<Self> {
        let parts: Vec<(&Str, &Value)> = report.iter().collect();
        let parts = parts.into_par_iter().map(|(key, part)| (key, (part, hash128(part))));
        let shared: Shared<'_> = parts.collect::<Vec<_>>().into_iter().collect();
        let seal = |data| Self { digest: digest_of_page(&data, &shared), data };
        pages.into_par_iter().map(seal).collect()
    }

    /// The digest of the data.
    pub(super) fn digest(&self) -> u128 {
        self.digest
    }
}

/// The parts of the whole report, each with its digest.
type Shared<'r> = BTreeMap<&'r Str, (&'r Value, u128)>;

fn digest_of_page(page: &Value, shared: &Shared<'_>) -> u128 {
    let Value::Dict(fields) = page else { return hash128(page) };
    let of_field = |(key, value): (&Str, &Value)| match value {
        Value::Dict(report) if key.as_str() == "report" => {
            hash128(&digests_of_parts(report, shared))
        }
        _ => hash128(&(key, value)),
    };
    hash128(&fields.iter().map(of_field).collect::<Vec<_>>())
}

fn digests_of_parts<'p>(report: &'p Dict, shared: &Shared<'_>) -> Vec<(&'p Str, u128)> {
    let digest = |key: &Str, part: &Value| match shared.get(key) {
        Some((whole, digest)) if is_same(part, whole) => *digest,
        _ => hash128(part),
    };
    report.iter().map(|(key, part)| (key, digest(key, part))).collect()
}

/// Whether two values are one and the same in memory. Two that are equal need not be.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Dict(one), Value::Dict(other)) => {
            let (one, other) = (one.iter().next(), other.iter().next());
            one.zip(other).is_some_and(|((_, one), (_, other))| std::ptr::eq(one, other))
        }
        (Value::Array(one), Value::Array(other)) => {
            let (one, other) = (one.as_slice(), other.as_slice());
            !one.is_empty() && std::ptr::eq(one, other)
        }
        _ => false,
    }
}

impl Hash for Sealed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

impl PartialEq for Sealed {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Debug for Sealed {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({:032x})", self.digest)
    }
}

impl Repr for Sealed {
    fn repr(&self) -> EcoString {
        "sealed".into()
    }
}

impl NativeType for Sealed {
    const NAME: &'static str = "sealed";

    fn data() -> &'static NativeTypeData {
        static DATA: NativeTypeData = NativeTypeData {
            name: Sealed::NAME,
            long_name: Sealed::NAME,
            title: "Sealed",
            docs: "Data that are known by a digest.",
            def_site: DefSite { path: file!(), key: "Sealed" },
            keywords: &[],
            constructor: LazyLock::new(|| None),
            scope: LazyLock::new(Scope::new),
        };
        &DATA
    }
}

impl IntoValue for Sealed {
    fn into_value(self) -> Value {
        Value::dynamic(self)
    }
}

#[cfg(test)]
mod tests {
    use typst::foundations::Array;

    use super::*;

    fn dict(fields: &[(&str, Value)]) -> Dict {
        fields.iter().map(|(key, value)| (Str::from(*key), value.clone())).collect()
    }

    #[test]
    fn a_page_is_known_by_all_of_its_data() {
        let cases: Array = ["one", "two"].into_iter().map(IntoValue::into_value).collect();
        let whole = dict(&[("title", "A".into_value()), ("cases", cases.clone().into_value())]);
        let page = |path: &str, report: Dict| {
            dict(&[("path", path.into_value()), ("report", report.into_value())]).into_value()
        };
        let retold: Array = ["one", "three"].into_iter().map(IntoValue::into_value).collect();
        let renamed = dict(&[("cases", Value::None), ("lists", cases.into_value())]);
        let pages = vec![
            page("a.html", whole.clone()),
            page("b.html", whole.clone()),
            page(
                "a.html",
                dict(&[
                    ("title", "B".into_value()),
                    ("cases", whole.get("cases").unwrap().clone()),
                ]),
            ),
            page("a.html", dict(&[("title", "A".into_value()), ("cases", retold.into_value())])),
            page("a.html", renamed),
            page("a.html", whole.clone()),
        ];
        let digests: Vec<u128> = Sealed::pages(pages, &whole).iter().map(Sealed::digest).collect();
        for (number, digest) in digests.iter().enumerate().take(5) {
            let same = digests.iter().filter(|other| *other == digest).count();
            assert_eq!(same, if number == 0 { 2 } else { 1 }, "page {number}");
        }
        assert_eq!(digests[0], digests[5]);
    }
}
