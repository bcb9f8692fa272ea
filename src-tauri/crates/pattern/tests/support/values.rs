//! Does a value meet one condition?
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::node::Node;

/// Anything but `{"exists": false}`, which is about no value.
pub fn holds(condition: &Node, value: &Node) -> bool {
    match (condition, value) {
        (Node::Text(wanted), Node::Text(text)) => match address(wanted) {
            Some(wanted) => address(text) == Some(wanted),
            None => wanted == text,
        },
        (Node::Number(wanted), Node::Number(number)) => {
            wanted == number || (comparable(wanted).is_some() && comparable(wanted) == comparable(number))
        }
        (Node::Word(wanted), Node::Word(word)) => wanted == word,
        (Node::Object(fields), value) => operator(&fields[0].0, &fields[0].1, value),
        _ => false,
    }
}

fn operator(name: &str, operand: &Node, value: &Node) -> bool {
    match (name, operand, value) {
        ("exists", _, _) => true,
        ("anything-but", operand, value) => anything_but(operand, value),
        ("numeric", Node::Array(terms), Node::Number(number)) => comparable(number).is_some_and(|n| in_range(terms, n)),
        ("cidr", Node::Text(block), Node::Text(text)) => in_block(block, text),
        ("exactly", Node::Text(wanted), Node::Text(text)) => wanted == text,
        (name, operand, Node::Text(text)) => about_text(name, operand, text),
        _ => false,
    }
}

fn about_text(name: &str, operand: &Node, text: &str) -> bool {
    match (name, operand) {
        ("prefix", Node::Text(start)) => text.starts_with(start.as_str()),
        ("suffix", Node::Text(end)) => text.ends_with(end.as_str()),
        ("prefix", Node::Object(fields)) => pieces(text).any(|(start, _)| about_text("equals-ignore-case", &fields[0].1, start)),
        ("suffix", Node::Object(fields)) => pieces(text).any(|(_, end)| about_text("equals-ignore-case", &fields[0].1, end)),
        ("equals-ignore-case", Node::Text(wanted)) => equals_ignore_case(wanted, text),
        ("wildcard", Node::Text(wildcard)) => wild(&tokens(wildcard), text),
        _ => false,
    }
}

/// All ways to cut a text in two.
fn pieces(text: &str) -> impl Iterator<Item = (&str, &str)> {
    (0..=text.len()).filter(|at| text.is_char_boundary(*at)).map(|at| text.split_at(at))
}

/// A character of the pattern stands for its lower and its upper case.
fn equals_ignore_case(wanted: &str, text: &str) -> bool {
    let Some(c) = wanted.chars().next() else { return text.is_empty() };
    let rest = &wanted[c.len_utf8()..];
    let cases = [c.to_lowercase().collect::<String>(), c.to_uppercase().collect::<String>()];
    cases.iter().any(|case| text.strip_prefix(case.as_str()).is_some_and(|text| equals_ignore_case(rest, text)))
}

/// `None` is the wildcard.
fn tokens(wildcard: &str) -> Vec<Option<char>> {
    let mut chars = wildcard.chars();
    let mut tokens = Vec::new();
    while let Some(c) = chars.next() {
        tokens.push(match c {
            '*' => None,
            '\\' => Some(chars.next().unwrap()),
            c => Some(c),
        });
    }
    tokens
}

fn wild(tokens: &[Option<char>], text: &str) -> bool {
    match tokens.split_first() {
        None => text.is_empty(),
        Some((None, rest)) => pieces(text).any(|(_, end)| wild(rest, end)),
        Some((Some(c), rest)) => text.strip_prefix(*c).is_some_and(|text| wild(rest, text)),
    }
}

fn anything_but(operand: &Node, value: &Node) -> bool {
    match operand {
        Node::Array(items) => items.iter().all(|item| anything_but(item, value)),
        Node::Text(text) => *value != Node::Text(text.clone()),
        Node::Number(_) => !holds(operand, value),
        Node::Object(fields) => {
            let (name, operand) = &fields[0];
            let Node::Text(text) = value else { return true };
            match operand {
                Node::Array(items) => items.iter().all(|item| !about_text(name, item, text)),
                item => !about_text(name, item, text),
            }
        }
        Node::Word(_) => panic!("refused before"),
    }
}

fn in_range(terms: &[Node], number: f64) -> bool {
    terms.chunks(2).all(|term| {
        let [Node::Text(operator), Node::Number(bound)] = term else { panic!("refused before") };
        let bound = comparable(bound).unwrap();
        match operator.as_str() {
            "=" => number == bound,
            "<" => number < bound,
            "<=" => number <= bound,
            ">" => number > bound,
            _ => number >= bound,
        }
    })
}

/// The double that a number is, unless a double cannot say it (event-ruler, `ComparableNumber`).
fn comparable(spelled: &str) -> Option<f64> {
    let number: f64 = spelled.parse().unwrap();
    (number.is_finite() && decimal(spelled) == decimal(&format!("{number:e}"))).then_some(number)
}

/// Sign, digits without zeros around them, and the power of ten of the last digit.
fn decimal(spelled: &str) -> (bool, String, i64) {
    let lower = spelled.to_lowercase();
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let (negative, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let exponent: i64 = exponent.parse::<i64>().unwrap() - i64::try_from(fraction.len()).unwrap();
    let short = digits.trim_end_matches('0');
    if short.trim_start_matches('0').is_empty() {
        return (false, String::new(), 0);
    }
    let dropped = i64::try_from(digits.len() - short.len()).unwrap();
    (negative, short.trim_start_matches('0').to_owned(), exponent + dropped)
}

/// An address in any spelling; zeroes before a number do not count, and an IPv4-mapped address is that IPv4 address, as
/// in Java's `InetAddress`.
fn address(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        let address: Ipv6Addr = (!text.contains('.')).then(|| text.parse().ok())??;
        return Some(address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4));
    }
    let short = |part: &str| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        digits => digits.to_owned(),
    };
    let short: Vec<String> = text.split('.').map(short).collect();
    short.join(".").parse::<Ipv4Addr>().ok().map(IpAddr::V4)
}

fn bits(address: IpAddr) -> (u32, u128) {
    match address {
        IpAddr::V4(address) => (32, u128::from(u32::from(address))),
        IpAddr::V6(address) => (128, u128::from(address)),
    }
}

fn in_block(block: &str, text: &str) -> bool {
    let (base, mask) = block.split_once('/').unwrap();
    let (Some(base), Some(address)) = (address(base), address(text)) else { return false };
    let ((length, base), (other, address)) = (bits(base), bits(address));
    let free = length - mask.parse::<u32>().unwrap();
    length == other && base.checked_shr(free).unwrap_or(0) == address.checked_shr(free).unwrap_or(0)
}
