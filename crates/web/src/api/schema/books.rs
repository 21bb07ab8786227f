//! The schemas of a registry's other books: their items as they are shown, and the acts by which something is entered or
//! happens.

use serde_json::{Value, json};

use super::{
    Member, Named, custody, day, id, id_or_null, list, may, moment, must, next, number, object, of, one_of,
    or_null, text, text_or_null,
};

const STAGES: [&str; 19] = [
    "current",
    "ended",
    "sealed",
    "assigned",
    "under-way",
    "delivered",
    "unpacked",
    "requested",
    "issued",
    "returned",
    "cancelled",
    "kept",
    "out",
    "missing",
    "sanitised",
    "destroyed",
    "waiting",
    "done",
    "quarantined",
];
const ALERTS: [&str; 12] = [
    "late",
    "quarantined",
    "missing",
    "not-left",
    "advise",
    "issue",
    "give-back",
    "combination",
    "confirm",
    "run-out",
    "unread",
    "not-posted",
];
const PURPOSES: [&str; 2] = ["action", "information"];
const TOLD: [&str; 3] = ["regrade", "recall", "amend"];
const DOING: [&str; 4] = ["open", "posted", "back", "nothing"];
const CARRIAGES: [&str; 4] = ["internal", "courier", "bag", "mail"];
const FUNCTIONS: [&str; 3] = ["control-officer", "deputy", "signatory"];
const EQUIPMENT: [&str; 5] = ["removable", "laptop", "copier", "safe", "other"];
const RESULTS: [&str; 3] = ["clean", "infected", "failed"];
const CHANGED: [&str; 4] = ["due", "departure", "compromise", "use"];

/// What an item is, by its book: as it is shown, or as it is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Shown,
    Asked,
}

impl Side {
    /// A member that is always shown, and may be left out where it is asked for.
    fn either(self, name: &'static str, schema: Value) -> Member {
        if self == Side::Shown { must(name, schema) } else { may(name, schema) }
    }

    fn person(self) -> Value {
        match self {
            Side::Shown => custody::someone(),
            Side::Asked => text("Somebody of the house: an identifier, or what he signs in with."),
        }
    }

    /// Members that only steps give an item.
    fn only_shown(self, members: Vec<Member>) -> Vec<Member> {
        if self == Side::Shown { members } else { Vec::new() }
    }

    fn book(self, says: &str, name: &str, members: Vec<Member>) -> Value {
        let mut all = vec![must("book", json!({"const": name}))];
        all.extend(members);
        object(says, all)
    }

    fn details(self) -> Value {
        let mut each = vec![
            self.package(),
            self.journey(),
            self.correspondent(),
            self.route(),
            self.appointment(),
            self.equipment(),
            self.transfer(),
            self.instruction(),
        ];
        each.extend((self == Side::Shown).then(distribution));
        json!({"description": "What an item is, by its book.", "oneOf": each})
    }

    fn instruction(self) -> Value {
        let amendment = object(
            "An amendment.",
            vec![
                must("serial", text("Its serial.")),
                self.either("insert", text_or_null("The pages that are put in.")),
                self.either("destroy", text_or_null("The pages that are destroyed.")),
            ],
        );
        let mut members = vec![
            must("document", id()),
            must("is", one_of(if self == Side::Shown { &TOLD } else { &TOLD[1..] })),
            must("authority", text("By whose authority, by its reference.")),
            self.either("amendment", or_null(&amendment)),
        ];
        let words = text_or_null("What to do.");
        members.push(if self == Side::Shown { must("words", words) } else { may("todo", words) });
        let copy = || {
            object(
                "A copy for which somebody answered when the holders were told.",
                vec![
                    must("copy", id()),
                    must("name", text("As it is printed.")),
                    must("state", one_of(&DOING)),
                    must("posted", or_null(&moment())),
                ],
            )
        };
        members.extend(
            self.only_shown(vec![
                must("leaves_log", json!({"type": "boolean"})),
                must("copies", list(&copy())),
            ]),
        );
        self.book("What holders are told to do with copies.", "instructions", members)
    }

