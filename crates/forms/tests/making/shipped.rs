//! The templates that ship.

use forms::data::Filled;
use forms::{Form, Language};
use serde_json::Value;

use crate::samples;
use crate::support::{house, kept, made, packed, sample, timed, words};

/// Fields whose values are no words of the form: they choose, measure or are found in its code alone.
const UNPRINTED: [&str; 4] = ["kind", "capacity", "sheet", "qr"];

#[test]
fn every_form_is_made_in_both_languages_and_says_what_it_was_given() {
    let forms = house();
    for language in Language::ALL {
        for (form, data) in samples::all(language) {
            let (pdf, took) = timed(|| forms.pdf(form, language, &data, made()));
            let pdf = pdf.unwrap_or_else(|error| panic!("{} {}: {error:?}", form.name(), language.code()));
            assert!(pdf.starts_with(b"%PDF"));
            println!("{} {}: {took:?}, {} bytes", form.name(), language.code(), pdf.len());
            let path = kept(&format!("{}-{}.pdf", form.name(), language.code()), &pdf);
            let Some(words) = words(&path) else { continue };
            for value in values(&printed(form, data)) {
                assert!(words.contains(&packed(&value)), "{} {}: no {value}", form.name(), language.code());
            }
        }
    }
}

/// The data without what is there for the file alone.
fn printed(form: Form, mut data: Value) -> Value {
    if let (Form::BarcodeSheet, Some(object)) = (form, data.as_object_mut()) {
        object.retain(|key, _| key == "labels");
    }
    data
}

/// Every word of the data that a reader of the form must find, but long ones, which a narrow column may break.
fn values(data: &Value) -> Vec<String> {
    match data {
        Value::String(text) => {
            text.split_whitespace().map(str::to_owned).filter(|word| word.len() < 9).collect()
        }
        Value::Array(list) => list.iter().flat_map(values).collect(),
        Value::Object(object) => object
            .iter()
            .filter(|(key, _)| !UNPRINTED.contains(&key.as_str()))
            .flat_map(|(_, value)| values(value))
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_same_data_at_the_same_moment_gives_the_same_bytes() {
    for (form, data) in samples::all(Language::Fr) {
        let first = house().pdf(form, Language::Fr, &data, made()).unwrap();
        let again = house().pdf(form, Language::Fr, &data, made()).unwrap();
        assert!(first == again, "{}", form.name());
    }
}

#[test]
fn a_register_of_two_thousand_entries_is_made() {
    large("register-page", &samples::register_page(Language::En, 2_000));
}

#[test]
fn a_certificate_of_two_thousand_copies_is_made() {
    large("destruction-certificate", &samples::destruction(Language::Fr, 2_000));
}

fn large(name: &str, data: &impl Filled) {
    let (form, data) = sample(data);
    let (pdf, took) = timed(|| house().pdf(form, Language::En, &data, made()));
    let pdf = pdf.unwrap();
    println!("{name}, 2000 rows: {took:?}, {} bytes", pdf.len());
    let path = kept(&format!("{name}-2000.pdf"), &pdf);
    if let Some(words) = words(&path) {
        assert!(words.contains("NS-2000/20"), "the last row is there");
    }
}

#[test]
fn a_form_is_kept_as_pdf_a_with_its_title_language_author_and_date() {
    let (form, data) = samples::all(Language::Fr).remove(0);
    let pdf = house().pdf(form, Language::Fr, &data, made()).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    for part in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "Récépissé R-0001/2026",
        "Quartier général du commandement allié",
        "2026-03-12T14:30:00",
        "/StructTreeRoot",
        "/Lang",
    ] {
        assert!(text.contains(part), "no {part}");
    }
}

#[test]
fn every_form_is_found_by_its_name() {
    for form in Form::ALL {
        assert_eq!(Form::named(form.name()), Some(form));
    }
    assert_eq!(Form::named("common"), None);
}
