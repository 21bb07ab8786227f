//! The tasks of a case: as a table, and what the reader can do with each of them.

use maud::{Markup, html};
use office::{
    cases::{CaseRow, TaskRow},
    texts::Voice,
};
use procedure::Branch;
use registry::cases::Task;

use super::{
    PATH, address, day, doer, lateness_chip, named,
    one::{Pad, Shown},
    stage_name,
};
use crate::{
    frame,
    look::{Cell, Choice, Column, Empty, Paging, Row, Table, Tone, Width, card, chip, table},
};

const COLUMNS: [(&str, Cell); 7] = [
    ("cases-task", Cell::Main),
    ("cases-owner", Cell::Text),
    ("cases-given-to", Cell::Text),
    ("cases-task-state", Cell::Text),
    ("cases-due-first", Cell::Text),
    ("cases-due-approved", Cell::Text),
    ("cases-on-time", Cell::Text),
];
/// The acts that nothing has to be said for.
const AT_ONCE: [&str; 1] = ["acknowledge"];

/// What a task is called: its branch, or the stage of which it is.
pub fn called(say: Voice<'_>, row: &CaseRow, task: &Task) -> String {
    match task.branch.as_ref().and_then(|code| row.definition.branch(code)) {
        Some((_, branch)) => named(say, &branch.names).to_owned(),
        None => stage_name(say, &row.definition, &task.stage),
    }
}

