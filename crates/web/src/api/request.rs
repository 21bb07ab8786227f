//! What a request of the API brings: a strict body, strict parameters, the key under which it happens once, the place
//! where a list goes on. Everything that does not fit is refused here, with where and why; nothing is guessed.

use axum::{
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, header, request::Parts},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::civil::Date;
use label::LabelError;
use registry::{Code, CommandId, DocumentId, Refusal, id::Digest};
use serde::{Deserialize, de::DeserializeOwned};
use store::{documents::Order, index::HitKey, visible::PageKey};

use crate::{api::Problem, app::App};

/// Longest JSON body (bytes).
pub const BODY: usize = 1 << 20;
/// Rows of a page when nobody says how many.
pub const PAGE: usize = 50;
/// Most rows of a page.
pub const MOST: usize = 200;

/// A refusal of a request's form: about what, and why.
pub fn form(field: &'static str, why: impl std::fmt::Display) -> Refusal {
    let why: String = why.to_string().chars().take(300).collect();
    Refusal::on(field, Code::RequestForm).with("why", why)
}

/// A JSON body: no unknown field, no field twice, at most one megabyte.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.split(';').next())
            .is_some_and(|v| v.trim().eq_ignore_ascii_case("application/json"));
        if !json {
            return Err(form("Content-Type", "application/json").into());
        }
        let bytes = axum::body::to_bytes(request.into_body(), BODY)
            .await
            .map_err(|_| Refusal::on("body", Code::OverSize).with("limit", BODY))?;
        Ok(Self(read_json("body", &bytes)?))
    }
}

/// Reads JSON; what does not fit is refused with its line and column.
pub fn read_json<T: DeserializeOwned>(field: &'static str, bytes: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes)
        .map_err(|e| form(field, &e).with("line", e.line()).with("column", e.column()))
}

/// Parameters after the question mark; unknown ones are refused.
#[derive(Debug)]
pub struct Parameters<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(e) => {
                use std::error::Error as _;
                let why = e.source().map_or_else(|| e.to_string(), ToString::to_string);
                Err(form("query", why).into())
            }
        }
    }
}

/// No parameters at all.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The part of the path that names something. What can't be a name of anything is not there.
#[derive(Debug)]
pub struct Named<T>(pub T);

impl<T: std::str::FromStr + Send> FromRequestParts<App> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, app).await.map_err(|_| Problem::of(Code::NotFound))?;
        text.parse().map(Self).map_err(|_| Problem::of(Code::NotFound))
    }
}

/// The key under which a change happens once, however often it is sent: a UUID or thirty-two hexadecimal digits.
#[derive(Debug, Clone, Copy)]
pub struct Key(pub CommandId);

/// The header in which it comes.
pub const KEY: &str = "Idempotency-Key";

impl FromRequestParts<App> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let given = parts.headers.get(KEY).ok_or(Refusal::on(KEY, Code::Required))?;
        let digits = given
            .to_str()
            .ok()
            .and_then(key_digits)
            .ok_or_else(|| form(KEY, "a UUID or thirty-two hexadecimal digits"))?;
        Ok(Self(command_of(&digits)))
    }
}

/// The digits of a key, in one way of writing.
fn key_digits(text: &str) -> Option<String> {
    let text = text.trim().trim_matches('"');
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    if !matches!(groups.as_slice(), [32] | [8, 4, 4, 4, 12]) {
        return None;
    }
    let digits: String = text.chars().filter(|c| *c != '-').map(|c| c.to_ascii_lowercase()).collect();
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(digits)
}

/// The command of a key. Hashed, so that a key of the API never names a command of another way in.
fn command_of(digits: &str) -> CommandId {
    let digest = Digest::of(format!("api\n{digits}").as_bytes());
    let mut id = [0; 16];
    id.iter_mut().zip(digest.0).for_each(|(to, from)| *to = from);
    CommandId::new(id)
}

/// How many rows a page shall have.
pub fn limit(given: Option<usize>) -> Result<usize, Refusal> {
    match given {
        None => Ok(PAGE),
        Some(n) if (1..=MOST).contains(&n) => Ok(n),
        Some(n) => Err(Refusal::on("limit", Code::NotOffered).with("value", n).with("limit", MOST)),
    }
}

/// The orders of a list, by name.
pub const ORDERS: [(&str, Order); 4] = [
    ("newest", Order::Newest),
    ("oldest", Order::Oldest),
    ("registered", Order::LastRegistered),
    ("first", Order::FirstRegistered),
];

/// The order that is asked for.
pub fn order(given: Option<&str>) -> Result<Order, Refusal> {
    let Some(name) = given else { return Ok(Order::default()) };
    ORDERS
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, order)| *order)
        .ok_or_else(|| Refusal::on("order", Code::NotOffered).with("value", name))
}

