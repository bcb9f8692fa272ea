//! Least privilege: each task does all of its work under the policy that Waybill writes for it, and every single action of it is needed.

use aws_sdk_eventbridge::types::{IncludeDetail, Level, LogConfig, RuleState};
use serde_json::{Value, json};
use waybill_load::{Ask, KMS};

use crate::support::{Answer, Cloud, Serving, Waybill, order_to};

struct World {
    waybill: Waybill,
    serving: Serving,
}

impl World {
    /// A sandbox whose partner buses take permissions, so that these can be given and taken back, too.
    fn start() -> Self {
        let waybill = Waybill::with_fixed_key();
        let serving = waybill.serve(&["--partner-bus-permissions", "2021"]);
        Self { waybill, serving }
    }

    fn cloud(&self) -> Cloud {
        self.serving.cloud()
    }

    /// The policy that Waybill writes.
    fn policy(&self, action: &str, task: &str, mode: &str) -> Value {
        self.waybill.json(&["policy", action, "--task", task, "--mode", mode])
    }

    fn as_user(&self, policy: &Value, arguments: &[&str]) -> Answer {
        self.serving.as_user(&self.waybill, policy, &[arguments, &["--format", "json"]].concat())
    }

    fn inject(&self, fault: &str, action: &str) {
        self.waybill.json(&["sandbox", "faults", "inject", fault, action]);
    }

    fn reset(&self, action: &str) {
        self.waybill.json(&["sandbox", "faults", "reset", action]);
    }

    fn bus(&self, action: &str) -> String {
        self.waybill.json(&["actions", "show", action])["partner_source"].as_str().unwrap().to_owned()
    }

    fn log(&self, action: &str) {
        let log = LogConfig::builder().level(Level::Info).include_detail(IncludeDetail::None).build();
        let cloud = self.cloud();
        cloud.wait(cloud.events.update_event_bus().name(self.bus(action)).log_config(log).send()).unwrap();
    }
}

/// The same policy without one action.
fn without(policy: &Value, removed: &str) -> Value {
    let mut policy = policy.clone();
    let statements = policy["Statement"].as_array_mut().unwrap();
    statements.iter_mut().for_each(|statement| statement["Action"].as_array_mut().unwrap().retain(|action| action != removed));
    statements.retain(|statement| statement["Action"] != json!([]));
    policy
}

