//! What would become of a workbook, and what became of it: the plan of its rows with where each stands, the counts with
//! how they go on. Writes nothing, and tells of registered documents only what the reader sees.

use std::{collections::HashMap, sync::Arc};

use label::Label;
use oldregister::{Count, Headings, Mapping, MappingError, Plan, Settings, Table, propose};
use proposal::{Vocabulary, Words};
use registry::{
    Code, CommandId, Refusal, RegistryId,
    house::House,
    id::Digest,
    numbering::{Numbered, Wanted},
    series::{
        ParsedReference,
        allot::{self, Counter},
    },
};
use store::{StoreError, Visible, sql::Conn, visible::EntryView};

use super::{Asked, Refused, Takeover, damaged};
use crate::{failure::Failure, office::Office, reading::Reading, shipped};

/// Where the document of a row stands.
#[derive(Debug)]
pub enum RowState {
    /// It would be registered.
    Waits,
    /// It is registered, and the reader sees it.
    Registered(Box<Visible<EntryView>>),
    /// The reader registered it himself, and it is nothing that he sees.
    Blind,
    /// It was refused when it was tried last.
    Refused(Refused),
}

/// How a count of the old register goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// The next number here follows the last of the old register.
    Opens,
    /// The count has begun here, behind the last of the old register: this is its next number.
    GoesOn(u64),
    /// The count has begun here, and would give numbers a second time: this is its next number.
    Behind(u64),
    /// A count of another year: no number of it is given any more.
    Past,
    /// The registry's own series: it numbers its entries by itself.
    Own,
    /// No number of the series is given by this registry.
    Elsewhere,
}

impl Becomes {
    /// As it stands in answers and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Becomes::Opens => "opens",
            Becomes::GoesOn(_) => "goes-on",
            Becomes::Behind(_) => "behind",
            Becomes::Past => "past",
            Becomes::Own => "own",
            Becomes::Elsewhere => "elsewhere",
        }
    }
}

/// A count of the old register with how it goes on.
#[derive(Debug, Clone)]
pub struct Carry {
    /// As the old register has it.
    pub count: Count,
    /// How it goes on.
    pub becomes: Becomes,
    /// The reference that would be given next, where one is given here.
    pub next: Option<String>,
    /// What is asked for to open it.
    pub(super) asked: Numbered,
}

/// A workbook as it is looked at.
#[derive(Debug)]
pub struct Look {
    /// The workbook.
    pub takeover: Takeover,
    /// Its sheets.
    pub sheets: Arc<Vec<Table>>,
    /// Which of them is read.
    pub sheet: usize,
    /// Which column is what.
    pub mapping: Mapping,
    /// What its rows become, or why the mapping can't be used.
    pub plan: Result<Plan, MappingError>,
    /// Where the document of each row stands, in the order of the plan.
    pub states: Vec<RowState>,
    /// The counts.
    pub counts: Vec<Carry>,
}

impl Look {
    /// The sheet that is read.
    pub fn table(&self) -> Option<&Table> {
        self.sheets.get(self.sheet)
    }
    /// The labels of what would be registered.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.plan.iter().flat_map(|plan| &plan.planned).filter_map(|planned| planned.register.label.as_ref())
    }
    /// How many documents wait to be registered.
    pub fn waiting(&self) -> usize {
        self.states.iter().filter(|s| matches!(s, RowState::Waits | RowState::Refused(_))).count()
    }
}

/// A sheet with its mapping and what its rows become.
pub(super) struct Planned {
    pub(super) sheet: usize,
    pub(super) mapping: Mapping,
    pub(super) plan: Result<Plan, MappingError>,
}

/// The refusal of a mapping that can't be used.
pub(super) fn unusable(why: &MappingError) -> Refusal {
    match why {
        MappingError::Twice(field) => {
            Refusal::on("mapping", Code::ColumnTwice).with("column", field.as_str())
        }
        _ => Refusal::on("mapping", Code::NoSubjectColumn),
    }
}

/// Makes the plan of a workbook. May take a second: call it where blocking is allowed.
pub(super) fn planned(
    house: &House,
    today: jiff::civil::Date,
    tables: &[Table],
    asked: &Asked,
) -> Result<Planned, Failure> {
    let headings = Headings::parse(shipped::REGISTERS).map_err(damaged)?;
    let words = Words::parse(shipped::PROPOSALS).map_err(damaged)?;
    let vocabulary = Vocabulary::new(&house.policies, &words);
    let best = || {
        let named = tables.iter().map(|table| propose(table, &headings).columns.len());
        named
            .enumerate()
            .max_by_key(|(at, columns)| (*columns, std::cmp::Reverse(*at)))
            .map_or(0, |(at, _)| at)
    };
    let sheet = asked.sheet.filter(|sheet| *sheet < tables.len()).unwrap_or_else(best);
    let nothing = Table::default();
    let table = tables.get(sheet).unwrap_or(&nothing);
    let mapping = asked.mapping.clone().unwrap_or_else(|| propose(table, &headings));
    let label = asked.label.as_ref().and_then(|label| house.policies.resolve(label).ok());
    let policy = asked.policy.as_ref().and_then(|name| house.policies.iter().find(|p| p.name() == name));
    let settings = Settings {
        catalogue: house.catalogue(),
        vocabulary: &vocabulary,
        policy: policy.map(|policy| policy.id().clone()),
        today,
        direction: asked.direction,
        kind: asked.kind.clone(),
        language: asked.language.clone(),
        held_elsewhere: asked.held_elsewhere.clone(),
        counting: asked.counting,
        label,
        series: asked.series.clone(),
        rest: asked.rest,
    };
    let plan = oldregister::plan(table, &mapping, &settings);
    Ok(Planned { sheet, mapping, plan })
}

