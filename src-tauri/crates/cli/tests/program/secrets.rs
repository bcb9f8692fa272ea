//! The sandbox's keys lie in one file and stand in one line.

use std::path::Path;

use crate::support::{ACCOUNT, REGION, Waybill, order, until};

/// Every file of a folder that one of the keys stands in.
fn files_with(dir: &Path, keys: &[&str], found: &mut Vec<String>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_with(&path, keys, found);
        } else if has_one(&String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()), keys) {
            found.push(entry.file_name().into_string().unwrap());
        }
    }
}

fn has_one(text: &str, keys: &[&str]) -> bool {
    keys.iter().any(|key| text.contains(key))
}

#[test]
fn keys_stand_in_no_file_but_their_own_and_in_no_answer_but_the_first_line_of_serve() {
    let waybill = Waybill::new();
    let serving = waybill.serve(&["-vv"]);
    let line = serving.line.clone();
    let names = ["access_key_id", "secret_access_key", "partner_access_key_id", "partner_secret_access_key"];
    let keys = names.map(|name| line[name].as_str().unwrap());
    let secrets = [keys[1], keys[3]];
    let commands: [&[&str]; 7] = [
        &["verify", "-v"],
        &["verify", "--format", "json"],
        &["setup", "status", "--format", "json"],
        &["setup", "plan", "--format", "json"],
        &["actions", "list", "--format", "json"],
        &["runs", "list", "--format", "json"],
        &["verify", "Nobody"],
    ];
    for command in commands {
        let answer = waybill.run(command);
        assert!(!has_one(&answer.out, &keys) && !has_one(&answer.err, &keys), "{command:?}: {answer:#?}");
    }
    let debug = waybill.run(&["verify", "-vv"]);
    assert!(!has_one(&debug.out, &keys) && !has_one(&debug.err, &secrets), "not even where everything is logged");
    let mut found = Vec::new();
    files_with(waybill.dir(), &keys, &mut found);
    assert_eq!(found, ["sandbox-keys.json"]);
    let ended = serving.end("TERM");
    assert!(!has_one(&ended.out, &keys) && !has_one(&ended.err, &secrets), "{ended:#?}");
    waybill.json(&["verify"]);
    let mut found = Vec::new();
    files_with(waybill.dir(), &keys, &mut found);
    assert_eq!(found, ["sandbox-keys.json"], "with a sandbox in the background too");
}

#[test]
fn no_secret_of_aws_stands_in_any_file_report_or_log() {
    const SECRET: &str = "known/secret+of+a+profile+0123456789";
    let server = Waybill::new();
    let serving = server.serve(&[]);
    let policy = serde_json::json!({ "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } });
    let user = order(&serving, "/_waybill/users", &serde_json::json!({ "policy": policy, "valid_for_ms": 3_600_000 }));
    let text = |name: &str| user[name].as_str().unwrap().to_owned();
    let (id, secret, token) = (text("access_key_id"), text("secret_access_key"), text("session_token"));
    let waybill = Waybill::new();
    let profiles = format!(
        "[right]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\naws_session_token = {token}\n\
         [wrong]\naws_access_key_id = {id}\naws_secret_access_key = {SECRET}\naws_session_token = {token}\n"
    );
    let file = waybill.file("credentials", &profiles);
    let waybill = waybill.with("AWS_SHARED_CREDENTIALS_FILE", &file);
    for profile in ["right", "wrong"] {
        let place =
            ["--kind", "endpoint", "--region", REGION, "--endpoint-url", serving.endpoint(), "--settle", "0s", "--profile", profile];
        waybill.json(&[&["connections", "add", profile], &place[..]].concat());
    }
    let place = ["--account", ACCOUNT, "--region", REGION, "--trigger-mode", "automatic", "--events", "all"];
    waybill.json(&[&["actions", "create", "--connection", "right", "--name", "Page", "--alert-source", "S"], &place[..]].concat());
    let commands: [&[&str]; 9] = [
        &["verify", "Page", "--connection", "right", "-vvv"],
        &["verify", "Page", "--connection", "right", "-vvv", "--format", "html"],
        &["verify", "Page", "--connection", "right", "-vvv", "--format", "junit"],
        &["verify", "Page", "--connection", "right", "-vvv", "--format", "json"],
        &["verify", "Page", "--connection", "wrong", "-vvv"],
        &["connections", "show", "right", "-vvv"],
        &["connections", "show", "wrong", "-vvv", "--format", "json"],
        &["connections", "list", "-vvv", "--format", "json"],
        &["doctor", "Page", "--connection", "right", "-vvv"],
    ];
    let secrets = [secret.as_str(), token.as_str(), SECRET];
    for command in commands {
        let answer = waybill.run(command);
        assert!(!has_one(&answer.out, &secrets) && !has_one(&answer.err, &secrets), "{command:?}: {answer:#?}");
    }
    let killed = waybill.start(&["verify", "Page", "--connection", "right", "--count", "100", "--rate", "10/s", "-vvv"]);
    until("a run to go on", || waybill.json(&["runs", "list"])["runs"].as_array()?.iter().find(|run| run["state"] == "running").map(drop));
    killed.signal("ABRT");
    let crash = killed.end();
    assert!(!has_one(&crash.out, &secrets) && !has_one(&crash.err, &secrets), "a crash tells nothing: {crash:#?}");
    let mut found = Vec::new();
    files_with(waybill.dir(), &secrets, &mut found);
    assert_eq!(found, [] as [String; 0], "nothing of it is kept");
}
