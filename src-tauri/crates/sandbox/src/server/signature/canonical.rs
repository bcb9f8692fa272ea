//! The canonical request (IAM user guide, "Create a canonical request").

use std::fmt::Write as _;

use http::request::Parts;
use sha2::{Digest, Sha256};

use super::SignatureError;
use super::authorization::Authorization;

/// The hex SHA-256 of the canonical request.
pub(super) fn hash(parts: &Parts, body: &[u8], claim: &Authorization<'_>) -> Result<String, SignatureError> {
    let payload = hex::encode(Sha256::digest(body));
    let mut text = format!(
        "{}\n{}\n{}\n",
        parts.method,
        encode(parts.uri.path(), |byte| byte == b'/'),
        canonical_query(parts.uri.query().unwrap_or_default()),
    );
    for name in claim.signed_headers.split(';') {
        let mut values = parts.headers.get_all(name).iter().peekable();
        if values.peek().is_none() {
            return Err(SignatureError::Mismatch);
        }
        text.push_str(name);
        text.push(':');
        for (index, value) in values.enumerate() {
            if index > 0 {
                text.push(',');
            }
            push_trimmed(&mut text, &String::from_utf8_lossy(value.as_bytes()));
        }
        text.push('\n');
    }
    let _ = write!(text, "\n{}\n{payload}", claim.signed_headers);
    Ok(hex::encode(Sha256::digest(text)))
}

/// Outer blanks go, inner runs of blanks become one.
fn push_trimmed(text: &mut String, value: &str) {
    let mut words = value.split_ascii_whitespace();
    text.extend(words.next());
    for word in words {
        text.push(' ');
        text.push_str(word);
    }
}

/// Pairs sorted by encoded name, then value; what came encoded is not encoded twice.
fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (reencode(name), reencode(value)))
        .collect();
    pairs.sort();
    let joined: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    joined.join("&")
}

/// Keeps valid escapes (in upper case) and escapes the rest.
fn reencode(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|pair| hex::decode(pair).ok()) {
            Some(byte) => {
                decoded.extend(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    encode_bytes(&decoded, |_| false)
}

fn encode(text: &str, keep: impl Fn(u8) -> bool) -> String {
    if text == "/" {
        return text.to_owned();
    }
    encode_bytes(text.as_bytes(), keep)
}

fn encode_bytes(bytes: &[u8], keep: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) || keep(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_sorted_and_encoded_once() {
        for (query, canonical) in
            [("", ""), ("b=2&a=1", "a=1&b=2"), ("a", "a="), ("a=x%2fy&a=x y", "a=x%20y&a=x%2Fy"), ("a=100%", "a=100%25")]
        {
            assert_eq!(canonical_query(query), canonical, "{query}");
        }
    }

    #[test]
    fn a_path_is_encoded_a_second_time() {
        assert_eq!(encode("/a%20b/c", |byte| byte == b'/'), "/a%2520b/c", "as every service but S3");
    }

    #[test]
    fn blanks_in_a_header_collapse() {
        let mut text = String::new();
        push_trimmed(&mut text, "  a   b ");
        assert_eq!(text, "a b");
    }
}
