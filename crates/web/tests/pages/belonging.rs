//! The page of the organisation's directory where none is read: none is set, or set wrongly. Where one is read is tried on a
//! real server, by the tests of the binary.

use axum::http::StatusCode;

use crate::browser::World;

#[tokio::test]
async fn without_a_directory_the_page_says_who_sets_one_and_offers_nothing() {
    let world = World::founded().await;
    assert_eq!(world.office.watch_directory(), Vec::<String>::new());
    let mut officer = world.browser("officer1").await;
    officer.get("/people").await.good().hides("/people/directory");
    let page = officer.get("/people/directory").await.good();
    page.shows("No directory is set here").shows("groups.toml").hides("Read now");
    let asked = officer.answer(&page, "/people/directory", &[]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    officer.speaks("fr").await;
    officer.get("/people/directory").await.good().shows("Aucun annuaire n\u{2019}est configur\u{e9} ici");
    assert_eq!(world.browser("keeper").await.get("/people/directory").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_told_to_the_officers() {
    let world = World::founded().await;
    std::fs::write(world.office.folder().root().join("groups.toml"), "[server]\nhost = \"x\"\n").unwrap();
    let wrong = world.office.watch_directory();
    assert!(wrong[0].contains("cannot be understood"), "{wrong:?}");
    let mut officer = world.browser("officer1").await;
    officer.get("/people").await.good().shows("/people/directory");
    let page = officer.get("/people/directory").await.good();
    page.shows("The settings of the directory cannot be used").shows("The administrator must mend them.");
}
