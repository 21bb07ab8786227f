//! Owns the lists of the gallery: desk, register, search, people, ledger. It must not know anything real.

use jiff::civil::date;
use maud::{Markup, html};
use office::texts::Voice;
use web::look::{
    Applied, Bar, Button, Cell, Column, Empty, Facet, FacetGroup, Notice, Paging, Row, Section, SelectMany,
    Sort, SortLink, Table, Tone, applied, bars, card, chip, facets, heading, mark, pills, reference,
    reference_link, snippet, table,
};

use super::Sheet;
use super::content::{Levels, PAPERS, Paper, hits};

pub fn sheets(say: Voice<'_>, levels: &Levels) -> Vec<Sheet> {
    vec![
        desk(say, levels),
        register(say, levels),
        empty_register(say, levels),
        search(say, levels),
        people(say, levels),
        ledger(say, levels),
    ]
}

fn when(say: Voice<'_>, paper: &Paper) -> Markup {
    match paper.date {
        Some((year, month, day)) => html! { time { (say.date(date(year, month, day))) } },
        None => html! { span.quiet { (say.t("date-none")) } },
    }
}

fn lead(say: Voice<'_>, paper: &Paper) -> Markup {
    let foreign = (paper.language != say.language()).then(|| paper.language.tag());
    html! { a.lead href="document.html" lang=[foreign] { (paper.subject) } }
}

const fn column<'a>(head: &'a str, cell: Cell) -> Column<'a> {
    Column { head, cell, sort: None }
}

fn desk(say: Voice<'_>, levels: &Levels) -> Sheet {
    let today = date(2026, 11, 21);
    let late = say.tr("desk-late", &[("n", 3.into())]);
    let waiting = say.tr("desk-waiting", &[("n", 5.into())]);
    let sentence = say.tr("desk-day", &[("late", late.into()), ("waiting", waiting.into())]);
    let heads =
        ["desk-what", "column-reference", "column-marking", "desk-from", "desk-due"].map(|key| say.t(key));
    let [what, reference_head, marking_head, from, due] = &heads;
    let columns = [
        column(what, Cell::Main),
        column(reference_head, Cell::Short),
        column(marking_head, Cell::Short),
        column(from, Cell::Text),
        column(due, Cell::Short),
    ];
    let line = |subject: &'static str,
                quiet: &'static str,
                number: &'static str,
                letter,
                from: &'static str,
                due| Row {
        value: None,
        name: subject,
        strong: false,
        cells: vec![
            html! { a.lead href="person.html" { (subject) } div.quiet { (quiet) } },
            reference(number),
            mark(say, levels.marking(letter)),
            html! { (from) },
            due,
        ],
    };
    let days_late = |n: i64| chip(Tone::Late, &say.tr("days-late", &[("n", n.into())]));
    let rows = [
        line(
            "Confirm a clearance",
            "Tomas Lindqvist to NATO SECRET, proposed by Anna Verhoeven",
            "P-0031",
            'U',
            "Security",
            days_late(2),
        ),
        line(
            "Decide the marking",
            "Scanned letter without date, second page missing",
            "IMS-2026-0193",
            'X',
            "Mail room",
            days_late(1),
        ),
        line(
            "Answer a question",
            "Is MCM-0041-2010 held here?",
            "Q-0007",
            'U',
            "Plans Division",
            chip(Tone::Soon, &say.t("relative-today")),
        ),
        line(
            "Read",
            "Revised arrangements for the rotation of air policing detachments",
            "IMS-2026-0211",
            'A',
            "Director General",
            html! { time { (say.tr("working-days-ahead", &[("n", 4.into())])) } },
        ),
    ];
    let empty_title = say.t("desk-empty");
    let would = say.t("desk-empty-would");
    let list = Table {
        caption: &say.t("desk-caption"),
        columns: &columns,
        rows: &rows,
        many: None,
        paging: Paging::default(),
        exports: &[],
        empty: Empty { title: &empty_title, would: &would, begin: None },
    };
    let heads = [say.t("column-marking"), say.t("column-count")];
    let [one, two] = &heads;
    let count = |label, count| Bar { label, href: Some("register.html"), count, tone: Tone::Plain };
    let holdings = bars(
        say,
        &say.t("desk-holdings"),
        [one, two],
        &[
            count("NATO SECRET", 412),
            count("NATO CONFIDENTIAL", 655),
            count("NATO RESTRICTED", 1_204),
            count("NATO UNCLASSIFIED", 2_817),
        ],
    );
    Sheet {
        name: "desk",
        title: say.t("rail-desk"),
        level: levels.restricted.clone(),
        banner: "NATO RESTRICTED",
        section: Some(Section::Desk),
        query: "",
        notices: Vec::new(),
        body: html! {
            (heading(&say.date_long(today), &html! { p { (sentence) } }))
            (table(say, &list))
            div.cols.even {
                (card(&say.t("desk-arrived"), &html! {
                    ul.stack {
                        @for paper in PAPERS.iter().take(2) { li { (lead(say, paper)) div.row.quiet { (reference(paper.reference)) (mark(say, levels.marking(paper.marking))) } } }
                    }
                }))
                (card(&say.t("desk-holdings"), &holdings))
                (card(&say.t("desk-expiring"), &html! {
                    ul.stack {
                        li { a href="person.html" { "Ilse Marchetti" } " " (chip(Tone::Soon, &say.tr("person-expires-soon", &[("when", say.relative(date(2026, 12, 12), today).into())]))) }
                        li { a href="person.html" { "Jean-Baptiste Delacroix" } div.quiet { (say.tr("person-expires-soon", &[("when", say.relative(date(2027, 2, 1), today).into())])) } }
                    }
                }))
            }
        },
    }
}

