//! The schemas of cases: procedures, cases, tasks, and the acts, a variant each.

use serde_json::{Value, json};

use super::{
    Member, Named, custody::someone, day, example, id, list, may, moment, must, next, number, object, of,
    one_of, or_null, text, text_or_null, truth,
};

fn both(says: &str) -> Value {
    object(says, vec![must("en", text("In English.")), must("fr", text("In French."))])
}

fn moment_or_null() -> Value {
    or_null(&moment())
}

/// What is filled in, by field: what a field takes stands in its procedure.
fn values() -> Value {
    json!({
        "type": "object",
        "description": "What is filled in, by the code of its field: texts, whole numbers, yes and no, lists of texts.",
        "additionalProperties": {},
    })
}

fn doer() -> Value {
    object(
        "Somebody who has something to do.",
        vec![
            must("is", text("`post:` or `person:` and the identifier, `role:` and its name, or `anyone`.")),
            must("post", text_or_null("The code of the post.")),
            must("person", or_null(&someone())),
        ],
    )
}

fn standing() -> Value {
    let told = object(
        "How it stands against its due.",
        vec![
            must("is", one_of(&["in-time", "at-risk", "late", "done", "done-late"])),
            must(
                "working_days",
                json!({"type": ["integer", "null"], "description": "So many working days are left, or it is late by."}),
            ),
            must(
                "because",
                json!({"enum": ["not-begun", "little-left", null], "description": "Why it is at risk."}),
            ),
        ],
    );
    or_null(&told)
}

fn case() -> Value {
    object(
        "A case.",
        vec![
            must("id", id()),
            must("number", text("Its number: `TT-2019-0001`.")),
            must("procedure", text("The code of its procedure.")),
            must("version", number("By which version it goes.")),
            must("name", text("How it is called.")),
            must("label", or_null(&of("Label"))),
            must("marking", text_or_null("Its marking as it is printed.")),
            must("stage", text("The code of its stage, or its end.")),
            must(
                "ended",
                json!({"enum": ["done", "cancelled", "refused", null], "description": "How it ended; null: it runs."}),
            ),
            must("opened", moment()),
            must("due", moment_or_null()),
            must("with", list(&of("Doer"))),
            must("standing", standing()),
        ],
    )
}

fn task() -> Value {
    let reply = object(
        "What was replied.",
        vec![must("reply", text("Its code.")), must("words", text_or_null("In words."))],
    );
    object(
        "A task of a case.",
        vec![
            must("id", id()),
            must("stage", text("The code of the stage.")),
            must("branch", text_or_null("The code of the branch; null: of whoever answers for the stage.")),
            must("each", text_or_null("For which of several the branch was opened.")),
            must("owner", of("Doer")),
            must("given_to", or_null(&of("Doer"))),
            must(
                "state",
                one_of(&[
                    "waiting",
                    "issued",
                    "acknowledged",
                    "clarification",
                    "refused",
                    "done",
                    "withdrawn",
                ]),
            ),
            must("issued", moment()),
            must("due", moment()),
            must("extended", moment_or_null()),
            must("over", moment_or_null()),
            must("reply", or_null(&reply)),
            must("standing", standing()),
            must("does", list(&text("What the caller can do with it."))),
        ],
    )
}

fn variant(key: &'static str, says: &str, name: &str, members: Vec<Member>) -> Value {
    let mut all = vec![must(key, json!({"const": name}))];
    all.extend(members);
    object(says, all)
}

