//! The house, and how it is made and changed.

use serde_json::{Value, json};

use super::{
    example, id_or_null, list, may, moment, must, number, object, of, one_of, or_null, text, text_or_null,
};

fn names() -> Value {
    object("Its names.", vec![must("en", text("English.")), must("fr", text("French."))])
}

fn registry(more: Vec<super::Member>) -> Vec<super::Member> {
    let mut members = vec![
        must("names", names()),
        may("body", text_or_null("The body that keeps it, by code.")),
        may("parent", text_or_null("The registry above it, by code; null for a central one.")),
        must("ceilings", list(&of("Clearance"))),
    ];
    members.extend(more);
    members
}

/// Every schema of the house.
pub fn keeping() -> Vec<(&'static str, Value)> {
    let code = || must("code", text("Its code."));
    let coded = || object("By code.", vec![code(), must("names", names())]);
    let new =
        || example(coded(), &json!({"code": "AIR", "names": {"en": "Air staff", "fr": "État-major air"}}));
    let difference = object(
        "A difference.",
        vec![
            must("kind", one_of(&["gone", "unlisted", "lacking", "waiting", "left", "unknown", "doubled"])),
            must("there", one_of(&["here", "off", "nowhere"])),
            must("person", id_or_null()),
            must("name", text("His name.")),
            must("login", text("His sign-in name.")),
            must("grant", or_null(&of("Grant"))),
            must("authorisation", id_or_null()),
            must("directory", list(&text("A group of the directory."))),
        ],
    );
    let series = object(
        "A series of this house.",
        vec![
            code(),
            must("names", names()),
            must("numbered_by", text_or_null("The registry that gives its numbers, by code.")),
        ],
    );
    vec![
        (
            "House",
            object(
                "The house: what it is made of.",
                vec![
                    must("name", text("The name of the installation.")),
                    must("bodies", list(&coded())),
                    must("groups", list(&coded())),
                    must(
                        "registries",
                        list(&object(
                            "A registry, with what it may hold: nothing said is anything.",
                            registry(vec![code()]),
                        )),
                    ),
                    must("series", list(&series)),
                ],
            ),
        ),
        (
            "DirectoryDifferences",
            object(
                "The directory as it was read last, and where the house differs. Nothing follows from it by itself.",
                vec![
                    must("server", text_or_null("The server; null where none is set.")),
                    must("read_at", or_null(&moment())),
                    must("people", or_null(&number("How many people it showed."))),
                    must("trouble", text_or_null("What went wrong since, by its code.")),
                    must("differences", list(&difference)),
                ],
            ),
        ),
        ("NewBody", new()),
        ("NewGroup", new()),
        ("NewRegistry", object("A registry. Without ceilings it may hold anything.", registry(vec![code()]))),
        (
            "RegistryChange",
            object(
                "What a registry is from now on: all of it.",
                registry(vec![must("reason", text("Why."))]),
            ),
        ),
        (
            "NewSeries",
            object(
                "A file of series, as `house/series` has them.",
                vec![must("name", text("The name of the file.")), must("toml", text("The file."))],
            ),
        ),
        (
            "Entrusting",
            object("Who gives the numbers of a series.", vec![must("registry", text("By code."))]),
        ),
        (
            "Made",
            object(
                "What was made or changed.",
                vec![must("id", text("By which it is known.")), must("code", text("Its code."))],
            ),
        ),
    ]
}
