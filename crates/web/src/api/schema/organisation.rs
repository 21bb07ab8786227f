//! The schemas of the organisation: units, posts, people in posts, contacts, distribution lists, and the acts, a variant each.

use serde_json::{Value, json};

use super::{
    Member, Named, custody::someone, day, example, id, id_or_null, list, may, must, next, number, object, of,
    one_of, or_null, text, text_or_null, truth,
};

/// What a unit is.
const UNITS: [&str; 9] = [
    "headquarters",
    "directorate",
    "division",
    "branch",
    "section",
    "office",
    "cell",
    "committee-staff",
    "delegation",
];

fn both(says: &str) -> Value {
    object(says, vec![must("en", text("In English.")), must("fr", text("In French."))])
}

fn day_or_null() -> Value {
    or_null(&day())
}

fn because() -> Value {
    json!({"enum": ["leave", "vacant", null], "description": "Why another than the holder acts."})
}

fn lasting() -> [Member; 2] {
    [must("from", day()), must("until", day_or_null())]
}

fn unit() -> Value {
    let head = object(
        "Who heads a unit: by its own head post, or that of the nearest unit above that has one.",
        vec![
            must("unit", text_or_null("The code of the unit whose head it is.")),
            must("post", text_or_null("The code of his post.")),
            must("person", or_null(&someone())),
            must("because", because()),
        ],
    );
    let mut members = vec![
        must("id", id()),
        must("code", text("Its code: `OPS-EXE`.")),
        must("names", both("What it is called.")),
        must("is", one_of(&UNITS)),
        must("parent", text_or_null("The code of the unit above.")),
        must("registry", text_or_null("The code of the registry that serves it.")),
        must("depth", number("How many units stand above it.")),
        must("head", or_null(&head)),
        must("posts", number("How many posts it has on the day.")),
        must("vacant", number("How many of them nobody holds.")),
    ];
    members.extend(lasting());
    object("A unit on a day.", members)
}

fn post() -> Value {
    let mut members = vec![
        must("id", id()),
        must("code", text("Its code: `OPS-1`.")),
        must("titles", both("What its holder is called.")),
        must("unit", text("The code of its unit.")),
        must("head", truth("Whether it is the head of its unit.")),
        must("holder", or_null(&someone())),
        must("held_until", day_or_null()),
        must("acting", or_null(&someone())),
        must("because", because()),
    ];
    members.extend(lasting());
    object("A post on a day: who holds it, and who acts for it.", members)
}

fn stand_in() -> Value {
    object(
        "Somebody who stands in, for a post or for a person.",
        vec![
            must("id", id()),
            must("for_post", text_or_null("The code of the post.")),
            must("for_person", or_null(&someone())),
            must("by", someone()),
            must("from", day()),
            must("until", day()),
        ],
    )
}

fn contact() -> Value {
    object(
        "A contact outside.",
        vec![
            must("id", id()),
            must("is", one_of(&["person", "office"])),
            must("name", text("As it is written in letters.")),
            must("organisation", text("Of which organisation.")),
            must("nation", text_or_null("ISO 3166 alpha-3.")),
            must("post", text_or_null("What somebody is there.")),
            must("address", text_or_null("Where letters go.")),
            must("mail", text_or_null("Where mail goes.")),
            must("telephone", text_or_null("The number to call.")),
            must("languages", list(&text("ISO 639."))),
            must("notes", text_or_null("What else is to be known.")),
            must("ends", day_or_null()),
        ],
    )
}

fn distribution_list() -> Value {
    let line = object(
        "A line.",
        vec![
            must("is", one_of(&["post", "unit", "person", "registry", "contact"])),
            must(
                "name",
                text_or_null("The code of a post, a unit or a registry; the name of a person or a contact."),
            ),
            must("purpose", one_of(&["action", "information"])),
        ],
    );
    object(
        "A distribution list.",
        vec![
            must("id", id()),
            must("code", text("Its code.")),
            must("names", both("What it is called.")),
            must("owner", text_or_null("The code of the unit whose it is.")),
            must("lines", list(&line)),
            must("ends", day_or_null()),
        ],
    )
}

