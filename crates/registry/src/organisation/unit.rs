//! Units of the house: what they are, under which they stand, and how they are established, changed and ended.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Days, Organisation, decide::Desk};
use crate::{
    fact::{Fact, present},
    house::Names,
    id::{RegistryId, UnitId},
    refusal::{Code, Refusal},
};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// The whole of it.
    Headquarters,
    /// A directorate.
    Directorate,
    /// A division.
    Division,
    /// A branch.
    Branch,
    /// A section.
    Section,
    /// An office, a cabinet.
    Office,
    /// A cell, a team, for a time.
    Cell,
    /// The staff of a committee or a working group.
    CommitteeStaff,
    /// A delegation or a mission.
    Delegation,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its identifier.
    pub id: UnitId,
    /// Short, as series write it: `IMS-OPS`.
    pub code: String,
    /// In both languages.
    pub names: Names,
    /// What it is.
    pub is: UnitKind,
    /// The unit above it.
    #[serde(deserialize_with = "present")]
    pub parent: Option<UnitId>,
    /// The registry that serves it; none: the one that serves the unit above.
    #[serde(deserialize_with = "present")]
    pub registry: Option<RegistryId>,
    /// From when on, until when.
    pub days: Days,
}

/// What is given to establish a unit, or to change one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitTerms {
    /// In both languages.
    pub names: Names,
    /// What it is.
    pub is: UnitKind,
    /// The unit above it.
    #[serde(default)]
    pub parent: Option<UnitId>,
    /// The registry that serves it.
    #[serde(default)]
    pub registry: Option<RegistryId>,
    /// Its first day.
    pub begins: Date,
    /// Its last day.
    #[serde(default)]
    pub ends: Option<Date>,
}

impl Organisation {
    /// A unit and those above it, up to the highest.
    pub fn path(&self, unit: UnitId) -> Vec<UnitId> {
        let mut line: Vec<UnitId> = self.unit(unit).map(|unit| unit.id).into_iter().collect();
        while let Some(parent) = line.last().and_then(|id| self.unit(*id)).and_then(|unit| unit.parent) {
            if line.contains(&parent) {
                break;
            }
            line.push(parent);
        }
        line
    }

    /// A unit and all those under it, whenever they were: each after the one above it, and in the order of codes.
    pub fn below(&self, unit: UnitId) -> Vec<UnitId> {
        let mut found = Vec::new();
        let mut waiting: Vec<UnitId> = self.unit(unit).map(|unit| unit.id).into_iter().collect();
        while let Some(next) = waiting.pop() {
            if found.contains(&next) {
                continue;
            }
            found.push(next);
            let mut under = self.directly_below(next);
            under.sort_by(|a, b| b.code.cmp(&a.code));
            waiting.extend(under.iter().map(|unit| unit.id));
        }
        found
    }

    /// The units that stand directly under one.
    pub fn directly_below(&self, unit: UnitId) -> Vec<&Unit> {
        self.units.values().filter(|other| other.parent == Some(unit)).collect()
    }

    /// The registry that serves a unit: its own, or that of the nearest above that has one.
    pub fn registry_of(&self, unit: UnitId) -> Option<RegistryId> {
        self.path(unit).into_iter().find_map(|id| self.unit(id)?.registry)
    }
}

impl Desk<'_> {
    pub(super) fn establish_unit(&self, code: &str, terms: &UnitTerms) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let code = self.code(code)?;
        if self.organisation().unit_by_code(&code).is_some() {
            return Err(Refusal::on("code", Code::CodeTaken).with("code", code));
        }
        let unit = self.unit_of(UnitId::new(self.context.new_id(0)), code, terms)?;
        Ok(vec![Fact::UnitEstablished { unit: Box::new(unit) }])
    }

    pub(super) fn change_unit(
        &self,
        unit: UnitId,
        terms: &UnitTerms,
        reason: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let was = self.organisation().unit(unit).ok_or(Refusal::on("unit", Code::NotOffered))?;
        let unit = self.unit_of(was.id, was.code.clone(), terms)?;
        if unit == *was {
            return Err(Code::NothingChanged.into());
        }
        self.holds_what_it_has(&unit)?;
        Ok(vec![Fact::UnitChanged { unit: Box::new(unit), reason: self.reason(reason)? }])
    }

    /// The unit as it would be: under one that is there on all its days, and not under itself.
    fn unit_of(&self, id: UnitId, code: String, terms: &UnitTerms) -> Result<Unit, Refusal> {
        let days = Days::new(terms.begins, terms.ends, "ends")?;
        if let Some(parent) = terms.parent {
            let above = self.organisation().unit(parent).ok_or(Refusal::on("parent", Code::NotOffered))?;
            if self.organisation().path(parent).contains(&id) {
                return Err(Refusal::on("parent", Code::UnitLoop).with("code", code));
            }
            self.inside(&days, above)?;
        }
        if terms.registry.is_some_and(|registry| self.context.house.registry(registry).is_none()) {
            return Err(Refusal::on("registry", Code::RegistryUnknown));
        }
        let names = self.names("names", &terms.names)?;
        Ok(Unit { id, code, names, is: terms.is, parent: terms.parent, registry: terms.registry, days })
    }

    /// Refused where a unit would not be there on all days of something of it.
    pub(super) fn inside(&self, days: &Days, unit: &Unit) -> Result<(), Refusal> {
        if days.from < unit.days.from {
            let refusal = Refusal::on("begins", Code::BeforeUnit);
            return Err(refusal.with("code", &unit.code).with("day", unit.days.from));
        }
        match unit.days.until {
            Some(last) if days.outlast(last) => {
                Err(Refusal::on("ends", Code::UnitEnded).with("code", &unit.code).with("day", last))
            }
            _ => Ok(()),
        }
    }

    /// Refused where units or posts of a unit would be there before it or after it; the refusal names them.
    fn holds_what_it_has(&self, unit: &Unit) -> Result<(), Refusal> {
        let units = self.organisation().directly_below(unit.id).into_iter().map(|u| (&u.code, &u.days));
        let posts = self.organisation().posts_in(unit.id).into_iter().map(|p| (&p.code, &p.days));
        let outside = units.chain(posts).filter(|(_, days)| !days.within(&unit.days));
        let mut codes: Vec<&str> = outside.map(|(code, _)| code.as_str()).collect();
        if codes.is_empty() {
            return Ok(());
        }
        codes.sort_unstable();
        Err(Refusal::on("ends", Code::UnitNotEmpty).with("which", codes.join(", ")))
    }
}
