//! The XML of the Query protocol.

use crate::error::ApiError;

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// `<XResponse>` with its result's members.
pub(super) fn answer(operation: &str, members: &[(&str, &str)], request_id: &str) -> String {
    let members: String = members.iter().map(|(name, value)| format!("    <{name}>{}</{name}>\n", escape(value))).collect();
    format!(
        "<{operation}Response xmlns=\"{NAMESPACE}\">\n  <{operation}Result>\n{members}  </{operation}Result>\n  \
         <ResponseMetadata>\n    <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</{operation}Response>\n"
    )
}

/// `<ErrorResponse>`.
pub(crate) fn error_xml(error: &ApiError, request_id: &str) -> String {
    format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\">\n  <Error>\n    <Type>{}</Type>\n    <Code>{}</Code>\n    \
         <Message>{}</Message>\n  </Error>\n  <RequestId>{request_id}</RequestId>\n</ErrorResponse>\n",
        error.fault.as_str(),
        error.query_code.unwrap_or(error.code),
        escape(&error.message),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_with_markup_stays_text() {
        let xml = error_xml(&ApiError::sender("InvalidAction", "no <b> & co"), "r-1");
        assert!(xml.contains("<Message>no &lt;b&gt; &amp; co</Message>"), "{xml}");
    }
}
