//! Owns the pages that only say something: sign-in, sign-out, first password, "not here for you", refusals. It must
//! not know who is asking or why: the page for what is not there and for what may not be seen is one and the same.

use maud::{Markup, html};
use office::texts::Voice;

use super::field::{Field, Width};
use super::form::{Button, Form, Refusal, button, buttons, form, passkey_button, refusal_notice};

/// The sign-in page.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a> {
    /// The name typed before, kept when it failed.
    pub login: &'a str,
    /// Why it failed.
    pub refusal: Option<Refusal<'a>>,
    /// The path to go to after it.
    pub back: &'a str,
    /// The token against forged forms.
    pub token: Option<&'a str>,
    /// The name of the installation, so that people know where they are.
    pub installation: &'a str,
    /// Other ways of signing in: words and address.
    pub others: &'a [(String, String)],
    /// Whether a smart card opens.
    pub card: bool,
    /// Whether a passkey opens.
    pub passkey: bool,
    /// Up to which marking this installation may be used, in words.
    pub ceiling: &'a str,
}

/// Asks who it is.
#[must_use]
pub fn sign_in(say: Voice<'_>, page: SignIn<'_>) -> Markup {
    let (name, password, enter) = (say.t("sign-in-name"), say.t("sign-in-password"), say.t("sign-in-enter"));
    let name_field = Field::new("login", &name).value(page.login).autocomplete("username");
    let password_field = Field::new("password", &password).autocomplete("current-password");
    // The cursor stands where typing goes on.
    let (name_field, password_field) = if page.login.is_empty() {
        (name_field.focused(), password_field)
    } else {
        (name_field, password_field.focused())
    };
    narrow(&html! {
        h1 { (say.t("sign-in-title")) }
        p.quiet { (page.installation) }
        @if let Some(refusal) = page.refusal { (refusal_notice(say, refusal)) }
        (form(post("/sign-in", page.token), &html! {
            input type="hidden" name="back" value=(page.back);
            (name_field.text(say))
            (password_field.password(say))
            div.buttons {
                (button(&Button::main(&enter)))
                @if page.passkey { (passkey_button(say, &say.t("sign-in-passkey"), None)) }
            }
        }))
        @if page.card {
            (form(post("/sign-in/card", page.token), &html! {
                input type="hidden" name="back" value=(page.back);
                (button(&Button::plain(&say.t("sign-in-card"))))
            }))
        }
        @for (words, href) in page.others { p { (button(&Button::plain(words).to(href))) } }
        p.quiet { a href="/first-password" { (say.t("sign-in-first")) } }
        p.quiet {
            @if page.ceiling.is_empty() { (say.t("sign-in-recorded")) }
            @else { (say.tr("sign-in-ceiling", &[("ceiling", page.ceiling.into())])) }
        }
    })
}

/// Says that the person has left.
#[must_use]
pub fn signed_out(say: Voice<'_>) -> Markup {
    let again = say.t("signed-out-again");
    narrow(&html! {
        h1 { (say.t("signed-out-title")) }
        p { (say.t("signed-out-text")) }
        (button(&Button::main(&again).to("/sign-in")))
    })
}

/// The page on which a first password is set with a one-time code.
#[derive(Debug, Clone, Copy)]
pub struct FirstPassword<'a> {
    /// The name typed before.
    pub login: &'a str,
    /// The code typed before.
    pub code: &'a str,
    /// Why it was refused.
    pub refusal: Option<Refusal<'a>>,
    /// The fewest characters of a password.
    pub shortest: u32,
    /// The token against forged forms.
    pub token: Option<&'a str>,
}

/// Asks for a one-time code and a password of one's own.
#[must_use]
pub fn first_password(say: Voice<'_>, page: FirstPassword<'_>) -> Markup {
    let (name, code, code_hint) = (say.t("sign-in-name"), say.t("first-code"), say.t("first-code-hint"));
    let (password, again, set) = (say.t("first-new"), say.t("first-again"), say.t("first-set"));
    let rule = say.tr("first-rule", &[("n", page.shortest.into())]);
    narrow(&html! {
        h1 { (say.t("first-title")) }
        p { (say.t("first-text")) }
        @if let Some(refusal) = page.refusal { (refusal_notice(say, refusal)) }
        (form(post("/first-password", page.token), &html! {
            (Field::new("login", &name).value(page.login).autocomplete("username").text(say))
            (Field::new("code", &code).value(page.code).hint(&code_hint).width(Width::Medium).autocomplete("one-time-code").text(say))
            (Field::new("password", &password).hint(&rule).autocomplete("new-password").password(say))
            (Field::new("again", &again).autocomplete("new-password").password(say))
            (button(&Button::main(&set)))
        }))
    })
}

/// Says that there is nothing here for this person: because there is nothing, or because they may not see it. Nobody
/// can tell which from this page: nothing about the thing, not even what was asked for, is given to it.
#[must_use]
pub fn not_found(say: Voice<'_>) -> Markup {
    let (desk, search) = (say.t("refused-desk"), say.t("not-found-search"));
    narrow(&html! {
        h1 { (say.t("not-found-title")) }
        p { (say.t("not-found-text")) }
        h2 { (say.t("refused-remedy")) }
        p { (say.t("not-found-remedy")) }
        (buttons(&[Button::main(&desk).to("/desk"), Button::plain(&search).to("/search")]))
    })
}

/// A refusal as a page of its own, with the way back to what was typed.
#[must_use]
pub fn refused(say: Voice<'_>, refusal: Refusal<'_>, back: Option<&str>) -> Markup {
    let again = say.t("refused-back");
    let desk = say.t("refused-desk");
    narrow(&html! {
        h1 { (say.t("refused-title")) }
        p { strong { (refusal.words(say)) } }
        h2 { (say.t("refused-remedy")) }
        p { (refusal.remedy(say)) }
        div.buttons {
            @if let Some(back) = back { (button(&Button::main(&again).to(back))) }
            (button(&Button::plain(&desk).to("/desk")))
        }
        p.quiet { (say.t("refusal-code")) " " code { (refusal.code) } }
    })
}

fn narrow(body: &Markup) -> Markup {
    html! { div.card.narrow { (body) } }
}

const fn post<'a>(action: &'a str, token: Option<&'a str>) -> Form<'a> {
    Form { action, token, command: None, files: false, guard: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::texts::{Language, Texts};

    #[test]
    fn a_failed_sign_in_keeps_the_name_and_not_the_password() {
        let texts = Texts::new().unwrap();
        let page = sign_in(
            texts.voice(Language::En),
            SignIn {
                login: "imarchetti",
                refusal: Some(Refusal::new("sign-in-failed")),
                back: "/desk",
                token: Some("t0"),
                installation: "Headquarters",
                others: &[],
                passkey: true,
                card: false,
                ceiling: "NATO SECRET",
            },
        )
        .into_string();
        assert!(page.contains(r#"value="imarchetti""#));
        assert!(page.contains(r#"role="alert""#));
        assert!(page.contains(r#"autocomplete="current-password""#));
        assert_eq!(page.matches("autofocus").count(), 1);
    }

    #[test]
    fn what_is_not_there_and_what_may_not_be_seen_are_one_page() {
        let texts = Texts::new().unwrap();
        for language in Language::ALL {
            let say = texts.voice(language);
            let page = not_found(say).into_string();
            assert!(page.contains(&say.t("not-found-remedy")));
            assert!(page.contains(r#"href="/desk""#));
            assert!(!page.contains("<form"), "nothing is asked for that nobody carries");
        }
    }
}
