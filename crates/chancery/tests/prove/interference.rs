//! What a caller may not see changes no byte of any answer: the same requests in two worlds, over every route of the
//! table, for eight callers in both languages; and leaks planted in the real path, each of which must be found.

mod planted;

use std::collections::BTreeMap;

use registry::DocumentId;
use store::planted::{Leak, plant};
use web::routes::{Access, ROUTES, Route};

use self::planted::{planted, planted_duplicate};
use crate::{
    acts::acts,
    asks::{Common, asks, next_of},
    engines::{Kind, kinds},
    full,
    papers::{CROWD, From, MARK, SHARED, VISIBLE},
    run,
    send::{Ask, Caller, Names, Reply, comparable, difference, send},
    worlds::{CALLERS, Filling, World},
};

/// Pages followed from one list.
const FOLLOWED: usize = 3;

/// Two worlds that must look alike to some callers.
struct Pair {
    left: World,
    right: World,
    left_names: Names,
    right_names: Names,
    common: Common,
    /// How often everything was changed.
    rounds: usize,
}

/// What was compared of one route.
#[derive(Debug, Default, Clone)]
struct Tally {
    asked: usize,
    shown: usize,
    marked: usize,
    /// Asked again with the entity tag of the answer.
    again: usize,
    statuses: BTreeMap<u16, usize>,
    /// How long both worlds took for the answers.
    took: std::time::Duration,
    differences: Vec<String>,
}

impl Pair {
    async fn of(filling: Filling, kind: &Kind) -> Self {
        Self::between(Filling::Plain, filling, kind).await
    }

    async fn between(left: Filling, right: Filling, kind: &Kind) -> Self {
        let (left, right) = (World::with(left, kind).await, World::with(right, kind).await);
        // The ids of what is visible are the same; so are those of what is hidden here and absent there.
        let ids = |world: &World| world.visible.iter().map(|(id, _)| *id).collect::<Vec<DocumentId>>();
        assert_eq!(ids(&left), ids(&right));
        assert_eq!(left.sessions, right.sessions);
        assert_eq!(left.books, right.books);
        let hidden: Vec<String> = right.hidden.iter().map(|(_, r)| r.clone()).collect();
        // In the plain world the same places are held by numbers that were never given.
        let absent: Vec<String> =
            hidden.iter().enumerate().map(|(n, r)| format!("{}-2026-9{n:05}", &r[..3])).collect();
        let (left_names, right_names) = (Names::of(&left, &absent), Names::of(&right, &hidden));
        let common = Common::of(&left, &right);
        Self { left, right, left_names, right_names, common, rounds: 0 }
    }

    async fn give_back(self) {
        self.left.give_back().await;
        self.right.give_back().await;
    }

    /// The answers as they were sent, and as they are compared.
    async fn both(&self, caller: Caller, ask: &Ask, step: &str) -> ([Reply; 2], Reply, Reply) {
        let (left, right) = futures::join!(
            send(&self.left, &self.left_names, caller, ask, step),
            send(&self.right, &self.right_names, caller, ask, step)
        );
        let (named, other) = (comparable(&left, &self.left_names), comparable(&right, &self.right_names));
        ([left, right], named, other)
    }

    /// The same asked by one who has the answer already: he is told in both worlds that nothing changed.
    async fn again(
        &self,
        caller: Caller,
        ask: &Ask,
        step: &str,
        sent: &[Reply; 2],
        named: [&Reply; 2],
    ) -> Option<String> {
        let [Some(one), Some(two)] = [&sent[0], &sent[1]].map(|reply| reply.header("etag")) else {
            return None;
        };
        let (one_ask, two_ask) =
            (ask.clone().with("if-none-match", one), ask.clone().with("if-none-match", two));
        let (left, right) = futures::join!(
            send(&self.left, &self.left_names, caller, &one_ask, step),
            send(&self.right, &self.right_names, caller, &two_ask, step)
        );
        let (left, right) = (
            retagged(comparable(&left, &self.left_names), one, named[0]),
            retagged(comparable(&right, &self.right_names), two, named[1]),
        );
        match difference(&left, &right) {
            Some(what) => Some(format!("asked again with its entity tag: {what}")),
            None if left.status != 304 => {
                Some(format!("asked again with its entity tag: {} and not 304", left.status))
            }
            None => None,
        }
    }

