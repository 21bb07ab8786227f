//! The register as a list: by registry, in an order, page by page, and as a table for other programs.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    own::Keeping,
    texts::{Language, Texts, Voice},
};
use registry::{Code, house::Registry};
use serde::Deserialize;
use std::sync::Arc;
use store::{
    Visible,
    documents::Order,
    visible::{EntryView, Page, PageKey},
};

use crate::{
    answer::WebError,
    export::{self, Line},
    frame::{self, Sheet},
    look::{
        Button, Column, Empty, Facet, Paging, Row, Section, Sort, SortLink, Table, heading_with_acts, pills,
        table,
    },
    pages::{
        columns::{self, Beside, Col, OF_REGISTER, View},
        many, shown, takeover,
        views::{self, Listed},
        visit::{Visit, done},
    },
    signed::Signed,
};

/// Rows of a page, when nobody asks for others.
const PAGE: usize = 50;
/// Rows that an export reads at once.
const CHUNK: usize = 500;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    registry: String,
    order: String,
    after: String,
    before: String,
    done: String,
    cols: String,
    rows: String,
    density: String,
}

impl Asking {
    fn order(&self) -> Order {
        let order = match self.order.as_str() {
            "oldest" => Order::Oldest,
            "registered" => Order::LastRegistered,
            "first" => Order::FirstRegistered,
            _ => Order::Newest,
        };
        // Over every registry only the days of the documents order anything.
        match (self.registry.is_empty(), order) {
            (true, Order::LastRegistered) => Order::Newest,
            (true, Order::FirstRegistered) => Order::Oldest,
            (_, order) => order,
        }
    }
}

pub(crate) const fn name_of(order: Order) -> &'static str {
    match order {
        Order::Newest => "newest",
        Order::Oldest => "oldest",
        Order::LastRegistered => "registered",
        Order::FirstRegistered => "first",
    }
}

pub(crate) fn key_text(key: PageKey) -> String {
    format!("{}.{}", key.order, key.document)
}

pub(crate) fn key(text: &str) -> Option<PageKey> {
    let (order, document) = text.split_once('.')?;
    Some(PageKey { order: order.parse().ok()?, document: document.parse().ok()? })
}

fn address(registry: Option<&Registry>, order: Order, rest: &str) -> String {
    let code = registry.map(|r| format!("registry={}&", r.code)).unwrap_or_default();
    format!("/register?{code}order={}{rest}", name_of(order))
}

/// The registries that the reader knows of, with the one that is asked for. One that is not there and one of which
/// he sees nothing are refused alike.
async fn chosen(
    reading: &mut Reading,
    asking: &Asking,
) -> Result<(Vec<(Registry, u64)>, Option<Registry>), WebError> {
    let known = reading.registries().await?;
    if asking.registry.is_empty() {
        return Ok((known, None));
    }
    let code = asking.registry.trim();
    let registry = known.iter().map(|(r, _)| r).find(|r| r.code.eq_ignore_ascii_case(code)).cloned();
    let registry = registry.ok_or_else(|| WebError::page(Code::NotFound))?;
    Ok((known, Some(registry)))
}

async fn fetch(
    reading: &mut Reading,
    registry: Option<&Registry>,
    order: Order,
    after: Option<PageKey>,
    limit: usize,
) -> Result<Page<EntryView>, Failure> {
    match registry {
        Some(registry) => reading.list(registry.id, order, after, limit).await,
        None => reading.list_all(order, after, limit).await,
    }
}

/// A page of the list, and whether there is something before and after it.
struct Part {
    rows: Vec<Visible<EntryView>>,
    previous: bool,
    next: bool,
}

async fn part(
    reading: &mut Reading,
    registry: Option<&Registry>,
    asking: &Asking,
    rows: usize,
) -> Result<Part, Failure> {
    let order = asking.order();
    if let Some(before) = key(&asking.before) {
        let page = fetch(reading, registry, order.reversed(), Some(before), rows).await?;
        // The first page is always a full one, so fewer rows than that lead back to the beginning.
        if page.rows.len() == rows {
            let mut rows = page.rows;
            rows.reverse();
            return Ok(Part { rows, previous: page.more, next: true });
        }
    }
    let after = key(&asking.after);
    let page = fetch(reading, registry, order, after, rows).await?;
    Ok(Part { rows: page.rows, previous: after.is_some(), next: page.more })
}

