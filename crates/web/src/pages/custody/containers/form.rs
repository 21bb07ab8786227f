//! The form that puts a container into the registry's books: name, place, and policy by policy the most that it may hold.

use std::collections::{BTreeMap, BTreeSet};

use axum::response::{IntoResponse, Redirect, Response};
use label::{Category, Clearance, NamedClearance, Policy};
use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{Code, Command, Refusal, custody::Act, house::House};

use super::page;
use crate::{
    answer::WebError,
    look::{Button, Choice, Field, Form, SEND, Width, buttons, form},
    pages::{
        custody::{
            common::{Kept, Part},
            lists::Asking,
        },
        marking_form,
        visit::{Posted, Sent, Wrong, labelled, refused},
    },
    signed::Signed,
    words,
};

/// It may hold what is set, or anything.
pub(in crate::pages::custody) const BOUNDED: &str = "bounded";
pub(in crate::pages::custody) const ANYTHING: &str = "anything";
/// Begins the names of the fields of levels, and of those of categories: one a policy.
const LEVEL: &str = "level-";
const CATEGORY: &str = "also-";
/// No level at all: nothing of the policy is held.
const NOTHING: &str = "-";

/// The fields with their labels.
pub(super) fn labels(say: Voice<'_>) -> [(&'static str, String); 3] {
    [("name", "container-name"), ("place", "container-place"), ("approved", "container-approved")]
        .map(|(name, key)| (name, say.t(key)))
}

/// A form in which nothing was typed yet.
pub(super) fn empty() -> Sent {
    let mut sent = Sent::default();
    sent.push("approved", BOUNDED);
    sent
}

/// The form, folded up until it is wanted or where it is the first thing to do.
pub(super) fn furnishing(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    kept: &Kept,
    sent: &Sent,
    wrong: &Wrong,
    first: bool,
) -> Markup {
    let labels = labels(say);
    let field = |name: &'static str| labelled(&labels, name).value(sent.get(name)).error(wrong.at(name));
    let [title, name, place, anything, risk, up_to] = [
        "container-new",
        "container-name-hint",
        "container-place-hint",
        "container-anything",
        "container-anything-risk",
        "container-up-to",
    ]
    .map(|key| say.t(key));
    let bounds =
        [Choice::new(BOUNDED, &up_to), Choice { detail: Some(&risk), ..Choice::new(ANYTHING, &anything) }];
    let frame = Form {
        action: Part::Containers.path(),
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: false,
    };
    html! {
        details.card.more open[first || !wrong.is_empty()] {
            summary { (title) }
            (form(frame, &html! {
                input type="hidden" name="registry" value=(kept.chosen.code);
                (field("name").hint(&name).width(Width::Medium).text(say))
                (field("place").hint(&place).text(say))
                (field("approved").radios(say, &bounds))
                @for (number, policy) in reading.house.policies.iter().enumerate() {
                    (approval(say, &reading.house, number, policy, sent))
                }
                (buttons(&[Button::main(&title).key(SEND)]))
            }))
        }
    }
}

/// The highest level of a policy that a container may hold, and which of its special categories.
pub(in crate::pages::custody) fn approval(
    say: Voice<'_>,
    house: &House,
    number: usize,
    policy: &Policy,
    sent: &Sent,
) -> Markup {
    let (level, also) = (format!("{LEVEL}{number}"), format!("{CATEGORY}{number}"));
    let mut levels = marking_form::levels(&house.policies, policy, say);
    levels.insert(0, (NOTHING.to_owned(), say.t("house-holds-nothing")));
    let chosen = Some(sent.get(&level)).filter(|chosen| !chosen.is_empty()).unwrap_or(NOTHING);
    let label = say.tr("container-also", &[("policy", policy.name().into())]);
    let values: Vec<(String, &str)> = special(policy)
        .map(|(set, category)| {
            let words = category.words(words::label_language(say.language()));
            (format!("{set}|{}", category.name), words)
        })
        .collect();
    let choices: Vec<Choice<'_>> = values.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        (Field::new(&level, policy.name()).value(chosen).width(Width::Medium).select(say, &marking_form::choices(&levels)))
        @if !choices.is_empty() {
            (Field::new(&also, &label).optional().checks(say, &choices, &sent.all(&also)))
        }
    }
}

/// The categories of a policy that need an approval of their own and may be held at all, with their sets.
fn special(policy: &Policy) -> impl Iterator<Item = (&str, &Category)> {
    policy.tag_sets().iter().flat_map(|set| {
        let categories = set.tags.iter().flat_map(|tag| &tag.categories);
        let held = categories.filter(|one| one.key.kind.is_restrictive() && !one.rule.existence_only);
        held.map(|one| (set.name.as_str(), one))
    })
}

/// Puts a container into the books.
pub async fn furnish(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let kept = Kept::of(&reading, sent.get("registry"))?;
    let outcome = match approved(&reading.house, sent) {
        Ok(approved) => {
            drop(reading);
            let act = Act::Furnish {
                name: sent.get("name").to_owned(),
                place: sent.get("place").to_owned(),
                approved,
            };
            let command = Command::Custody { registry: kept.chosen.id, act: Box::new(act) };
            app.office.command(posted.sender(), sent.command(app), command).await.map(|_| ())
        }
        Err(refusal) => Err(Failure::Refused(refusal)),
    };
    match outcome {
        Ok(()) => {
            let to = format!("{}&done=container-furnished", kept.address(Part::Containers.path()));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let mut wrong = Wrong::default();
            match labels(say).iter().find(|(name, _)| Some(*name) == refusal.field) {
                Some((field, _)) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            let asking = Asking { registry: kept.chosen.code.clone(), ..Asking::default() };
            let page = page(say, &mut reading, signed, &asking, sent, &wrong).await?;
            Ok(refused(page, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The most that it may hold, policy by policy; none for one that may hold anything.
pub(in crate::pages::custody) fn approved(house: &House, sent: &Sent) -> Result<Vec<Clearance>, Refusal> {
    if sent.get("approved") == ANYTHING {
        return Ok(Vec::new());
    }
    let mut approved = Vec::new();
    for (number, policy) in house.policies.iter().enumerate() {
        let level = sent.get(&format!("{LEVEL}{number}"));
        if level.is_empty() || level == NOTHING {
            continue;
        }
        let mut categories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for value in sent.all(&format!("{CATEGORY}{number}")) {
            if let Some((set, category)) = value.split_once('|') {
                categories.entry(set.to_owned()).or_default().insert(category.to_owned());
            }
        }
        let named = NamedClearance { policy: policy.name().to_owned(), level: level.to_owned(), categories };
        let clearance = house.policies.resolve_clearance(&named);
        approved.push(clearance.map_err(|_| Refusal::on("approved", Code::NotOffered))?);
    }
    if approved.is_empty() { Err(Refusal::on("approved", Code::Required)) } else { Ok(approved) }
}
