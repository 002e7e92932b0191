//! Owns the reading of a form into questions.

use serde_json::Value;

use super::super::fields::readable;
use super::super::{Form, Pattern, Role, RoleMap, Step, Vocabulary, Word};
use super::conditions::Conditions;
use super::parts::Parts;
use super::{Answer, Choice, NamedRules, Purpose, Question, Questionnaire, rules};

/// Questions inside questions that are asked: no form is as deep.
const DEEPEST: usize = 12;

/// More schemas than the questions of any form are read from; alternatives inside alternatives may
/// multiply.
const MOST: usize = 20_000;

/// Values of one question that may be chosen.
const MOST_CHOICES: usize = 2000;

/// The groups of the built-in form of which nothing is published unasked.
const PRIVATE: &[&str] = &["contact", "consent", "review"];

/// Reads the questions off a form.
pub(in crate::form) fn read(form: &Form, vocabulary: &Vocabulary) -> Questionnaire {
    let Some(root) = form.resources.root() else { return Questionnaire::default() };
    let parts = Parts::of(vec![root], false);
    let mut reader = Reader {
        form,
        vocabulary,
        path: Vec::new(),
        left: MOST,
        is_conditional: false,
        conditions: Conditions::default(),
    };
    let text = |keyword| parts.text(keyword).map(str::to_owned);
    let (title, description) = (text("title"), text("description"));
    let record = Answer::Group(reader.group(&parts));
    let conditions = reader.conditions.beyond(&parts, &record);
    let Answer::Group(questions) = record else { return Questionnaire::default() };
    Questionnaire { title, description, questions, conditions }
}

struct Reader<'r> {
    form: &'r Form,
    vocabulary: &'r Vocabulary,
    /// The way to the question that is read.
    path: Vec<Step>,
    /// How many schemas may still be read.
    left: usize,
    /// Whether what is read is asked only where something else holds.
    is_conditional: bool,
    conditions: Conditions,
}

impl Reader<'_> {
    fn group(&mut self, parts: &Parts<'_>) -> Vec<Question> {
        let required = parts.required();
        let mut questions = Vec::new();
        for below in parts.keys() {
            if self.left == 0 {
                break;
            }
            let key = below.key;
            let question = self.question(Step::Name(key.to_owned()), key, &below.parts());
            questions.push(Question { is_required: required.contains(key), ..question });
        }
        questions
    }

    /// The question at a step further on.
    fn question(&mut self, step: Step, key: &str, parts: &Parts<'_>) -> Question {
        self.left = self.left.saturating_sub(parts.all().count());
        self.path.push(step);
        let is_too_deep = self.path.len() > DEEPEST;
        let outer = self.is_conditional;
        self.is_conditional |= parts.is_conditional();
        let role = self.role(parts);
        let answer = if is_too_deep { Answer::Open } else { self.answer(parts, role) };
        let text = |keyword| parts.text(keyword).map(str::to_owned);
        let examples = parts.first("examples").and_then(Value::as_array);
        let question = Question {
            key: key.to_owned(),
            title: text("title").unwrap_or_else(|| readable(key)),
            description: text("description"),
            unit: text("x-unit"),
            examples: examples.cloned().unwrap_or_default(),
            is_required: false,
            is_private: self.is_private(parts),
            role,
            purpose: self.purpose(),
            conditions: match self.is_conditional {
                true => Vec::new(),
                false => self.conditions.beyond(parts, &answer),
            },
            is_conditional: self.is_conditional,
            answer,
        };
        self.is_conditional = outer;
        self.path.pop();
        question
    }

    fn answer(&mut self, parts: &Parts<'_>, role: Option<Role>) -> Answer {
        let words = match role {
            Some(Role::Theme) => &self.vocabulary.themes[..],
            Some(Role::Region) => &self.vocabulary.regions[..],
            _ => &[],
        };
        let kinds = kinds(parts);
        let may_be = |kind: &str| kinds.contains(&kind);
        let is_single = !may_be("array") || may_be("string");
        if is_single && !words.is_empty() {
            return Answer::Choice(words.iter().take(MOST_CHOICES).map(Choice::of).collect());
        }
        let choices = choices(parts);
        if !choices.is_empty() {
            return Answer::Choice(choices);
        }
        match kinds.first().copied() {
            Some("array") if !may_be("string") => self.list(parts),
            Some("object") if !may_be("string") => self.mapping(parts),
            Some("number" | "integer") if !may_be("string") => {
                Answer::Number(rules::number(parts, !may_be("number")))
            }
            Some("boolean") => Answer::YesNo,
            Some(_) => {
                let may_be_number = may_be("number") || may_be("integer");
                Answer::Text(rules::text(
                    parts,
                    role == Some(Role::Markdown),
                    self.is_shown(),
                    may_be_number,
                ))
            }
            None => Answer::Open,
        }
    }

    fn list(&mut self, parts: &Parts<'_>) -> Answer {
        let size = rules::size(parts, "minItems", "maxItems");
        let Some(below) = parts.below("items") else { return Answer::Open };
        Answer::List(Box::new(self.question(Step::Each, "", &below)), size)
    }

    fn mapping(&mut self, parts: &Parts<'_>) -> Answer {
        let questions = self.group(parts);
        if !questions.is_empty() {
            return Answer::Group(questions);
        }
        let Some(below) = parts.below("additionalProperties") else { return Answer::Open };
        let entry = self.question(Step::Each, "", &below);
        let names = parts.below("propertyNames");
        let pattern = names.and_then(|names| names.text("pattern").map(str::to_owned));
        let size = rules::size(parts, "minProperties", "maxProperties");
        Answer::Named(Box::new(entry), NamedRules { size, pattern })
    }

    fn role(&self, parts: &Parts<'_>) -> Option<Role> {
        let said = parts.text("x-role").and_then(Role::parse);
        said.or_else(|| {
            let roles = self.form.roles()?;
            let leads_here = |pattern: &Option<Pattern>| {
                pattern.as_ref().is_some_and(|pattern| is_or_lists(pattern, &self.path))
            };
            if leads_here(&roles.regions) {
                Some(Role::Region)
            } else if leads_here(&roles.themes) {
                Some(Role::Theme)
            } else {
                None
            }
        })
    }

    fn purpose(&self) -> Option<Purpose> {
        match self.form.roles() {
            Some(roles) => self.mapped_purpose(roles),
            None => match self.path.as_slice() {
                [Step::Name(key)] => match key.as_str() {
                    "id" => Some(Purpose::Id),
                    "title" => Some(Purpose::Title),
                    "regions" => Some(Purpose::Regions),
                    "themes" => Some(Purpose::Themes),
                    _ => None,
                },
                _ => None,
            },
        }
    }

    fn mapped_purpose(&self, roles: &RoleMap) -> Option<Purpose> {
        let places = [
            (&roles.id, Purpose::Id),
            (&roles.title, Purpose::Title),
            (&roles.regions, Purpose::Regions),
            (&roles.themes, Purpose::Themes),
        ];
        let found = places.into_iter().find(|(place, _)| {
            place.as_ref().is_some_and(|place| {
                let steps = place.steps();
                let steps = steps.strip_suffix(&[Step::Each]).unwrap_or(steps);
                steps == self.path
            })
        });
        found.map(|(_, purpose)| purpose)
    }

    fn is_private(&self, parts: &Parts<'_>) -> bool {
        let is_marked =
            parts.all().any(|part| part.value.get("x-private") == Some(&Value::Bool(true)));
        let is_built_in = self.form.roles().is_none();
        let is_kept =
            |step: &Step| matches!(step, Step::Name(key) if PRIVATE.contains(&key.as_str()));
        is_marked || (is_built_in && self.path.first().is_some_and(is_kept))
    }

    /// Whether the report shows a text here, as Markdown, among the group's own fields.
    fn is_shown(&self) -> bool {
        let is_here = |shown: &Pattern| self.path.starts_with(shown.steps());
        self.form.roles().is_some() && self.form.shown().iter().any(is_here)
    }
}

