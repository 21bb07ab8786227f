//! Numbered copies for programs: the lists of a registry's staff, what one has oneself, and the acts. Who is not of the staff
//! finds no list; whose copy it is finds the copy, whoever shall sign finds what he signs.

pub mod acts;
pub mod asked;
mod booked;
pub mod books;
pub mod musters;
mod place;
mod show;

use axum::{Json as Out, extract::State};
use office::{
    Reading,
    custody::{CertificateRow, DispatchRow, IncidentRow, Listed, unlogged::Which},
};
use registry::{
    Code, CopyId, DispatchId, DocumentId, PersonId, Refusal, RegistryId,
    house::House,
    id::{CertificateId, ContainerId, IncidentId},
};
use serde::Deserialize;
use serde_json::{Value, json};
use store::custody::seen::{Cut, Loan, Order, Seat, Wanted, With};

use self::place::{Page, page};
use crate::{
    api::{
        Problem,
        request::{Named, Nothing, Parameters, form},
        view,
    },
    app::App,
    signed::Token,
};

/// States for which a list may be asked; `open` are those in which the books must say where a copy is.
const STATES: [&str; 6] = ["held", "under-way", "transferred", "released", "destroyed", "missing"];

/// The registry of a code whose copies are the reader's work. Any other is not there.
fn kept(reading: &Reading, code: Option<&str>) -> Result<RegistryId, Problem> {
    let code = code.ok_or_else(|| Refusal::on("registry", Code::Required))?.trim();
    let own = reading.custody_registries().into_iter().find(|r| r.code.eq_ignore_ascii_case(code));
    Ok(own.ok_or(Code::NotFound)?.id)
}

/// Which copies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopiesAsked {
    registry: Option<String>,
    state: Option<String>,
    log: Option<String>,
    document: Option<DocumentId>,
    person: Option<PersonId>,
    container: Option<ContainerId>,
    dispatch: Option<DispatchId>,
    loan: Option<String>,
    name: Option<String>,
    order: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

impl CopiesAsked {
    fn standings(&self) -> Result<Vec<&str>, Refusal> {
        match self.state.as_deref() {
            None => Ok(Vec::new()),
            Some("open") => Ok(office::custody::OPEN.to_vec()),
            Some(state) if STATES.contains(&state) => Ok(vec![state]),
            Some(other) => Err(Refusal::on("state", Code::NotOffered).with("value", other)),
        }
    }

    /// In whose hands they are: one answer.
    fn with(&self) -> Result<Option<With>, Refusal> {
        let all = [
            self.person.map(With::Person),
            self.container.map(With::Container),
            self.dispatch.map(With::Dispatch),
        ];
        let mut given = all.into_iter().flatten();
        let first = given.next();
        match given.next() {
            None => Ok(first),
            Some(_) => Err(form("query", "one of person, container, dispatch")),
        }
    }

    fn order(&self) -> Result<Order, Refusal> {
        match self.order.as_deref() {
            None | Some("number") => Ok(Order::Number),
            Some("since") => Ok(Order::Since),
            Some("back-by") => Ok(Order::BackBy),
            Some(other) => Err(Refusal::on("order", Code::NotOffered).with("value", other)),
        }
    }

    fn loan(&self, reading: &Reading) -> Result<Option<Loan>, Refusal> {
        let Some(name) = self.loan.as_deref() else { return Ok(None) };
        let found = reading.loan_named(name);
        found.map(Some).ok_or_else(|| Refusal::on("loan", Code::NotOffered).with("value", name))
    }

    fn is_of_name_alone(&self) -> bool {
        let texts = [&self.state, &self.log, &self.loan, &self.order, &self.after];
        let rest = (self.document, self.person, self.container, self.dispatch, self.limit);
        texts.iter().all(|text| text.is_none()) && rest == (None, None, None, None, None)
    }
}

