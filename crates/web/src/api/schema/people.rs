//! The schemas of people, of what they are authorised to, and of the house.

use serde_json::{Value, json};

use super::{
    Member, Named, day, digest, example, id, id_or_null, list, list_or_null, may, moment, must, next, number,
    object, of, one_of, or_null, text, text_or_null, truth,
};

const ROLES: [&str; 6] =
    ["clerk", "controller", "assistant", "security-officer", "administrator", "inspector"];

fn person_members() -> Vec<Member> {
    vec![
        must("id", id()),
        must("login", text("The short name for signing in.")),
        must("name", text("As it is written on paper.")),
        must("nationality", text("ISO 3166, three letters.")),
        must("language", one_of(&["en", "fr"])),
        must("title", text("Rank and post.")),
        must("body", text_or_null("The code of the body.")),
        must("left", or_null(&day())),
    ]
}

pub(super) fn people() -> Vec<Named> {
    let mut file = person_members();
    file.push(must("authorisations", list_or_null(&of("Authorisation"))));
    file.push(must("changes", list(&of("PersonChanged"))));
    let new = object(
        "A person to be added.",
        vec![
            must("login", text("Lower-case letters, digits, dots, hyphens.")),
            must("name", text("As it is written on paper.")),
            must("nationality", text("ISO 3166, three letters.")),
            may("language", one_of(&["en", "fr"])),
            may("title", text("Rank and post.")),
            may("body", text_or_null("The code of the body.")),
        ],
    );
    let someone = json!({"login": "mdubois", "name": "Marie Dubois", "nationality": "BEL", "language": "fr"});
    let sign_in = object(
        "Login and password.",
        vec![
            must("login", text("The login.")),
            must("password", text("The password.")),
            may("name", text("What the token is for.")),
            may("ceiling", or_null(&of("Clearance"))),
        ],
    );
    vec![
        ("Person", object("A person.", person_members())),
        ("PersonFile", object("A person with what he is authorised to, for those who may see it.", file)),
        (
            "People",
            object(
                "Everyone, by name.",
                vec![
                    must("total", number("How many.")),
                    must("people", list(&of("Person"))),
                    must("next", next()),
                ],
            ),
        ),
        ("NewPerson", example(new, &someone)),
        ("Added", object("Who was added.", vec![must("person", id())])),
        (
            "OneTimeCode",
            object(
                "A code that opens an account once, within seven days. It is shown here and never again.",
                vec![must("person", id()), must("code", text("The code."))],
            ),
        ),
        (
            "SignIn",
            example(
                sign_in,
                &json!({"login": "mdubois", "password": "several unrelated words", "name": "import"}),
            ),
        ),
        ("Proof", object("The password, once more.", vec![must("password", text("The password."))])),
        (
            "Proven",
            object(
                "Until when what asks for a fresh sign-in is done with this token.",
                vec![must("fresh_until", moment())],
            ),
        ),
        (
            "Token",
            object(
                "A token: sent as `Authorization: Bearer …`.",
                vec![must("token", text("The secret.")), must("until", moment()), must("person", id())],
            ),
        ),
        (
            "Me",
            object(
                "Who is asking.",
                vec![
                    must("person", of("Person")),
                    must("installation", text("The name of the installation.")),
                    must("today", day()),
                    must("ceiling", or_null(&of("Clearance"))),
                    must("fresh_until", or_null(&moment())),
                    must(
                        "roles",
                        list(&object(
                            "A role.",
                            vec![
                                must("role", one_of(&ROLES)),
                                must("registry", text_or_null("Where, for roles of a registry.")),
                            ],
                        )),
                    ),
                    must("grants", list(&of("Grant"))),
                ],
            ),
        ),
    ]
}

