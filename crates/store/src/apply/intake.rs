//! What came and was not registered, in the register tables.

use registry::{ObjectId, id::Digest, intake::DismissalReason};

use super::At;
use crate::{transaction::Write, values};

/// Takes in that something was not registered.
pub(super) fn dismissed(
    write: &mut Write,
    at: &At,
    item: ObjectId,
    digest: Option<Digest>,
    reason: DismissalReason,
    words: Option<&String>,
) {
    write.rows.insert(
        "intake_dismissed",
        &["registry_id", "item_id", "digest", "reason", "words", "dismissed_at", "dismissed_by"],
        values![
            at.registry,
            item,
            digest.map(|digest| digest.0),
            reason.as_str(),
            words.cloned(),
            at.time,
            at.actor
        ],
    );
}
