//! The description of the API (OpenAPI 3.1), made from the table of routes and nothing else.

use std::{collections::BTreeMap, sync::LazyLock};

use registry::Code;
use serde_json::{Map, Value, json};

use crate::{
    answer::status,
    api::{
        request::KEY,
        schema,
        shape::{Gives, Kind, Parameter, Shape, Takes},
    },
    routes::{Access, ROUTES, Route, Surface},
};

static DESCRIPTION: LazyLock<Value> = LazyLock::new(made);

/// The description. It is the same for everybody and never changes while the server runs.
pub fn description() -> Value {
    DESCRIPTION.clone()
}

fn made() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES.iter().filter(|r| r.surface == Surface::Api) {
        let Some(shape) = route.shape else { continue };
        let at = paths.entry(route.path.to_owned()).or_insert_with(|| json!({}));
        if let Some(methods) = at.as_object_mut() {
            methods.insert(route.method.as_str().to_lowercase(), operation(route, shape));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Chancery",
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "A registry of classified information. Whatever is read has passed the access scope of the person whose token is sent; what one may not see looks like what is not there. Failures are RFC 9457 problems with stable codes. A change needs an Idempotency-Key: the same key with the same body again has no second effect and gives the same answer. Lists go on after the opaque `next` of the page before. Answers to GET carry an ETag.",
        },
        "paths": paths,
        "components": {
            "schemas": schema::all(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token of POST /api/v1/sign-in."},
            },
        },
    })
}

fn operation(route: &Route, shape: &Shape) -> Value {
    let tag = route.path.split('/').nth(3).unwrap_or_default();
    let anyone = route.access == Access::Anyone;
    let mut operation = json!({
        "operationId": route.name,
        "summary": route.summary,
        "tags": [tag],
        "security": if anyone { json!([]) } else { json!([{"token": []}]) },
        "parameters": parameters(route, shape),
        "responses": responses(route, shape),
    });
    if let Access::Roles(roles) = route.access
        && let Some(fields) = operation.as_object_mut()
    {
        let names: Vec<&str> = roles.iter().map(|r| r.as_str()).collect();
        fields.insert("description".to_owned(), json!(format!("For: {}.", names.join(", "))));
    }
    let body = match shape.takes {
        Takes::Nothing => return operation,
        Takes::Json(name) => json!({"application/json": with_examples(name)}),
        Takes::Parts(name) => json!({"multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "document": reference(name),
                    "content": {
                        "type": "string", "contentMediaType": "application/octet-stream",
                        "description": "The file. With a Content-Length of the part, a file that arrives cut short is refused.",
                    },
                },
                "required": ["document"],
                "additionalProperties": false,
            },
            "encoding": {"document": {"contentType": "application/json"}},
            "examples": {"a-document": {"value": {"document": example(name), "content": "the bytes of the file"}}},
        }}),
    };
    if let Some(fields) = operation.as_object_mut() {
        fields.insert("requestBody".to_owned(), json!({"required": true, "content": body}));
    }
    operation
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn example(name: &str) -> Value {
    schema::all().get(name).and_then(|s| s.pointer("/examples/0")).cloned().unwrap_or(Value::Null)
}

fn with_examples(name: &str) -> Value {
    match example(name) {
        Value::Null => json!({"schema": reference(name)}),
        example => json!({"schema": reference(name), "examples": {"an-example": {"value": example}}}),
    }
}

/// How an identifier is written.
const IDENTIFIER_PATTERN: &str = "^[0-9a-f]{32}$";

/// How a key is written.
const KEY_PATTERN: &str =
    "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})$";

