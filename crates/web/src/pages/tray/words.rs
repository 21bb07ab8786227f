//! What is said of things in the in-tray, in words: what each is called, where it came from, what went wrong with it.

use office::{
    texts::{Arg, Voice},
    tray::{Item, Said, Source},
};

/// The name that its file came under.
pub fn file_name(item: &Item) -> &str {
    item.content.as_ref().map_or("", |content| content.file_name.as_str())
}

/// Where something came from, in words.
pub fn origin(say: Voice<'_>, item: &Item) -> String {
    match item.source {
        Source::Drop if item.origin.is_empty() => say.t("tray-dropped"),
        _ => item.origin.clone(),
    }
}

/// What something is called, or what is wrong with it.
pub fn called(say: Voice<'_>, item: &Item) -> String {
    match &item.head.trouble {
        Some(said) => said_words(say, said),
        None if item.called().trim().is_empty() => say.t("tray-no-subject"),
        None => item.called().to_owned(),
    }
}

/// A precedence as messages write it.
pub(super) fn precedence_words(say: Voice<'_>, word: &str) -> String {
    say.maybe(&format!("precedence-{word}"), &[]).unwrap_or_else(|| word.to_owned())
}

/// A reason for dismissing, in words.
pub fn reason(say: Voice<'_>, word: &str) -> String {
    say.maybe(&format!("tray-reason-{word}"), &[]).unwrap_or_else(|| word.to_owned())
}

fn said_arguments<'a>(say: Voice<'_>, said: &'a Said) -> Vec<(&'a str, Arg)> {
    said.arguments
        .iter()
        .map(|(name, value)| {
            let arg = match (name.as_str(), value.parse::<i64>()) {
                ("doing", _) => {
                    let key = format!("mailbox-doing-{value}");
                    say.maybe(&key, &[]).unwrap_or_else(|| value.clone()).into()
                }
                ("bytes" | "limit", Ok(n)) => say.size(u64::try_from(n).unwrap_or(0)).into(),
                ("count" | "seconds" | "uid", Ok(n)) => Arg::from(n),
                _ => Arg::from(value.as_str()),
            };
            (name.as_str(), arg)
        })
        .collect()
}

/// What went wrong, in words.
pub fn said_words(say: Voice<'_>, said: &Said) -> String {
    let key = said.code.replace('.', "-");
    say.maybe(&key, &said_arguments(say, said)).unwrap_or_else(|| said.code.clone())
}

/// What to do about it.
pub fn said_remedy(say: Voice<'_>, said: &Said) -> String {
    let key = format!("{}-remedy", said.code.replace('.', "-"));
    say.maybe(&key, &said_arguments(say, said)).unwrap_or_default()
}
