//! Lists in pages.

use super::check::Checks;
use crate::error::ApiError;

/// The longest page, and the one without `Limit`.
const LONGEST: usize = 100;

/// `Limit` and `NextToken`; a token is the last name told, so that a page goes on right after it even
/// when members come and go between two calls.
#[derive(Debug)]
pub(crate) struct Page {
    limit: usize,
    after: Option<String>,
}

impl Page {
    /// Reads the two members of an input.
    pub(crate) fn of(limit: Option<i64>, next_token: Option<&str>) -> Result<Self, ApiError> {
        Checks::default().range("limit", limit, (1, 100)).finish()?;
        let after = next_token.map(name_of).transpose()?;
        Ok(Self { limit: limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LONGEST), after })
    }

    /// The members of this page, in order of their names, and the next page's token.
    pub(crate) fn cut<'a, T>(&self, members: impl Iterator<Item = (&'a str, T)>) -> (Vec<T>, Option<String>) {
        let after = self.after.as_deref();
        let mut rest = members.filter(|(name, _)| after.is_none_or(|after| *name > after)).peekable();
        let mut page = Vec::new();
        let mut last = "";
        while page.len() < self.limit
            && let Some((name, member)) = rest.next()
        {
            last = name;
            page.push(member);
        }
        let token = rest.peek().map(|_| hex::encode(last));
        (page, token)
    }
}

fn name_of(token: &str) -> Result<String, ApiError> {
    hex::decode(token)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| ApiError::validation("Parameter NextToken is not valid."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];

    fn page(limit: i64, token: Option<&str>) -> (Vec<&'static str>, Option<String>) {
        Page::of(Some(limit), token).unwrap().cut(NAMES.into_iter().map(|name| (name, name)))
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let (first, token) = page(2, None);
        let (second, next) = page(2, token.as_deref());
        let (third, end) = page(2, next.as_deref());
        assert_eq!([first, second, third].concat(), NAMES);
        assert_eq!(end, None, "the last page has no token");
        assert_eq!(page(5, None).1, None, "a page that just fits is the last one");
    }

    #[test]
    fn a_wrong_limit_or_token_is_refused() {
        assert!(Page::of(Some(0), None).is_err());
        assert!(Page::of(Some(101), None).is_err());
        assert!(Page::of(None, Some("not a token")).is_err());
    }
}
