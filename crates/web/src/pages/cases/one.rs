//! A case: what it is, who has the ball and until when, what can be done, what is filled in, what became of it.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{Failure, Reading, cases::CaseView, texts::Voice};
use procedure::{Kind, Value};
use serde::Deserialize;

use super::{
    PATH, address, due,
    input::{Around, name_of},
    marking, named, stage_name, with_whom,
};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Crumb, Fact, Field, Form, Section, Tone, card, chip, crumbs, facts, form, heading, reference,
        reference_link,
    },
    pages::visit::{Sent, Visit, Wrong, done},
    signed::Asked,
};

/// The fields that forms of a case have beside those of its procedure, with the keys of their labels.
const FIELDS: [(&str, &str); 9] = [
    ("reason", "cases-reason"),
    ("words", "cases-said"),
    ("to", "cases-to"),
    ("until", "cases-until"),
    ("reply", "cases-reply"),
    ("granted", "cases-granted"),
    ("document", "cases-document"),
    ("mentions", "cases-mentions"),
    ("stage", "cases-into-stage"),
];

/// Whether forms of a case have such a field of their own.
pub fn has_field(name: &str) -> bool {
    FIELDS.iter().any(|(own, _)| *own == name)
}

/// A form that was refused: which, what is wrong with it, and what was typed.
#[derive(Default)]
pub struct Returned {
    pub form: String,
    pub wrong: Wrong,
    pub sent: Sent,
}

/// A case with all that its page is made of.
pub struct Shown<'a> {
    pub say: Voice<'a>,
    pub app: &'a App,
    pub reading: &'a Reading,
    pub token: &'a str,
    pub view: &'a CaseView,
    pub around: &'a Around,
    pub back: &'a Returned,
}

/// A form of the page: its identifiers begin with its own name.
pub struct Pad<'a> {
    pub pad: &'a str,
    pub sent: &'a Sent,
    pub wrong: &'a Wrong,
    known: Vec<(&'static str, String)>,
}

impl<'a> Pad<'a> {
    /// One of the fields that forms of a case have.
    pub fn field(&'a self, name: &'static str, label: &'a str) -> Field<'a> {
        let known = self.known.iter().find(|(own, _)| *own == name).map_or(name, |(_, known)| known);
        Field::new(name, label).known_as(known).value(self.sent.get(name)).error(self.wrong.at(known))
    }
}

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    done: String,
}

/// The page.
pub async fn one(
    visit: Visit,
    Path(which): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let id = reading.case_named(&which).await?;
    let view = reading.case(id).await?;
    let back = Returned::default();
    Ok(page(&app, &asked, &signed.form_token, &mut reading, &view, &back, &asking.done).await?)
}

