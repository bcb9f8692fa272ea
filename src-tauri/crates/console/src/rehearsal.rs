//! A rehearsal: the chain's rule on a twin bus, fed by Waybill instead of the partner.

use std::time::Duration;

use waybill_delivery::{Controls, Plan, Planned, PlannedEvent};
use waybill_domain::{EventSource, Mode, RunId, Timestamp};
use waybill_setup::{ChainRecord, RehearsedPattern, rehearsed_pattern};

use crate::view::{LiveEvent, RehearsalView, SettlingView};
use crate::{Console, Error};

/// What every verdict and report of a rehearsal says of where its events came from.
pub(crate) const PROVENANCE: &str = "Simulated (twin bus)";

/// How often the countdown is told.
const BEAT: Duration = Duration::from_secs(1);

/// What is rehearsed of a chain.
pub(crate) struct Rehearsal {
    pub pattern: RehearsedPattern,
    source: EventSource,
}

/// The events of a run under the source of a rehearsal; what is expected of them stays.
struct Rehearsed {
    plan: Plan,
    source: EventSource,
}

impl Planned for Rehearsed {
    fn count(&self) -> u32 {
        self.plan.len()
    }

    fn event(&self, entry: u32) -> PlannedEvent {
        let mut event = self.plan.get(entry);
        event.outgoing.source = self.source.clone();
        event
    }
}

impl Rehearsal {
    /// The rehearsal of a chain: its recorded pattern, as far as it says nothing of the source, and a source that is not AWS's.
    pub fn of(chain: &ChainRecord) -> Result<Self, Error> {
        let pattern = rehearsed_pattern(&chain.pattern, &chain.spec.source).map_err(|error| Error::Broken(error.to_string()))?;
        Ok(Self { pattern, source: chain.spec.source.in_rehearsal() })
    }

    /// The same events under the source of the rehearsal.
    pub fn plan(&self, plan: Plan) -> Plan {
        Plan::new(Rehearsed { plan, source: self.source.clone() })
    }

    /// What is told of it.
    pub fn view(&self, bus: String, queue: String) -> RehearsalView {
        RehearsalView {
            provenance: PROVENANCE.to_owned(),
            bus,
            queue,
            source: self.source.to_string(),
            pattern: self.pattern.text.clone(),
            changes: self.pattern.changes.clone(),
        }
    }
}

impl Console {
    /// How the events of a run come about: as wanted, else by the partner on the sandbox and by rehearsal elsewhere.
    ///
    /// # Errors
    /// When this is not possible on the connection in use.
    pub(crate) async fn mode_of(&self, wanted: Option<Mode>) -> Result<Mode, Error> {
        let connection = self.connection();
        let mode = wanted.unwrap_or(if self.is_sandbox() { Mode::Partner } else { Mode::Rehearsal });
        match mode {
            Mode::Rehearsal => Ok(mode),
            Mode::Partner if connection.plays_partner().await? => Ok(mode),
            Mode::Partner => Err(Error::bad_input(
                "Mode",
                format!(
                    "partner is not possible on the connection `{}`: only the partner's own account can publish to its event bus; choose \
                     rehearsal",
                    connection.name
                ),
            )),
            Mode::Alert => Err(Error::bad_input(
                "Mode",
                format!("alert is not possible on the connection `{}`; choose {}", connection.name, Mode::Rehearsal),
            )),
        }
    }

    /// Waits until what Waybill changed last on this connection is in force, and tells for how long. Not on the sandbox, where everything
    /// is in force at once.
    ///
    /// # Errors
    /// When the run is cancelled meanwhile; nothing was published.
    pub(crate) async fn settle(
        &self,
        (run, action): (RunId, &str),
        changed_at: Option<Timestamp>,
        controls: &Controls,
    ) -> Result<(), Error> {
        let connection = self.connection();
        let name = connection.name.clone();
        let last = self.store().read(move |db| db.last_change(&name)).await?.max(changed_at);
        let until = last.map_or(0, Timestamp::as_millis) + connection.settle_ms;
        let view = |left_ms| SettlingView { run_id: run.to_string(), action: action.to_owned(), left_ms, total_ms: connection.settle_ms };
        let mut left_ms = until - self.now().as_millis();
        while connection.settle_ms > 0 && left_ms > 0 {
            self.tell(LiveEvent::Settling { settling: view(left_ms) });
            let pause = BEAT.min(Duration::from_millis(left_ms.unsigned_abs()));
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = controls.leave.cancelled() => left_ms = -1,
                () = controls.stop_publishing.cancelled() => left_ms = -1,
            }
            if left_ms < 0 {
                self.tell(LiveEvent::Settling { settling: view(0) });
                return Err(Error::Refused(
                    "the run was cancelled while it waited for the last changes to be in force; nothing was published".to_owned(),
                ));
            }
            left_ms = until - self.now().as_millis();
        }
        if connection.settle_ms > 0 {
            self.tell(LiveEvent::Settling { settling: view(0) });
        }
        Ok(())
    }
}
