//! Reading single values of a policy file: attributes, dates, colours, references. Owns their forms and
//! their errors; must not know the policy's structure.

use jiff::civil::Date;

use super::{CategoryGroup, CategoryRef, Colour, Operation, PolicyError, Validity};
use crate::label::{Code, TagKind, is_plain, oid};
use crate::marking::{Markings, Phrase, Place, Qualifier, QualifierKind};
use crate::xml::{Element, collapse};

/// Where in the file we are, in words, for errors: `tagCategory "UKR" of securityCategoryTagSet "Only"`.
pub(super) fn place(element: &Element, within: &str) -> String {
    let name = element.attribute("name").or_else(|| element.attribute("policyRef"));
    let here = match name {
        Some(name) => format!("{} {name:?}", element.name),
        None => element.name.clone(),
    };
    if within.is_empty() { here } else { format!("{here} of {within}") }
}

pub(super) fn bad(what: &'static str, value: &str, at: &str) -> PolicyError {
    PolicyError::Bad { what, value: value.chars().take(80).collect(), at: at.to_owned() }
}

/// An attribute that must be there, collapsed, not empty and of bounded length.
pub(super) fn needed(element: &Element, what: &'static str, at: &str) -> Result<String, PolicyError> {
    match optional(element, what, at)? {
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(PolicyError::Missing { what, at: at.to_owned() }),
    }
}

/// An attribute that may be there.
pub(super) fn optional(
    element: &Element,
    what: &'static str,
    at: &str,
) -> Result<Option<String>, PolicyError> {
    let Some(value) = element.attribute(what).map(collapse) else {
        return Ok(None);
    };
    if is_plain(&value) { Ok(Some(value)) } else { Err(bad(what, &value, at)) }
}

pub(super) fn needed_oid(element: &Element, what: &'static str, at: &str) -> Result<String, PolicyError> {
    let value = needed(element, what, at)?;
    oid(&value).map(str::to_owned).ok_or_else(|| bad(what, &value, at))
}

pub(super) fn code(element: &Element, what: &'static str, at: &str) -> Result<Code, PolicyError> {
    let value = needed(element, what, at)?;
    Code::new(&value).map_err(|_| bad(what, &value, at))
}

pub(super) fn truth(element: &Element, what: &'static str, at: &str) -> Result<Option<bool>, PolicyError> {
    match element.attribute(what).map(str::trim) {
        None => Ok(None),
        Some("true" | "1") => Ok(Some(true)),
        Some("false" | "0") => Ok(Some(false)),
        Some(other) => Err(bad(what, other, at)),
    }
}

pub(super) fn flag(element: &Element, what: &'static str, at: &str) -> Result<bool, PolicyError> {
    Ok(truth(element, what, at)?.unwrap_or(false))
}

/// A number of selections; `unbounded` is none.
pub(super) fn selection(
    element: &Element,
    what: &'static str,
    at: &str,
) -> Result<Option<usize>, PolicyError> {
    match element.attribute(what).map(str::trim) {
        None | Some("unbounded") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| bad(what, text, at)),
    }
}

/// `notBefore` and `notAfter`, a date or a date with time, of which the day counts.
pub(super) fn validity(element: &Element, at: &str) -> Result<Validity, PolicyError> {
    let day = |what: &'static str| -> Result<Option<Date>, PolicyError> {
        let Some(text) = element.attribute(what).map(str::trim) else {
            return Ok(None);
        };
        let (date, rest) = text.split_at_checked(10).ok_or_else(|| bad(what, text, at))?;
        // A longer text is a date with time; anything else after the day is not understood, so refused.
        if !rest.is_empty() && !rest.starts_with('T') {
            return Err(bad(what, text, at));
        }
        date.parse().map(Some).map_err(|_| bad(what, text, at))
    };
    Ok(Validity { from: day("notBefore")?, to: day("notAfter")? })
}

/// `#rrggbb` or one of the sixteen names of the SPIF schema.
pub(super) fn colour(element: &Element, at: &str) -> Result<Option<Colour>, PolicyError> {
    let Some(text) = element.attribute("color").map(str::trim) else {
        return Ok(None);
    };
    let hex = match text {
        "aqua" => "00ffff",
        "black" => "000000",
        "blue" => "0000ff",
        "fuschia" | "fuchsia" => "ff00ff",
        "gray" => "808080",
        "green" => "008000",
        "lime" => "00ff00",
        "maroon" => "800000",
        "navy" => "000080",
        "olive" => "808000",
        "purple" => "800080",
        "red" => "ff0000",
        "silver" => "c0c0c0",
        "teal" => "008080",
        "white" => "ffffff",
        "yellow" => "ffff00",
        other => other.strip_prefix('#').unwrap_or(""),
    };
    let digits = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
    match u32::from_str_radix(hex, 16) {
        Ok(value) if digits => {
            let [_, red, green, blue] = value.to_be_bytes();
            Ok(Some(Colour { red, green, blue }))
        }
        _ => Err(bad("color", text, at)),
    }
}

