//! How the value of a condition is compared with what the request carries.

use std::cmp::Ordering;
use std::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::glob;

/// Which order of request and policy fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Same,
    Less,
    LessOrSame,
    Greater,
    GreaterOrSame,
}

impl Order {
    /// The order of a name's end, as in `NumericLessThan`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Equals" => Self::Same,
            "LessThan" => Self::Less,
            "LessThanEquals" => Self::LessOrSame,
            "GreaterThan" => Self::Greater,
            "GreaterThanEquals" => Self::GreaterOrSame,
            _ => return None,
        })
    }

    fn fits(self, order: Ordering) -> bool {
        match self {
            Self::Same => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::LessOrSame => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrSame => order.is_ge(),
        }
    }
}

/// How a value is compared (IAM user guide, condition operators).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    EqualIgnoringCase,
    Like,
    Arn,
    /// `Bool`: `true` or `false`, in any case.
    Truth,
    Number(Order),
    Date(Order),
    /// An address in a range.
    Address,
}

impl Comparison {
    /// Whether what the request carries fits what the policy wants; unreadable values never do.
    pub(super) fn fits(self, wanted: &str, actual: &str) -> bool {
        match self {
            Self::Equal => wanted == actual,
            Self::EqualIgnoringCase | Self::Truth => wanted.eq_ignore_ascii_case(actual),
            Self::Like => glob::fits(wanted, actual),
            Self::Arn => glob::arn_fits(wanted, actual),
            Self::Number(order) => both(number, actual, wanted).and_then(|(a, w)| a.partial_cmp(&w)).is_some_and(|o| order.fits(o)),
            Self::Date(order) => both(time, actual, wanted).is_some_and(|(a, w)| order.fits(a.cmp(&w))),
            Self::Address => range(wanted).zip(actual.parse().ok()).is_some_and(|(range, address)| range.holds(address)),
        }
    }
}

fn both<T>(read: impl Fn(&str) -> Option<T>, actual: &str, wanted: &str) -> Option<(T, T)> {
    Some((read(actual)?, read(wanted)?))
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Seconds since 1970, or a date and time of ISO 8601.
fn time(text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse() {
        return Timestamp::from_second(seconds).ok();
    }
    let midnight = || TimeZone::UTC.to_timestamp(text.parse::<Date>().ok()?.at(0, 0, 0, 0)).ok();
    text.parse().ok().or_else(midnight)
}

struct Range {
    network: IpAddr,
    bits: u32,
}

impl Range {
    fn holds(&self, address: IpAddr) -> bool {
        match (self.network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => same_start(network.to_bits(), address.to_bits(), self.bits),
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let differing = (network.to_bits() ^ address.to_bits()).checked_shr(128 - self.bits).unwrap_or(0);
                differing == 0
            }
            _ => false,
        }
    }
}

fn same_start(network: u32, address: u32, bits: u32) -> bool {
    (network ^ address).checked_shr(32 - bits).unwrap_or(0) == 0
}

/// `10.0.0.0/8`, or one address.
fn range(text: &str) -> Option<Range> {
    let (network, bits) = text.split_once('/').map_or((text, None), |(network, bits)| (network, Some(bits)));
    let network: IpAddr = network.parse().ok()?;
    let most = if network.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(most), |bits| bits.parse().ok()).filter(|&bits| bits <= most)?;
    Some(Range { network, bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_ordered_by_value() {
        for (comparison, wanted, actual, fits) in [
            (Comparison::Number(Order::Same), "10", "10.0", true),
            (Comparison::Number(Order::Less), "10", "9", true),
            (Comparison::Number(Order::Less), "10", "10", false),
            (Comparison::Number(Order::GreaterOrSame), "10", "10", true),
            (Comparison::Number(Order::Same), "ten", "10", false),
            (Comparison::Date(Order::Less), "2026-01-02T00:00:00Z", "2026-01-01T23:59:59Z", true),
            (Comparison::Date(Order::Greater), "2026-01-02T00:00:00Z", "2026-01-02T01:00:00+02:00", false),
            (Comparison::Date(Order::GreaterOrSame), "2026-01-02", "2026-01-02T00:00:00Z", true),
            (Comparison::Date(Order::LessOrSame), "1767312000", "2026-01-02T00:00:00Z", true),
            (Comparison::Date(Order::Same), "soon", "2026-01-02T00:00:00Z", false),
        ] {
            assert_eq!(comparison.fits(wanted, actual), fits, "{comparison:?} {wanted} for {actual}");
        }
    }

    #[test]
    fn an_address_lies_in_its_range() {
        for (wanted, actual, fits) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("0.0.0.0/0", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1/32", "127.0.0.2", false),
            ("::/0", "::1", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("10.0.0.0/8", "::1", false),
            ("10.0.0.0/33", "10.0.0.0", false),
            ("here", "10.0.0.0", false),
        ] {
            assert_eq!(Comparison::Address.fits(wanted, actual), fits, "{actual} in {wanted}");
        }
    }
}
