//! One sandbox with its chains.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tempfile::TempDir;
use waybill_console::view::{CheckOutcome, CheckView, DiagnosisProgress, DiagnosisView, PatternForm, PermissionForm, QueueForm, SetupForm};
use waybill_console::{Console, DataFolder, OpenOptions, ServeFlags, ServedSandbox, VerifyRequest, serve};
use waybill_domain::ActionForm;
use waybill_load::{Ask, KMS, SQS, Service, Wire};

/// What changes by itself, and what only counts.
const RESTLESS: [&str; 8] = [
    "LastModifiedTimestamp",
    "CreatedTimestamp",
    "CreationTime",
    "LastModifiedTime",
    "ExpirationTime",
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
];

pub struct World {
    pub console: Console,
    served: ServedSandbox,
    _dir: TempDir,
}

/// How a chain is set up.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub name: String,
    pub mode: &'static str,
    pub types: Vec<String>,
    pub fifo: bool,
    pub dead_letter: bool,
    pub pattern: PatternForm,
}

impl Wanted {
    pub fn named(name: &str) -> Self {
        let types = waybill_domain::EventType::ALL.iter().map(ToString::to_string).collect();
        let pattern = PatternForm::AllEvents;
        Self { name: name.to_owned(), mode: "automatic", types, fifo: false, dead_letter: true, pattern }
    }
}

