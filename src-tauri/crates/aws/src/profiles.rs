//! The profiles of the AWS configuration files: their names, and nothing else of them.

use aws_config::profile::{self, ProfileFileLoadError};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

/// The AWS configuration files cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the AWS configuration files cannot be read")]
pub struct ProfilesUnreadable(#[from] ProfileFileLoadError);

/// The names of all profiles, where `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` say or in `~/.aws`, in alphabetical order.
///
/// # Errors
/// When a file is there and cannot be read.
pub async fn profiles() -> Result<Vec<String>, ProfilesUnreadable> {
    let set = profile::load(&Fs::real(), &Env::real(), &EnvConfigFiles::default(), None).await?;
    let mut names: Vec<String> = set.profiles().map(ToOwned::to_owned).collect();
    names.sort_unstable();
    Ok(names)
}
