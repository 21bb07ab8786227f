//! Contacts outside: a list that is found in, sorted and exported, and one of them.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::html;
use office::{Reading, texts::Voice};
use registry::{
    Code,
    id::ContactId,
    organisation::{Contact, Thing},
};

use super::{
    Asking as OfOne, Look, Part,
    acts::slug,
    do_path, list_path,
    rows::{Asking, List, Shown},
    ways,
};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    frame::{self, Sheet},
    look::{Button, Cell, Crumb, Fact, Section, Tone, card, chip, crumbs, facts, heading, heading_with_acts},
    pages::visit::{Visit, done, id},
    words,
};

/// Where the list is.
const PATH: &str = "/contacts";
/// The columns of the list.
const COLUMNS: [(&str, Cell, &str); 5] = [
    ("org-contact-name", Cell::Main, "name"),
    ("org-contact-organisation", Cell::Text, "organisation"),
    ("org-contact-nation", Cell::Short, "nation"),
    ("org-contact-mail", Cell::Text, "mail"),
    ("org-contact-telephone", Cell::Short, "telephone"),
];
/// The columns of the file.
const HEADS: [(&str, f64); 10] = [
    ("org-contact-name", 32.0),
    ("org-contact-organisation", 36.0),
    ("org-contact-nation", 18.0),
    ("org-contact-mail", 34.0),
    ("org-contact-telephone", 20.0),
    ("org-contact-post", 28.0),
    ("org-contact-address", 36.0),
    ("org-contact-languages", 14.0),
    ("org-contact-notes", 40.0),
    ("org-contact-ends", 14.0),
];

fn listed<'a>(look: &Look<'_>, asking: &'a Asking) -> List<'a> {
    let first = (look.say.t("org-do-enter-contact"), do_path("enter-contact", ""));
    List {
        path: PATH,
        asking,
        columns: &COLUMNS,
        words: ["org-contacts-caption", "org-contacts-none", "org-contacts-would"],
        begin: Some(first).filter(|_| look.organises && asking.q.is_empty()),
    }
}

fn nation(say: Voice<'_>, reading: &Reading, contact: &Contact) -> String {
    let code = contact.nation.as_deref();
    code.map(|code| words::nation(code, &reading.house.policies, say)).unwrap_or_default()
}

/// The contacts that are asked for, in their order.
fn rows(look: &Look<'_>, reading: &Reading, list: &List<'_>) -> Vec<Shown> {
    let say = look.say;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let all = look.organisation.contacts("").into_iter();
    let there = all.filter(|contact| list.asking.all() || contact.is_on(look.today));
    let mut rows: Vec<Shown> = there
        .map(|contact| {
            let texts = vec![
                contact.name.clone(),
                contact.organisation.clone(),
                nation(say, reading, contact),
                text(&contact.mail),
                text(&contact.telephone),
                text(&contact.post),
                text(&contact.address).replace('\n', ", "),
                contact.languages.join(", "),
                text(&contact.notes).replace('\n', " "),
                contact.ends.map(|day| day.to_string()).unwrap_or_default(),
            ];
            let cells = vec![
                html! {
                    a.lead href={ (PATH) "/" (contact.id) } { (contact.name) }
                    @if let Some(post) = &contact.post { div.quiet { (post) } }
                    @if !contact.is_on(look.today) { div { (chip(Tone::Plain, &say.t("org-contact-ended"))) } }
                },
                html! { (contact.organisation) },
                html! { (nation(say, reading, contact)) },
                html! { @if let Some(mail) = &contact.mail { a href={ "mailto:" (mail) } { (mail) } } },
                html! { (text(&contact.telephone)) },
            ];
            Shown { name: contact.name.clone(), cells, texts }
        })
        .filter(|row| list.asking.fits(&row.texts.join(" ")))
        .collect();
    list.sort(&mut rows);
    rows
}

