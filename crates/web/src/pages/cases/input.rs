//! A field of a procedure as a form asks it: one control for each kind, with what stands in it, and what was typed as the
//! value that it asks for.

use std::{collections::HashMap, sync::Arc};

use jiff::{civil::Date, tz::TimeZone};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    cases::LinkedDocument,
    organisation::Named,
    texts::{Texts, Voice},
};
use procedure::{Cond, Definition, Field as Asked, Kind, Value, Values};
use registry::{
    Code, DocumentId, PersonId, Refusal,
    cases::{Doer, Filled},
    organisation::Organisation,
    reference::sort_key,
};
use serde_json::Value as Json;

use super::named;
use crate::{
    look::{Choice, Field, Width},
    pages::{
        custody::common::typed_moment,
        marking_form,
        visit::{Sent, Wrong},
    },
};

/// Empty lines beneath those that are filled in of a list.
const SPARE: usize = 3;

/// What forms offer and what identifiers are called.
pub struct Around {
    pub organisation: Arc<Organisation>,
    pub people: Vec<Named>,
    pub names: HashMap<PersonId, String>,
    pub documents: HashMap<DocumentId, LinkedDocument>,
    /// The numbers of cases, by identifier.
    pub cases: HashMap<String, String>,
    pub day: Date,
    pub zone: TimeZone,
}

/// As a field is sent.
pub fn name_of(code: &str) -> String {
    format!("f.{code}")
}

impl Around {
    pub async fn of(reading: &mut Reading) -> Result<Self, Failure> {
        let day = reading.today();
        Ok(Self {
            organisation: reading.organisation().await?,
            people: reading.offered(day).await?,
            names: reading.names().await?,
            documents: HashMap::new(),
            cases: HashMap::new(),
            day,
            zone: reading.house.zone.clone(),
        })
    }

    /// What an identifier is called; itself where it is called nothing that the reader sees.
    fn called(&self, say: Voice<'_>, kind: Kind, id: &str) -> String {
        let tag = say.language().tag();
        let called = match kind {
            Kind::Person => id.parse().ok().and_then(|id| self.names.get(&id).cloned()),
            Kind::Post => id
                .parse()
                .ok()
                .and_then(|id| self.organisation.post(id))
                .map(|post| format!("{} – {}", post.code, post.titles.in_language(tag))),
            Kind::Unit => id
                .parse()
                .ok()
                .and_then(|id| self.organisation.unit(id))
                .map(|unit| format!("{} – {}", unit.code, unit.names.in_language(tag))),
            Kind::Document => {
                id.parse().ok().and_then(|id| self.documents.get(&id)).map(|doc| doc.reference.clone())
            }
            Kind::Case => self.cases.get(id).cloned(),
            _ => None,
        };
        called.unwrap_or_else(|| id.to_owned())
    }

    /// The lists from which names are proposed while one types, of those kinds that some fields have.
    pub fn lists(&self, say: Voice<'_>, kinds: &[Kind]) -> Markup {
        let tag = say.language().tag();
        let mut units: Vec<String> = self
            .organisation
            .units()
            .into_iter()
            .filter(|unit| unit.days.has(self.day))
            .map(|unit| format!("{} – {}", unit.code, unit.names.in_language(tag)))
            .collect();
        units.sort_by_cached_key(|unit| sort_key(unit));
        let people = self.people.iter().map(|person| person.name.clone());
        html! {
            @if kinds.contains(&Kind::Person) { (offered("offered-people", people)) }
            @if kinds.contains(&Kind::Post) { (offered("offered-posts", self.posts(tag).into_iter())) }
            @if kinds.contains(&Kind::Unit) { (offered("offered-units", units.into_iter())) }
        }
    }

    fn posts(&self, tag: &str) -> Vec<String> {
        let mut posts: Vec<String> = self
            .organisation
            .posts()
            .into_iter()
            .filter(|post| post.days.has(self.day))
            .map(|post| format!("{} – {}", post.code, post.titles.in_language(tag)))
            .collect();
        posts.sort_by_cached_key(|post| sort_key(post));
        posts
    }

