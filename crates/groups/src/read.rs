//! One reading: who is there, and who belongs to each of some groups, with those who belong through groups within it. Owns
//! that what was read is whole.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use ldap3_proto::control::LdapControl;
use ldap3_proto::proto::{
    LdapBindCred, LdapBindRequest, LdapDerefAliases, LdapFilter, LdapOp, LdapResult, LdapResultCode,
    LdapSearchRequest, LdapSearchResultEntry, LdapSearchScope,
};
use secured::said;
use tokio::time::timeout;

use crate::connect::connect;
use crate::entry::{account, pieces, texts};
use crate::wire::Wire;
use crate::{Account, Doing, Limits, Name, Password, Settings, Trouble, Way};

/// A group that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name as it was asked for.
    pub entry: String,
    /// Whether it is there.
    pub found: bool,
    /// Who belongs to it: places in [`Picture::people`].
    pub members: BTreeSet<usize>,
}

/// What the directory says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Everybody whom it shows, with a sign-in name of ours.
    pub people: Vec<Account>,
    /// The groups in the order in which they were asked for.
    pub groups: Vec<Group>,
}

/// Reads the whole of it.
///
/// # Errors
/// [`Trouble`]; then nothing was read.
pub async fn read(
    settings: &Settings,
    password: &Password,
    groups: &[String],
    limits: &Limits,
) -> Result<Picture, Trouble> {
    settings.check()?;
    let too_long = Trouble::TooLong { seconds: limits.whole.as_secs() };
    timeout(limits.whole, whole(settings, password, groups, limits)).await.unwrap_or(Err(too_long))
}

async fn whole(
    settings: &Settings,
    password: &Password,
    groups: &[String],
    limits: &Limits,
) -> Result<Picture, Trouble> {
    let (people, within) = settings.filters()?;
    let mut wire = connect(&settings.server, limits).await?;
    sign_in(&mut wire, settings, password).await?;
    let mut reading = Reading {
        wire,
        settings,
        limits,
        within,
        people: Vec::new(),
        by_entry: HashMap::new(),
        by_login: HashMap::new(),
        by_group: HashMap::new(),
        known: HashMap::new(),
        looked: 0,
    };
    reading.people(people).await?;
    let mut told = Vec::with_capacity(groups.len());
    for group in groups {
        told.push(reading.group(group).await?);
    }
    let Reading { mut wire, people, .. } = reading;
    // It hears no answer; what was read is whole whether it gets there or not.
    let _ = wire.say(Doing::Groups, LdapOp::UnbindRequest, Vec::new()).await;
    Ok(Picture { people, groups: told })
}

async fn sign_in(wire: &mut Wire, settings: &Settings, password: &Password) -> Result<(), Trouble> {
    let user = settings.server.user.clone();
    let cred = LdapBindCred::Simple(password.reveal().to_owned());
    let bind = LdapOp::BindRequest(LdapBindRequest { version: 3, dn: user.clone(), cred });
    let answer = wire.ask(Doing::SigningIn, bind, Vec::new()).await?;
    let LdapOp::BindResponse(answer) = answer.op else {
        return Err(Trouble::Nonsense { doing: Doing::SigningIn, why: "it answers something else" });
    };
    let code = &answer.res.code;
    let words =
        if answer.res.message.trim().is_empty() { format!("{code:?}") } else { said(&answer.res.message) };
    match code {
        LdapResultCode::Success => Ok(()),
        LdapResultCode::InvalidCredentials
        | LdapResultCode::NoSuchObject
        | LdapResultCode::InvalidDNSyntax
        | LdapResultCode::InappropriateAuthentication => Err(Trouble::LoginRefused { user, said: words }),
        _ => Err(Trouble::Refused { doing: Doing::SigningIn, said: words }),
    }
}

struct Reading<'a> {
    wire: Wire,
    settings: &'a Settings,
    limits: &'a Limits,
    /// Which entries are groups.
    within: LdapFilter,
    people: Vec<Account>,
    /// Everybody's entry; without a place where he is none of ours.
    by_entry: HashMap<Name, Option<usize>>,
    by_login: HashMap<String, Vec<usize>>,
    /// Who says of himself that he belongs to a group.
    by_group: HashMap<Name, BTreeSet<usize>>,
    /// What was looked up: the members that it names, where it is a group.
    known: HashMap<Name, Option<Vec<String>>>,
    looked: usize,
}

/// What a search ends with.
enum End {
    All,
    /// There is no such entry at which to begin.
    NoBase,
}

