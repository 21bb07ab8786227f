//! What the tests share.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use forms::data::{Filled, Head, Signature};
use forms::{Form, FormError, Forms, Language, shipped};
use jiff::Timestamp;
use serde_json::Value;

/// The templates that ship.
pub fn house() -> Forms {
    Forms::new(shipped())
}

/// The moment of every form of the tests.
pub fn made() -> Timestamp {
    "2026-03-12T14:30:00Z".parse().unwrap()
}

/// The form and the data of a sample.
pub fn sample(data: &impl Filled) -> (Form, Value) {
    fn form<T: Filled>(_: &T) -> Form {
        T::FORM
    }
    (form(data), serde_json::to_value(data).unwrap())
}

/// A form of these templates beside those that ship, which must fail.
pub fn failure(template: &str) -> FormError {
    let own = ("receipt.typ".to_owned(), template.as_bytes().to_vec());
    let forms = Forms::new(shipped().chain([own]));
    forms.pdf(Form::Receipt, Language::En, &serde_json::json!({}), made()).unwrap_err()
}

/// How long something takes.
#[expect(clippy::disallowed_methods, reason = "the tests tell how long a form takes")]
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// Keeps a form to be looked at, and says where.
pub fn kept(name: &str, pdf: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("forms");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, pdf).unwrap();
    path
}

/// The words of a form without the spaces between them; none: `pdftotext` is not installed.
pub fn words(pdf: &Path) -> Option<String> {
    let Ok(output) = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output() else {
        println!("pdftotext is not installed: the words of {} are not read", pdf.display());
        return None;
    };
    assert!(output.status.success(), "pdftotext refuses {}", pdf.display());
    Some(packed(&String::from_utf8_lossy(&output.stdout)))
}

/// A text without its spaces, which lines and columns change.
pub fn packed(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace() && *sign != '\u{200B}').collect()
}

/// The head of a sample.
pub fn head(language: Language, number: &str) -> Head {
    let (organisation, registry) = match language {
        Language::En => ("Headquarters Allied Command Centre", "Headquarters Sub-Registry"),
        Language::Fr => {
            ("Quartier général du commandement allié", "Bureau d’ordre secondaire du quartier général")
        }
    };
    Head {
        organisation: organisation.to_owned(),
        registry: registry.to_owned(),
        number: number.to_owned(),
        date: said(language, "12 March 2026", "12 mars 2026"),
        marking: None,
        qr: Some(format!("HQR {number}")),
    }
}

/// One of two words.
pub fn said(language: Language, en: &str, fr: &str) -> String {
    match language {
        Language::En => en.to_owned(),
        Language::Fr => fr.to_owned(),
    }
}

/// Somebody who signs, on screen if a time is given.
pub fn signer(name: &str, function: &str, signed: Option<String>) -> Signature {
    Signature { name: Some(name.to_owned()), function: Some(function.to_owned()), signed }
}

/// Some words.
pub fn some(words: &str) -> Option<String> {
    Some(words.to_owned())
}
