//! The table of hostile files: what each is called where it comes in, what is wrong with it, and in what its reading may end.

use super::{archives as a, messages as m, office as o, papers as p, pictures as i};

/// A file that attacks.
pub struct Kind {
    /// What it is called where it comes in.
    pub name: &'static str,
    /// What is wrong with it.
    pub what: &'static str,
    pub make: fn() -> Vec<u8>,
    /// In what its reading may end: the first letters of an outcome's code.
    pub ends: &'static [&'static str],
    /// Whether the small size takes it.
    pub small: bool,
}

const BOMB: &[&str] = &["hostile.archive-bomb"];
const ENTITY: &[&str] = &["hostile.entity-bomb"];
const DEEP: &[&str] = &["hostile.nested-too-deep"];
const OVER: &[&str] = &["over-limit."];
const WORDS: &[&str] = &["text"];
const NO_WORDS: &[&str] = &["damaged.", "over-limit.", "hostile.nested-too-deep"];
const WRONG: &[&str] = &["mislabelled"];
/// Read or refused, with a reason; never by a crash, a forbidden call or a forged answer.
const ANY: &[&str] =
    &["text", "damaged.", "over-limit.", "hostile.nested-too-deep", "hostile.archive-bomb", "unsupported"];

type Row = (&'static str, &'static str, fn() -> Vec<u8>, &'static [&'static str], bool);

