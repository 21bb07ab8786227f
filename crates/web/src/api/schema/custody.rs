//! The schemas of numbered copies: what is shown of them, and of what was done with them.

use registry::custody::fact::RECEIPT_SCANS;
use serde_json::{Value, json};

use super::{
    Member, Named, custody_acts, id, id_or_null, list, moment, must, next, number, object, of, one_of,
    or_null, text, text_or_null, truth,
};

/// What a copy is made of.
pub(super) const MEDIA: [&str; 4] = ["paper", "removable", "film", "object"];
/// How a copy came to be.
pub(super) const ORIGINS: [&str; 7] =
    ["received", "made", "reproduced", "extract", "translation", "found", "old"];
/// What is wrong with copies.
pub(super) const KINDS: [&str; 5] = ["missing", "discrepancy", "irregular", "emergency", "compromise"];

fn number_or_null(says: &str) -> Value {
    json!({"type": ["integer", "null"], "minimum": 0, "description": says})
}

fn moment_or_null() -> Value {
    or_null(&moment())
}

/// A day, with what it is.
pub(super) fn day_of(says: &str) -> Value {
    json!({"type": "string", "format": "date", "description": says})
}

pub(super) fn someone() -> Value {
    object("A person.", vec![must("id", id()), must("name", text("The name."))])
}

fn receipt_named() -> Value {
    object("A receipt.", vec![must("dispatch", id()), must("receipt", text("Its number, `R-0007/2019`."))])
}

fn copy_members() -> Vec<Member> {
    let sent = object(
        "The dispatch with which it is on its way, or was when it was missed.",
        vec![
            must("dispatch", id()),
            must("receipt", text("The number of the receipt that is due, `R-0007/2019`.")),
            must("to", of("CopyHolder")),
        ],
    );
    vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry.")),
        must("name", text("As it is printed on it: `NS-0012/2026/3`.")),
        must("log", text("The code of its log.")),
        must("control", text("The number of its paper in the log: `NS-0012/2026`.")),
        must("number", number("Its own number, from 1.")),
        must("of", number_or_null("How many copies there are in all, as the paper says.")),
        must("pages", number_or_null("How many pages it has; null: none, or nobody counted them.")),
        must("medium", one_of(&MEDIA)),
        must("origin", one_of(&ORIGINS)),
        must("made_from", id_or_null()),
        must("entry", of("Entry")),
        must("state", one_of(&["held", "under-way", "transferred", "released", "destroyed", "missing"])),
        must("since", moment()),
        must("holder", of("CopyHolder")),
        must("sent", or_null(&sent)),
        must(
            "drawn_up",
            truth("Whether it stands on a certificate of destruction that is not signed by all."),
        ),
        must("shelf", text_or_null("The shelf or box of its container in which it lies.")),
        must("home", or_null(&of("CopyHolder"))),
        must("back_by", or_null(&day_of("The day by which it is to be back, while it is on loan."))),
        must("days_late", number_or_null("How many days it is late; null: it is not.")),
        must("recorded_at", moment()),
        must("recorded_by", id()),
        must("words", text_or_null("What was said when it was put into the log.")),
    ]
}

fn copies() -> Vec<Named> {
    let holder = object(
        "Who answers for a copy, or shall have it: the registry at its desk or in a container, a person of the house, another registry (its code is the name), somebody outside.",
        vec![
            must("is", one_of(&["desk", "container", "person", "registry", "elsewhere"])),
            must("id", id_or_null()),
            must("name", text_or_null("What it is called; null for the desk.")),
        ],
    );
    let link = object(
        "Something that happened to a copy.",
        vec![
            must(
                "what",
                one_of(&["kept", "sent", "prolonged", "received", "missed", "released", "destroyed"]),
            ),
            must("at", moment()),
            must("written_at", moment()),
            must("written_by", someone()),
            must("holder", or_null(&of("CopyHolder"))),
            must("receipt", or_null(&receipt_named())),
            must("back_by", or_null(&day_of("Of a loan: the day by which it was to be back."))),
            must("words", text_or_null("What was said of it.")),
        ],
    );
    let mut whole = copy_members();
    whole.push(must("chain", list(&link)));
    vec![
        ("CopyHolder", holder),
        ("Copy", object("A numbered copy of a paper, as it stands.", copy_members())),
        ("CopyWhole", object("A copy with what happened to it, the first first.", whole)),
        (
            "Copies",
            object(
                "A page of a registry's copies.",
                vec![
                    must("registry", text_or_null("The code of the registry.")),
                    must("total", number("How many there are of those asked for.")),
                    must("copies", list(&of("Copy"))),
                    must("next", next()),
                ],
            ),
        ),
    ]
}

