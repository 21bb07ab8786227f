//! A tasker from its opening to its end through forms, by those whose it is; what is refused comes back with what was typed;
//! and who is not cleared for it finds nothing.

use axum::http::StatusCode;
use registry::{
    Answer, Command, PersonId,
    house::Names,
    id::{PostId, UnitId},
    organisation::{Act, Thing, UnitKind, post::PostTerms, unit::UnitTerms},
};

use crate::{
    browser::{Browser, Page, World},
    receipts::sends,
};

const FORM: &str = "/cases/new/tasker";

/// A house of which three units have a head each: `clerk` heads HQ, `reader` LOG, `support` OPS, `nobody` MED.
pub async fn staffed() -> World {
    let world = World::founded().await;
    let support = world.adds("support").await;
    world.clears(support, "CONFIDENTIAL").await;
    for (code, login) in [("HQ", "clerk"), ("LOG", "reader"), ("OPS", "support"), ("MED", "nobody")] {
        let person = world.office.person_named(login).await.unwrap();
        heads(&world, code, person).await;
    }
    world
}

pub async fn organise(world: &World, act: Act) -> Thing {
    let keeper = world.office.person_named("keeper").await.unwrap();
    match world.does(keeper, Command::Organise { act: Box::new(act) }).await {
        Answer::Organised { thing } => thing,
        other => panic!("{other:?}"),
    }
}

async fn heads(world: &World, code: &str, person: PersonId) {
    let names = |what: &str| Names { en: format!("{what} {code}"), fr: format!("{what} {code}") };
    let begins = "2026-01-01".parse().unwrap();
    let terms = UnitTerms {
        names: names("Division"),
        is: UnitKind::Division,
        parent: None,
        registry: None,
        begins,
        ends: None,
    };
    let unit: UnitId = match organise(world, Act::EstablishUnit { code: code.into(), terms }).await {
        Thing::Unit { unit } => unit,
        other => panic!("{other:?}"),
    };
    let terms = PostTerms { titles: names("Head of"), unit, head: true, begins, ends: None };
    let post: PostId = match organise(world, Act::EstablishPost { code: format!("{code}-1"), terms }).await {
        Thing::Post { post } => post,
        other => panic!("{other:?}"),
    };
    organise(world, Act::TakeUp { post, person, from: begins, until: None }).await;
}

pub const ASKED: [(&str, &str); 14] = [
    ("f.subject", "Winter fuel for the depots"),
    ("f.issuing_authority", "HQ-1 – Head of HQ"),
    ("f.priority", "routine"),
    ("f.lead", "log"),
    ("f.support", "OPS – Division OPS"),
    ("f.support", ""),
    ("f.routing", "together"),
    ("f.instruction", "Say how much is there."),
    ("f.deliverable", "A brief of two pages"),
    ("f.internal_suspense", "27 March 2026"),
    ("f.buffer", "1"),
    ("policy", "NATO"),
    ("levels_of", "NATO"),
    ("level", "CONFIDENTIAL"),
];

pub async fn opens(browser: &mut Browser, changed: &[(&str, &str)]) -> Page {
    let page = browser.get(FORM).await.good();
    let mut fields = ASKED.to_vec();
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    sends(browser, &page, FORM, &fields).await
}

/// The number of the case to which a form led.
pub fn led(page: &Page) -> String {
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    page.to().split('?').next().unwrap().to_owned()
}

/// The addresses of the tasks with whose forms a page comes, each once.
pub fn tasks(page: &Page, case: &str) -> Vec<String> {
    let mark = format!("action=\"{case}/tasks/");
    let mut all: Vec<String> = page
        .text
        .match_indices(&mark)
        .map(|(at, _)| page.text[at + 8..].split('"').next().unwrap().to_owned())
        .collect();
    all.dedup();
    all
}

