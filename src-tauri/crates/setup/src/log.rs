//! Where a set-up keeps its record.

use async_trait::async_trait;

use crate::record::{ChainChange, ChainRecord};

/// The record of one chain. Every `write` is one committed transaction: what it returned survives a crash.
#[async_trait]
pub trait ChainLog: Send + Sync {
    /// The record, if the chain has one.
    ///
    /// # Errors
    /// When the store cannot be read.
    async fn read(&self) -> Result<Option<ChainRecord>, ChainLogError>;

    /// Takes a change into the record, which `Begin` makes where there is none, and answers the record afterwards.
    ///
    /// # Errors
    /// When the store cannot be written, or there is no record yet and the change is not `Begin`.
    async fn write(&self, change: ChainChange) -> Result<ChainRecord, ChainLogError>;
}

/// The record could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("the chain's record could not be kept")]
pub struct ChainLogError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl ChainLogError {
    /// Wraps what the store said.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}
