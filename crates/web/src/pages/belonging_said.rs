//! How it stands with the organisation's directory: when it was read, what went wrong, what its groups stand for; in words.

use maud::{Markup, html};
use office::{
    Reading,
    belonging::{Meant, Report, Trouble},
    texts::{Arg, Voice},
};

use crate::{
    look::{Button, Empty, Form, Tone, buttons, card, chip, empty, form},
    pages::{belonging::PATH, shown},
};

/// That none is set, or that it is set so that it cannot be read; and who sets it.
pub fn none_set(say: Voice<'_>, wrong: Option<Trouble>) -> Markup {
    if let Some(trouble) = wrong {
        return html! {
            p { (chip(Tone::Late, &say.t("belonging-never"))) }
            p { (words(say, &trouble, "")) " " (words(say, &trouble, "-remedy")) }
        };
    }
    let (title, would) = (say.t("belonging-none-set"), say.t("belonging-none-set-would"));
    let back = say.t("people-title");
    empty(&Empty { title: &title, would: &would, begin: Some(Button::plain(&back).to("/people")) })
}

/// When it was read last, what went wrong since, and a button that has it read now.
pub fn standing(say: Voice<'_>, reading: &Reading, report: &Report, token: &str) -> Markup {
    let go = say.t("belonging-go");
    let often = match report.every {
        Some(every) => say.tr("belonging-every", &[("n", (every.as_secs() / 60).into())]),
        None => say.t("belonging-on-request"),
    };
    html! {
        (card(&report.server, &html! {
            @match report.read {
                Some((at, people)) => p {
                    time datetime=(at) {
                        (say.tr("belonging-read", &[("when", shown::moment(say, reading, at).into()), ("n", people.into())]))
                    }
                },
                None => p { (say.t("belonging-never")) },
            }
            @if let Some((at, trouble)) = &report.trouble {
                p { (chip(Tone::Late, &say.tr("belonging-trouble", &[("when", shown::moment(say, reading, *at).into())]))) }
                p { (words(say, trouble, "")) " " (words(say, trouble, "-remedy")) }
                p.quiet {
                    @if report.read.is_some() { (say.t("belonging-trouble-old")) } @else { (say.t("belonging-trouble-nothing")) }
                }
            }
            @if report.busy { p { (say.t("belonging-busy")) } }
            p.quiet { (often) }
            (form(Form { action: PATH, token: Some(token), command: None, files: false, guard: false }, &html! {
                (buttons(&[Button::plain(&go)]))
            }))
        }))
    }
}

/// What went wrong, or what to do about it.
fn words(say: Voice<'_>, trouble: &Trouble, ending: &str) -> String {
    let told = trouble.arguments();
    let arguments: Vec<(&str, Arg)> = told
        .iter()
        .map(|(name, value)| {
            let doing = || say.maybe(&format!("groups-doing-{value}"), &[]);
            let arg = match (*name, value.parse::<i64>()) {
                ("doing", _) => doing().unwrap_or_else(|| value.clone()).into(),
                ("seconds" | "limit", Ok(n)) => Arg::from(n),
                _ => Arg::from(value.as_str()),
            };
            (*name, arg)
        })
        .collect();
    let key = format!("{}{ending}", trouble.code().replace('.', "-"));
    say.maybe(&key, &arguments).unwrap_or_else(|| trouble.code().to_owned())
}

/// What a group of the directory is called by itself: the first part of its name there.
pub fn own_name(group: &str) -> String {
    let mut own = String::new();
    let mut letters = group.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => own.extend(letters.next()),
            ',' | '+' => break,
            _ => own.push(letter),
        }
    }
    own.split_once('=').map_or(own.as_str(), |(_, name)| name).trim().to_owned()
}

/// What each of its groups stands for, and how many belong to it.
pub fn meant(say: Voice<'_>, reading: &Reading, report: &Report) -> Markup {
    card(
        &say.t("belonging-meant"),
        &html! {
            ul.stack {
                @for one in &report.meant {
                    li {
                        strong { (stands_for(say, reading, one)) } " "
                        @if one.missing || one.grant.is_none() { (chip(Tone::Soon, &say.t("belonging-meant-wrong"))) }
                        div.quiet { (one.meaning.directory) }
                        p { (how_many(say, one)) }
                    }
                }
            }
        },
    )
}

fn stands_for(say: Voice<'_>, reading: &Reading, one: &Meant) -> String {
    match &one.grant {
        Some(grant) => shown::grant(say, &reading.house, grant),
        None => one.meaning.stands_for.words(),
    }
}

fn how_many(say: Voice<'_>, one: &Meant) -> String {
    match (one.members, &one.grant) {
        (_, None) => {
            let name = one.meaning.stands_for.words();
            say.tr("belonging-meant-nothing", &[("name", name.into())])
        }
        (Some(n), _) => say.tr("belonging-meant-members", &[("n", n.into())]),
        (None, _) if one.missing => say.t("belonging-meant-missing"),
        (None, _) => say.t("belonging-never"),
    }
}

#[cfg(test)]
mod tests {
    use super::own_name;

    #[test]
    fn a_group_is_called_by_the_first_part_of_its_name() {
        assert_eq!(own_name("cn=plans,ou=groups,dc=hq"), "plans");
        assert_eq!(own_name("CN=Plans\\, winter,OU=Groups"), "Plans, winter");
        assert_eq!(own_name("plans"), "plans");
    }
}