    fn package(self) -> Value {
        self.book(
            "What goes off in one wrapping.",
            "packages",
            vec![
                must("dispatches", list(&id())),
                must("inner", text("To whom, as the inner wrapping says.")),
                must("outer", text("The address on the outer wrapping, which bears no marking.")),
                self.either("warning", text_or_null("What else the inner wrapping says.")),
                self.either("seals", list(&text("The number of a seal."))),
                must("by", one_of(&CARRIAGES)),
            ],
        )
    }

    fn journey(self) -> Value {
        let courier = object(
            "Who carries them: somebody of the house, or a stranger by name.",
            vec![
                self.either("person", or_null(&self.person())),
                self.either(
                    "name",
                    text_or_null("His name; where it is asked for, the house's if it is left out."),
                ),
                must("document", text("The paper by which he is known.")),
            ],
        );
        let mut members = vec![
            must("courier", courier),
            must("from", text("From where.")),
            must("to", text("Where to.")),
            self.either("way", text_or_null("By which way.")),
            must("leaves", moment()),
            must("expected", moment()),
            must("packages", list(&id())),
            self.either("urgent", text_or_null("Why it was asked for later than the rules want.")),
        ];
        members.extend(self.only_shown(vec![
            must("advised", or_null(&moment())),
            must("departed", or_null(&moment())),
            must("arrived", or_null(&moment())),
        ]));
        self.book("A courier's certificate, for one journey.", "journeys", members)
    }

    fn correspondent(self) -> Value {
        let officer = object(
            "Who signs for it.",
            vec![must("name", text("His name.")), must("function", one_of(&FUNCTIONS))],
        );
        self.book(
            "A registry outside of the house.",
            "correspondents",
            vec![
                must("name", text("As receipts name it.")),
                must("address", text("Where packages go.")),
                self.either("approved", list(&of("Clearance"))),
                self.either("officers", list(&officer)),
            ],
        )
    }

    fn route(self) -> Value {
        let to = |is: &str, member: Member| object(is, vec![must("is", json!({"const": is})), member]);
        let registry = match self {
            Side::Shown => text_or_null("Its code."),
            Side::Asked => text("Its code."),
        };
        let destination = json!({
            "description": "Where a route leads.",
            "oneOf": [
                to("registry", must("registry", registry.clone())),
                to("elsewhere", must("name", text("As receipts name it."))),
            ],
        });
        self.book(
            "The approval of the registry above that one below it sends past it.",
            "routes",
            vec![
                must("from", registry),
                must("to", destination),
                self.either("logs", list(&text("The code of a log. None: papers of all."))),
                self.either("until", or_null(&day())),
                must("reference", text("The approval, by its reference.")),
            ],
        )
    }

    fn appointment(self) -> Value {
        self.book(
            "A control officer or a deputy. It grants nothing by itself.",
            "appointments",
            vec![
                must("person", self.person()),
                must("function", one_of(&FUNCTIONS)),
                self.either("logs", list(&text("The code of a log. None: all."))),
                must("from", day()),
                self.either("until", or_null(&day())),
                must("reference", text("The letter, by its reference.")),
            ],
        )
    }

    fn equipment(self) -> Value {
        let mut members = vec![
            must("is", one_of(&EQUIPMENT)),
            must("mark", text("What is written on it.")),
            must("serial", text("Make and serial number.")),
            must("place", text("Where it belongs.")),
            self.either("level", or_null(&of("Clearance"))),
            self.either("known_to", list(&self.person())),
        ];
        members.extend(self.only_shown(vec![
            must("with", or_null(&custody::someone())),
            must("combination", or_null(&moment())),
        ]));
        self.book("Media, a machine, a safe.", "equipment", members)
    }

