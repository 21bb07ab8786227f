//! Owns the pages of the gallery about one thing, its forms and its messages. It must not know anything real.

use jiff::civil::date;
use maud::{Markup, html};
use office::texts::{Language, Voice};
use web::look::message::{FirstPassword, SignIn, first_password, not_found, refused, sign_in, signed_out};
use web::look::{
    Button, Cell, Choice, Column, Crumb, Empty, Event, Fact, Field, Form, PageView, Paging, Proposal,
    Refusal, Row, SEND, Section, Stage, StageState, Tab, Table, Tone, Width, beside, button, buttons, card,
    chip, crumbs, facts, form, heading, life, mark, page_view, reference, reference_link, refusal_notice,
    summary, table, tabs, timeline,
};

use super::Sheet;
use super::content::{Levels, TEXT, hits};

pub fn sheets(say: Voice<'_>, levels: &Levels) -> Vec<Sheet> {
    vec![
        document(say, levels),
        handled(say, levels),
        new(say, levels),
        confirm(say, levels),
        person(say, levels),
        message(
            "sign-in",
            say,
            levels,
            sign_in(
                say,
                SignIn {
                    login: "imarchetti",
                    refusal: Some(Refusal::new("sign-in-failed")),
                    back: "/desk",
                    token: Some("invented"),
                    installation: "Headquarters, Military Staff",
                    others: &[],
                    card: false,
                    passkey: true,
                    ceiling: "NATO SECRET",
                },
            ),
        ),
        message("signed-out", say, levels, signed_out(say)),
        message(
            "first-password",
            say,
            levels,
            first_password(
                say,
                FirstPassword { login: "", code: "", refusal: None, shortest: 12, token: Some("invented") },
            ),
        ),
        Sheet { section: Some(Section::Register), ..message("not-found", say, levels, not_found(say)) },
        Sheet {
            section: Some(Section::Register),
            ..message(
                "refused",
                say,
                levels,
                refused(say, Refusal::new("above-ceiling"), Some("register-confirm.html")),
            )
        },
        welcome(say, levels),
    ]
}

fn message(name: &'static str, say: Voice<'_>, levels: &Levels, body: Markup) -> Sheet {
    Sheet {
        name,
        title: say.t("sign-in-title"),
        level: levels.unclassified.clone(),
        banner: "NATO UNCLASSIFIED",
        section: None,
        query: "",
        notices: Vec::new(),
        body,
    }
}

fn stages(say: Voice<'_>) -> Markup {
    let labels = [
        "document-stage-dated",
        "document-stage-registered",
        "document-stage-sealed",
        "document-stage-review",
        "document-stage-archives",
    ]
    .map(|key| say.t(key));
    let [dated, registered, sealed, review, archives] = &labels;
    let days = [date(2026, 3, 12), date(2026, 3, 13), date(2031, 3, 12)].map(|day| say.date(day));
    let [one, two, three] = &days;
    let stage = |label, detail, state| Stage { label, detail, state };
    life(
        say,
        &[
            stage(dated, one, StageState::Done),
            stage(registered, two, StageState::Done),
            stage(sealed, "AES-256, 41 kB", StageState::Now),
            stage(review, three, StageState::Ahead),
            stage(archives, "", StageState::Ahead),
        ],
    )
}

fn views(say: Voice<'_>) -> Markup {
    let labels =
        ["document-read", "document-entry", "document-versions", "document-citations", "document-history"]
            .map(|key| say.t(key));
    let counts = [None, None, Some(2), Some(6), Some(4)];
    let list: Vec<Tab<'_>> = labels
        .iter()
        .zip(counts)
        .enumerate()
        .map(|(place, (label, count))| Tab { label, href: "document.html", count, current: place == 0 })
        .collect();
    tabs(say, &say.t("document-about"), &list)
}

fn way(say: Voice<'_>) -> Markup {
    crumbs(
        say,
        &[
            Crumb { label: &say.t("register-title"), href: "register.html" },
            Crumb { label: "IMS", href: "register.html" },
            Crumb { label: "2026", href: "register.html" },
        ],
    )
}

