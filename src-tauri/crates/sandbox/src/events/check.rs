//! The constraints of the service model, and AWS's sentence about those that are not met.

use crate::error::ApiError;

/// What a text member must look like (botocore model of `events`, 2015-10-07).
#[derive(Debug)]
pub(crate) struct Form {
    regex: &'static str,
    min: usize,
    max: usize,
    fits: fn(&str) -> bool,
}

const fn form(regex: &'static str, max: usize, fits: fn(&str) -> bool) -> Form {
    Form { regex, min: 1, max, fits }
}

/// `RuleName`, `TargetId`.
pub(crate) const NAME: Form = form(r"[\.\-_A-Za-z0-9]+", 64, is_name);
/// `EventBusName`, `EventSourceNamePrefix`.
pub(crate) const BUS_NAME: Form = form(r"[/\.\-_A-Za-z0-9]+", 256, is_path);
/// `NonPartnerEventBusName`.
pub(crate) const NON_PARTNER_BUS_NAME: Form = form(r"[\.\-_A-Za-z0-9]+", 256, is_name);
/// `EventBusNameOrArn`.
pub(crate) const BUS: Form =
    form(r"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+", 1600, |text| is_path(without_arn(text)));
/// `NonPartnerEventBusNameOrArn`.
pub(crate) const NON_PARTNER_BUS: Form =
    form(r"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[\.\-_A-Za-z0-9]+", 1600, |text| is_name(without_arn(text)));
/// `EventSourceName`.
pub(crate) const SOURCE_NAME: Form = form(r"aws\.partner(/[\.\-_A-Za-z0-9]+){2,}", 256, is_source_name);
/// `PartnerEventSourceNamePrefix`.
pub(crate) const SOURCE_PREFIX: Form = form(r"aws\.partner/[\.\-_A-Za-z0-9]+/[/\.\-_A-Za-z0-9]*", 256, is_source_prefix);
/// `AccountId`.
pub(crate) const ACCOUNT: Form = Form { regex: r"\d{12}", min: 12, max: 12, fits: is_account };
/// `Action`.
pub(crate) const ACTION: Form =
    form("events:[a-zA-Z]+", 64, |text| text.strip_prefix("events:").is_some_and(|name| all(name, |byte| byte.is_ascii_alphabetic())));
