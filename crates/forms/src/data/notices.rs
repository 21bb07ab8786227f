//! Appointment letters, and the list for emergencies.

use serde::Serialize;

use super::{Head, Signature};

/// The letter that appoints a control officer or a deputy.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Appointment {
    /// Its head; the registry is the one he answers for.
    #[serde(flatten)]
    pub head: Head,
    /// The correspondents it goes to.
    pub addressees: Vec<String>,
    /// As what.
    pub capacity: Capacity,
    /// His name.
    pub name: String,
    /// His rank or function.
    pub function: Option<String>,
    /// From which day.
    pub from: String,
    /// Until which day; none: until further notice.
    pub until: Option<String>,
    /// Whom he replaces.
    pub replaces: Option<String>,
    /// Up to which levels and for which categories, in words.
    pub levels: Vec<String>,
    /// Who appoints him.
    pub appointed_by: Signature,
}

/// As what somebody is appointed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// As control officer.
    #[default]
    ControlOfficer,
    /// As his deputy.
    Deputy,
}

/// What is to be carried away or destroyed in an emergency.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EmergencyList {
    /// Its head.
    #[serde(flatten)]
    pub head: Head,
    /// Whether the paper lies across.
    pub landscape: bool,
    /// Place by place, in the order in which they are gone to.
    pub places: Vec<EmergencyPlace>,
}

/// A place, as a building and room.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EmergencyPlace {
    /// Where it is.
    pub place: String,
    /// What stands there, in the order of priority.
    pub containers: Vec<EmergencyContainer>,
}

/// A container with copies.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EmergencyContainer {
    /// What stands on its door.
    pub container: String,
    /// When it is emptied: 1 is first.
    pub priority: u32,
    /// How many copies of each log are in it.
    pub copies: Vec<LogCount>,
    /// Who has its keys.
    pub keys: Option<String>,
}

/// A number of copies of a log.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LogCount {
    /// The log's code.
    pub log: String,
    /// How many.
    pub copies: u32,
}
