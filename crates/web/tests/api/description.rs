//! The description: every route of the API is in it and nothing else, and all that it says holds together.

use std::collections::BTreeSet;

use serde_json::Value;
use web::{
    api::{openapi, schema},
    routes::{Access, ROUTES, Surface},
};

use crate::{fits::misfits, support::World};

fn refs<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str() {
                    Some(target) if name == "$ref" => drop(found.insert(target)),
                    _ => refs(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| refs(item, found)),
        _ => {}
    }
}

#[test]
fn the_description_has_every_route_of_the_api_and_no_other() {
    let description = openapi::description();
    let mut described = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert((method.to_uppercase(), path.clone()));
        }
    }
    let routed: BTreeSet<_> = ROUTES
        .iter()
        .filter(|r| r.path.starts_with("/api/"))
        .map(|r| (r.method.as_str().to_owned(), r.path.to_owned()))
        .collect();
    assert_eq!(described, routed);
    assert!(routed.len() >= 20);
    for route in ROUTES {
        let api = route.surface == Surface::Api;
        assert_eq!((route.shape.is_some(), route.path.starts_with("/api/v1/")), (api, api), "{}", route.name);
    }
}

#[test]
fn each_operation_says_what_it_takes_gives_and_refuses() {
    let description = openapi::description();
    let mut names = BTreeSet::new();
    for route in ROUTES.iter().filter(|r| r.surface == Surface::Api) {
        let operation = &description["paths"][route.path][route.method.as_str().to_lowercase()];
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{}", route.name);
        let parameters = operation["parameters"].as_array().unwrap();
        let named = |place: &str| -> Vec<&str> {
            let of = parameters.iter().filter(|p| p["in"] == place);
            of.map(|p| p["name"].as_str().unwrap()).collect()
        };
        assert_eq!(named("path"), openapi::path_names(route.path), "{}", route.name);
        let shape = route.shape.unwrap();
        assert_eq!(named("header").contains(&"Idempotency-Key"), shape.keyed);
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.contains_key(&shape.status.to_string()));
        let anyone = route.access == Access::Anyone;
        assert_eq!(operation["security"].as_array().unwrap().is_empty(), anyone, "{}", route.name);
        if !anyone {
            assert!(responses.contains_key("401"), "{}", route.name);
        }
        // Every change of the register happens once: only these change none, or are of the machine alone.
        let without = [
            "api-sign-in",
            "api-prove",
            "api-sign-out",
            "api-one-time-code",
            "api-verify",
            // One's own settings, each change of which comes to the same however often it is sent.
            "api-keep-search",
            "api-drop-search",
            "api-keep-watch",
            "api-drop-watch",
            "api-put-aside",
        ];
        if *route.method == axum::http::Method::POST {
            assert_eq!(shape.keyed, !without.contains(&route.name), "{}", route.name);
        } else {
            assert!(responses.contains_key("304"));
        }
    }
}

#[test]
fn every_reference_leads_somewhere_every_schema_is_used_and_every_example_fits() {
    let description = openapi::description();
    let mut found = BTreeSet::new();
    refs(&description, &mut found);
    for target in &found {
        assert!(description.pointer(target.trim_start_matches('#')).is_some(), "{target}");
    }
    let mut examples = 0;
    for (name, schema) in schema::all() {
        assert!(found.contains(format!("#/components/schemas/{name}").as_str()), "{name} is not used");
        for example in schema.get("examples").and_then(Value::as_array).into_iter().flatten() {
            assert_eq!(misfits(example, schema, &description, name), Vec::<String>::new());
            examples += 1;
        }
        let wrong = Value::String("nothing of the kind".to_owned());
        assert!(!misfits(&wrong, schema, &description, name).is_empty(), "{name} takes anything");
    }
    assert!(examples >= 6);
}

#[tokio::test]
async fn the_description_is_public_and_the_same_for_everyone() {
    let world = World::founded().await;
    let described = world.get("/api/v1/openapi.json").send().await.good(200);
    assert_eq!(described, openapi::description());
    assert_eq!(described["openapi"], "3.1.0");
}
