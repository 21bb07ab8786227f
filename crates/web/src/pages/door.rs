//! Coming in and going out: first page, sign-in, first password, sign-out, language.

use axum::{
    Form,
    extract::{Query, State},
    http::{Extensions, HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use office::signin::{PASSWORD, SessionKind};
use registry::{Code, Refusal};
use serde::Deserialize;

use crate::{
    answer::{WebError, arguments, status},
    app::App,
    card,
    frame::{bare, local},
    look::{self, message},
    signed::{Asked, LANGUAGE, SESSION, Signed, cookie},
};

/// The first page: the desk for whoever is signed in, else the demo's greeting or the sign-in page.
pub async fn first(
    State(app): State<App>,
    asked: Asked,
    extensions: Extensions,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let shown = card::shown(&app.office, &headers, &extensions);
    if let Some(session) = cookie(&headers, SESSION)
        && app.office.session_with(session, &shown).await?.is_some()
    {
        return Ok(Redirect::to("/desk").into_response());
    }
    let say = asked.voice(&app);
    match &app.greeting {
        Some(greeting) => {
            let body = super::greeting::greeting(say, greeting);
            Ok(bare(say, &say.t("demo-title"), "/", body).into_response())
        }
        None => Ok(Redirect::to("/sign-in").into_response()),
    }
}

/// Where to go on.
#[derive(Debug, Default, Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

/// The page for signing in.
pub async fn sign_in_page(
    State(app): State<App>,
    asked: Asked,
    Query(back): Query<Back>,
) -> Result<Response, WebError> {
    show_sign_in(&app, asked, "", local(&back.back), None).await
}

/// The page for signing in, with why it failed.
pub async fn show_sign_in(
    app: &App,
    asked: Asked,
    login: &str,
    back: &str,
    refusal: Option<&Refusal>,
) -> Result<Response, WebError> {
    let say = asked.voice(app);
    let house = app.office.house().await?;
    let given = refusal.map(|r| (r.code, arguments(say, r)));
    let others: Vec<(String, String)> = app
        .office
        .doors()
        .directory
        .iter()
        .map(|door| {
            let words = say.tr("sign-in-with", &[("name", door.name.as_str().into())]);
            (words, super::directory::path(back, false))
        })
        .collect();
    let page = message::SignIn {
        login,
        refusal: given.as_ref().map(|(code, args)| look::Refusal { code: code.as_str(), args }),
        back,
        token: None,
        installation: &house.name,
        others: &others,
        card: app.office.doors().certificate.is_some(),
        passkey: app.office.doors().passkeys.is_some(),
        ceiling: "",
    };
    let path = crate::frame::sign_in_path(back);
    let html = bare(say, &say.t("sign-in-title"), &path, message::sign_in(say, page));
    Ok((refusal.map_or(StatusCode::OK, |r| status(r.code)), html).into_response())
}

/// Login and password.
#[derive(Debug, Deserialize)]
pub struct SignIn {
    login: String,
    password: String,
    #[serde(default)]
    back: String,
    /// What a device answered in the place of both.
    #[serde(default)]
    passkey: String,
}

/// Signs in. What was typed as login is kept when it fails.
pub async fn sign_in(
    State(app): State<App>,
    asked: Asked,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Result<Response, WebError> {
    let back = local(&form.back);
    let opened = match form.passkey.as_str() {
        "" => app.office.sign_in(&form.login, &form.password, SessionKind::Browser, "").await,
        answer => app.office.sign_in_by_passkey(answer).await,
    };
    match opened {
        Ok((_, session)) => {
            // Nobody goes on in the session that this browser had before.
            if let Some(before) = cookie(&headers, SESSION) {
                app.office.sign_out(before).await?;
            }
            let to = if back == "/" { "/desk" } else { back };
            Ok(([(header::SET_COOKIE, session_cookie(&session, None))], Redirect::to(to)).into_response())
        }
        Err(office::Failure::Refused(refusal)) => {
            show_sign_in(&app, asked, &form.login, back, Some(&refusal)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Signs in with the smart card that the server before this one has seen.
pub async fn sign_in_by_card(
    State(app): State<App>,
    asked: Asked,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<Back>,
) -> Result<Response, WebError> {
    let back = local(&form.back);
    let shown = card::shown(&app.office, &headers, &extensions);
    match app.office.sign_in_by_card(&shown).await {
        Ok(session) => {
            let to = if back == "/" { "/desk" } else { back };
            Ok(([(header::SET_COOKIE, session_cookie(&session, None))], Redirect::to(to)).into_response())
        }
        Err(office::Failure::Refused(refusal)) if refusal.code != Code::NotFound => {
            show_sign_in(&app, asked, "", back, Some(&refusal)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The cookie of a session.
pub fn session_cookie(session: &str, age: Option<i64>) -> String {
    let age = age.map(|a| format!("; Max-Age={a}")).unwrap_or_default();
    format!("{SESSION}={session}; Path=/; Secure; HttpOnly; SameSite=Lax{age}")
}

/// A form that only says who sends it.
#[derive(Debug, Deserialize)]
pub struct Bare {
    #[serde(default)]
    token: String,
}

/// Refuses a form that another site made.
pub fn same_person(signed: &Signed, token: &str) -> Result<(), WebError> {
    if token == signed.form_token { Ok(()) } else { Err(WebError::page(Code::Forbidden)) }
}

/// Ends this session.
pub async fn sign_out(
    State(app): State<App>,
    asked: Asked,
    signed: Signed,
    Form(form): Form<Bare>,
) -> Result<Response, WebError> {
    same_person(&signed, &form.token)?;
    app.office.sign_out(&signed.session).await?;
    Ok(gone(&app, asked))
}

/// Ends every session and token of the person.
pub async fn sign_out_everywhere(
    State(app): State<App>,
    asked: Asked,
    signed: Signed,
    Form(form): Form<Bare>,
) -> Result<Response, WebError> {
    same_person(&signed, &form.token)?;
    app.office.sign_out_everywhere(signed.open.person).await?;
    Ok(gone(&app, asked))
}

fn gone(app: &App, asked: Asked) -> Response {
    let say = asked.voice(app);
    let page = bare(say, &say.t("signed-out-title"), "/", message::signed_out(say));
    ([(header::SET_COOKIE, session_cookie("", Some(0)))], page).into_response()
}

/// The page for setting a password with a one-time code.
pub async fn first_password_page(State(app): State<App>, asked: Asked) -> Response {
    show_first_password(&app, asked, "", "", None)
}

fn show_first_password(
    app: &App,
    asked: Asked,
    login: &str,
    code: &str,
    refusal: Option<&Refusal>,
) -> Response {
    let say = asked.voice(app);
    let given = refusal.map(|r| (r.code, arguments(say, r)));
    let page = message::FirstPassword {
        login,
        code,
        refusal: given.as_ref().map(|(code, args)| look::Refusal { code: code.as_str(), args }),
        shortest: u32::try_from(PASSWORD).unwrap_or(0),
        token: None,
    };
    let html = bare(say, &say.t("first-title"), "/first-password", message::first_password(say, page));
    (refusal.map_or(StatusCode::OK, |r| status(r.code)), html).into_response()
}

/// A one-time code and a password, twice.
#[derive(Debug, Deserialize)]
pub struct FirstPassword {
    login: String,
    code: String,
    password: String,
    again: String,
}

/// Sets a password with a one-time code, and signs in.
pub async fn first_password(
    State(app): State<App>,
    asked: Asked,
    Form(form): Form<FirstPassword>,
) -> Result<Response, WebError> {
    if form.password != form.again {
        let refusal = Refusal::on("again", Code::PasswordsDiffer);
        return Ok(show_first_password(&app, asked, &form.login, &form.code, Some(&refusal)));
    }
    match app.office.set_password(&form.login, &form.code, &form.password).await {
        Ok(_) => {
            let (_, session) =
                app.office.sign_in(&form.login, &form.password, SessionKind::Browser, "").await?;
            let cookie = [(header::SET_COOKIE, session_cookie(&session, None))];
            Ok((cookie, Redirect::to("/desk")).into_response())
        }
        Err(office::Failure::Refused(refusal)) => {
            Ok(show_first_password(&app, asked, &form.login, &form.code, Some(&refusal)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A language and the page to come back to.
#[derive(Debug, Deserialize)]
pub struct LanguageForm {
    language: String,
    #[serde(default)]
    back: String,
}

/// Changes the language of the pages.
pub async fn language(Form(form): Form<LanguageForm>) -> Response {
    let tag = if form.language == "fr" { "fr" } else { "en" };
    let cookie = format!("{LANGUAGE}={tag}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000");
    ([(header::SET_COOKIE, cookie)], Redirect::to(local(&form.back))).into_response()
}
