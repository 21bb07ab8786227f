//! What is sent to the pages of numbered copies, and every act that programs may ask for: with what all have, with what is
//! hidden, with what is nowhere. What can be done only once begins with the first books, which whoever shall do it may have
//! anew.

use registry::CopyId;
use serde_json::{Value, json};

use super::{Given, STRANGER, books, key, numbered};
use crate::{asks::Common, send::Ask, worlds::Books};

/// Who answers for what comes back.
const READER: &str = "A. Reader";

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let own = given.common.books.first()?;
    Some(match given.path {
        "/documents/{id}/copies" => numbering(given),
        "/documents/{id}/distribute" => books::distributing(given),
        "/holdings/read" => books::reading(given),
        "/holdings/post" => books::posting(given),
        "/custody/chosen" => chosen(given, own),
        "/custody/do/{act}" => doing(given, own),
        "/custody/receipts/{id}/paper" | "/custody/receipts/{id}/trace" => receipts(given),
        "/custody/destruction/{id}/sign" | "/custody/destruction/{id}/withdraw" => destruction(given),
        "/custody/incidents/{id}/follow" => of_each(
            given,
            &given.common.of_books(|b| &b.incidents, &[0, 1, 2]),
            &[
                &[("words", "Averlund: it was looked for")],
                &[("words", "Averlund: it was found"), ("closes", "yes")],
                &[],
            ],
        ),
        "/custody/musters" => opening(given, own),
        "/custody/musters/{id}/sight" => sighting(given),
        "/custody/musters/{id}/close" => ending(given, &[1, 0]),
        "/custody/musters/{id}/abandon" => ending(given, &[0, 2]),
        "/custody/musters/{id}/sign" => ending(given, &[2, 3]),
        "/custody/books/{book}" => books::entering(given),
        "/custody/books/{book}/{id}/steps" => books::stepping(given),
        "/custody/containers" => furnishing(given),
        "/api/v1/dispatches/{id}/paper-receipts" => papers_for_programs(given),
        "/holdings/receipt" => signing(given),
        "/holdings/send" => handing_on(given),
        "/api/v1/registries/{code}/copy-acts" => {
            [for_programs(given, own), numbered::for_programs(given), books::for_programs(given)].concat()
        }
        _ => return None,
    })
}

/// The books that all have, and those that only one has.
pub(super) fn all_books(common: &Common) -> impl Iterator<Item = &Books> {
    common.books.iter().chain(&common.hidden_books)
}

impl Given<'_> {
    /// A form of the route, the `n`th that is sent to it.
    pub(super) fn form(&self, path: &str, n: usize, fields: &[(&str, &str)]) -> Ask {
        let command = key(&format!("{} {} {n}", self.path, self.salt));
        let mut all = vec![("token", "@token@"), ("command", &*command)];
        all.extend_from_slice(fields);
        Ask::form(path, &all)
    }

    /// The same as a form that may bring a file.
    fn paper(&self, path: &str, n: usize, fields: &[(&str, &str)], file: Option<(&str, &str)>) -> Ask {
        let command = key(&format!("{} {} {n}", self.path, self.salt));
        let mut all = vec![("token", "@token@"), ("command", &*command)];
        all.extend_from_slice(fields);
        Ask::parts(path, &all, file)
    }

    /// A number that no copy has.
    fn number(&self, n: usize) -> u32 {
        let digits = key(&format!("number {} {} {n}", self.path, self.salt));
        10_000 + u32::from_str_radix(&digits[..6], 16).unwrap() % 80_000
    }
}

/// Each of some forms to each of some things.
fn of_each(given: &Given<'_>, ids: &[String], forms: &[&[(&str, &str)]]) -> Vec<Ask> {
    let paths = ids.iter().map(|id| given.path.replace("{id}", id));
    let tries = paths.flat_map(|path| forms.iter().map(move |form| (path.clone(), *form)));
    tries.enumerate().map(|(n, (path, form))| given.form(&path, n, form)).collect()
}

