//! A PDF, or the instructions of the one page of a sound one. The libraries that read it may fail, which the child survives and
//! says: here a failure is no finding, but time without end, memory without bound and a broken promise are.
#![no_main]

use std::sync::Once;

use fuzz::{limits, read_or_fail};
use libfuzzer_sys::fuzz_target;
use reader::MediaType;

#[path = "../src/portable.rs"]
mod portable;

static ONCE: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    // The fuzzer's own hook ends the program at each panic, those that are caught too.
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let Some((which, part)) = bytes.split_first() else { return };
    let file = if which % 2 == 0 { part.to_vec() } else { portable::page(part) };
    let held = std::panic::catch_unwind(|| read_or_fail(&file, MediaType::Pdf, false, &limits()));
    if let Err(why) = held {
        let said = why.downcast_ref::<String>().map_or("a promise was broken", String::as_str);
        eprintln!("{said}");
        std::process::abort();
    }
});
