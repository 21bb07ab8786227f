//! Filters as they are set, in text (RFC 4515), made a value. Owns the reading of that text. A filter with a name in it that
//! the directory gave is never made of text.

use ldap3_proto::proto::{LdapFilter, LdapMatchingRuleAssertion, LdapSubstringFilter};

use crate::settings::is_attribute;

/// Most bytes of a filter, and how deep one may stand within others.
const LONGEST: usize = 8 * 1024;
const DEEPEST: usize = 32;

/// Reads a filter; why it is none.
pub(crate) fn filter(text: &str) -> Result<LdapFilter, &'static str> {
    if text.len() > LONGEST {
        return Err("it is too long");
    }
    let mut rest = text.trim();
    let filter = one(&mut rest, DEEPEST)?;
    if rest.is_empty() { Ok(filter) } else { Err("something stands behind its closing bracket") }
}

fn one(rest: &mut &str, deep: usize) -> Result<LdapFilter, &'static str> {
    let deep = deep.checked_sub(1).ok_or("it is nested too deeply")?;
    take(rest, '(')?;
    let filter = match rest.chars().next() {
        Some('&') => LdapFilter::And(many(rest, '&', deep)?),
        Some('|') => LdapFilter::Or(many(rest, '|', deep)?),
        Some('!') => {
            take(rest, '!')?;
            LdapFilter::Not(Box::new(one(rest, deep)?))
        }
        _ => item(rest)?,
    };
    take(rest, ')')?;
    Ok(filter)
}

fn many(rest: &mut &str, sign: char, deep: usize) -> Result<Vec<LdapFilter>, &'static str> {
    take(rest, sign)?;
    let mut all = Vec::new();
    while rest.trim_start().starts_with('(') {
        all.push(one(rest, deep)?);
    }
    Ok(all)
}

fn take(rest: &mut &str, sign: char) -> Result<(), &'static str> {
    let next = rest.trim_start().strip_prefix(sign);
    *rest = next.ok_or("its brackets do not close")?;
    *rest = rest.trim_start();
    Ok(())
}

/// `attribute=value` and its kin, up to the closing bracket.
fn item(rest: &mut &str) -> Result<LdapFilter, &'static str> {
    let end = rest.find([')', '(']).ok_or("its brackets do not close")?;
    let (text, after) = rest.split_at(end);
    *rest = after;
    let (left, value) = text.split_once('=').ok_or("it compares nothing")?;
    if let Some(left) = left.strip_suffix(':') {
        return extensible(left, value);
    }
    let (left, sign) = match left.char_indices().last() {
        Some((at, sign @ ('>' | '<' | '~'))) => (left.get(..at).unwrap_or_default(), sign),
        _ => (left, '='),
    };
    let attribute = attribute(left)?;
    match sign {
        '>' => Ok(LdapFilter::GreaterOrEqual(attribute, plain(value)?)),
        '<' => Ok(LdapFilter::LessOrEqual(attribute, plain(value)?)),
        '~' => Ok(LdapFilter::Approx(attribute, plain(value)?)),
        _ if value == "*" => Ok(LdapFilter::Present(attribute)),
        _ if value.contains('*') => Ok(LdapFilter::Substring(attribute, parts(value)?)),
        _ => Ok(LdapFilter::Equality(attribute, plain(value)?)),
    }
}

fn attribute(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if is_attribute(text) { Ok(text.to_owned()) } else { Err("what it compares is no name of an attribute") }
}

/// `attribute:dn:rule:=value`, of which rule or attribute may be missing.
fn extensible(left: &str, value: &str) -> Result<LdapFilter, &'static str> {
    let mut pieces = left.split(':');
    let first = pieces.next().unwrap_or_default().trim();
    let type_ = if first.is_empty() { None } else { Some(attribute(first)?) };
    let (mut dn_attributes, mut matching_rule) = (false, None);
    for piece in pieces {
        match piece {
            "dn" if !dn_attributes && matching_rule.is_none() => dn_attributes = true,
            rule if matching_rule.is_none() => matching_rule = Some(attribute(rule)?),
            _ => return Err("its rule cannot be understood"),
        }
    }
    if type_.is_none() && matching_rule.is_none() {
        return Err("it names neither attribute nor rule");
    }
    let match_value = plain(value)?;
    Ok(LdapFilter::Extensible(LdapMatchingRuleAssertion { matching_rule, type_, match_value, dn_attributes }))
}

