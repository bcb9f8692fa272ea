//! Activity: every AWS call that wrote something, looked at and exported.

use std::collections::HashMap;

use serde_json::Value;
use waybill_store::{CallFilter as Filter, CallRow};

use crate::view::{ActivityFilter, ActivityPage, CallView, ExportFormat, Exported};
use crate::{Console, Error, SANDBOX};

/// Most rows of a page.
const MOST_ROWS: u32 = 500;

/// Most rows of an export.
const MOST_EXPORTED: u32 = 1_000_000;

/// Fields of an input that name the resource it is about, the most telling first.
const NAMING: [&str; 10] =
    ["Rule", "Name", "EventBusName", "EventSourceName", "QueueName", "QueueUrl", "queue", "ResourceArn", "StatementId", "source"];

impl Console {
    /// A page of calls, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn activity(&self, filter: &ActivityFilter, before: Option<i64>, limit: u32) -> Result<ActivityPage, Error> {
        let (filter, limit) = (read_filter(filter), limit.clamp(1, MOST_ROWS));
        let who = self.identities().await?;
        let (rows, operations) = self.store().read(move |db| Ok((db.calls(&filter, before, limit)?, db.called_operations()?))).await?;
        let next = rows.last().filter(|_| rows.len() == limit as usize).map(|row| row.id);
        Ok(ActivityPage { calls: rows.into_iter().map(|row| view(row, &who)).collect(), next, operations })
    }

    /// Writes the calls that a filter lets through to a new file in the data folder's `exports`, readable by its owner only.
    ///
    /// # Errors
    /// When the store cannot be read or the file cannot be written.
    pub async fn export_activity(&self, filter: &ActivityFilter, format: ExportFormat) -> Result<Exported, Error> {
        let filter = read_filter(filter);
        let who = self.identities().await?;
        let rows = self.store().read(move |db| db.calls(&filter, None, MOST_EXPORTED)).await?;
        let calls: Vec<CallView> = rows.into_iter().map(|row| view(row, &who)).collect();
        let (text, ending) = match format {
            ExportFormat::Json => (json(&calls)?, "json"),
            ExportFormat::Csv => (csv(&calls), "csv"),
        };
        let path = self.write_export(("activity", ending), text).await?;
        Ok(Exported { path, rows: calls.len() as u64 })
    }

    /// Whose credentials each connection uses, as far as Waybill knows.
    async fn identities(&self) -> Result<HashMap<String, String>, Error> {
        let rows = self.store().read(|db| db.connections()).await?;
        let said = rows.into_iter().map(|row| {
            let profile = row.profile.map(|profile| format!("profile {profile}"));
            let parts: Vec<String> = profile.into_iter().chain(row.role_arn.map(|role| format!("role {role}"))).collect();
            (row.name, if parts.is_empty() { "default credentials".to_owned() } else { parts.join(", ") })
        });
        Ok(said.chain([(SANDBOX.to_owned(), "the sandbox's keys".to_owned())]).collect())
    }
}

fn read_filter(filter: &ActivityFilter) -> Filter {
    Filter {
        connection: filter.connection.clone(),
        operation: filter.operation.clone(),
        failed: filter.failed,
        from: filter.from,
        until: filter.until,
        text: filter.text.clone(),
    }
}

fn view(row: CallRow, who: &HashMap<String, String>) -> CallView {
    let call = row.call;
    CallView {
        id: row.id,
        at: call.at,
        who: who.get(&call.connection).cloned().unwrap_or_else(|| "a connection that was removed".to_owned()),
        connection: call.connection,
        region: call.region.to_string(),
        resource: resource(&call.input),
        service: call.service,
        operation: call.operation,
        input: serde_json::to_string_pretty(&call.input).unwrap_or_else(|_| call.input.to_string()),
        request_id: call.request_id,
        error: call.error,
    }
}

/// What a call was about: the first field of its input that names something.
fn resource(input: &Value) -> Option<String> {
    NAMING.iter().find_map(|name| input.get(name)?.as_str()).map(ToOwned::to_owned)
}

fn json(calls: &[CallView]) -> Result<String, Error> {
    serde_json::to_string_pretty(calls).map_err(|error| Error::Broken(format!("calls cannot be written as JSON: {error}")))
}

fn csv(calls: &[CallView]) -> String {
    let head = "time,connection,who,region,service,operation,resource,request_id,outcome,input".to_owned();
    let rows = calls.iter().map(|call| {
        let at = call.at.to_string();
        let outcome = call.error.as_deref().unwrap_or("done");
        let cells = [
            at.as_str(),
            &call.connection,
            &call.who,
            &call.region,
            &call.service,
            &call.operation,
            call.resource.as_deref().unwrap_or_default(),
            call.request_id.as_deref().unwrap_or_default(),
            outcome,
            &call.input,
        ];
        cells.map(cell).join(",")
    });
    std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\r\n") + "\r\n"
}

/// A cell as RFC 4180 has it; what a spreadsheet would take for a formula is marked as text.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_formulas() {
        for (text, wanted) in
            [("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"), ("a\nb", "\"a\nb\"")]
        {
            assert_eq!(cell(text), wanted);
        }
    }

    #[test]
    fn a_call_is_about_what_its_input_names() {
        for (input, wanted) in [
            (json!({ "Name": "all", "EventBusName": "bus" }), Some("all")),
            (json!({ "EventBusName": "bus" }), Some("bus")),
            (json!({ "queue": "arn:q", "messages": 3 }), Some("arn:q")),
            (json!({ "Entries": [] }), None),
        ] {
            assert_eq!(resource(&input).as_deref(), wanted, "{input}");
        }
    }
}