fn task_acts() -> Value {
    let act = |says: &str, name: &str, members| variant("what", says, name, members);
    let words = || must("words", text("What."));
    let reason = || must("reason", text("Why."));
    let to = || {
        json!({
            "description": "A post or a person.",
            "oneOf": [
                object("A post.", vec![must("is", json!({"const": "post"})), must("of", id())]),
                object("A person.", vec![must("is", json!({"const": "person"})), must("of", id())]),
            ],
        })
    };
    let all = [
        act("Says that one has it.", "acknowledge", vec![]),
        act("Asks something first.", "ask", vec![words()]),
        act("Answers what was asked.", "answer", vec![words()]),
        act("Refuses it.", "refuse", vec![reason()]),
        act("Gives it again.", "assign", vec![may("to", or_null(&to())), reason()]),
        act(
            "Gives it on, or takes it back.",
            "delegate",
            vec![may("to", or_null(&to())), may("words", text_or_null("What is asked of him."))],
        ),
        act("Asks for more time.", "ask-for-time", vec![must("until", day()), reason()]),
        act(
            "Decides on more time.",
            "decide-time",
            vec![must("granted", truth("Whether it is granted.")), may("reason", text_or_null("Why."))],
        ),
        act(
            "Replies.",
            "reply",
            vec![must("reply", text("The code of the reply.")), may("words", text_or_null("In words."))],
        ),
    ];
    json!({"description": "What is done with the task.", "oneOf": all})
}

fn acts() -> Value {
    let act = |says: &str, name: &str, members| variant("act", says, name, members);
    let case = || must("case", id());
    let reason = || may("reason", text_or_null("Why."));
    let part = object("Of which task it is to be a part.", vec![case(), must("task", id())]);
    let all = [
        act(
            "Opens a case.",
            "open",
            vec![
                must("procedure", text("The code of the procedure.")),
                must("values", values()),
                must("label", of("Label")),
                may("post", or_null(&id())),
                may("part_of", or_null(&part)),
            ],
        ),
        act(
            "Fills fields in anew.",
            "change",
            vec![case(), may("values", values()), may("label", or_null(&of("Label"))), reason()],
        ),
        act(
            "Takes a step.",
            "step",
            vec![
                case(),
                must("stage", text("The stage in which it was seen.")),
                must("step", text("The code of the step.")),
                may("values", values()),
                reason(),
            ],
        ),
        act(
            "Does something with a task.",
            "task",
            vec![case(), must("task", id()), must("does", task_acts())],
        ),
        act(
            "Shows evidence, or the product of the stage.",
            "show",
            vec![
                case(),
                may("evidence", text_or_null("The code of the evidence; null: the product.")),
                may("document", or_null(&id())),
                may("words", text_or_null("In words.")),
            ],
        ),
        act(
            "Says something.",
            "note",
            vec![case(), must("words", text("What.")), may("mentions", list(&id()))],
        ),
        act(
            "Adds rows to the table of comments.",
            "comment",
            vec![case(), must("task", id()), must("rows", list(&of("CaseRemark")))],
        ),
        act(
            "Says something else in a row of the table of comments.",
            "change-comment",
            vec![case(), must("comment", id()), must("row", of("CaseRemark"))],
        ),
        act(
            "Takes rows of the table of comments back.",
            "withdraw-comments",
            vec![case(), must("comments", list(&id()))],
        ),
        act(
            "Settles rows of the table of comments.",
            "adjudicate",
            vec![
                case(),
                must("comments", list(&id())),
                must("outcome", one_of(&["accepted", "partly", "rejected", "noted"])),
                reason(),
            ],
        ),
        act(
            "Takes up again what has ended.",
            "reopen",
            vec![case(), must("stage", text("Into which stage.")), must("reason", text("Why."))],
        ),
    ];
    json!({"description": "Something done with cases.", "oneOf": all})
}

/// What a row of the table of comments says.
fn remark() -> Value {
    let places = [
        ("page", "The page."),
        ("paragraph", "The paragraph."),
        ("line", "The line."),
        ("text", "What stands there."),
        ("comment", "What is to be said of it."),
        ("proposal", "What should stand there; a critical comment has it."),
        ("rationale", "Why."),
        ("author", "Who wrote it, where it comes out of a file."),
    ];
    let mut members = vec![must("severity", one_of(&["critical", "substantive", "administrative"]))];
    members.extend(places.map(|(name, says)| may(name, text_or_null(says))));
    object("What a row of the table of comments says.", members)
}

