//! Owns the parts of which a page about one thing is made: heading, path, cards, facts, tabs, stages of a life, a
//! timeline, bars and the empty state. It must not know which thing.

use maud::{Markup, html};
use office::texts::Voice;

use super::form::{Button, button, buttons};
use super::mark::Tone;

/// The heading of a page, with what stands beneath it: reference, marking, chips, or one sentence on how things are.
#[must_use]
pub fn heading(title: &str, beneath: &Markup) -> Markup {
    html! {
        div.heading {
            h1 { (title) }
            div.beneath { (beneath) }
        }
    }
}

/// The same, with what can be done to the thing beside it.
#[must_use]
pub fn heading_with_acts(title: &str, beneath: &Markup, acts: &[Button<'_>]) -> Markup {
    html! {
        div.heading.acting {
            div {
                h1 { (title) }
                div.beneath { (beneath) }
            }
            (buttons(acts))
        }
    }
}

/// A step of the way to this page.
#[derive(Debug, Clone, Copy)]
pub struct Crumb<'a> {
    /// Its name.
    pub label: &'a str,
    /// Where it is.
    pub href: &'a str,
}

/// The way to this page.
#[must_use]
pub fn crumbs(say: Voice<'_>, steps: &[Crumb<'_>]) -> Markup {
    html! {
        nav.crumbs aria-label=(say.t("crumbs-label")) {
            ol { @for step in steps { li { a href=(step.href) { (step.label) } } } }
        }
    }
}

/// A form and the document that it is filled from, side by side. The document stays in sight while one fills the form
/// and scrolls by itself, also by keyboard.
#[must_use]
pub fn beside(label: &str, form: &Markup, document: &Markup) -> Markup {
    html! {
        div.cols.beside {
            div { (form) }
            aside tabindex="0" aria-label=(label) { (document) }
        }
    }
}

/// A card: a titled piece of a page.
#[must_use]
pub fn card(title: &str, body: &Markup) -> Markup {
    html! { section.card { h2 { (title) } (body) } }
}

/// One fact about a thing.
#[derive(Debug, Clone)]
pub struct Fact<'a> {
    /// What it is about: "From".
    pub label: &'a str,
    /// What is so.
    pub value: Markup,
}

/// Facts about a thing, label beside value.
#[must_use]
pub fn facts(list: &[Fact<'_>]) -> Markup {
    html! {
        dl.facts { @for fact in list { div { dt { (fact.label) } dd { (fact.value) } } } }
    }
}

/// A tab: a view of the same thing under its own address.
#[derive(Debug, Clone, Copy)]
pub struct Tab<'a> {
    /// Its name.
    pub label: &'a str,
    /// Where it is.
    pub href: &'a str,
    /// How many things are in it, where that says something.
    pub count: Option<u64>,
    /// Whether it is the one shown.
    pub current: bool,
}

/// The views of a thing. Links, since each has an address of its own.
#[must_use]
pub fn tabs(say: Voice<'_>, label: &str, list: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in list {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label)
                    @if let Some(count) = tab.count { " " span.n { (say.count(count)) } }
                }
            }
        }
    }
}

/// Where a thing stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    /// Behind it.
    Done,
    /// Where it is.
    Now,
    /// Ahead of it.
    Ahead,
}

/// A stage of a life.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    /// Its name: "Registered".
    pub label: &'a str,
    /// When, or what about it: "12 March 2026".
    pub detail: &'a str,
    /// Where the thing stands.
    pub state: StageState,
}

/// The life of a thing at a glance.
#[must_use]
pub fn life(say: Voice<'_>, stages: &[Stage<'_>]) -> Markup {
    html! {
        ol.life aria-label=(say.t("life-label")) {
            @for stage in stages {
                @let (class, state) = match stage.state {
                    StageState::Done => ("done", Some(say.t("life-done"))),
                    StageState::Now => ("now", None),
                    StageState::Ahead => ("ahead", Some(say.t("life-ahead"))),
                };
                li class=(class) aria-current=[(stage.state == StageState::Now).then_some("step")] {
                    span.stage { (stage.label) }
                    @if let Some(state) = state { span.unseen { " (" (state) ") " } }
                    span.when { (stage.detail) }
                }
            }
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event<'a> {
    /// What happened, in a sentence.
    pub what: Markup,
    /// When, in words.
    pub when: &'a str,
    /// When, for machines: an RFC 3339 moment or a date.
    pub datetime: Option<&'a str>,
    /// Who did it and what else there is to say.
    pub detail: Option<Markup>,
    /// Whether this is how things stand.
    pub now: bool,
}

/// What happened to a thing, newest first.
#[must_use]
pub fn timeline(events: &[Event<'_>]) -> Markup {
    html! {
        ol.chain {
            @for event in events {
                li.now[event.now] {
                    div { (event.what) }
                    div.quiet {
                        time datetime=[event.datetime] { (event.when) }
                        @if let Some(detail) = &event.detail { " · " (detail) }
                    }
                }
            }
        }
    }
}

/// A bar of a chart.
#[derive(Debug, Clone, Copy)]
pub struct Bar<'a> {
    /// What is counted.
    pub label: &'a str,
    /// Where to see them.
    pub href: Option<&'a str>,
    /// How many.
    pub count: u64,
    /// The tone of the bar; plain is the accent.
    pub tone: Tone,
}

/// A chart of bars that is its own table: each bar stands beside its number.
#[must_use]
pub fn bars(say: Voice<'_>, caption: &str, head: [&str; 2], list: &[Bar<'_>]) -> Markup {
    let most = list.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let [what, how_many] = head;
    html! {
        table.bars {
            caption.unseen { (caption) }
            thead.unseen { tr { th scope="col" { (what) } th scope="col" { (how_many) } } }
            tbody {
                @for bar in list {
                    tr {
                        th scope="row" {
                            @match bar.href { Some(href) => a href=(href) { (bar.label) }, None => (bar.label), }
                        }
                        td {
                            svg class={ "bar " (bar.tone.class()) } viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                                rect.track width="100" height="8" {}
                                rect.fill width=(bar.count.saturating_mul(100) / most) height="8" {}
                            }
                            span.n { (say.count(bar.count)) }
                        }
                    }
                }
            }
        }
    }
}

/// What to say where there is nothing.
#[derive(Debug, Clone)]
pub struct Empty<'a> {
    /// That there is nothing: "Nothing is registered yet".
    pub title: &'a str,
    /// What would be here.
    pub would: &'a str,
    /// How to begin.
    pub begin: Option<Button<'a>>,
}

/// The empty state: what would be there, and how to begin.
#[must_use]
pub fn empty(state: &Empty<'_>) -> Markup {
    html! {
        div.empty {
            p.title { (state.title) }
            p { (state.would) }
            @if let Some(begin) = &state.begin { p { (button(begin)) } }
        }
    }
}
