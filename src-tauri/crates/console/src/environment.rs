//! Which AWS this is.

use crate::view::{ConnectionView, EnvironmentView, SandboxStatus};
use crate::{Console, Error, SANDBOX};

impl Console {
    /// What the environment strip shows.
    ///
    /// # Errors
    /// When the caller's account cannot be read.
    pub async fn environment(&self) -> Result<EnvironmentView, Error> {
        let connection = &self.inner.connection;
        Ok(EnvironmentView {
            connection: connection.name.clone(),
            kind: connection.kind.to_owned(),
            badge: connection.name.to_uppercase(),
            account: self.account().await?.to_string(),
            region: connection.region.to_string(),
            endpoint: connection.endpoint.clone(),
            writable: true,
            data_dir: self.inner.folder.path().display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// All connections: the sandbox, then the others by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn connections(&self) -> Result<Vec<ConnectionView>, Error> {
        let current = &self.inner.connection;
        let mut views = vec![ConnectionView {
            name: SANDBOX.to_owned(),
            kind: SANDBOX.to_owned(),
            region: if current.name == SANDBOX { current.region.to_string() } else { String::new() },
            endpoint: if current.name == SANDBOX { current.endpoint.clone() } else { None },
            current: current.name == SANDBOX,
            removable: false,
        }];
        for row in self.store().read(|db| db.connections()).await? {
            views.push(ConnectionView {
                current: current.name == row.name,
                name: row.name,
                kind: row.kind.to_string(),
                region: row.region.to_string(),
                endpoint: row.endpoint_url,
                removable: true,
            });
        }
        Ok(views)
    }

    /// The embedded sandbox as it runs.
    ///
    /// # Errors
    /// When another connection is in use.
    pub async fn sandbox_status(&self) -> Result<SandboxStatus, Error> {
        let Some(attachment) = &self.inner.connection.attachment else {
            return Err(Error::Refused("the sandbox is not the connection in use".to_owned()));
        };
        let beacon = attachment.beacon();
        let clients = self.clients(&self.inner.connection.region).await?;
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
