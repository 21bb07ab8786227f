//! Messages that attack: parts within parts, boundaries, heads without end, compound files that lead in circles.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

const HEAD: &str =
    "From: a@delegation.example\r\nTo: registry@hq.example\r\nSubject: Stocks\r\nMIME-Version: 1.0\r\n";

/// Ten thousand multiparts within one another, each with a boundary of its own.
pub fn mail_nested() -> Vec<u8> {
    let mut message = String::from(HEAD);
    for n in 0..10_000 {
        write!(message, "Content-Type: multipart/mixed; boundary=\"e{n}\"\r\n\r\n--e{n}\r\n").unwrap();
    }
    message.push_str("Content-Type: text/plain\r\n\r\nwords\r\n");
    for n in (0..10_000).rev() {
        write!(message, "--e{n}--\r\n").unwrap();
    }
    message.into_bytes()
}

/// A boundary of sixty kilobytes, and so many lines that are nearly it.
fn near(times: usize) -> Vec<u8> {
    let edge = "-".repeat(60_000);
    let near = format!("--{}\r\n", &edge[..59_999]);
    format!("{HEAD}Content-Type: multipart/mixed; boundary=\"{edge}x\"\r\n\r\n{}", near.repeat(times))
        .into_bytes()
}

pub fn mail_boundaries() -> Vec<u8> {
    near(80)
}

pub fn mail_many_boundaries() -> Vec<u8> {
    near(1_000)
}

/// Ninety thousand parts of nothing.
pub fn mail_parts() -> Vec<u8> {
    let mut message = format!("{HEAD}Content-Type: multipart/mixed; boundary=e\r\n\r\n");
    for _ in 0..90_000 {
        message.push_str("--e\r\n\r\n");
    }
    message.into_bytes()
}

/// Messages within messages, a thousand deep.
pub fn mail_in_mail() -> Vec<u8> {
    format!("{}words", format!("{HEAD}Content-Type: message/rfc822\r\n\r\n").repeat(1_000)).into_bytes()
}

/// Half a million header fields, addresses without end, and a subject of a million encoded words.
pub fn mail_head() -> Vec<u8> {
    let mut message = String::from(HEAD);
    for n in 0..300_000 {
        write!(message, "X-{n}: x\r\n").unwrap();
    }
    message.push_str("Cc:");
    for n in 0..200_000 {
        write!(message, " \"a\" <{n}@x>,\r\n").unwrap();
    }
    message.push_str("\r\nComments:");
    message.push_str(&" =?utf-8?q?=C3=A9?=\r\n".repeat(500_000));
    message.push_str("\r\nwords");
    message.into_bytes()
}

/// Comments within comments of an address, a million deep.
pub fn mail_comments() -> Vec<u8> {
    format!("From: a {} <a@b>\r\nSubject: s\r\n\r\nwords", "(".repeat(1_000_000)).into_bytes()
}

/// An attachment whose name climbs, with a program in it that calls itself a letter.
pub fn mail_program() -> Vec<u8> {
    format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\n\r\nwords\r\n--e\r\nContent-Type: application/pdf\r\n\
         Content-Disposition: attachment; filename=\"../../../../etc/cron.d/letter.pdf\"\r\n\r\n{}\r\n--e--\r\n",
        String::from_utf8_lossy(&super::program())
    )
    .into_bytes()
}

/// An Outlook message of a subject and a body.
fn outlook(body: usize) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    for (name, bytes) in [
        ("/__properties_version1.0", vec![0; 32]),
        ("/__substg1.0_001A001F", wide("IPM.Note")),
        ("/__substg1.0_0037001F", wide("Stocks")),
        ("/__substg1.0_1000001F", wide(&"The stocks. ".repeat(body))),
    ] {
        file.create_stream(name).unwrap().write_all(&bytes).unwrap();
    }
    file.into_inner().into_inner()
}

/// Where the allocation table of a compound file lies (MS-CFB 2.2: its first sector's number stands at byte 76).
fn table(file: &[u8]) -> usize {
    let sector = 1_usize << u16::from_le_bytes([file[30], file[31]]);
    let first = u32::from_le_bytes([file[76], file[77], file[78], file[79]]) as usize;
    (first + 1) * sector
}

/// A compound file in which every chain of sectors leads back to its beginning.
pub fn msg_circle() -> Vec<u8> {
    let mut file = outlook(2_000);
    let at = table(&file);
    for n in 0_u32..128 {
        let place = at + n as usize * 4;
        let entry = u32::from_le_bytes([file[place], file[place + 1], file[place + 2], file[place + 3]]);
        if entry == 0xffff_fffe {
            file[place..place + 4].copy_from_slice(&n.saturating_sub(1).to_le_bytes());
        }
    }
    file
}

/// One whose directory's entries are each other's children and neighbours.
pub fn msg_directory() -> Vec<u8> {
    let mut file = outlook(10);
    let sector = 1_usize << u16::from_le_bytes([file[30], file[31]]);
    let first = u32::from_le_bytes([file[48], file[49], file[50], file[51]]) as usize;
    let at = (first + 1) * sector;
    for n in 0..4_usize {
        for (place, to) in [(68, (n + 1) % 4), (72, n), (76, (n + 2) % 4)] {
            let place = at + n * 128 + place;
            file[place..place + 4].copy_from_slice(&(to as u32).to_le_bytes());
        }
    }
    file
}

/// One that says it has four thousand million sectors of tables.
pub fn msg_claims() -> Vec<u8> {
    let mut file = outlook(10);
    for at in [40, 44, 64, 72] {
        file[at..at + 4].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    }
    file
}
