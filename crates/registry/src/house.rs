//! The house as a registry sees it when it decides: policies, communities, bodies, registries, groups.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use label::{Clearance, Communities, Label, LabelError, NamedClearance, Policies};
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::{REASON, Role},
    cases::{Routine, Routines},
    command::{Caller, Context},
    custody,
    fact::Fact,
    id::{BodyId, Digest, GroupId, RegistryId},
    line::{NAME, required},
    organisation,
    refusal::{Code, Refusal},
    series::{Catalogue, CatalogueError},
    validity::Settings,
};

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

impl Names {
    /// The name in a language, `fr` or any other for English.
    pub fn in_language(&self, language: &str) -> &str {
        if language == "fr" { &self.fr } else { &self.en }
    }
}

/// A body that keeps registries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Its identifier.
    pub id: BodyId,
    /// Short, upper case.
    pub code: String,
    /// In both languages.
    pub names: Names,
}

/// A registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    /// Its identifier.
    pub id: RegistryId,
    /// The first part of its references: `HQR` in `HQR-2026-17`.
    pub code: String,
    /// In both languages.
    pub names: Names,
    /// The body that keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// The registry above it, of which it is a sub-registry or a control point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<RegistryId>,
    /// The most that may be held as content, policy by policy. None: no limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ceilings: Vec<Clearance>,
}

/// What a registry is called, who keeps it, where it stands among the others and what it may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// In both languages.
    pub names: Names,
    /// The body that keeps it.
    #[serde(default)]
    pub body: Option<BodyId>,
    /// The registry above it.
    #[serde(default)]
    pub parent: Option<RegistryId>,
    /// The most that it may hold.
    #[serde(default)]
    pub ceilings: Vec<Clearance>,
}

impl Terms {
    /// Those of a registry that stands alone and may hold anything.
    pub fn of(names: Names) -> Self {
        Self { names, body: None, parent: None, ceilings: Vec::new() }
    }
}

/// A need-to-know group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its identifier.
    pub id: GroupId,
    /// Short: `air-policing`.
    pub code: String,
    /// In both languages.
    pub names: Names,
}

/// All of it, as of one sequence of the house's ledger.
#[derive(Debug, Clone)]
pub struct House {
    /// How many entries the house's ledger had.
    pub sequence: u64,
    /// The name of the installation.
    pub name: String,
    /// The security policies in force.
    pub policies: Policies,
    /// Communities with their members.
    pub communities: Communities,
    /// The zone in which its days end.
    pub zone: jiff::tz::TimeZone,
    /// How long certificates run here, and when one is warned.
    pub validity: Settings,
    /// How copies are kept here.
    pub custody: custody::settings::Settings,
    /// How the house is organised: for how long somebody stands in.
    pub organisation: organisation::Settings,
    bodies: BTreeMap<BodyId, Body>,
    registries: BTreeMap<RegistryId, Registry>,
    groups: BTreeMap<GroupId, Group>,
    series: BTreeMap<String, String>,
    entrusted: BTreeMap<String, RegistryId>,
    catalogue: OnceLock<Catalogue>,
    routines: BTreeMap<(Routines, String), String>,
    routine: OnceLock<Arc<Routine>>,
}

