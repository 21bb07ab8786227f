//! The form for registering a document, as it is shown again with what was typed. Its fields, and what was typed as the command
//! that it asks for, stand beside this.

mod fields;
mod typed;

use axum::response::Response;
use label::{Label, NamedLabel};
use maud::html;
use office::{Failure, Reading, relations::Cited, texts::Voice};
use registry::{
    Refusal, authorisation::Grant, document::Direction, house::Registry, series::allot::NumberFact,
};

use crate::{
    frame::{self, Sheet},
    look::{Button, Form, Section, beside, button, form, heading, reference_link},
    pages::{
        letter::Letter,
        marking_form, need_to_know,
        proposed::Read,
        takeover,
        visit::{Sent, Wrong},
    },
    signed::Signed,
};

use fields::fields;
pub use typed::{date, labels, read};

/// The kinds of document that are offered; a registry may meet others by import.
pub const KINDS: [&str; 15] = [
    "letter",
    "memorandum",
    "note",
    "message",
    "report",
    "request",
    "minutes",
    "decision-sheet",
    "study",
    "working-paper",
    "order",
    "directive",
    "agenda",
    "e-mail",
    "document",
];

/// The path of the form.
pub const PATH: &str = "/register/new";

/// The fields with the keys of their labels, in the order of the form.
const FIELDS: [(&str, &str); 28] = [
    ("registry", "form-registry"),
    ("direction", "form-direction"),
    ("content", "form-file"),
    ("held_elsewhere", "form-held"),
    ("kind", "form-kind"),
    ("date", "form-date"),
    ("originator", "form-originator"),
    ("originator_reference", "form-reference"),
    ("references", "form-other-references"),
    ("reply_to", "form-reply-to"),
    ("file", "form-files"),
    ("number", "form-number"),
    ("division", "series-division"),
    ("body", "series-body"),
    ("sub_body", "series-sub-body"),
    ("paper", "series-paper"),
    ("action", "form-action"),
    ("info", "form-info"),
    ("precedence", "form-precedence"),
    ("info_precedence", "form-info-precedence"),
    ("dtg", "form-dtg"),
    ("subject", "form-subject"),
    ("policy", "form-policy"),
    ("level", "form-level"),
    ("subject_level", "form-subject-level"),
    ("group", "form-groups"),
    ("persons", "correct-access-list"),
    ("language", "form-language"),
];

/// The field of the form that a refusal is about.
pub fn field_of(refusal: &Refusal) -> Option<&'static str> {
    let field = match refusal.field? {
        "label" => "level",
        "subject_label" => "subject_level",
        "file_name" => "content",
        "need_to_know" => "group",
        "access_list" => need_to_know::PERSONS,
        "series" | "reservation" => "number",
        "relations" => "reply_to",
        "files" => "file",
        other => other,
    };
    FIELDS.iter().map(|(name, _)| *name).find(|name| *name == field)
}

/// The registries in which the reader may register.
pub fn offered(reading: &Reading) -> Vec<Registry> {
    let house = &reading.house;
    house.registries().into_iter().filter(|r| reading.viewer().registers(r.id)).cloned().collect()
}

/// What belongs in an empty form.
pub fn empty(reading: &Reading, say: Voice<'_>, policy: &str) -> Sent {
    let mut sent = Sent::default();
    if let [only] = offered(reading).as_slice() {
        sent.push("registry", only.code.clone());
    }
    sent.push("direction", Direction::Incoming.as_str());
    sent.push("language", say.language().tag());
    let policy = if policy.is_empty() { usual_policy(reading) } else { policy.to_owned() };
    sent.push("policy", policy);
    sent.push("command", reading.office().new_command().to_string());
    sent
}

/// The policy that is met most: that of the reader's own clearance, else of what his registry may hold.
pub(crate) fn usual_policy(reading: &Reading) -> String {
    let own = reading.own_grants().find_map(|grant| match grant {
        Grant::Clearance { clearance, .. } => Some(clearance.policy.clone()),
        _ => None,
    });
    let held = || offered(reading).iter().flat_map(|r| &r.ceilings).map(|c| c.policy.clone()).next();
    let policy = own.or_else(held).and_then(|id| reading.house.policies.get(&id));
    policy.map(|p| p.name().to_owned()).unwrap_or_default()
}

