//! Why somebody may read a document, or why not, in words: each test of the decision with what was found and what would
//! be needed. Whoever reads the document may ask it for himself; a controller of its registry for others.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use label::{ReadAs, Reason, Tested};
use maud::{Markup, html};
use office::{Reading, people::Why, texts::Voice};
use registry::{AccessRule, Code, DocumentId, GroupId, PersonId, access::Test, person::Person};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Cell, Column, Crumb, Empty, Field, Paging, Row, Section, Table, Tone, Width, card, chip, crumbs,
        heading, reference, table,
    },
    pages::{
        shown,
        visit::{Visit, id},
    },
    words,
};

/// For whom it is asked: a name as typed, or a person that was chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    person: String,
    name: String,
}

/// The page.
pub async fn why(
    visit: Visit,
    Path(document): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let document: DocumentId = id(&document)?;
    // First of all whether the reader reads it himself: else nothing here is there.
    let own = reading.why(document, None).await?;
    let entry = reading.document(document).await?.into_inner().entry;
    let may_ask = reading.may_ask_why(entry.registry);
    let mut meant: Vec<Person> = Vec::new();
    let mut told = own;
    if asking.person.is_empty() && asking.name.trim().is_empty() {
        // For himself.
    } else if !may_ask {
        return Err(WebError::page(Code::Forbidden));
    } else if asking.person.is_empty() {
        meant = reading.people_named(entry.registry, &asking.name).await?;
        if let [only] = meant.as_slice() {
            told = reading.why(document, Some(only.id)).await?;
        }
    } else {
        let person: PersonId = asking.person.parse().map_err(|_| WebError::page(Code::PersonUnknown))?;
        told = reading.why(document, Some(person)).await?;
    }
    let for_another = told.person.id != signed.open.person;
    let title = match (for_another, told.reads()) {
        (false, _) => say.t("why-title"),
        (true, true) => say.tr("why-title-may", &[("name", told.person.name.as_str().into())]),
        (true, false) => say.tr("why-title-may-not", &[("name", told.person.name.as_str().into())]),
    };
    let href = format!("/documents/{document}");
    let several = meant.len() > 1;
    let unknown = (!asking.name.trim().is_empty() && meant.is_empty())
        .then(|| format!("{} {}", say.t("refusal-person-unknown"), say.t("why-nobody")));
    let register = say.t("register-title");
    let body = html! {
        (crumbs(say, &[Crumb { label: &register, href: "/register" }, Crumb { label: &entry.reference, href: &href }]))
        (heading(&title, &html! {
            (reference(&entry.reference))
            (shown::marking(say, &reading.house, &entry))
        }))
        div.cols {
            div.stack { @if several { (namesakes(say, &href, &meant)) } @else { (tests(say, &reading, &told)) } }
            aside.stack {
                @if may_ask { (card(&say.t("why-ask"), &ask(say, &href, &asking.name, unknown.as_deref()))) }
            }
        }
    };
    let sheet = Sheet {
        shown: entry.label.iter().collect(),
        undetermined: entry.label.is_none(),
        ..Sheet::plain(&title, &path, Some(Section::Register), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn ask(say: Voice<'_>, href: &str, typed: &str, wrong: Option<&str>) -> Markup {
    let (label, hint, go) = (say.t("person-name"), say.t("why-ask-hint"), say.t("why-ask-go"));
    html! {
        form method="get" action={ (href) "/why" } {
            (Field::new("name", &label).hint(&hint).value(typed).error(wrong).width(Width::Full).text(say))
            button.button type="submit" { (go) }
        }
    }
}

fn namesakes(say: Voice<'_>, href: &str, meant: &[Person]) -> Markup {
    html! {
        p { (say.t("why-which")) }
        ul.stack {
            @for person in meant {
                li {
                    a href={ (href) "/why?person=" (person.id) } { (person.name) }
                    @if !person.title.is_empty() { div.quiet { (person.title) } }
                }
            }
        }
    }
}

fn tests(say: Voice<'_>, reading: &Reading, why: &Why) -> Markup {
    let heads = ["why-test", "why-found", "column-state"].map(|key| say.t(key));
    let [test, found, state] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [column(test, Cell::Main), column(found, Cell::Text), column(state, Cell::Short)];
    let told: Vec<Told> = why.tests.iter().map(|test| told(say, reading, why, test)).collect();
    let rows: Vec<Row<'_>> = told
        .iter()
        .map(|one| Row {
            value: None,
            name: &one.what,
            strong: !one.passed,
            cells: vec![
                html! { (one.what) },
                html! {
                    (one.found)
                    @if let Some(needed) = &one.needed { div { strong { (say.t("why-needed")) (say.t("colon")) } " " (needed) } }
                },
                chip(
                    if one.passed { Tone::Good } else { Tone::Late },
                    &say.t(if one.passed { "why-passed" } else { "why-failed" }),
                ),
            ],
        })
        .collect();
    let caption = say.t("why-caption");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: "", would: "", begin: None },
        },
    )
}

