//! Holds a value against a schema: only the keywords that the description uses, and every other one is an error, so
//! that nothing in a schema goes unread.

use serde_json::Value;

/// Why a value does not fit, or nothing.
pub fn misfits(value: &Value, schema: &Value, root: &Value, at: &str) -> Vec<String> {
    let mut all = Vec::new();
    let Some(keywords) = schema.as_object() else { return vec![format!("{at}: no schema")] };
    for (keyword, wanted) in keywords {
        match keyword.as_str() {
            "description" | "examples" | "format" | "contentMediaType" => {}
            "$ref" => match root.pointer(wanted.as_str().unwrap().trim_start_matches('#')) {
                Some(schema) => all.extend(misfits(value, schema, root, at)),
                None => all.push(format!("{at}: no schema {wanted}")),
            },
            "type" => {
                let fits = |t: &Value| is(value, t.as_str().unwrap());
                let any = wanted.as_array().map_or_else(|| fits(wanted), |types| types.iter().any(fits));
                if !any {
                    all.push(format!("{at}: {value} is no {wanted}"));
                }
            }
            "const" if value == wanted => {}
            "enum" if wanted.as_array().unwrap().contains(value) => {}
            "const" | "enum" => all.push(format!("{at}: {value} is not of {wanted}")),
            "minimum" | "maximum" => {
                let (number, bound) = (value.as_i64().unwrap_or(0), wanted.as_i64().unwrap());
                if (keyword == "minimum" && number < bound) || (keyword == "maximum" && number > bound) {
                    all.push(format!("{at}: {number} beyond {bound}"));
                }
            }
            "pattern" => {
                let length: usize = match wanted.as_str().unwrap() {
                    "^[0-9a-f]{32}$" => 32,
                    "^[0-9a-f]{64}$" => 64,
                    other => panic!("pattern {other}"),
                };
                let hex =
                    |t: &str| t.len() == length && t.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if value.as_str().is_some_and(|text| !hex(text)) {
                    all.push(format!("{at}: {value} against {wanted}"));
                }
            }
            "required" => {
                for name in wanted.as_array().unwrap() {
                    if value.as_object().is_some_and(|o| !o.contains_key(name.as_str().unwrap())) {
                        all.push(format!("{at}: {name} is missing"));
                    }
                }
            }
            "properties" => {
                for (name, schema) in wanted.as_object().unwrap() {
                    if let Some(member) = value.get(name) {
                        all.extend(misfits(member, schema, root, &format!("{at}/{name}")));
                    }
                }
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                for (name, member) in value.as_object().into_iter().flatten() {
                    if known.is_some_and(|k| k.contains_key(name)) {
                        continue;
                    }
                    if wanted == &Value::Bool(false) {
                        all.push(format!("{at}: {name} is not described"));
                    } else {
                        all.extend(misfits(member, wanted, root, &format!("{at}/{name}")));
                    }
                }
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    all.extend(misfits(item, wanted, root, &format!("{at}/{n}")));
                }
            }
            "allOf" => {
                for part in wanted.as_array().unwrap() {
                    all.extend(misfits(value, part, root, at));
                }
            }
            "anyOf" | "oneOf" => {
                let tried: Vec<_> =
                    wanted.as_array().unwrap().iter().map(|s| misfits(value, s, root, at)).collect();
                let fitting = tried.iter().filter(|t| t.is_empty()).count();
                if fitting == 0 || (keyword == "oneOf" && fitting > 1) {
                    all.push(format!("{at}: fits {fitting} of {keyword}: {tried:?}"));
                }
            }
            other => panic!("{at}: the keyword {other} is not understood here"),
        }
    }
    all
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("type {other}"),
    }
}
