//! A year of two registries over HTTP, on every engine there is: five hundred papers with two thousand numbered copies are
//! received, given out one by one and by whole distributions, lent, asked for again, lost and found, copied, mustered by four
//! people at once, regraded by instructions to their holders, released and destroyed; and at its end each copy is accounted
//! for, by a model of the test that shares no rule with the product.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

#[path = "../../../web/tests/pages/browser.rs"]
mod browser;
mod copies;
mod count;
mod ending;
#[path = "../prove/engines.rs"]
mod engines;
mod given;
mod hand;
mod house;
mod lent;
mod model;
mod moves;
mod musters;
mod papers;
mod told;

use std::time::Instant;

use browser::World;
use house::{CODES, Year};
use model::State;
use musters::Differences;

/// Differences that are planted in the yearly musters of the two registries.
const PLANTED: [Differences; 2] = [
    Differences { away: 12, wrong: 9, unknown: 5, elsewhere: 2, leaving: 8 },
    Differences { away: 3, wrong: 4, unknown: 1, elsewhere: 1, leaving: 4 },
];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_thousand_copies_every_one_is_accounted_for_at_the_end_of_the_year() {
    let (_, real) = papers::papers();
    if !real {
        println!("skipped: the historic papers are not there; made-up ones are taken");
    }
    for engine in engines::engines().await {
        let begun = Instant::now();
        let world = World::founded_with(None, engine.database.clone()).await;
        let year = a_year(Year::begun(world).await).await;
        told(engine.name, &year, begun);
        drop(year);
        engine.give_back().await;
    }
}

async fn a_year(mut year: Year) -> Year {
    let ([spring, summer, autumn, winter], _) = papers::papers();
    year.receives(spring).await;
    year.on(1);
    let round = year.distributes().await;
    year.on(3);
    year.receipts_come_back(&round).await;
    year.on(5);
    year.copies_go_on().await;
    year.agrees().await;
    year.asks_again(&round).await;
    year.escalates(&round).await;
    year.agrees().await;
    year.on(60);
    year.receives(summer).await;
    year.reproduces().await;
    year.on(100);
    year.gives_whole_papers().await;
    year.agrees().await;
    year.on(110);
    year.lends().await;
    year.agrees().await;
    year.on(150);
    year.receives(autumn).await;
    year.on(170);
    for (code, planted) in CODES.into_iter().zip(PLANTED) {
        year.musters(code, planted).await;
    }
    year.agrees().await;
    year.on(210);
    year.regrades_what_stays().await;
    year.regrades().await;
    year.on(240);
    year.destroys().await;
    year.on(250);
    year.refuses_what_cannot_be().await;
    // A new year, in which all numbers begin anew.
    year.on(299);
    year.receives(winter).await;
    let [first, new] =
        ["NS-0001/2026/1", "NS-0001/2027/1"].map(|name| year.model.that(|copy| copy.name == name));
    assert!(first.len() == 1 && new.len() == 1 && first != new);
    year.on(330);
    year.hands_over().await;
    year.on(350);
    year.whole_at_its_end().await
}

fn told(engine: &str, year: &Year, begun: Instant) {
    let numbered: usize = year.papers.iter().map(|paper| paper.copies.len()).sum();
    assert_eq!((year.papers.len(), numbered), (500, year.model.copies.len()));
    let recorded = year.model.copies.values().map(|copy| copy.state);
    let mut counts = State::ALL.map(|state| (state.as_str(), 0));
    for state in recorded {
        counts.iter_mut().filter(|(name, _)| *name == state.as_str()).for_each(|(_, n)| *n += 1);
    }
    assert!(counts.iter().all(|(name, n)| *n > 0 || *name == "under-way"), "{counts:?}");
    println!(
        "{engine}: 500 papers, {numbered} copies: {counts:?}; {:?}; {:.1} s",
        year.figures,
        begun.elapsed().as_secs_f64()
    );
}
