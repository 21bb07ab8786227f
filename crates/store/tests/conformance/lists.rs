//! Lists through a scope: paged without loss or double in every order, by either plan, and moved by nothing that is
//! hidden.

use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;
use registry::{
    DocumentId, RegistryId, RegistryScope,
    fact::DocumentFact,
    reference::{Reference, ReferenceKind, key},
};
use roaring::RoaringBitmap;
use store::{
    apply::{UNDATED, day_number},
    changed,
    classes::{Classes, Rules},
    documents::{self, Order, Place as View},
    sql::Conn,
    values,
    visible::{PageKey, SightMark},
};

use crate::{
    engines::{Place, on_each_engine},
    facts::{HQ, Pen, dated, paper, sixteen},
};

const ORDERS: [Order; 4] = [Order::Newest, Order::Oldest, Order::LastRegistered, Order::FirstRegistered];

/// A registry as drawn: of each document its day and class; which classes are read and which handled.
#[derive(Debug, Clone)]
struct Drawn {
    documents: Vec<(Option<i8>, u8, u64)>,
    read: Vec<u32>,
    handle: Vec<u32>,
    limit: usize,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let classes = || proptest::sample::subsequence((0..6_u32).collect::<Vec<_>>(), 0..=6);
    (
        // Few days, so that many are equal; identifiers in no order.
        proptest::collection::vec((proptest::option::weighted(0.8, 0_i8..4), 0_u8..6, any::<u64>()), 0..40),
        classes(),
        classes(),
        1..9_usize,
    )
        .prop_map(|(documents, read, handle, limit)| Drawn { documents, read, handle, limit })
}

struct Kept {
    registry: RegistryId,
    rules: Rules,
    scope: RegistryScope,
    /// Of each document: day, sequence, identifier, class.
    documents: Vec<(i64, i64, DocumentId, u32)>,
}

async fn keep(place: &Place, number: u64, drawn: &Drawn) -> Kept {
    let registry = RegistryId::new(sixteen(number));
    let mut papers = Vec::new();
    for (n, (day, class, id)) in (0..).zip(&drawn.documents) {
        let day = day.map(|d| date(2026, 1, 1 + d));
        let mut document = dated(day, paper(n, &class.to_string(), &[]));
        document.id = DocumentId::new(sixteen(id.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ n));
        papers.push(document);
    }
    let mut documents: Vec<_> = (0_i64..)
        .zip(&papers)
        .map(|(n, p)| (p.date.civil.map_or(UNDATED, day_number), n, p.id, p.label.clone()))
        .collect();
    Pen::default().registers(place, registry, papers).await;
    let rules = Classes::default().of(&mut place.reads().await, registry).await.unwrap();
    let class = |label: &Option<label::Label>| {
        rules.iter().position(|rule| rule.content == *label).map(|n| n as u32).unwrap()
    };
    let documents = documents.drain(..).map(|(day, n, id, label)| (day, n, id, class(&label))).collect();
    let set = |numbers: &[u32]| numbers.iter().copied().collect::<RoaringBitmap>();
    let read = set(&drawn.read);
    let scope = RegistryScope { subject: read.clone(), read, handle: set(&drawn.handle) };
    Kept { registry, rules, scope, documents }
}

