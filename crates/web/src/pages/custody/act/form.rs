//! The form of an act on copies.

use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::custody::{Container, fact::IncidentKind};
use store::Visible;

use super::{
    super::{
        common::{DESK, Kept, Part, places, ways},
        copies,
    },
    Doing,
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Choice, Form, SEND, Section, Width, buttons, form, heading},
    pages::{
        marking_form,
        visit::{Sent, Wrong, labelled},
    },
    signed::Signed,
    words,
};

/// The fields with the keys of their labels, in the order of the forms.
pub(super) const FIELDS: [(&str, &str); 15] = [
    ("registry", "column-registry"),
    ("copies", "copies-names"),
    ("to", "copies-to"),
    ("person", "copies-person"),
    ("to_registry", "copies-registry"),
    ("elsewhere", "copies-elsewhere"),
    ("bearer", "copies-bearer"),
    ("back_by", "copies-back-by"),
    ("container", "copies-container"),
    ("shelf", "copies-shelf"),
    ("method", "copies-method"),
    ("kind", "copies-kind"),
    ("at", "copies-at"),
    ("despite", "copies-despite"),
    ("words", "copies-words"),
];

/// The field that names to whom copies go.
pub(super) fn target(sent: &Sent) -> &'static str {
    match sent.get("to") {
        "person" => "person",
        "registry" => "to_registry",
        "elsewhere" => "elsewhere",
        _ => "to",
    }
}

/// The containers to choose from, where the act asks for one.
pub(super) async fn containers(
    reading: &mut Reading,
    doing: Doing,
    kept: &Kept,
) -> Result<Vec<Visible<(Container, u64)>>, WebError> {
    match doing {
        Doing::Keep => Ok(reading.containers(kept.chosen.id).await?),
        _ => Ok(Vec::new()),
    }
}

/// The page.
#[expect(clippy::too_many_arguments, reason = "a form is made of them")]
pub(super) fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    doing: Doing,
    kept: &Kept,
    containers: &[Visible<(Container, u64)>],
    sent: &Sent,
    wrong: &Wrong,
) -> axum::response::Response {
    let mut labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let own = say.maybe(&format!("copies-words-{}", doing.as_str()), &[]);
    if let (Some(own), Some((_, label))) = (own, labels.iter_mut().find(|(name, _)| *name == "words")) {
        *label = own;
    }
    let (title, text) = (doing.label(say), say.t(&format!("copies-act-{}-text", doing.as_str())));
    let (path, back) = (doing.path(), kept.address(copies::PATH));
    let cancel = say.t("form-cancel");
    let frame = Form {
        action: &path,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: true,
    };
    let asked = Asked { say, reading, kept, containers, sent, wrong, labels: &labels };
    let go = match doing {
        Doing::Miss | Doing::Release => Button::grave(&title),
        _ => Button::main(&title),
    };
    let body = html! {
        (wrong.shown(say, &labels))
        (heading(&title, &html! { p { (text) } }))
        (ways(say, kept, Part::Copies))
        (form(frame, &html! {
            (asked.which())
            (asked.details(doing))
            (buttons(&[go.key(SEND), Button::plain(&cancel).to(&back)]))
        }))
    };
    let sheet = Sheet::plain(&title, &path, Some(Section::Custody), body);
    frame::page(say, reading, &signed.form_token, sheet)
}

/// What was asked, for the fields.
struct Asked<'a> {
    say: Voice<'a>,
    reading: &'a Reading,
    kept: &'a Kept,
    containers: &'a [Visible<(Container, u64)>],
    sent: &'a Sent,
    wrong: &'a Wrong,
    labels: &'a [(&'static str, String)],
}

