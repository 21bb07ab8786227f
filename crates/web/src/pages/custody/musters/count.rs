//! Counting: a page for a hand scanner on a tablet or a telephone. One field takes one name after another; what it came to
//! stands beneath it. Several count at once. Where the connection is lost the page keeps what was scanned and sends it when
//! the connection is back, each scan under an identifier of its own, so that none is lost and none counts twice.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::musters::{MusterLine, MusterRow},
    texts::Voice,
};
use registry::{
    Code, Command, Refusal, Timestamp,
    custody::{
        Act,
        muster::{Outcome, Seen},
    },
};
use store::custody::seen::Slice;

use super::{address, outcome, sighted};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Bar, Button, Crumb, Form, Section, Tone, Width, assets, bars, button, card, chip, crumbs, form,
        heading, reference,
    },
    pages::{
        custody::lists::{Asking, bare},
        shown,
        visit::{Posted, Sent, Visit, Wrong, id, labelled, refused},
    },
    signed::Signed,
};

/// Copies that are listed as still to be found.
const FEW: usize = 20;
/// As long as more are to be found, none is listed: the page that follows each scan is of one length and as quick as the first.
const LAST: u32 = 200;
const FIELDS: [(&str, &str); 3] =
    [("scan", "muster-scan"), ("pages", "muster-counted-pages"), ("words", "muster-difference")];

/// The page.
pub async fn count(
    visit: Visit,
    Path(muster): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let row = reading.muster(id(&muster)?).await?;
    if !reading.viewer().handles(row.registry) {
        return Err(WebError::page(Code::NotFound));
    }
    let open = still(&mut reading, &row).await?;
    let last = last(&mut reading, &row, &asking.kind).await?;
    let said = Said { sent: Sent::default(), wrong: Wrong::default(), last };
    Ok(page(say, &app, &reading, &signed, &row, &open, &said))
}

/// A few of those that are still to be found, once they are not many.
async fn still(reading: &mut Reading, row: &MusterRow) -> Result<Vec<MusterLine>, WebError> {
    if row.view.tally.open > LAST {
        return Ok(Vec::new());
    }
    let few = Slice { most: FEW, ..Slice::ALL };
    Ok(reading.muster_lines(row, &[Outcome::Open], few).await?.rows)
}

/// What was scanned last, and what is wrong with it.
struct Said {
    sent: Sent,
    wrong: Wrong,
    last: Option<MusterLine>,
}

/// The line of the copy that was sighted last here.
async fn last(reading: &mut Reading, row: &MusterRow, name: &str) -> Result<Option<MusterLine>, WebError> {
    if name.is_empty() {
        return Ok(None);
    }
    let Ok(found) = reading.copies_named(row.registry, name).await else { return Ok(None) };
    match found.into_iter().next() {
        Some(copy) => Ok(reading.muster_line(row, copy).await?),
        None => Ok(None),
    }
}

