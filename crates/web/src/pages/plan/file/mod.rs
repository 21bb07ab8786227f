//! A file of the plan: what it is, its volumes, what stands below it, the documents in it; and, for those who keep the
//! plan, what can be done with it.

mod acts;
mod beside;
mod export;
pub mod forms;
mod list;

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{Reading, filing::Plan, texts::Voice};
use registry::{Code, FileId, house::Registry};
use serde::Deserialize;
use store::{
    Visible,
    documents::Order,
    filing::{PlanFile, Volume},
};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Notice, Section, buttons, card, crumbs, heading},
    pages::{
        plan, shown,
        visit::{Sent, Visit, Wrong, done, id},
    },
    signed::Signed,
};

pub use acts::{put, turn};
use beside::{files_below, particulars, volumes};
pub use export::{values, workbook};
use list::{list, part, volume_pills};

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    volume: String,
    order: String,
    after: String,
    before: String,
    done: String,
}

impl Asking {
    fn order(&self) -> Order {
        match self.order.as_str() {
            "oldest" => Order::Oldest,
            "registered" => Order::LastRegistered,
            "first" => Order::FirstRegistered,
            _ => Order::Newest,
        }
    }
    fn volume(&self) -> Option<u32> {
        self.volume.parse().ok()
    }
}

/// A file with all that its page needs.
pub struct Opened {
    /// In whose plan.
    pub registry: Registry,
    /// The plan.
    pub plan: Plan,
    /// The file.
    pub file: Visible<PlanFile>,
    /// Its volumes.
    pub volumes: Vec<Visible<Volume>>,
}

impl Opened {
    /// Reads a file. One that is not there and one that is not for the reader are refused alike.
    pub async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let id: FileId = id(asked)?;
        let (registry, plan) = reading.file(id).await?;
        let file = plan.file(id).cloned().ok_or_else(|| WebError::page(Code::NotFound))?;
        let volumes = reading.volumes(&file).await?;
        Ok(Self { registry, plan, file, volumes })
    }

    /// Its identifier.
    pub fn id(&self) -> FileId {
        self.file.state.file.id
    }

    /// The same for one who may change it.
    pub async fn kept(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let opened = Self::of(reading, asked).await?;
        if reading.viewer().registers(opened.registry.id) {
            Ok(opened)
        } else {
            Err(WebError::page(Code::Forbidden))
        }
    }
}

/// The page of a file.
pub async fn file(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let opened = Opened::of(&mut reading, &asked_id).await?;
    reading.note_opened(office::own::Opened::File(opened.id())).await;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    let said = Said { notices: done(say, &asking.done), ..Said::default() };
    page(say, &mut reading, &signed, &opened, &asking, &path, &sent, said).await
}

/// What a page says beside the file itself.
#[derive(Default)]
struct Said {
    wrong: Wrong,
    notices: Vec<Notice>,
}

#[expect(clippy::too_many_arguments, reason = "a page is made of them")]
async fn page(
    say: Voice<'_>,
    reading: &mut Reading,
    signed: &Signed,
    opened: &Opened,
    asking: &Asking,
    path: &str,
    sent: &Sent,
    said: Said,
) -> Result<Response, WebError> {
    let part = part(reading, &opened.file, asking).await?;
    let keeps = reading.viewer().registers(opened.registry.id);
    let title = plan::called(say, &opened.file);
    let below = opened.plan.under(opened.id());
    let labels: Vec<_> = part.rows.iter().filter_map(|e| shown::shown_of(&reading.house, e)).collect();
    let marked = [&opened.file].into_iter().chain(below.iter().copied());
    let above = opened.plan.above(opened.id());
    let marked = plan::labels(marked.chain(above.iter().copied()));
    let body = html! {
        (said.wrong.shown(say, &forms::labels(say)))
        (way(say, opened))
        (heading(&title, &html! {
            (plan::chips(say, reading, &opened.file))
            @if let Some(status) = &opened.file.state.file.status { span { (status) } }
            span.quiet { (say.tr("plan-documents", &[("n", opened.file.documents.into())])) }
        }))
        div.cols.roomy {
            div {
                (volume_pills(say, opened, asking))
                (list(say, reading, opened, asking, &part))
            }
            aside.stack {
                @if keeps {
                    @let change = say.t("plan-change");
                    (buttons(&[Button::plain(&change).to(&format!("/files/{}/change", opened.id())).key("e")]))
                }
                (card(&say.t("plan-about"), &particulars(say, opened)))
                (volumes(say, opened))
                (files_below(say, reading, &below))
                @if keeps { (forms::forms(say, signed, opened, sent, &said.wrong)) }
            }
        }
    };
    let sheet = Sheet {
        shown: labels.iter().chain(marked).collect(),
        undetermined: shown::any_undetermined(part.rows.iter().map(|e| &**e)),
        notices: said.notices,
        ..Sheet::plain(&title, path, Some(Section::Files), body)
    };
    Ok(frame::page(say, reading, &signed.form_token, sheet))
}

/// The way to a file: its registry's plan, and the files above it.
pub fn way(say: Voice<'_>, opened: &Opened) -> Markup {
    let top = say.t("rail-files");
    let plan = format!("/files?registry={}", opened.registry.code);
    let name = opened.registry.names.in_language(say.language().tag());
    let above: Vec<(String, String)> = opened
        .plan
        .above(opened.id())
        .iter()
        .map(|f| (plan::called(say, f), plan::address(f.state.file.id)))
        .collect();
    let mut steps = vec![Crumb { label: &top, href: "/files" }, Crumb { label: name, href: &plan }];
    steps.extend(above.iter().map(|(label, href)| Crumb { label, href }));
    crumbs(say, &steps)
}
