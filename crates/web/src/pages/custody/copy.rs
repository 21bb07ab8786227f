//! One copy: what it is, who answers for it, and its life from hand to hand. Its holder sees it too, without the staff's acts.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    custody::{
        ChainLink, CopyRow,
        books::{BookRow, StepRow},
    },
    texts::Voice,
};
use registry::{
    CopyId, Timestamp,
    custody::{
        book::{Details, Doing as Waits, Step},
        copy::{Event as Happened, Standing},
    },
};

use super::{
    HOLDINGS,
    act::Doing,
    books,
    common::{holder, loan_chip, paper, state_chip, with_whom},
    copies,
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Crumb, Event, Fact, Section, Tone, card, chip, crumbs, facts, heading_with_acts, reference,
        timeline,
    },
    pages::{
        shown,
        visit::{Visit, id},
    },
    papers::copies::is_out,
    words,
};

/// Where a copy is.
pub fn address(copy: CopyId) -> String {
    format!("/custody/copies/{copy}")
}

/// What is said beside a copy itself.
struct Beside {
    recorded_by: String,
    /// The copy from which it was made, by name.
    from: Option<(CopyId, String)>,
    /// Whether the reader is of the registry's staff.
    staff: bool,
    /// The instructions about it, each with the step by which it was carried out with this copy.
    told: Vec<(BookRow, Option<StepRow>)>,
}

