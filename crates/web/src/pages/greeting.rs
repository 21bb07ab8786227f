//! The first page of a demo: who can sign in, and five things worth trying.

use maud::{Markup, html};
use office::texts::{Language, Voice};

use crate::app::Greeting;

/// The greeting.
pub fn greeting(say: Voice<'_>, greeting: &Greeting) -> Markup {
    let n = usize::from(say.language() == Language::Fr);
    let own = |pair: &[String; 2]| pair.get(n).cloned().unwrap_or_default();
    html! {
        div.greeting {
            h1 { (say.t("demo-title")) }
            p { (say.t("demo-text")) }
            h2 { (say.t("demo-who")) }
            ul.guests {
                @for guest in &greeting.people {
                    li.card data-login=(guest.login) data-password=(guest.password) {
                        div.guest {
                            b { (guest.name) }
                            span.quiet { (own(&guest.title)) }
                            p { (own(&guest.shows)) }
                        }
                        form method="post" action="/sign-in" {
                            input type="hidden" name="login" value=(guest.login);
                            input type="hidden" name="password" value=(guest.password);
                            button.button type="submit" {
                                (say.tr("demo-as", &[("name", guest.name.as_str().into())]))
                            }
                            span.quiet { (guest.login) " · " (guest.password) }
                        }
                    }
                }
            }
            h2 { (say.t("demo-try")) }
            ol.tries {
                @for item in &greeting.worth_trying {
                    @if let Some((title, text)) = item.get(n) {
                        li { b { (title) } p { (text) } }
                    }
                }
            }
            p { a href="/sign-in" { (say.t("sign-in-title")) } }
        }
    }
}
