//! Working on a document: taking it out, giving it back with a new version or as it was, and a controller's giving back
//! what another has out.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{Failure, Reading, Sender, intake::LARGEST, texts::Voice};
use registry::{Code, Command, DocumentId, authorisation::Role, working::Out};
use store::visible::{EntryView, SightMark};

use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Crumb, Form, Notice, SEND, Section, Tone, Width, buttons, card, crumbs, form, heading,
        reference,
    },
    pages::{
        receiving::{Received, receive},
        shown,
        visit::{Sent, Visit, Wrong, id, labelled, refused},
    },
    signed::{Asked, Signed},
};

/// The fields with the keys of their labels.
const FIELDS: [(&str, &str); 3] =
    [("reason", "work-reason"), ("until", "work-until"), ("content", "form-file")];

/// What a form is about.
struct Subject {
    entry: EntryView,
    out: Option<Out>,
    controls: bool,
    registers: bool,
}

impl Subject {
    async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let document: DocumentId = id(asked)?;
        let entry = reading.document(document).await?.into_inner().entry;
        let controls = reading.viewer().has(Role::Controller, Some(entry.registry));
        let registers = reading.viewer().registers(entry.registry);
        if entry.sight != SightMark::Read || !(controls || registers) {
            return Err(WebError::page(Code::Forbidden));
        }
        let out = reading.out(&entry).await?;
        Ok(Self { entry, out, controls, registers })
    }

    fn address(&self) -> String {
        format!("/documents/{}", self.entry.document)
    }
}

/// Who has a document out, since when and until when, in a sentence.
pub fn who(say: Voice<'_>, reading: &Reading, out: &Out) -> String {
    let since = shown::moment(say, reading, out.since);
    let mut words = say.tr("work-out", &[("name", out.name.as_str().into()), ("since", since.into())]);
    if let Some(until) = out.until {
        words.push(' ');
        words.push_str(&say.tr("work-out-until", &[("until", say.date(until).into())]));
    }
    if let Some(reason) = &out.reason {
        words.push(' ');
        words.push_str(&say.tr("work-out-reason", &[("reason", reason.as_str().into())]));
    }
    words
}

/// What stands above a document that is out.
pub fn notice(say: Voice<'_>, reading: &Reading, out: &Out) -> Notice {
    let mine = out.person == reading.person().id;
    let words = html! {
        p { strong { (who(say, reading, out)) } }
        @if mine { p { (say.t("work-out-mine")) } }
    };
    Notice { tone: Tone::Soon, words }
}

/// The way to the page, for those who may do anything there.
pub fn button(say: Voice<'_>, reading: &Reading, entry: &EntryView, out: Option<&Out>) -> Markup {
    let controls = reading.viewer().has(Role::Controller, Some(entry.registry));
    let registers = reading.viewer().registers(entry.registry);
    let mine = out.is_some_and(|out| out.person == reading.person().id);
    let may = entry.sight == SightMark::Read && (registers || (controls && out.is_some()));
    if !may {
        return html! {};
    }
    let label = say.t(match (out, mine) {
        (None, _) => "work-take",
        (Some(_), true) => "work-give",
        (Some(_), false) => "work-see",
    });
    let href = format!("/documents/{}/work", entry.document);
    buttons(&[Button::plain(&label).to(&href)])
}

/// The page.
pub async fn page(visit: Visit, Path(document): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let subject = Subject::of(&mut reading, &document).await?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    Ok(shown_page(say, &reading, &signed, &subject, &sent, &Wrong::default()))
}

