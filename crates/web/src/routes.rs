//! The table of routes: every way in, what it is, who may use it. Router, API description, coverage and the two-world
//! harness are made from it.

use axum::{http::Method, routing::MethodRouter};
use registry::authorisation::Role;

use crate::{app::App, pages};

/// What a route gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// A page.
    Page,
    /// A form that was sent; answers by leading on.
    Act,
    /// A file made of what a list shows.
    Export,
    /// The HTTP API.
    Api,
    /// A fixed file.
    Asset,
}

/// Who may use a route at all. What he sees there is the scope's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Anyone,
    /// Whoever is signed in.
    Person,
    /// Holders of one of these roles, somewhere in the house.
    Roles(&'static [Role]),
}

/// A route.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: &'static Method,
    /// The path, with `{names}`.
    pub path: &'static str,
    /// The operation's name: stable, used in the API description and the matrix.
    pub name: &'static str,
    /// What it gives.
    pub surface: Surface,
    /// Who may use it.
    pub access: Access,
    /// What it does, one line.
    pub summary: &'static str,
    /// Its handler.
    pub handler: fn() -> MethodRouter<App>,
}

macro_rules! routes {
    ($($method:ident $path:literal $name:literal $surface:ident $access:expr, $handler:path, $summary:literal;)*) => {
        /// Every route there is.
        pub static ROUTES: &[Route] = &[$(Route {
            method: &Method::$method,
            path: $path,
            name: $name,
            surface: Surface::$surface,
            access: $access,
            summary: $summary,
            handler: || axum::routing::on(filter(&Method::$method), $handler),
        }),*];
    };
}

fn filter(method: &Method) -> axum::routing::MethodFilter {
    use axum::routing::MethodFilter as F;
    match *method {
        Method::POST => F::POST,
        Method::PUT => F::PUT,
        Method::DELETE => F::DELETE,
        _ => F::GET,
    }
}

use Access::{Anyone, Person, Roles};
const OFFICERS: Access = Roles(&[Role::SecurityOfficer]);
const KEEPERS: Access = Roles(&[Role::SecurityOfficer, Role::Administrator]);
const REGISTRARS: Access = Roles(&[Role::Clerk, Role::Controller]);
const INSPECTORS: Access = Roles(&[Role::Inspector]);

routes! {
    GET "/" "first-page" Page Anyone, pages::door::first, "The first page: the desk, or who may sign in.";
    GET "/assets/{file}" "asset" Asset Anyone, pages::assets::file, "A fixed file of the pages.";
    GET "/sign-in" "sign-in-page" Page Anyone, pages::door::sign_in_page, "The page for signing in.";
    POST "/sign-in" "sign-in" Act Anyone, pages::door::sign_in, "Signs in with login and password.";
    POST "/sign-out" "sign-out" Act Person, pages::door::sign_out, "Ends this session.";
    POST "/sign-out-everywhere" "sign-out-everywhere" Act Person, pages::door::sign_out_everywhere, "Ends every session and token of the person.";
    GET "/first-password" "first-password-page" Page Anyone, pages::door::first_password_page, "The page for setting a password with a one-time code.";
    POST "/first-password" "first-password" Act Anyone, pages::door::first_password, "Sets a password with a one-time code.";
    POST "/language" "language" Act Anyone, pages::door::language, "Changes the language of the pages.";
}
