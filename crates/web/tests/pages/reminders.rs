//! One is reminded once of each thing: also after days switched off, also when the process ends between, and until one puts it
//! aside; who stands in is reminded of what the post has.

use registry::{Timestamp, organisation::Act};

use crate::{
    browser::{Browser, MORNING, Page, World},
    cases::{led, opens, organise, staffed},
    receipts::sends,
};

const TITLE: &str = "<h2>Reminders</h2>";
const DAY: i64 = 86_400;

/// Ten in the morning in Brussels, so many days after Thursday, 12 March 2026.
fn days_after(days: i64) -> Timestamp {
    MORNING.plus_seconds(days * DAY)
}

async fn desk(world: &World, login: &str) -> (Browser, Page) {
    let mut browser = world.browser(login).await;
    let page = browser.get("/desk").await.good();
    (browser, page)
}

/// A tasker that is in work: due on Friday, 27 March, its coordination two working days before.
async fn in_work(world: &World) -> String {
    let mut clerk = world.browser("clerk").await;
    let case = led(&opens(&mut clerk, &[]).await);
    let page = clerk.get(&case).await.good();
    sends(&mut clerk, &page, &format!("{case}/step"), &[("step", "issue"), ("at", "draft")]).await;
    let mut reader = world.browser("reader").await;
    let page = reader.get(&case).await.good();
    sends(&mut reader, &page, &format!("{case}/step"), &[("step", "begin"), ("at", "issued")]).await;
    case
}

async fn reminded(world: &World) -> usize {
    world.office.remind().await.unwrap()
}

#[tokio::test]
async fn after_days_switched_off_each_is_reminded_once_and_told_how_late_it_is() {
    let world = staffed().await;
    in_work(&world).await;
    assert_eq!(reminded(&world).await, 0);
    desk(&world, "reader").await.1.hides(TITLE);
    // Nobody looked from six working days before it until three after it, Wednesday, 1 April: one who works on it, one who was
    // to reply, and whom the procedure names above.
    world.clock.set(days_after(20));
    assert_eq!(reminded(&world).await, 3);
    assert_eq!(reminded(&world).await, 0);
    let world = world.restarted().await;
    assert_eq!(reminded(&world).await, 0);
    let (mut reader, page) = desk(&world, "reader").await;
    page.shows(TITLE).shows("3 working days late").hides("You are told because it is late");
    assert_eq!(page.text.matches("action=\"/reminders/aside\"").count(), 1);
    let (_, higher) = desk(&world, "clerk").await;
    higher.shows(TITLE).shows("You are told because it is late. It is with LOG-1 · Person called reader.");
    assert_eq!(higher.text.matches("action=\"/reminders/aside\"").count(), 1);
    desk(&world, "support").await.1.shows(TITLE).shows("5 working days late");
    for stranger in ["nobody", "inspector"] {
        desk(&world, stranger).await.1.hides(TITLE).hides("TT-2026-0001");
    }

    // Put aside, it is gone for him alone, until there is another.
    let (task, made) = (page.hidden("task"), page.hidden("made"));
    let sent = [("task", task.as_str()), ("made", made.as_str())];
    let (mut stranger, other) = desk(&world, "nobody").await;
    assert_eq!(stranger.answer(&other, "/reminders/aside", &sent).await.status.as_u16(), 404);
    assert_eq!(reader.answer(&page, "/reminders/aside", &sent).await.to(), "/desk");
    reader.get("/desk").await.good().hides(TITLE).shows("My tasks");
    desk(&world, "clerk").await.1.shows(TITLE);
    assert_eq!(reader.answer(&page, "/reminders/aside", &sent).await.status.as_u16(), 404);
    world.clock.set(days_after(21));
    assert_eq!(reminded(&world).await, 2);
    let (mut reader, page) = desk(&world, "reader").await;
    page.shows(TITLE).shows("4 working days late");
    reader.speaks("fr").await;
    reader.get("/desk").await.good().shows("Rappels").shows("Mettre de côté").shows("4 jours ouvrables");
}

#[tokio::test]
async fn day_by_day_one_is_reminded_five_and_two_days_before_and_whoever_stands_in_with_him() {
    let world = staffed().await;
    let case = in_work(&world).await;
    // Coordination is due on Wednesday 25, the whole on Friday 27: five days before them, two, none, and then every working day;
    // on Monday 30 who is named above is told of the one, and nobody of the other, for above him is nobody.
    let days =
        [(6, 1), (7, 0), (8, 1), (9, 0), (11, 1), (12, 0), (13, 2), (14, 1), (15, 2), (16, 0), (18, 3)];
    for (day, expected) in days {
        world.clock.set(days_after(day));
        assert_eq!((day, reminded(&world).await), (day, expected));
        assert_eq!(reminded(&world).await, 0);
    }
    // Who stands in for the lead has what the lead has, and his own.
    let (reader, support) = ("reader", "support");
    let person = world.office.person_named(reader).await.unwrap();
    let by = Some(world.office.person_named(support).await.unwrap());
    let (from, until) = ("2026-03-30".parse().unwrap(), "2026-04-10".parse().unwrap());
    organise(&world, Act::RecordLeave { person, from, until, by }).await;
    let (_, page) = desk(&world, support).await;
    page.shows("You stand in for LOG-1.").shows("1 working day late").shows("3 working days late");
    // What is done is not spoken of any more.
    let mut clerk = world.browser("clerk").await;
    clerk.get("/desk").await.good().shows(TITLE);
    let page = clerk.get(&case).await.good();
    let step = [("step", "cancel"), ("at", "work"), ("reason", "Not needed.")];
    led(&sends(&mut clerk, &page, &format!("{case}/step"), &step).await);
    clerk.get("/desk").await.good().hides(TITLE);
    desk(&world, support).await.1.hides(TITLE);
    world.clock.set(days_after(19));
    assert_eq!(reminded(&world).await, 0);
}
