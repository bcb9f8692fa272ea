//! Numbers and times as typed on the command line or in the window.

use waybill_domain::{EventType, EventTypes, Invalid};

/// Most events of one run.
const MOST_EVENTS: u64 = 1_000_000;

/// Most requests that are open at once.
const MOST_PUBLISHERS: u32 = 64;

/// Event types: `all`, or names with commas between them.
pub(crate) fn event_types(text: &str) -> Result<Vec<EventType>, Invalid> {
    Ok(text.parse::<EventTypes>()?.as_slice().to_vec())
}

/// A number of events: 1 to 1,000,000.
pub(crate) fn count(text: &str) -> Result<u64, Invalid> {
    let refuse = || Invalid::new("Events", format!("`{text}` is not a number of events from 1 to {MOST_EVENTS}"));
    text.trim().parse().ok().filter(|count| (1..=MOST_EVENTS).contains(count)).ok_or_else(refuse)
}

/// A rate: `10`, `2.5/s`.
pub(crate) fn rate(text: &str) -> Result<f64, Invalid> {
    let refuse = || Invalid::new("Rate", format!("`{text}` is not a rate such as 10/s; it lies above 0 and at most 100000"));
    let number = text.trim().strip_suffix("/s").unwrap_or(text.trim());
    number.trim().parse().ok().filter(|rate: &f64| *rate > 0.0 && *rate <= 100_000.0).ok_or_else(refuse)
}

/// A number of requests that are open at once: 1 to 64.
pub(crate) fn publishers(text: &str) -> Result<u32, Invalid> {
    let refuse = || Invalid::new("Publishers", format!("`{text}` is not a number of publishers from 1 to {MOST_PUBLISHERS}"));
    text.trim().parse().ok().filter(|publishers| (1..=MOST_PUBLISHERS).contains(publishers)).ok_or_else(refuse)
}

/// A time: `30s`, `1500ms`, `2m`, or bare seconds; from 1 ms to 1 hour, as milliseconds.
pub(crate) fn timeout(text: &str) -> Result<i64, Invalid> {
    let refuse = || Invalid::new("Timeout", format!("`{text}` is not a time such as 30s, 1500ms or 2m; it lies between 1ms and 60m"));
    let text_trimmed = text.trim();
    let (number, unit) = match text_trimmed.find(|c: char| c.is_ascii_alphabetic()) {
        Some(at) => text_trimmed.split_at(at),
        None => (text_trimmed, "s"),
    };
    let factor = match unit {
        "ms" => 1.0,
        "s" => 1000.0,
        "m" => 60_000.0,
        _ => return Err(refuse()),
    };
    let millis = number.trim().parse::<f64>().map_err(|_| refuse())? * factor;
    if (1.0..=3_600_000.0).contains(&millis) { Ok(millis as i64) } else { Err(refuse()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_unit() {
        for (text, millis) in [("30s", 30_000), ("1500ms", 1500), ("2m", 120_000), ("5", 5000), ("0.5s", 500), (" 1 s ", 1000)] {
            assert_eq!(timeout(text), Ok(millis), "{text:?}");
        }
        for wrong in ["", "soon", "0s", "-1s", "61m", "5h", "s", "NaNs"] {
            assert_eq!(timeout(wrong).unwrap_err().field, "Timeout", "{wrong:?}");
        }
    }

    #[test]
    fn rates_and_counts_have_bounds() {
        assert_eq!((rate("10/s"), rate("2.5"), count("3000")), (Ok(10.0), Ok(2.5), Ok(3000)));
        for wrong in ["", "0", "-3", "fast", "inf", "NaN", "1/m"] {
            assert_eq!(rate(wrong).unwrap_err().field, "Rate", "{wrong:?}");
        }
        for wrong in ["", "0", "-1", "1.5", "1000001", "many"] {
            assert_eq!(count(wrong).unwrap_err().field, "Events", "{wrong:?}");
        }
    }

    #[test]
    fn publishers_have_bounds() {
        assert_eq!((publishers("1"), publishers(" 64 ")), (Ok(1), Ok(64)));
        for wrong in ["", "0", "-1", "65", "many"] {
            assert_eq!(publishers(wrong).unwrap_err().field, "Publishers", "{wrong:?}");
        }
    }

    #[test]
    fn event_types_are_all_or_named() {
        assert_eq!(event_types("all").unwrap().len(), 9);
        assert_eq!(event_types("").unwrap_err().field, "Event types");
    }
}
