//! To the organisation's directory and back: signing in there, and proving there anew who sits here.

use axum::{
    extract::{Query, State},
    http::{Extensions, HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use directory::Returned;
use office::Failure;
use registry::Code;
use serde::Deserialize;

use crate::{
    answer::WebError,
    app::App,
    card,
    frame::{escaped, local},
    pages::door::{session_cookie, show_sign_in},
    provider::Client,
    signed::{Asked, SESSION, cookie},
};

/// The cookie of a browser that is on its way. It must come along when another site sends the browser back: `Lax`.
const ON_THE_WAY: &str = "__Host-door";

/// Where to go on, and whether somebody who is signed in proves anew who he is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Leaving {
    back: String,
    again: String,
}

/// The address that leads to the directory.
pub fn path(back: &str, again: bool) -> String {
    format!("/sign-in/directory?back={}{}", escaped(back), if again { "&again=yes" } else { "" })
}

/// Sends the browser to the directory.
pub async fn leave(
    State(app): State<App>,
    asked: Asked,
    Query(leaving): Query<Leaving>,
    extensions: Extensions,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let door = app.office.doors().directory.as_ref().ok_or_else(|| WebError::page(Code::NotFound))?;
    let back = local(&leaving.back);
    let session = match cookie(&headers, SESSION).filter(|_| leaving.again == "yes") {
        Some(secret) => {
            app.office.session_with(secret, &card::shown(&app.office, &headers, &extensions)).await?
        }
        None => None,
    };
    match app.office.leave_for_directory(&Client::of(door), back, session.as_ref()).await {
        Ok(leaving) => {
            let on_the_way = on_the_way(&leaving.secret, 600);
            Ok(([(header::SET_COOKIE, on_the_way)], Redirect::to(&leaving.address)).into_response())
        }
        Err(Failure::Refused(refusal)) => show_sign_in(&app, asked, "", back, Some(&refusal)).await,
        Err(failure) => Err(failure.into()),
    }
}

/// Takes in the browser that comes back.
pub async fn arrive(
    State(app): State<App>,
    asked: Asked,
    Query(returned): Query<Returned>,
    extensions: Extensions,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let door = app.office.doors().directory.as_ref().ok_or_else(|| WebError::page(Code::NotFound))?;
    let session = match cookie(&headers, SESSION) {
        Some(secret) => {
            app.office.session_with(secret, &card::shown(&app.office, &headers, &extensions)).await?
        }
        None => None,
    };
    let secret = cookie(&headers, ON_THE_WAY).unwrap_or_default();
    let arrived =
        app.office.come_from_directory(&Client::of(door), secret, &returned, session.as_ref()).await;
    let mut response = match arrived {
        Ok(arrived) => {
            let to = if arrived.back == "/" { "/desk" } else { local(&arrived.back) };
            let mut response = Redirect::to(to).into_response();
            if let Some(session) = &arrived.session {
                add_cookie(&mut response, &session_cookie(session, None));
            }
            response
        }
        Err(Failure::Refused(refusal)) => show_sign_in(&app, asked, "", "/", Some(&refusal)).await?,
        Err(failure) => return Err(failure.into()),
    };
    add_cookie(&mut response, &on_the_way("", 0));
    Ok(response)
}

fn on_the_way(secret: &str, age: u32) -> String {
    format!("{ON_THE_WAY}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={age}")
}

fn add_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = cookie.parse() {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
