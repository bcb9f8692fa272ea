//! Breaking a chain, mostly by the very operations that a customer or the partner would use.

use serde_json::{Value, json};

use super::{Broken, Place};
use crate::call::{Call, Caller, CallerKind, Outcome};
use crate::config::PARTNER_ACCOUNT_ID;
use crate::error::ApiError;
use crate::sqs::RuleDelivery;
use crate::state::{Journal, World};
use crate::{events, kms, sqs};

const HOUR_MS: i64 = 60 * 60 * 1000;

/// The longest that a message can be hidden, in seconds (SQS API reference, `ReceiveMessage`).
const LONGEST_HIDING_S: u32 = 43_200;

/// Breaks the chain; answers the receipt handle of a message that is held, or the ARN of a key that was made.
///
/// # Errors
/// AWS's refusal where a part of the chain is not there, or a sentence where the fault does not fit it.
pub(super) fn inject(
    fault: &str,
    place: &Place,
    world: &mut World,
    (call, journal): (&Call<'_>, &mut Journal),
) -> Result<Option<String>, ApiError> {
    let mut saboteur = Saboteur { world, call, journal, place };
    match fault {
        "other-consumers" => return saboteur.take_a_message().map(Some),
        "source-missing" | "source-pending" | "source-inactive" | "source-recreated" | "source-deleted" | "source-expiring"
        | "bus-missing" => {
            saboteur.source(fault)?;
        }
        "rule-missing" | "rule-on-default-bus" | "rule-disabled" | "pattern-mismatch" | "pattern-case" | "pattern-star" => {
            saboteur.rule(fault)?;
        }
        "target-missing" | "targets-full" | "target-wrong" | "target-other-region" | "transformer" | "transformer-template" => {
            saboteur.target(fault)?;
        }
        "queue-key-policy" | "queue-key-disabled" => return saboteur.key(fault).map(Some),
        "dead-letters" => saboteur.bury_an_event()?,
        "dead-letter-queue" => saboteur.dead_letter_policy()?,
        _ => saboteur.queue(fault)?,
    }
    Ok(None)
}

/// Lets go what a fault holds, and takes away what it left.
pub(super) fn let_go(broken: &Broken, world: &mut World, (call, journal): (&Call<'_>, &mut Journal)) {
    let mut saboteur = Saboteur { world, call, journal, place: &broken.place };
    if broken.fault.starts_with("queue-key-") {
        if let Some(arn) = &broken.held {
            saboteur.world.kms.forget(arn, saboteur.journal);
        }
    } else if let Some(handle) = &broken.held {
        // The message may have expired, or its queue may be gone.
        let _ = saboteur.sqs("DeleteMessage", json!({ "ReceiptHandle": handle }));
    }
    if broken.fault == "dead-letters" {
        // The same.
        let _ = saboteur.remove_letters();
    }
}

/// The event that the lab buries.
const LETTER: &str = r#"{"detail":{"summary":"put here by the fault lab"}}"#;

struct Saboteur<'a> {
    world: &'a mut World,
    call: &'a Call<'a>,
    journal: &'a mut Journal,
    place: &'a Place,
}

impl Saboteur<'_> {
    fn source(&mut self, fault: &str) -> Result<(), ApiError> {
        let (region, source) = (self.place.region.clone(), self.place.source.clone());
        let account = self.account();
        match fault {
            "source-deleted" | "source-recreated" => {
                let named = json!({ "Name": source, "Account": account });
                self.partner("DeletePartnerEventSource", named.clone())?;
                return if fault == "source-deleted" { Ok(()) } else { self.partner("CreatePartnerEventSource", named) };
            }
            "source-inactive" | "source-expiring" => drop(self.events("DeactivateEventSource", json!({ "Name": source }))?),
            _ => self.delete_bus()?,
        }
        let soon = self.call.now_ms + HOUR_MS;
        match fault {
            "source-missing" => self.partner("DeletePartnerEventSource", json!({ "Name": source, "Account": account })),
            "source-expiring" => {
                self.world.events.change_source((&region, &source), self.journal, |source| {
                    source.expires_ms = Some(soon);
                    true
                });
                Ok(())
            }
            "bus-missing" => {
                self.world.events.change_source((&region, &source), self.journal, |source| {
                    source.activate();
                    true
                });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn rule(&mut self, fault: &str) -> Result<(), ApiError> {
        let (bus, name) = (self.place.source.clone(), self.place.rule.clone());
        let account = self.account();
        match fault {
            "rule-disabled" => self.events("DisableRule", json!({ "Name": name, "EventBusName": bus })).map(drop),
            "rule-missing" => self.delete_rule(&bus, &name),
            "rule-on-default-bus" => {
                let rule = self.events("DescribeRule", json!({ "Name": name, "EventBusName": bus }))?;
                self.delete_rule(&bus, &name)?;
                self.events("PutRule", json!({ "Name": name, "EventPattern": rule["EventPattern"] })).map(drop)
            }
            _ => {
                let pattern = match fault {
                    "pattern-case" => json!({ "account": [account], "detail": { "eventType": ["Incident-Created", "INCIDENT-ACCEPTED"] } }),
                    "pattern-star" => json!({ "source": ["*"] }),
                    _ => json!({ "account": [account], "detail-type": [{ "prefix": "alert-" }] }),
                };
                let now = self.events("DescribeRule", json!({ "Name": name, "EventBusName": bus }))?;
                let mut input = json!({ "Name": name, "EventBusName": bus, "EventPattern": pattern.to_string(), "State": now["State"] });
                if let Some(description) = now.get("Description") {
                    input["Description"] = description.clone();
                }
                self.events("PutRule", input).map(drop)
            }
        }
    }

    fn target(&mut self, fault: &str) -> Result<(), ApiError> {
        let (bus, rule) = (self.place.source.clone(), self.place.rule.clone());
        let at = json!({ "Rule": rule, "EventBusName": bus });
        let listed = self.events("ListTargetsByRule", at.clone())?;
        let own = self.place.queue_arn(&self.account());
        let targets = || listed["Targets"].as_array().into_iter().flatten();
        // Another fault may have turned it elsewhere already.
        let found = targets().find(|target| target["Arn"] == own.as_str()).or_else(|| targets().find(|target| target["Id"] == "waybill"));
        let mut target = found.cloned().ok_or_else(|| ApiError::validation(format!("Rule {rule} has no target {own}.")))?;
        let put = |targets: Value| json!({ "Rule": rule, "EventBusName": bus, "Targets": targets });
        match fault {
            "target-missing" | "targets-full" => {
                self.events("RemoveTargets", json!({ "Rule": rule, "EventBusName": bus, "Ids": [target["Id"]] }))?;
                if fault == "target-missing" {
                    return Ok(());
                }
                let free = 5 - listed["Targets"].as_array().map_or(0, |targets| targets.len() - 1);
                let others: Vec<Value> =
                    (0..free).map(|n| json!({ "Id": format!("other-{n}"), "Arn": format!("{own}-other-{n}") })).collect();
                return self.events("PutTargets", put(json!(others))).map(drop);
            }
            "target-wrong" => target["Arn"] = json!(elsewhere(&own)),
            "target-other-region" => target["Arn"] = json!(own.replace(&format!(":{}:", self.place.region), ":ap-southeast-3:")),
            "transformer" => target["InputPath"] = json!("$.detail"),
            _ => {
                target["InputTransformer"] =
                    json!({ "InputPathsMap": { "what": "$.detail-type" }, "InputTemplate": "{\"happened\": <what>}" })
            }
        }
        self.events("PutTargets", put(json!([target]))).map(drop)
    }

    fn queue(&mut self, fault: &str) -> Result<(), ApiError> {
        let (region, queue, account) = (self.place.region.clone(), self.place.queue.clone(), self.account());
        let (name, value) = match fault {
            "queue-missing" => {
                self.queue_is_there()?;
                self.world.sqs.put_back((&region, &account, &queue), None, (self.call.now_ms, self.journal));
                return Ok(());
            }
            "queue-policy" | "queue-policy-other-rule" | "queue-policy-deny" => ("Policy", self.policy(fault)?),
            "queue-key" => ("KmsMasterKeyId", "alias/aws/sqs".to_owned()),
            "queue-fifo" if !queue.ends_with(".fifo") => return Err(ApiError::validation(format!("{queue} is no FIFO queue."))),
            "queue-fifo" => ("ContentBasedDeduplication", "false".to_owned()),
            "message-size" => ("MaximumMessageSize", "1024".to_owned()),
            "retention" => ("MessageRetentionPeriod", "60".to_owned()),
            "retention-delay" => ("DelaySeconds", "900".to_owned()),
            "propagation" => ("ReceiveMessageWaitTimeSeconds", "0".to_owned()),
            // What requests and messages meet needs no change of the world.
            _ => return Ok(()),
        };
        self.sqs("SetQueueAttributes", json!({ "Attributes": { name: value } })).map(drop)
    }

    /// A new key for the queue, of no use to EventBridge.
    fn key(&mut self, fault: &str) -> Result<String, ApiError> {
        self.queue_is_there()?;
        let of_account = json!({ "Sid": "Enable IAM User Permissions", "Effect": "Allow", "Action": "kms:*", "Resource": "*",
            "Principal": { "AWS": format!("arn:aws:iam::{}:root", self.account()) } });
        let of_eventbridge = json!({ "Sid": "eventbridge", "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" },
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*" });
        let is_disabled = fault == "queue-key-disabled";
        let statements = if is_disabled { json!([of_account, of_eventbridge]) } else { json!([of_account]) };
        let policy = json!({ "Version": "2012-10-17", "Statement": statements });
        let made = self.kms("CreateKey", json!({ "Description": "made by the fault lab", "Policy": policy.to_string() }))?;
        let arn = made["KeyMetadata"]["Arn"].as_str().unwrap_or_default().to_owned();
        if is_disabled {
            self.kms("DisableKey", json!({ "KeyId": arn }))?;
        }
        self.sqs("SetQueueAttributes", json!({ "Attributes": { "KmsMasterKeyId": arn } }))?;
        Ok(arn)
    }

    /// The queue's policy, broken.
    fn policy(&mut self, fault: &str) -> Result<String, ApiError> {
        let attributes = self.queue_is_there()?;
        let text = attributes.get("Policy").cloned().unwrap_or_default();
        let mut policy: Value = serde_json::from_str(&text).unwrap_or_else(|_| json!({ "Version": "2012-10-17" }));
        let rule = self.place.rule_arn(&self.account());
        let mut statements = match policy["Statement"].take() {
            Value::Array(statements) => statements,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        let names_rule = |statement: &Value| statement["Condition"].to_string().contains(&rule);
        match fault {
            "queue-policy" => statements.retain(|statement| !names_rule(statement)),
            "queue-policy-other-rule" => {
                for statement in statements.iter_mut().filter(|statement| names_rule(statement)) {
                    let changed = statement["Condition"].to_string().replace(&rule, &format!("{rule}-of-old"));
                    statement["Condition"] = serde_json::from_str(&changed).expect("only an ARN was changed");
                }
            }
            _ => statements.push(json!({
                "Sid": "nobody", "Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": self.place.queue_arn(&self.account()),
            })),
        }
        if statements.is_empty() {
            return Ok(String::new());
        }
        policy["Statement"] = json!(statements);
        Ok(policy.to_string())
    }

    fn dead_letter_policy(&mut self) -> Result<(), ApiError> {
        let name = self.dead_letter()?;
        let url = format!("{}/{}/{name}", self.call.endpoint, self.account());
        self.sqs("SetQueueAttributes", json!({ "QueueUrl": url, "Attributes": { "Policy": "" } })).map(drop)
    }

    /// As EventBridge buries it; where the dead-letter queue does not let the rule in, nothing happens, as on AWS.
    fn bury_an_event(&mut self) -> Result<(), ApiError> {
        let (name, account) = (self.dead_letter()?, self.account());
        let (rule_arn, target) = (self.place.rule_arn(&account), self.place.queue_arn(&account));
        let attributes = [
            ("RULE_ARN", rule_arn.clone()),
            ("TARGET_ARN", target),
            ("ERROR_CODE", "INTERNAL_ERROR".to_owned()),
            ("ERROR_MESSAGE", "The request processing has failed because of an unknown error, exception or failure.".to_owned()),
            ("RETRY_ATTEMPTS", "185".to_owned()),
            ("EXHAUSTED_RETRY_CONDITION", "MaximumRetryAttempts".to_owned()),
        ];
        let World { sqs, kms, .. } = &mut *self.world;
        let letter = RuleDelivery {
            queue_arn: &format!("arn:aws:sqs:{}:{account}:{name}", self.place.region),
            rule_arn: &rule_arn,
            account: &account,
            region: &self.place.region,
            body: LETTER,
            message_attributes: &attributes,
            message_group_id: None,
            trace_header: None,
            keys: kms,
            now_ms: self.call.now_ms,
        };
        sqs.accept_from_rule(self.journal, letter, None).map_err(|failure| ApiError::validation(failure.to_string()))
    }

    fn remove_letters(&mut self) -> Result<(), ApiError> {
        let url = format!("{}/{}/{}", self.call.endpoint, self.account(), self.dead_letter()?);
        let look = json!({ "QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 0, "WaitTimeSeconds": 0 });
        let seen = self.sqs("ReceiveMessage", look)?;
        for letter in seen["Messages"].as_array().into_iter().flatten().filter(|letter| letter["Body"] == LETTER) {
            self.sqs("DeleteMessage", json!({ "QueueUrl": url, "ReceiptHandle": letter["ReceiptHandle"] }))?;
        }
        Ok(())
    }

    /// The other consumer holds a message from now on, and takes every one that comes.
    fn take_a_message(&mut self) -> Result<String, ApiError> {
        self.queue_is_there()?;
        let mut message = json!({ "MessageBody": "something else" });
        if self.place.queue.ends_with(".fifo") {
            message["MessageGroupId"] = json!("another");
            message["MessageDeduplicationId"] = json!(self.call.request_id);
        } else {
            // What the queue holds back nobody could take; a FIFO queue takes no delay for a message.
            message["DelaySeconds"] = json!(0);
        }
        // Whoever took it did so before a policy that is broken, too, could forbid it.
        let asked = self.sqs("GetQueueAttributes", json!({ "AttributeNames": ["Policy"] }))?;
        let policy = asked["Attributes"]["Policy"].as_str().unwrap_or_default().to_owned();
        self.set_policy("")?;
        let taken = self.sqs("SendMessage", message).and_then(|_| {
            self.sqs("ReceiveMessage", json!({ "MaxNumberOfMessages": 1, "VisibilityTimeout": LONGEST_HIDING_S, "WaitTimeSeconds": 0 }))
        });
        self.set_policy(&policy)?;
        Ok(taken?["Messages"][0]["ReceiptHandle"].as_str().unwrap_or_default().to_owned())
    }

    fn set_policy(&mut self, policy: &str) -> Result<(), ApiError> {
        self.sqs("SetQueueAttributes", json!({ "Attributes": { "Policy": policy } })).map(drop)
    }

    fn delete_bus(&mut self) -> Result<(), ApiError> {
        let bus = self.place.source.clone();
        let rules = self.events("ListRules", json!({ "EventBusName": bus }))?;
        for rule in rules["Rules"].as_array().into_iter().flatten() {
            self.delete_rule(&bus, rule["Name"].as_str().unwrap_or_default())?;
        }
        self.events("DeleteEventBus", json!({ "Name": bus })).map(drop)
    }

    fn delete_rule(&mut self, bus: &str, rule: &str) -> Result<(), ApiError> {
        let targets = self.events("ListTargetsByRule", json!({ "Rule": rule, "EventBusName": bus }))?;
        let ids: Vec<&Value> = targets["Targets"].as_array().into_iter().flatten().map(|target| &target["Id"]).collect();
        if !ids.is_empty() {
            self.events("RemoveTargets", json!({ "Rule": rule, "EventBusName": bus, "Ids": ids }))?;
        }
        self.events("DeleteRule", json!({ "Name": rule, "EventBusName": bus })).map(drop)
    }

    fn queue_is_there(&self) -> Result<std::collections::BTreeMap<String, String>, ApiError> {
        let found = self.world.sqs.shape((&self.place.region, &self.account(), &self.place.queue));
        found.ok_or_else(|| ApiError::validation(format!("There is no queue {}.", self.place.queue)))
    }

    fn dead_letter(&self) -> Result<String, ApiError> {
        self.place.dead_letter.clone().ok_or_else(|| ApiError::validation("The target has no dead-letter queue."))
    }

    fn account(&self) -> String {
        self.world.settings.account_id.clone()
    }

    fn events(&mut self, operation: &str, input: Value) -> Result<Value, ApiError> {
        let caller = caller(&self.account(), CallerKind::Customer);
        self.run((operation, Of::Events), &caller, input)
    }

    fn kms(&mut self, operation: &str, input: Value) -> Result<Value, ApiError> {
        let caller = caller(&self.account(), CallerKind::Customer);
        self.run((operation, Of::Kms), &caller, input)
    }

    fn partner(&mut self, operation: &str, input: Value) -> Result<(), ApiError> {
        self.run((operation, Of::Events), &caller(PARTNER_ACCOUNT_ID, CallerKind::Partner), input).map(drop)
    }

    /// An operation on the target queue, unless the input names another one.
    fn sqs(&mut self, operation: &str, mut input: Value) -> Result<Value, ApiError> {
        if input.get("QueueUrl").is_none() {
            input["QueueUrl"] = json!(format!("{}/{}/{}", self.call.endpoint, self.account(), self.place.queue));
        }
        let caller = caller(&self.account(), CallerKind::Customer);
        self.run((operation, Of::Sqs), &caller, input)
    }

    fn run(&mut self, (operation, of): (&str, Of), caller: &Caller, input: Value) -> Result<Value, ApiError> {
        let body = input.to_string().into_bytes();
        let call = Call { caller, region: &self.place.region, body: &body, may_wait: false, ..*self.call };
        let settings = self.world.settings.clone();
        let outcome = match of {
            Of::Events => events::Operation::named(operation, &call, &settings)?.run(self.world, &call, self.journal)?,
            Of::Sqs => {
                let operation = sqs::Operation::named(operation).ok_or_else(ApiError::unknown_operation)?;
                operation.run(self.world, &call, self.journal)?
            }
            Of::Kms => {
                let operation = kms::Operation::named(operation).ok_or_else(ApiError::unknown_operation)?;
                operation.run(self.world, &call, self.journal)?
            }
        };
        match outcome {
            Outcome::Done(answer) => Ok(serde_json::from_slice(&answer).unwrap_or_default()),
            Outcome::Wait(_) => Ok(Value::Null),
        }
    }
}

/// Whose operation it is.
#[derive(Debug, Clone, Copy)]
enum Of {
    Events,
    Sqs,
    Kms,
}

fn caller(account: &str, kind: CallerKind) -> Caller {
    Caller { account: account.to_owned(), access_key: String::new(), user_id: "AIDAFAULTLAB".to_owned(), kind }
}

/// Another queue of the same account and region.
fn elsewhere(arn: &str) -> String {
    match arn.strip_suffix(".fifo") {
        Some(stem) => format!("{stem}-elsewhere.fifo"),
        None => format!("{arn}-elsewhere"),
    }
}
