//! Office files. The first byte says whether the rest is the file itself or the main part of a sound one, so that parsers of
//! parts are met and not only the container's.
#![no_main]

use fuzz::read;
use libfuzzer_sys::fuzz_target;
use reader::MediaType;

#[path = "../src/office.rs"]
mod office;

fuzz_target!(|bytes: &[u8]| {
    let Some((which, part)) = bytes.split_first() else { return };
    match which % 8 {
        0 => read(part, MediaType::Docx, false),
        1 => read(part, MediaType::Xlsx, true),
        2 => read(&office::docx(part), MediaType::Docx, false),
        3 => read(&office::xlsx(part, b"<sst><si><t>one</t></si></sst>"), MediaType::Xlsx, true),
        4 => read(&office::xlsx(b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>", part), MediaType::Xlsx, true),
        5 => read(&office::pptx(part), MediaType::Pptx, false),
        6 => read(&office::odf("text", part), MediaType::Odt, false),
        _ => read(&office::odf("spreadsheet", part), MediaType::Ods, true),
    }
});
