//! What runs in the demo headquarters: cases of its procedures, and what became of them in the last weeks.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use label::NamedLabel;
use registry::{
    Answer, CaseId, Command, DocumentId, PersonId, TaskId, Timestamp,
    cases::{Act, Case, Doer, Filled, Opening, Outcome, Remark, TaskAct},
    house::House,
};
use serde::Deserialize;
use serde_json::Value;

use super::{Builder, damaged};
use crate::{door::Sender, failure::Failure, shipped};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    case: Vec<CaseData>,
}

/// A case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseData {
    /// For messages.
    name: String,
    procedure: String,
    by: String,
    /// The code of the post in whose name; none: the first of his own.
    post: Option<String>,
    /// So many days ago.
    ago: i64,
    label: NamedLabel,
    values: BTreeMap<String, Value>,
    acts: Vec<ActData>,
}

/// What somebody did: one of these.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActData {
    ago: i64,
    by: String,
    step: Option<String>,
    acknowledge: Option<String>,
    ask: Option<String>,
    answer: Option<String>,
    give: Option<String>,
    time: Option<String>,
    reply: Option<String>,
    /// Of which task: `main`, or the unit for which a branch was opened.
    of: Option<String>,
    to: Option<String>,
    show: Option<String>,
    note: Option<String>,
    reopen: Option<String>,
    #[serde(default)]
    change: bool,
    #[serde(default)]
    mentions: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, Value>,
    days: Option<i64>,
    words: Option<String>,
    /// Rows for the table of comments, with the task `of`.
    comments: Option<Vec<Remark>>,
    /// How rows of the table of comments are settled: those with these numbers.
    settle: Option<Outcome>,
    #[serde(default)]
    numbers: Vec<u64>,
}

impl Builder {
    /// Opens the cases, and does what became of them. All of it was in the last weeks: their ledger begins with them.
    pub(super) async fn runs_cases(&mut self, now: Timestamp) -> Result<(), Failure> {
        let data: Data = toml::from_str(shipped::DEMO_CASES).map_err(damaged)?;
        let after = self.tick;
        // What everybody did, day by day.
        let mut all: Vec<(i64, usize, Option<usize>)> = Vec::new();
        for (place, case) in data.case.iter().enumerate() {
            all.push((case.ago, place, None));
            all.extend(case.acts.iter().enumerate().map(|(n, act)| (act.ago, place, Some(n))));
        }
        all.sort_by_key(|(ago, place, act)| (std::cmp::Reverse(*ago), *place, *act));
        let mut opened: BTreeMap<usize, CaseId> = BTreeMap::new();
        for (ago, place, act) in all {
            let at = now.plus_seconds(-ago * 24 * 3600 - 3600);
            self.tick = self.tick_of_cases(at, opened.is_empty());
            let Some(case) = data.case.get(place) else { continue };
            let act = act.and_then(|act| case.acts.get(act));
            let done = match (act, opened.get(&place)) {
                (Some(act), Some(id)) => self.acts_on(*id, act, now).await,
                _ => self.opens_case(case, now).await.map(|id| _ = opened.insert(place, id)),
            };
            let told = |failure| damaged(format!("case {}, {ago} days ago: {failure}", case.name));
            done.map_err(told)?;
        }
        self.tick = after;
        self.clock.set(after);
        Ok(())
    }

    fn tick_of_cases(&self, at: Timestamp, first: bool) -> Timestamp {
        if first { at } else { self.tick.max(at) }
    }

    fn known_person(&self, login: &str) -> Result<PersonId, Failure> {
        self.ids.people.get(login).copied().ok_or_else(|| damaged(login))
    }

    async fn carries_out(&mut self, by: &str, act: Act) -> Result<CaseId, Failure> {
        let sender = Sender::person(self.known_person(by)?);
        match self.does(sender, Command::Case { act: Box::new(act) }).await? {
            Answer::Case { case, .. } => Ok(case),
            other => Err(damaged(format!("{other:?}"))),
        }
    }

