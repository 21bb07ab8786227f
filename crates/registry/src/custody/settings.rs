//! How an organisation keeps its accountable papers: its data, `house/custody.toml`. Owns which log a marking belongs to.

use std::collections::BTreeSet;

use label::{Label, Policies};
use serde::Deserialize;

use crate::house::Names;

/// The custody rules of a house, policy by policy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// One a policy.
    #[serde(default)]
    pub policy: Vec<PolicyRules>,
}

/// The custody rules of one policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRules {
    /// The policy, by name.
    pub name: String,
    /// Days after which a receipt that is not back is traced.
    #[serde(default = "thirty")]
    pub tracer_after_days: u16,
    /// Days after which it is a matter for the control officer.
    #[serde(default = "forty_five")]
    pub escalate_after_days: u16,
    /// Working days between the request for a courier's certificate and the journey.
    #[serde(default = "five")]
    pub courier_notice_days: u16,
    /// Hours before the journey by which whoever expects the courier is told.
    #[serde(default = "twenty_four")]
    pub courier_advice_hours: u16,
    /// Hours after which a courier who has not arrived is late.
    #[serde(default = "eight")]
    pub courier_late_hours: u16,
    /// Hours in which a first report of an incident is made.
    #[serde(default = "twenty_four")]
    pub incident_initial_hours: u16,
    /// Hours in which the originator is told.
    #[serde(default = "seventy_two")]
    pub incident_originator_hours: u16,
    /// Days in which the final report is made.
    #[serde(default = "thirty")]
    pub incident_final_days: u16,
    /// Months after which the combination of a safe is changed.
    #[serde(default = "twelve")]
    pub combination_months: u16,
    /// Days in which whoever was given a paper to be opened here says that he read it.
    #[serde(default = "five")]
    pub read_within_days: u16,
    /// Days in which holders do what they were told.
    #[serde(default = "thirty")]
    pub instruction_days: u16,
    /// Days for which a working paper may stand in no log.
    #[serde(default = "half_a_year")]
    pub working_paper_days: u16,
    /// Its logs, the first that matches counts.
    #[serde(default)]
    pub log: Vec<Log>,
}

const fn thirty() -> u16 {
    30
}

const fn forty_five() -> u16 {
    45
}

const fn five() -> u16 {
    5
}

const fn eight() -> u16 {
    8
}

/// Days for which a working paper may stand in no log, where nothing is said.
const HALF_A_YEAR: u16 = 180;

const fn half_a_year() -> u16 {
    HALF_A_YEAR
}

const fn twelve() -> u16 {
    12
}

const fn twenty_four() -> u16 {
    24
}

const fn seventy_two() -> u16 {
    72
}

const fn yes() -> bool {
    true
}

/// A log with numbers of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Stands before its numbers.
    pub code: String,
    /// In both languages.
    pub names: Names,
    /// A level or a category of which one is enough; none: every marking of the policy.
    #[serde(default)]
    pub subjects: BTreeSet<String>,
    /// Copies are made and destroyed by the registry that issued them, and by no other.
    #[serde(default)]
    pub issuer_alone: bool,
    /// Papers go up and down the tree of registries; elsewhere only where the registry above approved the route.
    #[serde(default)]
    pub through_tree: bool,
    /// A courier with a certificate may carry them.
    #[serde(default = "yes")]
    pub by_hand: bool,
    /// In an emergency they go first with 1, next with 2; those without a number go last.
    #[serde(default)]
    pub emergency: Option<u8>,
    /// Destruction takes a destroyer and a witness.
    #[serde(default)]
    pub witnessed: bool,
    /// Pages are counted whenever copies are mustered.
    #[serde(default)]
    pub page_count: bool,
    /// Every copy is sighted once in so many months.
    #[serde(default)]
    pub muster_months: Option<u16>,
    /// How long certificates and entries are kept.
    #[serde(default)]
    pub keep_years: Option<u16>,
}

/// What is wrong with the rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The file can't be read.
    #[error("{0}")]
    Form(String),
    /// The code of a log stands twice, or cannot stand before a number.
    #[error("log {0}: its code stands twice, or is not two to twelve upper-case letters, digits and \"-\"")]
    Code(String),
    /// A receipt would be escalated before it is traced.
    #[error("policy {0}: escalate_after_days comes before tracer_after_days")]
    Order(String),
}

impl Settings {
    /// Reads the rules, and checks what can be checked without the policies.
    pub fn checked(self) -> Result<Self, SettingsError> {
        let mut codes = BTreeSet::new();
        for policy in &self.policy {
            if policy.escalate_after_days < policy.tracer_after_days {
                return Err(SettingsError::Order(policy.name.clone()));
            }
            for log in &policy.log {
                let fits = (2..=12).contains(&log.code.len())
                    && log.code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
                if !fits || !codes.insert(&log.code) {
                    return Err(SettingsError::Code(log.code.clone()));
                }
            }
        }
        Ok(self)
    }

    /// The rules of the policy of a label.
    pub fn of(&self, label: &Label, policies: &Policies) -> Option<&PolicyRules> {
        let policy = policies.of(label).ok()?;
        self.policy.iter().find(|rules| rules.name == policy.name())
    }

    /// Days for which a working paper of a marking may stand in no log.
    pub fn working_paper_days(&self, label: &Label, policies: &Policies) -> u16 {
        self.of(label, policies).map_or(HALF_A_YEAR, |rules| rules.working_paper_days)
    }

    /// The log to which a marking belongs.
    pub fn log(&self, label: &Label, policies: &Policies) -> Option<&Log> {
        let policy = policies.of(label).ok()?;
        let level = policy.level(&label.level).map(|level| level.name.as_str());
        let categories = label.categories.iter().filter_map(|key| policy.category(key));
        let borne: BTreeSet<&str> =
            level.into_iter().chain(categories.map(|(_, _, category)| category.name.as_str())).collect();
        let matches =
            |log: &&Log| log.subjects.is_empty() || log.subjects.iter().any(|s| borne.contains(s.as_str()));
        self.of(label, policies)?.log.iter().find(matches)
    }

    /// The rules of the policy to which a log belongs.
    pub fn rules_of(&self, code: &str) -> Option<&PolicyRules> {
        self.policy.iter().find(|policy| policy.log.iter().any(|log| log.code == code))
    }

    /// A log by its code.
    pub fn by_code(&self, code: &str) -> Option<&Log> {
        self.policy.iter().flat_map(|policy| &policy.log).find(|log| log.code == code)
    }
}
