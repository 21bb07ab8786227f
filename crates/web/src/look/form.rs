//! Owns what stands around the fields of a form: its frame, its buttons, the summary of what is wrong and how a
//! refusal is told. It must not know what a form is for.

use maud::{Markup, html};
use office::texts::{Arg, Voice};

use super::mark::{kbd, shortcut};

/// How a button looks: one main act a page, the rest plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Main,
    Plain,
    Grave,
}

/// Something that can be done: a link when it has an address, else a button that sends its form.
#[derive(Debug, Clone, Copy)]
pub struct Button<'a> {
    label: &'a str,
    weight: Weight,
    href: Option<&'a str>,
    name: Option<(&'a str, &'a str)>,
    key: Option<&'a str>,
}

impl<'a> Button<'a> {
    /// The one main act.
    #[must_use]
    pub const fn main(label: &'a str) -> Self {
        Self::new(label, Weight::Main)
    }

    /// Any other act.
    #[must_use]
    pub const fn plain(label: &'a str) -> Self {
        Self::new(label, Weight::Plain)
    }

    /// An act that cannot be undone.
    #[must_use]
    pub const fn grave(label: &'a str) -> Self {
        Self::new(label, Weight::Grave)
    }

    const fn new(label: &'a str, weight: Weight) -> Self {
        Self { label, weight, href: None, name: None, key: None }
    }

    /// Makes it a link to `href`.
    #[must_use]
    pub const fn to(mut self, href: &'a str) -> Self {
        self.href = Some(href);
        self
    }

    /// Sends `name=value` with the form.
    #[must_use]
    pub const fn named(mut self, name: &'a str, value: &'a str) -> Self {
        self.name = Some((name, value));
        self
    }

    /// The key that does it, shown beside it: `n`, `g r`.
    #[must_use]
    pub const fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }
}

/// Shows a button or a link that looks like one. Both join the palette by themselves.
#[must_use]
pub fn button(act: &Button<'_>) -> Markup {
    let class = match act.weight {
        Weight::Main => "button main",
        Weight::Plain => "button",
        Weight::Grave => "button grave",
    };
    html! {
        @if let Some(href) = act.href {
            a class=(class) href=(href) data-action=(act.label) data-key=[act.key] aria-keyshortcuts=[act.key.and_then(shortcut)] {
                (act.label) @if let Some(key) = act.key { " " (kbd(key)) }
            }
        } @else {
            button class=(class) type="submit" name=[act.name.map(|pair| pair.0)] value=[act.name.map(|pair| pair.1)]
                data-action=(act.label) data-key=[act.key] aria-keyshortcuts=[act.key.and_then(shortcut)] {
                (act.label) @if let Some(key) = act.key { " " (kbd(key)) }
            }
        }
    }
}

/// Several in a row.
#[must_use]
pub fn buttons(acts: &[Button<'_>]) -> Markup {
    html! { div.buttons { @for act in acts { (button(act)) } } }
}

/// The frame of a form.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// Where it is sent.
    pub action: &'a str,
    /// The token against forged forms.
    pub token: Option<&'a str>,
    /// The id under which the command may be sent again without happening twice.
    pub command: Option<&'a str>,
    /// Whether it carries a file.
    pub files: bool,
    /// Whether leaving it half filled is worth a warning.
    pub guard: bool,
}

/// A form around `body`, sent by POST.
#[must_use]
pub fn form(frame: Form<'_>, body: &Markup) -> Markup {
    html! {
        form.form method="post" action=(frame.action) novalidate accept-charset="utf-8"
            enctype=[frame.files.then_some("multipart/form-data")] data-guard[frame.guard] {
            (token_field(frame.token))
            @if let Some(command) = frame.command { input type="hidden" name="command" value=(command); }
            (body)
        }
    }
}

/// A button by which a device answers for whoever sits here, and the field that takes its answer along. With `options`
/// the device makes a new key; else it uses one that it has. It is shown where the browser knows passkeys.
#[must_use]
pub fn passkey_button(say: Voice<'_>, label: &str, options: Option<&str>) -> Markup {
    let failed = if options.is_some() { say.t("passkey-not-made") } else { say.t("passkey-none") };
    html! {
        input type="hidden" name="passkey" value="";
        button.button.main[options.is_some()] type="button" data-needs-script data-passkey data-options=[options] data-failed=(failed) { (label) }
    }
}

