//! The form for registering a document: what was typed, as it is shown again, and as the command that it asks for.

use axum::response::Response;
use label::{Label, NamedLabel};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    relations::Cited,
    texts::{Texts, Voice},
};
use registry::authorisation::Grant;
use registry::{
    Code, DocumentDate, Refusal, RegistryId,
    document::{Direction, Register},
    house::{House, Registry},
    numbering::NumberAsk,
    reference::{Reference, ReferenceKind},
    relation::{RelationKind, Stated},
    series::{Field as Part, allot::NumberFact},
};

use crate::{
    frame::{self, Sheet},
    look::{
        Button, Field, Form, SEND, Section, Width, beside, button, buttons, form, heading, reference,
        reference_link,
    },
    pages::{
        formal,
        letter::Letter,
        marking_form::{self, UNDETERMINED},
        need_to_know,
        proposed::Read,
        series, shown, takeover,
        visit::{Sent, Wrong},
    },
    signed::Signed,
};

/// The kinds of document that are offered; a registry may meet others by import.
pub const KINDS: [&str; 14] = [
    "letter",
    "memorandum",
    "note",
    "message",
    "report",
    "request",
    "minutes",
    "decision-sheet",
    "study",
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

/// What was typed, as a command. What is wrong goes beside its field; all of it at once, as far as it shows here.
pub fn read(
    say: Voice<'_>,
    texts: &Texts,
    reading: &Reading,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Option<(RegistryId, Register)> {
    let house = &reading.house;
    // One that is not offered looks like one that is not there.
    let offered = offered(reading);
    let registry = offered.iter().find(|r| r.code.eq_ignore_ascii_case(sent.get("registry").trim()));
    if registry.is_none() {
        wrong.add(say, "registry", Code::Required);
    }
    let direction = Direction::ALL.into_iter().find(|d| d.as_str() == sent.get("direction"));
    if direction.is_none() {
        wrong.add(say, "direction", Code::Required);
    }
    for field in ["kind", "subject", "level"] {
        if sent.get(field).trim().is_empty() {
            wrong.add(say, field, Code::Required);
        }
    }
    let date = date(say, texts, sent, wrong);
    let label = labels(say, house, sent, wrong);
    let (Some(registry), Some(direction), true) = (registry, direction, wrong.is_empty()) else {
        return None;
    };
    let (label, subject_label) = label?;
    let one = |name: &str| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let theirs = one("originator_reference").map(|text| Reference::new(ReferenceKind::Originator, text));
    let others = sent.lines("references").into_iter().map(|text| Reference::new(ReferenceKind::Other, text));
    let document = Register {
        date,
        language: sent.get("language").to_owned(),
        originator: one("originator"),
        references: theirs.into_iter().chain(others).collect(),
        subject_label,
        label,
        action: sent.lines("action"),
        info: sent.lines("info"),
        need_to_know: need_to_know::chosen(sent),
        held_elsewhere: one("held_elsewhere"),
        number: number(sent),
        formal: formal::typed(sent),
        relations: one("reply_to").map(|text| Stated::new(RelationKind::ReplyTo, text)).into_iter().collect(),
        files: sent.all("file").iter().filter_map(|file| file.parse().ok()).collect(),
        ..Register::plain(direction, sent.get("kind"), sent.get("subject"))
    };
    Some((registry.id, document))
}

/// The number of a series that is wanted: `next:` with the series, or `kept:` with the name of the reservation.
fn number(sent: &Sent) -> Option<NumberAsk> {
    let wanted = sent.get("number");
    if let Some(series) = wanted.strip_prefix("next:") {
        return Some(NumberAsk::Next(series::numbered(sent, series)));
    }
    wanted.strip_prefix("kept:")?.parse().ok().map(NumberAsk::Reserved)
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

/// Most papers of a file's text that the form names.
const CITED: usize = 12;

/// The papers that the file names, each with where it was read; those of the register lead there.
fn cited(say: Voice<'_>, cited: &[Cited]) -> Markup {
    let left = cited.len().saturating_sub(CITED);
    html! {
        @if !cited.is_empty() {
            p.cited {
                (say.t("cites-title")) (say.t("colon")) " "
                @for (n, one) in cited.iter().take(CITED).enumerate() {
                    @if n > 0 { (say.t("semicolon")) " " }
                    @match one.entries.first() {
                        Some(entry) => (reference_link(&one.reference, &shown::address(entry))),
                        None => (reference(&one.reference)),
                    }
                    span.quiet { " " (say.tr("read-line", &[("n", one.line.into())])) }
                }
                @if left > 0 { span.quiet { " " (say.tr("cites-more", &[("n", left.into())])) } }
            }
        }
    }
}

/// The file: one to be chosen, or the one that waits.
fn content(say: Voice<'_>, sent: &Sent, around: &Around<'_>, field: &Field<'_>) -> Markup {
    let read = say.t("form-file-read");
    if around.letter.is_some() {
        return html! {
            input type="hidden" name="item" value=(sent.get("item"));
            @if !around.read.is_empty() {
                p.notice { (say.tr("form-file-proposed", &[("n", around.read.len().into())])) }
            }
            (cited(say, &around.cited))
        };
    }
    html! {
        @if let Some((name, size)) = &around.file {
            div.notice {
                p {
                    strong { (name) } " · " (say.size(*size))
                    div.quiet {
                        @if !around.read.is_empty() {
                            (say.tr("form-file-proposed", &[("n", around.read.len().into())])) " "
                        }
                        (say.t("form-file-waits"))
                    }
                }
                (cited(say, &around.cited))
                input type="hidden" name="stage" value=(sent.get("stage"));
            }
        }
        div.with-button {
            (field.optional().file(say, true))
            button.button type="submit" name="act" value="read" data-action=(read) { (read) }
        }
    }
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

/// A date as people type it; what nobody can read stays as it was typed.
pub fn date(say: Voice<'_>, texts: &Texts, sent: &Sent, wrong: &mut Wrong) -> Option<DocumentDate> {
    let typed = sent.get("date").trim();
    if typed.is_empty() {
        return None;
    }
    match DocumentDate::parse(&texts.typed_date(typed).unwrap_or_else(|| typed.to_owned())) {
        Ok(date) => Some(date),
        Err(refusal) => {
            wrong.on(say, "date", &refusal);
            None
        }
    }
}

/// The labels of content and subject. The outer none: something is wrong with them.
pub fn labels(
    say: Voice<'_>,
    house: &House,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Option<(Option<Label>, Option<Label>)> {
    let named = |level: &str, categories| NamedLabel {
        policy: sent.get("policy").to_owned(),
        level: level.to_owned(),
        categories,
        privacy_mark: None,
    };
    let level = sent.get("level");
    if level == UNDETERMINED {
        return Some((None, None));
    }
    if sent.get("policy") != sent.get("levels_of") {
        // Another policy was chosen and its levels were not shown yet: what is ticked belongs to the one before.
        wrong.add(say, "level", Code::NotOffered);
        return None;
    }
    let Ok(label) = house.policies.resolve(&named(level, marking_form::chosen(sent))) else {
        wrong.add(say, "level", Code::InvalidLabel);
        return None;
    };
    let subject = sent.get("subject_level");
    if subject.is_empty() {
        return Some((Some(label), None));
    }
    match house.policies.resolve(&named(subject, Default::default())) {
        Ok(subject) => Some((Some(label), Some(subject))),
        Err(_) => {
            wrong.add(say, "subject_level", Code::InvalidLabel);
            None
        }
    }
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
    let lines: Vec<(&str, &str)> = labels.iter().map(|(name, label)| (*name, label.as_str())).collect();
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
        (wrong.shown(say, &lines))
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

fn fields(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
    around: &Around<'_>,
) -> Markup {
    let field = |name: &'static str| {
        let label = labels.iter().find(|(n, _)| *n == name).map_or("", |(_, label)| label.as_str());
        Field::new(name, label)
            .value(sent.get(name))
            .error(wrong.at(name))
            .proposal(around.read.at(name, say))
    };
    let registries: Vec<(String, String)> = offered(reading)
        .into_iter()
        .map(|r| (r.code.clone(), r.names.in_language(say.language().tag()).to_owned()))
        .collect();
    let directions: Vec<(String, String)> = Direction::ALL
        .iter()
        .map(|d| (d.as_str().to_owned(), say.t(&format!("kind-{}", d.as_str()))))
        .collect();
    let kinds: Vec<(String, String)> =
        KINDS.iter().map(|kind| ((*kind).to_owned(), crate::words::kind(say, kind))).collect();
    let languages: Vec<(String, String)> =
        ["en", "fr"].iter().map(|code| ((*code).to_owned(), say.t(&format!("language-{code}")))).collect();
    let hints = [
        "form-file-other",
        "form-file-hint",
        "form-held-hint",
        "form-one-a-line",
        "form-subject-hint",
        "form-reference-hint",
    ]
    .map(|key| say.t(key));
    let [again, file, held, each, subject, theirs] = &hints;
    let (needed, listed) = (say.t("form-groups-hint"), say.t("form-persons-hint"));
    // A browser never gives back a file by itself.
    let file = if around.file.is_none() { file } else { again };
    let (register, cancel) = (say.t("form-submit"), say.t("form-cancel"));
    html! {
        // What Enter in a field does is what the last button does, not the first.
        button.unseen type="submit" tabindex="-1" aria-hidden="true" {}
        div.pair {
            (field("registry").select(say, &marking_form::choices(&registries)))
            (field("kind").select(say, &marking_form::choices(&kinds)))
        }
        (field("direction").radios(say, &marking_form::choices(&directions)))
        (content(say, sent, around, &field("content").hint(file)))
        (field("held_elsewhere").hint(held).optional().text(say))
        (field("subject").hint(subject).long(say, 2))
        div.pair {
            (field("date").optional().date(say))
            (field("language").select(say, &marking_form::choices(&languages)))
        }
        div.pair {
            (field("originator").optional().text(say))
            (field("originator_reference").hint(theirs).optional().text(say))
        }
        div.pair {
            (field("action").hint(each).optional().long(say, 2))
            (field("info").hint(each).optional().long(say, 2))
        }
        (field("references").hint(each).optional().long(say, 2))
        (formal::fields(say, sent, &field))
        (thread(say, sent, around, &field))
        (numbers(say, reading, sent, around.kept, &field))
        (marking(say, reading, sent, &field))
        (need_to_know::groups(say, &reading.house, sent, &field("group").hint(&needed).optional()))
        // Names are told to those who control a registry, and to nobody else.
        @if offered(reading).iter().any(|r| reading.may_ask_why(r.id)) {
            (field(need_to_know::PERSONS).hint(&listed).optional().long(say, 2))
        }
        (buttons(&[Button::main(&register).key(SEND), Button::plain(&cancel).to("/register")]))
    }
}

/// Which paper a message answers, and the files in which that one is: where one is known, or was typed.
fn thread<'a>(
    say: Voice<'_>,
    sent: &Sent,
    around: &Around<'_>,
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let Some(letter) = &around.letter else {
        return html! { @if !sent.get("reply_to").is_empty() { (field("reply_to").optional().text(say)) } };
    };
    let files: Vec<(String, String)> =
        letter.files().iter().map(|(file, name)| (file.to_string(), name.clone())).collect();
    let hint = say.t("form-reply-to-hint");
    html! {
        (field("reply_to").hint(&hint).optional().text(say))
        @if !files.is_empty() {
            (field("file").optional().checks(say, &marking_form::choices(&files), &sent.all("file")))
        }
    }
}

/// The number of a series, where the reader gives any: the next one, or one that is kept.
fn numbers<'a>(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    kept: &[Kept],
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let numbered = reading.numbered_series();
    if numbered.is_empty() {
        return html! {};
    }
    let next = numbered.iter().map(|(series, _)| {
        let words = say.tr("form-number-next", &[("series", series.code.as_str().into())]);
        (format!("next:{}", series.code), words)
    });
    let kept =
        kept.iter().map(|(name, reference, purpose)| (name.clone(), format!("{reference} – {purpose}")));
    let choices: Vec<(String, String)> = kept.chain(next).collect();
    let hint = say.t("form-number-hint");
    let counts = |part: Part| numbered.iter().any(|(series, _)| series.counter.contains(&part));
    let parts = [
        ("division", Part::Division),
        ("paper", Part::Paper),
        ("body", Part::Body),
        ("sub_body", Part::SubBody),
    ];
    let open = parts.iter().any(|(name, _)| !sent.get(name).is_empty());
    html! {
        (field("number").hint(&hint).optional().select(say, &marking_form::choices(&choices)))
        @if parts.iter().any(|(_, part)| counts(*part)) {
            details open[open] {
                summary { (say.t("form-number-parts")) }
                div.pair {
                    @for (name, part) in parts {
                        @if counts(part) { (field(name).optional().width(Width::Short).text(say)) }
                    }
                }
            }
        }
    }
}

fn marking<'a>(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let policies = &reading.house.policies;
    let Some(policy) = marking_form::policy(policies, sent.get("policy")) else { return html! {} };
    let plain = marking_form::levels(policies, policy, say);
    let mut levels = plain.clone();
    levels.push((UNDETERMINED.to_owned(), say.t("form-undetermined")));
    let as_document = say.t("form-subject-level-hint");
    html! {
        (marking_form::policy_field(say, policies, policy, &say.t("form-policy-hint")))
        div.pair {
            (field("level").select(say, &marking_form::choices(&levels)))
            (field("subject_level").hint(&as_document).optional().select(say, &marking_form::choices(&plain)))
        }
        (marking_form::categories(say, policy, sent))
    }
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
