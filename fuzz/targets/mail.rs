//! A message. It is read or refused; its parts are within the limits, and no name of one has a folder.
#![no_main]

use fuzz::read;
use libfuzzer_sys::fuzz_target;
use reader::MediaType;

fuzz_target!(|bytes: &[u8]| read(bytes, MediaType::Eml, false));
