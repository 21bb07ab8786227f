//! The schemas of file plans.

use serde_json::{Value, json};

use super::{
    Member, Named, day, digest, example, id, id_or_null, list, may, moment, must, next, number, object, of,
    one_of, or_null, text, text_or_null, truth,
};

fn day_or_null() -> Value {
    or_null(&day())
}

fn file_members() -> Vec<Member> {
    vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry.")),
        must("is", one_of(&["subject", "dossier"])),
        must("code", text("Its code in the plan.")),
        must("name_en", text("Its English name.")),
        must("name_fr", text("Its French name.")),
        must("parent", id_or_null()),
        must("depth", number("How many files stand above it.")),
        must("owner", text_or_null("The unit or post that answers for it.")),
        must("words", list(&text("A word by which papers are proposed for it."))),
        must("originators", list(&text("An originator whose papers are proposed for it."))),
        must("place", text_or_null("Where its paper stands: room, shelf, box.")),
        must("status", text_or_null("How the matter stands.")),
        must("label", or_null(&of("Label"))),
        must("marking", text_or_null("The marking of its names in English; null: open.")),
        must("marking_fr", text_or_null("The marking in French.")),
        must("need_to_know", list(&list(&text("A group, by code; one of each list.")))),
        must("opened_on", day()),
        must("closed_on", day_or_null()),
        must(
            "open_volume",
            json!({"type": ["integer", "null"], "description": "The volume that takes documents."}),
        ),
        must("documents", number("How many documents in it one may read.")),
    ]
}

fn asked_members(required: bool) -> Vec<Member> {
    let name = |name, says| if required { must(name, text(says)) } else { may(name, text(says)) };
    vec![
        may("is", one_of(&["subject", "dossier"])),
        may("code", text("Its code; left out or empty: the next one under its parent.")),
        name("name_en", "Its English name; where one of the two is empty, the other stands for both."),
        may("name_fr", text("Its French name.")),
        may("parent", id_or_null()),
        may("owner", text("The unit or post that answers for it.")),
        may("words", list(&text("A word by which papers are proposed for it."))),
        may("originators", list(&text("An originator whose papers are proposed for it."))),
        may("place", text("Where its paper stands.")),
        may("status", text("How the matter stands.")),
        may("label", or_null(&of("Label"))),
        may("need_to_know", list(&list(&text("A group, by code; only with a label.")))),
    ]
}

/// The schemas by name.
pub fn filing() -> Vec<Named> {
    let volume = object(
        "A volume of a file.",
        vec![
            must("number", number("From 1.")),
            must("opened_on", day()),
            must("closed_on", day_or_null()),
            must("place", text_or_null("Where it stands, when not where the file does.")),
            must("documents", number("How many documents in it one may read.")),
        ],
    );
    let mut whole = file_members();
    whole.extend([must("mark", digest()), must("volumes", list(&volume))]);
    let mut new = vec![must("registry", text("The code of the registry."))];
    new.extend(asked_members(true));
    new.push(may("on", day()));
    let mut change = vec![must("reason", text("Why.")), may("mark", digest())];
    change.extend(asked_members(false));
    let turn = object(
        "A turn in the life of a file.",
        vec![
            must("turn", one_of(&["close", "reopen", "open-volume", "close-volume"])),
            may("on", or_null(&day())),
            may("reason", text("Why: for closing the file and opening it again.")),
            may("place", text_or_null("Where the new volume stands.")),
            may("next", truth("Whether the next volume is opened on the same day.")),
        ],
    );
    let called = || {
        vec![
            must("file", id()),
            must("code", text_or_null("Its code.")),
            must("name_en", text_or_null("Its English name.")),
            must("name_fr", text_or_null("Its French name.")),
        ]
    };
    let mut filing = called();
    filing.extend([
        must("volume", number("In which volume.")),
        must("filed_at", moment()),
        must("filed_by", id()),
        must("taken_at", or_null(&moment())),
        must("taken_by", id_or_null()),
        must("reason", text_or_null("Why it was taken out.")),
    ]);
    let why =
        object("A reason.", vec![must("by", one_of(&["originator", "word"])), must("text", text("Which."))]);
    let mut best = called();
    best.push(must("why", list(&why)));
    let refused = object(
        "A document that was not filed.",
        vec![must("document", id()), must("code", text("The stable code of the refusal."))],
    );
    let paper = json!({"registry": "REG", "name_en": "Winter stocks", "words": ["winter", "stocks"], "place": "Room 4, shelf B"});
    vec![
        ("PlanFile", object("A file of a plan.", file_members())),
        (
            "Files",
            object(
                "A page of a plan, each file after the one that it stands under, in the order of codes.",
                vec![
                    must("registry", text("The code of the registry.")),
                    must("total", number("How many files one sees.")),
                    must("files", list(&of("PlanFile"))),
                    must("next", next()),
                ],
            ),
        ),
        ("File", object("A file with its volumes, the last first.", whole)),
        ("NewFile", example(object("A file as it is opened.", new), &paper)),
        (
            "FileChange",
            example(
                object(
                    "A change: what is given is changed, what is not stays. With `mark` it is refused where somebody was quicker.",
                    change,
                ),
                &json!({"reason": "A new owner", "owner": "Plans"}),
            ),
        ),
        ("FileNamed", object("Which file.", vec![must("id", id())])),
        ("Turn", example(turn, &json!({"turn": "close", "reason": "The matter is ended"}))),
        (
            "FileDocuments",
            object(
                "A page of the documents of a file that one may read.",
                vec![
                    must("file", id()),
                    must("total", number("How many documents in all volumes one may read.")),
                    must("documents", list(&of("Entry"))),
                    must("next", next()),
                ],
            ),
        ),
        (
            "ToFile",
            example(
                object("Documents for a file, at most five hundred.", vec![must("documents", list(&id()))]),
                &json!({"documents": ["0f1e2d3c4b5a69788796a5b4c3d2e1f0"]}),
            ),
        ),
        (
            "Filed",
            object(
                "What came of filing.",
                vec![must("file", id()), must("documents", list(&id())), must("refused", list(&refused))],
            ),
        ),
        (
            "Removal",
            example(
                object(
                    "A document to be taken out.",
                    vec![must("document", id()), must("reason", text("Why."))],
                ),
                &json!({"document": "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "reason": "Put there by mistake"}),
            ),
        ),
        ("TakenOut", object("What was taken out.", vec![must("file", id()), must("document", id())])),
        (
            "DocumentFiles",
            object(
                "Where a document is filed and was, newest first, in files that one sees; and what is proposed to those who file it.",
                vec![
                    must("id", id()),
                    must("files", list(&object("A filing.", filing))),
                    must("proposed", list(&object("A proposal.", best))),
                ],
            ),
        ),
    ]
}