impl World {
    pub async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let served = serve(DataFolder::open(dir.path()).unwrap(), ServeFlags { ephemeral: true, ..ServeFlags::default() }).await.unwrap();
        let options = OpenOptions { data_dir: Some(dir.path().to_owned()), ..OpenOptions::default() };
        Self { console: Console::open(options).await.unwrap(), served, _dir: dir }
    }

    pub async fn stop(self) {
        self.console.close().await;
        self.served.stop().await;
    }

    /// A chain that stands.
    pub async fn chain(&self, wanted: &Wanted) -> String {
        let form = ActionForm {
            name: wanted.name.clone(),
            alert_source: "Test".into(),
            trigger_mode: wanted.mode.into(),
            event_types: wanted.types.clone(),
            account: "123456789012".into(),
            region: "eu-central-1".into(),
        };
        let action = self.console.create_alert_action(&form).await.unwrap();
        let queue = |end: &str| QueueForm::New { name: format!("{}{end}", wanted.name) };
        let form = SetupForm {
            permission: PermissionForm::None,
            rule_name: "all".into(),
            rule_description: "every event".into(),
            pattern: wanted.pattern.clone(),
            queue: queue(if wanted.fifo { ".fifo" } else { "" }),
            dead_letter: wanted.dead_letter.then(|| queue("-dead")),
        };
        let outcome = self.console.setup_apply(&action.id, &form).await.unwrap();
        assert!(outcome.complete, "{:?}", outcome.failure);
        action.id
    }

    /// Publishes the action's own events and waits for the verdicts.
    pub async fn prove(&self, action: &str) -> bool {
        let request = VerifyRequest { action: Some(action.to_owned()), timeout: Some("2s".into()), ..VerifyRequest::default() };
        self.console.verify(request).await.unwrap().run.proven
    }

    /// One diagnosis; each check was told once before it ended, and as it stands in the whole.
    pub async fn diagnose(&self, action: &str) -> DiagnosisView {
        let mut told = Vec::new();
        let whole = self.console.diagnose_live(Some(action), |progress| told.push(progress)).await.unwrap();
        assert!(matches!(&told[0], DiagnosisProgress::Began { checks } if checks.len() == whole.checks.len()), "{:?}", told[0]);
        let mut checks: Vec<_> = told.iter().filter_map(told_check).collect();
        checks.sort_unstable_by_key(|check| check.place);
        let (told, shown) = (serde_json::to_value(&checks).unwrap(), serde_json::to_value(&whole.checks).unwrap());
        assert_eq!(told, shown, "what was told while it went on is what it came to");
        whole
    }

    /// Everything of the sandbox that lasts.
    pub async fn everything(&self) -> Value {
        let mut all = json!({});
        for part in ["buses", "queues"] {
            let ask = |host: &str| Ask::inspect(host, &format!("/_waybill/{part}"));
            all[part] = self.send(ask).await;
        }
        let keys: BTreeSet<String> = all["queues"]["queues"].as_array().unwrap().iter().filter_map(own_key).collect();
        for key in keys {
            let named = json!({ "KeyId": key });
            let described = self.call(KMS, "DescribeKey", &named).await;
            let policy = self.call(KMS, "GetKeyPolicy", &named).await;
            let policy: Value = serde_json::from_str(policy["Policy"].as_str().unwrap()).unwrap();
            all["keys"][key] = json!({ "KeyState": described["KeyMetadata"]["KeyState"], "Policy": policy });
        }
        calm(&mut all);
        all
    }

    pub async fn set_policy(&self, queue: &str, policy: &Value) {
        self.set_queue(queue, &json!({ "Policy": policy.to_string() })).await;
    }

    /// A queue's policy.
    pub async fn policy(&self, queue: &str) -> Value {
        let body = json!({ "QueueUrl": self.url(queue), "AttributeNames": ["Policy"] });
        let answer = self.call(SQS, "GetQueueAttributes", &body).await;
        answer["Attributes"]["Policy"].as_str().map_or(Value::Null, |text| serde_json::from_str(text).unwrap())
    }

    pub async fn set_queue(&self, queue: &str, attributes: &Value) {
        self.call(SQS, "SetQueueAttributes", &json!({ "QueueUrl": self.url(queue), "Attributes": attributes })).await;
    }

    /// A new key with this policy, by its ARN.
    pub async fn key(&self, policy: &Value) -> String {
        let made = self.call(KMS, "CreateKey", &json!({ "Policy": policy.to_string() })).await;
        made["KeyMetadata"]["Arn"].as_str().unwrap().to_owned()
    }

    /// The organization of the account.
    pub fn organization(&self) -> &str {
        &self.served.served.organization_id
    }

    pub fn url(&self, queue: &str) -> String {
        let served = &self.served.served;
        format!("{}/{}/{queue}", served.endpoint, served.account_id)
    }

    /// Somebody else's request.
    pub async fn call(&self, service: Service, operation: &str, body: &Value) -> Value {
        self.send(|host| Ask::json(host, service, operation, body)).await
    }

    async fn send(&self, ask: impl FnOnce(&str) -> Ask) -> Value {
        let served = &self.served.served;
        let host = served.endpoint.trim_start_matches("http://");
        let mut wire = Wire::connect(host).await.unwrap();
        let (status, body) = wire.send(ask(host).signed((&served.access_key_id, &served.secret_access_key))).await.unwrap();
        assert!(status.is_success(), "{}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap_or_default()
    }
}

pub fn told_check(progress: &DiagnosisProgress) -> Option<&CheckView> {
    match progress {
        DiagnosisProgress::Check { check, .. } => Some(check),
        _ => None,
    }
}

/// The ids of what was found to be a cause.
pub fn causes(diagnosis: &DiagnosisView) -> BTreeSet<String> {
    with(diagnosis, CheckOutcome::Cause)
}

pub fn with(diagnosis: &DiagnosisView, outcome: CheckOutcome) -> BTreeSet<String> {
    diagnosis.checks.iter().filter(|check| check.outcome == outcome).map(|check| check.id.clone()).collect()
}

/// The key of a queue, unless it is AWS's own.
fn own_key(queue: &Value) -> Option<String> {
    queue["KmsMasterKeyId"].as_str().filter(|key| !key.is_empty() && !key.contains("alias/")).map(str::to_owned)
}

fn calm(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !RESTLESS.contains(&name.as_str()));
            fields.values_mut().for_each(calm);
        }
        Value::Array(items) => items.iter_mut().for_each(calm),
        _ => {}
    }
}