fn parts(value: &str) -> Result<LdapSubstringFilter, &'static str> {
    let mut pieces = value.split('*').map(plain).collect::<Result<Vec<_>, _>>()?;
    let last = pieces.pop().filter(|piece| !piece.is_empty());
    let mut pieces = pieces.into_iter();
    let initial = pieces.next().filter(|piece| !piece.is_empty());
    Ok(LdapSubstringFilter { initial, any: pieces.filter(|piece| !piece.is_empty()).collect(), final_: last })
}

/// A value with what is escaped in it by two digits of a byte.
fn plain(text: &str) -> Result<String, &'static str> {
    let wrong = "behind a backslash stand two digits of a byte";
    let mut bytes = Vec::with_capacity(text.len());
    let mut letters = text.bytes();
    while let Some(byte) = letters.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(letters.next().unwrap_or_default()).to_digit(16).ok_or(wrong);
        let byte = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(byte).map_err(|_| wrong)?);
    }
    String::from_utf8(bytes).map_err(|_| "its escaped bytes are no text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use LdapFilter as F;
    use proptest::prelude::*;

    fn is(attribute: &str, value: &str) -> LdapFilter {
        F::Equality(attribute.into(), value.into())
    }

    #[test]
    fn filters_are_read_as_the_standard_writes_them() {
        assert_eq!(filter("(cn=Babs Jensen)"), Ok(is("cn", "Babs Jensen")));
        assert_eq!(filter("(memberOf=CN=Plans,DC=hq)"), Ok(is("memberOf", "CN=Plans,DC=hq")));
        assert_eq!(filter(r"(cn=a \28b\29 \2a \5c \c3\a9)"), Ok(is("cn", r"a (b) * \ é")));
        assert_eq!(filter("(uid=*)"), Ok(F::Present("uid".into())));
        assert_eq!(filter("(n>=5)"), Ok(F::GreaterOrEqual("n".into(), "5".into())));
        let both = F::And(vec![is("a", "1"), F::Not(Box::new(is("b", "2")))]);
        assert_eq!(filter(" ( & (a=1) ( !(b=2) ) ) "), Ok(both));
        let parts = LdapSubstringFilter {
            initial: Some("univ".into()),
            any: vec!["of".into()],
            final_: Some("mich".into()),
        };
        assert_eq!(filter("(o=univ*of*mich)"), Ok(F::Substring("o".into(), parts)));
        let Ok(F::Extensible(bit)) = filter("(userAccountControl:1.2.840.113556.1.4.803:=2)") else {
            panic!()
        };
        assert_eq!(bit.matching_rule.as_deref(), Some("1.2.840.113556.1.4.803"));
        assert_eq!(bit.type_.as_deref(), Some("userAccountControl"));
        assert!(!bit.dn_attributes);
        let Ok(F::Extensible(dn)) = filter("(ou:dn:=Staff)") else { panic!() };
        assert!(dn.dn_attributes && dn.matching_rule.is_none());
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        for text in
            ["", "cn=a", "(cn=a", "(cn=a))", "(cn)", "(=a)", r"(cn=\2)", r"(cn=\ff)", "(c n=a)", "(:=a)"]
        {
            assert!(filter(text).is_err(), "{text}");
        }
        let deep = format!("{}(a=b){}", "(!".repeat(40), ")".repeat(40));
        assert_eq!(filter(&deep), Err("it is nested too deeply"));
    }

    proptest! {
        #[test]
        fn no_text_is_too_much_for_it(text in any::<String>(), odd in r"[()&|!=*:~<>\\a-c0-9 ]{0,40}") {
            let _ = (filter(&text), filter(&odd));
        }

        #[test]
        fn a_value_that_is_escaped_comes_back_whatever_stands_in_it(value in "[^*]{1,20}") {
            let escaped: String = value.bytes().map(|byte| format!("\\{byte:02x}")).collect();
            prop_assert_eq!(filter(&format!("(cn={escaped})")), Ok(is("cn", &value)));
        }
    }
}
