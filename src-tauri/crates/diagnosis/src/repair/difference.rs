//! What changes between two JSON texts, line by line.

use serde_json::Value;

/// The lines of two policies, as `(sign, line)`: `-` goes, `+` comes, a blank stays. A text that is no JSON is one line.
pub fn policy_difference(before: &str, after: &str) -> Vec<(char, String)> {
    let (before, after) = (lines(before), lines(after));
    // Longest common subsequence from the end: `common[i][j]` is that of `before[i..]` and `after[j..]`.
    let mut common = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            common[i][j] = if before[i] == after[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < before.len() || j < after.len() {
        if i < before.len() && j < after.len() && before[i] == after[j] {
            out.push((' ', before[i].clone()));
            (i, j) = (i + 1, j + 1);
        } else if j == after.len() || (i < before.len() && common[i + 1][j] >= common[i][j + 1]) {
            out.push(('-', before[i].clone()));
            i += 1;
        } else {
            out.push(('+', after[j].clone()));
            j += 1;
        }
    }
    out
}

fn lines(text: &str) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let pretty = serde_json::from_str::<Value>(text).ok().and_then(|value| serde_json::to_string_pretty(&value).ok());
    // A comma that comes or goes at a line's end is no change of that line.
    pretty.unwrap_or_else(|| text.to_owned()).lines().map(|line| line.trim_end_matches(',').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_statements_stay_as_they_are() {
        let before = r#"{"Statement":[{"Sid":"a"},{"Sid":"b"}]}"#;
        let after = r#"{"Statement":[{"Sid":"a"},{"Sid":"b"},{"Sid":"own"}]}"#;
        let changed: Vec<_> = policy_difference(before, after).into_iter().filter(|(sign, _)| *sign != ' ').collect();
        assert!(changed.iter().all(|(sign, _)| *sign == '+'), "nothing goes: {changed:?}");
        assert!(changed.iter().any(|(_, line)| line.contains("own")));
        assert_eq!(policy_difference("", "").len(), 0);
        assert!(policy_difference("", after).iter().all(|(sign, _)| *sign == '+'));
    }
}
