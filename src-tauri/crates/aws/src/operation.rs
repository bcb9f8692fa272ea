//! Which operations only read.

/// Whether an operation changes nothing. Receiving messages changes them: it hides them and raises their receive counts.
pub(crate) fn is_read(operation: &str) -> bool {
    ["Describe", "List", "Get"].iter().any(|verb| operation.starts_with(verb)) || operation == "TestEventPattern"
}

/// The service of an operation that writes, as IAM names it.
pub(crate) fn service_of(operation: &str) -> &'static str {
    let is_of = |nouns: &[&str]| nouns.iter().any(|noun| operation.contains(noun));
    match operation {
        _ if is_of(&["Queue", "Message"]) => "sqs",
        _ if is_of(&["Key"]) => "kms",
        _ => "events",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_to_read_writes() {
        for reads in ["DescribeRule", "ListTargetsByRule", "GetQueueAttributes", "GetCallerIdentity", "TestEventPattern"] {
            assert!(is_read(reads), "{reads}");
        }
        for writes in ["PutRule", "PutEvents", "ReceiveMessage", "DeleteMessageBatch", "TagResource", "SomethingNew", ""] {
            assert!(!is_read(writes), "{writes:?} must be asked about");
        }
    }

    #[test]
    fn an_operation_has_its_service() {
        for (operation, service) in
            [("DeleteMessageBatch", "sqs"), ("SetQueueAttributes", "sqs"), ("PutEvents", "events"), ("PutKeyPolicy", "kms")]
        {
            assert_eq!(service_of(operation), service);
        }
    }
}