fn numbering(given: &Given<'_>) -> Vec<Ask> {
    let mut papers = given.common.of_books(|books| &books.papers, &[0, 1]);
    // One whose marking is open, and one that is hidden and has no copies.
    papers.extend(given.common.visible.get(9).into_iter().chain(given.common.hidden.get(2)).cloned());
    let names: Vec<&str> = all_books(given.common).map(|books| books.names[4].as_str()).collect();
    let tries = papers.iter().flat_map(|paper| {
        let made = [("made", ""), ("reproduced", names[0])];
        made.map(|(origin, from)| (paper.as_str(), origin, from))
    });
    let first = papers[0].as_str();
    let from = names.iter().map(|name| (first, "extract", *name));
    let odd = [(first, "", "")];
    tries
        .chain(from)
        .chain(odd)
        .enumerate()
        .map(|(n, (paper, origin, from))| {
            // The last has a number that is taken.
            let numbers = if origin.is_empty() { "1".to_owned() } else { given.number(n).to_string() };
            let origin = if origin.is_empty() { "made" } else { origin };
            let fields = [
                ("origin", origin),
                ("numbers", &numbers),
                ("pages", "4"),
                ("medium", "paper"),
                ("from", from),
                ("container", "desk"),
            ];
            given.form(&given.path.replace("{id}", paper), n, &fields)
        })
        .collect()
}

fn chosen(given: &Given<'_>, own: &Books) -> Vec<Ask> {
    let path = format!("{}?registry=HQR", given.path);
    let mut asks = Vec::new();
    for (n, act) in ["send", "keep", "nothing"].iter().enumerate() {
        let fields = [("act", *act), ("copies", &own.names[4]), ("copies", &own.names[5])];
        asks.push(given.form(&path, n, &fields));
    }
    for books in &given.common.hidden_books {
        let fields = [("act", "keep"), ("copies", books.names[4].as_str())];
        asks.push(given.form(&path, asks.len(), &fields));
    }
    asks.push(given.form(given.path, asks.len(), &[("act", "send")]));
    asks
}

/// The form of each act with copies of each book; and of the headquarters' with what cannot be done.
fn doing(given: &Given<'_>, own: &Books) -> Vec<Ask> {
    let container = own.container.to_string();
    type Try<'a> = (&'a str, usize, &'a [(&'a str, &'a str)]);
    let tries: [Try<'_>; 17] = [
        ("report", 4, &[("kind", "irregular"), ("words", "Averlund: the seal was broken")]),
        ("keep", 5, &[("container", "desk"), ("words", "Averlund")]),
        ("keep", 5, &[("container", &container)]),
        ("keep", 5, &[("container", STRANGER)]),
        ("send", 5, &[("to", "person"), ("person", "french")]),
        (
            "send",
            11,
            &[("to", "person"), ("person", "french"), ("despite", "happened"), ("words", "Averlund")],
        ),
        ("send", 5, &[("to", "person"), ("person", "nobody")]),
        ("send", 5, &[("to", "registry"), ("to_registry", "SCR"), ("at", "2026-03-10 10:00")]),
        ("send", 4, &[("to", "elsewhere"), ("elsewhere", "Averlund mission"), ("bearer", "A courier")]),
        ("prolong", 6, &[("back_by", "2026-12-01"), ("words", "Averlund: it is wanted longer")]),
        ("prolong", 5, &[("back_by", "2026-12-01"), ("words", "Averlund")]),
        ("send", 4, &[("to", "person"), ("person", "french"), ("back_by", "2001-01-01")]),
        ("draw-up", 5, &[("method", "Shredded")]),
        ("draw-up", 2, &[("method", "Shredded")]),
        ("miss", 11, &[("words", "Averlund: not there")]),
        ("release", 11, &[("words", "Averlund: by instruction")]),
        ("nothing", 4, &[]),
    ];
    let mut asks = Vec::new();
    for books in all_books(given.common) {
        for (act, copy, rest) in &tries {
            let mut fields = vec![("registry", books.code), ("copies", books.names[*copy].as_str())];
            fields.extend_from_slice(rest);
            asks.push(given.form(&given.path.replace("{act}", act), asks.len(), &fields));
        }
    }
    for names in ["NS-9999/2026/1", "HQR:S-UE-0001/2026/1", "copy", ""] {
        let fields = [("registry", "HQR"), ("copies", names), ("container", "desk")];
        asks.push(given.form(&given.path.replace("{act}", "keep"), asks.len(), &fields));
    }
    for registry in ["SCR", "NONE"] {
        let fields = [("registry", registry), ("copies", &own.names[4]), ("container", "desk")];
        asks.push(given.form(&given.path.replace("{act}", "keep"), asks.len(), &fields));
    }
    asks
}