    /// Posts and people in one list, for whom a task is given to.
    pub fn doers(&self, say: Voice<'_>) -> Markup {
        let people = self.people.iter().map(|person| person.name.clone());
        offered("offered-doers", self.posts(say.language().tag()).into_iter().chain(people))
    }

    /// Somebody who is typed: a post by its code, or a person.
    pub async fn doer(&self, reading: &mut Reading, typed: &str) -> Result<Doer, Failure> {
        match self.post(typed) {
            Some(post) => Ok(Doer::Post(post)),
            None => Ok(Doer::Person(reading.colleague("to", typed).await?)),
        }
    }

    fn post(&self, typed: &str) -> Option<registry::id::PostId> {
        let code = typed.split(" – ").next().unwrap_or_default().trim().to_uppercase();
        self.organisation.post_by_code(&code).map(|post| post.id)
    }

    /// The identifier of what is typed.
    async fn resolve(&self, reading: &mut Reading, kind: Kind, typed: &str) -> Result<String, Failure> {
        let unknown = || Refusal::on("values", Code::NotOffered).with("value", typed);
        match kind {
            Kind::Person => Ok(reading.colleague("values", typed).await?.to_string()),
            Kind::Post => Ok(self.post(typed).ok_or_else(unknown)?.to_string()),
            Kind::Unit => {
                let code = typed.split(" – ").next().unwrap_or_default().trim().to_uppercase();
                let unit = self.organisation.unit_by_code(&code).ok_or_else(unknown)?;
                Ok(unit.id.to_string())
            }
            Kind::Document => {
                let known = self.documents.iter().find(|(_, doc)| doc.reference == typed);
                if let Some((id, _)) = known {
                    return Ok(id.to_string());
                }
                let found = reading.by_reference(typed).await?;
                match found.as_slice() {
                    [only] => Ok(only.document.to_string()),
                    _ => Err(unknown().into()),
                }
            }
            Kind::Case => {
                let id = reading.case_named(typed).await?;
                Ok(reading.case(id).await?.row.case.id.to_string())
            }
            Kind::Country => Ok(typed.to_uppercase()),
            _ => Ok(typed.to_owned()),
        }
    }
}

fn offered(id: &str, values: impl Iterator<Item = String>) -> Markup {
    html! { datalist id=(id) { @for value in values { option value=(value); } } }
}

/// What stands in a field as it would be typed.
pub fn typed(say: Voice<'_>, around: &Around, field: &Asked, value: &Value) -> Vec<String> {
    let kind = field.kind.each().unwrap_or(field.kind);
    match value {
        Value::Date(day) => vec![say.date(*day)],
        Value::Moment(at) => {
            let at = at.to_zoned(around.zone.clone());
            vec![format!("{} {:02}:{:02}", say.date(at.date()), at.hour(), at.minute())]
        }
        other => other.entries().iter().map(|entry| around.called(say, kind, entry)).collect(),
    }
}

/// Puts what stands in fields into a form.
pub fn fill(say: Voice<'_>, around: &Around, definition: &Definition, values: &Values, sent: &mut Sent) {
    for field in &definition.fields {
        if let Some(value) = values.get(&field.code) {
            typed(say, around, field, value)
                .into_iter()
                .for_each(|text| sent.push(name_of(&field.code), text));
        }
    }
}

