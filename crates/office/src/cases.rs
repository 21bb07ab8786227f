//! Cases as people see them: lists, one case with what its viewer may do, what waits for him. A case is seen by whoever its
//! label lets through and takes part in it, or is the head of somebody who does; a field of it by whom the procedure says.

pub mod comments;
pub mod reminders;

pub mod desk;
pub mod figures;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use calendar::{Covered, Due, Given, Standing};
use procedure::{Definition, Now, Values, Who};
use registry::{
    CASES, Caller, CaseId, Code, DocumentId, PersonId, TaskId, Timestamp,
    authorisation::Role,
    cases::{Case, Doer, Hand, Task, decide::posts_seen, opening::may_open, values},
    command::Channel,
    house::Names,
    id::UnitId,
    organisation::{Because, For, Organisation},
};
use store::{
    Visible,
    cases::{Order, Past, Wanted},
};

use crate::{failure::Failure, organisation::Named, reading::Reading};

/// Somebody who has something to do, as he is called today.
#[derive(Debug, Clone, PartialEq)]
pub struct DoerName {
    /// Who.
    pub doer: Doer,
    /// The code of the post.
    pub code: Option<String>,
    /// What its holder is called.
    pub titles: Option<Names>,
    /// Who acts for it today, or the person; none: nobody does, or it is a role.
    pub person: Option<Named>,
    /// Why another than the holder.
    pub because: Option<Because>,
}

/// Names of whoever occurs in some cases.
pub type DoerNames = HashMap<Doer, DoerName>;

/// A case as lists show it.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case: of its fields only those that its list names are shown.
    pub case: Visible<Case>,
    /// The procedure by which it goes.
    pub definition: Arc<Definition>,
    /// What is filled in, of what its viewer sees.
    pub values: Values,
    /// Who has the ball.
    pub with: Vec<DoerName>,
    /// How it stands against its due; none: it has ended, or can't be reckoned.
    pub standing: Option<Standing>,
}

/// A task with what its viewer can do with it.
#[derive(Debug, Clone)]
pub struct TaskRow {
    /// The task.
    pub task: Task,
    /// Who answers for it.
    pub owner: DoerName,
    /// To whom he gave it.
    pub given_to: Option<DoerName>,
    /// How it stands against its due, by the last approval; none: it is over, or can't be reckoned.
    pub standing: Option<Standing>,
    /// What the viewer can do with it, by the names of [`registry::cases::TaskAct`].
    pub does: Vec<&'static str>,
}

/// A step that the viewer takes, and what stands in its way.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// The code of the step.
    pub step: procedure::Step,
    /// What stands in its way; nothing: it can be taken.
    pub hindrances: Vec<procedure::Hindrance>,
}

/// A document that a case names, where its viewer sees it.
#[derive(Debug, Clone)]
pub struct LinkedDocument {
    /// Its reference.
    pub reference: String,
    /// Its subject, where he sees that.
    pub subject: Option<String>,
}

/// A case as its page shows it.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// As lists show it.
    pub row: CaseRow,
    /// Whatever its viewer is to it.
    pub relations: BTreeSet<Who>,
    /// In whose name it was opened.
    pub opener: DoerName,
    /// Its tasks, the first first.
    pub tasks: Vec<TaskRow>,
    /// The steps that he takes.
    pub steps: Vec<StepRow>,
    /// The codes of the fields that he may fill in without a step.
    pub changes: Vec<String>,
    /// Whether he answers for the stage that runs.
    pub owns: bool,
    /// Whether he may mark it otherwise.
    pub marks: bool,
    /// The stages into which he may take it up again.
    pub reopens: Vec<String>,
    /// What was said of it, the first first.
    pub history: Vec<Past>,
    /// The case of which it is a part, where he sees it.
    pub whole: Option<CaseRow>,
    /// Its parts that he sees.
    pub parts: Vec<CaseRow>,
    /// The documents that it names and that he sees.
    pub documents: HashMap<DocumentId, LinkedDocument>,
    /// Persons by identifier.
    pub people: HashMap<PersonId, String>,
}

/// A list of cases.
#[derive(Debug, Clone, Default)]
pub struct CaseList {
    /// Its rows.
    pub rows: Vec<CaseRow>,
    /// How many there are of which these are some.
    pub all: u64,
}