impl House {
    /// From what the tables hold.
    pub fn new(sequence: u64, name: String, policies: Policies, communities: Communities) -> Self {
        Self {
            sequence,
            name,
            policies,
            communities,
            zone: jiff::tz::TimeZone::UTC,
            validity: Settings::default(),
            custody: custody::settings::Settings::default(),
            organisation: organisation::Settings::default(),
            bodies: BTreeMap::new(),
            registries: BTreeMap::new(),
            groups: BTreeMap::new(),
            series: BTreeMap::new(),
            entrusted: BTreeMap::new(),
            catalogue: OnceLock::new(),
            routines: BTreeMap::new(),
            routine: OnceLock::new(),
        }
    }
    /// Adds a file of a procedure or a calendar under its name.
    pub fn add_routine(&mut self, what: Routines, name: String, toml: String) {
        self.routines.insert((what, name), toml);
        self.routine = OnceLock::new();
    }
    /// The files of procedures and calendars.
    pub(crate) const fn routines(&self) -> &BTreeMap<(Routines, String), String> {
        &self.routines
    }
    fn routine(&self) -> &Routine {
        self.routine.get_or_init(|| Routine::kept(&self.routines))
    }
    /// The procedures by which cases go, in all their versions.
    pub fn procedures(&self) -> &procedure::Procedures {
        &self.routine().procedures
    }
    /// The calendars by which dues are reckoned.
    pub fn calendars(&self) -> &calendar::Calendars {
        &self.routine().calendars
    }
    /// Adds a body.
    pub fn add_body(&mut self, body: Body) {
        self.bodies.insert(body.id, body);
    }
    /// Adds a registry.
    pub fn add_registry(&mut self, registry: Registry) {
        self.registries.insert(registry.id, registry);
    }
    /// Adds a group.
    pub fn add_group(&mut self, group: Group) {
        self.groups.insert(group.id, group);
    }
    /// Adds a file of series under its name.
    pub fn add_series(&mut self, name: String, toml: String) {
        self.series.insert(name, toml);
        self.catalogue = OnceLock::new();
    }
    /// Says which registry gives the numbers of a series.
    pub fn entrust(&mut self, series: String, registry: RegistryId) {
        self.entrusted.insert(series, registry);
    }
    /// The registry that gives the numbers of a series; none: nobody does here.
    pub fn numbered_by(&self, series: &str) -> Option<&Registry> {
        match self.entrusted.get(series) {
            Some(registry) => self.registry(*registry),
            None => self.registries.values().find(|r| r.code == series),
        }
    }
    /// Every series by which references are read: those of the adopted files, and every registry's own. It is put
    /// together once, when it is first asked for.
    pub fn catalogue(&self) -> &Catalogue {
        // Whatever would be refused here was refused when it was adopted or opened.
        self.catalogue.get_or_init(|| self.catalogue_with(None, None).unwrap_or_default())
    }
    /// The catalogue as it would be with another file of series, or another registry.
    pub(crate) fn catalogue_with(
        &self,
        file: Option<(&str, &str)>,
        registry: Option<(&str, &Names)>,
    ) -> Result<Catalogue, CatalogueError> {
        let kept = self.series.iter().map(|(name, toml)| (name.as_str(), toml.as_str()));
        let kept = kept.filter(|(name, _)| file.is_none_or(|(new, _)| new != *name));
        let read = Catalogue::read(kept.chain(file))?;
        if self.series.is_empty() && file.is_none() {
            return Ok(read);
        }
        let own = self.registries.values().map(|r| (r.code.as_str(), &r.names)).chain(registry);
        read.with_registries(own.map(|(code, names)| (code, names, None)))
    }
    /// A body by its identifier.
    pub fn body(&self, id: BodyId) -> Option<&Body> {
        self.bodies.get(&id)
    }
    /// Every body.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.bodies.values()
    }
    /// A registry by its identifier.
    pub fn registry(&self, id: RegistryId) -> Option<&Registry> {
        self.registries.get(&id)
    }
    /// A registry by its code, in either case.
    pub fn registry_by_code(&self, code: &str) -> Option<&Registry> {
        self.registries.values().find(|r| r.code.eq_ignore_ascii_case(code.trim()))
    }
    /// Every registry, by code.
    pub fn registries(&self) -> Vec<&Registry> {
        let mut all: Vec<_> = self.registries.values().collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }
    /// A group by its identifier.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(&id)
    }
    /// A group by its code.
    pub fn group_by_code(&self, code: &str) -> Option<&Group> {
        self.groups.values().find(|g| g.code.eq_ignore_ascii_case(code.trim()))
    }
    /// Every group.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    /// Whether a clearance says only what its policy knows.
    pub fn knows(&self, clearance: &Clearance) -> bool {
        self.policies.name_clearance(clearance).is_ok()
    }

    /// The label under which the entry of a document stands when nothing else is said: the lowest level of the
    /// document's policy, without categories.
    pub fn entry_label(&self, label: &Label) -> Option<Label> {
        let policy = self.policies.of(label).ok()?;
        let lowest = policy.levels().iter().min_by_key(|level| level.hierarchy)?;
        Some(Label::plain(policy.id().clone(), lowest.code.clone()))
    }

    /// Whether a label is released to a community whose members count as of the day of release.
    pub fn names_dated_community(&self, label: &Label) -> bool {
        let Ok(policy) = self.policies.of(label) else { return false };
        label.categories.iter().filter_map(|key| policy.category(key)).any(|(_, _, category)| {
            self.communities.get(&category.name).is_some_and(|c| c.read == label::ReadAs::Release)
        })
    }

    /// The most that this installation may hold: the highest level of each policy among the ceilings of its
    /// registries. A registry without a ceiling may hold anything; then it is the highest level of every policy.
    pub fn ceiling(&self) -> Vec<Clearance> {
        let open = self.registries.is_empty() || self.registries.values().any(|r| r.ceilings.is_empty());
        let set = |policy: &label::Policy| {
            let ceilings = self.registries.values().flat_map(|r| &r.ceilings);
            let levels = ceilings.filter(|c| c.policy == *policy.id()).filter_map(|c| policy.level(&c.level));
            levels.max_by_key(|level| level.hierarchy).cloned()
        };
        let highest = |policy: &label::Policy| policy.levels().iter().max_by_key(|l| l.hierarchy).cloned();
        let of = |policy: &label::Policy| {
            let level = if open { highest(policy) } else { set(policy) }?;
            let policy = policy.id().clone();
            Some(Clearance { policy, level: level.code, categories: Default::default() })
        };
        self.policies.iter().filter_map(of).collect()
    }

    /// The ceiling at a level of a policy: it covers every special category of the policy that may be held at all.
    pub fn ceiling_at(&self, named: &NamedClearance) -> Result<Clearance, LabelError> {
        let mut ceiling = self.policies.resolve_clearance(named)?;
        let policy = self.policies.get(&ceiling.policy);
        let tags = policy.into_iter().flat_map(|p| p.tag_sets()).flat_map(|set| &set.tags);
        let held = tags.flat_map(|tag| &tag.categories);
        let held = held.filter(|c| c.key.kind.is_restrictive() && !c.rule.existence_only);
        ceiling.categories.extend(held.map(|c| c.key.clone()));
        Ok(ceiling)
    }

    /// A registry and those above it, up to the central one.
    pub fn above(&self, registry: RegistryId) -> Vec<RegistryId> {
        let mut line = vec![registry];
        while let Some(parent) = line.last().and_then(|id| self.registry(*id)).and_then(|r| r.parent) {
            if line.contains(&parent) {
                break;
            }
            line.push(parent);
        }
        line
    }

    /// Whether content under a label may be kept in a registry at all.
    pub fn may_hold(&self, registry: &Registry, label: &Label) -> Result<(), Code> {
        let policy = self.policies.of(label).map_err(|_| Code::UnknownPolicy)?;
        if policy.is_existence_only(label) {
            return Err(Code::ExistenceOnly);
        }
        let under = |c: &Clearance| c.policy == *policy.id() && dominates(policy, c, label);
        if registry.ceilings.is_empty() || registry.ceilings.iter().any(under) {
            Ok(())
        } else {
            Err(Code::AboveCeiling)
        }
    }
}

