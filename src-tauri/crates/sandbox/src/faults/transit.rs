//! What messages meet on their way from a rule to its queue while a fault is in force.

use serde_json::{Value, json};

use super::Lab;

/// How late a message becomes visible, in seconds.
const LATE_S: i64 = 5;

/// What becomes of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OnTheWay {
    /// It never comes, or is gone at once.
    pub(crate) lost: bool,
    /// It comes twice.
    pub(crate) twice: bool,
    /// It becomes visible so many seconds later; not on FIFO queues, which take no delay for a message.
    pub(crate) delay_s: Option<i64>,
    /// It comes with this body.
    pub(crate) body: Option<String>,
}

impl Lab {
    /// What becomes of a message to this queue; none where nothing does.
    pub(crate) fn on_the_way(&self, queue_arn: &str, body: &str) -> Option<OnTheWay> {
        if self.is_idle() {
            return None;
        }
        let name = queue_arn.rsplit(':').next().unwrap_or_default();
        let active = |fault: &str| self.is_active(fault, |place| place.queue == name);
        let met = OnTheWay {
            lost: active("lost") || active("other-consumers"),
            twice: active("duplicated"),
            delay_s: (active("late") && !name.ends_with(".fifo")).then_some(LATE_S),
            body: active("changed").then(|| changed(body)),
        };
        (met != OnTheWay::default()).then_some(met)
    }
}

fn changed(body: &str) -> String {
    let Ok(mut event) = serde_json::from_str::<Value>(body) else { return format!("{body} changed") };
    event["detail"]["summary"] = json!("changed on the way");
    event.to_string()
}
