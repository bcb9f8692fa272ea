use serde_json::Value;

use super::{Element, Leaves, MAX_ELEMENTS, Scalar};
use crate::wanted::{NodeId, Wanted};

/// A value on the way to its leaves.
struct Pending<'e> {
    value: &'e Value,
    node: NodeId,
    chain: Vec<Element>,
}

/// The wanted leaves of an event that is at hand as a tree, and the value behind each; none for anything but
/// an object, and for values in too many array elements.
pub(crate) fn leaves_of_tree<'e>(event: &'e Value, wanted: &Wanted) -> Option<(Leaves<'e>, Vec<&'e Value>)> {
    let fields = event.as_object()?;
    let (mut leaves, mut values) = (Leaves::new(wanted.fields()), Vec::new());
    let child = |node: NodeId, name: &str, value: &'e Value, chain: &[Element]| {
        let step = wanted.step(node, name.as_bytes(), 0..name.len());
        step.map(|step| Pending { value, node: step.node, chain: chain.to_vec() })
    };
    let mut pending: Vec<Pending<'e>> = fields.iter().rev().filter_map(|(name, value)| child(Wanted::ROOT, name, value, &[])).collect();
    let mut kept: usize = 0;
    // A stack of its own instead of recursion: events may be 1000 levels deep.
    while let Some(next) = pending.pop() {
        match next.value {
            Value::Object(fields) => {
                pending.extend(fields.iter().rev().filter_map(|(name, value)| child(next.node, name, value, &next.chain)));
            }
            Value::Array(items) => {
                let nested = items.iter().filter(|item| item.is_object() || item.is_array()).count();
                kept = kept.saturating_add(nested.saturating_mul(next.chain.len() + 1));
                if kept > MAX_ELEMENTS {
                    return None;
                }
                pending.extend(elements(items, leaves.new_array(), &next));
            }
            value => {
                if let (Some(field), Some(scalar)) = (wanted.field(next.node), Scalar::of(value)) {
                    *leaves.place(field, &next.chain) = scalar;
                    values.push(value);
                }
            }
        }
    }
    Some((leaves, values))
}

fn elements<'e>(items: &'e [Value], array: u32, parent: &Pending<'e>) -> impl Iterator<Item = Pending<'e>> {
    items.iter().enumerate().rev().map(move |(index, value)| {
        let mut chain = parent.chain.clone();
        if value.is_object() || value.is_array() {
            chain.push((array, u32::try_from(index).unwrap_or(u32::MAX)));
        }
        Pending { value, node: parent.node, chain }
    })
}
