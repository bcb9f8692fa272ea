//! Waybill on other implementations of the AWS protocols: what works there, and how it is told what does not.
//!
//! `make endpoints` installs moto and MiniStack and runs this. The table is compared with `docs/endpoints.md`; with `WAYBILL_WRITE` set it is
//! written there.
#![allow(clippy::unwrap_used, missing_docs)]

mod server;
#[allow(dead_code, unused_imports, reason = "the table needs only a part of what the program's tests need")]
#[path = "../program/support/mod.rs"]
mod support;

use std::path::PathBuf;

use serde_json::Value;

use server::Server;
use support::{Answer, REGION, Waybill};

/// What is tried everywhere, in this order.
const FEATURES: [&str; 9] = [
    "Who am I",
    "Inbox of partner event sources",
    "Rehearsal without a chain, queue of its own",
    "Alert action with its partner event source",
    "Set-up of the chain",
    "Rehearsal of the chain, its own queue",
    "Proof as the partner",
    "Doctor",
    "Undo",
];

const WORKS: &str = "works";

/// A rehearsal where the endpoint sets an event's time itself: proven as long as its second is the one that was sent.
const OWN_TIME: &str = "works where the second does not turn meanwhile, else changed: the endpoint sets an event's time itself";

/// Every feature on one endpoint, in words.
fn tried(url: &str, keys: (&str, &str), partner: (&str, &str)) -> Vec<String> {
    let waybill = Waybill::new().with("AWS_ACCESS_KEY_ID", keys.0).with("AWS_SECRET_ACCESS_KEY", keys.1);
    let place = ["--kind", "endpoint", "--region", REGION, "--endpoint-url", url, "--settle", "0s"];
    waybill.json(&[&["connections", "add", "there"], &place[..]].concat());
    let run = |words: &[&str]| waybill.run(&[words, &["--connection", "there"]].concat());
    let shown = run(&["connections", "show", "there", "--format", "json"]).json();
    let (account, plays_partner) = (shown["account"].as_str().unwrap_or("000000000000").to_owned(), shown["plays_partner"] == true);
    let create = |name: &str, more: &[&str]| {
        let place = ["--account", &account, "--region", REGION, "--trigger-mode", "automatic", "--events", "all"];
        run(&[&["actions", "create", "--name", name, "--alert-source", "S"], &place[..], more].concat())
    };
    let inbox = run(&["setup", "inbox"]);
    let free = create("Free", &[]);
    let alone =
        if free.code == Some(0) { proof(&run(&["verify", "Free", "--reading", "mirror", "--format", "json"])) } else { word(&free) };
    let source = "aws.partner/ilert.com/s/11111111-1111-4111-8111-111111111111";
    let action =
        if plays_partner { create("Page", &[]) } else { create("Page", &["--event-source", &made(url, partner, source, &account)]) };
    let features = [
        if shown["trouble"].is_null() { WORKS.to_owned() } else { shown["trouble"].as_str().unwrap_or_default().to_owned() },
        word(&inbox),
        alone,
        word(&action),
        word(&run(&["setup", "apply", "Page", "--format", "json"])),
        proof(&run(&["verify", "Page", "--mode", "rehearsal", "--format", "json"])),
        proof(&run(&["verify", "Page", "--mode", "partner", "--format", "json"])),
        diagnosis(&run(&["doctor", "Page", "--format", "json"])),
        word(&run(&["setup", "undo", "Page"])),
    ];
    features.into_iter().map(|cell| plain(&cell, url)).collect()
}

/// Makes a partner event source where Waybill is not offered to play the partner, as iLert would.
fn made(url: &str, (id, secret): (&str, &str), name: &str, account: &str) -> String {
    use aws_config::{BehaviorVersion, Region, SdkConfig};
    let keys = aws_credential_types::Credentials::new(id, secret, None, None, "test");
    let config = SdkConfig::builder().behavior_version(BehaviorVersion::latest()).region(Region::new(REGION)).endpoint_url(url);
    let config = config.credentials_provider(aws_sdk_sqs::config::SharedCredentialsProvider::new(keys));
    let config = config.retry_config(aws_config::retry::RetryConfig::disabled()).build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = aws_sdk_eventbridge::Client::new(&config);
    // Where it is refused, the table says so.
    let _ = runtime.block_on(client.create_partner_event_source().name(name).account(account).send());
    name.to_owned()
}

/// `works`, or the sentence that a user reads.
fn word(answer: &Answer) -> String {
    if answer.code == Some(0) {
        return WORKS.to_owned();
    }
    let failure = serde_json::from_str::<Value>(&answer.out).ok().and_then(|json| json["failure"]["message"].as_str().map(str::to_owned));
    let said =
        failure.unwrap_or_else(|| [&answer.err, &answer.out].into_iter().find(|text| !text.trim().is_empty()).cloned().unwrap_or_default());
    let line = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    line.trim_start_matches("waybill: ").to_owned()
}

