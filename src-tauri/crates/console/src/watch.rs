//! What other programs on the same data folder changed, told as live events.

use std::time::Duration;

use waybill_store::Mark;

use crate::Console;
use crate::view::Topic;

/// How often the records are looked at.
const PACE: Duration = Duration::from_millis(700);

impl Console {
    /// Tells what changes in the data folder, whichever program changes it. Never ends; for programs that stay, such as the window.
    pub async fn watch_folder(&self) {
        let mut before: Option<Mark> = None;
        loop {
            match self.store().read(|db| db.mark()).await {
                Ok(mark) => {
                    if let Some(before) = before {
                        self.changed(&topics(&before, &mark));
                    }
                    before = Some(mark);
                }
                Err(error) => tracing::warn!(%error, "the data folder cannot be watched"),
            }
            tokio::time::sleep(PACE).await;
        }
    }
}

fn topics(before: &Mark, now: &Mark) -> Vec<Topic> {
    let mut topics = Vec::new();
    if before.runs != now.runs {
        topics.extend([Topic::Runs, Topic::Chains]);
    }
    if before.chains != now.chains {
        topics.extend([Topic::Sources, Topic::Actions, Topic::Chains]);
    }
    if before.incidents != now.incidents {
        topics.extend([Topic::Incidents, Topic::Sources]);
    }
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_told() {
        let before = Mark::default();
        assert!(topics(&before, &before).is_empty(), "nothing changed, nothing is told");
        assert_eq!(topics(&before, &Mark { runs: (1, 0), ..before }), [Topic::Runs, Topic::Chains]);
        assert_eq!(topics(&before, &Mark { incidents: (1, 5), ..before }), [Topic::Incidents, Topic::Sources]);
    }
}