/// The hidden field with the token against forged forms; its name is `token` everywhere.
#[must_use]
pub fn token_field(token: Option<&str>) -> Markup {
    html! { @if let Some(token) = token { input type="hidden" name="token" value=(token); } }
}

/// What is wrong with a form, at its top, each line leading to its field. `wrong` holds the field's name, its label
/// and the refusal in words.
#[must_use]
pub fn summary(say: Voice<'_>, wrong: &[(&str, &str, &str)]) -> Markup {
    html! {
        @if !wrong.is_empty() {
            div.summary role="alert" tabindex="-1" id="errors" autofocus {
                h2 { (say.tr("form-errors", &[("n", wrong.len().into())])) }
                ul {
                    @for (name, label, words) in wrong {
                        li { a href={ "#field-" (name) } { (label) } (say.t("colon")) " " (words) }
                    }
                }
            }
        }
    }
}

/// Why something was refused: the code, and what the code's text wants to be told.
#[derive(Debug, Clone, Copy)]
pub struct Refusal<'a> {
    /// The stable code: `above-ceiling`.
    pub code: &'a str,
    /// The values that its texts name, if they name any.
    pub args: &'a [(&'a str, Arg)],
}

impl<'a> Refusal<'a> {
    /// A refusal whose texts name no values.
    #[must_use]
    pub const fn new(code: &'a str) -> Self {
        Self { code, args: &[] }
    }

    /// What was refused and why, in a sentence. A code without a text is told as an internal fault.
    #[must_use]
    pub fn words(&self, say: Voice<'_>) -> String {
        say.maybe(&format!("refusal-{}", self.code), self.args).unwrap_or_else(|| say.t("refusal-internal"))
    }

    /// What can be done about it, in a sentence.
    #[must_use]
    pub fn remedy(&self, say: Voice<'_>) -> String {
        say.maybe(&format!("refusal-{}-remedy", self.code), self.args)
            .unwrap_or_else(|| say.t("refusal-internal-remedy"))
    }
}

/// A refusal inside a page: what, why and what to do. The code stands last, for the one who is asked about it.
#[must_use]
pub fn refusal_notice(say: Voice<'_>, refusal: Refusal<'_>) -> Markup {
    html! {
        div.notice.late role="alert" {
            p { strong { (refusal.words(say)) } }
            p { (refusal.remedy(say)) }
            p.quiet { (say.t("refusal-code")) " " code { (refusal.code) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::texts::{Language, Texts};

    #[test]
    fn a_refusal_says_what_and_what_to_do_in_both_languages() {
        let texts = Texts::new().unwrap();
        for language in Language::ALL {
            let say = texts.voice(language);
            let known = Refusal::new("above-ceiling");
            assert!(!known.words(say).starts_with("refusal-"));
            assert!(!known.remedy(say).starts_with("refusal-"));
            let unknown = Refusal::new("no-such-code");
            assert_eq!(unknown.words(say), say.t("refusal-internal"));
        }
    }

    #[test]
    fn the_summary_leads_to_each_field() {
        let texts = Texts::new().unwrap();
        let say = texts.voice(Language::En);
        let page = summary(say, &[("date", "Date", "There is no 31 June.")]).into_string();
        assert!(page.contains(r##"<a href="#field-date">Date</a>: There is no 31 June."##));
        assert!(summary(say, &[]).into_string().is_empty());
    }

    #[test]
    fn a_link_stays_a_link_and_a_button_sends() {
        let link = button(&Button::main("Register").to("/register").key("n")).into_string();
        assert!(link.starts_with(r#"<a class="button main" href="/register""#));
        assert!(link.contains(r#"data-key="n""#));
        let sends = button(&Button::grave("Destroy").named("act", "destroy")).into_string();
        assert!(sends.contains(r#"type="submit" name="act" value="destroy""#));
    }
}