fn act(says: &str, name: &str, members: Vec<Member>) -> Value {
    let mut all = vec![must("act", json!({"const": name}))];
    all.extend(members);
    object(says, all)
}

fn reason() -> Member {
    must("reason", text("Why."))
}

fn code() -> Member {
    must("code", text("Capital letters, digits and single hyphens, two to twenty-four."))
}

fn unit_terms() -> Member {
    must(
        "terms",
        object(
            "How the unit is.",
            vec![
                must("names", both("What it is called.")),
                must("is", one_of(&UNITS)),
                may("parent", id_or_null()),
                may("registry", id_or_null()),
                must("begins", day()),
                may("ends", day_or_null()),
            ],
        ),
    )
}

fn post_terms() -> Member {
    must(
        "terms",
        object(
            "How the post is.",
            vec![
                must("titles", both("What its holder is called.")),
                must("unit", id()),
                may("head", truth("Whether it is the head of the unit.")),
                must("begins", day()),
                may("ends", day_or_null()),
            ],
        ),
    )
}

fn contact_terms() -> Member {
    let officer = object(
        "The correspondent of a registry of which it is an officer.",
        vec![must("registry", id()), must("item", id())],
    );
    must(
        "terms",
        object(
            "What is known of the contact.",
            vec![
                must("is", one_of(&["person", "office"])),
                must("name", text("As it is written in letters.")),
                must("organisation", text("Of which organisation.")),
                may("nation", text("ISO 3166 alpha-3.")),
                may("post", text("What somebody is there.")),
                may("address", text("Where letters go.")),
                may("mail", text("Where mail goes.")),
                may("telephone", text("The number to call.")),
                may("languages", list(&text("ISO 639."))),
                may("notes", text("What else is to be known.")),
                may("officer_of", or_null(&officer)),
                may("ends", day_or_null()),
            ],
        ),
    )
}

fn list_terms() -> Member {
    let to = |name: &'static str| {
        object("Whom a line names.", vec![must("to", json!({"const": name})), must(name, id())])
    };
    let addressee = json!({
        "description": "Whom a line names.",
        "oneOf": [to("post"), to("unit"), to("person"), to("registry"), to("contact")],
    });
    let line = object(
        "A line.",
        vec![must("addressee", addressee), must("purpose", one_of(&["action", "information"]))],
    );
    must(
        "terms",
        object(
            "What the list says.",
            vec![
                must("names", both("What it is called.")),
                must("owner", id()),
                must("lines", list(&line)),
                may("ends", day_or_null()),
            ],
        ),
    )
}

fn acts() -> Value {
    let of =
        |name: &'static str| object("For what.", vec![must("for", json!({"const": name})), must(name, id())]);
    let what = json!({"description": "For what somebody stands in.", "oneOf": [of("post"), of("person")]});
    let corrected = object("The days as they were.", vec![must("from", day()), may("until", day_or_null())]);
    let (from, until) = (|| must("from", day()), || must("until", day()));
    let ends = || may("until", day_or_null());
    let all = [
        act("Establishes a unit.", "establish-unit", vec![code(), unit_terms()]),
        act("Changes or ends a unit.", "change-unit", vec![must("unit", id()), unit_terms(), reason()]),
        act("Establishes a post.", "establish-post", vec![code(), post_terms()]),
        act("Changes or ends a post.", "change-post", vec![must("post", id()), post_terms(), reason()]),
        act(
            "Puts a person into a post.",
            "take-up",
            vec![must("post", id()), must("person", id()), from(), ends()],
        ),
        act("Says when somebody leaves a post.", "leave-post", vec![must("tenure", id()), until(), reason()]),
        act(
            "Corrects from when until when somebody held a post; without days he never did.",
            "correct-tenure",
            vec![must("tenure", id()), may("days", or_null(&corrected)), reason()],
        ),
        act(
            "Names somebody who stands in.",
            "name-stand-in",
            vec![must("of", what), must("by", id()), from(), until()],
        ),
        act(
            "Ends a stand-in before its time; without a day it does not begin.",
            "end-stand-in",
            vec![must("stand_in", id()), ends(), reason()],
        ),
        act(
            "Records a leave, with who stands in meanwhile.",
            "record-leave",
            vec![must("person", id()), from(), until(), may("by", id_or_null())],
        ),
        act(
            "Makes a leave shorter; without a day it is taken back.",
            "end-leave",
            vec![must("leave", id()), ends(), reason()],
        ),
        act("Enters a contact.", "enter-contact", vec![contact_terms()]),
        act(
            "Changes or ends a contact.",
            "change-contact",
            vec![must("contact", id()), contact_terms(), reason()],
        ),
        act("Draws up a distribution list.", "draw-up-list", vec![code(), list_terms()]),
        act(
            "Changes or ends a distribution list.",
            "change-list",
            vec![must("list", id()), list_terms(), reason()],
        ),
    ];
    json!({"description": "Something done with the organisation.", "oneOf": all})
}

