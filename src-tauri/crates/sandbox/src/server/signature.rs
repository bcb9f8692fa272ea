//! Signature Version 4: is this request signed by one of the two identities?
//!
//! The canonical request is built from exactly what came over the wire; the keys and the signature are
//! computed by crate `aws-sigv4`.

mod authorization;
mod canonical;
mod date;
mod error;
mod keys;

use std::sync::Arc;

use http::request::Parts;

use authorization::Authorization;
pub(crate) use error::SignatureError;
pub(crate) use keys::SigningKeys;

use super::Shared;
use super::identity::Identity;
use super::protocol::header;

/// How far the client's clock may be off (IAM user guide, "Elements of a request signature").
const SKEW_MS: i64 = 15 * 60 * 1000;

/// A request whose signature was verified.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    /// Who signed.
    pub(crate) identity: Arc<Identity>,
    /// The scope's region.
    pub(crate) region: &'a str,
    /// The scope's service.
    pub(crate) service: &'a str,
}

impl<'a> Signed<'a> {
    /// Recomputes the signature over the received method, path, query, signed headers and body.
    ///
    /// # Errors
    /// When it is missing, incomplete, by an unknown key, out of time, or does not match.
    pub(crate) fn verify(shared: &'a Shared, parts: &'a Parts, body: &[u8], now_ms: i64) -> Result<Self, SignatureError> {
        let text = header(&parts.headers, "authorization").ok_or(SignatureError::Missing)?;
        let claim = Authorization::parse(text)?;
        let date = header(&parts.headers, "x-amz-date").ok_or(SignatureError::NoDate)?;
        let signed_ms = date::parse(date)?;
        let known = shared.identities.with_key(claim.access_key);
        let identity = known.or_else(|| shared.look(|world| world.users.with_key(claim.access_key))).ok_or(SignatureError::UnknownKey)?;
        match (&identity.session, header(&parts.headers, "x-amz-security-token")) {
            (None, None) => {}
            (Some(session), Some(token)) if same(session.token.as_bytes(), token.as_bytes()) => {
                if session.expires_ms <= now_ms {
                    return Err(SignatureError::Expired);
                }
            }
            _ => return Err(SignatureError::UnknownKey),
        }
        date::check(date, signed_ms, now_ms, SKEW_MS)?;
        claim.check_scope(date)?;
        claim.check_signed_headers(&parts.headers)?;
        let hash = canonical::hash(parts, body, &claim)?;
        let scope = claim.scope();
        let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{hash}");
        let expected = shared.signing_keys.sign(&identity, &claim, signed_ms, to_sign.as_bytes());
        if !same(expected.as_bytes(), claim.signature.as_bytes()) {
            return Err(SignatureError::Mismatch);
        }
        Ok(Self { identity, region: claim.region, service: claim.service })
    }
}

/// Takes the same time wherever the difference lies.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |difference, (x, y)| difference | (x ^ y)) == 0
}
