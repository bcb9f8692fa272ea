//! `waybill connections`.

use waybill_console::view::{ConnectionForm, ConnectionReport, ConnectionView};
use waybill_console::{Console, Error};

use crate::args::{AddConnection, Connections, Format};
use crate::exit::Ending;
use crate::output::{self, table};

/// Runs the command.
pub async fn run(command: Connections, console: &Console, format: Format) -> Result<Ending, Error> {
    match command {
        Connections::Add(add) => {
            let added = console.add_connection(&form(*add)).await?;
            output::answer(format, &added, || {
                format!("Connection `{}` is added; `waybill connections show {}` tries it.", added.name, added.name)
            });
        }
        Connections::List => {
            let connections = console.connections().await?;
            output::answer(format, &connections, || {
                table(&["Connection", "Kind", "Region", "As", "Endpoint", "Mode"], connections.iter().map(row), "")
            });
        }
        Connections::Show { name } => {
            let report = console.try_connection(&name).await?;
            output::answer(format, &report, || describe(&report));
            if let Some(code) = report.trouble_code {
                return Ok(Ending::Stopped(code));
            }
        }
        Connections::Mode { name, mode } => {
            console.set_connection_mode(&name, &mode).await?;
            let connections = console.connections().await?;
            let changed = connections.into_iter().find(|connection| connection.name == name.trim());
            output::answer(format, &changed, || format!("The mode of connection `{name}` is {mode}."));
        }
        Connections::Delete { name } => {
            console.delete_connection(&name).await?;
            output::answer(format, &name, || format!("Connection `{name}` is deleted; nothing in AWS has changed."));
        }
    }
    Ok(Ending::Done)
}

fn form(add: AddConnection) -> ConnectionForm {
    ConnectionForm {
        name: add.name,
        kind: add.kind,
        region: add.region,
        profile: add.profile.unwrap_or_default(),
        role_arn: add.role_arn.unwrap_or_default(),
        endpoint_url: add.endpoint_url.unwrap_or_default(),
        eventbridge_url: add.eventbridge_url.unwrap_or_default(),
        sqs_url: add.sqs_url.unwrap_or_default(),
        sts_url: add.sts_url.unwrap_or_default(),
        organizations_url: add.organizations_url.unwrap_or_default(),
        mode: add.mode.unwrap_or_default(),
        settle: add.settle.unwrap_or_default(),
    }
}

/// Profile and role, as they are named.
fn identity(connection: &ConnectionView) -> String {
    let profile = connection.profile.as_ref().map(|profile| format!("profile {profile}"));
    let role = connection.role_arn.clone();
    let parts: Vec<String> = profile.into_iter().chain(role).collect();
    match (parts.is_empty(), connection.removable) {
        (true, true) => "default credentials".to_owned(),
        (true, false) => "the sandbox's own keys".to_owned(),
        (false, _) => parts.join(", "),
    }
}

fn row(connection: &ConnectionView) -> Vec<String> {
    let endpoint = connection.endpoint.clone().unwrap_or_else(|| if connection.removable { "AWS's own" } else { "" }.to_owned());
    let (name, kind, region) = (connection.name.clone(), connection.kind.clone(), connection.region.clone());
    vec![name, kind, region, identity(connection), endpoint, connection.mode.to_string()]
}

fn describe(report: &ConnectionReport) -> String {
    let connection = &report.connection;
    let untold = || "not known".to_owned();
    let mut rows = vec![
        ("Connection".to_owned(), connection.name.clone()),
        ("Kind".to_owned(), connection.kind.clone()),
        ("Region".to_owned(), connection.region.clone()),
        ("Credentials".to_owned(), identity(connection)),
        ("Mode".to_owned(), connection.mode.to_string()),
        ("Account".to_owned(), report.account.clone().unwrap_or_else(untold)),
        ("Caller".to_owned(), report.arn.clone().unwrap_or_else(untold)),
        ("Credentials hold until".to_owned(), report.credentials_until.map_or_else(|| "no end is known".to_owned(), |at| at.to_string())),
        ("Plays the partner".to_owned(), if report.plays_partner { "yes" } else { "no" }.to_owned()),
    ];
    rows.extend(report.endpoints.iter().map(|endpoint| {
        let url = endpoint.url.clone().unwrap_or_else(|| "no endpoint in this region".to_owned());
        (endpoint.service.clone(), endpoint.warning.as_ref().map_or(url.clone(), |warning| format!("{url} ({warning})")))
    }));
    let rows: Vec<(&str, &str)> = rows.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let trouble = report.trouble.as_ref().map(|trouble| format!("\n{trouble}\n")).unwrap_or_default();
    format!("{}{trouble}", output::pairs(&rows))
}
