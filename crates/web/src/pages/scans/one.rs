//! One scan: its pages as they would become documents, each with what can be done to it; and the ways out of it: documents
//! made, put into the in-tray as it is, dismissed. Every button is a form of its own, so that all works without a program.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    scans::{
        Scan, Seen, Standing, Turn,
        plan::{Blanks, Change, Placed},
    },
    texts::Voice,
};
use registry::{Code, ObjectId, Refusal, intake::DismissalReason};

use super::{PATH, address, blanks, counted, number};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Choice, Crumb, Field, Form, Notice, Section, Tone, Width, buttons, card, chip, crumbs, form,
        heading, token_field,
    },
    pages::{
        marking_form, shown,
        tray::{self, PATH as TRAY, said_remedy, said_words},
        visit::{Posted, Visit, id, notice, refused},
    },
};

/// The page of a scan.
pub async fn one(visit: Visit, Path(name): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    if reading.trays().is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let scan = reading.scan(id::<ObjectId>(&name)?).await?.ok_or(WebError::page(Code::ScanSettled))?;
    show(say, &mut reading, &signed.form_token, &path, &scan, html! {}).await
}

async fn show(
    say: Voice<'_>,
    reading: &mut Reading,
    token: &str,
    path: &str,
    scan: &Scan,
    wrong: Markup,
) -> Result<Response, WebError> {
    let by = match scan.changed_by.or(scan.brought_by) {
        Some(person) => reading.name_of(person).await?,
        None => None,
    };
    let (tray_title, scans_title) = (say.t("tray-title"), say.t("scans-title"));
    let title = scan.file_name().to_owned();
    let when = shown::moment(say, reading, scan.changed);
    let body = html! {
        (crumbs(say, &[Crumb { label: &tray_title, href: TRAY }, Crumb { label: &scans_title, href: PATH }]))
        (wrong)
        (heading(&title, &html! {
            p { (counted(say, scan)) }
            p.quiet {
                (scan.origin) " · " (when)
                @if let Some(by) = &by { " · " (by) }
            }
        }))
        @match scan.standing {
            Standing::Looking => (busy(say, scan, "scans-looking", "scans-looking-text")),
            Standing::Making => (busy(say, scan, "scans-making", "scans-making-text")),
            _ => {
                (ways_out(say, token, scan))
                @if scan.divides() { (documents(say, token, scan)) }
                (dismissal(say, token, scan))
            },
        }
    };
    let notices = scan.said.iter().filter(|_| scan.standing == Standing::Open).map(|said| Notice {
        tone: Tone::Soon,
        words: html! { p { (said_words(say, said)) " " (said_remedy(say, said)) } },
    });
    // Nobody has marked it yet.
    let sheet = Sheet {
        undetermined: true,
        notices: notices.collect(),
        ..Sheet::plain(&title, path, Some(Section::Tray), body)
    };
    Ok(frame::page(say, reading, token, sheet))
}

/// That an errand is at the scan.
fn busy(say: Voice<'_>, scan: &Scan, title: &str, text: &str) -> Markup {
    let (again, to_tray) = (say.t("old-again"), say.t("bring-show"));
    html! {
        section.card data-live {
            h2 { (say.t(title)) }
            p { (say.tr(text, &[("made", scan.made.into())])) }
            (buttons(&[Button::plain(&again).to(&address(scan)), Button::plain(&to_tray).to(TRAY)]))
        }
    }
}

fn own_form<'a>(action: &'a str, token: &'a str) -> Form<'a> {
    Form { action, token: Some(token), command: None, files: false, guard: false }
}

