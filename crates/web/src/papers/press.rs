//! Where forms are made: a few at once, away from the threads that answer. What a template fails at is told to the log; the
//! reader learns that there is no form, and what he can do.

use std::sync::LazyLock;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use forms::{Form, FormError, Forms, data::Filled};
use office::{
    Failure,
    texts::{Language, Voice},
};
use registry::{Code, Timestamp};
use store::StoreError;
use tokio::sync::Semaphore;

use crate::answer::WebError;

/// The templates that ship.
static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::new(forms::shipped()));
/// What a browser may do with a form: lay it out. Its viewer is a page with styles of its own around an embedded file.
const POLICY: &str =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
/// How many forms are made at once: each takes a whole processor.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// A form filled in, as it is answered: to be looked at or printed. `made` is the moment of its record, `name` what the file
/// is called without its ending.
///
/// # Errors
/// Refused where the form would be too long, or no template makes it.
pub async fn answered<T: Filled + Send + 'static>(
    say: Voice<'_>,
    data: T,
    made: Timestamp,
    name: &str,
) -> Result<Response, WebError> {
    let language = tongue(say.language());
    let free = PRESSES.acquire().await.map_err(StoreError::damaged)?;
    // Who goes away does not make room for another before his form is done.
    let work = move || {
        let _taken = free;
        FORMS.fill(language, &data, made.jiff())
    };
    let made = tokio::task::spawn_blocking(work).await.map_err(StoreError::damaged)?;
    let bytes = made.map_err(|error| Failure::from(refused(T::FORM, &error)))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{}.pdf\"", plain(name))),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// A form that nobody waits for; none: it could not be made, and the log says why.
pub fn pressed<T: Filled>(language: Language, data: &T, made: Timestamp) -> Option<Vec<u8>> {
    FORMS.fill(tongue(language), data, made.jiff()).map_err(|error| refused(T::FORM, &error)).ok()
}

const fn tongue(language: Language) -> forms::Language {
    match language {
        Language::En => forms::Language::En,
        Language::Fr => forms::Language::Fr,
    }
}

fn refused(form: Form, error: &FormError) -> Code {
    match error {
        FormError::Data { .. } | FormError::Pages { .. } => Code::FormTooLong,
        FormError::Template(faults) | FormError::Archive(faults) => {
            for fault in faults {
                tracing::error!(form = form.name(), %fault, "a form could not be made");
            }
            Code::FormFailed
        }
        other => {
            tracing::error!(form = form.name(), error = %other, "a form could not be made");
            Code::FormFailed
        }
    }
}

/// A number as the name of a file: `R-0001-2026`.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use forms::Fault;

    use super::*;

    #[test]
    fn a_reader_learns_of_no_template() {
        let fault = Fault { file: "receipt.typ".into(), line: Some(7), message: "unknown variable".into() };
        assert_eq!(refused(Form::Receipt, &FormError::Template(vec![fault])), Code::FormFailed);
        assert_eq!(refused(Form::Receipt, &FormError::NoTemplate("receipt.typ".into())), Code::FormFailed);
        assert_eq!(refused(Form::RegisterPage, &FormError::Pages { pages: 3, most: 2 }), Code::FormTooLong);
        assert_eq!(plain("HQR:NS-0001/2026/3\"\r\n"), "HQR-NS-0001-2026-3---");
    }
}
