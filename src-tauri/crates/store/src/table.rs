//! One module per table: migrations, row, reads on [`Ref`](crate::Ref), writes on [`Mut`](crate::Mut).

pub(crate) mod alert_action;
pub(crate) mod alert_source;
pub(crate) mod arrival;
pub(crate) mod attempt;
pub(crate) mod call;
pub(crate) mod chain;
pub(crate) mod connection;
pub(crate) mod delivery;
pub(crate) mod draft;
pub(crate) mod incident;
pub(crate) mod mark;
pub(crate) mod probe;
pub(crate) mod publication;
pub(crate) mod run;
pub(crate) mod run_drift;
pub(crate) mod run_evidence;
pub(crate) mod scenario;
pub(crate) mod sequence;
pub(crate) mod setting;

pub use alert_action::{ActionRow, NewAction};
pub use alert_source::SourceRow;
pub use arrival::{ArrivalRow, CopyRow, NewArrival};
pub use attempt::AttemptRow;
pub use call::{CallRow, NewCall};
pub use chain::{ChainRow, ChainStage};
pub use connection::{ConnectionKind, ConnectionRow};
pub use delivery::{DeliveryEntry, DeliveryFilter, DeliveryRecord};
pub use draft::DraftRow;
pub use incident::IncidentRow;
pub use mark::Mark;
pub use probe::ProbeRow;
pub use publication::{ClosedVerdict, EntryAnswer, EntryOutcome, NewPublication, PublicationRow};
pub use run::{NewRun, PollerRow, RunRow};
pub use run_evidence::{Circumstances, EvidenceRow, SealState};
