//! The ways to AWS: added, tried, changed in their mode, put in use, deleted. Credentials are never among what is kept.

use waybill_aws::{Connection, EndpointUrls, profiles};
use waybill_domain::{Invalid, Region, WriteMode};
use waybill_store::{ConnectionKind, ConnectionRow};

use crate::context::{Connected, SANDBOX_MODE};
use crate::request;
use crate::setup::sentence_of;
use crate::view::{ConnectionDefaults, ConnectionForm, ConnectionReport, ConnectionView, EndpointView, Topic};
use crate::{Console, Error, SANDBOX};

/// How long is waited after own changes, where nothing else is said, in milliseconds (design: "60 s after Waybill's own last change").
const SETTLE_MS: i64 = 60_000;

/// The key of the connection that the window uses.
const IN_USE: &str = "connection";

/// Where a connection leads.
pub(crate) fn spec_of(row: &ConnectionRow) -> Connection {
    let (profile, role_arn) = (row.profile.clone(), row.role_arn.clone());
    match row.kind {
        ConnectionKind::Aws => Connection::Aws { profile, role_arn },
        ConnectionKind::Endpoint => {
            let urls = EndpointUrls {
                all: row.endpoint_url.clone(),
                eventbridge: row.eventbridge_url.clone(),
                sqs: row.sqs_url.clone(),
                sts: row.sts_url.clone(),
                organizations: row.organizations_url.clone(),
            };
            Connection::Endpoint { urls, profile, role_arn }
        }
    }
}