fn document(say: Voice<'_>, levels: &Levels) -> Sheet {
    let labels = [
        "document-from",
        "document-to",
        "document-dated",
        "document-foreign-reference",
        "document-registry",
        "document-registered-by",
        "document-fingerprint",
        "document-why",
    ]
    .map(|key| say.t(key));
    let [from, to, dated, theirs, registry, by, fingerprint, why] = &labels;
    let fact = |label, value| Fact { label, value };
    let reason = say.tr("document-why-read", &[("level", "NATO SECRET".into())]);
    let about = facts(&[
        fact(from, html! { "Director General" }),
        fact(to, html! { "Military Committee; SHAPE, HQ SACT" }),
        fact(dated, html! { (say.date(date(2026, 3, 12))) }),
        fact(theirs, html! { (reference("DGIMS/41/26")) }),
        fact(registry, html! { "IMS Registry" }),
        fact(by, html! { a href="person.html" { "Ilse Marchetti" } ", " (say.date(date(2026, 3, 13))) }),
        fact(fingerprint, html! { code { "9f2c 04ab 77e1 5d90" } }),
        fact(why, html! { (reason) }),
    ]);
    let version = say.tr("document-version", &[("n", 2.into())]);
    let files = html! {
        ul.stack {
            li { a href="document.html" { "arrangements-rev2.docx" } div.quiet { (version) " · DOCX · " (say.size(41_200)) " " (chip(Tone::Good, &say.t("document-current"))) } }
            li { a href="document.html" { "enclosure-1.pdf" } div.quiet { "PDF · " (say.size(1_450_000)) " " (chip(Tone::Soon, &say.t("document-no-text"))) } }
        }
    };
    let cites = html! {
        ul.stack {
            li { (reference_link("MC 0472/1", "document.html")) " " span.quiet { (say.date(date(2024, 5, 4))) } }
            li { (reference("MCM-0041-2025")) " " span.quiet { (say.t("document-unresolved")) } }
        }
    };
    let history = timeline(&[
        Event {
            what: html! { (say.t("act-version-added")) },
            when: &say.date(date(2026, 3, 14)),
            datetime: Some("2026-03-14"),
            detail: Some(html! { "Ilse Marchetti" }),
            now: true,
        },
        Event {
            what: html! { (say.t("act-registered")) },
            when: &say.date(date(2026, 3, 13)),
            datetime: Some("2026-03-13"),
            detail: Some(html! { "Ilse Marchetti" }),
            now: false,
        },
    ]);
    let (correct, download) = (say.t("document-correct"), say.t("document-download"));
    Sheet {
        name: "document",
        title: "IMS-2026-0211".to_owned(),
        level: levels.secret.clone(),
        banner: "NATO SECRET RELEASABLE TO AUSTRALIA",
        section: Some(Section::Register),
        query: "",
        notices: Vec::new(),
        body: html! {
            (way(say))
            (heading("Revised arrangements for the rotation of air policing detachments", &html! {
                (reference("IMS-2026-0211")) (mark(say, levels.marking('A')))
                span.quiet { (say.date(date(2026, 3, 12))) " · " (say.tr("document-pages", &[("n", 6.into())])) ", " (say.tr("document-enclosures", &[("n", 2.into())])) }
            }))
            (stages(say))
            (views(say))
            div.cols {
                (page_view(say, &PageView {
                    marking: Some(web::look::Marking { text: "NATO SECRET\nRELEASABLE TO AUSTRALIA", ..levels.marking('A') }),
                    text: TEXT,
                    hits: &hits(TEXT, &["rotation", "ROTATION"]),
                    language: Language::En,
                    lines_matter: false,
                }))
                aside.stack {
                    (buttons(&[Button::plain(&download).to("document.html").key("d"), Button::plain(&correct).to("register-confirm.html").key("e")]))
                    (card(&say.t("document-about"), &about))
                    (card(&say.t("document-files"), &files))
                    (card(&say.t("document-cites"), &cites))
                    (card(&say.t("document-history"), &history))
                }
            }
        },
    }
}

