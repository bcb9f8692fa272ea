//! Patterns as text: mostly about paths and values that an event has, so that many of them match.
use super::dice::Dice;
use super::event_shapes::{NAMES, NUMBERS, TEXTS, scalar, spelled};
use super::node::Node;

/// A valid pattern near an event.
pub fn pattern(dice: &mut Dice, event: &str) -> String {
    let mut leaves = Vec::new();
    known(&Node::read(event), &mut Vec::new(), &mut leaves);
    let near = if leaves.is_empty() { 0 } else { 85 };
    if dice.percent(45) {
        // Alone, a condition shows best what it does.
        return format!("{{{}}}", if dice.percent(4) { or_as_a_name(dice) } else { field(dice, &leaves, near) });
    }
    let count = 1 + dice.below(4);
    let mut fields: Vec<String> = (0..count).map(|_| field(dice, &leaves, near)).collect();
    if dice.percent(25) {
        fields.push(either(dice, &leaves, near, 2));
    } else if dice.percent(5) {
        fields.push(or_as_a_name(dice));
    }
    format!("{{{}}}", fields.join(","))
}

/// Members that begin with reserved names make `$or` an ordinary name.
fn or_as_a_name(dice: &mut Dice) -> String {
    let plain = [r#"{"prefix":"a"},{"numeric":[">",1]},{"exists":false}"#, r#"{"exists":true},"x""#, r#"1,{"anything-but":[1]}"#];
    format!("\"$or\":[{}]", dice.pick(&plain))
}

/// Paths as names from the root, with a value found there (none for objects and empty arrays).
fn known(node: &Node, path: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, Option<Node>)>) {
    match node {
        Node::Object(fields) => {
            for (name, value) in fields {
                path.push(name.clone());
                known(value, path, leaves);
                path.pop();
            }
        }
        Node::Array(items) if !items.is_empty() => items.iter().for_each(|item| known(item, path, leaves)),
        Node::Array(_) => leaves.push((path.clone(), None)),
        value => leaves.push((path.clone(), Some(value.clone()))),
    }
}

