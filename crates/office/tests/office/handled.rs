//! What is done with papers, through the office: the demo's own examples are applied anew and give the same tables, and
//! a copy that was authorised is used up.

use office::{Office, Opening, folder::Folder};
use registry::Code;

#[tokio::test]
async fn the_demo_shows_each_and_its_tables_are_rebuilt_equal() {
    let dir = tempfile::tempdir().unwrap();
    let opening = Opening { index: false, ..Opening::of(Folder::at(dir.path().join("data"))) };
    office::demo::build(opening.clone(), |_, _| ()).await.unwrap();
    let office = Office::open(opening).await.unwrap();
    let census = office.census().await.unwrap();
    for table in ["check_out", "disclosure", "reproduction", "holder_told"] {
        assert!(census.rows.iter().any(|(name, rows)| *name == table && *rows > 0), "{table}");
    }
    let (_, differences) = office.compare_rebuilt().await.unwrap();
    assert_eq!(differences, Vec::<String>::new());

    // A working paper that should stand in a log by now, and one that may still wait.
    let clerk = office.person_named("figueiredo").await.unwrap();
    let mut reading = office.read_as(clerk).await.unwrap();
    let registry = reading.house.registry_by_code("HQR").unwrap().id;
    let counts = reading.unlogged_counts(registry).await.unwrap();
    assert!(counts.overdue >= 1 && counts.overdue + counts.due == 2, "{counts:?}");
    drop(reading);

    // The copy that is left of two, then none.
    let mut reading = office.read_as(clerk).await.unwrap();
    let paper = reading.by_reference("MCM-0084-2026").await.unwrap()[0].document;
    assert!(reading.open_version(paper, 1, &|_| Vec::new()).await.is_ok());
    drop(reading);
    let mut reading = office.read_as(clerk).await.unwrap();
    let refused = reading.open_version(paper, 1, &|_| Vec::new()).await.err().unwrap();
    assert_eq!(refused.refusal().map(|r| r.code), Some(Code::ReproductionUnauthorised));
}
