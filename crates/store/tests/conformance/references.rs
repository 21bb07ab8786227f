//! References and numbers in the tables, on each engine: a family, a stated relation, a count and its bounds, and nothing
//! of what the viewer may not read.

use registry::{
    RegistryScope,
    fact::DocumentFact,
    numbering::Wanted,
    reference::{Reference, ReferenceKind},
    relation::{RelationKind, Stated},
    series::{
        Recognised,
        allot::{Counter, NumberFact},
    },
};
use roaring::RoaringBitmap;
use store::{
    classes::Classes,
    documents::Place as View,
    numbers,
    relations::{self, By},
    transaction::Write,
};

use crate::{
    engines::on_each_engine,
    facts::{HQ, Pen, READER, paper},
};

fn counter() -> Counter {
    Counter { year: Some(2026), ..Counter::default() }
}

fn bears(text: &str, key: &str, number: u64, paper: DocumentFact) -> DocumentFact {
    let read = Recognised {
        key: key.into(),
        family: format!("MCM {number} 2026"),
        series: "MCM".into(),
        counter: counter(),
        number,
    };
    let reference =
        Reference { read: Some(Box::new(read)), ..Reference::new(ReferenceKind::Originator, text) };
    DocumentFact { references: vec![reference], ..paper }
}

/// Papers 1 and 3 are of the class that is read, paper 2 is not.
fn papers() -> Vec<DocumentFact> {
    let supersedes = vec![Stated::new(RelationKind::Supersedes, "MCM 41 2026")];
    vec![
        bears("MCM-0041-2026", "MCM 41 2026", 41, paper(1, "1", &[])),
        DocumentFact {
            relations: supersedes.clone(),
            ..bears("MCM-0041-2026-REV1", "MCM 41 2026 REV 1", 41, paper(2, "9", &[]))
        },
        DocumentFact {
            relations: supersedes,
            ..bears("MCM-0041-2026-REV2", "MCM 41 2026 REV 2", 41, paper(3, "1", &[]))
        },
    ]
}

#[tokio::test]
async fn a_family_and_those_who_state_something_are_found_as_far_as_the_viewer_reads() {
    on_each_engine(|place| async move {
        Pen::default().registers(&place, HQ, papers()).await;
        let mut conn = place.reads().await;
        let rules = Classes::default().of(&mut conn, HQ).await.unwrap();
        let all: RoaringBitmap = (0..rules.len() as u32).collect();
        let first: RoaringBitmap = [0].into_iter().collect();
        for (read, family, staters) in [(all, 3, 2), (first, 2, 1), (RoaringBitmap::new(), 0, 0)] {
            let scope = RegistryScope { subject: read.clone(), read, handle: RoaringBitmap::new() };
            let view = View { registry: HQ, scope: &scope, rules: &rules };
            let keys = ["MCM 41 2026".to_owned()];
            let found = relations::bearers(&mut conn, view, By::Family, &keys).await.unwrap();
            assert_eq!(found.len(), family);
            let found = relations::bearers(&mut conn, view, By::Key, &keys).await.unwrap();
            assert_eq!(found.len(), family.min(1), "the very reference is that of one paper");
            let found = relations::staters(&mut conn, view, &keys).await.unwrap();
            assert_eq!(found.len(), staters);
            // Numbers that nobody gave here are told of on papers that are read, and on no others.
            let borne = numbers::borne(&mut conn, view, &rules, "MCM").await.unwrap();
            assert_eq!(borne.len(), family);
        }
    })
    .await;
}

#[tokio::test]
async fn of_a_count_the_bounds_the_last_number_and_the_one_asked_about_are_loaded() {
    on_each_engine(|place| async move {
        let series = || "MCM".to_owned();
        let kept = |number: u64| NumberFact::Reserved {
            series: series(),
            counter: counter(),
            number,
            holder: format!("{number:032x}"),
            purpose: "Note".into(),
        };
        let mut facts = vec![NumberFact::Opened { series: series(), counter: counter(), first: 40 }];
        facts.extend((40..60).map(kept));
        let void = NumberFact::Void { series: series(), counter: counter(), number: 44, reason: "w".into() };
        facts.push(void);
        let mut pen = Pen::default();
        let mut write = Write::begin(&place.database).await.unwrap();
        for number in facts {
            let fact = registry::Fact::SeriesNumbered { number, reference: "MCM".into() };
            pen.appends_as(&mut write, HQ, READER, fact).await.unwrap();
        }
        write.commit().await.unwrap();

        let mut conn = place.reads().await;
        let (whole, rows) = numbers::state(&mut conn, HQ, "MCM").await.unwrap();
        assert_eq!(rows.len(), 20);
        let all = whole.count(&counter()).unwrap();
        assert_eq!((all.opened_at(), all.last(), all.void().len()), (Some(40), Some(59), 1));
        let wanted = Wanted::Count { series: series(), counter: counter(), number: Some(44) };
        let part = numbers::needs(&mut conn, HQ, &wanted).await.unwrap();
        let some = part.state.count(&counter()).unwrap();
        assert_eq!((some.opened_at(), some.last()), (Some(40), Some(59)));
        assert_eq!((some.void().len(), some.reserved().len()), (1, 1));
        let held = Wanted::Held("0000000000000000000000000000002d".parse().unwrap());
        let held = numbers::needs(&mut conn, HQ, &held).await.unwrap();
        assert_eq!(held.kept, Some((series(), "MCM".to_owned())));
        assert_eq!(held.state.held_by(&format!("{:032x}", 45)).map(|(_, n)| n), Some(45));
    })
    .await;
}
