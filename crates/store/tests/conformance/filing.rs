//! File plans through a scope: who sees which files, what of them is counted and listed, and that a correction moves
//! what is counted.

use std::collections::HashSet;

use jiff::civil::date;
use registry::{
    AccessRule, DocumentId, Fact, FileId, RegistryScope,
    correction::{CorrectionFact, Details},
    filing::FileFact,
};
use roaring::RoaringBitmap;
use store::{
    Visible,
    classes::{Classes, Rules},
    documents::{Order, Place as View},
    filing::{self, PlanFile},
    sql::Conn,
    transaction::Write,
};

use crate::{
    engines::{Place, on_each_engine},
    facts::{HQ, Pen, dated, file, filed, opened, paper, sixteen},
};

const ORDERS: [Order; 4] = [Order::Newest, Order::Oldest, Order::LastRegistered, Order::FirstRegistered];

/// A viewer by the levels that he reads; he handles everything.
async fn viewer(conn: &mut Conn, levels: &[&str]) -> (RegistryScope, Rules) {
    let rules = Classes::default().of(conn, HQ).await.unwrap();
    let reads =
        |rule: &AccessRule| levels.iter().any(|l| rule.content.as_ref() == Some(&crate::facts::label(l)));
    let read: RoaringBitmap =
        (0..).zip(rules.iter()).filter(|(_, rule)| reads(rule)).map(|(n, _)| n).collect();
    let handle = (0..u32::try_from(rules.len()).unwrap()).collect();
    (RegistryScope { subject: read.clone(), read, handle }, rules)
}

async fn plan(place: &Place, levels: &[&str]) -> Vec<Visible<PlanFile>> {
    let mut conn = place.reads().await;
    let (scope, rules) = viewer(&mut conn, levels).await;
    filing::seen(&mut conn, View { registry: HQ, scope: &scope, rules: &rules }).await.unwrap()
}

/// Codes with how many documents are seen in each.
async fn told(place: &Place, levels: &[&str]) -> Vec<(String, u64)> {
    plan(place, levels).await.iter().map(|f| (f.state.file.code.clone(), f.documents)).collect()
}

async fn appends(place: &Place, pen: &mut Pen, facts: Vec<Fact>) {
    let mut write = Write::begin(&place.database).await.unwrap();
    for fact in facts {
        pen.appends(&mut write, HQ, fact).await.unwrap();
    }
    write.commit().await.unwrap();
}

/// Forty papers of two levels, every second in the file 700; a file that only level 2 sees, with one below it.
async fn furnished(place: &Place) -> Pen {
    let mut pen = Pen::default();
    let files = vec![
        opened(file(700, None, None)),
        opened(file(701, None, Some("2"))),
        opened(file(702, Some(701), None)),
    ];
    appends(place, &mut pen, files).await;
    let mut write = Write::begin(&place.database).await.unwrap();
    for n in 0..40 {
        let level = if n % 4 < 2 { "1" } else { "2" };
        // Few days, so that many are equal.
        let document = dated(Some(date(2026, 1, 1 + i8::try_from(n % 3).unwrap())), paper(n, level, &[]));
        pen.appends(&mut write, HQ, document).await.unwrap();
        if n % 2 == 0 {
            pen.appends(&mut write, HQ, filed(700, [n])).await.unwrap();
        }
    }
    write.commit().await.unwrap();
    pen
}

