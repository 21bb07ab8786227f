//! Addresses: which ones a secret may be sent to, and how values are put into them. Owns nothing else.

/// Whether something secret may be sent there: over TLS, or to this machine itself (RFC 8252 section 8.3).
pub(crate) fn is_safe(address: &str) -> bool {
    let plain = |rest: &str| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = match host.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            Some((inner, _)) => inner,
            None => host.split(':').next().unwrap_or_default(),
        };
        matches!(name, "127.0.0.1" | "localhost" | "::1")
    };
    let clean = address.len() <= 2_000 && address.chars().all(|letter| ('!'..='~').contains(&letter));
    let no_user = |rest: &str| !rest.split(['/', '?', '#']).next().unwrap_or_default().contains(['@', '\\']);
    clean
        && match (address.strip_prefix("https://"), address.strip_prefix("http://")) {
            (Some(rest), _) => no_user(rest) && !rest.is_empty(),
            (None, Some(rest)) => no_user(rest) && plain(rest),
            (None, None) => false,
        }
}

/// Name and value pairs as in a form (application/x-www-form-urlencoded).
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Everything but letters, digits and `-._~` as percent signs and hexadecimal digits.
pub(crate) fn escape(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_goes_over_tls_or_stays_on_this_machine() {
        for good in
            ["https://id.example/a", "http://127.0.0.1:8080/x", "http://localhost/", "http://[::1]:1/"]
        {
            assert!(is_safe(good), "{good}");
        }
        for bad in [
            "http://id.example/",
            "http://127.0.0.1@evil.example/",
            "http://localhost.evil.example/",
            "https://user@id.example/",
            "https://id.example/\r\nX: y",
            "ftp://id.example/",
            "https://",
            "",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(form(&[("a b", "c&d=é")]), "a%20b=c%26d%3D%C3%A9");
    }
}
