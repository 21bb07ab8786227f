//! From an XML SPIF tree to a policy. Owns the structure of the file; single values are read in `read`, the
//! house's own rules in `house`, references checked in `check`.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{
    bad, code, colour, flag, groups, kind, markings, needed, needed_oid, optional, place, reference,
    selection, validity,
};
use super::{
    Category, CategoryRule, EquivalentCategory, EquivalentLevel, EquivalentPolicy, EquivalentTagSet, Finding,
    Level, LevelRule, Policy, PolicyError, PrivacyMark, Tag, TagSet, house,
};
use crate::label::{CategoryKey, Code, PolicyId, TagKind};
use crate::xml::{self, Element};

const SPIF: &str = "http://www.xmlspif.org/spif";

/// Reads the file; references are not yet checked.
pub(super) fn policy(bytes: &[u8]) -> Result<Policy, PolicyError> {
    let root = xml::parse(bytes)?;
    if root.name != "SPIF" || *root.namespace != *SPIF {
        return Err(PolicyError::NotAPolicy(root.name));
    }
    let at = "SPIF";
    let missing = |what| PolicyError::Missing { what, at: at.to_owned() };
    let identity = root.first("securityPolicyId").ok_or_else(|| missing("securityPolicyId"))?;
    let version = match root.attribute("version").map(str::trim) {
        None => 1,
        Some(text) => text.parse().map_err(|_| bad("version", text, at))?,
    };
    let mut findings = Vec::new();
    let mut tag_sets = Vec::new();
    for set in
        root.first("securityCategoryTagSets").iter().flat_map(|sets| sets.all("securityCategoryTagSet"))
    {
        tag_sets.push(tag_set(set, &mut findings)?);
    }
    let levels = root.first("securityClassifications").ok_or_else(|| missing("securityClassifications"))?;
    let mut policy = Policy {
        id: policy_id(identity, "securityPolicyId")?,
        name: needed(identity, "name", "securityPolicyId")?,
        version,
        validity: validity(&root, at)?,
        markings: markings(identity, "securityPolicyId")?,
        levels: levels.all("securityClassification").map(level).collect::<Result<_, _>>()?,
        tag_sets,
        privacy_marks: privacy_marks(&root)?,
        equivalents: equivalent_policies(&root)?,
        dated: Vec::new(),
        release: None,
        findings,
    };
    if policy.levels.is_empty() {
        return Err(missing("securityClassification"));
    }
    policy.levels.sort_by_key(|level| (level.hierarchy, level.code.as_number(), level.code.clone()));
    house::apply(&root, &mut policy)?;
    Ok(policy)
}

fn policy_id(element: &Element, at: &str) -> Result<PolicyId, PolicyError> {
    let text = needed_oid(element, "id", at)?;
    PolicyId::new(&text).map_err(|_| bad("id", &text, at))
}

fn level(element: &Element) -> Result<Level, PolicyError> {
    let at = place(element, "");
    let hierarchy = needed(element, "hierarchy", &at)?;
    let equivalent = |row: &Element| -> Result<EquivalentLevel, PolicyError> {
        let at = place(row, &at);
        Ok(EquivalentLevel {
            policy: needed(row, "policyRef", &at)?,
            code: code(row, "lacv", &at)?,
            required: groups(row, &at)?,
            validity: validity(row, &at)?,
        })
    };
    Ok(Level {
        name: needed(element, "name", &at)?,
        code: code(element, "lacv", &at)?,
        hierarchy: hierarchy.parse().map_err(|_| bad("hierarchy", &hierarchy, &at))?,
        colour: colour(element, &at)?,
        obsolete: flag(element, "obsolete", &at)?,
        rule: LevelRule::default(),
        markings: markings(element, &at)?,
        required: groups(element, &at)?,
        equivalents: element.all("equivalentClassification").map(equivalent).collect::<Result<_, _>>()?,
    })
}

fn tag_set(element: &Element, findings: &mut Vec<Finding>) -> Result<TagSet, PolicyError> {
    let at = place(element, "");
    let name = needed(element, "name", &at)?;
    let id = needed_oid(element, "id", &at)?;
    let mut tags = Vec::new();
    for tag in element.all("securityCategoryTag") {
        let tag_name = optional(tag, "name", &at)?.filter(|n| !n.is_empty()).unwrap_or_else(|| name.clone());
        let Some(kind) = kind(tag, &place(tag, &at))? else {
            findings.push(Finding::Skipped { set: name.clone(), tag: tag_name });
            continue;
        };
        // Bit set or integers: without the attribute nobody can encode it, but its names are clear.
        if kind == TagKind::Informative && tag.attribute("tag7Encoding").is_none() {
            findings.push(Finding::NoEncoding { set: name.clone(), tag: tag_name.clone() });
        }
        tags.push(read_tag(tag, &id, tag_name, kind, &at)?);
    }
    settle_codes(&name, &mut tags, findings);
    let equivalent = |row: &Element| -> Result<EquivalentTagSet, PolicyError> {
        let at = place(row, &at);
        Ok(EquivalentTagSet { policy: needed(row, "policyRef", &at)?, required: groups(row, &at)? })
    };
    let equivalents =
        element.all("equivalentSecurityCategoryTagSet").map(equivalent).collect::<Result<_, _>>()?;
    Ok(TagSet { id, name, tags, equivalents })
}

