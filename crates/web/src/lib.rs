//! The pages, the HTTP API and the exports. Owns how the office is shown over HTTP; it must hold no rule of the
//! register and no SQL. What it shows it has from a [`office::Reading`]; what it changes it asks by [`office::Office::command`].
//!
//! Every route stands in one table ([`routes::ROUTES`]): the router, the API description, the coverage matrix and the
//! two-world harness are all made from it, so that a route that is not in the table does not exist.

pub mod answer;
pub mod api;
pub mod app;
mod card;
pub mod export;
pub mod frame;
pub mod given;
pub mod look;
pub mod pages;
pub mod papers;
mod provider;
pub mod routes;
pub mod signed;
pub mod words;

pub use app::{App, Greeting, serve};
