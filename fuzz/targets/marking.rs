//! A marking, written by a policy and read off a paper. The bytes choose a label of a level and one category at most: what the
//! policy writes of it is read as a label that it would write alike. Any other text is read or not, and what is read is a label of a policy.
#![no_main]

use std::sync::LazyLock;

use fuzz::{HOUSE, ON, WORDS};
use label::{Label, Language, Purpose};
use libfuzzer_sys::fuzz_target;
use proposal::{Vocabulary, Words};

static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::new(&HOUSE, &Words::parse(WORDS).unwrap()));

/// The label that some bytes choose: a policy, a level, a category or none.
fn chosen(bytes: &[u8]) -> Option<Label> {
    let [policy, level, categories @ ..] = bytes else { return None };
    let policy = HOUSE.iter().nth(usize::from(*policy) % HOUSE.iter().count())?;
    let level = policy.levels().get(usize::from(*level) % policy.levels().len())?;
    let all: Vec<_> =
        policy.tag_sets().iter().flat_map(|set| &set.tags).flat_map(|tag| &tag.categories).collect();
    let mut label = Label::plain(policy.id().clone(), level.code.clone());
    for pair in categories.chunks_exact(2).take(1) {
        let at = usize::from(u16::from_be_bytes([pair[0], pair[1]]));
        label.categories.insert(all.get(at % all.len().max(1))?.key.clone());
    }
    Some(label)
}

fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    if which % 2 == 0 {
        let Ok(text) = std::str::from_utf8(rest) else { return };
        for marking in VOCABULARY.marking(text) {
            if let Some(label) = marking.label {
                assert!(HOUSE.of(&label).is_ok(), "a label of no policy");
            }
        }
        return;
    }
    let Some(label) = chosen(rest) else { return };
    let policy = HOUSE.of(&label).expect("chosen from it");
    // What a policy does not allow together need not be legible.
    if policy.validate(&label, Purpose::New, ON).is_err() {
        return;
    }
    for language in [Language::English, Language::French] {
        let Ok(written) = policy.marking(&label, language) else { continue };
        let read = VOCABULARY.marking(&written);
        // A category that is marked by nothing cannot be read off; what is marked is read as what is marked alike.
        let same = |other: &Label| policy.marking(other, language).is_ok_and(|again| again == written);
        let found = read.iter().filter_map(|marking| marking.label.as_ref()).any(same);
        assert!(found, "{written}: {read:?} for {label:?}");
    }
});
