//! Which wire protocol and operation a request means.

use http::HeaderMap;
use http::request::Parts;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, Settings, World};
use crate::{cloudwatch, events, faults, iam, kms, logs, organizations, sqs, sts};

const TARGET: &str = "x-amz-target";

/// How the request speaks, and so how it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// `EventBridge`, KMS, CloudWatch Logs and Organizations.
    Json11,
    /// SQS and CloudWatch, with `x-amzn-query-error`.
    Json10,
    /// STS: form in, XML out.
    Query,
    /// The sandbox's own path.
    Inspect,
}

/// The service that a request addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// `events`
    Events,
    /// `monitoring`
    CloudWatch,
    /// `kms`
    Kms,
    /// `logs`
    Logs,
    /// `sqs`
    Sqs,
    /// `sts`
    Sts,
    /// `organizations`
    Organizations,
    /// `waybill`
    Inspect,
}

impl Service {
    /// The name in the credential scope.
    pub(crate) fn signing_name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::CloudWatch => "monitoring",
            Self::Kms => "kms",
            Self::Logs => "logs",
            Self::Sqs => "sqs",
            Self::Sts => "sts",
            Self::Organizations => "organizations",
            Self::Inspect => "waybill",
        }
    }
}

/// One operation of one service.
#[derive(Debug)]
pub(crate) enum Operation {
    /// `AWSEvents.…`
    Events(events::Operation),
    /// `GraniteServiceVersion20100801.…`
    CloudWatch(cloudwatch::Operation),
    /// `TrentService.…`
    Kms(kms::Operation),
    /// `Logs_20140328.…`
    Logs(logs::Operation),
    /// `AmazonSQS.…`
    Sqs(sqs::Operation),
    /// `Action=…`
    Sts(sts::Operation),
    /// `AWSOrganizationsV20161128.…`
    Organizations(organizations::Operation),
    /// `/_waybill/faults`
    FaultLab(faults::Order),
    /// `/_waybill/users`
    Users(iam::Order),
}

impl Operation {
    /// Runs it.
    pub(crate) fn run(&self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
        match self {
            Self::Events(operation) => operation.run(world, call, journal),
            Self::CloudWatch(operation) => operation.run(world, call),
            Self::Kms(operation) => operation.run(world, call, journal),
            Self::Logs(operation) => operation.run(world, call),
            Self::Sqs(operation) => operation.run(world, call, journal),
            Self::Sts(operation) => Ok(operation.run(call)),
            Self::Organizations(operation) => operation.run(world, call),
            Self::FaultLab(order) => order.run(world, call, journal),
            Self::Users(order) => order.run(world, call, journal),
        }
    }
}

/// Protocol, service and the operation's name, before anything is checked.
#[derive(Debug)]
pub(crate) struct Address<'a> {
    /// How to answer.
    pub(crate) protocol: Protocol,
    /// None: an unknown target.
    pub(crate) service: Option<Service>,
    /// `CreateQueue`, …
    pub(crate) operation: &'a str,
}

impl<'a> Address<'a> {
    /// Reads it off the request; `body` is needed for the Query protocol only.
    pub(crate) fn of(parts: &'a Parts, body: &'a [u8]) -> Self {
        if let Some(target) = header(&parts.headers, TARGET) {
            return Self::of_target(target);
        }
        if parts.uri.path().starts_with("/_waybill/") {
            return Self { protocol: Protocol::Inspect, service: Some(Service::Inspect), operation: "" };
        }
        let form = std::str::from_utf8(body).unwrap_or_default();
        match form_value(form, "Action").or_else(|| form_value(parts.uri.query()?, "Action")) {
            Some(operation) => Self { protocol: Protocol::Query, service: Some(Service::Sts), operation },
            None => Self { protocol: Protocol::Json11, service: None, operation: "" },
        }
    }

    fn of_target(target: &'a str) -> Self {
        let (prefix, operation) = target.split_once('.').unwrap_or((target, ""));
        let (protocol, service) = match prefix {
            "AWSEvents" => (Protocol::Json11, Some(Service::Events)),
            "GraniteServiceVersion20100801" => (Protocol::Json10, Some(Service::CloudWatch)),
            "Logs_20140328" => (Protocol::Json11, Some(Service::Logs)),
            "TrentService" => (Protocol::Json11, Some(Service::Kms)),
            "AmazonSQS" => (Protocol::Json10, Some(Service::Sqs)),
            "AWSOrganizationsV20161128" => (Protocol::Json11, Some(Service::Organizations)),
            _ => (Protocol::Json11, None),
        };
        Self { protocol, service, operation }
    }

    /// The operation, if the sandbox has it.
    pub(crate) fn resolve(&self, call: &Call<'_>, settings: &Settings) -> Result<Operation, ApiError> {
        match self.service {
            Some(Service::Events) => events::Operation::named(self.operation, call, settings).map(Operation::Events),
            Some(Service::CloudWatch) => {
                cloudwatch::Operation::named(self.operation).map(Operation::CloudWatch).ok_or_else(ApiError::unknown_operation)
            }
            Some(Service::Kms) => kms::Operation::named(self.operation).map(Operation::Kms).ok_or_else(ApiError::unknown_operation),
            Some(Service::Logs) => logs::Operation::named(self.operation).map(Operation::Logs).ok_or_else(ApiError::unknown_operation),
            Some(Service::Sqs) => sqs::Operation::named(self.operation).map(Operation::Sqs).ok_or_else(ApiError::unknown_operation),
            Some(Service::Sts) => sts::Operation::named(self.operation).map(Operation::Sts),
            Some(Service::Organizations) => {
                organizations::Operation::named(self.operation).map(Operation::Organizations).ok_or_else(ApiError::unknown_operation)
            }
            Some(Service::Inspect) | None => Err(ApiError::unknown_operation()),
        }
    }
}

/// A header's text; none where it is absent or not text.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A value of a form, as written: action names need no decoding.
fn form_value<'a>(form: &'a str, name: &str) -> Option<&'a str> {
    form.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name)).map(|(_, value)| value)
}
