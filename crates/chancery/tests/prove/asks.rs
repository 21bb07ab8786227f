//! What is asked of each route that reads, by its path in the table. A route that is not here fails the proof, so that
//! whoever adds one says what to ask of it.

mod cases;
mod custody;
mod numbered;
mod organisation;

use self::numbered::Kept;
use crate::{
    papers::CROWDED,
    send::Ask,
    worlds::{Books, CALLERS, World},
};

/// An identifier that nothing has.
pub const STRANGER: &str = "00112233445566778899aabbccddeeff";

/// What all worlds of a comparison have in common: what requests are made from.
#[derive(Debug, Clone)]
pub struct Common {
    /// Identifiers of visible papers.
    pub visible: Vec<String>,
    /// Identifiers of hidden papers, absent in the plain world.
    pub hidden: Vec<String>,
    /// Identifiers of the callers, and of one more person.
    pub people: Vec<String>,
    /// A proposal that waits, with its digest; an authorisation that holds, and whose it is.
    pub waiting: (String, String),
    pub held: (String, String),
    /// A specimen signature: whose, and which.
    pub specimen: (String, String),
    /// The identifier of a registry.
    pub archive: String,
    /// Identifiers of files that are seen, those of the headquarters first, and of hidden ones, absent in the plain world.
    pub files: Vec<String>,
    pub hidden_files: Vec<String>,
    /// Identifiers of what there is of numbered copies.
    pub copies: Kept,
    /// The workbook of a register of old that the controller looks at, and one of which no row becomes a document.
    pub workbook: String,
    pub barren: String,
    /// The identifier of a case.
    pub case: String,
    /// The identifier of a contact of the organisation.
    pub contact: String,
    /// Numbered copies and what is of them: of the headquarters, the archive, the COSMIC registry; and of hidden papers.
    pub books: Vec<Books>,
    pub hidden_books: Vec<Books>,
}

impl Common {
    pub fn of(plain: &World, other: &World) -> Self {
        let ids =
            |papers: &[(registry::DocumentId, String)]| papers.iter().map(|(id, _)| id.to_string()).collect();
        let people =
            CALLERS.iter().chain(&["registrar"]).map(|login| plain.people[*login].to_string()).collect();
        Self {
            visible: ids(&plain.visible),
            hidden: ids(&other.hidden),
            people,
            waiting: (plain.waiting.0.to_string(), plain.waiting.1.to_string()),
            held: (plain.held.to_string(), plain.people["clerk"].to_string()),
            specimen: (plain.people["nocert"].to_string(), plain.specimen.to_string()),
            archive: plain.registries["ARC"].to_string(),
            files: ["HQR", "ARC", "COS"]
                .iter()
                .flat_map(|c| &plain.files[*c])
                .map(ToString::to_string)
                .collect(),
            workbook: plain.workbooks.0.clone(),
            barren: plain.workbooks.1.clone(),
            case: plain.case.to_string(),
            contact: plain.contact.to_string(),
            hidden_files: other.hidden_files.iter().map(ToString::to_string).collect(),
            copies: Kept::of(plain, other),
            books: plain.books.clone(),
            hidden_books: other.hidden_books.clone(),
        }
    }

    /// Files of each registry, hidden ones, one that is nowhere and none at all.
    pub fn plan(&self) -> Vec<String> {
        let all = self.files.iter().chain(&self.hidden_files).cloned();
        all.chain(["00112233445566778899aabbccddeeff".to_owned(), "none".to_owned()]).collect()
    }

    /// Papers of each registry and kind, and hidden ones; and an identifier that is nowhere, and none at all.
    /// Messages with something attached, seen and hidden ones; see `papers`.
    fn messages(&self) -> Vec<String> {
        let seen = (0..self.visible.len()).filter(|n| n.is_multiple_of(9) && n % 3 != 1);
        let hidden = (0..self.hidden.len()).filter(|m| m % 9 == 6).take(3).filter_map(|m| self.hidden.get(m));
        seen.take(12).filter_map(|n| self.visible.get(n)).chain(hidden).cloned().collect()
    }

