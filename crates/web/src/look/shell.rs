//! Owns the frame of every page: banner, rail, search, language, notices, palette. It must not know what a page is
//! about, nor what a person may do: the rail and the acts come to it as data, already cut to the person.

use maud::{DOCTYPE, Markup, html};
use office::texts::Voice;

use super::assets;
use super::foreign;
use super::form::{Button, button, token_field};
use super::mark::{Marking, Tone, kbd, shortcut};

/// The parts of the product that exist, for the rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What waits for the person.
    Desk,
    /// Cases of procedures, and the tasks that they give.
    Cases,
    /// What came in and waits to be registered.
    Tray,
    /// The list of documents.
    Register,
    /// The file plans.
    Files,
    /// Numbered copies: where each is, and who answers for it.
    Custody,
    /// Search and saved searches.
    Search,
    /// Series of references and their numbers.
    Series,
    /// How complete and right the register is.
    Quality,
    /// Units, posts, contacts, distribution lists, leave.
    Organisation,
    /// People and clearances.
    People,
    /// Bodies, registries, groups, series: what the administrator keeps.
    House,
    /// The ledger and its checkpoints.
    Ledger,
}

impl Section {
    /// All of them, in the order of the rail.
    pub const ALL: [Self; 13] = [
        Self::Desk,
        Self::Cases,
        Self::Tray,
        Self::Register,
        Self::Files,
        Self::Custody,
        Self::Search,
        Self::Series,
        Self::Quality,
        Self::Organisation,
        Self::People,
        Self::House,
        Self::Ledger,
    ];

    /// Its entry in the rail.
    #[must_use]
    pub fn entry(self, say: Voice<'_>, current: bool) -> RailEntry {
        let (label, href, key) = match self {
            Self::Desk => (say.t("rail-desk"), "/desk", "g d"),
            Self::Cases => (say.t("rail-cases"), "/cases", "g t"),
            Self::Tray => (say.t("rail-tray"), "/tray", "g i"),
            Self::Register => (say.t("rail-register"), "/register", "g r"),
            Self::Files => (say.t("rail-files"), "/files", "g f"),
            Self::Custody => (say.t("rail-custody"), "/custody", "g c"),
            Self::Search => (say.t("rail-search"), "/search", "g s"),
            Self::Series => (say.t("rail-series"), "/series", "g n"),
            Self::Quality => (say.t("rail-quality"), "/quality", "g q"),
            Self::Organisation => (say.t("rail-organisation"), "/organisation", "g o"),
            Self::People => (say.t("rail-people"), "/people", "g p"),
            Self::House => (say.t("rail-house"), "/house", "g h"),
            Self::Ledger => (say.t("rail-ledger"), "/ledger", "g l"),
        };
        RailEntry { label, href: href.to_owned(), key: key.to_owned(), count: None, late: false, current }
    }
}

/// A line of the rail. Only what the person may use is given.
#[derive(Debug, Clone)]
pub struct RailEntry {
    /// Its name.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// The keys that go there: `g r`.
    pub key: String,
    /// How many things wait there for this person.
    pub count: Option<u64>,
    /// Whether one of them is late.
    pub late: bool,
    /// Whether the page is in it.
    pub current: bool,
}

/// Who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The name.
    pub name: &'a str,
    /// The person's own page.
    pub href: &'a str,
    /// Post and clearance in words, a line each: "Registry", "NATO SECRET until 14 March 2029".
    pub lines: &'a [String],
}

/// Something that the person should know on this page.
#[derive(Debug, Clone)]
pub struct Notice {
    /// How it sounds.
    pub tone: Tone,
    /// What it says.
    pub words: Markup,
}

/// A page.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Its title, for the browser's tab: most particular words first.
    pub title: &'a str,
    /// The highest marking of what it shows.
    pub banner: Marking<'a>,
    /// Who is signed in. Without a person there are no rail and no search.
    pub person: Option<Person<'a>>,
    /// The rail.
    pub rail: &'a [RailEntry],
    /// Path and query of the page, to come back to after changing the language.
    pub path: &'a str,
    /// The token against forged forms.
    pub token: Option<&'a str>,
    /// What stands in the search box.
    pub query: &'a str,
    /// The acts beside the search box, as "Register" with its key `n`. The last is the main one.
    pub acts: &'a [Button<'a>],
    /// What to say on top.
    pub notices: &'a [Notice],
    /// The address of a script of its own.
    pub script: Option<&'static str>,
    /// The page itself.
    pub body: Markup,
}

