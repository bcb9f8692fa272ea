//! The wildcards of policies: `*` for any text, `?` for one character.

/// Whether the whole of `text` fits `pattern`.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                last_star = Some((p, t));
                p += 1;
            }
            Some(&c) if c == '?' || c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((star, covered)) = last_star else { return false };
                last_star = Some((star, covered + 1));
                p = star + 1;
                t = covered + 1;
            }
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

/// Whether an ARN fits: each of the six parts by itself (IAM user guide, ARN condition operators).
pub(super) fn arn_fits(pattern: &str, arn: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let (mut patterns, mut parts) = (pattern.splitn(6, ':'), arn.splitn(6, ':'));
    for _ in 0..6 {
        match (patterns.next(), parts.next()) {
            (Some(pattern), Some(part)) if fits(pattern, part) => {}
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_cover_any_text() {
        for (pattern, text, fit) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "abc", true),
            ("a*c", "abbc", true),
            ("a*c", "abbcd", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*b*b*", "abcb", true),
            ("*b*b*", "abc", false),
            ("abc", "ABC", false),
            ("a**", "a", true),
            ("ä?", "äö", true),
        ] {
            assert_eq!(fits(pattern, text), fit, "{pattern:?} on {text:?}");
        }
    }

    #[test]
    fn each_part_of_an_arn_is_compared_by_itself() {
        let rule = "arn:aws:events:eu-central-1:123456789012:rule/aws.partner/ilert.com/x/all";
        for (pattern, fit) in [
            (rule, true),
            ("arn:aws:events:eu-central-1:123456789012:rule/*", true),
            ("arn:*:events:*:123456789012:rule/aws.partner/*/all", true),
            ("arn:aws:events:*:*:*", true),
            ("*", true),
            ("arn:aws:events:eu-*rule/*", false),
            ("arn:aws:events:eu-central-1:123456789012:rule/all", false),
            ("arn:aws:events:eu-west-1:123456789012:rule/*", false),
            ("arn:aws:events", false),
        ] {
            assert_eq!(arn_fits(pattern, rule), fit, "{pattern}");
        }
        assert!(arn_fits("arn:aws:sns:r:1:a:b", "arn:aws:sns:r:1:a:b"), "the sixth part may hold colons");
    }
}