/// The page.
pub async fn contacts(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, "").await?;
    let list = listed(&look, &asking);
    let rows = rows(&look, &reading, &list);
    let title = say.t("org-contacts-title");
    let enter = say.t("org-do-enter-contact");
    let to = do_path("enter-contact", "");
    let beneath = html! { p { (say.t("org-contacts-text")) } };
    let body = html! {
        @if look.organises { (heading_with_acts(&title, &beneath, &[Button::main(&enter).to(&to)])) } @else { (heading(&title, &beneath)) }
        (ways(say, Part::Contacts))
        (list.filter(say, "org-contacts-filter", "org-contacts-ended"))
        (list.shown(say, &rows))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The list as comma-separated values.
pub async fn contacts_values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "contacts"))
}

/// The same rows as a workbook.
pub async fn contacts_workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "contacts").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, "").await?;
    let found = rows(&look, &reading, &listed(&look, asking));
    let lines = found.into_iter().map(|row| Line::plain(row.texts)).collect();
    drop(look);
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}

/// One of them.
pub async fn contact(
    visit: Visit,
    Path(which): Path<String>,
    Query(asking): Query<OfOne>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let which: ContactId = id(&which)?;
    let look = Look::of(say, &app.texts, &mut reading, "").await?;
    let contact = look.organisation.contact(which).ok_or_else(|| WebError::page(Code::NotFound))?;
    let history = look.history(&mut reading, Thing::Contact { contact: which }).await?;
    let keys = [
        "org-contact-organisation",
        "org-contact-post",
        "org-contact-nation",
        "org-contact-address",
        "org-contact-mail",
        "org-contact-telephone",
        "org-contact-languages",
        "org-contact-notes",
        "org-contact-ends",
    ];
    let lines =
        |text: &str| html! { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } };
    let values = [
        Some(html! { (contact.organisation) }),
        contact.post.as_ref().map(|post| html! { (post) }),
        contact.nation.as_ref().map(|_| html! { (nation(say, &reading, contact)) }),
        contact.address.as_ref().map(|address| lines(address)),
        contact.mail.as_ref().map(|mail| html! { a href={ "mailto:" (mail) } { (mail) } }),
        contact.telephone.as_ref().map(|number| html! { (number) }),
        (!contact.languages.is_empty()).then(|| html! { (contact.languages.join(", ")) }),
        contact.notes.as_ref().map(|notes| lines(notes)),
        contact.ends.map(|day| html! { (say.date(day)) }),
    ];
    let labels = keys.map(|key| say.t(key));
    let told: Vec<Fact<'_>> = labels
        .iter()
        .zip(values)
        .filter_map(|(label, value)| value.map(|value| Fact { label, value }))
        .collect();
    let (home, change) = (say.t("org-contacts-title"), say.t("org-do-change-contact"));
    let to = do_path("change-contact", &which.to_string());
    let beneath = html! {
        p {
            (say.t(&format!("org-contact-{}", slug(&contact.is))))
            @if !contact.is_on(look.today) { " " (chip(Tone::Plain, &say.t("org-contact-ended"))) }
        }
    };
    let title = &contact.name;
    let on: Vec<_> = look
        .organisation
        .lists()
        .into_iter()
        .filter(|list| list.is_on(look.today))
        .filter(|list| {
            let named = registry::organisation::lists::Addressee::Contact { contact: which };
            list.lines.iter().any(|line| line.addressee == named)
        })
        .collect();
    let body = html! {
        (crumbs(say, &[Crumb { label: &home, href: PATH }]))
        @if look.organises { (heading_with_acts(title, &beneath, &[Button::plain(&change).to(&to)])) } @else { (heading(title, &beneath)) }
        section.card { (facts(&told)) }
        @if !on.is_empty() {
            (card(&say.t("org-on-lists"), &html! {
                ul.stack.running { @for list in &on { li { a href=(list_path(&list.code)) { (list.code) } " " (look.words(&list.names)) } } }
            }))
        }
        (history)
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(title, &path, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}
