//! The schemas of what is asked to be done with copies, a variant an act, and of what comes of it.

use serde_json::{Value, json};

use super::{
    Member, Named, books, custody, id, id_or_null, list, may, moment, must, musters, number, object, of,
    one_of, or_null, text, text_or_null, truth,
};

/// An act: what it is, its name, its members.
fn act(says: &str, name: &str, members: Vec<Member>) -> Value {
    let mut all = vec![must("act", json!({"const": name}))];
    all.extend(members);
    object(says, all)
}

fn copies() -> Member {
    must(
        "copies",
        list(&text("A copy: its identifier, or its name as it is printed (`NS-0012/2026/3`, staff only).")),
    )
}

fn shelf() -> Member {
    may("shelf", text_or_null("The shelf or box of the container."))
}

fn at() -> Member {
    may("at", or_null(&moment()))
}

fn words(says: &str) -> Member {
    may("words", text_or_null(says))
}

fn addressee() -> Value {
    let to = |says: &str, is: &str, members: Vec<Member>| {
        let mut all = vec![must("is", json!({"const": is}))];
        all.extend(members);
        object(says, all)
    };
    let person = must("person", text("An identifier, or what he signs in with."));
    json!({
        "description": "To whom copies are sent.",
        "oneOf": [
            to("A person of the house, who may read the papers today.", "person", vec![person]),
            to("Another registry of the house.", "registry", vec![must("registry", text("Its code."))]),
            to("The registry itself: a holder brings them back.", "desk", vec![]),
            to("Somebody outside of the house.", "elsewhere", vec![must("name", text("As the receipt names it."))]),
        ],
    })
}

fn record() -> Value {
    let copy = object(
        "A copy that is put into the log.",
        vec![
            must("number", number("Its number, from 1.")),
            may(
                "pages",
                json!({"type": ["integer", "null"], "description": "How many pages it has; null: none, or nobody counted them."}),
            ),
            must("medium", one_of(&custody::MEDIA)),
        ],
    );
    act(
        "Puts copies of a paper into their log: with the first of them the paper gets its number in the log of its marking.",
        "record",
        vec![
            must("document", id()),
            must("origin", one_of(&custody::ORIGINS)),
            may("from", text_or_null("The copy from which they were made, by identifier or name.")),
            must("copies", list(&copy)),
            may(
                "of",
                json!({"type": ["integer", "null"], "description": "How many there are in all, as the paper says."}),
            ),
            may("container", id_or_null()),
            shelf(),
            at(),
            words("What else is to be said; of a copy that was found, where."),
        ],
    )
}

fn moving() -> Vec<Value> {
    let discrepancy =
        object("What is not as it should be.", vec![must("copy", id()), must("words", text("What."))]);
    vec![
        act(
            "Puts copies to the desk (no container) or into a container, from wherever they are: from a person, from the way back, found again.",
            "keep",
            vec![copies(), may("container", id_or_null()), shelf(), at(), words("What else is to be said.")],
        ),
        act(
            "Sends copies with a receipt that is due. Refused to a person who may not read the papers today; with `despite` it is written down all the same, with an incident for which `words` are wanted. A holder sends his own to a person or to the desk.",
            "send",
            vec![
                copies(),
                must("to", addressee()),
                may("bearer", text_or_null("Who carries them: bearer, not holder.")),
                at(),
                may("despite", or_null(&one_of(&["happened", "emergency"]))),
                may(
                    "back_by",
                    or_null(&custody::day_of(
                        "The day by which they are to be back: a loan, to a person or to somebody outside.",
                    )),
                ),
                words("What is to be said of that."),
            ],
        ),
        act(
            "Makes a loan longer, for the staff.",
            "prolong",
            vec![
                copies(),
                must("back_by", custody::day_of("The day by which they are to be back now.")),
                must("words", text("Why.")),
            ],
        ),
        act(
            "Gives a receipt: on screen the addressee in his own name, on paper the staff for one that came back, with who signed. Of a copy that is not as it should be none is given, and an incident is opened.",
            "receipt",
            vec![
                must("dispatch", id()),
                must("signed", one_of(&["screen", "paper"])),
                may("by", text_or_null("Who signed, as the paper says.")),
                at(),
                may("discrepancies", list(&discrepancy)),
            ],
        ),
        act(
            "Asks again for a receipt that is due.",
            "trace",
            vec![must("dispatch", id()), words("What was written.")],
        ),
    ]
}