/// The list.
pub async fn register(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let (known, registry) = chosen(&mut reading, &asking).await?;
    let kept = reading.kept(Keeping::View).await?;
    let said = [asking.cols.as_str(), asking.rows.as_str(), asking.density.as_str()];
    let view = views::view(&kept, Listed::Register, said, &OF_REGISTER, PAGE);
    let part = part(&mut reading, registry.as_ref(), &asking, view.rows).await?;
    let plain: Vec<&EntryView> = part.rows.iter().map(|e| &**e).collect();
    let beside = view.beside(&mut reading, &plain).await?;
    let base = address(registry.as_ref(), asking.order(), "").replacen("/register?", "", 1);
    let total: u64 = match &registry {
        Some(registry) => known.iter().find(|(r, _)| r.id == registry.id).map_or(0, |(_, n)| *n),
        None => known.iter().map(|(_, n)| n).sum(),
    };
    let title = match &registry {
        Some(registry) => registry.names.in_language(say.language().tag()).to_owned(),
        None => say.t("register-title"),
    };
    let labels: Vec<_> = part.rows.iter().filter_map(|e| shown::shown_of(&reading.house, e)).collect();
    let takes_over = !takeover::offered(&reading).is_empty();
    let over = say.t("old-link");
    let acts = [Button::plain(&over).to(takeover::PATH)];
    let body = html! {
        (heading_with_acts(
            &title,
            &html! { p { (say.tr("register-total", &[("n", total.into())])) } },
            if takes_over { &acts } else { &[] },
        ))
        (registries(say, &known, registry.as_ref(), asking.order(), &view))
        (views::kept_views(say, &kept, Listed::Register, &base, &view))
        (views::choosing(say, &signed, &kept, Listed::Register, &base, &view))
        div.tight[view.tight] { (list(say, &reading, &signed, &path, registry.as_ref(), &asking, &part, total, &view, &beside)) }
    };
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(part.rows.iter().map(|e| &**e)),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Register), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn registries(
    say: Voice<'_>,
    known: &[(Registry, u64)],
    chosen: Option<&Registry>,
    order: Order,
    view: &View,
) -> Markup {
    let rest = view.part();
    if known.len() < 2 {
        return html! {};
    }
    let total = known.iter().map(|(_, n)| n).sum();
    let all = (say.t("register-all"), address(None, order, &rest), total, chosen.is_none());
    let each = known.iter().map(|(registry, count)| {
        let name = registry.names.in_language(say.language().tag()).to_owned();
        let on = chosen.is_some_and(|c| c.id == registry.id);
        (name, address(Some(registry), order, &rest), *count, on)
    });
    let views: Vec<(String, String, u64, bool)> = std::iter::once(all).chain(each).collect();
    let values: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, count, on)| Facet { label, marking: None, count: Some(*count), href, on: *on })
        .collect();
    pills(&say.t("column-registry"), &values, say)
}

