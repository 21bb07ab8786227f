//! The house's own rules, which SPIF has no word for: `<rules xmlns="urn:chancery:policy:1">` inside the
//! file's `<extensions>`. Owns that form; strict, because a misspelt rule of security must not be silent.
//!
//! ```xml
//! <rules xmlns="urn:chancery:policy:1">
//!   <level name="SECRET" short="NS" certificate="true" briefing="true" accountable="true"/>
//!   <category set="Special Category" name="ATOMAL" briefing="true" accountable="true"/>
//!   <release set="Releasable To" only="Only" context="Context" default="NATO"/>
//!   <equivalence level="SECRET" policy="EU" code="3" notBefore="2021-07-01"/>
//! </rules>
//! ```

use super::read::{bad, code, flag, needed, optional, place, truth, validity};
use super::{CategoryRule, DatedEquivalence, LevelRule, Policy, PolicyError, ReleaseRule};
use crate::xml::Element;

const NAMESPACE: &str = "urn:chancery:policy:1";

/// Reads the house's rules, where there are any, into the policy.
pub(super) fn apply(root: &Element, policy: &mut Policy) -> Result<(), PolicyError> {
    let extensions = root.first("extensions").into_iter().flat_map(|e| e.children.iter());
    for rules in extensions.filter(|e| *e.namespace == *NAMESPACE) {
        if rules.name != "rules" {
            return Err(unknown("element", &rules.name, "extensions"));
        }
        for rule in &rules.children {
            let at = place(rule, "rules");
            match rule.name.as_str() {
                "level" => level(rule, policy, &at)?,
                "category" => category(rule, policy, &at)?,
                "release" => release(rule, policy, &at)?,
                "equivalence" => equivalence(rule, policy, &at)?,
                other => return Err(unknown("element", other, "rules")),
            }
        }
    }
    Ok(())
}

fn unknown(what: &'static str, name: &str, at: &str) -> PolicyError {
    PolicyError::Unknown { what, name: name.chars().take(80).collect(), at: at.to_owned() }
}

fn only_attributes(rule: &Element, known: &[&str], at: &str) -> Result<(), PolicyError> {
    match rule.attribute_names().find(|name| !known.contains(name)) {
        Some(other) => Err(unknown("attribute", other, at)),
        None => Ok(()),
    }
}

fn level(rule: &Element, policy: &mut Policy, at: &str) -> Result<(), PolicyError> {
    only_attributes(rule, &["name", "short", "certificate", "briefing", "accountable"], at)?;
    let name = needed(rule, "name", at)?;
    // Left out, a certificate is needed: silence must not open a level.
    let certificate = truth(rule, "certificate", at)?.unwrap_or(true);
    let new = LevelRule {
        certificate,
        briefing: flag(rule, "briefing", at)?,
        accountable: flag(rule, "accountable", at)?,
        short: optional(rule, "short", at)?,
    };
    match policy.levels.iter_mut().find(|level| level.name == name) {
        Some(level) => level.rule = new,
        None => return Err(unknown("level", &name, at)),
    }
    Ok(())
}

fn category(rule: &Element, policy: &mut Policy, at: &str) -> Result<(), PolicyError> {
    only_attributes(rule, &["set", "name", "briefing", "accountable", "existenceOnly"], at)?;
    let set_name = needed(rule, "set", at)?;
    let name = needed(rule, "name", at)?;
    let new = CategoryRule {
        accountable: flag(rule, "accountable", at)?,
        briefing: flag(rule, "briefing", at)?,
        existence_only: flag(rule, "existenceOnly", at)?,
    };
    let Some(set) = policy.tag_sets.iter_mut().find(|set| set.name == set_name) else {
        return Err(unknown("tag set", &set_name, at));
    };
    let mut found = false;
    for category in set.tags.iter_mut().flat_map(|tag| tag.categories.iter_mut()) {
        if category.name == name {
            category.rule = new.clone();
            found = true;
        }
    }
    if found { Ok(()) } else { Err(unknown("category", &name, at)) }
}

fn release(rule: &Element, policy: &mut Policy, at: &str) -> Result<(), PolicyError> {
    only_attributes(rule, &["set", "only", "context", "default"], at)?;
    if policy.release.is_some() {
        return Err(PolicyError::Duplicate { what: "rule", name: "release".into(), at: at.to_owned() });
    }
    let id_of = |name: String| match policy.tag_sets.iter().find(|set| set.name == name) {
        Some(set) => Ok(set.id.clone()),
        None => Err(unknown("tag set", &name, at)),
    };
    let new = ReleaseRule {
        set: id_of(needed(rule, "set", at)?)?,
        only: optional(rule, "only", at)?.map(id_of).transpose()?,
        context: optional(rule, "context", at)?.map(id_of).transpose()?,
        default: needed(rule, "default", at)?,
    };
    policy.release = Some(new);
    Ok(())
}

fn equivalence(rule: &Element, policy: &mut Policy, at: &str) -> Result<(), PolicyError> {
    only_attributes(rule, &["level", "policy", "code", "notBefore", "notAfter"], at)?;
    let name = needed(rule, "level", at)?;
    let Some(level) = policy.levels.iter().find(|level| level.name == name) else {
        return Err(unknown("level", &name, at));
    };
    let validity = validity(rule, at)?;
    if validity.from.zip(validity.to).is_some_and(|(from, to)| to < from) {
        return Err(bad("notAfter", rule.attribute("notAfter").unwrap_or(""), at));
    }
    let new = DatedEquivalence {
        level: level.code.clone(),
        policy: needed(rule, "policy", at)?,
        code: code(rule, "code", at)?,
        validity,
    };
    policy.dated.push(new);
    Ok(())
}
