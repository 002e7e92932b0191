//! Owns what templates/words.typ needs to speak a language: the name of its table, and its plurals.

use std::sync::LazyLock;

use typst::foundations::{
    CastInfo, Func, IntoValue, NativeFuncData, NativeFuncPtr, Reflect, Scope, Str,
};

use super::inputs::Fields;
use crate::language::{Language, plural_form};

/// Puts both under names that words.typ knows.
pub(super) fn put(inputs: &mut Fields, tag: &str) {
    inputs.put("wording", Language::of(tag).unwrap_or(Language::FALLBACK).code());
    inputs.put("plural-form", Func::from(&PLURAL_FORM));
}

/// `plural-form(language, number)`: the form of a word that a number asks for. Which tables have it
/// is for the tables to say; the rules are ICU's.
static PLURAL_FORM: NativeFuncData = NativeFuncData {
    function: NativeFuncPtr(&|_, _, args| {
        let language: Str = args.expect("language")?;
        let number: i64 = args.expect("number")?;
        Ok(plural_form(&language, number).into_value())
    }),
    name: "plural-form",
    title: "Plural Form",
    docs: "The form of a word that a number asks for in a language.",
    def_site: None,
    keywords: &[],
    contextual: false,
    scope: LazyLock::new(&Scope::new),
    params: LazyLock::new(&Vec::new),
    returns: LazyLock::new(&returns),
};

fn returns() -> CastInfo {
    <Str as Reflect>::output()
}
