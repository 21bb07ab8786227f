//! Cases on the desk: one's own tasks and what of them is for today, what waits for one's decision, what one leads while others
//! have the ball.

use maud::{Markup, html};
use office::{
    Failure, Reading,
    cases::{TaskRow, desk::Away},
    texts::Voice,
};
use registry::cases::TaskState;

use super::{
    TASKS, address, day, lateness_chip, marking,
    own::{Tasks, When},
    tasks, with_whom,
};
use crate::look::{Facet, card, pills, reference};

/// Lines of a card.
const FEW: usize = 10;
/// The most tasks that are looked through for what is for today.
const MOST: u64 = 200;

/// What of cases stands on the desk.
pub struct Desk {
    /// One's own tasks, the first due first.
    tasks: Tasks,
    /// How many there are.
    pub all: u64,
    /// What only the reader can decide.
    decisions: Tasks,
    /// What he leads while others have the ball.
    away: Vec<Away>,
}

/// What of cases stands on the desk now.
pub async fn desk(reading: &mut Reading) -> Result<Desk, Failure> {
    let (tasks, all) = reading.own_tasks(MOST).await?;
    let decisions = reading.own_decisions().await?;
    let away = reading.own_away().await?;
    Ok(Desk { tasks, all, decisions, away })
}

impl Desk {
    /// Whether there is nothing.
    pub const fn is_empty(&self) -> bool {
        self.tasks.is_empty() && self.decisions.is_empty() && self.away.is_empty()
    }

    /// How much waits for the reader.
    pub fn count(&self) -> u64 {
        self.all.saturating_add(u64::try_from(self.decisions.len()).unwrap_or(0))
    }

    /// How many of his tasks are late.
    pub fn late(&self) -> u64 {
        let late = self.tasks.iter().filter(|one| When::Late.fits(one, None));
        u64::try_from(late.count()).unwrap_or(0)
    }

    /// The labels of what is shown.
    pub fn labels(&self) -> impl Iterator<Item = &label::Label> {
        let tasks = self.tasks.iter().take(FEW).chain(self.decisions.iter().take(FEW));
        let away = self.away.iter().take(FEW).map(|one| &one.row.case.label);
        tasks.map(|(row, _)| &row.case.label).chain(away)
    }

    /// As cards of the desk.
    pub fn shown(&self, say: Voice<'_>, reading: &Reading) -> Markup {
        html! {
            @if !self.tasks.is_empty() { (self.own(say, reading)) }
            @if !self.decisions.is_empty() { (self.decided(say, reading)) }
            @if !self.away.is_empty() { (self.with_others(say, reading)) }
        }
    }

    fn own(&self, say: Voice<'_>, reading: &Reading) -> Markup {
        let views: Vec<(String, String, u64)> = When::ALL
            .into_iter()
            .map(|when| {
                let count = self.tasks.iter().filter(|one| when.fits(one, Some(reading))).count();
                let words = say.t(&format!("cases-when-{}", when.text()));
                (words, format!("{TASKS}?when={}", when.text()), u64::try_from(count).unwrap_or(0))
            })
            .filter(|(.., count)| *count > 0)
            .collect();
        let views: Vec<Facet<'_>> = views
            .iter()
            .map(|(label, href, count)| Facet { label, marking: None, count: Some(*count), href, on: false })
            .collect();
        card(
            &say.t("cases-own"),
            &html! {
                @if !views.is_empty() { (pills(&say.t("cases-today"), &views, say)) }
                (lines(say, reading, &self.tasks))
                p.foot { a href=(TASKS) { (say.tr("cases-own-all", &[("n", self.all.into())])) } }
            },
        )
    }

    fn decided(&self, say: Voice<'_>, reading: &Reading) -> Markup {
        let more = self.decisions.len().saturating_sub(FEW);
        card(
            &say.t("cases-decisions"),
            &html! {
                (lines(say, reading, &self.decisions))
                @if more > 0 { p.foot.quiet { (say.tr("cases-with-more", &[("n", more.into())])) } }
            },
        )
    }

    fn with_others(&self, say: Voice<'_>, reading: &Reading) -> Markup {
        let more = self.away.len().saturating_sub(FEW);
        card(
            &say.t("cases-away"),
            &html! {
                ul.stack {
                    @for one in self.away.iter().take(FEW) {
                        @let row = &one.row;
                        li {
                            a.lead href=(address(&row.case.number)) { (row.case.called()) }
                            div.row { (with_whom(say, row)) }
                            div.row.quiet {
                                span { (say.t("desk-since")) " " (day(say, reading, one.since)) }
                                (reference(&row.case.number)) (marking(say, reading, row))
                                (lateness_chip(say, row.standing))
                            }
                        }
                    }
                }
                @if more > 0 { p.foot { a href=(super::PATH) { (say.tr("cases-with-more", &[("n", more.into())])) } } }
            },
        )
    }
}

fn lines(say: Voice<'_>, reading: &Reading, list: &Tasks) -> Markup {
    html! {
        ul.stack {
            @for (row, task) in list.iter().take(FEW) {
                li {
                    a.lead href={ (address(&row.case.number)) "#tasks" } { (row.case.called()) }
                    div.row.quiet {
                        span { (tasks::called(say, row, &task.task)) }
                        @if let Some(wants) = wants(say, task) { span { (wants) } }
                        (reference(&row.case.number)) (marking(say, reading, row))
                        span { (day(say, reading, task.task.due_now())) }
                        (lateness_chip(say, task.standing))
                    }
                }
            }
        }
    }
}

/// What is wanted of the reader where it is not the task itself.
fn wants(say: Voice<'_>, task: &TaskRow) -> Option<String> {
    let key = match task.task.state {
        TaskState::Clarification => "cases-task-clarification",
        TaskState::Refused => "cases-task-refused",
        _ if task.does.contains(&"decide-time") => "cases-do-decide-time",
        _ => return None,
    };
    Some(say.t(key))
}
