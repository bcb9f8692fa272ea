//! Reading the settings of a chain from AWS.

use std::collections::BTreeMap;

use waybill_aws::{CallError, Clients, call_error};
use waybill_domain::QueueName;

use super::{ChainSettings, QueueSettings, RuleSettings, Tags, TargetSettings, wanted};
use crate::observe::{SetupError, observe, queue};
use crate::observed::{Observed, QueueSeen, RuleSeen, TargetSeen};
use crate::policy::{Grant, PolicyAnswer, ResourcePolicy};
use crate::spec::{ChainSpec, QueueChoice};

/// The attributes of a queue that can be set, without its policy (SQS API, `SetQueueAttributes` and `CreateQueue`).
const SETTABLE: [&str; 13] = [
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "DelaySeconds",
    "FifoQueue",
    "FifoThroughputLimit",
    "KmsDataKeyReusePeriodSeconds",
    "KmsMasterKeyId",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "RedriveAllowPolicy",
    "RedrivePolicy",
    "VisibilityTimeout",
];

/// The settings of a chain, and what of them is not AWS's own word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsRead {
    /// The settings; what is not there on AWS is as a set-up would make it.
    pub settings: ChainSettings,
    /// The chain as it was read.
    pub observed: Observed,
    /// What is not AWS's own word: what is not there, what may not be read, a sentence each.
    pub notes: Vec<String>,
}

/// Reads a chain with all its settings. Tags that may not be read are left out, and said so. Writes nothing.
///
/// # Errors
/// When another read fails; that something does not exist is no failure.
pub async fn read_settings(clients: &Clients, spec: &ChainSpec) -> Result<SettingsRead, SetupError> {
    let observed = Box::pin(observe(clients, spec)).await?;
    let mut found = Found { settings: ChainSettings::wanted(spec), absent: Vec::new(), notes: Vec::new() };
    found.take_rule(observed.rule.value.as_ref());
    found.take_target(spec, &observed.targets.value);
    found.take_queue(spec, observed.queue.value.as_ref());
    found.take_dead_letter(clients, spec, &observed).await?;
    if observed.bus.value.is_none() {
        found.absent.insert(0, format!("event bus {}", spec.bus()));
    }
    found.take_tags(clients, &observed).await;
    if !found.absent.is_empty() {
        found.notes.insert(0, format!("Not there, and as Waybill sets it up: {}.", found.absent.join(", ")));
    }
    Ok(SettingsRead { settings: found.settings, observed, notes: found.notes })
}

struct Found {
    settings: ChainSettings,
    /// What is not there, for example `queue orders`.
    absent: Vec<String>,
    notes: Vec<String>,
}

impl Found {
    fn take_rule(&mut self, seen: Option<&RuleSeen>) {
        let rule = &mut self.settings.rule;
        let Some(seen) = seen else { return self.absent.push(format!("rule {}", rule.name)) };
        let pattern = seen.pattern.clone().unwrap_or_else(|| {
            self.notes.push(format!("The rule {} has no event pattern; the recorded one stands in for it.", rule.name));
            rule.pattern.clone()
        });
        let (description, enabled) = (seen.description.clone(), seen.enabled);
        *rule = RuleSettings { description, pattern, enabled, ..rule.clone() };
    }

    fn take_target(&mut self, spec: &ChainSpec, seen: &[TargetSeen]) {
        let arn = spec.arn_of(&spec.target.queue);
        match seen.iter().find(|target| target.arn == arn.as_str()) {
            Some(target) => self.settings.target = TargetSettings::of(target),
            None => self.absent.push(format!("target of rule {}", spec.rule.name)),
        }
        let others = seen.iter().filter(|target| target.arn != arn.as_str()).count();
        if others > 0 {
            self.notes.push(format!("The rule {} has further targets ({others}), which are not part of this chain.", spec.rule.name));
        }
    }

    fn take_queue(&mut self, spec: &ChainSpec, seen: Option<&QueueSeen>) {
        match seen {
            Some(seen) => self.settings.queue = self.allowing(spec, seen),
            None => self.absent.push(format!("queue {}", spec.target.queue.name())),
        }
    }

    /// The dead-letter queue of the target as it is, whichever one was wanted.
    async fn take_dead_letter(&mut self, clients: &Clients, spec: &ChainSpec, observed: &Observed) -> Result<(), SetupError> {
        let Some(arn) = &self.settings.target.dead_letter else {
            self.settings.dead_letter = None;
            return Ok(());
        };
        let name: Option<QueueName> = arn.rsplit(':').next().and_then(|name| name.parse().ok());
        let Some(name) = name.filter(|name| self.settings.queue_arn(name).as_str() == arn) else {
            self.notes.push(format!("The dead-letter queue {arn} lies elsewhere and must be there already."));
            self.settings.dead_letter = None;
            return Ok(());
        };
        let known = observed.dead_letter.as_ref().and_then(|read| read.value.clone()).filter(|seen| seen.name == name);
        let seen = match known {
            Some(seen) => Some(seen),
            None => Box::pin(queue(clients, &name)).await?.value,
        };
        self.settings.dead_letter = Some(match seen {
            Some(seen) => self.allowing(spec, &seen),
            None => {
                self.absent.push(format!("dead-letter queue {name}"));
                wanted::queue(spec, &QueueChoice::New(name), true)
            }
        });
        Ok(())
    }