fn grants(with_marking: bool) -> Value {
    let mut clearance = vec![
        must("is", json!({"const": "clearance"})),
        must("clearance", if with_marking { or_null(&of("Clearance")) } else { of("Clearance") }),
        must("authority", text("Who issued the certificate.")),
        must("from", day()),
        must("until", day()),
    ];
    let number = text_or_null("The number that its issuer gave it.");
    clearance.push(if with_marking { must("number", number) } else { may("number", number) });
    let refresh = or_null(&day());
    let refresh = if with_marking { must("refresh", refresh) } else { may("refresh", refresh) };
    if with_marking {
        clearance.push(must("marking", text("The marking of its level, in English.")));
    }
    let where_to = text_or_null("The code of the registry, for roles of one.");
    let where_to = if with_marking { must("registry", where_to) } else { may("registry", where_to) };
    let group = if with_marking { text_or_null("The group, by code.") } else { text("The group, by code.") };
    let specimen = match with_marking {
        true => object(
            "A specimen of the person's signature.",
            vec![
                must("is", json!({"const": "specimen"})),
                must("digest", text("The digest of the picture.")),
                must("media_type", one_of(&registry::authorisation::SPECIMENS)),
            ],
        ),
        false => object(
            "A specimen of the person's signature.",
            vec![
                must("is", json!({"const": "specimen"})),
                must("picture", text("The picture, PNG or JPEG, in Base64; 512 KB at most.")),
            ],
        ),
    };
    json!({"oneOf": [
        object("A clearance certificate.", clearance),
        object("A briefing.", vec![
            must("is", json!({"const": "briefing"})),
            must("policy", text("The policy.")),
            must("subject", text("The level or category.")),
            must("on", day()),
            refresh,
        ]),
        object("A later end of a clearance that is being renewed.", vec![
            must("is", json!({"const": "extension"})),
            must("of", id()),
            must("until", day()),
            must("authority", text("Who says that it may be so.")),
            must("reason", text("Why.")),
        ]),
        object("Another nationality.", vec![
            must("is", json!({"const": "nationality"})),
            must("nationality", text("ISO 3166, three letters.")),
            must("reason", text("By what it is known.")),
        ]),
        object("A certificate of a smart card.", vec![
            must("is", json!({"const": "certificate"})),
            must("certificate", text("As the server that has seen the certificate names it: serial and issuer.")),
        ]),
        specimen,
        object("A role.", vec![must("is", json!({"const": "role"})), must("role", one_of(&ROLES)), where_to]),
        object("Membership of a need-to-know group.", vec![
            must("is", json!({"const": "membership"})), must("group", group),
        ]),
    ]})
}

fn authorisation_members() -> Vec<Member> {
    vec![
        must("id", id()),
        must("person", id()),
        must("grant", of("Grant")),
        must("standing", one_of(&["proposed", "confirmed", "revoked"])),
        must("in_force", truth("Confirmed, not revoked, within its dates and what extends them.")),
        must("last_day", or_null(&day())),
        must("proposal", digest()),
        must("proposed_by", id_or_null()),
        must("proposed_at", moment()),
        must("confirmed_by", id_or_null()),
        must("confirmed_at", or_null(&moment())),
        must("revoked_by", id_or_null()),
        must("revoked_at", or_null(&moment())),
        must("revoked_because", text_or_null("The reason that was given when it ended.")),
    ]
}

pub(super) fn authorising() -> Vec<Named> {
    let mut proposal = authorisation_members();
    proposal.push(must("about", of("Person")));
    let clearance = json!({
        "is": "clearance", "clearance": {"policy": "NATO", "level": "SECRET"},
        "authority": "National Security Authority", "from": "2026-01-01", "until": "2030-12-31",
    });
    vec![
        ("Grant", grants(true)),
        ("NewGrant", example(grants(false), &clearance)),
        (
            "Authorisation",
            object("What a person is authorised to, with its history.", authorisation_members()),
        ),
        ("Proposals", object("What waits, oldest first.", vec![must("proposals", list(&of("Proposal")))])),
        ("Proposal", object("What waits for a second security officer.", proposal)),
        ("Proposed", object("A proposal.", vec![must("authorisation", id()), must("proposal", digest())])),
        (
            "Confirmation",
            object("The digest of the proposal that was read.", vec![must("proposal", digest())]),
        ),
        ("Revocation", object("Why it ends.", vec![must("reason", text("In words."))])),
        ("Authorised", object("Which authorisation.", vec![must("authorisation", id())])),
        (
            "NewRole",
            object(
                "A role that gives no sight of content.",
                vec![
                    must("role", one_of(&["clerk", "assistant"])),
                    must("registry", text("The code of the registry.")),
                ],
            ),
        ),
    ]
}