/// The copies of a registry, page by page; or the one that is called by a name.
pub async fn copies(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<CopiesAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = kept(&reading, asked.registry.as_deref())?;
    let code = view::code(registry, &reading.house).map(str::to_owned);
    if let Some(name) = &asked.name {
        if !asked.is_of_name_alone() {
            return Err(form("name", "a name is asked for alone").into());
        }
        let found = reading.copies_named(registry, name).await?;
        let rows: Vec<Value> = found.iter().map(|row| show::copy(row, &reading.house)).collect();
        return Ok(Out(json!({"registry": code, "total": rows.len(), "copies": rows, "next": null})));
    }
    let (standings, order) = (asked.standings()?, asked.order()?);
    let wanted = Wanted {
        standings: &standings,
        with: asked.with()?,
        log: asked.log.as_deref(),
        document: asked.document,
        loan: asked.loan(&reading)?,
        ..Wanted::default()
    };
    let Page { cut: part, limit } = page(asked.after.as_deref(), asked.limit, Some(order), false)?;
    let mut listed = reading.copies(registry, &wanted, order, part).await?;
    let next = cut(&mut listed.rows, limit, false, |row| match order {
        Order::Number => Seat::Number(row.view.control.clone(), row.view.copy.number),
        Order::Since => Seat::Since(row.view.copy.since, row.view.copy.id),
        Order::BackBy => Seat::BackBy(row.view.copy.back_by, row.view.copy.id),
    });
    let rows: Vec<Value> = listed.rows.iter().map(|row| show::copy(row, &reading.house)).collect();
    Ok(Out(json!({"registry": code, "total": listed.all, "copies": rows, "next": next})))
}

/// A copy with its chain: for the staff of its registry, and for whom it is with.
pub async fn copy(
    State(app): State<App>,
    token: Token,
    Named(id): Named<CopyId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let (row, chain) = reading.copy(id).await?;
    let mut whole = show::copy(&row, &reading.house);
    if let Some(members) = whole.as_object_mut() {
        let links: Vec<Value> = chain.iter().map(show::link).collect();
        members.insert("chain".to_owned(), json!(links));
    }
    Ok(Out(whole))
}

/// Which acts on copies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActsAsked {
    registry: Option<String>,
    state: Option<String>,
    order: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

impl ActsAsked {
    fn backwards(&self) -> Result<bool, Refusal> {
        match self.order.as_deref() {
            None | Some("oldest") => Ok(false),
            Some("newest") => Ok(true),
            Some(other) => Err(Refusal::on("order", Code::NotOffered).with("value", other)),
        }
    }
}

/// A page of a list of acts on copies, for one who may ask for it.
struct ActsPage {
    reading: Reading,
    registry: RegistryId,
    /// Those that wait for something, or those that do not; none: all.
    waits: Option<bool>,
    cut: Cut,
    limit: usize,
    backwards: bool,
}

impl ActsPage {
    /// What is asked for; `states` are called those that wait for something and those that do not.
    async fn of(app: &App, token: &Token, asked: &ActsAsked, states: [&str; 2]) -> Result<Self, Problem> {
        let reading = app.office.read_as(&token.session).await?;
        let registry = kept(&reading, asked.registry.as_deref())?;
        let [waits, _] = states;
        let waits = match asked.state.as_deref() {
            None => None,
            Some(state) if states.contains(&state) => Some(state == waits),
            Some(other) => return Err(Refusal::on("state", Code::NotOffered).with("value", other).into()),
        };
        let backwards = asked.backwards()?;
        let Page { cut, limit } = page(asked.after.as_deref(), asked.limit, None, backwards)?;
        Ok(Self { reading, registry, waits, cut, limit, backwards })
    }

    /// The page with where the next begins; an act has its place by its year and the number in it.
    fn told<T>(
        &self,
        member: &str,
        mut found: Listed<T>,
        number: impl Fn(&T) -> (i16, u64),
        show: impl Fn(&T, &House) -> Value,
    ) -> Out<Value> {
        let next = cut(&mut found.rows, self.limit, self.backwards, |row| {
            let (year, number) = number(row);
            Seat::Act(year, number)
        });
        let rows: Vec<Value> = found.rows.iter().map(|row| show(row, &self.reading.house)).collect();
        Out(json!({"total": found.all, (member): rows, "next": next}))
    }
}

/// The rows of a page, and where the next begins.
fn cut<T>(rows: &mut Vec<T>, limit: usize, backwards: bool, seat: impl Fn(&T) -> Seat) -> Option<String> {
    let more = rows.len() > limit;
    rows.truncate(limit);
    rows.last().filter(|_| more).map(|row| place::written(&seat(row), backwards))
}

