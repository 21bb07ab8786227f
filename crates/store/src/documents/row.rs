//! A row of the register as its viewer sees it: all of it, its subject, or only what is handled; or not at all. The words of
//! its columns, read.

use registry::{
    AccessRule, DocumentDate, DocumentId,
    document::Direction,
    formal::{Formal, Precedence},
    reference::ReferenceKind,
};

use super::{Order, Place};
use crate::{
    classes::{Rules, rule},
    error::StoreError,
    planted::{Leak, leaks},
    sql::Row,
    visible::{EntryView, PageKey, SightMark, Visible},
};

/// The columns of a row, in the order in which it is read.
pub(crate) const COLUMNS: &str = "document_id, class_no, reference, direction, kind, day, date_civil, date_written, language, originator, subject, held_elsewhere, registered_at, sequence, preferred, precedence, info_precedence, dtg";

/// A row as its viewer sees it; none: it is not for him.
pub(crate) fn entry(
    place: &Place<'_>,
    order: Order,
    row: &Row,
) -> Result<Option<Visible<EntryView>>, StoreError> {
    let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
    let sight = place.sight(class);
    if !sight.read && !sight.handle {
        return Ok(None);
    }
    let document: DocumentId = row.id(0)?;
    let told = !order.is_of_a_registry();
    let at = if told {
        row.int(5)?
    } else if leaks(Leak::Id) {
        row.int(13)?
    } else {
        0
    };
    Ok(Some(Visible::new(EntryView {
        registry: place.registry,
        document,
        reference: row.text(2)?,
        direction: direction(&row.text(3)?)?,
        date: date(row.opt_text(6)?, row.opt_text(7)?)?,
        registered_at: row.time(12)?,
        label: rule_of(place.rules, class)?.content.clone(),
        subject_label: rule_of(place.rules, class)?.subject.clone(),
        held_elsewhere: row.opt_text(11)?,
        sight: SightMark::from(sight),
        preferred: if sight.read { row.opt_text(14)? } else { None },
        subject: if sight.subject { Some(row.text(10)?) } else { None },
        kind: if sight.read { Some(row.text(4)?) } else { None },
        originator: if sight.read { row.opt_text(9)? } else { None },
        language: if sight.read { Some(row.text(8)?) } else { None },
        formal: match sight.read {
            true => formal(row.opt_text(15)?, row.opt_text(16)?, row.opt_text(17)?)?,
            false => Formal::default(),
        },
        key: PageKey { order: at, document },
    })))
}

fn rule_of(rules: &Rules, class: u32) -> Result<&AccessRule, StoreError> {
    rule(rules, class)
        .map(AsRef::as_ref)
        .ok_or_else(|| StoreError::damaged(format!("access class {class} is not there")))
}

/// What a formal message says of its handling.
pub(crate) fn formal(
    precedence: Option<String>,
    info_precedence: Option<String>,
    dtg: Option<String>,
) -> Result<Formal, StoreError> {
    let named = |word: Option<String>| {
        word.map(|word| {
            Precedence::named(&word).ok_or_else(|| StoreError::damaged(format!("precedence {word}")))
        })
        .transpose()
    };
    Ok(Formal { precedence: named(precedence)?, info_precedence: named(info_precedence)?, dtg })
}

/// When a paper says it was written.
pub(crate) fn date(civil: Option<String>, written: Option<String>) -> Result<DocumentDate, StoreError> {
    let civil = civil.map(|text| text.parse()).transpose().map_err(StoreError::damaged)?;
    Ok(DocumentDate { civil, written })
}

/// The way of a paper.
pub(crate) fn direction(text: &str) -> Result<Direction, StoreError> {
    Direction::named(text).ok_or_else(|| StoreError::damaged(format!("direction {text}")))
}

/// What a reference is, by the word of its column.
pub(crate) fn reference_kind(text: &str) -> ReferenceKind {
    match text {
        "register" => ReferenceKind::Register,
        "originator" => ReferenceKind::Originator,
        _ => ReferenceKind::Other,
    }
}
