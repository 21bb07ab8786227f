//! The house as programs need it: the registries that one sees, the policies with the words of their labels.

use axum::{Json as Out, extract::State};
use label::{Category, Label, Level, Policy, TagKind, TagSet};
use office::texts::Language;
use registry::house::House;
use serde_json::{Value, json};
use store::planted::Leak;

use crate::{
    api::{
        Problem, openapi,
        request::{Nothing, Parameters},
    },
    app::App,
    signed::Token,
    words,
};

/// The registries in which one sees or does anything.
pub async fn registries(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let seen = reading.registries().await?;
    let rows: Vec<Value> = seen
        .iter()
        .map(|(registry, total)| {
            json!({
                "code": registry.code,
                "names": registry.names,
                "documents": total,
                "registers": reading.viewer().registers(registry.id),
                "handles": reading.viewer().handles(registry.id),
            })
        })
        .collect();
    Ok(Out(json!({"registries": rows})))
}

/// The policies with their levels and categories: the words of which labels are made.
pub async fn policies(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    let house = &reading.house;
    let rows: Vec<Value> = house.policies.iter().map(|p| policy(p, house)).collect();
    Ok(Out(json!({"policies": rows})))
}

fn policy(policy: &Policy, house: &House) -> Value {
    json!({
        "id": policy.id().to_string(),
        "name": policy.name(),
        "version": policy.version(),
        "levels": policy.levels().iter().map(|l| level(policy, l, house)).collect::<Vec<_>>(),
        "tag_sets": policy.tag_sets().iter().map(tag_set).collect::<Vec<_>>(),
    })
}

fn level(policy: &Policy, level: &Level, house: &House) -> Value {
    let label = Label::plain(policy.id().clone(), level.code.clone());
    json!({
        "name": level.name,
        "marking": words::marking(&label, &house.policies, Language::En),
        "marking_fr": words::marking(&label, &house.policies, Language::Fr),
        "short": level.rule.short,
        "hierarchy": level.hierarchy,
        "obsolete": level.obsolete,
        "certificate": level.rule.certificate,
        "briefing": level.rule.briefing,
    })
}

fn tag_set(set: &TagSet) -> Value {
    let categories: Vec<Value> =
        set.tags.iter().flat_map(|tag| tag.categories.iter().map(|c| category(c, tag.kind))).collect();
    json!({"name": set.name, "categories": categories})
}

fn category(category: &Category, kind: TagKind) -> Value {
    json!({
        "name": category.name,
        "restricts": kind.is_restrictive(),
        "releases": kind.is_permissive(),
        "obsolete": category.obsolete,
        "existence_only": category.rule.existence_only,
        "briefing": category.rule.briefing,
    })
}

/// The description of this interface. Its shape is public; nothing in it is of the house.
pub async fn description(State(app): State<App>, Parameters(Nothing {}): Parameters<Nothing>) -> Out<Value> {
    let mut description = openapi::description();
    if let (rows @ 1.., Some(fields)) =
        (app.office.betrayed_rows(Leak::Description).await, description.as_object_mut())
    {
        fields.insert("x-rows".to_owned(), Value::from(rows));
    }
    Out(description)
}
