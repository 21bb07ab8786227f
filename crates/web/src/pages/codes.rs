//! One-time codes: handed out on a page that is shown once.

use axum::{extract::Path, response::Response};
use maud::html;
use office::{Failure, Reading, signin::CODE, texts::Voice};
use registry::{PersonId, person::Person};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Section, button},
    pages::{
        proving::{self, Again},
        visit::{Posted, id},
    },
    signed::Signed,
};

/// Gives a person a new code: the password and every session of that person end. Where nobody proved for a while who
/// sits here, the password is asked for first.
pub async fn give(Path(person): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let person: PersonId = id(&person)?;
    // Whoever may not see the person is told that there is none, as on the person's page.
    posted.read().await?.person_file(person).await?;
    let given = match posted.proven().await {
        Ok(session) => posted.app.office.give_code_as(&session, person).await,
        Err(failure) => Err(failure),
    };
    let mut reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let (record, _) = reading.person_file(person).await?;
    match given {
        Ok(code) => Ok(page(say, &reading, &posted.signed, &record, Some(&code))),
        Err(Failure::Refused(refusal)) if proving::answers(&refusal) => {
            let go = say.t("person-new-code");
            let title = say.tr("person-one-time-code", &[("name", record.name.as_str().into())]);
            let again = Again {
                title: &title,
                about: (&record.name, &format!("/people/{person}")),
                what: html! { p { (say.t("person-new-code-text")) } },
                action: &format!("/people/{person}/code"),
                fields: &[],
                go: &go,
            };
            Ok(proving::page(say, &reading, &posted.signed, &again, &refusal))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The page with a code; without one, that it was shown already.
pub fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    person: &Person,
    code: Option<&str>,
) -> Response {
    let title = say.tr("person-one-time-code", &[("name", person.name.as_str().into())]);
    let href = format!("/people/{}", person.id);
    let on = say.t("person-open");
    let until = reading.office().now().plus_seconds(CODE).date(&reading.house.zone);
    let body = html! {
        div.card.narrow {
            h1 { (title) }
            @match code {
                Some(code) => {
                    p { code.secret { (code) } }
                    p { (say.tr("person-one-time-code-text", &[("until", say.date(until).into())])) }
                    p.quiet { (say.tr("person-one-time-code-where", &[("login", person.login.as_str().into())])) }
                },
                None => p { (say.t("person-one-time-code-shown")) },
            }
            (button(&Button::main(&on).to(&href)))
        }
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, &href, Some(Section::People), body))
}
