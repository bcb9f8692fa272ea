//! The `Authorization` header.

use http::HeaderMap;

use super::SignatureError;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What the header claims.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Authorization<'a> {
    pub(super) access_key: &'a str,
    /// `YYYYMMDD`
    pub(super) date: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    /// Lower-case names, separated by `;`.
    pub(super) signed_headers: &'a str,
    /// Lower-case hex.
    pub(super) signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Takes the header apart.
    pub(super) fn parse(text: &'a str) -> Result<Self, SignatureError> {
        let rest =
            text.strip_prefix(ALGORITHM).ok_or_else(|| SignatureError::Incomplete(format!("Unsupported AWS 'algorithm': '{text}'.")))?;
        let part = |name: &str| {
            rest.split(',')
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
                .filter(|value| !value.is_empty())
                .ok_or_else(|| SignatureError::Incomplete(format!("Authorization header requires '{name}' parameter.")))
        };
        let mut scope = part("Credential")?.split('/');
        let mut next = || scope.next().filter(|part| !part.is_empty());
        let (Some(access_key), Some(date), Some(region), Some(service), Some("aws4_request"), None) =
            (next(), next(), next(), next(), next(), next())
        else {
            return Err(SignatureError::Incomplete(
                "Credential must have exactly 5 slash-delimited elements, \
                 e.g. keyid/date/region/service/term."
                    .into(),
            ));
        };
        let (signed_headers, signature) = (part("SignedHeaders")?, part("Signature")?);
        Ok(Self { access_key, date, region, service, signed_headers, signature })
    }

    /// `YYYYMMDD/region/service/aws4_request`.
    pub(super) fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }

    /// The scope's day is the request's day.
    pub(super) fn check_scope(&self, amz_date: &str) -> Result<(), SignatureError> {
        if amz_date.get(..8) == Some(self.date) {
            return Ok(());
        }
        Err(SignatureError::Scope(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
             '{}' != '{}', from '{amz_date}'.",
            self.date,
            amz_date.get(..8).unwrap_or_default(),
        )))
    }

    /// Host and every `x-amz-` header that came must be signed (IAM user guide, "canonical headers").
    pub(super) fn check_signed_headers(&self, headers: &HeaderMap) -> Result<(), SignatureError> {
        let unsigned = headers
            .keys()
            .map(http::HeaderName::as_str)
            .filter(|name| *name == "host" || name.starts_with("x-amz-"))
            .find(|name| !self.signed_headers.split(';').any(|signed| signed == *name));
        match unsigned {
            None => Ok(()),
            Some(name) => Err(SignatureError::Scope(format!("'{name}' must be a 'SignedHeader' in the AWS Authorization."))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-central-1/events/aws4_request, \
                        SignedHeaders=host;x-amz-date, Signature=ab12";

    #[test]
    fn a_complete_header_is_taken_apart() {
        let claim = Authorization::parse(GOOD).unwrap();
        assert_eq!((claim.access_key, claim.region, claim.service), ("AKIA", "eu-central-1", "events"));
        assert_eq!((claim.signed_headers, claim.signature), ("host;x-amz-date", "ab12"));
        assert_eq!(claim.scope(), "20261123/eu-central-1/events/aws4_request");
        let tight = GOOD.replace(", ", ",");
        assert_eq!(Authorization::parse(&tight).unwrap(), claim, "spaces between the parts are optional");
    }

    #[test]
    fn an_incomplete_header_is_refused_by_the_missing_part() {
        for (wrong, named) in [
            ("Basic abc".to_owned(), "algorithm"),
            (GOOD.replace("Signature=ab12", ""), "'Signature'"),
            (GOOD.replace("SignedHeaders=host;x-amz-date, ", ""), "'SignedHeaders'"),
            (GOOD.replace("/aws4_request", ""), "5 slash-delimited"),
            (GOOD.replace("AKIA/", "/"), "5 slash-delimited"),
        ] {
            let refused = Authorization::parse(&wrong).unwrap_err();
            assert!(matches!(&refused, SignatureError::Incomplete(m) if m.contains(named)), "{wrong}: {refused:?}");
        }
    }

    #[test]
    fn an_unsigned_target_is_refused() {
        let claim = Authorization::parse(GOOD).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("host", "h".parse().unwrap());
        assert_eq!(claim.check_signed_headers(&headers), Ok(()));
        headers.insert("x-amz-target", "AWSEvents.PutEvents".parse().unwrap());
        assert!(claim.check_signed_headers(&headers).is_err(), "the operation could be exchanged on the way");
    }
}