    async fn compare(&self, caller: Caller, ask: &Ask, step: &str, tally: &mut Tally) -> Reply {
        let begun = now();
        let (sent, left, right) = self.both(caller, ask, step).await;
        tally.took += begun.elapsed();
        tally.asked += 1;
        *tally.statuses.entry(left.status).or_default() += 1;
        if left.status == 200 && right.status == 200 {
            tally.shown += 1;
            tally.marked += usize::from(left.text().to_lowercase().contains(MARK));
        }
        if left.status == 500 {
            tally.differences.push(format!(
                "{} as {caller:?}: the machine failed: {}",
                ask.path,
                left.text()
            ));
        }
        if let Some(what) = difference(&left, &right) {
            tally.differences.push(format!("{} {} as {caller:?}: {what}", ask.method, ask.path));
        } else if ask.method == "GET" && left.status == 200 {
            tally.again += usize::from(left.header("etag").is_some());
            let again = self.again(caller, ask, step, &sent, [&left, &right]).await;
            tally.differences.extend(again.map(|what| format!("{} as {caller:?}: {what}", ask.path)));
        }
        let [as_sent, _] = sent;
        as_sent
    }

    /// Everything that reads, for some callers.
    async fn reads(&self, callers: &[Caller], first_found: bool) -> BTreeMap<&'static str, Tally> {
        self.reads_of(callers, first_found, |_| true).await
    }

    /// The same of some routes.
    async fn reads_of(
        &self,
        callers: &[Caller],
        first_found: bool,
        of: impl Fn(&str) -> bool,
    ) -> BTreeMap<&'static str, Tally> {
        let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
        for route in ROUTES.iter().filter(|r| r.method.as_str() == "GET" && of(r.path)) {
            let tally = tallies.entry(route.path).or_default();
            let Some(asked) = asks(route.path, &self.common) else {
                tally.differences.push("nobody has said what to ask of this route".to_owned());
                continue;
            };
            for caller in callers {
                for ask in &asked {
                    let mut ask = ask.clone();
                    for turn in 0..FOLLOWED {
                        let step = format!("{} {caller:?} {turn}", ask.path);
                        let reply = self.compare(*caller, &ask, &step, tally).await;
                        let Some(next) = next_of(&ask, &reply.text()).filter(|n| n.path != ask.path) else {
                            break;
                        };
                        ask = next;
                    }
                    if first_found && !tally.differences.is_empty() {
                        break;
                    }
                }
            }
        }
        tallies
    }

    /// Everything that changes, of some routes, each of some callers after the other, alike in both worlds. What is sent
    /// is sent under other names each time.
    async fn changes_by(
        &mut self,
        logins: &[&'static str],
        of: impl Fn(&str) -> bool,
    ) -> BTreeMap<&'static str, Tally> {
        self.rounds += 1;
        let round = self.rounds;
        let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
        for route in ROUTES.iter().filter(|r| r.method.as_str() != "GET" && of(r.path)) {
            for login in logins.iter().copied() {
                let caller = Caller { login: Some(login), language: "en" };
                for world in [&mut self.left, &mut self.right] {
                    world.opens(login, &format!("for {} {round}", route.name)).await;
                }
                let tally = tallies.entry(route.path).or_default();
                let Some(asked) = acts(route.path, &self.common, &format!("{login}{round}")) else {
                    tally.differences.push("nobody has said what to send to this route".to_owned());
                    continue;
                };
                for (n, ask) in asked.iter().enumerate() {
                    let step = format!("{} {} {login} {round} {n}", route.method, route.path);
                    self.compare(caller, ask, &step, tally).await;
                }
            }
        }
        for login in logins {
            for world in [&mut self.left, &mut self.right] {
                world.opens(login, &format!("after all {round}")).await;
            }
        }
        tallies
    }
}