impl Kept {
    fn view(&self) -> View<'_> {
        View { registry: self.registry, scope: &self.scope, rules: &self.rules }
    }

    /// What the list must be, by a plain reading.
    fn wanted(&self, order: Order) -> Vec<PageKey> {
        let seen = self.scope.seen();
        let mut all: Vec<(i64, DocumentId)> = self
            .documents
            .iter()
            .filter(|(_, _, _, class)| seen.contains(*class))
            .map(|(day, n, id, _)| match order {
                Order::Newest | Order::Oldest => (*day, *id),
                Order::LastRegistered | Order::FirstRegistered => (*n, *id),
            })
            .collect();
        all.sort_unstable();
        if order.falls() {
            all.reverse();
        }
        // A place in the order of registering names no sequence: that would tell how much there is that is not seen.
        let told = |at| if order.is_of_a_registry() { 0 } else { at };
        all.into_iter().map(|(at, document)| PageKey { order: told(at), document }).collect()
    }

    /// The list as it is read page by page.
    async fn paged(&self, conn: &mut Conn, order: Order, limit: usize) -> Vec<PageKey> {
        let mut found: Vec<PageKey> = Vec::new();
        loop {
            let page = documents::list(conn, self.view(), order, found.last().copied(), limit).await.unwrap();
            assert!(page.rows.len() <= limit && (!page.more || page.rows.len() == limit));
            for row in &page.rows {
                let class = self.documents.iter().find(|(_, _, id, _)| *id == row.document).unwrap().3;
                let read = self.scope.read.contains(class);
                assert_eq!(row.sight, if read { SightMark::Read } else { SightMark::Handle });
                assert_eq!((row.subject.is_some(), row.kind.is_some()), (read, read));
                assert_eq!(row.label, self.rules[class as usize].content);
            }
            found.extend(page.rows.iter().map(|row| row.key));
            if !page.more {
                return found;
            }
        }
    }

    /// Lets the plan be the narrow one: as if there were a million documents that the viewer does not see.
    async fn crowd(&self, place: &Place) {
        place
            .does(
                "INSERT INTO facet_count (registry_id, class_no, facet, name, documents) VALUES ($1, 4000, '', '', 1000000)",
                values![self.registry],
            )
            .await;
    }
}

async fn every_page_is_right(place: &Place, number: u64, drawn: &Drawn) {
    let kept = keep(place, number, drawn).await;
    for crowded in [false, true] {
        if crowded {
            kept.crowd(place).await;
        }
        let mut conn = place.reads().await;
        for order in ORDERS {
            let wanted = kept.wanted(order);
            assert_eq!(
                kept.paged(&mut conn, order, drawn.limit).await,
                wanted,
                "{order:?}, crowded: {crowded}"
            );
            assert_eq!(kept.paged(&mut conn, order, 100).await, wanted, "{order:?}, crowded: {crowded}");
        }
        let mut came: Vec<(i64, DocumentId)> = kept
            .documents
            .iter()
            .filter(|(.., class)| kept.scope.read.contains(*class))
            .map(|(_, n, id, _)| (*n, *id))
            .collect();
        came.sort_unstable_by(|a, b| b.cmp(a));
        let all = changed::since(&mut conn, kept.view(), 0, 1_000).await.unwrap();
        assert_eq!(
            all.iter().map(|c| c.document).collect::<Vec<_>>(),
            came.iter().map(|(_, id)| *id).collect::<Vec<_>>()
        );
        assert!(all.iter().all(|c| c.new));
        let some = changed::since(&mut conn, kept.view(), 0, drawn.limit).await.unwrap();
        assert_eq!(some, all[..drawn.limit.min(all.len())]);
        if let Some(middle) = all.get(all.len() / 2) {
            let later = changed::since(&mut conn, kept.view(), middle.at, 1_000).await.unwrap();
            assert_eq!(later, all[..=all.len() / 2]);
        }
        let total = documents::total(&mut conn, kept.view()).await.unwrap().into_inner();
        assert_eq!(total, kept.wanted(Order::Newest).len() as u64);
    }
}

#[test]
fn pages_of_every_order_and_plan_are_whole() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(on_each_engine(|place| async move {
        // Proptest is not asynchronous: it runs on a thread of its own and hands each case over.
        let (cases, mut drawn_cases) =
            tokio::sync::mpsc::channel::<(Drawn, std::sync::mpsc::Sender<bool>)>(1);
        let thread = std::thread::spawn(move || {
            let config = ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() };
            proptest::test_runner::TestRunner::new(config).run(&drawn(), |drawn| {
                let (answer, answered) = std::sync::mpsc::channel();
                cases.blocking_send((drawn, answer)).unwrap();
                prop_assert!(answered.recv().unwrap_or(false), "see the panic above");
                Ok(())
            })
        });
        let mut number = 0;
        while let Some((drawn, answer)) = drawn_cases.recv().await {
            number += 1;
            let place = place.clone();
            let tried = tokio::spawn(async move { every_page_is_right(&place, number, &drawn).await });
            let _ = answer.send(tried.await.is_ok());
        }
        thread.join().unwrap().unwrap();
    }));
}

