use std::borrow::Cow;

use serde_json::Value;

use crate::condition::comparable;

/// A leaf value of an event, borrowed from it where possible.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar<'e> {
    Text(Cow<'e, str>),
    Number(Number<'e>),
    Bool(bool),
    Null,
}

/// A number as AWS compares it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Number<'e> {
    /// Equal to every other spelling of the same double.
    Double(f64),
    /// No double says this number, so that only the same spelling equals it.
    Spelled(Cow<'e, str>),
}

impl<'e> Number<'e> {
    /// Takes a number as it is spelled.
    pub(crate) fn read(text: &'e str) -> Self {
        comparable(text).map_or(Self::Spelled(text.into()), Self::Double)
    }

    /// Keeps the spelling beyond the life of the text.
    pub(crate) fn into_owned(self) -> Number<'static> {
        match self {
            Self::Double(value) => Number::Double(value),
            Self::Spelled(text) => Number::Spelled(text.into_owned().into()),
        }
    }
}

impl<'e> Scalar<'e> {
    /// A leaf of a tree; none for objects and arrays.
    pub(crate) fn of(value: &'e Value) -> Option<Self> {
        Some(match value {
            Value::String(text) => Self::Text(text.into()),
            // A tree has already made a double of what is no integer.
            Value::Number(number) if number.is_f64() => Self::Number(Number::Double(number.as_f64()?)),
            Value::Number(number) => Self::Number(Number::read(&number.to_string()).into_owned()),
            Value::Bool(value) => Self::Bool(*value),
            Value::Null => Self::Null,
            Value::Object(_) | Value::Array(_) => return None,
        })
    }
}