/// A test in words.
#[derive(Debug, Clone)]
pub struct Told {
    /// A stable word for it.
    pub name: &'static str,
    /// What is asked.
    pub what: String,
    /// Whether it was passed.
    pub passed: bool,
    /// What was found.
    pub found: String,
    /// What would be needed, where it failed and something helps.
    pub needed: Option<String>,
}

/// One test of an explanation in words.
pub fn told(say: Voice<'_>, reading: &Reading, why: &Why, test: &Test) -> Told {
    let passed = test.passed();
    let one = |name, what: String, found: String, needed: Option<String>| Told {
        name,
        what,
        passed,
        found,
        needed: needed.filter(|_| !passed),
    };
    let either = |good: &str, bad: &str| say.t(if passed { good } else { bad });
    match test {
        Test::Undetermined { .. } => one(
            "undetermined",
            say.t("why-undetermined"),
            either("why-undetermined-passed", "why-undetermined-failed"),
            Some(say.t("why-undetermined-needed")),
        ),
        Test::UnknownPolicy => one("policy", say.t("why-known"), say.t("why-known-failed"), None),
        Test::Ceiling { .. } => one(
            "ceiling",
            say.t("why-ceiling"),
            either("why-ceiling-passed", "why-ceiling-failed"),
            Some(say.t("why-ceiling-needed")),
        ),
        Test::NeedToKnow { any, held } => {
            let names = |groups: &[GroupId]| {
                let tag = say.language().tag();
                let known = groups.iter().filter_map(|g| reading.house.group(*g));
                let names: Vec<String> = known.map(|g| g.names.in_language(tag).to_owned()).collect();
                names.join(" / ")
            };
            let found = match passed {
                true => say.tr("why-group-passed", &[("groups", names(held).into())]),
                false => say.t("why-group-failed"),
            };
            let needed = say.tr("why-group-needed", &[("groups", names(any).into())]);
            one("need-to-know", say.tr("why-group", &[("groups", names(any).into())]), found, Some(needed))
        }
        Test::AccessList { .. } => one(
            "access-list",
            say.t("correct-access-list"),
            either("why-list-passed", "why-list-failed"),
            Some(say.t("why-list-needed")),
        ),
        Test::Label { test, day } => {
            let day = day.map(|day| say.date(day)).unwrap_or_default();
            of_label(say, reading, why, test, &day)
        }
    }
}

/// A level, by its name in the policy of the document's marking, in the words of the reader's language.
fn level_words(say: Voice<'_>, reading: &Reading, rule: &AccessRule, name: &str) -> String {
    let label = rule.content.as_ref();
    let policy = label.and_then(|label| reading.house.policies.of(label).ok());
    let level = policy.and_then(|policy| policy.levels().iter().find(|level| level.name == name));
    match (policy, level) {
        (Some(policy), Some(level)) => {
            let plain = label::Label::plain(policy.id().clone(), level.code.clone());
            words::marking(&plain, &reading.house.policies, say.language())
        }
        _ => name.to_owned(),
    }
}

