//! What one entry says: who somebody is, whether his account is switched off, the members of a group. Owns how attributes
//! are read; asks nothing.

use ldap3_proto::proto::LdapSearchResultEntry;

use crate::{Disabled, People};

/// Somebody in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// His entry's name, as the directory writes it.
    pub entry: String,
    /// His sign-in name, without the ending that is left out, in small letters.
    pub login: String,
    /// His name as it is written.
    pub shown: String,
    /// His lasting id, where one is read.
    pub lasting: Option<String>,
    /// Whether his account is switched off.
    pub disabled: bool,
}

/// Somebody, and his sign-in name as the directory has it; none where he has none of ours.
pub(crate) fn account(entry: &LdapSearchResultEntry, people: &People) -> Option<(Account, String)> {
    let full = texts(entry, &people.login).into_iter().next()?.trim().to_lowercase();
    let login = full.strip_suffix(&people.ending.to_lowercase())?.to_owned();
    if login.is_empty() {
        return None;
    }
    let shown = texts(entry, &people.name).into_iter().next();
    let account = Account {
        entry: entry.dn.clone(),
        shown: shown.map_or_else(|| login.clone(), |name| line(&name)),
        login,
        lasting: people.lasting.as_ref().and_then(|attribute| lasting(entry, attribute)),
        disabled: people.disabled.as_ref().is_some_and(|disabled| is_disabled(entry, disabled)),
    };
    Some((account, full))
}

/// A name on one line, not long: it is shown.
fn line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(200).collect::<String>().trim().to_owned()
}

fn is_disabled(entry: &LdapSearchResultEntry, disabled: &Disabled) -> bool {
    let values = texts(entry, &disabled.attribute);
    match (&disabled.value, disabled.bit) {
        (Some(value), _) => values.iter().any(|it| it.eq_ignore_ascii_case(value)),
        // The number is signed there: the highest bit makes it less than nothing.
        (None, Some(bit)) => values
            .iter()
            .filter_map(|it| it.trim().parse::<i64>().ok())
            .any(|it| it & i64::try_from(bit).unwrap_or_default() != 0),
        (None, None) => !values.is_empty(),
    }
}

/// The lasting id: text, or the sixteen bytes of `objectGUID` as they are written everywhere else.
fn lasting(entry: &LdapSearchResultEntry, attribute: &str) -> Option<String> {
    let value = values(entry, attribute).next()?;
    if attribute.eq_ignore_ascii_case("objectGUID") {
        let [a, b, c, d, e, f, g, h, rest @ ..] = value.as_slice() else { return None };
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let (four, tail) = rest.split_at_checked(2)?;
        let first = hex(&[*d, *c, *b, *a]);
        return Some(format!("{first}-{}-{}-{}-{}", hex(&[*f, *e]), hex(&[*h, *g]), hex(four), hex(tail)));
    }
    String::from_utf8(value.clone()).ok().map(|text| line(&text)).filter(|text| !text.is_empty())
}

fn values<'a>(entry: &'a LdapSearchResultEntry, attribute: &'a str) -> impl Iterator<Item = &'a Vec<u8>> {
    let found = entry.attributes.iter().filter(move |a| a.atype.eq_ignore_ascii_case(attribute));
    found.flat_map(|a| &a.vals)
}

/// The values of an attribute that are text.
pub(crate) fn texts(entry: &LdapSearchResultEntry, attribute: &str) -> Vec<String> {
    values(entry, attribute).filter_map(|value| String::from_utf8(value.clone()).ok()).collect()
}

/// The values of an attribute that a server may give in pieces, and where the next piece begins, if there is one.
pub(crate) fn pieces(entry: &LdapSearchResultEntry, attribute: &str) -> (Vec<String>, Option<u64>) {
    let (mut all, mut next) = (texts(entry, attribute), None);
    for told in &entry.attributes {
        let Some((name, options)) = told.atype.split_once(';') else { continue };
        let range = options.split(';').find_map(|option| {
            let option = option.to_ascii_lowercase();
            Some(option.strip_prefix("range=")?.split_once('-')?.1.to_owned())
        });
        let Some(end) = range.filter(|_| name.eq_ignore_ascii_case(attribute)) else { continue };
        all.extend(told.vals.iter().filter_map(|value| String::from_utf8(value.clone()).ok()));
        next = end.parse::<u64>().ok().and_then(|end| end.checked_add(1)).filter(|_| !told.vals.is_empty());
    }
    (all, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3_proto::proto::LdapPartialAttribute;

    fn entry(attributes: &[(&str, &[&[u8]])]) -> LdapSearchResultEntry {
        let attribute = |(name, vals): &(&str, &[&[u8]])| LdapPartialAttribute {
            atype: (*name).into(),
            vals: vals.iter().map(|value| value.to_vec()).collect(),
        };
        LdapSearchResultEntry { dn: "cn=x".into(), attributes: attributes.iter().map(attribute).collect() }
    }

    #[test]
    fn values_that_come_in_pieces_are_asked_for_to_the_last() {
        let first = entry(&[("member;range=0-1", &[b"a", b"b"])]);
        assert_eq!(pieces(&first, "member"), (vec!["a".into(), "b".into()], Some(2)));
        let last = entry(&[("Member;Range=2-*", &[b"c"])]);
        assert_eq!(pieces(&last, "member"), (vec!["c".into()], None));
        assert_eq!(pieces(&entry(&[("member", &[b"d"])]), "member"), (vec!["d".into()], None));
        // A piece without anything in it ends them: else it would be asked for without end.
        assert_eq!(pieces(&entry(&[("member;range=0-9", &[])]), "member"), (vec![], None));
    }

    #[test]
    fn an_account_that_is_switched_off_is_known_by_bit_value_or_presence() {
        let by =
            |value: Option<&str>, bit| Disabled { attribute: "a".into(), value: value.map(Into::into), bit };
        assert!(is_disabled(&entry(&[("A", &[b"514"])]), &by(None, Some(2))));
        assert!(!is_disabled(&entry(&[("a", &[b"512"])]), &by(None, Some(2))));
        assert!(is_disabled(&entry(&[("a", &[b"-2147483646"])]), &by(None, Some(2))));
        assert!(!is_disabled(&entry(&[("a", &[b"many"])]), &by(None, Some(2))));
        assert!(is_disabled(&entry(&[("a", &[b"true"])]), &by(Some("TRUE"), None)));
        assert!(is_disabled(&entry(&[("a", &[b"20260101"])]), &by(None, None)));
        assert!(!is_disabled(&entry(&[]), &by(None, None)));
    }

    #[test]
    fn a_guid_is_written_as_everywhere_else() {
        let bytes: Vec<u8> = (0_u8..16).collect();
        let guid = lasting(&entry(&[("objectGUID", &[&bytes])]), "objectguid");
        assert_eq!(guid.as_deref(), Some("03020100-0504-0706-0809-0a0b0c0d0e0f"));
        assert_eq!(lasting(&entry(&[("objectGUID", &[b"short"])]), "objectGUID"), None);
        assert_eq!(lasting(&entry(&[("entryUUID", &[b"x-1"])]), "entryUUID").as_deref(), Some("x-1"));
    }
}
