//! The tables of Office Open XML workbooks (ISO 29500-1 section 18.3): cells by their place, dates by the style that says so, hidden sheets, rows and columns.

use std::collections::BTreeMap;

use super::super::markup::{Attributes, Declarations, Node, decode, walk};
use super::super::office::Package;
use super::super::sheet::{MAIN, shared_strings};
use super::super::{Read, Stop};
use super::number::{Form, built_in, of_code, shown};
use super::{Nature, Tables};
use crate::{Limit, Limits};

/// Formats of cells that a workbook can have.
const STYLES: usize = 70_000;

/// What the workbook says of a sheet.
struct Listed {
    name: String,
    hidden: bool,
    link: String,
}

pub(crate) fn read(bytes: &[u8], limits: &Limits, tables: &mut Tables) -> Read<()> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main(MAIN).unwrap_or_else(|_| "xl/workbook.xml".to_owned());
    let workbook = package.container.needed(&main)?;
    let workbook = decode(&workbook, workbook.len().saturating_mul(4))?;
    let mut listed = Vec::new();
    let mut from_1904 = false;
    walk(&workbook, Declarations::Forbidden, limits, &mut |node| {
        match node {
            Node::Open("workbookPr", attributes) => from_1904 |= is_true(&attributes, "date1904"),
            // One more than is handed back, so that this is known.
            Node::Open("sheet", attributes) if listed.len() <= limits.sheets => listed.push(Listed {
                name: attributes.get("name").unwrap_or_default(),
                hidden: matches!(attributes.get("state").as_deref(), Some("hidden" | "veryHidden")),
                link: attributes.get("id").unwrap_or_default(),
            }),
            _ => {}
        }
        Ok(())
    })?;
    let links = links(&mut package, &main, limits)?;
    let forms = forms(&mut package, limits)?;
    let shared = shared_strings(&mut package, limits)?;
    let parts = package.parts("spreadsheetml.worksheet+xml");
    for (index, sheet) in listed.iter().enumerate() {
        // Where the links are broken, sheets are numbered in the order of the workbook.
        let part = links.get(&sheet.link).or_else(|| parts.get(index).filter(|_| links.is_empty()));
        let Some(part) = part.filter(|part| parts.iter().any(|known| known.eq_ignore_ascii_case(part)))
        else {
            // A sheet of charts has no rows.
            continue;
        };
        tables.sheet(&sheet.name, sheet.hidden);
        if tables.is_full() {
            tables.cut();
            break;
        }
        let Some(xml) = package.xml(part)? else { continue };
        rows(&xml, &Workbook { shared: &shared, forms: &forms, from_1904 }, limits, tables)?;
    }
    Ok(())
}

fn is_true(attributes: &Attributes<'_>, name: &str) -> bool {
    matches!(attributes.get(name).as_deref(), Some("1" | "true" | "on"))
}

/// The parts that the workbook's links lead to, by the links' ids.
fn links(package: &mut Package<'_>, main: &str, limits: &Limits) -> Read<BTreeMap<String, String>> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let mut out = BTreeMap::new();
    let Some(xml) = package.xml(&format!("{folder}/_rels/{file}.rels"))? else { return Ok(out) };
    let found = walk(&xml, Declarations::Forbidden, limits, &mut |node| {
        if let Node::Open("Relationship", attributes) = node
            && attributes.get("Type").is_none_or(|kind| kind.ends_with("/worksheet"))
            && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
            && out.len() < limits.entries
        {
            let part = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None if folder.is_empty() => target,
                None => format!("{folder}/{target}"),
            };
            out.insert(id, part);
        }
        Ok(())
    });
    match found {
        // Broken links are no links.
        Err(Stop::Damaged(_)) => Ok(BTreeMap::new()),
        other => other.map(|()| out),
    }
}

