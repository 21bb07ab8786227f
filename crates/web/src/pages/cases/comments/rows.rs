//! The rows of a table of comments on its page: what each says, and how many are settled or taken back at once.

use maud::{Markup, html};
use office::cases::comments::CommentRow;
use registry::cases::{Comment, Outcome, Remark, Severity};

use super::{PAGE, Shown, outcome_words, path, severity_words};
use crate::{
    look::{Button, Cell, Column, Empty, Paging, Row, SelectMany, Sort, SortLink, Table, Tone, chip, table},
    pages::{cases::doer, custody::common::counted},
};

const COLUMNS: [(&str, Cell, Option<&str>); 7] = [
    ("comments-number", Cell::Short, Some("number")),
    ("comments-severity", Cell::Short, Some("severity")),
    ("comments-office", Cell::Text, Some("office")),
    ("comments-place", Cell::Short, Some("place")),
    ("comments-comment", Cell::Main, None),
    ("comments-proposal", Cell::Text, None),
    ("comments-state", Cell::Text, Some("state")),
];

/// Where a row stands in the order of the paper: figures by their size.
pub fn place_key(row: &Remark) -> [Vec<(u64, String)>; 3] {
    [&row.page, &row.paragraph, &row.line].map(|place| {
        let place = place.as_deref().unwrap_or_default();
        let parts = place.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        parts.map(|part| (part.parse().unwrap_or(u64::MAX), part.to_owned())).collect()
    })
}

pub const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Critical => Tone::Late,
        Severity::Substantive => Tone::Soon,
        Severity::Administrative => Tone::Plain,
    }
}

impl Shown<'_> {
    /// Page, paragraph and line of a row, in words.
    pub fn place(&self, row: &Remark) -> Vec<String> {
        let places = [
            ("comments-at-page", &row.page),
            ("comments-at-paragraph", &row.paragraph),
            ("comments-at-line", &row.line),
        ];
        let told = places.into_iter().filter_map(|(key, place)| Some((key, place.as_deref()?)));
        told.map(|(key, place)| self.say.tr(key, &[("at", place.into())])).collect()
    }

    /// What a row says of what stands there.
    pub fn said(&self, row: &Remark) -> Markup {
        let say = self.say;
        html! {
            @if let Some(text) = &row.text { div.quiet.said { (say.tr("comments-quoted", &[("text", text.as_str().into())])) } }
            @if let Some(comment) = &row.comment { div.said { (comment) } }
            @if let Some(rationale) = &row.rationale {
                div.said { span.quiet { (say.t("comments-rationale")) (say.t("colon")) } " " (rationale) }
            }
            @if let Some(author) = &row.author { div.quiet { (author) } }
        }
    }

    pub fn state(&self, comment: &Comment) -> Markup {
        let say = self.say;
        html! {
            @match &comment.adjudication {
                None => (say.t("comments-open")),
                Some(settled) => {
                    (chip(settled_tone(settled.outcome), &outcome_words(say, settled.outcome)))
                    @if let Some(reason) = &settled.reason { div.said { (reason) } }
                },
            }
        }
    }

    fn cells(&self, row: &CommentRow) -> Vec<Markup> {
        let (say, comment) = (self.say, &row.comment);
        let number = comment.number.to_string();
        let open = self.asking.with(&path(&self.table.row.case.number), "row", &number);
        vec![
            html! { a.lead href=(open) { (number) } },
            chip(tone(comment.row.severity), &severity_words(say, comment.row.severity)),
            doer(say, &row.office),
            html! { @for (n, place) in self.place(&comment.row).iter().enumerate() { @if n > 0 { br; } (place) } },
            self.said(&comment.row),
            html! { @if let Some(proposal) = &comment.row.proposal { div.said { (proposal) } } },
            self.state(comment),
        ]
    }

    /// The rows that are chosen.
    pub fn listed(&self, rows: &[&CommentRow]) -> Markup {
        let (say, asking) = (self.say, self.asking);
        let path = path(&self.table.row.case.number);
        let heads: Vec<(String, Option<String>)> = COLUMNS
            .iter()
            .map(|(key, _, sort)| {
                let to = |sort: &str| asking.with(&path, "sort", if sort == "number" { "" } else { sort });
                (say.t(key), sort.map(to))
            })
            .collect();
        let columns: Vec<Column<'_>> = COLUMNS
            .iter()
            .zip(&heads)
            .map(|((_, cell, sort), (head, href))| {
                let now = (*sort == Some(asking.sort())).then_some(Sort::Ascending);
                Column { head, cell: *cell, sort: href.as_deref().map(|href| SortLink { href, now }) }
            })
            .collect();
        let begin = asking.begin().min(rows.len());
        let page: Vec<&CommentRow> = rows.iter().skip(begin).take(PAGE).copied().collect();
        let ids: Vec<(String, String)> =
            page.iter().map(|row| (row.comment.id.to_string(), row.comment.number.to_string())).collect();
        let shown: Vec<Row<'_>> = page
            .iter()
            .zip(&ids)
            .map(|(row, (id, number))| Row {
                value: (row.writes || row.settles).then_some(id.as_str()),
                name: number,
                strong: false,
                cells: self.cells(row),
            })
            .collect();
        let at = |from: usize| {
            let from = if from == 0 { String::new() } else { from.to_string() };
            asking.with(&path, "from", &from)
        };
        let previous = (begin > 0).then(|| at(begin.saturating_sub(PAGE)));
        let next = (rows.len() > begin.saturating_add(PAGE)).then(|| at(begin.saturating_add(PAGE)));
        let counted = counted(say, begin, page.len(), rows.len());
        let files = ["csv", "xlsx", "docx"].map(|kind| asking.with(&format!("{path}.{kind}"), "from", ""));
        let [csv, xlsx, docx] = &files;
        let [caption, none, would] =
            ["comments-caption", "comments-none", "comments-would"].map(|key| say.t(key));
        let labels = self.labels();
        let to = asking.with(&path, "row", "");
        table(
            say,
            &Table {
                caption: &caption,
                columns: &columns,
                rows: &shown,
                many: self.many(&page, &to, &labels),
                paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &counted },
                exports: &[("CSV", csv), ("XLSX", xlsx), ("DOCX", docx)],
                empty: Empty { title: &none, would: &would, begin: None },
            },
        )
    }

    fn labels(&self) -> [String; 3] {
        ["comments-do-accepted", "comments-do-noted", "comments-withdraw"].map(|key| self.say.t(key))
    }

    /// What can be done with several rows at once: what needs no reason.
    fn many<'m>(
        &'m self,
        page: &[&CommentRow],
        to: &'m str,
        labels: &'m [String; 3],
    ) -> Option<SelectMany<'m>> {
        let [accepted, noted, withdraw] = labels;
        let mut acts = Vec::new();
        if page.iter().any(|row| row.settles) {
            acts.push(Button::plain(accepted).named("act", Outcome::Accepted.text()));
            acts.push(Button::plain(noted).named("act", Outcome::Noted.text()));
        }
        if page.iter().any(|row| row.writes) {
            acts.push(Button::plain(withdraw).named("act", "withdraw"));
        }
        (!acts.is_empty()).then_some(SelectMany {
            action: to,
            name: "comment",
            token: Some(self.token),
            acts,
            lead: "",
            chosen: &[],
            kept: None,
            back: None,
        })
    }
}

const fn settled_tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Accepted => Tone::Good,
        Outcome::Partly => Tone::Soon,
        Outcome::Rejected => Tone::Late,
        Outcome::Noted => Tone::Plain,
    }
}
