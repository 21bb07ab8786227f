//! The desk: what waits for the reader, what is new for him, what of his own ends soon.

mod cards;
mod waiting;

use axum::response::Response;
use maud::{Markup, html};
use office::{Failure, Reading, doors::notice::SignInNotice, own::Recent, texts::Voice};

use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{Section, card, heading},
    pages::{
        cases,
        custody::{
            HOLDINGS,
            holdings::{Tasks, given},
        },
        doors, ending, kept, series, shown, switch,
        visit::Visit,
        watch,
    },
};

use cards::{changed, expiring, holdings, last_opened, rings, searched};
use waiting::{FEW, Waiting, table_of};

/// The desk.
pub async fn desk(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let today = reading.today();
    let waiting = Waiting::of(&mut reading).await?;
    let warnings = if reading.sees_authorisations() { Some(reading.warnings().await?) } else { None };
    let sign_ins = sign_ins(&mut reading).await?;
    let ringing = reading.ringing().await?;
    let recent = reading.recent(FEW).await?;
    let notices = reading.notices().await?;
    let registries = reading.registries().await?;
    let flagged = watch::flagged(&mut reading, FEW).await?;
    let searches = kept::counted(&mut reading, FEW).await?;
    let opened = reading.recently().await?;
    let left = reading.draft_count().await?;
    let tasks = Tasks::of(&mut reading).await?;
    let reminders = cases::reminders(&mut reading).await?;
    let cases = cases::desk(&mut reading).await?;
    let house = reading.house.clone();
    let rows = waiting.rows(say, &reading);
    let more = notices.len().saturating_add(tasks.count());
    let count =
        waiting.count().saturating_add(u64::try_from(more).unwrap_or(0)).saturating_add(cases.count());
    let lasting = opened.iter().filter_map(|one| match one {
        Recent::Document(entry) => shown::shown_of(&house, entry),
        Recent::File(file) => file.state.file.access.as_ref().and_then(|rule| rule.content.clone()),
        Recent::Person(..) => None,
    });
    let rung = ringing.iter().map(|(entry, _)| entry);
    let told = waiting.long.iter().map(|(entry, _)| entry).chain(notices.iter().map(|n| &n.entry));
    let told = told.chain(tasks.given.iter().filter_map(|one| one.row.entry.as_ref()));
    let listed = rung.chain(&recent).chain(told);
    let labels: Vec<_> = listed.filter_map(|entry| shown::shown_of(&house, entry)).chain(lasting).collect();
    let command = app.office.new_command().to_string();
    let decides = reading.sees_authorisations()
        || series::registers_anywhere(&reading)
        || registries.iter().any(|(registry, _)| reading.may_ask_why(registry.id));
    let body = html! {
        (heading(&capitalised(&say.date_long(today)), &html! {
            p { (sentence(say, count, cases.late())) }
            @if left > 0 { p { a href=(switch::DRAFTS) { (say.tr("drafts-desk", &[("n", left.into())])) } } }
        }))
        (rings(say, &reading, &signed.form_token, &|| app.office.new_command().to_string(), &ringing))
        @if !notices.is_empty() {
            (card(&say.t("desk-changed"), &changed(say, &reading, &signed.form_token, &command, &notices)))
        }
        (reminders.shown(say, &reading, &signed.form_token))
        (cases.shown(say, &reading))
        @if !tasks.is_empty() { (own_tasks(say, &app, &reading, &signed.form_token, &tasks)) }
        @if !rows.is_empty() || (tasks.is_empty() && cases.is_empty() && notices.is_empty() && ringing.is_empty()) {
            (table_of(say, &rows, waiting.more(), decides))
        }
        div.cols.even {
            (doors::notices(say, &reading, &sign_ins))
            (card(&say.t("watch-desk"), &watch::card(say, &reading, &signed, &flagged)))
            (card(&say.t("kept-title"), &searched(say, &searches)))
            (card(&say.t("desk-opened"), &last_opened(say, &reading, &opened)))
            (card(&say.t("desk-newest"), &html! {
                @if recent.is_empty() { p.quiet { (say.t("desk-newest-none")) } }
                ul.stack {
                    @for entry in &recent {
                        li { (shown::lead(say, entry)) div.row.quiet { (shown::number(entry)) (shown::marking(say, &house, entry)) } }
                    }
                }
            }))
            (card(&say.t("desk-registries"), &holdings(say, &registries)))
            (card(&say.t("desk-expiring"), &expiring(say, &reading)))
            @if let Some(warnings) = &warnings {
                (card(&say.t("ending-title"), &ending::counts(say, &reading, warnings)))
            }
        }
    };
    let entries =
        opened.iter().filter_map(|o| if let Recent::Document(entry) = o { Some(entry) } else { None });
    let papers = flagged.iter().flat_map(|(.., papers)| papers);
    let title = say.t("rail-desk");
    let sheet = Sheet {
        shown: labels
            .iter()
            .chain(watch::labels(papers))
            .chain(cases.labels())
            .chain(reminders.labels())
            .collect(),
        undetermined: !waiting.open.is_empty()
            || shown::any_undetermined(ringing.iter().map(|(entry, _)| &**entry))
            || shown::any_undetermined(tasks.given.iter().filter_map(|one| one.row.entry.as_deref()))
            || shown::any_undetermined(recent.iter().chain(entries).map(|e| &**e))
            || shown::any_undetermined(flagged.iter().flat_map(|(.., p)| p).map(|f| &*f.hit.entry)),
        ..Sheet::plain(&title, &path, Some(Section::Desk), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// What was given to the reader to be read here, and how many of his copies have something to be done with them.
fn own_tasks(say: Voice<'_>, app: &App, reading: &Reading, token: &str, tasks: &Tasks) -> Markup {
    let copies: usize = tasks.told.iter().map(|row| row.copies.len()).sum();
    card(
        &say.t("desk-given"),
        &html! {
            div.stack {
                @if !tasks.given.is_empty() { (given(say, app, reading, token, &tasks.given)) }
                @if copies > 0 {
                    p { a href={ (HOLDINGS) "#told" } { (say.tr("desk-told", &[("n", copies.into())])) } }
                }
            }
        },
    )
}

/// What a security officer should look at of how people signed in, with their names.
async fn sign_ins(reading: &mut Reading) -> Result<Vec<(SignInNotice, String)>, Failure> {
    if !reading.sees_authorisations() {
        return Ok(Vec::new());
    }
    let mut sign_ins = Vec::new();
    for notice in reading.sign_in_notices().await? {
        let name = match notice.person {
            Some(person) => reading.name_of(person).await?.unwrap_or_default(),
            None => String::new(),
        };
        sign_ins.push((notice, name));
    }
    Ok(sign_ins)
}

/// A French date begins small, and a page does not.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn sentence(say: Voice<'_>, waiting: u64, late: u64) -> String {
    let late = say.tr("desk-late", &[("n", late.into())]);
    let waiting = say.tr("desk-waiting", &[("n", waiting.into())]);
    say.tr("desk-day", &[("late", late.into()), ("waiting", waiting.into())])
}
