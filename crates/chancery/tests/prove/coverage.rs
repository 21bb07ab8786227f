//! Every route called as nobody, as somebody who holds nothing and as each role: what comes back is what the table
//! declares, and stands in a matrix that people can review.

use std::path::Path;

use registry::authorisation::Role;
use web::routes::{Access, ROUTES, Route};

use crate::{
    acts::acts,
    asks::{Common, asks},
    engines::Kind,
    run,
    send::{Ask, Caller, Names, Reply, send},
    worlds::{Filling, World},
};

/// Who calls: nobody, one without certificate and role, and each role, all of them with no clearance beside.
const COLUMNS: [(&str, Option<Role>); 8] = [
    ("nobody", None),
    ("plain", None),
    ("clerk-of", Some(Role::Clerk)),
    ("controller-of", Some(Role::Controller)),
    ("assistant-of", Some(Role::Assistant)),
    ("officer-of", Some(Role::SecurityOfficer)),
    ("administrator-of", Some(Role::Administrator)),
    ("inspector-of", Some(Role::Inspector)),
];

/// Of these each caller needs copies of his own: what is signed, counted or brought back once is not so a second time.
const ANEW: [&str; 11] = [
    "/holdings/read",
    "/holdings/post",
    "/custody/receipts/{id}/paper",
    "/custody/destruction/{id}/sign",
    "/custody/destruction/{id}/withdraw",
    "/custody/musters/{id}/sight",
    "/custody/musters/{id}/close",
    "/custody/musters/{id}/abandon",
    "/custody/musters/{id}/sign",
    "/holdings/receipt",
    "/holdings/send",
];

/// What came back, as the matrix says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    SignIn,
    NotThere,
    Forbidden,
    Refused,
    Failed,
}

impl Outcome {
    fn of(reply: &Reply) -> Self {
        let to_sign_in = reply.header("location").is_some_and(|to| to.starts_with("/sign-in"));
        match reply.status {
            300..=399 if to_sign_in => Outcome::SignIn,
            200..=399 => Outcome::Done,
            401 => Outcome::SignIn,
            403 => Outcome::Forbidden,
            404 => Outcome::NotThere,
            400..=499 => Outcome::Refused,
            _ => Outcome::Failed,
        }
    }
    const fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::SignIn => "sign-in",
            Outcome::NotThere => "not there",
            Outcome::Forbidden => "forbidden",
            Outcome::Refused => "refused",
            Outcome::Failed => "FAILED",
        }
    }
}

