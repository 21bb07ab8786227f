//! The home of a registry's copies, for its staff: how they stand, what is late and waits; and the field into which the number
//! of a copy or of a form is scanned.

use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{
        CertificateRow, CustodyCounts, DispatchRow, IncidentRow, Lateness, books::BookRow, numbered::Found,
    },
    texts::Voice,
};
use registry::{
    Code, Refusal,
    custody::{name::CopyName, number::ActNumber},
    house::Registry,
};
use serde::Deserialize;
use store::custody::seen::Slice;

use super::{
    HOLDINGS, PATH,
    act::Doing,
    books::glance,
    common::{Kept, Part, day, holder, state, ways},
    copies, copy, destruction, incidents,
    lists::{Columns, Shown, few, many},
    receipts,
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Cell, Field, Section, Tone, Width, buttons, card, chip, heading},
    pages::visit::{Visit, refused, told},
};

/// Most rows of each list.
const FEW: usize = 10;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    registry: String,
    q: String,
}

/// What the page shows.
struct Stand {
    kept: Kept,
    counts: CustodyCounts,
    certificates: Vec<CertificateRow>,
    incidents: Vec<IncidentRow>,
    alerts: Vec<BookRow>,
}

impl Stand {
    async fn of(reading: &mut Reading, code: &str) -> Result<Self, WebError> {
        let kept = Kept::of(reading, code)?;
        let few = Slice { most: FEW, ..Slice::ALL };
        let id = kept.chosen.id;
        Ok(Self {
            counts: reading.custody_counts(id).await?,
            certificates: reading.certificates(id, Some(true), few).await?.rows,
            incidents: reading.incidents(id, Some(true), few).await?.rows,
            alerts: reading.book_alerts(id).await?,
            kept,
        })
    }
}

/// The page.
pub async fn home(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let stand = Stand::of(&mut reading, &asking.registry).await?;
    Ok(page(say, &reading, &signed.form_token, &path, &stand, "", None))
}

/// Leads to the copy, the act or the item of a name; where none is found the page says so beside the field.
pub async fn find(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    match found(&mut reading, &kept, asking.q.trim()).await? {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(refusal) => {
            let stand = Stand::of(&mut reading, &kept.chosen.code).await?;
            let here = stand.kept.address(PATH);
            let words = told(say, &refusal);
            let page = page(say, &reading, &signed.form_token, &here, &stand, &asking.q, Some(&words));
            Ok(refused(page, refusal.code))
        }
    }
}

/// The registries in which a name is looked for: the one that it says, else the one that is looked at, then the reader's
/// others.
fn places<'a>(kept: &'a Kept, said: Option<&str>) -> Vec<&'a Registry> {
    match said {
        Some(code) => kept.all.iter().filter(|registry| registry.code == code).collect(),
        None => {
            let others = kept.all.iter().filter(|registry| registry.id != kept.chosen.id);
            std::iter::once(&kept.chosen).chain(others).collect()
        }
    }
}

/// The address of an act or an item by its number; none: it is not there, or not for the reader.
async fn numbered(
    reading: &mut Reading,
    kept: &Kept,
    wanted: &ActNumber,
) -> Result<Option<String>, WebError> {
    for registry in places(kept, wanted.registry.as_deref()) {
        let to = match reading.numbered(registry.id, wanted).await? {
            None => continue,
            Some(Found::Receipt(id)) => format!("{}/{id}", Part::Receipts.path()),
            Some(Found::Certificate(id)) => format!("{}/{id}", Part::Destruction.path()),
            Some(Found::Incident(id)) => format!("{}/{id}", Part::Incidents.path()),
            Some(Found::Muster(id)) => format!("{}/{id}", Part::Musters.path()),
            Some(Found::Item(book, id)) => format!("{}/{id}", Part::Book(book).path()),
        };
        return Ok(Some(to));
    }
    Ok(None)
}

