//! Owns how a function of casebook becomes one that templates can call.
//!
//! Typst remembers each call of a function that is written in its language, and compares all that the call
//! was given with what it was given before. What is small and called by the ten thousand is quicker here.

use std::sync::LazyLock;

use typst::comemo::Tracked;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Args, CastInfo, Context, NativeFuncData, NativeFuncPtr, Scope, Value};

/// What a function does with its arguments.
pub(super) type Body = dyn Fn(&mut Engine<'_>, Tracked<'_, Context<'_>>, &mut Args) -> SourceResult<Value>
    + Send
    + Sync;

/// A function by its name; `docs` says in a sentence what it returns.
pub(super) const fn native(
    name: &'static str,
    docs: &'static str,
    body: &'static Body,
    returns: &'static (dyn Fn() -> CastInfo + Send + Sync),
) -> NativeFuncData {
    NativeFuncData {
        function: NativeFuncPtr(body),
        name,
        title: name,
        docs,
        def_site: None,
        keywords: &[],
        contextual: false,
        scope: LazyLock::new(&Scope::new),
        params: LazyLock::new(&Vec::new),
        returns: LazyLock::new(returns),
    }
}