/// A proof: `proven`, or what its verdicts are and why.
fn proof(answer: &Answer) -> String {
    let Ok(run) = serde_json::from_str::<Value>(&answer.out) else { return word(answer) };
    if run["proven"] == true {
        return WORKS.to_owned();
    }
    let verdicts: Vec<(String, String)> = run["events"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|event| (event["verdict"].as_str().unwrap_or_default().to_owned(), event["reason"].as_str().unwrap_or_default().to_owned()))
        .filter(|(verdict, _)| verdict != "delivered")
        .collect();
    let (verdict, reason) = verdicts.first().cloned().unwrap_or_default();
    format!("not proven: {} of 9 {}: {reason}", verdicts.len(), verdict.replace('_', " "))
}

/// MiniStack's rehearsals, whose outcome would depend on the second in which they are made.
fn with_own_time(mut cells: Vec<String>) -> Vec<String> {
    let rehearsals = FEATURES.iter().enumerate().filter(|(_, feature)| feature.starts_with("Rehearsal"));
    for (place, _) in rehearsals {
        let cell = &mut cells[place];
        if cell == WORKS || cell.contains("changed: time differs") {
            OWN_TIME.clone_into(cell);
        }
    }
    cells
}

/// A diagnosis: healthy, or which checks found a cause.
fn diagnosis(answer: &Answer) -> String {
    let Ok(found) = serde_json::from_str::<Value>(&answer.out) else { return word(answer) };
    let checks = found["checks"].as_array().cloned().unwrap_or_default();
    let of = |outcome: &str| {
        let ids = checks.iter().filter(|check| check["outcome"] == outcome).filter_map(|check| check["id"].as_str());
        ids.collect::<Vec<_>>().join(", ")
    };
    match (of("cause"), of("unknown")) {
        (causes, unknown) if causes.is_empty() && unknown.is_empty() => WORKS.to_owned(),
        (causes, unknown) if causes.is_empty() => format!("works; cannot tell {unknown}"),
        (causes, _) => format!("answers; finds {causes}"),
    }
}

/// Without what is another one each time: addresses, ids.
fn plain(cell: &str, url: &str) -> String {
    let is_id = |word: &str| {
        word.len() >= 8 && word.chars().all(|c| c.is_ascii_hexdigit() || c == '-') && word.contains(|c: char| c.is_ascii_digit())
    };
    let words = cell.replace(url, "<endpoint>").replace('|', "/");
    let words = words.split(' ').map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if is_id(bare) { word.replace(bare, "…") } else { word.to_owned() }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    match text.split_once(", request ").and_then(|(before, rest)| Some((before, rest.split_once(')')?.1))) {
        Some((before, after)) => format!("{before}){after}"),
        None => text,
    }
}

fn table(columns: &[(&str, Vec<String>)]) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = row(std::iter::once("Feature".to_owned()).chain(columns.iter().map(|(name, _)| (*name).to_owned())).collect());
    let line = row(vec!["---".to_owned(); columns.len() + 1]);
    let body = FEATURES.iter().enumerate().map(|(place, feature)| {
        row(std::iter::once((*feature).to_owned()).chain(columns.iter().map(|(_, cells)| cells[place].clone())).collect())
    });
    format!("{head}{line}{}", body.collect::<String>())
}

#[test]
#[ignore = "needs moto and MiniStack: make endpoints"]
fn what_each_endpoint_lacks_is_told_as_the_table_says() {
    let folder = PathBuf::from(std::env::var_os("WAYBILL_ENDPOINTS").expect("`make endpoints` says where they are installed"));
    let sandbox = Waybill::new();
    let serving = sandbox.serve(&[]);
    let key = |name: &str| serving.line[name].as_str().unwrap().to_owned();
    let moto =
        Server::start(&folder, "moto_server", |port| vec!["-H".to_owned(), "127.0.0.1".to_owned(), "-p".to_owned(), port.to_string()]);
    let ministack = Server::start(&folder, "ministack", |_| Vec::new());
    let (id, secret) = (key("access_key_id"), key("secret_access_key"));
    let (partner_id, partner_secret) = (key("partner_access_key_id"), key("partner_secret_access_key"));
    let (customer, partner) = ((id.as_str(), secret.as_str()), (partner_id.as_str(), partner_secret.as_str()));
    let columns = [
        ("Sandbox, as its customer", tried(serving.endpoint(), customer, partner)),
        ("moto 5.2.5", tried(&moto.url(), ("testing", "testing"), ("testing", "testing"))),
        ("MiniStack 1.5.33", with_own_time(tried(&ministack.url(), ("test", "test"), ("test", "test")))),
    ];
    let table = table(&columns);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/endpoints.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (before, rest) = page.split_once("<!-- table -->\n").unwrap();
    let (known, after) = rest.split_once("<!-- end -->").unwrap();
    if std::env::var_os("WAYBILL_WRITE").is_some() {
        std::fs::write(path, format!("{before}<!-- table -->\n{table}<!-- end -->{after}")).unwrap();
    } else {
        assert_eq!(known, table, "docs/endpoints.md says what is so; `WAYBILL_WRITE=1 make endpoints` writes it anew");
    }
    for (name, cells) in &columns {
        assert_eq!(cells[0], WORKS, "{name} tells who the caller is");
        assert!(cells.iter().all(|cell| !cell.contains("panicked") && !cell.is_empty()), "{name}: a sentence, never a crash: {cells:?}");
    }
}
