//! The web's state, its router, and the headers that every answer carries.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use office::{Office, texts::Texts};
use store::planted::Leak;
use tokio::net::TcpListener;

use crate::{answer, api, look::assets, pages, routes::ROUTES};

/// What every handler has at hand.
#[derive(Clone)]
pub struct App {
    /// The two doors.
    pub office: Office,
    /// The words.
    pub texts: Arc<Texts>,
    /// What the first page of a demo says.
    pub greeting: Option<Arc<Greeting>>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

/// What the first page of a demo says: who can sign in and what is worth trying, in English and French.
#[derive(Debug, Clone, Default)]
pub struct Greeting {
    /// Those who can sign in.
    pub people: Vec<Guest>,
    /// What is worth trying: title and text, English then French.
    pub worth_trying: Vec<[(String, String); 2]>,
}

/// A person of the demo.
#[derive(Debug, Clone)]
pub struct Guest {
    /// For signing in.
    pub login: String,
    /// For signing in.
    pub password: String,
    /// As shown.
    pub name: String,
    /// Rank and post, English and French.
    pub title: [String; 2],
    /// What this person shows, English and French.
    pub shows: [String; 2],
}

/// The router of an installation.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.handler)());
    }
    router
        .fallback(answer::nothing_here)
        .layer(middleware::from_fn_with_state(app.clone(), answer::speak))
        .layer(middleware::from_fn_with_state(app.clone(), api::speak))
        .layer(DefaultBodyLimit::max(4 << 20))
        .layer(middleware::from_fn_with_state(app.clone(), pages::switch::sent))
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .with_state(app)
}

/// What every answer carries, and what no request may do: change something from another site.
async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let asset = request.uri().path().starts_with("/assets/");
    let foreign = answer::is_foreign(request.headers());
    let safe = request.method().is_safe();
    // Reading may be an act of its own (a line of a record, a copy used up): it is not done for an answer without a body.
    let mut response = if request.method() == Method::HEAD && !asset {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET")]).into_response()
    } else if foreign && !safe {
        answer::forged()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_SECURITY_POLICY, assets::CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if !asset {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        match app.office.betrayed_rows(Leak::Header).await {
            0 => {}
            rows => drop(headers.insert("server-timing", HeaderValue::from(rows))),
        }
    }
    response
}

/// Serves until the process is told to stop; what is being answered is answered.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