/// Whether a ceiling covers a label: its level is at or above, and it holds every category that restricts. To whom
/// a document is released has no part in it.
pub(crate) fn dominates(policy: &label::Policy, ceiling: &Clearance, label: &Label) -> bool {
    let mut restricted = label.clone();
    restricted.categories.retain(|key| key.kind.is_restrictive());
    policy.decide(&restricted, ceiling).is_granted()
}

/// The code of a registry, body: upper-case letters and digits, two to eight, beginning with a letter.
pub fn code(text: &str) -> Result<String, Refusal> {
    let code = text.trim().to_ascii_uppercase();
    let fits = (2..=8).contains(&code.len())
        && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && code.chars().next().is_some_and(|c| c.is_ascii_uppercase());
    if fits { Ok(code) } else { Err(Refusal::on("code", Code::CodeForm).with("value", text)) }
}

fn administrator(caller: &Caller) -> Result<(), Refusal> {
    if caller.has(Role::Administrator, None) || caller.is_operator() {
        Ok(())
    } else {
        Err(Code::Forbidden.into())
    }
}

fn named(names: &Names) -> Result<Names, Refusal> {
    Ok(Names { en: required("names", &names.en, NAME)?, fr: required("names", &names.fr, NAME)? })
}

/// Establishes a body.
pub fn establish_body(
    caller: &Caller,
    context: &Context<'_>,
    given: &str,
    names: &Names,
) -> Result<Vec<Fact>, Refusal> {
    administrator(caller)?;
    let code = code(given)?;
    if context.house.bodies().any(|b| b.code == code) {
        return Err(Refusal::on("code", Code::CodeTaken).with("code", code));
    }
    let body = Body { id: BodyId::new(context.new_id(0)), code, names: named(names)? };
    Ok(vec![Fact::BodyEstablished { body }])
}

/// Opens a registry.
pub fn open_registry(
    caller: &Caller,
    context: &Context<'_>,
    given: &str,
    terms: &Terms,
) -> Result<Vec<Fact>, Refusal> {
    administrator(caller)?;
    let code = code(given)?;
    if context.house.registry_by_code(&code).is_some() {
        return Err(Refusal::on("code", Code::CodeTaken).with("code", code));
    }
    kept_and_bounded(context, terms, None)?;
    // A registry `CM` would number what reads like a Council memorandum.
    context
        .house
        .catalogue_with(None, Some((&code, &terms.names)))
        .map_err(|why| Refusal::on("code", Code::SeriesUnusable).with("why", why))?;
    let registry = Registry {
        id: RegistryId::new(context.new_id(0)),
        code,
        names: named(&terms.names)?,
        body: terms.body,
        parent: terms.parent,
        ceilings: terms.ceilings.clone(),
    };
    Ok(vec![Fact::RegistryOpened { registry }])
}