/// Takes out, gives back.
pub async fn work(
    State(app): State<App>,
    asked: Asked,
    signed: Signed,
    Path(document): Path<String>,
    mut request: Request,
) -> Result<Response, WebError> {
    let mut reading = app.office.read_as(&signed.open).await?;
    let subject = Subject::of(&mut reading, &document).await;
    // Nothing is read open while a file comes in, which may take minutes.
    drop(reading);
    let room = usize::try_from(LARGEST).unwrap_or(usize::MAX).saturating_add(1 << 20);
    DefaultBodyLimit::max(room).apply(&mut request);
    let multipart =
        Multipart::from_request(request, &app).await.map_err(|_| WebError::page(Code::RequestForm))?;
    // A file is only taken in from the one who has the document out.
    let own = |subject: &Subject| subject.out.as_ref().is_some_and(|out| out.person == signed.open.person);
    let takes = subject.as_ref().ok().filter(|subject| own(subject)).map(|subject| subject.entry.registry);
    let Received { sent, upload, refusal } = receive(&app, &signed, &|_| takes, multipart).await?;
    let subject = subject?;
    let (registry, own) = (subject.entry.registry, subject.entry.document);
    let reading = app.office.read_as(&signed.open).await?;
    let say = asked.voice_for(&app, &reading);
    let mut wrong = Wrong::default();
    if let Some(refusal) = &refusal {
        wrong.on(say, "content", refusal);
    }
    let (sender, command) = (Sender::of(&signed.open), sent.command(&app));
    let until = day(say, &app, &sent, &mut wrong);
    let act = sent.get("act");
    if act == "in" && upload.is_none() && wrong.is_empty() {
        wrong.add(say, "content", Code::Required);
    }
    if !wrong.is_empty() {
        return Ok(refused(shown_page(say, &reading, &signed, &subject, &sent, &wrong), Code::Required));
    }
    drop(reading);
    let reason = sent.get("reason").to_owned();
    let (answer, word) = match act {
        "out" => {
            let command_of = Command::CheckOut { registry, document: own, reason, until };
            (app.office.command(sender, command, command_of).await, "work-taken")
        }
        "in" => {
            let upload = upload.map(|upload| (upload, None));
            (app.office.check_in(sender, command, registry, own, upload).await, "work-versioned")
        }
        "break" => {
            let command_of = Command::BreakLock { registry, document: own, reason };
            (app.office.command(sender, command, command_of).await, "work-broken")
        }
        "back" => (app.office.check_in(sender, command, registry, own, None).await, "work-given"),
        _ => return Err(WebError::page(Code::RequestForm)),
    };
    match answer {
        Ok(_) => Ok(Redirect::to(&format!("{}?done={word}", subject.address())).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = app.office.read_as(&signed.open).await?;
            let subject = Subject::of(&mut reading, &document).await?;
            let field = refusal.field.and_then(|f| FIELDS.iter().map(|(n, _)| *n).find(|n| *n == f));
            match field {
                Some(field) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            Ok(refused(shown_page(say, &reading, &signed, &subject, &sent, &wrong), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn day(say: Voice<'_>, app: &App, sent: &Sent, wrong: &mut Wrong) -> Option<jiff::civil::Date> {
    let typed = sent.get("until").trim();
    if typed.is_empty() {
        return None;
    }
    let day = app.texts.typed_date(typed).unwrap_or_else(|| typed.to_owned()).parse().ok();
    if day.is_none() {
        let refusal = registry::Refusal::on("until", Code::ImpossibleDate).with("date", typed);
        wrong.on(say, "until", &refusal);
    }
    day
}

fn shown_page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    subject: &Subject,
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let field = |name: &'static str| labelled(&labels, name).value(sent.get(name)).error(wrong.at(name));
    let (own, action) = (subject.address(), format!("{}/work", subject.address()));
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: true,
        guard: false,
    };
    let words = [
        "work-take",
        "work-version",
        "work-unchanged",
        "work-break",
        "work-file-hint",
        "work-reason-hint",
        "form-cancel",
    ]
    .map(|key| say.t(key));
    let [take, version, unchanged, break_it, file_hint, reason_hint, cancel] = &words;
    let act = |name: &str| html! { input type="hidden" name="act" value=(name); };
    let title = say.t("work-title");
    let mine = subject.out.as_ref().is_some_and(|out| out.person == reading.person().id);
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &[Crumb { label: &say.t("register-title"), href: "/register" }, Crumb { label: &subject.entry.reference, href: &own }]))
        (heading(&title, &html! {
            (reference(&subject.entry.reference))
            (shown::marking(say, &reading.house, &subject.entry))
            @if let Some(out) = &subject.out { p { (who(say, reading, out)) } } @else { p { (say.t("work-text")) } }
        }))
        @match &subject.out {
            None if subject.registers => (form(frame, &html! {
                (act("out"))
                (field("reason").hint(reason_hint).optional().text(say))
                (field("until").optional().width(Width::Short).date(say))
                (buttons(&[Button::main(take).key(SEND), Button::plain(cancel).to(&own)]))
            })),
            Some(_) if mine => {
                @if subject.registers {
                    (card(version, &form(frame, &html! {
                        (act("in"))
                        (field("content").hint(file_hint).file(say, false))
                        (buttons(&[Button::main(version).key(SEND)]))
                    })))
                }
                (card(unchanged, &form(frame, &html! {
                    (act("back"))
                    p.quiet { (say.t("work-unchanged-text")) }
                    (buttons(&[Button::plain(unchanged)]))
                })))
            }
            Some(_) if subject.controls => (card(break_it, &form(frame, &html! {
                (act("break"))
                p.quiet { (say.t("work-break-text")) }
                (field("reason").long(say, 2))
                (buttons(&[Button::grave(break_it)]))
            }))),
            _ => p { (say.t("work-wait")) },
        }
    };
    let sheet = Sheet {
        shown: subject.entry.label.iter().collect(),
        undetermined: subject.entry.label.is_none(),
        ..Sheet::plain(&title, &action, Some(Section::Register), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}
