//! What is asked of the routes of custody: each list of each registry, each thing that all have and that only one has, by
//! identifier and by the name that is printed on it.

use registry::custody::book::Book;

use super::{Common, STRANGER, each, numbered};
use crate::{send::Ask, worlds::Books};

/// Whose lists are asked for: of the callers' own registries, of one that shows nothing, of none.
const REGISTRIES: [&str; 6] =
    ["", "?registry=HQR", "?registry=ARC", "?registry=COS", "?registry=SCR", "?registry=NONE"];
/// Numbers of acts and items that were given before anything hidden was, and some that are nobody's.
const NUMBERS: [&str; 12] = [
    "R-0001/2026",
    "HQR R-0001/2026",
    "ARC R-0001/2026",
    "COS:R-0001/2026",
    "D-0001/2026",
    "hqr i-1/2026",
    "M-0001/2026",
    "P-0001/2026",
    "EQ-0001/2026",
    "HQR AP-0001/2026",
    "R-9999/2019",
    "NONE M-0001/2026",
];
/// Lists of acts as programs ask for them. With `limit` never the newest first: where a page ends is told by a number, and
/// numbers that are given while everybody asks are others in each world.
const PAGED: [&str; 10] = [
    "?registry=HQR",
    "",
    "?registry=ARC",
    "?registry=COS",
    "?registry=SCR",
    "?registry=NONE",
    "?registry=HQR&limit=1",
    "?registry=HQR&order=newest",
    "?registry=HQR&after=none",
    "?registry=COS&limit=2",
];

impl Common {
    /// Of every book, the headquarters' first, what stands at some places of a list; then what is nowhere, and none.
    pub fn of_books<T: ToString>(&self, list: impl Fn(&Books) -> &[T], places: &[usize]) -> Vec<String> {
        let all = self.books.iter().chain(&self.hidden_books);
        let named = all.flat_map(|books| {
            let list = list(books);
            places.iter().filter_map(|place| list.get(*place)).map(ToString::to_string).collect::<Vec<_>>()
        });
        named.chain([STRANGER.to_owned(), "none".to_owned()]).collect()
    }

    /// How copies are called that all have, that are hidden, of another registry, and that are nowhere.
    pub fn called(&self) -> Vec<String> {
        let hidden = self.hidden_books.iter().map(|books| books.names[4].clone());
        let own = self.books.iter().take(1).flat_map(|books| {
            let name = &books.names[4];
            [name.clone(), format!("{}:{name}", books.code), format!("ARC:{name}"), name.to_lowercase()]
        });
        let other = self.books.iter().skip(1).map(|books| books.names[6].clone());
        let odd = ["NS-9999/2026/1", "HQR:S-UE-0001/2026/1", "copy", ""].map(ToOwned::to_owned);
        own.chain(other).chain(hidden).chain(odd).collect()
    }
}

fn asked(path: &str, queries: &[&str]) -> Option<Vec<Ask>> {
    Some(queries.iter().map(|query| Ask::get(format!("{path}{query}"))).collect())
}

/// A list of each registry, and of the headquarters in other ways.
fn lists(path: &str, more: &[&str]) -> Option<Vec<Ask>> {
    let mut asks = asked(path, &REGISTRIES)?;
    asks.extend(more.iter().map(|query| Ask::get(format!("{path}?registry=HQR&{query}"))));
    Some(asks)
}

/// Each of some things, and those of the headquarters in other ways.
fn things(path: &str, ids: &[String], more: &[&str]) -> Option<Vec<Ask>> {
    let mut asks = each(path, "id", ids);
    let own = path.replace("{id}", ids.first()?);
    asks.extend(more.iter().map(|query| Ask::get(format!("{own}{query}"))));
    Some(asks)
}

/// The name of a copy as it stands in an address.
fn escaped(name: &str) -> String {
    web::frame::escaped(name)
}

/// What is asked of a route of custody that reads; none: it is another's. The same is not asked twice.
pub(super) fn asks(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let mut asks = of_the_books(path, common)?;
    for ask in numbered::asks(path, common) {
        if asks.iter().all(|asked| asked.path != ask.path) {
            asks.push(ask);
        }
    }
    Some(asks)
}

