//! The house on its pages: what an administrator opens and changes, what a security officer may of it, and nobody else.

use axum::http::StatusCode;

use crate::browser::{Page, World};

fn fields<'a>(page: &Page, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let mut fields = vec![("command", page.hidden("command")), ("what", page.hidden("what"))];
    fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    fields
}

macro_rules! sends {
    ($browser:expr, $page:expr, $path:expr, $more:expr) => {{
        let fields = fields(&$page, $more);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        $browser.answer(&$page, $path, &fields).await
    }};
}

#[tokio::test]
async fn a_registry_is_opened_bounded_and_changed_with_a_reason() {
    let world = World::founded().await;
    let mut keeper = world.browser("keeper").await;
    let form = keeper.get("/house/new?what=registry").await.good();
    let typed =
        [("code", "vlt"), ("name_en", "Vault"), ("name_fr", "Chambre forte"), ("ceilings", "bounded")];
    // Bounded by nothing is no bound: what was typed stays.
    let refused = sends!(keeper, form, "/house/new", &typed);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Chambre forte").shows("This is empty.");
    let policy =
        world.office.house().await.unwrap().policies.iter().position(|p| p.name() == "NATO").unwrap();
    let ceiling = format!("ceiling-{policy}");
    let mut typed = typed.to_vec();
    typed.push((ceiling.as_str(), "CONFIDENTIAL"));
    let made = sends!(keeper, form, "/house/new", &typed);
    assert_eq!(made.to(), "/house?done=house-registry");
    let again = sends!(keeper, form, "/house/new", &typed);
    assert_eq!(again.to(), made.to(), "sent twice it is opened once");
    let page = keeper.get("/house?done=house-registry").await.good();
    page.shows("VLT").shows("NATO CONFIDENTIAL").shows("The registry is open");

    let house = world.office.house().await.unwrap();
    let vault = house.registry_by_code("VLT").unwrap().clone();
    assert_eq!(vault.ceilings.len(), 1);
    let form = keeper.get("/house/registries/VLT").await.good();
    form.shows("Vault");
    let to = [("name_en", "Vault"), ("name_fr", "Chambre forte"), ("ceilings", "anything")];
    let silent = sends!(keeper, form, "/house/registries/VLT", &to);
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut to = to.to_vec();
    to.push(("reason", "Approved for everything"));
    let changed = sends!(keeper, form, "/house/registries/VLT", &to);
    assert_eq!(changed.to(), "/house?done=house-changed");
    let house = world.office.house().await.unwrap();
    assert_eq!(house.registry_by_code("VLT").unwrap().ceilings, []);
    assert_eq!(keeper.get("/house/registries/NONE").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_officer_forms_groups_and_changes_nothing_else() {
    let world = World::founded().await;
    let mut officer = world.browser("officer1").await;
    let form = officer.get("/house/new?what=group").await.good();
    let wrong = [("code", "Air Policing"), ("name_en", "Air policing"), ("name_fr", "Police du ciel")];
    let refused = sends!(officer, form, "/house/new", &wrong);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Police du ciel").shows("Air Policing");
    let right = [("code", "air-policing"), ("name_en", "Air policing"), ("name_fr", "Police du ciel")];
    let made = sends!(officer, form, "/house/new", &right);
    assert_eq!(made.to(), "/house?done=house-group");
    officer.get("/house").await.good().shows("Police du ciel").hides("Open a registry");
    for path in ["/house/new?what=registry", "/house/new?what=series", "/house/registries/HQR"] {
        assert_eq!(officer.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let mut clerk = world.browser("clerk").await;
    for path in ["/house", "/house/new?what=group"] {
        let status = clerk.get(path).await.status;
        assert!([StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status), "{path}: {status}");
    }
}

#[tokio::test]
async fn series_are_adopted_and_entrusted_once_numbers_stand() {
    let world = World::founded().await;
    let mut keeper = world.browser("keeper").await;
    let form = keeper.get("/house/new?what=series").await.good();
    let broken =
        sends!(keeper, form, "/house/new", &[("name", "own"), ("toml", "[[series]]\r\ncode = 4\r\n")]);
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    broken.shows("code = 4");
    let form = keeper.get("/house/new?what=entrust&series=MCM").await.good();
    form.shows("value=\"MCM\"");
    let unknown = sends!(keeper, form, "/house/new", &[("series", "ZZZ"), ("registry", "HQR")]);
    assert!(unknown.status.is_client_error());
    let registry = world.office.house().await.unwrap().registries().first().unwrap().code.clone();
    let given = sends!(keeper, form, "/house/new", &[("series", "MCM"), ("registry", registry.as_str())]);
    assert_eq!(given.to(), "/house?done=house-entrust");
}
