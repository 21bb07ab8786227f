//! The schemas of corrections.

use serde_json::{Value, json};

use super::{
    Member, Named, digest, example, formal, id, list, may, moment, must, object, of, one_of, or_null,
    reference, references::relation, text, text_or_null, truth,
};

fn details() -> Vec<Member> {
    vec![
        may("direction", one_of(&["incoming", "outgoing", "internal", "created"])),
        may("kind", text("A word of the house.")),
        may("date", text_or_null("The day, or the part of a date that is known.")),
        may("language", text("Two letters.")),
        may("originator", text("Who wrote or sent it; empty: not said.")),
        may("references", list(&reference())),
        may("preferred", text("The one of these by which it is called; empty: by that of the register.")),
        may("relations", list(&relation())),
        may("subject", text("The subject line.")),
        may("action", list(&text("An action addressee."))),
        may("info", list(&text("An information addressee."))),
        may("held_elsewhere", text("Where the content is held; empty: here.")),
        may("formal", formal()),
        may("label", or_null(&of("Label"))),
        may("subject_label", or_null(&of("Label"))),
        may("need_to_know", list(&list(&text("A group, by code; one of each list.")))),
        may("access_list", list(&id())),
    ]
}

/// The schemas by name.
pub fn correcting() -> Vec<Named> {
    let corrected = object(
        "One correction.",
        vec![
            must("at", moment()),
            must("by", id()),
            must("reason", text("Why.")),
            must("from", of("Details")),
            must("to", of("Details")),
        ],
    );
    let corrections = object(
        "The corrections of a document, newest first: those of which the caller could read what was and what came.",
        vec![must("id", id()), must("mark", digest()), must("corrections", list(&corrected))],
    );
    let mut asked: Vec<Member> = vec![must("reason", text("Why.")), may("mark", or_null(&digest()))];
    // Nothing, like a member that is not there, changes nothing.
    asked.extend(
        details()
            .into_iter()
            .filter(|(name, ..)| !matches!(*name, "date" | "label" | "subject_label"))
            .map(|(name, schema, must)| (name, or_null(&schema), must)),
    );
    let as_content: Value = json!({"const": "as-content"});
    asked.extend([
        may("date", text_or_null("YYYY-MM-DD, YYYY-MM or YYYY; empty: no date.")),
        may("also", or_null(&list(&relation()))),
        may("label", or_null(&of("Label"))),
        may("subject_label", json!({"anyOf": [of("Label"), as_content, {"type": "null"}]})),
    ]);
    let new = object(
        "A correction: what is given is changed, what is not stays. With `mark` it is refused where somebody was quicker.",
        asked,
    );
    let of_many =
        object("A document of many.", vec![must("document", id()), may("mark", or_null(&digest()))]);
    let refused = object(
        "Why it was refused.",
        vec![
            must("code", text("The code of the refusal.")),
            must("field", text_or_null("The field that it is about.")),
            must("title", text("Why, in the language asked for.")),
            must("remedy", text("What to do about it.")),
        ],
    );
    let item = object(
        "What became of a document.",
        vec![
            must("document", id()),
            must("done", truth("Whether it was corrected.")),
            must("refused", or_null(&refused)),
        ],
    );
    let many = object(
        "One correction of many documents, at most two hundred; `mark` within the correction is not used.",
        vec![must("documents", list(&of_many)), must("correction", of("NewCorrection"))],
    );
    let many_example = json!({
        "documents": [{"document": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"}],
        "correction": {"reason": "The division has another name", "originator": "Plans Division"},
    });
    let slip = json!({"reason": "A slip of the pen", "subject": "Summer stocks"});
    vec![
        ("Details", object("Some of what the register says of a document.", details())),
        ("Corrections", corrections),
        ("NewCorrection", example(new, &slip)),
        ("ManyCorrections", example(many, &many_example)),
        (
            "ManyCorrected",
            object("What became of each, in the order asked.", vec![must("items", list(&item))]),
        ),
        ("Corrected", object("What was corrected.", vec![must("id", id())])),
    ]
}
