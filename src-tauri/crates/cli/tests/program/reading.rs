//! Reading modes: somebody else's queue is looked at for a price that is told and held, or mirrored by a probe that never stays.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_sdk_sqs::types::{MessageSystemAttributeName, QueueAttributeName, SendMessageBatchRequestEntry};
use serde_json::{Value, json};

use crate::support::{Cloud, Serving, Waybill, counts_add_up, is_run, until};

/// Foreign messages in the queue.
const FOREIGN: usize = 1000;

/// Rounds in continuous integration; `WAYBILL_PROBE_ROUNDS` asks for more.
const ROUNDS: usize = 4;

/// A folder whose alert action "Page" sends to the queue "orders", which Waybill did not make.
fn stage(queue: &[(QueueAttributeName, &str)]) -> (Waybill, Serving, Cloud, String) {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    let cloud = serving.cloud();
    let create = cloud.sqs.create_queue().queue_name("orders");
    let create = queue.iter().fold(create, |create, (name, value)| create.attributes(name.clone(), *value));
    let url = cloud.wait(create.send()).unwrap().queue_url.unwrap();
    assert_eq!(waybill.json(&["setup", "apply", "Page", "--queue", "orders"])["complete"], true);
    (waybill, serving, cloud, url)
}

/// A folder whose queue "orders" moves a message to a dead-letter queue after so many receives.
fn limited(max_receive_count: u32) -> (Waybill, Serving, Cloud, String) {
    let (waybill, serving, cloud, url) = stage(&[]);
    let dead = cloud.new_queue("dead");
    let policy = json!({"deadLetterTargetArn": cloud.arn(&dead), "maxReceiveCount": max_receive_count}).to_string();
    let set = cloud.sqs.set_queue_attributes().queue_url(&url).attributes(QueueAttributeName::RedrivePolicy, policy);
    cloud.wait(set.send()).unwrap();
    (waybill, serving, cloud, url)
}

fn send_foreign(cloud: &Cloud, url: &str, many: usize) {
    for first in (0..many).step_by(10) {
        let entry =
            |n: usize| SendMessageBatchRequestEntry::builder().id(n.to_string()).message_body(format!("order {n}")).build().unwrap();
        let batch = (first..(first + 10).min(many)).map(entry).collect();
        assert_eq!(cloud.wait(cloud.sqs.send_message_batch().queue_url(url).set_entries(Some(batch)).send()).unwrap().failed(), []);
    }
}

/// The queue's own consumer: takes and deletes what is its own until `enough` says so, and gives back what is not. Answers for each of its
/// messages how often others had received it before.
fn consume(cloud: &Cloud, url: &str, enough: impl Fn(usize) -> bool) -> BTreeMap<String, u32> {
    let mut seen = BTreeMap::new();
    while !enough(seen.len()) {
        let receive = cloud.sqs.receive_message().queue_url(url).max_number_of_messages(10).visibility_timeout(30);
        let receive = receive.message_system_attribute_names(MessageSystemAttributeName::ApproximateReceiveCount);
        for message in cloud.wait(receive.send()).unwrap().messages.unwrap_or_default() {
            let handle = message.receipt_handle.unwrap();
            let body = message.body.unwrap();
            if !body.starts_with("order ") {
                let give_back = cloud.sqs.change_message_visibility().queue_url(url).receipt_handle(handle).visibility_timeout(0);
                // Whoever it belongs to may have deleted it by now.
                drop(cloud.wait(give_back.send()));
                continue;
            }
            let count = &message.attributes.unwrap()[&MessageSystemAttributeName::ApproximateReceiveCount];
            seen.insert(body, count.parse::<u32>().unwrap() - 1);
            cloud.wait(cloud.sqs.delete_message().queue_url(url).receipt_handle(handle).send()).unwrap();
        }
    }
    seen
}

fn reading(run: &Value) -> &Value {
    &run["evidence"]["circumstances"]["reading"]
}

fn price(run: &Value) -> u32 {
    u32::try_from(reading(run)["price"].as_u64().unwrap()).unwrap()
}

