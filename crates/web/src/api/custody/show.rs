//! How copies, dispatches, certificates and incidents look in JSON. What is of several papers names each by its reference
//! alone: a receipt never shows a subject. What the reader may not know of, the office has left out. Must not fetch anything.

use office::{
    custody::{
        CertificateRow, ChainLink, CopyRow, DispatchRow, HolderName, IncidentRow,
        emergency::{EmergencyLine, EmergencyPlace},
        unlogged::UnloggedRow,
    },
    texts::Language,
};
use registry::{
    PersonId,
    custody::{
        Container,
        copy::{Event, Holder},
        fact::Receipt,
    },
    house::House,
};
use serde_json::{Value, json};
use store::{Visible, custody::seen::CopyView, visible::EntryView};

use crate::api::view;

/// Who answers for something, or shall have it.
fn holder(holder: &HolderName) -> Value {
    match holder {
        HolderName::Desk => json!({"is": "desk", "id": null, "name": null}),
        HolderName::Container(id, name) => json!({"is": "container", "id": id, "name": name}),
        HolderName::Person(id, name) => json!({"is": "person", "id": id, "name": name}),
        HolderName::Registry(code) => json!({"is": "registry", "id": null, "name": code}),
        HolderName::Elsewhere(name) => json!({"is": "elsewhere", "id": null, "name": name}),
    }
}

pub(super) fn someone(id: PersonId, name: &str) -> Value {
    json!({"id": id, "name": name})
}

/// A copy as a line of a list.
pub(super) fn copy(row: &CopyRow, house: &House) -> Value {
    let (view, copy) = (&row.view, &row.view.copy);
    let sent = row
        .sent
        .as_ref()
        .map(|sent| json!({"dispatch": sent.dispatch, "receipt": sent.receipt, "to": holder(&sent.to)}));
    let shelf = match &copy.holder {
        Holder::Container { shelf, .. } => shelf.as_deref(),
        _ => None,
    };
    json!({
        "id": copy.id,
        "registry": view::code(row.registry, house),
        "name": view.name(),
        "log": view.control.log,
        "control": view.control.text(),
        "number": copy.number,
        "of": view.of,
        "pages": copy.pages,
        "medium": copy.medium,
        "origin": copy.origin,
        "made_from": view.from,
        "entry": view::entry(&row.entry, house),
        "state": copy.standing.as_str(),
        "since": copy.since.to_string(),
        "holder": holder(&row.holder),
        "sent": sent,
        "drawn_up": view.drawn_up.is_some(),
        "shelf": shelf,
        "home": row.home.as_ref().map(holder),
        "back_by": copy.back_by,
        "days_late": row.loan.and_then(|loan| loan.late),
        "recorded_at": view.recorded_at.to_string(),
        "recorded_by": view.recorded_by,
        "words": view.words,
    })
}

/// A link of the chain of a copy.
pub(super) fn link(link: &ChainLink) -> Value {
    let receipt = link.receipt.as_ref().map(|(id, number)| json!({"dispatch": id, "receipt": number}));
    let back_by = match &link.link.event {
        Event::Sent { back_by, .. } => *back_by,
        Event::Prolonged { until } => Some(*until),
        _ => None,
    };
    json!({
        "what": link.link.event.as_str(),
        "at": link.link.at.to_string(),
        "written_at": link.link.time.to_string(),
        "written_by": someone(link.link.actor, &link.actor),
        "holder": link.holder.as_ref().map(holder),
        "receipt": receipt,
        "back_by": back_by,
        "words": link.link.words,
    })
}

/// A copy as it is named on what is of several: not who has it now.
fn named(view: &CopyView) -> Value {
    json!({
        "id": view.copy.id,
        "name": view.name(),
        "document": view.copy.document,
        "number": view.copy.number,
        "of": view.of,
        "pages": view.copy.pages,
        "medium": view.copy.medium,
    })
}

fn all_named(copies: &[CopyView]) -> Vec<Value> {
    copies.iter().map(named).collect()
}

/// The papers of which copies are: by reference and marking.
fn papers(entries: &[Visible<EntryView>], house: &House) -> Vec<Value> {
    let policies = &house.policies;
    let paper = |entry: &Visible<EntryView>| {
        json!({
            "id": entry.document,
            "reference": entry.reference,
            "label": view::label(entry.label.as_ref(), policies),
            "marking": view::marking(entry.label.as_ref(), policies, Language::En),
            "marking_fr": view::marking(entry.label.as_ref(), policies, Language::Fr),
        })
    };
    entries.iter().map(paper).collect()
}

