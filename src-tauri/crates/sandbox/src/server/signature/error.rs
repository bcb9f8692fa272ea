//! Why a signature is refused, and AWS's words for it.

use crate::error::ApiError;

/// Why a signature is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SignatureError {
    /// No `Authorization`.
    Missing,
    /// The header lacks a part; the sentence says which.
    Incomplete(String),
    /// No `X-Amz-Date`.
    NoDate,
    /// Neither identity has this access key.
    UnknownKey,
    /// The temporary credentials have ended.
    Expired,
    /// The client's clock is off.
    Skew(String),
    /// The scope or the signed headers do not fit the request.
    Scope(String),
    /// Signed for another service.
    WrongService {
        /// The service that was addressed.
        expected: &'static str,
    },
    /// Another secret, or another request than was signed.
    Mismatch,
}

impl SignatureError {
    /// The refusal as AWS words it (common errors of the JSON and the Query protocol).
    pub(crate) fn to_api_error(&self) -> ApiError {
        let invalid = |message: String| ApiError::sender("InvalidSignatureException", message).with_query_code("SignatureDoesNotMatch");
        match self {
            Self::Missing => ApiError::sender("MissingAuthenticationTokenException", "Missing Authentication Token")
                .with_query_code("MissingAuthenticationToken"),
            Self::Incomplete(message) => incomplete(message.clone()),
            Self::NoDate => incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.".into()),
            Self::UnknownKey => ApiError::sender("UnrecognizedClientException", "The security token included in the request is invalid.")
                .with_query_code("InvalidClientTokenId"),
            Self::Expired => ApiError::sender("ExpiredTokenException", "The security token included in the request is expired")
                .with_query_code("ExpiredToken"),
            Self::Skew(message) | Self::Scope(message) => invalid(message.clone()),
            Self::WrongService { expected } => invalid(format!("Credential should be scoped to correct service: '{expected}'. ")),
            Self::Mismatch => invalid(
                "The request signature we calculated does not match the signature you provided. \
                 Check your AWS Secret Access Key and signing method. \
                 Consult the service documentation for details."
                    .into(),
            ),
        }
    }
}

fn incomplete(message: String) -> ApiError {
    ApiError::sender("IncompleteSignatureException", message).with_query_code("IncompleteSignature")
}
