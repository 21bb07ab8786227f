//! Rich text and pages of the web. The first byte says which; what is read holds to the limits, whatever is nested in it.
#![no_main]

use fuzz::read;
use libfuzzer_sys::fuzz_target;
use reader::MediaType;

fuzz_target!(|bytes: &[u8]| {
    let Some((which, text)) = bytes.split_first() else { return };
    read(text, if which % 2 == 0 { MediaType::Rtf } else { MediaType::Html }, false);
});
