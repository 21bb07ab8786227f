//! Requests as callers send them, and answers made comparable: the numbers of a shared series are the one thing that
//! may differ between two worlds, so each is replaced by a name that both have. Of the counts that all of a registry share
//! (receipts, certificates, incidents, musters, packages, couriers) a number that was given after everybody began to ask is counted from there.
//! Nothing else is replaced.

use std::{collections::HashMap, sync::Mutex};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use registry::id::Digest;
use tower::ServiceExt;

use crate::worlds::{COUNTS, World};

/// A request. `@v3@` stands for the reference of the third visible paper, `@h3@` for that of the third hidden one,
/// `@token@` for the caller's token against forged forms.
#[derive(Debug, Clone)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Ask {
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), headers: Vec::new(), body: String::new() }
    }
    pub fn post(path: impl Into<String>, kind: &str, body: impl Into<String>) -> Self {
        let headers = vec![("content-type", kind.to_owned())];
        Self { method: "POST", path: path.into(), headers, body: body.into() }
    }
    pub fn json(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self::post(path, "application/json", body)
    }
    pub fn form(path: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", web::frame::escaped(value))).collect();
        // The places to be filled are no part of what is escaped.
        let body = pairs.join("&").replace("%40", "@");
        Self::post(path, "application/x-www-form-urlencoded", body)
    }
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
    /// The same as parts of a form, with a file.
    pub fn parts(path: impl Into<String>, fields: &[(&str, &str)], file: Option<(&str, &str)>) -> Self {
        let mut body = String::new();
        for (name, value) in fields {
            let json = if *name == "document" { "\r\nContent-Type: application/json" } else { "" };
            body.push_str(&format!(
                "--border\r\nContent-Disposition: form-data; name=\"{name}\"{json}\r\n\r\n{value}\r\n"
            ));
        }
        if let Some((name, text)) = file {
            body.push_str(&format!("--border\r\nContent-Disposition: form-data; name=\"content\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"));
        }
        body.push_str("--border--\r\n");
        Self::post(path, "multipart/form-data; boundary=border", body)
    }
}

/// Who asks, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller {
    pub login: Option<&'static str>,
    pub language: &'static str,
}

/// An answer as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// What references are called: those of both worlds alike.
pub struct Names {
    of: HashMap<String, String>,
    to: HashMap<String, String>,
    new: Mutex<HashMap<String, String>>,
    /// The last number of each count before anybody asked, by its letters.
    given: Vec<(&'static str, u64)>,
}

impl Names {
    /// For a world; `hidden` are the references that stand for `@h0@`, `@h1@` … in it.
    pub fn of(world: &World, hidden: &[String]) -> Self {
        let visible =
            world.visible.iter().map(|(_, r)| r).enumerate().map(|(n, r)| (r.clone(), format!("@v{n}@")));
        let hidden = hidden.iter().enumerate().map(|(n, r)| (r.clone(), format!("@h{n}@")));
        let of: HashMap<_, _> = visible.chain(hidden).collect();
        let to = of.iter().map(|(r, name)| (name.clone(), r.clone())).collect();
        Self { of, to, new: Mutex::default(), given: world.given.clone() }
    }

    fn fill(&self, text: &str, token: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('@') {
            out.push_str(&rest[..at]);
            let end = rest[at + 1..].find('@').map(|end| at + 1 + end + 1);
            let name = end.map_or("", |end| &rest[at..end]);
            if name == "@token@" {
                out.push_str(token);
            } else if let Some(reference) = self.to.get(name) {
                out.push_str(reference);
            } else {
                out.push('@');
                rest = &rest[at + 1..];
                continue;
            }
            rest = &rest[at + name.len()..];
        }
        out.push_str(rest);
        out
    }

    /// Replaces every number of a shared series by its name; one that is seen for the first time is called new.
    pub fn called(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((at, length)) = next_reference(rest) {
            out.push_str(&rest[..at]);
            let reference = &rest[at..at + length];
            match self.of.get(reference) {
                Some(name) => out.push_str(name),
                None => {
                    let mut new = self.new.lock().unwrap();
                    let n = new.len();
                    out.push_str(new.entry(reference.to_owned()).or_insert_with(|| format!("@new{n}@")));
                }
            }
            rest = &rest[at + length..];
        }
        out.push_str(rest);
        self.counted(&out)
    }

