//! The frame of a page for the one who asks: who he is, what of the rail is his, how the page is marked.

use axum::response::{Html, IntoResponse, Response};
use label::Label;
use maud::Markup;
use office::{
    Reading,
    texts::{Language, Voice},
};
use registry::authorisation::{Grant, Role};

use crate::{
    look::{Button, LevelClass, Marking, Notice, Page, Person, RailEntry, Section, shell},
    words::Marked,
};

/// What a page says of itself.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// Its title.
    pub title: &'a str,
    /// Where in the rail it stands.
    pub section: Option<Section>,
    /// Path and query.
    pub path: &'a str,
    /// The labels of everything that it shows.
    pub shown: Vec<&'a Label>,
    /// True when it shows something whose marking is undetermined.
    pub undetermined: bool,
    /// What stands in the search box.
    pub query: &'a str,
    /// What to say on top.
    pub notices: Vec<Notice>,
    /// The address of a script of its own.
    pub script: Option<&'static str>,
    /// The page itself.
    pub body: Markup,
}

impl<'a> Sheet<'a> {
    /// A page that shows nothing marked.
    pub fn plain(title: &'a str, path: &'a str, section: Option<Section>, body: Markup) -> Self {
        Self {
            title,
            section,
            path,
            shown: Vec::new(),
            undetermined: false,
            query: "",
            notices: Vec::new(),
            script: None,
            body,
        }
    }
}

/// The page of somebody who is signed in.
pub fn page(say: Voice<'_>, reading: &Reading, form_token: &str, sheet: Sheet<'_>) -> Response {
    let banner = Marked::banner(&sheet.shown, sheet.undetermined, &reading.house.policies, say);
    let person = reading.person();
    let lines = standing(say, reading);
    let href = format!("/people/{}", person.id);
    let rail: Vec<_> = Section::ALL
        .into_iter()
        .filter(|section| may_enter(reading, *section))
        .map(|section| entry(say, reading, section, sheet.section == Some(section)))
        .collect();
    let register = say.t("register-new");
    let registers = crate::pages::series::registers_anywhere(reading);
    let acts =
        if registers { vec![Button::main(&register).to("/register/new").key("n")] } else { Vec::new() };
    let markup = shell(
        say,
        &Page {
            title: sheet.title,
            banner: banner.as_marking(),
            person: Some(Person { name: &person.name, href: &href, lines: &lines }),
            rail: &rail,
            path: sheet.path,
            token: Some(form_token),
            query: sheet.query,
            acts: &acts,
            notices: &sheet.notices,
            script: sheet.script,
            body: sheet.body,
        },
    );
    Html(markup.into_string()).into_response()
}

/// A page that somebody may open.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// The keys that go there.
    pub key: Option<String>,
}

/// Every page that the reader may open of itself, those of the rail first.
pub fn places(say: Voice<'_>, reading: &Reading) -> Vec<Place> {
    let place = |label: &str, href: &str, key: Option<&str>| Place {
        label: say.t(label),
        href: href.to_owned(),
        key: key.map(str::to_owned),
    };
    let rail = Section::ALL.into_iter().filter(|section| may_enter(reading, *section)).map(|section| {
        let entry = entry(say, reading, section, false);
        Place { label: entry.label, href: entry.href, key: Some(entry.key) }
    });
    let mut all: Vec<Place> = rail.collect();
    if crate::pages::series::registers_anywhere(reading) {
        all.push(place("register-new", "/register/new", Some("n")));
        all.push(place("plan-open", "/files/new", None));
    }
    if reading.sees_people() {
        all.push(place("people-add", "/people/new", None));
    }
    if reading.sees_authorisations() {
        all.push(place("ending-title", "/people/ending", None));
    }
    if reading.watches_directory() {
        all.push(place("belonging-title", crate::pages::belonging::PATH, None));
    }
    all.push(place("cases-own", crate::pages::cases::TASKS, None));
    all.push(place("cases-open", "/cases/new", None));
    all.push(place("org-contacts-title", "/contacts", None));
    all.push(place("org-lists-title", "/lists", None));
    all.push(place("org-leave-title", "/leave", None));
    all.push(place("kept-title", "/searches", None));
    all.push(place("watch-title", "/watches", None));
    all.push(place("watch-new-title", "/watches/new", None));
    all.push(Place {
        label: reading.person().name.clone(),
        href: format!("/people/{}", reading.person().id),
        key: None,
    });
    all.push(place("account-title", "/account", None));
    all.push(place("keys-title", "/keys", Some("?")));
    all
}

/// The entry of a section: who keeps no registry's copies is led to his own.
fn entry(say: Voice<'_>, reading: &Reading, section: Section, current: bool) -> RailEntry {
    let mut entry = section.entry(say, current);
    if section == Section::Custody && reading.custody_registries().is_empty() {
        entry.href = crate::pages::custody::HOLDINGS.to_owned();
    }
    entry
}

fn may_enter(reading: &Reading, section: Section) -> bool {
    match section {
        Section::Desk
        | Section::Cases
        | Section::Register
        | Section::Files
        | Section::Search
        | Section::Custody
        | Section::Organisation => true,
        Section::People | Section::House => reading.sees_people(),
        Section::Series | Section::Tray | Section::Quality => {
            crate::pages::series::registers_anywhere(reading)
        }
        Section::Ledger => reading.viewer().has(Role::Inspector, None),
    }
}

/// Post and clearances of the reader, a line each.
fn standing(say: Voice<'_>, reading: &Reading) -> Vec<String> {
    let mut lines = Vec::new();
    let title = &reading.person().title;
    if !title.is_empty() {
        lines.push(title.clone());
    }
    for held in reading.own_holdings() {
        if let (Grant::Clearance { clearance, .. }, Some(until)) = (&held.grant, held.last) {
            let label = Label::plain(clearance.policy.clone(), clearance.level.clone());
            let level = crate::words::marking(&label, &reading.house.policies, say.language());
            lines.push(say.tr(
                "shell-cleared-until",
                &[("level", level.as_str().into()), ("until", say.date(until).as_str().into())],
            ));
        }
    }
    lines
}

/// A page of nobody in particular: no rail, no search, nothing marked.
pub fn bare(say: Voice<'_>, title: &str, path: &str, body: Markup) -> Html<String> {
    let text = say.t("banner-none");
    let level = LevelClass::none();
    let language: Language = say.language();
    let markup = shell(
        say,
        &Page {
            title,
            banner: Marking { text: &text, language, level: &level },
            person: None,
            rail: &[],
            path,
            token: None,
            query: "",
            acts: &[],
            notices: &[],
            script: None,
            body,
        },
    );
    Html(markup.into_string())
}

/// The sign-in page, with the way back.
pub fn sign_in_path(back: &str) -> String {
    if back == "/" || back.is_empty() {
        return "/sign-in".to_owned();
    }
    format!("/sign-in?back={}", escaped(back))
}

/// Percent-encodes whatever is not plain in a query value.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A path of this site, for going back to; anything else leads home.
pub fn local(path: &str) -> &str {
    let fits = path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/\\")
        && !path.chars().any(|c| c.is_control() || c == '\\');
    if fits { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        for path in ["/register", "/search?q=a", "/"] {
            assert_eq!(local(path), path);
        }
        for path in ["//elsewhere", "https://elsewhere", "/\\elsewhere", "\\", "", "/a\nb"] {
            assert_eq!(local(path), "/", "{path:?}");
        }
        assert_eq!(sign_in_path("/a?b=c&d"), "/sign-in?back=%2Fa%3Fb%3Dc%26d");
    }
}