fn views(say: Voice<'_>) -> Markup {
    let labels =
        ["register-all", "register-mine", "register-undetermined", "register-month"].map(|key| say.t(key));
    let counts = [5_088_u64, 214, 6, 97];
    let values: Vec<Facet<'_>> = labels
        .iter()
        .zip(counts)
        .enumerate()
        .map(|(place, (label, count))| Facet {
            label,
            marking: None,
            count: Some(count),
            href: "register.html",
            on: place == 0,
        })
        .collect();
    pills(&say.t("facets-label"), &values, say)
}

fn register(say: Voice<'_>, levels: &Levels) -> Sheet {
    let heads = ["column-subject", "column-reference", "column-marking", "column-date", "column-originator"]
        .map(|key| say.t(key));
    let [subject, number, marking, dated, from] = &heads;
    let sorted = |now| Some(SortLink { href: "register.html", now });
    let columns = [
        Column { sort: sorted(None), ..column(subject, Cell::Main) },
        Column { sort: sorted(None), ..column(number, Cell::Short) },
        column(marking, Cell::Short),
        Column { sort: sorted(Some(Sort::Descending)), ..column(dated, Cell::Short) },
        Column { sort: sorted(None), ..column(from, Cell::Text) },
    ];
    let rows: Vec<Row<'_>> = PAPERS
        .iter()
        .map(|paper| Row {
            value: Some(paper.reference),
            name: paper.reference,
            strong: false,
            cells: vec![
                lead(say, paper),
                reference_link(paper.reference, "document.html"),
                mark(say, levels.marking(paper.marking)),
                when(say, paper),
                html! { (paper.originator) },
            ],
        })
        .collect();
    let print = say.t("document-print");
    let decide = say.t("document-decide-marking");
    let shown = say.tr("paging-shown", &[("from", 1.into()), ("to", 8.into()), ("total", 5_088.into())]);
    let empty_title = say.t("register-empty");
    let would = say.t("register-empty-would");
    let list = Table {
        caption: &say.t("register-caption"),
        columns: &columns,
        rows: &rows,
        many: Some(SelectMany {
            action: "/register/many",
            name: "document",
            token: Some("invented"),
            acts: vec![
                Button::plain(&decide).named("act", "mark"),
                Button::plain(&print).named("act", "print"),
            ],
            lead: "",
            chosen: &[],
            kept: Some(("/register", 200)),
            back: None,
        }),
        paging: Paging { previous: None, next: Some("register.html"), shown: &shown },
        exports: &[("CSV", "register.csv"), ("XLSX", "register.xlsx")],
        empty: Empty { title: &empty_title, would: &would, begin: None },
    };
    Sheet {
        name: "register",
        title: say.t("register-title"),
        level: levels.restricted.clone(),
        banner: "NATO RESTRICTED",
        section: Some(Section::Register),
        query: "",
        notices: vec![Notice {
            tone: Tone::Good,
            words: html! { p { (say.tr("document-registered-as", &[("reference", "IMS-2026-0211".into())])) } },
        }],
        body: html! {
            (heading(&say.t("register-title"), &html! { p { (say.tr("register-total", &[("n", 5_088.into())])) } }))
            (views(say))
            (table(say, &list))
        },
    }
}