    /// Counts every number of custody that is given since from what was given before: the ones before are left as they are,
    /// for what is visible has the same in every world, and what is hidden has no business there.
    fn counted(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((at, length, letters, number)) = next_count(rest) {
            let before = self.given.iter().find(|(one, _)| *one == letters).map(|(_, last)| *last);
            out.push_str(&rest[..at]);
            match before.and_then(|last| number.checked_sub(last)) {
                Some(since @ 1..) => out.push_str(&format!("{letters}-@+{since}@")),
                _ => out.push_str(&rest[at..at + length]),
            }
            rest = &rest[at + length..];
        }
        out.push_str(rest);
        out
    }
}

/// Where the `R-0017` of the next `R-0017/2026` stands: its place and length, its letters and its number.
fn next_count(text: &str) -> Option<(usize, usize, &str, u64)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) = text[from..].find("/2026") {
        let end = from + found;
        from = end + "/2026".len();
        let run = |end: usize, of: fn(&u8) -> bool| bytes[..end].iter().rev().take_while(|b| of(b)).count();
        let digits = run(end, u8::is_ascii_digit);
        let Some(dash) = (end - digits).checked_sub(1).filter(|dash| bytes[*dash] == b'-') else { continue };
        let begin = dash - run(dash, u8::is_ascii_uppercase);
        let letters = &text[begin..dash];
        let before = begin.checked_sub(1).map(|b| bytes[b]);
        let alone = before.is_none_or(|b| !b.is_ascii_alphanumeric() && b != b'-');
        if digits >= 4 && COUNTS.contains(&letters) && alone {
            return Some((begin, end - begin, letters, text[end - digits..end].parse().ok()?));
        }
    }
    None
}

/// Where the next `ABC-2026-17` stands in a text: its place and length.
fn next_reference(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("-2026-") {
        let at = from + found;
        let digits = text[at + 6..].bytes().take_while(u8::is_ascii_digit).count();
        let begins = at.checked_sub(3).filter(|b| {
            let code = &text.as_bytes()[*b..at];
            [&b"HQR"[..], b"ARC", b"COS", b"SCR"].contains(&code)
        });
        if let (Some(begin), 1..) = (begins, digits) {
            return Some((begin, 3 + 6 + digits));
        }
        from = at + 6;
    }
    None
}

/// Sends a request in a world, at a step that both worlds name alike.
pub async fn send(world: &World, names: &Names, caller: Caller, ask: &Ask, step: &str) -> Reply {
    world.steps.at(step);
    let session = caller.login.map(|login| world.sessions[login].as_str());
    let token = session.map(web::signed::form_token).unwrap_or_default();
    let mut request = Request::builder()
        .method(ask.method)
        .uri(names.fill(&ask.path, &token))
        .header(header::ACCEPT_LANGUAGE, caller.language)
        .header("sec-fetch-site", "same-origin");
    let language = format!("language={}", caller.language);
    request = match session {
        Some(secret) if ask.path.starts_with("/api/") => {
            request.header(header::AUTHORIZATION, format!("Bearer {secret}")).header(header::COOKIE, language)
        }
        Some(secret) => {
            request.header(header::COOKIE, format!("{}={secret}; {language}", web::signed::SESSION))
        }
        None => request.header(header::COOKIE, language),
    };
    for (name, value) in &ask.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Body::from(names.fill(&ask.body, &token))).unwrap();
    let response = world.router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let headers = sorted(response.headers());
    let body = to_bytes(response.into_body(), 64 << 20).await.unwrap().to_vec();
    Reply { status, headers, body }
}

fn sorted(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    all.sort();
    all
}

