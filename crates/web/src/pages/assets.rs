//! The fixed files that pages load, and the colours of the levels, made from the policies in force.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use registry::id::Digest;

use crate::{
    answer::WebError,
    app::App,
    look::{assets, levels_css},
    words::level_colours,
};

/// A fixed file.
pub async fn file(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    if name == "levels.css" {
        let css = levels_css(&level_colours(&app.office.house().await?.policies));
        let tag = format!("\"{}\"", Digest::of(css.as_bytes()));
        if headers.get(header::IF_NONE_MATCH).is_some_and(|t| t.as_bytes() == tag.as_bytes()) {
            return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
        }
        let kind = "text/css; charset=utf-8".to_owned();
        let fresh = "no-cache".to_owned();
        let headers = [(header::CONTENT_TYPE, kind), (header::ETAG, tag), (header::CACHE_CONTROL, fresh)];
        return Ok((headers, css).into_response());
    }
    let asset = assets::find(&name).ok_or_else(|| WebError::page(registry::Code::NotFound))?;
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.body).into_response())
}
