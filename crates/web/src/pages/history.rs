//! What happened to a document, as its page tells it: registered, versions, corrections with what was and what is.

use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::{Timestamp, correction::Details};
use store::{
    Visible,
    description::Corrected,
    visible::{DocumentView, InsideView},
};

use crate::{
    look::{Event, timeline},
    pages::shown,
    words,
};

/// A correction with the name of whoever made it.
pub type Named = (Visible<Corrected>, String);

/// One thing that happened.
struct Moment {
    at: Timestamp,
    what: String,
    detail: Markup,
}

/// The history of a document, newest first.
pub fn history(
    say: Voice<'_>,
    reading: &Reading,
    view: &DocumentView,
    inside: &InsideView,
    registrar: &str,
    corrections: &[Named],
) -> Markup {
    let mut moments: Vec<Moment> = inside
        .versions
        .iter()
        .map(|v| {
            let number = say.tr("document-version", &[("n", v.number.into())]);
            Moment {
                at: v.added_at,
                what: format!("{} · {number}", say.t("act-version-added")),
                detail: html! { (v.file_name) },
            }
        })
        .collect();
    moments.push(Moment {
        at: view.entry.registered_at,
        what: say.t("act-registered"),
        detail: html! { (registrar) },
    });
    moments.extend(corrections.iter().map(|(corrected, by)| Moment {
        at: corrected.at,
        what: say.t(if decided(corrected) { "act-marking-decided" } else { "act-corrected" }),
        detail: changed(say, reading, corrected, by),
    }));
    // Of one moment, what came first stands last; the registration was first of all.
    moments.sort_by_key(|moment| std::cmp::Reverse(moment.at));
    let whens: Vec<(String, String)> =
        moments.iter().map(|m| (shown::moment(say, reading, m.at), m.at.to_string())).collect();
    let events: Vec<Event<'_>> = moments
        .iter()
        .zip(&whens)
        .enumerate()
        .map(|(place, (moment, (when, machine)))| Event {
            what: html! { (moment.what) },
            when,
            datetime: Some(machine),
            detail: Some(moment.detail.clone()),
            now: place == 0,
        })
        .collect();
    timeline(&events)
}

/// True for the decision on a marking that was undetermined.
fn decided(corrected: &Corrected) -> bool {
    corrected.from.access.as_ref().is_some_and(|rule| rule.content.is_none())
}

fn changed(say: Voice<'_>, reading: &Reading, corrected: &Corrected, by: &str) -> Markup {
    html! {
        (by) div.quiet { (corrected.reason) }
        (changes(say, reading, &corrected.from, &corrected.to))
    }
}

/// What a correction changes, field by field: what was, and what is.
pub fn changes(say: Voice<'_>, reading: &Reading, from: &Details, to: &Details) -> Markup {
    let (before, after) = (told(say, reading, from), told(say, reading, to));
    html! {
        dl.changes {
            @for ((label, was), (_, is)) in before.iter().zip(&after) {
                @if was != is {
                    dt { (label) }
                    dd {
                        @if was.is_empty() { span.quiet { (say.t("correct-nothing")) } } @else { del { (was) } }
                        " → "
                        @if is.is_empty() { span.quiet { (say.t("correct-nothing")) } } @else { ins { (is) } }
                    }
                }
            }
        }
    }
}

/// The details in words, in an order that is the same before and after.
fn told(say: Voice<'_>, reading: &Reading, details: &Details) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut add = |key: &str, value: String| all.push((say.t(key), value));
    if let Some(direction) = details.direction {
        add("form-direction", say.t(&format!("kind-{}", direction.as_str())));
    }
    if let Some(kind) = &details.kind {
        add("form-kind", words::kind(say, kind));
    }
    if let Some(date) = &details.date {
        let day = date.civil.map(|day| say.date(day));
        add("form-date", date.written.clone().or(day).unwrap_or_default());
    }
    if let Some(code) = &details.language {
        let name = say.maybe(&format!("language-{code}"), &[]).unwrap_or_else(|| code.clone());
        add("form-language", name);
    }
    for (key, value) in [
        ("form-originator", &details.originator),
        ("form-subject", &details.subject),
        ("form-held", &details.held_elsewhere),
    ] {
        if let Some(value) = value {
            add(key, value.clone());
        }
    }
    let between = format!("{} ", say.t("semicolon"));
    if let Some(references) = &details.references {
        let texts: Vec<&str> = references.iter().map(|r| r.text.as_str()).collect();
        add("form-other-references", texts.join(&between));
    }
    if let Some(relations) = &details.relations {
        let each = relations.iter().map(|one| {
            let kind = say.t(&format!("tie-{}", one.kind.as_str()));
            format!("{kind} {}", one.text)
        });
        add("tie-title", each.collect::<Vec<_>>().join(&between));
    }
    for (key, names) in [("form-action", &details.action), ("form-info", &details.info)] {
        if let Some(names) = names {
            add(key, names.join(&between));
        }
    }
    if let Some(formal) = &details.formal {
        add("form-precedence", crate::pages::formal::line(say, formal));
    }
    if let Some(rule) = &details.access {
        let policies = &reading.house.policies;
        let marking = |label: Option<&label::Label>| match label {
            Some(label) => words::marking(label, policies, say.language()),
            None => say.t("document-undetermined"),
        };
        add("document-marking", marking(rule.content.as_ref()));
        add("document-subject-marking", marking(rule.subject.as_ref()));
        let language = say.language().tag();
        let group = |id: &registry::GroupId| {
            reading.house.group(*id).map(|g| g.names.in_language(language).to_owned())
        };
        let lists: Vec<String> = rule
            .need_to_know
            .iter()
            .map(|any| any.iter().filter_map(group).collect::<Vec<_>>().join(" / "))
            .collect();
        add("document-need-to-know", lists.join(&between));
        let persons = u64::try_from(rule.access_list.len()).unwrap_or(u64::MAX);
        let list =
            if persons == 0 { String::new() } else { say.tr("correct-persons", &[("n", persons.into())]) };
        add("correct-access-list", list);
    }
    all
}
