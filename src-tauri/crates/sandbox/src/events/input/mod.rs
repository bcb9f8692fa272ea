//! What a target receives: the event, a constant, a part of the event, or a filled template.

mod path;
mod template;

use std::borrow::Cow;

use path::Path;
use template::Template;

use super::target::Target;

/// What a target receives.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// The whole envelope.
    Event,
    /// Always the same text.
    Constant(String),
    /// The JSON text at a path.
    Part(Path),
    /// A template with placeholders.
    Filled(Template),
}

/// Why a target's input is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InputError {
    /// More than one of the three.
    #[error("Only one of Input, InputPath, or InputTransformer must be provided for target {id}.")]
    Several {
        /// The target.
        id: String,
    },
    /// `Input` is not JSON text.
    #[error("JSON syntax error in Input for target {id}.")]
    Constant {
        /// The target.
        id: String,
    },
    /// A path that is none.
    #[error("Invalid InputPath for target {id}.")]
    Path {
        /// The target.
        id: String,
    },
    /// A placeholder that nothing defines.
    #[error("InputTemplate for target {id} contains invalid placeholder {placeholder}.")]
    Placeholder {
        /// The target.
        id: String,
        /// Without its brackets.
        placeholder: String,
    },
}

/// An event on its way to a target.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arriving<'a> {
    /// The envelope's text.
    pub(crate) envelope: &'a str,
    /// The rule's ARN.
    pub(crate) rule_arn: &'a str,
    /// The rule's name.
    pub(crate) rule_name: &'a str,
    /// When the event came in, in milliseconds since 1970.
    pub(crate) ingested_ms: i64,
}

impl Input {
    /// What this target asks for.
    ///
    /// # Errors
    /// When AWS would refuse it at `PutTargets`.
    pub(crate) fn of(target: &Target) -> Result<Self, InputError> {
        let id = || target.id.clone();
        match (&target.input, &target.input_path, &target.input_transformer) {
            (None, None, None) => Ok(Self::Event),
            (Some(constant), None, None) => {
                serde_json::from_str::<serde::de::IgnoredAny>(constant).map_err(|_| InputError::Constant { id: id() })?;
                Ok(Self::Constant(constant.clone()))
            }
            (None, Some(path), None) => Path::parse(path).map(Self::Part).ok_or_else(|| InputError::Path { id: id() }),
            (None, None, Some(transformer)) => Template::compile(transformer, &target.id).map(Self::Filled),
            _ => Err(InputError::Several { id: id() }),
        }
    }

    /// The message's body.
    pub(crate) fn body<'a>(&'a self, event: &Arriving<'a>) -> Cow<'a, str> {
        match self {
            Self::Event => Cow::Borrowed(event.envelope),
            Self::Constant(text) => Cow::Borrowed(text),
            Self::Part(path) => Cow::Borrowed(path.find(event.envelope).unwrap_or("null")),
            Self::Filled(template) => Cow::Owned(template.fill(event)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::target::InputTransformer;
    use super::*;

    const ENVELOPE: &str = r#"{"version":"0","id":"e-1","detail-type":"incident-created","detail":{"incident":{"id":7,"n":1.10,"summary":"disk \"full\"","tags":["a","b"]}}}"#;

    fn body(target: &Target) -> String {
        let event = Arriving { envelope: ENVELOPE, rule_arn: "arn:r", rule_name: "r", ingested_ms: 1_000 };
        Input::of(target).unwrap().body(&event).into_owned()
    }

    fn with_path(path: &str) -> Target {
        Target { id: "t".into(), input_path: Some(path.into()), ..Target::default() }
    }

    fn with_template(paths: &[(&str, &str)], template: &str) -> Target {
        let input_paths_map = paths.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let transformer = InputTransformer { input_paths_map, input_template: template.into() };
        Target { id: "t".into(), input_transformer: Some(transformer), ..Target::default() }
    }

    #[test]
    fn a_path_takes_its_part_verbatim() {
        for (path, part) in [
            ("$", ENVELOPE),
            ("$.id", "\"e-1\""),
            ("$.detail-type", "\"incident-created\""),
            ("$.detail.incident.n", "1.10"),
            ("$.detail.incident.tags[1]", "\"b\""),
            ("$.detail.nothing", "null"),
        ] {
            assert_eq!(body(&with_path(path)), part, "{path}");
        }
    }

    #[test]
    fn a_template_is_filled_by_json_outside_quotes_and_by_text_inside() {
        let paths = [
            ("i", "$.detail.incident.id"),
            ("s", "$.detail.incident.summary"),
            ("no", "$.none"),
            ("t", "$.detail.incident.tags"),
            ("o", "$.detail.incident"),
        ];
        for (template, filled) in [
            (r#""<i>: <s>""#, r#""7: disk \"full\"""#),
            (r#"{"i": <i>, "s": <s>}"#, r#"{"i": 7, "s": "disk \"full\""}"#),
            (r#"{"no": <no>, "none": "<no>"}"#, r#"{"no": "", "none": ""}"#),
            (r#"{"r": <aws.events.rule-name>}"#, r#"{"r": "r"}"#),
            (r#""at <aws.events.event.ingestion-time>""#, r#""at 1970-01-01T00:00:01Z""#),
            (r#"{"a": 1 < 2}"#, r#"{"a": 1 < 2}"#),
            (r#"{"t": <t>, "all": "got <t>"}"#, r#"{"t": ["a","b"], "all": "got [a,b]"}"#),
            (r#""<o>""#, r#""{id:7,n:1.10,summary:disk full,tags:[a,b]}""#),
            (r#"{"<i>": "\"<s>\""}"#, r#"{"7": "\"disk \"full\"\""}"#),
        ] {
            assert_eq!(body(&with_template(&paths, template)), filled, "{template}");
        }
        assert_eq!(body(&with_template(&[], "<aws.events.event.json>")), ENVELOPE, "the whole event");
        let without: serde_json::Value = serde_json::from_str(&body(&with_template(&[], "<aws.events.event>"))).unwrap();
        assert_eq!(without, serde_json::json!({"version": "0", "id": "e-1", "detailType": "incident-created"}));
    }

    #[test]
    fn what_cannot_work_is_refused() {
        assert!(matches!(Input::of(&with_path("detail.id")), Err(InputError::Path { .. })));
        let undefined = Input::of(&with_template(&[], "<nobody>")).unwrap_err();
        assert_eq!(undefined.to_string(), "InputTemplate for target t contains invalid placeholder nobody.");
        let two = Target { input: Some("1".into()), ..with_path("$") };
        assert!(matches!(Input::of(&two), Err(InputError::Several { .. })));
        let broken = Target { input: Some("{".into()), ..Target::default() };
        assert!(matches!(Input::of(&broken), Err(InputError::Constant { .. })));
    }
}
