//! Does an event match a pattern? As event-ruler documents it, step by step.
use std::collections::BTreeMap;

use super::node::Node;
use super::values::holds;

/// Names that make an object under `$or` a match expression (event-ruler, `Constants`).
const RESERVED: [&str; 25] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "html",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
];

/// Path → conditions of one alternative; the key sorts as Java sorts strings, by UTF-16 units.
type Alternative = BTreeMap<Vec<u16>, Vec<Node>>;

/// Which element of which array.
type Places = BTreeMap<usize, usize>;

struct Leaf {
    path: Vec<u16>,
    value: Node,
    places: Places,
}

pub fn matches(pattern: &str, event: &str) -> bool {
    let Node::Object(fields) = Node::read(pattern) else { panic!("a pattern is an object") };
    let mut alternatives = vec![Alternative::new()];
    collect(&fields, None, &mut alternatives);
    let mut flat = Flat { leaves: Vec::new(), arrays: 0 };
    flat.add(&Node::read(event), None, &Places::new());
    alternatives.iter().any(|alternative| {
        let fields: Vec<_> = alternative.iter().collect();
        fulfils(&fields, &flat.leaves, &Places::new())
    })
}

/// Adds the fields of an object to every alternative; of equal paths the last counts.
fn collect(fields: &[(String, Node)], above: Option<&str>, alternatives: &mut Vec<Alternative>) {
    for (name, value) in fields {
        let path = join(above, name);
        match value {
            Node::Array(members) if name == "$or" && is_or(members) => {
                let before = std::mem::take(alternatives);
                for member in members {
                    let Node::Object(fields) = member else { unreachable!("is_or has looked") };
                    let mut with_member = before.clone();
                    collect(fields, above, &mut with_member);
                    alternatives.extend(with_member);
                }
            }
            Node::Array(conditions) => {
                let key: Vec<u16> = path.encode_utf16().collect();
                alternatives.iter_mut().for_each(|alternative| drop(alternative.insert(key.clone(), conditions.clone())));
            }
            Node::Object(fields) => collect(fields, Some(&path), alternatives),
            other => panic!("{other:?} cannot be a field of a pattern"),
        }
    }
}

pub fn is_or(members: &[Node]) -> bool {
    let plain = |member: &Node| match member {
        Node::Object(fields) => fields.iter().all(|(name, _)| !RESERVED.contains(&name.as_str())),
        _ => false,
    };
    members.len() >= 2 && members.iter().all(plain)
}

fn join(above: Option<&str>, name: &str) -> String {
    above.map_or_else(|| name.to_owned(), |above| format!("{above}.{name}"))
}

struct Flat {
    leaves: Vec<Leaf>,
    arrays: usize,
}

impl Flat {
    fn add(&mut self, node: &Node, path: Option<&str>, places: &Places) {
        match node {
            Node::Object(fields) => {
                for (at, (name, value)) in fields.iter().enumerate() {
                    // Of a name given twice in one object of the event the last counts, as in a parsed tree.
                    if fields[at + 1..].iter().all(|(later, _)| later != name) {
                        self.add(value, Some(&join(path, name)), places);
                    }
                }
            }
            Node::Array(items) => self.add_items(items, path, places),
            value => {
                let path = path.expect("an event is an object").encode_utf16().collect();
                self.leaves.push(Leaf { path, value: value.clone(), places: places.clone() });
            }
        }
    }

    /// Objects and arrays know their element; a plain value in an array belongs to what the array belongs to.
    fn add_items(&mut self, items: &[Node], path: Option<&str>, places: &Places) {
        let array = self.arrays;
        self.arrays += 1;
        for (index, item) in items.iter().enumerate() {
            let mut inside = places.clone();
            if matches!(item, Node::Object(_) | Node::Array(_)) {
                inside.insert(array, index);
            }
            self.add(item, path, &inside);
        }
    }
}

/// Whether the remaining fields can be fulfilled by leaves that are consistent with the elements chosen so far.
fn fulfils(fields: &[(&Vec<u16>, &Vec<Node>)], leaves: &[Leaf], chosen: &Places) -> bool {
    let Some(((path, conditions), rest)) = fields.split_first() else { return true };
    let here: Vec<&Leaf> = leaves.iter().filter(|leaf| leaf.path == **path && consistent(&leaf.places, chosen)).collect();
    conditions.iter().any(|condition| {
        if is_absence(condition) {
            return here.is_empty() && fulfils(rest, leaves, chosen);
        }
        here.iter().any(|leaf| holds(condition, &leaf.value) && fulfils(rest, leaves, &joined(chosen, &leaf.places)))
    })
}

fn is_absence(condition: &Node) -> bool {
    matches!(condition, Node::Object(fields) if fields[0] == ("exists".to_owned(), Node::Word("false".to_owned())))
}

fn consistent(places: &Places, chosen: &Places) -> bool {
    places.iter().all(|(array, index)| chosen.get(array).is_none_or(|other| other == index))
}

fn joined(one: &Places, other: &Places) -> Places {
    one.iter().chain(other).map(|(array, index)| (*array, *index)).collect()
}
