//! The schemas of why somebody may read, of what ends soon, and of changes of a person.

use serde_json::json;

use super::{
    Named, day, example, id, list, may, moment, must, next, number, object, of, one_of, text, text_or_null,
    truth,
};

pub(super) fn explaining() -> Vec<Named> {
    let test = object(
        "One test of the decision.",
        vec![
            must("test", text("A stable word for it.")),
            must("passed", truth("Whether it was passed.")),
            must("what", text("What is asked, in words.")),
            must("found", text("What was found, in words.")),
            must("needed", text_or_null("What would be needed, where it failed and something helps.")),
        ],
    );
    let ending = object(
        "A certificate or a briefing that ends soon or has ended.",
        vec![
            must("authorisation", id()),
            must("person", of("Person")),
            must("grant", of("Grant")),
            must("ending", one_of(&["certificate", "briefing"])),
            must("last_day", day()),
            must(
                "days",
                json!({"type": "integer", "description": "Until then; below none when it is past."}),
            ),
            must("ended", truth("Whether it is past.")),
            must("band", text("`ended`, or the days of the narrowest warning that it lies in.")),
            must("extended", truth("Whether it counts by an extension.")),
        ],
    );
    let change = object(
        "What is to be changed of a person: what is given; the rest stays. The nationality is proposed instead.",
        vec![
            must("reason", text("Kept in the ledger.")),
            may("name", text("As it is written on paper.")),
            may("language", one_of(&["en", "fr"])),
            may("title", text("Rank and post.")),
            may("body", text("The code of the body; empty: none.")),
            may("left", text("The last day in the house, YYYY-MM-DD; empty: none.")),
        ],
    );
    let told = json!({"type": "object", "description": "By field."});
    vec![
        (
            "Why",
            object(
                "Why somebody may read a document, or why not: he may when every test is passed.",
                vec![
                    must("id", id()),
                    must("person", id()),
                    must("name", text("Who.")),
                    must("today", day()),
                    must("reads", truth("Whether he may.")),
                    must("tests", list(&test)),
                ],
            ),
        ),
        (
            "Endings",
            object(
                "What ends, the nearest first.",
                vec![
                    must("total", number("How many.")),
                    must("endings", list(&ending)),
                    must("next", next()),
                ],
            ),
        ),
        ("PersonChange", example(change, &json!({"reason": "End of tour", "left": "2026-06-30"}))),
        (
            "PersonChanged",
            object(
                "What was changed of a person.",
                vec![
                    must("at", moment()),
                    must("by", id()),
                    must("reason", text("Why.")),
                    must("from", told.clone()),
                    must("to", told),
                ],
            ),
        ),
    ]
}
