//! A page object per view: what a person can see and do there.

pub(crate) mod actions;
pub(crate) mod activity;
pub(crate) mod connections;
pub(crate) mod deliveries;
pub(crate) mod doctor;
pub(crate) mod fault_lab;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod overview;
pub(crate) mod publish;
pub(crate) mod sources;
pub(crate) mod tour;
pub(crate) mod wizard;
