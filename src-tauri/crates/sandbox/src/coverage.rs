//! `docs/coverage.md`: which operations are served, written from the tables that dispatch them.

use std::fmt::Write as _;
use std::path::Path;

use crate::{cloudwatch, events, kms, logs, organizations, sqs, sts};

/// One service: all its operations by the service model (botocore), and those that are served.
struct Service {
    title: &'static str,
    model: &'static str,
    served: Vec<&'static str>,
    /// What the others are answered with.
    refusal: &'static str,
}

fn services() -> [Service; 7] {
    [
        Service {
            title: "Amazon EventBridge",
            model: include_str!("../model/events.txt"),
            served: events::Operation::names(),
            refusal: "`UnknownOperationException`",
        },
        Service {
            title: "Amazon SQS",
            model: include_str!("../model/sqs.txt"),
            served: sqs::Operation::NAMES.to_vec(),
            refusal: "`UnknownOperationException` (`InvalidAction`)",
        },
        Service {
            title: "AWS KMS",
            model: include_str!("../model/kms.txt"),
            served: kms::Operation::names(),
            refusal: "`UnknownOperationException`",
        },
        Service {
            title: "Amazon CloudWatch",
            model: include_str!("../model/cloudwatch.txt"),
            served: cloudwatch::Operation::NAMES.to_vec(),
            refusal: "`UnknownOperationException` (`InvalidAction`)",
        },
        Service {
            title: "Amazon CloudWatch Logs",
            model: include_str!("../model/logs.txt"),
            served: logs::Operation::NAMES.to_vec(),
            refusal: "`UnknownOperationException`",
        },
        Service {
            title: "AWS STS",
            model: include_str!("../model/sts.txt"),
            served: sts::Operation::NAMES.to_vec(),
            refusal: "`InvalidAction`",
        },
        Service {
            title: "AWS Organizations",
            model: include_str!("../model/organizations.txt"),
            served: organizations::Operation::NAMES.to_vec(),
            refusal: "`UnknownOperationException`",
        },
    ]
}

/// Where less than all of an operation is served.
const LIMITS: &[(&str, &str)] = &[
    (
        "CreateEventBus",
        "key and dead-letter queue are kept and told, nothing is encrypted; what is logged comes to the log group that AWS's console suggests",
    ),
    ("CreateKey", "symmetric keys of one region; nothing is encrypted by them"),
    ("CreateQueue", "`waybill sandbox serve` does not wait for 60 seconds after `DeleteQueue`; the crate can (`QueueDeletedRecently`)"),
    (
        "FilterLogEvents",
        "the latest 20,000 records of all buses since the sandbox began, in `/aws/vendedlogs/events/event-bus/NAME`; filter patterns of one equal field",
    ),
    ("GetMetricData", "sums of `AWS/Events` by `EventBusName` and `RuleName`, of the latest 180 minutes since the sandbox began"),
    ("PutEvents", "no global endpoints (`EndpointId`)"),
    ("PutRule", "patterns only, no schedules"),
    ("PutTargets", "SQS queues only; parameters of other targets are refused"),
    ("ScheduleKeyDeletion", "the key stays pending deletion"),
    ("UpdateEventBus", "as `CreateEventBus`; what is left out is reset"),
];

fn page() -> String {
    let mut page = "# What the sandbox serves\n\nWritten by a test from the tables that dispatch the operations; do not edit.\n\
                    An operation, member or value that is not served is answered with AWS's own error, never with an empty success.\n"
        .to_owned();
    for service in services() {
        let (served, others): (Vec<&str>, Vec<&str>) = service.model.lines().partition(|name| service.served.contains(name));
        let all = served.len() + others.len();
        let _ = write!(page, "\n## {}\n\n{} of {all} operations.\n\n| Operation | Served |\n|---|---|\n", service.title, served.len());
        for name in served {
            let limit = LIMITS.iter().find(|(limited, _)| *limited == name).map_or(String::new(), |(_, limit)| format!(": {limit}"));
            let _ = writeln!(page, "| `{name}` | yes{limit} |");
        }
        let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(page, "\nAnswered with {}: {}.", service.refusal, others.join(", "));
    }
    page
}

#[test]
fn only_operations_that_aws_has_are_served_and_each_limit_is_of_one_of_them() {
    let services = services();
    for service in &services {
        let unknown: Vec<_> = service.served.iter().filter(|name| !service.model.lines().any(|line| line == **name)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", service.title);
    }
    let stray = LIMITS.iter().find(|(name, _)| !services.iter().any(|service| service.served.contains(name)));
    assert_eq!(stray, None, "a limit of an operation that is not served");
}

/// `WAYBILL_WRITE_DOCS=1` writes the page instead of comparing it.
#[test]
fn the_coverage_page_is_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/coverage.md");
    if std::env::var_os("WAYBILL_WRITE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "docs/coverage.md is stale: WAYBILL_WRITE_DOCS=1 cargo test -p waybill-sandbox coverage");
}
