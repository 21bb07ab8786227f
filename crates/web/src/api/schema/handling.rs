//! The schemas of what is done with documents: taken out and given back, opened and reproduced, who was told.

use serde_json::json;

use super::{
    Named, day, example, id, id_or_null, list, may, moment, must, number, object, of, one_of, or_null, text,
    text_or_null, truth,
};

pub(super) fn handling() -> Vec<Named> {
    let day_or_null = || or_null(&day());
    let version = || json!({"type": ["integer", "null"], "description": "The version that came."});
    let out = object(
        "Who has a document out.",
        vec![
            must("person", id()),
            must("name", text("Who.")),
            must("since", moment()),
            must("reason", text_or_null("What for.")),
            must("until", day_or_null()),
        ],
    );
    let line = object(
        "A line of a disclosure record.",
        vec![
            must("person", id()),
            must("name", text("Who.")),
            must("at", moment()),
            must("version", number("Which version.")),
            must("means", one_of(&["screen", "file", "reproduction"])),
            must("enclosure", or_null(&number("Which attachment of the version, by its place from 1."))),
            must("authority", id_or_null()),
        ],
    );
    let authority = object(
        "An authority to reproduce.",
        vec![
            must("id", id()),
            must("person", id()),
            must("name", text("For whom.")),
            must("version", number("Of which version.")),
            must("purpose", text("What for.")),
            must("copies", number("How many copies.")),
            must("used", number("How many were given out.")),
            must(
                "unstamped",
                text_or_null("Why its copies bear no stamp; null: every page of a PDF is stamped."),
            ),
            must("until", day()),
            must("authorised_by", id()),
            must("authorised_at", moment()),
        ],
    );
    let notice = object(
        "A document that one opened before it changed.",
        vec![
            must("document", id()),
            must("reference", text("Its reference.")),
            must("opened_at", moment()),
            must("label", or_null(&of("Label"))),
            must("was", or_null(&of("Label"))),
            must("access_changed", truth("Whether how it is seen changed.")),
            must("version", version()),
            must("change", number("Up to which change of the document one is told; for acknowledging it.")),
        ],
    );
    let new_out = object(
        "For taking a document out.",
        vec![
            may("reason", text_or_null("What for; everyone who sees it reads this.")),
            may("until", day_or_null()),
        ],
    );
    let new_authority = object(
        "For authorising a reproduction.",
        vec![
            must("person", id()),
            must("version", number("Of which version.")),
            must("purpose", text("What for.")),
            must("copies", number("How many, at most 99.")),
            must("until", day()),
            may(
                "unstamped",
                text_or_null("Why its copies bear no stamp; none: every page of a PDF is stamped."),
            ),
        ],
    );
    let person = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    let authority_example =
        json!({"person": person, "version": 1, "purpose": "Exercise", "copies": 1, "until": "2099-01-31"});
    vec![
        ("OutNow", object("Whether a document is out.", vec![must("id", id()), must("out", or_null(&out))])),
        ("NewOut", example(new_out, &json!({"reason": "Annex B anew"}))),
        (
            "NewIn",
            example(
                object(
                    "For giving a document back; the part `content` is the new version, without it nothing is added.",
                    vec![],
                ),
                &json!({}),
            ),
        ),
        (
            "LockBroken",
            example(object("Why.", vec![must("reason", text("Why."))]), &json!({"reason": "On leave"})),
        ),
        ("Handled", object("What was handled.", vec![must("id", id()), must("version", version())])),
        (
            "Disclosures",
            object(
                "A disclosure record, newest first: all of it for controllers, one's own lines for others.",
                vec![
                    must("id", id()),
                    must("accountable", truth("Whether it is accountable under its marking.")),
                    must("disclosures", list(&line)),
                    must("authorities", list(&authority)),
                ],
            ),
        ),
        ("NewAuthority", example(new_authority, &authority_example)),
        ("Authority", object("An authority.", vec![must("id", id())])),
        ("Notices", object("What changed since one opened it.", vec![must("notices", list(&notice))])),
        (
            "Told",
            example(
                object(
                    "Who knows; without a person, oneself.",
                    vec![
                        may("person", id_or_null()),
                        must("change", number("Up to which change of the document.")),
                    ],
                ),
                &json!({"change": 1}),
            ),
        ),
    ]
}
