//! A chain as code that makes it again: Terraform, CloudFormation, or a script for the AWS CLI.
//!
//! The partner event source itself is iLert's to make; everything from its association on is in the code. Account, region and source are
//! variables with the chain's own values as defaults. There is nothing secret in it.

mod cli;
mod cloudformation;
mod holes;
mod json;
mod preface;
mod requests;
mod terraform;

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use waybill_domain::Invalid;

pub use requests::{ExportedRequest, requests};

use crate::settings::ChainSettings;

/// As what a chain is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExportKind {
    /// HCL for Terraform's provider `aws`.
    Terraform,
    /// A CloudFormation template in YAML.
    CloudFormation,
    /// A shell script for the AWS CLI.
    Cli,
}

impl ExportKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Terraform, Self::CloudFormation, Self::Cli];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::CloudFormation => "cloudformation",
            Self::Cli => "cli",
        }
    }

    /// The name of a file with such code.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Terraform => "chain.tf",
            Self::CloudFormation => "chain.yaml",
            Self::Cli => "chain.sh",
        }
    }
}

impl FromStr for ExportKind {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| Invalid::new("As", format!("`{text}` is none of terraform, cloudformation and cli")))
    }
}

/// A chain as code. The alert action's name and the notes stand in comments.
pub fn export(kind: ExportKind, action: &str, settings: &ChainSettings, notes: &[String]) -> String {
    let preface = preface::lines((kind, action), settings, notes);
    match kind {
        ExportKind::Terraform => terraform::code(settings, &preface),
        ExportKind::CloudFormation => cloudformation::code(settings, &preface),
        ExportKind::Cli => cli::code(settings, &preface),
    }
}

#[cfg(test)]
mod tests;