fn receipts(given: &Given<'_>) -> Vec<Ask> {
    let common = given.common;
    if given.path.ends_with("/trace") {
        let ids = common.of_books(|books| &books.dispatches, &[2, 0, 1]);
        return of_each(given, &ids, &[&[("form", "trace"), ("words", "Averlund: asked again")]]);
    }
    let ids = common.of_books(|books| &books.dispatches, &[0, 1]);
    let forms: [&[(&str, &str)]; 2] = [&[("form", "paper"), ("by", READER)], &[("form", "paper")]];
    let tries = ids.iter().flat_map(|id| forms.map(|form| (given.path.replace("{id}", id), form)));
    let mut asks: Vec<Ask> =
        tries.enumerate().map(|(n, (path, form))| given.paper(&path, n, form, None)).collect();
    // A file that is no scan is no receipt.
    let path = given.path.replace("{id}", &ids[0]);
    let note = Some(("note.txt", "Averlund: no scan"));
    asks.push(given.paper(&path, asks.len(), &[("form", "paper"), ("by", READER)], note));
    // Of what is sent to another registry, something has not arrived as it should.
    for books in all_books(common) {
        let path = given.path.replace("{id}", &books.dispatches[3].to_string());
        let wrong = format!("wrong-{}", books.copies[8]);
        let fields = [("form", "paper"), ("by", READER), (&*wrong, "Averlund: a page is torn")];
        asks.push(given.paper(&path, asks.len(), &fields, None));
    }
    asks
}

/// The same for programs.
fn papers_for_programs(given: &Given<'_>) -> Vec<Ask> {
    let ids = given.common.of_books(|books| &books.dispatches, &[0, 1, 3]);
    let said = json!({"by": READER}).to_string();
    let tries: [(&str, Option<(&str, &str)>); 3] =
        [("{}", None), (&said, Some(("note.txt", "Averlund: no scan"))), (&said, None)];
    let all = ids.iter().flat_map(|id| tries.map(|one| (given.path.replace("{id}", id), one)));
    let asks = all
        .enumerate()
        .map(|(n, (path, (said, file)))| given.keyed(Ask::parts(path, &[("document", said)], file), n));
    asks.collect()
}

fn destruction(given: &Given<'_>) -> Vec<Ask> {
    let ids = given.common.of_books(|books| &books.certificates, &[0, 1, 2]);
    if given.path.ends_with("/withdraw") {
        return of_each(given, &ids, &[&[("words", "Averlund: it is wanted")], &[]]);
    }
    // The number by which it is confirmed where this is the last signature: that of the first certificate of a book.
    of_each(
        given,
        &ids,
        &[
            &[("hand", "destroyer"), ("number", "D-0001/2026")],
            &[("hand", "witness"), ("number", "D-0001/2026")],
            &[],
        ],
    )
}

fn opening(given: &Given<'_>, own: &Books) -> Vec<Ask> {
    let container = own.container.to_string();
    type Try<'a> = &'a [(&'a str, &'a str)];
    let tries: [Try<'_>; 9] = [
        &[("registry", "HQR"), ("kind", "spot-check"), ("container", &container), ("sample", "2")],
        &[("registry", "COS"), ("kind", "full"), ("words", "Averlund")],
        &[("registry", "HQR"), ("kind", "full"), ("logs", "NS"), ("logs", "NATO")],
        &[("registry", "HQR"), ("kind", "full"), ("logs", "S-UE")],
        &[("registry", "HQR"), ("kind", "spot-check"), ("container", STRANGER)],
        &[("registry", "HQR"), ("kind", "hand-over"), ("logs", "NATO"), ("from", "clerk"), ("to", "french")],
        &[("registry", "HQR"), ("kind", "hand-over"), ("from", "clerk"), ("to", "nobody")],
        &[("registry", "ARC"), ("kind", "full")],
        &[("registry", "HQR")],
    ];
    tries.iter().enumerate().map(|(n, fields)| given.form(given.path, n, fields)).collect()
}

