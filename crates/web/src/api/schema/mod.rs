//! The schemas of the API (JSON Schema 2020-12, as OpenAPI 3.1 takes them), each written once. The tests hold every
//! answer against them, and every example in them against itself.

mod books;
mod cases;
mod correcting;
mod custody;
mod custody_acts;
mod explaining;
mod figures;
mod filing;
mod handling;
mod keeping;
mod musters;
mod organisation;
mod own;
mod people;
mod references;
mod scans;
mod takeover;
mod tray;

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

/// A member of an object: its name, its schema, whether it must be there.
type Member = (&'static str, Value, bool);

fn object(says: &str, members: Vec<Member>) -> Value {
    let required: Vec<&str> = members.iter().filter(|(_, _, r)| *r).map(|(n, _, _)| *n).collect();
    let properties: Map<String, Value> =
        members.into_iter().map(|(name, schema, _)| (name.to_owned(), schema)).collect();
    json!({
        "type": "object",
        "description": says,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn example(mut schema: Value, example: &Value) -> Value {
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("examples".to_owned(), json!([example]));
    }
    schema
}

const fn must(name: &'static str, schema: Value) -> Member {
    (name, schema, true)
}
const fn may(name: &'static str, schema: Value) -> Member {
    (name, schema, false)
}

fn of(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}
fn text(says: &str) -> Value {
    json!({"type": "string", "description": says})
}
fn text_or_null(says: &str) -> Value {
    json!({"type": ["string", "null"], "description": says})
}
fn number(says: &str) -> Value {
    json!({"type": "integer", "minimum": 0, "description": says})
}
fn truth(says: &str) -> Value {
    json!({"type": "boolean", "description": says})
}
fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}
fn list_or_null(items: &Value) -> Value {
    json!({"type": ["array", "null"], "items": items})
}
fn or_null(schema: &Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}
fn id() -> Value {
    json!({"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "An identifier."})
}
fn id_or_null() -> Value {
    json!({"type": ["string", "null"], "pattern": "^[0-9a-f]{32}$"})
}
fn digest() -> Value {
    json!({"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "A SHA-256 digest."})
}
fn moment() -> Value {
    json!({"type": "string", "format": "date-time", "description": "A moment in UTC."})
}
fn day() -> Value {
    json!({"type": "string", "format": "date", "description": "A day, YYYY-MM-DD."})
}
fn one_of(values: &[&str]) -> Value {
    json!({"type": "string", "enum": values})
}
fn next() -> Value {
    text_or_null("Where the next page begins; null on the last.")
}

static ALL: LazyLock<Map<String, Value>> = LazyLock::new(made);

/// Every schema by name.
pub fn all() -> &'static Map<String, Value> {
    &ALL
}

fn made() -> Map<String, Value> {
    let mut all = Map::new();
    for (name, schema) in labels()
        .into_iter()
        .chain(documents())
        .chain(registering())
        .chain(correcting::correcting())
        .chain(references::references())
        .chain(filing::filing())
        .chain(tray::tray())
        .chain(scans::scans())
        .chain(takeover::taking_over())
        .chain(handling::handling())
        .chain(custody::custody())
        .chain(musters::musters())
        .chain(books::books())
        .chain(organisation::organisation())
        .chain(cases::cases())
        .chain(figures::figures())
        .chain(searching())
        .chain(people::people())
        .chain(people::authorising())
        .chain(people::the_house())
        .chain(explaining::explaining())
        .chain(own::own())
        .chain(keeping::keeping())
    {
        all.insert(name.to_owned(), schema);
    }
    all
}

type Named = (&'static str, Value);

fn labels() -> Vec<Named> {
    let categories = json!({
        "type": "object",
        "description": "Names of categories by name of their tag set.",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    });
    let label = object(
        "A label in words. The words are those of the policy: see /api/v1/policies.",
        vec![
            must("policy", text("The name of the policy.")),
            must("level", text("The name of the level, its abbreviation or its marking.")),
            may("categories", categories.clone()),
            may("privacy_mark", text("The privacy mark.")),
        ],
    );
    let clearance = object(
        "A clearance in words.",
        vec![
            must("policy", text("The name of the policy.")),
            must("level", text("The highest level.")),
            may("categories", categories),
        ],
    );
    let releasable = json!({"policy": "NATO", "level": "SECRET", "categories": {"Releasable To": ["UKR"]}});
    vec![
        ("Label", example(label, &releasable)),
        ("Clearance", example(clearance, &json!({"policy": "NATO", "level": "SECRET"}))),
        (
            "Problem",
            object(
                "Why something was not done (RFC 9457). `code` is stable; the words are in the language of Accept-Language.",
                vec![
                    must("type", text("A name of the code as a URN.")),
                    must("title", text("What is wrong.")),
                    must("status", number("The status.")),
                    must("code", text("The stable code.")),
                    must("remedy", text("What can be done.")),
                    may("detail", text("What this very refusal is about.")),
                    may("field", text("The field, part, parameter or header that it is about.")),
                    must("arguments", json!({"type": "object", "additionalProperties": {"type": "string"}})),
                ],
            ),
        ),
    ]
}

fn entry_members() -> Vec<Member> {
    vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry.")),
        must("reference", text("The reference that the registry gave.")),
        must("direction", one_of(&["incoming", "outgoing", "internal", "created"])),
        must(
            "date",
            text_or_null("The day of the document, or the part of one that is known; null: undated."),
        ),
        must("date_written", text_or_null("The date as it was written, where that says less or more.")),
        must("registered_at", moment()),
        must("label", or_null(&of("Label"))),
        must("marking", text_or_null("The marking in English; null while it is undetermined.")),
        must("marking_fr", text_or_null("The marking in French.")),
        must("subject_label", or_null(&of("Label"))),
        must("held_elsewhere", text_or_null("Where the content is held, when not here.")),
        must("sight", one_of(&["read", "handle"])),
        must("preferred", text_or_null("The reference by which it is called instead, for readers.")),
        must("subject", text_or_null("The subject, where it may be seen.")),
        must("kind", text_or_null("The kind, for readers.")),
        must("originator", text_or_null("The originator, for readers.")),
        must("language", text_or_null("The language of the text, for readers.")),
        must("formal", formal()),
    ]
}

fn formal() -> Value {
    let precedence = || one_of(&["routine", "priority", "immediate", "flash"]);
    object(
        "What a formal message says of its handling, for readers; empty for every other paper.",
        vec![
            may("precedence", or_null(&precedence())),
            may("info_precedence", or_null(&precedence())),
            may("dtg", text_or_null("The date-time group: 121530ZMAR26.")),
        ],
    )
}

fn reference() -> Value {
    object(
        "A reference that a document bears.",
        vec![must("kind", one_of(&["register", "originator", "other"])), must("text", text("As written."))],
    )
}

fn documents() -> Vec<Named> {
    let mut members = entry_members();
    members.extend([
        must(
            "registered_by",
            or_null(&object("A person.", vec![must("id", id()), must("name", text_or_null("The name."))])),
        ),
        must("references", list_or_null(&reference())),
        must("relations", list_or_null(&references::relation())),
        must("action", list_or_null(&text("An action addressee."))),
        must("info", list_or_null(&text("An information addressee."))),
        must("need_to_know", list_or_null(&list(&text("A group, by code; one of each list.")))),
        must("versions", list_or_null(&of("Version"))),
    ]);
    vec![
        ("Entry", object("An entry of the register. What one may not see is null.", entry_members())),
        ("Document", object("A document. To whom only handles it, what is inside is null.", members)),
        (
            "Version",
            object(
                "A version of a document.",
                vec![
                    must("number", number("From 1.")),
                    must("digest", digest()),
                    must("size", number("Bytes.")),
                    must("media_type", text("By content, not by name.")),
                    must("file_name", text("As it came.")),
                    must(
                        "reading",
                        text("What the reader could do with it: `text` where its text was read."),
                    ),
                    must("added_at", moment()),
                    must(
                        "text_size",
                        json!({"type": ["integer", "null"], "description": "Bytes of its text."}),
                    ),
                    must("enclosures", list(&of("Enclosure"))),
                ],
            ),
        ),
        (
            "Enclosure",
            object(
                "Something attached to a version: to a message, as a rule.",
                vec![
                    must("position", number("Its place, from 1.")),
                    must("file_name", text("As it came.")),
                    must("media_type", text("By content, not by name.")),
                    must("size", number("Bytes.")),
                    must("digest", digest()),
                    must(
                        "reading",
                        text("What the reader could do with it: `text` where its text was read."),
                    ),
                ],
            ),
        ),
        (
            "Documents",
            object(
                "A page of a registry.",
                vec![
                    must("registry", text("The code of the registry.")),
                    must("total", number("How many documents of it one sees.")),
                    must("documents", list(&of("Entry"))),
                    must("next", next()),
                ],
            ),
        ),
        (
            "Found",
            object(
                "Documents that bear a reference, newest first.",
                vec![must("documents", list(&of("Entry")))],
            ),
        ),
        (
            "Text",
            object(
                "The text of a document, as a machine read it.",
                vec![
                    must("id", id()),
                    must("text", text_or_null("At most two megabytes; null where none was read.")),
                    must("cut", truth("Whether more follows.")),
                ],
            ),
        ),
    ]
}

fn registering() -> Vec<Named> {
    let new = object(
        "A document as it is registered.",
        vec![
            may(
                "registry",
                text_or_null("The code of the registry; may be left out where the path says it."),
            ),
            must("direction", one_of(&["incoming", "outgoing", "internal", "created"])),
            must("kind", text("`memorandum`, `letter`, `telegram` …")),
            may("date", text_or_null("YYYY-MM-DD, with a time after it, or YYYY-MM, or YYYY.")),
            may("language", text("Two letters; `en` when nothing is said.")),
            may("originator", text_or_null("Who wrote or sent it.")),
            may("references", list(&reference())),
            may("preferred", text_or_null("The one of these by which it is called.")),
            may("relations", list(&references::relation())),
            may("number", or_null(&references::number_asked())),
            must("subject", text("The subject line.")),
            may("subject_label", or_null(&of("Label"))),
            may("label", or_null(&of("Label"))),
            may("action", list(&text("An action addressee."))),
            may("info", list(&text("An information addressee."))),
            may("need_to_know", list(&list(&text("A group, by code; one of each list.")))),
            may("access_list", list(&id())),
            may("held_elsewhere", text_or_null("Where the content is held, when it does not come along.")),
            may("formal", formal()),
            may("files", list(&id())),
        ],
    );
    let paper = json!({
        "registry": "REG", "direction": "incoming", "kind": "memorandum", "date": "2026-03-10",
        "originator": "Operations Division", "subject": "Winter stocks",
        "label": {"policy": "NATO", "level": "CONFIDENTIAL"},
        "references": [{"kind": "originator", "text": "MCM-0041-2010"}],
        "action": ["Military Committee"], "held_elsewhere": "on paper, safe 4",
    });
    let registered = object(
        "What a registration gave.",
        vec![
            must("id", id()),
            must("reference", text("The reference, from the registry's own series.")),
            must("allotted", text_or_null("The reference of another series that it was given.")),
        ],
    );
    let given =
        json!({"id": "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "reference": "REG-2026-17", "allotted": null});
    vec![("NewDocument", example(new, &paper)), ("Registered", example(registered, &given))]
}

fn searching() -> Vec<Named> {
    let facet = json!({
        "type": "array",
        "description": "Values with the number of matches, most first, twenty at most.",
        "items": {"type": "array", "items": {"type": ["string", "integer"]}},
    });
    let facets = ["marking", "kind", "originator", "year", "registry"];
    let part = object(
        "A piece of a snippet.",
        vec![must("text", text("Its words.")), must("found", truth("Whether it was searched for."))],
    );
    vec![
        (
            "Hit",
            object(
                "A document that matches.",
                vec![
                    must("id", id()),
                    must("registry", text_or_null("The code of the registry.")),
                    must("reference", text("The reference.")),
                    must("title", text_or_null("The subject.")),
                    must("marking", text_or_null("The marking in English; null while undetermined.")),
                    must("marking_fr", text_or_null("The marking in French.")),
                    must("date", text_or_null("The day, or the part of one that is known.")),
                    must("snippet", text("Where the words stand.")),
                    must("snippet_parts", list(&part)),
                ],
            ),
        ),
        (
            "Hits",
            object(
                "What a search found, all of it among what one may read.",
                vec![
                    must("total", number("How many documents match, exactly.")),
                    must("hits", list(&of("Hit"))),
                    must(
                        "facets",
                        object("Counts.", facets.into_iter().map(|f| must(f, facet.clone())).collect()),
                    ),
                    must("next", next()),
                    must("behind", truth("Whether something that one registered just now is not found yet.")),
                ],
            ),
        ),
    ]
}
