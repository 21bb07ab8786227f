//! Registers and what is found of them: pages of a log, musters, inspections, hand-overs.

use serde::Serialize;

use super::{Head, Signature};

/// Pages of a log or register.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RegisterPage {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// The log's name.
    pub log: String,
    /// The year.
    pub year: String,
    /// Its entries, in the order of their numbers.
    pub rows: Vec<RegisterRow>,
}

/// An entry of a log.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RegisterRow {
    /// Its log number.
    pub log: String,
    /// When it was registered.
    pub registered: String,
    /// Whose document it is.
    pub originator: Option<String>,
    /// The document's reference.
    pub reference: Option<String>,
    /// The document's date.
    pub date: Option<String>,
    /// The document's marking.
    pub marking: Option<String>,
    /// The subject, where an unclassified one may stand here.
    pub subject: Option<String>,
    /// Its copies, as words.
    pub copies: Option<String>,
    /// Who holds them.
    pub holder: Option<String>,
    /// When the receipt came back.
    pub receipt: Option<String>,
    /// What became of it.
    pub disposition: Option<String>,
}

/// Why copies are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MusterKind {
    /// Everything, by rule.
    #[default]
    Full,
    /// Unannounced, a part.
    SpotCheck,
    /// An inspector counts.
    Inspection,
    /// One control officer hands over to another.
    HandOver,
}

/// The report of a muster.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MusterReport {
    /// Its head; the number is the muster's.
    #[serde(flatten)]
    pub head: Head,
    /// Why.
    pub kind: MusterKind,
    /// When the list was fixed.
    pub opened: String,
    /// When the count was over.
    pub closed: Option<String>,
    /// The logs counted; none: all.
    pub logs: Vec<String>,
    /// The container counted; none: everywhere.
    pub container: Option<String>,
    /// How the sample was drawn; none: all copies were counted.
    pub sample: Option<Sample>,
    /// What was found, log by log.
    pub tally: Vec<Tally>,
    /// What was not accounted for.
    pub missing: Vec<MusterLine>,
    /// What is reported of it.
    pub incidents: Vec<Incident>,
    /// Closing words.
    pub remarks: Option<String>,
    /// Who signs.
    pub signatures: Vec<Signature>,
}

/// How a sample was drawn: the seed draws the same again.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Sample {
    /// How many copies.
    pub drawn: u32,
    /// Of how many.
    pub of: u32,
    /// The seed.
    pub seed: String,
}

/// What was found of a log, in copies.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tally {
    /// The log's code.
    pub log: String,
    /// On the list.
    pub listed: u32,
    /// Sighted.
    pub sighted: u32,
    /// Covered by a receipt, a certificate or an instruction.
    pub covered: u32,
    /// Under way.
    pub under_way: u32,
    /// Missing.
    pub missing: u32,
    /// Sighted, and not on the list.
    pub surplus: u32,
}

/// A copy that was not accounted for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MusterLine {
    /// The copy's name.
    pub copy: String,
    /// The document's reference.
    pub reference: Option<String>,
    /// Who is charged with it.
    pub holder: Option<String>,
    /// When it was last sighted.
    pub sighted: Option<String>,
    /// What is known.
    pub note: Option<String>,
}

/// An incident that was reported.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Incident {
    /// Its number.
    pub number: String,
    /// When it was opened.
    pub opened: String,
    /// What kind of incident, and how it stands.
    pub state: String,
}

/// The report of an inspection of a registry.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InspectionReport {
    /// Its head; the registry is the one inspected.
    #[serde(flatten)]
    pub head: Head,
    /// Who inspects, and for whom.
    pub inspector: String,
    /// When it began.
    pub began: String,
    /// When it ended.
    pub ended: Option<String>,
    /// The muster of the inspection, by number.
    pub muster: Option<String>,
    /// The logs counted; none: all.
    pub logs: Vec<String>,
    /// The container counted; none: everywhere.
    pub container: Option<String>,
    /// How the sample was drawn; none: all copies were counted.
    pub sample: Option<Sample>,
    /// What was found, log by log.
    pub tally: Vec<Tally>,
    /// What was not accounted for.
    pub missing: Vec<MusterLine>,
    /// What is reported of it.
    pub incidents: Vec<Incident>,
    /// What the inspector found.
    pub findings: Vec<String>,
    /// What he recommends.
    pub recommendations: Vec<String>,
    /// Who signs: the inspector first.
    pub signatures: Vec<Signature>,
}

/// The certificate of a hand-over between control officers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HandOver {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// The day of the hand-over.
    pub on: String,
    /// The muster on which it rests, by number.
    pub muster: Option<String>,
    /// When its list was fixed.
    pub counted: Option<String>,
    /// What was found, log by log.
    pub tally: Vec<Tally>,
    /// What is not as the books say.
    pub discrepancies: Vec<MusterLine>,
    /// Other words.
    pub remarks: Option<String>,
    /// Who hands over.
    pub outgoing: Signature,
    /// Who takes over.
    pub incoming: Signature,
}