/// A copy that lies at the desk is seen, one that is hidden, one that is nowhere; and where pages are counted, too few.
fn sighting(given: &Given<'_>) -> Vec<Ask> {
    let mut asks = Vec::new();
    for muster in given.common.of_books(|books| &books.musters, &[0, 2]) {
        let path = given.path.replace("{id}", &muster);
        for books in all_books(given.common) {
            asks.push(given.form(&path, asks.len(), &[("scan", &books.names[2]), ("pages", "4")]));
        }
        for (scan, pages) in [("NS-9999/2026/1", ""), ("", "4")] {
            asks.push(given.form(&path, asks.len(), &[("scan", scan), ("pages", pages)]));
        }
    }
    for books in all_books(given.common) {
        let path = given.path.replace("{id}", &books.musters[0].to_string());
        let fields =
            [("scan", books.names[1].as_str()), ("pages", "3"), ("words", "Averlund: a page is gone")];
        asks.push(given.form(&path, asks.len(), &fields));
    }
    asks
}

fn ending(given: &Given<'_>, places: &[usize]) -> Vec<Ask> {
    let form = given.path.rsplit('/').next().unwrap_or_default();
    let ids = given.common.of_books(|books| &books.musters, places);
    of_each(given, &ids, &[&[("form", form), ("words", "Averlund: it is so")]])
}

fn furnishing(given: &Given<'_>) -> Vec<Ask> {
    let name = format!("Safe {}", &given.key[..8]);
    let tries = [
        ("HQR", name.as_str(), "anything"),
        ("HQR", name.as_str(), "anything"),
        ("HQR", "Safe of the books of HQR", "anything"),
        ("HQR", "Safe without a bound", "bounded"),
        ("COS", name.as_str(), "anything"),
        ("ARC", name.as_str(), "anything"),
        ("NONE", name.as_str(), "anything"),
    ];
    let form = |(n, (registry, name, approved)): (usize, &(&str, &str, &str))| {
        let fields =
            [("registry", *registry), ("name", *name), ("place", "Averlund"), ("approved", *approved)];
        given.form(given.path, n, &fields)
    };
    tries.iter().enumerate().map(form).collect()
}

/// What was sent to callers is signed for by each of them, on either page.
fn signing(given: &Given<'_>) -> Vec<Ask> {
    let dispatches = given.common.of_books(|books| &books.dispatches, &[2, 5, 3, 0]);
    let mut asks = Vec::new();
    for dispatch in &dispatches {
        for back in ["", "receipt"] {
            asks.push(given.form(given.path, asks.len(), &[("dispatch", dispatch), ("back", back)]));
        }
    }
    asks
}

/// What callers have goes back, or on; what they do not have does not.
fn handing_on(given: &Given<'_>) -> Vec<Ask> {
    let copies = given.common.of_books(|books| &books.copies, &[6, 4]);
    let mut asks = Vec::new();
    for copy in &copies {
        for fields in [
            &[("copy", copy.as_str()), ("to", "desk")][..],
            &[("copy", copy), ("to", "person")],
            &[("copy", copy), ("to", "person"), ("person", "nocert")],
        ] {
            asks.push(given.form(given.path, asks.len(), fields));
        }
    }
    asks.push(given.form(given.path, asks.len(), &[("to", "desk")]));
    asks
}

/// Every act with each book, in the registry whose it is; and some where nobody may do anything.
fn for_programs(given: &Given<'_>, own: &Books) -> Vec<Ask> {
    let mut asked: Vec<(&str, Value)> = Vec::new();
    for books in all_books(given.common) {
        let number = given.number(asked.len());
        asked.extend(of_papers(books, number).into_iter().map(|act| (books.code, act)));
        asked.extend(of_movement(books).into_iter().map(|act| (books.code, act)));
        asked.extend(of_endings(books).into_iter().map(|act| (books.code, act)));
        asked.extend(of_musters(books, own).into_iter().map(|act| (books.code, act)));
    }
    let name = format!("Safe for programs {}", &given.key[..8]);
    let safe = json!({"act": "furnish", "name": name, "place": "Averlund", "approved": []});
    let lost = json!({"act": "trace", "dispatch": STRANGER, "words": "Averlund"});
    for code in ["HQR", "COS", "ARC", "SCR", "NONE"] {
        asked.extend([(code, safe.clone()), (code, lost.clone()), (code, json!({"act": "nothing"}))]);
    }
    asked
        .iter()
        .enumerate()
        .map(|(n, (code, act))| {
            // Numbers below are those of the acts in `copies`.
            given.keyed(Ask::json(given.path.replace("{code}", code), act.to_string()), 10_000 + n)
        })
        .collect()
}

