//! The forms by which the house is changed: a body, a registry with what it may hold, a need-to-know group, a file of
//! series, and which registry gives the numbers of a series.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use label::{Clearance, NamedClearance, Policy};
use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{
    Code, Command, Refusal,
    house::{House, Names, Registry, Terms},
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Choice, Crumb, Field, Form, SEND, Section, Width, buttons, crumbs, form, heading},
    pages::{
        house::{self, PATH},
        marking_form,
        visit::{Posted, Sent, Visit, Wrong, refused},
    },
    signed::Signed,
};

/// Begins the names of the fields of ceilings: one a policy, by its place.
const CEILING: &str = "ceiling-";
/// The value of `ceilings` where a registry has one.
const BOUNDED: &str = "bounded";
/// The value of `ceilings` where it has none.
const ANYTHING: &str = "anything";

/// What a form makes or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Registry,
    Group,
    Body,
    Series,
    Entrust,
    /// A registry that is there.
    Changed,
}

impl What {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "registry" => Self::Registry,
            "group" => Self::Group,
            "body" => Self::Body,
            "series" => Self::Series,
            "entrust" => Self::Entrust,
            _ => return None,
        })
    }
    const fn as_str(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Group => "group",
            Self::Body => "body",
            Self::Series => "series",
            Self::Entrust => "entrust",
            Self::Changed => "changed",
        }
    }
    /// The fields with the keys of their labels, in the order of the form.
    const fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Group | Self::Body => {
                &[("code", "house-code"), ("name_en", "house-name-en"), ("name_fr", "house-name-fr")]
            }
            Self::Registry => &[
                ("code", "house-code"),
                ("name_en", "house-name-en"),
                ("name_fr", "house-name-fr"),
                ("body", "house-kept-by"),
                ("parent", "house-above"),
                ("ceilings", "house-may-hold"),
            ],
            Self::Changed => &[
                ("name_en", "house-name-en"),
                ("name_fr", "house-name-fr"),
                ("body", "house-kept-by"),
                ("parent", "house-above"),
                ("ceilings", "house-may-hold"),
                ("reason", "person-reason"),
            ],
            Self::Series => &[("name", "house-series-name"), ("toml", "house-series-file")],
            Self::Entrust => &[("series", "house-series-code"), ("registry", "series-numbered-by")],
        }
    }
    fn title(self, say: Voice<'_>) -> String {
        say.t(match self {
            Self::Registry => "house-open-registry",
            Self::Group => "house-form-group",
            Self::Body => "house-establish-body",
            Self::Series => "house-adopt-series",
            Self::Entrust => "house-entrust",
            Self::Changed => "house-change-registry",
        })
    }
}

/// What is asked of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    what: String,
    series: String,
}

/// Whoever keeps the house; of those who do not, nobody is told that there is such a form.
fn admitted(reading: &Reading, what: What) -> Result<(), WebError> {
    if !reading.sees_people() {
        return Err(WebError::page(Code::NotFound));
    }
    if what != What::Group && !house::administers(reading) {
        return Err(WebError::page(Code::Forbidden));
    }
    Ok(())
}

fn there<'a>(reading: &'a Reading, code: &str) -> Result<&'a Registry, WebError> {
    reading.house.registry_by_code(code).ok_or_else(|| WebError::page(Code::NotFound))
}

/// The form for something new.
pub async fn new_page(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let what = What::parse(&asking.what).unwrap_or(What::Registry);
    admitted(&reading, what)?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    sent.push("series", asking.series);
    sent.push("ceilings", BOUNDED);
    Ok(page(say, &reading, &signed, what, None, &sent, &Wrong::default()))
}