#[expect(clippy::too_many_arguments, reason = "a list is made of them")]
fn list(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    path: &str,
    registry: Option<&Registry>,
    asking: &Asking,
    part: &Part,
    total: u64,
    view: &View,
    beside: &Beside,
) -> Markup {
    let order = asking.order();
    let rest = view.part();
    let heads: Vec<String> = view.cols.iter().map(|col| say.t(col.title())).collect();
    // Each head sorts by itself, and turns the list round when it sorts already.
    let by = |falling: Order, rising: Order| {
        let now = [(falling, Sort::Descending), (rising, Sort::Ascending)]
            .into_iter()
            .find(|(o, _)| *o == order)
            .map(|(_, s)| s);
        let next = if order == falling { rising } else { falling };
        (address(registry, next, &rest), now)
    };
    let (date_href, date_now) = by(Order::Newest, Order::Oldest);
    let (number_href, number_now) = by(Order::LastRegistered, Order::FirstRegistered);
    let columns: Vec<Column<'_>> = view
        .cols
        .iter()
        .zip(&heads)
        .map(|(col, head)| Column {
            head,
            cell: col.cell(&view.cols),
            sort: match col {
                Col::Date => Some(SortLink { href: &date_href, now: date_now }),
                Col::Number | Col::Registered => {
                    registry.map(|_| SortLink { href: &number_href, now: number_now })
                }
                _ => None,
            },
        })
        .collect();
    let values_of: Vec<String> = part.rows.iter().map(|entry| entry.document.to_string()).collect();
    let words_of = many::words(say);
    let rows: Vec<Row<'_>> = part
        .rows
        .iter()
        .zip(&values_of)
        .map(|(entry, value)| Row {
            value: Some(value),
            name: &entry.reference,
            strong: false,
            cells: view
                .cols
                .iter()
                .map(|col| columns::cell(say, reading, *col, &view.cols, entry, beside))
                .collect(),
        })
        .collect();
    let previous = part
        .rows
        .first()
        .filter(|_| part.previous)
        .map(|e| address(registry, order, &format!("&before={}{rest}", key_text(e.key))));
    let next = part
        .rows
        .last()
        .filter(|_| part.next)
        .map(|e| address(registry, order, &format!("&after={}{rest}", key_text(e.key))));
    // How many lie before a page that begins at a key is not known without counting them.
    let shown_words = if part.previous || rows.is_empty() {
        String::new()
    } else {
        let to = u64::try_from(rows.len()).unwrap_or(0);
        say.tr("paging-shown", &[("from", 1.into()), ("to", to.into()), ("total", total.into())])
    };
    let shown = address(registry, order, &format!("&{}", view.columns()));
    let file = |ending: &str| shown.replacen("/register?", &format!("/register.{ending}?"), 1);
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let caption = say.t("register-list");
    let may_register = reading.house.registries().iter().any(|r| reading.viewer().registers(r.id));
    let begins = say.t("register-new");
    let beginning = address(registry, order, &rest);
    let back = say.t("register-first-page");
    let beyond = part.previous;
    let (title, would) = if beyond {
        (say.t("register-none-match"), say.t("register-none-beyond"))
    } else {
        (say.t("register-empty"), say.t("register-empty-would"))
    };
    let begin = if beyond {
        Some(Button::plain(&back).to(&beginning))
    } else {
        may_register.then(|| Button::main(&begins).to("/register/new"))
    };
    html! {
        (table(say, &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: Some(many::acts(reading, signed, path, &words_of)),
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &shown_words },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &title, would: &would, begin },
        }))
        @if part.previous && !rows.is_empty() { p.foot { a href=(beginning) { (back) } } }
    }
}

/// Every row that the list shows, page after page, as it is read.
pub async fn export(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asking).await?;
    Ok(export::values(list, &name))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asking).await?;
    export::workbook(list, &name).await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<(String, Export), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let language = asked.voice_for(&app, &reading).language();
    let (_, registry) = chosen(&mut reading, asking).await?;
    let name = registry.as_ref().map_or("register".to_owned(), |r| format!("register-{}", r.code));
    let (texts, order) = (app.texts.clone(), asking.order());
    let cols = columns::of_file(&asking.cols);
    Ok((name, Export { reading, texts, language, registry, order, cols, after: None, ended: false }))
}

struct Export {
    reading: Reading,
    texts: Arc<Texts>,
    language: Language,
    registry: Option<Registry>,
    order: Order,
    cols: Vec<Col>,
    after: Option<PageKey>,
    ended: bool,
}

impl export::List for Export {
    async fn lines(&mut self) -> Result<Option<Vec<Line>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let page = fetch(&mut self.reading, self.registry.as_ref(), self.order, self.after, CHUNK).await?;
        self.after = page.rows.last().map(|e| e.key);
        self.ended = !page.more || page.rows.is_empty();
        let say = self.texts.voice(self.language);
        Ok(Some(columns::lines(say, &mut self.reading, &self.cols, &page.rows).await?))
    }
    fn heads(&self) -> Vec<export::Head> {
        columns::heads(self.voice(), &self.cols)
    }
    fn reading(&self) -> &Reading {
        &self.reading
    }
    fn voice(&self) -> Voice<'_> {
        self.texts.voice(self.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_anything_else_is_none() {
        let one = PageKey { order: -12, document: registry::DocumentId::new([7; 16]) };
        assert_eq!(key(&key_text(one)), Some(one));
        for text in ["", ".", "1", "1.2", "x.00000000000000000000000000000000"] {
            assert_eq!(key(text), None, "{text}");
        }
    }

    #[test]
    fn over_every_registry_only_days_order() {
        let asking = |registry: &str, order: &str| Asking {
            registry: registry.to_owned(),
            order: order.to_owned(),
            ..Asking::default()
        };
        assert_eq!(asking("", "registered").order(), Order::Newest);
        assert_eq!(asking("", "first").order(), Order::Oldest);
        assert_eq!(asking("REG", "registered").order(), Order::LastRegistered);
        assert_eq!(asking("REG", "nonsense").order(), Order::Newest);
    }
}