/// The command under which a row is registered once, however often and in whatever workbook it comes.
pub(super) fn command_of(registry: RegistryId, source: Digest) -> CommandId {
    let digest = Digest::of(format!("old register\n{registry}\n{source}").as_bytes());
    CommandId::new(super::first_half(digest))
}

/// How the counts of an old register go on in a registry.
pub(super) async fn carries(
    conn: &mut Conn,
    house: &House,
    registry: RegistryId,
    today: jiff::civil::Date,
    counts: &[Count],
) -> Result<Vec<Carry>, StoreError> {
    let mut all = Vec::with_capacity(counts.len());
    for count in counts {
        all.push(carry(conn, house, registry, today, count).await?);
    }
    Ok(all)
}

async fn carry(
    conn: &mut Conn,
    house: &House,
    registry: RegistryId,
    today: jiff::civil::Date,
    count: &Count,
) -> Result<Carry, StoreError> {
    let Counter { body, sub_body, paper, division, .. } = count.counter.clone();
    let asked = Numbered { series: count.series.clone(), body, sub_body, paper, division };
    let told = |becomes, next| Carry { count: count.clone(), becomes, next, asked: asked.clone() };
    let Some(series) = house.catalogue().get(&count.series).filter(|_| count.known) else {
        return Ok(told(Becomes::Elsewhere, None));
    };
    let numbered_here = house.numbered_by(&series.code).is_some_and(|r| r.id == registry);
    if house.registry_by_code(&series.code).is_some() {
        return Ok(told(if numbered_here { Becomes::Own } else { Becomes::Elsewhere }, None));
    }
    if series.foreign || !numbered_here {
        return Ok(told(Becomes::Elsewhere, None));
    }
    if count.counter.year.is_some_and(|year| year != today.year()) {
        return Ok(told(Becomes::Past, None));
    }
    let wanted = Wanted::Count { series: series.code.clone(), counter: count.counter.clone(), number: None };
    let state = store::numbers::needs(conn, registry, &wanted).await?.state;
    let begun = state.count(&count.counter).is_some_and(|n| n.last().is_some() || n.opened_at().is_some());
    let next = match allot::next(series, &state, &count.counter) {
        Ok(next) if begun => next,
        _ => count.next,
    };
    let becomes = match begun {
        false => Becomes::Opens,
        true if next <= count.last => Becomes::Behind(next),
        true => Becomes::GoesOn(next),
    };
    let reference = ParsedReference {
        year: Some(count.counter.year.unwrap_or(today.year())),
        body: asked.body,
        sub_body: asked.sub_body,
        paper: asked.paper.clone(),
        division: asked.division.clone(),
        ..ParsedReference::numbered(&series.code, next)
    };
    let undated = ParsedReference { year: None, ..reference.clone() };
    let catalogue = house.catalogue();
    let written = catalogue.format(&reference).or_else(|| catalogue.format(&undated));
    Ok(told(becomes, written))
}

impl Reading {
    /// Looks at a workbook of the reader. Nothing is written.
    pub async fn look_at(&mut self, takeover: Takeover) -> Result<Look, Failure> {
        let office = self.office().clone();
        let (house, today, registry) = (self.house.clone(), self.today(), takeover.registry);
        let sheets = office.tables_of(registry, &takeover.content).await?;
        let (tables, asked, of) = (sheets.clone(), takeover.asked.clone(), house.clone());
        let planning = tokio::task::spawn_blocking(move || planned(&of, today, &tables, &asked));
        let Planned { sheet, mapping, plan } = planning.await.map_err(StoreError::damaged)??;
        let (mut states, mut counts) = (Vec::new(), Vec::new());
        if let Ok(plan) = &plan {
            states = self.states(&office, &takeover, plan).await?;
            counts = carries(self.conn(), &house, registry, today, &plan.counts).await?;
        }
        Ok(Look { takeover, sheets, sheet, mapping, plan, states, counts })
    }

    async fn states(
        &mut self,
        office: &Office,
        takeover: &Takeover,
        plan: &Plan,
    ) -> Result<Vec<RowState>, Failure> {
        let registry = takeover.registry;
        let sources: Vec<Digest> = plan.planned.iter().map(|planned| planned.source).collect();
        let commands: Vec<CommandId> = sources.iter().map(|s| command_of(registry, *s)).collect();
        let mut seen = match self.at(registry) {
            Some((conn, place)) => store::old::taken_over(conn, place, &sources).await?,
            None => HashMap::new(),
        };
        let mut conn = office.database().begin_read().await?;
        let own = store::load::carried_out(&mut conn, registry, takeover.person, &commands).await?;
        drop(conn);
        let refused: HashMap<u32, &Refused> =
            takeover.progress.refusals.iter().map(|refused| (refused.row, refused)).collect();
        let state = |(planned, command): (&oldregister::Planned, &CommandId)| {
            if let Some(entry) = seen.remove(&planned.source) {
                return RowState::Registered(Box::new(entry));
            }
            if own.contains(command) {
                return RowState::Blind;
            }
            let row = planned.rows.first().copied().unwrap_or_default();
            refused.get(&row).map_or(RowState::Waits, |refused| RowState::Refused((*refused).clone()))
        };
        Ok(plan.planned.iter().zip(&commands).map(state).collect())
    }
}
