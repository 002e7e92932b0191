//! Owns "did you mean": the nearest of the words that would have been right.

/// The candidate nearest to a word, if one is near enough to be what was meant.
///
/// Near means at most one edit in three characters, swapped neighbours counting once. Case and
/// the marks `-`, `_` and space count as nothing; of equally near candidates the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    find(word, candidates).map(|meant| meant.word)
}

/// What was probably meant by a word that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meant<'a> {
    /// The nearest word.
    pub word: &'a str,
    /// Whether it is so near, and so much nearer than any other, that nothing else can be meant.
    pub is_certain: bool,
}

/// The candidate nearest to a word, and whether it is certain to be what was meant.
///
/// Certain is a slip in one letter of a word of three or more, or in two of a word of eight or more,
/// with no other candidate near. A digit is never a slip: it is another number.
pub fn find<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Meant<'a>> {
    // A word this long is no slip of the pen, and the comparison would cost its square.
    if word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    let length = folded.chars().count();
    let allowed = length.div_ceil(3).min(4);
    let mut near: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST) {
        let distance = strsim::damerau_levenshtein(&folded, &fold(candidate));
        if distance <= allowed + 1 {
            near.push((distance, candidate));
        }
    }
    let (least, best) = near.iter().copied().min_by_key(|(distance, _)| *distance)?;
    if least > allowed {
        return None;
    }
    let rivals = near.iter().filter(|(distance, _)| *distance <= least + 1).count() - 1;
    let is_slip = least == 0 || (least == 1 && length >= 3) || (least == 2 && length >= 8);
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let is_certain = is_slip && rivals == 0 && digits(word) == digits(best);
    Some(Meant { word: best, is_certain })
}

/// Words longer than this, in bytes, are not compared.
const LONGEST: usize = 200;

fn fold(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect()
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

    #[test]
    fn only_a_slip_with_one_reading_is_certain() {
        let check = |word: &str, candidates: &[&str], expected: bool| {
            let meant = find(word, candidates.iter().copied()).unwrap();
            assert_eq!(meant.is_certain, expected, "{word}");
        };
        check("telestrok", &["telestroke", "emergency"], true);
        check("keywrods", &["keywords"], true);
        check("result", &["results", "result2"], false);
        check("S12", &["S11"], false);
        check("aim", &["aims"], true);
        check("id", &["is"], false);
        check("Target-Group", &["target_group"], true);
        check("statsu", &["status", "stats"], false);
    }
}
