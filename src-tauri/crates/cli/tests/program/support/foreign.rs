//! Somebody else's messages in the queue that is read.

use std::collections::BTreeMap;

use aws_sdk_sqs::types::{MessageSystemAttributeName, SendMessageBatchRequestEntry};

use super::Cloud;

/// Messages that no run may take, and where they are to stay.
pub struct Foreign {
    url: String,
    bodies: Vec<String>,
    /// SQS's ids of them, with the body of each.
    ids: BTreeMap<String, String>,
}

impl Foreign {
    /// Puts `count` messages into the queue of a chain.
    pub fn in_queue(cloud: &Cloud, url: &str, count: usize) -> Self {
        let bodies: Vec<String> = (0..count).map(|number| format!(r#"{{"order":{number},"text":"not an event"}}"#)).collect();
        let mut ids = BTreeMap::new();
        for batch in bodies.chunks(10) {
            let entry =
                |(id, body): (usize, &String)| SendMessageBatchRequestEntry::builder().id(id.to_string()).message_body(body).build();
            let entries = batch.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>().unwrap();
            let sent = cloud.wait(cloud.sqs.send_message_batch().queue_url(url).set_entries(Some(entries)).send()).unwrap();
            assert_eq!(sent.failed(), []);
            let sent = sent.successful().iter();
            ids.extend(sent.map(|one| (one.message_id().to_owned(), batch[one.id().parse::<usize>().unwrap()].clone())));
        }
        Self { url: url.to_owned(), bodies, ids }
    }

    /// How many of the queue's messages must be these.
    pub fn count(&self) -> u32 {
        u32::try_from(self.bodies.len()).unwrap()
    }

    /// Receives everything in the queue until each of these was seen, and checks that it has its id, its body and its place still. Answers
    /// how often the one that was received most had been received before.
    #[track_caller]
    pub fn are_untouched(&self, cloud: &Cloud) -> u32 {
        let mut missed = self.ids.clone();
        let mut highest = 0;
        super::until("every foreign message to be received", || {
            let receive = cloud.sqs.receive_message().queue_url(&self.url).max_number_of_messages(10).visibility_timeout(120);
            let receive = receive.message_system_attribute_names(MessageSystemAttributeName::ApproximateReceiveCount);
            for message in cloud.wait(receive.send()).unwrap().messages.unwrap_or_default() {
                let Some(body) = missed.remove(message.message_id().unwrap()) else { continue };
                assert_eq!(message.body(), Some(body.as_str()), "a foreign message was changed");
                let count = &message.attributes().unwrap()[&MessageSystemAttributeName::ApproximateReceiveCount];
                highest = highest.max(count.parse::<u32>().unwrap() - 1);
            }
            missed.is_empty().then_some(())
        });
        highest
    }

    /// Takes everything out of the queue and checks that each of these is there once, as it was sent. What else is there is answered.
    #[track_caller]
    pub fn are_all_there(self, cloud: &Cloud) -> Vec<String> {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        super::until("everything in the queue to be let go", || {
            cloud.drain(&self.url).into_iter().for_each(|body| *found.entry(body).or_default() += 1);
            (cloud.held(&self.url) == 0).then_some(())
        });
        let lost: Vec<_> = self.bodies.iter().filter(|body| found.remove(*body) != Some(1)).collect();
        assert!(lost.is_empty(), "{} messages of somebody else are gone or changed, for example {:?}", lost.len(), lost.first());
        found.into_keys().collect()
    }
}