fn empty_register(say: Voice<'_>, levels: &Levels) -> Sheet {
    let (title, would, begin) =
        (say.t("register-empty"), say.t("register-empty-would"), say.t("register-new"));
    let list = Table {
        caption: &say.t("register-caption"),
        columns: &[],
        rows: &[],
        many: None,
        paging: Paging::default(),
        exports: &[],
        empty: Empty {
            title: &title,
            would: &would,
            begin: Some(Button::main(&begin).to("register-new.html")),
        },
    };
    Sheet {
        name: "register-empty",
        title: say.t("register-title"),
        level: levels.unclassified.clone(),
        banner: "NATO UNCLASSIFIED",
        section: Some(Section::Register),
        query: "",
        notices: Vec::new(),
        body: html! { (heading(&say.t("register-title"), &html! {})) (table(say, &list)) },
    }
}

fn search(say: Voice<'_>, levels: &Levels) -> Sheet {
    let found: Vec<&Paper> = PAPERS.iter().filter(|paper| !paper.snippet.is_empty()).collect();
    let heads = ["column-subject", "column-reference", "column-marking", "column-date"].map(|key| say.t(key));
    let [subject, number, marking, dated] = &heads;
    let columns = [
        column(subject, Cell::Main),
        column(number, Cell::Short),
        column(marking, Cell::Short),
        column(dated, Cell::Short),
    ];
    let rows: Vec<Row<'_>> = found
        .iter()
        .map(|paper| Row {
            value: None,
            name: paper.reference,
            strong: false,
            cells: vec![
                html! { (lead(say, paper)) (snippet(say, paper.snippet, &hits(paper.snippet, paper.lit), paper.language)) },
                reference_link(paper.reference, "document.html"),
                mark(say, levels.marking(paper.marking)),
                when(say, paper),
            ],
        })
        .collect();
    let titles = ["column-marking", "column-originator", "column-year"].map(|key| say.t(key));
    let [by_marking, by_originator, by_year] = &titles;
    let value =
        |label, count, on| Facet { label, marking: None, count: Some(count), href: "search.html", on };
    let marked = |letter, count| Facet { marking: Some(levels.marking(letter)), ..value("", count, false) };
    let markings = [marked('U', 12), marked('R', 9), marked('C', 4), marked('S', 3)];
    let originators = [
        value("Director General", 11, false),
        value("Division Logistique", 8, false),
        value("Committee secretary", 5, false),
        value("Archives", 4, false),
    ];
    let years = [value("2026", 19, true), value("2025", 6, false), value("2024", 3, false)];
    let groups = [
        FacetGroup { title: by_marking, values: &markings, more: None },
        FacetGroup { title: by_originator, values: &originators, more: None },
        FacetGroup { title: by_year, values: &years, more: None },
    ];
    let label = say.tr("applied-pair", &[("field", say.t("column-year").into()), ("value", "2026".into())]);
    let shown = say.tr("paging-shown", &[("from", 1.into()), ("to", 4.into()), ("total", 28.into())]);
    let (none, would) = (say.t("search-none"), say.t("search-none-would"));
    let list = Table {
        caption: &say.t("search-caption"),
        columns: &columns,
        rows: &rows,
        many: None,
        paging: Paging { previous: Some("search.html"), next: Some("search.html"), shown: &shown },
        exports: &[("CSV", "search.csv")],
        empty: Empty { title: &none, would: &would, begin: None },
    };
    Sheet {
        name: "search",
        title: format!("rotation arrangements · {}", say.t("search-title")),
        level: levels.secret.clone(),
        banner: "NATO SECRET",
        section: Some(Section::Search),
        query: "rotation arrangements",
        notices: Vec::new(),
        body: html! {
            (heading(&say.tr("search-total", &[("n", 28.into())]), &html! { p.quiet { (say.t("search-help")) } }))
            (applied(say, &[Applied { label: &label, without: "search.html" }], "search.html"))
            div.cols.left { (facets(say, &groups)) div { (table(say, &list)) } }
        },
    }
}