/// What a field asks of whoever fills it in, where its name doesn't say it.
fn hint(say: Voice<'_>, definition: &Definition, field: &Asked) -> Option<String> {
    let mut hints: Vec<String> = field.hint.iter().map(|hint| named(say, hint).to_owned()).collect();
    hints.extend(
        field.pattern.as_ref().map(|as_| say.tr("cases-hint-pattern", &[("form", as_.to_string().into())])),
    );
    let key = match field.kind {
        Kind::Date => Some("cases-hint-date"),
        Kind::Moment => Some("cases-hint-moment"),
        Kind::Money => Some("cases-hint-money"),
        Kind::Document => Some("cases-hint-document"),
        Kind::Documents => Some("cases-hint-documents"),
        Kind::Country => Some("cases-hint-country"),
        Kind::Countries => Some("cases-hint-countries"),
        Kind::Case => Some("cases-hint-case"),
        Kind::Rating => Some("cases-hint-rating"),
        Kind::Post | Kind::Posts | Kind::Unit | Kind::Units => Some("cases-hint-code"),
        Kind::Person | Kind::People => Some("cases-hint-person"),
        _ => None,
    };
    hints.extend(key.map(|key| say.t(key)));
    if let (Kind::Number | Kind::Money, Some(min), Some(max)) = (field.kind, field.min, field.max) {
        hints.push(say.tr("cases-hint-range", &[("min", min.into()), ("max", max.into())]));
    }
    if let Some(when) = &field.when {
        let mut about = Vec::new();
        fields_of(when, &mut about);
        let names: Vec<String> = about
            .iter()
            .filter_map(|code| definition.field(code))
            .map(|of| named(say, &of.names).to_owned())
            .collect();
        hints.push(say.tr("cases-hint-when", &[("fields", say.list(&names).into())]));
    }
    (!hints.is_empty()).then(|| hints.join(" "))
}

fn fields_of<'c>(cond: &'c Cond, all: &mut Vec<&'c str>) {
    match cond {
        Cond::Field { field, .. } if !all.contains(&field.as_str()) => all.push(field),
        Cond::All(many) | Cond::Any(many) => many.iter().for_each(|one| fields_of(one, all)),
        Cond::Not(one) => fields_of(one, all),
        _ => {}
    }
}

/// The control of a field. `pad` is put before its identifiers where a page has several forms.
pub fn control(
    say: Voice<'_>,
    definition: &Definition,
    asked: &Asked,
    required: bool,
    pad: &str,
    sent: &Sent,
    wrong: &Wrong,
) -> Markup {
    let name = name_of(&asked.code);
    let known = format!("{pad}{name}");
    let (label, hint) = (named(say, &asked.names), hint(say, definition, asked));
    let mut field = Field::new(&name, label).known_as(&known).value(sent.get(&name)).error(wrong.at(&known));
    if let Some(hint) = &hint {
        field = field.hint(hint);
    }
    if !required {
        field = field.optional();
    }
    let short = field.width(Width::Short);
    let choices: Vec<Choice<'_>> =
        asked.choices.iter().map(|choice| Choice::new(&choice.code, named(say, &choice.names))).collect();
    match asked.kind {
        Kind::Text => field.long(say, 5),
        Kind::Documents => field.value(&sent.all(&name).join("\n")).long(say, 3),
        Kind::Countries => field.value(&sent.all(&name).join(", ")).text(say),
        Kind::Number | Kind::Money | Kind::Country => short.text(say),
        Kind::Date => field.date(say),
        Kind::Moment | Kind::Document | Kind::Case => field.width(Width::Medium).text(say),
        Kind::YesNo => {
            let (yes, no) = (say.t("cases-yes"), say.t("cases-no"));
            one_of(say, &field, required, &[Choice::new("yes", &yes), Choice::new("no", &no)])
        }
        Kind::Choice => one_of(say, &field, required, &choices),
        Kind::Choices => field.checks(say, &choices, &sent.all(&name)),
        Kind::Rating => {
            let marks = ["1", "2", "3", "4", "5"].map(|mark| Choice::new(mark, mark));
            one_of(say, &field, required, &marks)
        }
        Kind::Person => field.offered("offered-people").text(say),
        Kind::Post => field.offered("offered-posts").text(say),
        Kind::Unit => field.offered("offered-units").text(say),
        Kind::People => many(say, &field, &name, "offered-people", sent),
        Kind::Posts => many(say, &field, &name, "offered-posts", sent),
        Kind::Units => many(say, &field, &name, "offered-units", sent),
        Kind::Line => field.text(say),
    }
}

