//! Codes on paper: what a reader reads of a form that is drawn.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use forms::data::{BarcodeSheet, Label, Sheet};
use forms::{Form, Language};

use crate::samples;
use crate::support::{house, kept, made};

/// What the codes on the first page say, where it is cut into so many columns and rows: a reader meets one label at a
/// time. None: `pdftoppm` is not installed.
fn codes(pdf: &Path, columns: usize, rows: usize) -> Option<BTreeSet<String>> {
    let drawer = Command::new("pdftoppm").args(["-r", "300", "-gray", "-l", "1"]).arg(pdf).output();
    let Ok(drawn) = drawer else {
        println!("pdftoppm is not installed: the codes of {} are not read", pdf.display());
        return None;
    };
    // `P5`, width and height, the deepest grey: a line each; then the dots.
    let mut parts = drawn.stdout.splitn(4, |byte| *byte == b'\n');
    assert_eq!(parts.next(), Some(b"P5".as_slice()), "{}", pdf.display());
    let size = String::from_utf8_lossy(parts.next().unwrap()).into_owned();
    let (width, height) = size.split_once(' ').unwrap();
    let (width, height): (usize, usize) = (width.parse().unwrap(), height.parse().unwrap());
    let dots = parts.nth(1).unwrap();
    let mut read = BTreeSet::new();
    for cut in 0..columns * rows {
        let (wide, high) = (width / columns, height / rows);
        let (left, top) = (cut % columns * width / columns, cut / columns * height / rows);
        let dot = |x, y| dots[(top + y) * width + left + x];
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(wide, high, dot);
        read.extend(
            picture.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text),
        );
    }
    Some(read)
}

#[test]
fn the_code_of_every_form_is_read_again() {
    let forms = house();
    for (form, data) in samples::all(Language::En) {
        let pdf = forms.pdf(form, Language::En, &data, made()).unwrap();
        let path = kept(&format!("{}-code.pdf", form.name()), &pdf);
        let (columns, rows) = if form == Form::BarcodeSheet { (3, 8) } else { (1, 1) };
        let Some(read) = codes(&path, columns, rows) else { return };
        let wanted: BTreeSet<String> = if form == Form::BarcodeSheet {
            (1..=22).map(|copy| format!("HQR CTS-0001/2026/{copy}")).collect()
        } else {
            BTreeSet::from([data["qr"].as_str().unwrap().to_owned()])
        };
        assert_eq!(read, wanted, "{}", form.name());
    }
}

#[test]
fn a_code_of_the_longest_text_is_read_again_from_a_form() {
    let (form, mut data) = samples::all(Language::Fr).remove(0);
    let text = "HQR é/".repeat(forms::CODE_MOST / 7);
    data["qr"] = text.as_str().into();
    let pdf = house().pdf(form, Language::Fr, &data, made()).unwrap();
    if let Some(read) = codes(&kept("receipt-long-code.pdf", &pdf), 1, 1) {
        assert_eq!(read, BTreeSet::from([text]));
    }
}

#[test]
fn the_code_of_a_small_label_is_read_again() {
    let label = |copy: u32| Label {
        qr: format!("HQR CTS-0001/2026/{copy}"),
        text: format!("HQR CTS-0001/2026/{copy}"),
        marking: (copy == 2).then(|| "COSMIC TOP SECRET".to_owned()),
    };
    let sheet = Sheet { columns: 5, rows: 13, top: 0.0, ..Sheet::default() };
    let data = BarcodeSheet { sheet, labels: (1..=65).map(label).collect(), ..BarcodeSheet::default() };
    let wanted: BTreeSet<String> = data.labels.iter().map(|label| label.qr.clone()).collect();
    let pdf = house().fill(Language::En, &data, made()).unwrap();
    if let Some(read) = codes(&kept("barcode-sheet-small.pdf", &pdf), 5, 13) {
        let unread: Vec<&String> = wanted.difference(&read).collect();
        assert!(unread.is_empty(), "{unread:?}");
    }
}
