//! Owns data that Typst knows by a digest.
//!
//! Typst reads all that it is given, to know what it made of the same before. The data of a site are large,
//! many of its pages have the same of them, and at each save in the preview most are the same as before. So a
//! page's data are sealed: what begins the page names their digest, in which what several pages have was read
//! once, and a function hands out the data. What Typst remembers then hangs on the data of no other page.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use rayon::prelude::*;
use typst::diag::bail;
use typst::foundations::{Dict, NativeFuncData, Reflect, Str, Value};
use typst::utils::hash128;

use super::inputs::Fields;
use super::native::native;

/// Puts the function that takes data out under the name that the beginnings of documents know.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put_functions(&[&UNSEALED]);
}

/// `unsealed(name)`: the same name leads to the same data for as long as anybody holds them.
static UNSEALED: NativeFuncData = native(
    "unsealed",
    "The data that were sealed under a name.",
    &|_, _, args| {
        let name: Str = args.expect("name")?;
        match opened(&name) {
            Some(data) => Ok(data),
            None => bail!(args.span, "no data are sealed as {name}"),
        }
    },
    &<Value as Reflect>::output,
);

/// All sealed data of the process, by their digests.
static SEALED: Mutex<BTreeMap<u128, Weak<Value>>> = Mutex::new(BTreeMap::new());

fn all() -> MutexGuard<'static, BTreeMap<u128, Weak<Value>>> {
    SEALED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn opened(name: &str) -> Option<Value> {
    let digest = u128::from_str_radix(name, 16).ok()?;
    let data = all().get(&digest)?.upgrade()?;
    Some((*data).clone())
}

/// Data that are kept under their digest.
#[derive(Debug)]
pub(super) struct Sealed {
    digest: u128,
    /// None only while it is let go of.
    data: Option<Arc<Value>>,
}

impl Sealed {
    /// Seals data by themselves.
    pub(super) fn new(data: Value) -> Self {
        Self::under(hash128(&data), data)
    }

    /// Seals the data of pages, side by side. Each may have a `report`, with parts of the whole one.
    pub(super) fn pages(pages: Vec<Value>, report: &Dict) -> Vec<Self> {
        let parts: Vec<(&Str, &Value)> = report.iter().collect();
        let parts = parts.into_par_iter().map(|(key, part)| (key, (part, hash128(part))));
        let shared: Shared<'_> = parts.collect::<Vec<_>>().into_iter().collect();
        let seal = |data| Self::under(digest_of_page(&data, &shared), data);
        pages.into_par_iter().map(seal).collect()
    }

    /// Keeps data for as long as it lives, or holds on to the same that others keep.
    fn under(digest: u128, data: Value) -> Self {
        let mut all = all();
        let data = all.get(&digest).and_then(Weak::upgrade).unwrap_or_else(|| Arc::new(data));
        all.insert(digest, Arc::downgrade(&data));
        Self { digest, data: Some(data) }
    }

    /// The name under which the data are handed out.
    pub(super) fn name(&self) -> String {
        format!("{:032x}", self.digest)
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

impl Drop for Sealed {
    fn drop(&mut self) {
        let mut all = all();
        // Large data are let go of while others need not wait.
        let _last = self.data.take().and_then(Arc::into_inner).inspect(|_| {
            all.remove(&self.digest);
        });
        drop(all);
    }
}

#[cfg(test)]
mod tests {
    use typst::foundations::{Array, IntoValue};

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

    #[test]
    fn data_are_handed_out_for_as_long_as_anybody_keeps_them() {
        let data = || "sealed for the test of handing out".into_value();
        let one = Sealed::new(data());
        let name = one.name();
        let other = Sealed::new(data());
        assert_eq!(other.name(), name);
        drop(one);
        assert_eq!(opened(&name), Some(data()));
        drop(other);
        assert_eq!(opened(&name), None);
        assert!(!all().contains_key(&u128::from_str_radix(&name, 16).unwrap()));
        assert_eq!(opened("no name"), None);
    }
}