/// What is asked of a list of cases.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Of one procedure.
    pub procedure: Option<String>,
    /// In one stage.
    pub stage: Option<String>,
    /// Whether it has ended; none: either.
    pub ended: Option<bool>,
    /// Due before now.
    pub late: bool,
    /// What its number or name contains.
    pub words: Option<String>,
    /// In which a post of a unit, or of one below it, takes part.
    pub unit: Option<UnitId>,
    /// Opened from a day on, until another.
    pub opened: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// Ended from a day on, until another.
    pub over: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// In which order.
    pub order: Order,
    /// From which row on, from 0.
    pub from: u64,
    /// How many at most.
    pub limit: u64,
}

/// What a reading of cases has at hand.
struct Eyes {
    caller: Caller,
    organisation: Arc<Organisation>,
    people: HashMap<PersonId, String>,
    day: jiff::civil::Date,
    now: Timestamp,
}

impl Eyes {
    fn name(&self, doer: Doer) -> DoerName {
        let named = |person: PersonId| {
            Some(Named { person, name: self.people.get(&person).cloned().unwrap_or_default() })
        };
        let empty = DoerName { doer, code: None, titles: None, person: None, because: None };
        match doer {
            Doer::Post(id) => {
                let Some(post) = self.organisation.post(id) else { return empty };
                let acting = self.organisation.acting(id, self.day);
                DoerName {
                    code: Some(post.code.clone()),
                    titles: Some(post.titles.clone()),
                    person: acting.and_then(|acting| named(acting.person)),
                    because: acting.and_then(|acting| acting.because),
                    ..empty
                }
            }
            Doer::Person(person) => DoerName { person: named(person), ..empty },
            Doer::Role(_) | Doer::Anyone => empty,
        }
    }
}

impl Reading {
    async fn eyes(&mut self) -> Result<Eyes, Failure> {
        let organisation = self.organisation().await?;
        let people = store::house::persons(self.conn()).await?;
        Ok(Eyes {
            caller: Caller {
                person: self.person().id,
                channel: Channel::Person,
                fresh: false,
                viewer: self.viewer().clone(),
            },
            organisation,
            people: people.into_iter().map(|person| (person.id, person.name)).collect(),
            day: self.today(),
            now: self.office().now(),
        })
    }

    fn classes(&self) -> roaring::RoaringBitmap {
        self.scope().of(CASES).map(|scope| scope.read.clone()).unwrap_or_default()
    }

    /// The procedures of which the reader may open a case, by name.
    pub async fn may_open(&mut self) -> Result<Vec<Arc<Definition>>, Failure> {
        let eyes = self.eyes().await?;
        let all = self.house.procedures().iter();
        let may = all.filter(|def| may_open(def, &eyes.caller, &eyes.organisation, eyes.day));
        Ok(may.map(|def| Arc::new(def.clone())).collect())
    }

    /// Cases that the reader sees.
    pub async fn cases(&mut self, asked: &Asked) -> Result<CaseList, Failure> {
        let eyes = self.eyes().await?;
        let wanted = self.wanted(&eyes, asked);
        let (cases, all) =
            store::cases::list(self.conn(), &wanted, asked.order, asked.from, asked.limit).await?;
        let rows = cases.into_iter().filter_map(|case| self.row(&eyes, case)).collect();
        Ok(CaseList { rows, all })
    }

    /// How many cases of those that the reader sees stand in each stage of each procedure.
    pub async fn cases_by_stage(&mut self, asked: &Asked) -> Result<Vec<(String, String, u64)>, Failure> {
        let eyes = self.eyes().await?;
        let wanted = self.wanted(&eyes, asked);
        Ok(store::cases::by_stage(self.conn(), &wanted).await?)
    }

    fn wanted(&self, eyes: &Eyes, asked: &Asked) -> Wanted {
        Wanted {
            classes: self.classes(),
            parties: self.parties(eyes),
            procedure: asked.procedure.clone(),
            stage: asked.stage.clone(),
            ended: if asked.late { Some(false) } else { asked.ended },
            due_before: asked.late.then_some(eyes.now),
            part_of: None,
            words: asked.words.as_deref().map(registry::reference::sort_key),
            unit: asked.unit.map(|unit| figures::posts_below(&eyes.organisation, unit)),
            opened: asked.opened.map(|days| self.span(days)),
            over: asked.over.map(|days| self.span(days)),
        }
    }

