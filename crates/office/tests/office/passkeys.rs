//! Passkeys, with a device of our own that signs as the standard says: who adds one, who gets in by one, and who does not.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as URL64};
use office::{
    Failure, Office, Session,
    doors::{Doors, passkey::Asked},
    signin::{SessionKind, Way},
};
use registry::{Code, PersonId, id::Digest};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

use crate::engines::on_each_engine;

const ORIGIN: &str = "https://registry.example.org";
const PHRASE: &str = "correct horse battery";

/// A security key that holds one passkey.
struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    owner: Vec<u8>,
    used: u32,
}

fn said(kind: &str, asked: &Asked, origin: &str) -> Vec<u8> {
    let challenge = &asked.options["challenge"];
    json!({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false}).to_string().into()
}

fn head(flags: u8, used: u32) -> Vec<u8> {
    let mut data = Digest::of(b"registry.example.org").0.to_vec();
    data.push(flags);
    data.extend(used.to_be_bytes());
    data
}

impl Device {
    /// Makes a passkey, and says so.
    fn makes(asked: &Asked) -> (Self, String) {
        let random = SystemRandom::new();
        let sealed = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, sealed.as_ref(), &random).unwrap();
        let id = Digest::of(key.public_key().as_ref()).0.to_vec();
        let owner = URL64.decode(asked.options["user"]["id"].as_str().unwrap()).unwrap();
        let (x, y) = key.public_key().as_ref()[1..].split_at(32);
        let mut data = head(0x45, 0);
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(&id);
        // A COSE key: EC2, ES256, P-256, x, y.
        data.extend([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]);
        data.extend(x);
        data.extend([0x22, 0x58, 32]);
        data.extend(y);
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let answer = json!({"ceremony": asked.ceremony, "credential": {
            "id": URL64.encode(&id), "rawId": URL64.encode(&id), "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": true}},
            "response": {
                "attestationObject": URL64.encode(object),
                "clientDataJSON": URL64.encode(said("webauthn.create", asked, ORIGIN)),
                "transports": ["usb"],
            },
        }});
        (Self { key, id, owner, used: 0 }, answer.to_string())
    }

    /// Answers for its owner, on a page of an origin.
    fn answers(&mut self, asked: &Asked, origin: &str, flags: u8) -> Value {
        self.used += 1;
        let client = said("webauthn.get", asked, origin);
        let data = head(flags, self.used);
        let mut signed = data.clone();
        signed.extend(Digest::of(&client).0);
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({"ceremony": asked.ceremony, "credential": {
            "id": URL64.encode(&self.id), "rawId": URL64.encode(&self.id), "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "authenticatorData": URL64.encode(data), "clientDataJSON": URL64.encode(client),
                "signature": URL64.encode(signature.as_ref()), "userHandle": URL64.encode(&self.owner),
            },
        }})
    }

    async fn opens(&mut self, office: &Office) -> Result<(PersonId, String), Failure> {
        let asked = office.ask_passkey()?;
        let answer = self.answers(&asked, ORIGIN, 0x05).to_string();
        office.sign_in_by_passkey(&answer).await
    }
}

fn open_doors(office: &Office) {
    std::fs::write(
        office.folder().root().join("sign-in.toml"),
        format!("[passkeys]\norigin = \"{ORIGIN}\"\n"),
    )
    .unwrap();
    let (doors, problems) = Doors::read(office.folder());
    assert_eq!(problems, Vec::<String>::new());
    office.open_doors(doors);
}

fn code<T>(answer: Result<T, Failure>) -> Option<Code> {
    answer.err().and_then(|failure| failure.refusal().map(|refusal| refusal.code))
}

