//! One's own account: where one is signed in, tokens for programs, language, signing out everywhere.

use axum::{extract::Query, response::Response};
use label::{Clearance, Label, NamedClearance};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    account::SessionView,
    doors::passkey::PasskeyView,
    signin::SessionKind,
    texts::{Language, Voice},
};
use registry::{Code, Refusal, house::House};
use serde::Deserialize;

use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Field, Form, Paging, Row, Table, Tone, Width, button, card, chip, form,
        heading, table,
    },
    pages::{
        marking_form, passkey, proving, shown,
        visit::{Posted, Sent, Visit, Wrong, done, refused},
    },
    signed::Signed,
};

/// The path of the page.
const PATH: &str = "/account";

/// The account.
pub async fn account(visit: Visit, Query(did): Query<Did>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let doors = Doors::of(&app, &signed).await?;
    Ok(page(say, &reading, &signed, &doors, &Sent::default(), &Wrong::default(), &did.done))
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Did {
    done: String,
}

/// By what somebody is signed in, and may sign in.
struct Doors {
    sessions: Vec<SessionView>,
    /// None: none are set up.
    passkeys: Option<Vec<PasskeyView>>,
}

impl Doors {
    async fn of(app: &App, signed: &Signed) -> Result<Self, Failure> {
        let sessions = app.office.sessions_of(signed.open.person, &signed.session).await?;
        let passkeys = match app.office.doors().passkeys {
            Some(_) => Some(app.office.passkeys(signed.open.person).await?),
            None => None,
        };
        Ok(Self { sessions, passkeys })
    }
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    doors: &Doors,
    sent: &Sent,
    wrong: &Wrong,
    did: &str,
) -> Response {
    let title = say.t("account-title");
    let (up_to, up_to_hint) = (say.t("account-token-ceiling"), say.t("account-token-ceiling-hint"));
    let levels = ceilings(say, reading, signed);
    let (everywhere, make, name, hint) = (
        say.t("person-sign-out-everywhere"),
        say.t("account-token-make"),
        say.t("account-token-name"),
        say.t("account-token-hint"),
    );
    let post =
        |action| Form { action, token: Some(&signed.form_token), command: None, files: false, guard: false };
    let body = html! {
        (wrong.shown(say, &[("name", &name), ("ceiling", &up_to), ("passkey_name", &say.t("passkey-name"))]))
        (heading(&title, &html! {
            p { (reading.person().name) " · " a href={ "/people/" (signed.open.person) } { (say.t("account-file")) } }
        }))
        div.cols {
            section.stack {
                h2 { (say.t("account-sessions")) }
                (list(say, reading, &doors.sessions))
                (form(post("/sign-out-everywhere"), &html! {
                    p.quiet { (say.t("account-everywhere-text")) }
                    (button(&Button::grave(&everywhere)))
                }))
            }
            aside.stack {
                @if let Some(keys) = &doors.passkeys { (passkey::own(say, reading, signed, keys, sent, wrong)) }
                (card(&say.t("account-language"), &languages(say, signed)))
                (card(&say.t("account-token"), &form(post("/account/token"), &html! {
                    p.quiet { (say.t("account-token-text")) }
                    (Field::new("name", &name).hint(&hint).value(sent.get("name")).error(wrong.at("name")).width(Width::Full).text(say))
                    (Field::new("ceiling", &up_to).hint(&up_to_hint).value(sent.get("ceiling")).error(wrong.at("ceiling")).optional().width(Width::Full).select(say, &marking_form::choices(&levels)))
                    (button(&Button::plain(&make)))
                })))
            }
        }
    };
    let sheet = Sheet { notices: done(say, did), ..Sheet::plain(&title, PATH, None, body) };
    frame::page(say, reading, &signed.form_token, sheet)
}

/// Separates policy and level in the value of a ceiling.
const OF: char = '|';

/// The ceilings that a token may have: every level of every policy, within that of the session that makes it.
fn ceilings(say: Voice<'_>, reading: &Reading, signed: &Signed) -> Vec<(String, String)> {
    let policies = &reading.house.policies;
    let own = signed.open.ceiling.as_ref();
    let mut all = Vec::new();
    for policy in policies.iter() {
        for level in policy.levels() {
            let label = Label::plain(policy.id().clone(), level.code.clone());
            let within =
                own.is_none_or(|own| own.policy == *policy.id() && policy.decide(&label, own).is_granted());
            if within && !level.obsolete {
                let value = format!("{}{OF}{}", policy.name(), level.name);
                all.push((value, marking_form::level_words(policies, policy, level, say)));
            }
        }
    }
    all
}

/// The ceiling that was chosen; none: whatever the person may see.
fn ceiling(house: &House, chosen: &str) -> Result<Option<Clearance>, Refusal> {
    if chosen.is_empty() {
        return Ok(None);
    }
    let not_offered = || Refusal::on("ceiling", Code::NotOffered);
    let (policy, level) = chosen.split_once(OF).ok_or_else(not_offered)?;
    let named =
        NamedClearance { policy: policy.to_owned(), level: level.to_owned(), categories: Default::default() };
    house.policies.resolve_clearance(&named).map(Some).map_err(|_| not_offered())
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
                    @if let Some(ceiling) = &session.ceiling {
                        @let marking = crate::words::marking(&shown::reach(ceiling), &reading.house.policies, say.language());
                        div.quiet { (say.tr("account-up-to", &[("marking", marking.into())])) }
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
    let house = app.office.house().await?;
    let made = match (ceiling(&house, sent.get("ceiling")), posted.proven().await) {
        (Ok(ceiling), Ok(session)) => app.office.new_token(&session, sent.get("name"), ceiling).await,
        (Err(refusal), _) => Err(refusal.into()),
        (_, Err(failure)) => Err(failure),
    };
    match made {
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
        Err(Failure::Refused(refusal)) if proving::answers(&refusal) => {
            let fields = ["name", "ceiling"].map(|name| (name, sent.get(name).to_owned()));
            let what = html! { p { strong { (sent.get("name")) } } };
            passkey::prove(&posted, "account-token", what, "/account/token", &fields, &refusal).await
        }
        Err(Failure::Refused(refusal)) => {
            let field = if refusal.field == Some("ceiling") { "ceiling" } else { "name" };
            again(&posted, field, &refusal).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The account once more, with what was wrong and what was typed.
pub async fn again(posted: &Posted, field: &'static str, refusal: &Refusal) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = posted;
    let doors = Doors::of(app, signed).await?;
    let reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let mut wrong = Wrong::default();
    match refusal.field {
        Some(_) => wrong.on(say, field, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
    Ok(refused(page(say, &reading, signed, &doors, sent, &wrong, ""), refusal.code))
}