/// The parts of a workbook one after another, each with its name and the day that the container gives it: packed, no
/// number in them could be named. The packing itself tells nothing more, for it follows from the parts.
fn unpacked(body: &[u8]) -> Option<String> {
    let mut container = zip::ZipArchive::new(std::io::Cursor::new(body)).ok()?;
    let mut out = String::new();
    for index in 0..container.len() {
        let mut part = container.by_index(index).ok()?;
        out.push_str(&format!("{:?} {:?}\n", part.name().ok()?, part.last_modified()));
        std::io::Read::read_to_string(&mut part, &mut out).ok()?;
    }
    Some(out)
}

/// The words of a printed form that has a number in it: drawn and packed, none could be named. A form without any is compared
/// as it is.
fn printed(body: &[u8], names: &Names) -> Option<String> {
    if !body.starts_with(b"%PDF") {
        return None;
    }
    let text = pdf_extract::extract_text_from_mem(body).ok()?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (names.called(&text) != text).then_some(text)
}

/// An answer with the numbers of shared series named alike. A length and an entity tag that are those of the bytes sent
/// become those of the bytes as compared; any other stays as it is.
pub fn comparable(reply: &Reply, names: &Names) -> Reply {
    let body = match std::str::from_utf8(&reply.body) {
        Ok(text) => names.called(text).into_bytes(),
        Err(_) => match unpacked(&reply.body).or_else(|| printed(&reply.body, names)) {
            Some(text) => names.called(&text).into_bytes(),
            None => reply.body.clone(),
        },
    };
    let (length, tag) = (reply.body.len().to_string(), format!("\"{}\"", Digest::of(&reply.body)));
    let headers = reply
        .headers
        .iter()
        .map(|(name, value)| {
            let value = match name.as_str() {
                "content-length" if *value == length => body.len().to_string(),
                "etag" if *value == tag => format!("\"{}\"", Digest::of(&body)),
                _ => names.called(value),
            };
            (name.clone(), value)
        })
        .collect();
    Reply { status: reply.status, headers, body }
}

/// Where two answers first differ, in words; none when they are the same byte for byte.
pub fn difference(left: &Reply, right: &Reply) -> Option<String> {
    if left == right {
        return None;
    }
    if left.status != right.status {
        return Some(format!("status {} and {}", left.status, right.status));
    }
    if left.headers != right.headers {
        let odd: Vec<_> = left.headers.iter().filter(|h| !right.headers.contains(h)).collect();
        let even: Vec<_> = right.headers.iter().filter(|h| !left.headers.contains(h)).collect();
        if left.body == right.body {
            return Some(format!("headers {odd:?} and {even:?}"));
        }
    }
    let at = left.body.iter().zip(&right.body).take_while(|(a, b)| a == b).count();
    let around = |body: &[u8]| {
        let part = &body[at.saturating_sub(60).min(body.len())..(at + 100).min(body.len())];
        String::from_utf8_lossy(part).replace('\n', " ")
    };
    Some(format!("byte {at}: «{}» and «{}»", around(&left.body), around(&right.body)))
}

#[test]
fn only_numbers_of_a_series_are_replaced() {
    let names = Names {
        of: HashMap::from([("ARC-2026-1".to_owned(), "@v0@".to_owned())]),
        to: HashMap::from([("@v0@".to_owned(), "ARC-2026-1".to_owned())]),
        new: Mutex::default(),
        given: vec![("R", 6), ("I", 2), ("CC", 1)],
    };
    assert_eq!(names.called("a ARC-2026-1, ARC-2026-12 and XY-2026-1"), "a @v0@, @new0@ and XY-2026-1");
    let counts = "R-0006/2026 R-0017/2026, (I-0003/2026) NR-0017/2026/1 D-0009/2026 CC-0003/2026 C-0003/2026";
    let called =
        "R-0006/2026 R-@+11@/2026, (I-@+1@/2026) NR-0017/2026/1 D-0009/2026 CC-@+2@/2026 C-0003/2026";
    assert_eq!(names.called(counts), called);
    assert_eq!(names.fill("/x/@v0@?a@b@token@", "t"), "/x/ARC-2026-1?a@bt");
}