fn of_the_books(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let own = common.books.first()?;
    match path {
        "/documents/{id}/copies" => {
            let mut papers = common.of_books(|books| &books.papers, &[0, 1]);
            papers.extend(common.visible.get(9).into_iter().chain(common.hidden.first()).cloned());
            things(path, &papers, &["?done=copies-numbered"])
        }
        "/documents/{id}/distribute" => {
            let mut papers = common.of_books(|books| &books.papers, &[0, 1]);
            papers.extend(common.visible.get(9).into_iter().chain(common.hidden.first()).cloned());
            things(path, &papers, &["?list=STAFF"])
        }
        "/custody" => lists(path, &[]),
        "/custody/find" => {
            let names = common.called();
            let mut asks: Vec<Ask> = names
                .iter()
                .map(|name| Ask::get(format!("{path}?registry=HQR&q={}", escaped(name))))
                .collect();
            asks.extend(names.iter().map(|name| Ask::get(format!("{path}?q={}", escaped(name)))));
            asks.extend(NUMBERS.iter().map(|number| Ask::get(format!("{path}?q={}", escaped(number)))));
            Some(asks)
        }
        "/custody/copies" | "/custody/copies.csv" | "/custody/copies.xlsx" => copies(path, common),
        "/custody/copies/{id}" => {
            things(path, &common.of_books(|books| &books.copies, &[0, 1, 3, 6, 7, 9, 10]), &[])
        }
        "/custody/copies/{id}/disclosures.pdf" => {
            things(path, &common.of_books(|books| &books.copies, &[0, 1, 3, 6, 7, 9, 10]), &["?lang=fr"])
        }
        "/custody/copies/{id}/out-card.pdf" => {
            things(path, &common.of_books(|books| &books.copies, &[6]), &["?lang=fr"])
        }
        "/custody/labels.pdf" => labels(path, common),
        "/custody/log.pdf" => logs(path, common),
        "/custody/do/{act}" => forms(path, common),
        "/custody/receipts" | "/custody/receipts.csv" | "/custody/receipts.xlsx" => lists(
            path,
            &[
                "state=late",
                "state=waiting",
                "state=escalate",
                "state=given",
                "state=all&order=oldest",
                "from=2",
            ],
        ),
        "/custody/receipts/{id}" => things(
            path,
            &common.of_books(|books| &books.dispatches, &[0, 1, 2, 3, 5]),
            &["?done=receipt-traced"],
        ),
        "/custody/receipts/{id}/receipt.pdf" => {
            things(path, &common.of_books(|books| &books.dispatches, &[0, 1, 2, 3, 5]), &["?lang=fr"])
        }
        "/custody/destruction/{id}/certificate.pdf" => {
            things(path, &common.of_books(|books| &books.certificates, &[0, 1, 2]), &["?lang=fr"])
        }
        "/custody/musters/{id}/report.pdf" => {
            things(path, &common.of_books(|books| &books.musters, &[0, 1, 2, 3]), &["?lang=fr"])
        }
        "/custody/destruction" | "/custody/destruction.csv" | "/custody/destruction.xlsx" => {
            lists(path, &["state=destroyed", "state=withdrawn", "state=all&order=oldest"])
        }
        "/custody/destruction/{id}" => {
            things(path, &common.of_books(|books| &books.certificates, &[0, 1, 2]), &[])
        }
        "/custody/incidents" | "/custody/incidents.csv" | "/custody/incidents.xlsx" => lists(
            path,
            &["state=closed", "state=all", "kind=missing", "state=all&kind=irregular&order=oldest"],
        ),
        "/custody/incidents/{id}" => {
            things(path, &common.of_books(|books| &books.incidents, &[0, 1, 2]), &["?done=incident-followed"])
        }
        "/custody/musters" | "/custody/musters.csv" | "/custody/musters.xlsx" => {
            lists(path, &["state=counts", "state=unsigned", "state=signed", "state=abandoned&order=oldest"])
        }
        "/custody/musters/new" => lists(path, &[]),
        "/custody/musters/{id}" | "/custody/musters/{id}/lines.csv" | "/custody/musters/{id}/lines.xlsx" => {
            let musters = common.of_books(|books| &books.musters, &[0, 1, 2, 3]);
            things(path, &musters, &["?state=open", "?state=surplus", "?from=1"])
        }
        "/custody/musters/{id}/count" => {
            let mut asks = things(path, &common.of_books(|books| &books.musters, &[0, 1, 2, 3]), &[])?;
            let first = asks.first()?.path.clone();
            let names = common.called();
            asks.extend(names.iter().map(|name| Ask::get(format!("{first}?kind={}", escaped(name)))));
            Some(asks)
        }
        "/custody/books/{book}"
        | "/custody/books/{book}/items.csv"
        | "/custody/books/{book}/items.xlsx"
        | "/custody/books/{book}/new" => books(path, common),
        "/custody/books/{book}/{id}" => items(path, common),
        "/custody/books/{book}/{id}/form.pdf" => letters(path, common),
        "/custody/containers" | "/custody/containers.csv" | "/custody/containers.xlsx" => {
            lists(path, &["state=filled", "state=empty", "order=newest"])
        }
        "/holdings" | "/holdings.csv" | "/holdings.xlsx" => asked(
            path,
            &["", "?order=since", "?order=since-down", "?order=number-down", "?done=receipt-signed"],
        ),
        "/api/v1/copies" => for_programs(path, common, own),
        "/api/v1/copies/{id}" => {
            things(path, &common.of_books(|books| &books.copies, &[0, 1, 3, 6, 7, 9, 10]), &[])
        }
        "/api/v1/dispatches" => paged(path, &["due", "given"]),
        "/api/v1/dispatches/{id}" => {
            things(path, &common.of_books(|books| &books.dispatches, &[0, 1, 2, 3, 5]), &[])
        }
        "/api/v1/destructions" => paged(path, &["open", "ended"]),
        "/api/v1/destructions/{id}" => {
            things(path, &common.of_books(|books| &books.certificates, &[0, 1, 2]), &[])
        }
        "/api/v1/incidents" => paged(path, &["open", "closed"]),
        "/api/v1/incidents/{id}" => things(path, &common.of_books(|books| &books.incidents, &[0, 1, 2]), &[]),
        "/api/v1/musters" => paged(path, &["open", "ended"]),
        "/api/v1/musters/{id}" => things(path, &common.of_books(|books| &books.musters, &[0, 1, 2, 3]), &[]),
        "/api/v1/musters/{id}/lines" => things(
            path,
            &common.of_books(|books| &books.musters, &[0, 1, 2, 3]),
            &["?limit=1", "?state=open", "?outcome=open"],
        ),
        "/custody/emergency" | "/custody/emergency.csv" | "/custody/emergency.xlsx" => lists(path, &[]),
        "/custody/emergency/list.pdf" => lists(path, &["lang=fr"]),
        "/custody/working-papers" | "/custody/working-papers.csv" | "/custody/working-papers.xlsx" => lists(
            path,
            &["state=due", "state=overdue", "state=others", "state=others&order=newest", "from=2"],
        ),
        "/api/v1/working-papers" => paged(path, &["due", "overdue", "others"]),
        "/custody/receipts/{id}/scans/{place}" => {
            let dispatches = common.of_books(|books| &books.dispatches, &[0, 1, 2, 3, 5]);
            let paths = dispatches.iter().map(|id| path.replace("{id}", id));
            let each = paths.flat_map(|path| ["1", "2", "x"].map(|place| path.replace("{place}", place)));
            Some(each.map(Ask::get).collect())
        }
        "/api/v1/containers" | "/api/v1/custody" | "/api/v1/emergency-list" => {
            let mut asks = asked(path, &REGISTRIES)?;
            // First what the staff of the headquarters would ask.
            asks.swap(0, 1);
            Some(asks)
        }
        "/api/v1/registries/{code}/books/{book}" => books_for_programs(path),
        "/api/v1/books/{id}" => {
            let mut ids = common.of_books(|books| &books.parcels, &[0, 1]);
            ids.extend(common.of_books(|books| &books.items, &[0, 1, 2, 3, 4, 5]));
            ids.extend(common.of_books(|books| &books.told, &[0, 1, 2]));
            things(path, &ids, &[])
        }
        "/api/v1/holdings" => asked(path, &[""]),
        _ => None,
    }
}

