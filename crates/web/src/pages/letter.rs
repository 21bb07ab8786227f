//! What waits in an in-tray beside the form that registers it: who sent it, what it says, what is attached, which paper it
//! answers; and the small form that says why it is not registered. Shows only what the reading gave.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    staging::Waiting,
    texts::Voice,
    tray::{Item, Source, Thread},
};
use registry::{Code, FileId, ObjectId, document::ReadingOutcome, intake::DismissalReason};

use crate::{
    answer::WebError,
    given::Given,
    look::{
        Button, Choice, Fact, Field, Form, PageView, buttons, card, facts, form, page_view, reference_link,
    },
    pages::{
        shown, tray,
        visit::{Sent, Visit, Wrong, id},
    },
    words::Marked,
};

/// Most addressees that are listed beside the form.
const LISTED: usize = 20;

/// Something that waits, with all that is shown of it.
pub struct Letter {
    /// What waits.
    pub item: Item,
    /// The paper that it answers.
    pub thread: Option<Thread>,
    brought_by: Option<String>,
    text: String,
    precedence: bool,
}

impl Letter {
    /// What waits under a name in a tray of the reader's, and the same as a file that was just read. None: it is not there,
    /// or not his, or settled meanwhile, or without content.
    pub async fn of(reading: &mut Reading, id: ObjectId) -> Result<Option<(Self, Waiting)>, Failure> {
        let Some(item) = reading.tray_item(id).await? else { return Ok(None) };
        let Some(waiting) = reading.tray_waiting(&item).await? else { return Ok(None) };
        let thread = reading.tray_thread(&item).await?;
        let text = waiting.reading.as_ref().map(|read| read.text.clone()).unwrap_or_default();
        let precedence = item.head.precedence.is_some();
        let brought_by = match item.head.brought_by {
            Some(person) => reading.name_of(person).await?,
            None => None,
        };
        Ok(Some((Self { item, thread, brought_by, text, precedence }, waiting)))
    }

    /// What it is called as a whole, and what it means to dismiss it: keys of the texts.
    pub fn words(&self) -> (&'static str, &'static str) {
        match self.item.source {
            Source::Mailbox => ("tray-message", "tray-dismiss-hint"),
            Source::Drop | Source::Scan => ("tray-file", "tray-dismiss-hint-file"),
        }
    }

    /// The files in which the paper is that it answers.
    pub fn files(&self) -> &[(FileId, String)] {
        self.thread.as_ref().map(|thread| thread.files.as_slice()).unwrap_or_default()
    }

    /// Begins the form: whose tray, which way, what it answers and where that is filed.
    pub fn begin(&self, reading: &Reading, sent: &mut Sent) {
        sent.set("item", self.item.id.to_string());
        if let Some(registry) = reading.house.registry(self.item.registry) {
            sent.set("registry", registry.code.clone());
        }
        sent.set("direction", self.item.direction.as_str().to_owned());
        if let Some(thread) = &self.thread {
            sent.set("reply_to", thread.reference.clone());
            for (file, _) in &thread.files {
                sent.push("file", file.to_string());
            }
        }
    }