#[test]
fn peek_finds_its_own_among_a_thousand_others_and_keeps_to_its_price() {
    let (waybill, _serving, cloud, url) = stage(&[]);
    send_foreign(&cloud, &url, FOREIGN);
    let answer = waybill.run(&["verify", "Page", "--format", "json"]);
    assert_eq!(answer.code, Some(0), "{answer:#?}");
    let run = answer.json();
    is_run(&run);
    assert_eq!((reading(&run)["mode"].as_str(), run["delivered"].as_u64()), (Some("peek"), Some(9)), "not Waybill's queue: peek");
    assert!(answer.err.contains(&format!("rises by at most {}", price(&run))), "the price is told: {}", answer.err);
    assert_eq!(cloud.held(&url) as usize, FOREIGN, "own messages are deleted, all others are there");
    let counts = consume(&cloud, &url, |seen| seen == FOREIGN);
    let highest = counts.values().max().unwrap();
    assert!(*highest <= price(&run), "announced {}, found {highest}", price(&run));
    eprintln!("peek among {FOREIGN} messages: announced {}, highest {highest}", price(&run));
}

#[test]
fn peek_beside_a_running_consumer_takes_nothing_from_it() {
    let (waybill, serving, cloud, url) = stage(&[]);
    send_foreign(&cloud, &url, FOREIGN);
    let run_is_over = AtomicBool::new(false);
    let (run, counts) = std::thread::scope(|threads| {
        let consumer = threads.spawn(|| {
            let own = serving.cloud();
            consume(&own, &url, |seen| seen == FOREIGN && run_is_over.load(Ordering::Relaxed))
        });
        let answer = waybill.run(&["verify", "Page", "--reading", "peek", "--timeout", "8s", "--format", "json"]);
        run_is_over.store(true, Ordering::Relaxed);
        (answer.json(), consumer.join().unwrap())
    });
    counts_add_up(&run);
    assert_eq!(counts.len(), FOREIGN, "all of them reach their consumer");
    let highest = counts.values().max().unwrap();
    assert!(*highest <= price(&run), "announced {}, found {highest}", price(&run));
    assert_eq!((run["missing"].as_u64(), run["held_back"].as_u64()), (Some(0), Some(0)), "in a shared queue silence proves nothing");
    let of = |name: &str| run[name].as_u64().unwrap();
    assert_eq!(of("delivered") + of("late") + of("unknown"), 9, "{run}");
    eprintln!("peek beside a consumer: announced {}, highest {highest}, delivered {} of 9", price(&run), of("delivered"));
}

#[test]
fn in_a_shared_queue_what_is_not_found_is_unknown_and_says_why() {
    let (waybill, _serving, cloud, url) = stage(&[]);
    cloud.set_policy(&url, "");
    let answer = waybill.run(&["verify", "Page", "--timeout", "2s", "--format", "json"]);
    assert_eq!(answer.code, Some(1), "{answer:#?}");
    let run = answer.json();
    counts_add_up(&run);
    assert_eq!((run["unknown"].as_u64(), run["missing"].as_u64()), (Some(9), Some(0)));
    assert!(run["events"][0]["reason"].as_str().unwrap().contains("they may have taken it"), "{}", run["events"][0]);
    let mirrored = waybill.run(&["verify", "Page", "--reading", "mirror", "--format", "json"]);
    assert_eq!(mirrored.code, Some(0), "the rule does take them: {mirrored:#?}");
    assert!(reading(&mirrored.json())["sentence"].as_str().unwrap().contains("does not prove that queue orders took them"));
    no_probe_is_left(&cloud);
}

#[test]
fn where_two_receives_end_in_the_dead_letter_queue_peek_refuses_and_says_why() {
    let (waybill, _serving, cloud, url) = limited(2);
    send_foreign(&cloud, &url, 20);
    let refused = waybill.run(&["verify", "Page", "--reading", "peek"]);
    assert!(refused.code == Some(2) && refused.err.contains("Reading: ") && refused.err.contains("after 2 receives"), "{refused:#?}");
    assert_eq!(waybill.json(&["runs", "list"])["runs"].as_array().unwrap().len(), 0, "nothing was published");
    let run = waybill.json(&["verify", "Page"]);
    assert_eq!((reading(&run)["mode"].as_str(), run["proven"].as_bool()), (Some("mirror"), Some(true)));
    assert!(reading(&run)["sentence"].as_str().unwrap().starts_with("Not peeked at: queue orders moves a message"), "{}", reading(&run));
    no_probe_is_left(&cloud);
    let counts = consume(&cloud, &url, |seen| seen == 20);
    assert!(counts.values().all(|count| *count == 0), "nobody looked at them: {counts:?}");
}

#[test]
fn where_five_receives_end_in_the_dead_letter_queue_two_are_left_to_the_consumer() {
    let (waybill, _serving, cloud, url) = limited(5);
    send_foreign(&cloud, &url, 50);
    let run = waybill.json(&["verify", "Page", "--reading", "peek"]);
    assert_eq!((price(&run), run["proven"].as_bool()), (3, Some(true)));
    let counts = consume(&cloud, &url, |seen| seen == 50);
    assert!(counts.values().all(|count| *count <= 3), "{counts:?}");
}

