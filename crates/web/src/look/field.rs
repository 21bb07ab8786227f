//! Owns the fields of forms: label, hint, error and proposal around one control, all told to a screen reader, what
//! was typed always kept. It must not know what a field is for.

use maud::{Markup, html};
use office::texts::{Language, Voice};

use super::foreign;

/// How wide a control is; about as wide as what belongs in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A date, a number, a code.
    Short,
    /// A reference or a name.
    Medium,
    /// A subject.
    Full,
}

/// A value that was read off a document and is proposed, not yet confirmed.
#[derive(Debug, Clone, Copy)]
pub struct Proposal<'a> {
    /// Where it was read, in words: "page 1, line 3".
    pub place: &'a str,
    /// The words as they stand there.
    pub quote: &'a str,
    /// Their language.
    pub language: Language,
}

/// A field.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    name: &'a str,
    known: Option<&'a str>,
    label: &'a str,
    value: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    proposal: Option<Proposal<'a>>,
    required: bool,
    width: Width,
    autocomplete: Option<&'a str>,
    offered: Option<&'a str>,
    autofocus: bool,
}

impl<'a> Field<'a> {
    /// A field that must be filled; it is sent as `name` and called `label`.
    #[must_use]
    pub const fn new(name: &'a str, label: &'a str) -> Self {
        Self {
            name,
            known: None,
            label,
            value: "",
            hint: None,
            error: None,
            proposal: None,
            required: true,
            width: Width::Full,
            autocomplete: None,
            offered: None,
            autofocus: false,
        }
    }

    /// Has the ids of another name, where a page has two fields that are sent under one.
    #[must_use]
    pub const fn known_as(mut self, name: &'a str) -> Self {
        self.known = Some(name);
        self
    }

    /// What stands in it: what was typed, even when it was refused.
    #[must_use]
    pub const fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// What belongs in it, where the label alone does not say so.
    #[must_use]
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What is wrong with it and what to do, if anything is.
    #[must_use]
    pub const fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// Where the value was read.
    #[must_use]
    pub const fn proposal(mut self, proposal: Option<Proposal<'a>>) -> Self {
        self.proposal = proposal;
        self
    }

    /// May stay empty, and says so.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// How wide it is.
    #[must_use]
    pub const fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// What a browser or password manager may fill in.
    #[must_use]
    pub const fn autocomplete(mut self, purpose: &'a str) -> Self {
        self.autocomplete = Some(purpose);
        self
    }

    /// The id of a `datalist` whose values are proposed while one types.
    #[must_use]
    pub const fn offered(mut self, list: &'a str) -> Self {
        self.offered = Some(list);
        self
    }

    /// Where the cursor is when the page opens: at most one field, and only where the page is for filling it.
    #[must_use]
    pub const fn focused(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// A line of text.
    #[must_use]
    pub fn text(&self, say: Voice<'_>) -> Markup {
        self.input(say, "text")
    }

    /// A password. Pasting is allowed; the value is never sent back.
    #[must_use]
    pub fn password(&self, say: Voice<'_>) -> Markup {
        let mut blank = *self;
        blank.value = "";
        blank.input(say, "password")
    }

    /// A date, typed. A picker is slower than typing for people who type dates all day, and it cannot hold what an
    /// old document says: `June 1961`.
    #[must_use]
    pub fn date(&self, say: Voice<'_>) -> Markup {
        let mut short = *self;
        short.width = Width::Short;
        let hint = say.t("field-date-hint");
        if short.hint.is_none() {
            short.hint = Some(&hint);
        }
        short.input(say, "text")
    }

    /// Several lines of text.
    #[must_use]
    pub fn long(&self, say: Voice<'_>, rows: u8) -> Markup {
        self.around(
            say,
            &html! {
                textarea id=(self.id()) name=(self.name) rows=(rows) aria-required[self.required]
                    aria-invalid=[self.error.map(|_| "true")] aria-describedby=[self.described()] autofocus[self.autofocus]
                    class="full" { (self.value) }
            },
        )
    }

    /// One of a list. Nothing can be chosen where it need not be, and stands there until something is; a list that says itself
    /// what nothing means is left as it is.
    #[must_use]
    pub fn select(&self, say: Voice<'_>, choices: &[Choice<'_>]) -> Markup {
        let says_nothing = choices.iter().any(|choice| choice.value.is_empty());
        let empty = !says_nothing && (!self.required || self.value.is_empty());
        self.around(
            say,
            &html! {
                select id=(self.id()) name=(self.name) aria-required[self.required] aria-invalid=[self.error.map(|_| "true")]
                    aria-describedby=[self.described()] class=(self.class()) {
                    @if empty { option value="" { (say.t("field-choose")) } }
                    @for choice in choices {
                        option value=(choice.value) selected[choice.value == self.value] lang=[choice.language.and_then(|words| foreign(say, words))] {
                            (choice.label)
                        }
                    }
                }
            },
        )
    }

