//! What differs between a directory and the house: who belongs to a group there and holds nothing for it here, who holds it
//! here and does not belong there, who has gone there and not here. Pure, and a list for people: nothing follows from it
//! by itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use groups::{Account, Picture};
use jiff::civil::Date;
use registry::{
    AuthorisationId, PersonId,
    authorisation::{Authorisation, Grant, Standing},
    person::Person,
    reference::sort_key,
};

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// He has gone or is switched off there, and has not left here.
    Gone,
    /// He holds something here for which no group lists him there.
    Unlisted,
    /// A group lists him there, and he does not hold here what it stands for.
    Lacking,
    /// The same, and it was proposed: a second officer is waited for.
    Waiting,
    /// He has left here, and a group lists him there still.
    Left,
    /// A group lists somebody whom the house does not know.
    Unknown,
    /// Two entries have one sign-in name: nothing is said of him until that is mended there.
    Doubled,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Gone, Self::Unlisted, Self::Lacking, Self::Waiting, Self::Left, Self::Unknown, Self::Doubled];

    /// Its word in addresses and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Unlisted => "unlisted",
            Self::Lacking => "lacking",
            Self::Waiting => "waiting",
            Self::Left => "left",
            Self::Unknown => "unknown",
            Self::Doubled => "doubled",
        }
    }
}

/// How somebody stands in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum There {
    /// He is there.
    Here,
    /// He is there, and his account is switched off.
    Off,
    /// He is not there.
    Nowhere,
}

impl There {
    /// Its word in texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Off => "off",
            Self::Nowhere => "nowhere",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What differs.
    pub kind: Kind,
    /// How he stands there.
    pub there: There,
    /// Who, where the house knows him.
    pub person: Option<PersonId>,
    /// His name: the house's, else the directory's.
    pub name: String,
    /// His sign-in name: the house's, else the directory's.
    pub login: String,
    /// What it is about, where it is about something that may be held.
    pub grant: Option<Grant>,
    /// The groups of the directory that stand for it: those that list him, or all of them where none does.
    pub directory: Vec<String>,
    /// What he holds, where that is what differs; what was proposed, where that waits.
    pub authorisation: Option<AuthorisationId>,
}

/// The house's side.
#[derive(Debug)]
pub struct House<'a> {
    /// Everybody.
    pub people: &'a [Person],
    /// What is proposed or confirmed, and not revoked.
    pub standing: &'a [Authorisation],
    /// The lasting ids by which the directory vouched for people.
    pub lasting: &'a HashMap<PersonId, String>,
    /// Sign-in names of people who stand in no directory on purpose.
    pub elsewhere: &'a BTreeSet<String>,
    /// The day.
    pub today: Date,
}

/// Who is who, for each person his account, for each account its person; and who holds what.
struct Ties<'a> {
    accounts: HashMap<PersonId, &'a Account>,
    persons: HashMap<usize, &'a Person>,
    doubled: BTreeSet<&'a str>,
    held: HashMap<String, HashMap<PersonId, Vec<&'a Authorisation>>>,
}

impl<'a> Ties<'a> {
    fn new(picture: &'a Picture, house: &House<'a>) -> Self {
        let (mut by_login, mut by_lasting) = (HashMap::new(), HashMap::new());
        let mut doubled = BTreeSet::new();
        for (place, account) in picture.people.iter().enumerate() {
            if by_login.insert(account.login.as_str(), place).is_some() {
                doubled.insert(account.login.as_str());
            }
            if let Some(lasting) = &account.lasting {
                by_lasting.insert(lasting.to_lowercase(), place);
            }
        }
        let (mut accounts, mut persons) = (HashMap::new(), HashMap::new());
        for person in house.people {
            // Sign-in names are given anew when people leave; the id for which somebody was vouched is not.
            let place = match house.lasting.get(&person.id) {
                Some(lasting) => by_lasting.get(&lasting.to_lowercase()),
                None => by_login.get(person.login.to_lowercase().as_str()),
            };
            if let Some(&place) = place
                && let Some(account) = picture.people.get(place)
            {
                accounts.insert(person.id, account);
                persons.insert(place, person);
            }
        }
        Self { accounts, persons, doubled, held: held(house) }
    }

    /// What a person holds of what a key names: what is confirmed before what waits.
    fn held(&self, key: &str, person: PersonId) -> &[&'a Authorisation] {
        self.held.get(key).and_then(|of| of.get(&person)).map_or(&[], Vec::as_slice)
    }

    fn there(&self, person: &Person) -> There {
        match self.accounts.get(&person.id) {
            None => There::Nowhere,
            Some(account) if account.disabled => There::Off,
            Some(_) => There::Here,
        }
    }

    /// Whether two entries have the name of this person, or of his account.
    fn is_doubled(&self, person: &Person) -> bool {
        let own = self.accounts.get(&person.id).map(|account| account.login.as_str());
        own.is_some_and(|login| self.doubled.contains(login))
            || self.doubled.contains(person.login.to_lowercase().as_str())
    }
}

/// What a grant is, to put those together that stand for the same.
fn key(grant: &Grant) -> Option<String> {
    match grant {
        Grant::Membership { group } => Some(format!("group {group}")),
        Grant::Role { role, registry } => {
            Some(format!("role {} {}", role.as_str(), registry.map(|id| id.to_string()).unwrap_or_default()))
        }
        _ => None,
    }
}

/// The directory's groups that stand for one thing.
struct Meant<'a> {
    key: String,
    grant: &'a Grant,
    /// Places of groups in the picture.
    groups: Vec<usize>,
    /// Whether all of them are there: else nobody is said not to be listed.
    whole: bool,
}

