//! Where a client connects to, and as whom.

use std::fmt;

/// A way to AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// The embedded sandbox.
    Sandbox {
        /// Its address, for example `http://127.0.0.1:4566`.
        endpoint: String,
        /// The customer's keys.
        keys: KeyPair,
        /// The partner's keys: the sandbox lets Waybill play iLert.
        partner: KeyPair,
    },
    /// AWS itself, with credentials from the SDK's own chain.
    Aws {
        /// The profile of the AWS configuration files; none for the default one.
        profile: Option<String>,
        /// A role to assume with these credentials.
        role_arn: Option<String>,
    },
    /// Another endpoint that speaks AWS's protocols, with credentials from the SDK's own chain.
    Endpoint {
        /// Its addresses.
        urls: EndpointUrls,
        /// The profile of the AWS configuration files; none for the default one.
        profile: Option<String>,
        /// A role to assume with these credentials.
        role_arn: Option<String>,
    },
}

/// Where another endpoint answers: one address for all services, or addresses of single services, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EndpointUrls {
    /// For every service that has none of its own.
    pub all: Option<String>,
    /// EventBridge's.
    pub eventbridge: Option<String>,
    /// SQS's.
    pub sqs: Option<String>,
    /// STS's.
    pub sts: Option<String>,
    /// Organizations'.
    pub organizations: Option<String>,
}

impl EndpointUrls {
    /// One address for all services.
    pub fn one(url: impl Into<String>) -> Self {
        Self { all: Some(url.into()), ..Self::default() }
    }

    /// Every address that is given.
    pub fn given(&self) -> impl Iterator<Item = &str> {
        [&self.all, &self.eventbridge, &self.sqs, &self.sts, &self.organizations].into_iter().filter_map(|url| url.as_deref())
    }
}

impl Connection {
    /// Refuses what can never be used as it is written.
    ///
    /// # Errors
    /// The field and why.
    pub fn check(&self) -> Result<(), ConnectError> {
        match self {
            Self::Sandbox { endpoint, .. } => check_endpoint(endpoint),
            Self::Aws { role_arn, .. } => role_arn.as_deref().map_or(Ok(()), check_role),
            Self::Endpoint { urls, role_arn, .. } => {
                if urls.given().next().is_none() {
                    return Err(ConnectError::NoEndpoint);
                }
                urls.given().try_for_each(check_endpoint)?;
                role_arn.as_deref().map_or(Ok(()), check_role)
            }
        }
    }
}

/// An access key with its secret; `Debug` hides the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPair {
    /// The access key's id.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

/// A connection cannot be used as it is written; nothing was sent anywhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The endpoint is not an address.
    #[error("endpoint URL: `{url}` is not an address; use the form http://127.0.0.1:4566")]
    EndpointUrl {
        /// As given.
        url: String,
    },
    /// An endpoint without any address.
    #[error("endpoint URL: name the address of the endpoint, such as http://127.0.0.1:4566, or that of at least one service")]
    NoEndpoint,
    /// The role is not an ARN of an IAM role.
    #[error("role ARN: `{role_arn}` is not the ARN of a role; use the form arn:aws:iam::123456789012:role/name")]
    RoleArn {
        /// As given.
        role_arn: String,
    },
}

/// Refuses what can never be an address of a service: anything but `http://host` and `https://host`.
pub(crate) fn check_endpoint(url: &str) -> Result<(), ConnectError> {
    let refused = || ConnectError::EndpointUrl { url: url.to_owned() };
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")).ok_or_else(refused)?;
    let authority = rest.split('/').next().unwrap_or_default();
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '?' | '#' | '@');
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let port_fits = match authority.rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse::<u16>().is_ok(),
        _ => true,
    };
    if host.is_empty() || !port_fits || !rest.chars().all(is_plain) {
        return Err(refused());
    }
    Ok(())
}

/// Refuses what can never be a role: `arn:<partition>:iam::<account>:role/<name>` (IAM user guide, "IAM ARNs").
pub(crate) fn check_role(role_arn: &str) -> Result<(), ConnectError> {
    let parts: Vec<&str> = role_arn.splitn(6, ':').collect();
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    match parts[..] {
        ["arn", partition, "iam", "", account, role]
            if partition.starts_with("aws") && is_account(account) && role.strip_prefix("role/").is_some_and(|name| !name.is_empty()) =>
        {
            Ok(())
        }
        _ => Err(ConnectError::RoleArn { role_arn: role_arn.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_taken_for_endpoints() {
        for right in ["http://127.0.0.1:4566", "https://sqs.internal", "http://[::1]:80", "http://localhost:4566/path", "http://[::1]"] {
            assert_eq!(check_endpoint(right), Ok(()), "{right}");
        }
        for wrong in ["", "localhost:4566", "ftp://host", "http://", "http://:80", "http://host:port", "http://a b", "http://u:p@host"] {
            assert!(check_endpoint(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn only_roles_are_taken_for_roles() {
        for right in ["arn:aws:iam::123456789012:role/deploy", "arn:aws-cn:iam::123456789012:role/path/deploy"] {
            assert_eq!(check_role(right), Ok(()), "{right}");
        }
        for wrong in ["", "deploy", "arn:aws:iam::123456789012:user/me", "arn:aws:iam::12:role/deploy", "arn:aws:iam::123456789012:role/"] {
            assert!(check_role(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_secret_is_never_printed() {
        let keys = KeyPair { access_key_id: "AKIA".into(), secret_access_key: "hush".into() };
        let sandbox = Connection::Sandbox { endpoint: "http://127.0.0.1:1".into(), keys: keys.clone(), partner: keys };
        assert!(!format!("{sandbox:?}").contains("hush"), "a secret must not reach a log");
    }
}
