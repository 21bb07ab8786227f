//! The organisation on its pages: what administrators establish and change, what everybody sees of it, and one's own leave.

use axum::http::StatusCode;

use crate::{
    browser::{Browser, Page, World},
    receipts::Desk,
};

async fn sends(browser: &mut Browser, path: &str, to: &str, more: &[(&str, &str)]) -> Page {
    let form = browser.get(path).await.good();
    let (command, of) = (form.hidden("command"), form.hidden("of"));
    let mut fields = vec![("command", command.as_str()), ("of", of.as_str())];
    fields.extend(more);
    browser.answer(&form, to, &fields).await
}

async fn acts(browser: &mut Browser, act: &str, of: &str, more: &[(&str, &str)]) -> Page {
    let to = format!("/organisation/do/{act}");
    let path = if of.is_empty() { to.clone() } else { format!("{to}?of={of}") };
    sends(browser, &path, &to, more).await
}

/// Two units, the post of the head of each, and the clerk in one of them.
async fn organised(world: &World) -> Browser {
    let mut keeper = world.browser("keeper").await;
    let unit = |code, parent| {
        let names = [("names.en", "Plans division"), ("names.fr", "Division des plans"), ("is", "division")];
        let mut all = vec![("code", code), ("parent", parent), ("begins", "2026-01-01")];
        all.extend(names);
        all
    };
    for (code, parent) in [("HQ", ""), ("PLANS", "HQ")] {
        let done = acts(&mut keeper, "establish-unit", parent, &unit(code, parent)).await;
        assert_eq!(done.to(), format!("/organisation/units/{code}?done=org-establish-unit"), "{}", done.text);
    }
    for (code, unit) in [("HQ-1", "HQ"), ("PLANS-1", "PLANS")] {
        let titles = [("titles.en", "Head of it"), ("titles.fr", "Chef"), ("head", "yes")];
        let mut all = vec![("code", code), ("unit", unit), ("begins", "2026-01-01")];
        all.extend(titles);
        let done = acts(&mut keeper, "establish-post", unit, &all).await;
        assert_eq!(done.to(), format!("/organisation/posts/{code}?done=org-establish-post"), "{}", done.text);
    }
    let taken = acts(&mut keeper, "take-up", "PLANS-1", &[("person", "clerk"), ("from", "2026-02-01")]).await;
    assert_eq!(taken.to(), "/organisation/posts/PLANS-1?done=org-take-up", "{}", taken.text);
    keeper
}

