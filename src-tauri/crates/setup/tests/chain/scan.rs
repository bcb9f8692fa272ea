//! Looking through accounts for chains, small and large.

use aws_sdk_eventbridge::types::Target;
use waybill_setup::{Scan, scan};

use crate::bench::{Bench, SOURCE};

const ACCOUNT: &str = "123456789012";

async fn look(bench: &Bench) -> Scan {
    scan(&bench.clients, &ACCOUNT.parse().unwrap(), None).await.unwrap()
}

async fn put_rule(bench: &Bench, rule: &str, queue: Option<&str>) {
    let events = bench.clients.events();
    let pattern = format!(r#"{{"account":["{ACCOUNT}"]}}"#);
    events.put_rule().name(rule).event_bus_name(SOURCE).event_pattern(pattern).send().await.unwrap();
    if let Some(queue) = queue {
        let target = Target::builder().id("t").arn(format!("arn:aws:sqs:eu-central-1:{queue}")).build().unwrap();
        events.put_targets().rule(rule).event_bus_name(SOURCE).targets(target).send().await.unwrap();
    }
}

#[tokio::test]
async fn only_queues_of_this_account_and_region_are_candidates() {
    let bench = Bench::start().await;
    assert_eq!(look(&bench).await.candidates, [], "a source without its bus has no chain");
    bench.clients.events().create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    bench.make_queue("orders", None).await;
    put_rule(&bench, "here", Some(&format!("{ACCOUNT}:orders"))).await;
    put_rule(&bench, "elsewhere", Some("999999999999:orders")).await;
    put_rule(&bench, "without", None).await;
    let found = look(&bench).await;
    let names: Vec<_> = found.candidates.iter().map(|one| (one.rule.as_str(), one.queue.as_str())).collect();
    assert_eq!((names, found.rules), (vec![("here", "orders")], 3));
    assert_eq!(found.candidates[0].notes, ["The queue's policy does not let the rule send."]);
}

/// 99 partner buses beside the default one, 300 rules on one of them, 1,000 queues: the quotas of EventBridge, and more queues than a page.
#[tokio::test]
async fn a_large_account_is_read_with_as_few_requests_as_there_are_rules_and_pages() {
    let bench = Bench::start().await;
    let (events, partner, sqs) = (bench.clients.events(), bench.clients.partner().unwrap(), bench.clients.sqs());
    events.create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    for number in 1..99 {
        let name = format!("aws.partner/ilert.com/test/{number}");
        partner.create_partner_event_source().name(&name).account(ACCOUNT).send().await.unwrap();
        events.create_event_bus().name(&name).event_source_name(&name).send().await.unwrap();
    }
    for number in 0..1000 {
        sqs.create_queue().queue_name(format!("queue-{number}")).send().await.unwrap();
    }
    for number in 0..300 {
        put_rule(&bench, &format!("rule-{number:03}"), (number < 20).then(|| format!("{ACCOUNT}:queue-{}", number / 2)).as_deref()).await;
    }
    let found = look(&bench).await;
    assert_eq!((found.buses, found.rules, found.candidates.len()), (99, 300, 20));
    let (sources_and_buses, rules, targets, queues) = (2, 98 + 3, 300, 10 * 2);
    assert_eq!(found.requests, sources_and_buses + rules + targets + queues, "queues that no rule sends to are not read");
}