fn people(say: Voice<'_>, levels: &Levels) -> Sheet {
    let heads = ["column-name", "column-post", "column-clearance", "column-valid", "column-state"]
        .map(|key| say.t(key));
    let [name, post, clearance, valid, state] = &heads;
    let columns = [
        column(name, Cell::Main),
        column(post, Cell::Text),
        column(clearance, Cell::Short),
        column(valid, Cell::Short),
        column(state, Cell::Short),
    ];
    let line = |name: &'static str, post: &'static str, level: Markup, valid: Markup, state: Markup| Row {
        value: None,
        name,
        strong: false,
        cells: vec![html! { a.lead href="person.html" { (name) } }, html! { (post) }, level, valid, state],
    };
    let day = |y, m, d| html! { time { (say.date(date(y, m, d))) } };
    let in_force = chip(Tone::Good, &say.t("person-in-force"));
    let rows = [
        line(
            "Anna Verhoeven",
            "Security officer",
            mark(say, levels.marking('T')),
            day(2030, 1, 31),
            in_force.clone(),
        ),
        line(
            "Ilse Marchetti",
            "Registry clerk",
            mark(say, levels.marking('S')),
            day(2026, 12, 12),
            chip(Tone::Soon, &say.tr("person-expires-soon", &[("when", say.t("relative-tomorrow").into())])),
        ),
        line(
            "Jean-Baptiste Delacroix",
            "Logistics Division",
            mark(say, levels.marking('C')),
            day(2028, 6, 30),
            in_force,
        ),
        line(
            "Rasmus Holm",
            "Delegation",
            mark(say, levels.marking('S')),
            day(2025, 6, 30),
            chip(Tone::Late, &say.t("person-expired")),
        ),
        line(
            "Tomas Lindqvist",
            "Plans Division",
            mark(say, levels.marking('S')),
            html! {},
            chip(Tone::Soon, &say.t("person-proposed")),
        ),
        line(
            "Zofia Nowak",
            "Administrator",
            html! { span.quiet { (say.t("person-no-clearance")) } },
            html! {},
            html! {},
        ),
    ];
    let (title, would, add) = (say.t("people-empty"), say.t("people-empty-would"), say.t("people-add"));
    let list = Table {
        caption: &say.t("people-caption"),
        columns: &columns,
        rows: &rows,
        many: None,
        paging: Paging::default(),
        exports: &[("CSV", "people.csv")],
        empty: Empty { title: &title, would: &would, begin: None },
    };
    Sheet {
        name: "people",
        title: say.t("people-title"),
        level: levels.unclassified.clone(),
        banner: "NATO UNCLASSIFIED",
        section: Some(Section::People),
        query: "",
        notices: Vec::new(),
        body: html! {
            (web::look::heading_with_acts(&say.t("people-title"), &html! {}, &[Button::plain(&add).to("person.html").key("a")]))
            (table(say, &list))
        },
    }
}