const TABLE: &[Row] = &[
    ("report.zip", "200 MB of nothing in one entry", a::one_bomb, BOMB, true),
    ("report.zip", "2 GB of nothing in one entry", a::huge_bomb, BOMB, false),
    (
        "report.zip",
        "9,000 entries over the same bytes",
        a::overlapping,
        &["hostile.overlapping-entries"],
        true,
    ),
    ("report.zip", "a bomb three archives down", a::bomb_within, BOMB, true),
    ("report.zip", "100 archives within one another", a::nested, DEEP, true),
    ("report.zip", "1,000 archives of 9,000 names each", a::many_within, ANY, false),
    ("report.zip", "60,000 entries", a::many_entries, &["over-limit.entries"], true),
    ("report.zip", "sizes that are not so", a::lying_sizes, &["text", "damaged.", "hostile."], true),
    ("report.zip", "names that climb, with NUL, of 40,000 letters", a::path_tricks, WORDS, true),
    ("order.docx", "entities of a gigabyte", o::docx_laughs, ENTITY, true),
    ("order.docx", "an entity that is a file of the machine", o::docx_outside, ENTITY, true),
    ("order.docx", "100 MB of spaces", o::docx_of_spaces, BOMB, true),
    ("order.docx", "100 MB of paragraphs", o::docx_of_paragraphs, OVER, false),
    ("order.docx", "elements 100,000 deep", o::docx_deep, DEEP, true),
    ("order.docx", "an element of a million attributes", o::docx_of_attributes, ANY, false),
    ("order.docm", "macros beside a word", o::docx_macros, WORDS, true),
    ("stocks.xlsx", "claims 1,048,576 × 16,384 cells", o::xlsx_claims, WORDS, true),
    ("stocks.xlsx", "20,000 cells of the same megabyte", o::xlsx_one_string, OVER, true),
    ("stocks.xlsx", "entities of a gigabyte", o::xlsx_laughs, ENTITY, true),
    ("stocks.xlsx", "strings and cells that are not there", o::xlsx_no_such_string, ANY, false),
    ("brief.pptx", "groups 100,000 deep", o::pptx_deep, DEEP, true),
    ("letter.odt", "entities of a gigabyte", o::odt_laughs, ENTITY, true),
    ("letter.odt", "sections 100,000 deep", o::odt_deep, DEEP, false),
    ("letter.odt", "four thousand million spaces", o::odt_of_spaces, ANY, true),
    ("stocks.ods", "a row of 16,384 cells a million times", o::ods_claims, ANY, true),
    ("letter.xml", "elements 100,000 deep", p::xml_deep, DEEP, true),
    ("letter.xml", "63 MB in small elements", p::xml_large, OVER, false),
    ("letter.xml", "100 MB", p::xml_hundred_megabytes, &["over-limit.input"], true),
    ("letter.html", "elements 1,000,000 deep", p::html_deep, ANY, true),
    ("letter.html", "everything left open, 200,000 times", p::html_open, ANY, false),
    ("letter.rtf", "groups 1,000,000 deep", p::rtf_deep, DEEP, true),
    ("letter.rtf", "10,000 pictures of 2 GB each", p::rtf_binary, ANY, true),
    ("letter.txt", "60 MB in one line", p::text_large, &["over-limit.text"], true),
    ("letter.pdf", "a page tree that is its own child", p::pdf_ring, NO_WORDS, true),
    ("letter.pdf", "a page tree of 2^40 pages", p::pdf_doubling, ANY, true),
    ("letter.pdf", "a million pages that are one", p::pdf_many_pages, ANY, false),
    ("letter.pdf", "tables of contents in a circle", p::pdf_circle_of_tables, NO_WORDS, true),
    ("letter.pdf", "object streams in a circle", p::pdf_circle_of_streams, NO_WORDS, true),
    ("letter.pdf", "lengths of 2^63 and of themselves", p::pdf_lying_lengths, ANY, true),
    ("letter.pdf", "a drawing that draws itself", p::pdf_drawing_itself, ANY, true),
    ("letter.pdf", "arrays 1,000,000 deep", p::pdf_deep, ANY, true),
    ("letter.pdf", "2 GB of spaces packed twice", p::pdf_bomb, ANY, false),
    ("letter.pdf", "rows 2^31 columns wide", p::pdf_wide_rows, ANY, false),
    ("letter.pdf", "4,000,000 instructions", p::pdf_of_instructions, ANY, false),
    ("note.eml", "10,000 multiparts within one another", m::mail_nested, ANY, true),
    ("note.eml", "a boundary of 60 KB, nearly met 80 times", m::mail_boundaries, ANY, true),
    ("note.eml", "a boundary of 60 KB, nearly met 1,000 times", m::mail_many_boundaries, ANY, false),
    ("note.eml", "90,000 parts", m::mail_parts, OVER, true),
    ("note.eml", "messages 1,000 deep", m::mail_in_mail, ANY, true),
    ("note.eml", "300,000 fields, 200,000 addresses", m::mail_head, ANY, false),
    ("note.eml", "comments 1,000,000 deep", m::mail_comments, ANY, false),
    ("note.eml", "a program attached as a letter", m::mail_program, WORDS, true),
    ("note.msg", "chains of sectors in a circle", m::msg_circle, ANY, true),
    ("note.msg", "a directory in a circle", m::msg_directory, ANY, true),
    ("note.msg", "tables of 2^32 sectors", m::msg_claims, ANY, false),
    ("scan.png", "100,000 × 100,000 dots", i::png_huge, ANY, true),
    ("scan.tif", "100,000 × 100,000 dots", i::tiff_huge, ANY, true),
    ("scan.tif", "a directory that follows itself", i::tiff_circle, ANY, true),
    ("scan.tif", "counts of 2^32 values", i::tiff_claims, ANY, false),
    ("letter.pdf", "a program", super::program, WRONG, true),
    ("letter.txt", "a program of another system", super::other_program, WRONG, true),
    ("scan.jpg", "a page with a script", super::page_with_script, WRONG, false),
    ("letter.pdf", "a PDF behind an archive", super::two_in_one, WRONG, true),
];

/// The hostile files of this size.
pub fn kinds() -> Vec<Kind> {
    let all = TABLE.iter().map(|(name, what, make, ends, small)| Kind {
        name,
        what,
        make: *make,
        ends,
        small: *small,
    });
    all.filter(|kind| kind.small || crate::full()).collect()
}
