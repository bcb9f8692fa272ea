//! Details saved under a name.

use waybill_domain::EventType;
use waybill_store::TemplateRow;

use crate::view::{TemplateView, Topic};
use crate::{Console, Error, compose};

/// Longest name of a template, in characters.
const MAX_NAME_CHARS: usize = 80;

impl Console {
    /// All templates by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn templates(&self) -> Result<Vec<TemplateView>, Error> {
        Ok(self.store().read(|db| db.templates()).await?.into_iter().map(view).collect())
    }

    /// Saves a detail under a name, over an earlier one of the same name.
    ///
    /// # Errors
    /// When the name or the detail is refused.
    pub async fn save_template(&self, name: &str, event: EventType, detail: &str) -> Result<TemplateView, Error> {
        let (name, now) = (check_name(name)?, self.now());
        compose::check_object(detail).map_err(|problem| Error::bad_input("Detail", problem.message))?;
        let detail = detail.trim().to_owned();
        let saved = self.store().write(move |db| db.save_template(&name, event, &detail, now)).await?;
        self.changed(&[Topic::Templates]);
        Ok(view(saved))
    }

    /// Deletes a template.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn delete_template(&self, id: i64) -> Result<(), Error> {
        self.store().write(move |db| db.delete_template(id)).await?;
        self.changed(&[Topic::Templates]);
        Ok(())
    }
}

fn check_name(text: &str) -> Result<String, Error> {
    let name = text.trim();
    if name.is_empty() {
        return Err(Error::bad_input("Name", "enter a name for the template"));
    }
    let chars = name.chars().count();
    if chars > MAX_NAME_CHARS {
        return Err(Error::bad_input("Name", format!("the name has {chars} characters; at most {MAX_NAME_CHARS} are accepted")));
    }
    Ok(name.to_owned())
}

fn view(row: TemplateRow) -> TemplateView {
    TemplateView { id: row.id, name: row.name, event_type: row.event_type, saved_at: row.saved_at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_needs_a_name_of_bearable_length() {
        assert_eq!(check_name("  Night shift ").unwrap(), "Night shift");
        for wrong in ["", "   ", &"x".repeat(81)] {
            assert_eq!(check_name(wrong).unwrap_err().fields()[0].field, "Name", "{wrong:?}");
        }
    }
}