/// What the format of each style makes of a number.
fn forms(package: &mut Package<'_>, limits: &Limits) -> Read<Vec<Form>> {
    let mut codes: BTreeMap<u32, Form> = BTreeMap::new();
    let mut forms = Vec::new();
    let id = |attributes: &Attributes<'_>| attributes.get("numFmtId")?.parse::<u32>().ok();
    for name in package.parts("spreadsheetml.styles+xml") {
        let Some(xml) = package.xml(&name)? else { continue };
        let mut of_cells = false;
        let found = walk(&xml, Declarations::Forbidden, limits, &mut |node| {
            match node {
                Node::Open("numFmt", attributes) if codes.len() < STYLES => {
                    if let Some(id) = id(&attributes) {
                        codes.insert(id, of_code(&attributes.get("formatCode").unwrap_or_default()));
                    }
                }
                Node::Open("cellXfs", _) => of_cells = true,
                Node::Close("cellXfs") => of_cells = false,
                Node::Open("xf", attributes) if of_cells && forms.len() < STYLES => {
                    let id = id(&attributes).unwrap_or(0);
                    forms.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            }
            Ok(())
        });
        match found {
            // Without styles every number stays one.
            Err(Stop::Damaged(_)) => {}
            other => other?,
        }
    }
    Ok(forms)
}

struct Workbook<'a> {
    shared: &'a [String],
    forms: &'a [Form],
    from_1904: bool,
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    formula: bool,
}

fn rows(xml: &str, workbook: &Workbook<'_>, limits: &Limits, tables: &mut Tables) -> Read<()> {
    let (mut number, mut next) = (0_usize, 0_usize);
    let (mut in_value, mut phonetic) = (false, false);
    let mut open = Open::default();
    walk(xml, Declarations::Forbidden, limits, &mut |node| {
        match node {
            Node::Open("col", attributes) if is_true(&attributes, "hidden") => {
                let place = |name: &str| attributes.get(name)?.parse::<usize>().ok()?.checked_sub(1);
                if let (Some(from), Some(to)) = (place("min"), place("max")) {
                    tables.hide_columns(from, to);
                }
            }
            Node::Open("row", attributes) => {
                let said = attributes.get("r").and_then(|row| row.parse().ok());
                number = said.unwrap_or(number.saturating_add(1));
                next = 0;
                tables.row(number, is_true(&attributes, "hidden"));
            }
            Node::Close("row") => tables.end_row(),
            Node::Open("c", attributes) => {
                let column = attributes.get("r").and_then(|place| column(&place)).unwrap_or(next);
                next = column.saturating_add(1);
                let style = attributes.get("s").and_then(|style| style.parse().ok()).unwrap_or(0);
                let kind = attributes.get("t").unwrap_or_default();
                open = Open { column, kind, style, ..Open::default() };
            }
            Node::Open("f", _) => open.formula = true,
            Node::Open("rPh", _) => phonetic = true,
            Node::Close("rPh") => phonetic = false,
            Node::Open("v" | "t", _) => in_value = true,
            Node::Close("v" | "t") => in_value = false,
            Node::Text(text) if in_value && !phonetic => {
                if open.value.len() + text.len() > limits.text_bytes {
                    return Err(Stop::OverLimit(Limit::Text));
                }
                open.value.push_str(text);
            }
            Node::Close("c") => {
                let (said, date) = said(&open, workbook);
                tables.cell(open.column, &said, Nature { date, formula: open.formula });
            }
            _ => {}
        }
        Ok(())
    })?;
    tables.end_row();
    Ok(())
}

/// What a cell shows, and whether it is a date.
fn said(open: &Open, workbook: &Workbook<'_>) -> (String, bool) {
    let value = open.value.as_str();
    match open.kind.as_str() {
        "s" => {
            let shared = value.trim().parse::<usize>().ok().and_then(|index| workbook.shared.get(index));
            (shared.cloned().unwrap_or_default(), false)
        }
        "b" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(), false),
        "str" | "inlineStr" | "e" => (value.to_owned(), false),
        "d" => (value.trim().trim_end_matches("T00:00:00").to_owned(), true),
        _ => {
            let form = workbook.forms.get(open.style).copied().unwrap_or_default();
            shown(value, form, workbook.from_1904)
        }
    }
}

/// The column of a place such as `AB12`, counted from nought.
fn column(place: &str) -> Option<usize> {
    let mut column = 0_usize;
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    for letter in letters.take(4) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn places_have_columns() {
        let all = ["A1", "z9", "AA3", "XFD1048576", "12", ""].map(column);
        assert_eq!(all, [Some(0), Some(25), Some(26), Some(16_383), None, None]);
    }
}
