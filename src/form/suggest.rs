//! Owns "did you mean": the nearest of the words that would have been right.

/// The candidate nearest to a word, if one is near enough to be what was meant.
///
/// Near means at most one edit in three characters, swapped neighbours counting once. Case and
/// the marks `-`, `_` and space count as nothing; of equally near candidates the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |text: &str| -> String {
        text.to_lowercase().chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect()
    };
    // A word this long is no slip of the pen, and the comparison would cost its square.
    if word.len() > 200 {
        return None;
    }
    let folded = fold(word);
    let allowed = folded.chars().count().div_ceil(3).min(4);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len() > 200 {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&folded, &fold(candidate));
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(word, candidates.iter().copied()), expected);
    }

    #[test]
    fn finds_what_was_meant_and_nothing_far() {
        check("telestrok", &["telestroke", "emergency"], Some("telestroke"));
        check("Organizations", &["organisations", "regions"], Some("organisations"));
        check("target group", &["target_group"], Some("target_group"));
        check("reusltst", &["results"], Some("results"));
        check("x", &["aims"], None);
        check("weather", &["sources", "status"], None);
    }
}
