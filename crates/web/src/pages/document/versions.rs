//! The versions of a document, each to be fetched, and two of them to be compared.

use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::{DocumentId, document::ReadingOutcome};
use store::visible::{InsideView, VersionView};

use crate::{
    look::{Cell, Column, Empty, Paging, Row, Table, table},
    pages::{comparing, enclosures, shown},
    words,
};

/// The address from which a version is given out.
pub(super) fn file_address(document: DocumentId, version: &VersionView) -> String {
    format!("/documents/{document}/file/{}", version.number)
}

/// The list.
pub(super) fn versions(
    say: Voice<'_>,
    reading: &Reading,
    document: DocumentId,
    inside: &InsideView,
) -> Markup {
    let heads =
        ["document-file", "column-size", "column-registered", "column-state", "document-fingerprint", ""]
            .map(|key| if key.is_empty() { String::new() } else { say.t(key) });
    let [file, size, added, state, print, act] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(file, Cell::Main),
        column(size, Cell::Number),
        column(added, Cell::Short),
        column(state, Cell::Text),
        column(print, Cell::Text),
        column(act, Cell::Short),
    ];
    let download = say.t("document-download");
    let rows: Vec<Row<'_>> = inside
        .versions
        .iter()
        .enumerate()
        .map(|(place, version)| {
            let held_back = version.reading == ReadingOutcome::Quarantined;
            Row {
                value: None,
                name: &version.file_name,
                strong: false,
                cells: vec![
                    html! {
                        (version.file_name)
                        div.quiet {
                            (say.tr("document-version", &[("n", version.number.into())]))
                            @if place == 0 { " · " (say.t("document-current")) }
                            " · " (words::media(say, &version.media_type))
                        }
                        (enclosures::beneath(say, document, version))
                    },
                    html! { (say.size(version.size)) },
                    html! { time { (shown::moment(say, reading, version.added_at)) } },
                    shown::reading_chip(say, version.reading),
                    html! { code.fingerprint { (version.digest) } },
                    html! {
                        @if !held_back { a href=(file_address(document, version)) { (download) } }
                    },
                ],
            }
        })
        .collect();
    let (caption, title) = (say.t("document-versions"), say.t("document-no-versions"));
    let would = say.t("document-no-versions-would");
    let newest = inside.versions.first().map_or(0, |v| v.number);
    let listed = table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &title, would: &would, begin: None },
        },
    );
    html! { (listed) (comparing::choice(say, document, inside, newest.saturating_sub(1), newest)) }
}