/// What differs. `meanings` are places of groups in the picture and what each stands for.
pub fn differences(picture: &Picture, meanings: &[(usize, Grant)], house: &House<'_>) -> Vec<Difference> {
    let ties = Ties::new(picture, house);
    let mut meant: BTreeMap<String, Meant<'_>> = BTreeMap::new();
    for (place, grant) in meanings {
        let (Some(key), Some(group)) = (key(grant), picture.groups.get(*place)) else { continue };
        let one = meant.entry(key.clone()).or_insert(Meant { key, grant, groups: Vec::new(), whole: true });
        one.groups.push(*place);
        one.whole &= group.found;
    }
    let mut found = of_persons(&ties, house);
    for one in meant.values() {
        listed(picture, one, &ties, house, &mut found);
        unlisted(picture, one, &ties, house, &mut found);
    }
    let order = |d: &Difference| (d.kind, sort_key(&d.name), d.login.clone(), d.grant.as_ref().and_then(key));
    found.sort_by_cached_key(order);
    // One who is unknown is told once for each thing, whatever the number of groups.
    found.dedup_by(|a, b| a == b);
    found
}

/// Who has gone, and whose name two have.
fn of_persons(ties: &Ties<'_>, house: &House<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    for person in house.people.iter().filter(|person| is_compared(person, house)) {
        let there = ties.there(person);
        let kind = match there {
            _ if ties.is_doubled(person) => Kind::Doubled,
            There::Here => continue,
            There::Off | There::Nowhere => Kind::Gone,
        };
        found.push(Difference { kind, there, ..of(person) });
    }
    found
}

/// Whether a person is looked for in the directory.
fn is_compared(person: &Person, house: &House<'_>) -> bool {
    !person.has_left(house.today) && !house.elsewhere.contains(&person.login.to_lowercase())
}

fn of(person: &Person) -> Difference {
    Difference {
        kind: Kind::Gone,
        there: There::Here,
        person: Some(person.id),
        name: person.name.clone(),
        login: person.login.clone(),
        grant: None,
        directory: Vec::new(),
        authorisation: None,
    }
}

/// Whom the directory lists for something, and who does not hold it here.
fn listed(
    picture: &Picture,
    meant: &Meant<'_>,
    ties: &Ties<'_>,
    house: &House<'_>,
    found: &mut Vec<Difference>,
) {
    let mut by: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for group in meant.groups.iter().filter_map(|place| picture.groups.get(*place)) {
        for member in &group.members {
            by.entry(*member).or_default().push(group.entry.clone());
        }
    }
    for (place, directory) in by {
        let Some(account) = picture.people.get(place).filter(|account| !account.disabled) else { continue };
        let about = Difference { directory, grant: Some(meant.grant.clone()), ..of_account(account) };
        let Some(person) = ties.persons.get(&place) else {
            if !house.elsewhere.contains(&account.login) && !ties.doubled.contains(account.login.as_str()) {
                found.push(about);
            }
            continue;
        };
        let Difference { directory, grant, .. } = about;
        let about = Difference { directory, grant, ..of(person) };
        if person.has_left(house.today) {
            found.push(Difference { kind: Kind::Left, ..about });
        } else if is_compared(person, house) && !ties.is_doubled(person) {
            match ties.held(&meant.key, person.id).first() {
                None => found.push(Difference { kind: Kind::Lacking, ..about }),
                Some(held) if held.standing == Standing::Proposed => {
                    found.push(Difference { kind: Kind::Waiting, authorisation: Some(held.id), ..about });
                }
                Some(_) => {}
            }
        }
    }
}

fn of_account(account: &Account) -> Difference {
    Difference {
        kind: Kind::Unknown,
        there: There::Here,
        person: None,
        name: account.shown.clone(),
        login: account.login.clone(),
        grant: None,
        directory: Vec::new(),
        authorisation: None,
    }
}

/// What everybody holds, by what it is.
fn held<'a>(house: &House<'a>) -> HashMap<String, HashMap<PersonId, Vec<&'a Authorisation>>> {
    let mut all: HashMap<String, HashMap<PersonId, Vec<&'a Authorisation>>> = HashMap::new();
    for held in house.standing.iter().filter(|a| a.standing != Standing::Revoked) {
        let Some(key) = key(&held.grant) else { continue };
        all.entry(key).or_default().entry(held.person).or_default().push(held);
    }
    for of in all.values_mut().flat_map(HashMap::values_mut) {
        of.sort_by_key(|a| (a.standing == Standing::Proposed, a.proposed_at, a.id));
    }
    all
}

/// Who holds something here, or shall, and whom no group of the directory lists for it.
fn unlisted(
    picture: &Picture,
    meant: &Meant<'_>,
    ties: &Ties<'_>,
    house: &House<'_>,
    found: &mut Vec<Difference>,
) {
    // A group that is not there lists nobody: that is the settings' fault, or the directory's, and nobody's here.
    if !meant.whole {
        return;
    }
    let groups: Vec<&groups::Group> =
        meant.groups.iter().filter_map(|place| picture.groups.get(*place)).collect();
    let listed: BTreeSet<PersonId> = groups
        .iter()
        .flat_map(|group| &group.members)
        .filter(|place| picture.people.get(**place).is_some_and(|account| !account.disabled))
        .filter_map(|place| ties.persons.get(place).map(|person| person.id))
        .collect();
    for person in house.people {
        if !is_compared(person, house) || ties.is_doubled(person) || listed.contains(&person.id) {
            continue;
        }
        for held in ties.held(&meant.key, person.id) {
            found.push(Difference {
                kind: Kind::Unlisted,
                there: ties.there(person),
                grant: Some(held.grant.clone()),
                directory: groups.iter().map(|group| group.entry.clone()).collect(),
                authorisation: Some(held.id),
                ..of(person)
            });
        }
    }
}
