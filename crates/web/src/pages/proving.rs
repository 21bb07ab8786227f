//! The password once more: where an act was refused because nobody had proven for a while who sits here, its form is
//! shown again as it was, with a field for the password, so that one press proves and acts. Must not act itself.

use axum::response::Response;
use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::{Code, Refusal};

use crate::{
    frame::{self, Sheet},
    look::{Button, Crumb, Field, Form, SEND, Section, Width, button, crumbs, form, heading, passkey_button},
    pages::visit::{Wrong, refused},
    signed::Signed,
};

/// An act that waits for the password.
#[derive(Debug)]
pub struct Again<'a> {
    /// What the page is called.
    pub title: &'a str,
    /// The person whom the act is about: name and page.
    pub about: (&'a str, &'a str),
    /// What will be done, as the one who confirms has to read it.
    pub what: Markup,
    /// Where the form is sent.
    pub action: &'a str,
    /// What stood in the form.
    pub fields: &'a [(&'a str, &'a str)],
    /// What the button says.
    pub go: &'a str,
}

/// True for refusals after which the password is asked for.
pub fn answers(refusal: &Refusal) -> bool {
    matches!(refusal.code, Code::SignInNotFresh | Code::PasswordWrong | Code::PasskeyFailed | Code::LockedOut)
}

/// Shows the form again, under the status of the refusal.
pub fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    again: &Again<'_>,
    refusal: &Refusal,
) -> Response {
    let wrong = said(say, refusal);
    let (label, people, cancel) = (say.t("prove-password"), say.t("people-title"), say.t("form-cancel"));
    let (name, back) = again.about;
    let body = html! {
        (wrong.shown(say, &[("password", &label)]))
        (crumbs(say, &[Crumb { label: &people, href: "/people" }, Crumb { label: name, href: back }]))
        (heading(again.title, &again.what))
        (elsewhere(say, reading, back))
        (form(Form { action: again.action, token: Some(&signed.form_token), command: None, files: false, guard: false }, &html! {
            @for (name, value) in again.fields { input type="hidden" name=(name) value=(value); }
            (password(say, &wrong))
            div.buttons {
                (button(&Button::main(again.go).key(SEND)))
                (passkey(say, reading))
                (button(&Button::plain(&cancel).to(back)))
            }
        }))
    };
    let sheet = Sheet::plain(again.title, back, Some(Section::People), body);
    refused(frame::page(say, reading, &signed.form_token, sheet), refusal.code)
}

/// What is wrong with the proof that was given.
pub fn said(say: Voice<'_>, refusal: &Refusal) -> Wrong {
    let mut wrong = Wrong::default();
    match refusal.code {
        Code::PasswordWrong => wrong.on(say, "password", refusal),
        Code::LockedOut | Code::PasskeyFailed => wrong.whole.push(refusal.clone()),
        _ => {}
    }
    wrong
}

/// Where to prove it for who signs in elsewhere; `back` is where he goes on.
pub fn elsewhere(say: Voice<'_>, reading: &Reading, back: &str) -> Markup {
    let door = reading.office().doors().directory.as_ref().map(|door| {
        let words = say.tr("sign-in-with", &[("name", door.name.as_str().into())]);
        (words, super::directory::path(back, true))
    });
    html! {
        @if let Some((words, href)) = &door {
            p { (say.t("prove-elsewhere")) }
            p { (button(&Button::plain(words).to(href))) }
        }
    }
}

/// The field for the password in the form that is sent once more.
pub fn password(say: Voice<'_>, wrong: &Wrong) -> Markup {
    let label = say.t("prove-password");
    let field = Field::new("password", &label)
        .error(wrong.at("password"))
        .autocomplete("current-password")
        .width(Width::Medium);
    let field = if wrong.is_empty() { field.focused() } else { field };
    html! {
        p { (say.t("prove-text")) }
        (field.password(say))
    }
}

/// The button for a passkey beside the form's own, where there are any.
pub fn passkey(say: Voice<'_>, reading: &Reading) -> Markup {
    html! {
        @if reading.office().doors().passkeys.is_some() { (passkey_button(say, &say.t("prove-passkey"), None)) }
    }
}
