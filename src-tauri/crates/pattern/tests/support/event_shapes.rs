//! Events as text: deep, full of arrays, with dotted, repeated and empty names.
use super::dice::Dice;

/// `a-` sorts before `a.` and so pulls the order of paths apart from the order of objects; 😀 sorts before U+E000 in UTF-16
/// only.
pub const NAMES: [&str; 14] = ["a", "a", "b", "b", "c", "a.b", "b.c", "a-", "a.b.c", "é", "", "$or", "a😀", "a\u{E000}"];

/// Texts that meet each other in prefixes, cases, wildcards and addresses.
pub const TEXTS: [&str; 46] = [
    "",
    "a",
    "ab",
    "aba",
    "abab",
    "b",
    "ba",
    "A",
    "AB",
    "aB",
    "x",
    "a*b",
    "*",
    "*a*",
    "a/b",
    "\\n\\u0000",
    "\\\\",
    "a\\\\b",
    "\\\"",
    "é",
    "É",
    "éa",
    "ß",
    "SS",
    "ss",
    "ⱥ",
    "Ⱥ",
    "😀",
    "😀a",
    "1",
    "true",
    "null",
    "10.0.0.1",
    "010.0.0.1",
    "10.0.0.255",
    "10.0.1.0",
    "10.0.0",
    "::1",
    "0:0:0:0:0:0:0:1",
    "::ffff:a00:1",
    "::FFFF:0A00:0001",
    "2001:db8::1",
    "2001:db8:8000::1",
    "2001:DB8:0::0001",
    "08:23",
    "256.0.0.1",
];

/// Equal numbers in several spellings, neighbours, and integers that doubles cannot tell apart.
pub const NUMBERS: [&str; 32] = [
    "0",
    "-0",
    "0.0",
    "-0.0",
    "1",
    "1.0",
    "1e0",
    "10e-1",
    "2",
    "2.5",
    "-1",
    "-1.5",
    "300",
    "300.0",
    "3E2",
    "0.1",
    "1e-5",
    "0.00001",
    "5e9",
    "5000000000.0",
    "5000000000.000001",
    "-5.0e9",
    "-5000000000",
    "-4999999999.9",
    "1e-7",
    "1e308",
    "123456789012",
    "9007199254740992",
    "9007199254740993",
    "18446744073709551615",
    "-9007199254740993",
    "4.0",
];

pub fn scalar(dice: &mut Dice) -> String {
    match dice.below(10) {
        0..5 => {
            let text = dice.pick(&TEXTS);
            spelled(dice, text)
        }
        5..8 => (*dice.pick(&NUMBERS)).to_owned(),
        _ => (*dice.pick(&["true", "false", "null"])).to_owned(),
    }
}

/// A text, given as it stands between quotes, as JSON; now and then with more escapes than it needs.
pub fn spelled(dice: &mut Dice, inside: &str) -> String {
    let plain = format!("\"{inside}\"");
    if dice.percent(85) {
        return plain;
    }
    let text: String = serde_json::from_str(&plain).unwrap();
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '/' if dice.percent(50) => out.push_str("\\/"),
            c if dice.percent(50) || c.is_control() || matches!(c, '"' | '\\') => {
                let upper = dice.percent(50);
                let unit = |unit: &u16| if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
                out.extend(c.encode_utf16(&mut [0; 2]).iter().map(unit));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

pub fn event(dice: &mut Dice) -> String {
    let mut event = object(dice, 5);
    if dice.percent(4) {
        for _ in 0..20 + dice.below(20) {
            event = match dice.below(4) {
                0 => format!("[{event}]"),
                1 => format!("[{{}},{event},{{\"b\":1}}]"),
                _ => format!("{{\"a\":{event}}}"),
            };
        }
        event = format!("{{\"a\":{event},\"b\":{}}}", scalar(dice));
    }
    event
}

fn object(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 {
        return "{}".to_owned();
    }
    let mut fields: Vec<String> = Vec::new();
    for _ in 0..dice.below(4) + usize::from(depth == 5) {
        let name = dice.pick(&NAMES);
        fields.push(format!("{}:{}", spelled(dice, name), value(dice, depth - 1)));
    }
    format!("{{{}}}", fields.join(","))
}

fn value(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 {
        return scalar(dice);
    }
    match dice.below(10) {
        0..3 => scalar(dice),
        3..6 => object(dice, depth),
        6..9 => array(dice, depth, 70),
        _ => array(dice, depth, 20),
    }
}

fn array(dice: &mut Dice, depth: usize, objects: usize) -> String {
    let mut items: Vec<String> = Vec::new();
    for _ in 0..dice.below(4) {
        items.push(if dice.percent(objects) {
            object(dice, depth - 1)
        } else if depth > 1 && dice.percent(30) {
            array(dice, depth - 1, objects)
        } else {
            scalar(dice)
        });
    }
    format!("[{}]", items.join(","))
}
