//! Another person takes the seat at a shared counter: one form, one answer. The session of the first ends in this browser
//! and that of the second begins; what the first had typed is kept for him alone and is back when he is.

use axum::{
    Json,
    extract::{Query, Request, State},
    http::{Extensions, HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure,
    drafts::{Draft, Typed},
    signin::SessionKind,
    texts::Voice,
};
use registry::{Code, Refusal};
use serde::Deserialize;
use serde_json::json;

use crate::{
    answer::{WebError, status},
    app::App,
    card,
    frame::{self, Sheet, escaped, local},
    look::{
        Button, Cell, Column, Crumb, Empty, Field, Form, Paging, Row, Table, button, crumbs, form, heading,
        passkey_button, table,
    },
    pages::{
        door::session_cookie,
        visit::{Posted, Visit, done, notice, told},
    },
    signed::{SESSION, Signed, cookie},
};

/// Where the seat changes hands.
pub const PATH: &str = "/change-user";
/// Where what was typed is.
pub const DRAFTS: &str = "/drafts";
/// By which a page knows that one came back to it for what was typed there.
const MARK: &str = "#typed";

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    go: String,
}

/// The page: the form, as it is also shown over any other page. With `go` it leads the one who sits here now to where he
/// left off.
pub async fn page(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, reading, .. } = visit;
    if !asking.go.is_empty() {
        drop(reading);
        let kept = kept_for(&app, &signed).await?.1;
        let to = kept.first().map_or_else(|| "/desk".to_owned(), |one| back_to(&one.typed.path));
        return Ok(Redirect::to(&to).into_response());
    }
    let say = asked.voice_for(&app, &reading);
    Ok(shown(say, &reading, &signed.form_token, "", None))
}

fn back_to(path: &str) -> String {
    format!("{}{MARK}", local(path))
}

fn shown(
    say: Voice<'_>,
    reading: &office::Reading,
    token: &str,
    login: &str,
    refusal: Option<&Refusal>,
) -> Response {
    let title = say.t("change-title");
    let (name, password, go, leave) =
        (say.t("sign-in-name"), say.t("sign-in-password"), say.t("change-go"), say.t("change-leave"));
    // Names of their own: the form is shown over pages that have such fields too.
    let name = Field::new("change_login", &name).value(login).autocomplete("username");
    let password = Field::new("change_password", &password).autocomplete("current-password");
    let (name, password) =
        if login.is_empty() { (name.focused(), password) } else { (name, password.focused()) };
    let passkeys = reading.office().doors().passkeys.is_some();
    let body = html! {
        div.card.narrow data-change data-failed=(say.t("change-failed")) {
            h1 id="change-title" { (title) }
            p { (say.tr("change-text", &[("name", reading.person().name.as_str().into())])) }
            noscript { p.notice { (say.t("change-no-script")) } }
            @if let Some(refusal) = refusal { (notice(say, refusal)) }
            (form(Form { action: PATH, token: Some(token), command: None, files: false, guard: false }, &html! {
                (name.text(say))
                (password.password(say))
                div.buttons {
                    (button(&Button::main(&go)))
                    @if passkeys { (passkey_button(say, &say.t("sign-in-passkey"), None)) }
                    (button(&Button::plain(&leave).named("act", "leave")))
                }
                p.quiet { (say.t("change-leave-hint")) }
            }))
        }
    };
    let mut page = frame::page(say, reading, token, Sheet::plain(&title, PATH, None, body));
    if let Some(refusal) = refusal {
        *page.status_mut() = answered(refusal.code);
    }
    page
}

/// Whoever asks is signed in: it is the other who is not let in.
fn answered(code: Code) -> StatusCode {
    match status(code) {
        StatusCode::UNAUTHORIZED => StatusCode::UNPROCESSABLE_ENTITY,
        other => other,
    }
}