/// Takes what was scanned: one name or several, a line each.
pub async fn sight(Path(muster): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let row = reading.muster(id(&muster)?).await?;
    if !reading.viewer().handles(row.registry) {
        return Err(WebError::page(Code::NotFound));
    }
    let refusal = match typed(app, &mut reading, &row, sent).await? {
        Err(refusal) => refusal,
        Ok((act, name)) => {
            let command = Command::Custody { registry: row.registry, act: Box::new(act) };
            match app.office.command(posted.sender(), sent.command(app), command).await {
                Ok(_) => {
                    let to = format!("{}/count?kind={}", address(&row), frame::escaped(&name));
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(Failure::Refused(refusal)) => refusal,
                Err(failure) => return Err(failure.into()),
            }
        }
    };
    let mut wrong = Wrong::default();
    let field = match refusal.field {
        Some("pages") => "pages",
        Some("words") => "words",
        _ => "scan",
    };
    wrong.on(say, field, &refusal);
    let mut reading = posted.read().await?;
    let row = reading.muster(row.view.muster.id).await?;
    let open = still(&mut reading, &row).await?;
    let said = Said { sent: sent.clone(), wrong, last: None };
    Ok(refused(page(say, app, &reading, signed, &row, &open, &said), refusal.code))
}

/// The sightings that were typed, and the name of the last.
async fn typed(
    app: &App,
    reading: &mut Reading,
    row: &MusterRow,
    sent: &Sent,
) -> Result<Result<(Act, String), Refusal>, WebError> {
    let found = match reading.copies_named(row.registry, sent.get("scan")).await {
        Ok(found) => found,
        Err(Failure::Refused(refusal)) => return Ok(Err(Refusal { field: Some("scan"), ..refusal })),
        Err(failure) => return Err(failure.into()),
    };
    let Some(name) = found.last().map(|one| one.view.name()) else {
        return Ok(Err(Refusal::on("scan", Code::Required)));
    };
    let pages: Option<u32> = match sent.get("pages").trim() {
        "" => None,
        text => match text.parse() {
            Ok(n) => Some(n),
            Err(_) => return Ok(Err(Refusal::on("pages", Code::NotOffered).with("value", text))),
        },
    };
    // A scan that waited for the connection says when it was made; no clock of a tablet is ahead of ours.
    let now = app.office.now();
    let at = sent.get("at").parse::<jiff::Timestamp>().ok().map(Timestamp::from).map(|at| at.min(now));
    let sightings = found.iter().map(|one| Seen { copy: one.view.copy.id, pages, at }).collect();
    let act = Act::Sight { muster: row.view.muster.id, sightings, words: sent.get("words").to_owned() };
    Ok(Ok((act, name)))
}

fn page(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    signed: &Signed,
    row: &MusterRow,
    open: &[MusterLine],
    said: &Said,
) -> Response {
    let number = row.view.muster.text();
    let title = say.tr("muster-count-title", &[("number", number.as_str().into())]);
    let back = address(row);
    let body = html! {
        (crumbs(say, &[Crumb { label: &say.tr("muster-title", &[("number", number.as_str().into())]), href: &back }]))
        (heading(&title, &html! { p.quiet { (say.t("muster-count-text")) } }))
        @if row.counts() { (field(say, app, signed, row, said)) }
        (counted(say, reading, row, open, said))
    };
    let entries: Vec<_> = open.iter().chain(&said.last).map(|line| line.row.entry.clone()).collect();
    let marks = bare(reading, &entries);
    let path = format!("{back}/count");
    let sheet = Sheet {
        shown: marks.iter().collect(),
        undetermined: shown::any_undetermined(entries.iter().map(|entry| &**entry)),
        script: Some(assets::counting_path()),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

/// The field into which names are scanned, and how many pages were counted.
fn field(say: Voice<'_>, app: &App, signed: &Signed, row: &MusterRow, said: &Said) -> Markup {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let wrong = &said.wrong;
    let of = |name: &'static str| labelled(&labels, name).value(said.sent.get(name)).error(wrong.at(name));
    let action = format!("{}/sight", address(row));
    let command = app.office.new_command().to_string();
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(&command),
        files: false,
        guard: false,
    };
    let (scan_hint, pages_hint) = (say.t("muster-scan-hint"), say.t("muster-pages-hint"));
    let pages = of("pages").hint(&pages_hint).optional().width(Width::Short);
    let scan = of("scan").hint(&scan_hint).width(Width::Medium);
    let (scan, pages) =
        if wrong.at("pages").is_some() { (scan, pages.focused()) } else { (scan.focused(), pages) };
    html! {
        div data-counting data-waiting=(say.t("muster-waiting")) data-signed-out=(say.t("muster-signed-out")) {
            (form(frame, &html! {
                (scan.text(say))
                (pages.text(say))
                @if wrong.at("words").is_some() || !said.sent.get("words").is_empty() { (of("words").long(say, 2)) }
                div.buttons { (button(&Button::main(&say.t("muster-sight")))) }
            }))
            p.notice.soon data-queue role="status" hidden {}
        }
    }
}

/// How the count stands: what came of the last scan, how many are left, which.
fn counted(say: Voice<'_>, reading: &Reading, row: &MusterRow, open: &[MusterLine], said: &Said) -> Markup {
    let (accounted, listed) = row.progress();
    let tally = &row.view.tally;
    let labels = [Outcome::Sighted, Outcome::Open, Outcome::Missing].map(|one| outcome(say, one));
    let [seen, left, gone] = &labels;
    let bar = |label, count: u32, tone| Bar { label, href: None, count: u64::from(count), tone };
    let list = [
        bar(seen, tally.sighted, Tone::Good),
        bar(left, tally.open, Tone::Soon),
        bar(gone, tally.missing, Tone::Late),
    ];
    let (what, how_many) = (say.t("muster-outcome"), say.t("muster-copies"));
    html! {
        div data-counted {
            @if let Some(line) = &said.last {
                p.notice.good role="status" {
                    strong { (reference(&line.row.view.name())) } " "
                    (chip(Tone::Good, &outcome(say, line.outcome))) " "
                    (sighted(say, reading, line))
                }
            }
            @if let Some(words) = said.wrong.at("scan") {
                p.notice.late role="alert" { strong { (said.sent.get("scan")) } " – " (words) }
            }
            (card(&say.tr("muster-progress", &[("n", accounted.into()), ("of", listed.into())]), &html! {
                (bars(say, &say.t("muster-result"), [what.as_str(), how_many.as_str()], &list))
            }))
            @if row.view.tally.open > LAST { p.quiet { (say.tr("muster-still-many", &[("n", LAST.into())])) } }
            @if !open.is_empty() {
                (card(&say.t("muster-still"), &html! {
                    ul.stack {
                        @for line in open {
                            li {
                                (reference(&line.row.view.name())) " · "
                                (super::super::common::holder(say, reading, &line.row.holder))
                                @if let Some(pages) = line.row.view.copy.pages {
                                    " · " (say.tr("muster-pages", &[("n", pages.into())]))
                                }
                            }
                        }
                    }
                }))
            }
        }
    }
}
