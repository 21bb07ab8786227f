//! What is counted of documents, by class and facet: so that a list tells its totals without looking at documents.

use registry::RegistryId;

use crate::transaction::Write;

/// What of a document is counted: in its class, by facet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counted {
    pub(super) class: u32,
    pub(super) kind: String,
    pub(super) direction: String,
    pub(super) originator: Option<String>,
    pub(super) year: Option<i16>,
}

/// Counts a document in, or out again.
pub(super) fn count(write: &mut Write, registry: RegistryId, counted: &Counted, by: i64) {
    let mut one = |facet: &'static str, name: &str| {
        *write.rows.counts.entry((registry, counted.class, facet, name.to_owned())).or_default() += by;
    };
    one("", "");
    one("kind", &counted.kind);
    one("direction", &counted.direction);
    if let Some(originator) = &counted.originator {
        one("originator", originator);
    }
    if let Some(year) = counted.year {
        one("year", &year.to_string());
    }
}