/// The form for changing a registry, filled with what it is.
pub async fn change_page(visit: Visit, Path(code): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    admitted(&reading, What::Changed)?;
    let registry = there(&reading, &code)?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    sent.push("name_en", &*registry.names.en);
    sent.push("name_fr", &*registry.names.fr);
    sent.push("body", registry.body.map(|b| b.to_string()).unwrap_or_default());
    let above = registry.parent.and_then(|id| reading.house.registry(id)).map(|r| r.code.clone());
    sent.push("parent", above.unwrap_or_default());
    sent.push("ceilings", if registry.ceilings.is_empty() { ANYTHING } else { BOUNDED });
    for (place, policy) in reading.house.policies.iter().enumerate() {
        let set = registry.ceilings.iter().find(|c| c.policy == *policy.id());
        let level = set.and_then(|c| policy.level(&c.level)).map(|level| level.name.clone());
        sent.push(format!("{CEILING}{place}"), level.unwrap_or_default());
    }
    Ok(page(say, &reading, &signed, What::Changed, Some(registry), &sent, &Wrong::default()))
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    what: What,
    registry: Option<&Registry>,
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let labels: Vec<(&'static str, String)> =
        what.fields().iter().map(|(name, key)| (*name, say.t(key))).collect();
    let lines: Vec<(&str, &str)> = labels.iter().map(|(name, label)| (*name, label.as_str())).collect();
    let title = what.title(say);
    let action = registry.map_or_else(|| format!("{PATH}/new"), |registry| house::address(&registry.code));
    let (up, cancel) = (say.t("house-title"), say.t("form-cancel"));
    let body = html! {
        (wrong.shown(say, &lines))
        (crumbs(say, &[Crumb { label: &up, href: PATH }]))
        (heading(&title, &html! {
            @if let Some(registry) = registry { p { (registry.code) } }
            p { (say.t(&format!("house-{}-explained", what.as_str()))) }
        }))
        (form(Form { action: &action, token: Some(&signed.form_token), command: Some(sent.get("command")), files: false, guard: true }, &html! {
            input type="hidden" name="what" value=(what.as_str());
            @for (name, label) in &labels { (field(say, reading, what, name, label, sent, wrong)) }
            (buttons(&[Button::main(&title).key(SEND), Button::plain(&cancel).to(PATH)]))
        }))
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, &action, Some(Section::House), body))
}

fn field(
    say: Voice<'_>,
    reading: &Reading,
    what: What,
    name: &'static str,
    label: &str,
    sent: &Sent,
    wrong: &Wrong,
) -> Markup {
    let tag = say.language().tag();
    let hint = say.maybe(&format!("house-{name}-hint-{}", what.as_str()), &[]).unwrap_or_default();
    let field = Field::new(name, label).value(sent.get(name)).error(wrong.at(name));
    let field = if hint.is_empty() { field } else { field.hint(&hint) };
    match name {
        "code" => field.width(Width::Short).text(say),
        "body" => {
            let bodies = reading.house.bodies();
            let all: Vec<(String, String)> =
                bodies.map(|b| (b.id.to_string(), b.names.in_language(tag).to_owned())).collect();
            field.optional().width(Width::Medium).select(say, &marking_form::choices(&all))
        }
        "ceilings" => html! {
            (bounded(say, &field))
            @for (place, policy) in reading.house.policies.iter().enumerate() {
                (ceiling(say, &reading.house, place, policy, sent))
            }
        },
        "registry" => {
            field.width(Width::Medium).select(say, &marking_form::choices(&registries(reading, tag)))
        }
        "parent" => field
            .optional()
            .width(Width::Medium)
            .select(say, &marking_form::choices(&registries(reading, tag))),
        "series" => field.width(Width::Short).text(say),
        "toml" => field.long(say, 16),
        "reason" => field.long(say, 2),
        _ => field.text(say),
    }
}

fn registries(reading: &Reading, tag: &str) -> Vec<(String, String)> {
    let named = |r: &&Registry| (r.code.clone(), format!("{} · {}", r.code, r.names.in_language(tag)));
    reading.house.registries().iter().map(named).collect()
}

fn bounded(say: Voice<'_>, field: &Field<'_>) -> Markup {
    let [anything, risk, up_to] =
        ["house-holds-anything", "house-holds-anything-risk", "house-holds-up-to"].map(|key| say.t(key));
    let choices =
        [Choice::new(BOUNDED, &up_to), Choice { detail: Some(&risk), ..Choice::new(ANYTHING, &anything) }];
    field.radios(say, &choices)
}

fn ceiling(say: Voice<'_>, house: &House, place: usize, policy: &Policy, sent: &Sent) -> Markup {
    let name = format!("{CEILING}{place}");
    let mut levels = marking_form::levels(&house.policies, policy, say);
    levels.insert(0, (String::new(), say.t("house-holds-nothing")));
    Field::new(&name, policy.name())
        .value(sent.get(&name))
        .width(Width::Medium)
        .select(say, &marking_form::choices(&levels))
}

