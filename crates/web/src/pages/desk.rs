//! The desk: what waits for the reader, what is new for him, what of his own ends soon.

use axum::response::Response;
use maud::{Markup, html};
use office::{Reading, handling::Notice, own::Recent, texts::Voice};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Bar, Cell, Column, Empty, Paging, Row, Section, Table, Tone, bars, card, form::token_field, heading,
        table,
    },
    pages::{doors, ending, kept, plan, series, shown, switch, visit::Visit, watch},
    words,
};

/// Lines of a list on the desk.
const FEW: usize = 8;

/// The desk.
pub async fn desk(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let today = reading.today();

    let proposals = if reading.sees_authorisations() { reading.proposals().await? } else { Vec::new() };
    let mut lines = Vec::new();
    for (proposal, person) in &proposals {
        if !reading.may_confirm(proposal) {
            continue;
        }
        let by = match proposal.proposed_by {
            Some(by) => reading.name_of(by).await?.unwrap_or_default(),
            None => String::new(),
        };
        lines.push((proposal, person, by));
    }
    let warnings = if reading.sees_authorisations() { Some(reading.warnings().await?) } else { None };
    let mut sign_ins = Vec::new();
    if reading.sees_authorisations() {
        for notice in reading.sign_in_notices().await? {
            let name = match notice.person {
                Some(person) => reading.name_of(person).await?.unwrap_or_default(),
                None => String::new(),
            };
            sign_ins.push((notice, name));
        }
    }
    let ringing = reading.ringing().await?;
    let (undetermined, open) = reading.undetermined(FEW).await?;
    let recent = reading.recent(FEW).await?;
    let long = reading.long_out().await?;
    let notices = reading.notices().await?;
    let registries = reading.registries().await?;
    let mut trays = Vec::new();
    for registry in reading.trays() {
        let count = reading.tray_count(registry.id).await?;
        trays.push((registry, count));
    }
    let flagged = watch::flagged(&mut reading, FEW).await?;
    let searches = kept::counted(&mut reading, FEW).await?;
    let opened = reading.recently().await?;
    let left = reading.draft_count().await?;

    let house = reading.house.clone();
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (registry, count) in trays.iter().filter(|(_, count)| *count > 0) {
        rows.push(Row {
            value: None,
            name: &registry.code,
            strong: false,
            cells: vec![
                html! {
                    a.lead href={ "/tray?registry=" (registry.code) } { (say.tr("tray-total", &[("n", (*count).into())])) }
                    div.quiet { (registry.names.in_language(say.language().tag())) }
                },
                html! {},
                html! {},
                html! {},
                html! {},
            ],
        });
    }
    for (proposal, person, by) in &lines {
        let what = shown::grant(say, &house, &proposal.grant);
        let day = proposal.proposed_at.date(&house.zone);
        rows.push(Row {
            value: None,
            name: &person.name,
            strong: false,
            cells: vec![
                html! {
                    a.lead href={ "/people/" (person.id) "#held" } { (say.t("desk-confirm-one")) }
                    div.quiet { (person.name) (say.t("colon")) " " (what) }
                },
                html! {},
                html! {},
                html! { (by) },
                html! { time datetime=(day) { (say.relative(day, today)) } },
            ],
        });
    }
    for entry in &open {
        let day = entry.registered_at.date(&house.zone);
        rows.push(Row {
            value: None,
            name: &entry.reference,
            strong: false,
            cells: vec![
                html! {
                    (shown::lead(say, entry))
                    div.quiet { (words::registry_name(&reading, entry.registry, say)) }
                },
                shown::number(entry),
                shown::marking(say, &house, entry),
                html! { (entry.originator.as_deref().unwrap_or_default()) },
                html! { time datetime=(day) { (say.relative(day, today)) } },
            ],
        });
    }
    for (entry, out) in &long {
        let day = out.since.date(&house.zone);
        rows.push(Row {
            value: None,
            name: &entry.reference,
            strong: false,
            cells: vec![
                html! {
                    a.lead href={ "/documents/" (entry.document) "/work" } { (say.t("work-long")) }
                    div.quiet { (entry.subject.as_deref().unwrap_or_default()) }
                },
                shown::number(entry),
                shown::marking(say, &house, entry),
                html! { (out.name) },
                html! { time datetime=(day) { (say.relative(day, today)) } },
            ],
        });
    }
    let mail: u64 = trays.iter().map(|(_, count)| count).sum();
    let told = u64::try_from(lines.len() + long.len() + notices.len()).unwrap_or(0);
    let waiting = told.saturating_add(undetermined).saturating_add(mail);
    let lasting = opened.iter().filter_map(|one| match one {
        Recent::Document(entry) => shown::shown_of(&house, entry),
        Recent::File(file) => file.state.file.access.as_ref().and_then(|rule| rule.content.clone()),
        Recent::Person(..) => None,
    });
    let rung = ringing.iter().map(|(entry, _)| entry);
    let told = long.iter().map(|(entry, _)| entry).chain(notices.iter().map(|n| &n.entry));
    let listed = rung.chain(&recent).chain(told);
    let labels: Vec<_> = listed.filter_map(|entry| shown::shown_of(&house, entry)).chain(lasting).collect();
    let command = app.office.new_command().to_string();
    let decides = reading.sees_authorisations()
        || series::registers_anywhere(&reading)
        || registries.iter().any(|(registry, _)| reading.may_ask_why(registry.id));
    let body = html! {
        (heading(&capitalised(&say.date_long(today)), &html! {
            p { (sentence(say, waiting)) }
            @if left > 0 { p { a href=(switch::DRAFTS) { (say.tr("drafts-desk", &[("n", left.into())])) } } }
        }))
        (rings(say, &reading, &signed.form_token, &|| app.office.new_command().to_string(), &ringing))
        @if !notices.is_empty() {
            (card(&say.t("desk-changed"), &changed(say, &reading, &signed.form_token, &command, &notices)))
        }
        @if !rows.is_empty() || (notices.is_empty() && ringing.is_empty()) {
            (table_of(say, &rows, undetermined > u64::try_from(open.len()).unwrap_or(0), decides))
        }
        div.cols.even {
            (doors::notices(say, &reading, &sign_ins))
            (card(&say.t("watch-desk"), &watch::card(say, &reading, &signed, &flagged)))
            (card(&say.t("kept-title"), &searched(say, &searches)))
            (card(&say.t("desk-opened"), &last_opened(say, &reading, &opened)))
            (card(&say.t("desk-newest"), &html! {
                @if recent.is_empty() { p.quiet { (say.t("desk-newest-none")) } }
                ul.stack {
                    @for entry in &recent {
                        li { (shown::lead(say, entry)) div.row.quiet { (shown::number(entry)) (shown::marking(say, &house, entry)) } }
                    }
                }
            }))
            (card(&say.t("desk-registries"), &holdings(say, &registries)))
            (card(&say.t("desk-expiring"), &expiring(say, &reading)))
            @if let Some(warnings) = &warnings {
                (card(&say.t("ending-title"), &ending::counts(say, &reading, warnings)))
            }
        }
    };
    let entries =
        opened.iter().filter_map(|o| if let Recent::Document(entry) = o { Some(entry) } else { None });
    let papers = flagged.iter().flat_map(|(.., papers)| papers);
    let title = say.t("rail-desk");
    let sheet = Sheet {
        shown: labels.iter().chain(watch::labels(papers)).collect(),
        undetermined: !open.is_empty()
            || shown::any_undetermined(ringing.iter().map(|(entry, _)| &**entry))
            || shown::any_undetermined(recent.iter().chain(entries).map(|e| &**e))
            || shown::any_undetermined(flagged.iter().flat_map(|(.., p)| p).map(|f| &*f.hit.entry)),
        ..Sheet::plain(&title, &path, Some(Section::Desk), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The searches that the reader keeps, with what each finds and what of it is new.
fn searched(say: Voice<'_>, all: &[kept::Counted]) -> Markup {
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
fn last_opened(say: Voice<'_>, reading: &Reading, all: &[Recent]) -> Markup {
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
fn changed(say: Voice<'_>, reading: &Reading, token: &str, command: &str, notices: &[Notice]) -> Markup {
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

/// A French date begins small, and a page does not.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn sentence(say: Voice<'_>, waiting: u64) -> String {
    // Nothing has a deadline yet, so nothing can be late.
    let late = say.tr("desk-late", &[("n", 0.into())]);
    let waiting = say.tr("desk-waiting", &[("n", waiting.into())]);
    say.tr("desk-day", &[("late", late.into()), ("waiting", waiting.into())])
}

fn table_of(say: Voice<'_>, rows: &[Row<'_>], more: bool, decides: bool) -> Markup {
    let heads =
        ["desk-what", "column-reference", "column-marking", "desk-from", "desk-since"].map(|key| say.t(key));
    let [what, number, marking, from, since] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(what, Cell::Main),
        column(number, Cell::Short),
        column(marking, Cell::Short),
        column(from, Cell::Text),
        column(since, Cell::Short),
    ];
    let (title, caption) = (say.t("desk-empty"), say.t("desk-caption"));
    let would = if decides { say.t("desk-empty-now") } else { say.t("desk-empty-reader") };
    let shown = if more { say.t("desk-more") } else { String::new() };
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows,
            many: None,
            paging: Paging { shown: &shown, ..Paging::default() },
            exports: &[],
            empty: Empty { title: &title, would: &would, begin: None },
        },
    )
}

fn holdings(say: Voice<'_>, registries: &[(registry::house::Registry, u64)]) -> Markup {
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
fn rings(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    command: &dyn Fn() -> String,
    ringing: &[(store::Visible<store::visible::EntryView>, registry::Timestamp)],
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
fn expiring(say: Voice<'_>, reading: &Reading) -> Markup {
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
