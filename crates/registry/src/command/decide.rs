//! The one function that decides a command, with what was loaded for it: which rule's room decides which command. Knows
//! no rule itself, and nothing of how what it needs was loaded.

use std::collections::BTreeSet;

use super::{Answer, Caller, Command, Context};
use crate::{
    authorisation::{self, Authorisation, ProposalNeeds},
    cases, correction,
    custody::{self, CustodyNeeds},
    disclosure, document,
    fact::Fact,
    filing,
    formal::{self, RingNeeds},
    house, intake,
    numbering::{self, NumberNeeds},
    organisation,
    person::{self, ChangeNeeds},
    refusal::{Code, Refusal},
    working::{self, HandlingNeeds},
};

/// What the tables must tell before a command can be decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// The series of which numbers were given, wherever.
    Series(BTreeSet<String>),
    /// Whether the login is another's.
    Login {
        /// It is.
        taken: bool,
    },
    /// Whether the person is there.
    Person {
        /// He is.
        here: bool,
    },
    /// For proposing.
    Proposal(Box<ProposalNeeds>),
    /// For changing what is known of a person.
    Change(Box<ChangeNeeds>),
    /// The authorisation that is named, if there is one.
    Authorisation(Option<Box<Authorisation>>),
    /// For registering.
    Register(document::RegisterNeeds),
    /// For giving a number.
    Number(NumberNeeds),
    /// For correcting.
    Correct(correction::CorrectNeeds),
    /// For handling a document.
    Handling(Box<HandlingNeeds>),
    /// For changing a plan.
    Plan(filing::PlanNeeds),
    /// For taking note of a message.
    Ring(RingNeeds),
    /// For filing documents.
    Filing(filing::FilingNeeds),
    /// For doing something with copies.
    Custody(Box<CustodyNeeds>),
    /// For doing something with cases.
    Case(Box<cases::Needs>),
    /// For changing the organisation.
    Organisation(Box<organisation::Needs>),
}

/// Decides a command: what becomes true, and what is answered.
pub fn decide(
    command: &Command,
    needs: &Needs,
    caller: &Caller,
    context: &Context<'_>,
) -> Result<(Vec<Fact>, Answer), Refusal> {
    if let (Command::FileDocuments { .. }, Needs::Filing(needs)) = (command, needs) {
        // The one command of which a part may be refused: its answer says which.
        let (facts, filed) = filing::file_documents(caller, context, needs)?;
        return Ok((facts, Answer::Filed(filed)));
    }
    let facts = match (command, needs) {
        (Command::EstablishBody { code, names }, _) => house::establish_body(caller, context, code, names)?,
        (Command::OpenRegistry { code, terms }, _) => house::open_registry(caller, context, code, terms)?,
        (Command::ChangeRegistry { registry, terms, reason }, _) => {
            house::change_registry(caller, context, *registry, terms, reason)?
        }
        (Command::FormGroup { code, names }, _) => house::form_group(caller, context, code, names)?,
        (Command::AddPerson { person }, Needs::Login { taken }) => {
            person::add(caller, context, person, *taken)?
        }
        (Command::AssignRole { person, role, registry }, Needs::Person { here }) => {
            authorisation::assign(caller, context, *person, *role, *registry, *here)?
        }
        (Command::ChangePerson { person, to, reason }, Needs::Change(needs)) => {
            person::change(caller, context, *person, to, reason, needs)?
        }
        (Command::Propose { person, grant }, Needs::Proposal(needs)) => {
            authorisation::propose(caller, context, *person, grant, needs)?
        }
        (Command::Confirm { proposal, .. }, Needs::Authorisation(waiting)) => {
            authorisation::confirm(caller, waiting.as_deref(), proposal)?
        }
        (Command::Revoke { reason, .. }, Needs::Authorisation(held)) => {
            authorisation::revoke(caller, held.as_deref(), reason)?
        }
        (Command::Register { document, .. }, Needs::Register(needs)) => {
            document::register(caller, context, document, needs)?
        }
        (Command::AdoptSeries { name, toml }, Needs::Series(used)) => {
            house::adopt_series(caller, context, name, toml, used)?
        }
        (Command::EntrustSeries { series, registry }, Needs::Series(used)) => {
            house::entrust_series(caller, context, series, *registry, used)?
        }
        (Command::ReserveNumber { asked, purpose, .. }, Needs::Number(needs)) => {
            numbering::reserve(caller, context, asked, purpose, needs)?
        }
        (Command::VoidNumber { reference, reason, .. }, Needs::Number(needs)) => {
            numbering::void(caller, context, reference, reason, needs)?
        }
        (Command::OpenCount { asked, first, .. }, Needs::Number(needs)) => {
            numbering::open(caller, context, asked, *first, needs)?
        }
        (Command::CloseCounts { series, .. }, Needs::Number(needs)) => {
            numbering::close(caller, context, series, needs)?
        }
        (Command::Correct { document, correction, .. }, Needs::Correct(needs)) => {
            correction::correct(caller, context, *document, correction, needs)?
        }
        (Command::CheckOut { document, reason, until, .. }, Needs::Handling(needs)) => {
            working::check_out(caller, context, *document, reason, *until, needs)?
        }
        (Command::CheckIn { document, content, .. }, Needs::Handling(needs)) => {
            working::check_in(caller, context, *document, content.as_deref(), needs)?
        }
        (Command::BreakLock { document, reason, .. }, Needs::Handling(needs)) => {
            working::break_lock(caller, context, *document, reason, needs)?
        }
        (Command::Disclose { piece, means, bears, .. }, Needs::Handling(needs)) => {
            disclosure::disclose(caller, context, *piece, *means, *bears, needs)?
        }
        (Command::AuthoriseReproduction { document, authority, .. }, Needs::Handling(needs)) => {
            disclosure::authorise(caller, context, *document, authority, needs)?
        }
        (Command::Tell { document, person, sequence, .. }, Needs::Handling(needs)) => {
            disclosure::tell(caller, context, *document, *person, *sequence, needs)?
        }
        (Command::OpenFile { file, .. }, Needs::Plan(needs)) => filing::open(caller, context, file, needs)?,
        (Command::ChangeFile { file, change, .. }, Needs::Plan(needs)) => {
            filing::change(caller, context, *file, change, needs)?
        }
        (Command::TurnFile { file, turn, .. }, Needs::Plan(needs)) => {
            filing::turn(caller, context, *file, turn, needs)?
        }
        (Command::TakeOut { reason, .. }, Needs::Filing(needs)) => {
            filing::take_out(caller, context, reason, needs)?
        }
        (Command::TakeNote { document, .. }, Needs::Ring(needs)) => {
            formal::take_note(caller, context, *document, needs)?
        }
        (Command::Custody { act, .. }, Needs::Custody(needs)) => {
            custody::decide(caller, context, act, needs)?
        }
        (Command::Organise { act }, Needs::Organisation(needs)) => {
            organisation::decide(caller, context, act, needs)?
        }
        (Command::Case { act }, Needs::Case(needs)) => cases::decide(caller, context, act, needs)?,
        (Command::AdoptRoutine { what, toml }, _) => cases::routine::adopt(caller, context, *what, toml)?,
        (Command::Dismiss { items, reason, words, .. }, _) => {
            intake::dismiss(caller, context, items, *reason, words.as_deref())?
        }
        // What was loaded does not belong to the command: the room that loads is wrong, and nothing is changed.
        _ => return Err(Code::Conflict.into()),
    };
    let answer = Answer::to(&facts).ok_or(Code::Conflict)?;
    Ok((facts, answer))
}
