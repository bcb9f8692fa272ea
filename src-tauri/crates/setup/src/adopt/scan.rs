//! Looking through an account for chains that somebody made: partner buses, their rules, and the SQS queues that these send to.

use std::collections::BTreeMap;

use tokio::task::JoinSet;
use waybill_aws::{CallError, Clients, call_error};
use waybill_domain::{AccountId, PartnerSourceName, QueueArn, QueueName, Region, RuleArn, RuleName};

use super::own_queue;
use crate::inbox::{Inboxed, inbox};
use crate::observe::{queue, targets};
use crate::observed::{QueueSeen, SourceState, TargetSeen};
use crate::policy::{Grant, PolicyAnswer, ResourcePolicy};

/// Requests that are open at once; that they stay below EventBridge's quota is the clients' own care.
const AT_ONCE: usize = 12;

/// Most rules of one page (EventBridge API, `Limit`).
const PAGE: i32 = 100;

/// A chain that could be adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The partner event source; its bus has the same name.
    pub source: PartnerSourceName,
    /// The account.
    pub account: AccountId,
    /// The region.
    pub region: Region,
    /// The rule.
    pub rule: RuleName,
    /// Its description, possibly empty.
    pub description: String,
    /// Its event pattern.
    pub pattern: String,
    /// The queue that it sends to.
    pub queue: QueueName,
    /// The target's dead-letter queue, where that is in this account and region.
    pub dead_letter: Option<QueueName>,
    /// What keeps events from arriving as things are, or changes them, a sentence each.
    pub notes: Vec<String>,
}

/// What was found, and what it took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// The chains, by source, rule and queue.
    pub candidates: Vec<Candidate>,
    /// How many partner buses there are.
    pub buses: usize,
    /// How many rules they have.
    pub rules: usize,
    /// How many requests were sent.
    pub requests: usize,
}

/// A rule with an event pattern, and its bus.
#[derive(Debug, Clone)]
struct Rule {
    source: PartnerSourceName,
    name: RuleName,
    description: String,
    pattern: String,
    enabled: bool,
}

/// Looks through the clients' account and region, or only at the bus `only`. The number of queues in the account does not matter: only those
/// that a rule sends to are read. Writes nothing.
///
/// # Errors
/// When a read fails.
pub async fn scan(clients: &Clients, account: &AccountId, only: Option<&PartnerSourceName>) -> Result<Scan, CallError> {
    let sources = Box::pin(inbox(clients)).await?;
    let pages = |count: usize| count.div_ceil(PAGE as usize).max(1);
    let buses = sources.iter().filter(|source| source.has_bus).count();
    let mut found = Scan { requests: pages(sources.len()) + pages(buses), ..Scan::default() };
    let with_bus = sources.iter().filter(|source| source.has_bus && only.is_none_or(|only| only.as_str() == source.name));
    let with_bus: BTreeMap<PartnerSourceName, &Inboxed> = with_bus.filter_map(|source| Some((source.name.parse().ok()?, source))).collect();
    found.buses = with_bus.len();
    let mut rules = Vec::new();
    for source in with_bus.keys() {
        rules.extend(Box::pin(rules_on(clients, source, &mut found)).await?);
    }
    found.rules = rules.len();
    let with_targets = Box::pin(targets_of(clients, rules, &mut found)).await?;
    let own = |name: &QueueName| QueueArn::new(clients.region(), account, name);
    let mut queues = BTreeMap::new();
    for (rule, target) in with_targets {
        let Some(name) = own_queue(&target.arn, own) else { continue };
        if !queues.contains_key(&name) {
            found.requests += 2;
            queues.insert(name.clone(), Box::pin(queue(clients, &name)).await?.value);
        }
        let seen = queues.get(&name).and_then(Option::as_ref);
        let source = with_bus[&rule.source];
        let arn = RuleArn::new(clients.region(), account, rule.source.as_str(), &rule.name);
        let grant = Grant { rule: arn, queue: own(&name) };
        found.candidates.push(Candidate {
            notes: notes(&rule, &target, (source, seen), &grant),
            dead_letter: target.dead_letter.as_deref().and_then(|arn| own_queue(arn, own)),
            source: rule.source,
            account: account.clone(),
            region: clients.region().clone(),
            rule: rule.name,
            description: rule.description,
            pattern: rule.pattern,
            queue: name,
        });
    }
    found.candidates.sort_by(|one, other| (&one.source, &one.rule, &one.queue).cmp(&(&other.source, &other.rule, &other.queue)));
    Ok(found)
}

