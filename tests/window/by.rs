//! Where something is on a page, said as people and assistive technology say it.

use std::fmt::{self, Display, Formatter};

/// A place on the page, as an XPath.
#[derive(Debug, Clone)]
pub(crate) struct By(String);

impl By {
    /// An element that the pages name for tests.
    pub(crate) fn test_id(id: &str) -> Self {
        Self(format!("//*[@data-testid='{id}']"))
    }

    /// Elements whose test name begins so.
    pub(crate) fn test_ids(prefix: &str) -> Self {
        Self(format!("//*[starts-with(@data-testid, '{prefix}')]"))
    }

    /// A button, or a link that looks like one, by its accessible name.
    pub(crate) fn button(name: &str) -> Self {
        Self(format!("//*[self::button or self::a][normalize-space(.)=\"{name}\" or @aria-label=\"{name}\"]"))
    }

    /// A link by its text.
    pub(crate) fn link(name: &str) -> Self {
        Self(format!("//a[normalize-space(.)=\"{name}\"]"))
    }

    /// The control of a form field by its label; `Details` also finds `Details - optional`.
    pub(crate) fn field(label: &str) -> Self {
        Self(format!("//*[@id=//label[normalize-space(.)=\"{label}\" or starts-with(normalize-space(.), \"{label} -\")]/@for]"))
    }

    /// A radio button or checkbox by its text.
    pub(crate) fn choice(label: &str) -> Self {
        Self(format!("//*[@id=//input[@type='radio' or @type='checkbox']/@aria-labelledby][.//text()[normalize-space(.)=\"{label}\"]]"))
    }

    /// The words of a switch or checkbox, which switch it when they are clicked.
    pub(crate) fn switch() -> Self {
        Self("//*[@id=//input[@type='checkbox']/@aria-labelledby]".to_owned())
    }

    /// The radio button or checkbox of a table's row, by the name of the row.
    pub(crate) fn choice_of(row: &str) -> Self {
        Self(format!("//tr[.//a[normalize-space(.)=\"{row}\"]]//label[.//input[@type='radio' or @type='checkbox']]"))
    }

    /// An element by role and accessible name.
    pub(crate) fn role(role: &str, name: &str) -> Self {
        Self(format!("//*[@role='{role}'][@aria-label=\"{name}\" or normalize-space(.)=\"{name}\"]"))
    }

    /// Elements of a role.
    pub(crate) fn any_role(role: &str) -> Self {
        Self(format!("//*[@role='{role}']"))
    }

    /// What is printed bold, the first of its kind.
    pub(crate) fn first_bold() -> Self {
        Self("//b[1]".to_owned())
    }

    /// An element by its accessible name alone.
    pub(crate) fn label(name: &str) -> Self {
        Self(format!("//*[@aria-label=\"{name}\"]"))
    }

    /// Elements whose accessible name begins so.
    pub(crate) fn labels(prefix: &str) -> Self {
        Self(format!("//*[starts-with(@aria-label, \"{prefix}\")]"))
    }

    /// Elements of a class, for what has no name of its own.
    pub(crate) fn class(name: &str) -> Self {
        Self(format!("//*[contains(concat(' ', @class, ' '), ' {name} ')]"))
    }

    /// The smallest elements that say exactly this.
    pub(crate) fn text(text: &str) -> Self {
        Self(format!("//*[normalize-space(.)=\"{text}\"][not(*[normalize-space(.)=\"{text}\"])]"))
    }

    /// The smallest elements in whose text this stands.
    pub(crate) fn saying(text: &str) -> Self {
        Self(format!("//*[contains(normalize-space(.), \"{text}\")][not(*[contains(normalize-space(.), \"{text}\")])]"))
    }

    /// Any button.
    pub(crate) fn any_button() -> Self {
        Self("//button".to_owned())
    }

    /// The page's main heading.
    pub(crate) fn heading() -> Self {
        Self("//h1".to_owned())
    }

    /// Whatever turns while something is being read.
    pub(crate) fn busy() -> Self {
        Self("//*[contains(@class, 'spinner-rotator')]".to_owned())
    }

    /// A control that opens a list, by its accessible name, which its choice follows.
    pub(crate) fn list_button(name: &str) -> Self {
        Self(format!("//button[@aria-haspopup='listbox'][substring-before(@aria-labelledby, ' ')=//*[normalize-space(.)=\"{name}\"]/@id]"))
    }

    /// An option of an open list by its text.
    pub(crate) fn option(text: &str) -> Self {
        Self(format!("//*[@role='option'][.//text()[normalize-space(.)=\"{text}\"]]"))
    }

    /// A tab by how its label begins.
    pub(crate) fn tab(label: &str) -> Self {
        Self(format!("//*[@role='tab'][starts-with(normalize-space(.), \"{label}\")]"))
    }

    /// An entry of an open menu.
    pub(crate) fn menu_choice(text: &str) -> Self {
        Self(format!("//*[starts-with(@role, 'menuitem')][normalize-space(.)=\"{text}\"]"))
    }

    /// An entry of an open menu by how it begins.
    pub(crate) fn menu_choice_beginning(text: &str) -> Self {
        Self(format!("//*[starts-with(@role, 'menuitem')][starts-with(normalize-space(.), \"{text}\")]"))
    }

    /// What a description list says of a term.
    pub(crate) fn value_of(term: &str) -> Self {
        Self(format!("//dt[normalize-space(.)=\"{term}\"]/following-sibling::dd[1]"))
    }

    /// This place or the other.
    pub(crate) fn or(&self, other: &By) -> Self {
        Self(format!("{} | {}", self.0, other.0))
    }

    /// This place, inside another.
    pub(crate) fn inside(&self, outer: &By) -> Self {
        Self(format!("{}{}", outer.0, self.0))
    }

    pub(crate) fn xpath(&self) -> &str {
        &self.0
    }
}

impl Display for By {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
