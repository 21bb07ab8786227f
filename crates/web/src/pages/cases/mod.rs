//! Cases: what runs through a procedure of the house, and the tasks that it gives. Lists, forms and boards are made of the
//! procedure's definition; nothing here knows one procedure from another. What all of these pages have in common is here.

mod acts;
mod board;
pub mod comments;
mod desk;
mod every;
mod figured;
mod figures;
mod input;
mod list;
mod new;
mod offers;
mod one;
mod own;
mod reminders;
mod spans;
mod tasks;
mod told;

use calendar::Standing;
use maud::{Markup, html};
use office::{
    Reading,
    cases::{CaseRow, DoerName},
    texts::{Texts, Voice},
};
use procedure::{Definition, Names};
use registry::{Code, Refusal, Timestamp, cases::Doer, organisation::Because};

use crate::{
    frame,
    look::{Applied, Tab, Tone, applied, chip, tabs},
    pages::shown,
    words,
};

pub use acts::{change, note, reopen, show, step, task};
pub use board::board;
pub use desk::desk;
pub use every::{EVERY, every, every_values, every_workbook};
pub use figures::{FIGURES, figures, figures_values, figures_workbook};
pub use list::{cases, values, workbook};
pub use new::{choose, form_page, open};
pub use one::one;
pub use own::{own, own_values, own_workbook};
pub use reminders::{put_aside, reminders};

/// Where the list is.
pub const PATH: &str = "/cases";
/// Where one's own tasks are.
pub const TASKS: &str = "/tasks";

/// The tabs above the lists.
fn ways(say: Voice<'_>, current: &str) -> Markup {
    let labels = [
        (PATH, say.t("rail-cases")),
        (TASKS, say.t("cases-own")),
        (EVERY, say.t("cases-every")),
        (FIGURES, say.t("cases-figures")),
    ];
    let list: Vec<Tab<'_>> = labels
        .iter()
        .map(|(href, label)| Tab { label, href, count: None, current: *href == current })
        .collect();
    tabs(say, &say.t("cases-tabs"), &list)
}

/// By what a list is narrowed, each in words with the address of the list without it; `clear`: the list without any.
fn narrowed(say: Voice<'_>, all: impl Iterator<Item = (Option<String>, String)>, clear: &str) -> Markup {
    let all: Vec<(String, String)> = all.filter_map(|(words, without)| Some((words?, without))).collect();
    let list: Vec<Applied<'_>> = all.iter().map(|(label, without)| Applied { label, without }).collect();
    applied(say, &list, clear)
}

/// A name in the language of the page.
fn named<'n>(say: Voice<'_>, names: &'n Names) -> &'n str {
    names.in_language(say.language().tag())
}

/// Where a case is.
fn address(number: &str) -> String {
    format!("{PATH}/{}", frame::escaped(number))
}

/// What a stage or an end is called.
fn stage_name(say: Voice<'_>, definition: &Definition, code: &str) -> String {
    definition.stage(code).map_or_else(|| code.to_owned(), |stage| named(say, &stage.names).to_owned())
}

/// Who has something to do, in words: the code of the post and who acts for it.
fn doer_words(say: Voice<'_>, doer: &DoerName) -> String {
    match (&doer.code, &doer.person) {
        (Some(code), Some(person)) if doer.because.is_some() => {
            say.tr("cases-stands-in", &[("post", code.into()), ("name", person.name.as_str().into())])
        }
        (Some(code), Some(person)) => format!("{code} · {}", person.name),
        (Some(code), None) => say.tr("cases-vacant", &[("post", code.into())]),
        (None, Some(person)) => person.name.clone(),
        (None, None) => match doer.doer {
            Doer::Role(role) => shown::role(say, role),
            _ => say.t("cases-anyone"),
        },
    }
}

/// The same on a page: what the post is called is told, and why another acts.
fn doer(say: Voice<'_>, doer: &DoerName) -> Markup {
    let title = doer.titles.as_ref().map(|titles| titles.in_language(say.language().tag()));
    let why = doer.because.map(|because| match because {
        Because::Leave => say.t("org-because-leave"),
        Because::Vacant => say.t("org-because-vacant"),
    });
    html! {
        span title=[title] {
            @if let Some(code) = &doer.code { strong { (code) } " " }
            @match &doer.person {
                Some(person) => (person.name),
                None if doer.code.is_some() => (chip(Tone::Late, &say.t("org-nobody-acts"))),
                None => (doer_words(say, doer)),
            }
        }
        @if let Some(why) = &why { div.quiet { (why) } }
    }
}

