//! Who gives a command, and what a decision may know beside it: the ledger, security time, the house, where identifiers
//! come from. Knows no command.

use jiff::civil::Date;

use crate::{
    access::Viewer,
    authorisation::Role,
    house::House,
    id::{CommandId, IdSource, PersonId, RegistryId},
    time::Timestamp,
};

/// The person in whose name the holder of the key acts when he names nobody.
pub const OPERATOR: PersonId = PersonId::new(*b"chancery-operato");

/// The way by which a command came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A person signed in, or that person's token.
    Person,
    /// The holder of the key, on the machine itself, in a person's name.
    Operator,
}

/// Who gives a command, as the house stands now.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub person: PersonId,
    /// By which way.
    pub channel: Channel,
    /// Whether he proved a short while ago that it is he: what two persons do together asks for it.
    pub fresh: bool,
    /// What he holds today.
    pub viewer: Viewer,
}

impl Caller {
    /// True when the caller has a role.
    pub fn has(&self, role: Role, registry: Option<RegistryId>) -> bool {
        self.viewer.has(role, registry)
    }
    /// True for the holder of the key who acts in nobody's name but his own.
    pub fn is_operator(&self) -> bool {
        self.channel == Channel::Operator && self.person == OPERATOR
    }
    /// True when the caller may register in a registry.
    pub fn registers(&self, registry: RegistryId) -> bool {
        self.is_operator() || self.viewer.registers(registry)
    }
}

/// What a decision may know beside the command and what was loaded for it.
#[derive(Debug)]
pub struct Context<'a> {
    /// The ledger that will be written.
    pub registry: RegistryId,
    /// Who gave the command.
    pub actor: PersonId,
    /// Which command.
    pub command: CommandId,
    /// Security time.
    pub now: Timestamp,
    /// The day where the registry is.
    pub today: Date,
    /// The house.
    pub house: &'a House,
    /// Where identifiers come from.
    pub ids: &'a IdSource,
}

impl Context<'_> {
    /// The `n`th new identifier of this command.
    pub fn new_id(&self, n: u32) -> [u8; 16] {
        self.ids.derive(self.registry, self.actor, self.command, n)
    }
}