/// What stands on a dispatch, a certificate, an incident: copies, and the papers of which they are.
fn of_several() -> Vec<Member> {
    let paper = object(
        "A paper of which copies are, by its reference.",
        vec![
            must("id", id()),
            must("reference", text("The reference.")),
            must("label", or_null(&of("Label"))),
            must("marking", text_or_null("The marking in English; null while it is undetermined.")),
            must("marking_fr", text_or_null("The marking in French.")),
        ],
    );
    vec![must("copies", list(&of("CopyNamed"))), must("papers", list(&paper))]
}

fn named() -> Named {
    let members = vec![
        must("id", id()),
        must("name", text("As it is printed on it: `NS-0012/2026/3`.")),
        must("document", id()),
        must("number", number("Its own number, from 1.")),
        must("of", number_or_null("How many copies there are in all, as the paper says.")),
        must("pages", number_or_null("How many pages it has.")),
        must("medium", one_of(&MEDIA)),
    ];
    ("CopyNamed", object("A copy as it is named on a receipt or certificate.", members))
}

fn dispatch() -> Value {
    let discrepancy = object(
        "Something that is not as the receipt says.",
        vec![must("copy", id()), must("words", text("What."))],
    );
    let scan = object(
        "The paper, scanned.",
        vec![
            must("digest", text("The SHA-256 of its bytes.")),
            must("size", number("How many bytes.")),
            must("media_type", one_of(&RECEIPT_SCANS)),
        ],
    );
    let receipt = object(
        "A receipt that was given.",
        vec![
            must("signed", one_of(&["screen", "paper"])),
            must("by", text_or_null("Who signed, as the paper says; null: who wrote it down, on screen.")),
            must("at", moment()),
            must("written_at", moment()),
            must("written_by", id()),
            must("scan", or_null(&scan)),
            must("copies", list(&id())),
            must("discrepancies", list(&discrepancy)),
        ],
    );
    let mut members = vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry that sent them.")),
        must("receipt", text("The number of its receipt, `R-0007/2019`.")),
        must("to", of("CopyHolder")),
        must("bearer", text_or_null("Who carries them.")),
        must("back_by", or_null(&day_of("The day by which they are to be back, where they are lent."))),
        must("at", moment()),
        must("written_at", moment()),
        must("sent_by", someone()),
        must("despite", or_null(&one_of(&["happened", "emergency"]))),
        must("state", one_of(&["due", "given"])),
        must("late", or_null(&one_of(&["waiting", "trace", "escalate"]))),
        must("days", number("Days since they were sent.")),
        must("traces", number("How often the receipt was asked for again.")),
        must("traced_at", moment_or_null()),
        must("waits_for", list(&id())),
        must("receipts", list(&receipt)),
    ];
    members.extend(of_several());
    object(
        "Copies that went off together, with the receipts that came back. `waits_for` names those of which none is given yet; `late` says whether it is to be traced or a matter for the control officer, and is null when it is given.",
        members,
    )
}

fn certificate() -> Value {
    let signature = object(
        "A signature, given after the act.",
        vec![
            must("hand", one_of(&["destroyer", "witness"])),
            must("person", someone()),
            must("at", moment()),
        ],
    );
    let mut members = vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry.")),
        must("certificate", text("Its number, `D-0003/2019`.")),
        must("method", text("How the copies are destroyed.")),
        must("witnessed", truth("Whether a witness signs beside the destroyer.")),
        must("drawn_up_by", someone()),
        must("drawn_up_at", moment()),
        must("signed", list(&signature)),
        must("state", one_of(&["open", "destroyed", "withdrawn"])),
        must("ended_at", moment_or_null()),
        must("withdrawn", text_or_null("Why it was taken back.")),
    ];
    members.extend(of_several());
    object("A certificate of destruction. It ends copies, never the record.", members)
}

fn incident() -> Value {
    let due = object(
        "A report that is due.",
        vec![must("report", reports()), must("by", moment()), must("late", truth("Whether that is past."))],
    );
    let note = object(
        "What was found out, or reported to whom.",
        vec![
            must("words", text("What.")),
            must("report", or_null(&reports())),
            must("closes", truth("Whether that closed it.")),
            must("at", moment()),
            must("by", someone()),
        ],
    );
    let mut members = vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry.")),
        must("incident", text("Its number, `I-0002/2026`.")),
        must("is", one_of(&KINDS)),
        must("words", text("What was known when it was opened.")),
        must("opened_by", someone()),
        must("opened_at", moment()),
        must("state", one_of(&["open", "closed"])),
        must("closed_at", moment_or_null()),
        must("days", number("Days since it was opened, until it was closed.")),
        must("notes", list(&note)),
        must("due", list(&due)),
    ];
    members.extend(of_several());
    object("Something that is wrong with copies.", members)
}