fn read_tag(
    element: &Element,
    set: &str,
    name: String,
    kind: TagKind,
    within: &str,
) -> Result<Tag, PolicyError> {
    let at = place(element, within);
    let mut max = selection(element, "maxSelection", &at)?;
    if flag(element, "singleSelection", &at)? {
        max = Some(1);
    }
    Ok(Tag {
        name,
        kind,
        min: selection(element, "minSelection", &at)?.unwrap_or(0),
        max,
        categories: element
            .all("tagCategory")
            .map(|c| category(c, set, kind, within))
            .collect::<Result<_, _>>()?,
        markings: markings(element, &at)?,
    })
}

fn category(element: &Element, set: &str, kind: TagKind, within: &str) -> Result<Category, PolicyError> {
    let at = place(element, within);
    let equivalent = |row: &Element| equivalent_category(row, &place(row, &at));
    Ok(Category {
        name: needed(element, "name", &at)?,
        key: CategoryKey { set: set.to_owned(), kind, code: code(element, "lacv", &at)? },
        obsolete: flag(element, "obsolete", &at)?,
        rule: CategoryRule::default(),
        ambiguous: false,
        validity: validity(element, &at)?,
        markings: markings(element, &at)?,
        excluded_levels: element.all("excludedClass").map(Element::token).collect(),
        required_level: optional(element, "requiredClass", &at)?,
        required: groups(element, &at)?,
        excluded: element.all("excludedCategory").map(|r| reference(r, &at)).collect::<Result<_, _>>()?,
        equivalents: element.all("equivalentSecCategoryTag").map(equivalent).collect::<Result<_, _>>()?,
    })
}

fn equivalent_category(row: &Element, at: &str) -> Result<EquivalentCategory, PolicyError> {
    let key = match row.attribute("action") {
        Some("discard") => None,
        Some(other) => return Err(bad("action", other, at)),
        None => Some(CategoryKey {
            set: needed_oid(row, "tagSetId", at)?,
            kind: kind(row, at)?.ok_or_else(|| bad("tagType", "notApplicable", at))?,
            code: code(row, "lacv", at)?,
        }),
    };
    Ok(EquivalentCategory { policy: needed(row, "policyRef", at)?, key, validity: validity(row, at)? })
}

/// Finds keys given more than once in a set. The same name twice is one category, and the first counts.
/// Two names under one key are kept but marked, and whatever uses that key is refused: a label cannot say
/// which of the two it means.
fn settle_codes(set: &str, tags: &mut [Tag], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(TagKind, Code), (String, BTreeSet<String>)> = BTreeMap::new();
    let mut ambiguous: BTreeSet<(TagKind, Code)> = BTreeSet::new();
    for category_list in tags.iter_mut().map(|tag| &mut tag.categories) {
        category_list.retain(|category| {
            let key = (category.key.kind, category.key.code.clone());
            let Some((first, names)) = seen.get_mut(&key) else {
                seen.insert(key, (category.name.clone(), BTreeSet::from([category.name.clone()])));
                return true;
            };
            if !names.insert(category.name.clone()) {
                findings.push(Finding::Repeated { set: set.to_owned(), name: category.name.clone() });
                return false;
            }
            findings.push(Finding::AmbiguousCode {
                set: set.to_owned(),
                code: category.key.code.clone(),
                first: first.clone(),
                second: category.name.clone(),
            });
            ambiguous.insert(key);
            true
        });
    }
    for category in tags.iter_mut().flat_map(|tag| tag.categories.iter_mut()) {
        category.ambiguous = ambiguous.contains(&(category.key.kind, category.key.code.clone()));
    }
}

fn privacy_marks(root: &Element) -> Result<Vec<PrivacyMark>, PolicyError> {
    let marks = root.first("privacyMarks").into_iter().flat_map(|marks| marks.all("privacyMark"));
    let mark = |element: &Element| -> Result<PrivacyMark, PolicyError> {
        let at = place(element, "privacyMarks");
        Ok(PrivacyMark {
            name: needed(element, "name", &at)?,
            obsolete: flag(element, "obsolete", &at)?,
            markings: markings(element, &at)?,
        })
    };
    marks.map(mark).collect()
}

fn equivalent_policies(root: &Element) -> Result<Vec<EquivalentPolicy>, PolicyError> {
    let rows = root.first("equivalentPolicies").into_iter().flat_map(|p| p.all("equivalentPolicy"));
    let row = |element: &Element| -> Result<EquivalentPolicy, PolicyError> {
        let at = place(element, "equivalentPolicies");
        Ok(EquivalentPolicy {
            name: needed(element, "name", &at)?,
            id: policy_id(element, &at)?,
            required: groups(element, &at)?,
        })
    };
    rows.map(row).collect()
}
