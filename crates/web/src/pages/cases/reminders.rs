//! Reminders on the desk: what is due soon, what is late, what one is told because it is late; each until it is put aside.

use axum::response::{IntoResponse, Redirect, Response};
use calendar::ReminderKind;
use maud::{Markup, html};
use office::{Failure, Reading, cases::reminders::ReminderRow, texts::Voice};
use registry::{Code, TaskId, Timestamp};

use super::{TASKS, address, day, doer_words, lateness_chip, marking, tasks};
use crate::{
    answer::WebError,
    look::{card, reference, token_field},
    pages::visit::Posted,
};

/// Reminders on the desk.
const FEW: usize = 10;
const PUT_ASIDE: &str = "/reminders/aside";

/// What the reader is reminded of.
pub struct Reminders(Vec<ReminderRow>);

/// What the reader is reminded of, for the desk.
pub async fn reminders(reading: &mut Reading) -> Result<Reminders, Failure> {
    Ok(Reminders(reading.reminders().await?))
}

impl Reminders {
    /// As a card of the desk; nothing where there are none.
    pub fn shown(&self, say: Voice<'_>, reading: &Reading, token: &str) -> Markup {
        let more = self.0.len().saturating_sub(FEW);
        html! {
            @if !self.0.is_empty() {
                (card(&say.t("reminders-title"), &html! {
                    ul.stack { @for one in self.0.iter().take(FEW) { (shown(say, reading, token, one)) } }
                    @if more > 0 { p.foot { a href=(TASKS) { (say.tr("reminders-more", &[("n", more.into())])) } } }
                }))
            }
        }
    }

    /// The labels of what is shown.
    pub fn labels(&self) -> impl Iterator<Item = &label::Label> {
        self.0.iter().take(FEW).map(|one| &one.row.case.label)
    }
}

fn shown(say: Voice<'_>, reading: &Reading, token: &str, one: &ReminderRow) -> Markup {
    let (row, task) = (&one.row, &one.task);
    let aside = say.t("reminders-aside");
    html! {
        li {
            a.lead href={ (address(&row.case.number)) "#tasks" } { (row.case.called()) }
            div.row.quiet {
                span { (tasks::called(say, row, &task.task)) }
                (reference(&row.case.number)) (marking(say, reading, row))
                span { (day(say, reading, task.task.due_now())) }
                (lateness_chip(say, task.standing))
            }
            @if let Some(why) = why(say, one) { div.quiet { (why) } }
            form method="post" action=(PUT_ASIDE) {
                (token_field(Some(token)))
                input type="hidden" name="task" value=(task.task.id);
                input type="hidden" name="made" value=(one.made.micros());
                button.plain type="submit" { (aside) span.unseen { (say.t("colon")) " " (row.case.number) } }
            }
        }
    }
}

/// Why somebody is reminded of what he doesn't have himself.
fn why(say: Voice<'_>, one: &ReminderRow) -> Option<String> {
    let has = one.task.given_to.as_ref().unwrap_or(&one.task.owner);
    match (one.kind, &one.doer.code) {
        (ReminderKind::Escalation, _) => {
            Some(say.tr("reminders-escalation", &[("who", doer_words(say, has).into())]))
        }
        (_, Some(post)) if one.doer.because.is_some() => {
            Some(say.tr("reminders-stand-in", &[("post", post.into())]))
        }
        _ => None,
    }
}

/// Puts a reminder aside.
pub async fn put_aside(posted: Posted) -> Result<Response, WebError> {
    let gone = || WebError::page(Code::NotFound);
    let task: TaskId = posted.sent.get("task").parse().map_err(|_| gone())?;
    let made: i64 = posted.sent.get("made").parse().map_err(|_| gone())?;
    let mut reading = posted.read().await?;
    reading.put_reminder_aside(task, Timestamp::from_micros(made)).await?;
    Ok(Redirect::to("/desk").into_response())
}
