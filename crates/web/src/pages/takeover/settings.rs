//! The form beside a workbook: which sheet, which column is what, what is the same for all rows. What was typed stays.

use std::collections::BTreeMap;

use label::NamedLabel;
use maud::{Markup, html};
use office::{
    Reading,
    takeover::{Asked, Look},
    texts::Voice,
};
use oldregister::{Counting, DateOrder, Field as Column, Mapping, MappingError, letters};
use registry::{Code, Refusal, document::Direction};

use crate::{
    look::{Button, Field, Form, Width, buttons, card, form as frame_of},
    pages::{
        draft, marking_form,
        visit::{Sent, Wrong, labelled},
    },
    signed::Signed,
};

/// Most columns that are offered.
const COLUMNS: u32 = 80;
/// Longest example of a column (characters).
const EXAMPLE: usize = 40;

/// The fields with the keys of their labels, in the order of the form.
const FIELDS: [(&str, &str); 12] = [
    ("sheet", "old-sheet"),
    ("heading_row", "old-heading-row"),
    ("columns", "old-columns"),
    ("held_elsewhere", "form-held"),
    ("direction", "form-direction"),
    ("kind", "form-kind"),
    ("language", "form-language"),
    ("policy", "old-policy"),
    ("label", "old-label"),
    ("series", "old-series"),
    ("counting", "old-counting"),
    ("rest", "old-rest"),
];

/// With what a workbook begins.
pub(super) fn begin(say: Voice<'_>, reading: &Reading) -> Asked {
    let policy = draft::usual_policy(reading);
    Asked {
        policy: Some(policy).filter(|name| !name.is_empty()),
        held_elsewhere: say.t("old-held"),
        language: say.language().tag().to_owned(),
        ..Asked::default()
    }
}

/// Why a mapping can't be used.
pub(super) fn unusable(why: &MappingError) -> Refusal {
    match why {
        MappingError::Twice(field) => Refusal::new(Code::ColumnTwice).with("column", field.as_str()),
        _ => Code::NoSubjectColumn.into(),
    }
}

/// The fields with their labels, for the summary of what is wrong.
pub(super) fn lines(say: Voice<'_>, _: &Look) -> Vec<(&'static str, String)> {
    FIELDS.iter().map(|(name, key)| (*name, say.t(key))).collect()
}

/// The columns of the sheet: number, heading, an example.
fn columns(look: &Look) -> Vec<(u32, String, String)> {
    let Some(table) = look.table() else { return Vec::new() };
    let heading = look.mapping.heading_row.unwrap_or(0);
    let headings = table.rows.iter().find(|row| row.number == heading);
    let below = || table.rows.iter().filter(|row| row.number > heading).take(40);
    let widest = below().chain(headings).map(|row| row.cells.len()).max().unwrap_or(0);
    let widest = u32::try_from(widest).unwrap_or(COLUMNS).min(COLUMNS);
    let cut =
        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXAMPLE).collect();
    (0..widest)
        .map(|column| {
            let named = headings.map(|row| cut(row.cell(column))).unwrap_or_default();
            let example = below().map(|row| row.cell(column)).find(|text| !text.is_empty());
            (column, named, example.map(cut).unwrap_or_default())
        })
        .collect()
}

/// What stands in the form of a workbook.
pub(super) fn typed(look: &Look) -> Sent {
    let asked = &look.takeover.asked;
    let mut sent = Sent::default();
    sent.push("sheet", look.sheet.to_string());
    sent.push("heading_row", look.mapping.heading_row.map(|row| row.to_string()).unwrap_or_default());
    for (column, field) in &look.mapping.columns {
        sent.push(format!("column-{column}"), field.as_str());
    }
    for (column, order) in &look.mapping.orders {
        sent.push(format!("order-{column}"), order_name(*order));
    }
    sent.push("held_elsewhere", asked.held_elsewhere.clone());
    sent.push("direction", asked.direction.as_str());
    sent.push("kind", asked.kind.clone());
    sent.push("language", asked.language.clone());
    sent.push("policy", asked.policy.clone().unwrap_or_default());
    sent.push("label", asked.label.as_ref().map(|l| format!("{}|{}", l.policy, l.level)).unwrap_or_default());
    sent.push("series", asked.series.clone().unwrap_or_default());
    sent.push("counting", asked.counting.map(counting_name).unwrap_or_default());
    if asked.rest {
        sent.push("rest", "yes");
    }
    sent
}

