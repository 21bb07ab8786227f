//! STANAG 4774 confidentiality labels in XML: read leniently, written strictly. Owns that form and a short
//! one by codes; must not know where the bytes come from.
//!
//! Lenient means: the spelling of optional attributes, white space, missing dates, elements of others. It
//! never means guessing: a policy, level or category that is not known makes the label unreadable.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::label::{CategoryKey, Code, Label, LabelError, MAX_CATEGORIES, PolicyId, TagKind, is_plain, oid};
use crate::policies::Policies;
use crate::policy::{Category, Policy};
use crate::xml::{self, Element, collapse, escape};

/// The namespace of the label.
pub(crate) const NAMESPACE: &str = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0";

/// What a label or clearance says.
pub(crate) struct Content {
    pub(crate) policy: PolicyId,
    pub(crate) level: Code,
    /// How many levels were listed; `level` is the highest.
    levels: usize,
    pub(crate) categories: BTreeSet<CategoryKey>,
    privacy_mark: Option<String>,
}

/// Reads a label: an `originatorConfidentialityLabel` (or another label element of STANAG 4774) as the root
/// or as the only one of the document, or the short form `label` with `policy`, `classification` and `tag`
/// elements by code.
///
/// # Errors
/// No label, several, or one that names what its policy does not know.
pub fn read(bytes: &[u8], policies: &Policies) -> Result<Label, LabelError> {
    let root = xml::parse(bytes)?;
    if is_label(&root) {
        return read_element(&root, policies);
    }
    let mut found = root.walk().filter(|element| is_label(element));
    match (found.next(), found.next()) {
        (Some(one), None) => read_element(one, policies),
        (None, _) => Err(LabelError::NotALabel(format!("the root is {:?}", root.name))),
        (Some(_), Some(_)) => Err(LabelError::NotALabel("it holds several".into())),
    }
}

fn is_label(element: &Element) -> bool {
    let full = matches!(
        element.name.as_str(),
        "originatorConfidentialityLabel"
            | "ConfidentialityLabel"
            | "alternativeConfidentialityLabel"
            | "metadataConfidentialityLabel"
    );
    full || (element.name == "label" && element.first("classification").is_some())
}

/// Reads a label from its element.
pub(crate) fn read_element(element: &Element, policies: &Policies) -> Result<Label, LabelError> {
    let content = content(element, policies)?;
    if content.levels != 1 {
        return Err(LabelError::NotALabel("it names several levels".into()));
    }
    let Content { policy, level, categories, privacy_mark, .. } = content;
    Ok(Label { policy, level, categories, privacy_mark })
}

/// Reads what a label or clearance says, in either form.
pub(crate) fn content(element: &Element, policies: &Policies) -> Result<Content, LabelError> {
    if element.first("policy").is_some() || element.first("classification").is_some() {
        return short_form(element, policies);
    }
    let information = element.first("ConfidentialityInformation").unwrap_or(element);
    let all = |name: &'static str| information.walk().filter(move |e| e.name == name);
    let identifier = all("PolicyIdentifier").next();
    let identifier = identifier.ok_or_else(|| LabelError::NotALabel("no PolicyIdentifier".into()))?;
    let policy = policy_named(identifier, policies)?;
    let mut levels = Vec::new();
    for classification in all("Classification") {
        levels.push(policy.level_in_words(&classification.token())?.code.clone());
    }
    let mut categories = BTreeSet::new();
    for category in all("Category") {
        read_category(category, policy, &mut categories)?;
    }
    let privacy_mark = all("PrivacyMark").next().map(Element::token).filter(|mark| !mark.is_empty());
    if privacy_mark.as_deref().is_some_and(|mark| !is_plain(mark)) {
        return Err(LabelError::BadText("privacy mark"));
    }
    let level = highest_level(policy, &levels)?;
    let (policy, levels) = (policy.id().clone(), levels.len());
    Ok(Content { policy, level, levels, categories, privacy_mark })
}

