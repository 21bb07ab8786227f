//! References, relations and numbers in JSON, as programs send and get them.

use registry::{
    ReservationId,
    numbering::{NumberAsk, Numbered},
    reference::{Reference, ReferenceKind},
    relation::{RelationKind, Stated},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// A reference, as sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceAsked {
    kind: ReferenceKind,
    text: String,
}

/// A relation, as sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationAsked {
    kind: RelationKind,
    reference: String,
}

/// A number of a series, as asked for: the next one, or one that is kept.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum NumberAsked {
    /// The one that is kept under a name.
    Reserved(Kept),
    /// The next.
    Next(Numbered),
}

/// The name of a reservation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    reservation: ReservationId,
}

/// References as the register takes them.
pub fn references(asked: Vec<ReferenceAsked>) -> Vec<Reference> {
    asked.into_iter().map(|r| Reference::new(r.kind, r.text)).collect()
}

/// Relations as the register takes them.
pub fn relations(asked: Vec<RelationAsked>) -> Vec<Stated> {
    asked.into_iter().map(|r| Stated::new(r.kind, r.reference)).collect()
}

/// A number as the register takes it.
pub fn number(asked: NumberAsked) -> NumberAsk {
    match asked {
        NumberAsked::Reserved(kept) => NumberAsk::Reserved(kept.reservation),
        NumberAsked::Next(numbered) => NumberAsk::Next(numbered),
    }
}

/// References as programs get them.
pub fn borne(references: &[Reference]) -> Vec<Value> {
    references.iter().map(|r| json!({"kind": r.kind, "text": r.text})).collect()
}

/// Relations as programs get them.
pub fn stated(relations: &[Stated]) -> Vec<Value> {
    relations.iter().map(|r| json!({"kind": r.kind, "reference": r.text})).collect()
}
