//! A message as Outlook keeps it: a compound file, or the text of one property within a sound one.
#![no_main]

use fuzz::read;
use libfuzzer_sys::fuzz_target;
use reader::MediaType;

#[path = "../src/compound.rs"]
mod compound;

fuzz_target!(|bytes: &[u8]| {
    let Some((which, part)) = bytes.split_first() else { return };
    match which % 4 {
        0 => read(part, MediaType::Msg, false),
        1 => read(&compound::message(&[("__substg1.0_1013001F", part)]), MediaType::Msg, false),
        2 => read(&compound::message(&[("__substg1.0_1000001E", part)]), MediaType::Msg, false),
        _ => read(
            &compound::message(&[
                ("__substg1.0_0E04001F", part),
                ("__attach_version1.0_#00000000/__substg1.0_37010102", part),
                ("__attach_version1.0_#00000000/__substg1.0_3707001F", part),
            ]),
            MediaType::Msg,
            false,
        ),
    }
});