/// What becomes of the scan as a whole.
fn ways_out(say: Voice<'_>, token: &str, scan: &Scan) -> Markup {
    let own = address(scan);
    let frame = own_form(&own, token);
    let version = html! { input type="hidden" name="version" value=(scan.version); };
    let [make, whole, anew, label, sheet] =
        ["scans-make", "scans-whole", "scans-anew", "scans-blanks", "scans-sheet"].map(|key| say.t(key));
    let ways = blanks(say);
    let n = scan.plan.documents().len();
    html! {
        (card(&say.t("scans-becomes"), &html! {
            @if scan.divides() {
                p { (say.tr("scans-make-text", &[("n", number(n))])) }
                (form(frame, &html! { (version) (buttons(&[Button::main(&make).named("act", "make")])) }))
                details.more {
                    summary { (anew) }
                    p.quiet { (say.t("scans-anew-text")) " " a href=(super::separator::PATH) { (sheet) } }
                    (form(frame, &html! {
                        (version)
                        (Field::new("blanks", &label).value(scan.blanks.as_str()).width(Width::Medium).select(say, &marking_form::choices(&ways)))
                        (buttons(&[Button::plain(&anew).named("act", "anew")]))
                    }))
                }
            }
            @if scan.made == 0 {
                @if !scan.divides() { p { (say.t("scans-whole-text")) } }
                (form(frame, &html! { (version) (buttons(&[Button::plain(&whole).named("act", "whole")])) }))
            }
        }))
    }
}

/// The documents to be, each with its pages.
fn documents(say: Voice<'_>, token: &str, scan: &Scan) -> Markup {
    let mut n = 0;
    let titled: Vec<(String, &Vec<Placed>)> = scan
        .plan
        .groups
        .iter()
        .map(|group| {
            let kept = group.iter().filter(|placed| !placed.out).count();
            if kept == 0 {
                return (say.t("scans-no-document"), group);
            }
            n += 1;
            (say.tr("scans-document", &[("n", number(n)), ("pages", number(kept))]), group)
        })
        .collect();
    html! {
        @for (at, (title, group)) in titled.iter().enumerate() {
            section.card.document-to-be {
                h2 { (title) }
                ol.leaves {
                    @for (place, placed) in group.iter().enumerate() {
                        (leaf(say, token, scan, *placed, Place { first: place == 0, group: at }))
                    }
                }
            }
        }
    }
}

/// Where a page stands.
#[derive(Clone, Copy)]
struct Place {
    first: bool,
    group: usize,
}

const fn turned(turn: Turn) -> &'static str {
    match turn {
        Turn::None => "turn-none",
        Turn::Right => "turn-right",
        Turn::Half => "turn-half",
        Turn::Left => "turn-left",
    }
}

fn leaf(say: Voice<'_>, token: &str, scan: &Scan, placed: Placed, place: Place) -> Markup {
    let none = Seen { blank: false, separator: false, picture: None };
    let seen = scan.seen.get(placed.page).unwrap_or(&none);
    let called = say.tr("scans-page", &[("n", number(placed.page + 1))]);
    let own = format!("{}/pages/{}", address(scan), placed.page + 1);
    html! {
        li id={ "page-" (placed.page + 1) } class=[placed.out.then_some("out")] {
            a.leaf href=(own) {
                @if seen.picture.is_some() {
                    img class=(turned(placed.turn)) src={ (own) "/picture" } alt=(called) loading="lazy";
                } @else {
                    span.no-picture { (called) }
                }
            }
            p {
                (called)
                @if seen.separator { " " (chip(Tone::Plain, &say.t("scans-separator"))) }
                @if seen.blank { " " (chip(Tone::Plain, &say.t("scans-blank"))) }
                @if placed.out { " " (chip(Tone::Plain, &say.t("scans-out"))) }
            }
            (changes(say, token, scan, placed, place, &called, ""))
        }
    }
}

/// What can be done to a page. `back`: where to go afterwards.
fn changes(
    say: Voice<'_>,
    token: &str,
    scan: &Scan,
    placed: Placed,
    place: Place,
    called: &str,
    back: &str,
) -> Markup {
    let last = scan.plan.groups.last().and_then(|group| group.last());
    let very_first = place.first && place.group == 0;
    let mut acts = vec![if placed.out { "in" } else { "out" }];
    if !place.first {
        acts.push("begin");
    } else if place.group > 0 {
        acts.push("join");
    }
    if !placed.out {
        acts.extend(["left", "right", "half"]);
    }
    if !very_first {
        acts.push("earlier");
    }
    if last.is_some_and(|last| last.page != placed.page) {
        acts.push("later");
    }
    html! {
        form.leaf-acts method="post" action=(address(scan)) {
            (token_field(Some(token)))
            input type="hidden" name="version" value=(scan.version);
            input type="hidden" name="page" value=(placed.page + 1);
            @if !back.is_empty() { input type="hidden" name="back" value=(back); }
            @for act in acts {
                @let words = say.t(&format!("scans-act-{act}"));
                button.button type="submit" name="act" value=(act) aria-label={ (words) " · " (called) } { (words) }
            }
        }
    }
}

