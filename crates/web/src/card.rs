//! The certificate that a server before this one names in a header: taken from a request as far as it is believed.

use std::net::SocketAddr;

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap, request::Parts},
};
use office::{Office, doors::certificate::Card};

/// What came with a request.
pub fn shown(office: &Office, headers: &HeaderMap, extensions: &Extensions) -> Card {
    let Some(door) = office.doors().certificate.as_ref() else { return Card::None };
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|from| from.0.ip());
    let all = |name: &str| -> Vec<&[u8]> { headers.get_all(name).iter().map(|v| v.as_bytes()).collect() };
    let secrets = door.secret_header.as_deref().map(all).unwrap_or_default();
    door.card(peer, &all(&door.header), &secrets)
}

/// The same of a request that is being taken apart.
pub fn of(office: &Office, parts: &Parts) -> Card {
    shown(office, &parts.headers, &parts.extensions)
}