const fn order_name(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day-first",
        DateOrder::MonthFirst => "month-first",
    }
}

const fn counting_name(counting: Counting) -> &'static str {
    match counting {
        Counting::Yearly => "yearly",
        Counting::Continuous => "continuous",
    }
}

/// What was typed, as it is kept; what is wrong goes beside its field.
pub(super) fn read(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    before: &Look,
    wrong: &mut Wrong,
) -> Option<Asked> {
    let one = |name: &str| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let not = |value: &str| Refusal::new(Code::NotOffered).with("value", value);
    let sheet = sent.get("sheet").parse::<usize>().ok().filter(|n| *n < before.sheets.len());
    let heading_row = match one("heading_row") {
        None => None,
        Some(text) => match text.parse::<u32>() {
            Ok(row) => Some(row),
            Err(_) => {
                wrong.on(say, "heading_row", &not(&text));
                None
            }
        },
    };
    let mut columns = BTreeMap::new();
    let mut orders = BTreeMap::new();
    for column in 0..COLUMNS {
        let chosen = sent.get(&format!("column-{column}"));
        if let Some(field) = Column::ALL.into_iter().find(|field| field.as_str() == chosen) {
            columns.insert(column, field);
        }
        match sent.get(&format!("order-{column}")) {
            "day-first" => orders.insert(column, DateOrder::DayFirst),
            "month-first" => orders.insert(column, DateOrder::MonthFirst),
            _ => None,
        };
    }
    let other_sheet = sheet.is_some_and(|sheet| sheet != before.sheet);
    let mapping = Mapping { heading_row, columns, orders };
    let direction = Direction::named(sent.get("direction"));
    for (name, missing) in [("direction", direction.is_none()), ("kind", one("kind").is_none())] {
        if missing {
            wrong.add(say, name, Code::Required);
        }
    }
    if one("held_elsewhere").is_none() {
        wrong.add(say, "held_elsewhere", Code::Required);
    }
    let label = one("label").and_then(|text| {
        let (policy, level) = text.split_once('|')?;
        let (policy, level) = (policy.to_owned(), level.to_owned());
        Some(NamedLabel { policy, level, categories: Default::default(), privacy_mark: None })
    });
    if let Some(label) = label.as_ref().filter(|label| reading.house.policies.resolve(label).is_err()) {
        wrong.on(say, "label", &not(&label.level));
    }
    let known = |code: &String| reading.numbered_series().iter().any(|(series, _)| series.code == *code);
    if let Some(series) = one("series").filter(|code| !known(code)) {
        wrong.on(say, "series", &not(&series));
    }
    Some(Asked {
        sheet,
        // Another sheet has other columns: what they are is proposed anew.
        mapping: (!other_sheet).then_some(mapping),
        policy: one("policy"),
        label,
        direction: direction?,
        kind: one("kind")?,
        language: one("language").unwrap_or_else(|| "en".to_owned()),
        held_elsewhere: one("held_elsewhere")?,
        counting: match sent.get("counting") {
            "yearly" => Some(Counting::Yearly),
            "continuous" => Some(Counting::Continuous),
            _ => None,
        },
        series: one("series"),
        rest: sent.get("rest") == "yes",
    })
}