/// The same on the page's own page.
pub(super) fn changes_alone(say: Voice<'_>, token: &str, scan: &Scan, page: usize, called: &str) -> Markup {
    let found = scan.plan.groups.iter().enumerate().find_map(|(group, pages)| {
        let at = pages.iter().position(|placed| placed.page == page)?;
        pages.get(at).map(|placed| (*placed, Place { first: at == 0, group }))
    });
    match found.filter(|_| scan.divides()) {
        Some((placed, place)) => changes(say, token, scan, placed, place, called, "page"),
        None => html! {},
    }
}

/// The small form that says why it becomes no document.
fn dismissal(say: Voice<'_>, token: &str, scan: &Scan) -> Markup {
    let own = address(scan);
    let [title, why, in_words, hint] =
        ["tray-dismiss", "tray-why", "tray-words", "tray-words-hint"].map(|key| say.t(key));
    let reasons: Vec<(String, String)> = DismissalReason::ALL
        .iter()
        .map(|reason| (reason.as_str().to_owned(), tray::reason(say, reason.as_str())))
        .collect();
    let choices: Vec<Choice<'_>> = marking_form::choices(&reasons);
    html! {
        details.card.card-gap {
            summary { (title) }
            p.quiet { (say.t("scans-dismiss-hint")) }
            (form(own_form(&own, token), &html! {
                (Field::new("reason", &why).select(say, &choices))
                (Field::new("words", &in_words).hint(&hint).optional().text(say))
                (buttons(&[Button::plain(&title).named("act", "dismiss")]))
            }))
        }
    }
}

/// Does what a button says, and leads on.
pub async fn act(Path(name): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let mut reading = posted.read().await?;
    if reading.trays().is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let id = id::<ObjectId>(&name)?;
    let done = done(&posted, id).await;
    let refusal = match done {
        Ok(to) => return Ok(Redirect::to(&to).into_response()),
        Err(Failure::Refused(refusal)) => refusal,
        Err(failure) => return Err(failure.into()),
    };
    reading = posted.read().await?;
    let Some(scan) = reading.scan(id).await? else { return Err(WebError::page(refusal.code)) };
    let say = posted.asked.voice_for(&posted.app, &reading);
    let token = &posted.signed.form_token;
    let page = show(say, &mut reading, token, &address(&scan), &scan, notice(say, &refusal)).await?;
    Ok(refused(page, refusal.code))
}

/// Where the act leads.
async fn done(posted: &Posted, id: ObjectId) -> Result<String, Failure> {
    let (office, session, sent) = (&posted.app.office, &posted.signed.open, &posted.sent);
    let own = format!("{PATH}/{id}");
    let version = || sent.get("version").parse::<u64>().map_err(|_| Refusal::from(Code::RequestForm));
    Ok(match sent.get("act") {
        "make" => {
            office.make_documents(session, id, version()?).await?;
            match office.wait_for_scan(session, id).await? {
                Some(_) => own,
                None => TRAY.to_owned(),
            }
        }
        "whole" => {
            office.keep_scan_whole(session, id, version()?).await?;
            TRAY.to_owned()
        }
        "anew" => {
            let blanks = Blanks::named(sent.get("blanks")).unwrap_or_default();
            office.divide_anew(session, id, version()?, blanks).await?;
            own
        }
        "dismiss" => {
            let words = Some(sent.get("words").trim().to_owned()).filter(|words| !words.is_empty());
            let reason = DismissalReason::named(sent.get("reason"));
            let reason = reason.ok_or_else(|| Refusal::on("reason", Code::Required))?;
            office.dismiss_scan(session, office.new_command(), id, reason, words).await?;
            format!("{TRAY}?out=1")
        }
        word => {
            let page = sent.get("page").parse::<usize>().ok().and_then(|page| page.checked_sub(1));
            let change = page.and_then(|page| Change::named(word, page)).ok_or(Code::RequestForm)?;
            office.change_scan(session, id, version()?, change).await?;
            let n = change.page() + 1;
            if sent.get("back") == "page" { format!("{own}/pages/{n}") } else { format!("{own}#page-{n}") }
        }
    })
}
