//! What a paper is to others, on its page: above it what has taken its place or amends it, beside it all the rest, and
//! the references in its text as links. Must not know who may see what: the reading gave it.

use maud::{Markup, html};
use office::{
    Reading,
    content::TextShown,
    relations::{Cited, Tie, called},
    texts::Voice,
};
use store::{
    Visible,
    visible::{DocumentView, EntryView},
};

use crate::{
    answer::WebError,
    frame,
    look::{Notice, Tone, card, reference, reference_link},
    pages::shown,
};

/// Most references of a text, and papers that cite this one, that stand beside it; the rest is a search away.
const SHOWN: usize = 12;

/// All that ties a document to others.
#[derive(Debug, Default)]
pub struct Related {
    /// What it is to others and they to it.
    pub ties: Vec<Tie>,
    cites: Vec<Cited>,
    cited_by: Vec<Visible<EntryView>>,
    more: bool,
}

impl Related {
    /// Finds it; the references of the text only where that is shown.
    pub async fn of(
        reading: &mut Reading,
        view: &DocumentView,
        text: Option<&TextShown>,
    ) -> Result<Self, WebError> {
        let ties = reading.ties(view).await?;
        let Some(text) = text else { return Ok(Self { ties, ..Self::default() }) };
        let cites = reading.cites(view, &text.text).await?;
        let (cited_by, more) = reading.cited_by(view).await?;
        Ok(Self { ties, cites, cited_by, more })
    }

    /// What nobody may overlook: that another paper has taken its place, or amends it.
    pub fn notices(&self, say: Voice<'_>) -> Vec<Notice> {
        let inward = self.ties.iter().filter(|tie| !tie.outward);
        inward
            .filter_map(|tie| {
                let entry = tie.entry.as_ref()?;
                let (tone, key) = match tie.kind {
                    kind if kind.replaces() => (Tone::Soon, "tie-replaced"),
                    kind if kind.amends() => (Tone::Plain, "tie-amended"),
                    _ => return None,
                };
                let link = reference_link(&tie.reference, &shown::address(entry));
                let words = html! { p { (say.t(key)) " " (link) " · " (shown::dated(say, entry)) } };
                Some(Notice { tone, words })
            })
            .collect()
    }

    /// Beside the text.
    pub fn beside(&self, say: Voice<'_>, view: &DocumentView) -> Markup {
        html! {
            @if !self.ties.is_empty() { (card(&say.t("tie-title"), &ties(say, &self.ties))) }
            @if !self.cites.is_empty() { (card(&say.t("cites-title"), &self.cited(say))) }
            @if !self.cited_by.is_empty() { (card(&say.t("cited-by-title"), &self.citing(say, view))) }
        }
    }

    fn cited(&self, say: Voice<'_>) -> Markup {
        // What can be opened comes first, each part in the order of the text.
        let (here, away): (Vec<&Cited>, Vec<&Cited>) = self.cites.iter().partition(|c| !c.entries.is_empty());
        let left = self.cites.len().saturating_sub(SHOWN);
        html! {
            ul.stack {
                @for cited in here.into_iter().chain(away).take(SHOWN) {
                    li {
                        @match cited.entries.as_slice() {
                            [] => (reference(&cited.reference)),
                            [only] => {
                                (reference_link(&cited.reference, &shown::address(only)))
                                @if let Some(subject) = &only.subject { div.quiet { (subject) } }
                            },
                            _ => (reference_link(&cited.reference, &search(&format!("ref:\"{}\"", cited.reference)))),
                        }
                    }
                }
            }
            @if left > 0 { p.quiet { (say.tr("cites-more", &[("n", left.into())])) } }
        }
    }

    fn citing(&self, say: Voice<'_>, view: &DocumentView) -> Markup {
        let all = search(&format!("cites:\"{}\"", called(&view.entry)));
        html! {
            ul.stack {
                @for entry in self.cited_by.iter().take(SHOWN) {
                    li {
                        (reference_link(&called(entry), &shown::address(entry)))
                        @if let Some(subject) = &entry.subject { div.quiet { (subject) } }
                    }
                }
            }
            @if self.more || self.cited_by.len() > SHOWN { p { a href=(all) { (say.t("cited-by-all")) } } }
        }
    }
}

fn search(query: &str) -> String {
    format!("/search?q={}", frame::escaped(query))
}

fn ties(say: Voice<'_>, ties: &[Tie]) -> Markup {
    html! {
        ul.stack {
            @for tie in ties {
                li {
                    span.quiet { (say.t(&word(tie))) } " "
                    @match &tie.entry {
                        Some(entry) => {
                            (reference_link(&tie.reference, &shown::address(entry)))
                            @if let Some(subject) = &entry.subject { div.quiet { (subject) } }
                        },
                        None => (reference(&tie.reference)),
                    }
                }
            }
        }
    }
}

/// `tie-supersedes` from this paper to the other, `tie-supersedes-this` from the other to this one.
fn word(tie: &Tie) -> String {
    format!("tie-{}{}", tie.kind.as_str(), if tie.outward { "" } else { "-this" })
}
