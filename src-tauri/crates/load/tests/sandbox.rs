//! The measurement against the embedded sandbox.
#![allow(clippy::unwrap_used, missing_docs)]

use std::time::Duration;

use serde_json::Value;
use waybill_load::{Access, Ask, LoadError, Plan, Via, Wire, WireError, measure};
use waybill_sandbox::{Sandbox, SandboxConfig};

fn access(sandbox: &Sandbox) -> Access {
    let keys = sandbox.keys().clone();
    Access { customer: (keys.access_key_id, keys.secret_access_key), partner: (keys.partner_access_key_id, keys.partner_secret_access_key) }
}

async fn state(sandbox: &Sandbox) -> Value {
    let (address, keys) = (sandbox.endpoint().replace("http://", ""), sandbox.keys());
    let mut wire = Wire::connect(&address).await.unwrap();
    let ask = Ask::inspect(&address, "/_waybill/state").signed((&keys.access_key_id, &keys.secret_access_key));
    wire.json(ask).await.unwrap()
}

#[tokio::test]
async fn every_event_is_counted_once_and_nothing_is_left_behind() {
    let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
    for via in [Via::Partner, Via::Custom] {
        let plan = Plan { events: 205, via, pid: Some(std::process::id()), ..Plan::default() };
        let report = measure(&sandbox.endpoint(), &access(&sandbox), plan).await.unwrap();
        assert_eq!((report.events, report.received, report.again), (205, 205, 0), "{report:?}");
        let latency = report.latency_ms.unwrap();
        assert!(latency.p50 <= latency.p99 && latency.p99 <= latency.max, "{latency:?}");
        assert!(report.server.unwrap().peak_mib > 0.0, "the server is this process");
        let left = state(&sandbox).await;
        assert_eq!((&left["queues"], &left["rules"], &left["event_sources"]), (&0.into(), &0.into(), &0.into()), "{via:?}: {left}");
    }
}

#[tokio::test]
async fn without_receivers_everything_stays_in_the_queue() {
    let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
    let plan = Plan { events: 25, receivers: 0, ..Plan::default() };
    let report = measure(&sandbox.endpoint(), &access(&sandbox), plan).await.unwrap();
    assert_eq!((report.received, report.latency_ms), (0, None));
    assert_eq!(state(&sandbox).await["messages"], 25);
}

#[tokio::test]
async fn a_paced_plan_takes_its_time() {
    let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
    let plan = Plan { events: 11, rate: Some(100.0), ..Plan::default() };
    let report = measure(&sandbox.endpoint(), &access(&sandbox), plan).await.unwrap();
    assert!(report.publish_s >= 0.1, "the eleventh leaves after a tenth of a second: {report:?}");
    assert_eq!(report.received, 11);
}

#[tokio::test]
async fn what_cannot_be_measured_is_told() {
    let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
    let good = access(&sandbox);
    let bad = Access { customer: (good.customer.0.clone(), "wrong".into()), ..good.clone() };
    let plan = Plan { patience: Duration::from_millis(1), ..Plan::default() };
    let refused = measure(&sandbox.endpoint(), &bad, plan).await.unwrap_err();
    assert!(matches!(&refused, LoadError::Wire(WireError::Refused { body, .. }) if body.contains("signature")), "{refused:?}");
    assert!(matches!(measure(&sandbox.endpoint(), &good, Plan { events: 0, ..plan }).await, Err(LoadError::Plan)));
    assert!(matches!(measure("http://10.0.0.1:80", &good, plan).await, Err(LoadError::Endpoint(_))));
    let endpoint = sandbox.endpoint();
    sandbox.shutdown().await;
    assert!(matches!(measure(&endpoint, &good, plan).await, Err(LoadError::Wire(WireError::Connect { .. }))), "nobody listens");
}
