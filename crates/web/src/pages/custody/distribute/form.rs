//! The form by which a paper is distributed: a line for each addressee, with the copy that would go where none is named.

use std::sync::LazyLock;

use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{
    Code, Refusal,
    custody::{
        book::{Book, Means, Purpose, Wanted},
        fact::Addressee,
    },
};

use super::{Subject, address};
use crate::{
    frame::{self, Sheet},
    look::{
        Button, Cell, Crumb, Field, Form, SEND, Section, Width, buttons, card, crumbs, form, heading,
        reference,
    },
    pages::{
        custody::lists::{Shown, few},
        marking_form, shown,
        visit::{Sent, Wrong},
    },
};

/// Lines in sight before any is filled, and how many more are given at once.
pub(super) const FEW: usize = 5;
/// Most lines.
const MOST: usize = 100;
/// The parts of a line.
const PARTS: [&str; 5] = ["is", "to", "purpose", "by", "copy"];

/// The names of the fields, line by line from 1.
static NAMES: LazyLock<Vec<[String; 5]>> =
    LazyLock::new(|| (1..=MOST).map(|n| PARTS.map(|part| format!("lines.{n}.{part}"))).collect());

/// The field of a part of a line, from 1.
pub(super) fn field(row: usize, part: &str) -> Option<&'static str> {
    let place = PARTS.iter().position(|known| *known == part)?;
    Some(NAMES.get(row.checked_sub(1)?)?.get(place)?.as_str())
}

fn get<'a>(sent: &'a Sent, row: usize, part: &str) -> &'a str {
    field(row, part).map(|field| sent.get(field)).unwrap_or_default()
}

/// The last line into which something was typed; 0: none.
pub(super) fn last(sent: &Sent) -> usize {
    (1..=MOST).rev().find(|row| !get(sent, *row, "to").trim().is_empty()).unwrap_or(0)
}

/// How many lines the form has.
pub(super) fn rows(sent: &Sent) -> usize {
    sent.get("rows").parse().unwrap_or(FEW).max(last(sent)).clamp(FEW, MOST)
}

