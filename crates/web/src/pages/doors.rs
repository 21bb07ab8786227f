//! By what a person signs in beside the password, as the security officers see it: shown on the person's file, taken back
//! there; and on the desk what of sign-ins should be looked at.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    doors::{directory::BoundName, notice::SignInNotice},
    texts::Voice,
};
use registry::{Code, PersonId, person::Person};

use crate::{
    answer::WebError,
    look::{Button, Form, button, card, form},
    pages::{
        grants::to_person,
        proving::{self, Again},
        shown,
        visit::{Posted, id},
    },
    signed::Signed,
};

/// The card on a person's file.
pub fn of_person(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    person: &Person,
    names: &[BoundName],
) -> Markup {
    let action = format!("/people/{}/doors", person.id);
    let release = say.t("doors-release");
    let act = |markup: &Markup| {
        let frame = Form {
            action: &action,
            token: Some(&signed.form_token),
            command: None,
            files: false,
            guard: false,
        };
        form(frame, markup)
    };
    html! {
        @if !names.is_empty() {
            (card(&say.t("doors-title"), &html! {
                @for name in names {
                    p {
                        (say.t("doors-directory")) (say.t("colon")) " " code { (name.name) }
                        div.quiet { (say.tr("doors-seen", &[("when", shown::moment(say, reading, name.seen).into())])) }
                    }
                }
                (act(&html! {
                    p.quiet { (say.t("doors-release-text")) }
                    (button(&Button::plain(&release).named("act", "release")))
                }))
            }))
        }
    }
}

/// What a security officer should look at, on the desk.
pub fn notices(say: Voice<'_>, reading: &Reading, notices: &[(SignInNotice, String)]) -> Markup {
    html! {
        @if !notices.is_empty() {
            (card(&say.t("doors-notices"), &html! {
                ul.stack {
                    @for (notice, name) in notices {
                        li {
                            (say.maybe(&format!("doors-notice-{}", notice.code), &[]).unwrap_or_else(|| notice.code.clone()))
                            @if let Some(person) = notice.person {
                                " " a href={ "/people/" (person) } { (name) }
                            }
                            div.quiet {
                                (shown::moment(say, reading, notice.at)) " · " (say.tr("doors-times", &[("n", notice.times.into())]))
                                " · " code { (notice.told) }
                            }
                        }
                    }
                }
            }))
        }
    }
}

/// Takes back by what a person signs in.
pub async fn mind(Path(person): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let person: PersonId = id(&person)?;
    posted.read().await?.person_file(person).await?;
    let act = posted.sent.get("act").to_owned();
    let minded = match posted.proven().await {
        Ok(session) => match act.as_str() {
            "release" => posted.app.office.release_names_as(&session, person).await,
            _ => Err(Code::RequestForm.into()),
        },
        Err(failure) => Err(failure),
    };
    match minded {
        Ok(()) => Ok(to_person(person, "door-released")),
        Err(Failure::Refused(refusal)) if proving::answers(&refusal) => {
            let mut reading = posted.read().await?;
            let say = posted.asked.voice_for(&posted.app, &reading);
            let (record, _) = reading.person_file(person).await?;
            let (title, go) = (say.t("doors-title"), say.t("doors-release"));
            let again = Again {
                title: &title,
                about: (&record.name, &format!("/people/{person}")),
                what: html! { p { (say.t("doors-release-text")) } },
                action: &format!("/people/{person}/doors"),
                fields: &[("act", &act)],
                go: &go,
            };
            Ok(proving::page(say, &reading, &posted.signed, &again, &refusal))
        }
        Err(failure) => Err(failure.into()),
    }
}