impl Shown<'_> {
    /// The tasks, the last first, and the forms of those that the reader can do something with.
    pub fn tasks(&self) -> Markup {
        let say = self.say;
        let heads = COLUMNS.map(|(key, _)| say.t(key));
        let columns: Vec<Column<'_>> = COLUMNS
            .iter()
            .zip(&heads)
            .map(|((_, cell), head)| Column { head, cell: *cell, sort: None })
            .collect();
        let names: Vec<String> =
            self.view.tasks.iter().map(|task| called(say, &self.view.row, &task.task)).collect();
        let rows: Vec<Row<'_>> = self
            .view
            .tasks
            .iter()
            .zip(&names)
            .rev()
            .map(|(task, name)| Row {
                value: None,
                name,
                strong: task.task.state.is_open(),
                cells: self.cells(task, name),
            })
            .collect();
        let (caption, none) = (say.t("cases-tasks"), say.t("cases-tasks-none"));
        let mine: Vec<&TaskRow> = self.view.tasks.iter().filter(|task| !task.does.is_empty()).collect();
        html! {
            section id="tasks" {
                h2 { (caption) }
                @for task in mine { (self.acts(task)) }
                (table(say, &Table {
                    caption: &caption,
                    columns: &columns,
                    rows: &rows,
                    many: None,
                    paging: Paging::default(),
                    exports: &[],
                    empty: Empty { title: &none, would: &none, begin: None },
                }))
            }
        }
    }

    fn cells(&self, row: &TaskRow, name: &str) -> Vec<Markup> {
        let (say, task) = (self.say, &row.task);
        let state = say.t(&format!("cases-task-{}", task.state.text()));
        vec![
            html! { (name) @if let Some(reply) = self.replied(task) { div.quiet { (reply) } } },
            doer(say, &row.owner),
            html! { @if let Some(to) = &row.given_to { (doer(say, to)) } },
            html! {
                (state)
                @if let Some(asked) = task.asked_for() {
                    div { (chip(Tone::Soon, &say.tr("cases-asks-until", &[("day", say.date(asked.until.date(&self.reading.house.zone)).into())]))) }
                }
            },
            day(say, self.reading, task.due),
            html! { @if let Some(at) = task.extended { (day(say, self.reading, at)) } },
            html! {
                (lateness_chip(say, row.standing))
                @if task.extended.is_some() && task.over.is_some_and(|over| over > task.due) {
                    div.quiet { (say.t("cases-late-at-first")) }
                }
            },
        ]
    }

    /// What was replied, in words.
    fn replied(&self, task: &Task) -> Option<String> {
        let reply = task.reply.as_ref()?;
        let branch = task.branch.as_ref().and_then(|code| self.view.row.definition.branch(code));
        let known =
            branch.and_then(|(_, branch)| branch.replies.iter().find(|known| known.code == reply.reply));
        let called = match known {
            Some(known) => named(self.say, &known.names).to_owned(),
            None => self.say.maybe(&format!("cases-ended-{}", reply.reply), &[])?,
        };
        Some(match &reply.words {
            Some(words) => format!("{called}{} {words}", self.say.t("colon")),
            None => called,
        })
    }

    /// What the reader can do with a task.
    fn acts(&self, row: &TaskRow) -> Markup {
        let (say, task) = (self.say, &row.task);
        let name = called(say, &self.view.row, task);
        let title = say.tr(
            "cases-task-of",
            &[("task", name.as_str().into()), ("who", super::doer_words(say, &row.owner).into())],
        );
        let number = &self.view.row.case.number;
        let part = format!("{PATH}/new?part_of={}", frame::escaped(&format!("{number}:{}", task.id)));
        let has = row.does.contains(&"ask");
        html! {
            (card(&title, &html! {
                @if let Some(asked) = task.asked_for() { p.quiet { (asked.reason) } }
                div.acts {
                    @for does in row.does.iter().filter(|does| AT_ONCE.contains(does)) { (self.at_once(task, does)) }
                    @for does in row.does.iter().filter(|does| !AT_ONCE.contains(does)) { (self.act(task, does)) }
                }
                @if self.has_table(task) {
                    div.acts { a.button href={ (address(number)) "/comments" } data-action=(say.t("comments-heading")) { (say.t("comments-heading")) } }
                }
                @if has { div.acts { a.button href=(part) { (say.t("cases-open-part")) } } }
            }))
        }
    }

    /// Whether comments are made with a task.
    fn has_table(&self, task: &Task) -> bool {
        let branch = task.branch.as_ref().and_then(|code| self.view.row.definition.branch(code));
        branch.is_some_and(|(_, branch)| branch.matrix)
    }

    fn action(&self, task: &Task) -> String {
        format!("{}/tasks/{}", address(&self.view.row.case.number), task.id)
    }

    fn at_once(&self, task: &Task, does: &str) -> Markup {
        let label = self.say.t(&format!("cases-do-{does}"));
        self.form(&form_name(task, does), &self.action(task), |_| {
            html! {
                input type="hidden" name="does" value=(does);
                button.button type="submit" data-action=(label) data-key="k" { (label) }
            }
        })
    }

    fn act(&self, task: &Task, does: &str) -> Markup {
        let say = self.say;
        let label = say.t(&format!("cases-do-{does}"));
        let form = form_name(task, does);
        let branch = task.branch.as_ref().and_then(|code| self.view.row.definition.branch(code));
        html! {
            details.more open[self.back.form == form] {
                summary data-action=(label) { (label) }
                (self.form(&form, &self.action(task), |pad| html! {
                    input type="hidden" name="does" value=(does);
                    @match does {
                        "reply" => (self.reply(pad, branch.map(|(_, branch)| branch))),
                        "delegate" => {
                            (pad.field("to", &say.t("cases-to")).hint(&say.t("cases-to-hint")).offered("offered-doers").width(Width::Medium).optional().text(say))
                            (pad.field("words", &say.t("cases-said")).optional().long(say, 2))
                        },
                        "assign" => {
                            (pad.field("to", &say.t("cases-to")).hint(&say.t("cases-to-same")).offered("offered-doers").width(Width::Medium).optional().text(say))
                            (pad.field("reason", &say.t("cases-reason")).long(say, 2))
                        },
                        "ask-for-time" => {
                            (pad.field("until", &say.t("cases-until")).date(say))
                            (pad.field("reason", &say.t("cases-reason")).long(say, 2))
                        },
                        "decide-time" => (self.decide(pad)),
                        "refuse" => (pad.field("reason", &say.t("cases-reason")).long(say, 2)),
                        _ => (pad.field("words", &say.t("cases-said")).long(say, 3)),
                    }
                    button.button type="submit" { (label) }
                }))
            }
        }
    }

    fn reply(&self, pad: &Pad<'_>, branch: Option<&Branch>) -> Markup {
        let say = self.say;
        let replies = branch.map(|branch| branch.replies.as_slice()).unwrap_or_default();
        let details: Vec<Option<String>> = replies
            .iter()
            .map(|reply| match reply.comments {
                Some(least) => Some(say.tr("comments-reply-needs", &[("severity", least.text().into())])),
                None => reply.words.then(|| say.t("cases-reply-why")),
            })
            .collect();
        let choices: Vec<Choice<'_>> = replies
            .iter()
            .zip(&details)
            .map(|(reply, detail)| Choice {
                detail: detail.as_deref(),
                ..Choice::new(&reply.code, named(say, &reply.names))
            })
            .collect();
        html! {
            (pad.field("reply", &say.t("cases-reply")).radios(say, &choices))
            (pad.field("words", &say.t("cases-said")).optional().long(say, 3))
        }
    }

    fn decide(&self, pad: &Pad<'_>) -> Markup {
        let say = self.say;
        let (yes, no) = (say.t("cases-time-yes"), say.t("cases-time-no"));
        html! {
            (pad.field("granted", &say.t("cases-granted")).radios(say, &[Choice::new("yes", &yes), Choice::new("no", &no)]))
            (pad.field("reason", &say.t("cases-reason")).optional().long(say, 2))
        }
    }
}

/// What the form of an act on a task is called.
pub fn form_name(task: &Task, does: &str) -> String {
    format!("task-{}-{does}-", task.id)
}