/// The lines that were typed, each with its place in the form; what is wrong with one stands beside it.
pub(super) async fn lines(
    say: Voice<'_>,
    reading: &mut Reading,
    subject: &Subject,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Vec<(usize, Wanted)>, Failure> {
    let mut lines = Vec::new();
    for row in 1..=last(sent) {
        if get(sent, row, "to").trim().is_empty() {
            continue;
        }
        let to = addressee(reading, subject, sent, row).await?;
        let to = settle(say, row, "to", to, wrong);
        let purpose = Purpose::ALL.into_iter().find(|one| one.as_str() == get(sent, row, "purpose"));
        let purpose = settle(say, row, "purpose", purpose.ok_or_else(|| Code::NotOffered.into()), wrong);
        let by = settle(say, row, "copy", means(sent, row), wrong);
        if let (Some(to), Some(purpose), Some(by)) = (to, purpose, by) {
            lines.push((row, Wanted { to, purpose, by }));
        }
    }
    if lines.is_empty()
        && wrong.is_empty()
        && let Some(first) = field(1, "to")
    {
        wrong.add(say, first, Code::Required);
    }
    Ok(lines)
}

fn settle<T>(
    say: Voice<'_>,
    row: usize,
    part: &str,
    read: Result<T, Refusal>,
    wrong: &mut Wrong,
) -> Option<T> {
    let refused = |refusal: Refusal| {
        if let Some(field) = field(row, part) {
            wrong.on(say, field, &refusal);
        }
    };
    read.map_err(refused).ok()
}

async fn addressee(
    reading: &mut Reading,
    subject: &Subject,
    sent: &Sent,
    row: usize,
) -> Result<Result<Addressee, Refusal>, Failure> {
    let typed = get(sent, row, "to").trim();
    Ok(match get(sent, row, "is") {
        "registry" => {
            let found = reading.house.registry_by_code(typed).map(|registry| registry.id);
            let unknown = || Refusal::new(Code::RegistryUnknown).with("code", typed);
            found.ok_or_else(unknown).map(|registry| Addressee::Registry { registry })
        }
        "elsewhere" => Ok(Addressee::Elsewhere { name: typed.to_owned() }),
        _ => match reading.receiver(subject.entry.registry, typed).await {
            Ok(person) => Ok(Addressee::Person { person }),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(failure) => return Err(failure),
        },
    })
}

fn means(sent: &Sent, row: usize) -> Result<Means, Refusal> {
    match (get(sent, row, "by"), get(sent, row, "copy").trim()) {
        ("electronic", _) => Ok(Means::Electronic),
        (_, "") => Ok(Means::Copy { number: None }),
        (_, typed) => match typed.parse() {
            Ok(number) => Ok(Means::Copy { number: Some(number) }),
            Err(_) => Err(Refusal::new(Code::CopyNumber).with("number", typed)),
        },
    }
}

/// The page.
pub(super) fn page(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    subject: &Subject,
    sent: &Sent,
    wrong: &Wrong,
) -> axum::response::Response {
    let entry = &subject.entry;
    let (title, path) = (say.t("distribute-title"), address(entry.document));
    let (register, called) = (say.t("register-title"), office::relations::called(entry));
    let rows = rows(sent);
    let labels = labels(say, rows);
    let [go, more, cancel] = ["distribute-go", "distribute-more", "form-cancel"].map(|key| say.t(key));
    let back = shown::address(entry);
    let frame = Form {
        action: &path,
        token: Some(token),
        command: Some(sent.get("command")),
        files: false,
        guard: true,
    };
    let [bearer, words] = ["copies-bearer", "book-words"].map(|key| say.t(key));
    let plain = |name: &'static str, label| {
        Field::new(name, label).value(sent.get(name)).error(wrong.at(name)).optional()
    };
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &[Crumb { label: &register, href: "/register" }, Crumb { label: &called, href: &back }]))
        (heading(&title, &html! {
            (reference(&called))
            (shown::marking(say, &reading.house, entry))
            @if let Some(subject) = &entry.subject { p { (subject) } }
            p.quiet { (say.t("distribute-text")) }
        }))
        (form(frame, &html! {
            input type="hidden" name="rows" value=(rows);
            @if !subject.lists.is_empty() { (chosen(say, subject, sent)) }
            @if !subject.nobody.is_empty() {
                p role="status" { (say.tr("distribute-nobody", &[("which", subject.nobody.join(", ").into())])) }
            }
            (card(&say.t("distribute-lines"), &html! {
                p.quiet { (free(say, subject)) }
                (table(say, subject, sent, wrong, rows))
                @if rows < MOST { (buttons(&[Button::plain(&more).named("go", "more")])) }
            }))
            (plain("bearer", &bearer).hint(&say.t("distribute-bearer-hint")).width(Width::Medium).text(say))
            (plain("words", &words).long(say, 2))
            (buttons(&[Button::main(&go).key(SEND).named("go", "send"), Button::plain(&cancel).to(&back)]))
        }))
    };
    let label = shown::shown_of(&reading.house, entry);
    let sheet = Sheet {
        shown: label.iter().collect(),
        undetermined: entry.label.is_none(),
        ..Sheet::plain(&title, &path, Some(Section::Register), body)
    };
    frame::page(say, reading, token, sheet)
}

/// The fields with their labels, in the order of the form.
fn labels(say: Voice<'_>, rows: usize) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for row in 1..=rows {
        for part in PARTS {
            all.extend(field(row, part).map(|field| (field, label(say, row, part))));
        }
    }
    all.extend([("bearer", say.t("copies-bearer")), ("words", say.t("book-words"))]);
    all
}

/// What a field of a line is called where its column is not in sight.
fn label(say: Voice<'_>, row: usize, part: &str) -> String {
    let part = say.t(&format!("distribute-{part}"));
    say.tr("distribute-line", &[("n", row.into()), ("part", part.into())])
}