/// The policy of a `PolicyIdentifier`: by its text, else by its object identifier; where both are given they
/// must agree.
fn policy_named<'a>(identifier: &Element, policies: &'a Policies) -> Result<&'a Policy, LabelError> {
    let name = identifier.token();
    let unknown = || LabelError::UnknownPolicy(name.clone());
    let address = uri(identifier).and_then(oid);
    let policy = policies.find(&name).or_else(|| policies.find(address?)).ok_or_else(unknown)?;
    match address {
        Some(other) if other != policy.id().as_str() => Err(unknown()),
        _ => Ok(policy),
    }
}

/// `URI`, or what it is misspelt as.
fn uri(element: &Element) -> Option<&str> {
    ["URI", "URL", "uri", "url"].iter().find_map(|name| element.attribute(name))
}

fn highest_level(policy: &Policy, levels: &[Code]) -> Result<Code, LabelError> {
    let known = levels.iter().filter_map(|code| policy.level(code));
    let highest = known.max_by_key(|level| (level.hierarchy, level.code.clone()));
    highest.map(|level| level.code.clone()).ok_or_else(|| LabelError::NotALabel("no level".into()))
}

/// One `Category` element: its values are names, integers or the bits of a set.
fn read_category(
    element: &Element,
    policy: &Policy,
    categories: &mut BTreeSet<CategoryKey>,
) -> Result<(), LabelError> {
    let name = element.attribute("TagName").or_else(|| element.attribute("tagName"));
    let name = collapse(name.unwrap_or_default());
    let by_id = uri(element).and_then(oid);
    let by_id = by_id.and_then(|id| policy.tag_sets().iter().find(|set| set.id == id));
    let Some(set) = by_id.or_else(|| policy.tag_set_named(&name)) else {
        return Err(LabelError::UnknownTagSet(name));
    };
    let wanted = element.attribute("Type").or_else(|| element.attribute("type")).map(str::trim);
    let fits = |kind: TagKind| match wanted.map(str::to_ascii_uppercase).as_deref() {
        Some("RESTRICTIVE") => kind.is_restrictive(),
        Some("PERMISSIVE") => kind.is_permissive(),
        Some("INFORMATIVE") => kind == TagKind::Informative,
        Some(_) => false,
        None => true,
    };
    let all = || set.tags.iter().filter(|tag| fits(tag.kind)).flat_map(|tag| tag.categories.iter());
    let mut add = |test: &dyn Fn(&Category) -> bool, value: &str| {
        let mut found = all().filter(|category| test(category));
        match (found.next(), found.next()) {
            (Some(one), None) if !one.ambiguous => categories.insert(one.key.clone()),
            (None, _) => {
                let value = value.chars().take(80).collect();
                return Err(LabelError::UnknownCategory { set: set.name.clone(), value });
            }
            _ => return Err(LabelError::Ambiguous { set: set.name.clone(), value: value.to_owned() }),
        };
        if categories.len() > MAX_CATEGORIES {
            return Err(LabelError::TooManyCategories);
        }
        Ok(())
    };
    for value in &element.children {
        let text = value.token();
        match value.name.as_str() {
            "GenericValue" => {
                let folded = text.to_lowercase();
                let exact = all().any(|category| category.name == text);
                let named = |c: &Category| c.name == text || (!exact && c.name.to_lowercase() == folded);
                add(&named, &text)?;
            }
            "IntegerValue" => {
                let code = Code::new(&text)?;
                add(&|category| category.key.code == code, &text)?;
            }
            "BitStringValue" => {
                for (place, bit) in text.bytes().enumerate() {
                    match bit {
                        b'0' => {}
                        b'1' => {
                            let code = Code::number(place as u64);
                            add(&|category| category.key.code == code, code.as_str())?;
                        }
                        _ => return Err(LabelError::BadText("bit string")),
                    }
                }
            }
            other => {
                return Err(LabelError::UnknownCategory { set: set.name.clone(), value: other.to_owned() });
            }
        }
    }
    Ok(())
}