fn order_number(order: Order) -> u8 {
    (0_u8..).zip(ORDERS).find(|(_, (_, o))| *o == order).map_or(0, |(n, _)| n)
}

/// A place in a list as programs carry it: nothing in it is for them to read.
pub fn page_key(order: Order, key: &PageKey) -> String {
    let mut bytes = vec![order_number(order)];
    bytes.extend(key.order.to_be_bytes());
    bytes.extend(key.document.bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads such a place; one of another order is refused.
pub fn read_page_key(order: Order, text: &str) -> Result<PageKey, Refusal> {
    let refused = || form("after", "not a place of this list");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refused())?;
    let (head, rest) = bytes.split_first().ok_or_else(refused)?;
    let (at, document) = rest.split_first_chunk::<8>().ok_or_else(refused)?;
    let document: [u8; 16] = document.try_into().map_err(|_| refused())?;
    if *head != order_number(order) {
        return Err(refused());
    }
    Ok(PageKey { order: i64::from_be_bytes(*at), document: DocumentId::new(document) })
}

/// A place among hits.
pub fn hit_key(key: &HitKey) -> String {
    let mut bytes = key.score_micro.to_be_bytes().to_vec();
    bytes.push(u8::from(key.day.is_some()));
    bytes.extend(key.day.unwrap_or_default().to_be_bytes());
    bytes.extend(key.document.bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads such a place.
pub fn read_hit_key(text: &str) -> Result<HitKey, Refusal> {
    let refused = || form("after", "not a place of these hits");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refused())?;
    let (score, rest) = bytes.split_first_chunk::<8>().ok_or_else(refused)?;
    let (dated, rest) = rest.split_first().filter(|(d, _)| **d <= 1).ok_or_else(refused)?;
    let (day, document) = rest.split_first_chunk::<8>().ok_or_else(refused)?;
    let document: [u8; 16] = document.try_into().map_err(|_| refused())?;
    Ok(HitKey {
        score_micro: i64::from_be_bytes(*score),
        day: (*dated == 1).then(|| i64::from_be_bytes(*day)),
        document: DocumentId::new(document),
    })
}

/// A civil date, `YYYY-MM-DD`.
pub fn day(field: &'static str, text: &str) -> Result<Date, Refusal> {
    let refused =
        || Refusal::on(field, Code::ImpossibleDate).with("date", text.chars().take(40).collect::<String>());
    let text = text.trim();
    if text.len() != 10 {
        return Err(refused());
    }
    text.parse().map_err(|_| refused())
}

/// Why the words of a label are none.
pub fn label_refusal(field: &'static str, policy: &str, error: &LabelError) -> Refusal {
    match error {
        LabelError::UnknownPolicy(_) => Refusal::on(field, Code::UnknownPolicy).with("policy", policy),
        other => Refusal::on(field, Code::InvalidLabel).with("why", other),
    }
}

/// The secret that a program sent, for ending it.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ways_of_writing_one_key_are_one_command_and_other_texts_are_none() {
        let plain = key_digits("0123456789abcdef0123456789ABCDEF").unwrap();
        assert_eq!(key_digits("01234567-89ab-cdef-0123-456789abcdef").unwrap(), plain);
        for text in
            ["", "abc", "0123456789abcdef0123456789abcdeg", "0123-4567-89ab-cdef0123456789abcdef", "é"]
        {
            assert_eq!(key_digits(text), None, "{text}");
        }
        assert_ne!(command_of("a"), command_of("b"));
    }

    proptest! {
        #[test]
        fn a_place_is_read_back_and_no_other_text_is_a_panic(
            at in any::<i64>(), id in any::<[u8; 16]>(), score in any::<i64>(), day in any::<Option<i64>>(), noise in ".{0,80}"
        ) {
            for (_, order) in ORDERS {
                let key = PageKey { order: at, document: DocumentId::new(id) };
                prop_assert_eq!(read_page_key(order, &page_key(order, &key)), Ok(key));
            }
            let key = HitKey { score_micro: score, day, document: DocumentId::new(id) };
            prop_assert_eq!(read_hit_key(&hit_key(&key)), Ok(key));
            let _ = read_page_key(Order::Newest, &noise);
            let _ = read_hit_key(&noise);
        }

        #[test]
        fn no_body_is_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_json::<crate::api::register::DocumentAsked>("body", &bytes);
        }
    }

    #[test]
    fn a_place_of_one_order_is_none_in_another() {
        let key = PageKey { order: 4, document: DocumentId::new([1; 16]) };
        assert!(read_page_key(Order::Oldest, &page_key(Order::Newest, &key)).is_err());
    }
}