/// `Principal`.
pub(crate) const PRINCIPAL: Form = form(r"(\d{12}|\*)", 12, |text| text == "*" || is_account(text));
/// `StatementId`.
pub(crate) const STATEMENT_ID: Form =
    form("[a-zA-Z0-9-_]+", 64, |text| all(text, |byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
/// `KmsKeyIdentifier`; an empty one is AWS's own key.
pub(crate) const KMS_KEY: Form = Form {
    regex: r"^[a-zA-Z0-9_\-/:]*$",
    min: 0,
    max: 2048,
    fits: |text| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-/:".contains(&byte)),
};
/// `TagKey`
pub(crate) const TAG_KEY: Form = form(".*", 128, |_| true);
/// `TraceHeader`
pub(crate) const TRACE_HEADER: Form = form(".*", 500, |_| true);
/// `TargetArn`: only its length; what it must name depends on the target.
pub(crate) const ARN: Form = form(".*", 1600, |_| true);

/// Collects every constraint that is not met, as AWS does before it answers.
#[derive(Debug, Default)]
pub(crate) struct Checks(Vec<String>);

impl Checks {
    /// A member that must be there.
    pub(crate) fn required(&mut self, at: &str, value: Option<&str>, form: &Form) -> &mut Self {
        if value.is_none() {
            self.absent(at);
        }
        self.optional(at, value, form)
    }

    /// A member that may be left out.
    pub(crate) fn optional(&mut self, at: &str, value: Option<&str>, form: &Form) -> &mut Self {
        let Some(value) = value else { return self };
        self.length(at, value, form.min, form.max);
        if !value.is_empty() && !(form.fits)(value) {
            self.fails(at, value, &format!("Member must satisfy regular expression pattern: {}", form.regex));
        }
        self
    }

    /// A member that is not there but must be.
    pub(crate) fn absent(&mut self, at: &str) -> &mut Self {
        self.0.push(format!("Value null at '{at}' failed to satisfy constraint: Member must not be null"));
        self
    }

    /// The length of a text, in characters.
    pub(crate) fn length(&mut self, at: &str, value: &str, min: usize, max: usize) -> &mut Self {
        let length = value.chars().count();
        if length < min {
            self.fails(at, value, &format!("Member must have length greater than or equal to {min}"));
        }
        if length > max {
            self.fails(at, value, &format!("Member must have length less than or equal to {max}"));
        }
        self
    }

    /// The number of members of a list.
    pub(crate) fn members(&mut self, at: &str, count: usize, max: usize) -> &mut Self {
        if count < 1 {
            self.fails(at, "[]", "Member must have length greater than or equal to 1");
        }
        if count > max {
            let shown = format!("[{count} members]");
            self.fails(at, &shown, &format!("Member must have length less than or equal to {max}"));
        }
        self
    }

    /// A number within bounds.
    pub(crate) fn range(&mut self, at: &str, value: Option<i64>, bounds: (i64, i64)) -> &mut Self {
        let Some(value) = value else { return self };
        if value < bounds.0 {
            let least = format!("Member must have value greater than or equal to {}", bounds.0);
            self.fails(at, &value.to_string(), &least);
        }
        if value > bounds.1 {
            let most = format!("Member must have value less than or equal to {}", bounds.1);
            self.fails(at, &value.to_string(), &most);
        }
        self
    }

    /// One of several words.
    pub(crate) fn one_of(&mut self, at: &str, value: Option<&str>, words: &[&str]) -> &mut Self {
        if let Some(value) = value
            && !words.contains(&value)
        {
            self.fails(at, value, &format!("Member must satisfy enum value set: [{}]", words.join(", ")));
        }
        self
    }

    fn fails(&mut self, at: &str, value: &str, constraint: &str) {
        self.0.push(format!("Value '{value}' at '{at}' failed to satisfy constraint: {constraint}"));
    }

    /// `ValidationException` naming all of them, or nothing.
    pub(crate) fn finish(&self) -> Result<(), ApiError> {
        let count = self.0.len();
        if count == 0 {
            return Ok(());
        }
        let errors = if count == 1 { "error" } else { "errors" };
        Err(ApiError::validation(format!("{count} validation {errors} detected: {}", self.0.join("; "))))
    }
}

/// The bus name of a name or ARN.
pub(crate) fn without_arn(text: &str) -> &str {
    match text.strip_prefix("arn:aws") {
        Some(rest) => rest.split_once(":event-bus/").map_or(text, |(_, name)| name),
        None => text,
    }
}

fn all(text: &str, fits: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(fits)
}

fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-_".contains(&byte)
}

fn is_name(text: &str) -> bool {
    all(text, in_name)
}

fn is_path(text: &str) -> bool {
    all(text, |byte| byte == b'/' || in_name(byte))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && all(text, |byte| byte.is_ascii_digit())
}

fn is_source_name(text: &str) -> bool {
    text.strip_prefix("aws.partner/").is_some_and(|rest| rest.contains('/') && rest.split('/').all(is_name))
}

fn is_source_prefix(text: &str) -> bool {
    text.strip_prefix("aws.partner/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(partner, rest)| is_name(partner) && (rest.is_empty() || is_path(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(form: &Form, text: &str) -> bool {
        Checks::default().required("x", Some(text), form).finish().is_ok()
    }

    #[test]
    fn names_have_the_models_form() {
        let long = "a".repeat(65);
        let cases: &[(&Form, &[&str], &[&str])] = &[
            (&NAME, &["a", "A.b-c_9"], &["", "a b", "a/b", "ä", &long]),
            (&BUS_NAME, &["default", "aws.partner/ilert.com/x"], &["", "a b"]),
            (&NON_PARTNER_BUS_NAME, &["default"], &["aws.partner/ilert.com/x"]),
            (&BUS, &["a/b", "arn:aws:events:eu-central-1:123456789012:event-bus/a/b"], &["arn:aws:sqs:x"]),
            (&NON_PARTNER_BUS, &["arn:aws:events:eu-central-1:123456789012:event-bus/a"], &["a/b"]),
            (
                &SOURCE_NAME,
                &["aws.partner/ilert.com/a", "aws.partner/ilert.com/a/b"],
                &["ilert-test", "aws.partner/ilert.com", "aws.partner/ilert.com/", "aws.partner//a"],
            ),
            (&SOURCE_PREFIX, &["aws.partner/ilert.com/", "aws.partner/ilert.com/a/b"], &["aws.partner", "x"]),
            (&ACCOUNT, &["123456789012"], &["12345678901", "12345678901x"]),
            (&ACTION, &["events:PutEvents"], &["sqs:SendMessage", "events:"]),
            (&PRINCIPAL, &["*", "123456789012"], &["**", "me"]),
            (&STATEMENT_ID, &["org-1_a"], &["a.b"]),
        ];
        for (form, good, bad) in cases {
            for text in *good {
                assert!(fits(form, text), "{text:?} fits {}", form.regex);
            }
            for text in *bad {
                assert!(!fits(form, text), "{text:?} does not fit {}", form.regex);
            }
        }
    }

    #[test]
    fn every_failure_is_named_in_one_sentence() {
        let refused = Checks::default().required("name", None, &NAME).range("limit", Some(0), (1, 100)).finish().unwrap_err();
        assert_eq!(
            refused.message,
            "2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be \
             null; Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"
        );
    }
}