#[tokio::test]
async fn units_and_posts_are_established_and_what_is_refused_stands_at_its_field() {
    let world = World::founded().await;
    let mut keeper = organised(&world).await;
    let tree = keeper.get("/organisation").await.good();
    tree.shows("Plans division")
        .shows("one vacant post")
        .shows("Nobody acts")
        .shows("/organisation/posts/HQ-1");
    keeper.get("/organisation?day=2020-01-01").await.good().shows("No units are established");
    keeper.get("/organisation?day=soon").await.good().shows("id=\"field-day-error\"");
    let post = keeper.get("/organisation/posts/PLANS-1").await.good();
    post.shows("Holds the post")
        .shows("1 February 2026")
        .shows("Say when the holder leaves")
        .shows("What became of it");
    keeper.get("/organisation/posts/PLANS-1?day=2026-01-15").await.good().shows("Nobody acts");
    let file = keeper.get("/organisation/posts.csv").await.good();
    file.shows("PLANS-1").shows("HQ-1");
    // What was typed stays, and what is wrong is told beside it.
    let half = [("code", "x y"), ("names.en", "Half a unit"), ("is", "cell"), ("begins", "soon")];
    let refused = acts(&mut keeper, "establish-unit", "", &half).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Half a unit").shows("#field-names.fr").shows("#field-begins");
    let whole =
        [("code", "hq"), ("names.en", "A"), ("names.fr", "B"), ("is", "cell"), ("begins", "2026-01-01")];
    let refused = acts(&mut keeper, "establish-unit", "", &whole).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("#field-code");
    // A unit with a living post is not ended; without a reason nothing is changed.
    let end = [("names.en", "Plans"), ("names.fr", "Plans"), ("is", "division"), ("parent", "HQ")];
    let mut end = end.to_vec();
    end.extend([("begins", "2026-01-01"), ("ends", "2026-03-01"), ("reason", "It is over")]);
    acts(&mut keeper, "change-unit", "PLANS", &end).await.shows("#field-ends").shows("PLANS-1");
    end.retain(|(name, _)| *name != "ends" && *name != "reason");
    acts(&mut keeper, "change-unit", "PLANS", &end).await.shows("#field-reason");
    end.push(("reason", "It was renamed"));
    let done = acts(&mut keeper, "change-unit", "PLANS", &end).await;
    assert_eq!(done.to(), "/organisation/units/PLANS?done=org-change-unit");
    keeper.get(done.to()).await.good().shows("The unit is changed.").shows("It was renamed");
    // Another sees all of it but no form, no history.
    world.adds("outsider").await;
    let mut other = world.browser("outsider").await;
    let page = other.get("/organisation/posts/PLANS-1").await.good();
    page.shows("Holds the post")
        .hides("Say when the holder leaves")
        .hides("What became of it")
        .hides("/organisation/do/");
    for act in ["establish-unit", "take-up?of=PLANS-1", "draw-up-list", "name-stand-in?of=PLANS-1", "nothing"]
    {
        let path = format!("/organisation/do/{act}");
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{act}");
    }
    for path in ["units/NONE", "posts/NONE", "people/00112233445566778899aabbccddeeff", "people/none"] {
        let page = other.get(&format!("/organisation/{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_officer_records_his_leave_and_names_who_stands_in_by_one_form() {
    let world = World::founded().await;
    organised(&world).await;
    world.adds("deputy").await;
    let mut clerk = world.browser("clerk").await;
    clerk.get("/leave").await.good().shows("PLANS-1").shows("No stand-in named");
    let zone = world.office.house().await.unwrap().zone.clone();
    let today = world.office.now().date(&zone);
    let (from, until) = (today.to_string(), today.saturating_add(jiff::Span::new().days(14)).to_string());
    let days = [("from", from.as_str()), ("until", until.as_str())];
    // Who stands in for himself, or is nobody, is told so, and nothing is recorded.
    for by in ["clerk", "nobody of this name"] {
        let mut typed = days.to_vec();
        typed.push(("by", by));
        let refused = sends(&mut clerk, "/leave", "/leave", &typed).await;
        assert!(refused.status.is_client_error(), "{}", refused.text);
        refused.shows("#field-by").shows(by);
    }
    clerk.get("/leave").await.good().hides("/organisation/do/end-leave");
    let mut typed = days.to_vec();
    typed.push(("by", "deputy"));
    let done = sends(&mut clerk, "/leave", "/leave", &typed).await;
    assert_eq!(done.to(), "/leave?done=org-record-leave", "{}", done.text);
    let page = clerk.get(done.to()).await.good();
    page.shows("The leave is recorded.").shows("Person called deputy").shows("/organisation/do/end-leave");
    let again = sends(&mut clerk, "/leave", "/leave", &typed).await;
    again.shows("#field-from");
    let mut deputy = world.browser("deputy").await;
    let post = deputy.get("/organisation/posts/PLANS-1").await.good();
    post.shows("Person called deputy").shows("on leave until").hides("/organisation/do/");
    deputy.get("/leave").await.good().shows("Stands in for");
    // It is taken back with a reason; another than he and those above may not.
    let at = page.text.find("/organisation/do/end-leave?of=").unwrap();
    let path: String = page.text[at..].chars().take_while(|c| *c != '"').collect();
    assert_eq!(deputy.get(&path).await.status, StatusCode::NOT_FOUND);
    let silent = sends(&mut clerk, &path, "/organisation/do/end-leave", &[("until", "")]).await;
    silent.shows("#field-reason");
    let back = [("until", ""), ("reason", "The exercise was put off")];
    let done = sends(&mut clerk, &path, "/organisation/do/end-leave", &back).await;
    assert_eq!(done.to(), "/leave?done=org-end-leave", "{}", done.text);
    clerk.get("/leave").await.good().hides("/organisation/do/end-leave");
}

#[tokio::test]
async fn contacts_and_lists_are_entered_found_exported_and_mean_somebody() {
    let world = World::founded().await;
    let mut keeper = organised(&world).await;
    keeper.get("/contacts").await.good().shows("No contact fits.");
    let contact = [
        ("is", "office"),
        ("name", "Registry of Lund"),
        ("organisation", "Mission of Lund"),
        ("nation", "SWE"),
        ("languages", "sv, en"),
    ];
    let mut wrong = contact.to_vec();
    wrong.push(("mail", "nowhere"));
    acts(&mut keeper, "enter-contact", "", &wrong).await.shows("#field-mail").shows("Mission of Lund");
    let done = acts(&mut keeper, "enter-contact", "", &contact).await;
    assert!(done.to().ends_with("?done=org-enter-contact"), "{}", done.text);
    let page = keeper.get(done.to()).await.good();
    page.shows("Mission of Lund").shows("sv, en").shows("Change the contact");
    keeper.get("/contacts?q=lund").await.good().shows("Registry of Lund");
    keeper.get("/contacts?q=elsewhere").await.good().hides("Registry of Lund");
    keeper.get("/contacts.csv?q=lund").await.good().shows("Registry of Lund");
    let list = [
        ("code", "STAFF"),
        ("names.en", "Staff meeting"),
        ("names.fr", "Réunion"),
        ("owner", "PLANS"),
        ("lines.1.is", "unit"),
        ("lines.1.to", "PLANS"),
        ("lines.1.purpose", "action"),
        ("lines.2.is", "contact"),
        ("lines.2.to", "Registry of Lund"),
        ("lines.2.purpose", "information"),
        ("lines.3.is", "post"),
        ("lines.3.to", "HQ-1"),
        ("lines.3.purpose", "information"),
    ];
    let mut wrong = list.to_vec();
    wrong.extend([("lines.4.is", "post"), ("lines.4.to", "NONE")]);
    acts(&mut keeper, "draw-up-list", "", &wrong).await.shows("#field-lines.4.to").shows("Registry of Lund");
    let mut more = list.to_vec();
    more.push(("go", "more"));
    acts(&mut keeper, "draw-up-list", "", &more).await.shows("lines.10.to").shows("Registry of Lund");
    let done = acts(&mut keeper, "draw-up-list", "", &list).await;
    assert_eq!(done.to(), "/lists/STAFF?done=org-draw-up-list", "{}", done.text);
    let page = keeper.get(done.to()).await.good();
    page.shows("Registry of Lund").shows("Nobody on this day");
    keeper.get("/lists").await.good().shows("Staff meeting");
    keeper.get("/lists.csv").await.good().shows("Registry of Lund");
    keeper.get("/organisation/do/change-list?of=STAFF").await.good().shows("Registry of Lund");
    let mut clerk = world.browser("clerk").await;
    clerk.get("/lists/STAFF").await.good().hides("/organisation/do/");
    assert_eq!(clerk.get("/lists/NONE").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_form_of_a_distribution_is_filled_with_whom_a_list_means_today() {
    let desk = Desk::set().await;
    let mut keeper = organised(&desk.world).await;
    let contact = [("is", "office"), ("name", "Registry of Lund"), ("organisation", "Mission of Lund")];
    acts(&mut keeper, "enter-contact", "", &contact).await;
    let list = [
        ("code", "STAFF"),
        ("names.en", "Staff meeting"),
        ("names.fr", "Réunion"),
        ("owner", "PLANS"),
        ("lines.1.is", "unit"),
        ("lines.1.to", "PLANS"),
        ("lines.1.purpose", "action"),
        ("lines.2.is", "contact"),
        ("lines.2.to", "Registry of Lund"),
        ("lines.2.purpose", "information"),
        ("lines.3.is", "registry"),
        ("lines.3.to", "REG"),
        ("lines.3.purpose", "information"),
        ("lines.4.is", "post"),
        ("lines.4.to", "HQ-1"),
        ("lines.4.purpose", "information"),
    ];
    let done = acts(&mut keeper, "draw-up-list", "", &list).await;
    assert_eq!(done.to(), "/lists/STAFF?done=org-draw-up-list", "{}", done.text);
    let mut clerk = desk.world.browser("clerk").await;
    let copies = clerk.get("/custody/copies?registry=REG").await.good();
    let at = copies.text.find("/documents/").unwrap();
    let paper: String = copies.text[at..].chars().take_while(|c| *c != '"').collect();
    let form = clerk.get(&format!("{paper}/distribute?list=STAFF")).await.good();
    form.shows("Staff meeting").shows("value=\"Person called clerk\"").shows("value=\"Registry of Lund\"");
    // The registry has the paper; behind the vacant post is nobody, and it is said so.
    form.hides("value=\"REG\"").shows("they are left out: ").shows("HQ-1");
}
