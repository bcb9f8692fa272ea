//! The dotted paths that patterns name, as a tree along which an event is read.

use std::ops::Range;

/// A path that some pattern names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FieldId(u32);

impl FieldId {
    /// Fields are numbered from 0.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// So many children are looked through one by one.
const FEW: usize = 16;

/// A place in the tree: the start of some wanted path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

/// Where a name of an event leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) node: NodeId,
    /// Which child of the node it is; none for a dotted name, which leads further down.
    pub(crate) child: Option<usize>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    id: NodeId,
    /// The path that ends here.
    field: Option<FieldId>,
    /// By key and name.
    children: Vec<Child>,
    /// One bit for each length that a child's name has, the last for all longer ones.
    lengths: u64,
    /// How long the names of those children are that have children themselves.
    openings: Vec<usize>,
}

#[derive(Debug, Clone)]
struct Child {
    key: Key,
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
        let mut node = Self::ROOT;
        let mut names = path.split('.').peekable();
        while let Some(name) = names.next() {
            if names.peek().is_some() && !self.node(node).openings.contains(&name.len()) {
                self.nodes[node.0 as usize].openings.push(name.len());
            }
            node = self.child_or_new(node, name.as_bytes());
        }
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
        self.node(node).field
    }

    /// Whether some wanted path goes on below a node.
    pub(crate) fn goes_on(&self, node: NodeId) -> bool {
        !self.node(node).children.is_empty()
    }

    /// Follows a name of an event, dotted or not, given as a part of some bytes; none when nothing there is wanted.
    #[inline]
    pub(crate) fn step(&self, node: NodeId, bytes: &[u8], name: Range<usize>) -> Option<Step> {
        let here = self.node(node);
        if here.lengths >> name.len().min(63) & 1 == 1
            && let Some(at) = here.find(&bytes[name.clone()], Key::within(bytes, &name))
        {
            return Some(Step { node: here.children[at].node, child: Some(at) });
        }
        self.step_dotted(here, &bytes[name])
    }

    /// Follows a name with dots; the piece before the first dot must be a child, which sorts most names out.
    #[inline]
    fn step_dotted(&self, here: &Node, name: &[u8]) -> Option<Step> {
        if !here.openings.iter().any(|length| name.get(*length) == Some(&b'.')) {
            return None;
        }
        let mut pieces = name.split(|byte| *byte == b'.');
        let end = pieces.try_fold(here, |node, piece| node.find(piece, Key::new(piece)).map(|at| self.node(node.children[at].node)));
        end.map(|end| Step { node: end.id, child: None })
    }

    fn node(&self, node: NodeId) -> &Node {
        &self.nodes[node.0 as usize]
    }

    fn child_or_new(&mut self, node: NodeId, name: &[u8]) -> NodeId {
        let key = Key::new(name);
        if let Some(at) = self.node(node).find(name, key) {
            return self.node(node).children[at].node;
        }
        let id = NodeId(u32::try_from(self.nodes.len()).expect("patterns are shorter than 4 GiB"));
        self.nodes.push(Node { id, ..Node::default() });
        let here = &mut self.nodes[node.0 as usize];
        let at = here.children.partition_point(|child| (child.key, &*child.name) < (key, name));
        here.children.insert(at, Child { key, name: name.into(), node: id });
        here.lengths |= 1 << name.len().min(63);
        id
    }
}

impl Node {
    #[inline]
    fn find(&self, name: &[u8], key: Key) -> Option<usize> {
        if self.children.len() > FEW {
            return self.children.binary_search_by(|child| child.key.cmp(&key).then_with(|| (*child.name).cmp(name))).ok();
        }
        self.children.iter().position(|child| child.key == key && (name.len() <= Key::WHOLE || *child.name == *name))
    }
}

/// Length, first and last bytes of a name, which tell names of up to 16 bytes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    length: usize,
    first: u64,
    last: u64,
}

impl Key {
    const WHOLE: usize = 16;

    fn new(name: &[u8]) -> Self {
        let short = || name.iter().rev().fold(0, |all, byte| (all << 8) | u64::from(*byte));
        let (first, last) = (name.first_chunk(), name.last_chunk());
        Self {
            length: name.len(),
            first: first.map_or_else(short, |eight| u64::from_le_bytes(*eight)),
            last: last.map_or(0, |eight| u64::from_le_bytes(*eight)),
        }
    }

    /// The key of a part of some bytes, read in one go where the bytes behind it allow.
    #[inline]
    fn within(bytes: &[u8], name: &Range<usize>) -> Self {
        match bytes[name.start..].first_chunk() {
            Some(eight) if name.len() < 8 => {
                Self { length: name.len(), first: u64::from_le_bytes(*eight) & ((1 << (8 * name.len())) - 1), last: 0 }
            }
            _ => Self::new(&bytes[name.clone()]),
        }
    }
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
            let node =
                names.iter().try_fold(Wanted::ROOT, |node, name| wanted.step(node, name.as_bytes(), 0..name.len()).map(|step| step.node));
            assert_eq!(node.and_then(|node| wanted.field(node)), Some(fields[field]), "{names:?}");
        }
        for name in ["b", "a.c", "a.b.c.d", "name-with-more-than-eight-byte", "name-wit", "."] {
            assert_eq!(wanted.step(Wanted::ROOT, name.as_bytes(), 0..name.len()), None, "{name}");
        }
    }
}