/// The form.
pub(super) fn form(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    look: &Look,
    sent: &Sent,
    wrong: &Wrong,
    action: &str,
) -> Markup {
    let frame = Form { action, token: Some(&signed.form_token), command: None, files: false, guard: true };
    let labels = lines(say, look);
    let field = |name: &'static str| labelled(&labels, name).value(sent.get(name)).error(wrong.at(name));
    let pairs = |names: &[&str], key: &str| -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), say.t(&format!("{key}-{name}")))).collect()
    };
    let sheets: Vec<(String, String)> = (0_usize..)
        .zip(look.sheets.iter())
        .map(|(at, table)| {
            let name = if table.name.is_empty() { say.t("old-sheet-unnamed") } else { table.name.clone() };
            (at.to_string(), name)
        })
        .collect();
    let series: Vec<(String, String)> = reading
        .numbered_series()
        .into_iter()
        .filter(|(_, registry)| registry.id == look.takeover.registry)
        .map(|(series, _)| (series.code.clone(), series.code.clone()))
        .collect();
    let policies: Vec<(String, String)> =
        reading.house.policies.iter().map(|p| (p.name().to_owned(), p.name().to_owned())).collect();
    let levels: Vec<(String, String)> = reading
        .house
        .policies
        .iter()
        .flat_map(|policy| {
            let of = marking_form::levels(&reading.house.policies, policy, say).into_iter();
            of.map(|(level, words)| (format!("{}|{level}", policy.name()), words))
        })
        .collect();
    let kinds: Vec<(String, String)> =
        draft::KINDS.iter().map(|kind| ((*kind).to_owned(), crate::words::kind(say, kind))).collect();
    let directions = pairs(&Direction::ALL.map(Direction::as_str), "kind");
    let languages = pairs(&["en", "fr"], "language");
    let countings = pairs(&["yearly", "continuous"], "old-counting");
    let hints = [
        "old-heading-hint",
        "old-held-hint",
        "old-policy-hint",
        "old-label-hint",
        "old-series-hint",
        "old-counting-hint",
    ]
    .map(|key| say.t(key));
    let [heading, held, policy, level, numbers, counting] = &hints;
    let rest = [("yes".to_owned(), say.t("old-rest-yes"))];
    let again = say.t("old-look-again");
    let choices = marking_form::choices;
    card(
        &say.t("old-settings"),
        &frame_of(
            frame,
            &html! {
                @if sheets.len() > 1 { (field("sheet").select(say, &choices(&sheets))) }
                @else { input type="hidden" name="sheet" value=(sent.get("sheet")); }
                (field("heading_row").hint(heading).optional().width(Width::Short).text(say))
                details open[look.plan.is_err() || wrong.at("columns").is_some()] {
                    summary { (say.t("old-columns")) }
                    (mapped(say, look, sent))
                }
                (field("held_elsewhere").hint(held).text(say))
                (field("label").hint(level).optional().select(say, &choices(&levels)))
                (field("policy").hint(policy).optional().select(say, &choices(&policies)))
                @if !series.is_empty() {
                    (field("series").hint(numbers).optional().select(say, &choices(&series)))
                }
                (field("counting").hint(counting).optional().select(say, &choices(&countings)))
                (field("direction").select(say, &choices(&directions)))
                (field("kind").select(say, &choices(&kinds)))
                (field("language").select(say, &choices(&languages)))
                (field("rest").optional().checks(say, &choices(&rest), &sent.all("rest")))
                (buttons(&[Button::plain(&again).named("act", "look")]))
            },
        ),
    )
}

/// A select for each column, with its heading and an example; for a date its order too.
fn mapped(say: Voice<'_>, look: &Look, sent: &Sent) -> Markup {
    let fields: Vec<(String, String)> = Column::ALL
        .iter()
        .map(|field| (field.as_str().to_owned(), say.t(&format!("old-column-{}", field.as_str()))))
        .collect();
    let orders: Vec<(String, String)> = ["day-first", "month-first"]
        .iter()
        .map(|name| ((*name).to_owned(), say.t(&format!("old-order-{name}"))))
        .collect();
    html! {
        @for (column, heading, example) in columns(look) {
            @let name = format!("column-{column}");
            @let label = if heading.is_empty() { letters(column) } else { format!("{} · {heading}", letters(column)) };
            @let field = Field::new(&name, &label).value(sent.get(&name)).optional();
            @let field = if example.is_empty() { field } else { field.hint(&example) };
            (field.select(say, &marking_form::choices(&fields)))
            @if look.mapping.columns.get(&column).is_some_and(|field| field.is_date()) {
                @let name = format!("order-{column}");
                @let label = say.tr("old-order", &[("column", letters(column).as_str().into())]);
                (Field::new(&name, &label).value(sent.get(&name)).optional().select(say, &marking_form::choices(&orders)))
            }
        }
    }
}
