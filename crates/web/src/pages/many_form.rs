//! What is asked of many documents at once: the fields of each act, empty where a thing shall stay as it is, and the act
//! that they make.

use label::Label;
use maud::{Markup, html};
use office::{
    Reading,
    many::{self, Chosen},
    texts::Voice,
};
use registry::{
    Code, Refusal,
    authorisation::Role,
    correction::Correction,
    document::Direction,
    relation::{RelationKind, Stated},
};

use crate::{
    App,
    answer::WebError,
    look::{Choice, Field, Width},
    pages::{
        draft, marking_form, need_to_know, plan,
        visit::{Sent, Wrong, labelled},
    },
    words,
};

/// The acts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Fields are corrected to one value.
    Correct,
    /// How they are seen is changed: marking, need to know, access list.
    Access,
    /// What they are to another paper is stated.
    Relate,
    /// They are put into a file.
    File,
    /// They are given as comma-separated values.
    Values,
    /// They are given as a workbook.
    Workbook,
}

impl Doing {
    /// Every act, in the order of the buttons.
    pub const ALL: [Doing; 6] =
        [Doing::Correct, Doing::Access, Doing::Relate, Doing::File, Doing::Values, Doing::Workbook];

    /// As it is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Doing::Correct => "correct",
            Doing::Access => "access",
            Doing::Relate => "relate",
            Doing::File => "file",
            Doing::Values => "csv",
            Doing::Workbook => "xlsx",
        }
    }

    /// The one that was sent.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doing| doing.as_str() == word)
    }

    /// Whether it is offered to a reader at all; of each document the rules decide.
    pub fn is_for(self, reading: &Reading) -> bool {
        let viewer = reading.viewer();
        let any = |may: &dyn Fn(registry::RegistryId) -> bool| {
            reading.house.registries().iter().any(|registry| may(registry.id))
        };
        match self {
            Doing::Values | Doing::Workbook => true,
            Doing::Access => any(&|registry| viewer.has(Role::Controller, Some(registry))),
            Doing::Correct | Doing::Relate | Doing::File => any(&|registry| viewer.registers(registry)),
        }
    }
}

/// The fields with the keys of their labels, in the order of the forms.
const FIELDS: [(&str, &str); 16] = [
    ("documents", "many-documents"),
    ("kind", "form-kind"),
    ("language", "form-language"),
    ("direction", "form-direction"),
    ("date", "form-date"),
    ("originator", "form-originator"),
    ("action", "form-action"),
    ("info", "form-info"),
    ("held_elsewhere", "form-held"),
    ("level", "form-level"),
    ("group", "form-groups"),
    ("persons", "correct-access-list"),
    ("relation", "many-relation"),
    ("reference", "many-reference"),
    ("file", "filing-file"),
    ("reason", "correct-reason"),
];

/// The fields with their labels.
pub fn labels(say: Voice<'_>) -> [(&'static str, String); 16] {
    FIELDS.map(|(name, key)| (name, say.t(key)))
}

