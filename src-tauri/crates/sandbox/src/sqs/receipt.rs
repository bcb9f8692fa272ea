//! Receipt handles: opaque text that names one receive of one message.

use aws_smithy_types::base64;

use super::error::SqsError;

/// What a receipt handle says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    /// The id of the queue that gave it out; another one after the queue was re-created.
    pub(crate) queue: String,
    /// The message's sequence number in that queue.
    pub(crate) sequence: u64,
    /// Which receive: another one each time.
    pub(crate) receive: String,
}

impl Receipt {
    /// The handle as clients see it.
    pub(crate) fn handle(&self) -> String {
        base64::encode(format!("{} {} {}", self.queue, self.sequence, self.receive))
    }

    /// Reads a handle that the queue with the id `queue` gave out.
    ///
    /// # Errors
    /// `ReceiptHandleIsInvalid` for any other text.
    pub(crate) fn read(handle: &str, queue: &str) -> Result<Self, SqsError> {
        Self::parse(handle).filter(|receipt| receipt.queue == queue).ok_or_else(|| SqsError::NotAHandle(handle.to_owned()))
    }

    fn parse(handle: &str) -> Option<Self> {
        let text = String::from_utf8(base64::decode(handle).ok()?).ok()?;
        let mut parts = text.split(' ');
        let receipt = Self { queue: parts.next()?.to_owned(), sequence: parts.next()?.parse().ok()?, receive: parts.next()?.to_owned() };
        parts.next().is_none().then_some(receipt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_read_back_by_its_own_queue_only() {
        let receipt = Receipt { queue: "q1".into(), sequence: 7, receive: "r".into() };
        assert_eq!(Receipt::read(&receipt.handle(), "q1"), Ok(receipt.clone()));
        let refused = |handle: &str, queue| Receipt::read(handle, queue).unwrap_err();
        assert_eq!(refused(&receipt.handle(), "q2"), SqsError::NotAHandle(receipt.handle()), "another queue");
        for wrong in ["", "garbage", "Z2FyYmFnZQ==", "cTEgeCBy"] {
            assert_eq!(refused(wrong, "q1"), SqsError::NotAHandle(wrong.into()), "{wrong:?}");
        }
    }
}
