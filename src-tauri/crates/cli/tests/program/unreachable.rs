//! AWS not reachable, or no credentials: exit 3.

use std::net::TcpListener;

use crate::support::{REGION, Waybill};

/// Adds a connection to an address at which nobody listens.
fn add_dead_end(waybill: &Waybill) {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{nobody}");
    waybill.json(&["connections", "add", "dead", "--kind", "endpoint", "--region", REGION, "--endpoint-url", &url]);
}

const COMMANDS: [&[&str]; 4] =
    [&["setup", "status", "Page"], &["setup", "plan", "Page"], &["setup", "apply", "Page"], &["setup", "undo", "Page"]];

#[test]
fn an_endpoint_at_which_nobody_listens_is_exit_3() {
    let waybill = Waybill::new().with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE").with("AWS_SECRET_ACCESS_KEY", "example");
    waybill.action("Page", "all");
    waybill.json(&["setup", "apply", "Page"]);
    add_dead_end(&waybill);
    for command in COMMANDS {
        let answer = waybill.run(&[command, &["--connection", "dead"]].concat());
        assert_eq!(answer.code, Some(3), "{command:?}: {answer:#?}");
        let said = answer.out + &answer.err;
        assert!(said.contains("did not reach AWS"), "{command:?}: {said}");
    }
    assert_eq!(waybill.json(&["verify", "Page"])["proven"], true, "nothing was broken by it");
}

#[test]
fn no_credentials_is_exit_3() {
    let waybill = Waybill::new();
    waybill.action("Page", "all");
    waybill.json(&["setup", "apply", "Page"]);
    add_dead_end(&waybill);
    for command in COMMANDS {
        let answer = waybill.run(&[command, &["--connection", "dead"]].concat());
        assert_eq!(answer.code, Some(3), "{command:?}: {answer:#?}");
        let said = answer.out + &answer.err;
        assert!(said.contains("credentials"), "{command:?}: {said}");
    }
}
