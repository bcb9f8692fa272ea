use std::borrow::Cow;

use super::{Element, Leaves, Number, Scalar};
use crate::json::decode_string;
use crate::scan::{NotJson, Scanner, Span};
use crate::wanted::{NodeId, Step, Wanted};

/// Why a text could not be read in one go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setback {
    /// It is not JSON, or not an object.
    NotAnEvent,
    /// Its values lie in too many array elements.
    TooScattered,
    /// A wanted name occurs twice in one object: the last would count, but the first has been read.
    RepeatedName,
}

impl From<NotJson> for Setback {
    fn from(_: NotJson) -> Self {
        Self::NotAnEvent
    }
}

/// Reads the wanted leaves of an event from its text, once and forward; what is not wanted is checked and skipped.
pub(crate) fn leaves_of_text<'e>(text: &'e str, wanted: &Wanted) -> Result<Leaves<'e>, Setback> {
    let mut reader = Reading { scanner: Scanner::new(text), wanted, leaves: Leaves::new(wanted.fields()), chain: Vec::new() };
    if reader.scanner.look() != b'{' {
        return Err(Setback::NotAnEvent);
    }
    reader.object(Wanted::ROOT)?;
    if reader.scanner.at_end() { Ok(reader.leaves) } else { Err(Setback::NotAnEvent) }
}

struct Reading<'e, 'w> {
    scanner: Scanner<'e>,
    wanted: &'w Wanted,
    leaves: Leaves<'e>,
    /// The array elements around the place that is read.
    chain: Vec<Element>,
}

/// The wanted names that an object has had.
#[derive(Default)]
struct Names {
    /// One bit for each of the first children of a node.
    first: u64,
    others: Vec<NodeId>,
}

impl Names {
    /// Notes a name; says whether it is new.
    fn note(&mut self, step: Step) -> bool {
        match step.child {
            Some(child) if child < 64 => {
                let new = self.first >> child & 1 == 0;
                self.first |= 1 << child;
                new
            }
            _ => {
                let new = !self.others.contains(&step.node);
                self.others.push(step.node);
                new
            }
        }
    }
}

impl<'e> Reading<'e, '_> {
    /// Reads the object whose brace comes next.
    fn object(&mut self, node: NodeId) -> Result<(), Setback> {
        self.scanner.open()?;
        let mut names = Names::default();
        if self.scanner.look() == b'}' {
            self.scanner.close();
            return Ok(());
        }
        loop {
            let name = self.scanner.name()?;
            match self.follow(node, name) {
                None => self.scanner.skip()?,
                Some(step) if names.note(step) => self.value(step.node)?,
                Some(_) => return Err(Setback::RepeatedName),
            }
            match self.scanner.look() {
                b',' => self.scanner.step(),
                b'}' => {
                    self.scanner.close();
                    return Ok(());
                }
                _ => return Err(Setback::NotAnEvent),
            }
        }
    }

    fn follow(&self, node: NodeId, name: Span) -> Option<Step> {
        match name.escaped {
            false => self.wanted.step(node, self.scanner.text().as_bytes(), name.start..name.end),
            true => {
                let name = self.text(name);
                self.wanted.step(node, name.as_bytes(), 0..name.len())
            }
        }
    }

    /// Reads the value that comes next.
    fn value(&mut self, node: NodeId) -> Result<(), Setback> {
        match self.scanner.look() {
            b'{' if self.wanted.goes_on(node) => self.object(node),
            b'{' => Ok(self.scanner.skip()?),
            b'[' => self.array(node),
            first => self.leaf(node, first),
        }
    }

    fn array(&mut self, node: NodeId) -> Result<(), Setback> {
        self.scanner.open()?;
        let array = self.leaves.new_array();
        let mut index = 0;
        if self.scanner.look() == b']' {
            self.scanner.close();
            return Ok(());
        }
        loop {
            match self.scanner.look() {
                b'{' | b'[' => {
                    self.chain.push((array, index));
                    self.value(node)?;
                    self.chain.pop();
                    if self.leaves.overflow() {
                        return Err(Setback::TooScattered);
                    }
                }
                first => self.leaf(node, first)?,
            }
            index += 1;
            match self.scanner.look() {
                b',' => self.scanner.step(),
                b']' => {
                    self.scanner.close();
                    return Ok(());
                }
                _ => return Err(Setback::NotAnEvent),
            }
        }
    }

    /// Reads a scalar, and keeps it if a path ends here.
    fn leaf(&mut self, node: NodeId, first: u8) -> Result<(), Setback> {
        let Some(field) = self.wanted.field(node) else { return Ok(self.scanner.scalar(first)?) };
        match first {
            b'"' => {
                let span = self.scanner.string()?;
                let text = self.text(span);
                let place = self.leaves.place(field, &self.chain);
                match text {
                    Cow::Borrowed(text) => *place = Scalar::Text(Cow::Borrowed(text)),
                    Cow::Owned(text) => *place = Scalar::Text(Cow::Owned(text)),
                }
            }
            b'-' | b'0'..=b'9' => {
                let number = Number::read(self.scanner.number()?);
                *self.leaves.place(field, &self.chain) = Scalar::Number(number);
            }
            _ => {
                let word = self.word(first)?;
                *self.leaves.place(field, &self.chain) = word;
            }
        }
        Ok(())
    }

    fn word(&mut self, first: u8) -> Result<Scalar<'e>, NotJson> {
        match first {
            b'n' => self.scanner.word("null").map(|()| Scalar::Null),
            b't' => self.scanner.word("true").map(|()| Scalar::Bool(true)),
            _ => self.scanner.word("false").map(|()| Scalar::Bool(false)),
        }
    }

    #[inline]
    fn text(&self, span: Span) -> Cow<'e, str> {
        let inside = &self.scanner.text()[span.start..span.end];
        if span.escaped { decode_string(inside).into() } else { inside.into() }
    }
}