    fn documents(&self) -> Vec<String> {
        let seen = [0, 2, 3, 7, 9, 13, 19, 24, 34, 39].iter().filter_map(|n| self.visible.get(*n)).cloned();
        let hidden = [0, 1, 2, 3, 46, 300].iter().filter_map(|n| self.hidden.get(*n)).cloned();
        seen.chain(hidden).chain(["00112233445566778899aabbccddeeff".to_owned(), "none".to_owned()]).collect()
    }
}

/// Queries of every kind.
pub const QUERIES: &[&str] = &[
    "averlund",
    "",
    "harbour",
    "harbour convoy",
    "convoy harbour",
    "winter stocks",
    "\"winter stocks\"",
    "\"harbour harbour\"",
    "\"harbour convoy\"",
    "port convoi",
    "réserves",
    "marée -hiver",
    "averlund -harbour",
    "averlund -\"harbour harbour\"",
    "bridge survey tide",
    "bridges surveys",
    "from:\"Operations Division\"",
    "from:harbour",
    "from:\"Élément avancé\" averlund",
    "to:\"Military Committee\"",
    "to:bureau port",
    "marking:\"NATO SECRET\"",
    "marking:NC",
    "marking:\"COSMIC TOP SECRET\" harbour",
    "marking:confidential averlund",
    "kind:letter",
    "kind:signal harbour",
    "year:2024",
    "year:2021 averlund",
    "before:2020",
    "after:2024-06 averlund",
    "after:2019 before:2022-03-05",
    "registry:HQR",
    "file:1",
    "file:2 harbour",
    "file:3",
    "file:nowhere",
    "registry:ARC harbour",
    "registry:COS",
    "registry:SCR",
    "ref:CYCLE-1",
    "ref:AVL/14/26",
    "ref:CROWD-1",
    "ref:mcm 3 24",
    "cites:MCM-0003-2024",
    "cites:\"C-M(2002)49\"",
    "mcm 2 24",
    "ref:@v3@",
    "ref:@v9@",
    "ref:@h2@",
    "@v4@",
    "@v9@",
    "@v2@",
    "@h1@",
    "harbour harbour convoy from:weather kind:report",
    "nosuchwordanywhere",
    "\"never closed",
    "from:",
    "before:2026-02-30",
];

pub fn each(path: &str, name: &str, values: &[String]) -> Vec<Ask> {
    values.iter().map(|v| Ask::get(path.replace(&format!("{{{name}}}"), v))).collect()
}

fn searches(path: &str) -> Vec<Ask> {
    QUERIES
        .iter()
        .map(|q| Ask::get(format!("{path}?q={}", web::frame::escaped(q).replace("%40", "@"))))
        .collect()
}

pub fn all(paths: &[&str]) -> Option<Vec<Ask>> {
    Some(paths.iter().map(|p| Ask::get(*p)).collect())
}