/// The kind of a tag. `notApplicable` is none.
pub(super) fn kind(element: &Element, at: &str) -> Result<Option<TagKind>, PolicyError> {
    let tag_type = needed(element, "tagType", at)?;
    let enumerated = element.attribute("enumType").map(str::trim);
    match (tag_type.as_str(), enumerated) {
        ("restrictive", _) => Ok(Some(TagKind::Restrictive)),
        ("permissive", _) => Ok(Some(TagKind::Permissive)),
        ("enumerated", Some("restrictive")) => Ok(Some(TagKind::EnumeratedRestrictive)),
        ("enumerated", Some("permissive")) => Ok(Some(TagKind::EnumeratedPermissive)),
        ("enumerated", None) => Err(PolicyError::Missing { what: "enumType", at: at.to_owned() }),
        ("enumerated", Some(other)) => Err(bad("enumType", other, at)),
        ("tagType7", _) => Ok(Some(TagKind::Informative)),
        ("notApplicable", _) => Ok(None),
        (other, _) => Err(bad("tagType", other, at)),
    }
}

/// A `categoryGroup` or `excludedCategory`.
pub(super) fn reference(element: &Element, within: &str) -> Result<CategoryRef, PolicyError> {
    let at = place(element, within);
    let set = needed(element, "tagSetRef", &at)?;
    let kind = kind(element, &at)?.ok_or_else(|| bad("tagType", "notApplicable", &at))?;
    let code = match (element.attribute("lacv"), flag(element, "all", &at)?) {
        (Some(_), false) => Some(code(element, "lacv", &at)?),
        (None, true) => None,
        (Some(both), true) => return Err(bad("lacv", both, &at)),
        (None, false) => return Err(PolicyError::Missing { what: "lacv", at }),
    };
    Ok(CategoryRef { set, kind, code })
}

/// The `requiredCategory` elements of an element.
pub(super) fn groups(element: &Element, at: &str) -> Result<Vec<CategoryGroup>, PolicyError> {
    let group = |required: &Element| -> Result<CategoryGroup, PolicyError> {
        let operation = match needed(required, "operation", at)?.as_str() {
            "onlyOne" => Operation::OnlyOne,
            "oneOrMore" => Operation::OneOrMore,
            "all" => Operation::All,
            other => return Err(bad("operation", other, at)),
        };
        let members: Result<Vec<_>, _> = required.all("categoryGroup").map(|m| reference(m, at)).collect();
        let members = members?;
        if members.is_empty() {
            return Err(PolicyError::Missing { what: "categoryGroup", at: at.to_owned() });
        }
        Ok(CategoryGroup { operation, members })
    };
    element.all("requiredCategory").map(group).collect()
}

/// The `markingData` and `markingQualifier` elements of an element.
pub(super) fn markings(element: &Element, at: &str) -> Result<Markings, PolicyError> {
    let mut out = Markings::default();
    for data in element.all("markingData") {
        let places = data.all("code").map(|code| Place::of(&code.token())).collect();
        // A phrase keeps its inner blanks but not stray line ends; an empty one shows nothing.
        let phrase = match data.attribute("phrase") {
            Some(text) if is_plain(text.trim()) => Some(text.trim().to_owned()),
            Some(text) => return Err(bad("phrase", text, at)),
            None => None,
        };
        out.phrases.push(Phrase { language: data.language().map(primary), phrase, places });
    }
    for qualifiers in element.all("markingQualifier") {
        let place = qualifiers.attribute("markingCode").map(Place::of);
        for qualifier in qualifiers.all("qualifier") {
            let text = match qualifier.attribute("markingQualifier") {
                Some(text) if is_plain(text) => text.to_owned(),
                Some(text) => return Err(bad("markingQualifier", text, at)),
                None => return Err(PolicyError::Missing { what: "markingQualifier", at: at.to_owned() }),
            };
            let kind = match needed(qualifier, "qualifierCode", at)?.as_str() {
                "prefix" => QualifierKind::Prefix,
                "suffix" => QualifierKind::Suffix,
                "separator" => QualifierKind::Separator,
                other => return Err(bad("qualifierCode", other, at)),
            };
            let language = qualifier.language().or_else(|| qualifiers.language()).map(primary);
            out.qualifiers.push(Qualifier { language, place: place.clone(), kind, text });
        }
    }
    Ok(out)
}

/// The primary part of a language tag: `fr` of `fr-CA`.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).trim().to_ascii_lowercase()
}
