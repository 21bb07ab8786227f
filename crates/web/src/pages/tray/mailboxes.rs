//! How it stands with the mailboxes from which the in-tray is filled.

use maud::{Markup, html};
use office::{Reading, mail::MailboxStatus, texts::Voice};

use super::words::{said_remedy, said_words};
use crate::{
    look::{Tone, card, chip},
    pages::shown,
};

/// How it stands with the mailboxes.
pub(super) fn mailboxes(say: Voice<'_>, reading: &Reading, boxes: &[MailboxStatus]) -> Markup {
    html! {
        @if !boxes.is_empty() {
            (card(&say.t("mailbox-title"), &html! {
                ul.stack {
                    @for one in boxes {
                        li {
                            strong { (one.name) } " " span.quiet { (one.user) " · " (one.folders.join(", ")) }
                            " "
                            @if one.said.is_empty() { (chip(Tone::Good, &say.t("mailbox-well"))) }
                            @else { (chip(Tone::Late, &say.t("mailbox-trouble"))) }
                            div.quiet {
                                @match one.read_at {
                                    Some(at) => {
                                        time datetime=(at) { (say.tr("mailbox-read", &[("when", shown::moment(say, reading, at).into())])) }
                                    },
                                    None => (say.t("mailbox-never")),
                                }
                            }
                            @for said in &one.said {
                                p { (said_words(say, said)) " " (said_remedy(say, said)) }
                            }
                        }
                    }
                }
            }))
        }
    }
}