/// The lists to choose from.
fn chosen(say: Voice<'_>, subject: &Subject, sent: &Sent) -> Markup {
    let tag = say.language().tag();
    let lists: Vec<(String, String)> = subject
        .lists
        .iter()
        .map(|list| (list.code.clone(), list.names.in_language(tag).to_owned()))
        .collect();
    let [label, hint, fill] =
        ["distribute-list", "distribute-list-hint", "distribute-fill"].map(|key| say.t(key));
    let field =
        Field::new("list", &label).value(sent.get("list")).hint(&hint).optional().width(Width::Medium);
    html! {
        div.pair {
            (field.select(say, &marking_form::choices(&lists)))
            (buttons(&[Button::plain(&fill).named("go", "fill")]))
        }
    }
}

/// Which copies are free.
fn free(say: Voice<'_>, subject: &Subject) -> String {
    let numbers: Vec<String> = subject.free.iter().map(|row| row.view.copy.number.to_string()).collect();
    if numbers.is_empty() {
        return say.t("distribute-free-none");
    }
    say.tr("distribute-free", &[("numbers", numbers.join(", ").into())])
}

/// A line for each addressee; in one without a number stands which copy would go.
fn table(say: Voice<'_>, subject: &Subject, sent: &Sent, wrong: &Wrong, rows: usize) -> Markup {
    let columns = [
        ("distribute-n", Cell::Number),
        ("distribute-is", Cell::Short),
        ("distribute-to", Cell::Main),
        ("distribute-purpose", Cell::Short),
        ("distribute-by", Cell::Short),
        ("distribute-copy", Cell::Short),
    ];
    let named: Vec<u32> = (1..=rows).filter_map(|row| get(sent, row, "copy").trim().parse().ok()).collect();
    let mut free = subject.free.iter().map(|row| row.view.copy.number).filter(|n| !named.contains(n));
    let lines: Vec<Shown> = (1..=rows)
        .map(|row| {
            let own = get(sent, row, "copy").trim().is_empty() && get(sent, row, "by") != "electronic";
            let next = own.then(|| free.next()).flatten();
            let line = Line { say, sent, wrong, row };
            Shown {
                name: row.to_string(),
                strong: false,
                cells: vec![
                    html! { (row) },
                    line.select("is", &["person", "registry", "elsewhere"]),
                    line.text("to", None),
                    line.select("purpose", &Purpose::ALL.map(Purpose::as_str)),
                    line.select("by", &["copy", "electronic"]),
                    line.text("copy", next),
                ],
            }
        })
        .collect();
    few(say, &say.t(&format!("book-{}", Book::Distributions.as_str())), &columns, &lines)
}

/// A line of the form.
struct Line<'a> {
    say: Voice<'a>,
    sent: &'a Sent,
    wrong: &'a Wrong,
    row: usize,
}

impl Line<'_> {
    fn select(&self, part: &str, values: &[&str]) -> Markup {
        let chosen = get(self.sent, self.row, part);
        let name = field(self.row, part).unwrap_or_default();
        html! {
            select.short id={ "field-" (name) } name=(name) aria-label=(label(self.say, self.row, part)) {
                @for value in values {
                    option value=(value) selected[*value == chosen] {
                        (self.say.t(&format!("distribute-{part}-{value}")))
                    }
                }
            }
            (self.error(name))
        }
    }

    fn text(&self, part: &str, next: Option<u32>) -> Markup {
        let value = get(self.sent, self.row, part);
        let name = field(self.row, part).unwrap_or_default();
        let class = if part == "to" { "medium" } else { "short" };
        html! {
            input type="text" class=(class) id={ "field-" (name) } name=(name)
                value=[(!value.is_empty()).then_some(value)] placeholder=[next.map(|n| n.to_string())]
                autocomplete="off" spellcheck="false" aria-label=(label(self.say, self.row, part))
                aria-invalid=[self.wrong.at(name).map(|_| "true")];
            (self.error(name))
        }
    }

    fn error(&self, name: &str) -> Markup {
        html! { @if let Some(error) = self.wrong.at(name) { p.error { (error) } } }
    }
}
