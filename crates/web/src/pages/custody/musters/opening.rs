//! The form that opens a muster: why, of which logs, all or a sample, and between whom where copies are handed over.

use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use office::{Failure, Reading, texts::Voice};
use registry::{
    Answer, Code, Command, Refusal,
    custody::{
        Act, Container,
        muster::{HandOver, MusterKind},
    },
};
use store::Visible;

use super::{
    super::{
        common::{Kept, Part, ways},
        lists::Asking,
    },
    PATH,
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Choice, Form, SEND, Section, Width, buttons, form, heading},
    pages::{
        marking_form,
        visit::{Posted, Sent, Visit, Wrong, labelled, refused},
    },
    signed::Signed,
};

const FIELDS: [(&str, &str); 8] = [
    ("kind", "muster-kind"),
    ("logs", "muster-logs"),
    ("container", "muster-container"),
    ("sample", "muster-sample"),
    ("seed", "muster-seed"),
    ("from", "muster-from"),
    ("to", "muster-to"),
    ("words", "muster-words"),
];

/// The form.
pub async fn form_page(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    let containers = reading.containers(kept.chosen.id).await?;
    Ok(page(say, &reading, &signed, &kept, &containers, &sent, &Wrong::default()))
}

/// Opens it.
pub async fn open(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let kept = Kept::of(&reading, sent.get("registry"))?;
    let registry = kept.chosen.id;
    let refusal = match typed(&mut reading, &kept, sent).await? {
        Err(refusal) => refusal,
        Ok(act) => {
            let command = Command::Custody { registry, act: Box::new(act) };
            match app.office.command(posted.sender(), sent.command(app), command).await {
                Ok(Answer::Mustered { muster, .. }) => {
                    let to = format!("{PATH}/{muster}?done=muster-opened");
                    return Ok(Redirect::to(&to).into_response());
                }
                Ok(_) => return Ok(Redirect::to(&kept.address(PATH)).into_response()),
                Err(Failure::Refused(refusal)) => refusal,
                Err(failure) => return Err(failure.into()),
            }
        }
    };
    let mut wrong = Wrong::default();
    match FIELDS.iter().find(|(name, _)| Some(*name) == refusal.field) {
        Some((field, _)) => wrong.on(say, field, &refusal),
        None => wrong.whole.push(refusal.clone()),
    }
    let containers = reading.containers(registry).await?;
    let page = page(say, &reading, signed, &kept, &containers, sent, &wrong);
    Ok(refused(page, refusal.code))
}

/// The act that was typed.
async fn typed(reading: &mut Reading, kept: &Kept, sent: &Sent) -> Result<Result<Act, Refusal>, WebError> {
    let refused = |field: &'static str, code: Code| Ok(Err(Refusal::on(field, code)));
    let Some(is) = MusterKind::ALL.into_iter().find(|kind| kind.as_str() == sent.get("kind")) else {
        return refused("kind", Code::Required);
    };
    let container = match sent.get("container") {
        "" => None,
        chosen => match chosen.parse() {
            Ok(id) => Some(id),
            Err(_) => return refused("container", Code::NotOffered),
        },
    };
    let Ok(sample) = number::<u32>(sent.get("sample")) else {
        return Ok(Err(Refusal::on("sample", Code::NotOffered).with("value", sent.get("sample"))));
    };
    let Ok(seed) = number::<u64>(sent.get("seed")) else {
        return Ok(Err(Refusal::on("seed", Code::NotOffered).with("value", sent.get("seed"))));
    };
    let hand_over = match is {
        MusterKind::HandOver => {
            let mut two = Vec::new();
            for field in ["from", "to"] {
                match reading.receiver(kept.chosen.id, sent.get(field)).await {
                    Ok(person) => two.push(person),
                    Err(Failure::Refused(refusal)) => {
                        return Ok(Err(Refusal { field: Some(field), ..refusal }));
                    }
                    Err(failure) => return Err(failure.into()),
                }
            }
            match two.as_slice() {
                [from, to] => Some(HandOver { from: *from, to: *to }),
                _ => None,
            }
        }
        _ => None,
    };
    Ok(Ok(Act::OpenMuster {
        is,
        logs: sent.all("logs").into_iter().map(str::to_owned).collect(),
        container,
        sample,
        seed,
        hand_over,
        words: sent.get("words").to_owned(),
    }))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    match text.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some),
    }
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    kept: &Kept,
    containers: &[Visible<(Container, u64)>],
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let field = |name: &'static str| labelled(&labels, name).value(sent.get(name)).error(wrong.at(name));
    let title = say.t("muster-open");
    let kinds: Vec<(String, String)> = MusterKind::ALL
        .map(|kind| (kind.as_str().to_owned(), say.t(&format!("muster-kind-{}", kind.as_str()))))
        .to_vec();
    let tag = say.language().tag();
    let logs: Vec<(String, String)> = reading
        .house
        .custody
        .policy
        .iter()
        .flat_map(|policy| &policy.log)
        .map(|log| (log.code.clone(), format!("{} – {}", log.code, log.names.in_language(tag))))
        .collect();
    let log_choices: Vec<Choice<'_>> = logs.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let places: Vec<(String, String)> = std::iter::once((String::new(), say.t("muster-container-all")))
        .chain(containers.iter().map(|one| {
            let Container { id, name, location, .. } = &one.0;
            (id.to_string(), format!("{name} – {location}"))
        }))
        .collect();
    let hints = ["muster-logs-hint", "muster-sample-hint", "muster-seed-hint", "copies-person-hint"]
        .map(|key| say.t(key));
    let [logs_hint, sample_hint, seed_hint, person_hint] = &hints;
    let (cancel, back) = (say.t("form-cancel"), kept.address(PATH));
    let frame = Form {
        action: PATH,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: true,
    };
    let over = sent.get("kind") == MusterKind::HandOver.as_str();
    let drawn = !sent.get("sample").is_empty() || wrong.at("sample").is_some() || wrong.at("seed").is_some();
    let body = html! {
        (wrong.shown(say, &labels))
        (heading(&title, &html! { p { (say.t("muster-open-text")) } }))
        (ways(say, kept, Part::Musters))
        (form(frame, &html! {
            input type="hidden" name="registry" value=(kept.chosen.code);
            (field("kind").width(Width::Medium).select(say, &marking_form::choices(&kinds)))
            (field("logs").hint(logs_hint).optional().checks(say, &log_choices, &sent.all("logs")))
            (field("container").optional().width(Width::Medium).select(say, &marking_form::choices(&places)))
            details.card.more open[drawn] {
                summary { (say.t("muster-drawn")) }
                (field("sample").hint(sample_hint).optional().width(Width::Short).text(say))
                (field("seed").hint(seed_hint).optional().width(Width::Medium).text(say))
            }
            details.card.more open[over] {
                summary { (say.t("muster-between")) }
                (field("from").hint(person_hint).optional().width(Width::Medium).text(say))
                (field("to").hint(person_hint).optional().width(Width::Medium).text(say))
            }
            (field("words").optional().long(say, 2))
            (buttons(&[Button::main(&title).key(SEND), Button::plain(&cancel).to(&back)]))
        }))
    };
    let sheet = Sheet::plain(&title, "/custody/musters/new", Some(Section::Custody), body);
    frame::page(say, reading, &signed.form_token, sheet)
}