    fn transfer(self) -> Value {
        let scan = object(
            "How the data were scanned before they were moved.",
            vec![must("tool", text("With what.")), must("result", one_of(&RESULTS))],
        );
        self.book(
            "Data moved between networks.",
            "transfers",
            vec![
                must("what", text("What was moved.")),
                must("from", text("From which network.")),
                must("to", text("To which.")),
                must("authorised_by", self.person()),
                must("why", text("Why.")),
                must("how", text("By which medium, through which gateway.")),
                must("scan", scan),
                match self {
                    Side::Shown => must("at", moment()),
                    Side::Asked => may("at", or_null(&moment())),
                },
            ],
        )
    }
}

/// A document distributed, as it is shown.
fn distribution() -> Value {
    let to = |is: &str, members: Vec<Member>| {
        let mut all = vec![must("is", json!({"const": is}))];
        all.extend(members);
        object(is, all)
    };
    let addressee = json!({
        "description": "To whom.",
        "oneOf": [
            to("person", vec![must("person", custody::someone())]),
            to("registry", vec![must("registry", text_or_null("Its code."))]),
            to("elsewhere", vec![must("name", text("As the receipt names it."))]),
        ],
    });
    let line = object(
        "A line: who was given the document, for what and how.",
        vec![
            must("to", addressee),
            must("purpose", one_of(&PURPOSES)),
            must("how", one_of(&["copy", "electronic"])),
            must("copy", id_or_null()),
            must("dispatch", id_or_null()),
            must("read", or_null(&moment())),
            must("ended", or_null(&moment())),
            must("done", json!({"type": "boolean"})),
        ],
    );
    Side::Shown.book(
        "A document distributed in one step.",
        "distributions",
        vec![must("document", id()), must("lines", list(&line))],
    )
}

fn members() -> Vec<Member> {
    vec![
        must("id", id()),
        must("registry", text_or_null("The code of the registry.")),
        must("item", text("Its number: `P-0001/2019`, `CC-0003/2019`.")),
        must("stage", one_of(&STAGES)),
        must("state", one_of(&["open", "closed"])),
        must("since", moment()),
        must("alert", or_null(&one_of(&ALERTS))),
        must("words", text_or_null("What was said when it was entered.")),
        must("entered_by", custody::someone()),
        must("entered_at", moment()),
        must("details", Side::Shown.details()),
    ]
}

fn taken() -> Value {
    object(
        "Something that happened to an item.",
        vec![
            must(
                "step",
                text("What: the name of a step, as acts have it, or `assign` and `unassign` of a package."),
            ),
            must("at", moment()),
            must("words", text_or_null("What was said of it.")),
            must("written_at", moment()),
            must("written_by", custody::someone()),
            must("people", list(&text("The name of somebody of the house whom it names."))),
            must("method", text_or_null("How it was sanitised or destroyed.")),
            must("level", or_null(&of("Clearance"))),
            must("why", or_null(&one_of(&CHANGED))),
            must("journey", id_or_null()),
            must("lines", or_null(&list(&number("A line that was ended, from 1.")))),
            must("copies", or_null(&list(&id()))),
        ],
    )
}

/// Schemas of what is shown.
pub(super) fn books() -> Vec<Named> {
    let item = object(
        "An item of one of a registry's other books. `alert` says what wants doing with it now.",
        members(),
    );
    let mut more = members();
    more.extend([
        must("steps", list(&taken())),
        must("dispatches", list(&of("Dispatch"))),
        must("packages", list(&of("BookItem"))),
    ]);
    let whole = object(
        "An item with what happened to it, the receipts in a package and the packages of a courier.",
        more,
    );
    let page = object(
        "A page of a book.",
        vec![
            must("total", number("How many there are of those asked for.")),
            must("items", list(&of("BookItem"))),
            must("next", next()),
        ],
    );
    vec![("BookItem", item), ("BookItemWhole", whole), ("BookItems", page)]
}

