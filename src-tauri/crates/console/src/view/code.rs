//! A chain as code.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use waybill_setup::ExportedRequest;

/// As what a chain is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum CodeKind {
    /// HCL for Terraform.
    Terraform,
    /// A CloudFormation template.
    Cloudformation,
    /// A script for the AWS CLI.
    Cli,
}

impl CodeKind {
    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::Cloudformation => "cloudformation",
            Self::Cli => "cli",
        }
    }
}

/// A chain as code.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ChainCode {
    /// The shape of this document.
    #[ts(skip)]
    pub schema: &'static str,
    /// The alert action's name.
    pub action: String,
    /// As what it is exported.
    #[serde(rename = "as")]
    pub kind: CodeKind,
    /// A name for a file with it.
    pub file_name: String,
    /// What is not AWS's own word, a sentence each.
    pub notes: Vec<String>,
    /// The code.
    pub text: String,
    /// The requests that make the chain, in order, for programs of one's own.
    #[ts(skip)]
    pub requests: Vec<CodeRequest>,
}

/// One request that makes a part of a chain.
#[derive(Debug, Clone, Serialize)]
pub struct CodeRequest {
    /// The service as IAM names it.
    pub service: String,
    /// The operation.
    pub operation: String,
    /// Its input; `QueueName` stands for the queue's URL.
    pub input: Value,
}

impl From<ExportedRequest> for CodeRequest {
    fn from(request: ExportedRequest) -> Self {
        Self { service: request.service.to_owned(), operation: request.operation.to_owned(), input: request.input }
    }
}