/// Changes the seat. Whoever sits down is let in as at the front door, or nothing changes.
pub async fn change(
    headers: HeaderMap,
    extensions: Extensions,
    posted: Posted,
) -> Result<Response, WebError> {
    let scripted =
        headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    match changed(&headers, &extensions, &posted).await {
        Ok((session, to)) => {
            let cookie = match &session {
                Some(session) => session_cookie(session, None),
                None => session_cookie("", Some(0)),
            };
            let cookie = [(header::SET_COOKIE, cookie)];
            Ok(match scripted {
                true => (cookie, Json(json!({ "to": to }))).into_response(),
                false => (cookie, Redirect::to(&to)).into_response(),
            })
        }
        Err(Failure::Refused(refusal)) => {
            let reading = posted.read().await?;
            let say = posted.asked.voice_for(&posted.app, &reading);
            if scripted {
                let says = json!({ "says": told(say, &refusal) });
                return Ok((answered(refusal.code), Json(says)).into_response());
            }
            let login = posted.sent.get("change_login");
            Ok(shown(say, &reading, &posted.signed.form_token, login, Some(&refusal)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The session that begins, if one does, and where it goes on.
async fn changed(
    headers: &HeaderMap,
    extensions: &Extensions,
    posted: &Posted,
) -> Result<(Option<String>, String), Failure> {
    let Posted { app, signed, sent, .. } = posted;
    let typed = match sent.get("draft") {
        "" => None,
        text => Some(Typed::read(text)?),
    };
    let begun = match sent.get("act") {
        "leave" => None,
        _ => {
            let (login, password) = (sent.get("change_login"), sent.get("change_password"));
            let (_, session) = match sent.get("passkey") {
                "" => app.office.sign_in(login, password, SessionKind::Browser, "").await?,
                answer => app.office.sign_in_by_passkey(answer).await?,
            };
            // It is asked for as any page would: a card that lies in the reader must be his who sits there now.
            let shown = card::shown(&app.office, headers, extensions);
            app.office.session_with(&session, &shown).await?.ok_or(Code::SignInFailed)?;
            Some(session)
        }
    };
    if let Some(typed) = typed
        && let Err(failure) = app.office.keep_draft(&signed.open, typed).await
    {
        // What cannot be kept is not left behind: the first stays where he is.
        if let Some(session) = &begun {
            app.office.sign_out(session).await?;
        }
        return Err(failure);
    }
    app.office.sign_out(&signed.session).await?;
    let to = if begun.is_some() { format!("{PATH}?go=on") } else { "/sign-in".to_owned() };
    Ok((begun, to))
}

/// What was typed is erased when its form was sent: an answer that leads on says that it was.
pub async fn sent(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let headers = request.headers();
    let session = cookie(headers, SESSION).map(str::to_owned);
    let elsewhere = [PATH, "/language", "/sign-out", "/sign-in"].iter().any(|other| path.starts_with(other));
    if request.method() != Method::POST || session.is_none() || elsewhere || path.starts_with("/api/") {
        return next.run(request).await;
    }
    let shown = card::shown(&app.office, headers, request.extensions());
    // The page on which the form stood; a form that is answered with itself has the path to which it is sent.
    let came_from = headers
        .get(header::REFERER)
        .and_then(|page| page.to_str().ok())
        .and_then(|page| page.split_once("://")?.1.find('/').map(|at| (page, at)))
        .and_then(|(page, at)| page.split_once("://")?.1.get(at..))
        .map(str::to_owned);
    let response = next.run(request).await;
    if response.status().is_redirection()
        && let Some(session) = session
        && let Ok(Some(open)) = app.office.session_with(&session, &shown).await
        && let Err(error) = app.office.drop_draft(open.person, &came_from.unwrap_or(path)).await
    {
        tracing::error!(%error, "what was typed into a form that was sent could not be erased");
    }
    response
}

/// What is asked of the page of what was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    path: String,
    done: String,
}

/// What the reader had typed when another took his seat: all of it, or what stood on one page.
pub async fn drafts(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, reading } = visit;
    drop(reading);
    let (reading, kept) = kept_for(&app, &signed).await?;
    let say = asked.voice_for(&app, &reading);
    let one = kept.iter().find(|one| one.typed.path == wanted.path);
    let title = say.t("drafts-title");
    let body = html! {
        @if let Some(one) = one {
            (crumbs(say, &[Crumb { label: &title, href: DRAFTS }]))
            (heading(&name(say, &reading, &one.typed.path), &html! { p { (say.t("drafts-one")) } }))
            (back(say, &reading, &signed.form_token, one))
            (fields(say, one))
        } @else {
            (heading(&title, &html! { p { (say.t("drafts-text")) } }))
            (list(say, &reading, &kept))
        }
    };
    let sheet = Sheet {
        // Nobody knows how what was typed is marked.
        undetermined: one.is_some(),
        notices: done(say, &wanted.done),
        ..Sheet::plain(&title, &path, None, body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// What is kept for the one who sits here, read anew: what was typed on the pages of a paper goes back to whoever may still
/// read the paper.
async fn kept_for(app: &App, signed: &Signed) -> Result<(office::Reading, Vec<Draft>), WebError> {
    // Before anything is read: who holds one connection and waits for another stops everybody.
    let kept = app.office.drafts(&signed.open).await?;
    let mut reading = app.office.read_as(&signed.open).await?;
    let mut shown = Vec::with_capacity(kept.len());
    for one in kept {
        let readable = match document_of(&one.typed.path) {
            None => true,
            Some(document) => match reading.document(document).await {
                Ok(view) => view.inside.is_some(),
                Err(Failure::Refused(_)) => false,
                Err(failure) => return Err(failure.into()),
            },
        };
        if readable {
            shown.push(one);
        }
    }
    Ok((reading, shown))
}

/// The paper of whose pages a path is one.
fn document_of(path: &str) -> Option<registry::DocumentId> {
    path.strip_prefix("/documents/")?.split(['/', '?', '#']).next()?.parse().ok()
}

fn moment(say: Voice<'_>, reading: &office::Reading, one: &Draft) -> String {
    say.moment(&one.at.jiff().to_zoned(reading.house.zone.clone()))
}

/// The words that stand above a form whose typed words are back, with the way to be rid of them.
fn back(say: Voice<'_>, reading: &office::Reading, token: &str, one: &Draft) -> Markup {
    let (go, drop) = (say.t("drafts-go"), say.t("drafts-drop"));
    html! {
        div.notice.good data-kept role="status" {
            p { (say.tr("drafts-back", &[("at", moment(say, reading, one).as_str().into())])) }
            div.buttons {
                span data-elsewhere-only { (button(&Button::main(&go).to(&back_to(&one.typed.path)))) }
                form method="post" action="/drafts/drop" {
                    input type="hidden" name="token" value=(token);
                    input type="hidden" name="path" value=(one.typed.path);
                    (button(&Button::plain(&drop)))
                }
            }
        }
    }
}

/// Every field with what stood in it, as the script puts it back and as anyone may copy it.
fn fields(say: Voice<'_>, one: &Draft) -> Markup {
    html! {
        @for form in &one.typed.forms {
            table.list data-kept-form=(form.action) {
                caption { (say.t("drafts-fields")) }
                thead { tr { th scope="col" { (say.t("drafts-field")) } th scope="col" { (say.t("drafts-value")) } } }
                tbody {
                    @for (name, value) in &form.fields {
                        tr { th scope="row" { code { (name) } } td data-value=(value) { (value) } }
                    }
                }
            }
        }
    }
}

fn list(say: Voice<'_>, reading: &office::Reading, kept: &[Draft]) -> Markup {
    let heads = [say.t("drafts-page"), say.t("drafts-since"), say.t("drafts-look")];
    let [page, since, look] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [column(page, Cell::Main), column(since, Cell::Short), column(look, Cell::Short)];
    let names: Vec<String> = kept.iter().map(|one| name(say, reading, &one.typed.path)).collect();
    let rows: Vec<Row<'_>> = kept
        .iter()
        .zip(&names)
        .map(|(one, name)| Row {
            value: None,
            name,
            strong: false,
            cells: vec![
                html! { a.lead href=(back_to(&one.typed.path)) { (name) } },
                html! { (moment(say, reading, one)) },
                html! { a href={ (DRAFTS) "?path=" (escaped(&one.typed.path)) } { (look) span.unseen { (say.t("colon")) " " (name) } } },
            ],
        })
        .collect();
    let (title, none, would) = (say.t("drafts-title"), say.t("drafts-none"), say.t("drafts-none-would"));
    table(
        say,
        &Table {
            caption: &title,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

/// How a page is called: as where it is offered, without a word of what it is about.
fn name(say: Voice<'_>, reading: &office::Reading, path: &str) -> String {
    let plain = path.split(['?', '#']).next().unwrap_or_default();
    if let Some(place) = frame::places(say, reading).into_iter().find(|place| place.href == plain) {
        return place.label;
    }
    match plain.starts_with("/documents/") && plain.ends_with("/correct") {
        true => say.t("document-correct"),
        false => say.t("drafts-form"),
    }
}

/// Throws away what is kept of a page.
pub async fn drop_draft(posted: Posted) -> Result<Response, WebError> {
    posted.app.office.drop_draft(posted.signed.open.person, posted.sent.get("path")).await?;
    Ok(Redirect::to("/drafts?done=dropped").into_response())
}
