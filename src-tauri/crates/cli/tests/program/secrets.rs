//! The sandbox's keys lie in one file and stand in one line.

use std::path::Path;

use crate::support::Waybill;

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