#[tokio::test]
async fn a_tasker_goes_from_its_opening_to_its_end_through_forms() {
    let world = staffed().await;
    let paper = world.paper(Some("CONFIDENTIAL"), "Fuel in the depots", "There is enough of it.").await;
    let mut clerk = world.browser("clerk").await;
    clerk.get("/cases").await.good().shows("No such case").shows("/cases/new");
    clerk.get("/cases/new").await.good().shows("Tasker").shows(FORM);
    let case = led(&opens(&mut clerk, &[]).await);
    assert_eq!(case, "/cases/TT-2026-0001");
    let page = clerk.get(&format!("{case}?done=case-opened")).await.good();
    page.shows("The case is open.")
        .shows("Winter fuel for the depots")
        .shows("NATO CONFIDENTIAL")
        .shows("Draft");
    assert_eq!(page.banner(), "NATO CONFIDENTIAL");
    // The opener issues it: the lead finds it on his desk and begins.
    let page = sends(&mut clerk, &page, &format!("{case}/step"), &[("step", "issue"), ("at", "draft")]).await;
    clerk
        .get(&format!("{}?done=case-stepped", led(&page)))
        .await
        .good()
        .shows("LOG-1")
        .hides("value=\"begin\"");
    let mut reader = world.browser("reader").await;
    reader.get("/desk").await.good().shows("My tasks").shows("Winter fuel").shows("TT-2026-0001");
    let own = reader.get("/tasks").await.good();
    own.shows("Acknowledge");
    let task = tasks(&own, &case).remove(0);
    let back = sends(&mut reader, &own, &task, &[("does", "acknowledge"), ("back", "/tasks")]).await;
    assert_eq!(back.to(), "/tasks?done=task-acknowledge");
    let page = reader.get(&case).await.good();
    page.shows("Begin work").shows("Acknowledged");
    let page =
        sends(&mut reader, &page, &format!("{case}/step"), &[("step", "begin"), ("at", "issued")]).await;
    let page = reader.get(&led(&page)).await.good();
    // Handing in waits for the reply and for the product, and says so.
    page.shows("disabled")
        .shows("Coordination: 0 of 1 have replied.")
        .shows("Still to be shown: The product, registered.");
    // The supporter asks for time, is given it, and does not concur without words.
    let mut support = world.browser("support").await;
    let theirs = support.get(&case).await.good();
    theirs.shows("Concur with comment").hides("value=\"begin\"");
    let task = tasks(&theirs, &case).remove(0);
    let late = sends(
        &mut support,
        &theirs,
        &task,
        &[("does", "ask-for-time"), ("until", "soon"), ("reason", "Leave")],
    )
    .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.shows("value=\"soon\"").shows(">Leave</textarea>").shows("ask-for-time-until");
    let asked = [("does", "ask-for-time"), ("until", "26 March 2026"), ("reason", "Leave")];
    led(&sends(&mut support, &theirs, &task, &asked).await);
    let page = reader.get(&case).await.good();
    page.shows("Asks for time until 26 March 2026");
    led(&sends(&mut reader, &page, &task, &[("does", "decide-time"), ("granted", "yes")]).await);
    let theirs = support.get(&case).await.good();
    theirs.shows("more time granted");
    let silent = sends(&mut support, &theirs, &task, &[("does", "reply"), ("reply", "non_concur")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.shows("at least one critical comment").shows("value=\"non_concur\" checked");
    let table = format!("{case}/comments");
    let page = support.get(&table).await.good();
    let id = task.rsplit('/').next().unwrap();
    let row = [
        ("act", "add"),
        ("form", "add"),
        ("task", id),
        ("severity", "critical"),
        ("comment_text", "Too old."),
        ("proposal", "Take those of this year."),
    ];
    led(&support.answer(&page, &table, &row).await);
    let words = [("does", "reply"), ("reply", "non_concur"), ("words", "The figures are of last year.")];
    led(&sends(&mut support, &theirs, &task, &words).await);
    // The lead shows the product by its reference and hands in.
    let page = reader.get(&case).await.good();
    page.shows("The figures are of last year.").shows("Non-concur");
    let show = format!("{case}/show");
    let none = sends(&mut reader, &page, &show, &[("evidence", "product"), ("document", "nothing")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("value=\"nothing\"").shows("show-product-document");
    let reference = {
        let text = reader.get(&format!("/documents/{paper}")).await.good().text;
        let at = text.find("REG-2026-").unwrap();
        text[at..].split(['<', '"', ' ']).next().unwrap().to_owned()
    };
    led(&sends(&mut reader, &page, &show, &[("evidence", "product"), ("document", &reference)]).await);
    let page = reader.get(&case).await.good();
    page.shows(&reference);
    led(&sends(&mut reader, &page, &format!("{case}/step"), &[("step", "submit"), ("at", "work")]).await);
    // Approving asks how the non-concurrence was settled, and for a closing note.
    let page = clerk.get(&case).await.good();
    page.shows("Review").hides("value=\"approve\"");
    let change = format!("{case}/change");
    led(&sends(&mut clerk, &page, &change, &[("f.adjudication", "New figures were taken."), ("reason", "")])
        .await);
    let page = clerk.get(&case).await.good();
    page.shows("Approve and close").shows("New figures were taken.");
    let step = [("step", "approve"), ("at", "review"), ("f.closing_note", "")];
    let empty = sends(&mut clerk, &page, &format!("{case}/step"), &step).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.shows("step-approve-f.closing_note");
    let step = [("step", "approve"), ("at", "review"), ("f.closing_note", "Done well.")];
    led(&sends(&mut clerk, &page, &format!("{case}/step"), &step).await);
    let page = clerk.get(&case).await.good();
    page.shows("Closed").shows("Done well.").shows("Reopen the case").hides("value=\"approve\"");
    clerk.get("/cases").await.good().hides("TT-2026-0001");
    clerk.get("/cases?state=ended&procedure=tasker&q=FUEL").await.good().shows("TT-2026-0001");
    let file = clerk.get("/cases.csv?state=all").await.good();
    file.shows("TT-2026-0001,Winter fuel for the depots,Tasker,Closed").shows("NATO CONFIDENTIAL");
    clerk.get("/cases.xlsx?state=all").await.good();
    reader.get("/tasks").await.good().shows("You have no task");
    // It is taken up again with a reason.
    let none =
        sends(&mut clerk, &page, &format!("{case}/reopen"), &[("stage", "work"), ("reason", "")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    led(&sends(
        &mut clerk,
        &page,
        &format!("{case}/reopen"),
        &[("stage", "work"), ("reason", "New figures.")],
    )
    .await);
    clerk.get(&case).await.good().shows("New figures.").shows("In work");
    let mut reader = world.browser("reader").await;
    reader.speaks("fr").await;
    reader.get("/tasks").await.good().shows("Mes tâches").shows("Prendre en compte");
    reader.get("/cases/board/tasker").await.good().shows("En cours").shows("TT-2026-0001");
    reader.get(&case).await.good().shows("Rouverte à l’étape").shows("Historique");
    reader.get("/tasks.csv").await.good().shows("TT-2026-0001");
    reader.get("/tasks.xlsx").await.good();
}

#[tokio::test]
async fn what_is_refused_of_an_opening_stands_beside_its_field_with_what_was_typed() {
    let world = staffed().await;
    let mut clerk = world.browser("clerk").await;
    for (field, typed, says) in [
        ("f.subject", "", "This is empty."),
        ("f.issuing_authority", "XX-9", "XX-9"),
        ("f.lead", "Elsewhere", "Elsewhere"),
        ("f.support", "NOPE – None", "NOPE – None"),
        ("f.internal_suspense", "some day", "some day"),
        ("f.internal_suspense", "1 March 2026", "This day is past."),
        ("f.external_suspense", "20 March 2026", "before"),
        ("f.buffer", "many", "a whole number"),
        ("f.buffer", "99", "At most 20."),
        ("f.sources", "nothing", "nothing"),
        ("level", "", "This is empty."),
    ] {
        let back = opens(&mut clerk, &[(field, typed)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}: {}", back.text);
        back.shows(&format!("href=\"#field-{field}\"")).shows(&format!("id=\"field-{field}\"")).shows(says);
        back.shows("Say how much is there.")
            .shows("value=\"27 March 2026\"".trim_end_matches(|_| field == "f.internal_suspense"));
    }
    // A marking that the text names is proposed, and confirmed before anything is opened.
    let text = "NATO CONFIDENTIAL\n\nSay how much is there.";
    let back = opens(&mut clerk, &[("level", ""), ("f.instruction", text)]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.shows("value=\"CONFIDENTIAL\" selected").shows("Instruction");
    clerk.get("/cases?state=all").await.good().shows("No such case");
    assert_eq!(clerk.get("/cases/new/nothing").await.status, StatusCode::NOT_FOUND);
    // The choice of another policy loses nothing.
    let page = opens(&mut clerk, &[("act", "policy"), ("policy", "EU")]).await.good();
    page.shows("Winter fuel for the depots").shows("RESTREINT");
}

#[tokio::test]
async fn who_is_not_cleared_or_takes_no_part_finds_nothing() {
    let world = staffed().await;
    let mut clerk = world.browser("clerk").await;
    let case = led(&opens(&mut clerk, &[("f.support", "MED")]).await);
    let page = clerk.get(&case).await.good();
    for (step, at) in [("issue", "draft")] {
        led(&sends(&mut clerk, &page, &format!("{case}/step"), &[("step", step), ("at", at)]).await);
    }
    let mut reader = world.browser("reader").await;
    let page = reader.get(&case).await.good();
    led(&sends(&mut reader, &page, &format!("{case}/step"), &[("step", "begin"), ("at", "issued")]).await);
    let note =
        [("words", "Please look at this."), ("mentions", "Person called nobody\nPerson called support")];
    led(&sends(&mut reader, &page, &format!("{case}/note"), &note).await);
    reader.get(&case).await.good().shows("Please look at this.").shows("Person called support");
    world.browser("support").await.get(&case).await.good().shows("Please look at this.");
    for login in ["nobody", "inspector", "keeper"] {
        let mut other = world.browser(login).await;
        other.get("/cases?state=all").await.good().hides("TT-2026").hides("Winter fuel");
        other.get("/tasks").await.good().hides("TT-2026");
        other.get("/desk").await.good().hides("TT-2026").hides("Winter fuel");
        other.get("/cases.csv?state=all").await.good().hides("TT-2026");
        other.get("/cases/board/tasker").await.good().hides("TT-2026");
        let (there, never) = (other.get(&case).await, other.get("/cases/TT-2026-0009").await);
        assert_eq!((there.status, never.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{login}");
        let page = other.get("/cases").await.good();
        for what in ["step", "change", "show", "note", "reopen"] {
            let answer = other.answer(&page, &format!("{case}/{what}"), &[("step", "issue")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{login} {what}");
        }
    }
}

#[tokio::test]
async fn a_case_is_a_part_of_a_task_and_a_marking_changes_with_a_reason() {
    let world = staffed().await;
    let mut clerk = world.browser("clerk").await;
    let whole = led(&opens(&mut clerk, &[]).await);
    let page = clerk.get(&whole).await.good();
    let at = page.text.find("/cases/new?part_of=").unwrap();
    let query = page.text[at..].split('"').next().unwrap().replace("/cases/new", "");
    clerk.get(&format!("/cases/new{query}")).await.good().shows(&format!("{FORM}{query}"));
    let form = clerk.get(&format!("{FORM}{query}")).await.good();
    form.shows("Part of").shows("TT-2026-0001").shows("value=\"CONFIDENTIAL\" selected");
    let part_of = form.hidden("part_of");
    let part = opens(&mut clerk, &[("part_of", &part_of), ("f.internal_suspense", "13 March 2026")]).await;
    let part = led(&part);
    clerk.get(&part).await.good().shows("Part of").shows("TT-2026-0001");
    let page = clerk.get(&whole).await.good();
    page.shows("Parts").shows("TT-2026-0002");
    let change = format!("{whole}/change");
    let marked = [("marking", "yes"), ("policy", "NATO"), ("levels_of", "NATO"), ("level", "SECRET")];
    let none = sends(&mut clerk, &page, &change, &marked).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.text);
    none.shows("mark-reason").shows("value=\"SECRET\" selected");
    let mut reasoned = marked.to_vec();
    reasoned.push(("reason", "It names the depots."));
    led(&sends(&mut clerk, &page, &change, &reasoned).await);
    let page = clerk.get(&whole).await.good();
    assert_eq!(page.banner(), "NATO SECRET");
    page.shows("It names the depots.");
}