/// Makes what the form says.
pub async fn make(posted: Posted) -> Result<Response, WebError> {
    let what = What::parse(posted.sent.get("what")).ok_or_else(|| WebError::page(Code::RequestForm))?;
    carry_out(posted, what, None).await
}

/// Changes a registry as the form says.
pub async fn change(Path(code): Path<String>, posted: Posted) -> Result<Response, WebError> {
    carry_out(posted, What::Changed, Some(code)).await
}

async fn carry_out(posted: Posted, what: What, code: Option<String>) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    admitted(&reading, what)?;
    let registry = code.map(|code| there(&reading, &code).cloned()).transpose()?;
    let outcome = match command(&reading.house, what, registry.as_ref(), sent) {
        Ok(command) => {
            drop(reading);
            app.office.command(posted.sender(), sent.command(app), command).await.map(|_| ())
        }
        Err(refusal) => Err(Failure::Refused(refusal)),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?done=house-{}", what.as_str())).into_response()),
        Err(Failure::Refused(refusal)) => {
            let reading = posted.read().await?;
            let mut wrong = Wrong::default();
            let fields: Vec<&'static str> = match refusal.field {
                Some("names") => ["name_en", "name_fr"]
                    .into_iter()
                    .filter(|name| refusal.code != Code::Required || sent.get(name).trim().is_empty())
                    .collect(),
                other => {
                    what.fields().iter().map(|(name, _)| *name).filter(|name| Some(*name) == other).collect()
                }
            };
            fields.iter().for_each(|field| wrong.on(say, field, &refusal));
            if fields.is_empty() {
                wrong.whole.push(refusal.clone());
            }
            Ok(refused(page(say, &reading, signed, what, registry.as_ref(), sent, &wrong), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn command(house: &House, what: What, registry: Option<&Registry>, sent: &Sent) -> Result<Command, Refusal> {
    let names = Names { en: sent.get("name_en").to_owned(), fr: sent.get("name_fr").to_owned() };
    let code = sent.get("code").to_owned();
    let terms = |names: Names| {
        let above = sent.get("parent");
        let parent = (!above.is_empty()).then(|| {
            house.registry_by_code(above).map(|r| r.id).ok_or(Refusal::on("parent", Code::NotOffered))
        });
        Ok::<_, Refusal>(Terms {
            names,
            body: sent.get("body").parse().ok(),
            parent: parent.transpose()?,
            ceilings: ceilings(house, sent)?,
        })
    };
    Ok(match (what, registry) {
        (What::Group, _) => Command::FormGroup { code, names },
        (What::Body, _) => Command::EstablishBody { code, names },
        (What::Series, _) => Command::AdoptSeries {
            name: sent.get("name").to_owned(),
            // A form sends its lines with both ends; a file of series has one.
            toml: sent.get("toml").replace("\r\n", "\n"),
        },
        (What::Entrust, _) => {
            let to = house.registry_by_code(sent.get("registry"));
            let registry = to.ok_or(Refusal::on("registry", Code::RegistryUnknown))?.id;
            Command::EntrustSeries { series: sent.get("series").to_owned(), registry }
        }
        (_, None) => Command::OpenRegistry { code, terms: terms(names)? },
        (_, Some(registry)) => Command::ChangeRegistry {
            registry: registry.id,
            terms: terms(names)?,
            reason: sent.get("reason").to_owned(),
        },
    })
}

/// The ceilings that the form says: none for a registry that may hold anything.
fn ceilings(house: &House, sent: &Sent) -> Result<Vec<Clearance>, Refusal> {
    if sent.get("ceilings") == ANYTHING {
        return Ok(Vec::new());
    }
    let mut ceilings = Vec::new();
    for (place, policy) in house.policies.iter().enumerate() {
        let level = sent.get(&format!("{CEILING}{place}"));
        if !level.is_empty() {
            let named = NamedClearance {
                policy: policy.name().to_owned(),
                level: level.to_owned(),
                categories: Default::default(),
            };
            let ceiling = house.ceiling_at(&named);
            ceilings.push(ceiling.map_err(|_| Refusal::on("ceilings", Code::NotOffered))?);
        }
    }
    if ceilings.is_empty() { Err(Refusal::on("ceilings", Code::Required)) } else { Ok(ceilings) }
}