/// The short form: `policy id`, `classification lacv`, `tag type id lacv`.
fn short_form(element: &Element, policies: &Policies) -> Result<Content, LabelError> {
    let missing = |what: &str| LabelError::NotALabel(format!("no {what}"));
    let id = element.first("policy").and_then(|p| p.attribute("id")).ok_or_else(|| missing("policy"))?;
    let policy = policies.get(&PolicyId::new(id)?);
    let policy = policy.ok_or_else(|| LabelError::UnknownPolicy(id.to_owned()))?;
    let mut levels = Vec::new();
    for classification in element.all("classification") {
        let code = Code::new(classification.attribute("lacv").ok_or_else(|| missing("lacv"))?)?;
        if policy.level(&code).is_none() {
            return Err(LabelError::UnknownLevel(code.to_string()));
        }
        levels.push(code);
    }
    let mut categories = BTreeSet::new();
    for tag in element.all("tag") {
        let value = |name: &str| tag.attribute(name).ok_or_else(|| missing(name));
        let kind = match value("type")?.trim() {
            "restrictive" => TagKind::Restrictive,
            "permissive" => TagKind::Permissive,
            "enumeratedRestrictive" => TagKind::EnumeratedRestrictive,
            "enumeratedPermissive" => TagKind::EnumeratedPermissive,
            "informative" => TagKind::Informative,
            other => return Err(LabelError::UnknownTagSet(other.to_owned())),
        };
        let set = value("id")?;
        let set = oid(set).ok_or_else(|| LabelError::UnknownTagSet(set.to_owned()))?.to_owned();
        let key = CategoryKey { set, kind, code: Code::new(value("lacv")?)? };
        policy.sure_category(&key)?;
        categories.insert(key);
        if categories.len() > MAX_CATEGORIES {
            return Err(LabelError::TooManyCategories);
        }
    }
    let level = highest_level(policy, &levels)?;
    let (policy, levels) = (policy.id().clone(), levels.len());
    Ok(Content { policy, level, levels, categories, privacy_mark: None })
}

/// Writes a label, valid against the schema of the standard (`nl-cl` 1.3).
///
/// # Errors
/// A policy, level or category that is not known.
pub fn write(label: &Label, policies: &Policies, created: Timestamp) -> Result<String, LabelError> {
    Ok(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", write_element(label, policies, created)?))
}

/// Writes the label's element alone, to stand inside another document.
pub(crate) fn write_element(
    label: &Label,
    policies: &Policies,
    created: Timestamp,
) -> Result<String, LabelError> {
    let policy = policies.of(label)?;
    let level = policy.level_of(label)?;
    for key in &label.categories {
        policy.sure_category(key)?;
    }
    let mut out = format!("<originatorConfidentialityLabel xmlns=\"{NAMESPACE}\">\n");
    out.push_str("  <ConfidentialityInformation>\n");
    out.push_str(&format!(
        "    <PolicyIdentifier URI=\"urn:oid:{}\">{}</PolicyIdentifier>\n",
        policy.id(),
        escape(policy.name())
    ));
    out.push_str(&format!("    <Classification>{}</Classification>\n", escape(&level.name)));
    if let Some(mark) = &label.privacy_mark {
        out.push_str(&format!("    <PrivacyMark>{}</PrivacyMark>\n", escape(mark)));
    }
    for set in policy.tag_sets() {
        for tag in &set.tags {
            let mut chosen = tag.categories.iter().filter(|c| label.categories.contains(&c.key)).peekable();
            if chosen.peek().is_none() {
                continue;
            }
            let kind = match tag.kind {
                TagKind::Restrictive | TagKind::EnumeratedRestrictive => "RESTRICTIVE",
                TagKind::Permissive | TagKind::EnumeratedPermissive => "PERMISSIVE",
                TagKind::Informative => "INFORMATIVE",
            };
            out.push_str(&format!(
                "    <Category TagName=\"{}\" Type=\"{kind}\" URI=\"urn:oid:{}\">\n",
                escape(&set.name),
                set.id
            ));
            for category in chosen {
                out.push_str(&format!("      <GenericValue>{}</GenericValue>\n", escape(&category.name)));
            }
            out.push_str("    </Category>\n");
        }
    }
    out.push_str("  </ConfidentialityInformation>\n");
    out.push_str(&format!("  <CreationDateTime>{created}</CreationDateTime>\n"));
    out.push_str("</originatorConfidentialityLabel>");
    Ok(out)
}