fn steps() -> Value {
    let step = |says: &str, name: &str, members: Vec<Member>| {
        let mut all = vec![must("step", json!({"const": name}))];
        all.extend(members);
        object(says, all)
    };
    let person = || must("person", Side::Asked.person());
    let method = || must("method", text("How."));
    json!({
        "description": "What happened to an item.",
        "oneOf": [
            step("A route, a correspondent, an appointment is at its end; a transfer is thrown away. Wants words.", "end", vec![]),
            step("A package is opened again. Wants words.", "unpack", vec![]),
            step("A certificate is issued, by the control officer.", "issue", vec![]),
            step("Whoever expects the courier was told.", "advise", vec![]),
            step("A package or a courier leaves.", "depart", vec![]),
            step("It arrives.", "arrive", vec![]),
            step("The certificate is given back.", "give-back", vec![]),
            step("The journey does not take place. Wants words.", "cancel", vec![]),
            step("Equipment is handed out.", "hand-out", vec![person()]),
            step("It comes back; found again, it wants words.", "take-back", vec![]),
            step("It held more than it ever did.", "raise", vec![must("level", of("Clearance"))]),
            step("What it held is made unreadable.", "sanitise", vec![method()]),
            step("It is destroyed.", "destroy", vec![method()]),
            step("Nobody knows where it is. Wants words.", "miss", vec![]),
            step("The combination of a safe is changed.", "change-combination", vec![
                must("why", one_of(&CHANGED)), may("known_to", list(&Side::Asked.person())),
            ]),
            step("A second person confirms a transfer.", "confirm", vec![]),
            step("A transfer leaves quarantine: scanned again, it is clean. Wants words.", "clear", vec![]),
            step("One says oneself that one read what was given to one to be opened here.", "read", vec![]),
            step("Lines of a distribution are ended without what they wait for. Wants words.", "end-lines", vec![
                must("lines", list(&number("Which, from 1."))),
            ]),
            step("An instruction was carried out: said by who has the copies, or by the staff; of copies elsewhere the words name the letter.", "post", vec![
                must("copies", list(&text("A copy: its identifier, or its name as it is printed."))),
            ]),
        ],
    })
}

/// The acts of books.
pub(super) fn acts(act: fn(&str, &str, Vec<Member>) -> Value) -> Vec<Value> {
    vec![
        act(
            "Enters something into one of the registry's other books. Approvals and appointments are the control officer's.",
            "enter",
            vec![
                must("details", Side::Asked.details()),
                may("words", text_or_null("What else is to be said.")),
            ],
        ),
        act(
            "Says that something happened to an item of a book.",
            "step",
            vec![
                must("item", id()),
                must("step", steps()),
                may("at", or_null(&moment())),
                may("words", text_or_null("What is to be said of it.")),
            ],
        ),
        act(
            "Distributes a document in one step: its copies are sent, one receipt an addressee, and whoever opens it here is told. All of it is refused where one line is.",
            "distribute",
            vec![
                must("document", id()),
                must("lines", list(&line_asked())),
                may("bearer", text_or_null("Who carries the copies.")),
                may("words", text_or_null("What else is to be said.")),
            ],
        ),
    ]
}

fn line_asked() -> Value {
    let variant = |name: &str, key: &'static str, members: Vec<Member>| {
        let mut all = vec![must(key, json!({"const": name}))];
        all.extend(members);
        object(name, all)
    };
    let to = json!({
        "description": "To whom.",
        "oneOf": [
            variant("person", "is", vec![must("person", Side::Asked.person())]),
            variant("registry", "is", vec![must("registry", text("Its code."))]),
            variant("desk", "is", vec![]),
            variant("elsewhere", "is", vec![must("name", text("As the receipt names it."))]),
        ],
    });
    let by = json!({
        "description": "How.",
        "oneOf": [
            variant("copy", "how", vec![may("number", or_null(&number("The copy; none: the next that is free.")))]),
            variant("electronic", "how", vec![]),
        ],
    });
    object(
        "A line of a distribution.",
        vec![must("to", to), must("purpose", one_of(&PURPOSES)), must("by", by)],
    )
}
