//! What is filled in a case and what became of it, in words.

use maud::{Markup, html};
use office::cases::DoerName;
use procedure::{Field as Asked, Kind, Value};
use registry::{
    Fact as Entry, Timestamp,
    cases::{Doer, Event as Became, Filled, Said},
};
use store::cases::Past;

use super::{named, one::Shown, stage_name, tasks};
use crate::{
    frame,
    look::{Event, Fact, card, facts, timeline},
    pages::shown,
    words,
};

impl Shown<'_> {
    /// What is filled in, by the definition: what the reader sees of it.
    pub fn fields(&self) -> Markup {
        let (say, view) = (self.say, self.view);
        let fields = view.row.definition.fields.iter();
        let told: Vec<Fact<'_>> = fields
            .filter_map(|field| {
                let value = view.row.values.get(&field.code)?;
                Some(Fact { label: named(say, &field.names), value: self.value(field, value) })
            })
            .collect();
        card(&say.t("cases-fields"), &html! { div.wide { (facts(&told)) } (self.changing()) })
    }

    fn value(&self, field: &Asked, value: &Value) -> Markup {
        let say = self.say;
        match value {
            Value::Text(text) => html! { span.said { (text) } },
            Value::Date(day) => html! { time datetime=(day) { (say.date(*day)) } },
            Value::Moment(at) => {
                let at: Timestamp = (*at).into();
                html! { time datetime=(at) { (shown::moment(say, self.reading, at)) } }
            }
            Value::YesNo(yes) => html! { (say.t(if *yes { "cases-yes" } else { "cases-no" })) },
            Value::Number(number) => html! { (say.integer(*number)) },
            Value::Choice(_) | Value::Choices(_) => {
                let choices = value.entries();
                let names =
                    choices.iter().filter_map(|code| field.choices.iter().find(|one| one.code == *code));
                let names: Vec<String> = names.map(|one| named(say, &one.names).to_owned()).collect();
                html! { (names.join(", ")) }
            }
            Value::Money(_) | Value::Rating(_) => html! { (value) },
            Value::Ref(_) | Value::Refs(_) => {
                let kind = field.kind.each().unwrap_or(field.kind);
                let entries = value.entries();
                html! {
                    @if let [only] = entries.as_slice() { (self.entry(kind, only)) } @else {
                        ul { @for entry in &entries { li { (self.entry(kind, entry)) } } }
                    }
                }
            }
        }
    }

    /// Somebody or something that is named in a field.
    fn entry(&self, kind: Kind, id: &str) -> Markup {
        let (say, organisation) = (self.say, &self.around.organisation);
        let tag = say.language().tag();
        let unknown = || html! { span.quiet { (say.t("cases-not-shown")) } };
        match kind {
            Kind::Document => id.parse().map_or_else(|_| unknown(), |id| self.document(id)),
            Kind::Person => match id.parse().ok().and_then(|id| self.view.people.get(&id)) {
                Some(name) => html! { a href={ "/organisation/people/" (id) } { (name) } },
                None => unknown(),
            },
            Kind::Post => match id.parse().ok().and_then(|id| organisation.post(id)) {
                Some(post) => html! {
                    a href={ "/organisation/posts/" (frame::escaped(&post.code)) } { (post.code) } " " (post.titles.in_language(tag))
                },
                None => unknown(),
            },
            Kind::Unit => match id.parse().ok().and_then(|id| organisation.unit(id)) {
                Some(unit) => html! {
                    a href={ "/organisation/units/" (frame::escaped(&unit.code)) } { (unit.code) } " " (unit.names.in_language(tag))
                },
                None => unknown(),
            },
            Kind::Country => html! { (words::nation(id, &self.reading.house.policies, say)) },
            Kind::Case => match self.around.cases.get(id) {
                Some(number) => html! { a.ref href=(super::address(number)) { (number) } },
                None => html! { span.quiet { (say.t("cases-case-hidden")) } },
            },
            _ => html! { (id) },
        }
    }

    /// What became of it, the last first.
    pub fn past(&self) -> Markup {
        let (say, zone) = (self.say, self.reading);
        let told: Vec<(&Past, Markup, Option<String>)> = self
            .view
            .history
            .iter()
            .rev()
            .filter_map(|past| self.happened(&past.fact).map(|(what, why)| (past, what, why)))
            .collect();
        let when: Vec<(String, String)> =
            told.iter().map(|(past, ..)| (shown::moment(say, zone, past.at), past.at.to_string())).collect();
        let events: Vec<Event<'_>> = told
            .into_iter()
            .zip(&when)
            .map(|((past, what, why), (words, at))| Event {
                what: html! { (what) @if let Some(why) = why { div.said { (why) } } },
                when: words,
                datetime: Some(at),
                detail: Some(html! { (self.person(past.by)) }),
                now: false,
            })
            .collect();
        card(&say.t("cases-history"), &timeline(&events))
    }

    /// What an entry says, and why or with what words. Nothing: it is about fields that the reader doesn't see.
    fn happened(&self, fact: &Entry) -> Option<(Markup, Option<String>)> {
        let (say, row) = (self.say, &self.view.row);
        let stage = |code: &str| stage_name(say, &row.definition, code);
        let plain = |words: String| html! { (words) };
        Some(match fact {
            Entry::CaseOpened { case } => {
                (plain(say.tr("cases-past-opened", &[("stage", stage(&case.stage).into())])), None)
            }
            Entry::CaseChanged { values, label, reason, .. } => {
                let fields = self.seen(values);
                let mut said: Vec<String> = Vec::new();
                if !fields.is_empty() {
                    said.push(say.tr("cases-past-changed", &[("fields", say.list(&fields).into())]));
                }
                if let Some(label) = label {
                    let marking = words::marking(label, &self.reading.house.policies, say.language());
                    said.push(say.tr("cases-past-marked", &[("marking", marking.into())]));
                }
                if said.is_empty() {
                    return None;
                }
                (plain(said.join(" ")), reason.clone())
            }
            Entry::CaseStepped { step } => {
                let known = row.definition.step(&step.from, &step.step);
                let name =
                    known.map_or_else(|| step.step.clone(), |known| named(say, &known.names).to_owned());
                let to = stage(&step.to);
                (
                    plain(say.tr("cases-past-stepped", &[("step", name.into()), ("stage", to.into())])),
                    step.reason.clone(),
                )
            }
            Entry::CaseReopened { stage: to, reason, .. } => {
                (plain(say.tr("cases-past-reopened", &[("stage", stage(to).into())])), Some(reason.clone()))
            }
            Entry::TaskMoved { task, event, .. } => {
                let known = self.view.tasks.iter().find(|row| row.task.id == *task)?;
                self.moved(known, event)
            }
            Entry::CaseShown { stage: of, evidence, document, words, .. } => {
                let known = row.definition.stage(of);
                let shown = known
                    .and_then(|stage| stage.evidence.iter().find(|one| Some(&one.code) == evidence.as_ref()));
                let product = known.and_then(|stage| stage.product.as_ref());
                let names = shown.map(|one| &one.names).or_else(|| product.map(|product| &product.names));
                let name = names.map(|names| named(say, names)).unwrap_or_default();
                let told = say.tr("cases-past-shown", &[("name", name.into())]);
                let what =
                    html! { (told) @if let Some(document) = document { " " (self.document(*document)) } };
                (what, words.clone())
            }
            Entry::CaseNoted { words, mentions, .. } => {
                let names: Vec<String> = mentions.iter().map(|id| self.person(*id).to_owned()).collect();
                let told = if names.is_empty() {
                    say.t("cases-past-noted")
                } else {
                    say.tr("cases-past-noted-to", &[("names", say.list(&names).into())])
                };
                (plain(told), Some(words.clone()))
            }
            Entry::CaseCommented { said, .. } => self.commented(said),
            _ => return None,
        })
    }

    /// What became of the table of comments.
    fn commented(&self, said: &Said) -> (Markup, Option<String>) {
        let say = self.say;
        let counted = |key: &str, n: usize| say.tr(key, &[("n", n.into())]);
        let (what, why) = match said {
            Said::Made { rows, .. } => (counted("comments-past-made", rows.len()), None),
            Said::Changed { .. } => (say.t("comments-past-changed"), None),
            Said::Withdrawn { comments } => (counted("comments-past-withdrawn", comments.len()), None),
            Said::Adjudicated { comments, outcome, reason } => {
                let outcome = say.t(&format!("comments-{}", outcome.text()));
                let told = [("n", comments.len().into()), ("outcome", outcome.into())];
                (say.tr("comments-past-settled", &told), reason.clone())
            }
        };
        (html! { (what) }, why)
    }

    /// What the fields that are filled in are called, of those that the reader sees.
    fn seen(&self, values: &Filled) -> Vec<String> {
        let definition = &self.view.row.definition;
        let known = values.keys().filter_map(|code| definition.field(code));
        let seen = known.filter(|field| field.seen(&self.view.relations));
        seen.map(|field| named(self.say, &field.names).to_owned()).collect()
    }

    fn moved(&self, row: &office::cases::TaskRow, event: &Became) -> (Markup, Option<String>) {
        let say = self.say;
        let task = tasks::called(say, &self.view.row, &row.task);
        let (what, who, why) = match event {
            Became::Acknowledged { .. } => ("acknowledged", None, None),
            Became::Asked { words } => ("asked", None, Some(words.clone())),
            Became::Answered { words } => ("answered", None, Some(words.clone())),
            Became::Refused { reason } => ("refused", None, Some(reason.clone())),
            Became::Assigned { to, reason } => {
                ("assigned", Some(self.called(row, *to)), Some(reason.clone()))
            }
            Became::Delegated { to: Some(to), words } => {
                ("delegated", Some(self.called(row, *to)), words.clone())
            }
            Became::Delegated { to: None, words } => ("taken-back", None, words.clone()),
            Became::TimeAsked { until, reason } => {
                let day = say.date(until.date(&self.reading.house.zone));
                ("time-asked", Some(day), Some(reason.clone()))
            }
            Became::TimeDecided { granted, reason } => {
                (if *granted { "time-granted" } else { "time-refused" }, None, reason.clone())
            }
            Became::Replied { reply } => {
                let branch = row.task.branch.as_ref().and_then(|code| self.view.row.definition.branch(code));
                let known =
                    branch.and_then(|(_, branch)| branch.replies.iter().find(|one| one.code == reply.reply));
                let name = match known {
                    Some(known) => named(say, &known.names).to_owned(),
                    None => say.maybe(&format!("cases-ended-{}", reply.reply), &[]).unwrap_or_default(),
                };
                ("replied", Some(name), reply.words.clone())
            }
        };
        let who = who.unwrap_or_default();
        let owner = super::doer_words(say, &row.owner);
        let told = say.tr(
            &format!("cases-past-{what}"),
            &[("task", task.into()), ("what", who.into()), ("owner", owner.into())],
        );
        (html! { (told) }, why)
    }

    /// What somebody to whom a task was given is called.
    fn called(&self, row: &office::cases::TaskRow, doer: Doer) -> String {
        let same = |known: &&DoerName| known.doer == doer;
        if let Some(known) = [Some(&row.owner), row.given_to.as_ref()].into_iter().flatten().find(same) {
            return super::doer_words(self.say, known);
        }
        match doer {
            Doer::Post(id) => {
                self.around.organisation.post(id).map(|post| post.code.clone()).unwrap_or_default()
            }
            Doer::Person(id) => self.person(id).to_owned(),
            Doer::Role(role) => shown::role(self.say, role),
            Doer::Anyone => self.say.t("cases-anyone"),
        }
    }
}