/// The address of what has a name: a copy, an act or an item.
async fn found(reading: &mut Reading, kept: &Kept, typed: &str) -> Result<Result<String, Refusal>, WebError> {
    if typed.is_empty() {
        return Ok(Err(Refusal::on("q", Code::Required)));
    }
    if let Some(wanted) = ActNumber::read(typed) {
        let to = numbered(reading, kept, &wanted).await?;
        return Ok(to.ok_or_else(|| Refusal::on("q", Code::NotFound)));
    }
    let said = CopyName::read(typed).and_then(|name| name.registry);
    let mut named = places(kept, said.as_deref());
    if named.is_empty() {
        // Its refusal says that it is another registry's.
        named.push(&kept.chosen);
    }
    let mut why = None;
    for registry in named {
        match reading.copies_named(registry.id, typed).await {
            Ok(rows) => {
                if let Some(row) = rows.first() {
                    return Ok(Ok(copy::address(row.view.copy.id)));
                }
            }
            Err(Failure::Refused(refusal)) => {
                why.get_or_insert(refusal);
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(Err(why.unwrap_or_else(|| Refusal::on("q", Code::Required))))
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    path: &str,
    stand: &Stand,
    typed: &str,
    wrong: Option<&str>,
) -> Response {
    let kept = &stand.kept;
    let title = say.tr("copies-home-title", &[("registry", kept.name(say).into())]);
    let body = html! {
        (heading(&title, &html! { p { (say.t("copies-home-text")) } }))
        (ways(say, kept, Part::Home))
        (finding(say, kept, typed, wrong))
        div.cols {
            div.stack {
                (glance::alerts(say, reading, &stand.alerts))
                (late(say, reading, &stand.counts.late))
                (unsigned(say, reading, &stand.certificates))
                (incidents(say, reading, &stand.incidents))
            }
            aside.stack {
                (card(&say.t("copies-glance"), &glance(say, stand)))
                (card(&say.t("copies-do"), &doing(say, kept)))
                (glance::books(say, kept, &stand.alerts))
                p { a href=(HOLDINGS) { (say.t("copies-to-own")) } }
            }
        }
    };
    frame::page(say, reading, token, Sheet::plain(&title, path, Some(Section::Custody), body))
}

/// Where the number of a copy or of a form is scanned or typed.
fn finding(say: Voice<'_>, kept: &Kept, typed: &str, wrong: Option<&str>) -> Markup {
    let (label, go) = (say.t("copies-find"), say.t("copies-find-go"));
    let hint = say.t("copies-find-hint");
    let field = Field::new("q", &label).hint(&hint).value(typed).error(wrong).width(Width::Medium).focused();
    html! {
        form.with-button method="get" action={ (PATH) "/find" } {
            input type="hidden" name="registry" value=(kept.chosen.code);
            (field.text(say))
            button.button type="submit" { (go) }
        }
    }
}

/// How many there are of each, each number leading to the list of them.
fn glance(say: Voice<'_>, stand: &Stand) -> Markup {
    let (kept, counts) = (&stand.kept, &stand.counts);
    let copies_in = |standing: &str| {
        let count = counts.standings.get(standing).copied().unwrap_or(0);
        (state(say, standing), format!("{}&state={standing}", kept.address(copies::PATH)), count)
    };
    let late = |late: Lateness, label: &str, n: usize| {
        let href = format!("{}&state={}", kept.address(Part::Receipts.path()), late.as_str());
        (say.t(label), href, many(n))
    };
    let loan = |loan: &str, n: u64| {
        let href = format!("{}&loan={loan}", kept.address(copies::PATH));
        (say.t(&format!("copies-loan-{loan}")), href, n)
    };
    let unlogged = |view: &str, n: usize| {
        let href = format!("{}&state={view}", kept.address(Part::Unlogged.path()));
        (say.t(&format!("copies-unlogged-{view}")), href, many(n))
    };
    let list = [
        copies_in("held"),
        copies_in("under-way"),
        copies_in("missing"),
        late(Lateness::Waiting, "copies-receipts-waiting", counts.waiting),
        late(Lateness::Trace, "copies-receipts-trace", counts.trace),
        late(Lateness::Escalate, "copies-receipts-escalate", counts.escalate),
        loan("out", counts.loans.out),
        loan("due", counts.loans.due),
        loan("overdue", counts.loans.overdue),
        unlogged("due", counts.unlogged.due),
        unlogged("overdue", counts.unlogged.overdue),
        (say.t("copies-unsigned"), kept.address(Part::Destruction.path()), many(counts.unsigned)),
        (say.t("copies-incidents"), kept.address(Part::Incidents.path()), many(counts.incidents)),
    ];
    html! {
        ul.stack {
            @for (label, href, count) in &list {
                li.row { a href=(href) { (label) } span.n { (say.count(*count)) } }
            }
        }
    }
}

/// The acts, and where copies are numbered.
fn doing(say: Voice<'_>, kept: &Kept) -> Markup {
    let acts: Vec<(String, String)> = [Doing::Send, Doing::Keep, Doing::DrawUp]
        .map(|doing| (doing.label(say), doing.address::<&str>(&kept.chosen.code, &[])))
        .to_vec();
    let list: Vec<Button<'_>> = acts.iter().map(|(label, href)| Button::plain(label).to(href)).collect();
    html! {
        (buttons(&list))
        p.quiet { (say.t("copies-number-from-paper")) }
    }
}

/// The receipts that are late, the longest first.
fn late(say: Voice<'_>, reading: &Reading, all: &[DispatchRow]) -> Markup {
    let columns = [
        ("copies-receipt", Cell::Main),
        ("copies-to", Cell::Text),
        ("copies-sent-on", Cell::Short),
        ("copies-days", Cell::Number),
        ("column-state", Cell::Short),
    ];
    let row = |row: &DispatchRow| {
        let name = row.view.dispatch.receipt();
        Shown {
            strong: row.late == Some(Lateness::Escalate),
            cells: vec![
                lead(&receipts::address(row), &name),
                html! { (holder(say, reading, &row.to)) },
                day(say, reading, row.view.dispatch.at),
                html! { (say.integer(row.days)) },
                match row.late {
                    Some(Lateness::Escalate) => chip(Tone::Late, &say.t("copies-receipts-escalate")),
                    _ => chip(Tone::Soon, &say.t("copies-receipts-trace")),
                },
            ],
            name,
        }
    };
    listed(say, ("copies-late", "copies-late-none"), &columns, all.iter().map(row).collect())
}

/// The certificates that wait for a signature, the first drawn up first.
fn unsigned(say: Voice<'_>, reading: &Reading, all: &[CertificateRow]) -> Markup {
    let columns = [
        ("copies-certificate", Cell::Main),
        ("copies-drawn-on", Cell::Short),
        ("copies-method", Cell::Text),
        ("copies-many", Cell::Number),
        ("copies-signatures", Cell::Short),
    ];
    let row = |row: &CertificateRow| {
        let certificate = &row.view.certificate;
        let (name, signed) = (certificate.text(), row.view.signed.len());
        let signed = say.tr("copies-n-of", &[("n", signed.into()), ("of", certificate.signatures().into())]);
        Shown {
            strong: false,
            cells: vec![
                lead(&destruction::address(row), &name),
                day(say, reading, row.view.drawn_at),
                html! { (certificate.method) },
                html! { (say.count(many(certificate.copies.len()))) },
                html! { (signed) },
            ],
            name,
        }
    };
    listed(say, ("copies-unsigned", "copies-unsigned-none"), &columns, all.iter().map(row).collect())
}

/// The incidents that are open, the oldest first.
fn incidents(say: Voice<'_>, reading: &Reading, all: &[IncidentRow]) -> Markup {
    let columns = [
        ("copies-incident", Cell::Main),
        ("copies-kind", Cell::Text),
        ("copies-opened-on", Cell::Short),
        ("copies-days", Cell::Number),
        ("copies-many", Cell::Number),
    ];
    let row = |row: &IncidentRow| {
        let incident = &row.view.incident;
        let name = incident.text();
        Shown {
            strong: false,
            cells: vec![
                lead(&incidents::address(row), &name),
                html! { (incidents::kind_words(say, incident.is)) },
                day(say, reading, row.view.opened_at),
                html! { (say.integer(row.days)) },
                html! { (say.count(many(incident.copies.len()))) },
            ],
            name,
        }
    };
    listed(say, ("copies-incidents", "copies-incidents-none"), &columns, all.iter().map(row).collect())
}

fn lead(href: &str, name: &str) -> Markup {
    html! { a.lead.ref translate="no" href=(href) { (name) } }
}

/// A few rows, whose whole list has a page of its own; where there are none, a line that says so.
fn listed(say: Voice<'_>, (title, none): (&str, &str), columns: &Columns, rows: Vec<Shown>) -> Markup {
    let title = say.t(title);
    html! {
        h2 { (title) }
        @if rows.is_empty() { p.quiet { (say.t(none)) } } @else { (few(say, &title, columns, &rows)) }
    }
}
