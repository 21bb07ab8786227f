//! Saying of things in the in-tray why they are not registered: what was chosen on the list is named and asked about once
//! more, since its content is thrown away; the small form beside a message says it all by itself. Decides nothing.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    texts::Voice,
    tray::{Item, Source},
};
use registry::{Code, ObjectId, Refusal, RegistryId, intake::DismissalReason};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Form, Section, buttons, crumbs, form, heading},
    pages::{
        registering,
        tray::{self, Asking, PATH},
        visit::{Posted, notice, refused},
    },
};

/// Dismisses what was chosen, with the reason of the button or of the form; asks first where it comes from the list.
pub async fn dismiss(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    if reading.trays().is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let items: Vec<ObjectId> = sent.all("item").iter().filter_map(|id| id.parse().ok()).collect();
    let words = Some(sent.get("words").trim().to_owned()).filter(|words| !words.is_empty());
    let from_form = sent.get("from") == "form";
    let back = list_at(sent.get("back"));
    let wrong = match DismissalReason::named(sent.get("reason")) {
        _ if items.is_empty() => Refusal::on("items", Code::Required),
        None => Refusal::on("reason", Code::Required),
        Some(reason) => {
            let (mut waiting, mut gone) = (Vec::new(), false);
            for id in &items {
                match reading.tray_item(*id).await? {
                    Some(item) => waiting.push(item),
                    None => gone = true,
                }
            }
            if !waiting.is_empty() && !from_form && sent.get("sure").is_empty() {
                return Ok(question(say, &reading, &signed.form_token, &waiting, reason, back));
            }
            // Things of several registries are dismissed in each.
            let mut places: Vec<(RegistryId, Vec<ObjectId>)> = Vec::new();
            for item in &waiting {
                match places.iter_mut().find(|(registry, _)| *registry == item.registry) {
                    Some((_, list)) => list.push(item.id),
                    None => places.push((item.registry, vec![item.id])),
                }
            }
            drop(reading);
            let (mut count, mut refusal) = (0, gone.then(|| Refusal::new(Code::TraySettled)));
            for (registry, items) in places {
                let id = app.office.new_command();
                match app.office.dismiss(posted.sender(), id, registry, &items, reason, words.clone()).await {
                    Ok(n) => count += n,
                    Err(Failure::Refused(why)) => refusal = Some(why),
                    Err(failure) => return Err(failure.into()),
                }
            }
            reading = posted.read().await?;
            let Some(refusal) = refusal else {
                return Ok(Redirect::to(&joined(back, &format!("out={count}"))).into_response());
            };
            refusal
        }
    };
    if let (true, [item]) = (from_form, items.as_slice())
        && reading.tray_item(*item).await?.is_some()
    {
        return registering::form_of_item(app, signed, asked, reading, *item, "", Some(&wrong), sent).await;
    }
    let (token, above) = (&signed.form_token, notice(say, &wrong));
    let shown = tray::page(say, &mut reading, token, &Asking::default(), PATH, Vec::new(), above).await?;
    Ok(refused(shown, wrong.code))
}

/// Names what was chosen, says what becomes of it, and asks.
fn question(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    items: &[Item],
    reason: DismissalReason,
    back: &str,
) -> Response {
    let title = say.tr("tray-dismiss-sure", &[("n", items.len().into())]);
    let ids: Vec<String> = items.iter().map(|item| item.id.to_string()).collect();
    let cancel_to = joined(back, &format!("chosen={}", ids.join(",")));
    let (go, cancel, tray_title) = (say.t("tray-dismiss"), say.t("form-cancel"), say.t("tray-title"));
    let of_mailbox = items.iter().any(|item| item.source == Source::Mailbox);
    let of_file = items.iter().any(|item| item.source != Source::Mailbox);
    let fields = html! {
        @for id in &ids { input type="hidden" name="item" value=(id); }
        input type="hidden" name="reason" value=(reason.as_str());
        input type="hidden" name="back" value=(back);
        input type="hidden" name="sure" value="yes";
        (buttons(&[Button::grave(&go), Button::plain(&cancel).to(&cancel_to)]))
    };
    let send =
        Form { action: "/tray/dismiss", token: Some(token), command: None, files: false, guard: false };
    let body = html! {
        (crumbs(say, &[Crumb { label: &tray_title, href: &cancel_to }]))
        (heading(&title, &html! {}))
        div.card.stack {
            p { (say.t("tray-why")) (say.t("colon")) " " strong { (tray::reason(say, reason.as_str())) } }
            ul.stack { @for item in items { li { (named(say, item)) } } }
            @if of_mailbox { p { (say.t("tray-dismiss-hint")) } }
            @if of_file { p { (say.t("tray-dismiss-hint-file")) } }
            (form(send, &fields))
        }
    };
    let labels: Vec<&label::Label> = items
        .iter()
        .filter_map(|item| item.head.marking.as_ref())
        .filter(|label| reading.house.policies.of(label).is_ok())
        .collect();
    let sheet =
        Sheet { shown: labels, undetermined: true, ..Sheet::plain(&title, PATH, Some(Section::Tray), body) };
    frame::page(say, reading, token, sheet)
}

/// One of the things that are asked about.
fn named(say: Voice<'_>, item: &Item) -> Markup {
    let (called, file) = (tray::called(say, item), tray::file_name(item));
    html! {
        strong { (called) }
        @if item.source != Source::Mailbox && called != file { div.quiet { (file) } }
        @if !item.sender().is_empty() { div.quiet { (item.sender()) } }
    }
}

/// Where the list was, if that is an address of the list.
fn list_at(back: &str) -> &str {
    let fits = frame::local(back) == back && back.starts_with("/tray?");
    if fits { back } else { PATH }
}

/// An address with one more part to its query.
fn joined(path: &str, part: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}{part}")
}