async fn session(office: &Office, login: &str) -> Session {
    let (_, secret) = office.sign_in(login, PHRASE, SessionKind::Browser, "").await.unwrap();
    office.session(&secret).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_passkey_opens_its_owners_session_and_proves_that_it_is_he() {
    on_each_engine(|house| async move {
        let office = &house.office;
        let person = house.adds("person", "BEL").await;
        let first = house.office.give_code(person).await.unwrap();
        office.set_password("person", &first, PHRASE).await.unwrap();
        let own = session(office, "person").await;
        assert_eq!(code(office.offer_passkey(&own, "Key").await), Some(Code::PasskeysShut));
        open_doors(office);
        assert_eq!(code(office.offer_passkey(&own, "  ").await), Some(Code::Required));
        let asked = office.offer_passkey(&own, "Key").await.unwrap();
        assert_eq!(asked.options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(asked.options["authenticatorSelection"]["userVerification"], "required");
        let (mut device, made) = Device::makes(&asked);
        office.add_passkey(&own, "Key on my ring", &made).await.unwrap();
        assert_eq!(code(office.add_passkey(&own, "Again", &made).await), Some(Code::PasskeyFailed));

        let (who, secret) = device.opens(office).await.unwrap();
        let opened = office.session(&secret).await.unwrap().unwrap();
        assert_eq!((who, opened.person, opened.way), (person, person, Way::Passkey));
        assert!(opened.fresh_until().is_some(), "the device made sure of him");
        let [key] = &office.passkeys(person).await.unwrap()[..] else { panic!() };
        assert_eq!((key.name.as_str(), key.used), ("Key on my ring", Some(office.now())));

        // Later: it proves again; that of another does not, nor does an answer twice.
        house.clock.set(crate::engines::MORNING.plus_seconds(16 * 60));
        assert_eq!(code(office.offer_passkey(&opened, "Other").await), Some(Code::SignInNotFresh));
        let asked = office.ask_passkey().unwrap();
        let answer = device.answers(&asked, ORIGIN, 0x05).to_string();
        let proven = office.prove_by_passkey(&opened, &answer).await.unwrap();
        assert_eq!(proven.proven, Some(office.now()));
        assert_eq!(code(office.prove_by_passkey(&opened, &answer).await), Some(Code::PasskeyFailed));

        assert_eq!(code(office.drop_passkey(&opened, key.id).await), Some(Code::SignInNotFresh));
        office.drop_passkey(&proven, key.id).await.unwrap();
        assert_eq!(code(office.drop_passkey(&proven, key.id).await), Some(Code::NotOffered));
        assert_eq!(code(device.opens(office).await), Some(Code::PasskeyFailed));
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_in_by_an_answer_that_is_not_for_here_and_now() {
    on_each_engine(|house| async move {
        let office = &house.office;
        open_doors(office);
        let mut devices = Vec::new();
        for login in ["person", "other"] {
            let person = house.adds(login, "BEL").await;
            let first = house.office.give_code(person).await.unwrap();
            office.set_password(login, &first, PHRASE).await.unwrap();
            let own = session(office, login).await;
            let asked = office.offer_passkey(&own, "Key").await.unwrap();
            let (device, made) = Device::makes(&asked);
            office.add_passkey(&own, "Key", &made).await.unwrap();
            devices.push((own, device));
        }
        let [(own, device), (others, other)] = &mut devices[..] else { panic!() };
        let failed = Some(Code::PasskeyFailed);
        let asked = || office.ask_passkey().unwrap();

        let elsewhere = device.answers(&asked(), "https://registry.example.com", 0x05);
        assert_eq!(code(office.sign_in_by_passkey(&elsewhere.to_string()).await), failed, "another site");
        let unseen = device.answers(&asked(), ORIGIN, 0x01);
        assert_eq!(code(office.sign_in_by_passkey(&unseen.to_string()).await), failed, "nobody was verified");
        let begun = asked();
        let mut swapped = device.answers(&begun, ORIGIN, 0x05);
        swapped["ceremony"] = asked().ceremony.into();
        assert_eq!(code(office.sign_in_by_passkey(&swapped.to_string()).await), failed, "another challenge");
        let mut stolen = device.answers(&asked(), ORIGIN, 0x05);
        stolen["credential"]["response"]["userHandle"] = URL64.encode(&other.owner).into();
        assert_eq!(code(office.sign_in_by_passkey(&stolen.to_string()).await), failed, "another's name");
        let mut forged = device.answers(&asked(), ORIGIN, 0x05);
        forged["credential"]["rawId"] = URL64.encode(&other.id).into();
        assert_eq!(code(office.sign_in_by_passkey(&forged.to_string()).await), failed, "another's key");
        let late = asked();
        let answer = device.answers(&late, ORIGIN, 0x05).to_string();
        house.clock.set(crate::engines::MORNING.plus_seconds(6 * 60));
        assert_eq!(code(office.sign_in_by_passkey(&answer).await), failed, "too late");
        for nothing in ["", "{}", "[]", "\u{0}", &"x".repeat(100_000)] {
            assert_eq!(code(office.sign_in_by_passkey(nothing).await), failed);
        }
        let asked_now = asked();
        let his = other.answers(&asked_now, ORIGIN, 0x05).to_string();
        assert_eq!(code(office.prove_by_passkey(own, &his).await), failed, "it is not he who sits here");

        // Another's ceremony makes no key for me.
        let offered = office.offer_passkey(others, "Mine").await.unwrap();
        let (_, made) = Device::makes(&offered);
        assert_eq!(code(office.add_passkey(own, "Mine", &made).await), failed);

        // Two of one key: the count falls back, and the officers are told.
        device.opens(office).await.unwrap();
        device.used -= 1;
        assert_eq!(code(device.opens(office).await), failed, "a copy");

        // A new code ends whatever opened before, and so does leaving.
        let first = house.office.give_code(own.person).await.unwrap();
        office.set_password("person", &first, PHRASE).await.unwrap();
        assert_eq!(code(device.opens(office).await), failed, "ended by a code");
    })
    .await;
}
