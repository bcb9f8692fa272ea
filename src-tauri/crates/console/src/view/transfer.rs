//! What importing alert actions makes and changes.

use serde::Serialize;
use ts_rs::TS;

/// What an import does with an alert action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ImportKind {
    /// There is none of its name: it is made.
    Create,
    /// There is one of its name that differs: it is changed.
    Change,
    /// There is one that is the same already.
    Same,
}

/// A field in which the document differs from what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportField {
    /// The field as the window labels it.
    pub field: String,
    /// What is there.
    pub before: String,
    /// What the document says.
    pub after: String,
}

/// One alert action of an imported document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportLine {
    /// Its name.
    pub name: String,
    /// Its alert source.
    pub alert_source: String,
    /// What becomes of it.
    pub kind: ImportKind,
    /// What changes, where it is there already.
    pub fields: Vec<ImportField>,
    /// What else a change brings about, for example another partner event source.
    pub warning: Option<String>,
}

/// What an import does, an alert action each, in the order of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportPlan {
    /// The alert actions.
    pub lines: Vec<ImportLine>,
}
