//! `GetMetricData`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Metric as Counted;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::World;

/// The metrics of EventBridge, all sums.
const NAMESPACE: &str = "AWS/Events";

/// Most queries of one request (CloudWatch API reference, `GetMetricData`).
const MOST: usize = 500;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    metric_data_queries: Vec<Query>,
    start_time: f64,
    end_time: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Query {
    id: String,
    metric_stat: MetricStat,
    #[serde(default)]
    label: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct MetricStat {
    metric: Metric,
    period: i64,
    stat: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Metric {
    namespace: String,
    metric_name: String,
    #[serde(default)]
    dimensions: Vec<Dimension>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Dimension {
    name: String,
    value: String,
}

/// Answers the values of each query; none where nothing happened.
pub(super) fn handle(world: &World, call: &Call<'_>) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    if input.metric_data_queries.is_empty() || input.metric_data_queries.len() > MOST {
        return Err(invalid("The parameter MetricDataQueries must have between 1 and 500 members."));
    }
    if input.start_time >= input.end_time {
        return Err(invalid("The parameter StartTime must be less than the parameter EndTime."));
    }
    let span = (input.start_time.floor() as i64, input.end_time.floor() as i64);
    let results = input.metric_data_queries.iter().map(|query| result(world, call, query, span)).collect::<Result<Vec<Value>, _>>()?;
    Ok(Outcome::json(&json!({ "MetricDataResults": results, "Messages": [] })))
}

fn result(world: &World, call: &Call<'_>, query: &Query, span: (i64, i64)) -> Result<Value, ApiError> {
    let MetricStat { metric, period, stat } = &query.metric_stat;
    if *period < 60 || period % 60 != 0 {
        return Err(invalid("The parameter Period must be a multiple of 60."));
    }
    if stat != "Sum" {
        return Err(invalid("The sandbox has sums only."));
    }
    let named = |name: &str| metric.dimensions.iter().find(|dimension| dimension.name == name).map(|dimension| dimension.value.as_str());
    // Without a bus it is the default one (EventBridge user guide, eb-monitoring).
    let bus = named("EventBusName").unwrap_or("default");
    let values = match (named("RuleName"), Counted::named(&metric.metric_name)) {
        (Some(rule), Some(counted)) if metric.namespace == NAMESPACE => {
            world.recent.counters().values((call.region, bus, rule), counted, span)
        }
        _ => Vec::new(),
    };
    let mut sums: Vec<(i64, u64)> = Vec::new();
    for (second, value) in values {
        let begin = second - second.rem_euclid(*period);
        match sums.last_mut() {
            Some((last, sum)) if *last == begin => *sum += value,
            _ => sums.push((begin, value)),
        }
    }
    sums.reverse();
    Ok(json!({
        "Id": query.id,
        "Label": query.label.as_ref().unwrap_or(&metric.metric_name),
        "Timestamps": sums.iter().map(|(second, _)| *second).collect::<Vec<_>>(),
        "Values": sums.iter().map(|(_, sum)| *sum).collect::<Vec<_>>(),
        "StatusCode": "Complete",
    }))
}

fn invalid(message: &str) -> ApiError {
    ApiError::sender("InvalidParameterValueException", message).with_query_code("InvalidParameterValue")
}
