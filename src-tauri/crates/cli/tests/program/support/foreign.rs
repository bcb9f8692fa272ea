//! Somebody else's messages in the queue that is read.

use std::collections::BTreeMap;

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;

use super::Cloud;

/// Messages that no run may take, and where they are to stay.
pub struct Foreign {
    url: String,
    bodies: Vec<String>,
}

impl Foreign {
    /// Puts `count` messages into the queue of a chain.
    pub fn in_queue(cloud: &Cloud, url: &str, count: usize) -> Self {
        let bodies: Vec<String> = (0..count).map(|number| format!(r#"{{"order":{number},"text":"not an event"}}"#)).collect();
        for batch in bodies.chunks(10) {
            let entry =
                |(id, body): (usize, &String)| SendMessageBatchRequestEntry::builder().id(id.to_string()).message_body(body).build();
            let entries = batch.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>().unwrap();
            let sent = cloud.wait(cloud.sqs.send_message_batch().queue_url(url).set_entries(Some(entries)).send()).unwrap();
            assert_eq!(sent.failed(), []);
        }
        Self { url: url.to_owned(), bodies }
    }

    /// How many of the queue's messages must be these.
    pub fn count(&self) -> u32 {
        u32::try_from(self.bodies.len()).unwrap()
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