impl Console {
    /// All connections: the sandbox, then the others by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn connections(&self) -> Result<Vec<ConnectionView>, Error> {
        let current = self.connection();
        let (mode, rows) = self.store().read(|db| Ok((db.setting::<WriteMode>(SANDBOX_MODE)?, db.connections()?))).await?;
        let is_current = current.name == SANDBOX;
        let endpoint = current.attachment.as_ref().map(|attachment| attachment.beacon().endpoint.clone());
        let sandbox = ConnectionView {
            name: SANDBOX.to_owned(),
            kind: SANDBOX.to_owned(),
            region: if is_current { current.region.to_string() } else { String::new() },
            profile: None,
            role_arn: None,
            endpoint,
            mode: mode.unwrap_or_default(),
            current: is_current,
            removable: false,
        };
        let view = |row: ConnectionRow| view(row, &current.name);
        Ok(std::iter::once(sandbox).chain(rows.into_iter().map(view)).collect())
    }

    /// What the form of a new connection starts with and chooses from.
    pub async fn connection_defaults(&self) -> ConnectionDefaults {
        let (profiles, trouble) = match profiles().await {
            Ok(profiles) => (profiles, None),
            Err(error) => (Vec::new(), Some(sentence_of(&error))),
        };
        let form = ConnectionForm { kind: "aws".to_owned(), region: self.connection().region.to_string(), ..ConnectionForm::default() };
        ConnectionDefaults { form, regions: Region::known().map(str::to_owned).collect(), profiles, trouble }
    }

    /// Adds a connection. Nothing is sent.
    ///
    /// # Errors
    /// When fields are refused or the name is taken; then nothing changed.
    pub async fn add_connection(&self, form: &ConnectionForm) -> Result<ConnectionView, Error> {
        let row = self.row_of(form)?;
        let added = row.clone();
        self.store().write(move |db| db.insert_connection(&added)).await.map_err(Error::of_name)?;
        self.changed(&[Topic::Connections]);
        Ok(view(row, &self.connection().name))
    }

    /// Sets what becomes of requests that write; in this program it holds at once, in others when they start next.
    ///
    /// # Errors
    /// When there is no such connection or mode.
    pub async fn set_connection_mode(&self, name: &str, mode: &str) -> Result<(), Error> {
        let (name, mode) = (name.trim().to_owned(), mode.parse::<WriteMode>()?);
        let wanted = name.clone();
        let set = move |db: &mut waybill_store::Mut<'_>| match wanted.as_str() {
            SANDBOX => db.set_setting(SANDBOX_MODE, &mode).map(|()| true),
            _ => db.set_connection_mode(&wanted, mode),
        };
        if !self.store().write(set).await? {
            return Err(unknown(&name));
        }
        let current = self.connection();
        if current.name == name {
            current.gate.set_mode(mode);
            self.take_up_again();
        }
        self.changed(&[Topic::Connections]);
        Ok(())
    }

    /// Deletes a connection. Nothing in AWS changes, and what was recorded of it stays.
    ///
    /// # Errors
    /// When there is none, it is in use, it is the sandbox, or an alert action still needs it.
    pub async fn delete_connection(&self, name: &str) -> Result<(), Error> {
        let name = name.trim().to_owned();
        if name == SANDBOX {
            return Err(Error::bad_input("Connection", "the sandbox is always there and cannot be deleted"));
        }
        if self.connection().name == name {
            return Err(Error::Refused(format!("the connection `{name}` is in use; use another one first")));
        }
        let wanted = name.clone();
        if !self.store().write(move |db| db.delete_connection(&wanted)).await? {
            return Err(unknown(&name));
        }
        self.changed(&[Topic::Connections]);
        Ok(())
    }

    /// Asks AWS through a connection whom it takes the caller for, and the SDK where requests really go. Writes nothing.
    ///
    /// # Errors
    /// When there is no such connection, or it cannot be used as it is written. What AWS refuses is part of the answer.
    pub async fn try_connection(&self, name: &str) -> Result<ConnectionReport, Error> {
        let name = name.trim();
        let view = self.connections().await?.into_iter().find(|view| view.name == name).ok_or_else(|| unknown(name))?;
        let current = self.connection();
        if current.name == name {
            return report(view, &current).await;
        }
        report(view, &self.connect(name).await?).await
    }

    /// Uses another connection from now on, in this program and for the next window.
    ///
    /// # Errors
    /// When there is no such connection, or runs or set-ups still go on over the one in use.
    pub async fn use_connection(&self, name: &str) -> Result<(), Error> {
        if self.inner.runs.are_going_on() || self.inner.setups.are_going_on() {
            return Err(Error::Refused(
                "a run or a set-up goes on over the connection in use; wait for its end, or cancel it, and try again".to_owned(),
            ));
        }
        let connected = self.connect(name.trim()).await?;
        let kept = connected.name.clone();
        self.store().write(move |db| db.set_setting(IN_USE, &kept)).await?;
        self.change_connection(connected);
        self.changed(&Topic::ALL);
        self.take_up_again();
        Ok(())
    }

    /// The connection that a window opens with: the one that was used last, where it is still there.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn last_used(store: &waybill_store::Store) -> Result<Option<String>, Error> {
        let found = store.read(|db| {
            let Some(name) = db.setting::<String>(IN_USE)? else { return Ok(None) };
            Ok(db.connection(&name)?.map(|row| row.name))
        });
        Ok(found.await?)
    }

    fn row_of(&self, form: &ConnectionForm) -> Result<ConnectionRow, Error> {
        let mut problems = Vec::new();
        let name = keep(check_name(&form.name), &mut problems);
        let kind = keep(form.kind.parse::<ConnectionKind>(), &mut problems);
        let region = keep(form.region.parse::<Region>(), &mut problems);
        let mode = if form.mode.trim().is_empty() { Ok(WriteMode::Free) } else { form.mode.parse() };
        let mode = keep(mode, &mut problems);
        let settle_ms = keep(settle(&form.settle), &mut problems);
        let (Some(name), Some(kind), Some(region), Some(mode), Some(settle_ms)) = (name, kind, region, mode, settle_ms) else {
            return Err(problems.into());
        };
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let row = ConnectionRow {
            name,
            kind,
            region,
            profile: text(&form.profile),
            role_arn: text(&form.role_arn),
            endpoint_url: text(&form.endpoint_url),
            eventbridge_url: text(&form.eventbridge_url),
            sqs_url: text(&form.sqs_url),
            sts_url: text(&form.sts_url),
            organizations_url: text(&form.organizations_url),
            mode,
            settle_ms,
            created_at: self.now(),
        };
        let urls = [&row.endpoint_url, &row.eventbridge_url, &row.sqs_url, &row.sts_url, &row.organizations_url];
        if kind == ConnectionKind::Aws && urls.iter().any(|url| url.is_some()) {
            return Err(Error::bad_input(
                "Endpoint URL",
                "a connection of kind aws goes to AWS's own endpoints; choose the kind endpoint to name an address",
            ));
        }
        if kind == ConnectionKind::Aws && settle_ms < SETTLE_MS {
            return Err(Error::bad_input("Settle", "AWS takes up to 60 s to put changes in force; less can be set for an endpoint only"));
        }
        spec_of(&row).check()?;
        Ok(row)
    }
}

