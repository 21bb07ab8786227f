//! One's own account: where one is signed in, tokens for programs, language, signing out everywhere.

use axum::response::Response;
use maud::{Markup, html};
use office::{
    Failure, Reading,
    account::SessionView,
    signin::SessionKind,
    texts::{Language, Voice},
};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Field, Form, Paging, Row, Table, Tone, Width, button, card, chip, form,
        heading, table,
    },
    pages::{
        shown,
        visit::{Posted, Sent, Visit, Wrong, refused},
    },
    signed::Signed,
};

/// The path of the page.
const PATH: &str = "/account";

/// The account.
pub async fn account(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let sessions = app.office.sessions_of(signed.person, &signed.session).await?;
    Ok(page(say, &reading, &signed, &sessions, &Sent::default(), &Wrong::default()))
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    sessions: &[SessionView],
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let title = say.t("account-title");
    let (everywhere, make, name, hint) = (
        say.t("person-sign-out-everywhere"),
        say.t("account-token-make"),
        say.t("account-token-name"),
        say.t("account-token-hint"),
    );
    let post =
        |action| Form { action, token: Some(&signed.form_token), command: None, files: false, guard: false };
    let body = html! {
        (wrong.shown(say, &[("name", &name)]))
        (heading(&title, &html! {
            p { (reading.person().name) " · " a href={ "/people/" (signed.person) } { (say.t("account-file")) } }
        }))
        div.cols {
            section.stack {
                h2 { (say.t("account-sessions")) }
                (list(say, reading, sessions))
                (form(post("/sign-out-everywhere"), &html! {
                    p.quiet { (say.t("account-everywhere-text")) }
                    (button(&Button::grave(&everywhere)))
                }))
            }
            aside.stack {
                (card(&say.t("account-language"), &languages(say, signed)))
                (card(&say.t("account-token"), &form(post("/account/token"), &html! {
                    p.quiet { (say.t("account-token-text")) }
                    (Field::new("name", &name).hint(&hint).value(sent.get("name")).error(wrong.at("name")).width(Width::Full).text(say))
                    (button(&Button::plain(&make)))
                })))
            }
        }
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, PATH, None, body))
}

fn languages(say: Voice<'_>, signed: &Signed) -> Markup {
    html! {
        div.buttons {
            @for language in Language::ALL {
                form method="post" action="/language" {
                    (crate::look::form::token_field(Some(&signed.form_token)))
                    input type="hidden" name="back" value=(PATH);
                    button.button type="submit" name="language" value=(language.tag()) lang=(language.tag()) disabled[language == say.language()] {
                        (language.own_name())
                    }
                }
            }
        }
    }
}

fn list(say: Voice<'_>, reading: &Reading, sessions: &[SessionView]) -> Markup {
    let heads = ["account-what", "account-began", "account-used", "account-ends"].map(|key| say.t(key));
    let [what, began, used, ends] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(what, Cell::Main),
        column(began, Cell::Short),
        column(used, Cell::Short),
        column(ends, Cell::Short),
    ];
    let rows: Vec<Row<'_>> = sessions
        .iter()
        .map(|session| Row {
            value: None,
            name: &session.name,
            strong: session.own,
            cells: vec![
                html! {
                    @match session.kind {
                        SessionKind::Browser => (say.t("account-browser")),
                        SessionKind::Token => { (session.name) div.quiet { (say.t("account-token-kind")) } },
                    }
                    @if session.own { " " (chip(Tone::Good, &say.t("account-this"))) }
                },
                html! { (shown::moment(say, reading, session.created)) },
                html! { (shown::moment(say, reading, session.seen)) },
                html! { (shown::moment(say, reading, session.until)) },
            ],
        })
        .collect();
    let caption = say.t("account-sessions");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &caption, would: "", begin: None },
        },
    )
}

/// Makes a token for a program, and shows it once.
pub async fn token(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    match app.office.new_token(signed.person, sent.get("name")).await {
        Ok(secret) => {
            let reading = posted.read().await?;
            let say = asked.voice_for(app, &reading);
            let (title, on) = (say.t("account-token-made"), say.t("account-title"));
            let body = html! {
                div.card.narrow {
                    h1 { (title) }
                    p { code.secret { (secret) } }
                    p { (say.t("account-token-once")) }
                    p.quiet { code { "Authorization: Bearer …" } }
                    (button(&Button::main(&on).to(PATH)))
                }
            };
            Ok(frame::page(say, &reading, &signed.form_token, Sheet::plain(&title, PATH, None, body)))
        }
        Err(Failure::Refused(refusal)) => {
            let reading = posted.read().await?;
            let say = asked.voice_for(app, &reading);
            let sessions = app.office.sessions_of(signed.person, &signed.session).await?;
            let mut wrong = Wrong::default();
            wrong.on(say, "name", &refusal);
            Ok(refused(page(say, &reading, signed, &sessions, sent, &wrong), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}