fn field(dice: &mut Dice, leaves: &[(Vec<String>, Option<Node>)], near: usize) -> String {
    let (path, value) = if dice.percent(near) { dice.pick(leaves).clone() } else { (vec![], None) };
    let path = if path.is_empty() { (0..=dice.below(3)).map(|_| (*dice.pick(&NAMES)).to_owned()).collect() } else { path };
    let mut path = path;
    let mut conditions: Vec<String> = (0..=dice.below(2)).map(|_| condition(dice, value.as_ref())).collect();
    if dice.percent(6) {
        // The neighbour of a known name, often in the same array element.
        path.pop();
        path.push((*dice.pick(&NAMES)).to_owned());
        conditions = vec![r#"{"exists":false}"#.to_owned()];
    }
    let mut field = format!("[{}]", conditions.join(","));
    for name in respelled(dice, &path).iter().rev() {
        field = format!("{{{}:{field}}}", spelled(dice, name));
    }
    field[1..field.len() - 1].to_owned()
}

/// The same path with names joined by dots or taken apart at them; never `$or`, which could become the operator.
fn respelled(dice: &mut Dice, path: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in path {
        let name = if name == "$or" { "$or." } else { name };
        match names.last_mut() {
            Some(last) if dice.percent(20) => *last = format!("{last}.{name}"),
            _ => names.push(name.to_owned()),
        }
    }
    if dice.percent(30) {
        names = names.iter().flat_map(|name| name.split('.')).map(str::to_owned).collect();
    }
    names.into_iter().map(|name| if name == "$or" { "or".to_owned() } else { name }).collect()
}

fn either(dice: &mut Dice, leaves: &[(Vec<String>, Option<Node>)], near: usize, depth: usize) -> String {
    let members: Vec<String> = (0..2 + dice.below(2))
        .map(|_| {
            let mut fields: Vec<String> = (0..=dice.below(2)).map(|_| field(dice, leaves, near)).collect();
            if depth > 0 && dice.percent(20) {
                fields.push(either(dice, leaves, near, depth - 1));
            }
            format!("{{{}}}", fields.join(","))
        })
        .collect();
    let or = format!("\"$or\":[{}]", members.join(","));
    if dice.percent(30) { format!("\"a\":{{{or}}}") } else { or }
}

/// A condition; near a value it often holds for it.
fn condition(dice: &mut Dice, value: Option<&Node>) -> String {
    match value {
        Some(Node::Text(text)) if dice.percent(70) => about_text(dice, text),
        Some(Node::Number(number)) if dice.percent(70) => about_number(dice, number),
        Some(Node::Word(word)) if dice.percent(50) => word.clone(),
        _ => match dice.below(4) {
            0 => r#"{"exists":false}"#.to_owned(),
            1 => scalar(dice),
            2 => {
                let number = *dice.pick(&NUMBERS);
                about_number(dice, number)
            }
            _ => {
                let text: String = serde_json::from_str(&format!("\"{}\"", dice.pick(&TEXTS))).unwrap();
                about_text(dice, &text)
            }
        },
    }
}

fn about_number(dice: &mut Dice, number: &str) -> String {
    let other = *dice.pick(&NUMBERS);
    let exact = |number: &str| number.len() < 16;
    match dice.below(8) {
        0 | 1 => number.to_owned(),
        2 => format!("{{\"anything-but\":{}}}", if exact(number) { number } else { "1" }),
        3 => format!("{{\"anything-but\":[{}]}}", if exact(other) { other } else { "0.1,2" }),
        4 if exact(number) => format!("{{\"numeric\":[\"{}\",{number}]}}", dice.pick(&["=", "<", "<=", ">", ">="])),
        5 if exact(other) => format!("{{\"numeric\":[\"{}\",{other}]}}", dice.pick(&["=", "<", "<=", ">", ">="])),
        6 => {
            let (low, high) = *dice.pick(&[("-1.5", "0"), ("0", "1"), ("-1", "300"), ("1e-7", "0.1"), ("2", "123456789012")]);
            format!("{{\"numeric\":[\"{}\",{low},\"{}\",{high}]}}", dice.pick(&[">", ">="]), dice.pick(&["<", "<="]))
        }
        _ => r#"{"exists":true}"#.to_owned(),
    }
}

fn about_text(dice: &mut Dice, text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let cut = dice.below(chars.len() + 1);
    let (start, end): (String, String) = (chars[..cut].iter().collect(), chars[cut..].iter().collect());
    let json = |text: &str| serde_json::to_string(text).unwrap();
    let or_a = |text: &str| if text.is_empty() { json("a") } else { json(text) };
    let swapped: String =
        text.chars().map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect();
    match dice.below(18) {
        0 => json(text),
        1 => format!("{{\"exactly\":{}}}", json(text)),
        2 => format!("{{\"prefix\":{}}}", json(&start)),
        3 => format!("{{\"suffix\":{}}}", json(&end)),
        4 => format!("{{\"prefix\":{{\"equals-ignore-case\":{}}}}}", json(&swapped.chars().take(cut).collect::<String>())),
        5 => format!("{{\"suffix\":{{\"equals-ignore-case\":{}}}}}", json(&swapped.chars().skip(cut).collect::<String>())),
        6 if dice.percent(50) => format!("{{\"equals-ignore-case\":\"{}\"}}", dice.pick(&["ß", "SS", "ss", "ⱥ", "Ⱥ", "É", "éA", "AB"])),
        6 => format!("{{\"equals-ignore-case\":{}}}", json(&swapped)),
        7 | 8 => format!("{{\"wildcard\":{}}}", json(&wildcard(dice, &chars))),
        9 => format!("{{\"anything-but\":{}}}", json(text)),
        10 => format!("{{\"anything-but\":[{},{}]}}", json(&start), json(&end)),
        11 => format!("{{\"anything-but\":{{\"prefix\":{}}}}}", or_a(&start)),
        12 => format!("{{\"anything-but\":{{\"suffix\":[{},\"zz\"]}}}}", or_a(&end)),
        13 => format!("{{\"anything-but\":{{\"equals-ignore-case\":[{}]}}}}", json(&swapped)),
        14 => format!("{{\"anything-but\":{{\"wildcard\":{}}}}}", json(&wildcard(dice, &chars))),
        15 => {
            let block = *dice.pick(&["10.0.0.1/31", "10.0.0.77/24", "0.0.0.0/0", "::1/127", "2001:db8::/33", "::/0", "::ffff:a00:0/24"]);
            format!("{{\"cidr\":\"{block}\"}}")
        }
        16 => format!("{{\"anything-but\":{{\"wildcard\":[{},\"*z\"]}}}}", json(&wildcard(dice, &chars))),
        _ => r#"{"exists":true}"#.to_owned(),
    }
}

/// The text with some of its parts replaced by a wildcard, the rest escaped.
fn wildcard(dice: &mut Dice, chars: &[char]) -> String {
    let mut out = String::new();
    let mut starred = false;
    for c in chars {
        if dice.percent(35) && out.matches('*').count() < 3 {
            if !starred {
                out.push('*');
            }
            starred = true;
            if dice.percent(50) {
                continue;
            }
        }
        if matches!(c, '*' | '\\') {
            out.push('\\');
        }
        out.push(*c);
        starred = false;
    }
    if !starred && dice.percent(30) {
        out.push('*');
    }
    out
}