pub(super) fn organisation() -> Vec<Named> {
    let of_day = |says: &str, mut members: Vec<Member>| {
        members.insert(0, must("day", day()));
        object(says, members)
    };
    let mut holder = vec![must("id", id()), must("person", someone())];
    holder.extend(lasting());
    let holder = object("Somebody in a post.", holder);
    let leave = object("A leave.", vec![must("id", id()), must("from", day()), must("until", day())]);
    let meant = object(
        "Somebody whom a list means.",
        vec![
            must("is", one_of(&["person", "registry", "contact"])),
            must("id", id()),
            must("name", text("What he is called; the code of a registry.")),
            must("purpose", one_of(&["action", "information"])),
            must("lines", list(&number("A line by which he is meant, from 0."))),
        ],
    );
    let posts = || must("posts", list(&of("Post")));
    let stand_ins = || must("stand_ins", list(&of("StandIn")));
    let done = object(
        "What it was about.",
        vec![
            must("of", one_of(&["unit", "post", "tenure", "stand-in", "leave", "contact", "list"])),
            must("id", id()),
        ],
    );
    let asked = json!({
        "act": "record-leave", "person": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "from": "2025-07-01", "until": "2025-07-14",
    });
    vec![
        ("Unit", unit()),
        ("Post", post()),
        ("StandIn", stand_in()),
        ("Contact", contact()),
        ("DistributionList", distribution_list()),
        (
            "Organisation",
            of_day(
                "The units of a day, each behind the one above it, and the posts, by code.",
                vec![must("units", list(&of("Unit"))), posts()],
            ),
        ),
        (
            "UnitWhole",
            of_day(
                "A unit with its posts.",
                vec![
                    must("unit", of("Unit")),
                    posts(),
                    must("below", list(&text("The code of a unit below it."))),
                ],
            ),
        ),
        (
            "PostWhole",
            of_day(
                "A post with who held it, holds it and will, the first first.",
                vec![must("post", of("Post")), must("holders", list(&holder)), stand_ins()],
            ),
        ),
        (
            "Duties",
            of_day(
                "What somebody answers for: posts that he holds, and posts for which he acts.",
                vec![
                    must("person", someone()),
                    posts(),
                    must("leaves", list(&leave)),
                    stand_ins(),
                    must("stands_in", list(&of("StandIn"))),
                ],
            ),
        ),
        (
            "Contacts",
            object(
                "A page of contacts, by name.",
                vec![
                    must("total", number("How many there are.")),
                    must("contacts", list(&of("Contact"))),
                    must("next", next()),
                ],
            ),
        ),
        (
            "DistributionLists",
            of_day("The distribution lists of a day.", vec![must("lists", list(&of("DistributionList")))]),
        ),
        (
            "DistributionListWhole",
            of_day(
                "A distribution list with whom it means.",
                vec![
                    must("list", of("DistributionList")),
                    must("meant", list(&meant)),
                    must("nobody", list(&number("A line behind which nobody is, from 0."))),
                ],
            ),
        ),
        ("OrganisationAct", example(acts(), &asked)),
        ("OrganisationActDone", done),
    ]
}
