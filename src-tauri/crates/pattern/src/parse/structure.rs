use std::sync::Arc;

use super::{Branch, Refusal, leaf, refuse};
use crate::condition::Condition;
use crate::error::PatternError;
use crate::json::{Reader, Token};

/// Most alternatives that the `$or`s of one pattern may multiply to (EventBridge user guide, "rule combinations").
const MAX_COMBINATIONS: usize = 1000;

/// Names that turn `$or` into an ordinary name when its objects begin with them (event-ruler's reserved names).
const RESERVED: [&str; 24] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
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

/// An object or `$or` array that is being read.
enum Open {
    /// `path_len` is the length of the path outside of it.
    Object { fields: usize, path_len: usize, in_or: bool },
    /// `base` holds the alternatives before the `$or`, `grown` those of its finished members.
    Or { base: Vec<Branch>, grown: Vec<Branch>, members: usize },
}

/// Reads a pattern without recursion, so that depth costs no stack.
struct Structure<'r, 't> {
    reader: &'r mut Reader<'t>,
    open: Vec<Open>,
    /// Every name with a dot before it.
    path: String,
    branches: Vec<Branch>,
}

/// Reads a whole pattern into its alternatives.
pub(super) fn read_pattern(reader: &mut Reader<'_>) -> Result<Vec<Branch>, PatternError> {
    let text = reader.source();
    let mut structure = Structure { reader, open: Vec::new(), path: String::new(), branches: Vec::new() };
    structure.read().map_err(|refusal| refusal.into_error(text))?;
    Ok(structure.branches)
}

impl Structure<'_, '_> {
    fn read(&mut self) -> Result<(), Refusal> {
        if self.reader.next()? != Token::StartObject {
            return refuse(self.reader, "Filter is not an object");
        }
        self.open.push(Open::Object { fields: 0, path_len: 0, in_or: false });
        while let Some(innermost) = self.open.last_mut() {
            let token = self.reader.next()?;
            match innermost {
                Open::Object { fields, in_or, .. } if token == Token::Name => {
                    *fields += 1;
                    let in_or = *in_or;
                    self.field(in_or)?;
                }
                Open::Object { fields: 0, .. } => return refuse(self.reader, "Empty objects are not allowed"),
                Open::Object { path_len, .. } => {
                    let path_len = *path_len;
                    self.close_object(path_len)?;
                }
                Open::Or { base, members, .. } if token == Token::StartObject => {
                    *members += 1;
                    self.branches = if base.is_empty() { vec![Branch::new()] } else { base.clone() };
                    self.open.push(Open::Object { fields: 0, path_len: self.path.len(), in_or: true });
                }
                Open::Or { grown, members, .. } if token == Token::EndArray => {
                    if *members < 2 {
                        return refuse(self.reader, "There must have at least 2 Objects in $or relationship.");
                    }
                    self.branches = std::mem::take(grown);
                    self.open.pop();
                }
                Open::Or { .. } => {
                    return refuse(self.reader, "Only JSON object is allowed in array of $or relationship.");
                }
            }
        }
        Ok(self.reader.end_of_text()?)
    }

    fn close_object(&mut self, path_len: usize) -> Result<(), Refusal> {
        self.path.truncate(path_len);
        self.open.pop();
        if let Some(Open::Or { grown, .. }) = self.open.last_mut() {
            grown.append(&mut self.branches);
            if grown.len() > MAX_COMBINATIONS {
                let reason = format!("The $or relationships make more than {MAX_COMBINATIONS} rule combinations");
                return Err(PatternError::unplaced(reason).into());
            }
        }
        Ok(())
    }

    fn field(&mut self, in_or: bool) -> Result<(), Refusal> {
        let name = self.reader.word()?.to_owned();
        if name == "$or" && is_or(self.reader) {
            self.reader.next()?;
            let base = std::mem::take(&mut self.branches);
            self.open.push(Open::Or { base, grown: Vec::new(), members: 0 });
            return Ok(());
        }
        if in_or && is_reserved(&name) {
            return refuse(self.reader, format!("{name} is Ruler reserved fieldName which cannot be used inside $or."));
        }
        let path_len = self.path.len();
        match self.reader.next()? {
            Token::StartObject => {
                self.extend_path(&name);
                self.open.push(Open::Object { fields: 0, path_len, in_or });
            }
            Token::StartArray => {
                let conditions = leaf::read_conditions(self.reader)?;
                self.extend_path(&name);
                self.demand(conditions.into());
                self.path.truncate(path_len);
            }
            _ => return refuse(self.reader, format!("\"{name}\" must be an object or an array")),
        }
        Ok(())
    }

    fn extend_path(&mut self, name: &str) {
        self.path.push('.');
        self.path.push_str(name);
    }

    /// Adds a leaf to every alternative; of equal paths the last wins.
    fn demand(&mut self, conditions: Arc<[Condition]>) {
        let path: Arc<str> = self.path[1..].into();
        if self.branches.is_empty() {
            self.branches.push(Branch::new());
        }
        for branch in &mut self.branches {
            branch.insert(path.clone(), conditions.clone());
        }
    }
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// Whether the value of `$or`, not read yet, makes it a relationship and not an ordinary name.
///
/// It does when it is an array whose first object does not begin with a reserved name.
fn is_or(reader: &Reader<'_>) -> bool {
    let mut scan = reader.clone();
    if scan.next() != Ok(Token::StartArray) {
        return false;
    }
    loop {
        match scan.next() {
            Ok(Token::StartObject) => break,
            Ok(Token::EndArray) => return false,
            Ok(Token::String | Token::Number | Token::True | Token::False | Token::Null) => {}
            _ => return true,
        }
    }
    scan.next() != Ok(Token::Name) || !scan.word().is_ok_and(is_reserved)
}
