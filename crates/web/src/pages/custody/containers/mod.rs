//! The containers of a registry: what stands on each door, where it is, what it may hold, how many copies lie in it; and the
//! form for one more.

pub(super) mod form;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::custody::Container;
use store::Visible;

use super::{
    common::{Kept, Part, ways},
    lists::{Asking, List, Shown, View, views},
};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    frame::{self, Sheet},
    look::{Cell, Section, heading},
    pages::{
        shown,
        visit::{Sent, Visit, Wrong, done},
    },
    signed::Signed,
    words,
};

pub use form::furnish;

/// The columns of a file with their widths.
const HEADS: [(&str, f64); 4] = [
    ("container-name", 24.0),
    ("container-place", 40.0),
    ("container-approved", 48.0),
    ("container-copies", 10.0),
];

/// A container with how many copies lie in it.
type Filled = Visible<(Container, u64)>;

/// The list.
pub async fn list(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let mut sent = form::empty();
    sent.push("command", app.office.new_command().to_string());
    page(say, &mut reading, &signed, &asking, &sent, &Wrong::default()).await
}

async fn page(
    say: Voice<'_>,
    reading: &mut Reading,
    signed: &Signed,
    asking: &Asking,
    sent: &Sent,
    wrong: &Wrong,
) -> Result<Response, WebError> {
    let kept = Kept::of(reading, &asking.registry)?;
    let (all, found) = ordered(reading, &kept, asking).await?;
    let title = say.t("container-list-title");
    let slice = asking.page(asking.newest(false));
    let rows = found.iter().skip(slice.from).take(slice.most);
    let list = List {
        part: Part::Containers,
        asking,
        columns: &[
            ("container-name", Cell::Main),
            ("container-place", Cell::Text),
            ("container-approved", Cell::Text),
            ("container-copies", Cell::Number),
        ],
        all: found.len(),
        rows: rows.map(|one| line(say, reading, &kept, one)).collect(),
        newest: Some(slice.backwards),
        words: ["container-list-caption", "container-list-none", "container-list-would"]
            .map(|key| say.t(key)),
    };
    let count =
        |which: &dyn Fn(&Filled) -> bool| u64::try_from(all.iter().filter(|one| which(one)).count()).ok();
    let states: [View; 3] = [
        ("", say.t("container-view-all"), count(&|_| true)),
        ("filled", say.t("container-view-filled"), count(&|one| one.1 > 0)),
        ("empty", say.t("container-view-empty"), count(&|one| one.1 == 0)),
    ];
    let label = say.t("container-views");
    let body = html! {
        (wrong.shown(say, &form::labels(say)))
        (heading(&title, &html! { p { (kept.name(say)) } p.quiet { (say.t("container-list-text")) } }))
        (ways(say, &kept, Part::Containers))
        @if !all.is_empty() {
            (views(say, asking, Part::Containers, ("state", &label), &states, &asking.state))
        }
        (list.shown(say))
        (form::furnishing(say, reading, signed, &kept, sent, wrong, all.is_empty()))
    };
    let path = kept.address(Part::Containers.path());
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, reading, &signed.form_token, sheet))
}

/// All of them by name, and those that are asked for in the order that is asked for.
async fn ordered(
    reading: &mut Reading,
    kept: &Kept,
    asking: &Asking,
) -> Result<(Vec<Filled>, Vec<Filled>), WebError> {
    let all = reading.containers(kept.chosen.id).await?;
    let mut found = all.clone();
    match asking.state.as_str() {
        "filled" => found.retain(|one| one.1 > 0),
        "empty" => found.retain(|one| one.1 == 0),
        _ => {}
    }
    if asking.newest(false) {
        found.reverse();
    }
    Ok((all, found))
}

fn line(say: Voice<'_>, reading: &Reading, kept: &Kept, one: &Filled) -> Shown {
    let (container, many) = &**one;
    let href = format!("{}&container={}", kept.address(Part::Copies.path()), container.id);
    Shown {
        name: container.name.clone(),
        strong: false,
        cells: vec![
            html! { a.lead href=(href) { (container.name) } },
            html! { (container.location) },
            approved(say, reading, container),
            html! { a href=(href) { (say.count(*many)) } },
        ],
    }
}

/// What a container may hold, a line each.
fn approved(say: Voice<'_>, reading: &Reading, container: &Container) -> Markup {
    html! {
        @for words in approvals(say, reading, container) { div { (words) } }
    }
}

fn approvals(say: Voice<'_>, reading: &Reading, container: &Container) -> Vec<String> {
    if container.approved.is_empty() {
        return vec![say.t("container-anything")];
    }
    let policies = &reading.house.policies;
    let reach = container.approved.iter().map(shown::reach);
    reach.map(|label| words::marking(&label, policies, say.language())).collect()
}

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "containers"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "containers").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let (_, found) = ordered(&mut reading, &kept, asking).await?;
    let lines = found.iter().map(|one| {
        let (container, many) = &**one;
        Line::plain([
            container.name.clone(),
            container.location.clone(),
            approvals(say, &reading, container).join("; "),
            many.to_string(),
        ])
    });
    let lines = lines.collect();
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}
