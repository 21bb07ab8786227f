//! Incidents with copies: the list for the staff, what is open first; one of them, and what is added to it, stand beside.

mod export;
mod one;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{IncidentRow, Listed},
    texts::Voice,
};
use registry::{RegistryId, custody::fact::IncidentKind};
use store::custody::seen::Slice;

use super::{
    common::{Kept, Part, day, ways},
    lists::{Asking, List, Shown, View, bare, cut, named, views, whole},
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Cell, Section, Tone, chip, heading},
    pages::{
        shown,
        visit::{Visit, done},
    },
};

pub use export::{values, workbook};
pub use one::{follow, incident};

/// Which incidents are listed.
#[derive(Debug, Clone, Copy)]
struct Filter {
    /// Open, closed, or all.
    open: Option<bool>,
    /// Of which kind; none: of any.
    kind: Option<IncidentKind>,
}

impl Filter {
    fn of(asking: &Asking) -> Self {
        let open = match asking.state.as_str() {
            "all" => None,
            "closed" => Some(false),
            _ => Some(true),
        };
        Self { open, kind: IncidentKind::ALL.into_iter().find(|kind| kind.as_str() == asking.kind) }
    }

    const fn as_str(self) -> &'static str {
        match self.open {
            Some(true) => "open",
            Some(false) => "closed",
            None => "all",
        }
    }
}

/// The newest first where what is past is looked up.
fn newest(asking: &Asking) -> bool {
    asking.newest(Filter::of(asking).open != Some(true))
}

async fn rows(
    reading: &mut Reading,
    registry: RegistryId,
    filter: Filter,
    part: Slice,
) -> Result<Listed<IncidentRow>, Failure> {
    let Some(kind) = filter.kind else { return reading.incidents(registry, filter.open, part).await };
    let mut found = reading.incidents(registry, filter.open, whole(part.backwards)).await?.rows;
    found.retain(|row| row.view.incident.is == kind);
    Ok(cut(found, part))
}

/// The list.
pub async fn list(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let (filter, newest) = (Filter::of(&asking), newest(&asking));
    let found = rows(&mut reading, kept.chosen.id, filter, asking.page(newest)).await?;
    let pills = pills(say, &mut reading, &kept, &asking, filter).await?;
    let title = say.t("incident-list-title");
    let labels = bare(&reading, found.rows.iter().flat_map(|row| &row.entries));
    let list = List {
        part: Part::Incidents,
        asking: &asking,
        columns: &[
            ("copies-incident", Cell::Short),
            ("copies-kind", Cell::Text),
            ("copies-many", Cell::Short),
            ("incident-words", Cell::Main),
            ("copies-opened-on", Cell::Text),
            ("copies-days", Cell::Number),
            ("column-state", Cell::Short),
        ],
        rows: found.rows.iter().map(|row| line(say, &reading, row)).collect(),
        all: found.all,
        newest: Some(newest),
        words: ["incident-list-caption", "incident-list-none", "incident-list-would"].map(|key| say.t(key)),
    };
    let body = html! {
        (heading(&title, &html! { p { (kept.name(say)) } p.quiet { (say.t("incident-list-text")) } }))
        (ways(say, &kept, Part::Incidents))
        (pills)
        (list.shown(say))
    };
    let entries = found.rows.iter().flat_map(|row| &row.entries).map(|entry| &**entry);
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(entries),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// By state, and by kind where there are several in the state.
async fn pills(
    say: Voice<'_>,
    reading: &mut Reading,
    kept: &Kept,
    asking: &Asking,
    filter: Filter,
) -> Result<Markup, Failure> {
    let all = reading.incidents(kept.chosen.id, filter.open, Slice::ALL).await?.rows;
    let none = Slice { most: 0, ..Slice::ALL };
    let open = reading.incidents(kept.chosen.id, Some(true), none).await?.all;
    let states: [View; 3] = [
        ("open", say.t("incident-state-open"), u64::try_from(open).ok()),
        ("closed", say.t("incident-state-closed"), None),
        ("all", say.t("incident-view-all"), None),
    ];
    let of = |kind| u64::try_from(all.iter().filter(|row| row.view.incident.is == kind).count()).ok();
    let mut kinds: Vec<View> = vec![("", say.t("incident-view-any-kind"), u64::try_from(all.len()).ok())];
    for kind in IncidentKind::ALL {
        let count = of(kind).filter(|n| *n > 0);
        if count.is_some() || filter.kind == Some(kind) {
            kinds.push((kind.as_str(), kind_words(say, kind), count));
        }
    }
    let (by_state, by_kind) = (say.t("incident-views"), say.t("copies-kind"));
    let kind = filter.kind.map_or("", IncidentKind::as_str);
    Ok(html! {
        (views(say, asking, Part::Incidents, ("state", &by_state), &states, filter.as_str()))
        @if kinds.len() > 2 || filter.kind.is_some() {
            (views(say, asking, Part::Incidents, ("kind", &by_kind), &kinds, kind))
        }
    })
}

fn line(say: Voice<'_>, reading: &Reading, row: &IncidentRow) -> Shown {
    let name = row.view.incident.text();
    Shown {
        strong: false,
        cells: vec![
            html! { a.lead href=(address(row)) { (name) } },
            html! { (kind_words(say, row.view.incident.is)) },
            named(say, &row.view.copies),
            html! { (row.view.incident.words) },
            html! {
                (day(say, reading, row.view.opened_at))
                div.quiet { (say.tr("receipt-by", &[("name", row.opened_by.as_str().into())])) }
            },
            html! { (say.integer(row.days)) },
            state(say, row),
        ],
        name,
    }
}

/// Where an incident is.
pub fn address(row: &IncidentRow) -> String {
    format!("/custody/incidents/{}", row.view.incident.id)
}

/// A kind of incident in words.
pub fn kind_words(say: Voice<'_>, kind: IncidentKind) -> String {
    say.t(&format!("copies-incident-{}", kind.as_str()))
}

/// Whether it is open, in words.
pub fn state_words(say: Voice<'_>, row: &IncidentRow) -> String {
    say.t(if row.view.closed_at.is_some() { "incident-state-closed" } else { "incident-state-open" })
}

/// Whether it is open.
pub fn state(say: Voice<'_>, row: &IncidentRow) -> Markup {
    let tone = if row.view.closed_at.is_some() { Tone::Good } else { Tone::Late };
    chip(tone, &state_words(say, row))
}