/// The names that stand in a path.
pub fn path_names(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

fn parameters(route: &Route, shape: &Shape) -> Value {
    let mut all: Vec<Value> = path_names(route.path)
        .into_iter()
        .map(|name| {
            let (schema, says) = match name {
                "id" => (json!({"type": "string", "pattern": IDENTIFIER_PATTERN}), "An identifier."),
                "n" => (json!({"type": "integer", "minimum": 1}), "The number of the version, from 1."),
                "page" => (json!({"type": "integer", "minimum": 1}), "The number of the page, from 1."),
                "position" if route.path.starts_with("/api/v1/tray") => (
                    json!({"type": "integer", "minimum": 0}),
                    "0 for what waits itself; from 1, the place of what is attached.",
                ),
                "position" => {
                    (json!({"type": "integer", "minimum": 1}), "The place of what is attached, from 1.")
                }
                "code" => (json!({"type": "string"}), "The code of a registry."),
                _ => (json!({"type": "string"}), "A reference, however it is written."),
            };
            json!({"name": name, "in": "path", "required": true, "description": says, "schema": schema})
        })
        .collect();
    all.extend(shape.parameters.iter().map(parameter));
    let header = |name: &str, required: bool, says: &str, schema: Value| json!({"name": name, "in": "header", "required": required, "description": says, "schema": schema});
    if shape.keyed {
        let says = "A UUID or thirty-two hexadecimal digits, new for each change; the same again for the same change.";
        all.push(header(KEY, true, says, json!({"type": "string", "pattern": KEY_PATTERN})));
    }
    if route.method == axum::http::Method::GET {
        let says = "Entity tags that one has: 304 when nothing changed.";
        all.push(header("If-None-Match", false, says, json!({"type": "string"})));
    }
    let says = "The language of problems: `en` or `fr`.";
    all.push(header("Accept-Language", false, says, json!({"type": "string"})));
    json!(all)
}

fn parameter(parameter: &Parameter) -> Value {
    let schema = match parameter.kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Place => json!({"type": "string", "minLength": 1}),
        Kind::Identifier => json!({"type": "string", "pattern": IDENTIFIER_PATTERN}),
        Kind::OneOf(values) => json!({"type": "string", "enum": values}),
        Kind::UpTo(most) => json!({"type": "integer", "minimum": 1, "maximum": most}),
    };
    json!({
        "name": parameter.name, "in": "query", "required": parameter.required,
        "description": parameter.says, "schema": schema,
    })
}

/// Every reason for which a route may refuse: its own, and those that any route of its kind has.
pub fn refusals(route: &Route, shape: &Shape) -> Vec<Code> {
    let mut codes = shape.refuses.to_vec();
    codes.extend([
        Code::RequestForm,
        Code::TextForm,
        Code::StorageFull,
        Code::StorageReadOnly,
        Code::StorageAway,
    ]);
    if route.access != Access::Anyone {
        codes.push(Code::NotSignedIn);
    }
    if shape.takes != Takes::Nothing {
        codes.push(Code::OverSize);
    }
    if shape.keyed {
        codes.extend([Code::CommandIdReused, Code::Conflict, Code::ClockBack, Code::Busy, Code::Required]);
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn responses(route: &Route, shape: &Shape) -> Value {
    let mut all: BTreeMap<String, Value> = BTreeMap::new();
    all.insert(shape.status.to_string(), success(route, shape));
    if route.method == axum::http::Method::GET {
        all.insert(
            "304".to_owned(),
            json!({"description": "Nothing changed since the entity tag that was sent."}),
        );
    }
    let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for code in refusals(route, shape) {
        by_status.entry(status(code).as_u16()).or_default().push(code.as_str());
    }
    by_status.insert(500, vec!["internal"]);
    for (status, codes) in by_status {
        let first = codes.first().copied().unwrap_or_default();
        let example = json!({
            "type": format!("urn:chancery:refusal:{first}"), "title": "What is wrong.", "status": status,
            "code": first, "remedy": "What can be done.", "arguments": {},
        });
        let content = json!({"application/problem+json": {
            "schema": {"allOf": [reference("Problem"), {"properties": {"code": {"enum": codes}}}]},
            "examples": {"a-problem": {"value": example}},
        }});
        let says = format!("Refused: {}.", codes.join(", "));
        all.insert(status.to_string(), json!({"description": says, "content": content}));
    }
    json!(all)
}

fn success(route: &Route, shape: &Shape) -> Value {
    let mut answer = json!({"description": "Done."});
    let Some(fields) = answer.as_object_mut() else { return answer };
    let content = match shape.gives {
        Gives::Nothing => None,
        Gives::Json(name) => Some(json!({"application/json": with_examples(name)})),
        // Of whatever type the file is.
        Gives::File => Some(json!({"*/*": {}})),
        Gives::Description => Some(json!({"application/json": {"schema": {"type": "object"}}})),
    };
    if let Some(content) = content {
        fields.insert("content".to_owned(), content);
    }
    if route.method == axum::http::Method::GET {
        let tag = json!({"ETag": {"description": "The digest of the bytes.", "schema": {"type": "string"}}});
        fields.insert("headers".to_owned(), tag);
    }
    answer
}