fn handled(say: Voice<'_>, levels: &Levels) -> Sheet {
    let labels = ["document-dated", "document-registry", "document-why"].map(|key| say.t(key));
    let [dated, registry, why] = &labels;
    let fact = |label, value| Fact { label, value };
    Sheet {
        name: "document-handled",
        title: "IMS-2026-0188".to_owned(),
        level: levels.unclassified.clone(),
        banner: "NATO UNCLASSIFIED",
        section: Some(Section::Register),
        query: "",
        notices: Vec::new(),
        body: html! {
            (way(say))
            (heading("IMS-2026-0188", &html! { (mark(say, levels.marking('T'))) span.quiet { (say.date(date(2026, 3, 3))) } }))
            div.cols {
                div.card.list { (web::look::empty(&Empty { title: &say.t("document-handle-title"), would: &say.t("document-handle-text"), begin: None })) }
                aside.stack {
                    (card(&say.t("document-about"), &facts(&[
                        fact(dated, html! { (say.date(date(2026, 3, 3))) }),
                        fact(registry, html! { "IMS Registry" }),
                        fact(why, html! { (say.t("document-why-handle")) }),
                    ])))
                }
            }
        },
    }
}

fn new(say: Voice<'_>, levels: &Levels) -> Sheet {
    let (file, file_hint) = (say.t("form-file"), say.t("form-file-hint"));
    let (go, paper) = (say.t("form-read"), say.t("form-paper"));
    Sheet {
        name: "register-new",
        title: say.t("form-register-title"),
        level: levels.unclassified.clone(),
        banner: "NATO UNCLASSIFIED",
        section: Some(Section::Register),
        query: "",
        notices: Vec::new(),
        body: html! {
            (heading(&say.t("form-register-title"), &html! { p { (say.t("form-register-text")) } }))
            (form(Form { action: "/register/read", token: Some("invented"), command: Some("c0"), files: true, guard: false }, &html! {
                (Field::new("file", &file).hint(&file_hint).file(say, true))
                (buttons(&[Button::main(&go), Button::plain(&paper).to("register-confirm.html").key("e")]))
            }))
        },
    }
}

