//! Owns the filters of lists: pills, facets with counts, and what is applied. Every one is a link, so that a filtered
//! list can be shared, kept and opened without script. It must not know how a filter is written in an address.

use maud::{Markup, html};
use office::texts::Voice;

use super::mark::{Marking, mark};

/// One value to filter by.
#[derive(Debug, Clone)]
pub struct Facet<'a> {
    /// The value in words.
    pub label: &'a str,
    /// Shown in the colour of its level, where the value is a marking.
    pub marking: Option<Marking<'a>>,
    /// How many the caller would see, where counted.
    pub count: Option<u64>,
    /// Where the link leads: to the list with this filter set, or removed when it is on.
    pub href: &'a str,
    /// Whether the list shown is filtered by it.
    pub on: bool,
}

/// The values of one field.
#[derive(Debug, Clone)]
pub struct FacetGroup<'a> {
    /// The field in words.
    pub title: &'a str,
    /// Its values, most frequent first.
    pub values: &'a [Facet<'a>],
    /// Said where there are more values than shown.
    pub more: Option<&'a str>,
}

/// A row of pills above a list: a few views of it, one of them on.
#[must_use]
pub fn pills(label: &str, values: &[Facet<'_>], say: Voice<'_>) -> Markup {
    html! {
        nav.pills aria-label=(label) {
            @for value in values {
                a href=(value.href) aria-current=[value.on.then_some("true")] {
                    (face(say, value))
                    @if let Some(count) = value.count { " " span.n { (say.count(count)) } }
                }
            }
        }
    }
}

/// The facets beside a list, one group a field.
#[must_use]
pub fn facets(say: Voice<'_>, groups: &[FacetGroup<'_>]) -> Markup {
    html! {
        nav.facets aria-label=(say.t("facets-label")) {
            @for group in groups {
                @if !group.values.is_empty() {
                    section {
                        h2 { (group.title) }
                        ul {
                            @for value in group.values {
                                li {
                                    a href=(value.href) aria-current=[value.on.then_some("true")] {
                                        span { (face(say, value)) }
                                        @if let Some(count) = value.count { span.n { (say.count(count)) } }
                                        @if value.on { span.unseen { (say.t("facets-on")) } }
                                    }
                                }
                            }
                        }
                        @if let Some(more) = group.more { p.quiet { (more) } }
                    }
                }
            }
        }
    }
}

fn face(say: Voice<'_>, value: &Facet<'_>) -> Markup {
    match value.marking {
        Some(marking) => mark(say, marking),
        None => html! { (value.label) },
    }
}

/// A filter that is set.
#[derive(Debug, Clone, Copy)]
pub struct Applied<'a> {
    /// The field and value in words: "Marking: NATO SECRET".
    pub label: &'a str,
    /// The list without it.
    pub without: &'a str,
}

/// What the list is filtered by, each removable, and all at once.
#[must_use]
pub fn applied(say: Voice<'_>, filters: &[Applied<'_>], clear: &str) -> Markup {
    html! {
        @if !filters.is_empty() {
            ul.applied aria-label=(say.t("applied-label")) {
                @for filter in filters {
                    li {
                        a href=(filter.without) aria-label=(say.tr("applied-remove", &[("filter", filter.label.into())])) {
                            (filter.label) " " span aria-hidden="true" { "×" }
                        }
                    }
                }
                @if filters.len() > 1 { li { a.plain href=(clear) { (say.t("applied-clear")) } } }
            }
        }
    }
}