/// Whether a pattern leads to a place, or to the entries of the list there.
fn is_or_lists(pattern: &Pattern, path: &[Step]) -> bool {
    let steps = pattern.steps();
    let bare = |steps: &[Step]| steps.strip_suffix(&[Step::Each]).unwrap_or(steps).to_vec();
    steps == path || bare(steps) == bare(path)
}

/// The types that an answer may have, the first that the form names first.
fn kinds<'f>(parts: &Parts<'f>) -> Vec<&'f str> {
    let named = |value: &'f Value| -> Vec<&'f str> {
        match value {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    };
    let said = |parts: &[super::super::resource::Cursor<'f>]| -> Vec<&'f str> {
        parts.iter().filter_map(|part| part.value.get("type")).flat_map(named).collect()
    };
    let mut kinds = said(parts.certain());
    if kinds.is_empty() {
        kinds = said(parts.possible());
    }
    kinds.retain(|kind| *kind != "null");
    if kinds.is_empty() {
        let implied = [
            ("properties", "object"),
            ("additionalProperties", "object"),
            ("items", "array"),
            ("pattern", "string"),
            ("maxLength", "string"),
            ("format", "string"),
            ("x-role", "string"),
        ];
        let found = implied.into_iter().find(|(keyword, _)| parts.first(keyword).is_some());
        kinds.extend(found.map(|(_, kind)| kind));
    }
    kinds
}

/// The values that may be chosen; none if the form lists none.
fn choices(parts: &Parts<'_>) -> Vec<Choice> {
    let certain = parts.certain().iter().map(|part| listed(part.value));
    let binding = certain.filter(|listed| !listed.is_empty()).reduce(|mut one, other| {
        one.retain(|choice| other.iter().any(|known| known.value == choice.value));
        one
    });
    let mut choices = binding.unwrap_or_default();
    if choices.is_empty() {
        // Alternatives: any value of any of them.
        for choice in parts.possible().iter().flat_map(|part| listed(part.value)) {
            if !choices.iter().any(|known: &Choice| known.value == choice.value) {
                choices.push(choice);
            }
        }
        let is_open = parts
            .possible()
            .iter()
            .any(|part| listed(part.value).is_empty() && part.value.get("type").is_some());
        if is_open {
            choices.clear();
        }
    }
    choices.truncate(MOST_CHOICES);
    choices
}

/// The values that one schema lists, if all are plain.
fn listed(schema: &Value) -> Vec<Choice> {
    let is_plain = |value: &Value| !value.is_array() && !value.is_object() && !value.is_null();
    if let Some(value) = schema.get("const") {
        let choice = Choice { value: value.clone(), title: None, meaning: None };
        return if is_plain(value) { vec![choice] } else { Vec::new() };
    }
    let values =
        schema.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let meanings = schema.get("enumDescriptions").and_then(Value::as_array);
    let meaning = |index: usize| meanings?.get(index)?.as_str().map(str::to_owned);
    let plain = values.iter().enumerate().filter(|(_, value)| is_plain(value));
    plain
        .map(|(index, value)| Choice { value: value.clone(), title: None, meaning: meaning(index) })
        .collect()
}

impl Choice {
    fn of(word: &Word) -> Self {
        Self {
            value: Value::String(word.key.clone()),
            title: Some(word.title.clone()),
            meaning: word.description.clone(),
        }
    }
}