fn confirm(say: Voice<'_>, levels: &Levels) -> Sheet {
    let labels = [
        "form-reference",
        "form-date",
        "form-originator",
        "form-addressees",
        "form-subject",
        "form-level",
        "form-categories",
        "form-registry",
        "form-kind",
        "form-remarks",
    ]
    .map(|key| say.t(key));
    let [number, dated, from, to, subject, level, categories, registry, kind, remarks] = &labels;
    let (number_hint, subject_hint) = (say.t("form-reference-hint"), say.t("form-subject-hint"));
    let (place, head) = (
        say.tr("place-page-line", &[("page", 1.into()), ("line", 3.into())]),
        say.tr("place-page", &[("page", 1.into())]),
    );
    let read = |place, quote| Some(Proposal { place, quote, language: Language::En });
    let wrong_date = Refusal::new("impossible-date");
    let told = format!("{} {}", wrong_date.words(say), wrong_date.remedy(say));
    let missing = Refusal::new("required").words(say);
    let kinds = ["kind-incoming", "kind-outgoing", "kind-internal"].map(|key| say.t(key));
    let [incoming, outgoing, internal] = &kinds;
    let kinds =
        [Choice::new("in", incoming), Choice::new("out", outgoing), Choice::new("internal", internal)];
    let english = |value, label| Choice { language: Some(Language::En), ..Choice::new(value, label) };
    let marks = [
        english("u", "NATO UNCLASSIFIED"),
        english("r", "NATO RESTRICTED"),
        english("c", "NATO CONFIDENTIAL"),
        english("s", "NATO SECRET"),
    ];
    let releases = [
        english("aus", "RELEASABLE TO AUSTRALIA"),
        english("fin", "RELEASABLE TO JAPAN"),
        english("crypto", "CRYPTO"),
    ];
    let (register, cancel) = (say.t("form-submit"), say.t("form-cancel"));
    Sheet {
        name: "register-confirm",
        title: say.t("form-register-title"),
        level: levels.secret.clone(),
        banner: "NATO SECRET",
        section: Some(Section::Register),
        query: "",
        notices: Vec::new(),
        body: html! {
            (summary(say, &[("date", dated, wrong_date.words(say).as_str()), ("to", to, missing.as_str())]))
            (heading(&say.t("form-read-title"), &html! { p { (say.tr("form-read-text", &[("n", 5.into()), ("file", "arrangements-rev2.docx".into())])) } }))
            (beside(&say.t("page-text"),
                &form(Form { action: "/register", token: Some("invented"), command: Some("c0"), files: false, guard: true }, &html! {
                    div.pair {
                        (Field::new("registry", registry).value("ims").select(say, &[Choice::new("ims", "IMS Registry")]))
                        (Field::new("reference", number).hint(&number_hint).value("DGIMS/41/26").proposal(read(&place, "DGIMS/41/26")).text(say))
                    }
                    (Field::new("kind", kind).value("in").radios(say, &kinds))
                    (Field::new("date", dated).value("31 June 2026").error(Some(&told)).proposal(read(&head, "31 June 2026")).date(say))
                    (Field::new("from", from).value("Director General").proposal(read(&head, "Director General, International Military Staff")).text(say))
                    (Field::new("to", to).error(Some(&missing)).text(say))
                    (Field::new("subject", subject).hint(&subject_hint).value("Revised arrangements for the rotation of air policing detachments")
                        .proposal(read(&head, "REVISED ARRANGEMENTS FOR THE ROTATION OF AIR POLICING DETACHMENTS (NU)")).long(say, 2))
                    (Field::new("level", level).value("s").width(Width::Medium).proposal(read(&head, "NATO SECRET")).select(say, &marks))
                    (Field::new("categories", categories).optional().checks(say, &releases, &["aus"]))
                    (Field::new("remarks", remarks).optional().long(say, 2))
                    (buttons(&[Button::main(&register).key(SEND), Button::plain(&cancel).to("register.html")]))
                }),
                &page_view(say, &PageView { marking: Some(levels.marking('S')), text: TEXT, hits: &hits(TEXT, &["12 March 2026"]), language: Language::En, lines_matter: false }),
            ))
        },
    }
}