/// What is asked of a route that reads; none: nobody has said yet.
pub fn asks(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let first = |name: &str, values: &[String]| Some(each(path, name, values));
    let references: Vec<String> = [
        "@v0@", "@v2@", "@v3@", "@v4@", "@v9@", "@v14@", "@v19@", "@v24@", "@v34@", "@h0@", "@h1@", "@h2@",
        "@h3@", CROWDED,
    ]
    .iter()
    .map(|s| (*s).to_owned())
    .chain(["CYCLE-1", "cycle%200001", "AVL-14-26", "HQR-1998-1", "nothing"].map(ToOwned::to_owned))
    .collect();
    match path {
        // No directory is set: not there, whoever asks.
        "/sign-in/directory" => all(&[path, "/sign-in/directory?back=%2Fdesk&again=yes"]),
        "/sign-in/directory/return" => all(&[path, "/sign-in/directory/return?code=a&state=b"]),
        "/" | "/many" | "/sign-in" | "/first-password" | "/desk" | "/account" | "/people" | "/people/new"
        | "/ledger" | "/proposals" => all(&[path]),
        "/house" => all(&[path]),
        "/house/new" => all(&[
            "/house/new?what=group",
            path,
            "/house/new?what=series",
            "/house/new?what=entrust&series=MCM",
        ]),
        "/house/registries/{code}" => {
            all(&["/house/registries/HQR", "/house/registries/SCR", "/house/registries/NONE"])
        }
        "/change-user" => all(&[path, "/change-user?go=on"]),
        "/drafts" => all(&[path, "/drafts?path=%2Fregister%2Fnew", "/drafts?path=nothing"]),
        "/searches" | "/watches" | "/keys" | "/api/v1/searches" | "/api/v1/watches" => all(&[path]),
        "/searches/{id}" | "/watches/{id}" | "/watches/{id}/change" => {
            first("id", &["1", "2", "7", "none"].map(str::to_owned))
        }
        "/watches/new" => all(&["/watches/new", "/watches/new?q=harbour"]),
        "/api/v1/palette" => {
            let mut asks = vec![Ask::get(path)];
            asks.extend(references.iter().map(|r| Ask::get(format!("{path}?q={r}"))));
            Some(asks)
        }
        "/quality" | "/quality.csv" | "/quality.xlsx" | "/api/v1/quality" => {
            let mut asks = vec![Ask::get(path)];
            for by in ["registry", "originator", "division", "month"] {
                asks.push(Ask::get(format!("{path}?by={by}")));
                for code in ["HQR", "ARC", "SCR", "NONE"] {
                    asks.push(Ask::get(format!("{path}?by={by}&registry={code}")));
                }
            }
            Some(asks)
        }
        "/quality/papers" | "/quality/papers.csv" | "/quality/papers.xlsx" | "/api/v1/quality/papers" => {
            let rules = [
                "no-date",
                "no-originator",
                "no-addressee",
                "no-reference",
                "short-subject",
                "shared-reference",
                "unknown-reference",
                "undetermined",
                "no-such-rule",
            ];
            let mut asks: Vec<Ask> = rules.map(|rule| Ask::get(format!("{path}?rule={rule}"))).to_vec();
            asks.push(Ask::get(format!(
                "{path}?rule=no-reference&by=originator&value=Operations%20Division"
            )));
            asks.push(Ask::get(format!("{path}?rule=no-reference&by=registry&value=ARC&registry=ARC")));
            asks.push(Ask::get(format!("{path}?rule=no-reference&by=month&value=2026-01")));
            asks.push(Ask::get(format!("{path}?rule=no-reference&by=division&value=")));
            Some(asks)
        }
        "/assets/{file}" => all(&["/assets/chancery.css", "/assets/chancery.js", "/assets/none.css"]),
        "/register" | "/register.csv" | "/register.xlsx" => {
            let mut asks = vec![Ask::get(path)];
            for code in ["HQR", "ARC", "COS", "SCR", "NONE"] {
                for order in ["newest", "oldest", "registered", "first"] {
                    asks.push(Ask::get(format!("{path}?registry={code}&order={order}")));
                }
                // Going on from a paper that is not for everyone, and from one that is not there.
                for place in common.hidden.get(1).into_iter().chain(common.visible.get(9)) {
                    asks.push(Ask::get(format!("{path}?registry={code}&order=registered&after=0.{place}")));
                    asks.push(Ask::get(format!("{path}?registry={code}&order=newest&after=19000.{place}")));
                }
            }
            // Papers that were registered last: from a hidden one the whole list would follow.
            for place in common.hidden.iter().rev().take(4) {
                for code in ["HQR", "ARC"] {
                    asks.push(Ask::get(format!("{path}?registry={code}&order=registered&after=0.{place}")));
                }
            }
            asks.push(Ask::get(format!("{path}?order=oldest")));
            let every = "subject,number,preferred,marking,date,originator,addressee,kind,direction,language,registered,registered-by,file,held,registry";
            asks.push(Ask::get(format!("{path}?cols={every}&rows=200&density=tight")));
            Some(asks)
        }
        "/register/old" => all(&["/register/old"]),
        "/register/old/{id}" | "/register/old/{id}/rows.csv" | "/register/old/{id}/rows.xlsx" => {
            let own = path.replace("{id}", &common.workbook);
            let shown =
                ["documents", "copies", "counts", "problems"].map(|show| format!("{own}?show={show}"));
            let strange = path.replace("{id}", "00112233445566778899aabbccddeeff");
            Some(shown.into_iter().chain([strange]).map(Ask::get).collect())
        }
        "/api/v1/old-registers/{id}" => {
            let strange = "00112233445566778899aabbccddeeff".to_owned();
            first("id", &[common.workbook.clone(), strange])
        }
        "/register/new" => all(&["/register/new", "/register/new?policy=NATO", "/register/new?policy=EU"]),
        "/documents/{id}" => {
            let mut asks = each(path, "id", &common.documents());
            for tab in ["read", "versions", "about"] {
                for n in [0, 9] {
                    asks.push(Ask::get(format!("/documents/{}?tab={tab}", common.visible[n])));
                }
            }
            Some(asks)
        }
        "/documents/{id}/compare" => {
            let mut asks = each(path, "id", &common.documents());
            asks.push(Ask::get(format!("/documents/{}/compare?from=1&to=2", common.visible[0])));
            Some(asks)
        }
        "/api/v1/notices" => all(&[path]),
        "/documents/{id}/work"
        | "/documents/{id}/record"
        | "/documents/{id}/record.csv"
        | "/documents/{id}/record.xlsx"
        | "/api/v1/documents/{id}/check-outs"
        | "/api/v1/documents/{id}/disclosures"
        | "/documents/{id}/correct"
        | "/documents/{id}/files"
        | "/api/v1/documents/{id}/files" => first("id", &common.documents()),
        "/files" | "/files.csv" | "/files.xlsx" => {
            let mut asks = vec![Ask::get(path)];
            asks.extend(
                ["HQR", "ARC", "COS", "SEC", "NONE"].map(|c| Ask::get(format!("{path}?registry={c}"))),
            );
            Some(asks)
        }
        "/files/new" => {
            let mut asks = vec![Ask::get(path)];
            asks.extend(["HQR", "ARC", "SEC", "NONE"].map(|c| Ask::get(format!("{path}?registry={c}"))));
            for parent in common.files.iter().take(1).chain(common.hidden_files.iter().take(2)) {
                asks.push(Ask::get(format!("{path}?registry=HQR&parent={parent}")));
            }
            Some(asks)
        }
        "/files/{id}/change" | "/api/v1/files/{id}" => first("id", &common.plan()),
        "/files/{id}"
        | "/files/{id}/documents.csv"
        | "/files/{id}/documents.xlsx"
        | "/api/v1/files/{id}/documents" => {
            let mut asks = each(path, "id", &common.plan());
            for file in common.files.iter().take(4) {
                let own = path.replace("{id}", file);
                for order in ["newest", "oldest", "registered", "first"] {
                    asks.push(Ask::get(format!("{own}?order={order}")));
                }
                asks.push(Ask::get(format!("{own}?volume=1")));
                asks.push(Ask::get(format!("{own}?volume=2")));
                if path == "/files/{id}" {
                    // Going on from papers that are not for everyone.
                    for place in common.hidden.iter().rev().take(2).chain(common.visible.get(9)) {
                        asks.push(Ask::get(format!("{own}?order=registered&after=0.{place}")));
                    }
                }
                if path.starts_with("/api/") {
                    asks.push(Ask::get(format!("{own}?limit=3")));
                }
            }
            Some(asks)
        }
        "/api/v1/files" => {
            let mut asks = vec![Ask::get(path)];
            for code in ["HQR", "ARC", "COS", "SEC", "NONE"] {
                asks.push(Ask::get(format!("{path}?registry={code}")));
                asks.push(Ask::get(format!("{path}?registry={code}&limit=1")));
            }
            for file in &common.hidden_files {
                asks.push(Ask::get(format!("{path}?registry=HQR&after={file}")));
            }
            Some(asks)
        }
        "/documents/{id}/file/{version}" => Some(
            each(path, "id", &common.documents())
                .into_iter()
                .map(|ask| Ask::get(ask.path.replace("{version}", "1")))
                .chain(["2", "x"].map(|n| Ask::get(format!("/documents/{}/file/{n}", common.visible[0]))))
                .collect(),
        ),
        "/documents/{id}/file/{version}/{position}" => Some(
            each(path, "id", &common.messages())
                .into_iter()
                .map(|ask| Ask::get(ask.path.replace("{version}", "1").replace("{position}", "1")))
                .chain(
                    ["1/2", "2/1", "1/0", "1/x"]
                        .map(|places| Ask::get(format!("/documents/{}/file/{places}", common.visible[0]))),
                )
                .collect(),
        ),
        "/series" | "/api/v1/series" => {
            let path = path.to_owned();
            let more = if path.starts_with("/api") { "limit=3" } else { "q=MCM" };
            Some(vec![Ask::get(path.clone()), Ask::get(format!("{path}?{more}"))])
        }
        "/series/{code}" | "/series/{code}/report.csv" | "/series/{code}/report.xlsx" => Some(
            ["MCM", "MCM?state=never-given", "MCM?state=kept", "IMSM", "HQR", "NONE"]
                .iter()
                .map(|code| match code.split_once('?') {
                    Some((code, rest)) => Ask::get(format!("{}?{rest}", path.replace("{code}", code))),
                    None => Ask::get(path.replace("{code}", code)),
                })
                .collect(),
        ),
        "/api/v1/series/{code}/continuity" => {
            first("code", &["MCM", "IMSM", "HQR", "NONE"].map(str::to_owned))
        }
        "/people/{id}" => first("id", &common.people),
        "/people/{id}/change" => first("id", &common.people[8..]),
        "/tray" | "/tray.csv" | "/tray.xlsx" => Some(
            [
                "",
                "?registry=HQR",
                "?registry=SEC",
                "?view=dismissed",
                "?q=stocks&order=sender",
                "?order=oldest",
            ]
            .map(|rest| Ask::get(format!("{path}{rest}")))
            .to_vec(),
        ),
        "/scans" | "/scans/separator" => all(&[path]),
        "/scans/{id}"
        | "/scans/{id}/pages/{n}"
        | "/scans/{id}/pages/{n}/picture"
        | "/api/v1/scans/{id}/pages/{page}" => Some(
            ["00112233445566778899aabbccddeeff", "none"]
                .map(|id| Ask::get(path.replace("{id}", id).replace("{n}", "1").replace("{page}", "1")))
                .to_vec(),
        ),
        "/tray/{id}/file/{position}" | "/api/v1/tray/{id}/content/{position}" => Some(
            ["00112233445566778899aabbccddeeff", "none"]
                .map(|id| Ask::get(path.replace("{id}", id).replace("{position}", "0")))
                .to_vec(),
        ),
        "/api/v1/tray" => Some(
            ["", "?registry=HQR", "?registry=SEC", "?registry=NONE&limit=3"]
                .map(|rest| Ask::get(format!("{path}{rest}")))
                .to_vec(),
        ),
        "/api/v1/scans" => Some(
            ["", "?registry=HQR", "?registry=SEC", "?registry=NONE"]
                .map(|rest| Ask::get(format!("{path}{rest}")))
                .to_vec(),
        ),
        "/api/v1/scans/{id}" => first("id", &["00112233445566778899aabbccddeeff", "none"].map(str::to_owned)),
        "/api/v1/tray/{id}" => first("id", &["00112233445566778899aabbccddeeff", "none"].map(str::to_owned)),
        "/api/v1/registries/{code}/mailboxes" => first("code", &["HQR", "SEC", "NONE"].map(str::to_owned)),
        "/people/ending" | "/people/ending.csv" | "/people/ending.xlsx" => Some(
            [
                "",
                "?within=ended",
                "?within=30&what=briefing",
                "?order=name&q=l",
                "?order=latest&what=certificate",
            ]
            .map(|rest| Ask::get(format!("{path}{rest}")))
            .to_vec(),
        ),
        "/people/directory" | "/people/directory.csv" | "/people/directory.xlsx" => Some(
            ["", "?kind=gone&q=l", "?order=name-down", "?order=what&after=50"]
                .map(|rest| Ask::get(format!("{path}{rest}")))
                .to_vec(),
        ),
        // For oneself, of every paper; for others, of a seen, a hidden and an absent one.
        "/documents/{id}/why" | "/api/v1/documents/{id}/why" => {
            let mut asks = each(path, "id", &common.documents());
            let places = common.documents();
            for n in [0, 1, 3, 10, 11, 16] {
                for person in [0, 2, 4, 9] {
                    let (Some(place), Some(person)) = (places.get(n), common.people.get(person)) else {
                        continue;
                    };
                    let path = path.replace("{id}", place);
                    asks.push(Ask::get(format!("{path}?person={person}")));
                    if !path.starts_with("/api/") {
                        asks.push(Ask::get(format!("{path}?name=french")));
                    }
                }
            }
            Some(asks)
        }
        "/people/{id}/propose" => {
            let mut asks = each(path, "id", &common.people[8..]);
            let kinds = ["clearance", "briefing", "role", "membership", "specimen"];
            asks.extend(kinds.map(|is| Ask::get(format!("/people/{}/propose?is={is}", common.people[8]))));
            Some(asks)
        }
        "/people/{id}/specimens/{authorisation}" => {
            let (person, own) = (&common.specimen.0, &common.specimen.1);
            let each = [own.as_str(), &common.held.0, "00112233445566778899aabbccddeeff", "none"];
            Some(each.map(|id| Ask::get(format!("/people/{person}/specimens/{id}"))).to_vec())
        }
        "/authorisations/{id}/revoke" => Some(
            [common.held.0.as_str(), "00112233445566778899aabbccddeeff"]
                .map(|id| Ask::get(path.replace("{id}", id)))
                .to_vec(),
        ),
        "/search" => {
            let mut asks = searches(path);
            asks.push(Ask::get("/search?q=harbour&saved=1".to_owned()));
            asks.push(Ask::get("/search?q=harbour&saved=1&new=1".to_owned()));
            Some(asks)
        }
        "/search.csv" | "/search.xlsx" => Some(searches(path)),
        "/api/v1/me"
        | "/api/v1/registries"
        | "/api/v1/people"
        | "/api/v1/house"
        | "/api/v1/people/directory"
        | "/api/v1/proposals"
        | "/api/v1/endings"
        | "/api/v1/policies"
        | "/api/v1/ledgers"
        | "/api/v1/openapi.json"
        | "/api/v1/groups" => all(&[path]),
        "/api/v1/documents" => {
            let mut asks = vec![Ask::get(path)];
            for code in ["HQR", "ARC", "COS", "SCR", "NONE"] {
                for order in ["newest", "oldest", "registered", "first"] {
                    asks.push(Ask::get(format!("{path}?registry={code}&order={order}&limit=7")));
                }
            }
            Some(asks)
        }
        "/api/v1/documents/{id}"
        | "/api/v1/documents/{id}/corrections"
        | "/api/v1/documents/{id}/ties"
        | "/api/v1/documents/{id}/text" => first("id", &common.documents()),
        "/api/v1/documents/{id}/versions/{n}/content" => Some(
            each(path, "id", &common.documents())
                .into_iter()
                .map(|ask| Ask::get(ask.path.replace("{n}", "1")))
                .chain(["2", "x"].map(|n| {
                    Ask::get(format!("/api/v1/documents/{}/versions/{n}/content", common.visible[0]))
                }))
                .collect(),
        ),
        "/api/v1/documents/{id}/versions/{n}/enclosures/{position}" => Some(
            each(path, "id", &common.messages())
                .into_iter()
                .map(|ask| Ask::get(ask.path.replace("{n}", "1").replace("{position}", "1")))
                .chain([("1", "2"), ("2", "1"), ("1", "0"), ("1", "x")].map(|(n, position)| {
                    let document = &common.visible[0];
                    Ask::get(format!("/api/v1/documents/{document}/versions/{n}/enclosures/{position}"))
                }))
                .collect(),
        ),
        "/api/v1/documents/by-reference/{reference}" => first("reference", &references),
        "/api/v1/people/{id}" => first("id", &common.people),
        "/api/v1/search" => {
            let mut asks = searches(path);
            let paged = ["harbour convoy", "averlund", "registry:ARC harbour"];
            asks.extend(paged.map(|q| Ask::get(format!("{path}?limit=3&q={}", web::frame::escaped(q)))));
            Some(asks)
        }
        _ => cases::asks(path, common)
            .or_else(|| organisation::asks(path, common))
            .or_else(|| custody::asks(path, common)),
    }
}

/// Where a list goes on, as its own answer says.
pub fn next_of(ask: &Ask, text: &str) -> Option<Ask> {
    if !ask.path.contains("after=")
        && ask.path.starts_with("/api/")
        && let Some(at) = text.find("\"next\":\"")
    {
        let key = text[at + 8..].split('"').next()?;
        let sign = if ask.path.contains('?') { '&' } else { '?' };
        return Some(Ask::get(format!("{}{sign}after={key}", ask.path)));
    }
    if !ask.path.contains("after=") && !ask.path.starts_with("/api/") {
        let link = text.split("href=\"").skip(1).filter_map(|part| part.split('"').next());
        let next = link.into_iter().find(|href| href.contains("after="))?;
        return Some(Ask::get(next.replace("&amp;", "&")));
    }
    None
}
