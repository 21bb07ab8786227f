//! What a register of old said of a document, beside it: its number there, its copies as that register had them.

use maud::{Markup, html};
use office::texts::Voice;
use store::visible::InsideView;

use crate::{
    look::{Fact, card, facts},
    pages::takeover::copy_words,
    words,
};

/// The card; nothing where no register of old said anything.
pub fn told(say: Voice<'_>, inside: &InsideView) -> Markup {
    let Some(old) = &inside.old else { return html! {} };
    let mut known: Vec<(String, Markup)> = vec![(say.t("old-register"), html! { (old.register) })];
    if let Some(number) = &old.number {
        known.push((say.t("old-number"), html! { (number) }));
    }
    if let Some(received) = &old.received {
        known.push((say.t("old-received"), html! { (words::date(say, received)) }));
    }
    if let Some(marking) = &old.marking {
        known.push((say.t("old-marking"), html! { (marking) }));
    }
    if let Some(pages) = old.pages {
        known.push((say.t("old-pages"), html! { (say.integer(pages)) }));
    }
    if !old.copies.is_empty() || old.copies_in_all.is_some() {
        known.push((
            say.t("old-copies"),
            html! {
                @for copy in &old.copies {
                    div {
                        (copy_words(say, copy.number, old.copies_in_all))
                        @if let Some(holder) = &copy.holder { " " (holder) }
                        @if let Some(day) = &copy.receipted {
                            div.quiet { (say.tr("old-receipted-on", &[("day", words::date(say, day).as_str().into())])) }
                        }
                        @if let Some(day) = &copy.destroyed {
                            div.quiet { (say.tr("old-destroyed-on", &[("day", words::date(say, day).as_str().into())])) }
                        }
                    }
                }
                @if let (true, Some(n)) = (old.copies.is_empty(), old.copies_in_all) { (say.integer(n)) }
            },
        ));
    }
    if !old.remarks.is_empty() {
        known.push((say.t("old-remarks"), html! { @for remark in &old.remarks { div { (remark) } } }));
    }
    let list: Vec<Fact<'_>> =
        known.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    card(&say.t("old-card"), &facts(&list))
}