fn person(say: Voice<'_>, levels: &Levels) -> Sheet {
    let labels = ["column-post", "person-roles", "person-nation", "person-login"].map(|key| say.t(key));
    let [post, roles, nation, login] = &labels;
    let fact = |label, value| Fact { label, value };
    let heads = ["person-level", "column-valid", "column-state"].map(|key| say.t(key));
    let [level, valid, state] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [column(level, Cell::Main), column(valid, Cell::Short), column(state, Cell::Text)];
    let day = |y, m, d| say.date(date(y, m, d));
    let told =
        |key: &str, name: &str, y, m, d| say.tr(key, &[("name", name.into()), ("when", day(y, m, d).into())]);
    let certificate = say.t("person-certificate");
    let start = say.t("person-valid-from");
    let (confirm, decline) = (say.t("person-confirm"), say.t("person-decline"));
    let rows = [
        Row {
            value: None,
            name: "NATO SECRET",
            strong: false,
            cells: vec![
                html! { (mark(say, levels.marking('S'))) div.quiet { (certificate) " " (reference("SE-4471")) } },
                html! { (day(2031, 11, 30)) div.quiet { (start) " " (day(2026, 12, 1)) } },
                html! { (chip(Tone::Soon, &say.t("person-proposed"))) div.quiet { (told("person-proposed-by", "Anna Verhoeven", 2026, 11, 19)) }
                (buttons(&[Button::main(&confirm).named("act", "confirm"), Button::plain(&decline).named("act", "decline")])) },
            ],
        },
        Row {
            value: None,
            name: "NATO CONFIDENTIAL",
            strong: false,
            cells: vec![
                html! { (mark(say, levels.marking('C'))) div.quiet { (certificate) " " (reference("SE-3902")) } },
                html! { (day(2029, 1, 31)) div.quiet { (start) " " (day(2024, 2, 1)) } },
                html! { (chip(Tone::Good, &say.t("person-in-force"))) div.quiet { (told("person-confirmed-by", "Pieter de Wit", 2024, 2, 2)) } },
            ],
        },
    ];
    let (none, text) = (say.t("person-no-clearance"), say.t("person-no-clearance-text"));
    let list = Table {
        caption: &say.t("person-clearance-caption"),
        columns: &columns,
        rows: &rows,
        many: None,
        paging: Paging::default(),
        exports: &[],
        empty: Empty { title: &none, would: &text, begin: None },
    };
    let (propose, code, revoke) =
        (say.t("person-propose"), say.t("person-new-code"), say.t("person-sign-out-everywhere"));
    Sheet {
        name: "person",
        title: "Tomas Lindqvist".to_owned(),
        level: levels.unclassified.clone(),
        banner: "NATO UNCLASSIFIED",
        section: Some(Section::People),
        query: "",
        notices: Vec::new(),
        body: html! {
            (crumbs(say, &[Crumb { label: &say.t("people-title"), href: "people.html" }]))
            (heading("Tomas Lindqvist", &html! { p { "Plans Division" } (chip(Tone::Soon, &say.t("person-proposed"))) }))
            (refusal_notice(say, Refusal::new("own-clearance")))
            div.cols {
                section.stack { h2 { (say.t("person-clearances")) } (table(say, &list)) }
                aside.stack {
                    (card(&say.t("document-about"), &facts(&[
                        fact(post, html! { "Plans Division" }),
                        fact(roles, html! { (say.t("role-reader")) }),
                        fact(nation, html! { "Sweden" }),
                        fact(login, html! { code { "tlindqvist" } }),
                    ])))
                    div.card { div.buttons { (button(&Button::plain(&propose).to("person.html").key("c"))) (button(&Button::plain(&code).named("act", "code"))) (button(&Button::grave(&revoke).named("act", "out"))) } }
                }
            }
        },
    }
}

fn welcome(say: Voice<'_>, levels: &Levels) -> Sheet {
    let heads = ["demo-name", "column-post", "demo-sees"].map(|key| say.t(key));
    let [name, post, sees] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(name, Cell::Main),
        column(post, Cell::Text),
        column(sees, Cell::Text),
        column("", Cell::Short),
    ];
    let enter = say.t("sign-in-enter");
    let people = [
        ("Anna Verhoeven", "Control officer", 'T'),
        ("Ilse Marchetti", "Registry clerk", 'S'),
        ("Jean-Baptiste Delacroix", "Logistics Division", 'C'),
        ("Zofia Nowak", "Administrator", 'U'),
    ];
    let rows: Vec<Row<'_>> = people
        .iter()
        .map(|(person, post, letter)| Row {
            value: None,
            name: person,
            strong: false,
            cells: vec![
                html! { a.lead href="sign-in.html" { (person) } },
                html! { (post) },
                mark(say, levels.marking(*letter)),
                button(&Button::plain(&enter).to("sign-in.html")),
            ],
        })
        .collect();
    let list = Table {
        caption: &say.t("demo-caption"),
        columns: &columns,
        rows: &rows,
        many: None,
        paging: Paging::default(),
        exports: &[],
        empty: Empty { title: "", would: "", begin: None },
    };
    Sheet {
        body: html! {
            (heading(&say.t("demo-title"), &html! { p { (say.t("demo-text")) } }))
            div.cols {
                section.stack { h2 { (say.t("demo-who")) } (table(say, &list)) p.quiet { (say.t("demo-password")) " " code { "correct horse battery" } } }
                aside { (card(&say.t("demo-try"), &html! {
                    ol.numbered {
                        li { "Search for " q { "host nation" } " as two people and compare what each finds." }
                        li { "Register a file of your own and see what is read off it." }
                        li { "Propose a clearance, sign in as someone else and confirm it." }
                        li { "Change the language in the middle of a form." }
                        li { "Verify the ledger." }
                    }
                })) }
            }
        },
        ..message("welcome", say, levels, html! {})
    }
}
