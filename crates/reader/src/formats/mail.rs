//! Messages (RFC 5322, MIME): head, body, attachments. Owns which parts are the body and what the text of a message is; addresses are for show, unverified.

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::container::file_name;
use super::{Read, Stop, Words, html, short};
use crate::{Damage, Flag, Limit, Limits, Mail, Part, Reading, Threat, sniff, text};

/// The text of a message is its subject's and body's words; its head stays apart, in [`Reading::mail`].
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    // A message saved as UTF-16 is a message still.
    let narrowed;
    let wide =
        encoding_rs::Encoding::for_bom(bytes).is_some() || bytes.get(..8).unwrap_or(bytes).contains(&0);
    let bytes = if wide {
        narrowed = text::decode(bytes, bytes.len().saturating_mul(4))
            .map_err(|_| Stop::Damaged(Damage::Structure))?
            .text;
        narrowed.as_bytes()
    } else {
        bytes
    };
    // A message taken out of a box brings the box's own line before its head.
    let boxed = bytes
        .strip_prefix(b"From ")
        .and_then(|line| line.iter().position(|byte| *byte == b'\n').and_then(|end| line.get(end + 1..)));
    let bytes = boxed.unwrap_or(bytes);
    too_many_boundaries(bytes, limits)?;
    let message = MessageParser::default().parse(bytes).ok_or(Stop::Damaged(Damage::Structure))?;
    let mut reading = Reading::default();
    let mail = head(&message);
    if mail.from.is_empty()
        && mail.to.is_empty()
        && mail.subject.is_none()
        && mail.date.is_none()
        && message.parts.len() <= 1
        && message.headers().is_empty()
    {
        return Err(Stop::Damaged(Damage::Structure));
    }
    let mut words = Words::new(limits);
    body(&message, &mut words, limits)?;
    parts(&message, &mut reading, limits)?;
    if nesting(&message, 0) > limits.nesting {
        return Err(Stop::Hostile(Threat::NestedTooDeep));
    }
    reading.title.clone_from(&mail.subject);
    reading.author = mail.from.first().cloned();
    reading.created.clone_from(&mail.date);
    reading.mail = Some(mail);
    reading.text = words.finish();
    Ok(reading)
}

/// Counts lines that look like boundaries before anything is parsed, so that a message of a hundred thousand parts costs nothing.
fn too_many_boundaries(bytes: &[u8], limits: &Limits) -> Read<()> {
    // A text may rule off its paragraphs with dashes; what counts is what is parsed. This only stops the absurd.
    let lines = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| line.starts_with(b"--") && line.len() > 4)
        .take(limits.parts.saturating_mul(100) + 1)
        .count();
    if lines > limits.parts.saturating_mul(100) { Err(Stop::OverLimit(Limit::Parts)) } else { Ok(()) }
}

fn head(message: &Message<'_>) -> Mail {
    let header = |value: &mail_parser::HeaderValue<'_>| value.as_text().and_then(short);
    Mail {
        from: addresses(message.from()),
        to: addresses(message.to()),
        cc: addresses(message.cc()),
        bcc: addresses(message.bcc()),
        subject: message.subject().and_then(short),
        date: message.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339),
        message_id: message.message_id().and_then(short),
        in_reply_to: header(message.in_reply_to()),
        references: references(
            message.references().as_text_list().unwrap_or_default().iter().map(AsRef::as_ref),
        ),
    }
}

/// How many ids of earlier messages are kept.
const REFERENCES: usize = 100;

/// The ids of earlier messages, in their order. Where one stands twice its last place counts, for there it is nearest.
pub(crate) fn references<'a>(mut ids: impl DoubleEndedIterator<Item = &'a str>) -> Vec<String> {
    let clean = |id: &str| short(id.trim_matches(['<', '>', ' ']));
    let first = ids.next().and_then(clean);
    let mut kept: Vec<String> = Vec::new();
    // A field may name a million; the nearest ones are enough.
    for id in ids.rev().take(REFERENCES * 10).filter_map(clean) {
        if kept.len() < REFERENCES - 1 && !kept.contains(&id) {
            kept.push(id);
        }
    }
    kept.extend(first.filter(|id| !kept.contains(id)));
    kept.reverse();
    kept
}

