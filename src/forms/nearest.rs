//! "Did you mean …?": the candidate nearest to a word that is nowhere declared.

/// The candidate that is a likely misspelling of `word`: at most a third of its letters away (at least one), the first
/// of the nearest. Swapped neighbours count as one slip.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().take(64).collect();
    let allowed = (letters.len() / 3).max(1);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let distance = distance(&letters, &candidate.chars().take(64).collect::<Vec<_>>());
        if distance <= allowed && candidate != word && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The number of slips (insert, drop, replace, swap neighbours) that turn `a` into `b`.
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut rows = vec![0usize; (a.len() + 1) * width];
    (0..width).for_each(|j| rows[j] = j);
    for i in 1..=a.len() {
        rows[i * width] = i;
        for j in 1..width {
            let replaced = rows[(i - 1) * width + j - 1] + usize::from(!same(a[i - 1], b[j - 1]));
            let mut least = replaced.min(rows[(i - 1) * width + j] + 1).min(rows[i * width + j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[(i - 2) * width + j - 2] + 1);
            }
            rows[i * width + j] = least;
        }
    }
    rows[a.len() * width + b.len()]
}

/// Letters are compared without case: `Manager` for `manager` is no slip worth counting.
fn same(a: char, b: char) -> bool {
    a.eq_ignore_ascii_case(&b)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn nearest_is_offered_and_far_is_not() {
        let words = ["manager", "name", "replies", "role"];
        assert_eq!(did_you_mean("manger", words), Some("manager"));
        assert_eq!(did_you_mean("naem", words), Some("name"));
        assert_eq!(did_you_mean("Role", words), Some("role"));
        assert_eq!(did_you_mean("holidays", words), None);
    }
}