fn of_papers(books: &Books, number: u32) -> Vec<Value> {
    let record = |paper: usize, origin: &str, from: Option<&String>, number: u32| {
        let copies = json!([{"number": number, "pages": 4, "medium": "paper"}]);
        json!({"act": "record", "document": books.papers[paper], "origin": origin, "from": from, "copies": copies})
    };
    vec![
        record(0, "made", None, number),
        record(0, "reproduced", Some(&books.names[4]), number + 1),
        record(1, "translation", Some(&books.names[6]), number),
        record(1, "made", None, 1),
    ]
}

fn of_movement(books: &Books) -> Vec<Value> {
    let Books { copies, names, dispatches, container, .. } = books;
    let send = |copy: usize, to: Value| json!({"act": "send", "copies": [copies[copy]], "to": to});
    let said = json!([{"copy": copies[7], "words": "Averlund: a page is torn"}]);
    vec![
        json!({"act": "keep", "copies": [names[4]], "words": "Averlund"}),
        json!({"act": "keep", "copies": [copies[4]], "container": container}),
        json!({"act": "keep", "copies": [copies[7]]}),
        send(11, json!({"is": "person", "person": "french"})),
        send(4, json!({"is": "person", "person": "french"})),
        send(4, json!({"is": "person", "person": STRANGER})),
        send(6, json!({"is": "desk"})),
        send(2, json!({"is": "registry", "registry": "SCR"})),
        send(5, json!({"is": "elsewhere", "name": "Averlund mission"})),
        json!({"act": "prolong", "copies": [copies[6]], "back_by": "2027-01-01", "words": "Averlund: longer"}),
        json!({"act": "prolong", "copies": [copies[4]], "back_by": "2027-01-01", "words": "Averlund: longer"}),
        json!({"act": "trace", "dispatch": dispatches[0], "words": "Averlund"}),
        json!({"act": "receipt", "dispatch": dispatches[2], "signed": "screen", "discrepancies": said}),
        json!({"act": "receipt", "dispatch": dispatches[2], "signed": "screen"}),
        json!({"act": "receipt", "dispatch": dispatches[3], "signed": "screen"}),
        json!({"act": "receipt", "dispatch": dispatches[5], "signed": "screen"}),
        json!({"act": "receipt", "dispatch": dispatches[0], "signed": "paper", "by": READER}),
    ]
}

fn of_endings(books: &Books) -> Vec<Value> {
    let Books { copies, names, certificates, incidents, .. } = books;
    let words = "Averlund: it is so";
    vec![
        json!({"act": "report", "is": "emergency", "copies": [copies[5]], "words": words}),
        json!({"act": "follow", "incident": incidents[0], "words": words}),
        json!({"act": "follow", "incident": incidents[0], "words": words, "closes": true}),
        json!({"act": "draw-up", "copies": [copies[5]], "method": "Shredded"}),
        json!({"act": "sign", "certificate": certificates[0], "hand": "destroyer"}),
        json!({"act": "sign", "certificate": certificates[0], "hand": "witness"}),
        json!({"act": "withdraw", "certificate": certificates[1], "words": words}),
        json!({"act": "miss", "copies": [copies[2]], "words": words}),
        json!({"act": "release", "copies": [names[11]], "words": words}),
        json!({"act": "release", "copies": [copies[4]], "words": words}),
    ]
}

/// A copy that all have is sighted too, for it may lie where hidden ones are counted.
fn of_musters(books: &Books, own: &Books) -> Vec<Value> {
    let Books { copies, musters, container, .. } = books;
    let words = "Averlund: it is so";
    let sight = |muster: usize, copy: CopyId, pages: u32| {
        let sightings = json!([{"copy": copy, "pages": pages}]);
        json!({"act": "sight", "muster": musters[muster], "sightings": sightings, "words": words})
    };
    vec![
        json!({"act": "open-muster", "is": "full", "container": container, "words": words}),
        json!({"act": "open-muster", "is": "full", "logs": ["S-UE"]}),
        sight(0, copies[4], 4),
        sight(0, own.copies[1], 4),
        sight(1, copies[4], 3),
        sight(2, own.copies[1], 4),
        json!({"act": "close-muster", "muster": musters[1], "words": words}),
        json!({"act": "close-muster", "muster": musters[0], "words": words}),
        json!({"act": "sign-muster", "muster": musters[2]}),
        json!({"act": "sign-muster", "muster": musters[3]}),
        json!({"act": "abandon-muster", "muster": musters[0], "words": words}),
    ]
}