/// Kinds of acts: the list of them, whose states are those that wait for something and those that do not, and one of them.
macro_rules! acts {
    ($($(#[$all:meta])* $many:ident $states:expr; $(#[$this:meta])* $one:ident $row:ty: $id:ty;)*) => {$(
        $(#[$all])*
        pub async fn $many(
            State(app): State<App>,
            token: Token,
            Parameters(asked): Parameters<ActsAsked>,
        ) -> Result<Out<Value>, Problem> {
            let mut page = ActsPage::of(&app, &token, &asked, $states).await?;
            let found = page.reading.$many(page.registry, page.waits, page.cut.clone()).await?;
            let number = |row: &$row| (row.view.$one.year, row.view.$one.number);
            Ok(page.told(stringify!($many), found, number, show::$one))
        }

        $(#[$this])*
        pub async fn $one(
            State(app): State<App>,
            token: Token,
            Named(id): Named<$id>,
            Parameters(Nothing {}): Parameters<Nothing>,
        ) -> Result<Out<Value>, Problem> {
            let mut reading = app.office.read_as(&token.session).await?;
            let row = reading.$one(id).await?;
            Ok(Out(show::$one(&row, &reading.house)))
        }
    )*};
}

acts! {
    /// The dispatches of a registry, page by page.
    dispatches ["due", "given"];
    /// A dispatch: for the staff of its registry, and for whom it is addressed to.
    dispatch DispatchRow: DispatchId;

    /// The certificates of destruction of a registry, page by page.
    certificates ["open", "ended"];
    /// A certificate of destruction: for whoever sees every paper on it, and may be its witness.
    certificate CertificateRow: CertificateId;

    /// The incidents of a registry, page by page.
    incidents ["open", "closed"];
    /// An incident, for the staff of its registry.
    incident IncidentRow: IncidentId;
}

/// Of which registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistryAsked {
    registry: Option<String>,
}

/// The containers of a registry, by name.
pub async fn containers(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<RegistryAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = kept(&reading, asked.registry.as_deref())?;
    let found = reading.containers(registry).await?;
    let rows: Vec<Value> = found.iter().map(|one| show::container(one, &reading.house)).collect();
    Ok(Out(json!({"registry": view::code(registry, &reading.house), "containers": rows})))
}

/// Papers in no log, page by page.
pub async fn unlogged(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<ActsAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = kept(&reading, asked.registry.as_deref())?;
    let which = match asked.state.as_deref() {
        None | Some("working") => Which::Working,
        Some("due") => Which::Due,
        Some("overdue") => Which::Overdue,
        Some("others") => Which::Others,
        Some(other) => return Err(Refusal::on("state", Code::NotOffered).with("value", other).into()),
    };
    let backwards = asked.backwards()?;
    let Page { cut: part, limit } = page(asked.after.as_deref(), asked.limit, None, backwards)?;
    let mut found = reading.unlogged(registry, which, part).await?;
    let next = cut(&mut found.rows, limit, backwards, |row| Seat::Paper(row.since, row.entry.document));
    let rows: Vec<Value> = found.rows.iter().map(|row| show::unlogged(row, &reading.house)).collect();
    let code = view::code(registry, &reading.house);
    Ok(Out(json!({"registry": code, "total": found.all, "papers": rows, "next": next})))
}

/// What goes first in an emergency.
pub async fn emergency(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<RegistryAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = kept(&reading, asked.registry.as_deref())?;
    let places = reading.emergency_list(registry).await?;
    let rows: Vec<Value> = places.iter().map(show::emergency).collect();
    Ok(Out(json!({"registry": view::code(registry, &reading.house), "places": rows})))
}

/// A registry's copies at a glance.
pub async fn counts(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<RegistryAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = kept(&reading, asked.registry.as_deref())?;
    let counts = reading.custody_counts(registry).await?;
    let of = |state: &str| counts.standings.get(state).copied().unwrap_or_default();
    Ok(Out(json!({
        "registry": view::code(registry, &reading.house),
        "copies": {
            "held": of("held"), "under_way": of("under-way"), "missing": of("missing"),
            "transferred": of("transferred"), "released": of("released"), "destroyed": of("destroyed"),
        },
        "receipts": {"waiting": counts.waiting, "trace": counts.trace, "escalate": counts.escalate},
        "certificates_open": counts.unsigned,
        "incidents_open": counts.incidents,
        "working_papers": {"due": counts.unlogged.due, "overdue": counts.unlogged.overdue},
        "loans": {"out": counts.loans.out, "due": counts.loans.due, "overdue": counts.loans.overdue},
    })))
}

/// What one has: what one answers for, and what was sent to one and waits for a receipt.
pub async fn holdings(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let own = reading.own_copies().await?;
    let held: Vec<Value> = own.held.iter().map(|row| show::copy(row, &reading.house)).collect();
    let due: Vec<Value> = own.due.iter().map(|row| show::dispatch(row, &reading.house)).collect();
    let items = reading.own_items().await?;
    let items: Vec<Value> = items.iter().map(|row| books::shown(row, &reading.house)).collect();
    Ok(Out(json!({"held": held, "due": due, "items": items})))
}
