use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The addresses of a `cidr` condition; bits behind the mask do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AddressRange {
    source: String,
    network: IpAddr,
    bits: u32,
}

/// Why a `cidr` text is refused, in event-ruler's words (AWS gives no position).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AddressError {
    #[error("Malformed CIDR, one '/' required")]
    Slash,
    #[error("Malformed CIDR, mask bits must be an integer")]
    MaskNotInteger,
    #[error("Malformed CIDR, mask bits must not be negative")]
    MaskNegative,
    #[error("Nonstandard IP address: {0}")]
    NotAnAddress(String),
    #[error("Invalid IP address: {0}")]
    Invalid(String),
    #[error("IPv{version} mask bits must be < {width}")]
    MaskTooLong { version: u8, width: u32 },
}

impl AddressRange {
    pub(crate) fn parse(source: &str) -> Result<Self, AddressError> {
        // Slashes at the end do not count: Java's split drops empty pieces there.
        let (address, bits) = source.trim_end_matches('/').split_once('/').ok_or(AddressError::Slash)?;
        if bits.contains('/') {
            return Err(AddressError::Slash);
        }
        let bits: i32 = bits.parse().map_err(|_| AddressError::MaskNotInteger)?;
        let bits = u32::try_from(bits).map_err(|_| AddressError::MaskNegative)?;
        let network = match (looks_like_address(address), parse_address(address)) {
            (_, Some(network)) => network,
            (true, None) => return Err(AddressError::Invalid(address.to_owned())),
            (false, None) => return Err(AddressError::NotAnAddress(address.to_owned())),
        };
        let (version, width) = if network.is_ipv4() { (4, 32) } else { (6, 128) };
        if bits >= width {
            return Err(AddressError::MaskTooLong { version, width });
        }
        Ok(Self { source: source.to_owned(), network, bits })
    }

    pub(crate) fn is_ipv6(&self) -> bool {
        self.network.is_ipv6()
    }

    /// The first and the last address as whole numbers.
    pub(crate) fn ends(&self) -> (u128, u128) {
        let (address, width) = match self.network {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
            IpAddr::V6(address) => (address.to_bits(), 128),
        };
        let behind_mask = u128::MAX.checked_shr(128 - (width - self.bits)).unwrap_or(0);
        (address & !behind_mask, address | behind_mask)
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match (self.network, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same_start(a.to_bits().into(), b.to_bits().into(), 32 - self.bits),
            (IpAddr::V6(a), IpAddr::V6(b)) => same_start(a.to_bits(), b.to_bits(), 128 - self.bits),
            _ => false,
        }
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

fn same_start(a: u128, b: u128, free_bits: u32) -> bool {
    let start = |address: u128| address.checked_shr(free_bits).unwrap_or(0);
    start(a) == start(b)
}

fn looks_like_v4(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.split('.').count() == 4 && text.split('.').all(digits)
}

fn looks_like_address(text: &str) -> bool {
    let v6 = text.contains(':') && text.bytes().all(|b| b == b':' || b.is_ascii_hexdigit());
    v6 || looks_like_v4(text)
}

/// Reads a literal IP address as event-ruler does: decimal leading zeroes count for nothing, an IPv4 address mapped into
/// IPv6 is that IPv4 address.
pub(crate) fn parse_address(text: &str) -> Option<IpAddr> {
    if looks_like_v4(text) {
        let mut octets = [0; 4];
        for (octet, part) in octets.iter_mut().zip(text.split('.')) {
            *octet = part.parse().ok()?;
        }
        return Some(IpAddr::V4(Ipv4Addr::from(octets)));
    }
    if !looks_like_address(text) {
        return None;
    }
    let address: Ipv6Addr = text.parse().ok()?;
    Some(address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4))
}