/// Every book of each registry, and in other ways; the forms with what may be chosen in them, hidden receipts among it.
fn books(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let mut asks = Vec::new();
    for book in Book::ALL.map(Book::as_str) {
        let path = path.replace("{book}", book);
        asks.extend(lists(&path, &["state=all", "state=closed&order=oldest", "order=name-down&q=averlund"])?);
    }
    asks.push(Ask::get(path.replace("{book}", "nothing")));
    if path.ends_with("/new") {
        let [packages, journeys] = ["packages", "journeys"].map(|book| path.replace("{book}", book));
        let dispatches = common.of_books(|books| &books.dispatches, &[0, 2, 3]);
        let parcels = common.of_books(|books| &books.parcels, &[0]);
        let of = |path: &str, name: &str, ids: &[String]| -> Vec<Ask> {
            ids.iter().map(|id| Ask::get(format!("{path}?registry=HQR&{name}={id}"))).collect()
        };
        asks.extend(of(&packages, "dispatch", &dispatches));
        asks.extend(of(&journeys, "package", &parcels));
    }
    Some(asks)
}

/// The items of each book, and packages as what they are not.
fn items(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let in_book = |book: &str| path.replace("{book}", book);
    // By their places in the worlds.
    let places = ["equipment", "equipment", "transfers", "correspondents", "routes", "appointments"];
    let mut asks = Vec::new();
    for (place, book) in places.iter().enumerate() {
        asks.extend(things(&in_book(book), &common.of_books(|books| &books.items, &[place]), &[])?);
    }
    for (place, book) in [(0, "distributions"), (1, "instructions"), (2, "instructions"), (0, "packages")] {
        let ids = common.of_books(|books| &books.told, &[place]);
        asks.extend(things(&in_book(book), &ids, &["?done=distributed"])?);
    }
    for (place, book) in [(0, "packages"), (1, "journeys"), (0, "equipment")] {
        let ids = common.of_books(|books| &books.parcels, &[place]);
        asks.extend(things(&in_book(book), &ids, &["?done=book-stepped"])?);
    }
    Some(asks)
}

