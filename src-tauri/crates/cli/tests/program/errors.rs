//! What goes wrong between Waybill and AWS: one sentence with what failed, why, and what to do; exit 3 or 1; within 15 s.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{ACCOUNT, Answer, REGION, Serving, Waybill, order};

/// The longest that anybody waits to be told (issue: "within 15 s").
const SOON: Duration = Duration::from_secs(15);

const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "example")];

/// A program with a finished chain on its own sandbox, and the connection `other` to somewhere else.
fn beside(url: &str, variables: &[(&str, &str)]) -> Waybill {
    let waybill = variables.iter().fold(Waybill::new(), |waybill, (name, value)| waybill.with(name, value));
    waybill.action("Page", "all");
    waybill.json(&["setup", "apply", "Page"]);
    waybill.json(&["connections", "add", "other", "--kind", "endpoint", "--region", REGION, "--endpoint-url", url]);
    waybill
}

/// Every command over the connection `other` ends soon, with this exit code and one line that says all of `words`.
#[track_caller]
fn tells(waybill: &Waybill, code: i32, words: &[&str]) {
    for command in [&["setup", "status", "Page"][..], &["setup", "apply", "Page"], &["verify", "Page"], &["connections", "show", "other"]] {
        let answer = waybill.run(&[command, &["--connection", "other"]].concat());
        assert_eq!(answer.code, Some(code), "{command:?}: {answer:#?}");
        assert!(answer.took < SOON, "{command:?}: nobody waits longer: {answer:#?}");
        let line = line_with(&answer, words[0]);
        assert!(words.iter().all(|word| line.contains(word)), "{command:?} says {words:?}: {answer:#?}");
    }
}

fn line_with(answer: &Answer, word: &str) -> String {
    let said = format!("{}\n{}", answer.out, answer.err);
    said.lines().find(|line| line.contains(word)).unwrap_or_default().to_owned()
}

/// Listens until the test ends; each connection is handed to `serve` on a thread of its own.
fn listen(serve: impl Fn(TcpStream) + Send + Clone + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = serve.clone();
            std::thread::spawn(move || serve(stream));
        }
    });
    url
}

#[test]
fn a_closed_port_is_told_with_where_to_look() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let waybill = beside(&format!("http://{nobody}"), &KEYS);
    tells(&waybill, 3, &["did not reach AWS", "refused", "check the network"]);
}

#[test]
fn a_port_that_accepts_and_never_answers_is_told_before_anybody_gives_up() {
    let url = listen(|mut stream| drop(stream.read_to_end(&mut Vec::new())));
    tells(&beside(&url, &KEYS), 3, &["was not answered", "check the network"]);
}

#[test]
fn a_web_server_that_is_not_aws_is_told_as_such() {
    for (status, body) in [("200 OK", "<html>hello</html>"), ("404 Not Found", "<html>nothing here</html>")] {
        let answer =
            format!("HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
        let url = listen(move |mut stream| {
            let mut start = [0; 1024];
            drop(stream.read(&mut start));
            drop(stream.write_all(answer.as_bytes()));
            // Closing with unread bytes would reset the connection before the answer is read.
            drop(stream.set_read_timeout(Some(Duration::from_millis(200))));
            while matches!(stream.read(&mut start), Ok(read) if read > 0) {}
        });
        tells(&beside(&url, &KEYS), 3, &["does not speak AWS's protocols", "check the network"]);
    }
}

#[test]
fn no_credentials_at_all_is_told_at_once() {
    let url = listen(|mut stream| drop(stream.read_to_end(&mut Vec::new())));
    let waybill = beside(&url, &[]);
    tells(&waybill, 3, &["has no usable credentials", "aws sso login"]);
    let answer = waybill.run(&["connections", "show", "other"]);
    assert!(answer.took < Duration::from_secs(3), "no metadata service is waited for: {answer:#?}");
}

#[test]
fn keys_that_nobody_knows_are_told() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    tells(
        &beside(serving.endpoint(), &KEYS),
        3,
        &["security token included in the request is invalid", "check that profile, region and endpoint"],
    );
}

#[test]
fn an_expired_token_is_told_with_how_to_renew_it() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = limited(&serving, json!({ "policy": all(), "valid_for_ms": 0 }));
    tells(&waybill, 3, &["ExpiredToken", "renew the credentials"]);
}

#[test]
fn a_denied_action_is_named_with_whom_to_ask() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let statement = json!([
        { "Effect": "Allow", "Action": "*", "Resource": "*" },
        { "Effect": "Deny", "Action": "events:DescribeRule", "Resource": "*" },
    ]);
    let waybill = limited(&serving, json!({ "policy": { "Statement": statement } }));
    for command in [&["setup", "status", "Page"][..], &["setup", "apply", "Page"]] {
        let answer = waybill.run(&[command, &["--connection", "other"]].concat());
        assert_eq!(answer.code, Some(1), "{answer:#?}");
        let line = line_with(&answer, "not authorized");
        assert!(line.contains("events:DescribeRule") && line.contains("have events:DescribeRule allowed"), "{command:?}: {answer:#?}");
    }
}

#[test]
fn a_region_with_another_account_in_the_action_is_told_before_anything_is_read() {
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let waybill = limited(&serving, json!({ "policy": all() }));
    let url = serving.endpoint();
    waybill.json(&["connections", "add", "west", "--kind", "endpoint", "--region", "us-west-2", "--endpoint-url", url]);
    let answer = waybill.run(&["setup", "apply", "Page", "--connection", "west"]);
    assert_eq!(answer.code, Some(2), "{answer:#?}");
    assert!(answer.err.contains("leads to us-west-2") && answer.err.contains("use a connection to that region"), "{answer:#?}");
}

fn all() -> Value {
    json!({ "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } })
}

/// A program that reaches the sandbox `serving` with a further key of its customer.
fn limited(serving: &Serving, user: Value) -> Waybill {
    let made = order(serving, "/_waybill/users", &user);
    let text = |name: &str| made[name].as_str().unwrap_or_default().to_owned();
    let variables = [
        ("AWS_ACCESS_KEY_ID", text("access_key_id")),
        ("AWS_SECRET_ACCESS_KEY", text("secret_access_key")),
        ("AWS_SESSION_TOKEN", text("session_token")),
    ];
    let given: Vec<(&str, &str)> =
        variables.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(serving.line["account_id"], ACCOUNT);
    beside(serving.endpoint(), &given)
}