fn with_whom(say: Voice<'_>, row: &CaseRow) -> Markup {
    html! {
        @for (place, one) in row.with.iter().take(3).enumerate() { @if place > 0 { br; } (doer(say, one)) }
        @if let Some(more) = row.with.len().checked_sub(3).filter(|more| *more > 0) {
            div.quiet { (say.tr("cases-with-more", &[("n", more.into())])) }
        }
    }
}

/// How something stands against its due.
fn lateness(say: Voice<'_>, standing: Standing) -> (Tone, String) {
    let (tone, key, days) = match standing {
        Standing::InTime { days_left } => (Tone::Plain, "cases-days-left", days_left),
        Standing::AtRisk { days_left, .. } => (Tone::Soon, "cases-at-risk", days_left),
        Standing::Late { days } => (Tone::Late, "cases-days-late", days),
        Standing::Done => (Tone::Good, "cases-done-in-time", 0),
        Standing::DoneLate { days } => (Tone::Soon, "cases-done-late", days),
    };
    (tone, say.tr(key, &[("n", i64::from(days).into())]))
}

fn lateness_chip(say: Voice<'_>, standing: Option<Standing>) -> Markup {
    html! { @if let Some(standing) = standing { @let (tone, words) = lateness(say, standing); (chip(tone, &words)) } }
}

/// The day of a moment where the house is.
fn day(say: Voice<'_>, reading: &Reading, at: Timestamp) -> Markup {
    let day = at.date(&reading.house.zone);
    html! { time datetime=(at) title=(shown::moment(say, reading, at)) { (say.date(day)) } }
}

/// When the stage that runs is due, and how it stands.
fn due(say: Voice<'_>, reading: &Reading, row: &CaseRow) -> Markup {
    html! {
        @match (&row.case.ended, row.case.main()) {
            (Some(ended), _) => {
                span.quiet { (say.t(&format!("cases-ended-{}", ended.how.text()))) " " (day(say, reading, ended.at)) }
            },
            (None, Some(main)) => { (day(say, reading, main.due_now())) " " (lateness_chip(say, row.standing)) },
            (None, None) => {},
        }
    }
}

fn marking(say: Voice<'_>, reading: &Reading, row: &CaseRow) -> Markup {
    shown::label(say, &reading.house, Some(&row.case.label), say.language())
}

fn marking_words(say: Voice<'_>, reading: &Reading, row: &CaseRow) -> String {
    words::marking(&row.case.label, &reading.house.policies, say.language())
}

/// A refusal with what it says of fields and forms in words.
fn spoken(say: Voice<'_>, definition: &Definition, refusal: &Refusal) -> Refusal {
    let mut refusal = refusal.clone();
    for (name, value) in &mut refusal.arguments {
        let field = value.strip_prefix("head-of ").unwrap_or(value);
        let field = field.strip_prefix("field:").or(Some(field).filter(|_| *name == "other"));
        if let Some(field) = field.and_then(|code| definition.field(code)) {
            *value = named(say, &field.names).to_owned();
        } else if *name == "form"
            && let Some(words) = say.maybe(&format!("cases-form-{value}"), &[])
        {
            *value = words;
        } else if *name == "state" {
            *value = say.maybe(&format!("cases-task-{value}"), &[]).unwrap_or_else(|| value.clone());
        }
    }
    refusal
}

/// The field of a procedure that a refusal is about.
fn field_of(refusal: &Refusal) -> Option<&str> {
    let of = refusal.arguments.iter().find(|(name, _)| *name == "of");
    of.filter(|_| refusal.field == Some("values")).map(|(_, code)| code.as_str())
}

/// A day that is typed and must be there.
fn typed_day(texts: &Texts, field: &'static str, typed: &str) -> Result<jiff::civil::Date, Refusal> {
    let day = crate::pages::custody::common::typed_day(texts, field, typed)?;
    day.ok_or_else(|| Refusal::on(field, Code::Required))
}