/// The page.
pub async fn copy(visit: Visit, Path(asked_id): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let (row, chain) = reading.copy(id(&asked_id)?).await?;
    let staff = reading.viewer().handles(row.registry);
    let from = match row.view.from.filter(|_| staff) {
        Some(from) => Some((from, reading.copy(from).await?.0.view.name())),
        None => None,
    };
    let recorded_by = reading.name_of(row.view.recorded_by).await?.unwrap_or_default();
    let told = instructions(&mut reading, &row).await?;
    let beside = Beside { recorded_by, from, staff, told };
    let name = row.view.name();
    let title = say.tr("copies-copy-title", &[("copy", name.as_str().into())]);
    let mut acts = acts(say, &reading, &row, staff);
    acts.extend(forms(say, &row));
    let buttons: Vec<Button<'_>> = acts
        .iter()
        .enumerate()
        .map(|(place, (label, href))| {
            if place == 0 { Button::main(label) } else { Button::plain(label) }.to(href)
        })
        .collect();
    let (top, up) = match staff {
        true => {
            let code = reading.house.registry(row.registry).map(|r| r.code.clone()).unwrap_or_default();
            (say.t("copies-part-copies"), format!("{}?registry={}", copies::PATH, frame::escaped(&code)))
        }
        false => (say.t("copies-own"), HOLDINGS.to_owned()),
    };
    let body = html! {
        (crumbs(say, &[Crumb { label: &top, href: &up }]))
        (heading_with_acts(&title, &html! {
            (shown::marking(say, &reading.house, &row.entry))
            (state_chip(say, &row.view.copy))
            @if let Some(loan) = row.loan { (loan_chip(say, loan)) }
            @if row.view.drawn_up.is_some() { (chip(Tone::Soon, &say.t("copies-drawn-up"))) }
        }, &buttons))
        div.cols {
            (card(&say.t("copies-life"), &life(say, &reading, &row, &chain, &beside)))
            aside.stack {
                (card(&say.t("copies-about"), &about(say, &reading, &row, &beside)))
                @if !beside.told.is_empty() {
                    (card(&say.t("copies-instructions"), &told_card(say, &reading, &row, &beside)))
                }
            }
        }
    };
    let label = shown::shown_of(&reading.house, &row.entry);
    let sheet = Sheet {
        shown: label.iter().collect(),
        undetermined: row.entry.label.is_none(),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// What can be done with a copy as it stands: to the forms of the staff, or to what its holder has.
fn acts(say: Voice<'_>, reading: &Reading, row: &CopyRow, staff: bool) -> Vec<(String, String)> {
    if !staff {
        return vec![(say.t("copies-to-own"), HOLDINGS.to_owned())];
    }
    let at_hand =
        [Doing::Send, Doing::Keep, Doing::Prolong, Doing::DrawUp, Doing::Miss, Doing::Report, Doing::Release];
    let doings: &[Doing] = match row.view.copy.standing {
        Standing::Held => &at_hand,
        Standing::UnderWay { .. } => &[Doing::Keep, Doing::Prolong, Doing::Miss, Doing::Report],
        Standing::Missing { .. } => &[Doing::Keep, Doing::Report],
        Standing::Transferred => &[Doing::Keep, Doing::Prolong],
        Standing::Released | Standing::Destroyed { .. } => &[Doing::Report],
    };
    let code = reading.house.registry(row.registry).map(|r| r.code.clone()).unwrap_or_default();
    let name = [row.view.name()];
    let certificate = row
        .view
        .drawn_up
        .map(|certificate| (say.t("copies-to-certificate"), format!("/custody/destruction/{certificate}")));
    let drawn_up = certificate.is_some();
    let own = row.view.copy.holder.is_registry();
    let fits = |doing: &Doing| match doing {
        Doing::DrawUp => own && !drawn_up,
        Doing::Send => !drawn_up,
        Doing::Prolong => row.loan.is_some(),
        _ => true,
    };
    let each =
        doings.iter().copied().filter(fits).map(|doing| (doing.label(say), doing.address(&code, &name)));
    certificate.into_iter().chain(each).collect()
}

/// The forms of a copy as it stands.
fn forms(say: Voice<'_>, row: &CopyRow) -> Vec<(String, String)> {
    let to = |key: &str, file: &str| (say.t(key), format!("{}/{file}", address(row.view.copy.id)));
    let card = is_out(row).then(|| to("paper-out-card", "out-card.pdf"));
    std::iter::once(to("paper-disclosures", "disclosures.pdf")).chain(card).collect()
}

fn about(say: Voice<'_>, reading: &Reading, row: &CopyRow, beside: &Beside) -> Markup {
    let (view, copy) = (&row.view, &row.view.copy);
    let (with, to) = with_whom(say, reading, row);
    let mut known: Vec<(String, Markup)> = vec![(say.t("copies-paper"), paper(say, &row.entry))];
    let number = match view.of.filter(|of| copy.number <= *of) {
        Some(of) => say.tr("copies-n-of", &[("n", copy.number.into()), ("of", of.into())]),
        None => copy.number.to_string(),
    };
    known.push((say.t("copies-number"), html! { (number) }));
    if let Some(pages) = copy.pages {
        known.push((say.t("copies-pages"), html! { (say.count(pages.into())) }));
    }
    known.push((
        say.t("copies-medium"),
        html! { (say.t(&format!("copies-medium-{}", copy.medium.as_str()))) },
    ));
    if !with.is_empty() {
        known.push((say.t("copies-with"), html! { (with) @if let Some(to) = to { div.quiet { (to) } } }));
    }
    known.push((say.t("copies-since"), html! { (shown::moment(say, reading, copy.since)) }));
    if let Some(home) = &row.home {
        known.push((say.t("copies-home"), html! { (holder(say, reading, home)) }));
    }
    if let Some(loan) = row.loan {
        known.push((say.t("copies-back-by"), html! { (say.date(loan.back_by)) }));
    }
    let log = reading.house.custody.by_code(&view.control.log);
    let log = log.map_or(view.control.log.as_str(), |log| log.names.in_language(say.language().tag()));
    known.push((say.t("copies-log"), html! { (log) }));
    known.push((say.t("column-registry"), html! { (words::registry_name(reading, row.registry, say)) }));
    known.push((
        say.t("copies-origin"),
        html! { (say.t(&format!("copies-origin-{}", copy.origin.as_str()))) },
    ));
    if let Some((from, name)) = &beside.from {
        known.push((say.t("copies-from"), html! { a.ref translate="no" href=(address(*from)) { (name) } }));
    }
    let recorded = shown::moment(say, reading, view.recorded_at);
    known.push((say.t("copies-recorded-by"), html! { (beside.recorded_by) div.quiet { (recorded) } }));
    let list: Vec<Fact<'_>> =
        known.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    facts(&list)
}

/// The instructions about a copy, with the steps by which they were carried out with it.
async fn instructions(
    reading: &mut Reading,
    row: &CopyRow,
) -> Result<Vec<(BookRow, Option<StepRow>)>, WebError> {
    let mut told = Vec::new();
    for item in reading.instructions_on(row.registry, row.view.copy.id).await? {
        let steps = reading.steps_of(&item).await?;
        let step = steps.into_iter().find(|step| match &step.taken.step {
            Step::Post { copies } => copies.contains(&row.view.copy.id),
            _ => false,
        });
        told.push((item, step));
    }
    Ok(told)
}

/// What was told of a copy: what, by which number, whether it is done; that it can be released.
fn told_card(say: Voice<'_>, reading: &Reading, row: &CopyRow, beside: &Beside) -> Markup {
    let leaves = |item: &BookRow| match &item.view.item.details {
        Details::Instructions(instruction) => instruction.leaves_log,
        _ => false,
    };
    let release = row.view.copy.standing.is_open() && beside.told.iter().any(|(item, _)| leaves(item));
    let code = reading.house.registry(row.registry).map(|r| r.code.clone()).unwrap_or_default();
    html! {
        ul.stack {
            @for (item, _) in &beside.told {
                @if let Details::Instructions(instruction) = &item.view.item.details {
                    li {
                        @if beside.staff { (books::lead(item)) } @else { (reference(&item.view.item.text())) }
                        " " (say.t(&format!("book-told-{}", instruction.is.as_str())))
                        @if let Some(amendment) = &instruction.amendment { " " (amendment.serial) }
                        " " (chip(match instruction.doing(&row.view.copy) {
                            Waits::Open => Tone::Soon,
                            Waits::Posted | Waits::Back => Tone::Good,
                            Waits::Nothing => Tone::Plain,
                        }, &say.t(&format!("book-doing-{}", instruction.doing(&row.view.copy).as_str()))))
                    }
                }
            }
        }
        @if release && beside.staff {
            p {
                (say.t("copies-instruction-release")) " "
                a href=(Doing::Release.address(&code, &[row.view.name()])) { (Doing::Release.label(say)) }
            }
        }
    }
}

/// The line of the record of amendments, or of another instruction that was carried out.
fn posted(say: Voice<'_>, reading: &Reading, item: &BookRow, step: &StepRow) -> Told {
    let what = match &item.view.item.details {
        Details::Instructions(instruction) => {
            let kind = say.t(&format!("book-told-{}", instruction.is.as_str()));
            match &instruction.amendment {
                Some(amendment) => format!("{kind} {}", amendment.serial),
                None => kind,
            }
        }
        _ => String::new(),
    };
    let args = [("what", what.into()), ("item", item.view.item.text().into())];
    Told {
        at: step.taken.at,
        what: html! {
            (say.tr("book-was-post-on", &args))
            @if let Some(words) = &step.taken.words { div { (words) } }
        },
        when: shown::moment(say, reading, step.taken.at),
        datetime: step.taken.at.to_string(),
        detail: html! { (say.tr("copies-written-by", &[("name", step.actor.as_str().into())])) },
    }
}

/// A thing that happened, ready for the timeline.
struct Told {
    at: Timestamp,
    what: Markup,
    when: String,
    datetime: String,
    detail: Markup,
}

/// What happened to it, the newest first; last that it came into the books.
fn life(say: Voice<'_>, reading: &Reading, row: &CopyRow, chain: &[ChainLink], beside: &Beside) -> Markup {
    let mut told: Vec<Told> = chain.iter().rev().map(|link| one(say, reading, link, beside.staff)).collect();
    told.extend(beside.told.iter().filter_map(|(row, step)| Some(posted(say, reading, row, step.as_ref()?))));
    told.sort_by_key(|one| std::cmp::Reverse(one.at));
    let view = &row.view;
    let origin = say.t(&format!("copies-origin-{}", view.copy.origin.as_str()));
    told.push(Told {
        at: view.recorded_at,
        what: html! {
            (say.tr("copies-was-recorded", &[("origin", origin.into())]))
            @if let Some(words) = &view.words { div { (words) } }
        },
        when: shown::moment(say, reading, view.recorded_at),
        datetime: view.recorded_at.to_string(),
        detail: html! { (say.tr("copies-written-by", &[("name", beside.recorded_by.as_str().into())])) },
    });
    let events: Vec<Event<'_>> = told
        .iter()
        .enumerate()
        .map(|(place, one)| Event {
            what: one.what.clone(),
            when: &one.when,
            datetime: Some(&one.datetime),
            detail: Some(one.detail.clone()),
            now: place == 0,
        })
        .collect();
    timeline(&events)
}

fn one(say: Voice<'_>, reading: &Reading, link: &ChainLink, staff: bool) -> Told {
    let whom = link.holder.as_ref().map(|named| holder(say, reading, named));
    let with = [("name", whom.clone().unwrap_or_default().into())];
    let what = match (&link.link.event, whom.is_some()) {
        (Happened::Prolonged { until }, _) => {
            say.tr("copies-was-prolonged", &[("date", say.date(*until).into())])
        }
        (Happened::Sent { back_by: Some(back_by), .. }, true) => {
            let until = ("date", say.date(*back_by).into());
            say.tr("copies-was-lent", &[("name", whom.clone().unwrap_or_default().into()), until])
        }
        (Happened::Kept { .. }, _) => say.tr("copies-was-kept", &with),
        (Happened::Sent { .. }, true) => say.tr("copies-was-sent", &with),
        (Happened::Sent { .. }, false) => say.t("copies-was-sent-on"),
        (Happened::Received { .. }, _) => say.tr("copies-was-received", &with),
        (Happened::Missed, _) => say.t("copies-was-missed"),
        (Happened::Released, _) => say.t("copies-was-released"),
        (Happened::Destroyed { .. }, _) => say.t("copies-was-destroyed"),
    };
    let certificate = match &link.link.event {
        Happened::Destroyed { certificate } if staff => Some(*certificate),
        _ => None,
    };
    // What was written down later than it happened says both.
    let later = link.link.time.seconds_since(link.link.at) > 60;
    Told {
        at: link.link.at,
        what: html! {
            (what)
            @if let Some((dispatch, receipt)) = link.receipt.as_ref().filter(|_| staff) {
                " " a.ref translate="no" href={ "/custody/receipts/" (dispatch) } { (receipt) }
            }
            @if let Some(certificate) = certificate {
                " " a href={ "/custody/destruction/" (certificate) } { (say.t("copies-certificate")) }
            }
            @if let Some(words) = &link.link.words { div { (words) } }
        },
        when: shown::moment(say, reading, link.link.at),
        datetime: link.link.at.to_string(),
        detail: html! {
            (say.tr("copies-written-by", &[("name", link.actor.as_str().into())]))
            @if later {
                " " (say.tr("copies-written-later", &[("when", shown::moment(say, reading, link.link.time).into())]))
            }
        },
    }
}
