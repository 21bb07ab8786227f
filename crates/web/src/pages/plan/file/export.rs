//! The documents of a file as a file for other programs, read piece by piece.

use std::sync::Arc;

use axum::{
    extract::{Path, Query},
    response::Response,
};
use office::{
    Failure, Reading,
    filing::Leaf,
    texts::{Language, Texts, Voice},
};
use store::{Visible, filing::PlanFile, visible::PageKey};

use super::{Asking, Opened};
use crate::{
    answer::WebError,
    export::{self, Line, List},
    pages::visit::Visit,
};

/// Rows that an export reads at once.
const CHUNK: usize = 500;

/// The documents of a file as comma-separated values.
pub async fn values(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asked_id, &asking).await?;
    Ok(export::values(list, &name))
}

/// The same rows as a workbook.
pub async fn workbook(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asked_id, &asking).await?;
    export::workbook(list, &name).await
}

async fn exported(visit: Visit, asked_id: &str, asking: &Asking) -> Result<(String, Export), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let language = asked.voice_for(&app, &reading).language();
    let opened = Opened::of(&mut reading, asked_id).await?;
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '.' };
    let code: String = opened.file.state.file.code.chars().map(plain).collect();
    let name = format!("file-{}-{code}", opened.registry.code);
    let leaf = Leaf { volume: asking.volume(), order: asking.order(), after: None, limit: CHUNK };
    let (texts, file) = (app.texts.clone(), opened.file);
    Ok((name, Export { reading, texts, language, leaf, file, ended: false }))
}

struct Export {
    reading: Reading,
    texts: Arc<Texts>,
    language: Language,
    file: Visible<PlanFile>,
    leaf: Leaf,
    ended: bool,
}

impl List for Export {
    async fn lines(&mut self) -> Result<Option<Vec<Line>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let page = self.reading.in_file(&self.file, self.leaf).await?;
        let last: Option<PageKey> = page.rows.last().map(|e| e.key);
        self.leaf.after = last;
        self.ended = !page.more || page.rows.is_empty();
        let line = |entry| Line::of(self.voice(), &self.reading, entry);
        Ok(Some(page.rows.iter().map(|entry| line(entry)).collect()))
    }
    fn reading(&self) -> &Reading {
        &self.reading
    }
    fn voice(&self) -> Voice<'_> {
        self.texts.voice(self.language)
    }
}
