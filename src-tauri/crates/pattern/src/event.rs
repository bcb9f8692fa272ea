use std::collections::HashMap;

use serde_json::Value;

use crate::paths::Paths;

/// An element of an array: which array of the event, and which index.
pub(crate) type Element = (u32, u32);

/// A leaf value and the array elements that it lies in, outermost first.
///
/// A scalar that is itself an array element does not count as lying in that element: `{"a": ["x", "y"]}` has two values
/// at `a` that go together with everything.
#[derive(Debug, Clone)]
pub(crate) struct Leaf<'e> {
    pub(crate) value: &'e Value,
    pub(crate) elements: Vec<Element>,
}

/// An event as leaf values by dotted path, in the order of the event.
///
/// Objects and empty arrays leave no trace, so a path that names one has no value.
#[derive(Debug, Default)]
pub(crate) struct FlatEvent<'e> {
    /// Anything but an object matches nothing, not even what asks for absence.
    object: bool,
    leaves: HashMap<String, Vec<Leaf<'e>>>,
}

/// A value on the way to its leaves.
struct Pending<'e> {
    value: &'e Value,
    path: String,
    elements: Vec<Element>,
}

impl<'e> FlatEvent<'e> {
    /// Flattens an event as far as the paths ask for it; anything but an object has no leaves.
    pub(crate) fn new(event: &'e Value, wanted: &Paths) -> Self {
        let mut flat = Self::default();
        let Value::Object(fields) = event else { return flat };
        flat.object = true;
        let child = |(name, value): (&String, &'e Value)| Pending { value, path: name.clone(), elements: Vec::new() };
        let mut pending: Vec<Pending<'e>> = fields.iter().map(child).rev().collect();
        let mut arrays = 0;
        // A stack of its own instead of recursion: events may be 1000 levels deep.
        while let Some(next) = pending.pop() {
            match next.value {
                Value::Object(fields) if wanted.any_below(&next.path) => {
                    pending.extend(fields.iter().rev().map(|(name, value)| Pending {
                        value,
                        path: format!("{}.{name}", next.path),
                        elements: next.elements.clone(),
                    }));
                }
                Value::Array(items) if wanted.contains(&next.path) || wanted.any_below(&next.path) => {
                    pending.extend(elements(items, arrays, &next));
                    arrays += 1;
                }
                Value::Object(_) | Value::Array(_) => {}
                leaf if wanted.contains(&next.path) => {
                    flat.leaves.entry(next.path).or_default().push(Leaf { value: leaf, elements: next.elements });
                }
                _ => {}
            }
        }
        flat
    }

    pub(crate) fn is_object(&self) -> bool {
        self.object
    }

    /// The leaf values at a path; empty when the path has none.
    pub(crate) fn at(&self, path: &str) -> &[Leaf<'e>] {
        self.leaves.get(path).map_or(&[], Vec::as_slice)
    }
}

fn elements<'e>(items: &'e [Value], array: u32, parent: &Pending<'e>) -> impl Iterator<Item = Pending<'e>> {
    items.iter().enumerate().rev().map(move |(index, value)| {
        let mut elements = parent.elements.clone();
        if value.is_object() || value.is_array() {
            elements.push((array, u32::try_from(index).unwrap_or(u32::MAX)));
        }
        Pending { value, path: parent.path.clone(), elements }
    })
}
