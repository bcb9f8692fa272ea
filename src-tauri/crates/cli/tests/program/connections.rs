//! Connections: added, tried, limited, deleted.

use serde_json::json;

use crate::support::{ACCOUNT, REGION, Serving, Waybill};

/// A program whose AWS credentials are these, with a sandbox that it reaches as another endpoint.
fn elsewhere(serving: &Serving) -> Waybill {
    let key = |name: &str| serving.line[name].as_str().unwrap().to_owned();
    let waybill = Waybill::new().with("AWS_ACCESS_KEY_ID", &key("access_key_id"));
    let waybill = waybill.with("AWS_SECRET_ACCESS_KEY", &key("secret_access_key"));
    waybill.json(&["connections", "add", "other", "--kind", "endpoint", "--region", REGION, "--endpoint-url", serving.endpoint()]);
    waybill
}

#[test]
fn a_connection_tells_who_the_caller_is_and_where_requests_go() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = elsewhere(&serving);
    let shown = waybill.json(&["connections", "show", "other"]);
    assert_eq!((&shown["account"], &shown["trouble"]), (&json!(ACCOUNT), &json!(null)), "{shown}");
    assert!(shown["arn"].as_str().unwrap().starts_with("arn:aws:"), "{shown}");
    assert_eq!(shown["plays_partner"], false, "the customer's keys are not the partner's");
    for endpoint in shown["endpoints"].as_array().unwrap() {
        assert_eq!((endpoint["url"].as_str(), &endpoint["warning"]), (Some(serving.endpoint()), &json!(null)), "{shown}");
    }
    let listed = waybill.json(&["connections", "list"]);
    let names: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["sandbox", "other"]);
    waybill.json(&["connections", "delete", "other"]);
    assert_eq!(waybill.run(&["connections", "show", "other"]).code, Some(2), "it is gone");
}

#[test]
fn an_environment_variable_that_redirects_requests_is_told() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = elsewhere(&serving).with("AWS_ENDPOINT_URL_SQS", serving.endpoint());
    let waybill = waybill.with("AWS_ENDPOINT_URL_STS", serving.endpoint());
    waybill.json(&["connections", "add", "prod", "--kind", "aws", "--region", REGION]);
    let answer = waybill.run(&["connections", "show", "prod", "--format", "json"]);
    let shown = answer.json();
    let warning = |service: &str| {
        let endpoints = shown["endpoints"].as_array().unwrap();
        endpoints.iter().find(|one| one["service"] == service).unwrap()["warning"].clone()
    };
    assert_eq!(warning("SQS"), "redirected by the environment variable AWS_ENDPOINT_URL_SQS", "{shown}");
    assert_eq!(warning("EventBridge"), json!(null), "{shown}");
}

#[test]
fn a_connection_that_is_written_wrongly_is_refused_by_its_field_and_changes_nothing() {
    let waybill = Waybill::new();
    let cases: [(&[&str], &str); 8] = [
        (&["sandbox", "--kind", "aws", "--region", REGION], "Name"),
        (&["a b", "--kind", "aws", "--region", REGION], "Name"),
        (&["p", "--kind", "gcp", "--region", REGION], "Kind"),
        (&["p", "--kind", "aws", "--region", "nowhere"], "region"),
        (&["p", "--kind", "aws", "--region", REGION, "--role-arn", "ops"], "role ARN"),
        (&["p", "--kind", "endpoint", "--region", REGION], "endpoint URL"),
        (&["p", "--kind", "aws", "--region", REGION, "--sqs-url", "http://h"], "Endpoint URL"),
        (&["p", "--kind", "aws", "--region", REGION, "--mode", "careful"], "Mode"),
    ];
    for (arguments, field) in cases {
        let answer = waybill.run(&[&["connections", "add"], arguments].concat());
        assert_eq!(answer.code, Some(2), "{arguments:?}: {answer:#?}");
        assert!(answer.err.contains(field), "{arguments:?} names {field}: {answer:#?}");
    }
    assert_eq!(waybill.json(&["connections", "list"]).as_array().unwrap().len(), 1, "only the sandbox");
}

#[test]
fn a_read_only_connection_refuses_every_write_before_it_leaves() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&[]);
    waybill.action("Page", "all");
    waybill.json(&["connections", "mode", "sandbox", "read-only"]);
    let before = serving.cloud().partner_buses();
    for command in [&["setup", "apply", "Page"][..], &["verify", "Page"], &["actions", "delete", "Page"]] {
        let answer = waybill.run(command);
        assert_ne!(answer.code, Some(0), "{command:?}: {answer:#?}");
        let said = answer.out + &answer.err;
        assert!(said.contains("`sandbox` is read-only"), "{command:?} names the connection: {said}");
        assert!(said.contains("was not sent"), "{command:?} says that nothing left: {said}");
    }
    assert_eq!(serving.cloud().partner_buses(), before, "nothing was made");
    assert_eq!(waybill.run(&["setup", "plan", "Page"]).code, Some(0), "reading goes on");
    waybill.json(&["connections", "mode", "sandbox", "free"]);
    assert_eq!(waybill.json(&["verify", "Page"])["proven"], true);
}

#[test]
fn a_connection_that_asks_takes_yes_from_the_command_line_and_nobodys_answer_for_no() {
    let waybill = Waybill::new();
    waybill.action("Page", "all");
    waybill.json(&["connections", "mode", "sandbox", "ask"]);
    let answer = waybill.run(&["verify", "Page"]);
    assert_ne!(answer.code, Some(0), "{answer:#?}");
    assert!(answer.err.contains("nobody was there to answer"), "{answer:#?}");
    assert_eq!(waybill.json(&["verify", "Page", "--yes"])["proven"], true);
}

#[test]
fn an_alert_action_for_another_account_or_region_is_blocked_with_the_reason() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = elsewhere(&serving);
    let create = |account: &str, region: &str| {
        let place = ["--account", account, "--region", region, "--trigger-mode", "automatic", "--events", "all"];
        waybill.run(&[&["actions", "create", "--connection", "other", "--name", "A", "--alert-source", "S"], &place[..]].concat())
    };
    for (account, region, field) in [("999999999999", REGION, "AWS account ID"), (ACCOUNT, "us-east-1", "AWS region")] {
        let answer = create(account, region);
        assert_eq!(answer.code, Some(2), "{answer:#?}");
        assert!(answer.err.contains(field) && answer.err.contains("`other`"), "{answer:#?}");
    }
    assert_eq!(create(ACCOUNT, REGION).code, Some(0));
    assert_eq!(serving.cloud().sources(), [], "only iLert makes a partner event source here");
}
