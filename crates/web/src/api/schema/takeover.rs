//! The schemas of registers of old.

use oldregister::{Code, Field};
use serde_json::{Value, json};

use super::{
    Member, Named, day, example, id, list, may, must, number, object, of, one_of, or_null, text,
    text_or_null, truth,
};

fn number_or_null(says: &str) -> Value {
    json!({"type": ["integer", "null"], "minimum": 0, "description": says})
}

fn mapping() -> Value {
    let fields: Vec<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
    object(
        "Which column is what; columns by their number counted from nought, as text.",
        vec![
            may("heading_row", number_or_null("The row of the headings, counted from one.")),
            must(
                "columns",
                json!({"type": "object", "description": "What each column holds.", "additionalProperties": one_of(&fields)}),
            ),
            may(
                "orders",
                json!({"type": "object", "description": "The order of dates in numbers.", "additionalProperties": one_of(&["day-first", "month-first"])}),
            ),
        ],
    )
}

fn plan() -> Value {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let nullable_day = || or_null(&day());
    let copy: Vec<Member> = vec![
        must("row", number("Its row.")),
        must("number", number_or_null("Its number.")),
        must("holder", text_or_null("Who held it.")),
        must("receipted", nullable_day()),
        must("destroyed", nullable_day()),
    ];
    let document: Vec<Member> = vec![
        must("rows", list(&number("A row."))),
        must("number", text_or_null("Its number in the old register.")),
        must("subject", text("The subject.")),
        must("date", nullable_day()),
        must("written_date", text_or_null("The date as it is written, where it is none.")),
        must("originator", text_or_null("Who wrote or sent it.")),
        must("label", or_null(&of("Label"))),
        must("marking", text_or_null("The marking as it is written.")),
        must("copies_in_all", number_or_null("How many copies there were.")),
        must("copies", list(&object("A copy.", copy))),
        must("remarks", list(&text("A remark."))),
        must("stands", one_of(&["waits", "registered", "refused"])),
        must("reference", text_or_null("Its reference here, where one sees it.")),
        must("refused", text_or_null("The code of its refusal.")),
    ];
    let problem: Vec<Member> = vec![
        must("row", number("The row; nought for none.")),
        must("column", number_or_null("The column, counted from nought.")),
        must("code", one_of(&codes)),
        must("found", text("What stands there.")),
        must("detail", text_or_null("What the code says stands here.")),
        must("other_row", number_or_null("The other row that it is about.")),
        must("left_out", truth("The row is not taken over.")),
    ];
    let count: Vec<Member> = vec![
        must("series", text("The series; empty where the numbers have none.")),
        must("year", json!({"type": ["integer", "null"]})),
        must("first", number("The lowest number.")),
        must("last", number("The last number.")),
        must("becomes", one_of(&["opens", "goes-on", "behind", "past", "own", "elsewhere"])),
        must("next", text_or_null("The reference that is given next here.")),
    ];
    object(
        "What would happen.",
        vec![
            must("rows", number("Rows read.")),
            must("documents", number("Documents that they make.")),
            must("waiting", number("Documents that would be registered.")),
            must("left_out", number("Rows that become nothing.")),
            must("copies", number("Copies.")),
            must("undetermined", number("Documents whose marking would be undetermined.")),
            must("problems", number("Problems.")),
            must("counts", list(&object("A count of the old register.", count))),
            must("page_of_documents", list(&object("A document.", document))),
            must("page_of_problems", list(&object("A problem.", problem))),
        ],
    )
}

pub(super) fn taking_over() -> Vec<Named> {
    let settings = object(
        "How a workbook is read. What is left out is found out, or as usual.",
        vec![
            may("sheet", number_or_null("Which sheet, counted from nought.")),
            may("mapping", or_null(&mapping())),
            may("policy", text_or_null("Whose a marking is that several policies have.")),
            may("label", or_null(&of("Label"))),
            may("direction", or_null(&one_of(&["incoming", "outgoing", "internal", "created"]))),
            may("kind", text_or_null("The kind of all documents.")),
            may("language", text_or_null("The language of all documents.")),
            may("held_elsewhere", text_or_null("Where the papers are.")),
            may("counting", or_null(&one_of(&["yearly", "continuous"]))),
            may("series", text_or_null("The series of numbers that no series knows.")),
            may(
                "rest",
                json!({"type": ["boolean", "null"], "description": "Keep other columns as remarks."}),
            ),
        ],
    );
    let sheet = object("A sheet.", vec![must("name", text("Its name.")), must("rows", number("Its rows."))]);
    let refusal =
        object("A refusal.", vec![must("row", number("The row.")), must("code", text("The code."))]);
    let progress = object(
        "How far it is.",
        vec![
            must("total", number("Documents.")),
            must("done", number("Looked at in this run.")),
            must("registered", number("Registered in this run.")),
            must("already", number("Registered before.")),
            must("refused", number("Refused.")),
            must("refusals", list(&refusal)),
        ],
    );
    let whole = vec![
        must("id", id()),
        must("registry", text("The code of the registry.")),
        must("file_name", text("The workbook.")),
        must("state", one_of(&["open", "running", "stopped", "done"])),
        must("sheets", list(&sheet)),
        must("sheet", number("Which of them is read, counted from nought.")),
        must("mapping", mapping()),
        must(
            "unusable",
            json!({"type": ["string", "null"], "description": "`mapping` where nothing can be read by it."}),
        ),
        must("progress", progress),
        must("plan", or_null(&plan())),
    ];
    vec![
        (
            "OldRegisterSettings",
            example(
                settings,
                &json!({
                    "mapping": {"heading_row": 1, "columns": {"0": "number", "1": "subject"}},
                    "held_elsewhere": "Strong room"
                }),
            ),
        ),
        ("OldRegister", object("The workbook of a register of old.", whole)),
    ]
}
