//! What is read: members, groups within groups, pages, names of any kind.

use std::collections::BTreeSet;

use groups::{Disabled, Security, Trouble, Way};

use crate::slapd::{SHORT, Slapd};
use crate::{ODD, by, headquarters, logins, read, settings, trusted};

#[tokio::test]
async fn members_are_read_with_those_of_groups_within_and_a_circle_ends() {
    let Some(server) = Slapd::start(&headquarters(0)) else { return };
    for way in [Way::Member, Way::MemberOf] {
        let picture = read(&by(way, &server), &["plans", "inner", "none"]).await.unwrap();
        assert_eq!(picture.people.len(), 3);
        assert_eq!(logins(&picture, 0), BTreeSet::from(["ada", "ben"]), "{way:?}");
        assert_eq!(logins(&picture, 1), BTreeSet::from(["ada", "ben"]), "{way:?}");
        assert!(!picture.groups[2].found && picture.groups[2].members.is_empty());
        let ben = picture.people.iter().find(|account| account.login == "ben").unwrap();
        assert_eq!(ben.shown, "Ben, son of Dan");
        assert_eq!(ben.lasting.as_deref().map(str::len), Some(36));
        let mut flat = by(way, &server);
        flat.groups.nested = 0;
        let picture = read(&flat, &["plans", "inner"]).await.unwrap();
        assert_eq!(logins(&picture, 0), BTreeSet::from(["ada"]), "{way:?}");
        assert_eq!(logins(&picture, 1), BTreeSet::from(["ben"]), "{way:?}");
    }
}

#[tokio::test]
async fn names_full_of_signs_stay_names() {
    let Some(server) = Slapd::start(&headquarters(0)) else { return };
    for way in [Way::Member, Way::MemberOf] {
        let picture = read(&by(way, &server), &[ODD]).await.unwrap();
        assert!(picture.groups[0].found, "{way:?}");
        assert_eq!(logins(&picture, 0), BTreeSet::from(["cid"]), "{way:?}");
    }
    // The same, as a filter that somebody sets: its signs are escaped, and it finds that one entry alone.
    let mut narrow = settings(&server);
    narrow.people.filter = r"(cn=Ben, son of \44an)".into();
    let picture = read(&narrow, &["plans"]).await.unwrap();
    assert_eq!(picture.people.len(), 1);
    narrow.people.filter = r"(cn=\2a)".into();
    assert!(matches!(read(&narrow, &["plans"]).await, Err(Trouble::Nobody { .. })));
}

#[tokio::test]
async fn members_by_sign_in_name_and_accounts_that_are_switched_off() {
    let Some(server) = Slapd::start(&headquarters(0)) else { return };
    let mut settings = by(Way::Login, &server);
    settings.people.disabled =
        Some(Disabled { attribute: "employeeType".into(), value: Some("Disabled".into()), bit: None });
    let picture = read(&settings, &["posix"]).await.unwrap();
    assert_eq!(logins(&picture, 0), BTreeSet::from(["ada"]));
    let off: Vec<&str> = picture.people.iter().filter(|it| it.disabled).map(|it| it.login.as_str()).collect();
    assert_eq!(off, ["cid"]);
}

#[tokio::test]
async fn more_than_a_server_gives_at_once_comes_page_by_page_and_a_part_is_none() {
    let Some(server) = Slapd::start(&headquarters(1_200)) else { return };
    let mut settings = settings(&server);
    settings.server.security = Security::Tls(trusted(&server.authority));
    settings.server.port = server.tls_port;
    let picture = read(&settings, &["all"]).await.unwrap();
    assert_eq!((picture.people.len(), picture.groups[0].members.len()), (1_203, 1_200));
    // An account that is given a hundred and no pages: half a list is no list.
    settings.server.user = SHORT.into();
    let refused = read(&settings, &["all"]).await.unwrap_err();
    assert!(matches!(refused, Trouble::Part { .. } | Trouble::Refused { .. }), "{refused}");
}

#[tokio::test]
async fn what_is_too_deep_too_much_or_not_there_is_told() {
    let Some(server) = Slapd::start(&headquarters(0)) else { return };
    let mut deep = settings(&server);
    deep.groups.nested = 1;
    // outer holds odd, which is one deep; a circle of two is not deeper than that.
    assert_eq!(logins(&read(&deep, &["outer"]).await.unwrap(), 0), BTreeSet::from(["cid"]));
    assert_eq!(logins(&read(&deep, &["plans"]).await.unwrap(), 0), BTreeSet::from(["ada", "ben"]));
    let mut absent = settings(&server);
    absent.people.base = "ou=nowhere,dc=hq,dc=example".into();
    assert!(matches!(read(&absent, &[]).await, Err(Trouble::BaseMissing { .. })));
    let narrow = groups::Limits { people: 2, ..groups::Limits::default() };
    let password = groups::Password::new(crate::slapd::PASSWORD);
    let refused = groups::read(&settings(&server), &password, &[], &narrow).await;
    assert_eq!(refused, Err(Trouble::TooMuch { what: "people", limit: 2 }));
    let narrow = groups::Limits { bytes: 400, ..groups::Limits::default() };
    let refused = groups::read(&settings(&server), &password, &[], &narrow).await;
    assert_eq!(refused, Err(Trouble::TooMuch { what: "bytes", limit: 400 }));
}