fn actions(policy: &Value) -> Vec<String> {
    let of = |statement: &Value| statement["Action"].as_array().unwrap().clone();
    let mut all: Vec<String> =
        policy["Statement"].as_array().unwrap().iter().flat_map(of).map(|one| one.as_str().unwrap().to_owned()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether an answer says that this action is what is missing.
fn names(answer: &Answer, action: &str) -> bool {
    let text = format!("{}{}", answer.out, answer.err);
    let sentences = [format!("perform: {action} on"), format!("IAM action `{action}`")];
    let requests = serde_json::from_str::<Value>(&answer.out).unwrap_or_default()["requests"].clone();
    let refused = |request: &Value| request["call"] == action && request["refused"] == "AccessDeniedException";
    sentences.iter().any(|sentence| text.contains(sentence)) || requests.as_array().into_iter().flatten().any(refused)
}

fn is_refused_something(answer: &Answer) -> bool {
    answer.out.contains("AccessDenied") || answer.err.contains("AccessDenied") || answer.out.contains("IAM action `")
}

/// Does the work under the whole policy, then without each action, where some answer must name it.
fn every_action_is_needed(what: &str, policy: &Value, work: impl Fn(&Value, &str, usize) -> Vec<Answer>) {
    let mut wrong = Vec::new();
    for (n, action) in actions(policy).iter().enumerate() {
        let answers = work(&without(policy, action), action, n + 1);
        let is_named = answers.iter().any(|answer| names(answer, action));
        eprintln!("{what} without {action}: {}", if is_named { "named" } else { "NOT NAMED" });
        if !is_named {
            wrong.push(format!("{action}: {answers:#?}"));
        }
    }
    eprintln!("{what}: {} actions, {} wrong", actions(policy).len(), wrong.len());
    assert!(wrong.is_empty(), "{what}: superfluous, or missed in silence:\n{}", wrong.join("\n"));
}

#[track_caller]
fn all_went_well(what: &str, answers: &[Answer]) {
    for answer in answers {
        assert!(answer.code == Some(0) && !is_refused_something(answer), "{what}: {answer:#?}");
    }
}

/// What the set-up finds before it begins.
fn prepare(world: &World, name: &str, needed: &str) {
    world.waybill.action(name, "all");
    let (cloud, bus) = (world.cloud(), world.bus(name));
    let associate = || cloud.wait(cloud.events.create_event_bus().name(&bus).event_source_name(&bus).send()).unwrap();
    match needed {
        "events:ActivateEventSource" | "events:DeactivateEventSource" => {
            associate();
            cloud.wait(cloud.events.deactivate_event_source().name(&bus).send()).unwrap();
        }
        "events:EnableRule" | "events:DisableRule" => {
            associate();
            let pattern = r#"{"account":["123456789012"]}"#;
            let rule = cloud.events.put_rule().name("all-incidents").event_bus_name(&bus).event_pattern(pattern).state(RuleState::Disabled);
            cloud.wait(rule.send()).unwrap();
        }
        _ => {}
    }
}

#[test]
fn setting_up_needs_every_action_of_its_policy_and_no_other() {
    let world = World::start();
    // The ARNs of a policy are those of its own chain: each time it is written anew.
    let work = |name: &str, change: &dyn Fn(&Value) -> Value, needed: &str| {
        prepare(&world, name, needed);
        let policy = change(&world.policy(name, "setup", "partner"));
        let steps: [&[&str]; 3] = [&["setup", "inbox"], &["setup", "apply", name], &["setup", "undo", name]];
        steps.map(|step| world.as_user(&policy, step)).into_iter().collect::<Vec<_>>()
    };
    for (name, needed) in [("Plain", ""), ("Inactive", "events:ActivateEventSource"), ("Disabled", "events:EnableRule")] {
        all_went_well(name, &work(name, &Value::clone, needed));
    }
    world.waybill.action("Model", "all");
    every_action_is_needed("setup", &world.policy("Model", "setup", "partner"), |_, action, n| {
        work(&format!("Without {n}"), &|policy| without(policy, action), action)
    });
}

#[test]
fn observing_needs_every_action_of_its_policy_and_no_other() {
    let world = World::start();
    world.waybill.action("Ops", "all");
    world.waybill.json(&["verify", "Ops"]);
    encrypt(&world);
    world.log("Ops");
    let policy = world.policy("Ops", "observe", "partner");
    let look = |policy: &Value| vec![world.as_user(policy, &["setup", "status", "Ops"]), world.as_user(policy, &["doctor", "Ops"])];
    all_went_well("observe", &look(&policy));
    world.inject("queue-policy", "Ops");
    assert_eq!(world.waybill.run(&["verify", "Ops", "--timeout", "2s"]).code, Some(1), "an event is missing");
    every_action_is_needed("observe", &policy, |policy, action, _| {
        if action != "events:ListRules" {
            return look(policy);
        }
        world.inject("rule-missing", "Ops");
        let answers = look(policy);
        world.reset("Ops");
        answers
    });
}

/// A key for the queue of the only chain, which EventBridge may use.
fn encrypt(world: &World) {
    use aws_sdk_sqs::types::QueueAttributeName::KmsMasterKeyId;
    let events = json!({ "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*" });
    let owner = json!({ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::123456789012:root" }, "Action": "kms:*", "Resource": "*" });
    let policy = json!({ "Version": "2012-10-17", "Statement": [owner, events] });
    let address = world.serving.address();
    let key = order_to(&world.serving, Ask::json(address, KMS, "CreateKey", &json!({ "Policy": policy.to_string() })));
    let (cloud, key) = (world.cloud(), key["KeyMetadata"]["Arn"].as_str().unwrap().to_owned());
    cloud.wait(cloud.sqs.set_queue_attributes().queue_url(cloud.queue()).attributes(KmsMasterKeyId, key).send()).unwrap();
}

#[test]
fn proving_a_queue_of_its_own_needs_every_action_of_its_policy_and_no_other() {
    let world = World::start();
    world.waybill.action("Ops", "all");
    world.waybill.json(&["setup", "apply", "Ops"]);
    for (mode, arguments) in [("partner", &["--bus-logging"][..]), ("rehearsal", &[])] {
        let prove = |policy: &Value| {
            let fixed = ["verify", "Ops", "--mode", mode, "--timeout", "2s"];
            let mut answers = vec![world.as_user(policy, &[&fixed[..], arguments].concat())];
            if mode == "rehearsal" {
                answers.push(world.as_user(policy, &[&fixed[..], &["--reading", "mirror"]].concat()));
            }
            answers
        };
        let policy = world.policy("Ops", "prove", mode);
        all_went_well(mode, &prove(&policy));
        every_action_is_needed(mode, &policy, |policy, _, _| {
            let answers = prove(policy);
            // What could not be removed is removed by whoever may.
            world.waybill.json(&["runs", "list"]);
            let cloud = world.cloud();
            cloud.queues().iter().for_each(|queue| drop(cloud.drain(queue)));
            answers
        });
    }
}

#[test]
fn proving_somebody_elses_queue_needs_every_action_of_its_policy_and_no_other() {
    let world = World::start();
    let cloud = world.cloud();
    let queue = cloud.new_queue("theirs");
    world.waybill.action("Ops", "all");
    world.waybill.json(&["setup", "apply", "Ops", "--queue", "theirs"]);
    let policy = world.policy("Ops", "prove", "partner");
    let prove = |policy: &Value| {
        cloud.send(&queue, "somebody else's");
        let of = |reading: &str| world.as_user(policy, &["verify", "Ops", "--reading", reading, "--timeout", "2s", "--bus-logging"]);
        let answers = vec![of("peek"), of("mirror")];
        world.waybill.json(&["runs", "list"]);
        cloud.drain(&queue);
        answers
    };
    all_went_well("peek and mirror", &prove(&policy));
    every_action_is_needed("peek and mirror", &policy, |policy, _, _| prove(policy));
}

/// A fault whose repair, or its undo, takes this action.
fn fault_for(action: &str) -> &'static str {
    match action {
        "events:ActivateEventSource" | "events:DeactivateEventSource" => "source-inactive",
        "events:CreateEventBus" | "events:DeleteEventBus" => "source-pending",
        "events:PutRule" => "pattern-mismatch",
        "events:DeleteRule" | "events:ListRules" => "rule-missing",
        "events:PutTargets" | "events:RemoveTargets" => "target-missing",
        "sqs:SetQueueAttributes" | "sqs:GetQueueUrl" | "logs:FilterLogEvents" => "queue-policy",
        "sqs:CreateQueue" | "sqs:DeleteQueue" => "queue-missing",
        "kms:PutKeyPolicy" | "kms:DescribeKey" | "kms:GetKeyPolicy" => "queue-key-policy",
        "kms:EnableKey" | "kms:DisableKey" => "queue-key-disabled",
        _ => "rule-disabled",
    }
}

#[test]
fn repairing_needs_every_action_of_its_policy_and_no_other() {
    let world = World::start();
    world.waybill.action("Ops", "all");
    assert_eq!(world.waybill.json(&["verify", "Ops"])["proven"], true);
    world.log("Ops");
    let policy = world.policy("Ops", "repair", "partner");
    let mut faults: Vec<&str> = actions(&policy).iter().map(|action| fault_for(action)).collect();
    faults.sort_unstable();
    faults.dedup();
    let repair = |policy: &Value, fault: &str, needs_run: bool| {
        world.inject(fault, "Ops");
        if needs_run {
            world.waybill.run(&["verify", "Ops", "--timeout", "2s"]);
        }
        let steps: [&[&str]; 3] = [&["doctor", "Ops"], &["doctor", "Ops", "--fix"], &["doctor", "Ops", "--undo"]];
        let answers: Vec<Answer> = steps.into_iter().map(|step| world.as_user(policy, step)).collect();
        world.reset("Ops");
        answers
    };
    for fault in faults {
        let answers = repair(&policy, fault, false);
        assert_eq!(answers[0].code, Some(1), "{fault} is found: {:#?}", answers[0]);
        all_went_well(fault, &answers[1..]);
    }
    every_action_is_needed("repair", &policy, |policy, action, _| repair(policy, fault_for(action), action == "logs:FilterLogEvents"));
}