/// The forms of packages, couriers and appointments; and of a package as what it is not.
fn letters(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let in_book = |book: &str| path.replace("{book}", book);
    let mut asks = Vec::new();
    for (place, book) in [(0, "packages"), (1, "journeys")] {
        let ids = common.of_books(|books| &books.parcels, &[place]);
        asks.extend(things(&in_book(book), &ids, &["?lang=fr"])?);
    }
    asks.extend(things(&in_book("appointments"), &common.of_books(|books| &books.items, &[5]), &[])?);
    let package = common.of_books(|books| &books.parcels, &[0]).into_iter().next()?;
    asks.push(Ask::get(in_book("journeys").replace("{id}", &package)));
    Some(asks)
}

/// The labels of copies by name, hidden ones among them, and of all of a paper.
fn labels(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let own = common.books.first()?;
    let two = format!("copies={}&copies={}", escaped(&own.names[4]), escaped(&own.names[6]));
    let mut asks = vec![Ask::get(format!("{path}?registry=HQR&{two}"))];
    asks.push(Ask::get(format!("{path}?registry=HQR&{two}&used=3&lang=fr")));
    asks.extend(
        common.called().iter().map(|name| Ask::get(format!("{path}?registry=HQR&copies={}", escaped(name)))),
    );
    let papers = common.of_books(|books| &books.papers, &[0]);
    asks.extend(papers.iter().map(|paper| Ask::get(format!("{path}?document={paper}"))));
    Some(asks)
}

/// The logs of the year, of each registry and of none.
fn logs(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let mut asks = Vec::new();
    for books in common.books.iter().chain(&common.hidden_books) {
        let log = books.names[4].rsplit_once('-')?.0;
        let query = format!("registry={}&log={}&year=2026", books.code, escaped(log));
        asks.push(Ask::get(format!("{path}?{query}")));
        asks.push(Ask::get(format!("{path}?{query}&lang=fr")));
    }
    asks.extend(
        ["log=NS&year=2025", "log=NS&year=soon", "log=NONE&year=2026", ""]
            .map(|query| Ask::get(format!("{path}?registry=HQR&{query}"))),
    );
    Some(asks)
}

