//! What is too much.

use forms::{CODE_MOST, DATA_MOST, Form, FormError, Forms, Language, PAGES_MOST};
use serde_json::json;

use crate::samples;
use crate::support::{failure, house, made};

#[test]
fn data_that_is_too_large_or_no_object_is_refused() {
    let large = json!({ "registry": "x".repeat(DATA_MOST) });
    let error = house().pdf(Form::Receipt, Language::En, &large, made()).unwrap_err();
    assert!(matches!(error, FormError::Data { most: DATA_MOST, .. }), "{error:?}");
    let error = house().pdf(Form::Receipt, Language::En, &json!([1]), made()).unwrap_err();
    assert_eq!(error, FormError::NotAnObject);
}

#[test]
fn a_form_of_too_many_pages_is_refused() {
    let error = failure(&format!("#for _ in range({PAGES_MOST}) {{ pagebreak() }}"));
    assert_eq!(error, FormError::Pages { pages: PAGES_MOST + 1, most: PAGES_MOST });
}

#[test]
fn a_code_that_no_reader_could_read_is_refused() {
    let data = json!({ "labels": [{ "qr": "x".repeat(CODE_MOST + 1) }] });
    let error = house().pdf(Form::BarcodeSheet, Language::En, &data, made()).unwrap_err();
    assert_eq!(error, FormError::Code { bytes: CODE_MOST + 1, most: CODE_MOST });
}

#[test]
fn a_marking_that_the_banner_would_cut_is_refused() {
    let (form, mut data) = samples::all(Language::En).remove(0);
    data["marking"] = "SECRET ".repeat(43).into();
    let error = house().pdf(form, Language::En, &data, made()).unwrap_err();
    assert!(error.to_string().contains("no room in the banner"), "{error}");
}

#[test]
fn missing_data_is_a_fault_of_the_template_and_not_a_broken_form() {
    let error = house().pdf(Form::Receipt, Language::En, &json!({}), made()).unwrap_err();
    assert!(matches!(error, FormError::Template(_)), "{error:?}");
}

#[test]
fn a_date_that_no_file_can_bear_is_refused() {
    let forms = Forms::new([("receipt.typ".to_owned(), b"x".to_vec())]);
    let before = "-002000-01-01T00:00:00Z".parse().unwrap();
    let error = forms.pdf(Form::Receipt, Language::En, &json!({}), before).unwrap_err();
    assert!(matches!(error, FormError::Date(_)), "{error:?}");
}