fn ledger(say: Voice<'_>, levels: &Levels) -> Sheet {
    let heads = ["column-number", "ledger-act", "column-reference", "ledger-actor", "column-when"]
        .map(|key| say.t(key));
    let [number, act, reference_head, actor, time] = &heads;
    let columns = [
        column(number, Cell::Number),
        column(act, Cell::Main),
        column(reference_head, Cell::Short),
        column(actor, Cell::Text),
        column(time, Cell::Short),
    ];
    let acts = [
        ("act-registered", "IMS-2026-0211", "Ilse Marchetti", "16:05"),
        ("act-clearance-proposed", "", "Anna Verhoeven", "15:41"),
        ("act-marking-decided", "IMS-2026-0188", "Ilse Marchetti", "15:20"),
        ("act-registered", "IMS-2026-0210", "Ilse Marchetti", "15:02"),
        ("act-signed-in", "", "Jean-Baptiste Delacroix", "14:58"),
    ];
    let rows: Vec<Row<'_>> = acts
        .iter()
        .enumerate()
        .map(|(place, (act, number, person, at))| Row {
            value: None,
            name: act,
            strong: false,
            cells: vec![
                html! { (say.count(10_482 - place as u64)) },
                html! { a.lead href="ledger.html" { (say.t(act)) } },
                if number.is_empty() {
                    html! {}
                } else {
                    reference_link(number, "document.html")
                },
                html! { (person) },
                html! { time { (say.date(date(2026, 11, 21))) ", " (at) " CET" } },
            ],
        })
        .collect();
    let shown = say.tr("paging-shown", &[("from", 1.into()), ("to", 5.into()), ("total", 10_482.into())]);
    let (title, would, verify) = (say.t("ledger-empty"), say.t("ledger-empty-would"), say.t("ledger-verify"));
    let list = Table {
        caption: &say.t("ledger-caption"),
        columns: &columns,
        rows: &rows,
        many: None,
        paging: Paging { previous: None, next: Some("ledger.html"), shown: &shown },
        exports: &[(&say.t("ledger-proof"), "proof"), (&say.t("ledger-full"), "full")],
        empty: Empty { title: &title, would: &would, begin: None },
    };
    let fact = |key, value| web::look::Fact { label: key, value };
    let labels = ["ledger-entries", "ledger-root", "ledger-signed"].map(|key| say.t(key));
    let [entries, root, signed] = &labels;
    Sheet {
        name: "ledger",
        title: say.t("ledger-title"),
        level: levels.restricted.clone(),
        banner: "NATO RESTRICTED",
        section: Some(Section::Ledger),
        query: "",
        notices: Vec::new(),
        body: html! {
            (heading(&say.t("ledger-title"), &html! { p { (say.t("ledger-text")) } }))
            (card(&say.t("ledger-checkpoint"), &html! {
                (web::look::facts(&[
                    fact(entries, html! { (say.count(10_480)) }),
                    fact(root, html! { code { "kUvQ3x0mN2b8Jr5dCq7yT1wZsE9hLf4gAaPpOoIiUuY=" } }),
                    fact(signed, html! { (say.date(date(2026, 11, 21))) ", 15:42 CET " (chip(Tone::Good, &say.tr("ledger-verified", &[("when", say.t("relative-today").into())]))) }),
                ]))
                p.foot { (web::look::button(&Button::plain(&verify).named("act", "verify").key("v"))) }
            }))
            div.card-gap { (table(say, &list)) }
        },
    }
}
