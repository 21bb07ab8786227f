//! Templates that are wrong, and templates that reach for what they may not have.

use forms::{Fault, Form, FormError, Forms, Language};

use crate::support::{failure, made};

fn fault(template: &str) -> Fault {
    match failure(template) {
        FormError::Template(mut faults) => faults.remove(0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_template_that_does_not_compile_is_told_by_file_and_line() {
    let fault = fault("#let a = 1\n\n#unknown\n");
    assert_eq!((fault.file.as_str(), fault.line), ("receipt.typ", Some(3)));
    assert_eq!(fault.message, "unknown variable: unknown");
    assert_eq!(failure("\n#(1 + \"a\")").to_string(), "receipt.typ:2: cannot add integer and string");
}

#[test]
fn a_fault_in_a_file_that_others_import_is_told_there() {
    let own = [
        ("receipt.typ", "#import \"common.typ\": *\n#text-of(3)"),
        ("common.typ", "\n#let text-of(value) = value.len()"),
    ];
    let forms = Forms::new(own.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    let error = forms.pdf(Form::Receipt, Language::En, &serde_json::json!({}), made()).unwrap_err();
    assert!(error.to_string().starts_with("common.typ:2: "), "{error}");
}

#[test]
fn a_template_reads_nothing_but_its_siblings_and_its_data() {
    for reach in [
        "#read(\"/etc/passwd\")",
        "#read(\"../../../../etc/passwd\")",
        "#read(\"/proc/self/environ\")",
        "#image(\"/etc/passwd\")",
        "#include \"/etc/passwd\"",
        "#json(\"other.json\")",
        "#plugin(\"/x.wasm\")",
    ] {
        let fault = fault(reach);
        assert!(!fault.message.contains("root:"), "{reach}: {fault}");
    }
}

#[test]
fn no_package_is_fetched() {
    let fault = fault("#import \"@preview/tablex:0.0.8\": *");
    assert!(fault.message.contains("package not found"), "{fault}");
}

#[test]
fn a_template_is_given_no_clock_but_the_moment_of_the_form() {
    let fault = fault("#panic(datetime.today().display())");
    assert!(fault.message.contains("2026-03-12"), "{fault}");
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    const STOPS: [&str; 3] = ["infinite", "always true", "depth"];
    for endless in ["#while true {}", "#let n = 0\n#while n < 1 [a]", "#let f() = f()\n#f()"] {
        let fault = fault(endless);
        assert!(STOPS.iter().any(|stop| fault.message.contains(stop)), "{endless}: {fault}");
    }
}

#[test]
fn a_missing_template_and_one_that_is_no_text_are_refused() {
    let none = Forms::new([]);
    let data = serde_json::json!({});
    let error = none.pdf(Form::OutCard, Language::Fr, &data, made()).unwrap_err();
    assert_eq!(error, FormError::NoTemplate("out-card.typ".to_owned()));
    let binary = Forms::new([("out-card.typ".to_owned(), vec![0xff, 0xfe, 0])]);
    assert!(matches!(binary.pdf(Form::OutCard, Language::Fr, &data, made()), Err(FormError::Template(_))));
}
