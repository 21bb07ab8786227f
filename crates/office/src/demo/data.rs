//! The data of the demo headquarters as `house/demo` holds them. Says nothing of how they are used.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use label::{NamedClearance, NamedLabel};
use registry::{document::Direction, formal::Formal, house::Names, relation::Stated};
use serde::Deserialize;

use super::{damaged, handled, numbers, tray};
use crate::{failure::Failure, shipped};

/// The headquarters.
pub(super) fn data() -> Result<Headquarters, Failure> {
    toml::from_str(shipped::DEMO.0).map_err(damaged)
}

/// Its papers, in the order in which they are registered.
pub(super) fn papers() -> Result<Vec<Paper>, Failure> {
    let lines = shipped::DEMO.1.lines().filter(|l| !l.trim().is_empty());
    lines.map(|l| serde_json::from_str(l).map_err(damaged)).collect()
}

/// All of it but its papers, which are a file of their own.
#[derive(Debug, Deserialize)]
pub(super) struct Headquarters {
    pub(super) body: Vec<Named>,
    pub(super) registry: Vec<RegistryData>,
    pub(super) group: Vec<Named>,
    pub(super) person: Vec<PersonData>,
    pub(super) correction: Vec<CorrectionData>,
    pub(super) entrusted: Vec<numbers::Entrusted>,
    pub(super) kept: Vec<numbers::Kept>,
    pub(super) tray: Vec<tray::Message>,
    pub(super) handled: Vec<handled::Handled>,
    pub(super) worth_trying: Vec<Worth>,
}

/// A body or a group.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) code: String,
    pub(super) name: Names,
}

/// A registry.
#[derive(Debug, Deserialize)]
pub(super) struct RegistryData {
    pub(super) code: String,
    pub(super) name: Names,
    pub(super) body: String,
    /// The registry above it, which stands before it in the file.
    pub(super) parent: Option<String>,
    #[serde(default)]
    pub(super) ceiling: Vec<NamedClearance>,
    pub(super) raised: Option<Raised>,
}

/// What a registry was allowed later.
#[derive(Debug, Deserialize)]
pub(super) struct Raised {
    pub(super) ceiling: Vec<NamedClearance>,
    pub(super) reason: String,
}

/// A person, with what he is given and what becomes of him.
#[derive(Debug, Deserialize)]
pub(super) struct PersonData {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) nationality: String,
    pub(super) language: String,
    pub(super) title: Names,
    pub(super) body: String,
    #[serde(default)]
    pub(super) roles: Vec<RoleData>,
    #[serde(default)]
    pub(super) clearance: Vec<ClearanceData>,
    #[serde(default)]
    pub(super) briefings: Vec<BriefingData>,
    #[serde(default)]
    pub(super) groups: Vec<String>,
    #[serde(default)]
    pub(super) ended: Vec<EndedData>,
    /// A certificate that is being renewed, and until when it counts.
    pub(super) extended: Option<ExtendedData>,
    /// The last day in the house, and why.
    pub(super) left: Option<LeftData>,
    /// Searches that he keeps, and profiles that flag papers to him from the first day on.
    #[serde(default)]
    pub(super) searches: Vec<KeptData>,
    #[serde(default)]
    pub(super) watches: Vec<KeptData>,
    pub(super) shows: Option<Names>,
}

/// A search or a profile.
#[derive(Debug, Deserialize)]
pub(super) struct KeptData {
    pub(super) name: String,
    pub(super) query: String,
}

/// An extension of a certificate.
#[derive(Debug, Deserialize)]
pub(super) struct ExtendedData {
    pub(super) policy: String,
    pub(super) until: Date,
    pub(super) authority: String,
    pub(super) reason: String,
}

/// How somebody left.
#[derive(Debug, Deserialize)]
pub(super) struct LeftData {
    pub(super) on: Date,
    pub(super) reason: String,
}

/// A membership that ended.
#[derive(Debug, Deserialize)]
pub(super) struct EndedData {
    pub(super) group: String,
    pub(super) reason: String,
}

/// A role, and where.
#[derive(Debug, Deserialize)]
pub(super) struct RoleData {
    pub(super) role: String,
    pub(super) registry: Option<String>,
}

/// A clearance.
#[derive(Debug, Deserialize)]
pub(super) struct ClearanceData {
    pub(super) policy: String,
    pub(super) level: String,
    #[serde(default)]
    pub(super) categories: BTreeMap<String, BTreeSet<String>>,
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) authority: String,
    pub(super) number: Option<String>,
}

/// A briefing.
#[derive(Debug, Deserialize)]
pub(super) struct BriefingData {
    pub(super) policy: String,
    pub(super) subject: String,
    pub(super) on: Date,
}

/// A correction of a paper, once all are registered.
#[derive(Debug, Deserialize)]
pub(super) struct CorrectionData {
    pub(super) reference: String,
    pub(super) by: String,
    pub(super) reason: String,
    pub(super) label: Option<NamedLabel>,
    pub(super) subject: Option<String>,
    pub(super) originator: Option<String>,
    pub(super) action: Option<Vec<String>>,
    pub(super) relations: Option<Vec<Stated>>,
}

/// Something worth trying.
#[derive(Debug, Deserialize)]
pub(super) struct Worth {
    pub(super) title: Names,
    pub(super) text: Names,
}

/// A paper as it is registered.
#[derive(Debug, Deserialize)]
pub(super) struct Paper {
    pub(super) registry: String,
    pub(super) direction: Direction,
    pub(super) kind: String,
    pub(super) date: Date,
    pub(super) language: String,
    pub(super) originator: String,
    pub(super) reference: Option<String>,
    #[serde(default)]
    pub(super) other_references: Vec<String>,
    pub(super) subject: String,
    pub(super) subject_label: Option<NamedLabel>,
    pub(super) label: Option<NamedLabel>,
    #[serde(default)]
    pub(super) to: Vec<String>,
    #[serde(default)]
    pub(super) info: Vec<String>,
    #[serde(default)]
    pub(super) need_to_know: Vec<Vec<String>>,
    pub(super) held_elsewhere: Option<String>,
    /// What a formal message says of its handling, and whether somebody took note of it.
    #[serde(default)]
    pub(super) formal: Formal,
    #[serde(default)]
    pub(super) noted: bool,
    pub(super) body: Option<String>,
    /// What is attached: a file name and its text, each.
    #[serde(default)]
    pub(super) attached: Vec<(String, String)>,
}