fn ending() -> Vec<Value> {
    vec![
        act(
            "Says that nobody knows where copies are: an incident is opened.",
            "miss",
            vec![copies(), must("words", text("What is known."))],
        ),
        act(
            "Says that copies are accountable no more, of a paper whose marking does not ask for it.",
            "release",
            vec![copies(), must("words", text("By which instruction."))],
        ),
        act(
            "Draws up a certificate of destruction of copies that the registry has in its hands.",
            "draw-up",
            vec![copies(), must("method", text("How they are destroyed."))],
        ),
        act(
            "Signs a certificate after the act, with a fresh sign-in; destroyer and witness are two persons. The last signature ends the copies.",
            "sign",
            vec![must("certificate", id()), must("hand", one_of(&["destroyer", "witness"]))],
        ),
        act(
            "Takes back a certificate that is not signed by all.",
            "withdraw",
            vec![must("certificate", id()), must("words", text("Why."))],
        ),
        act(
            "Opens an incident; of the kind `missing` it says of the copies what `miss` says.",
            "report",
            vec![must("is", one_of(&custody::KINDS)), copies(), must("words", text("What is known."))],
        ),
        act(
            "Adds to an incident that is open.",
            "follow",
            vec![
                must("incident", id()),
                must("words", text("What was found out, reported to whom.")),
                may("report", or_null(&super::custody::reports())),
                may("closes", truth("Whether that closes it.")),
            ],
        ),
        act(
            "Puts a container into the registry's books.",
            "furnish",
            vec![
                must("name", text("What stands on its door.")),
                must("place", text("Where it stands.")),
                may("approved", list(&of("Clearance"))),
            ],
        ),
    ]
}

fn done() -> Value {
    let did = |says: &str, name: &str, members: Vec<Member>| {
        let mut all = vec![must("did", json!({"const": name}))];
        all.extend(members);
        object(says, all)
    };
    let many = || must("copies", number("With how many."));
    json!({
        "description": "What came of it.",
        "oneOf": [
            did("Copies stand in their log.", "recorded", vec![
                must("control", text("The number of the paper in the log, `NS-0012/2026`.")),
                must("copies", list(&id())),
            ]),
            did("It was done with copies.", "done", vec![many()]),
            did("Copies went off.", "sent", vec![
                must("dispatch", id()), must("receipt", text("The number of the receipt that is due, `R-0007/2019`.")),
            ]),
            did("A receipt was asked for again.", "traced", vec![must("dispatch", id())]),
            did("A certificate is drawn up, signed or taken back.", "certified", vec![
                must("certificate", id()), must("destroyed", number("How many copies are destroyed with it now.")),
            ]),
            did("A muster is opened, counted, closed, signed or given up.", "mustered", vec![
                must("muster", id()), must("copies", number("How many copies stand on its list, or were seen with this.")),
            ]),
            did("An incident is opened, or more is known of it.", "incident", vec![must("incident", id())]),
            did("Something is entered into a book, or happened to it.", "booked", vec![must("item", id())]),
            did("A container is in the books.", "furnished", vec![must("container", id())]),
        ],
    })
}