    /// All that the reader is: himself, those for whom he stands in, his posts and those below him, his roles, anyone.
    fn parties(&self, eyes: &Eyes) -> Vec<String> {
        let posts = posts_seen(&eyes.organisation, eyes.caller.person, eyes.day);
        let mut all: Vec<Doer> = posts.into_iter().map(Doer::Post).collect();
        all.extend(self.own_doers(eyes).into_iter().filter(|doer| !matches!(doer, Doer::Post(_))));
        all.push(Doer::Anyone);
        all.into_iter().map(|doer| doer.to_string()).collect()
    }

    /// Whose tasks are the reader's to do.
    fn own_doers(&self, eyes: &Eyes) -> Vec<Doer> {
        let (organisation, person) = (&eyes.organisation, eyes.caller.person);
        let posts = organisation.posts_of(person, eyes.day);
        let mut all: Vec<Doer> = posts.into_iter().map(|duty| Doer::Post(duty.post)).collect();
        all.push(Doer::Person(person));
        let stands = organisation.stand_ins().into_iter().filter(|stand| stand.by == person);
        let people = stands.filter_map(|stand| match stand.of {
            For::Person { person } => Some(Doer::Person(person)),
            For::Post { .. } => None,
        });
        all.extend(people.filter(|doer| doer.is(&eyes.caller, organisation, eyes.day)));
        let roles =
            Role::ALL.iter().filter(|role| eyes.caller.viewer.roles().iter().any(|(r, _)| r == *role));
        all.extend(roles.map(|role| Doer::Role(*role)));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The open tasks that are the reader's to do, the first due first; and how many there are.
    pub async fn own_tasks(&mut self, limit: u64) -> Result<(Vec<(CaseRow, TaskRow)>, u64), Failure> {
        let eyes = self.eyes().await?;
        let doers: Vec<String> = self.own_doers(&eyes).iter().map(ToString::to_string).collect();
        let classes = self.classes();
        let (tasks, all) = store::cases::tasks(self.conn(), &classes, &doers, limit).await?;
        let rows = tasks.into_iter().filter_map(|(case, task)| {
            let row = self.row(&eyes, case)?;
            let task = self.task_row(&eyes, &row, task)?;
            Some((row, task))
        });
        Ok((rows.collect(), all))
    }

    /// The case with a number or an identifier. Refused where there is none that the reader sees.
    pub async fn case_named(&mut self, name: &str) -> Result<CaseId, Failure> {
        if let Ok(id) = name.parse() {
            return Ok(id);
        }
        let found = store::cases::numbered(self.conn(), &name.trim().to_uppercase()).await?;
        Ok(found.ok_or(Code::NotFound)?)
    }

    /// A case. Refused where there is none that the reader sees.
    pub async fn case(&mut self, id: CaseId) -> Result<CaseView, Failure> {
        let eyes = self.eyes().await?;
        let Some(row) = self.seen_case(&eyes, id).await? else {
            let betrayed = self.office().betrayed_case(id).await;
            return Err(if betrayed { Code::Forbidden } else { Code::NotFound }.into());
        };
        let all = values::read(&row.definition, &row.case.values)?;
        let (case, definition) = (row.case.clone(), row.definition.clone());
        let hand = hand(&eyes, &case, &definition, &all);
        let relations = hand.relations();
        let steps = hand.ways(Now { at: eyes.now.jiff(), day: eyes.day });
        let steps =
            steps.into_iter().map(|way| StepRow { step: way.step.clone(), hindrances: way.hindrances });
        let steps = steps.collect();
        let tasks = case.tasks.iter().filter_map(|task| self.task_row(&eyes, &row, task.id)).collect();
        let whole = match case.part_of {
            Some(part) => self.seen_case(&eyes, part.case).await?,
            None => None,
        };
        let parts = self.parts(&eyes, id).await?;
        let documents = self.linked(&row).await?;
        // A list with a paper that he doesn't see stays as it is: he would lose what he doesn't know.
        let known = |field: &&procedure::Field| {
            let kind = field.kind.each().unwrap_or(field.kind);
            let entries = row.values.get(&field.code).map_or_else(Vec::new, procedure::Value::entries);
            kind != procedure::Kind::Document
                || entries.iter().all(|id| id.parse().is_ok_and(|id| documents.contains_key(&id)))
        };
        let changes = hand.changes().into_iter().filter(known).map(|field| field.code.clone()).collect();
        let history = store::cases::history(self.conn(), &case).await?;
        Ok(CaseView {
            relations,
            opener: eyes.name(case.opener),
            tasks,
            steps,
            changes,
            owns: hand.owns(),
            marks: hand.marks(),
            reopens: hand.reopens().into_iter().map(str::to_owned).collect(),
            history,
            whole,
            parts,
            documents,
            people: eyes.people.clone(),
            row,
        })
    }

    async fn seen_case(&mut self, eyes: &Eyes, id: CaseId) -> Result<Option<CaseRow>, Failure> {
        let classes = self.classes();
        let case = store::cases::case(self.conn(), &classes, id).await?;
        let takes_part = |case: &Visible<Case>| {
            registry::cases::decide::takes_part(case, &eyes.caller, &eyes.organisation, eyes.day)
        };
        Ok(case.filter(takes_part).and_then(|case| self.row(eyes, case)))
    }

    async fn parts(&mut self, eyes: &Eyes, of: CaseId) -> Result<Vec<CaseRow>, Failure> {
        let wanted = Wanted {
            classes: self.classes(),
            parties: self.parties(eyes),
            part_of: Some(of),
            ..Wanted::default()
        };
        let (cases, _) = store::cases::list(self.conn(), &wanted, Order::Due, 0, 500).await?;
        Ok(cases.into_iter().filter_map(|case| self.row(eyes, case)).collect())
    }

    /// The documents that are filled in or were shown, as far as the reader sees them.
    async fn linked(&mut self, row: &CaseRow) -> Result<HashMap<DocumentId, LinkedDocument>, Failure> {
        let kinds = row
            .definition
            .fields
            .iter()
            .filter(|field| field.kind.each().unwrap_or(field.kind) == procedure::Kind::Document);
        let filled =
            kinds.filter_map(|field| row.values.get(&field.code)).flat_map(procedure::Value::entries);
        let mut named: BTreeSet<DocumentId> = filled.filter_map(|id| id.parse().ok()).collect();
        named.extend(row.case.shown.iter().filter_map(|shown| shown.document));
        let mut found = HashMap::new();
        for id in named {
            match self.document(id).await {
                Ok(view) => {
                    let entry = &view.entry;
                    let reference = entry.preferred.clone().unwrap_or_else(|| entry.reference.clone());
                    found.insert(id, LinkedDocument { reference, subject: entry.subject.clone() });
                }
                Err(Failure::Refused(_)) => {}
                Err(failed) => return Err(failed),
            }
        }
        Ok(found)
    }

    fn row(&self, eyes: &Eyes, case: Visible<Case>) -> Option<CaseRow> {
        let definition = self.house.procedures().shared(&case.procedure, case.version)?;
        let all = values::read(&definition, &case.values).ok()?;
        let relations = hand(eyes, &case, &definition, &all).relations();
        let mut values = all.clone();
        values.retain(|code, _| definition.field(code).is_some_and(|field| field.seen(&relations)));
        let with = case.with().into_iter().map(|doer| eyes.name(doer)).collect();
        let standing =
            case.main().filter(|_| case.is_open()).and_then(|task| self.standing(eyes, &definition, task));
        Some(CaseRow { definition, values, with, standing, case })
    }

    fn task_row(&self, eyes: &Eyes, row: &CaseRow, id: TaskId) -> Option<TaskRow> {
        let task = row.case.task(id)?;
        let all = values::read(&row.definition, &row.case.values).ok()?;
        Some(TaskRow {
            owner: eyes.name(task.owner),
            given_to: task.given_to.map(|doer| eyes.name(doer)),
            standing: self.standing(eyes, &row.definition, task),
            does: hand(eyes, &row.case, &row.definition, &all).does(task),
            task: task.clone(),
        })
    }

    /// How a task stands against its due.
    fn standing(&self, eyes: &Eyes, definition: &Definition, task: &Task) -> Option<Standing> {
        let calendar = self.house.calendars().get(&definition.calendar)?;
        let at = task.due_now().jiff();
        let due = Due { day: calendar.date_of(at), at, moved_from: None, covered: Covered::Yes };
        let given = Given {
            since: task.issued.jiff(),
            begun: task.acknowledged.is_some(),
            done: task.over.map(Timestamp::jiff),
        };
        let reckoned =
            calendar::standing(&given, &due, eyes.now.jiff(), &reminders::settings().risk, calendar);
        reckoned.ok().map(|reckoned| reckoned.value)
    }
}

fn hand<'a>(eyes: &'a Eyes, case: &'a Case, definition: &'a Definition, values: &'a Values) -> Hand<'a> {
    Hand { case, definition, values, caller: &eyes.caller, organisation: &eyes.organisation, day: eyes.day }
}