/// The whole page, ready to be sent.
#[must_use]
pub fn shell(say: Voice<'_>, page: &Page<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(say.language().tag()) {
            head {
                meta charset="utf-8";
                title { (page.title) " · " (say.t("app-name")) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="same-origin";
                link rel="icon" href=(assets::sign_path()) type="image/svg+xml";
                link rel="stylesheet" href=(assets::style_path());
                link rel="stylesheet" href=(assets::LEVELS_PATH);
                script type="module" src=(assets::script_path()) {}
                @if let Some(script) = page.script { script type="module" src=(script) {} }
            }
            body.bare[page.person.is_none()] {
                a.skip href="#main" { (say.t("shell-skip")) }
                (banner(say, page.banner, "top"))
                @match page.person {
                    Some(person) => (frame(say, page, person)),
                    None => (door(say, page)),
                }
                (banner(say, page.banner, "end"))
                (palette(say))
                @if page.person.is_some() { (taken(say)) }
                div.unseen id="live" role="status" aria-live="polite" {}
            }
        }
    }
}

/// What covers a page when another person has signed in at this seat: what the first had open is not his.
fn taken(say: Voice<'_>) -> Markup {
    html! {
        dialog.taken data-taken aria-labelledby="taken-title" {
            h2 id="taken-title" { (say.t("taken-title")) }
            p { (say.t("taken-text")) }
            a.button.main href="/" { (say.t("taken-go")) }
        }
    }
}

/// The marking of what the page shows, at its top and at its bottom.
fn banner(say: Voice<'_>, marking: Marking<'_>, place: &str) -> Markup {
    let label = if place == "top" { say.t("shell-banner") } else { say.t("shell-banner-end") };
    html! {
        section class={ "banner " (place) " " (marking.level.as_str()) } aria-label=(label) {
            p lang=[foreign(say, marking.language)] { (marking.text) }
        }
    }
}

/// The frame of a page for someone who is signed in.
fn frame(say: Voice<'_>, page: &Page<'_>, person: Person<'_>) -> Markup {
    html! {
        div.frame {
            nav.rail aria-label=(say.t("shell-rail")) {
                a.sign href="/" { (say.t("app-name")) }
                ul { @for entry in page.rail { li { (rail_line(say, entry)) } } }
                div.who {
                    a.name href=(person.href) { (person.name) }
                    @for line in person.lines { div { (line) } }
                    div.doors {
                        a.plain href="/change-user" data-change-user data-key="U" aria-keyshortcuts="Shift+U Alt+Shift+U" data-action=(say.t("change-title")) { (say.t("change-short")) }
                        a.plain href="/keys" data-key="?" data-action=(say.t("keys-title")) { (say.t("keys-short")) }
                        (language_switch(say, page))
                        form method="post" action="/sign-out" {
                            (token_field(page.token))
                            button.plain type="submit" data-action=(say.t("shell-sign-out")) { (say.t("shell-sign-out")) }
                        }
                    }
                }
            }
            div.room {
                header.top {
                    form.search role="search" action="/search" method="get" {
                        label.unseen for="search" { (say.t("shell-search")) }
                        input type="search" id="search" name="q" value=[(!page.query.is_empty()).then_some(page.query)]
                            placeholder=(say.t("shell-search-hint")) autocomplete="off" spellcheck="false" enterkeyhint="search"
                            data-key="/" aria-keyshortcuts="/" data-action=(say.t("shell-search"));
                        (kbd("/"))
                        button.unseen-until-focus type="submit" { (say.t("shell-search-go")) }
                    }
                    button.button type="button" data-needs-script data-palette aria-haspopup="dialog" aria-keyshortcuts="Control+k" {
                        (say.t("shell-acts")) " " (kbd("Ctrl K"))
                    }
                    @for act in page.acts { (button(act)) }
                }
                (notices(page.notices))
                main id="main" tabindex="-1" { (page.body) }
            }
        }
    }
}

/// The frame of a page for someone who is not.
fn door(say: Voice<'_>, page: &Page<'_>) -> Markup {
    html! {
        div.door {
            header.top {
                a.sign href="/" { (say.t("app-name")) }
                (language_switch(say, page))
            }
            (notices(page.notices))
            main id="main" tabindex="-1" { (page.body) }
        }
    }
}

fn rail_line(say: Voice<'_>, entry: &RailEntry) -> Markup {
    html! {
        a href=(entry.href) aria-current=[entry.current.then_some("page")] data-key=(entry.key)
            data-action=(entry.label) aria-keyshortcuts=[shortcut(&entry.key)] {
            span { (entry.label) }
            @match entry.count {
                Some(count) => {
                    span.n.late[entry.late] {
                        (say.count(count))
                        span.unseen { " " @if entry.late { (say.t("rail-waiting-late")) } @else { (say.t("rail-waiting")) } }
                    }
                },
                None => (kbd(&entry.key)),
            }
        }
    }
}

