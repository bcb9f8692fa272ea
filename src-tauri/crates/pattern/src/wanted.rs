//! The dotted paths that patterns name, as a tree along which an event is read.

/// A path that some pattern names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FieldId(u32);

impl FieldId {
    /// Fields are numbered from 0.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place in the tree: the start of some wanted path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

#[derive(Debug, Clone, Default)]
struct Node {
    /// The path that ends here.
    field: Option<FieldId>,
    /// By length, first bytes and name.
    children: Vec<Child>,
}

#[derive(Debug, Clone)]
struct Child {
    key: (usize, u64),
    name: Box<[u8]>,
    node: NodeId,
}

/// Wanted paths, cut at their dots.
///
/// Names of an event are cut at their dots, too, so that it does not matter whether it spells `a.b` dotted or nested.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    nodes: Vec<Node>,
    fields: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], fields: 0 }
    }
}

impl Wanted {
    /// Where every event begins.
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// How many paths are wanted.
    pub(crate) fn fields(&self) -> usize {
        self.fields
    }

    /// Adds a path unless it is known.
    pub(crate) fn add(&mut self, path: &str) -> FieldId {
        let node = path.split('.').fold(Self::ROOT, |node, name| self.child_or_new(node, name.as_bytes()));
        let next = FieldId(u32::try_from(self.fields).expect("patterns are shorter than 4 GiB"));
        let field = &mut self.nodes[node.0 as usize].field;
        if field.is_none() {
            *field = Some(next);
            self.fields += 1;
        }
        field.unwrap_or(next)
    }

    /// The path that ends at a node.
    pub(crate) fn field(&self, node: NodeId) -> Option<FieldId> {
        self.nodes[node.0 as usize].field
    }

    /// Follows a name of an event, dotted or not; none when nothing there is wanted.
    pub(crate) fn step(&self, node: NodeId, name: &[u8]) -> Option<NodeId> {
        match self.child(node, name, key_of(name)) {
            None if name.contains(&b'.') => {
                name.split(|byte| *byte == b'.').try_fold(node, |node, name| self.child(node, name, key_of(name)))
            }
            child => child,
        }
    }

    fn child(&self, node: NodeId, name: &[u8], key: (usize, u64)) -> Option<NodeId> {
        let children = &self.nodes[node.0 as usize].children;
        children.binary_search_by(|child| child.key.cmp(&key).then_with(|| (*child.name).cmp(name))).ok().map(|at| children[at].node)
    }

    fn child_or_new(&mut self, node: NodeId, name: &[u8]) -> NodeId {
        let key = key_of(name);
        if let Some(child) = self.child(node, name, key) {
            return child;
        }
        let new = NodeId(u32::try_from(self.nodes.len()).expect("patterns are shorter than 4 GiB"));
        self.nodes.push(Node::default());
        let children = &mut self.nodes[node.0 as usize].children;
        let at = children.partition_point(|child| (child.key, &*child.name) < (key, name));
        children.insert(at, Child { key, name: name.into(), node: new });
        new
    }
}

/// Length and first bytes, which tell most names apart.
fn key_of(name: &[u8]) -> (usize, u64) {
    let first = match name.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => name.iter().rev().fold(0, |first, byte| (first << 8) | u64::from(*byte)),
    };
    (name.len(), first)
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn a_path_is_found_however_it_is_spelled() {
        let mut wanted = Wanted::default();
        let paths = ["a.b.c", "a", "a.b", "", ".x", "name-with-more-than-eight-bytes", "name-with-more-than-eight-bytex"];
        let fields: Vec<_> = paths.iter().map(|path| wanted.add(path)).collect();
        assert_eq!(wanted.add("a.b"), fields[2], "a path is numbered once");
        for (names, field) in [
            (vec!["a.b.c"], 0),
            (vec!["a", "b", "c"], 0),
            (vec!["a.b", "c"], 0),
            (vec!["a", "b.c"], 0),
            (vec!["a"], 1),
            (vec!["a", "b"], 2),
            (vec![""], 3),
            (vec!["", "x"], 4),
            (vec![".x"], 4),
            (vec!["name-with-more-than-eight-bytes"], 5),
            (vec!["name-with-more-than-eight-bytex"], 6),
        ] {
            let node = names.iter().try_fold(Wanted::ROOT, |node, name| wanted.step(node, name.as_bytes()));
            assert_eq!(node.and_then(|node| wanted.field(node)), Some(fields[field]), "{names:?}");
        }
        for name in ["b", "a.c", "a.b.c.d", "name-with-more-than-eight-byte", "name-wit", "."] {
            assert_eq!(wanted.step(Wanted::ROOT, name.as_bytes()), None, "{name}");
        }
    }
}