#[tokio::test]
async fn a_plan_shows_the_files_that_are_seen_and_counts_what_is_read_in_them() {
    on_each_engine(|place| async move {
        let mut pen = furnished(&place).await;
        appends(&place, &mut pen, vec![filed(702, [2, 3])]).await;
        let of = |codes: &[(&str, u64)]| codes.iter().map(|(c, n)| ((*c).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!(told(&place, &["1", "2"]).await, of(&[("700", 20), ("701", 0), ("702", 2)]));
        // A file under a hidden one is hidden; documents that are only handled do not count.
        assert_eq!(told(&place, &["1"]).await, of(&[("700", 10)]));
        assert_eq!(told(&place, &[]).await, of(&[("700", 0)]));
    })
    .await;
}

#[tokio::test]
async fn filing_twice_changes_nothing_and_what_is_taken_out_is_history() {
    on_each_engine(|place| async move {
        let mut pen = furnished(&place).await;
        let out = |n: u64| Fact::DocumentTakenOut {
            file: FileId::new(sixteen(700)),
            document: DocumentId::new(sixteen(n)),
            reason: "A mistake".into(),
        };
        appends(&place, &mut pen, vec![filed(700, [0, 1, 1]), out(4), filed(701, [0])]).await;
        let counts = told(&place, &["1", "2"]).await;
        assert_eq!(counts[0], ("700".to_owned(), 20), "one more, one less");

        let mut conn = place.reads().await;
        let (scope, rules) = viewer(&mut conn, &["1", "2"]).await;
        let view = View { registry: HQ, scope: &scope, rules: &rules };
        let all: HashSet<FileId> = [700, 701].map(|n| FileId::new(sixteen(n))).into();
        let of = async |conn: &mut Conn, view, n: u64, files: &HashSet<FileId>| {
            filing::of_document(conn, view, DocumentId::new(sixteen(n)), files).await.unwrap()
        };
        assert_eq!(of(&mut conn, view, 0, &all).await.len(), 2);
        let taken = of(&mut conn, view, 4, &all).await;
        assert_eq!(taken[0].taken.as_ref().unwrap().2, "A mistake");
        // Of a file that is not seen nothing is told, and nothing of a paper that is not read.
        let one: HashSet<FileId> = [FileId::new(sixteen(700))].into();
        assert_eq!(of(&mut conn, view, 0, &one).await.len(), 1);
        let (scope, rules) = viewer(&mut conn, &["2"]).await;
        let view = View { registry: HQ, scope: &scope, rules: &rules };
        assert!(of(&mut conn, view, 0, &all).await.is_empty());
        drop(conn);

        // A paper that is not in the file can't be taken out of it: such a ledger is damaged.
        let mut write = Write::begin(&place.database).await.unwrap();
        pen.appends(&mut write, HQ, out(4)).await.unwrap_err();
        drop(write);
        let mut write = Write::begin(&place.database).await.unwrap();
        pen.appends(&mut write, HQ, filed(700, [99])).await.unwrap_err();
    })
    .await;
}

#[tokio::test]
async fn a_file_is_paged_without_loss_or_double_in_every_order() {
    on_each_engine(|place| async move {
        let mut pen = furnished(&place).await;
        let id = FileId::new(sixteen(700));
        let on = date(2026, 2, 2);
        let next = vec![
            Fact::VolumeClosed { file: id, number: 1, on },
            Fact::VolumeOpened { file: id, number: 2, on, place: None },
            Fact::DocumentsFiled { file: id, volume: 2, documents: vec![DocumentId::new(sixteen(1))] },
        ];
        appends(&place, &mut pen, next).await;
        for levels in [&["1"][..], &["1", "2"], &[]] {
            let plan = plan(&place, levels).await;
            let mut conn = place.reads().await;
            let (scope, rules) = viewer(&mut conn, levels).await;
            let view = View { registry: HQ, scope: &scope, rules: &rules };
            let volumes = filing::volumes(&mut conn, view, &plan[0]).await.unwrap();
            assert_eq!(volumes.iter().map(|v| v.documents).sum::<u64>(), plan[0].documents);
            for order in ORDERS {
                for volume in [None, Some(1), Some(2), Some(3)] {
                    let (mut after, mut seen) = (None, Vec::new());
                    loop {
                        let page = filing::documents(&mut conn, view, &plan[0], volume, order, after, 3)
                            .await
                            .unwrap();
                        seen.extend(page.rows.iter().map(|row| row.document));
                        after = page.rows.last().map(|row| row.key);
                        if !page.more {
                            break;
                        }
                    }
                    let expected = match volume {
                        None => plan[0].documents,
                        Some(n) => volumes.iter().find(|v| v.number == n).map_or(0, |v| v.documents),
                    };
                    assert_eq!(seen.len() as u64, expected, "{order:?} {volume:?}");
                    let distinct: HashSet<DocumentId> = seen.iter().copied().collect();
                    assert_eq!(distinct.len(), seen.len());
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_correction_moves_what_is_counted_and_a_change_of_a_file_its_sight() {
    on_each_engine(|place| async move {
        let mut pen = furnished(&place).await;
        let (low, high) = (paper(0, "1", &[]).access_rule(), paper(0, "2", &[]).access_rule());
        let raised = Fact::DocumentCorrected {
            correction: Box::new(CorrectionFact {
                document: DocumentId::new(sixteen(0)),
                reason: "Marked too low".into(),
                from: Details { access: Some(low), ..Details::default() },
                to: Details { access: Some(high), ..Details::default() },
            }),
        };
        appends(&place, &mut pen, vec![raised]).await;
        assert_eq!(told(&place, &["1"]).await[0].1, 9);
        assert_eq!(told(&place, &["2"]).await[0].1, 11);

        let secret = FileFact { access: Some(paper(0, "2", &[]).access_rule()), ..file(700, None, None) };
        let change = Fact::FileChanged { file: Box::new(secret), reason: "Its name tells".into() };
        appends(&place, &mut pen, vec![change]).await;
        assert!(told(&place, &["1"]).await.is_empty());
        assert_eq!(told(&place, &["2"]).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn entries_that_no_plan_could_have_written_are_refused() {
    on_each_engine(|place| async move {
        let mut pen = furnished(&place).await;
        let (id, none, on) = (FileId::new(sixteen(700)), FileId::new(sixteen(9)), date(2026, 2, 2));
        for bad in [
            Fact::VolumeOpened { file: id, number: 2, on, place: None },
            Fact::VolumeClosed { file: id, number: 2, on },
            Fact::FileClosed { file: none, on, reason: "r".into() },
            Fact::FileChanged { file: Box::new(file(9, None, None)), reason: "r".into() },
        ] {
            let mut write = Write::begin(&place.database).await.unwrap();
            assert!(pen.appends(&mut write, HQ, bad.clone()).await.is_err(), "{bad:?}");
        }
    })
    .await;
}
