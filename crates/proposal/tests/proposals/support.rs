//! What the tests share: the house's words and policies, and where the real papers are.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use label::{Language, Policies, Policy};
use proposal::{Mail, Marking, Proposals, Source, Vocabulary, Words, propose};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let text = std::fs::read_to_string(root().join("house/proposals.toml")).expect("the house's words");
    Words::parse(&text).expect("words that can be used")
});

pub fn policies(names: &[&str]) -> Policies {
    let read = |name: &&str| {
        let bytes = std::fs::read(root().join(format!("house/policies/{name}.xml"))).expect("a policy");
        Policy::parse(&bytes).expect("a policy that can be used")
    };
    Policies::new(names.iter().map(read)).expect("policies that differ")
}

pub static ALL: LazyLock<Policies> = LazyLock::new(|| policies(&["nato", "eu", "us-historic", "corporate"]));
pub static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&ALL, &WORDS));

pub fn of_text(text: &str) -> Proposals {
    propose(&Source { text, ..Source::default() }, &WORDS, &VOCABULARY)
}

pub fn of_mail(mail: Mail<'_>) -> Proposals {
    propose(&Source { mail: Some(mail), ..Source::default() }, &WORDS, &VOCABULARY)
}

/// A marking as `POLICY: words of the page +unknown`.
pub fn shown(marking: &Marking) -> String {
    let known = marking.label.as_ref().map_or_else(
        || "?".to_owned(),
        |label| {
            let policy = ALL.of(label).expect("an adopted policy");
            format!("{}: {}", policy.name(), policy.marking(label, Language::English).expect("a marking"))
        },
    );
    marking.unknown.iter().fold(known, |all, word| format!("{all} +{word}"))
}

/// The folder of real papers, or none, said aloud: `CHANCERY_SHARED/data`, else `../shared/data` beside the checkout.
#[expect(clippy::disallowed_methods, reason = "a test may be told where its data is")]
pub fn shared(folder: &str) -> Option<PathBuf> {
    let base = std::env::var("CHANCERY_SHARED").map_or_else(|_| root().join("../shared"), PathBuf::from);
    let path = base.join("data").join(folder);
    if !path.exists() {
        println!("skipped: there is no {folder} in ../shared/data and none where CHANCERY_SHARED says");
        return None;
    }
    Some(path)
}