/// The rules of a bus that somebody else's service does not manage, page by page.
async fn rules_on(clients: &Clients, source: &PartnerSourceName, found: &mut Scan) -> Result<Vec<Rule>, CallError> {
    let (mut rules, mut token) = (Vec::new(), None);
    loop {
        let page = clients.events().list_rules().event_bus_name(source.as_str()).limit(PAGE).set_next_token(token).send().await;
        let page = page.map_err(|error| call_error("events", "ListRules", error))?;
        found.requests += 1;
        rules.extend(page.rules.unwrap_or_default().into_iter().filter(|rule| rule.managed_by.is_none()).filter_map(|rule| {
            Some(Rule {
                source: source.clone(),
                name: rule.name?.parse().ok()?,
                description: rule.description.unwrap_or_default(),
                pattern: rule.event_pattern?,
                enabled: rule.state.is_none_or(|state| state.as_str() != "DISABLED"),
            })
        }));
        token = page.next_token;
        if token.is_none() {
            return Ok(rules);
        }
    }
}

/// Every rule with each of its targets, a few requests at once.
async fn targets_of(clients: &Clients, rules: Vec<Rule>, found: &mut Scan) -> Result<Vec<(Rule, TargetSeen)>, CallError> {
    let (mut asking, mut all, mut rules) = (JoinSet::new(), Vec::new(), rules.into_iter());
    loop {
        while asking.len() < AT_ONCE
            && let Some(rule) = rules.next()
        {
            let clients = clients.clone();
            found.requests += 1;
            asking.spawn(async move {
                let read = Box::pin(targets(&clients, rule.source.as_str(), rule.name.as_str())).await;
                read.map(|read| read.value.into_iter().map(|target| (rule.clone(), target)).collect::<Vec<_>>())
            });
        }
        match asking.join_next().await {
            None => return Ok(all),
            Some(Ok(read)) => all.extend(read?),
            // Only a panic ends one of them otherwise, and then so does this.
            Some(Err(ended)) => std::panic::resume_unwind(ended.into_panic()),
        }
    }
}

fn notes(rule: &Rule, target: &TargetSeen, (source, seen): (&Inboxed, Option<&QueueSeen>), grant: &Grant) -> Vec<String> {
    let mut notes = Vec::new();
    if source.state != SourceState::Active {
        notes.push(source.situation().sentence().to_owned());
    }
    if !rule.enabled {
        notes.push("The rule is disabled: it matches nothing.".to_owned());
    }
    if let Some(how) = target.changes_event {
        notes.push(format!("Its target's {how} changes the events on the way, so that they cannot be proven equal."));
    }
    let Some(seen) = seen else {
        notes.push("The queue is not there.".to_owned());
        return notes;
    };
    match ResourcePolicy::read(seen.policy()).map(|policy| policy.answer(grant)) {
        Ok(PolicyAnswer::Allows) => {}
        Ok(PolicyAnswer::CannotTell(_)) => notes.push("Whether the queue's policy lets the rule send cannot be judged.".to_owned()),
        Ok(_) => notes.push("The queue's policy does not let the rule send.".to_owned()),
        Err(unreadable) => notes.push(format!("The queue's policy cannot be judged: {unreadable}.")),
    }
    notes
}
