//! Where the AWS console shows a resource. Pure.

use crate::view::LinkView;

/// The service's own part of the AWS console, by partition: host of the console, host of the services.
const HOSTS: [(&str, &str, &str); 4] = [
    ("aws", "console.aws.amazon.com", "amazonaws.com"),
    ("aws-cn", "console.amazonaws.cn", "amazonaws.com.cn"),
    ("aws-us-gov", "console.amazonaws-us-gov.com", "amazonaws.com"),
    ("aws-eusc", "console.amazonaws-eusc.eu", "amazonaws.eu"),
];

/// The page of a link's resource in the console of its region; none for what AWS does not know of or what is not there.
pub(crate) fn page_of(link: &LinkView) -> Option<String> {
    let parts: Vec<&str> = link.arn.as_deref()?.splitn(6, ':').collect();
    let ["arn", partition, _, region, account, resource] = parts.as_slice() else { return None };
    let (_, console, services) = HOSTS.into_iter().find(|(name, ..)| name == partition)?;
    let at = |service: &str, place: String| format!("https://{region}.{console}/{service}/home?region={region}#/{place}");
    match link.kind.as_str() {
        "partner_source" => Some(at("events", "partners".to_owned())),
        "bus" => Some(at("events", format!("eventbus/{}", encoded(resource.strip_prefix("event-bus/")?)))),
        "rule" => {
            let (bus, rule) = resource.strip_prefix("rule/")?.rsplit_once('/').unwrap_or(("default", resource.strip_prefix("rule/")?));
            Some(at("events", format!("eventbus/{}/rules/{}", encoded(bus), encoded(rule))))
        }
        "queue" => {
            let url = format!("https://sqs.{region}.{services}/{account}/{resource}");
            Some(at("sqs/v3", format!("queues/{}", encoded(&url))))
        }
        _ => None,
    }
}

/// Whether an address leads to the AWS console and nowhere else.
pub(crate) fn is_page(address: &str) -> bool {
    let Some(host) = address.strip_prefix("https://").and_then(|rest| rest.split('/').next()) else { return false };
    let is_region =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    HOSTS.iter().any(|(_, console, _)| host.strip_suffix(console).and_then(|rest| rest.strip_suffix('.')).is_some_and(is_region))
        && address.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Percent-encoded as a part of an address.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::LinkState;

    fn link(kind: &str, arn: &str) -> LinkView {
        let text = String::new;
        LinkView {
            kind: kind.into(),
            label: text(),
            name: text(),
            arn: Some(arn.into()),
            state: LinkState::Ok,
            word: text(),
            sentence: text(),
            page: None,
        }
    }

    #[test]
    fn every_resource_has_its_page_in_the_console_of_its_own_region() {
        let eu = "https://eu-west-1.console.aws.amazon.com";
        for (kind, arn, page) in [
            ("partner_source", "arn:aws:events:eu-west-1::event-source/aws.partner/ilert.com/a/1", format!("{eu}/events/home?region=eu-west-1#/partners")),
            (
                "bus",
                "arn:aws:events:eu-west-1:123456789012:event-bus/aws.partner/ilert.com/a/1",
                format!("{eu}/events/home?region=eu-west-1#/eventbus/aws.partner%2Filert.com%2Fa%2F1"),
            ),
            (
                "rule",
                "arn:aws:events:eu-west-1:123456789012:rule/aws.partner/ilert.com/a/1/all",
                format!("{eu}/events/home?region=eu-west-1#/eventbus/aws.partner%2Filert.com%2Fa%2F1/rules/all"),
            ),
            (
                "queue",
                "arn:aws:sqs:eu-west-1:123456789012:incidents",
                format!("{eu}/sqs/v3/home?region=eu-west-1#/queues/https%3A%2F%2Fsqs.eu-west-1.amazonaws.com%2F123456789012%2Fincidents"),
            ),
            (
                "queue",
                "arn:aws-cn:sqs:cn-north-1:123456789012:q",
                "https://cn-north-1.console.amazonaws.cn/sqs/v3/home?region=cn-north-1#/queues/https%3A%2F%2Fsqs.cn-north-1.amazonaws.com.cn%2F123456789012%2Fq".to_owned(),
            ),
        ] {
            assert_eq!(page_of(&link(kind, arn)).as_deref(), Some(page.as_str()), "{kind} {arn}");
            assert!(is_page(&page), "what is offered can be opened: {page}");
        }
        assert_eq!(page_of(&link("alert_action", "arn:aws:x:eu-west-1::y")), None, "iLert's own parts are not AWS's");
        assert_eq!(page_of(&link("queue", "nonsense")), None, "what is no ARN has no page");
    }

    #[test]
    fn nothing_but_the_aws_console_is_opened() {
        for address in [
            "http://eu-west-1.console.aws.amazon.com/events",
            "https://example.com/?console.aws.amazon.com",
            "https://console.aws.amazon.com.example.com/",
            "https://user@console.aws.amazon.com/",
            "https://evil/.console.aws.amazon.com/",
            "file:///etc/passwd",
            "https://eu-west-1.console.aws.amazon.com/a b",
            "",
        ] {
            assert!(!is_page(address), "{address}");
        }
    }
}
