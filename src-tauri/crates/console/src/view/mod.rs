//! What the use cases answer: the shapes that the window and the command line show. They serialise to JSON and have TypeScript twins.

mod action;
mod activity;
mod chain;
mod code;
mod connection;
mod delivery;
mod doctor;
mod drift;
mod evidence;
mod incident;
mod lab;
mod live;
mod permissions;
mod publish;
mod run;
mod scenario;
mod settings;
mod setup;
mod transfer;

pub use action::{AlertActionView, AlertSourceDetail, AlertSourceView, DeleteReport, EnvelopeView, EventTypeInfo, FormDefaults};
pub use activity::{ActivityFilter, ActivityPage, CallView, ExportFormat, Exported};
pub use chain::{BoardCell, ChainView, LinkState, LinkView, NextStep};
pub use code::{ChainCode, CodeKind, CodeRequest};
pub use connection::{
    ConnectionDefaults, ConnectionForm, ConnectionReport, ConnectionView, EndpointView, EnvironmentView, EventSourceView, QuestionView,
    SandboxStatus,
};
pub use delivery::{
    AttemptView, CopyView, DeliveriesPage, DeliveryDetail, DeliveryFilter, DeliveryRow, HopView, LatencyBucket, LatencyPoint, LatencyView,
};
pub use doctor::{
    CheckEvidence, CheckHead, CheckOutcome, CheckView, DiagnosisProgress, DiagnosisView, DifferenceLine, FaultView, RepairStepView,
    RepairUndone, RepairView, RepairedView, RequestView, RuleMatchView, RulesMatchView, UndoableView,
};
pub use drift::{AdoptableView, DriftView, FieldDriftView};
pub use evidence::{
    ChainDocument, ChainPart, CrossCheckView, EvidenceState, EvidenceView, GapView, PatternAnswerView, ReadingView, RehearsalView,
    RunCircumstances,
};
pub use incident::{IncidentPublished, IncidentStepReport, IncidentView, IncidentWithheld};
pub use lab::ActiveFault;
pub use live::{LiveEvent, PollerView, SettlingView, Topic};
pub use permissions::PermissionsView;
pub use publish::{Composed, DetailCheck, DetailProblem, StartRun, TemplateView};
pub use run::{EventReport, Latency, PollerReport, RunHead, RunProgress, RunReport, RunSummary};
pub use scenario::{ScenarioForm, ScenarioStepView, ScenarioView};
pub use settings::{Density, MenuCommand, Motion, Theme, WindowPlace, WindowSettings};
pub use setup::{
    FieldOutcomeView, FieldProblem, OrganizationView, PatternCheck, PatternForm, PatternSample, PermissionForm, PlanView, QueueForm,
    Replacement, SetupDraft, SetupFailure, SetupForm, SetupOutcome, StepStatus, StepView, UndoView,
};
pub use transfer::{ImportField, ImportKind, ImportLine, ImportPlan};
