//! What names a queue: region, account and name; its ARN and its URL.

use std::fmt;

use waybill_domain::Region;

use super::error::SqsError;

/// Most characters of a queue name, `.fifo` included (SQS quota).
const MAX_NAME: usize = 80;

/// The name of a FIFO queue ends with this.
const FIFO_SUFFIX: &str = ".fifo";

/// One queue among all regions and accounts; ordered so that one account's queues of one region lie together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Address {
    /// The region that the queue lives in.
    pub(crate) region: String,
    /// The account that owns the queue, twelve digits.
    pub(crate) account: String,
    /// The queue's name.
    pub(crate) name: String,
}

impl Address {
    /// The queue `name` of an account in a region; the name is not checked.
    pub(crate) fn new(region: &str, account: &str, name: &str) -> Self {
        Self { region: region.to_owned(), account: account.to_owned(), name: name.to_owned() }
    }

    /// Reads a queue ARN; `None` when it is not one.
    pub(crate) fn from_arn(arn: &str) -> Option<Self> {
        let mut parts = arn.split(':');
        let (prefix, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account, name) = (parts.next()?, parts.next()?, parts.next()?);
        let is_queue = prefix == "arn" && partition.starts_with("aws") && service == "sqs" && parts.next().is_none();
        let complete = !region.is_empty() && !account.is_empty() && !name.is_empty();
        (is_queue && complete).then(|| Self::new(region, account, name))
    }

    /// Reads a queue URL; only its last two parts count, so a URL of another host is taken too.
    pub(crate) fn from_url(region: &str, url: &str) -> Option<Self> {
        let mut parts = url.trim_end_matches('/').rsplit('/');
        let (name, account) = (parts.next()?, parts.next()?);
        let is_account = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        (is_account && !name.is_empty()).then(|| Self::new(region, account, name))
    }

    /// The URL that clients use, below `endpoint` (no slash at its end).
    pub(crate) fn url(&self, endpoint: &str) -> String {
        format!("{endpoint}/{}/{}", self.account, self.name)
    }

    /// Whether the name is a FIFO queue's.
    pub(crate) fn is_fifo(&self) -> bool {
        self.name.ends_with(FIFO_SUFFIX)
    }
}

impl fmt::Display for Address {
    /// The queue's ARN.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let partition = self.region.parse::<Region>().map_or("aws", |region| region.partition());
        write!(f, "arn:{partition}:sqs:{}:{}:{}", self.region, self.account, self.name)
    }
}

/// Checks a name for a new queue.
///
/// # Errors
/// `InvalidParameterValue` with AWS's sentence for the queue type.
pub(crate) fn check_name(name: &str, fifo: bool) -> Result<(), SqsError> {
    let stem = if fifo { name.strip_suffix(FIFO_SUFFIX) } else { Some(name) };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match stem {
        Some(stem) if !stem.is_empty() && name.len() <= MAX_NAME && stem.chars().all(plain) => Ok(()),
        _ if fifo => Err(SqsError::InvalidParameter(
            "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length".into(),
        )),
        _ => Err(SqsError::InvalidParameter(
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length".into(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_read_back_as_it_was_written() {
        for (region, partition) in [("eu-central-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")] {
            let queue = Address::new(region, "123456789012", "orders");
            assert_eq!(queue.to_string(), format!("arn:{partition}:sqs:{region}:123456789012:orders"));
            assert_eq!(Address::from_arn(&queue.to_string()), Some(queue), "the ARN names the same queue");
        }
    }

    #[test]
    fn only_queue_arns_are_queue_arns() {
        for wrong in ["", "dummy", "arn:aws:sqs:r:1", "arn:aws:sns:r:1:q", "arn:aws:sqs:r:1:q:x", "arn:aws:sqs::1:q", "x:aws:sqs:r:1:q"] {
            assert_eq!(Address::from_arn(wrong), None, "{wrong:?} names no queue");
        }
    }

    #[test]
    fn account_and_name_decide_in_a_queue_url() {
        let queue = Address::new("eu-west-1", "123456789012", "q.fifo");
        for url in [
            "http://127.0.0.1:1/123456789012/q.fifo",
            "https://sqs.eu-west-1.amazonaws.com/123456789012/q.fifo",
            "http://h/queue/123456789012/q.fifo/",
        ] {
            assert_eq!(Address::from_url("eu-west-1", url).as_ref(), Some(&queue), "{url}");
        }
        for url in ["", "q", "http://h/q", "http://h/12345/q"] {
            assert_eq!(Address::from_url("eu-west-1", url), None, "{url}");
        }
        assert_eq!(queue.url("http://h:1"), "http://h:1/123456789012/q.fifo");
    }

    #[test]
    fn names_follow_the_queue_type() {
        let long = "a".repeat(80);
        for (name, fifo, good) in [
            ("orders-1_x", false, true),
            (&*long, false, true),
            (&*format!("{long}a"), false, false),
            ("", false, false),
            ("a.b", false, false),
            ("orders.fifo", false, false),
            ("orders.fifo", true, true),
            ("orders", true, false),
            (".fifo", true, false),
            (&*format!("{}.fifo", &long[..76]), true, false),
        ] {
            assert_eq!(check_name(name, fifo).is_ok(), good, "{name:?}, fifo {fifo}");
        }
    }
}
