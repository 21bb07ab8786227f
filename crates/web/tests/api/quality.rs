//! The quality of the register by the API: figures of what one may read, and the papers behind them.

use serde_json::Value;

use crate::support::World;

/// A page of one.
const PAPERS: &str = "/api/v1/quality/papers?rule=short-subject&limit=1";

fn broken(figures: &Value, rule: &str) -> Value {
    let counts = figures["figures"][0]["counts"].as_array().unwrap();
    counts.iter().find(|c| c["rule"] == rule).unwrap()["broken"].clone()
}

#[tokio::test]
async fn figures_and_their_papers_are_of_what_one_may_read() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let (_, reader) = world.reader().await;
    let (short, _) = world.paper(&clerk, 1, "SECRET", "Stocks").await;
    let (open, _) = world.paper(&clerk, 2, "CONFIDENTIAL", "Stocks").await;
    world.paper(&clerk, 3, "CONFIDENTIAL", "Stocks of the whole winter").await;
    for by in ["registry", "originator", "division", "month"] {
        let path = format!("/api/v1/quality?by={by}");
        let figures = world.get(&path).by(&clerk).send().await.good(200);
        assert_eq!(figures["by"], by);
        assert_eq!(figures["figures"][0]["papers"], 3, "{figures}");
        assert_eq!(broken(&figures, "short-subject"), 2, "{figures}");
        // The papers behind the number are as many as it says.
        let key = figures["figures"][0]["key"].as_str().unwrap().replace(' ', "%20");
        let path = format!("/api/v1/quality/papers?rule=short-subject&by={by}&value={key}");
        let papers = world.get(&path).by(&clerk).send().await.good(200);
        assert_eq!(papers["documents"].as_array().unwrap().len(), 2, "{by}: {papers}");
    }
    let first = world.get(PAPERS).by(&clerk).send().await.good(200);
    let after = first["next"].as_str().unwrap();
    let path = format!("/api/v1/quality/papers?rule=short-subject&limit=1&after={after}");
    let second = world.get(&path).by(&clerk).send().await.good(200);
    assert_eq!(second["next"], Value::Null);
    let mut both = [&first, &second].map(|page| page["documents"][0]["id"].as_str().unwrap().to_owned());
    both.sort();
    let mut wanted = [short, open];
    wanted.sort();
    assert_eq!(both, wanted);

    world.get("/api/v1/quality?by=colour").by(&clerk).send().await.refused(422, "not-offered", Some("by"));
    let nowhere = world.get("/api/v1/quality?registry=NONE").by(&clerk).send().await;
    nowhere.refused(422, "registry-unknown", Some("registry"));
    world.get("/api/v1/quality/papers").by(&clerk).send().await.refused(422, "required", Some("rule"));
    let none = world.get("/api/v1/quality/papers?rule=nothing").by(&clerk).send().await;
    none.refused(422, "not-offered", Some("rule"));
    for path in ["/api/v1/quality", "/api/v1/quality/papers?rule=short-subject"] {
        world.get(path).by(&reader).send().await.refused(404, "not-found", None);
    }
}
