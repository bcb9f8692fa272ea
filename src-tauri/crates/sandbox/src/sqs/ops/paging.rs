//! `MaxResults` and `NextToken` of the lists of queues.

use aws_smithy_types::base64;

use crate::sqs::address::Address;
use crate::sqs::error::SqsError;

/// Most queues of one answer (SQS API reference, `ListQueues`).
const MAX: i64 = 1_000;

/// A page that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// At most this many.
    pub(super) max: usize,
    /// Begin behind the queue of this name.
    pub(super) after: Option<String>,
    /// Without `MaxResults` there is never a `NextToken`.
    paged: bool,
}

impl Page {
    /// Reads the two parameters.
    ///
    /// # Errors
    /// A number out of range, or a token that was never given out.
    pub(super) fn read(max_results: Option<i64>, next_token: Option<&str>) -> Result<Self, SqsError> {
        let max = max_results.unwrap_or(MAX);
        if !(1..=MAX).contains(&max) {
            let sentence =
                format!("Value {max} for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and {MAX}.");
            return Err(SqsError::InvalidParameter(sentence));
        }
        let after = next_token.map(|token| name_in(token).ok_or_else(bad_token)).transpose()?;
        Ok(Self { max: usize::try_from(max).expect("it is at most a thousand"), after, paged: max_results.is_some() })
    }

    /// The token of the next page, where `more` says that there is one.
    pub(super) fn next_token(&self, last: Option<&Address>, more: bool) -> Option<String> {
        last.filter(|_| more && self.paged).map(|address| base64::encode(&address.name))
    }
}

fn name_in(token: &str) -> Option<String> {
    String::from_utf8(base64::decode(token).ok()?).ok()
}

fn bad_token() -> SqsError {
    SqsError::InvalidParameter("Invalid or expired next token.".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_behind_the_last_queue() {
        let page = Page::read(Some(2), None).unwrap();
        let last = Address::new("r", "1", "b");
        let token = page.next_token(Some(&last), true).unwrap();
        assert_eq!(Page::read(Some(2), Some(&token)).unwrap().after.as_deref(), Some("b"));
        assert_eq!(page.next_token(Some(&last), false), None, "the last page has no token");
        assert_eq!(Page::read(None, None).unwrap().next_token(Some(&last), true), None, "nor an answer without MaxResults");
        for (max, token) in [(Some(0), None), (Some(1001), None), (Some(1), Some("?"))] {
            assert!(Page::read(max, token).is_err(), "{max:?} {token:?}");
        }
    }
}
