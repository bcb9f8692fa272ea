//! Queues, and what lies in the dead-letter queue.

use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use waybill_domain::{QueueName, Timestamp};
use waybill_setup::{QueueSeen, Read};

use super::{Reader, map};
use crate::seen::{Attributes, Letter, Reading, Unread};

/// Most messages that one receive answers (SQS API reference, `ReceiveMessage`).
const BATCH: i32 = 10;

impl Reader<'_> {
    /// A queue with all its attributes; its URL is asked for where it is not known.
    pub(super) async fn queue(&self, name: &QueueName, known: Option<&str>) -> Reading<Option<QueueSeen>> {
        let url = match known {
            Some(url) => url.to_owned(),
            None => {
                let sending = self.clients.sqs().get_queue_url().queue_name(name.as_str()).send();
                let Read { value, call, request_id } = self.ask("sqs", "GetQueueUrl", sending).await?;
                let Some(url) = value.and_then(|found| found.queue_url) else { return Ok(Read { value: None, call, request_id }) };
                url
            }
        };
        let sending = self.clients.sqs().get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::All).send();
        let read = self.ask("sqs", "GetQueueAttributes", sending).await?;
        Ok(map(read, |found| {
            let attributes = found?.attributes.unwrap_or_default();
            let attributes: Attributes = attributes.into_iter().map(|(name, value)| (name.as_str().to_owned(), value)).collect();
            Some(QueueSeen { name: name.clone(), url, attributes })
        }))
    }

    /// Whether a receive is answered; what it takes is visible again at once.
    pub(super) async fn receive(&self, queue: &QueueSeen) -> Reading<()> {
        let sending = self.clients.sqs().receive_message().queue_url(&queue.url);
        let sending = sending.max_number_of_messages(1).wait_time_seconds(0).visibility_timeout(0).send();
        Ok(map(self.ask("sqs", "ReceiveMessage", sending).await?, drop))
    }

    /// A look at up to ten events in the dead-letter queue; they are visible again at once. Not where a look could move them on.
    pub(super) async fn letters(&self, queue: &QueueSeen) -> Reading<Vec<Letter>> {
        let waiting = queue.attribute("ApproximateNumberOfMessages").is_some_and(|count| count != "0");
        if !waiting || queue.attribute("RedrivePolicy").is_some() {
            return Err(Unread::NotAsked);
        }
        let sending = self.clients.sqs().receive_message().queue_url(&queue.url).max_number_of_messages(BATCH).wait_time_seconds(0);
        let sending = sending.visibility_timeout(0).message_attribute_names("All");
        let sending = sending.message_system_attribute_names(MessageSystemAttributeName::SentTimestamp).send();
        let read = self.ask("sqs", "ReceiveMessage", sending).await?;
        Ok(map(read, |answer| answer.and_then(|answer| answer.messages).unwrap_or_default().into_iter().map(letter).collect()))
    }
}

fn letter(message: Message) -> Letter {
    let text = |name: &str| {
        let value = message.message_attributes.as_ref().and_then(|all| all.get(name)).and_then(|value| value.string_value.clone());
        value.unwrap_or_default()
    };
    let sent = message.attributes.as_ref().and_then(|all| all.get(&MessageSystemAttributeName::SentTimestamp));
    Letter {
        rule_arn: text("RULE_ARN"),
        code: text("ERROR_CODE"),
        message: text("ERROR_MESSAGE"),
        sent_at: Timestamp::from_millis(sent.and_then(|text| text.parse().ok()).unwrap_or_default()),
    }
}
