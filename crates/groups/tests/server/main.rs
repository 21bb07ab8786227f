//! Groups on a real server: OpenLDAP, run for each test in a folder of its own. Where it is not installed the tests say that
//! they are skipped and why.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod reading;
mod refusals;
mod slapd;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use groups::{Groups, Limits, Password, People, Picture, Security, Server, Settings, Trouble, Trusted, Way};
use slapd::{BASE, PASSWORD, READER, Slapd};

/// Three people with names of their own, of whom the third has left, and groups of all kinds.
pub fn headquarters(many: usize) -> String {
    let mut all = format!(
        "dn: ou=people,{BASE}\nobjectClass: organizationalUnit\nou: people\n\n\
         dn: ou=groups,{BASE}\nobjectClass: organizationalUnit\nou: groups\n\n"
    );
    let inner = format!("memberOf: {}\n", group("inner"));
    let odd = format!("memberOf: {}\n", group(ODD));
    let plans = format!("memberOf: {}\n", group("plans"));
    all += &person("ada", "Ada Lovelace", &plans);
    all += &person("ben", "Ben, son of Dan", &inner);
    all += &person("cid", "Cid", &format!("{odd}employeeType: disabled\n"));
    for n in 0..many {
        all += &person(&format!("u{n:04}"), &format!("User {n}"), "");
    }
    // A circle: plans holds inner, and inner plans; and somebody who is not there any more.
    let gone = format!("uid=gone,ou=people,{BASE}");
    all += &group_of(
        "plans",
        &[&entry("ada"), &group("inner"), &gone],
        &format!("memberOf: {}\n", group("inner")),
    );
    all += &group_of("inner", &[&entry("ben"), &group("plans")], &format!("memberOf: {}\n", group("plans")));
    all += &group_of(ODD, &[&entry("cid")], "");
    all += &group_of("outer", &[&group(ODD)], "");
    let everybody: Vec<String> = (0..many).map(|n| entry(&format!("u{n:04}"))).collect();
    if many > 0 {
        all += &group_of("all", &everybody.iter().map(String::as_str).collect::<Vec<_>>(), "");
    }
    writeln!(
        all,
        "dn: cn=posix,ou=groups,{BASE}\nobjectClass: posixGroup\ncn: posix\ngidNumber: 7\nmemberUid: ADA\n\
         memberUid: nobody\n"
    )
    .unwrap();
    all
}

/// What would end a filter and begin another, were it put into one as text.
pub const ODD: &str = r"odd *\29\28uid\3d*\29 \5c é";

pub fn entry(login: &str) -> String {
    format!("uid={login},ou=people,{BASE}")
}

pub fn group(name: &str) -> String {
    format!("cn={name},ou=groups,{BASE}")
}

fn person(login: &str, name: &str, more: &str) -> String {
    format!(
        "dn: {}\nobjectClass: inetOrgPerson\nuid: {login}\ncn: {name}\nsn: {name}\n{more}\n",
        entry(login)
    )
}

fn group_of(name: &str, members: &[&str], more: &str) -> String {
    let members: String = members.iter().map(|member| format!("member: {member}\n")).collect();
    let plain = name.replace(r"\29", ")").replace(r"\28", "(").replace(r"\5c", "\\").replace(r"\3d", "=");
    format!("dn: {}\nobjectClass: groupOfNames\ncn: {plain}\n{members}{more}\n", group(name))
}

/// Reading this server plainly, for it is this machine.
pub fn settings(server: &Slapd) -> Settings {
    Settings {
        server: Server {
            host: "localhost".into(),
            port: server.plain_port,
            security: Security::PlainLoopback,
            user: READER.into(),
            password_file: "unused".into(),
        },
        people: People {
            base: format!("ou=people,{BASE}"),
            filter: "(objectClass=inetOrgPerson)".into(),
            login: "uid".into(),
            ending: String::new(),
            name: "cn".into(),
            lasting: Some("entryUUID".into()),
            disabled: None,
        },
        groups: Groups { base: Some(format!("ou=groups,{BASE}")), ..Groups::default() },
    }
}

pub fn trusted(authorities: &std::path::Path) -> Trusted {
    Trusted { authorities: authorities.to_owned(), name: None }
}

pub async fn read(settings: &Settings, groups: &[&str]) -> Result<Picture, Trouble> {
    let groups: Vec<String> = groups.iter().map(|name| group(name)).collect();
    groups::read(settings, &Password::new(PASSWORD), &groups, &Limits::default()).await
}

/// The sign-in names of a group, the first of those asked for.
pub fn logins(picture: &Picture, group: usize) -> BTreeSet<&str> {
    picture.groups[group].members.iter().map(|place| picture.people[*place].login.as_str()).collect()
}

pub fn by(way: Way, server: &Slapd) -> Settings {
    let mut settings = settings(server);
    settings.groups.way = way;
    settings
}
