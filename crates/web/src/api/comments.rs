//! The table of comments of a case for programs.

use axum::{
    Json as Out,
    extract::{Path, State},
};
use office::cases::comments::CommentRow;
use registry::{Code, Refusal, cases::Severity};
use serde::Deserialize;
use serde_json::{Value, json};

use super::cases::doer;
use crate::{
    api::{
        Problem,
        request::{self, Parameters},
    },
    app::App,
    signed::Token,
};

/// Which rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentsAsked {
    severity: Option<String>,
    office: Option<String>,
    state: Option<String>,
    after: Option<u64>,
    limit: Option<usize>,
}

impl CommentsAsked {
    fn fits(&self, row: &CommentRow) -> bool {
        let is = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
        let office = row.office.code.as_deref().unwrap_or_default();
        let settled = row.comment.adjudication.is_some() && self.state.as_deref() == Some("settled");
        is(&self.severity, row.comment.row.severity.text())
            && (is(&self.office, office) || is(&self.office, &row.office.doer.to_string()))
            && (settled || is(&self.state, row.comment.state()))
            && self.after.is_none_or(|after| row.comment.number > after)
    }
}

fn comment(row: &CommentRow) -> Value {
    let (comment, said) = (&row.comment, &row.comment.row);
    json!({
        "id": comment.id,
        "number": comment.number,
        "task": comment.task,
        "office": doer(&row.office),
        "by": json!({"id": comment.by, "name": row.by}),
        "at": comment.at.to_string(),
        "severity": said.severity.text(),
        "page": said.page,
        "paragraph": said.paragraph,
        "line": said.line,
        "text": said.text,
        "comment": said.comment,
        "proposal": said.proposal,
        "rationale": said.rationale,
        "author": said.author,
        "state": comment.state(),
        "reason": comment.adjudication.as_ref().and_then(|settled| settled.reason.clone()),
        "writes": row.writes,
        "settles": row.settles,
    })
}

/// The table of comments of a case, by number.
pub async fn comments(
    State(app): State<App>,
    token: Token,
    Path(name): Path<String>,
    Parameters(asked): Parameters<CommentsAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let limit = request::limit(asked.limit)?;
    let unknown = |field, value: &str| Refusal::on(field, Code::NotOffered).with("value", value);
    if let Some(severity) = asked.severity.as_deref().filter(|text| Severity::read(text).is_none()) {
        return Err(unknown("severity", severity).into());
    }
    let known = ["open", "settled", "accepted", "partly", "rejected", "noted"];
    if let Some(state) = asked.state.as_deref().filter(|text| !known.contains(text)) {
        return Err(unknown("state", state).into());
    }
    let id = reading.case_named(&name).await?;
    let table = reading.case_comments(id).await?;
    let rows: Vec<&CommentRow> = table.comments.iter().filter(|row| asked.fits(row)).collect();
    let next =
        rows.get(limit).and(rows.get(limit.saturating_sub(1))).map(|row| row.comment.number.to_string());
    let shown: Vec<Value> = rows.iter().take(limit).map(|row| comment(row)).collect();
    Ok(Out(json!({"total": rows.len(), "comments": shown, "next": next})))
}