#[test]
fn a_mode_that_is_not_right_for_the_queue_is_refused() {
    let (waybill, _serving, cloud, _) = stage(&[]);
    for (mode, told) in [("consume", "not made by Waybill"), ("nonsense", "choose consume, peek or mirror")] {
        let answer = waybill.run(&["verify", "Page", "--reading", mode]);
        assert!(answer.code == Some(2) && answer.err.contains(told), "{answer:#?}");
    }
    let bus = cloud.source();
    let rule = cloud.rule(&bus);
    for name in ["a", "b", "c", "d"] {
        let target = aws_sdk_eventbridge::types::Target::builder().id(name).arn(cloud.arn(&cloud.new_queue(name))).build().unwrap();
        cloud.wait(cloud.events.put_targets().event_bus_name(&bus).rule(&rule).targets(target).send()).unwrap();
    }
    let answer = waybill.run(&["verify", "Page", "--reading", "mirror"]);
    assert!(answer.code == Some(2) && answer.err.contains("5 targets"), "{answer:#?}");
}

#[test]
fn wherever_a_mirrored_run_is_killed_no_probe_is_left_after_the_next_start() {
    let rounds = std::env::var("WAYBILL_PROBE_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    let (waybill, _serving, cloud, _) = stage(&[]);
    let (mut killed_before, mut killed_with_probe) = (0, 0);
    for round in 0..rounds {
        let mut running = waybill.start(&["verify", "Page", "--reading", "mirror", "--count", "400", "--rate", "200/s", "--timeout", "3s"]);
        // Some rounds wait for the probe, the others for moments all over the run.
        let mut looks = 0;
        until("the moment", || {
            looks += 1;
            let is_moment = if round % 2 == 0 { looks > 20 + round * 13 % 150 } else { !probes(&cloud).is_empty() && looks > 10 };
            (is_moment || !running.goes_on()).then_some(())
        });
        running.signal("KILL");
        drop(running.end());
        match probes(&cloud).is_empty() {
            true => killed_before += 1,
            false => killed_with_probe += 1,
        }
        waybill.json(&["runs", "list"]);
        no_probe_is_left(&cloud);
    }
    let runs = waybill.json(&["runs", "list"]);
    let open = runs["runs"].as_array().unwrap().iter().filter(|run| run["state"] == "running").count();
    assert_eq!(open, 0, "no killed run counts as running");
    eprintln!("{rounds} kills: {killed_with_probe} with a probe on AWS, {killed_before} without; none left");
    assert!(killed_with_probe > 0, "at least one kill came while the probe was there");
}

#[test]
fn a_mirrored_run_that_is_interrupted_takes_its_probe_along_and_is_closed_by_the_next_start() {
    let (waybill, _serving, cloud, _) = stage(&[]);
    let mut running = waybill.start(&["verify", "Page", "--reading", "mirror", "--count", "1200", "--rate", "100/s", "--timeout", "1s"]);
    until("events in the probe", || {
        assert!(running.goes_on(), "it goes on for seconds");
        let runs = waybill.json(&["runs", "list"]);
        runs["runs"].as_array().unwrap().iter().any(|run| run["delivered"].as_u64() > Some(20)).then_some(())
    });
    running.signal("INT");
    assert_eq!(running.end().code, Some(130));
    no_probe_is_left(&cloud);
    let settled = until("the run to be closed", || {
        let runs = waybill.json(&["runs", "list"]);
        Some(runs["runs"][0].clone()).filter(|run| run["state"] == "closed")
    });
    assert_eq!((settled["missing"].as_u64(), settled["proven"].as_bool()), (Some(0), Some(false)), "{settled}");
    assert!(settled["delivered"].as_u64() > Some(20), "what was read stays read");
}

fn probes(cloud: &Cloud) -> Vec<String> {
    cloud.queues().into_iter().filter(|url| url.contains("waybill-probe")).collect()
}

#[track_caller]
fn no_probe_is_left(cloud: &Cloud) {
    assert_eq!(probes(cloud), Vec::<String>::new());
    let bus = cloud.source();
    let targets: Vec<String> = cloud.targets(&bus, &cloud.rule(&bus)).into_iter().map(|target| target.id).collect();
    assert_eq!(targets.len(), 1, "only the chain's own target: {targets:?}");
}