    /// One of a few, all in sight.
    #[must_use]
    pub fn radios(&self, say: Voice<'_>, choices: &[Choice<'_>]) -> Markup {
        let chosen = |choice: &Choice<'_>| choice.value == self.value;
        self.group(say, choices, "radio", &chosen)
    }

    /// Any of a few; `on` are the values that are set. Each is sent as `name`.
    #[must_use]
    pub fn checks(&self, say: Voice<'_>, choices: &[Choice<'_>], on: &[&str]) -> Markup {
        let chosen = |choice: &Choice<'_>| on.contains(&choice.value);
        self.group(say, choices, "checkbox", &chosen)
    }

    /// A file, chosen or dropped. With `at_once` the form is sent as soon as a file is dropped, where there is script.
    #[must_use]
    pub fn file(&self, say: Voice<'_>, at_once: bool) -> Markup {
        self.around(
            say,
            &html! {
                div.drop data-drop[true] data-at-once[at_once] {
                    input type="file" id=(self.id()) name=(self.name) aria-required[self.required]
                        aria-invalid=[self.error.map(|_| "true")] aria-describedby=[self.described()];
                    p data-needs-script { (say.t("field-drop")) }
                    p.dropped data-dropped aria-live="polite" {}
                }
            },
        )
    }

    /// Several files, or with `folder` all that lie in one.
    #[must_use]
    pub fn files(&self, say: Voice<'_>, folder: bool) -> Markup {
        self.around(
            say,
            &html! {
                input type="file" id=(self.id()) name=(self.name) multiple webkitdirectory[folder]
                    aria-describedby=[self.described()];
            },
        )
    }

    /// Several lines sent under one name, each with what is proposed while one types; `lines` are what stands in them, the
    /// empty ones that may be filled among them.
    #[must_use]
    pub fn lines(&self, say: Voice<'_>, offered: &str, lines: &[&str]) -> Markup {
        html! {
            fieldset.field.wrong[self.error.is_some()] id=(self.id()) tabindex="-1" aria-describedby=[self.described()] {
                legend { (self.label) (self.may_stay_empty(say)) }
                (self.words_before())
                div.lines {
                    @for (place, line) in (1_u32..).zip(lines) {
                        input type="text" name=(self.name) value=[(!line.is_empty()).then_some(line)] list=(offered)
                            aria-label=(say.tr("field-line-of", &[("label", self.label.into()), ("n", place.into())]))
                            autocomplete="off" spellcheck="false" class=(self.class());
                    }
                }
            }
        }
    }

    fn input(&self, say: Voice<'_>, kind: &str) -> Markup {
        self.around(
            say,
            &html! {
                input type=(kind) id=(self.id()) name=(self.name) value=[(!self.value.is_empty()).then_some(self.value)]
                    aria-required[self.required] aria-invalid=[self.error.map(|_| "true")]
                    aria-describedby=[self.described()] autocomplete=(self.autocomplete.unwrap_or("off"))
                    list=[self.offered] spellcheck="false" autofocus[self.autofocus] class=(self.class());
            },
        )
    }

    fn around(&self, say: Voice<'_>, control: &Markup) -> Markup {
        html! {
            div.field.wrong[self.error.is_some()].proposed[self.proposal.is_some()] {
                label for=(self.id()) { (self.label) (self.may_stay_empty(say)) }
                (self.words_before())
                (control)
                (self.words_after(say))
            }
        }
    }

    fn group(
        &self,
        say: Voice<'_>,
        choices: &[Choice<'_>],
        kind: &str,
        chosen: &dyn Fn(&Choice<'_>) -> bool,
    ) -> Markup {
        html! {
            fieldset.field.wrong[self.error.is_some()].proposed[self.proposal.is_some()] id=(self.id()) tabindex="-1"
                aria-describedby=[self.described()] {
                legend { (self.label) (self.may_stay_empty(say)) }
                (self.words_before())
                div.options {
                    @for choice in choices {
                        label.option lang=[choice.language.and_then(|words| foreign(say, words))] {
                            input type=(kind) name=(self.name) value=(choice.value) checked[chosen(choice)];
                            span {
                                (choice.label)
                                @if let Some(detail) = choice.detail { span.quiet { (detail) } }
                            }
                        }
                    }
                }
                (self.words_after(say))
            }
        }
    }

    fn may_stay_empty(&self, say: Voice<'_>) -> Markup {
        html! { @if !self.required { " " span.quiet { (say.t("field-optional")) } } }
    }

    fn words_before(&self) -> Markup {
        html! {
            @if let Some(hint) = self.hint { p.hint id=(self.part("hint")) { (hint) } }
            @if let Some(error) = self.error { p.error id=(self.part("error")) { (error) } }
        }
    }

    fn words_after(&self, say: Voice<'_>) -> Markup {
        html! {
            @if let Some(proposal) = self.proposal {
                p.read id=(self.part("read")) {
                    (say.tr("field-read", &[("place", proposal.place.into())])) " "
                    q lang=[foreign(say, proposal.language)] { (proposal.quote) }
                }
            }
        }
    }

    fn id(&self) -> String {
        format!("field-{}", self.known.unwrap_or(self.name))
    }

    fn part(&self, part: &str) -> String {
        format!("field-{}-{part}", self.known.unwrap_or(self.name))
    }

    /// The ids of the words around the control, in the order in which they should be read out.
    fn described(&self) -> Option<String> {
        let parts = [self.error.map(|_| "error"), self.hint.map(|_| "hint"), self.proposal.map(|_| "read")];
        let ids: Vec<String> = parts.into_iter().flatten().map(|part| self.part(part)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    const fn class(&self) -> &'static str {
        match self.width {
            Width::Short => "short",
            Width::Medium => "medium",
            Width::Full => "full",
        }
    }
}

/// One of the values of a select, of radios or of checkboxes.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// The value sent.
    pub value: &'a str,
    /// The value in words.
    pub label: &'a str,
    /// What choosing it means, where that wants saying. Not shown in a select.
    pub detail: Option<&'a str>,
    /// The language of the label where it may not be the page's, as that of a marking.
    pub language: Option<Language>,
}

impl<'a> Choice<'a> {
    /// A choice with nothing more to say.
    #[must_use]
    pub const fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, detail: None, language: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::texts::Texts;

    #[test]
    fn what_was_typed_is_kept_and_what_is_wrong_is_tied_to_the_field() {
        let texts = Texts::new().unwrap();
        let say = texts.voice(Language::Fr);
        let page = Field::new("date", "Date")
            .value("31 juin \"2026\"")
            .error(Some("Le 31 juin n’existe pas."))
            .proposal(Some(Proposal { place: "page 1", quote: "31 June", language: Language::En }))
            .date(say)
            .into_string();
        assert!(page.contains(r#"value="31 juin &quot;2026&quot;""#), "{page}");
        assert!(page.contains(
            r#"aria-invalid="true" aria-describedby="field-date-error field-date-hint field-date-read""#
        ));
        assert!(page.contains(r#"<label for="field-date">"#));
        assert!(page.contains(r#"<q lang="en">31 June</q>"#));
    }

    /// Required or not, chosen or not, there is one way to choose nothing at most.
    #[test]
    fn nothing_is_chosen_in_one_way() {
        let texts = Texts::new().unwrap();
        let say = texts.voice(Language::En);
        let own = [Choice::new("", "All of them"), Choice::new("one", "One")];
        let empty = |field: Field<'_>, choices: &[Choice<'_>]| {
            field.select(say, choices).into_string().matches(r#"value="""#).count()
        };
        for value in ["", "one"] {
            let field = || Field::new("container", "Container").value(value);
            assert_eq!(empty(field(), &own), 1);
            assert_eq!(empty(field().optional(), &own), 1);
            assert_eq!(empty(field().optional(), &own[1..]), 1);
            assert_eq!(empty(field(), &own[1..]), usize::from(value.is_empty()));
        }
    }

    #[test]
    fn a_password_is_never_sent_back() {
        let texts = Texts::new().unwrap();
        let field = Field::new("password", "Password").value("secret words");
        assert!(!field.password(texts.voice(Language::En)).into_string().contains("secret"));
    }

    #[test]
    fn a_group_has_a_legend_and_keeps_what_was_chosen() {
        let texts = Texts::new().unwrap();
        let choices = [Choice::new("a", "A"), Choice::new("b", "B")];
        let page =
            Field::new("kind", "Kind").value("b").radios(texts.voice(Language::En), &choices).into_string();
        assert!(page.contains("<legend>Kind</legend>"));
        assert!(page.contains(r#"value="b" checked"#));
        assert!(!page.contains(r#"value="a" checked"#));
    }
}
