//! Forms about copies: receipt, disclosure record, destruction, out-card, labels.

use serde::Serialize;

use super::{Head, Signature};

/// A receipt for a dispatch. It never bears the subject of a document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Receipt {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// Who sends.
    pub sender: String,
    /// To whom, line under line.
    pub addressee: String,
    /// Who carries it; none: nobody in person.
    pub bearer: Option<String>,
    /// When it left.
    pub sent: String,
    /// When the receipt is due back.
    pub due: String,
    /// What was sent.
    pub copies: Vec<SentCopy>,
    /// Carried by hand: made out in three copies.
    pub three_copies: bool,
    /// The receiver's signature.
    pub receiver: Signature,
}

/// A copy that was sent.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SentCopy {
    /// Its log number.
    pub log: String,
    /// The document's reference.
    pub reference: String,
    /// The document's date.
    pub date: Option<String>,
    /// Its number …
    pub copy: u32,
    /// … of how many.
    pub of: Option<u32>,
    /// Its pages.
    pub pages: Option<u32>,
    /// The language it is written in.
    pub language: Option<String>,
}

/// The disclosure record sheet of one copy: who had access to it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DisclosureRecord {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// The copy's name.
    pub copy: String,
    /// The document's reference.
    pub reference: String,
    /// The document's date.
    pub document_date: Option<String>,
    /// The document's marking.
    pub document_marking: Option<String>,
    /// Who had access so far.
    pub entries: Vec<Disclosure>,
    /// How many lines follow to be signed by hand.
    pub empty_lines: u32,
}

/// Somebody who had access.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Disclosure {
    /// His name.
    pub name: String,
    /// His rank or function.
    pub function: Option<String>,
    /// When.
    pub date: String,
    /// What kind of access.
    pub access: String,
    /// When he signed on screen.
    pub signed: Option<String>,
    /// When the system wrote his access down, where nobody signs for it; neither: room for his signature.
    pub recorded: Option<String>,
}

/// A certificate of destruction.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DestructionCertificate {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// How the copies are destroyed.
    pub method: String,
    /// Who or what allows it.
    pub authority: Option<String>,
    /// When they were destroyed; none: a line.
    pub destroyed: Option<String>,
    /// What is destroyed.
    pub copies: Vec<DestroyedCopy>,
    /// Who destroys.
    pub destroyer: Signature,
    /// Who watches; none: no witness is asked for.
    pub witness: Option<Signature>,
    /// The last year in which the certificate is kept.
    pub keep_until: Option<String>,
}

/// A copy that is destroyed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DestroyedCopy {
    /// Its log number.
    pub log: String,
    /// The document's reference.
    pub reference: String,
    /// The document's date.
    pub date: Option<String>,
    /// The document's marking.
    pub marking: Option<String>,
    /// Its number …
    pub copy: u32,
    /// … of how many.
    pub of: Option<u32>,
    /// Its pages.
    pub pages: Option<u32>,
}

/// The card in the place of a paper that is lent.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OutCard {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// What is lent: a copy or a file, by name.
    pub copy: String,
    /// Its reference.
    pub reference: Option<String>,
    /// To whom.
    pub borrower: String,
    /// Where he is found.
    pub borrower_at: Option<String>,
    /// Since when.
    pub lent: String,
    /// When it is due back.
    pub due: Option<String>,
    /// Where it belongs.
    pub container: Option<String>,
}

/// Labels with codes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BarcodeSheet {
    /// Whose they are, for the file; it is not printed.
    pub organisation: String,
    /// Of which registry, for the file; it is not printed.
    pub registry: String,
    /// The paper.
    pub sheet: Sheet,
    /// How many labels of the first sheet are already used.
    pub used: u32,
    /// The labels.
    pub labels: Vec<Label>,
}

/// A sheet of labels: measures in millimetres.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    /// The paper's width.
    pub width: f64,
    /// The paper's height.
    pub height: f64,
    /// Labels side by side.
    pub columns: u32,
    /// Labels one below the other.
    pub rows: u32,
    /// Above the first row, and below the last.
    pub top: f64,
    /// Left of the first column, and right of the last.
    pub left: f64,
    /// Between columns.
    pub gap_across: f64,
    /// Between rows.
    pub gap_down: f64,
}

impl Default for Sheet {
    /// Three by eight on A4.
    fn default() -> Self {
        Self {
            width: 210.0,
            height: 297.0,
            columns: 3,
            rows: 8,
            top: 0.5,
            left: 0.0,
            gap_across: 0.0,
            gap_down: 0.0,
        }
    }
}

/// A label.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Label {
    /// What its code says.
    pub qr: String,
    /// What people read below it.
    pub text: String,
    /// A marking; none: none is printed.
    pub marking: Option<String>,
}