    async fn opens_case(&mut self, case: &CaseData, now: Timestamp) -> Result<CaseId, Failure> {
        let house = self.office.house().await?;
        let label = house.policies.resolve(&case.label).map_err(damaged)?;
        let values = self.values(&case.values, now).await?;
        let procedure = case.procedure.clone();
        let post = match &case.post {
            Some(code) => {
                let by = self.known_person(&case.by)?;
                let organisation = self.office.read_as(by).await?.organisation().await?;
                Some(organisation.post_by_code(code).ok_or_else(|| damaged(code))?.id)
            }
            None => None,
        };
        let opening = Opening { procedure, values, label, post, part_of: None };
        self.carries_out(&case.by, Act::Open(opening)).await
    }

    async fn acts_on(&mut self, id: CaseId, act: &ActData, now: Timestamp) -> Result<(), Failure> {
        let by = self.known_person(&act.by)?;
        self.clock.set(self.tick);
        let view = self.office.read_as(by).await?.case(id).await?;
        let said = act.words.clone();
        let house = self.office.house().await?;
        let values = self.values(&act.values, now).await?;
        let asked = match self.task_act(&house, &view.row.case, act, now)? {
            Some((task, does)) => Act::Task { case: id, task, does },
            None if act.settle.is_some() || act.comments.is_some() => {
                self.table_act(&view.row.case, act, by).await?
            }
            None if act.show.is_some() => {
                let document = Some(self.some_document(by).await?);
                Act::Show { case: id, evidence: act.show.clone(), document, words: said }
            }
            None => self.case_act(&view.row.case, act, values)?,
        };
        self.carries_out(&act.by, asked).await?;
        Ok(())
    }

    /// What is done with the table of comments.
    async fn table_act(&self, case: &Case, act: &ActData, by: PersonId) -> Result<Act, Failure> {
        if let Some(rows) = &act.comments {
            let task = self.task_of(case, act.of.as_deref().unwrap_or("main"))?;
            return Ok(Act::Comment { case: case.id, task, rows: rows.clone() });
        }
        let table = self.office.read_as(by).await?.case_comments(case.id).await?;
        let chosen = table.comments.iter().filter(|row| act.numbers.contains(&row.comment.number));
        Ok(Act::Adjudicate {
            case: case.id,
            comments: chosen.map(|row| row.comment.id).collect(),
            outcome: act.settle.unwrap_or(Outcome::Noted),
            reason: act.words.clone(),
        })
    }

    /// The task of a case that is called `main`, or that was opened for a unit.
    fn task_of(&self, case: &Case, named: &str) -> Result<TaskId, Failure> {
        let unit = named.strip_prefix("unit:").and_then(|code| self.organised.units.get(code));
        let unit = unit.map(ToString::to_string);
        let task = case.current().find(|task| task.each == unit);
        Ok(task.ok_or_else(|| damaged(format!("no task {named}")))?.id)
    }

    /// What is done with a task, and with which.
    fn task_act(
        &self,
        house: &House,
        case: &Case,
        act: &ActData,
        now: Timestamp,
    ) -> Result<Option<(TaskId, TaskAct)>, Failure> {
        let said = act.words.clone();
        let words = said.clone().unwrap_or_default();
        let main = "main".to_owned();
        let (named, does) = if let Some(of) = &act.acknowledge {
            (of, TaskAct::Acknowledge)
        } else if let Some(of) = &act.ask {
            (of, TaskAct::Ask { words })
        } else if let Some(of) = &act.answer {
            (of, TaskAct::Answer { words })
        } else if let Some(of) = &act.give {
            let post = act.to.as_deref().and_then(|to| to.strip_prefix("post:"));
            let post = post.and_then(|code| self.organised.posts.get(code));
            let to = Some(Doer::Post(*post.ok_or_else(|| damaged("to whom"))?));
            (of, TaskAct::Delegate { to, words: said })
        } else if let Some(of) = &act.time {
            let until = day(&house.zone, now, act.days.unwrap_or_default())?;
            (of, TaskAct::AskForTime { until, reason: words })
        } else if let Some(reply) = &act.reply {
            (act.of.as_ref().unwrap_or(&main), TaskAct::Reply { reply: reply.clone(), words: said })
        } else {
            return Ok(None);
        };
        Ok(Some((self.task_of(case, named)?, does)))
    }

