//! The identity policy that each task on a chain needs.

use waybill_domain::Mode;
use waybill_setup::{ChainState, Task, needed_permissions};

use crate::view::PermissionsView;
use crate::{Console, Error};

impl Console {
    /// Writes the identity policy that a task on an alert action's chain needs, and nothing more. Asks AWS nothing.
    ///
    /// # Errors
    /// When there is no such action or task, or the chain is not known.
    pub async fn permissions(&self, wanted: Option<&str>, (task, mode): (&str, Option<&str>)) -> Result<PermissionsView, Error> {
        let task: Task = task.parse()?;
        let usual = if self.is_sandbox() { Mode::Partner } else { Mode::Rehearsal };
        let mode = mode.map(str::parse).transpose()?.unwrap_or(usual);
        let row = self.named_action(wanted).await?;
        let chain = self.chain_or_suggested(&row).await?;
        let policy = needed_permissions(task, &chain.spec, mode);
        let document = policy.document();
        let state =
            if chain.state == ChainState::Complete { "" } else { " The chain is not set up yet: its names are those that are suggested." };
        Ok(PermissionsView {
            task: task.to_string(),
            sentence: format!("{}{state}", sentence(task, mode)),
            actions: policy.actions().into_iter().map(str::to_owned).collect(),
            document: serde_json::to_string_pretty(&document).map_err(|error| Error::Broken(error.to_string()))?,
        })
    }
}

fn sentence(task: Task, mode: Mode) -> &'static str {
    match (task, mode) {
        (Task::Observe, _) => "Read the chain, and ask the doctor.",
        (Task::SetUp, _) => "Set the chain up, and take back what was made.",
        (Task::Prove, Mode::Rehearsal) => "Rehearse the chain over a twin bus, which is removed afterwards.",
        (Task::Prove, _) => "Read the events back that iLert publishes; with bus logging, where it is asked for.",
        (Task::Repair, _) => "Have the doctor repair the chain, prove it again, and take the repair back.",
    }
}
