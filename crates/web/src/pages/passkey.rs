//! Passkeys: what the sign-in page asks of a device, and one's own, in one's account.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    doors::passkey::{Asked as Options, PasskeyView},
    texts::Voice,
};
use registry::{Code, Refusal, id::Digest};
use serde_json::json;

use crate::{
    answer::{WebError, status},
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Crumb, Field, Form, Width, button, card, crumbs, form, heading, passkey_button, token_field,
    },
    pages::{
        proving::{self, Again},
        shown,
        visit::{Posted, Sent, Wrong, told},
    },
    signed::{Asked, Signed},
};

/// Where one's own are.
const PATH: &str = "/account/passkeys";
/// Where they are seen.
const ACCOUNT: &str = "/account";

fn options(asked: &Options) -> serde_json::Value {
    json!({ "ceremony": asked.ceremony, "options": asked.options })
}

/// What a browser needs to let a device answer for whoever signs in.
pub async fn ask(State(app): State<App>, asked: Asked) -> Response {
    match app.office.ask_passkey() {
        Ok(begun) => Json(options(&begun)).into_response(),
        Err(Failure::Refused(refusal)) => {
            let says = json!({ "says": told(asked.voice(&app), &refusal) });
            (status(refusal.code), Json(says)).into_response()
        }
        Err(failure) => WebError::from(failure).into_response(),
    }
}

/// Adds one: first the name, and who sits here where that is not sure; then the device; then it is kept.
pub async fn add(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, sent, .. } = &posted;
    let (name, answer) = (sent.get("passkey_name"), sent.get("passkey"));
    // The field is the device's answer for a new key here, and a proof of who sits here nowhere.
    let proven = match sent.get("password") {
        "" => Ok(posted.signed.open.clone()),
        password => app.office.prove(&posted.signed.open, password).await,
    };
    let done = match proven {
        Ok(session) if answer.is_empty() => app.office.offer_passkey(&session, name).await.map(Some),
        Ok(session) => app.office.add_passkey(&session, name, answer).await.map(|()| None),
        Err(failure) => Err(failure),
    };
    match done {
        Ok(None) => Ok(Redirect::to("/account?done=passkey-added").into_response()),
        Ok(Some(offered)) => touch(&posted, name, &offered).await,
        Err(Failure::Refused(refusal)) if proving::answers(&refusal) && answer.is_empty() => {
            let fields = [("passkey_name", name.to_owned())];
            prove(&posted, "passkey-add", html! { p { strong { (name) } } }, PATH, &fields, &refusal).await
        }
        Err(Failure::Refused(refusal)) => super::account::again(&posted, "passkey_name", &refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

/// Asks once more who sits here, for an act of one's account.
pub async fn prove(
    posted: &Posted,
    title: &str,
    what: Markup,
    action: &str,
    fields: &[(&str, String)],
    refusal: &Refusal,
) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let title = say.t(title);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let about = (reading.person().name.as_str(), ACCOUNT);
    let again = Again { title: &title, about, what, action, fields: &fields, go: &title };
    Ok(proving::page(say, &reading, &posted.signed, &again, refusal))
}

/// The page on which the device is asked to make the key.
async fn touch(posted: &Posted, name: &str, offered: &Options) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let (title, account, cancel) = (say.t("passkey-add"), say.t("account-title"), say.t("form-cancel"));
    let token = Some(posted.signed.form_token.as_str());
    let body = html! {
        (crumbs(say, &[Crumb { label: &account, href: ACCOUNT }]))
        (heading(&title, &html! { p { (say.tr("passkey-named", &[("name", name.into())])) } }))
        p { (say.t("passkey-touch")) }
        noscript { p.notice { (say.t("passkey-no-script")) } }
        (form(Form { action: PATH, token, command: None, files: false, guard: false }, &html! {
            input type="hidden" name="passkey_name" value=(name);
            div.buttons {
                (passkey_button(say, &say.t("passkey-make"), Some(&options(offered).to_string())))
                (button(&Button::plain(&cancel).to(ACCOUNT)))
            }
        }))
    };
    Ok(frame::page(say, &reading, &posted.signed.form_token, Sheet::plain(&title, PATH, None, body)))
}

/// Removes one of one's own.
pub async fn drop_one(posted: Posted) -> Result<Response, WebError> {
    let id = registry::id::unhex::<32>(posted.sent.get("id")).map(Digest);
    let id = id.ok_or_else(|| Refusal::on("id", Code::NotOffered))?;
    let dropped = match posted.proven().await {
        Ok(session) => posted.app.office.drop_passkey(&session, id).await,
        Err(failure) => Err(failure),
    };
    match dropped {
        Ok(()) => Ok(Redirect::to("/account?done=passkey-dropped").into_response()),
        Err(Failure::Refused(refusal)) if proving::answers(&refusal) => {
            let fields = [("id", id.to_string())];
            prove(&posted, "passkey-drop", html! {}, "/account/passkeys/drop", &fields, &refusal).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// One's own passkeys, with the form that adds one.
pub fn own(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    keys: &[PasskeyView],
    sent: &Sent,
    wrong: &Wrong,
) -> Markup {
    let (name, hint, add) = (say.t("passkey-name"), say.t("passkey-name-hint"), say.t("passkey-add"));
    let token = Some(signed.form_token.as_str());
    let post = |action| Form { action, token, command: None, files: false, guard: false };
    card(
        &say.t("passkey-title"),
        &html! {
            p.quiet { (say.t("passkey-text")) }
            @if !keys.is_empty() { (list(say, reading, signed, keys)) }
            (form(post(PATH), &html! {
                (Field::new("passkey_name", &name).hint(&hint).value(sent.get("passkey_name")).error(wrong.at("passkey_name")).width(Width::Full).text(say))
                (button(&Button::plain(&add)))
            }))
        },
    )
}

/// Each with when it opened last, and the way to be rid of it.
fn list(say: Voice<'_>, reading: &Reading, signed: &Signed, keys: &[PasskeyView]) -> Markup {
    let remove = say.t("passkey-drop");
    let at = |key: &str, at| say.tr(key, &[("when", shown::moment(say, reading, at).into())]);
    html! {
        ul.stack {
            @for key in keys {
                li {
                    strong { (key.name) }
                    div.quiet {
                        (at("passkey-since", key.added)) " · "
                        @match key.used {
                            Some(used) => (at("passkey-used", used)),
                            None => (say.t("passkey-never")),
                        }
                    }
                    form method="post" action="/account/passkeys/drop" {
                        (token_field(Some(&signed.form_token)))
                        input type="hidden" name="id" value=(key.id.to_string());
                        button.plain type="submit" { (remove) span.unseen { " " (key.name) } }
                    }
                }
            }
        }
    }
}
