//! `GetMetricData` of CloudWatch.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use waybill_domain::Timestamp;

use crate::CallError;
use crate::plain::{Plain, PlainCall};

const CALL: PlainCall = PlainCall {
    service: "cloudwatch",
    operation: "GetMetricData",
    host: "monitoring",
    target: "GraniteServiceVersion20100801.GetMetricData",
    content_type: "application/x-amz-json-1.0",
};

/// Seconds of one value; CloudWatch keeps those of EventBridge by the minute.
const PERIOD_S: i64 = 60;

/// Which figures are asked for: the sums of some metrics of one thing.
#[derive(Debug, Clone, Copy)]
pub struct FiguresWanted<'a> {
    /// For example `AWS/Events`.
    pub namespace: &'a str,
    /// The metrics.
    pub metrics: &'a [&'static str],
    /// What they are about, name and value.
    pub dimensions: &'a [(&'a str, &'a str)],
    /// From when on.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// What CloudWatch told.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The sum of each metric; none where there is no data, which is not zero.
    pub sums: Vec<(&'static str, Option<f64>)>,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

impl Plain {
    pub(crate) async fn figures(&self, wanted: FiguresWanted<'_>) -> Result<Figures, CallError> {
        let told = self.ask(CALL, body(wanted), (wanted.until, "MetricDataResults")).await?;
        let results = told.value["MetricDataResults"].as_array().into_iter().flatten();
        let sums: BTreeMap<&str, f64> = results.filter_map(|result| Some((result["Id"].as_str()?, sum(&result["Values"])?))).collect();
        let metrics = wanted.metrics.iter().enumerate();
        let sums = metrics.map(|(n, metric)| (*metric, sums.get(id(n).as_str()).copied())).collect();
        Ok(Figures { sums, request_id: told.request_id })
    }
}

fn body(wanted: FiguresWanted<'_>) -> Value {
    let dimensions: Vec<Value> = wanted.dimensions.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
    let query = |(n, metric): (usize, &&str)| {
        let metric = json!({ "Namespace": wanted.namespace, "MetricName": metric, "Dimensions": dimensions });
        json!({ "Id": id(n), "MetricStat": { "Metric": metric, "Period": PERIOD_S, "Stat": "Sum" } })
    };
    let queries: Vec<Value> = wanted.metrics.iter().enumerate().map(query).collect();
    // A minute counts as a whole.
    let since = wanted.since.as_millis().div_euclid(1000 * PERIOD_S) * PERIOD_S;
    let until = (wanted.until.as_millis().div_euclid(1000 * PERIOD_S) + 1) * PERIOD_S;
    json!({ "MetricDataQueries": queries, "StartTime": since, "EndTime": until })
}

/// The id of the n-th query; it begins with a small letter.
fn id(n: usize) -> String {
    format!("m{n}")
}

/// None for no data.
fn sum(values: &Value) -> Option<f64> {
    let values = values.as_array().filter(|values| !values.is_empty())?;
    Some(values.iter().filter_map(Value::as_f64).sum())
}
