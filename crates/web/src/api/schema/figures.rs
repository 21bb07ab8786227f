//! The schema of the figures of cases.

use serde_json::Value;

use super::{Named, day, list, must, number, object, of, or_null, text, text_or_null};

fn counts() -> Value {
    let late = object(
        "Tasks that are late now, by working days.",
        vec![
            must("1-5", number("Up to five.")),
            must("6-20", number("From six to twenty.")),
            must("over-20", number("More than twenty.")),
        ],
    );
    let took = object(
        "Working days from opening to end, of the cases that ended.",
        vec![must("median", number("The median.")), must("ninety", number("What nine of ten took at most."))],
    );
    object(
        "Figures.",
        vec![
            must("opened", number("Cases opened in these days.")),
            must("ended", number("Cases ended in them.")),
            must("running", number("Cases that run now.")),
            must("open_tasks", number("Tasks to be done now.")),
            must("late_tasks", late),
            must("done_tasks", number("Tasks done in these days.")),
            must("on_time_at_first", number("Of these, by when they were due at first.")),
            must("on_time_as_approved", number("By when they were due as approved.")),
            must("more_time_asked", number("For so many more time was asked for.")),
            must("more_time_granted", number("For so many it was granted.")),
            must("working_days", or_null(&took)),
        ],
    )
}

/// The figures, and their parts.
pub(super) fn figures() -> Vec<Named> {
    let figures = || must("figures", of("CaseCounts"));
    let procedure = object("Of a procedure.", vec![must("procedure", text("Its code.")), figures()]);
    let unit = object(
        "Of the tasks of a unit and those below it.",
        vec![must("unit", text("Its code.")), figures()],
    );
    let load = object(
        "What somebody has to do.",
        vec![
            must("is", text("`post:` or `person:` and the identifier, `role:` and its name, or `anyone`.")),
            must("post", text_or_null("The code of the post.")),
            must("open", number("Tasks to be done.")),
            must("late", number("Of these, late ones.")),
        ],
    );
    let week = object(
        "A week.",
        vec![
            must("monday", day()),
            must("opened", number("Cases opened in it.")),
            must("ended", number("Cases ended in it.")),
        ],
    );
    vec![
        ("CaseCounts", counts()),
        (
            "CaseFigures",
            object(
                "Figures of the cases that the caller sees, and of those alone.",
                vec![
                    must("from", day()),
                    must("until", day()),
                    must("all", of("CaseCounts")),
                    must("procedures", list(&procedure)),
                    must("units", list(&unit)),
                    must("loads", list(&load)),
                    must("weeks", list(&week)),
                ],
            ),
        ),
    ]
}
