//! How things of the register look in JSON: labels in words, codes instead of inner identifiers, nothing that the
//! reading did not give. Must not fetch anything.

use label::{Clearance, Label, NamedLabel, Policies};
use office::texts::Language;
use registry::{
    DocumentDate, GroupId, RegistryId,
    authorisation::{Authorisation, Grant},
    house::House,
    person::Person,
};
use serde_json::{Value, json};
use store::visible::{EnclosureView, EntryView, InsideView, SightMark, VersionView};

use crate::{api::references, words};

/// A label in words; null for none, and for one that no policy of the house knows.
pub fn label(label: Option<&Label>, policies: &Policies) -> Option<NamedLabel> {
    label.and_then(|label| policies.name(label).ok())
}

/// The marking of a label; null while it is undetermined.
pub fn marking(label: Option<&Label>, policies: &Policies, language: Language) -> Option<String> {
    label.map(|label| words::marking(label, policies, language))
}

/// The code of a registry.
pub fn code(registry: RegistryId, house: &House) -> Option<&str> {
    house.registry(registry).map(|r| r.code.as_str())
}

/// A document's date: the day, or the part of one that was written.
pub fn date(date: &DocumentDate) -> Option<String> {
    date.iso().or_else(|| date.written.clone())
}

/// An entry of the register.
pub fn entry(entry: &EntryView, house: &House) -> Value {
    let policies = &house.policies;
    let label_of = |l: Option<&Label>| label(l, policies);
    json!({
        "id": entry.document,
        "registry": code(entry.registry, house),
        "reference": entry.reference,
        "direction": entry.direction,
        "date": date(&entry.date),
        "date_written": entry.date.written,
        "registered_at": entry.registered_at.to_string(),
        "label": label_of(entry.label.as_ref()),
        "marking": marking(entry.label.as_ref(), policies, Language::En),
        "marking_fr": marking(entry.label.as_ref(), policies, Language::Fr),
        "subject_label": label_of(entry.subject_label.as_ref()),
        "held_elsewhere": entry.held_elsewhere,
        "sight": match entry.sight { SightMark::Read => "read", SightMark::Handle => "handle" },
        "preferred": entry.preferred,
        "subject": entry.subject,
        "kind": entry.kind,
        "originator": entry.originator,
        "language": entry.language,
        "formal": entry.formal,
    })
}

/// A document: its entry and, for its readers, what is inside.
pub fn document(entry_view: &EntryView, inside: Option<(&InsideView, Value)>, house: &House) -> Value {
    let mut whole = entry(entry_view, house);
    let more = match inside {
        Some((inside, registered_by)) => json!({
            "registered_by": registered_by,
            "references": references::borne(&inside.references),
            "relations": references::stated(&inside.relations),
            "action": inside.action,
            "info": inside.info,
            "need_to_know": groups(&inside.need_to_know, house),
            "versions": inside.versions.iter().map(version).collect::<Vec<_>>(),
        }),
        None => json!({
            "registered_by": null, "references": null, "relations": null, "action": null, "info": null, "need_to_know": null,
            "versions": null,
        }),
    };
    if let (Some(whole), Value::Object(more)) = (whole.as_object_mut(), more) {
        whole.extend(more);
    }
    whole
}

/// Need-to-know groups by their codes; one of each list.
pub fn groups<'a>(lists: &[Vec<GroupId>], house: &'a House) -> Vec<Vec<&'a str>> {
    let codes =
        |any: &Vec<GroupId>| any.iter().filter_map(|g| house.group(*g)).map(|g| g.code.as_str()).collect();
    lists.iter().map(codes).collect()
}

fn version(version: &VersionView) -> Value {
    json!({
        "number": version.number,
        "digest": version.digest.to_string(),
        "size": version.size,
        "media_type": version.media_type,
        "file_name": version.file_name,
        "reading": version.reading,
        "added_at": version.added_at.to_string(),
        "text_size": version.text.map(|(_, size)| size),
        "enclosures": version.enclosures.iter().map(enclosure).collect::<Vec<_>>(),
    })
}

fn enclosure(enclosure: &EnclosureView) -> Value {
    json!({
        "position": enclosure.position,
        "file_name": enclosure.file_name,
        "media_type": enclosure.media_type,
        "size": enclosure.size,
        "digest": enclosure.digest.to_string(),
        "reading": enclosure.reading,
    })
}

/// A person.
pub fn person(person: &Person, house: &House) -> Value {
    json!({
        "id": person.id,
        "login": person.login,
        "name": person.name,
        "nationality": person.nationality,
        "language": person.language,
        "title": person.title,
        "body": person.body.and_then(|b| house.body(b)).map(|b| b.code.as_str()),
        "left": person.left,
    })
}

/// The marking of a clearance's level, without its categories.
fn level_marking(clearance: &Clearance, house: &House) -> String {
    let label = Label::plain(clearance.policy.clone(), clearance.level.clone());
    words::marking(&label, &house.policies, Language::En)
}

/// A clearance, briefing, role or membership.
pub fn grant(grant: &Grant, house: &House) -> Value {
    match grant {
        Grant::Clearance { clearance, authority, number, from, until } => json!({
            "is": "clearance",
            "clearance": house.policies.name_clearance(clearance).ok(),
            "marking": level_marking(clearance, house),
            "authority": authority,
            "number": number,
            "from": from,
            "until": until,
        }),
        Grant::Briefing { policy, subject, on, refresh } => {
            json!({"is": "briefing", "policy": policy, "subject": subject, "on": on, "refresh": refresh})
        }
        Grant::Role { role, registry } => json!({
            "is": "role",
            "role": role,
            "registry": registry.and_then(|r| code(r, house)),
        }),
        Grant::Membership { group } => json!({
            "is": "membership",
            "group": house.group(*group).map(|g| g.code.as_str()),
        }),
        Grant::Extension { of, until, authority, reason } => json!({
            "is": "extension", "of": of, "until": until, "authority": authority, "reason": reason,
        }),
        Grant::Nationality { nationality, reason } => {
            json!({"is": "nationality", "nationality": nationality, "reason": reason})
        }
        Grant::Certificate { certificate } => json!({"is": "certificate", "certificate": certificate}),
        Grant::Specimen { digest, media_type, .. } => {
            json!({"is": "specimen", "digest": digest.to_string(), "media_type": media_type})
        }
    }
}

/// An authorisation with its history; `all` is what the person holds, for what extends it.
pub fn authorisation(
    held: &Authorisation,
    all: &[Authorisation],
    house: &House,
    today: jiff::civil::Date,
) -> Value {
    json!({
        "id": held.id,
        "person": held.person,
        "grant": grant(&held.grant, house),
        "standing": held.standing,
        "in_force": held.in_force(all, today),
        "last_day": held.last_day(all),
        "proposal": held.proposal.to_string(),
        "proposed_by": held.proposed_by,
        "proposed_at": held.proposed_at.to_string(),
        "confirmed_by": held.confirmed_by,
        "confirmed_at": held.confirmed_at.map(|t| t.to_string()),
        "revoked_by": held.revoked.as_ref().map(|r| r.by),
        "revoked_at": held.revoked.as_ref().map(|r| r.at.to_string()),
        "revoked_because": held.revoked.as_ref().map(|r| r.reason.as_str()),
    })
}