pub(super) fn acts() -> Vec<Named> {
    let (copy, thing) = ("0f1e2d3c4b5a69788796a5b4c3d2e1f0", "00112233445566778899aabbccddeeff");
    let mut variants = vec![record()];
    variants.extend(moving());
    variants.extend(ending());
    variants.extend(musters::acts(act));
    variants.extend(books::acts(act));
    let examples = json!([
        {"act": "send", "copies": ["NS-0012/2026/3"], "to": {"is": "person", "person": "mdubois"}, "bearer": "The messenger"},
        {"act": "record", "document": thing, "origin": "received", "of": 6,
         "copies": [{"number": 1, "pages": 4, "medium": "paper"}, {"number": 2, "pages": 4, "medium": "paper"}]},
        {"act": "keep", "copies": [copy], "container": thing, "shelf": "Shelf 2"},
        {"act": "prolong", "copies": ["NS-0012/2019/3"], "back_by": "2019-06-30", "words": "The exercise lasts longer"},
        {"act": "receipt", "dispatch": thing, "signed": "paper", "by": "M. Dubois", "at": "2026-03-12T09:30:00Z"},
        {"act": "receipt", "dispatch": thing, "signed": "screen", "discrepancies": [{"copy": copy, "words": "Page 3 is missing"}]},
        {"act": "trace", "dispatch": thing, "words": "Asked by telephone"},
        {"act": "miss", "copies": [copy], "words": "Not in the safe"},
        {"act": "release", "copies": [copy], "words": "Declassified"},
        {"act": "draw-up", "copies": [copy], "method": "Shredded"},
        {"act": "sign", "certificate": thing, "hand": "witness"},
        {"act": "withdraw", "certificate": thing, "words": "The shredder is out of order"},
        {"act": "report", "is": "compromise", "copies": [copy], "words": "It lay open overnight"},
        {"act": "follow", "incident": thing, "words": "Found", "report": "final", "closes": true},
        {"act": "open-muster", "is": "spot-check", "logs": ["NS"], "sample": 20, "seed": "20260312"},
        {"act": "open-muster", "is": "hand-over", "hand_over": {"from": "mdubois", "to": "kweber"}},
        {"act": "sight", "muster": thing, "sightings": [{"copy": "NS-0012/2026/3", "pages": 14, "at": "2026-03-12T09:30:00Z"}]},
        {"act": "close-muster", "muster": thing, "words": "In good order"},
        {"act": "sign-muster", "muster": thing},
        {"act": "abandon-muster", "muster": thing, "words": "Fire alarm"},
        {"act": "enter", "details": {"book": "packages", "dispatches": [thing], "inner": "Sub-registry of the mission",
         "outer": "12 Harbour Street", "seals": ["A-1177"], "by": "courier"}},
        {"act": "enter", "details": {"book": "journeys", "courier": {"person": "mdubois", "document": "Pass 1177"},
         "from": "Headquarters", "to": "The mission", "leaves": "2026-03-20T09:00:00Z", "expected": "2026-03-20T18:00:00Z",
         "packages": [thing]}},
        {"act": "enter", "details": {"book": "correspondents", "name": "Sub-registry of the mission", "address": "12 Harbour Street",
         "approved": [{"policy": "NATO", "level": "SECRET"}], "officers": [{"name": "A. Silva", "function": "control-officer"}]}},
        {"act": "enter", "details": {"book": "routes", "from": "LOG", "to": {"is": "elsewhere", "name": "Sub-registry of the mission"},
         "logs": ["CTS"], "until": "2026-12-31", "reference": "Letter 17"}},
        {"act": "enter", "details": {"book": "appointments", "person": "mdubois", "function": "deputy", "from": "2026-03-12",
         "reference": "Letter 18"}},
        {"act": "enter", "details": {"book": "equipment", "is": "safe", "mark": "Safe 4", "serial": "Fichet 1177", "place": "Room 2.10",
         "level": {"policy": "NATO", "level": "SECRET"}, "known_to": ["mdubois"]}},
        {"act": "enter", "details": {"book": "transfers", "what": "Weather charts", "from": "Internet", "to": "Mission network",
         "authorised_by": "mdubois", "why": "Exercise", "how": "By disk DISK-7", "scan": {"tool": "Two engines", "result": "clean"}}},
        {"act": "step", "item": thing, "step": {"step": "hand-out", "person": "mdubois"}, "at": "2026-03-12T09:30:00Z"},
        {"act": "step", "item": thing, "step": {"step": "end"}, "words": "No longer needed"},
        {"act": "enter", "details": {"book": "instructions", "document": thing, "is": "amend", "authority": "Letter 19",
         "amendment": {"serial": "COR 8", "insert": "4a, 4b", "destroy": "4"}}},
        {"act": "step", "item": thing, "step": {"step": "post", "copies": [copy]}},
        {"act": "step", "item": thing, "step": {"step": "read"}},
        {"act": "distribute", "document": thing, "lines": [
         {"to": {"is": "person", "person": "mdubois"}, "purpose": "action", "by": {"how": "electronic"}},
         {"to": {"is": "elsewhere", "name": "Sub-registry of the mission"}, "purpose": "information", "by": {"how": "copy"}}]},
        {"act": "furnish", "name": "Safe 4", "place": "Room 2.10", "approved": [{"policy": "NATO", "level": "SECRET"}]},
    ]);
    let asked = json!({
        "description": "An act on copies of a registry. What has happened on paper is written down though it should not have: moments may be past (`at`, with a zone; none: now), never to come.",
        "oneOf": variants,
        "examples": examples,
    });
    let discrepancy =
        object("What is not as it should be.", vec![must("copy", id()), must("words", text("What."))]);
    let mut paper = object(
        "A receipt that came back on paper; the part `content` is its scan, as PDF, PNG or JPEG, up to 20 MB.",
        vec![
            must("by", text("Who signed, as the paper says.")),
            may("at", or_null(&moment())),
            may("discrepancies", list(&discrepancy)),
        ],
    );
    if let Some(members) = paper.as_object_mut() {
        members.insert("examples".to_owned(), json!([{"by": "M. Dubois", "at": "2019-03-12T09:30:00Z"}]));
    }
    vec![("CopyAct", asked), ("PaperReceipt", paper), ("CopyActDone", done())]
}
