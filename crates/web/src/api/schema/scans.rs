//! The schemas of scans.

use serde_json::json;

use super::{
    Member, Named, example, id, list, may, moment, must, number, object, of, one_of, or_null, text,
    text_or_null, truth,
};

const WAYS: [&str; 4] = ["incoming", "outgoing", "internal", "created"];
const BLANKS: [&str; 3] = ["out", "begin", "kept"];

fn members() -> Vec<Member> {
    let page = object(
        "What was found on a page.",
        vec![
            must("blank", truth("Nothing stands on it.")),
            must("separator", truth("It is a separator sheet.")),
            must("seen", truth("It could be drawn and looked at.")),
        ],
    );
    vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry.")),
        must("file_name", text("As it came.")),
        must("origin", text("Where it came from, in words.")),
        must("direction", one_of(&WAYS)),
        must("blanks", one_of(&BLANKS)),
        must("standing", one_of(&["looking", "open", "making"])),
        must("version", number("How often it was changed.")),
        must("made", number("How many documents were made of it.")),
        must("arrived_at", moment()),
        must("brought_by", or_null(&id())),
        must("trouble", text_or_null("Why it cannot be divided, or what is missing of it: a stable code.")),
        must("pages", list(&page)),
        must("documents", list(&list(&of("ScanPage")))),
    ]
}

/// The schemas by name.
pub fn scans() -> Vec<Named> {
    let page = object(
        "A page of a scan as it stands in a document.",
        vec![
            must("page", number("Which page of the scan, from 1.")),
            may("turn", or_null(&one_of(&["none", "right", "half", "left"]))),
            may("out", json!({"type": ["boolean", "null"], "description": "Whether it is left out."})),
        ],
    );
    let version = || must("version", number("The version on which this is based."));
    vec![
        ("ScanPage", page),
        ("Scan", object("A scan that waits to be divided into documents.", members())),
        (
            "Scans",
            object("The scans that wait, what came last first.", vec![must("scans", list(&of("Scan")))]),
        ),
        (
            "ScanBrought",
            example(
                object(
                    "A scan, as part `content`; this says how its pages are taken.",
                    vec![may("direction", or_null(&one_of(&WAYS))), may("blanks", or_null(&one_of(&BLANKS)))],
                ),
                &json!({"direction": "incoming", "blanks": "out"}),
            ),
        ),
        (
            "ScanOutcome",
            object(
                "What became of it: it waits, or the same file waits already, or came before and is settled.",
                vec![
                    must("outcome", one_of(&["waits", "waits-already", "settled"])),
                    must("scan", or_null(&id())),
                ],
            ),
        ),
        (
            "ScanPlan",
            example(
                object(
                    "What becomes of the pages: each once, in groups; of a group its pages that are not left out become one document.",
                    vec![version(), must("documents", list(&list(&of("ScanPage"))))],
                ),
                &json!({"version": 0, "documents": [[{"page": 1}, {"page": 2, "turn": "right"}], [{"page": 3, "out": true}]]}),
            ),
        ),
        ("ScanVersion", example(object("A scan as it stood.", vec![version()]), &json!({"version": 1}))),
        (
            "ScanWhole",
            object(
                "The thing in the in-tray that the scan became; none where the tray has that file already.",
                vec![must("scan", id()), must("item", or_null(&id()))],
            ),
        ),
        (
            "ScanDismissal",
            example(
                object(
                    "Why it becomes no document. `other` wants words.",
                    vec![
                        must("reason", one_of(&super::tray::REASONS)),
                        may("words", text_or_null("The same in words.")),
                    ],
                ),
                &json!({"reason": "spam"}),
            ),
        ),
        ("ScanDismissed", object("The scan that was dismissed.", vec![must("scan", id())])),
        (
            "ScanMade",
            object(
                "Whether its documents are in the in-tray, or still being made, or one could not be made.",
                vec![must("scan", id()), must("standing", one_of(&["made", "making", "open"]))],
            ),
        ),
    ]
}
