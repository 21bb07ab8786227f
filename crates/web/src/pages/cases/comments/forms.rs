//! The forms of a table of comments: a new row, a row that is changed, a row that is settled.

use maud::{Markup, html};
use office::cases::comments::CommentRow;
use registry::cases::{Outcome, Severity};

use super::{Shown, outcome_words, path, rows::tone, severity_words};
use crate::{
    look::{Button, Choice, Field, Form, Width, buttons, card, chip, form},
    pages::cases::{doer, doer_words, tasks},
};

/// The fields of a row, with the keys of their labels.
pub const FIELDS: [(&str, &str); 11] = [
    ("task", "comments-task"),
    ("severity", "comments-severity"),
    ("page", "comments-page"),
    ("paragraph", "comments-paragraph"),
    ("line", "comments-line"),
    ("text", "comments-text"),
    ("comment_text", "comments-comment"),
    ("proposal", "comments-proposal"),
    ("rationale", "comments-rationale"),
    ("reason", "comments-reason"),
    ("comments", "comments-chosen"),
];
/// The keys by which a row that is opened is settled.
const KEYS: [&str; 4] = ["1", "2", "3", "4"];

impl Shown<'_> {
    /// What is wrong with a form that came back.
    pub fn wrong(&self) -> Markup {
        let labels = FIELDS.map(|(name, key)| (name, self.say.t(key)));
        self.back.wrong.shown(self.say, &labels)
    }

    /// What stands in a field: what was typed, else what the row says.
    fn value<'v>(&'v self, act: &str, name: &str, row: Option<&'v CommentRow>) -> &'v str {
        if let Some(sent) = self.back.sent.as_ref().filter(|sent| sent.get("form") == act) {
            return sent.get(name);
        }
        let Some(row) = row.map(|row| &row.comment.row) else { return "" };
        let of = |place: &'v Option<String>| place.as_deref().unwrap_or_default();
        match name {
            "severity" => row.severity.text(),
            "page" => of(&row.page),
            "paragraph" => of(&row.paragraph),
            "line" => of(&row.line),
            "text" => of(&row.text),
            "comment_text" => of(&row.comment),
            "proposal" => of(&row.proposal),
            "rationale" => of(&row.rationale),
            _ => "",
        }
    }

    fn field<'f>(
        &'f self,
        act: &str,
        name: &'static str,
        label: &'f str,
        row: Option<&'f CommentRow>,
    ) -> Field<'f> {
        Field::new(name, label).value(self.value(act, name, row)).error(self.back.wrong.at(name))
    }

    /// The fields of a row.
    fn fields(&self, act: &str, row: Option<&CommentRow>) -> Markup {
        let say = self.say;
        let names = Severity::ALL.map(|severity| (severity.text(), severity_words(say, severity)));
        let why = say.t("comments-critical-needs");
        let choices: Vec<Choice<'_>> = names
            .iter()
            .map(|(value, label)| Choice {
                detail: (*value == Severity::Critical.text()).then_some(why.as_str()),
                ..Choice::new(value, label)
            })
            .collect();
        let label = |name: &str| {
            FIELDS.iter().find(|(known, _)| *known == name).map(|(_, key)| say.t(key)).unwrap_or_default()
        };
        let [severity, page, paragraph, line, text, comment, proposal, rationale] =
            ["severity", "page", "paragraph", "line", "text", "comment_text", "proposal", "rationale"]
                .map(label);
        html! {
            (self.field(act, "severity", &severity, row).radios(say, &choices))
            div.row {
                (self.field(act, "page", &page, row).optional().width(Width::Short).text(say))
                (self.field(act, "paragraph", &paragraph, row).optional().width(Width::Short).text(say))
                (self.field(act, "line", &line, row).optional().width(Width::Short).text(say))
            }
            (self.field(act, "text", &text, row).optional().long(say, 2))
            (self.field(act, "comment_text", &comment, row).long(say, 3))
            (self.field(act, "proposal", &proposal, row).optional().long(say, 2))
            (self.field(act, "rationale", &rationale, row).optional().long(say, 2))
        }
    }

    fn form(&self, to: &str, body: &Markup) -> Markup {
        let command = self.app.office.new_command().to_string();
        let frame =
            Form { action: to, token: Some(self.token), command: Some(&command), files: false, guard: false };
        form(frame, body)
    }

    /// The form of a new row.
    pub fn adding(&self) -> Markup {
        let say = self.say;
        let to = self.asking.with(&path(&self.table.row.case.number), "row", "");
        let names: Vec<(String, String)> = self
            .table
            .tasks
            .iter()
            .map(|row| {
                let of = [
                    ("task", tasks::called(say, &self.table.row, &row.task).into()),
                    ("who", doer_words(say, &row.owner).into()),
                ];
                (row.task.id.to_string(), say.tr("cases-task-of", &of))
            })
            .collect();
        let choices: Vec<Choice<'_>> = names.iter().map(|(id, name)| Choice::new(id, name)).collect();
        let (label, add) = (say.t("comments-task"), say.t("comments-add"));
        let sent = self.back.sent.as_ref().is_some_and(|sent| sent.get("form") == "add");
        let none = self.table.comments.is_empty();
        html! {
            details.more open[sent || none] {
                summary data-action=(add) data-key="c" { (add) }
                (self.form(&to, &html! {
                    input type="hidden" name="form" value="add";
                    @if let [(only, _)] = names.as_slice() { input type="hidden" name="task" value=(only); } @else {
                        (self.field("add", "task", &label, None).radios(say, &choices))
                    }
                    (self.fields("add", None))
                    (buttons(&[Button::main(&add).named("act", "add")]))
                }))
            }
        }
    }

    /// A row that is opened: what it says, and what the reader can do with it.
    pub fn opened(&self, row: &CommentRow) -> Markup {
        let (say, comment) = (self.say, &row.comment);
        let number = comment.number.to_string();
        let title = say.tr("comments-row", &[("n", number.as_str().into())]);
        let to = self.asking.with(&path(&self.table.row.case.number), "row", &number);
        let places = self.place(&comment.row).join(", ");
        let body = html! {
            div.row {
                (chip(tone(comment.row.severity), &severity_words(say, comment.row.severity)))
                (doer(say, &row.office))
                @if !places.is_empty() { span { (places) } }
            }
            @if row.writes { (self.changing(row, &to)) } @else {
                (self.said(&comment.row))
                @if let Some(proposal) = &comment.row.proposal {
                    div.said { strong { (say.t("comments-proposal")) (say.t("colon")) } " " (proposal) }
                }
                p { (self.state(comment)) @if let Some(by) = &row.settled_by { " " span.quiet { (by) } } }
            }
            @if row.settles { (self.settling(row, &to)) }
        };
        card(&title, &body)
    }

    fn changing(&self, row: &CommentRow, to: &str) -> Markup {
        let say = self.say;
        let (change, withdraw) = (say.t("comments-change"), say.t("comments-withdraw"));
        self.form(
            to,
            &html! {
                input type="hidden" name="form" value="change";
                input type="hidden" name="comment" value=(row.comment.id);
                @if let Some(author) = &row.comment.row.author { input type="hidden" name="author" value=(author); }
                (self.fields("change", Some(row)))
                (buttons(&[
                    Button::main(&change).named("act", "change"),
                    Button::plain(&withdraw).named("act", "withdraw"),
                ]))
            },
        )
    }

    /// How a row is settled: a reason, and a button with a key for each way.
    fn settling(&self, row: &CommentRow, to: &str) -> Markup {
        let say = self.say;
        let (reason, hint) = (say.t("comments-reason"), say.t("comments-reason-hint"));
        let labels = Outcome::ALL.map(|outcome| say.t(&format!("comments-do-{}", outcome.text())));
        let acts: Vec<Button<'_>> = Outcome::ALL
            .iter()
            .zip(&labels)
            .zip(KEYS)
            .map(|((outcome, label), key)| Button::plain(label).named("act", outcome.text()).key(key))
            .collect();
        self.form(
            to,
            &html! {
                input type="hidden" name="form" value="settle";
                input type="hidden" name="comment" value=(row.comment.id);
                (self.field("settle", "reason", &reason, None).hint(&hint).optional().long(say, 2))
                (buttons(&acts))
            },
        )
    }

    /// What a row says of how it was settled, for files.
    pub fn settled_words(&self, row: &CommentRow) -> String {
        let settled = row.comment.adjudication.as_ref();
        settled
            .map_or_else(|| self.say.t("comments-open"), |settled| outcome_words(self.say, settled.outcome))
    }
}