/// Changing the language keeps the person where they are. It changes what is kept about them, so it is a POST.
fn language_switch(say: Voice<'_>, page: &Page<'_>) -> Markup {
    let other = say.language().other();
    html! {
        form method="post" action="/language" {
            (token_field(page.token))
            input type="hidden" name="language" value=(other.tag());
            input type="hidden" name="back" value=(page.path);
            button.plain type="submit" lang=(other.tag()) data-action=(other.own_name()) { (other.own_name()) }
        }
    }
}

fn notices(list: &[Notice]) -> Markup {
    html! {
        @for notice in list {
            div class={ "notice " (notice.tone.class()) } role=(if notice.tone == Tone::Late { "alert" } else { "status" }) {
                (notice.words)
            }
        }
    }
}

/// The palette is empty until it opens: the script fills it with every act that stands on the page as
/// `data-action`, so that it can never offer what the page does not.
fn palette(say: Voice<'_>) -> Markup {
    html! {
        dialog.palette id="palette" aria-label=(say.t("palette-title")) data-none=(say.t("palette-none"))
            data-keys-on=(say.t("palette-keys-on")) data-keys-off=(say.t("palette-keys-off"))
            data-row-next=(say.t("palette-row-next")) data-row-previous=(say.t("palette-row-previous")) data-search=(say.t("palette-search-for")) {
            label.unseen for="palette-input" { (say.t("palette-title")) }
            input type="text" id="palette-input" role="combobox" aria-expanded="true" aria-controls="palette-list"
                aria-autocomplete="list" autocomplete="off" spellcheck="false" placeholder=(say.t("palette-hint"));
            ul id="palette-list" role="listbox" aria-label=(say.t("palette-title")) {}
            p.quiet { (say.t("palette-foot")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::LevelClass;
    use super::*;
    use office::texts::{Language, Texts};

    fn page(language: Language, person: bool) -> String {
        let texts = Texts::new().unwrap();
        let say = texts.voice(language);
        let level = LevelClass::new("nato", "3");
        let rail = Section::ALL.map(|section| section.entry(say, section == Section::Register));
        let lines = [String::from("NATO SECRET")];
        shell(
            say,
            &Page {
                title: "Register",
                banner: Marking { text: "NATO SECRET", language: Language::En, level: &level },
                person: person.then_some(Person { name: "Ilse Marchetti", href: "/people/1", lines: &lines }),
                rail: &rail,
                path: "/register?from=ims&x=\"",
                token: Some("t0"),
                query: "",
                acts: &[Button::main("Register").to("/register/new").key("n")],
                notices: &[],
                script: None,
                body: html! { h1 { "Register" } },
            },
        )
        .into_string()
    }

    #[test]
    fn every_page_carries_its_marking_at_the_top_and_at_the_bottom() {
        for person in [true, false] {
            let page = page(Language::En, person);
            assert_eq!(page.matches("<p>NATO SECRET</p></section>").count(), 2);
            assert_eq!(page.matches("level-nato--3").count(), 2);
        }
        // In a French page the English words of the marking say so.
        assert_eq!(page(Language::Fr, true).matches(r#"<p lang="en">NATO SECRET"#).count(), 2);
    }

    #[test]
    fn every_page_has_its_landmarks_and_one_way_to_skip_to_the_main_one() {
        let page = page(Language::En, true);
        for landmark in
            ["<main id=\"main\"", "<nav class=\"rail\" aria-label=", "role=\"search\"", "href=\"#main\""]
        {
            assert_eq!(page.matches(landmark).count(), 1, "{landmark}");
        }
        assert_eq!(page.matches(r#"aria-current="page""#).count(), 1);
    }

    #[test]
    fn without_a_person_there_is_nothing_to_navigate() {
        let page = page(Language::En, false);
        assert!(!page.contains("class=\"rail\""));
        assert!(!page.contains("role=\"search\""));
    }

    #[test]
    fn the_language_switch_comes_back_to_the_same_page() {
        let page = page(Language::En, true);
        assert!(page.contains(r#"name="back" value="/register?from=ims&amp;x=&quot;""#));
        assert!(page.contains(r#"lang="fr" data-action="Français">Français</button>"#));
    }

    #[test]
    fn nothing_is_inline() {
        let page = page(Language::En, true);
        assert!(!page.contains(" style="));
        assert!(!page.contains("<style"));
        assert!(!page.contains("onclick"));
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains("></script>"));
    }
}
