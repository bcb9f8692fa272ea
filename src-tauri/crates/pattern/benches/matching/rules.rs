//! The rules and events of the benches.
use serde_json::{Value, json};
use waybill_pattern::{Pattern, RuleSet};

pub struct Scene {
    pub name: &'static str,
    pub rules: Vec<Value>,
    pub events: Vec<String>,
}

impl Scene {
    /// How long an event is on average.
    pub fn bytes(&self) -> usize {
        self.events.iter().map(String::len).sum::<usize>() / self.events.len()
    }

    /// The rules in this crate.
    pub fn rule_set(&self) -> RuleSet<usize> {
        let mut rules = RuleSet::new();
        for (key, rule) in self.rules.iter().enumerate() {
            rules.insert(key, Pattern::parse(&rule.to_string()).unwrap());
        }
        rules
    }

    /// How many rules match an event on average.
    pub fn matches(&self) -> f64 {
        let rules = self.rule_set();
        self.events.iter().map(|event| rules.matching_str(event).unwrap().len()).sum::<usize>() as f64 / self.events.len() as f64
    }
}

const TYPES: [&str; 9] = [
    "incident-created",
    "incident-assigned",
    "incident-auto-escalated",
    "incident-accepted",
    "incident-raised",
    "incident-comment-added",
    "incident-escalated",
    "incident-resolved",
    "incident-auto-resolved",
];

pub fn scenes() -> Vec<Scene> {
    let scene = |name, rules| Scene { name, rules, events: (0..90).map(event).collect() };
    vec![
        scene("1 rule", vec![json!({"detail-type": ["incident-created"], "detail": {"priority": ["HIGH"]}})]),
        scene("10 mixed rules", ten_mixed()),
        scene("10 rules, one operator each", (0..10).map(one_operator).collect()),
        scene("1000 exact rules", (0..1000).map(exact).collect()),
        scene("1000 mixed rules", (0..1000).map(mixed).collect()),
        scene("1000 rules, one operator each", (0..1000).map(one_operator).collect()),
        Scene { name: "100 rules on arrays", rules: (0..100).map(about_items).collect(), events: (0..90).map(event_with_items).collect() },
    ]
}

/// About 630 bytes, in the shape that iLert sends.
fn event(n: usize) -> String {
    let kind = TYPES[n % TYPES.len()];
    format!(
        r#"{{"version":"0","id":"cb5fbc21-5156-2073-1f94-{n:012}","detail-type":"{kind}","source":"aws.partner/ilert.com/test/cc23670e-ad3e-4c38-8d45-d22c36ced352","account":"123456789012","time":"2021-08-06T08:16:16Z","region":"eu-central-1","resources":["ilert"],"detail":{{"id":"{id}","summary":"test incident number {n}","details":"My server is down, and has been since the backup of last night","reportTime":"2021-08-06T08:16:01.154Z","status":"PENDING","eventType":"{kind}","priority":"{priority}","alertSource":{{"id":{source},"name":"Test"}},"assignedTo":{{"id":{user},"username":"jane","firstName":"Jane","lastName":"Doe","email":"jane@example.com"}}}}}}"#,
        id = 3_710_000 + n * 11,
        priority = if n.is_multiple_of(2) { "HIGH" } else { "LOW" },
        source = 2_193_000 + n,
        user = 1000 + n,
    )
}

/// A rule that asks for one incident of one type.
fn exact(n: usize) -> Value {
    json!({
        "source": ["aws.partner/ilert.com/test/cc23670e-ad3e-4c38-8d45-d22c36ced352"],
        "detail-type": [TYPES[n % TYPES.len()]],
        "detail": {"id": [(3_710_000 + n * 11).to_string()]}
    })
}

/// Rules of six kinds in turn, about a type and one more field.
fn mixed(n: usize) -> Value {
    let (field, condition) = match n % 6 {
        0 => ("summary", json!({"prefix": format!("test incident number {n}")})),
        1 => ("id", json!({"suffix": format!("{:03}", n)})),
        2 => ("alertSource.id", json!({"numeric": [">", 2_193_000 + n, "<=", 2_193_010 + n]})),
        3 => ("priority", json!({"anything-but": [format!("P{n}"), "LOW"]})),
        4 => ("details", json!({"wildcard": format!("*server {n}*")})),
        _ => ("assignedTo.email", json!({"exists": n % 4 == 1})),
    };
    json!({"detail-type": [TYPES[n % TYPES.len()]], "account": [format!("{:012}", 123_456_789_012_u64 + n as u64 % 5)], "detail": {field: [condition]}})
}

/// Rules of one field, of which many match every event.
fn one_operator(n: usize) -> Value {
    match n % 6 {
        0 => json!({"detail": {"summary": [{"prefix": format!("test incident number {n}")}]}}),
        1 => json!({"detail": {"id": [{"suffix": format!("{:03}", n)}]}}),
        2 => json!({"detail": {"alertSource": {"id": [{"numeric": [">", 2_193_000 + n, "<=", 2_193_010 + n]}]}}}),
        3 => json!({"detail": {"priority": [{"anything-but": [format!("P{n}"), "LOW"]}]}}),
        4 => json!({"detail": {"summary": [{"wildcard": format!("*incident*{n}*")}]}}),
        _ => json!({"detail": {format!("field{}", n / 6): [{"exists": n % 4 == 1}]}}),
    }
}

fn ten_mixed() -> Vec<Value> {
    vec![
        json!({"account": ["123456789012"]}),
        json!({"detail-type": ["incident-created", "incident-resolved"]}),
        json!({"source": [{"prefix": "aws.partner/ilert.com/"}], "detail": {"priority": ["HIGH"]}}),
        json!({"detail": {"summary": [{"suffix": "number 7"}]}}),
        json!({"detail": {"alertSource": {"id": [{"numeric": [">", 2_193_010, "<", 2_193_020]}]}}}),
        json!({"detail-type": ["incident-created"], "detail": {"status": [{"anything-but": "RESOLVED"}]}}),
        json!({"detail": {"details": [{"wildcard": "*server*backup*"}]}}),
        json!({"detail": {"assignedTo": {"email": [{"exists": true}]}}, "region": ["us-east-1"]}),
        json!({"detail": {"assignedTo": {"username": [{"equals-ignore-case": "JANE"}]}}}),
        json!({"$or": [{"detail": {"id": ["3710011"]}}, {"region": ["eu-west-1"], "account": ["123456789012"]}]}),
    ]
}

/// An event with 24 items, each with two tags of its own.
fn event_with_items(n: usize) -> String {
    let items: Vec<Value> = (0..24)
        .map(|i| json!({"sku": format!("sku-{}", (n + i) % 60), "count": i, "state": if i % 3 == 0 { "open" } else { "done" }, "tags": [{"k": "color", "v": i % 7}, {"k": "size", "v": i % 5}]}))
        .collect();
    let mut event: Value = serde_json::from_str(&event(n)).unwrap();
    event["detail"]["items"] = json!(items);
    event.to_string()
}

/// A rule about two fields of one item, every fourth one also about a tag of it.
fn about_items(n: usize) -> Value {
    let mut items = json!({"sku": [format!("sku-{}", n % 60)], "state": ["open"]});
    if n.is_multiple_of(4) {
        items["tags"] = json!({"k": ["color"], "v": [n % 7]});
    }
    json!({"detail": {"items": items}})
}