fn books_for_programs(path: &str) -> Option<Vec<Ask>> {
    let mut asks = Vec::new();
    for code in ["HQR", "ARC", "COS", "SCR", "NONE"] {
        for book in Book::ALL.map(Book::as_str).into_iter().chain(["nothing"]) {
            let path = path.replace("{code}", code).replace("{book}", book);
            asks.extend(
                ["", "?limit=1", "?state=open&order=newest", "?state=odd"]
                    .map(|query| Ask::get(format!("{path}{query}"))),
            );
        }
    }
    Some(asks)
}

/// The list of copies by log, state, holder, place and paper, hidden ones among them.
fn copies(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let own = common.books.first()?;
    let hidden = common.hidden_books.first().map_or(STRANGER.to_owned(), |books| books.papers[0].to_string());
    let narrowed = [
        format!("person={}", common.people[1]),
        format!("state=all&person={}", common.people[3]),
        format!("container={}", own.container),
        format!("document={}", own.papers[0]),
        format!("state=all&document={hidden}"),
        "person=none".to_owned(),
    ];
    let mut asks = lists(
        path,
        &[
            "state=all",
            "loan=out",
            "loan=due&order=back",
            "loan=overdue&order=back-down",
            "loan=lost",
            "state=missing",
            "state=under-way&order=since",
            "state=destroyed",
            "state=lost",
            "log=NS",
            "log=S-UE",
            "order=number-down",
            "state=all&order=since-down",
            "from=3",
        ],
    )?;
    asks.extend(narrowed.iter().map(|query| Ask::get(format!("{path}?registry=HQR&{query}"))));
    Some(asks)
}

/// The form of each act, with copies that all have, and with hidden ones.
fn forms(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let own = common.books.first()?;
    let names = format!("copies={}&copies={}", escaped(&own.names[4]), escaped(&own.names[5]));
    let mut asks: Vec<Ask> = ["send", "keep", "draw-up", "miss", "report", "release", "nothing"]
        .iter()
        .map(|act| Ask::get(format!("{}?registry=HQR&{names}", path.replace("{act}", act))))
        .collect();
    let keep = path.replace("{act}", "keep");
    asks.extend(REGISTRIES.iter().map(|registry| Ask::get(format!("{keep}{registry}"))));
    asks.extend(
        common.called().iter().map(|name| Ask::get(format!("{keep}?registry=HQR&copies={}", escaped(name)))),
    );
    // A scanned name says itself whose copy it is.
    asks.extend(["HQR", "ARC", "COS"].iter().zip(&common.books).map(|(code, books)| {
        Ask::get(format!("{keep}?copies={}", escaped(&format!("{code}:{}", books.names[4]))))
    }));
    Some(asks)
}

fn paged(path: &str, states: &[&str]) -> Option<Vec<Ask>> {
    let mut asks = asked(path, &PAGED)?;
    asks.extend(states.iter().map(|state| Ask::get(format!("{path}?registry=HQR&state={state}"))));
    Some(asks)
}

/// The list of copies as programs ask for it.
fn for_programs(path: &str, common: &Common, own: &Books) -> Option<Vec<Ask>> {
    let hidden = common.hidden_books.first();
    let stranger = || STRANGER.to_owned();
    let queries = [
        format!("document={}", own.papers[0]),
        format!("document={}", hidden.map_or_else(stranger, |books| books.papers[0].to_string())),
        format!("dispatch={}", own.dispatches[0]),
        format!("dispatch={}", hidden.map_or_else(stranger, |books| books.dispatches[0].to_string())),
        format!("person={}", common.people[1]),
        format!("person={}", common.people[3]),
        format!("container={}", own.container),
        "state=open&limit=3".to_owned(),
        "state=missing".to_owned(),
        "log=NS&limit=2".to_owned(),
        "log=S-UE".to_owned(),
        "order=since&limit=3".to_owned(),
    ];
    let mut asks = asked(path, &PAGED)?;
    asks.extend(queries.iter().map(|query| Ask::get(format!("{path}?registry=HQR&{query}"))));
    asks.extend(
        common.called().iter().map(|name| Ask::get(format!("{path}?registry=HQR&name={}", escaped(name)))),
    );
    Some(asks)
}