#[tokio::test]
async fn a_document_registered_between_two_pages_neither_doubles_nor_hides_another() {
    on_each_engine(|place| async move {
        let drawn = Drawn {
            documents: (0..9).map(|n| (Some(1), 0, n)).collect(),
            read: vec![0],
            handle: vec![],
            limit: 3,
        };
        let kept = keep(&place, 1, &drawn).await;
        let wanted = kept.wanted(Order::Newest);
        let first =
            documents::list(&mut place.reads().await, kept.view(), Order::Newest, None, 4).await.unwrap();
        // Newer than all, on the same day with the largest identifier: it belongs onto the page that was read.
        let mut late = dated(Some(date(2026, 1, 2)), paper(50, "0", &[]));
        late.id = DocumentId::new([0xff; 16]);
        Pen::default().registers(&place, kept.registry, [late]).await;
        let after = first.rows.last().map(|row| row.key);
        let second =
            documents::list(&mut place.reads().await, kept.view(), Order::Newest, after, 100).await.unwrap();
        let both: Vec<PageKey> = first.rows.iter().chain(&second.rows).map(|row| row.key).collect();
        assert_eq!(both, wanted);
    })
    .await;
}

/// Every access list is a class of its own: a registry has as many as it likes.
#[tokio::test]
async fn a_viewer_may_see_more_classes_than_a_statement_takes_values() {
    const MANY: i64 = 40_000;
    on_each_engine(|place| async move {
        let mut conn = place.database.begin_write().await.unwrap();
        let columns = "registry_id, document_id, class_no, year, number, reference, direction, kind, day, language, subject, registered_at, registered_by, sequence, changed";
        let columns: Vec<&str> = columns.split(", ").collect();
        let rows = (0..MANY)
            .map(|n| {
                let (class, day) = (n, n % 100);
                let mut row = values![HQ, sixteen(n as u64), class, 2026_i64, n, format!("HQR-2026-{n}"), "incoming"];
                row.extend(values!["letter", day, "en", "Paper", 0_i64, [1_u8; 16], n, n]);
                row
            })
            .collect();
        conn.insert_many("document", &columns, rows, "").await.unwrap();
        let counts = (0..MANY).map(|n| values![HQ, n, "", "", 1_i64]).collect();
        conn.insert_many("facet_count", &["registry_id", "class_no", "facet", "name", "documents"], counts, "").await.unwrap();
        conn.commit().await.unwrap();

        let rule = Arc::new(paper(0, "1", &[]).access_rule());
        let rules: Rules = Arc::new(vec![rule; MANY as usize]);
        // All but every tenth.
        let read: RoaringBitmap = (0..MANY as u32).filter(|n| n % 10 != 3).collect();
        let scope = RegistryScope { subject: read.clone(), read, handle: RoaringBitmap::new() };
        let view = View { registry: HQ, scope: &scope, rules: &rules };
        let mut conn = place.reads().await;
        for order in ORDERS {
            let mut after = None;
            let mut found = Vec::new();
            for _ in 0..4 {
                let page = documents::list(&mut conn, view, order, after, 30).await.unwrap();
                assert!(page.more && page.rows.len() == 30);
                after = page.rows.last().map(|row| row.key);
                found.extend(page.rows.iter().map(|row| (row.key.order, row.document)));
            }
            let mut all: Vec<(i64, DocumentId)> = (0..MANY)
                .filter(|n| n % 10 != 3)
                .map(|n| {
                    let by_day = matches!(order, Order::Newest | Order::Oldest);
                    (if by_day { n % 100 } else { n }, DocumentId::new(sixteen(n as u64)))
                })
                .collect();
            all.sort_unstable();
            if order.falls() {
                all.reverse();
            }
            if order.is_of_a_registry() {
                all.iter_mut().for_each(|(at, _)| *at = 0);
            }
            assert_eq!(found, all[..120], "{order:?}");
        }
        // One whom the first thousands do not concern reads on until there is something, or the end.
        let read: RoaringBitmap = (0..25_000_u32).collect();
        let scope = RegistryScope { subject: read.clone(), read, handle: RoaringBitmap::new() };
        let view = View { registry: HQ, scope: &scope, rules: &rules };
        let page = documents::list(&mut conn, view, Order::LastRegistered, None, 5).await.unwrap();
        let found: Vec<DocumentId> = page.rows.iter().map(|row| row.document).collect();
        assert_eq!(found, [24_999, 24_998, 24_997, 24_996, 24_995].map(|n| DocumentId::new(sixteen(n))));
        let after = Some(PageKey { order: 0, document: DocumentId::new(sixteen(2)) });
        let page = documents::list(&mut conn, view, Order::LastRegistered, after, 5).await.unwrap();
        assert_eq!((page.rows.len(), page.more), (2, false));
    })
    .await;
}