fn one_of(say: Voice<'_>, field: &Field<'_>, required: bool, choices: &[Choice<'_>]) -> Markup {
    if required && choices.len() <= 5 { field.radios(say, choices) } else { field.select(say, choices) }
}

/// Several, a line each, in their order: those that are filled in, and some empty ones.
fn many(say: Voice<'_>, field: &Field<'_>, name: &str, list: &str, sent: &Sent) -> Markup {
    let mut lines: Vec<&str> = sent.all(name).into_iter().filter(|line| !line.trim().is_empty()).collect();
    lines.extend(std::iter::repeat_n("", SPARE));
    field.lines(say, list, &lines)
}

/// What was typed into some fields where it is another than what stands in them; nothing typed is `null`. What is wrong
/// goes beside its field.
pub async fn read(
    say: Voice<'_>,
    texts: &Texts,
    reading: &mut Reading,
    around: &Around,
    (fields, before): (&[Asked], &Values),
    (pad, sent): (&str, &Sent),
    wrong: &mut Wrong,
) -> Result<Filled, Failure> {
    let mut filled = Filled::new();
    for field in fields {
        let name = name_of(&field.code);
        let before = before.get(&field.code);
        let stood = before.map(|value| typed(say, around, field, value)).unwrap_or_default();
        let given = lines(field.kind, sent, &name);
        if given == stood {
            continue;
        }
        match json(texts, reading, around, field.kind, &given).await {
            Ok(value) => {
                let was = before.and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default();
                if value != was {
                    filled.insert(field.code.clone(), value);
                }
            }
            Err(Failure::Refused(refusal)) => wrong.beside(say, format!("{pad}{name}").into(), &refusal),
            Err(failure) => return Err(failure),
        }
    }
    Ok(filled)
}

fn lines(kind: Kind, sent: &Sent, name: &str) -> Vec<String> {
    let all = sent.all(name);
    let parts: Vec<String> = match kind {
        Kind::Documents => all.iter().flat_map(|text| text.lines()).map(str::to_owned).collect(),
        Kind::Countries => {
            all.iter().flat_map(|text| text.split([',', '\n', ' '])).map(str::to_owned).collect()
        }
        Kind::Text => all.iter().map(|text| text.replace("\r\n", "\n")).collect(),
        _ => all.iter().map(|text| (*text).to_owned()).collect(),
    };
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

async fn json(
    texts: &Texts,
    reading: &mut Reading,
    around: &Around,
    kind: Kind,
    given: &[String],
) -> Result<Json, Failure> {
    let Some(first) = given.first() else { return Ok(Json::Null) };
    if let Some(each) = kind.each() {
        let mut all = Vec::new();
        for one in given {
            all.push(Json::String(around.resolve(reading, each, one).await?));
        }
        return Ok(Json::Array(all));
    }
    Ok(match kind {
        Kind::Number | Kind::Rating => match first.parse::<i64>() {
            Ok(number) => Json::from(number),
            Err(_) => Json::String(first.clone()),
        },
        Kind::YesNo => Json::Bool(first == "yes"),
        Kind::Date => Json::String(super::typed_day(texts, "values", first)?.to_string()),
        Kind::Moment => {
            let at = typed_moment(reading, texts, "values", first)?;
            Json::String(at.unwrap_or_else(|| reading.office().now()).jiff().to_string())
        }
        Kind::Money => Json::String(first.replace(',', ".").to_uppercase()),
        _ => Json::String(around.resolve(reading, kind, first).await?),
    })
}

/// The kinds that some fields have, each of several as one of them.
pub fn kinds<'f>(fields: impl IntoIterator<Item = &'f Asked>) -> Vec<Kind> {
    fields.into_iter().map(|field| field.kind.each().unwrap_or(field.kind)).collect()
}

/// The marking of a case, as the form of registration has it.
pub fn marking(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    wrong: &Wrong,
    read: Option<crate::look::Proposal<'_>>,
) -> Markup {
    let policies = &reading.house.policies;
    let Some(policy) = marking_form::policy(policies, sent.get("policy")) else { return html! {} };
    let levels = marking_form::levels(policies, policy, say);
    let label = say.t("form-level");
    let level = Field::new("level", &label).value(sent.get("level")).error(wrong.at("level")).proposal(read);
    html! {
        (marking_form::policy_field(say, policies, policy, &say.t("form-policy-hint")))
        (level.width(Width::Medium).select(say, &marking_form::choices(&levels)))
        (marking_form::categories(say, policy, sent))
    }
}