fn declared(access: Access) -> String {
    match access {
        Access::Anyone => "anyone".to_owned(),
        Access::Person => "whoever is signed in".to_owned(),
        Access::Roles(roles) => roles.iter().map(|r| r.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// Why an outcome is not what the table declares; none when it is.
fn against(route: &Route, column: usize, outcome: Outcome) -> Option<&'static str> {
    if outcome == Outcome::Failed {
        return Some("the machine failed");
    }
    let signed_in = column > 0;
    match (route.access, signed_in) {
        // The doors themselves answer a wrong password like a missing one, and lead there whoever is at the front page.
        (Access::Anyone, _) if route.path.ends_with("sign-in") || route.path == "/" => None,
        (Access::Anyone, _) if outcome == Outcome::SignIn => Some("anyone may, and is sent to sign in"),
        (Access::Anyone, _) => None,
        (_, false) if outcome != Outcome::SignIn => Some("nobody in particular got past the door"),
        (_, false) => None,
        (_, true) if outcome == Outcome::SignIn => Some("is signed in, and is sent to sign in"),
        (Access::Person, true) if outcome == Outcome::Forbidden => {
            Some("whoever is signed in may, and is forbidden")
        }
        (Access::Person, true) => None,
        (Access::Roles(roles), true) => {
            let shut = matches!(outcome, Outcome::NotThere | Outcome::Forbidden);
            match (COLUMNS[column].1.is_some_and(|role| roles.contains(&role)), shut) {
                (true, true) => Some("the role may, and does not get in"),
                (false, false) => Some("the role may not, and gets in"),
                _ => None,
            }
        }
    }
}

/// Without it an inspector inspects nothing.
async fn reaches_the_ceiling(world: &World, login: &str) {
    for clearance in world.office.house().await.unwrap().ceiling() {
        let step = format!("{login} up to {clearance:?}");
        let grant = registry::authorisation::Grant::Clearance {
            clearance,
            authority: "National authority".into(),
            number: None,
            from: "2025-01-01".parse().unwrap(),
            until: "2026-08-31".parse().unwrap(),
        };
        world.gives(&step, world.people[login], grant).await;
    }
}

async fn peopled() -> World {
    let mut world = World::with(Filling::Plain, &Kind::Sqlite).await;
    world.set_hour(12);
    for (login, role) in COLUMNS.iter().skip(1) {
        world.adds(login, "BEL", "en").await;
        if let Some(role) = role {
            world.makes(login, *role, role.is_of_a_registry().then_some("HQR")).await;
            if *role == Role::Inspector {
                reaches_the_ceiling(&world, login).await;
            }
        }
    }
    world
}

/// The ask that stands for a route: for a person his own file, else the first that anyone would send.
fn representative(route: &Route, common: &Common, own: &str, salt: &str) -> Option<Ask> {
    let of = match route.method.as_str() {
        "GET" => asks(route.path, common),
        _ => acts(route.path, common, salt),
    };
    let mut ask = of?.into_iter().next()?;
    match route.path {
        "/people/{id}" | "/api/v1/people/{id}" => ask.path = route.path.replace("{id}", own),
        "/api/v1/documents" if route.method.as_str() == "GET" => ask.path.push_str("?registry=HQR"),
        "/search" | "/api/v1/search" => ask.path = format!("{}?q=averlund", route.path),
        _ => {}
    }
    Some(ask)
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn coverage_of_every_route_by_every_role() {
    run(async {
        let mut world = peopled().await;
        let names = Names::of(&world, &[]);
        let mut matrix = String::from(HEAD);
        let mut wrong = Vec::new();
        let mut fresh = 0;
        for route in ROUTES {
            let mut row = format!("| {} `{}` | {} |", route.method, route.path, declared(route.access));
            for (column, (login, _)) in COLUMNS.iter().enumerate() {
                let salt = format!("{} {login}", route.name);
                // A proposal and an authorisation that are still there to be confirmed and ended.
                let waiting = proposal(&world, &salt).await;
                let mut common = Common::of(&world, &world);
                common.waiting = waiting.0;
                if column > 0 {
                    (common.workbook, common.barren) = world.brings(login, "HQR").await;
                }
                common.held = (waiting.1, world.people["registrar"].to_string());
                if column > 0 && ANEW.contains(&route.path) {
                    fresh += 1;
                    common.books[0] = world.fresh_books(login, &salt, 100 * fresh).await;
                }
                let caller = match column {
                    0 => Caller { login: None, language: "en" },
                    _ => {
                        world.opens(login, &salt).await;
                        Caller { login: Some(login), language: "en" }
                    }
                };
                let own =
                    world.people.get(*login).map_or_else(|| common.people[0].clone(), ToString::to_string);
                let Some(ask) = representative(route, &common, &own, &salt) else {
                    wrong.push(format!("{} {}: nobody has said what to ask", route.method, route.path));
                    break;
                };
                let reply = send(&world, &names, caller, &ask, &salt).await;
                let outcome = Outcome::of(&reply);
                if let Some(why) = against(route, column, outcome) {
                    wrong.push(format!(
                        "{} {} as {login}: {} ({why})",
                        route.method,
                        route.path,
                        outcome.as_str()
                    ));
                }
                row.push_str(&format!(" {} |", outcome.as_str()));
            }
            matrix.push_str(&row);
            matrix.push('\n');
        }
        println!("{matrix}");
        let (asked, slow) = world.office.statements_reading_all().await.unwrap();
        println!("{asked} statements were asked of the tables");
        let slow: Vec<String> = slow.iter().map(|(sql, step)| format!("{step}: {sql}")).collect();
        assert!(
            asked > 200 && slow.is_empty(),
            "they read a whole register to find a few rows:\n{}",
            slow.join("\n")
        );
        assert!(wrong.is_empty(), "answers that are not what the table declares:\n{}", wrong.join("\n"));
        keep(&matrix);
    });
}

/// A proposal by one founding officer for the person who keeps the lists, and one that holds.
async fn proposal(world: &World, salt: &str) -> ((String, String), String) {
    use registry::{Answer, Command, authorisation::Grant};
    let grant = |on: &str| Grant::Briefing {
        policy: "NATO".into(),
        subject: "RESTRICTED".into(),
        on: on.parse().unwrap(),
        refresh: None,
    };
    let person = world.people["registrar"];
    let held = world.gives(&format!("held {salt}"), person, grant("2026-01-15")).await;
    let by = office::Sender::person(world.officers[0]);
    let command = Command::Propose { person, grant: grant("2026-01-16") };
    let Answer::Proposed { authorisation, proposal } = world.does(&format!("wait {salt}"), by, command).await
    else {
        panic!()
    };
    ((authorisation.to_string(), proposal.to_string()), held.to_string())
}

const HEAD: &str = "# Who may do what, route by route

Made by `cargo xtask prove coverage`: every route called as nobody, as a person without certificate and role, and as the
holder of each role (of one registry, where the role is of a registry), none of them cleared but the inspector, who
inspects only where he is cleared for all that the installation may hold. To make it anew:
`CHANCERY_WRITE_MATRIX=1 cargo xtask prove coverage`.

- **done**: answered; what is shown there is the scope's matter
- **sign-in**: led to the sign-in page, or 401
- **not there**: the page of what does not exist, which is also that of what is not for one
- **forbidden**: 403
- **refused**: the request was understood and refused for what stood in it

| route | declared for | nobody | no role | clerk | controller | assistant | security officer | administrator | inspector |
|---|---|---|---|---|---|---|---|---|---|
";

#[expect(clippy::disallowed_methods, reason = "whoever makes the matrix anew says so here")]
fn keep(matrix: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/access-matrix.md");
    if std::env::var("CHANCERY_WRITE_MATRIX").is_ok() {
        std::fs::write(&file, matrix).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == matrix,
        "docs/access-matrix.md is not what the routes answer: look at the difference, then make it anew with CHANCERY_WRITE_MATRIX=1 cargo xtask prove coverage"
    );
}

#[test]
fn coverage_of_the_api_description_is_the_table() {
    let described = web::api::openapi::description();
    let mut operations: Vec<String> = described["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let mut listed: Vec<String> = ROUTES
        .iter()
        .filter(|r| r.path.starts_with("/api/"))
        .map(|r| format!("{} {}", r.method, r.path))
        .collect();
    operations.sort();
    listed.sort();
    assert_eq!(operations, listed);
}