/// An answer without a body: the tag that it repeats is named as in the answer that it repeats.
fn retagged(mut reply: Reply, tag: &str, named: &Reply) -> Reply {
    if let Some(named) = named.header("etag") {
        for (_, value) in reply.headers.iter_mut().filter(|(name, value)| name == "etag" && value == tag) {
            *value = named.to_owned();
        }
    }
    reply
}

fn everyone() -> Vec<Caller> {
    CALLERS
        .iter()
        .flat_map(|login| ["en", "fr"].map(|language| Caller { login: Some(*login), language }))
        .collect()
}

fn nobody() -> Caller {
    Caller { login: None, language: "en" }
}

fn only(logins: &[&'static str]) -> Vec<Caller> {
    logins.iter().map(|login| Caller { login: Some(*login), language: "en" }).collect()
}

/// Prints what was compared and fails where anything differed.
fn conclude(what: &str, tallies: &BTreeMap<&'static str, Tally>) {
    let mut bad = Vec::new();
    println!("\n{what}");
    println!(
        "  {:48} {:>6} {:>6} {:>9} {:>6} {:>7}  {:>9}  statuses",
        "route", "asked", "shown", "with text", "again", "seconds", "differing"
    );
    for (path, tally) in tallies {
        let t = tally;
        let differing = t.differences.len();
        println!(
            "  {path:48} {:>6} {:>6} {:>9} {:>6} {:>7.1}  {differing:>9}  {:?}",
            t.asked,
            t.shown,
            t.marked,
            t.again,
            t.took.as_secs_f64(),
            t.statuses
        );
        bad.extend(t.differences.iter().take(3).map(|d| format!("{path}: {d}")));
    }
    assert!(bad.is_empty(), "{what}: {} routes tell what is hidden:\n{}", bad.len(), bad.join("\n"));
}

/// A comparison of empty answers would prove nothing.
fn shows_something(tallies: &BTreeMap<&'static str, Tally>) {
    let reads_papers = |route: &&Route| {
        let path = route.path;
        let lists = ["/register", "/search", "/documents", "/desk"].iter().any(|part| path.contains(part));
        // What somebody brought or keeps himself is no list of papers.
        let own = ["/register/old", "/searches"].iter().any(|part| path.contains(part));
        route.method.as_str() == "GET" && lists && !own && !path.ends_with("/new")
    };
    for route in ROUTES.iter().filter(reads_papers) {
        let tally = &tallies[route.path];
        // What is for a role alone is shown to few callers; and few papers were corrected.
        // So are reasons, which are asked for person by person and say nothing of the paper, ties to others, and copies
        // and to whom they go, which are the staff's.
        let rare = ["/corrections", "/why", "/ties", "/copies", "/distribute"];
        let rare = rare.iter().any(|end| route.path.ends_with(end));
        let share = if rare || matches!(route.access, Access::Roles(_)) { 30 } else { 10 };
        // Of these pages the paper is the head, by its reference alone.
        let headed = ["/why", "/work", "/record", "/check-outs", "/disclosures"]
            .iter()
            .any(|part| route.path.split('.').next().is_some_and(|path| path.ends_with(part)));
        let shown = if headed { tally.shown } else { tally.marked };
        assert!(
            shown * share >= tally.asked,
            "{}: of {} answers only {} show a paper",
            route.path,
            tally.asked,
            tally.marked
        );
    }
}

/// The pages of copies show something to those whose work they are: a clerk of one registry, two of another.
fn shows_copies(tallies: &BTreeMap<&'static str, Tally>) {
    let parts =
        ["/custody", "/holdings", "/copies", "/dispatches", "/destructions", "/incidents", "/musters"];
    let of_custody = |route: &&Route| {
        let path = route.path;
        // A name leads on to its copy: nothing is shown there.
        route.method.as_str() == "GET"
            && path != "/custody/find"
            // No receipt of the worlds came back as a scan.
            && !path.contains("/scans/")
            && parts.iter().any(|part| path.contains(part))
    };
    let empty = |route: &&Route| tallies[route.path].shown * 40 < tallies[route.path].asked;
    let told = |route: &Route| {
        let tally = &tallies[route.path];
        format!("{}: of {} answers only {} show anything", route.path, tally.asked, tally.shown)
    };
    let empty: Vec<String> = ROUTES.iter().filter(of_custody).filter(empty).map(told).collect();
    assert!(empty.is_empty(), "{}", empty.join("\n"));
}

/// The hidden papers are there, and none of them is anyone's among the callers.
async fn is_hidden(pair: &Pair, callers: &[&str], at_least: usize) {
    pair.right.hides_custody(callers).await;
    pair.right.hides_cases(callers).await;
    let census = pair.right.office.census().await.unwrap();
    let documents = census.rows.iter().find(|(table, _)| *table == "document").unwrap().1;
    assert_eq!(documents as usize, VISIBLE + pair.right.hidden.len());
    assert!(pair.right.hidden.len() >= at_least);
    for login in callers {
        let mut reading = pair.right.office.read_as(pair.right.people[*login]).await.unwrap();
        for (id, _) in pair.right.hidden.iter().take(330) {
            assert!(reading.document(*id).await.is_err(), "{login} sees a paper that should be hidden");
        }
        let seen = pair.right.visible.iter();
        let mut count = 0;
        for (id, _) in seen {
            count += usize::from(reading.document(*id).await.is_ok());
        }
        println!("  {login:12} sees {count} of {VISIBLE}");
    }
}

/// Whom a story asks: in the small size on PostgreSQL the first two.
fn some(kind: &Kind, logins: &'static [&'static str]) -> &'static [&'static str] {
    if full() || matches!(kind, Kind::Sqlite) { logins } else { &logins[..2] }
}

