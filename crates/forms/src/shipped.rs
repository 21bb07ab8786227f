//! The templates that ship.

use crate::Form;

macro_rules! template {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../../house/forms/", $name)).as_slice())
    };
}

const TEMPLATES: [(&str, &[u8]); Form::ALL.len() + 2] = [
    template!("common.typ"),
    template!("counts.typ"),
    template!("receipt.typ"),
    template!("register-page.typ"),
    template!("disclosure-record.typ"),
    template!("muster-report.typ"),
    template!("destruction-certificate.typ"),
    template!("courier-certificate.typ"),
    template!("package-list.typ"),
    template!("inspection-report.typ"),
    template!("hand-over.typ"),
    template!("appointment.typ"),
    template!("emergency-list.typ"),
    template!("out-card.typ"),
    template!("barcode-sheet.typ"),
];

/// The templates that ship, by file name, as [`crate::Forms::new`] takes them.
pub fn shipped() -> impl Iterator<Item = (String, Vec<u8>)> {
    TEMPLATES.into_iter().map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
}
