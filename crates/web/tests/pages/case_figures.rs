//! What of cases stands on the desk, and the figures: each leads to the list that it counts, and none tells of what its viewer
//! may not see.

use crate::{
    cases::{led, opens, staffed, tasks},
    receipts::sends,
};

#[tokio::test]
async fn the_desk_says_who_has_the_ball_and_what_waits_for_a_decision() {
    let world = staffed().await;
    let mut clerk = world.browser("clerk").await;
    let case = led(&opens(&mut clerk, &[]).await);
    clerk.get("/desk").await.good().shows("My tasks").shows("Given today").hides("others have the ball");
    let page = clerk.get(&case).await.good();
    led(&sends(&mut clerk, &page, &format!("{case}/step"), &[("step", "issue"), ("at", "draft")]).await);
    // The opener has nothing to do with it now, and sees with whom it is.
    let desk = clerk.get("/desk").await.good();
    desk.shows("You lead, others have the ball").shows("LOG-1").shows("TT-2026-0001").hides("My tasks");
    assert_eq!(desk.banner(), "NATO CONFIDENTIAL");
    let mut reader = world.browser("reader").await;
    reader.get("/desk").await.good().shows("My tasks").shows("/tasks?when=new").hides("others have the ball");
    reader.get("/tasks?when=new").await.good().shows("TT-2026-0001");
    reader.get("/tasks?when=late").await.good().hides("TT-2026-0001");
    // What was asked back waits for whoever gave it.
    let own = reader.get(&case).await.good();
    let task = tasks(&own, &case).remove(0);
    led(&sends(&mut reader, &own, &task, &[("does", "ask"), ("words", "Which depots?")]).await);
    clerk.get("/desk").await.good().shows("Waiting for your decision").shows("A question is open");
    let page = clerk.get(&case).await.good();
    led(&sends(&mut clerk, &page, &task, &[("does", "answer"), ("words", "All.")]).await);
    clerk.get("/desk").await.good().hides("Waiting for your decision");
    world.browser("nobody").await.get("/desk").await.good().hides("TT-2026-0001").hides("have the ball");
}

#[tokio::test]
async fn every_figure_leads_to_what_it_counts() {
    let world = staffed().await;
    let mut clerk = world.browser("clerk").await;
    let case = led(&opens(&mut clerk, &[]).await);
    let page = clerk.get(&case).await.good();
    led(&sends(&mut clerk, &page, &format!("{case}/step"), &[("step", "issue"), ("at", "draft")]).await);
    let page = clerk.get("/cases/figures").await.good();
    page.shows("Counted is only what you may see").shows("March 2026").shows("<title id=\"weeks-title\">");
    let list = "/cases?state=all&amp;opened=2026-03-01..2026-03-31";
    page.shows(list).shows("/cases/tasks?state=done&amp;over=2026-03-01..2026-03-31&amp;kept=first");
    clerk.get(&list.replace("&amp;", "&")).await.good().shows("TT-2026-0001").shows("Opened: 1 March 2026");
    let before = clerk.get("/cases?state=all&opened=2026-02-01..2026-02-28").await.good();
    before.hides("TT-2026-0001");
    let open = clerk.get("/cases/tasks?unit=LOG").await.good();
    open.shows("TT-2026-0001").shows("LOG-1");
    clerk.get("/cases/tasks?unit=MED").await.good().hides("TT-2026-0001").shows("No such task");
    let done = clerk.get("/cases/tasks?state=done&over=2026-03-01..2026-03-31&kept=first").await.good();
    done.shows("TT-2026-0001").shows("HQ-1");
    let file = clerk.get("/cases/figures.csv?unit=LOG").await.good();
    // Opened, ended, running, tasks to be done; nothing of LOG is late or done.
    file.shows("Everything,1 March 2026 – 31 March 2026,1,0,1,1,0,0,0,0,0,0,0,0,,");
    file.shows("Procedure,Tasker,1,0,1,1");
    clerk.get("/cases/figures.xlsx").await.good();
    clerk.get("/cases/tasks.csv").await.good().shows("TT-2026-0001");
    clerk.get("/cases/tasks.xlsx").await.good();
    clerk.get("/cases/figures?period=days&from=soon&until=").await.good().shows("value=\"soon\"");
    clerk.get("/cases/figures?period=quarter&from=2026-05-02").await.good().shows("1 April 2026");
    // Who takes no part counts nothing; who is not cleared neither.
    for login in ["nobody", "inspector"] {
        let mut other = world.browser(login).await;
        let file = other.get("/cases/figures.csv").await.good();
        file.shows("Everything,1 March 2026 – 31 March 2026,0,0,0,0,0,0,0,0,0,0,0,0,,").hides("Tasker");
        other.get("/cases/figures").await.good().hides("LOG-1");
        other.get("/cases/tasks").await.good().hides("TT-2026-0001");
    }
    // Weeks later it is late, and counted by how late.
    world.after(60 * 24 * 27);
    let mut reader = world.browser("reader").await;
    reader.get("/cases/tasks?state=late&age=1-5").await.good().hides("TT-2026-0001");
    reader.get("/cases/tasks?state=late&age=6-20").await.good().shows("TT-2026-0001");
    reader.get("/desk").await.good().shows("/tasks?when=late");
    reader.speaks("fr").await;
    let page = reader.get("/cases/figures").await.good();
    page.shows("Ne compte que ce que vous pouvez voir").shows("Retard de 6 à 20 jours ouvrables");
}