/// How many addresses of one field are kept: a message to all hands needs no more to be understood.
const ADDRESSES: usize = 1_000;

fn addresses(field: Option<&Address<'_>>) -> Vec<String> {
    let Some(field) = field else { return Vec::new() };
    field
        .iter()
        .take(ADDRESSES)
        .filter_map(|address| match (address.name(), address.address()) {
            (Some(name), Some(mailbox)) if !name.trim().is_empty() => short(&format!("{name} <{mailbox}>")),
            (_, Some(mailbox)) => short(mailbox),
            (Some(name), None) => short(name),
            (None, None) => None,
        })
        .collect()
}

/// The body: the plain one where the sender wrote one, else the page's words.
fn body(message: &Message<'_>, words: &mut Words, limits: &Limits) -> Read<()> {
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(plain) => words.push(plain)?,
            PartType::Html(page) => words.push(&html::strip(page, limits)?.words)?,
            _ => continue,
        }
        words.fresh_line();
    }
    Ok(())
}

fn parts(message: &Message<'_>, reading: &mut Reading, limits: &Limits) -> Read<()> {
    if message.parts.len() > limits.parts {
        return Err(Stop::OverLimit(Limit::Parts));
    }
    let mut room = limits.part_bytes;
    for part in message.attachments() {
        let bytes = bytes_of(part, message);
        let size = bytes.len() as u64;
        if size > room {
            return Err(Stop::OverLimit(Limit::Parts));
        }
        room -= size;
        let name = part.attachment_name().unwrap_or_default();
        if super::container::is_unsafe(name) {
            reading.flags.insert(Flag::UnsafeNames);
        }
        let name = file_name(name);
        let declared = part.content_type().map(|kind| match kind.subtype() {
            Some(subtype) => format!("{}/{subtype}", kind.ctype()),
            None => kind.ctype().to_owned(),
        });
        let declared = declared.as_deref().and_then(short).unwrap_or_default().to_ascii_lowercase();
        if matches!(
            declared.as_str(),
            "application/pkcs7-mime"
                | "application/x-pkcs7-mime"
                | "application/pkcs7-signature"
                | "application/x-pkcs7-signature"
                | "application/pgp-encrypted"
                | "application/pgp-signature"
        ) {
            reading.flags.insert(Flag::Sealed);
        }
        let kind = if part.is_message() { crate::MediaType::Eml } else { sniff::sniff(&bytes, &name) };
        reading.parts.push(Part { name, declared, kind, size, bytes });
    }
    Ok(())
}

fn bytes_of(part: &MessagePart<'_>, message: &Message<'_>) -> Vec<u8> {
    match &part.body {
        PartType::Message(inner) => {
            let raw = inner.raw_message();
            let start = usize::try_from(part.raw_body_offset()).unwrap_or(usize::MAX);
            let end = usize::try_from(part.raw_end_offset()).unwrap_or(usize::MAX);
            // A nested message that was not encoded shares the outer one's bytes.
            if std::ptr::eq(raw.as_ptr(), message.raw_message().as_ptr())
                || raw.len() >= message.raw_message().len()
            {
                message.raw_message().get(start..end).unwrap_or_default().to_vec()
            } else {
                raw.to_vec()
            }
        }
        _ => part.contents().to_vec(),
    }
}

/// How deep messages lie within messages. The parser itself goes no deeper than it can.
fn nesting(message: &Message<'_>, level: usize) -> usize {
    if level > 32 {
        return level;
    }
    message
        .parts
        .iter()
        .filter_map(|part| part.message())
        .map(|inner| nesting(inner, level + 1))
        .max()
        .unwrap_or(level)
}
