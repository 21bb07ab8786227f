//! What is sent to the pages of the registry's other books, and to programs' acts of them: things of no paper, and packages
//! and couriers with what all have, with what is hidden, with what is nowhere.

use serde_json::{Value, json};

use super::{Given, STRANGER, custody::all_books};
use crate::{send::Ask, worlds::Books};

/// A form: its book, the registry, and what else stands in it.
type Try<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str)>);

/// Something is entered into each book.
pub(super) fn entering(given: &Given<'_>) -> Vec<Ask> {
    let mark = format!("AVL {}", &given.key[..8]);
    let equipment = |mark| {
        vec![
            ("is", "safe"),
            ("mark", mark),
            ("serial", "Averlund 17"),
            ("place", "Averlund"),
            ("known_to", "clerk"),
        ]
    };
    let mut tries: Vec<Try<'_>> = vec![
        ("equipment", "HQR", equipment(mark.as_str())),
        ("equipment", "HQR", equipment(mark.as_str())),
        ("equipment", "COS", equipment(mark.as_str())),
        ("equipment", "HQR", equipment("")),
        ("equipment", "SCR", equipment(mark.as_str())),
        ("equipment", "NONE", equipment(mark.as_str())),
        ("nothing", "HQR", Vec::new()),
    ];
    for code in ["HQR", "COS", "ARC"] {
        tries.extend(of_no_paper(&mark).into_iter().map(|(book, fields)| (book, code, fields)));
    }
    let mut asks: Vec<Ask> = Vec::new();
    for (book, code, fields) in tries {
        let mut all = vec![("registry", code)];
        all.extend(fields);
        asks.push(given.form(&given.path.replace("{book}", book), asks.len(), &all));
    }
    for books in all_books(given.common) {
        of_papers(given, books, &mut asks);
    }
    asks
}

fn of_no_paper(mark: &str) -> Vec<(&'static str, Vec<(&'static str, &str)>)> {
    vec![
        (
            "transfers",
            vec![
                ("what", "Averlund"),
                ("from", "Averlund net"),
                ("to", "Harbour net"),
                ("authorised_by", "clerk"),
                ("why", "Averlund"),
                ("how", "By disk"),
                ("tool", "Two engines"),
                ("result", "infected"),
            ],
        ),
        ("correspondents", vec![("name", mark), ("address", "Averlund"), ("approved", "anything")]),
        (
            "correspondents",
            vec![("name", "Averlund mission"), ("address", "Averlund"), ("approved", "anything")],
        ),
        (
            "routes",
            vec![("from", "COS"), ("to", "registry"), ("to_registry", "HQR"), ("reference", "Averlund")],
        ),
        (
            "appointments",
            vec![
                ("person", "clerk"),
                ("function", "deputy"),
                ("from", "2026-03-12"),
                ("reference", "Averlund"),
            ],
        ),
    ]
}

/// Papers are distributed that all have, that are hidden, that are nowhere: to who may read them, to who may not, to nobody.
pub(super) fn distributing(given: &Given<'_>) -> Vec<Ask> {
    let mut asks: Vec<Ask> = Vec::new();
    let mut papers: Vec<String> = given.common.of_books(|books| &books.papers, &[0, 1]);
    papers.push(STRANGER.to_owned());
    let line = |to: &'static str, is: &'static str, by: &'static str| {
        vec![
            ("lines.1.is", is),
            ("lines.1.to", to),
            ("lines.1.purpose", "action"),
            ("lines.1.by", by),
            ("lines.1.copy", ""),
        ]
    };
    for paper in papers {
        for fields in [
            line("registrar", "person", "electronic"),
            line("french", "person", "electronic"),
            line("nobody", "person", "copy"),
            line("NONE", "registry", "copy"),
            line("Averlund mission", "elsewhere", "copy"),
            vec![("go", "more"), ("rows", "5")],
            vec![("go", "fill"), ("list", "staff")],
            Vec::new(),
        ] {
            asks.push(given.form(&given.path.replace("{id}", &paper), asks.len(), &fields));
        }
    }
    asks
}