impl<'a> Asked<'a> {
    fn field(&self, name: &'static str) -> crate::look::Field<'a> {
        labelled(self.labels, name).value(self.sent.get(name)).error(self.wrong.at(name))
    }

    /// The copies, and whose they are.
    fn which(&self) -> Markup {
        let say = self.say;
        let registries = words::registry_choices(say, &self.kept.all);
        let hint = say.t("copies-names-hint");
        html! {
            @if registries.len() > 1 {
                (self.field("registry").width(Width::Medium).select(say, &marking_form::choices(&registries)))
            } @else {
                input type="hidden" name="registry" value=(self.kept.chosen.code);
            }
            (self.field("copies").hint(&hint).focused().long(say, 6))
        }
    }

    fn details(&self, doing: Doing) -> Markup {
        let say = self.say;
        match doing {
            Doing::Send => self.sending(),
            Doing::Keep => {
                let places = places(say, self.containers);
                let chosen =
                    if self.sent.get("container").is_empty() { DESK } else { self.sent.get("container") };
                let hint = say.t("copies-shelf-hint");
                html! {
                    div.pair {
                        (self.field("container").value(chosen).select(say, &marking_form::choices(&places)))
                        (self.field("shelf").hint(&hint).optional().text(say))
                    }
                    (self.moment())
                    (self.field("words").optional().long(say, 2))
                }
            }
            Doing::Prolong => {
                let hint = say.t("copies-day-hint");
                html! {
                    (self.field("back_by").hint(&hint).width(Width::Medium).text(say))
                    (self.field("words").long(say, 3))
                }
            }
            Doing::DrawUp => {
                let hint = say.t("copies-method-hint");
                html! { (self.field("method").hint(&hint).text(say)) }
            }
            Doing::Report => {
                let kinds: Vec<(String, String)> = IncidentKind::ALL
                    .map(|kind| {
                        (kind.as_str().to_owned(), say.t(&format!("copies-incident-{}", kind.as_str())))
                    })
                    .to_vec();
                html! {
                    (self.field("kind").width(Width::Medium).select(say, &marking_form::choices(&kinds)))
                    (self.field("words").long(say, 4))
                }
            }
            Doing::Miss | Doing::Release => self.field("words").long(say, 4),
        }
    }

    fn moment(&self) -> Markup {
        let hint = self.say.t("copies-at-hint");
        self.field("at").hint(&hint).optional().width(Width::Medium).text(self.say)
    }

    fn sending(&self) -> Markup {
        let say = self.say;
        let hints =
            ["copies-person-hint", "copies-elsewhere-hint", "copies-bearer-hint", "copies-back-by-hint"]
                .map(|k| say.t(k));
        let [person, elsewhere, bearer, back_by] = &hints;
        let kinds = ["person", "desk", "registry", "elsewhere"]
            .map(|kind| (kind, say.t(&format!("copies-to-{kind}"))));
        let choices: Vec<Choice<'_>> = kinds.iter().map(|(kind, label)| Choice::new(kind, label)).collect();
        let others: Vec<_> = self
            .reading
            .house
            .registries()
            .into_iter()
            .filter(|r| r.id != self.kept.chosen.id)
            .cloned()
            .collect();
        let registries = words::registry_choices(say, &others);
        let to = if self.sent.get("to").is_empty() { "person" } else { self.sent.get("to") };
        html! {
            (self.field("to").value(to).radios(say, &choices))
            (self.field("person").hint(person).optional().width(Width::Medium).text(say))
            div.pair {
                @if !registries.is_empty() {
                    (self.field("to_registry").optional().width(Width::Medium).select(say, &marking_form::choices(&registries)))
                }
                (self.field("elsewhere").hint(elsewhere).optional().width(Width::Medium).text(say))
            }
            div.pair {
                (self.field("bearer").hint(bearer).optional().text(say))
                (self.field("back_by").hint(back_by).optional().text(say))
            }
            (self.happened())
        }
    }

    /// That it has happened already, and even where it would have been refused; folded up until it is wanted.
    fn happened(&self) -> Markup {
        let say = self.say;
        let none = say.t("copies-despite-none");
        let reasons = ["happened", "emergency"].map(|reason| {
            let key = format!("copies-despite-{reason}");
            (reason, say.t(&key), say.t(&format!("{key}-text")))
        });
        let mut choices = vec![Choice::new("", &none)];
        for (reason, label, detail) in &reasons {
            choices.push(Choice { detail: Some(detail), ..Choice::new(reason, label) });
        }
        let open = ["at", "despite", "words"]
            .iter()
            .any(|name| self.wrong.at(name).is_some() || !self.sent.get(name).is_empty());
        let hint = say.t("copies-words-send-hint");
        html! {
            details.card.more open[open] {
                summary { (say.t("copies-happened")) }
                div {
                    (self.moment())
                    (self.field("despite").optional().radios(say, &choices))
                    (self.field("words").hint(&hint).optional().long(say, 3))
                }
            }
        }
    }
}