fn page(says: &str, name: &'static str, schema: &str) -> Value {
    let members = vec![
        must("total", number("How many there are of those asked for.")),
        must(name, list(&of(schema))),
        must("next", next()),
    ];
    object(says, members)
}

fn containers() -> Value {
    let container = object(
        "A safe, cabinet or room.",
        vec![
            must("id", id()),
            must("name", text("What stands on its door.")),
            must("place", text("Where it stands.")),
            must("approved", list(&of("Clearance"))),
            must("copies", number("How many copies lie in it.")),
        ],
    );
    object(
        "The containers of a registry, by name. One that is approved for nothing in particular may hold everything.",
        vec![
            must("registry", text_or_null("The code of the registry.")),
            must("containers", list(&container)),
        ],
    )
}

/// The reports that are due of an incident.
pub(super) fn reports() -> Value {
    one_of(&registry::custody::fact::Report::ALL.map(registry::custody::fact::Report::as_str))
}

fn emergency() -> Value {
    let line = object(
        "Copies of one log.",
        vec![
            must("log", text("The code of the log.")),
            must("priority", or_null(&number("When they go: 1 first; null: last."))),
            must("copies", number("How many there are.")),
        ],
    );
    let place = object(
        "A place.",
        vec![
            must(
                "location",
                text_or_null("Where the container stands; null: at the desk, or with somebody."),
            ),
            must("holder", of("CopyHolder")),
            must("lines", list(&line)),
        ],
    );
    object(
        "Where copies are, the places from which something goes first at the head.",
        vec![must("registry", text_or_null("The code of the registry.")), must("places", list(&place))],
    )
}

fn unlogged() -> Value {
    let paper = object(
        "A paper that stands in no log.",
        vec![
            must("entry", of("Entry")),
            must("state", one_of(&["due", "overdue", "not-in-log"])),
            must("since", day_of("Its date, or the day on which it was registered.")),
            must("days", number("Days since then.")),
            must("until", or_null(&day_of("The last day on which a working paper may stand in no log."))),
        ],
    );
    object(
        "A page of the papers of accountable marking that stand in no log.",
        vec![
            must("registry", text_or_null("The code of the registry.")),
            must("total", number("How many there are of those asked for.")),
            must("papers", list(&paper)),
            must("next", next()),
        ],
    )
}

fn counts() -> Value {
    let states = ["held", "under_way", "missing", "transferred", "released", "destroyed"];
    let copies = states.map(|state| must(state, number("How many copies."))).to_vec();
    let late = vec![
        must("waiting", number("Due, and not late.")),
        must("trace", number("To be traced.")),
        must("escalate", number("A matter for the control officer.")),
    ];
    let working = object(
        "Working papers in no log.",
        vec![must("due", number("That still may.")), must("overdue", number("That may no more."))],
    );
    let loans = object(
        "Copies on loan.",
        vec![
            must("out", number("In all.")),
            must("due", number("To be back within a week.")),
            must("overdue", number("Those that should have been back.")),
        ],
    );
    object(
        "A registry's copies at a glance.",
        vec![
            must("registry", text_or_null("The code of the registry.")),
            must("copies", object("Copies by state.", copies)),
            must("receipts", object("Receipts that are due.", late)),
            must("certificates_open", number("Certificates of destruction that wait for a signature.")),
            must("incidents_open", number("Incidents that are open.")),
            must("loans", loans),
            must("working_papers", working),
        ],
    )
}

pub(super) fn custody() -> Vec<Named> {
    let holdings = object(
        "What one has oneself.",
        vec![
            must("held", list(&of("Copy"))),
            must("due", list(&of("Dispatch"))),
            must("items", list(&of("BookItem"))),
        ],
    );
    let mut all = copies();
    all.extend([
        named(),
        ("Dispatch", dispatch()),
        ("Dispatches", page("A page of a registry's dispatches.", "dispatches", "Dispatch")),
        ("DestructionCertificate", certificate()),
        (
            "DestructionCertificates",
            page("A page of a registry's certificates.", "certificates", "DestructionCertificate"),
        ),
        ("CopyIncident", incident()),
        ("CopyIncidents", page("A page of a registry's incidents.", "incidents", "CopyIncident")),
        ("Containers", containers()),
        ("Unlogged", unlogged()),
        ("EmergencyList", emergency()),
        ("CopyCounts", counts()),
        ("Holdings", holdings),
    ]);
    all.extend(custody_acts::acts());
    all
}