/// What stands in the form beside what was typed.
#[derive(Default)]
pub struct Around<'a> {
    /// The numbers that are kept for papers.
    pub kept: &'a [Kept],
    /// The file that waits: its name and its length in bytes.
    pub file: Option<(String, u64)>,
    /// What was read off it.
    pub read: Read,
    /// Which papers it names.
    pub cited: Vec<Cited>,
    /// Where the same content is registered already.
    pub duplicate: Option<(&'a str, &'a str)>,
    /// What waits in the in-tray and is registered with the form.
    pub letter: Option<Letter>,
    /// What is wrong with saying why it is not registered.
    pub not_dismissed: Wrong,
}

/// A number that is kept, as the form offers it: its name, its reference, for what.
pub type Kept = (String, String, String);

/// The numbers that are kept in the series that the reader numbers.
pub async fn kept(reading: &mut Reading) -> Result<Vec<Kept>, Failure> {
    let codes: Vec<String> = reading.numbered_series().into_iter().map(|(s, _)| s.code.clone()).collect();
    let mut all = Vec::new();
    for code in codes {
        for row in reading.kept_numbers(&code).await? {
            if let NumberFact::Reserved { holder, purpose, .. } = row.fact {
                all.push((format!("kept:{holder}"), row.reference, purpose));
            }
        }
    }
    Ok(all)
}

/// The page with the form.
pub fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    sent: &Sent,
    wrong: &Wrong,
    around: &Around<'_>,
) -> Response {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let title = say.t("form-register-title");
    let shape = form(
        Form {
            action: PATH,
            token: Some(&signed.form_token),
            command: Some(sent.get("command")),
            files: true,
            guard: true,
        },
        &fields(say, reading, sent, wrong, &labels, around),
    );
    let body = html! {
        (wrong.shown(say, &labels))
        @if let Some((reference, href)) = around.duplicate {
            p.notice { (say.t("form-duplicate")) " " (reference_link(reference, href)) }
        }
        (heading(&title, &html! {
            p { (say.t("form-register-now")) }
            @if !takeover::offered(reading).is_empty() {
                p.quiet { a href=(takeover::PATH) { (say.t("old-link")) } }
            }
        }))
        @match &around.letter {
            Some(letter) => {
                (beside(
                    &say.t(letter.words().0),
                    &html! { div.stack { (shape) (letter.dismissal(say, &signed.form_token, sent, &around.not_dismissed)) } },
                    &letter.shown(say, reading),
                ))
            },
            None => (shape),
        }
    };
    // What was read off the file stands in the form: under its marking, or under none that is known yet.
    let filled = !around.read.is_empty() || around.letter.is_some();
    let marked = labels_of(reading, sent).filter(|_| filled);
    let sheet = Sheet {
        shown: marked.iter().collect(),
        undetermined: filled && marked.is_none(),
        ..Sheet::plain(&title, PATH, Some(Section::Register), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

/// The label that the form says, where it says one.
fn labels_of(reading: &Reading, sent: &Sent) -> Option<Label> {
    let named = NamedLabel {
        policy: sent.get("policy").to_owned(),
        level: sent.get("level").to_owned(),
        categories: marking_form::chosen(sent),
        privacy_mark: None,
    };
    reading.house.policies.resolve(&named).ok()
}

/// Said when the one who registered may not see what he registered.
pub fn blind(say: Voice<'_>, reading: &Reading, signed: &Signed, reference: &str) -> Response {
    let title = say.tr("document-registered-as", &[("reference", reference.into())]);
    let again = say.t("register-new");
    let body = html! {
        div.card.narrow {
            h1 { (title) }
            p { (say.t("form-registered-blind")) }
            (button(&Button::main(&again).to(PATH)))
        }
    };
    let sheet = Sheet::plain(&title, PATH, Some(Section::Register), body);
    frame::page(say, reading, &signed.form_token, sheet)
}