/// A story on every engine there is.
fn on_each(story: impl AsyncFn(&Kind)) {
    run(async {
        for kind in kinds() {
            let begun = now();
            println!("\non {}", kind.name());
            story(&kind).await;
            println!("  on {}: {:.0} s", kind.name(), begun.elapsed().as_secs_f64());
        }
    });
}

#[expect(clippy::disallowed_methods, reason = "says how long the proof took")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn interference_of_papers_hidden_from_all_callers() {
    on_each(async |kind| {
        let mut pair = Pair::of(Filling::Hidden(From::All), kind).await;
        is_hidden(&pair, &CALLERS, 300 + CROWD).await;
        // In the small size French is asked for on SQLite alone and by two, for what one may see knows no language; PostgreSQL is
        // asked by one of each kind; and a leak there where it stands before tables.
        let all = full() || matches!(kind, Kind::Sqlite);
        let logins = if all { CALLERS.as_slice() } else { &["clerk", "assistant", "partner", "admin"] };
        let mut callers = if full() { everyone() } else { only(logins) };
        if all && !full() {
            callers.extend(["clerk", "french"].map(|login| Caller { login: Some(login), language: "fr" }));
        }
        callers.push(nobody());
        let tallies = pair.reads(&callers, false).await;
        conclude("papers hidden from all callers", &tallies);
        planted(&mut pair, all).await;
        if all {
            shows_something(&tallies);
            shows_copies(&tallies);
        }
        duplicates(&mut pair).await;
        let tallies = pair.changes_by(logins, |_| true).await;
        conclude("what callers change", &tallies);
        let tallies = pair.reads(&only(&["clerk", "french"]), false).await;
        conclude("and what they read thereafter", &tallies);
        planted_duplicate(&pair).await;
        pair.give_back().await;
    });
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn interference_of_papers_above_ones_clearance() {
    on_each(async |kind| {
        let pair = Pair::of(Filling::Hidden(From::Uncleared), kind).await;
        let logins = some(kind, &["french", "partner", "nocert", "admin"]);
        is_hidden(&pair, logins, 300).await;
        conclude("papers above one's clearance", &pair.reads(&only(logins), false).await);
        pair.give_back().await;
    });
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn interference_of_what_one_handles_and_may_not_read() {
    on_each(async |kind| {
        let pair = Pair::of(Filling::OtherInsides, kind).await;
        let logins = some(kind, &["assistant", "clerk", "partner", "admin"]);
        let tallies = pair.reads(&only(logins), false).await;
        conclude("another inside of what one only handles", &tallies);
        pair.give_back().await;
    });
}

/// More papers than are answered at once, handled and not read, bear as foreign references the own ones of others: who
/// handles the others finds them as if those papers bore anything else.
#[test]
#[ignore = "run by cargo xtask prove"]
fn interference_of_references_in_what_one_handles_and_may_not_read() {
    on_each(async |kind| {
        let pair = Pair::between(Filling::Sharing(false), Filling::Sharing(true), kind).await;
        let of = |path: &str| path.contains("reference") || path == "/search";
        let assistant = only(&["assistant"]);
        let borne = pair.left.visible.iter().filter(|(_, r)| {
            r.strip_prefix("COS-2026-").and_then(|n| n.parse().ok()).is_some_and(|n: usize| n <= SHARED)
        });
        assert_eq!(borne.count(), SHARED, "the references that are shared are those of papers that are seen");
        let tallies = pair.reads_of(&assistant, false, of).await;
        conclude("references that others bear too", &tallies);
        plant(Some(Leak::Bound));
        let tallies = pair.reads_of(&assistant, false, of).await;
        plant(None);
        assert!(!tallies["/api/v1/documents/by-reference/{reference}"].differences.is_empty());
        pair.give_back().await;
    });
}

/// What has the bytes of a hidden paper is accepted as new, what has those of a paper that one sees is refused with its
/// reference; and a registry that shows nothing is none.
async fn duplicates(pair: &mut Pair) {
    let caller = Caller { login: Some("clerk"), language: "en" };
    let path = "/api/v1/registries/{code}/documents";
    let mut tally = Tally::default();
    let mut statuses = Vec::new();
    for (n, ask) in acts(path, &pair.common, "duplicates").unwrap().iter().enumerate() {
        let reply = pair.compare(caller, ask, &format!("duplicates {n}"), &mut tally).await;
        statuses.push(reply.status);
        if reply.status == 409 {
            assert!(pair.left_names.called(&reply.text()).contains("@v2@"), "{}", reply.text());
        }
    }
    assert_eq!(tally.differences, Vec::<String>::new());
    assert_eq!(
        statuses,
        [201, 201, 201, 409, 404, 404, 201],
        "fresh, as two hidden ones, as a seen one, in no registry, fresh by mail"
    );
    // A registry that shows one nothing is not named to him: the form says the same of it as of none at all.
    let form = acts("/register/new", &pair.common, "unnamed").unwrap().swap_remove(1);
    assert!(form.body.contains("\r\n\r\nSCR\r\n"));
    let none = Ask { body: form.body.replace("\r\n\r\nSCR\r\n", "\r\n\r\nNONE\r\n"), ..form.clone() };
    let (unnamed, ..) = pair.both(caller, &form, "unnamed").await;
    let (absent, ..) = pair.both(caller, &none, "unnamed").await;
    assert_eq!(difference(&unnamed[0], &absent[0]), None);
    for world in [&mut pair.left, &mut pair.right] {
        // What was registered since is found by those who registered it.
        world.office.catch_up().await.unwrap();
    }
}
