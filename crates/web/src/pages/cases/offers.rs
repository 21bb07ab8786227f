//! What the reader can do with a case: the steps that he takes, fields to fill in, what must be shown, a note, reopening.

use maud::{Markup, html};
use office::cases::StepRow;
use procedure::{Field as Asked, Hindrance};

use super::{
    address,
    input::{self},
    named,
    one::Shown,
};
use crate::{
    look::{Choice, Field, Width, card, kbd, reference_link},
    pages::visit::Sent,
};

impl Shown<'_> {
    fn to(&self, what: &str) -> String {
        format!("{}/{what}", address(&self.view.row.case.number))
    }

    /// The steps that the reader takes.
    pub fn steps(&self) -> Markup {
        let (say, view) = (self.say, self.view);
        html! {
            @if !view.steps.is_empty() {
                (card(&say.t("cases-steps"), &html! {
                    div.acts { @for (place, row) in view.steps.iter().enumerate() { (self.step(row, place == 0)) } }
                }))
            }
        }
    }

    /// The fields that a step asks for: those that it needs, and what is missing of what its stage asks.
    fn asked_by(&self, row: &StepRow) -> Vec<&Asked> {
        let (definition, case) = (&self.view.row.definition, &self.view.row.case);
        let missing = |field: &&Asked| {
            let wants = row
                .hindrances
                .iter()
                .any(|one| matches!(one, Hindrance::Value(fault) if fault.field == field.code));
            wants && field.asked_in.iter().any(|in_| *in_ == case.stage)
        };
        let needed = |field: &&Asked| row.step.needs.contains(&field.code);
        definition.fields.iter().filter(|field| needed(field) || missing(field)).collect()
    }

    /// What stands in the way of a step and is not asked with it, in words.
    fn hindered(&self, row: &StepRow, asked: &[&Asked]) -> Vec<String> {
        let (say, definition) = (self.say, &self.view.row.definition);
        let branch = |code: &str| {
            definition
                .branch(code)
                .map(|(_, branch)| named(say, &branch.names).to_owned())
                .unwrap_or_default()
        };
        let told = |one: &Hindrance| {
            Some(match one {
                Hindrance::Value(fault) => {
                    if asked.iter().any(|field| field.code == fault.field) {
                        return None;
                    }
                    let name = definition.field(&fault.field).map(|field| named(say, &field.names));
                    say.tr("cases-hindered-field", &[("field", name.unwrap_or_default().into())])
                }
                Hindrance::Replies { branch: code, given, of } => say.tr(
                    "cases-hindered-replies",
                    &[("given", (*given).into()), ("all", (*of).into()), ("branch", branch(code).into())],
                ),
                Hindrance::NotOpened { branch: code } => {
                    say.tr("cases-hindered-not-asked", &[("branch", branch(code).into())])
                }
                Hindrance::Evidence { evidence } => {
                    let all = definition.stages.iter().flat_map(|stage| &stage.evidence);
                    let name = all.into_iter().find(|known| known.code == *evidence);
                    let name = name.map(|known| named(say, &known.names)).unwrap_or_default();
                    say.tr("cases-hindered-evidence", &[("evidence", name.into())])
                }
            })
        };
        row.hindrances.iter().filter_map(told).collect()
    }

    fn step(&self, row: &StepRow, main: bool) -> Markup {
        let (say, step) = (self.say, &row.step);
        let label = named(say, &step.names);
        let asked = self.asked_by(row);
        let hindered = self.hindered(row, &asked);
        let key = step.key.map(String::from);
        let name = format!("step-{}-", step.code);
        if !hindered.is_empty() {
            return html! {
                div.hindered {
                    button.button type="button" disabled aria-describedby={ (name) "why" } { (label) }
                    span.quiet id={ (name) "why" } { (hindered.join(" ")) }
                }
            };
        }
        let hidden = html! {
            input type="hidden" name="step" value=(step.code);
            input type="hidden" name="at" value=(self.view.row.case.stage);
        };
        if asked.is_empty() && !step.reason {
            return self.form(&name, &self.to("step"), |_| html! {
                (hidden)
                button.button.main[main] type="submit" data-action=(label) data-key=[key.as_deref()] aria-keyshortcuts=[key.as_deref()] {
                    (label) @if let Some(key) = &key { " " (kbd(key)) }
                }
            });
        }
        let open = self.back.form == name;
        html! {
            details.more open[open] {
                summary data-action=(label) data-key=[key.as_deref()] aria-keyshortcuts=[key.as_deref()] {
                    (label) @if let Some(key) = &key { " " (kbd(key)) }
                }
                (self.form(&name, &self.to("step"), |pad| {
                    let sent = if open { pad.sent.clone() } else { self.filled(&asked) };
                    html! {
                        (hidden)
                        @for field in &asked {
                            (input::control(say, &self.view.row.definition, field, true, pad.pad, &sent, pad.wrong))
                        }
                        @if step.reason { (pad.field("reason", &say.t("cases-reason")).long(say, 2)) }
                        button.button.main[main] type="submit" { (label) }
                    }
                }))
            }
        }
    }

    /// What stands in some fields, as a form has it.
    fn filled(&self, fields: &[&Asked]) -> Sent {
        let mut sent = Sent::default();
        for field in fields {
            if let Some(value) = self.view.row.values.get(&field.code) {
                let texts = input::typed(self.say, self.around, field, value);
                texts.into_iter().for_each(|text| sent.push(input::name_of(&field.code), text));
            }
        }
        sent
    }

    /// The form for filling fields in anew.
    pub fn changing(&self) -> Markup {
        let (say, view) = (self.say, self.view);
        let definition = &view.row.definition;
        let fields: Vec<&Asked> =
            definition.fields.iter().filter(|field| view.changes.contains(&field.code)).collect();
        let (name, mark) = ("change-", "mark-");
        let (fill, label) = (say.t("cases-change"), say.t("cases-change-marking"));
        let marks = view.marks;
        html! {
            @if !fields.is_empty() {
                @let open = self.back.form == name;
                details.more open[open] {
                    summary data-action=(fill) { (fill) }
                    (self.form(name, &self.to("change"), |pad| {
                        let sent = if open { pad.sent.clone() } else { self.filled(&fields) };
                        html! {
                            @for field in &fields {
                                (input::control(say, definition, field, field.required && field.when.is_none(), pad.pad, &sent, pad.wrong))
                            }
                            (pad.field("reason", &say.t("cases-reason")).optional().long(say, 2))
                            button.button.main type="submit" { (say.t("cases-change-go")) }
                        }
                    }))
                }
            }
            @if marks {
                @let open = self.back.form == mark;
                details.more open[open] {
                    summary data-action=(label) { (label) }
                    (self.form(mark, &self.to("change"), |pad| {
                        let mut sent = pad.sent.clone();
                        if !open {
                            super::new::marked(self.reading, &view.row.case.label, &mut sent);
                        }
                        html! {
                            input type="hidden" name="marking" value="yes";
                            (input::marking(say, self.reading, &sent, pad.wrong, None))
                            (pad.field("reason", &say.t("cases-reason")).long(say, 2))
                            button.button.main type="submit" { (label) }
                        }
                    }))
                }
            }
        }
    }

    /// What the stage that runs must be shown, and its product: what was shown, and the forms to show it.
    pub fn evidence(&self) -> Markup {
        let (say, view) = (self.say, self.view);
        let (case, definition) = (&view.row.case, &view.row.definition);
        let stage = definition.stage(&case.stage);
        let mut wanted: Vec<(Option<&str>, &str, bool, bool)> = Vec::new();
        for one in stage.iter().flat_map(|stage| &stage.evidence) {
            let document = one.kind == procedure::Shown::Document;
            wanted.push((Some(&one.code), named(say, &one.names), document, one.required));
        }
        if let Some(product) = stage.and_then(|stage| stage.product.as_ref()) {
            wanted.push((None, named(say, &product.names), true, false));
        }
        let known = |code: Option<&str>, stage: &str| {
            let stage = definition.stage(stage);
            let evidence =
                stage.and_then(|stage| stage.evidence.iter().find(|one| Some(one.code.as_str()) == code));
            let product = stage.and_then(|stage| stage.product.as_ref());
            let names = evidence.map(|one| &one.names).or_else(|| product.map(|product| &product.names));
            names.map(|names| named(say, names).to_owned()).unwrap_or_default()
        };
        html! {
            @if !wanted.is_empty() || !case.shown.is_empty() {
                (card(&say.t("cases-evidence"), &html! {
                    ul.stack {
                        @for shown in &case.shown {
                            li {
                                strong { (known(shown.evidence.as_deref(), &shown.stage)) }
                                @if let Some(document) = shown.document { div { (self.document(document)) } }
                                @if let Some(words) = &shown.words { div { (words) } }
                                div.quiet { (self.person(shown.by)) " · " (super::day(say, self.reading, shown.at)) }
                            }
                        }
                        @for (code, name, document, required) in &wanted {
                            @let there = case.shown.iter().any(|shown| shown.stage == case.stage && shown.evidence.as_deref() == *code);
                            @if !there && *required { li { (name) div.quiet { (say.t("cases-evidence-missing")) } } }
                            @if view.owns && case.is_open() { li { (self.showing(*code, name, *document)) } }
                        }
                    }
                }))
            }
        }
    }

    fn showing(&self, code: Option<&str>, name: &str, document: bool) -> Markup {
        let say = self.say;
        let form = format!("show-{}-", code.unwrap_or_default());
        let label = say.tr("cases-show", &[("name", name.into())]);
        html! {
            details.more open[self.back.form == form] {
                summary data-action=(label) { (label) }
                (self.form(&form, &self.to("show"), |pad| html! {
                    input type="hidden" name="evidence" value=(code.unwrap_or_default());
                    @if document {
                        (pad.field("document", &say.t("cases-document")).hint(&say.t("cases-hint-document")).text(say))
                    }
                    @let words = say.t("cases-said");
                    @let field = pad.field("words", &words);
                    @if document { (field.optional().long(say, 2)) } @else { (field.long(say, 2)) }
                    button.button type="submit" { (say.t("cases-show-go")) }
                }))
            }
        }
    }

    /// A document that the case names: a link where the reader sees it.
    pub fn document(&self, id: registry::DocumentId) -> Markup {
        match self.view.documents.get(&id) {
            Some(seen) => reference_link(&seen.reference, &format!("/documents/{id}")),
            None => html! { span.quiet { (self.say.t("cases-document-hidden")) } },
        }
    }

    /// What somebody is called.
    pub fn person(&self, id: registry::PersonId) -> &str {
        self.view.people.get(&id).map(String::as_str).unwrap_or_default()
    }

    /// The form by which something is said to those who take part.
    pub fn noting(&self) -> Markup {
        let say = self.say;
        let label = say.t("cases-note");
        card(&label, &self.form("note-", &self.to("note"), |pad| html! {
            (pad.field("words", &say.t("cases-said")).long(say, 3))
            (pad.field("mentions", &say.t("cases-mentions")).hint(&say.t("cases-mentions-hint")).optional().long(say, 2))
            button.button type="submit" { (say.t("cases-note-go")) }
        }))
    }

    /// The form by which a case that has ended is taken up again.
    pub fn reopening(&self) -> Markup {
        let (say, definition) = (self.say, &self.view.row.definition);
        let label = say.t("cases-reopen");
        let stages: Vec<(String, String)> = definition
            .stages
            .iter()
            .filter(|stage| self.view.reopens.contains(&stage.code))
            .map(|stage| (stage.code.clone(), named(say, &stage.names).to_owned()))
            .collect();
        let choices: Vec<Choice<'_>> = stages.iter().map(|(code, words)| Choice::new(code, words)).collect();
        let open = self.back.form == "reopen-";
        html! {
            details.card open[open] {
                summary data-action=(label) { (label) }
                (self.form("reopen-", &self.to("reopen"), |pad| html! {
                    (Field::width(pad.field("stage", &say.t("cases-into-stage")), Width::Medium).select(say, &choices))
                    (pad.field("reason", &say.t("cases-reason")).long(say, 2))
                    button.button type="submit" { (label) }
                }))
            }
        }
    }
}
