//! Which AWS this is.

use crate::view::{EnvironmentView, SandboxStatus};
use crate::{Console, Error};

impl Console {
    /// What the environment strip shows. An account that cannot be read says so.
    ///
    /// # Errors
    /// When the connection cannot be used as it is written.
    pub async fn environment(&self) -> Result<EnvironmentView, Error> {
        let connection = self.connection();
        let (identity, until) = match &connection.account {
            Some(account) => (Ok((account.to_string(), None)), None),
            None => {
                let clients = connection.clients(&connection.region).await;
                let until = match &clients {
                    Ok(clients) => clients.credentials_until().await,
                    Err(_) => None,
                };
                let identity = connection.who_am_i().await;
                (identity.map(|identity| (identity.account.to_string(), Some(identity.arn))), until)
            }
        };
        let (account, arn, trouble) = match identity {
            Ok((account, arn)) => (account, arn, None),
            Err(error @ Error::Aws(_)) => (String::new(), None, Some(error.sentence())),
            Err(error) => return Err(error),
        };
        Ok(EnvironmentView {
            connection: connection.name.clone(),
            kind: connection.kind.to_owned(),
            badge: connection.name.to_uppercase(),
            account,
            arn,
            region: connection.region.to_string(),
            endpoint: connection.endpoint(),
            mode: connection.gate.mode(),
            credentials_until: until,
            trouble,
            data_dir: self.inner.folder.path().display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// The embedded sandbox as it runs.
    ///
    /// # Errors
    /// When another connection is in use.
    pub async fn sandbox_status(&self) -> Result<SandboxStatus, Error> {
        let connection = self.connection();
        let Some(attachment) = &connection.attachment else {
            return Err(Error::Refused("the sandbox is not the connection in use".to_owned()));
        };
        let beacon = attachment.beacon();
        let clients = connection.clients(&connection.region).await?;
        let file = self.inner.folder.file("sandbox.db");
        Ok(SandboxStatus {
            endpoint: beacon.endpoint.clone(),
            pid: beacon.pid,
            account: beacon.account_id.clone(),
            partner_account: beacon.partner_account_id.clone(),
            region: beacon.region.clone(),
            organization_id: beacon.organization_id.clone(),
            partner_bus_permissions: beacon.partner_bus_permissions.as_str().to_owned(),
            file: (!beacon.ephemeral).then(|| file.display().to_string()),
            alive: clients.who_am_i().await.is_ok(),
        })
    }
}