fn bears(text: &str, kind: ReferenceKind, paper: DocumentFact) -> DocumentFact {
    DocumentFact { references: vec![Reference::new(kind, text)], ..paper }
}

/// However many documents bear a reference that the viewer does not see: he finds his own.
#[tokio::test]
async fn a_reference_that_thousands_bear_finds_the_one_that_is_seen() {
    on_each_engine(|place| async move {
        let hidden = (0..1_300).map(|n| bears("OPS 41", ReferenceKind::Other, paper(n, "9", &[])));
        let mut seen = bears("ops-0041", ReferenceKind::Originator, paper(5_000, "1", &[]));
        seen.id = DocumentId::new([0xff; 16]);
        Pen::default().registers(&place, HQ, hidden.chain([seen.clone()])).await;
        let mut conn = place.reads().await;
        let rules = Classes::default().of(&mut conn, HQ).await.unwrap();
        let read: RoaringBitmap = [1].into_iter().collect();
        let reader =
            RegistryScope { subject: read.clone(), read: read.clone(), handle: RoaringBitmap::new() };
        let view = View { registry: HQ, scope: &reader, rules: &rules };
        let found = documents::by_reference(&mut conn, view, &key("Ops/41")).await.unwrap();
        assert_eq!(found.iter().map(|e| e.document).collect::<Vec<_>>(), [seen.id]);
        // Who only handles it finds it by the registry's own reference, not by another's.
        let clerk = RegistryScope { read: RoaringBitmap::new(), subject: RoaringBitmap::new(), handle: read };
        let view = View { scope: &clerk, ..view };
        assert!(documents::by_reference(&mut conn, view, &key("Ops/41")).await.unwrap().is_empty());
        let own = documents::by_reference(&mut conn, view, &key(&seen.reference)).await.unwrap();
        assert_eq!(
            own.iter().map(|e| (e.document, e.subject.clone())).collect::<Vec<_>>(),
            [(seen.id, None)]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_not_seen_is_not_there_by_any_way() {
    on_each_engine(|place| async move {
        crate::facts::small_world(&place).await;
        let mut conn = place.reads().await;
        let rules = Classes::default().of(&mut conn, HQ).await.unwrap();
        let read: RoaringBitmap = [0].into_iter().collect();
        let handle: RoaringBitmap = [1].into_iter().collect();
        let id = |n| DocumentId::new(sixteen(n));
        let ids: Vec<DocumentId> = (0..200).map(id).collect();
        for (read, handle) in
            [(&read, &handle), (&read, &RoaringBitmap::new()), (&RoaringBitmap::new(), &RoaringBitmap::new())]
        {
            let scope = RegistryScope { read: read.clone(), subject: read.clone(), handle: handle.clone() };
            let view = View { registry: HQ, scope: &scope, rules: &rules };
            let mut found: Vec<DocumentId> =
                documents::by_ids(&mut conn, view, &ids).await.unwrap().iter().map(|e| e.document).collect();
            found.sort_unstable();
            let wanted = |n: u64| if n.is_multiple_of(2) { !read.is_empty() } else { !handle.is_empty() };
            assert_eq!(found, (0..4).filter(|n| wanted(*n)).map(id).collect::<Vec<_>>());
            for n in 0..4 {
                let one = documents::by_id(&mut conn, view, id(n)).await.unwrap();
                assert_eq!(one.is_some(), wanted(n));
                assert_eq!(one.is_some_and(|d| d.inside.is_some()), wanted(n) && n % 2 == 0);
            }
            // The register of another registry has nothing of this one.
            let other = View { registry: RegistryId::new([2; 16]), ..view };
            assert!(documents::by_id(&mut conn, other, id(0)).await.unwrap().is_none());
        }
    })
    .await;
}
