//! The schemas of musters: a muster, its lines, and the acts of it.

use serde_json::{Value, json};

use super::{
    Member, Named, custody, id, id_or_null, list, may, moment, must, next, number, object, of, one_of,
    or_null, text, text_or_null,
};

/// Why copies are mustered.
const KINDS: [&str; 4] = ["full", "spot-check", "inspection", "hand-over"];
/// How it stands with a copy of a muster.
const OUTCOMES: [&str; 6] = ["open", "missing", "under-way", "surplus", "covered", "sighted"];

fn counted() -> Value {
    let counts = [
        ("sighted", "Seen, of those on the list."),
        ("covered", "Not there, and covered by a receipt, a certificate or an instruction."),
        ("under_way", "On their way, the receipt not back."),
        ("missing", "Missing, with an incident."),
        ("surplus", "Seen, and not on the list."),
        ("open", "Neither seen nor covered nor reported."),
    ];
    object("How copies stand.", counts.map(|(name, says)| must(name, number(says))).to_vec())
}

fn muster() -> Value {
    let someone = custody::someone;
    let sample = object(
        "A sample: the same seed draws the same copies out of the same list.",
        vec![
            must("seed", text("A whole number of up to 64 bits, in figures.")),
            must("out_of", number("Out of how many copies.")),
        ],
    );
    let between =
        object("Between whom copies are handed over.", vec![must("from", someone()), must("to", someone())]);
    let signature = object("A signature.", vec![must("person", someone()), must("at", moment())]);
    object(
        "A muster: copies counted against a list that was frozen when it was opened. `tally` is how it stands now, or how it was closed.",
        vec![
            must("id", id()),
            must("registry", text_or_null("The code of the registry.")),
            must("muster", text("Its number, `M-0001/2019`.")),
            must("is", one_of(&KINDS)),
            must("state", one_of(&["counting", "unsigned", "signed", "abandoned"])),
            must("logs", list(&text("The code of a log. None: all logs."))),
            must("container", id_or_null()),
            must("sample", or_null(&sample)),
            must("hand_over", or_null(&between)),
            must("listed", number("How many copies are on the list.")),
            must("signatures", number("How many must sign its result.")),
            must("words", text_or_null("What was said when it was opened.")),
            must("opened_by", someone()),
            must("opened_at", moment()),
            must("closed_at", or_null(&moment())),
            must("closing_words", text_or_null("What was said when the count ended.")),
            must("abandoned", text_or_null("Why it was given up.")),
            must("signed", list(&signature)),
            must("tally", counted()),
        ],
    )
}

/// Schemas of what is shown.
pub(super) fn musters() -> Vec<Named> {
    let seen = object(
        "That a copy was seen.",
        vec![
            must("at", moment()),
            must("by", text("The name of who saw it.")),
            must(
                "pages",
                json!({"type": ["integer", "null"], "minimum": 0, "description": "How many pages were counted."}),
            ),
        ],
    );
    let line = object(
        "A copy of a muster.",
        vec![must("copy", of("Copy")), must("outcome", one_of(&OUTCOMES)), must("sighted", or_null(&seen))],
    );
    let page = |says: &str, name: &'static str, what: &Value| {
        object(
            says,
            vec![
                must("total", number("How many there are of those asked for.")),
                must(name, list(what)),
                must("next", next()),
            ],
        )
    };
    vec![
        ("Muster", muster()),
        ("Musters", page("A page of a registry's musters.", "musters", &of("Muster"))),
        ("MusterLines", page("A page of the lines of a muster, in the order of the logs.", "lines", &line)),
    ]
}

/// The acts of musters.
pub(super) fn acts(act: fn(&str, &str, Vec<Member>) -> Value) -> Vec<Value> {
    let words = |says: &str| may("words", text_or_null(says));
    let muster = || must("muster", id());
    let over = object(
        "Between whom: identifiers, or what they sign in with.",
        vec![
            must("from", text("Who answered for the copies.")),
            must("to", text("Who answers for them now.")),
        ],
    );
    let seen = object(
        "A copy that somebody sees.",
        vec![
            must("copy", text("Its identifier, or its name as it is printed.")),
            may(
                "pages",
                json!({"type": ["integer", "null"], "minimum": 0, "description": "How many pages were counted: wanted where the log asks for it (COSMIC, ATOMAL)."}),
            ),
            may("at", or_null(&moment())),
        ],
    );
    vec![
        act(
            "Opens a muster: freezes the list of every copy that the registry must account for, narrowed by logs and container, or a sample of them.",
            "open-muster",
            vec![
                must("is", one_of(&KINDS)),
                may("logs", list(&text("The code of a log."))),
                may("container", id_or_null()),
                may(
                    "sample",
                    json!({"type": ["integer", "null"], "minimum": 1, "description": "How many copies are drawn."}),
                ),
                may(
                    "seed",
                    text_or_null("From which they are drawn: a whole number of up to 64 bits, in figures."),
                ),
                may("hand_over", or_null(&over)),
                words("What else is to be said."),
            ],
        ),
        act(
            "Says that copies were seen. Each counts once; those that were seen before are passed over, and refused when there is no other.",
            "sight",
            vec![
                muster(),
                must("sightings", list(&seen)),
                words(
                    "What is wrong, where pages are not as many as the books say: an incident is opened with it.",
                ),
            ],
        ),
        act(
            "Ends the count. Refused while of a copy nobody has said where it is.",
            "close-muster",
            vec![muster(), words("What else is to be said.")],
        ),
        act(
            "Signs what a muster came to, with a fresh sign-in; of a hand-over the two who are named.",
            "sign-muster",
            vec![muster()],
        ),
        act("Gives a muster up.", "abandon-muster", vec![muster(), must("words", text("Why."))]),
    ]
}
