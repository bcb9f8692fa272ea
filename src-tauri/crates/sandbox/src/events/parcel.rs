//! A delivery that was tried, with everything that it takes to try it again.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::entry::Accepted;
use super::rule::Rule;
use super::target::Target;

/// Attempts after the first one, without a `RetryPolicy` (user guide, eb-rule-retry-policy).
const ATTEMPTS: i64 = 185;
/// How old an event may become, without a `RetryPolicy`, in seconds (the same).
const AGE_S: i64 = 86_400;
/// The longest pause between two attempts: 185 of them fill about a day.
const LONGEST_PAUSE_MS: i64 = 600_000;

/// What made EventBridge give up, as in `EXHAUSTED_RETRY_CONDITION`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exhausted {
    /// Tried as often as the policy allows.
    Attempts,
    /// Older than the policy allows.
    Age,
}

impl Exhausted {
    /// AWS's word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Attempts => "MaximumRetryAttempts",
            Self::Age => "MaximumEventAgeInSeconds",
        }
    }
}

/// A delivery that was tried; what it is to bring was fixed when the event came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parcel {
    /// The event's id.
    pub(crate) event_id: String,
    /// The rule's name.
    pub(crate) rule: String,
    /// The rule's ARN.
    pub(crate) rule_arn: String,
    /// The rule's account.
    pub(crate) account: String,
    /// The rule's region.
    pub(crate) region: String,
    /// With its queue, its dead-letter queue and its retry policy.
    pub(crate) target: Target,
    /// What the queue is to get.
    pub(crate) body: String,
    /// The whole event, for the dead-letter queue; none where it is the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) envelope: Option<String>,
    /// The event's X-Ray header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) trace_header: Option<String>,
    /// When the event came in, in milliseconds since 1970.
    pub(crate) ingested_ms: i64,
    /// Attempts after the first one.
    pub(crate) retries: u32,
}

impl Parcel {
    /// The bus of its rule, as the rule's ARN tells it.
    pub(crate) fn bus(&self) -> &str {
        let path = self.rule_arn.split_once(":rule/").map_or("", |(_, path)| path);
        path.strip_suffix(self.rule.as_str()).and_then(|path| path.strip_suffix('/')).filter(|bus| !bus.is_empty()).unwrap_or("default")
    }

    /// Of a first attempt at `now_ms`.
    pub(crate) fn of((rule, target): (&Rule, &Target), event: &Accepted, body: String, now_ms: i64) -> Self {
        Self {
            event_id: event.id.clone(),
            rule: rule.row.name.clone(),
            rule_arn: rule.arn.clone(),
            account: rule.row.account.clone(),
            region: rule.row.region.clone(),
            target: target.clone(),
            envelope: (body != event.envelope).then(|| event.envelope.clone()),
            body,
            trace_header: event.trace_header.clone(),
            ingested_ms: now_ms,
            retries: 0,
        }
    }

    /// The whole event.
    pub(crate) fn envelope(&self) -> &str {
        self.envelope.as_deref().unwrap_or(&self.body)
    }

    /// Whether the event has become too old to be tried.
    pub(crate) fn is_too_old(&self, now_ms: i64) -> bool {
        now_ms >= self.expires_ms()
    }

    /// When to try again after an attempt that failed at `now_ms`.
    ///
    /// # Errors
    /// What is exhausted where there is no further attempt.
    pub(crate) fn next_attempt(&self, now_ms: i64) -> Result<i64, Exhausted> {
        if i64::from(self.retries) >= self.policy(|policy| policy.maximum_retry_attempts).unwrap_or(ATTEMPTS) {
            return Err(Exhausted::Attempts);
        }
        if self.is_too_old(now_ms) {
            return Err(Exhausted::Age);
        }
        Ok((now_ms + self.pause_ms()).min(self.expires_ms()))
    }

    fn expires_ms(&self) -> i64 {
        self.ingested_ms + self.policy(|policy| policy.maximum_event_age_in_seconds).unwrap_or(AGE_S) * 1000
    }

    fn policy(&self, member: impl Fn(&super::target::RetryPolicy) -> Option<i64>) -> Option<i64> {
        self.target.retry_policy.as_ref().and_then(member)
    }

    /// Twice as long each time, less up to a half: AWS says "exponential back off and jitter", and no figures.
    fn pause_ms(&self) -> i64 {
        let whole = 1000_i64.checked_shl(self.retries.min(20)).map_or(LONGEST_PAUSE_MS, |pause| pause.min(LONGEST_PAUSE_MS));
        // Event ids are random, so their digests are dice that fall the same when the sandbox starts again.
        let dice = Sha256::digest(format!("{}/{}/{}", self.event_id, self.target.id, self.retries));
        whole - whole * i64::from(dice[0]) / 512
    }
}

#[cfg(test)]
mod tests {
    use super::super::target::RetryPolicy;
    use super::*;

    fn parcel(attempts: Option<i64>, age_s: Option<i64>) -> Parcel {
        let retry_policy = RetryPolicy { maximum_retry_attempts: attempts, maximum_event_age_in_seconds: age_s };
        Parcel {
            event_id: "5d1ab1c6-0000-4000-8000-000000000000".into(),
            rule: "r".into(),
            rule_arn: "arn:r".into(),
            account: "1".into(),
            region: "r".into(),
            target: Target { retry_policy: Some(retry_policy), ..Target::default() },
            body: "b".into(),
            envelope: None,
            trace_header: None,
            ingested_ms: 0,
            retries: 0,
        }
    }

    /// The times of all attempts but the first, and what ended them.
    fn attempts(mut parcel: Parcel) -> (Vec<i64>, Exhausted) {
        let (mut times, mut now_ms) = (Vec::new(), 0);
        loop {
            match parcel.next_attempt(now_ms) {
                Ok(at) if parcel.is_too_old(at) => return (times, Exhausted::Age),
                Ok(at) => {
                    times.push(at);
                    now_ms = at;
                    parcel.retries += 1;
                }
                Err(exhausted) => return (times, exhausted),
            }
        }
    }

    #[test]
    fn pauses_double_with_jitter_up_to_ten_minutes() {
        let (times, _) = attempts(parcel(Some(12), None));
        let mut before = 0;
        for (retry, at) in times.iter().enumerate() {
            let whole = (1000 << retry).min(LONGEST_PAUSE_MS);
            let pause = at - before;
            assert!(pause > whole / 2 && pause <= whole, "retry {retry} after {pause} ms of {whole}");
            before = *at;
        }
        assert_eq!(times.len(), 12);
    }

    #[test]
    fn the_policy_ends_the_attempts() {
        assert_eq!(attempts(parcel(Some(0), None)), (vec![], Exhausted::Attempts), "never again");
        let (times, exhausted) = attempts(parcel(Some(185), Some(60)));
        assert_eq!(exhausted, Exhausted::Age, "a minute is soon over: {times:?}");
        assert!((5..=8).contains(&times.len()) && times.iter().all(|at| *at < 60_000), "{times:?}");
        let (times, exhausted) = attempts(parcel(None, None));
        assert_eq!((times.len(), exhausted), (185, Exhausted::Attempts), "AWS's own figures");
        assert!((70_000_000..86_400_000).contains(times.last().unwrap()), "which fill most of a day: {:?}", times.last());
    }
}