impl Reading<'_> {
    async fn people(&mut self, filter: LdapFilter) -> Result<(), Trouble> {
        let people = &self.settings.people;
        let groups = &self.settings.groups;
        let mut attrs = vec![people.login.clone(), people.name.clone()];
        attrs.extend(people.lasting.clone());
        attrs.extend(people.disabled.as_ref().map(|disabled| disabled.attribute.clone()));
        if groups.way == Way::MemberOf {
            attrs.push(groups.told_by().to_owned());
        }
        let asked = search(&people.base, LdapSearchScope::Subtree, filter, attrs);
        let (found, end) = self.paged(Doing::People, asked, "people", self.limits.people).await?;
        if matches!(end, End::NoBase) {
            return Err(Trouble::BaseMissing { base: people.base.clone() });
        }
        for entry in found {
            self.person(&entry)?;
        }
        if self.people.is_empty() {
            return Err(Trouble::Nobody { base: people.base.clone() });
        }
        Ok(())
    }

    fn person(&mut self, entry: &LdapSearchResultEntry) -> Result<(), Trouble> {
        let unread =
            Trouble::Nonsense { doing: Doing::People, why: "it names an entry as none can be named" };
        let name = Name::read(&entry.dn).ok_or(unread)?;
        let Some((account, full)) = account(entry, &self.settings.people) else {
            self.by_entry.insert(name, None);
            return Ok(());
        };
        let place = self.people.len();
        self.by_login.entry(full).or_default().push(place);
        if self.settings.groups.way == Way::MemberOf {
            for group in texts(entry, self.settings.groups.told_by()) {
                if let Some(group) = Name::read(&group) {
                    self.by_group.entry(group).or_default().insert(place);
                }
            }
        }
        self.by_entry.insert(name, Some(place));
        self.people.push(account);
        Ok(())
    }

    /// One group with all that stand within it.
    async fn group(&mut self, asked: &str) -> Result<Group, Trouble> {
        let wrong = || Trouble::Settings { why: format!("“{asked}” is no name in a directory") };
        let root = Name::read(asked).ok_or_else(wrong)?;
        let mut group = Group { entry: asked.to_owned(), found: false, members: BTreeSet::new() };
        let any = LdapFilter::Present("objectClass".into());
        let Some(told) = self.look_up(asked, &root, any).await? else { return Ok(group) };
        group.found = true;
        let nested = self.settings.groups.nested;
        let mut seen = HashSet::from([root.clone()]);
        let mut storey = vec![(asked.to_owned(), root, told)];
        for deep in 0.. {
            let mut below: BTreeMap<Name, String> = BTreeMap::new();
            for (entry, name, told) in std::mem::take(&mut storey) {
                let within = self.belong(&entry, &name, &told, &mut group.members).await?;
                below.extend(within.into_iter().filter(|(name, _)| !seen.contains(name)));
            }
            if nested == 0 {
                break;
            }
            for (name, entry) in below {
                let filter = self.within.clone();
                if let Some(told) = self.look_up(&entry, &name, filter).await? {
                    storey.push((entry, name.clone(), told));
                }
                seen.insert(name);
            }
            if storey.is_empty() {
                break;
            }
            if deep >= nested {
                return Err(Trouble::TooDeep { group: asked.to_owned(), limit: nested });
            }
        }
        Ok(group)
    }

    /// Adds who belongs to a group itself; gives what may be a group within it.
    async fn belong(
        &mut self,
        entry: &str,
        name: &Name,
        told: &[String],
        members: &mut BTreeSet<usize>,
    ) -> Result<Vec<(Name, String)>, Trouble> {
        let mut within = Vec::new();
        match self.settings.groups.way {
            Way::Login => {
                for login in told {
                    members.extend(self.by_login.get(&login.to_lowercase()).into_iter().flatten());
                }
            }
            Way::Member => {
                for member in told {
                    // A name that cannot be read names nobody whom we know.
                    let Some(name) = Name::read(member) else { continue };
                    match self.by_entry.get(&name) {
                        Some(place) => members.extend(place),
                        None => within.push((name, member.clone())),
                    }
                }
            }
            Way::MemberOf => {
                members.extend(self.by_group.get(name).into_iter().flatten());
                within = self.say_they_belong(entry).await?;
            }
        }
        Ok(within)
    }

    /// The groups that say of themselves that they belong to this one.
    async fn say_they_belong(&mut self, entry: &str) -> Result<Vec<(Name, String)>, Trouble> {
        if self.settings.groups.nested == 0 {
            return Ok(Vec::new());
        }
        let told_by = self.settings.groups.told_by().to_owned();
        let filter = LdapFilter::And(vec![self.within.clone(), LdapFilter::Equality(told_by, entry.into())]);
        let base = self.settings.groups.base.as_ref().unwrap_or(&self.settings.people.base);
        // Only names are wanted (RFC 4511 section 4.5.1.8).
        let asked = search(base, LdapSearchScope::Subtree, filter, vec!["1.1".into()]);
        let (found, end) = self.paged(Doing::Groups, asked, "groups", self.limits.groups).await?;
        if matches!(end, End::NoBase) {
            return Err(Trouble::BaseMissing { base: base.clone() });
        }
        let named = found.into_iter().filter_map(|entry| Some((Name::read(&entry.dn)?, entry.dn)));
        Ok(named.collect())
    }

    /// The members that an entry names, where it is there and the filter fits it.
    async fn look_up(
        &mut self,
        entry: &str,
        name: &Name,
        filter: LdapFilter,
    ) -> Result<Option<Vec<String>>, Trouble> {
        if let Some(known) = self.known.get(name) {
            return Ok(known.clone());
        }
        self.looked += 1;
        if self.looked > self.limits.groups {
            return Err(Trouble::TooMuch { what: "groups", limit: self.limits.groups });
        }
        let told_by = self.settings.groups.told_by().to_owned();
        let mut told: Option<Vec<String>> = None;
        let mut wanted = told_by.clone();
        // A server may give the values in pieces, `member;range=0-1499` (Active Directory).
        loop {
            let asked = search(entry, LdapSearchScope::Base, filter.clone(), vec![wanted]);
            let (found, _) = self.paged(Doing::Groups, asked, "entries", 1).await?;
            let Some(found) = found.into_iter().next() else { break };
            let (values, next) = pieces(&found, &told_by);
            let all = told.get_or_insert_default();
            all.extend(values);
            if all.len() > self.limits.people.saturating_mul(2) {
                return Err(Trouble::TooMuch { what: "members", limit: self.limits.people * 2 });
            }
            match next {
                Some(next) => wanted = format!("{told_by};range={next}-*"),
                None => break,
            }
        }
        self.known.insert(name.clone(), told.clone());
        Ok(told)
    }

    /// A search, page by page to its end.
    async fn paged(
        &mut self,
        doing: Doing,
        asked: LdapSearchRequest,
        what: &'static str,
        limit: usize,
    ) -> Result<(Vec<LdapSearchResultEntry>, End), Trouble> {
        let (mut found, mut cookie) = (Vec::new(), Vec::new());
        loop {
            let before = found.len();
            let control = LdapControl::SimplePagedResults { size: i64::from(self.limits.page), cookie };
            self.wire.say(doing, LdapOp::SearchRequest(asked.clone()), vec![control]).await?;
            let (result, controls) = loop {
                let heard = self.wire.hear(doing).await?;
                match heard.op {
                    LdapOp::SearchResultEntry(entry) => found.push(entry),
                    // Other servers are not followed: nobody set whether they are to be trusted.
                    LdapOp::SearchResultReference(_) | LdapOp::IntermediateResponse(_) => {}
                    LdapOp::SearchResultDone(result) => break (result, heard.ctrl),
                    _ => return Err(Trouble::Nonsense { doing, why: "it answers something else" }),
                }
                if found.len() > limit {
                    return Err(Trouble::TooMuch { what, limit });
                }
            };
            if result.code == LdapResultCode::NoSuchObject {
                return Ok((Vec::new(), End::NoBase));
            }
            done(doing, &result)?;
            cookie = controls
                .into_iter()
                .find_map(|control| match control {
                    LdapControl::SimplePagedResults { cookie, .. } => Some(cookie),
                    _ => None,
                })
                .unwrap_or_default();
            if cookie.is_empty() {
                return Ok((found, End::All));
            }
            if found.len() == before {
                return Err(Trouble::Nonsense { doing, why: "it has more pages and nothing on them" });
            }
        }
    }
}

fn search(base: &str, scope: LdapSearchScope, filter: LdapFilter, attrs: Vec<String>) -> LdapSearchRequest {
    LdapSearchRequest {
        base: base.to_owned(),
        scope,
        aliases: LdapDerefAliases::Never,
        sizelimit: 0,
        timelimit: 0,
        typesonly: false,
        filter,
        attrs,
    }
}

/// Whether a search came to its good end.
fn done(doing: Doing, result: &LdapResult) -> Result<(), Trouble> {
    let words = match said(&result.message) {
        words if result.message.trim().is_empty() => format!("{:?}, {words}", result.code),
        words => words,
    };
    match result.code {
        LdapResultCode::Success => Ok(()),
        LdapResultCode::SizeLimitExceeded
        | LdapResultCode::TimeLimitExceeded
        | LdapResultCode::AdminLimitExceeded => Err(Trouble::Part { doing, said: words }),
        _ => Err(Trouble::Refused { doing, said: words }),
    }
}
