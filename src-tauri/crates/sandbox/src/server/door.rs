//! Who may knock: programs on this machine that mean this sandbox, and no web page.
//!
//! A page cannot sign, but it could make a browser repeat or carry what another program signed; and a
//! host name that was rebound to the loopback address would make the sandbox the page's own origin.

use std::net::SocketAddr;

use http::HeaderMap;
use http::header::{HOST, ORIGIN};
use http::request::Parts;

use super::protocol::header;
use crate::error::ApiError;

/// The names under which this sandbox may be addressed.
#[derive(Debug)]
pub(crate) struct Door(Vec<String>);

impl Door {
    /// The door of a sandbox that listens here.
    pub(crate) fn at(address: SocketAddr) -> Self {
        let port = address.port();
        let hosts = ["127.0.0.1".to_owned(), "localhost".to_owned(), "[::1]".to_owned()];
        let mut names: Vec<String> = hosts.iter().map(|host| format!("{host}:{port}")).collect();
        names.push(address.to_string());
        if port == 80 {
            names.extend(hosts);
        }
        Self(names)
    }

    /// Whether the request means this sandbox and comes from no foreign page.
    ///
    /// # Errors
    /// `AccessDeniedException`, HTTP 403.
    pub(crate) fn check(&self, parts: &Parts) -> Result<(), ApiError> {
        if !self.is_addressed(parts) {
            return Err(refused("The Host of the request is not this sandbox's: use the endpoint that it prints."));
        }
        if !self.is_own_origin(&parts.headers) {
            return Err(refused("Requests of web pages are refused."));
        }
        Ok(())
    }

    /// Exactly one `Host`, and the same in the target where it names one.
    fn is_addressed(&self, parts: &Parts) -> bool {
        let mut hosts = parts.headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let target = parts.uri.authority().map(http::uri::Authority::as_str);
        host.to_str().is_ok_and(|host| self.names(host)) && target.is_none_or(|target| self.names(target))
    }

    /// Browsers name the page's origin, or say how far away it is (Fetch standard, `Sec-Fetch-Site`).
    fn is_own_origin(&self, headers: &HeaderMap) -> bool {
        let own = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| self.names(host));
        let named = headers.get_all(ORIGIN).iter().all(|origin| origin.to_str().is_ok_and(own));
        let near = !headers.contains_key("sec-fetch-site") || matches!(header(headers, "sec-fetch-site"), Some("same-origin" | "none"));
        named && near
    }

    fn names(&self, host: &str) -> bool {
        self.0.iter().any(|name| name.eq_ignore_ascii_case(host))
    }
}

fn refused(reason: &str) -> ApiError {
    ApiError::access_denied(reason).with_status(403)
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn admits(headers: &[(&str, &str)], uri: &str) -> bool {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        Door::at(SocketAddr::from(([127, 0, 0, 1], 4566))).check(&parts).is_ok()
    }

    #[test]
    fn only_its_own_names_with_its_own_port_reach_the_sandbox() {
        for (host, admitted) in [
            ("127.0.0.1:4566", true),
            ("localhost:4566", true),
            ("LocalHost:4566", true),
            ("[::1]:4566", true),
            ("127.0.0.1", false),
            ("127.0.0.1:4567", false),
            ("evil.example:4566", false),
            ("127.0.0.1.evil.example:4566", false),
            ("localhost.evil.example:4566", false),
            ("sqs.eu-central-1.amazonaws.com", false),
            ("", false),
        ] {
            assert_eq!(admits(&[("host", host)], "/"), admitted, "{host:?}");
        }
        assert!(!admits(&[], "/"), "no Host at all");
        assert!(!admits(&[("host", "localhost:4566"), ("host", "evil.example")], "/"), "two of them");
        assert!(!admits(&[("host", "localhost:4566")], "http://evil.example/"), "another one in the target");
    }

    #[test]
    fn a_page_of_another_origin_is_refused() {
        for (name, value, admitted) in [
            ("origin", "http://127.0.0.1:4566", true),
            ("origin", "http://localhost:4566", true),
            ("origin", "http://localhost:3000", false),
            ("origin", "https://localhost:4566", false),
            ("origin", "https://evil.example", false),
            ("origin", "null", false),
            ("sec-fetch-site", "same-origin", true),
            ("sec-fetch-site", "none", true),
            ("sec-fetch-site", "same-site", false),
            ("sec-fetch-site", "cross-site", false),
        ] {
            assert_eq!(admits(&[("host", "127.0.0.1:4566"), (name, value)], "/"), admitted, "{name}: {value}");
        }
    }
}
