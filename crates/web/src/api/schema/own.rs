//! The schemas of what a person keeps for himself.

use serde_json::json;

use super::{Named, example, id, list, must, next, number, object, of, one_of, text, text_or_null, truth};

/// The schemas by name.
pub fn own() -> Vec<Named> {
    let name = || must("name", text("How its keeper calls it."));
    let query = || must("query", text("What is asked, as in a search."));
    let which = || must("id", text("Its number among one's own."));
    let asked = json!({"name": "Winter", "query": "\"winter stocks\" from:logistics"});
    let part = object(
        "A piece of a snippet.",
        vec![must("text", text("Its words.")), must("found", truth("Whether it was asked for."))],
    );
    let flagged = object(
        "A paper that is flagged.",
        vec![
            must("entry", of("Entry")),
            must("because", one_of(&["new", "corrected"])),
            must("snippet_parts", list(&part)),
        ],
    );
    let offer = object(
        "Somewhere to go.",
        vec![
            must("is", one_of(&["document", "search", "watch", "recent", "page"])),
            must("note", text("What it is, in the language that was asked for.")),
            must("label", text("How it is called.")),
            must("href", text("Its page.")),
            must("key", text_or_null("The keys that go there.")),
            must("marking", text_or_null("The marking under which the label stands.")),
            must("level", text_or_null("The class of its colour.")),
        ],
    );
    let counts = object(
        "How a rule is kept.",
        vec![
            must("rule", text("Its code.")),
            must("asked", number("Of how many papers it is asked.")),
            must("broken", number("How many break it.")),
        ],
    );
    let rule = object(
        "A rule of the house.",
        vec![
            must("code", text("Its code.")),
            must("matters", one_of(&["required", "wanted", "advice"])),
            must("says", text("What is wrong with a paper that breaks it.")),
            must("says_fr", text("The same in French.")),
            must("remedy", text("What to do.")),
            must("remedy_fr", text("The same in French.")),
        ],
    );
    let figures = object(
        "Papers that have something in common.",
        vec![
            must("key", text("What they have in common: a code, an originator, a month; empty: none.")),
            must("name", text("The same in words.")),
            must("name_fr", text("The same in French.")),
            must("papers", number("How many there are.")),
            must(
                "complete",
                json!({"type": ["integer", "null"], "description": "Hundredths of a per cent of what is asked and there."}),
            ),
            must("counts", list(&counts)),
        ],
    );
    vec![
        (
            "Quality",
            object(
                "How complete and right the register is, of what one may read.",
                vec![
                    must("by", text("By what papers are told apart.")),
                    must("rules", list(&rule)),
                    must("figures", list(&figures)),
                ],
            ),
        ),
        (
            "QualityPapers",
            object(
                "The papers that break a rule, newest first.",
                vec![must("documents", list(&of("Entry"))), must("next", next())],
            ),
        ),
        ("NewKept", example(object("Something to keep under a name.", vec![name(), query()]), &asked)),
        ("KeptNamed", object("What was kept.", vec![which()])),
        (
            "Searches",
            object(
                "Kept searches, by name.",
                vec![must(
                    "searches",
                    list(&object(
                        "A kept search.",
                        vec![
                            which(),
                            name(),
                            query(),
                            must("total", number("How many documents it finds.")),
                            must(
                                "new",
                                number(
                                    "How many of them came or were corrected since it was last looked at.",
                                ),
                            ),
                        ],
                    )),
                )],
            ),
        ),
        (
            "Watches",
            object(
                "Profiles, by name.",
                vec![must(
                    "watches",
                    list(&object(
                        "A profile.",
                        vec![
                            which(),
                            name(),
                            query(),
                            must("total", number("How many papers it flags.")),
                            must("flagged", list(&flagged)),
                        ],
                    )),
                )],
            ),
        ),
        (
            "Aside",
            example(
                object("Papers that are put aside.", vec![must("documents", list(&id()))]),
                &json!({"documents": ["0f1e2d3c4b5a69788796a5b4c3d2e1f0"]}),
            ),
        ),
        ("Palette", object("Where one may go.", vec![must("offers", list(&offer))])),
    ]
}
