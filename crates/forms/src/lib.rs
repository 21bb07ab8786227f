//! Official forms: the papers that a registry signs, sends, posts and keeps, as PDF/A. Owns how a form is made from a
//! template and data; must not know registers, tables, clocks, who asks, or what may be shown to whom.
//!
//! # How to read this crate
//!
//! 1. [`Form`] names the forms; [`data`] has what each of them takes, a type a form.
//! 2. [`Forms`] holds templates: those that ship ([`shipped`]), or an office's own beside or instead of them.
//! 3. [`Forms::pdf`] fills a form in. The same data at the same moment gives the same bytes.
//!
//! Data reaches a template as the file `/data.json` and nothing else does: values are text and never markup, and a
//! template reads no file, no package and no clock. What no font can show is replaced by a sign that says so.
//! Everything is bounded and returns an error.

pub mod data;
mod error;
mod fonts;
mod form;
mod prepare;
mod press;
mod shipped;
mod world;

pub use error::{Fault, FormError};
pub use form::{Form, Language};
pub use prepare::CODE_MOST;
pub use press::{DATA_MOST, Forms, PAGES_MOST};
pub use shipped::shipped;
