//! `X-Amz-Date`.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::SignatureError;

const FORM: &str = "%Y%m%dT%H%M%SZ";

/// Milliseconds since 1970 of `20261123T150000Z`.
pub(super) fn parse(text: &str) -> Result<i64, SignatureError> {
    let wrong = || {
        SignatureError::Incomplete(format!(
            "Date must be in ISO-8601 'basic format'. Got '{text}'. See http://en.wikipedia.org/wiki/ISO_8601"
        ))
    };
    let civil = DateTime::strptime(FORM, text).map_err(|_| wrong())?;
    TimeZone::UTC.to_timestamp(civil).map(Timestamp::as_millisecond).map_err(|_| wrong())
}

/// The client's clock is near enough.
pub(super) fn check(text: &str, signed_ms: i64, now_ms: i64, skew_ms: i64) -> Result<(), SignatureError> {
    let minutes = skew_ms / 60_000;
    if signed_ms < now_ms - skew_ms {
        return Err(SignatureError::Skew(format!(
            "Signature expired: {text} is now earlier than {} ({} - {minutes} min.)",
            format(now_ms - skew_ms),
            format(now_ms),
        )));
    }
    if signed_ms > now_ms + skew_ms {
        return Err(SignatureError::Skew(format!(
            "Signature not yet current: {text} is still later than {} ({} + {minutes} min.)",
            format(now_ms + skew_ms),
            format(now_ms),
        )));
    }
    Ok(())
}

fn format(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map(|time| time.strftime(FORM).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_to_the_second() {
        assert_eq!(parse("19700101T000001Z"), Ok(1000));
        for wrong in ["", "20261123", "2026-11-23T15:00:00Z", "20261323T150000Z", "20261123T150000"] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn fifteen_minutes_off_are_allowed_and_no_more() {
        let (text, signed) = ("20261123T150000Z", parse("20261123T150000Z").unwrap());
        let skew = 15 * 60_000;
        for (now, fine) in [(signed + skew, true), (signed - skew, true), (signed + skew + 1, false), (signed - skew - 1, false)] {
            assert_eq!(check(text, signed, now, skew).is_ok(), fine, "{}", now - signed);
        }
    }
}
