//! Signed words of the provider (RFC 7515, 7517, 7518): whose key, which algorithm, is the signature good. Owns the few
//! algorithms that are taken; what the words say is not known here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;

use crate::Refusal;

/// The letters of a token that are looked at.
const TOKEN: usize = 64 * 1024;
/// The keys that are tried.
const KEYS: usize = 50;

/// A provider's public keys.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Keys {
    keys: Vec<Key>,
}

#[derive(Clone, Debug, Deserialize)]
struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    used_for: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

fn decode(word: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(word).ok()
}

/// The words of a token, if a key of the provider signed them. `none` and the algorithms with a shared secret are not
/// taken, whatever the token says of itself.
pub(crate) fn verified(token: &str, keys: &Keys) -> Result<Vec<u8>, Refusal> {
    let malformed = Refusal::Nonsense("its token is not of the agreed form");
    if token.len() > TOKEN {
        return Err(malformed);
    }
    let parts: Vec<&str> = token.split('.').collect();
    let [header, words, signature] = parts.as_slice() else { return Err(malformed) };
    let signed = format!("{header}.{words}");
    let (Some(header), Some(words), Some(signature)) = (decode(header), decode(words), decode(signature))
    else {
        return Err(malformed);
    };
    let Ok(header) = serde_json::from_slice::<Header>(&header) else { return Err(malformed) };
    if header.crit.is_some() {
        return Err(Refusal::Nonsense("its token asks for what we cannot do"));
    }
    let good = keys
        .keys
        .iter()
        .take(KEYS)
        .filter(|key| key.fits(&header))
        .any(|key| key.signed(&header.alg, signed.as_bytes(), &signature).is_some());
    if good { Ok(words) } else { Err(Refusal::WrongSignature) }
}

impl Key {
    fn fits(&self, header: &Header) -> bool {
        self.used_for.as_deref().is_none_or(|used| used == "sig")
            && self.alg.as_deref().is_none_or(|alg| alg == header.alg)
            && (header.kid.is_none() || self.kid == header.kid)
    }

    fn signed(&self, alg: &str, words: &[u8], signature: &[u8]) -> Option<()> {
        match (alg, self.kty.as_str(), self.crv.as_deref()) {
            ("RS256", "RSA", _) => self.rsa()?.verify(&RSA_PKCS1_2048_8192_SHA256, words, signature).ok(),
            ("PS256", "RSA", _) => self.rsa()?.verify(&RSA_PSS_2048_8192_SHA256, words, signature).ok(),
            ("ES256", "EC", Some("P-256")) => {
                let (x, y) = (decode(self.x.as_deref()?)?, decode(self.y.as_deref()?)?);
                if x.len() != 32 || y.len() != 32 {
                    return None;
                }
                let point = [&[4][..], &x, &y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(words, signature).ok()
            }
            ("EdDSA" | "Ed25519", "OKP", Some("Ed25519")) => {
                let x = decode(self.x.as_deref()?)?;
                UnparsedPublicKey::new(&ED25519, x).verify(words, signature).ok()
            }
            _ => None,
        }
    }

    fn rsa(&self) -> Option<RsaPublicKeyComponents<Vec<u8>>> {
        let number = |word: &Option<String>| {
            let mut bytes = decode(word.as_deref()?)?;
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            bytes.drain(..zeros);
            Some(bytes)
        };
        Some(RsaPublicKeyComponents { n: number(&self.n)?, e: number(&self.e)? })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use ring::rand::SystemRandom;
    use ring::signature::{Ed25519KeyPair, KeyPair as _};

    /// A key of a provider that tests sign with.
    pub(crate) struct Signer(Ed25519KeyPair);

    impl Signer {
        pub(crate) fn new(seed: u8) -> Self {
            Self(Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap())
        }

        pub(crate) fn keys(&self, kid: &str) -> serde_json::Value {
            let x = URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref());
            serde_json::json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": kid, "x": x, "use": "sig"}]})
        }

        pub(crate) fn sign(&self, header: &serde_json::Value, words: &serde_json::Value) -> String {
            let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let signed = format!("{}.{}", part(header), part(words));
            let signature = URL_SAFE_NO_PAD.encode(self.0.sign(signed.as_bytes()));
            format!("{signed}.{signature}")
        }
    }

    fn keys(signer: &Signer) -> Keys {
        serde_json::from_value(signer.keys("one")).unwrap()
    }

    #[test]
    fn only_what_the_provider_signed_is_taken() {
        let signer = Signer::new(1);
        let words = serde_json::json!({"sub": "x"});
        let header = serde_json::json!({"alg": "EdDSA", "kid": "one"});
        let token = signer.sign(&header, &words);
        assert_eq!(verified(&token, &keys(&signer)).unwrap(), words.to_string().as_bytes());
        assert_eq!(verified(&token, &keys(&Signer::new(2))), Err(Refusal::WrongSignature));
        let other = URL_SAFE_NO_PAD.encode(r#"{"sub":"y"}"#);
        let parts: Vec<&str> = token.split('.').collect();
        let forged = format!("{}.{other}.{}", parts[0], parts[2]);
        assert_eq!(verified(&forged, &keys(&signer)), Err(Refusal::WrongSignature));
        for header in [
            serde_json::json!({"alg": "none", "kid": "one"}),
            serde_json::json!({"alg": "HS256", "kid": "one"}),
            serde_json::json!({"alg": "RS256", "kid": "one"}),
            serde_json::json!({"alg": "EdDSA", "kid": "two"}),
        ] {
            assert_eq!(verified(&signer.sign(&header, &words), &keys(&signer)), Err(Refusal::WrongSignature));
        }
        let critical = signer.sign(&serde_json::json!({"alg": "EdDSA", "crit": ["x"]}), &words);
        assert!(matches!(verified(&critical, &keys(&signer)), Err(Refusal::Nonsense(_))));
        let unsigned = format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), parts[1]);
        assert_eq!(verified(&unsigned, &keys(&signer)), Err(Refusal::WrongSignature));
    }

    #[test]
    fn an_elliptic_key_is_taken_and_a_short_one_not() {
        use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let point = pair.public_key().as_ref();
        let key = |x: &[u8]| {
            serde_json::from_value::<Keys>(serde_json::json!({"keys": [{
                "kty": "EC", "crv": "P-256",
                "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(&point[33..]),
            }]}))
            .unwrap()
        };
        let signed =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256"}"#), URL_SAFE_NO_PAD.encode("{}"));
        let signature = pair.sign(&random, signed.as_bytes()).unwrap();
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
        assert!(verified(&token, &key(&point[1..33])).is_ok());
        assert!(verified(&token, &key(&point[1..32])).is_err());
    }

    proptest! {
        #[test]
        fn no_token_panics(token in "[A-Za-z0-9_.{}\"-]{0,200}") {
            let _ = verified(&token, &keys(&Signer::new(1)));
        }
    }
}