async fn report(connection: ConnectionView, connected: &Connected) -> Result<ConnectionReport, Error> {
    let clients = connected.plain_clients(&connected.region).await?;
    let endpoints = Box::pin(clients.resolved_endpoints()).await.into_iter();
    let endpoints = endpoints.map(|one| EndpointView { service: one.service.to_owned(), warning: one.origin.warning(), url: one.url });
    let (identity, error) = match connected.who_am_i_now().await {
        Ok(identity) => (Some(identity), None),
        Err(error) => (None, Some(error)),
    };
    // Where nobody answers there is nothing more to be asked.
    let plays_partner = identity.is_some() && connected.plays_partner().await.unwrap_or(false);
    Ok(ConnectionReport {
        connection,
        account: identity.as_ref().map(|identity| identity.account.to_string()),
        arn: identity.map(|identity| identity.arn),
        credentials_until: clients.credentials_until().await,
        endpoints: endpoints.collect(),
        plays_partner,
        trouble: error.as_ref().map(Error::sentence),
        trouble_code: error.as_ref().map(Error::code),
    })
}

fn view(row: ConnectionRow, current: &str) -> ConnectionView {
    let endpoint = spec_of(&row);
    let endpoint = match &endpoint {
        Connection::Endpoint { urls, .. } => urls.given().next().map(str::to_owned),
        _ => None,
    };
    ConnectionView {
        current: row.name == current,
        name: row.name,
        kind: row.kind.to_string(),
        region: row.region.to_string(),
        profile: row.profile,
        role_arn: row.role_arn,
        endpoint,
        mode: row.mode,
        removable: true,
    }
}

fn unknown(name: &str) -> Error {
    Error::bad_input("Connection", format!("there is no connection named `{name}`; `waybill connections list` has them"))
}

fn check_name(text: &str) -> Result<String, Invalid> {
    let name = text.trim();
    let refuse = |reason: String| Err(Invalid::new("Name", reason));
    if name.is_empty() || name.len() > 64 || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')) {
        return refuse(format!("`{name}` is not a name for a connection; use 1 to 64 letters, digits, `.`, `-` and `_`"));
    }
    if name == SANDBOX {
        return refuse("`sandbox` is the connection that is always there; choose another name".to_owned());
    }
    Ok(name.to_owned())
}

/// A time from 0 to 60 s, for what waits after own changes.
fn settle(text: &str) -> Result<i64, Invalid> {
    let text = text.trim();
    let refuse = || Invalid::new("Settle", format!("`{text}` is not a time such as 60s or 0s; it lies between 0s and 60s"));
    match text {
        "" => Ok(SETTLE_MS),
        "0" | "0s" | "0ms" => Ok(0),
        _ => request::timeout(text).ok().filter(|ms| *ms <= SETTLE_MS).ok_or_else(refuse),
    }
}

fn keep<T>(checked: Result<T, Invalid>, problems: &mut Vec<Invalid>) -> Option<T> {
    checked.map_err(|invalid| problems.push(invalid)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_has_a_name_that_a_shell_takes_as_it_is() {
        for right in ["prod", "eu-1.test_2"] {
            assert_eq!(check_name(right), Ok(right.to_owned()));
        }
        for wrong in ["", "sandbox", "a b", "ü", &"x".repeat(65)] {
            assert_eq!(check_name(wrong).unwrap_err().field, "Name", "{wrong:?}");
        }
    }

    #[test]
    fn waiting_is_shortened_but_not_lengthened() {
        assert_eq!((settle(""), settle("0s"), settle("1500ms")), (Ok(60_000), Ok(0), Ok(1500)));
        for wrong in ["61s", "soon", "-1s"] {
            assert_eq!(settle(wrong).unwrap_err().field, "Settle", "{wrong:?}");
        }
    }
}