/// A dispatch, with the receipts that came back.
pub(super) fn dispatch(row: &DispatchRow, house: &House) -> Value {
    let sent = &row.view.dispatch;
    let waits = row.view.copies.iter().filter(|view| view.copy.standing.sent_with() == Some(sent.id));
    let waits: Vec<_> = waits.map(|view| view.copy.id).collect();
    let receipt = |(receipt, at, by): &(Receipt, registry::Timestamp, PersonId)| {
        json!({
            "signed": receipt.signed,
            "by": receipt.by,
            "at": receipt.at.to_string(),
            "written_at": at.to_string(),
            "written_by": by,
            "scan": receipt.scanned,
            "copies": receipt.copies,
            "discrepancies": receipt.discrepancies,
        })
    };
    json!({
        "id": sent.id,
        "registry": view::code(row.registry, house),
        "receipt": sent.receipt(),
        "to": holder(&row.to),
        "bearer": sent.bearer,
        "back_by": sent.back_by,
        "at": sent.at.to_string(),
        "written_at": row.view.sent_at.to_string(),
        "sent_by": someone(row.view.sent_by, &row.sent_by),
        "despite": sent.despite,
        "state": if row.view.due { "due" } else { "given" },
        "late": row.late.map(office::custody::Lateness::as_str),
        "days": row.days,
        "traces": row.view.traces,
        "traced_at": row.view.traced_at.map(|at| at.to_string()),
        "copies": all_named(&row.view.copies),
        "waits_for": waits,
        "papers": papers(&row.entries, house),
        "receipts": row.view.receipts.iter().map(receipt).collect::<Vec<_>>(),
    })
}

/// A certificate of destruction.
pub(super) fn certificate(row: &CertificateRow, house: &House) -> Value {
    let (view, drawn) = (&row.view, &row.view.certificate);
    let signed: Vec<Value> = view
        .signed
        .iter()
        .zip(&row.signed)
        .map(|((hand, person, at), name)| {
            json!({"hand": hand, "person": someone(*person, name), "at": at.to_string()})
        })
        .collect();
    let state = match (&view.withdrawn, view.ended_at) {
        (Some(_), _) => "withdrawn",
        (None, Some(_)) => "destroyed",
        (None, None) => "open",
    };
    json!({
        "id": drawn.id,
        "registry": view::code(row.registry, house),
        "certificate": drawn.text(),
        "method": drawn.method,
        "witnessed": drawn.witnessed,
        "drawn_up_by": someone(view.drawn_by, &row.drawn_by),
        "drawn_up_at": view.drawn_at.to_string(),
        "signed": signed,
        "state": state,
        "ended_at": view.ended_at.map(|at| at.to_string()),
        "withdrawn": view.withdrawn,
        "copies": all_named(&view.copies),
        "papers": papers(&row.entries, house),
    })
}

/// A report that is due.
fn due(due: &registry::custody::clock::Due) -> Value {
    json!({"report": due.report, "by": due.by.to_string(), "late": due.late})
}

/// An incident, with what was found out.
pub(super) fn incident(row: &IncidentRow, house: &House) -> Value {
    let view = &row.view;
    let notes: Vec<Value> = view
        .notes
        .iter()
        .zip(&row.noted_by)
        .map(|(note, name)| {
            json!({
                "words": note.words, "report": note.report, "closes": note.closes, "at": note.time.to_string(),
                "by": someone(note.actor, name),
            })
        })
        .collect();
    json!({
        "id": view.incident.id,
        "registry": view::code(row.registry, house),
        "incident": view.incident.text(),
        "is": view.incident.is,
        "words": view.incident.words,
        "opened_by": someone(view.opened_by, &row.opened_by),
        "opened_at": view.opened_at.to_string(),
        "state": if view.closed_at.is_some() { "closed" } else { "open" },
        "closed_at": view.closed_at.map(|at| at.to_string()),
        "days": row.days,
        "copies": all_named(&view.copies),
        "papers": papers(&row.entries, house),
        "notes": notes,
        "due": row.due.iter().map(due).collect::<Vec<_>>(),
    })
}

/// A container, with how many copies lie in it.
pub(super) fn container(one: &Visible<(Container, u64)>, house: &House) -> Value {
    let (container, copies) = &**one;
    let approved: Vec<_> =
        container.approved.iter().filter_map(|c| house.policies.name_clearance(c).ok()).collect();
    json!({
        "id": container.id, "name": container.name, "place": container.location, "approved": approved,
        "copies": copies,
    })
}

/// A paper that stands in no log.
pub(super) fn unlogged(row: &UnloggedRow, house: &House) -> Value {
    json!({
        "entry": view::entry(&row.entry, house),
        "state": row.state(),
        "since": row.since,
        "days": row.days,
        "until": row.until,
    })
}

/// A place of the list for an emergency.
pub fn emergency(place: &EmergencyPlace) -> Value {
    let line =
        |line: &EmergencyLine| json!({"log": line.log, "priority": line.priority, "copies": line.copies});
    json!({
        "location": place.location,
        "holder": holder(&place.holder),
        "lines": place.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
