//! `waybill sandbox`.

use waybill_console::{DataFolder, Error, ServeFlags, run_in_background, serve};
use waybill_domain::Invalid;

use crate::args::{Sandbox, Serve, Shared, permissions};
use crate::exit::Ending;
use crate::output;

/// Runs the command.
pub async fn run(command: Sandbox, shared: &Shared) -> Result<Ending, Error> {
    let dir = shared.data_dir.clone().map_or_else(DataFolder::of_user, Ok)?;
    let folder = DataFolder::open(&dir)?;
    match command {
        Sandbox::Host(host) => run_in_background(&folder, host.prefer, host.partner_bus_permissions).await?,
        Sandbox::Serve(command) => {
            let stop = stop_signal()?;
            let served = serve(folder, flags(command)?).await?;
            output::line(&served.served);
            stop.await;
            served.stop().await;
        }
    }
    Ok(Ending::Done)
}

fn flags(command: Serve) -> Result<ServeFlags, Error> {
    let listen = command.listen.map(|text| {
        text.parse().map_err(|_| Invalid::new("Listen address", format!("`{text}` is not an address and port such as 127.0.0.1:4566")))
    });
    let permissions =
        command.partner_bus_permissions.map(|text| permissions(&text).map_err(|reason| Invalid::new("Partner bus permissions", reason)));
    Ok(ServeFlags {
        listen: listen.transpose()?,
        ephemeral: command.ephemeral,
        permissions: permissions.transpose()?,
        account_id: command.account_id.map(|text| text.parse()).transpose()?,
    })
}

/// Ends when the program is told to stop: SIGINT or SIGTERM. Listens from the call on, not from the first await.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, Error> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|error| Error::broken(format!("signals cannot be received: {error}")));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        drop(tokio::signal::ctrl_c().await);
    })
}
