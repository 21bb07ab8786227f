//! The schemas of the in-tray.

use serde_json::json;

use super::{
    Member, Named, digest, example, id, list, may, moment, must, next, number, object, of, one_of, or_null,
    text, text_or_null,
};

fn item_members() -> Vec<Member> {
    let attached = object(
        "Something attached.",
        vec![
            must("file_name", text("As it came.")),
            must("media_type", text("By content.")),
            must("size", number("Length in bytes.")),
            must("reading", text("What the reader could do with it: `text` where its text was read.")),
        ],
    );
    vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry.")),
        must("source", one_of(&["mailbox", "drop", "scan"])),
        must("origin", text("Where it came from, in words.")),
        must("direction", one_of(&["incoming", "outgoing", "internal", "created"])),
        must("arrived_at", moment()),
        must("from", list(&text("Who sent it, as it says itself."))),
        must("to", list(&text("To whom."))),
        must("cc", list(&text("For whose information."))),
        must("subject", text("What it is called.")),
        must("label", or_null(&of("Label"))),
        must("precedence", text_or_null("Of a formal message, as it says itself.")),
        must("digest", or_null(&digest())),
        must("size", json!({"type": ["integer", "null"], "description": "Length in bytes."})),
        must(
            "reading",
            text_or_null(
                "What the reader could do with it: `text` where its text was read, `quarantined` where it attacks.",
            ),
        ),
        must("flags", list(&text("What whoever registers it ought to know of the file, such as `macros`."))),
        must("attached", list(&attached)),
        must("file_name", text_or_null("As it came.")),
        must("brought_by", or_null(&id())),
        must("trouble", text_or_null("Why it has no content: a stable code.")),
    ]
}

/// Why something is not registered.
pub(super) const REASONS: [&str; 6] = ["spam", "private", "duplicate", "misdirected", "ephemeral", "other"];

/// The schemas by name.
pub fn tray() -> Vec<Named> {
    let answers = object(
        "The paper that it answers, where the register has it out of the same tray.",
        vec![must("document", id()), must("reference", text("Its reference.")), must("files", list(&id()))],
    );
    let mut whole = item_members();
    whole.push(must("answers", or_null(&answers)));
    let mailbox = object(
        "A mailbox.",
        vec![
            must("name", text("What it is called.")),
            must("user", text("The account.")),
            must("folders", list(&text("A folder that is followed."))),
            must("read_at", or_null(&moment())),
            must("troubles", list(&text("What went wrong since: a stable code."))),
        ],
    );
    vec![
        ("TrayItem", object("Something that waits to be registered.", item_members())),
        (
            "Tray",
            object(
                "A page of an in-tray, what came last first.",
                vec![
                    must("total", number("How much waits.")),
                    must("items", list(&of("TrayItem"))),
                    must("next", next()),
                ],
            ),
        ),
        ("TrayItemWhole", object("Something that waits, with the paper that it answers.", whole)),
        (
            "Dismissal",
            example(
                object(
                    "Things that are not registered, at most two hundred, and why. `other` wants words.",
                    vec![
                        must("items", list(&id())),
                        must("reason", one_of(&REASONS)),
                        may("words", text_or_null("The same in words.")),
                    ],
                ),
                &json!({"items": ["0f1e2d3c4b5a69788796a5b4c3d2e1f0"], "reason": "spam"}),
            ),
        ),
        (
            "Brought",
            example(
                object(
                    "A file for the in-tray, as part `content`; this says where it lay.",
                    vec![
                        may("folder", text_or_null("The path of its folder, for people.")),
                        may("direction", or_null(&one_of(&["incoming", "outgoing", "internal", "created"]))),
                    ],
                ),
                &json!({"folder": "Correspondence/March", "direction": "incoming"}),
            ),
        ),
        (
            "BroughtOutcome",
            object(
                "What became of it: it waits, or the same bytes wait already, or were registered as a paper that the caller may read, or were dismissed.",
                vec![
                    must("outcome", one_of(&["waits", "waits-already", "registered", "dismissed"])),
                    must("item", or_null(&id())),
                    must("document", or_null(&id())),
                    must("reference", text_or_null("Of the paper.")),
                ],
            ),
        ),
        ("Dismissed", object("What came of it.", vec![must("dismissed", number("How many."))])),
        ("Noted", object("Of what note was taken.", vec![must("id", id())])),
        ("Mailboxes", object("The mailboxes of a registry.", vec![must("mailboxes", list(&mailbox))])),
    ]
}
