//! Data that looks like a program, that no column holds, or that no font has.

use forms::{Form, Forms, Language};
use serde_json::Value;

use crate::samples;
use crate::support::{house, kept, made, timed, words};

const HOSTILE: [&str; 14] = [
    "#panic(\"called\")",
    "#read(\"/etc/passwd\")",
    "$ x^2 $ \\ * bold * _ it _ = head <label> @ref [c] // no",
    "\\u{0}\u{0}\u{7}\u{1b}[31m\t\r\n\n\n end",
    "😀👨‍👩‍👧‍👦🇫🇷 ✈️ and 漢字かな 한국어 ไทย हिन्दी",
    "שלום עולם مرحبا بالعالم ١٢٣",
    "a\u{202e}fdp.exe\u{202c} \u{2066}b\u{2069}",
    "e\u{301}\u{308}\u{30a}\u{323} Z̷̢̧a̶͎͝l̵̰̈g̷̱̑o̸̞͆ \u{e000}\u{f8ff}\u{fffe}\u{feff}\u{200b}\u{ad}",
    "ﬁ ﬂ Ǆ İ ı ß ẞ Ω Ж ⅔ ™ € ₿ ∑ ∀ ▲ ✓ \u{2003}\u{3000}\u{1680}|",
    "{name} {at} </script> %s {{7*7}} ${x}",
    "",
    " ",
    "\n",
    "…",
];

/// Every text of the data replaced, but the few that choose.
fn replaced(data: &Value, text: &str) -> Value {
    match data {
        Value::String(_) => Value::from(text),
        Value::Array(values) => values.iter().map(|value| replaced(value, text)).collect(),
        Value::Object(object) => Value::Object(
            object
                .iter()
                .map(|(key, value)| match key.as_str() {
                    "kind" | "capacity" => (key.clone(), value.clone()),
                    "qr" | "marking" => (key.clone(), shortened(value, text)),
                    _ => (key.clone(), replaced(value, text)),
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

/// What is refused when it is longer; what was missing still is.
fn shortened(value: &Value, text: &str) -> Value {
    match value {
        Value::String(_) => Value::from(text.chars().take(60).collect::<String>()),
        other => other.clone(),
    }
}

#[test]
fn words_that_look_like_a_program_or_that_no_font_has_are_words() {
    let forms = house();
    let every = HOSTILE.join(" ");
    for text in HOSTILE.into_iter().chain([every.as_str()]) {
        let (form, data) = samples::all(Language::En).remove(0);
        forms
            .pdf(form, Language::En, &replaced(&data, text), made())
            .unwrap_or_else(|error| panic!("{text:?}: {error}"));
    }
    for (form, data) in samples::all(Language::Fr) {
        let data = replaced(&data, &every);
        let pdf = forms.pdf(form, Language::Fr, &data, made());
        let pdf = pdf.unwrap_or_else(|error| panic!("{}: {error}", form.name()));
        let path = kept(&format!("{}-hostile.pdf", form.name()), &pdf);
        if let Some(words) = words(&path) {
            assert!(!words.contains("root:x:"), "{}", form.name());
        }
    }
}

#[test]
fn a_word_of_ten_thousand_letters_is_broken_or_cut() {
    let forms = house();
    for (form, data) in samples::all(Language::En) {
        let mut data = replaced(&data, "word");
        if let Some(first) = longest(&mut data) {
            *first = Value::from("w".repeat(10_000));
        }
        let (pdf, took) = timed(|| forms.pdf(form, Language::En, &data, made()));
        println!("{} with a long word: {took:?}", form.name());
        let pdf = pdf.unwrap_or_else(|error| panic!("{}: {error}", form.name()));
        kept(&format!("{}-long.pdf", form.name()), &pdf);
    }
}

/// A text inside the first list of the data, or else the organisation.
fn longest(data: &mut Value) -> Option<&mut Value> {
    let object = data.as_object_mut()?;
    let list = object.iter().find(|(_, value)| value.as_array().is_some_and(|list| !list.is_empty()));
    let key = list.map_or_else(|| "organisation".to_owned(), |(key, _)| key.clone());
    let value = object.get_mut(&key)?;
    match value {
        Value::Array(list) => match list.first_mut()? {
            Value::Object(inner) => {
                let mut texts = inner.iter_mut().filter(|(key, value)| *key != "qr" && value.is_string());
                texts.next().map(|(_, value)| value)
            }
            text => Some(text),
        },
        text => Some(text),
    }
}

#[test]
fn a_code_says_what_was_given_and_the_words_below_it_what_can_be_printed() {
    let own = "#let data = json(\"/data.json\")\n#panic(data.qr, data.qr_matrix.len(), data.inner.qr_matrix)";
    let forms = Forms::new([("receipt.typ".to_owned(), own.as_bytes().to_vec())]);
    let data = serde_json::json!({ "qr": "😀", "inner": { "qr": "A" }, "none": { "qr": null } });
    let error = forms.pdf(Form::Receipt, Language::En, &data, made()).unwrap_err().to_string();
    assert!(error.contains("\u{FFFD}, 21, (\n  \"111111"), "{error}");
}