fn comments() -> Value {
    let by = object("Who wrote it.", vec![must("id", id()), must("name", text("His name."))]);
    let text_of = |says| text_or_null(says);
    let row = object(
        "A row of the table of comments.",
        vec![
            must("id", id()),
            must("number", number("Its number in the case.")),
            must("task", id()),
            must("office", of("Doer")),
            must("by", by),
            must("at", moment()),
            must("severity", one_of(&["critical", "substantive", "administrative"])),
            must("page", text_of("The page.")),
            must("paragraph", text_of("The paragraph.")),
            must("line", text_of("The line.")),
            must("text", text_of("What stands there.")),
            must("comment", text_of("What is to be said of it.")),
            must("proposal", text_of("What should stand there.")),
            must("rationale", text_of("Why.")),
            must("author", text_of("Who wrote it, where it comes out of a file.")),
            must("state", one_of(&["open", "accepted", "partly", "rejected", "noted"])),
            must("reason", text_of("Why it was settled so.")),
            must("writes", truth("Whether the caller may change it or take it back.")),
            must("settles", truth("Whether the caller may settle it.")),
        ],
    );
    object(
        "A page of the table of comments of a case.",
        vec![
            must("total", number("How many rows there are from here on.")),
            must("comments", list(&row)),
            must("next", next()),
        ],
    )
}

pub(super) fn cases() -> Vec<Named> {
    let step = object(
        "A step that the caller takes.",
        vec![
            must("step", text("Its code.")),
            must("names", both("What the button says.")),
            must("to", text("The code of the stage to which it leads.")),
            must("reason", truth("Whether a reason is given.")),
            must("needs", list(&text("The code of a field that must be filled in."))),
            must("hindrances", list(&json!({"type": "object", "description": "What stands in its way."}))),
        ],
    );
    let document = object(
        "A document that the case names, and that the caller sees.",
        vec![
            must("id", id()),
            must("reference", text("Its reference.")),
            must("subject", text_or_null("Its subject line.")),
        ],
    );
    let names = object(
        "What things are called.",
        vec![must("procedure", both("The procedure.")), must("stage", or_null(&both("The stage.")))],
    );
    let offered = object(
        "A procedure.",
        vec![
            must("code", text("Its code.")),
            must("version", number("Its newest version.")),
            must("names", both("How it is called.")),
            must("about", both("What it is for.")),
        ],
    );
    let own = object("A task with its case.", vec![must("case", of("Case")), must("task", of("CaseTask"))]);
    let asked = json!({
        "act": "note", "case": "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "words": "The figures come on Thursday.",
    });
    vec![
        ("Doer", doer()),
        ("Case", case()),
        ("CaseTask", task()),
        (
            "Procedures",
            object(
                "The procedures of which the caller may open a case.",
                vec![must("procedures", list(&offered))],
            ),
        ),
        (
            "Procedure",
            json!({"type": "object", "description": "A procedure: its fields, stages and steps, as its file says them.", "required": ["code", "version", "names", "fields", "stages"]}),
        ),
        (
            "Cases",
            object(
                "A page of cases: of those alone that the caller sees.",
                vec![
                    must("total", number("How many there are.")),
                    must("cases", list(&of("Case"))),
                    must("next", next()),
                ],
            ),
        ),
        (
            "CaseWhole",
            object(
                "A case with what the caller may do.",
                vec![
                    must("case", of("Case")),
                    must("names", names),
                    must("opener", of("Doer")),
                    must("values", values()),
                    must("tasks", list(&of("CaseTask"))),
                    must("steps", list(&step)),
                    must("changes", list(&text("The code of a field that he may fill in without a step."))),
                    must("documents", list(&document)),
                    must("part_of", or_null(&of("Case"))),
                    must("parts", list(&of("Case"))),
                    must("changes_so_far", number("How much was said of it until now.")),
                ],
            ),
        ),
        (
            "OwnTasks",
            object(
                "The caller's open tasks, the first due first.",
                vec![must("total", number("How many there are.")), must("tasks", list(&own))],
            ),
        ),
        ("CaseRemark", remark()),
        ("CaseComments", comments()),
        ("CaseAct", example(acts(), &asked)),
        (
            "CaseActDone",
            object(
                "What it was about.",
                vec![must("case", id()), must("number", text_or_null("Its number, where it is opened."))],
            ),
        ),
    ]
}