fn of_label(say: Voice<'_>, reading: &Reading, why: &Why, test: &label::Test, day: &str) -> Told {
    let passed = test.passed();
    let level = |name: &str| level_words(say, reading, &why.rule, name);
    let one = |name, what: String, found: String, needed: Option<String>| Told {
        name,
        what,
        passed,
        found,
        needed: needed.filter(|_| !passed),
    };
    match &test.tested {
        Tested::Known => one("policy", say.t("why-known"), say.t("why-known-failed"), None),
        Tested::Existence { category } => one(
            "existence",
            say.tr("why-existence", &[("category", category.as_str().into())]),
            say.t("why-existence-failed"),
            None,
        ),
        Tested::Level { needed, certificate, held } => {
            let what = say.tr("why-level", &[("level", level(needed).into())]);
            let found = match (certificate, held) {
                (false, _) => say.t("why-level-open"),
                (true, None) => say.t("why-level-none"),
                (true, Some(held)) => {
                    say.tr("why-level-held", &[("level", level(held).into()), ("until", day.into())])
                }
            };
            let needed = say.tr("why-level-needed", &[("level", level(needed).into())]);
            one("level", what, found, Some(needed))
        }
        Tested::Categories { needed } => {
            let names = say.list(needed);
            let what = say.tr("why-categories", &[("categories", names.as_str().into())]);
            let found = if passed {
                say.tr("why-categories-passed", &[("until", day.into())])
            } else {
                say.tr("why-categories-failed", &[("categories", say.list(&missing(test)).into())])
            };
            let needed = say.tr("why-categories-needed", &[("categories", names.into())]);
            one("categories", what, found, Some(needed))
        }
        Tested::Briefing { needed, by } => {
            let what = say.tr("why-briefing", &[("subject", level(needed).into())]);
            let found = match by {
                Some(by) => {
                    say.tr("why-briefing-passed", &[("subject", level(by).into()), ("on", day.into())])
                }
                None => say.t("why-briefing-failed"),
            };
            let needed = say.tr("why-briefing-needed", &[("subject", level(needed).into())]);
            one("briefing", what, found, Some(needed))
        }
        Tested::Audience { names, only, by } => {
            let nation = words::nation(&why.person.nationality, &reading.house.policies, say);
            let nation = nation.as_str();
            let all = say.list(names);
            let key = if *only { "why-only" } else { "why-nation" };
            let what = say.tr(key, &[("names", all.as_str().into())]);
            let found = match by {
                Some(by) => match by.read {
                    None => say.tr("why-nation-named", &[("nation", nation.into())]),
                    Some((read, day)) => {
                        let key = match read {
                            ReadAs::Today => "why-nation-today",
                            ReadAs::Release => "why-nation-release",
                        };
                        let day = say.date(day);
                        let name = by.name.as_str();
                        say.tr(key, &[("nation", nation.into()), ("name", name.into()), ("day", day.into())])
                    }
                },
                None => {
                    let mut found = say.tr("why-nation-failed", &[("nation", nation.into())]);
                    for reason in &test.reasons {
                        if let Reason::ReleaseDateUnknown { community } = reason {
                            found.push(' ');
                            found.push_str(
                                &say.tr("why-nation-undated", &[("name", community.as_str().into())]),
                            );
                        }
                    }
                    found
                }
            };
            let needed = say.tr("why-nation-needed", &[("nation", nation.into())]);
            one("nationality", what, found, Some(needed))
        }
    }
}

/// The categories that a certificate lacks, by the reasons of its failure.
fn missing(test: &label::Test) -> Vec<String> {
    let mut names = Vec::new();
    for reason in &test.reasons {
        match reason {
            Reason::CategoryMissing { category, .. } => names.push(category.clone()),
            Reason::NoneHeld { categories, .. } => names.push(categories.join(" / ")),
            Reason::NoCertificate { needed } => names.push(needed.clone()),
            _ => {}
        }
    }
    names
}

/// By what the reader himself reads a document, for its page, with the way to each test.
pub fn reasons(say: Voice<'_>, reading: &Reading, why: &Why, document: DocumentId) -> Markup {
    html! {
        ul.stack { @for test in &why.tests { li { (told(say, reading, why, test).found) } } }
        a href={ "/documents/" (document) "/why" } { (say.t("why-more")) }
    }
}