    /// What stands beside the form.
    pub fn shown(&self, say: Voice<'_>, reading: &Reading) -> Markup {
        let labels = ["from", "to", "cc", "sent", "arrived", "origin", "answers", "brought-by"]
            .map(|key| say.t(&format!("tray-{key}")));
        let [from, to, cc, sent, arrived, origin, answers, brought] = &labels;
        let mut known = Vec::new();
        if let Some(mail) = &self.item.head.mail {
            for (label, list) in [(from, &mail.from), (to, &mail.to), (cc, &mail.cc)] {
                if !list.is_empty() {
                    let more = list.len().saturating_sub(LISTED);
                    let value = html! {
                        (list.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", "))
                        @if more > 0 { " " (say.tr("tray-more", &[("n", more.into())])) }
                    };
                    known.push(Fact { label, value });
                }
            }
            if let Some(date) = &mail.date {
                let at = date.parse::<jiff::Timestamp>().ok();
                let value = match at {
                    Some(at) => html! { (shown::moment(say, reading, at.into())) },
                    None => html! { (date) },
                };
                known.push(Fact { label: sent, value });
            }
        }
        known
            .push(Fact { label: arrived, value: html! { (shown::moment(say, reading, self.item.arrived)) } });
        known.push(Fact { label: origin, value: html! { (tray::origin(say, &self.item)) } });
        if let Some(name) = &self.brought_by {
            known.push(Fact { label: brought, value: html! { (name) } });
        }
        if let Some(thread) = &self.thread {
            let entry = &thread.document.entry;
            let value = html! { (reference_link(&thread.reference, &shown::address(entry))) " " (entry.subject.as_deref().unwrap_or_default()) };
            known.push(Fact { label: answers, value });
        }
        let marked = self.item.head.marking.as_ref().filter(|label| reading.house.policies.of(label).is_ok());
        let marked =
            marked.map(|label| Marked::of(Some(label), &reading.house.policies, say, say.language()));
        html! { div.stack {
            (card(&say.t(self.words().0), &html! { (facts(&known)) (self.attached(say)) }))
            @if self.text.trim().is_empty() {
                p.quiet { (say.t("tray-no-text")) }
            } @else {
                (page_view(say, &PageView {
                    marking: marked.as_ref().map(Marked::as_marking),
                    text: &self.text,
                    hits: &[],
                    language: say.language(),
                    lines_matter: self.precedence,
                }))
            }
        } }
    }

    fn attached(&self, say: Voice<'_>) -> Markup {
        let Some(content) = &self.item.content else { return html! {} };
        let own = format!("/tray/{}/file", self.item.id);
        let held = content.reading == ReadingOutcome::Quarantined;
        html! {
            ul.stack {
                li {
                    (content.file_name)
                    div.quiet {
                        (say.size(content.size)) " " (shown::reading_chip(say, content.reading))
                        (shown::flags(say, &self.item.head.flags))
                        @if !held {
                            " " a href={ (own) "/0" } aria-label=(say.tr("document-download-file", &[("name", content.file_name.as_str().into())])) { (say.t("document-download")) }
                        }
                    }
                }
                @for (n, one) in (1_usize..).zip(&content.enclosures) {
                    li {
                        (one.file_name)
                        div.quiet {
                            (say.size(one.size)) " " (shown::reading_chip(say, one.reading))
                            @if !held && one.reading != ReadingOutcome::Quarantined {
                                " " a href={ (own) "/" (n) } aria-label=(say.tr("document-download-file", &[("name", one.file_name.as_str().into())])) { (say.t("document-download")) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The small form that says why it is not registered.
    pub fn dismissal(&self, say: Voice<'_>, token: &str, sent: &Sent, wrong: &Wrong) -> Markup {
        let title = say.t("tray-dismiss");
        let (why, in_words) = (say.t("tray-why"), say.t("tray-words"));
        let hint = say.t("tray-words-hint");
        let reasons: Vec<(String, String)> = DismissalReason::ALL
            .iter()
            .map(|reason| (reason.as_str().to_owned(), tray::reason(say, reason.as_str())))
            .collect();
        let choices: Vec<Choice<'_>> = super::marking_form::choices(&reasons);
        let body = html! {
            input type="hidden" name="item" value=(self.item.id);
            input type="hidden" name="from" value="form";
            (Field::new("reason", &why).value(sent.get("reason")).error(wrong.at("reason")).select(say, &choices))
            (Field::new("words", &in_words).hint(&hint).value(sent.get("words")).error(wrong.at("words")).optional().text(say))
            (buttons(&[Button::plain(&title)]))
        };
        html! {
            details.card open[!wrong.is_empty()] {
                summary { (title) }
                p.quiet { (say.t(self.words().1)) }
                (form(Form { action: "/tray/dismiss", token: Some(token), command: None, files: false, guard: false }, &body))
            }
        }
    }
}

/// Something that waits, or what is attached to it by its place from 1, given out as it came.
pub async fn file(visit: Visit, Path((item, place)): Path<(String, String)>) -> Result<Response, WebError> {
    let Visit { mut reading, .. } = visit;
    if reading.trays().is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let opened = reading.open_waiting(id::<ObjectId>(&item)?, id::<usize>(&place)?).await?;
    Ok(Given::from(opened).answer())
}
