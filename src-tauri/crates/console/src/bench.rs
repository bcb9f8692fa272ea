//! How fast an endpoint on this machine is.

use std::time::Duration;

use serde::Deserialize;
use waybill_load::{Access, LoadError, Plan, WireError};
pub use waybill_load::{Report, Via as BenchRoute};

use crate::Error;
use crate::setup::sentence_of;

/// What is to be measured, as it was asked for.
#[derive(Debug, Clone, Default)]
pub struct BenchRequest {
    /// `http://127.0.0.1:PORT`; without it, the line's.
    pub endpoint: Option<String>,
    /// The line that `sandbox serve` printed: its keys are used, and its endpoint unless another is named.
    pub line: Option<String>,
    /// How many events.
    pub events: u32,
    /// Events per second; as fast as it goes without.
    pub rate: Option<f64>,
    /// Connections that publish.
    pub publishers: u32,
    /// Connections that receive and delete; 0 leaves everything in the queue.
    pub receivers: u32,
    /// Which way events go.
    pub via: BenchRoute,
    /// The process that serves the endpoint.
    pub pid: Option<u32>,
}

/// What `sandbox serve` prints, as far as it is needed.
#[derive(Debug, Deserialize)]
struct Line {
    endpoint: String,
    access_key_id: String,
    secret_access_key: String,
    partner_access_key_id: String,
    partner_secret_access_key: String,
}

/// Measures; keys are the line's, else those that `variable` finds in the environment.
///
/// # Errors
/// When there is no endpoint or no key, or the endpoint does not take part.
pub async fn bench(request: BenchRequest, variable: impl Fn(&str) -> Option<String>) -> Result<Report, Error> {
    let line = request.line.as_deref().map(read_line).transpose()?;
    let access = line.as_ref().map(Line::access).or_else(|| of_environment(&variable)).ok_or_else(no_keys)?;
    let endpoint = request.endpoint.or_else(|| line.map(|line| line.endpoint));
    let endpoint = endpoint.ok_or_else(|| Error::bad_input("Endpoint", "name one, or the line of a sandbox"))?;
    let BenchRequest { events, rate, publishers, receivers, via, pid, .. } = request;
    let plan = Plan { events, rate, publishers, receivers, via, pid, patience: Duration::from_secs(10) };
    waybill_load::measure(&endpoint, &access, plan).await.map_err(|error| told(&error))
}

impl Line {
    fn access(&self) -> Access {
        Access {
            customer: (self.access_key_id.clone(), self.secret_access_key.clone()),
            partner: (self.partner_access_key_id.clone(), self.partner_secret_access_key.clone()),
        }
    }
}

fn read_line(text: &str) -> Result<Line, Error> {
    let first = text.lines().next().unwrap_or_default();
    serde_json::from_str(first).map_err(|error| Error::bad_input("Line", format!("is not what `waybill sandbox serve` prints: {error}")))
}

/// The sandbox's own variables, else AWS's, which serve both sides.
fn of_environment(variable: &impl Fn(&str) -> Option<String>) -> Option<Access> {
    let key = |prefix: &str| Some((variable(&format!("{prefix}ACCESS_KEY_ID"))?, variable(&format!("{prefix}SECRET_ACCESS_KEY"))?));
    let customer = key("WAYBILL_SANDBOX_").or_else(|| key("AWS_"))?;
    let partner = key("WAYBILL_SANDBOX_PARTNER_").unwrap_or_else(|| customer.clone());
    Some(Access { customer, partner })
}

fn no_keys() -> Error {
    Error::bad_input(
        "Access key",
        "none was given: hand over the line of `waybill sandbox serve`, or set WAYBILL_SANDBOX_ACCESS_KEY_ID, \
         WAYBILL_SANDBOX_SECRET_ACCESS_KEY, WAYBILL_SANDBOX_PARTNER_ACCESS_KEY_ID and WAYBILL_SANDBOX_PARTNER_SECRET_ACCESS_KEY",
    )
}

fn told(error: &LoadError) -> Error {
    match error {
        LoadError::Endpoint(_) => Error::bad_input("Endpoint", error.to_string()),
        LoadError::Plan => Error::bad_input("Events", error.to_string()),
        LoadError::Process(_) => Error::bad_input("Process", sentence_of(error)),
        LoadError::Wire(WireError::Connect { .. } | WireError::Broken(_)) => Error::Host(sentence_of(error)),
        LoadError::Wire(_) | LoadError::Entry(_) | LoadError::Part(_) => Error::Broken(sentence_of(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_environment_serve_both_sides_where_the_partner_has_none() {
        let set = [("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")];
        let find = |pairs: &'static [(&str, &str)]| move |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        assert!(of_environment(&|_: &str| None).is_none());
        let access = of_environment(&|name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())).unwrap();
        assert_eq!((&access.customer, &access.partner), (&("a".into(), "b".into()), &("a".into(), "b".into())));
        let own = of_environment(&find(&[
            ("WAYBILL_SANDBOX_ACCESS_KEY_ID", "c"),
            ("WAYBILL_SANDBOX_SECRET_ACCESS_KEY", "d"),
            ("WAYBILL_SANDBOX_PARTNER_ACCESS_KEY_ID", "p"),
            ("WAYBILL_SANDBOX_PARTNER_SECRET_ACCESS_KEY", "q"),
            ("AWS_ACCESS_KEY_ID", "a"),
            ("AWS_SECRET_ACCESS_KEY", "b"),
        ]))
        .unwrap();
        assert_eq!((&*own.customer.0, &*own.partner.1), ("c", "q"), "the sandbox's own go first");
    }

    #[test]
    fn the_line_of_a_sandbox_is_read_and_anything_else_refused() {
        let line = r#"{"endpoint":"http://127.0.0.1:1","region":"r","access_key_id":"a","secret_access_key":"b",
            "partner_access_key_id":"c","partner_secret_access_key":"d"}"#
            .replace('\n', " ");
        assert_eq!(read_line(&line).unwrap().access().partner, ("c".into(), "d".into()));
        assert!(read_line("").unwrap_err().sentence().contains("sandbox serve"));
    }
}