    /// A queue as it is; where its policy does not let the rule send, with Waybill's own statement for it, as a set-up would give it.
    fn allowing(&mut self, spec: &ChainSpec, seen: &QueueSeen) -> QueueSettings {
        let name = &seen.name;
        let grant = Grant { rule: spec.rule_arn(), queue: self.settings.queue_arn(name) };
        let mut settings = QueueSettings::of(seen);
        match ResourcePolicy::read(seen.policy()) {
            Ok(policy) if matches!(policy.answer(&grant), PolicyAnswer::Allows | PolicyAnswer::CannotTell(_)) => {}
            Ok(policy) => {
                settings.policy = Some(policy.allowing(&grant).text());
                self.absent.push(format!("statement for the rule in the policy of queue {name}"));
            }
            Err(unreadable) => self.notes.push(format!("The policy of queue {name} is taken as it is: {unreadable}.")),
        }
        settings
    }

    async fn take_tags(&mut self, clients: &Clients, observed: &Observed) {
        if observed.bus.value.is_some() {
            let arn = waybill_domain::BusArn::new(&self.settings.region, &self.settings.account, self.settings.source.as_str());
            self.settings.bus_tags = self.told("event bus", Box::pin(tags_of(clients, arn.as_str())).await);
        }
        if observed.rule.value.is_some() {
            let arn = self.settings.rule_arn();
            self.settings.rule.tags = self.told("rule", Box::pin(tags_of(clients, arn.as_str())).await);
        }
        if let Some(seen) = &observed.queue.value {
            self.settings.queue.tags = self.told("queue", Box::pin(queue_tags(clients, &seen.url)).await);
        }
        if let Some(seen) = observed.dead_letter.as_ref().and_then(|read| read.value.as_ref()) {
            let tags = self.told("dead-letter queue", Box::pin(queue_tags(clients, &seen.url)).await);
            if let Some(dead) = self.settings.dead_letter.as_mut().filter(|dead| dead.name == seen.name) {
                dead.tags = tags;
            }
        }
    }

    fn told(&mut self, of: &str, tags: Result<Tags, CallError>) -> Tags {
        tags.unwrap_or_else(|error| {
            self.notes.push(format!("The tags of the {of} could not be read and are left out: {error}."));
            Tags::new()
        })
    }
}

async fn tags_of(clients: &Clients, arn: &str) -> Result<Tags, CallError> {
    let answer = clients.events().list_tags_for_resource().resource_arn(arn).send().await;
    let answer = answer.map_err(|error| call_error("events", "ListTagsForResource", error))?;
    Ok(answer.tags.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.value)).filter(|(key, _)| !is_reserved(key)).collect())
}

async fn queue_tags(clients: &Clients, url: &str) -> Result<Tags, CallError> {
    let answer = clients.sqs().list_queue_tags().queue_url(url).send().await;
    let answer = answer.map_err(|error| call_error("sqs", "ListQueueTags", error))?;
    Ok(answer.tags.unwrap_or_default().into_iter().filter(|(key, _)| !is_reserved(key)).collect())
}

/// AWS makes tags of its own, and takes none whose name begins so (tag naming rules).
fn is_reserved(key: &str) -> bool {
    key.to_ascii_lowercase().starts_with("aws:")
}

impl TargetSettings {
    /// The settings of a target that was read.
    pub fn of(seen: &TargetSeen) -> Self {
        Self {
            id: seen.id.clone(),
            arn: seen.arn.clone(),
            input: seen.input.clone(),
            dead_letter: seen.dead_letter.clone(),
            retry: seen.retry.filter(|retry| retry.attempts.is_some() || retry.age_s.is_some()),
            message_group: seen.message_group.clone(),
            role: seen.role.clone(),
        }
    }
}

impl QueueSettings {
    /// The settings of a queue that was read, without its tags.
    pub fn of(seen: &QueueSeen) -> Self {
        let settable = |name: &str| Some((name.to_owned(), seen.attribute(name)?.to_owned()));
        let mut attributes: BTreeMap<String, String> = SETTABLE.iter().filter_map(|name| settable(name)).collect();
        // SQS takes only one of the two kinds of encryption (SQS API, `SetQueueAttributes`).
        if !attributes.contains_key("KmsMasterKeyId") {
            attributes.remove("KmsDataKeyReusePeriodSeconds");
            attributes.extend(settable("SqsManagedSseEnabled"));
        }
        Self { name: seen.name.clone(), attributes, policy: seen.policy().map(str::to_owned), tags: Tags::new() }
    }
}