/// Changes what a registry is called, who keeps it, or what it may hold. What lies above a lowered ceiling stays; no
/// more comes in. The code stays: references begin with it.
pub fn change_registry(
    caller: &Caller,
    context: &Context<'_>,
    registry: RegistryId,
    terms: &Terms,
    reason: &str,
) -> Result<Vec<Fact>, Refusal> {
    administrator(caller)?;
    let was = context.house.registry(registry).ok_or(Refusal::on("registry", Code::RegistryUnknown))?;
    kept_and_bounded(context, terms, Some(was.id))?;
    let registry = Registry {
        names: named(&terms.names)?,
        body: terms.body,
        parent: terms.parent,
        ceilings: terms.ceilings.clone(),
        ..was.clone()
    };
    if registry == *was {
        return Err(Code::NothingChanged.into());
    }
    Ok(vec![Fact::RegistryChanged { registry, reason: required("reason", reason, REASON)? }])
}

fn kept_and_bounded(context: &Context<'_>, terms: &Terms, of: Option<RegistryId>) -> Result<(), Refusal> {
    let house = context.house;
    if terms.body.is_some_and(|b| house.body(b).is_none()) {
        return Err(Refusal::on("body", Code::NotOffered));
    }
    if let Some(parent) = terms.parent {
        // None stands above itself, by however many others.
        if house.registry(parent).is_none() || of.is_some_and(|own| house.above(parent).contains(&own)) {
            return Err(Refusal::on("parent", Code::NotOffered));
        }
    }
    if terms.ceilings.iter().any(|c| !house.knows(c)) {
        return Err(Refusal::on("ceilings", Code::InvalidLabel));
    }
    Ok(())
}

/// Forms a need-to-know group.
pub fn form_group(
    caller: &Caller,
    context: &Context<'_>,
    given: &str,
    names: &Names,
) -> Result<Vec<Fact>, Refusal> {
    if !caller.has(Role::SecurityOfficer, None) {
        administrator(caller)?;
    }
    let code = given.trim().to_lowercase();
    let fits = (2..=40).contains(&code.len())
        && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !fits {
        return Err(Refusal::on("code", Code::CodeForm).with("value", given));
    }
    if context.house.group_by_code(&code).is_some() {
        return Err(Refusal::on("code", Code::CodeTaken).with("code", code));
    }
    let group = Group { id: GroupId::new(context.new_id(0)), code, names: named(names)? };
    Ok(vec![Fact::GroupFormed { group }])
}

/// Adopts a file of series in the place of one of the same name: from now on references are read by it.
pub fn adopt_series(
    caller: &Caller,
    context: &Context<'_>,
    name: &str,
    toml: &str,
    used: &BTreeSet<String>,
) -> Result<Vec<Fact>, Refusal> {
    administrator(caller)?;
    let name = required("name", name, NAME)?;
    if context.house.series.get(&name).is_some_and(|kept| kept == toml) {
        return Err(Code::NothingChanged.into());
    }
    let next = context
        .house
        .catalogue_with(Some((&name, toml)), None)
        .map_err(|why| Refusal::on("toml", Code::SeriesUnusable).with("why", why))?;
    // A series that counted otherwise from now on would give its numbers a second time.
    for code in used {
        let counts = |catalogue: &Catalogue| catalogue.get(code).map(|s| (s.counter.clone(), s.foreign));
        if counts(&next) != counts(context.house.catalogue()) {
            return Err(Refusal::on("toml", Code::SeriesInUse).with("series", code));
        }
    }
    Ok(vec![Fact::SeriesAdopted { name, digest: Digest::of(toml.as_bytes()), toml: toml.to_owned() }])
}

/// Entrusts a registry with giving the numbers of a series. Every registry gives its own, and no other's.
pub fn entrust_series(
    caller: &Caller,
    context: &Context<'_>,
    series: &str,
    registry: RegistryId,
    used: &BTreeSet<String>,
) -> Result<Vec<Fact>, Refusal> {
    administrator(caller)?;
    let to = context.house.registry(registry).ok_or(Refusal::on("registry", Code::RegistryUnknown))?;
    let known = context.house.catalogue().get(series.trim());
    let series = known.ok_or_else(|| Refusal::on("series", Code::SeriesUnknown).with("series", series))?;
    if series.foreign || context.house.registry_by_code(&series.code).is_some() {
        return Err(Refusal::on("series", Code::SeriesElsewhere).with("series", &series.code));
    }
    if context.house.entrusted.get(&series.code) == Some(&to.id) {
        return Err(Code::NothingChanged.into());
    }
    // Each registry counts by itself: another would begin at the first number again.
    if used.contains(&series.code) {
        return Err(Refusal::on("series", Code::SeriesInUse).with("series", &series.code));
    }
    Ok(vec![Fact::SeriesEntrusted { series: series.code.clone(), registry }])
}
