//! The schemas of references, relations and numbers of series.

use serde_json::{Value, json};

use super::{
    Member, Named, example, id, list, may, moment, must, next, number, object, of, one_of, or_null, text,
    text_or_null, truth,
};

/// A relation, as sent and as given.
pub fn relation() -> Value {
    let kinds: Vec<&str> = registry::relation::RelationKind::ALL.iter().map(|k| k.as_str()).collect();
    object(
        "What a document is stated to be to the one that bears a reference, whether that is here yet or not.",
        vec![must("kind", one_of(&kinds)), must("reference", text("The other's reference, as written."))],
    )
}

fn parts() -> Vec<Member> {
    vec![
        must("series", text("The code of the series: `MCM`.")),
        may(
            "body",
            json!({"type": ["integer", "null"], "minimum": 0, "description": "The committee: 35 in AC/35."}),
        ),
        may(
            "sub_body",
            json!({"type": ["integer", "null"], "minimum": 0, "description": "The sub-committee."}),
        ),
        may("paper", text_or_null("The kind of paper: `D`.")),
        may("division", text_or_null("The division: `LOG`.")),
    ]
}

/// The number that a document is to be given: the next of a series, or one that is kept.
pub fn number_asked() -> Value {
    let kept = object("A number that is kept.", vec![must("reservation", id())]);
    json!({"anyOf": [object("The next number of a series.", parts()), kept]})
}

/// The schemas by name.
pub fn references() -> Vec<Named> {
    let tie = object(
        "What a document is to another, both readable by the caller.",
        vec![
            must(
                "kind",
                text(
                    "`supersedes`, `corrigendum-to` … , from the document asked for to the other where `outward`.",
                ),
            ),
            must("outward", truth("False: it is the other that is this to the document asked for.")),
            must("stated", truth("True where a clerk stated it; false where the references say it.")),
            must("reference", text("The other's reference, as written.")),
            must("entry", or_null(&of("Entry"))),
        ],
    );
    let cited = object(
        "A reference that stands in the text.",
        vec![must("reference", text("As written there.")), must("documents", list(&of("Entry")))],
    );
    let series = object(
        "A series of references.",
        vec![
            must("code", text("Its code.")),
            must("name_en", text("In English.")),
            must("name_fr", text("In French.")),
            must("owner", text("The body or registry whose papers they are.")),
            must("foreign", truth("True: its numbers are given elsewhere.")),
            must("numbered_by", text_or_null("The code of the registry that gives its numbers here.")),
            must("numbering", one_of(&["draft", "signature"])),
            must("forms", list(&text("How it writes, the newest last."))),
        ],
    );
    let counted = object(
        "One count of a series, and what is out of order in it.",
        vec![
            must(
                "counter",
                json!({"type": "object", "description": "What starts a count of its own: year, body …"}),
            ),
            must("first", number("The first number.")),
            must("last", json!({"type": ["integer", "null"], "minimum": 0})),
            must("used", number("How many numbers stand on papers.")),
            must("gaps", list(&list(&number("First and last of a run.")))),
            must("without_paper", list(&list(&number("First and last of a run.")))),
            must("duplicates", list(&number("A number on several papers."))),
            must("voids", list(&of("Struck"))),
            must("reservations", list(&of("Kept"))),
            must("never_given", list(&number("A number on a paper that was never given."))),
            must("closed", truth("True when no new number is given.")),
            must("whole", truth("True when every number is accounted for.")),
        ],
    );
    let reserve = {
        let mut members = parts();
        members.push(must("purpose", text("For what: read by everyone who gives numbers there.")));
        object("A number to be kept.", members)
    };
    let memo = json!({"series": "MCM", "purpose": "Note on winter stocks"});
    vec![
        (
            "Ties",
            object(
                "What a document is to others.",
                vec![
                    must("ties", list(&tie)),
                    must("cites", list(&cited)),
                    must("cited_by", list(&of("Entry"))),
                ],
            ),
        ),
        (
            "Series",
            object(
                "The series by which references are read.",
                vec![must("series", list(&series)), must("next", next())],
            ),
        ),
        (
            "Continuity",
            object(
                "The continuity report of a series.",
                vec![must("series", text("Its code.")), must("counts", list(&counted))],
            ),
        ),
        (
            "Struck",
            object(
                "A number that was struck out.",
                vec![must("number", number("Which.")), must("reason", text("Why."))],
            ),
        ),
        (
            "Kept",
            object(
                "A number that is kept.",
                vec![
                    must("number", number("Which.")),
                    must("reference", text("The reference that it makes.")),
                    must("reservation", id()),
                    must("purpose", text("For what.")),
                    must("by", id()),
                    must("at", moment()),
                ],
            ),
        ),
        ("NewReservation", example(reserve, &memo)),
        (
            "Reserved",
            object(
                "A number is kept.",
                vec![must("reservation", id()), must("reference", text("The reference that it makes."))],
            ),
        ),
        (
            "NewVoid",
            example(
                object(
                    "A number to be struck out.",
                    vec![
                        must("reference", text("The reference that it would have made.")),
                        must("reason", text("Why.")),
                    ],
                ),
                &json!({"reference": "MCM-0042-2026", "reason": "Withdrawn before signature"}),
            ),
        ),
        ("Voided", object("A number was struck out.", vec![must("reference", text("Its reference."))])),
    ]
}
