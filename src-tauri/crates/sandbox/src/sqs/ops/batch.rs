//! What all batch operations have in common.

use std::collections::HashSet;

use serde::Serialize;

use crate::sqs::error::SqsError;

/// Most entries of a batch (SQS quotas).
const MAX_ENTRIES: usize = 10;

/// Most characters of an entry's id.
const MAX_ID: usize = 80;

/// An entry of a batch, by its id within the batch.
pub(super) trait Entry {
    /// The id that the caller chose.
    fn id(&self) -> Option<&str>;
}

/// An entry that was refused.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Failed {
    id: String,
    sender_fault: bool,
    code: &'static str,
    message: String,
}

/// The answer of a batch; lists without entries are left out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BatchOutput<T> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    successful: Vec<T>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failed: Vec<Failed>,
}

/// The answer for an entry that has nothing more to say.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Done {
    /// The entry's id.
    pub(super) id: String,
}

/// The entries, if they form a batch; `kind` is their name in the sentence of an empty one.
///
/// # Errors
/// None, too many, or an id that is malformed or repeated.
pub(super) fn checked<E: Entry>(entries: Option<Vec<E>>, kind: &'static str) -> Result<Vec<(String, E)>, SqsError> {
    let entries = entries.unwrap_or_default();
    if entries.is_empty() {
        return Err(SqsError::EmptyBatch(kind));
    }
    if entries.len() > MAX_ENTRIES {
        return Err(SqsError::TooManyEntries(entries.len()));
    }
    let mut seen = HashSet::new();
    let mut checked = Vec::with_capacity(entries.len());
    for entry in entries {
        let id = entry.id().unwrap_or_default().to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || id.len() > MAX_ID || !id.chars().all(plain) {
            return Err(SqsError::InvalidEntryId);
        }
        if !seen.insert(id.clone()) {
            return Err(SqsError::RepeatedId(id));
        }
        checked.push((id, entry));
    }
    Ok(checked)
}

/// Handles the entries one by one; a refused one does not stop the others.
pub(super) fn each<E, T>(entries: Vec<(String, E)>, mut handle: impl FnMut(String, E) -> Result<T, SqsError>) -> BatchOutput<T> {
    let mut output = BatchOutput { successful: Vec::new(), failed: Vec::new() };
    for (id, entry) in entries {
        match handle(id.clone(), entry) {
            Ok(done) => output.successful.push(done),
            Err(error) => {
                output.failed.push(Failed { id, sender_fault: true, code: error.code().query, message: error.to_string() });
            }
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Only(Option<String>);

    impl Entry for Only {
        fn id(&self) -> Option<&str> {
            self.0.as_deref()
        }
    }

    fn ids(ids: &[&str]) -> Option<Vec<Only>> {
        Some(ids.iter().map(|id| Only(Some((*id).to_owned()))).collect())
    }

    #[test]
    fn a_batch_has_one_to_ten_entries_with_distinct_ids() {
        let long = "a".repeat(81);
        for (entries, error) in [
            (None, SqsError::EmptyBatch("Entry")),
            (ids(&[]), SqsError::EmptyBatch("Entry")),
            (ids(&["a", "b", "a"]), SqsError::RepeatedId("a".into())),
            (ids(&["a", "b:c"]), SqsError::InvalidEntryId),
            (ids(&[""]), SqsError::InvalidEntryId),
            (ids(&[&long]), SqsError::InvalidEntryId),
            (Some(vec![Only(None)]), SqsError::InvalidEntryId),
            (ids(&["x"; 11]), SqsError::TooManyEntries(11)),
        ] {
            assert_eq!(checked(entries, "Entry").map(|entries| entries.len()), Err(error));
        }
        assert_eq!(checked(ids(&["a", "b-1_C", &long[..80]]), "Entry").map(|entries| entries.len()), Ok(3));
    }

    #[test]
    fn a_refused_entry_leaves_the_others_alone() {
        let entries = checked(ids(&["a", "b"]), "Entry").unwrap();
        let output = each(entries, |id, _| if id == "a" { Err(SqsError::NoSuchQueue) } else { Ok(Done { id }) });
        let answer = serde_json::to_value(&output).unwrap();
        assert_eq!(answer["Successful"][0]["Id"], "b");
        assert_eq!(answer["Failed"][0]["Code"], "AWS.SimpleQueueService.NonExistentQueue");
    }
}