/// Somebody says that he read what was given to him, to another, to nobody.
pub(super) fn reading(given: &Given<'_>) -> Vec<Ask> {
    let items = given.common.of_books(|books| &books.told, &[0, 1]);
    let all = items.iter().map(String::as_str).chain([STRANGER, "none"]);
    all.enumerate().map(|(n, item)| given.form(given.path, n, &[("item", item)])).collect()
}

/// Somebody says that he did what holders are told, with copies of his own and of others.
pub(super) fn posting(given: &Given<'_>) -> Vec<Ask> {
    let mut asks: Vec<Ask> = Vec::new();
    for books in all_books(given.common) {
        for item in [books.told[1], books.told[2], books.told[0]] {
            for copy in [books.copies[6], books.copies[7], books.copies[2]] {
                let (item, copy) = (item.to_string(), copy.to_string());
                asks.push(given.form(given.path, asks.len(), &[("item", &item), ("copy", &copy)]));
            }
        }
    }
    asks.push(given.form(given.path, asks.len(), &[("item", STRANGER)]));
    asks
}

/// A package with a receipt of one's own, which is packed already, is not due, or waits; a courier for the package of a book.
fn of_papers(given: &Given<'_>, books: &Books, asks: &mut Vec<Ask>) {
    let code = books.code;
    for dispatch in [books.dispatches[0], books.dispatches[1], books.dispatches[3]] {
        let dispatch = dispatch.to_string();
        for outer in ["Averlund, 4 Harbour Street", "Averlund SECRET"] {
            let fields = [
                ("registry", code),
                ("dispatches", dispatch.as_str()),
                ("by", "courier"),
                ("inner", "Averlund"),
                ("outer", outer),
            ];
            asks.push(given.form(&given.path.replace("{book}", "packages"), asks.len(), &fields));
        }
    }
    for paper in [books.papers[0].to_string(), STRANGER.to_owned()] {
        let fields =
            [("registry", code), ("paper", paper.as_str()), ("is", "recall"), ("authority", "Averlund")];
        for book in ["instructions", "distributions"] {
            asks.push(given.form(&given.path.replace("{book}", book), asks.len(), &fields));
        }
    }
    for (package, leaves) in [
        (books.parcels[0].to_string(), "2026-04-01 10:00"),
        (STRANGER.to_owned(), "2026-04-01 10:00"),
        (books.parcels[0].to_string(), "2026-03-13 10:00"),
    ] {
        let fields = [
            ("registry", code),
            ("packages", package.as_str()),
            ("courier", "other"),
            ("name", "A. Courier"),
            ("document", "Pass"),
            ("from", "Averlund"),
            ("to", "Averlund"),
            ("leaves", leaves),
            ("expected", "2026-04-02 10:00"),
        ];
        asks.push(given.form(&given.path.replace("{book}", "journeys"), asks.len(), &fields));
    }
}