    fn case_act(&self, case: &Case, act: &ActData, values: Filled) -> Result<Act, Failure> {
        let (id, said) = (case.id, act.words.clone());
        if let Some(step) = &act.step {
            let stage = case.stage.clone();
            return Ok(Act::Step { case: id, stage, step: step.clone(), values, reason: said });
        }
        if let Some(note) = &act.note {
            let mentions = act.mentions.iter().map(|login| self.known_person(login));
            let mentions = mentions.collect::<Result<_, _>>()?;
            return Ok(Act::Note { case: id, words: note.clone(), mentions });
        }
        if let Some(stage) = &act.reopen {
            let reason = said.unwrap_or_default();
            return Ok(Act::Reopen { case: id, stage: stage.clone(), reason });
        }
        if act.change {
            return Ok(Act::Change { case: id, values, label: None, reason: said });
        }
        Err(damaged("an act that does nothing"))
    }

    /// A paper that somebody may read: the newest.
    async fn some_document(&self, by: PersonId) -> Result<DocumentId, Failure> {
        let mut reading = self.office.read_as(by).await?;
        for (registry, _) in reading.registries().await? {
            let page = reading.list(registry.id, store::documents::Order::Newest, None, 20).await?;
            let read = page.rows.iter().find(|row| row.sight == store::visible::SightMark::Read);
            if let Some(row) = read {
                return Ok(row.document);
            }
        }
        Err(damaged("nothing to show"))
    }

    /// What is filled in: codes as identifiers, days from today on as days.
    async fn values(&self, given: &BTreeMap<String, Value>, now: Timestamp) -> Result<Filled, Failure> {
        let zone = self.office.house().await?.zone.clone();
        let one = |text: &str| -> Result<String, Failure> {
            let (kind, code) = text.split_once(':').unwrap_or(("", text));
            let found = match kind {
                "unit" => self.organised.units.get(code).map(ToString::to_string),
                "post" => self.organised.posts.get(code).map(ToString::to_string),
                "person" => self.ids.people.get(code).map(ToString::to_string),
                _ => match text.strip_prefix('+').or(text.strip_prefix('-')).map(str::parse::<i64>) {
                    Some(Ok(days)) => {
                        let days = if text.starts_with('-') { -days } else { days };
                        return Ok(day(&zone, now, days)?.to_string());
                    }
                    _ => Some(text.to_owned()),
                },
            };
            found.ok_or_else(|| damaged(text))
        };
        let mut values = Filled::new();
        for (field, value) in given {
            let read = match value {
                Value::String(text) if field == "ltiov" => {
                    let at = day(&zone, now, text.trim_start_matches('+').parse().map_err(damaged)?)?;
                    let at = at.at(12, 0, 0, 0).to_zoned(zone.clone()).map_err(damaged)?;
                    Value::String(at.timestamp().to_string())
                }
                Value::String(text) => Value::String(one(text)?),
                Value::Array(all) => {
                    let all = all.iter().filter_map(Value::as_str).map(one);
                    Value::Array(all.map(|text| text.map(Value::String)).collect::<Result<_, _>>()?)
                }
                other => other.clone(),
            };
            values.insert(field.clone(), read);
        }
        Ok(values)
    }
}

/// So many days from today on.
fn day(zone: &jiff::tz::TimeZone, now: Timestamp, days: i64) -> Result<Date, Failure> {
    now.date(zone).checked_add(days.days()).map_err(damaged)
}
