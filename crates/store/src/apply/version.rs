//! A version of a document in the register tables, with what was read from it and what is attached to it.

use registry::fact::{EnclosureFact, RenditionFact, VersionFact};

use super::At;
use crate::{transaction::Write, values};

pub(super) fn added(write: &mut Write, at: &At, version: &VersionFact) {
    write.rows.contents.insert((at.registry, version.digest), version.document);
    write.rows.insert(
        "version",
        &[
            "registry_id",
            "version_id",
            "document_id",
            "number",
            "object_id",
            "digest",
            "size",
            "media_type",
            "file_name",
            "reading",
            "added_at",
        ],
        values![
            at.registry,
            version.id,
            version.document,
            version.number,
            version.object,
            version.digest.0,
            version.size,
            &version.media_type,
            &version.file_name,
            version.reading.as_str(),
            at.time
        ],
    );
}

pub(super) fn rendition(write: &mut Write, at: &At, rendition: &RenditionFact) {
    write.rows.insert(
        "rendition",
        &["registry_id", "version_id", "kind", "document_id", "object_id", "digest", "size"],
        values![
            at.registry,
            rendition.version,
            rendition.is.as_str(),
            rendition.document,
            rendition.object,
            rendition.digest.0,
            rendition.size
        ],
    );
}

pub(super) fn enclosure(write: &mut Write, at: &At, enclosure: &EnclosureFact) {
    let text = enclosure.text.as_ref();
    write.rows.insert(
        "enclosure",
        &[
            "registry_id",
            "version_id",
            "position",
            "document_id",
            "object_id",
            "digest",
            "size",
            "media_type",
            "file_name",
            "reading",
            "text_object",
            "text_digest",
            "text_size",
        ],
        values![
            at.registry,
            enclosure.version,
            enclosure.position,
            enclosure.document,
            enclosure.object,
            enclosure.digest.0,
            enclosure.size,
            &enclosure.media_type,
            &enclosure.file_name,
            enclosure.reading.as_str(),
            text.map(|t| t.object),
            text.map(|t| t.digest.0),
            text.and_then(|t| i64::try_from(t.size).ok())
        ],
    );
}
