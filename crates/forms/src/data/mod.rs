//! What each form takes. Dates and times are words: who fills a form in writes them as its reader does. A field that may
//! be missing prints as a dash, or as a line to be filled in by hand.

mod copies;
mod journeys;
mod notices;
mod reports;

use serde::Serialize;

pub use copies::{
    BarcodeSheet, DestroyedCopy, DestructionCertificate, Disclosure, DisclosureRecord, Label, OutCard,
    Receipt, SentCopy, Sheet,
};
pub use journeys::{CarriedPackage, CourierCertificate, PackageList, PackedPackage};
pub use notices::{Appointment, Capacity, EmergencyContainer, EmergencyList, EmergencyPlace, LogCount};
pub use reports::{
    HandOver, Incident, InspectionReport, MusterKind, MusterLine, MusterReport, RegisterPage, RegisterRow,
    Sample, Tally,
};

use crate::Form;

/// Data of one form.
pub trait Filled: Serialize {
    /// Which.
    const FORM: Form;
}

macro_rules! filled {
    ($($data:ident),*) => {
        $(impl Filled for $data {
            const FORM: Form = Form::$data;
        })*
    };
}

filled!(
    Receipt,
    RegisterPage,
    DisclosureRecord,
    MusterReport,
    DestructionCertificate,
    CourierCertificate,
    PackageList,
    InspectionReport,
    HandOver,
    Appointment,
    EmergencyList,
    OutCard,
    BarcodeSheet
);

/// What stands at the head of every form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Head {
    /// Whose form it is.
    pub organisation: String,
    /// The registry that makes it out.
    pub registry: String,
    /// Its own number, as `R-0001/2026`.
    pub number: String,
    /// When it was drawn up.
    pub date: String,
    /// The marking of the form itself, at the head and foot of every page, at most 300 bytes; none: no banner.
    pub marking: Option<String>,
    /// What its code says, by which the record is found; none: no code.
    pub qr: Option<String>,
}

/// Somebody who signs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Signature {
    /// His name; none: a line to write it on.
    pub name: Option<String>,
    /// His rank or function; none: a line.
    pub function: Option<String>,
    /// When he signed on screen; none: he signs on paper.
    pub signed: Option<String>,
}
