//! The cards of the desk: what rings, what changed, what was kept, opened and held, what ends soon.

use maud::{Markup, html};
use office::{Reading, handling::Notice, own::Recent, texts::Voice};
use registry::{Timestamp, house::Registry};
use store::{Visible, visible::EntryView};

use crate::{
    look::{Bar, Tone, bars, form::token_field},
    pages::{ending, kept, plan, shown},
    words,
};

/// The searches that the reader keeps, with what each finds and what of it is new.
pub(super) fn searched(say: Voice<'_>, all: &[kept::Counted]) -> Markup {
    html! {
        @if all.is_empty() { p.quiet { (say.t("kept-none-desk")) } }
        ul.stack {
            @for (search, total, new) in all {
                li.row {
                    a href=(kept::address(search)) { (search.name) }
                    span.n { (say.count(*total)) }
                    (kept::new_chip(say, search, *new))
                }
            }
        }
        @if !all.is_empty() { p.foot { a href=(kept::PATH) { (say.t("kept-all")) } } }
    }
}

/// What the reader opened last.
pub(super) fn last_opened(say: Voice<'_>, reading: &Reading, all: &[Recent]) -> Markup {
    html! {
        @if all.is_empty() { p.quiet { (say.t("desk-opened-none")) } }
        ul.stack {
            @for one in all {
                @match one {
                    Recent::Document(entry) => li {
                        (shown::lead(say, entry))
                        div.row.quiet { (shown::number(entry)) (shown::marking(say, &reading.house, entry)) }
                    },
                    Recent::File(file) => li {
                        a href={ "/files/" (file.state.file.id) } { (plan::called(say, file)) }
                        div.quiet { (say.t("rail-files")) }
                    },
                    Recent::Person(id, name) => li {
                        a href={ "/people/" (id) } { (name) }
                        div.quiet { (say.t("rail-people")) }
                    },
                }
            }
        }
    }
}

/// What the reader opened that is not what it was, each with the button by which he says that he knows.
pub(super) fn changed(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    command: &str,
    notices: &[Notice],
) -> Markup {
    let policies = &reading.house.policies;
    let marking = |label: Option<&label::Label>| match label {
        Some(label) => words::marking(label, policies, say.language()),
        None => say.t("document-undetermined"),
    };
    let known = say.t("desk-changed-known");
    html! {
        ul.stack {
            @for notice in notices {
                @let entry = &notice.entry;
                @let day = say.date(notice.opened.date(&reading.house.zone));
                @let reference = entry.reference.as_str();
                li {
                    (shown::lead(say, entry))
                    @if let Some(was) = &notice.was {
                        p { (say.tr("desk-changed-marking", &[
                            ("reference", reference.into()),
                            ("now", marking(entry.label.as_ref()).into()),
                            ("was", marking(was.as_ref()).into()),
                            ("day", day.as_str().into()),
                        ])) }
                    } @else if notice.access {
                        p { (say.tr("desk-changed-access", &[("reference", reference.into()), ("day", day.as_str().into())])) }
                    }
                    @if let Some(version) = notice.version {
                        p { (say.tr("desk-changed-version", &[
                            ("reference", reference.into()),
                            ("version", version.into()),
                            ("day", day.as_str().into()),
                        ])) }
                    }
                    form method="post" action={ "/documents/" (entry.document) "/record" } {
                        input type="hidden" name="token" value=(token);
                        input type="hidden" name="command" value=(command);
                        input type="hidden" name="act" value="told";
                        input type="hidden" name="person" value=(reading.person().id);
                        input type="hidden" name="change" value=(notice.change);
                        button.button.small type="submit" aria-label={ (known) (say.t("colon")) " " (reference) } { (known) }
                    }
                }
            }
        }
    }
}

/// How much each registry holds of what the reader may see.
pub(super) fn holdings(say: Voice<'_>, registries: &[(Registry, u64)]) -> Markup {
    let names: Vec<(String, String, u64)> = registries
        .iter()
        .map(|(registry, count)| {
            let name = registry.names.in_language(say.language().tag()).to_owned();
            (name, format!("/register?registry={}", registry.code), *count)
        })
        .collect();
    let list: Vec<Bar<'_>> = names
        .iter()
        .map(|(label, href, count)| Bar { label, href: Some(href), count: *count, tone: Tone::Plain })
        .collect();
    if list.is_empty() {
        return html! { p.quiet { (say.t("register-empty")) } };
    }
    let heads = [say.t("column-registry"), say.t("column-count")];
    let [one, two] = &heads;
    bars(say, &say.t("desk-registries"), [one, two], &list)
}

/// What cannot wait, above everything else, until somebody takes note of it.
pub(super) fn rings(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    command: &dyn Fn() -> String,
    ringing: &[(Visible<EntryView>, Timestamp)],
) -> Markup {
    let take = say.t("ring-take-note");
    html! {
        @if !ringing.is_empty() {
            section.notice.late aria-label=(say.t("ring-title")) {
                h2 { (say.t("ring-title")) }
                ul.stack {
                    @for (entry, at) in ringing {
                        li {
                            (shown::lead(say, entry))
                            div.row {
                                (shown::number(entry)) (shown::marking(say, &reading.house, entry))
                                span.quiet { (say.tr("ring-since", &[("when", shown::moment(say, reading, *at).into())])) }
                                @let name = say.tr("ring-take-note-of", &[("reference", entry.reference.as_str().into())]);
                                form method="post" action={ "/documents/" (entry.document) "/note" } {
                                    (token_field(Some(token)))
                                    input type="hidden" name="command" value=(command());
                                    button.button type="submit" aria-label=(name) { (take) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What of the reader's own ends soon or has ended: clearances, and briefings that are due to be refreshed.
pub(super) fn expiring(say: Voice<'_>, reading: &Reading) -> Markup {
    let own = reading.own_warnings();
    html! {
        @if own.is_empty() { p.quiet { (say.t("desk-expiring-none")) } }
        ul.stack {
            @for warning in own {
                li {
                    a href={ "/people/" (reading.person().id) } { (shown::grant(say, &reading.house, &warning.grant)) } " "
                    (ending::when(say, reading, warning))
                    div.quiet { time datetime=(warning.last) { (say.date(warning.last)) } }
                }
            }
        }
    }
}
