//! `waybill sandbox`.

use waybill_console::{DataFolder, Error, ServeFlags, run_in_background, serve};
use waybill_domain::Invalid;

use crate::args::{Sandbox, Serve, Shared, permissions};
use crate::exit::Ending;
use crate::output;
use crate::signal::Signal;

/// Runs the command.
pub async fn run(command: Sandbox, shared: &Shared) -> Result<Ending, Error> {
    match command {
        Sandbox::Host(host) => run_in_background(&folder(shared)?, host.prefer, host.partner_bus_permissions).await?,
        Sandbox::Serve(command) => {
            // Read before anything is made: refused flags change nothing.
            let flags = flags(command)?;
            let folder = folder(shared)?;
            let (mut interrupt, mut terminate) = (Signal::interrupt()?, Signal::terminate()?);
            let served = serve(folder, flags).await?;
            output::line(&served.served);
            tokio::select! {
                () = interrupt.came() => {}
                () = terminate.came() => {}
            }
            served.stop().await;
        }
        // Needs a console, and is run where there is one.
        Sandbox::Faults(_) => {}
    }
    Ok(Ending::Done)
}

fn folder(shared: &Shared) -> Result<DataFolder, Error> {
    DataFolder::open(&shared.data_dir.clone().map_or_else(DataFolder::of_user, Ok)?)
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