pub(super) fn the_house() -> Vec<Named> {
    let names =
        object("A name in both languages.", vec![must("en", text("English.")), must("fr", text("French."))]);
    let level = object(
        "A level, lowest first.",
        vec![
            must("name", text("Its name in labels.")),
            must("marking", text("In English.")),
            must("marking_fr", text("In French.")),
            must("short", text_or_null("Its abbreviation.")),
            must("hierarchy", json!({"type": "integer"})),
            must("obsolete", truth("No longer given.")),
            must("certificate", truth("Whether a certificate is needed.")),
            must("briefing", truth("Whether a briefing is needed.")),
        ],
    );
    let category = object(
        "A category.",
        vec![
            must("name", text("Its name in labels.")),
            must("restricts", truth("Whether each one named is needed.")),
            must("releases", truth("Whether one of those named is enough.")),
            must("obsolete", truth("No longer given.")),
            must("existence_only", truth("Whether only the existence may be registered.")),
            must("briefing", truth("Whether a briefing is needed.")),
        ],
    );
    let tag_set =
        object("A tag set.", vec![must("name", text("Its name.")), must("categories", list(&category))]);
    let policy = object(
        "A security policy in force.",
        vec![
            must("id", text("Its object identifier.")),
            must("name", text("Its name.")),
            must("version", number("Its version.")),
            must("levels", list(&level)),
            must("tag_sets", list(&tag_set)),
        ],
    );
    let registry = object(
        "A registry.",
        vec![
            must("code", text("The first part of its references.")),
            must("names", names),
            must("documents", number("How many one sees.")),
            must("registers", truth("Whether one may register in it.")),
            must("handles", truth("Whether one handles its entries.")),
        ],
    );
    let not_indexed = object(
        "A document of which the words cannot be read: it is found by what the register says of it alone.",
        vec![must("registry", id()), must("document", id()), must("why", text("What the machine said."))],
    );
    let ledger = object(
        "A ledger.",
        vec![
            must("id", id()),
            must("registry", text_or_null("Its registry; null for the ledger of the house.")),
            must("entries", number("How many.")),
            must("last", moment()),
            must("checkpoint", text_or_null("The newest signed checkpoint.")),
        ],
    );
    let verified = object(
        "A ledger that was verified.",
        vec![
            must("id", id()),
            must("origin", text("The name under which its checkpoints are signed.")),
            must("entries", number("How many.")),
            must("payloads", number("How many were held against their commitments.")),
            must("erased", number("How many have been erased.")),
            must("root", or_null(&digest())),
        ],
    );
    vec![
        ("Registries", object("The registries one sees.", vec![must("registries", list(&registry))])),
        ("Policies", object("The policies in force.", vec![must("policies", list(&policy))])),
        (
            "Ledgers",
            object(
                "Every ledger.",
                vec![
                    must("key", text("The key that verifies checkpoints.")),
                    must("ledgers", list(&ledger)),
                    must("not_indexed", list(&not_indexed)),
                ],
            ),
        ),
        (
            "Verification",
            object(
                "What a verification found.",
                vec![
                    must("sound", truth("Whether all is well.")),
                    must("ledgers", list(&verified)),
                    must("faults", list(&text("What is wrong."))),
                ],
            ),
        ),
    ]
}
