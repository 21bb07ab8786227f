//! Outlook messages (MS-OXMSG): a compound file whose streams are named after properties. Owns the few property numbers; attachments come with their bytes.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::container::file_name;
use super::{Read, Stop, Words, html, short};
use crate::{Damage, Flag, Limit, Limits, Mail, Part, Reading, sniff};

type File<'bytes> = CompoundFile<Cursor<&'bytes [u8]>>;

/// Property numbers (MS-OXPROPS): the stream's name is `__substg1.0_` and the number, then the type.
const SUBJECT: &str = "0037";
const SENDER_NAME: &str = "0C1A";
const SENDER_ADDRESS: &str = "0C1F";
const SENDER_SMTP: &str = "5D01";
const TO: &str = "0E04";
const CC: &str = "0E03";
const BCC: &str = "0E02";
const BODY: &str = "1000";
const BODY_HTML: &str = "1013";
const MESSAGE_ID: &str = "1035";
const IN_REPLY_TO: &str = "1042";
const REFERENCES: &str = "1039";
const MESSAGE_CLASS: &str = "001A";
const ATTACHMENT_DATA: &str = "3701";
const ATTACHMENT_NAME: &str = "3707";
const ATTACHMENT_SHORT_NAME: &str = "3704";
const ATTACHMENT_TYPE: &str = "370E";

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| Stop::Damaged(Damage::Container))?;
    let mut reading = Reading::default();
    let class = text(&mut file, "/", MESSAGE_CLASS, limits)?.unwrap_or_default();
    if class.to_ascii_uppercase().contains("SMIME") {
        reading.flags.insert(Flag::Sealed);
    }
    let name = text(&mut file, "/", SENDER_NAME, limits)?.unwrap_or_default();
    let address = match text(&mut file, "/", SENDER_SMTP, limits)? {
        Some(address) => address,
        None => text(&mut file, "/", SENDER_ADDRESS, limits)?.unwrap_or_default(),
    };
    let sender = match (name.trim(), address.trim()) {
        ("", "") => None,
        (one, "") | ("", one) => short(one),
        (name, address) if name == address => short(name),
        (name, address) => short(&format!("{name} <{address}>")),
    };
    let list = |names: Option<String>| -> Vec<String> {
        names.unwrap_or_default().split(';').filter_map(short).collect()
    };
    let mail = Mail {
        from: sender.clone().into_iter().collect(),
        to: list(text(&mut file, "/", TO, limits)?),
        cc: list(text(&mut file, "/", CC, limits)?),
        bcc: list(text(&mut file, "/", BCC, limits)?),
        subject: text(&mut file, "/", SUBJECT, limits)?.as_deref().and_then(short),
        date: None,
        message_id: text(&mut file, "/", MESSAGE_ID, limits)?
            .as_deref()
            .map(|id| id.trim_matches(['<', '>', ' ']))
            .and_then(short),
        in_reply_to: text(&mut file, "/", IN_REPLY_TO, limits)?
            .as_deref()
            .map(|id| id.trim_matches(['<', '>', ' ']))
            .and_then(short),
        references: super::mail::references(
            text(&mut file, "/", REFERENCES, limits)?.unwrap_or_default().split_whitespace(),
        ),
    };
    let mut words = Words::new(limits);
    match text(&mut file, "/", BODY, limits)? {
        Some(body) => words.push(&body)?,
        None => {
            if let Some(body) = body_html(&mut file, limits)? {
                words.push(&html::strip(&body, limits)?.words)?;
            }
        }
    }
    attachments(&mut file, &mut reading, limits)?;
    reading.title.clone_from(&mail.subject);
    reading.author = sender;
    reading.mail = Some(mail);
    reading.text = words.finish();
    Ok(reading)
}

fn attachments(file: &mut File<'_>, reading: &mut Reading, limits: &Limits) -> Read<()> {
    let folders: Vec<String> = file
        .read_root_storage()
        .filter(|entry| entry.is_storage() && entry.name().starts_with("__attach_version1.0_"))
        .map(|entry| format!("/{}/", entry.name()))
        .collect();
    if folders.len() > limits.parts {
        return Err(Stop::OverLimit(Limit::Parts));
    }
    let mut room = limits.part_bytes;
    for folder in folders {
        // A message within a message is a storage, not a stream: named, its bytes not handed back.
        let bytes = stream(file, &format!("{folder}__substg1.0_{ATTACHMENT_DATA}0102"), room, Limit::Parts)?;
        if bytes.is_none() {
            reading.flags.insert(Flag::PartlyRead);
        }
        let bytes = bytes.unwrap_or_default();
        room = room.saturating_sub(bytes.len() as u64);
        let long = text(file, &folder, ATTACHMENT_NAME, limits)?;
        let name = match long {
            Some(name) => name,
            None => text(file, &folder, ATTACHMENT_SHORT_NAME, limits)?.unwrap_or_default(),
        };
        let name = file_name(&name);
        reading.parts.push(Part {
            kind: sniff::sniff(&bytes, &name),
            declared: text(file, &folder, ATTACHMENT_TYPE, limits)?
                .as_deref()
                .and_then(short)
                .unwrap_or_default(),
            size: bytes.len() as u64,
            name,
            bytes,
        });
    }
    Ok(())
}

/// A text property: as UTF-16 (type 001F), else in a code page (type 001E), taken as windows-1252 where it is not UTF-8.
fn text(file: &mut File<'_>, folder: &str, property: &str, limits: &Limits) -> Read<Option<String>> {
    let room = limits.text_bytes as u64;
    if let Some(wide) = stream(file, &format!("{folder}__substg1.0_{property}001F"), room, Limit::Text)? {
        return Ok(Some(encoding_rs::UTF_16LE.decode_without_bom_handling(&wide).0.into_owned()));
    }
    let Some(narrow) = stream(file, &format!("{folder}__substg1.0_{property}001E"), room, Limit::Text)?
    else {
        return Ok(None);
    };
    Ok(Some(match String::from_utf8(narrow) {
        Ok(text) => text,
        Err(error) => encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned(),
    }))
}

fn body_html(file: &mut File<'_>, limits: &Limits) -> Read<Option<String>> {
    let bytes =
        stream(file, &format!("/__substg1.0_{BODY_HTML}0102"), limits.text_bytes as u64, Limit::Text)?;
    Ok(bytes.map(|bytes| {
        crate::text::decode(&bytes, limits.text_bytes).map(|decoded| decoded.text).unwrap_or_default()
    }))
}

fn stream(file: &mut File<'_>, path: &str, room: u64, limit: Limit) -> Read<Option<Vec<u8>>> {
    if !file.is_stream(path) {
        return Ok(None);
    }
    let stream = file.open_stream(path).map_err(|_| Stop::Damaged(Damage::Structure))?;
    let mut bytes = Vec::new();
    stream
        .take(room.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|_| Stop::Damaged(Damage::Truncated))?;
    if bytes.len() as u64 > room { Err(Stop::OverLimit(limit)) } else { Ok(Some(bytes)) }
}