/// What identifiers of a case are called.
pub async fn around(reading: &mut Reading, view: &CaseView) -> Result<Around, Failure> {
    let mut around = Around::of(reading).await?;
    around.documents = view.documents.clone();
    let cases = view.row.definition.fields.iter().filter(|field| field.kind == Kind::Case);
    let named: Vec<String> =
        cases.filter_map(|field| view.row.values.get(&field.code)).flat_map(Value::entries).collect();
    for id in named {
        let Ok(case) = id.parse() else { continue };
        match reading.case(case).await {
            Ok(seen) => _ = around.cases.insert(id, seen.row.case.number.clone()),
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(around)
}

/// The page of a case, with a form that came back or with what was done.
pub async fn page(
    app: &App,
    asked: &Asked,
    token: &str,
    reading: &mut Reading,
    view: &CaseView,
    back: &Returned,
    was_done: &str,
) -> Result<Response, Failure> {
    let around = around(reading, view).await?;
    let say = asked.voice_for(app, reading);
    let shown = Shown { say, app, reading, token, view, around: &around, back };
    let case = &view.row.case;
    let path = address(&case.number);
    let body = shown.body();
    let labels = std::iter::once(&case.label)
        .chain(view.whole.iter().map(|row| &row.case.label))
        .chain(view.parts.iter().map(|row| &row.case.label));
    let sheet = Sheet {
        shown: labels.collect(),
        notices: done(say, was_done),
        ..Sheet::plain(case.called(), &path, Some(Section::Cases), body)
    };
    Ok(frame::page(say, reading, token, sheet))
}

impl Shown<'_> {
    /// A form of the page.
    pub fn form(&self, name: &str, action: &str, body: impl FnOnce(&Pad<'_>) -> Markup) -> Markup {
        let (empty, none) = (Sent::default(), Wrong::default());
        let back = self.back.form == name;
        let known = FIELDS.map(|(own, _)| (own, format!("{name}{own}"))).to_vec();
        let pad = Pad {
            pad: name,
            sent: if back { &self.back.sent } else { &empty },
            wrong: if back { &self.back.wrong } else { &none },
            known,
        };
        let command = self.app.office.new_command().to_string();
        let frame =
            Form { action, token: Some(self.token), command: Some(&command), files: false, guard: false };
        form(frame, &body(&pad))
    }

    /// What is wrong with a form that came back.
    fn wrong(&self) -> Markup {
        let (say, pad) = (self.say, &self.back.form);
        let own = FIELDS.iter().map(|(name, key)| (format!("{pad}{name}"), say.t(key)));
        let fields = self.view.row.definition.fields.iter();
        let asked = fields
            .map(|field| (format!("{pad}{}", name_of(&field.code)), named(say, &field.names).to_owned()));
        let mut labels: Vec<(String, String)> = asked.chain(own).collect();
        labels.push(("level".to_owned(), say.t("form-level")));
        let labels: Vec<(&str, &String)> =
            labels.iter().map(|(name, label)| (name.as_str(), label)).collect();
        self.back.wrong.shown(say, &labels)
    }

    fn body(&self) -> Markup {
        let (say, view, row) = (self.say, self.view, &self.view.row);
        let of = format!("{PATH}?procedure={}", frame::escaped(&row.definition.code));
        html! {
            (self.wrong())
            (crumbs(say, &[
                Crumb { label: &say.t("rail-cases"), href: PATH },
                Crumb { label: named(say, &row.definition.names), href: &of },
            ]))
            (heading(row.case.called(), &html! {
                (reference(&row.case.number))
                (marking(say, self.reading, row))
                (chip(Tone::Plain, &stage_name(say, &row.definition, &row.case.stage)))
                span { (due(say, self.reading, row)) }
            }))
            (self.around.doers(say))
            (self.around.lists(say, &[Kind::Person, Kind::Post, Kind::Unit]))
            div.cols {
                div {
                    (self.steps())
                    (self.fields())
                }
                div {
                    (self.glance())
                    (self.evidence())
                    (self.table_of_comments())
                    (self.family())
                }
            }
            (self.tasks())
            div.cols {
                (self.past())
                (self.noting())
            }
            @if !view.reopens.is_empty() { (self.reopening()) }
        }
    }

    /// How it stands: stage, who has the ball, due.
    fn glance(&self) -> Markup {
        let (say, view, row) = (self.say, self.view, &self.view.row);
        let expected = row.case.expected();
        let labels =
            ["cases-stage", "cases-with", "cases-due", "cases-expected", "cases-opened-by", "cases-since"]
                .map(|key| say.t(key));
        let [stage, with, until, whole, opener, since] = &labels;
        let stage_now = row.definition.stage(&row.case.stage);
        let about = stage_now.and_then(|stage| stage.about.as_ref()).map(|about| named(say, about));
        let mut told = vec![Fact {
            label: stage,
            value: html! {
                strong { (stage_name(say, &row.definition, &row.case.stage)) }
                @if let Some(about) = about { div.quiet { (about) } }
            },
        }];
        if row.case.is_open() {
            told.push(Fact { label: with, value: with_whom(say, row) });
        }
        told.push(Fact { label: until, value: due(say, self.reading, row) });
        if let Some(day) = expected {
            told.push(Fact { label: whole, value: html! { time datetime=(day) { (say.date(day)) } } });
        }
        told.push(Fact { label: since, value: super::day(say, self.reading, row.case.since) });
        told.push(Fact {
            label: opener,
            value: html! { (super::doer(say, &view.opener)) div.quiet { (super::day(say, self.reading, row.case.opened_at)) } },
        });
        html! { section.card { (facts(&told)) } }
    }

    /// Where its table of comments is, where its procedure has one.
    fn table_of_comments(&self) -> Markup {
        let (say, row) = (self.say, &self.view.row);
        let branches = row.definition.stages.iter().flat_map(|stage| &stage.branches);
        let has = branches.into_iter().any(|branch| branch.matrix);
        let title = say.t("comments-heading");
        html! {
            @if has {
                (card(&title, &html! {
                    p { (say.t("comments-about")) }
                    div.acts { a.button href={ (address(&row.case.number)) "/comments" } data-action=(title) data-key="m" { (say.t("comments-look")) } }
                }))
            }
        }
    }

    /// The case of which it is a part, and its parts.
    fn family(&self) -> Markup {
        let (say, view) = (self.say, self.view);
        let one = |row: &office::cases::CaseRow| {
            html! {
                (reference_link(&row.case.number, &address(&row.case.number))) " " (row.case.called())
                div.row.quiet { (marking(say, self.reading, row)) (stage_name(say, &row.definition, &row.case.stage)) (due(say, self.reading, row)) }
            }
        };
        html! {
            @if let Some(whole) = &view.whole { (card(&say.t("cases-part-of"), &one(whole))) }
            @if !view.parts.is_empty() {
                (card(&say.t("cases-parts"), &html! { ul.stack { @for part in &view.parts { li { (one(part)) } } } }))
            }
        }
    }
}
