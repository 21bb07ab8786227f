//! What is attached to a version of a document, as a page lists it. Must not know who may see it: the reading gave it.

use maud::{Markup, html};
use office::texts::Voice;
use registry::{DocumentId, document::ReadingOutcome};
use store::visible::{EnclosureView, VersionView};

use crate::{look::card, pages::shown};

/// The card beside the text; nothing where nothing is attached.
pub fn attached(say: Voice<'_>, document: DocumentId, version: Option<&VersionView>) -> Markup {
    match version.filter(|v| !v.enclosures.is_empty()) {
        Some(version) => card(&say.t("document-attached"), &list(say, document, version)),
        None => html! {},
    }
}

/// How many there are and which, beneath the file that they came with; nothing where nothing is attached.
pub fn beneath(say: Voice<'_>, document: DocumentId, version: &VersionView) -> Markup {
    if version.enclosures.is_empty() {
        return html! {};
    }
    html! {
        div.quiet { (say.tr("document-enclosures", &[("n", version.enclosures.len().into())])) }
        (list(say, document, version))
    }
}

fn list(say: Voice<'_>, document: DocumentId, version: &VersionView) -> Markup {
    html! {
        ul.stack {
            @for enclosure in &version.enclosures {
                li {
                    (enclosure.file_name)
                    div.quiet {
                        (say.size(enclosure.size)) " " (shown::reading_chip(say, enclosure.reading))
                        @if let Some(href) = address(document, version, enclosure) {
                            @let whole = say.tr("document-download-file", &[("name", enclosure.file_name.as_str().into())]);
                            " " a href=(href) aria-label=(whole) { (say.t("document-download")) }
                        }
                    }
                }
            }
        }
    }
}

/// Where it is given out; none where it, or what it came with, is held back.
fn address(document: DocumentId, version: &VersionView, enclosure: &EnclosureView) -> Option<String> {
    let held_back = [version.reading, enclosure.reading].contains(&ReadingOutcome::Quarantined);
    (!held_back).then(|| format!("/documents/{document}/file/{}/{}", version.number, enclosure.position))
}
