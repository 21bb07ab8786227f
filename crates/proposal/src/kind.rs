//! What kind of document it is. Owns the choice; the words are the house's.

use crate::Page;
use crate::heading;
use crate::value::{Best, Confidence, Proposed, Where};
use crate::words::Field;

pub(crate) fn propose(page: &Page<'_>) -> Vec<Proposed<String>> {
    let mut best = Best::new();
    if let Some(message) = &page.message
        && let Some((_, kind)) = page.words.kinds.iter().find(|(phrase, _)| phrase.iter().eq(["MESSAGE"]))
    {
        let (place, written) = (message.group.place.clone(), message.group.written.clone());
        best.add(Proposed { value: kind.clone(), confidence: Confidence::Sure, place, written });
    }
    if let Some(mail) = &page.source.mail {
        let written = mail.from.first().cloned().unwrap_or_default();
        let place = Where::Header("From");
        best.add(Proposed { value: page.words.mail.clone(), confidence: Confidence::Sure, place, written });
    }
    if let Some(title) = &page.title
        && let Some((kind, bytes)) = &title.kind
    {
        best.add(Proposed {
            value: kind.clone(),
            confidence: if title.plain { Confidence::Sure } else { Confidence::Likely },
            place: page.lines.place(bytes.clone()),
            written: page.lines.at(bytes).to_owned(),
        });
    }
    // A letter says only how it greets.
    if let Some(bytes) = heading::salutation(page) {
        let written = page.lines.at(&bytes).to_owned();
        let known = page.words.kinds.iter().find(|(phrase, _)| phrase.iter().eq(["LETTER"]));
        if let Some((_, kind)) = known {
            let place = page.lines.place(bytes);
            best.add(Proposed { value: kind.clone(), confidence: Confidence::Likely, place, written });
        }
    }
    // What has a group and a sender is perhaps a message, though not all of its heading was understood.
    if let Some(group) = page.headings.group()
        && page.headings.of(Field::From).next().is_some()
        && let Some((_, kind)) = page.words.kinds.iter().find(|(phrase, _)| phrase.iter().eq(["MESSAGE"]))
    {
        let place = page.lines.place(group.bytes.clone());
        let written = page.lines.at(&group.bytes).to_owned();
        best.add(Proposed { value: kind.clone(), confidence: Confidence::Likely, place, written });
    }
    best.ranked()
}