/// The fields of a form with what is sent in them.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// What happens to the items of each book. The first can happen again and again.
pub(super) fn stepping(given: &Given<'_>) -> Vec<Ask> {
    let of = |book: &str, id: &str| given.path.replace("{book}", book).replace("{id}", id);
    let changed = [("step", "change-combination"), ("why", "due"), ("known_to", "clerk")];
    let mut asks: Vec<Ask> = Vec::new();
    for books in all_books(given.common) {
        let item = |place: usize| books.items.get(place).map(ToString::to_string);
        let tries: [(Option<String>, &str, Fields<'_>); 9] = [
            (item(0), "equipment", &changed),
            (item(0), "equipment", &[("step", "hand-out"), ("person", "nobody")]),
            (item(0), "equipment", &[("step", "raise"), ("level", "NATO|RESTRICTED")]),
            (item(1), "equipment", &[("step", "take-back")]),
            (item(1), "equipment", &[("step", "hand-out"), ("person", "french")]),
            (item(2), "transfers", &[("step", "confirm")]),
            (item(3), "correspondents", &[("step", "end")]),
            (item(4), "routes", &[("step", "nothing")]),
            (item(5), "routes", &[("step", "end"), ("words", "Averlund")]),
        ];
        for (id, book, fields) in tries {
            if let Some(id) = id {
                asks.push(given.form(&of(book, &id), asks.len(), fields));
            }
        }
        let (copy, told) = (books.copies[6].to_string(), |place: usize| books.told[place].to_string());
        for fields in
            [&[("step", "end-lines")][..], &[("step", "end-lines"), ("lines", "9"), ("words", "Averlund")]]
        {
            asks.push(given.form(&of("distributions", &told(0)), asks.len(), fields));
        }
        for fields in
            [&[("step", "post"), ("copies", copy.as_str())][..], &[("step", "post")], &[("step", "end")]]
        {
            asks.push(given.form(&of("instructions", &told(2)), asks.len(), fields));
        }
        let package = books.parcels[0].to_string();
        for fields in [&[("step", "depart")][..], &[("step", "unpack")], &[("step", "assign")]] {
            asks.push(given.form(&of("packages", &package), asks.len(), fields));
        }
        if let Some(journey) = books.parcels.get(1) {
            for fields in [
                &[("step", "issue")][..],
                &[("step", "advise"), ("at", "2026-03-01")],
                &[("step", "give-back")],
            ] {
                asks.push(given.form(&of("journeys", &journey.to_string()), asks.len(), fields));
            }
        }
    }
    for id in [STRANGER, "none"] {
        asks.push(given.form(&of("equipment", id), asks.len(), &changed));
    }
    asks
}

/// The same as programs ask for it, in the registry whose books these are.
pub(super) fn for_programs(given: &Given<'_>) -> Vec<Ask> {
    let mark = format!("AVL for programs {}", &given.key[..8]);
    let enter = |details: Value| json!({"act": "enter", "details": details});
    let step =
        |item: &str, step: Value| json!({"act": "step", "item": item, "step": step, "words": "Averlund"});
    let safe = enter(json!({
        "book": "equipment", "is": "safe", "mark": mark, "serial": "Averlund", "place": "Averlund", "known_to": ["clerk"],
    }));
    let mut asked: Vec<(&str, Value)> =
        ["HQR", "COS", "ARC", "SCR", "NONE"].map(|code| (code, safe.clone())).to_vec();
    for books in all_books(given.common) {
        let package = books.parcels[0].to_string();
        for dispatch in [books.dispatches[0], books.dispatches[5]] {
            asked.push((books.code, enter(json!({
                "book": "packages", "dispatches": [dispatch], "inner": "Averlund", "outer": "Averlund", "by": "mail",
            }))));
        }
        asked.push((books.code, enter(json!({
            "book": "journeys", "courier": {"name": "A. Courier", "document": "Pass"}, "from": "Averlund", "to": "Averlund",
            "leaves": "2026-04-01T10:00:00Z", "expected": "2026-04-02T10:00:00Z", "packages": [package],
        }))));
        asked.push((books.code, step(&package, json!({"step": "arrive"}))));
        if let Some(journey) = books.parcels.get(1) {
            asked.push((books.code, step(&journey.to_string(), json!({"step": "arrive"}))));
        }
        asked.push((books.code, json!({
            "act": "distribute", "document": books.papers[1], "words": "Averlund",
            "lines": [
                {"to": {"is": "person", "person": "french"}, "purpose": "action", "by": {"how": "electronic"}},
                {"to": {"is": "elsewhere", "name": "Averlund"}, "purpose": "action", "by": {"how": "copy", "number": 9999}},
            ],
        })));
        asked.push((
            books.code,
            enter(json!({
                "book": "instructions", "document": books.papers[0], "is": "recall", "authority": " ",
            })),
        ));
        asked.push((books.code, step(&books.told[0].to_string(), json!({"step": "read"}))));
        asked.push((
            books.code,
            step(&books.told[2].to_string(), json!({"step": "post", "copies": [books.copies[2]]})),
        ));
        for item in &books.items {
            asked.push((books.code, step(&item.to_string(), json!({"step": "take-back"}))));
        }
    }
    asked.push(("HQR", step(STRANGER, json!({"step": "end"}))));
    asked
        .iter()
        .enumerate()
        .map(|(n, (code, act))| {
            // Numbers below are those of the acts in `custody` and `numbered`.
            given.keyed(Ask::json(given.path.replace("{code}", code), act.to_string()), 20_000 + n)
        })
        .collect()
}