/// Puts a refusal beside its field, or above the form.
pub fn place(say: Voice<'_>, refusal: &Refusal, wrong: &mut Wrong) {
    let field = refusal.field.map(|field| match field {
        "label" => "level",
        "need_to_know" => "group",
        "access_list" => "persons",
        "relations" => "reference",
        other => other,
    });
    match field.and_then(|field| FIELDS.iter().map(|(name, _)| *name).find(|name| *name == field)) {
        Some(field) => wrong.on(say, field, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
}

/// The documents that were chosen, each once; of each the mark under which it was looked at.
pub fn chosen(sent: &Sent) -> Result<Vec<Chosen>, Refusal> {
    let all = sent.all("document");
    if all.len() > many::AT_ONCE {
        return Err(Refusal::on("documents", Code::TooManyChosen).with("limit", many::AT_ONCE));
    }
    let each = all.into_iter().filter_map(|text| text.parse().ok());
    many::checked(each.map(|document| {
        let mark = registry::id::unhex::<32>(sent.get(&format!("mark-{document}"))).map(registry::id::Digest);
        Chosen { document, mark }
    }))
}

/// What was typed, as an act; none: something is wrong with it.
pub async fn act(
    say: Voice<'_>,
    app: &App,
    reading: &mut Reading,
    doing: Doing,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Option<many::Act>, WebError> {
    if doing == Doing::File {
        return match sent.get("file").parse() {
            Ok(file) => Ok(Some(many::Act::File(file))),
            Err(_) => {
                wrong.add(say, "file", Code::Required);
                Ok(None)
            }
        };
    }
    if sent.get("reason").trim().is_empty() {
        wrong.add(say, "reason", Code::Required);
    }
    let mut correction = Correction { reason: sent.get("reason").to_owned(), ..Correction::default() };
    match doing {
        Doing::Access => access(say, reading, sent, wrong, &mut correction).await?,
        Doing::Relate => {
            let reference = sent.get("reference").trim();
            match RelationKind::named(sent.get("relation")) {
                None => wrong.add(say, "relation", Code::Required),
                Some(_) if reference.is_empty() => wrong.add(say, "reference", Code::Required),
                Some(kind) => correction.also.push(Stated::new(kind, reference)),
            }
        }
        _ => described(say, app, sent, wrong, &mut correction),
    }
    if wrong.is_empty()
        && correction == (Correction { reason: correction.reason.clone(), ..Correction::default() })
    {
        wrong.whole.push(Code::NothingChanged.into());
    }
    Ok(wrong.is_empty().then(|| many::Act::Correct(Box::new(correction))))
}

fn described(say: Voice<'_>, app: &App, sent: &Sent, wrong: &mut Wrong, correction: &mut Correction) {
    let one = |name: &str| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let names = |name: &str| Some(sent.lines(name)).filter(|lines| !lines.is_empty());
    correction.kind = one("kind");
    correction.language = one("language");
    correction.direction = Direction::named(sent.get("direction"));
    correction.date = draft::date(say, &app.texts, sent, wrong);
    correction.originator = one("originator");
    correction.action = names("action");
    correction.info = names("info");
    correction.held_elsewhere = one("held_elsewhere");
}

async fn access(
    say: Voice<'_>,
    reading: &mut Reading,
    sent: &Sent,
    wrong: &mut Wrong,
    correction: &mut Correction,
) -> Result<(), WebError> {
    if !sent.get("level").is_empty() {
        let labels: Option<(Option<Label>, Option<Label>)> = draft::labels(say, &reading.house, sent, wrong);
        correction.label = labels.and_then(|(label, _)| label);
    }
    if sent.get("groups") == "set" {
        correction.need_to_know = Some(need_to_know::chosen(sent));
    }
    if sent.get("list") == "set" {
        let controlled = reading
            .house
            .registries()
            .iter()
            .map(|registry| registry.id)
            .find(|registry| reading.viewer().has(Role::Controller, Some(*registry)));
        let persons = need_to_know::persons(say, reading, controlled, sent, wrong).await?;
        correction.access_list = Some(persons);
    }
    Ok(())
}

/// The files into which the reader may put documents: by their registries.
pub async fn files(reading: &mut Reading, say: Voice<'_>) -> Result<Vec<(String, String)>, WebError> {
    let mut open = Vec::new();
    let registries = reading.registries().await?;
    let several = registries.len() > 1;
    for (registry, _) in registries {
        if !reading.viewer().registers(registry.id) {
            continue;
        }
        let plan = reading.plan(registry.id).await?;
        let takes =
            plan.files.iter().filter(|f| f.state.closed_on.is_none() && f.state.open_volume.is_some());
        open.extend(takes.map(|f| {
            let called = plan::called(say, f);
            let called = if several { format!("{} · {called}", registry.code) } else { called };
            (f.state.file.id.to_string(), called)
        }));
    }
    Ok(open)
}

/// The fields of an act.
pub fn fields(
    say: Voice<'_>,
    reading: &Reading,
    doing: Doing,
    sent: &Sent,
    wrong: &Wrong,
    files: &[(String, String)],
) -> Markup {
    let labels = labels(say);
    let field = |name: &'static str| labelled(&labels, name).value(sent.get(name)).error(wrong.at(name));
    let hints = ["form-one-a-line", "correct-reason-hint", "many-reference-hint"].map(|key| say.t(key));
    let [each, why, theirs] = &hints;
    html! {
        @match doing {
            Doing::File => (field("file").select(say, &marking_form::choices(files))),
            Doing::Relate => {
                @let kinds: Vec<(String, String)> = RelationKind::ALL
                    .iter()
                    .map(|kind| (kind.as_str().to_owned(), say.t(&format!("tie-{}", kind.as_str()))))
                    .collect();
                div.pair {
                    (field("relation").select(say, &marking_form::choices(&kinds)))
                    (field("reference").hint(theirs).text(say))
                }
            }
            Doing::Access => (access_fields(say, reading, sent, wrong, &field)),
            _ => {
                @let kinds: Vec<(String, String)> =
                    draft::KINDS.iter().map(|kind| ((*kind).to_owned(), words::kind(say, kind))).collect();
                @let languages: Vec<(String, String)> =
                    ["en", "fr"].iter().map(|code| ((*code).to_owned(), say.t(&format!("language-{code}")))).collect();
                @let directions = words::directions(say);
                div.pair {
                    (field("kind").optional().select(say, &marking_form::choices(&kinds)))
                    (field("language").optional().select(say, &marking_form::choices(&languages)))
                }
                div.pair {
                    (field("direction").optional().select(say, &marking_form::choices(&directions)))
                    (field("date").optional().date(say))
                }
                (field("originator").optional().text(say))
                div.pair {
                    (field("action").hint(each).optional().long(say, 2))
                    (field("info").hint(each).optional().long(say, 2))
                }
                (field("held_elsewhere").optional().text(say))
            }
        }
        @if doing != Doing::File { (field("reason").hint(why).long(say, 2)) }
    }
}

fn access_fields<'a>(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    wrong: &Wrong,
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let policies = &reading.house.policies;
    let Some(policy) = marking_form::policy(policies, sent.get("policy")) else { return html! {} };
    let levels = marking_form::levels(policies, policy, say);
    let words =
        ["many-stays", "many-groups-set", "many-list-set", "many-persons-hint", "many-groups", "many-list"]
            .map(|key| say.t(key));
    let [stays, groups_set, list_set, persons_hint, groups_label, list_label] = &words;
    let or = |name: &str| if sent.get(name) == "set" { "set" } else { "" };
    html! {
        (marking_form::policy_field(say, policies, policy, &say.t("form-policy-hint")))
        (field("level").optional().width(Width::Medium).select(say, &marking_form::choices(&levels)))
        (marking_form::categories(say, policy, sent))
        @if reading.house.groups().next().is_some() {
            (Field::new("groups", groups_label).value(or("groups")).radios(say, &[Choice::new("", stays), Choice::new("set", groups_set)]))
            (need_to_know::groups(say, &reading.house, sent, &field("group").hint(&say.t("form-groups-hint")).optional()))
        }
        (Field::new("list", list_label).value(or("list")).radios(say, &[Choice::new("", stays), Choice::new("set", list_set)]))
        (Field::new("persons", &say.t("correct-access-list")).hint(persons_hint).value(sent.get("persons")).error(wrong.at("persons")).optional().long(say, 3))
    }
}
