//! Whether a policy is whole: names and codes unique where they must be, and every reference to something
//! that is there. Owns these checks; changes nothing.

use std::collections::BTreeSet;

use super::{CategoryGroup, CategoryRef, Policy, PolicyError};

/// Refuses a policy in which a name is given twice or a reference leads nowhere.
pub(super) fn references(policy: &Policy) -> Result<(), PolicyError> {
    unique("level", "securityClassifications", policy.levels.iter().map(|level| level.name.as_str()))?;
    unique("level code", "securityClassifications", policy.levels.iter().map(|level| level.code.as_str()))?;
    unique("tag set", "securityCategoryTagSets", policy.tag_sets.iter().map(|set| set.name.as_str()))?;
    unique("tag set id", "securityCategoryTagSets", policy.tag_sets.iter().map(|set| set.id.as_str()))?;
    unique("policy", "equivalentPolicies", policy.equivalents.iter().map(|row| row.name.as_str()))?;

    for level in &policy.levels {
        let at = format!("level {:?}", level.name);
        groups(policy, &level.required, &at)?;
        for row in &level.equivalents {
            equivalent_policy(policy, &row.policy, &at)?;
        }
    }
    for row in &policy.dated {
        equivalent_policy(policy, &row.policy, "rules")?;
    }
    for set in &policy.tag_sets {
        for row in &set.equivalents {
            equivalent_policy(policy, &row.policy, &format!("tag set {:?}", set.name))?;
        }
        for category in set.tags.iter().flat_map(|tag| tag.categories.iter()) {
            let at = format!("category {:?} of tag set {:?}", category.name, set.name);
            for name in category.excluded_levels.iter().chain(category.required_level.iter()) {
                if !policy.levels.iter().any(|level| level.name == *name) {
                    return Err(PolicyError::Unknown { what: "level", name: name.clone(), at });
                }
            }
            groups(policy, &category.required, &at)?;
            for excluded in &category.excluded {
                category_there(policy, excluded, &at)?;
            }
            for row in &category.equivalents {
                equivalent_policy(policy, &row.policy, &at)?;
            }
        }
    }
    Ok(())
}

fn unique<'a>(what: &'static str, at: &str, names: impl Iterator<Item = &'a str>) -> Result<(), PolicyError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(PolicyError::Duplicate { what, name: name.to_owned(), at: at.to_owned() });
        }
    }
    Ok(())
}

fn groups(policy: &Policy, groups: &[CategoryGroup], at: &str) -> Result<(), PolicyError> {
    groups.iter().flat_map(|group| group.members.iter()).try_for_each(|m| category_there(policy, m, at))
}

fn category_there(policy: &Policy, reference: &CategoryRef, at: &str) -> Result<(), PolicyError> {
    let unknown = |what, name: String| PolicyError::Unknown { what, name, at: at.to_owned() };
    let Some(set) = policy.tag_sets.iter().find(|set| set.name == reference.set) else {
        return Err(unknown("tag set", reference.set.clone()));
    };
    let mut tags = set.tags.iter().filter(|tag| tag.kind == reference.kind).peekable();
    if tags.peek().is_none() {
        return Err(unknown("tag of this type in", reference.set.clone()));
    }
    match &reference.code {
        None => Ok(()),
        Some(code) if tags.any(|tag| tag.categories.iter().any(|c| c.key.code == *code)) => Ok(()),
        Some(code) => Err(unknown("category with code", code.to_string())),
    }
}

fn equivalent_policy(policy: &Policy, name: &str, at: &str) -> Result<(), PolicyError> {
    if policy.equivalents.iter().any(|row| row.name == name) {
        return Ok(());
    }
    Err(PolicyError::Unknown { what: "equivalent policy", name: name.to_owned(), at: at.to_owned() })
}
