//! Setting up: bodies, registries with their ceilings, groups; what a registry may hold.

use registry::{
    BodyId, Caller, Code, Fact, Refusal, RegistryId,
    authorisation::Role,
    house::{Names, Registry, Terms, change_registry, establish_body, form_group, open_registry},
    person::{NewPerson, add},
};

use crate::support::*;

fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Code {
    result.unwrap_err().code
}

fn administrator() -> Caller {
    caller(1, &[role(Role::Administrator, None)])
}

fn opens(by: &Caller, given: &str, called: &Names, body: Option<BodyId>) -> Result<Vec<Fact>, Refusal> {
    let house = house();
    let ceiling = clearance(&house, "SECRET");
    let terms = Terms { body, ceilings: vec![ceiling], ..Terms::of(called.clone()) };
    deciding_house(&house, |context| open_registry(by, context, given, &terms))
}

#[test]
fn a_registry_is_opened_once_under_a_code_that_a_reference_can_carry() {
    let facts = opens(&administrator(), " abc2 ", &names("Second"), Some(BODY)).unwrap();
    let [Fact::RegistryOpened { registry }] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!((registry.code.as_str(), registry.body, registry.ceilings.len()), ("ABC2", Some(BODY), 1));
    assert!(opens(&operator(), "ABC", &names("x"), None).is_ok());

    for other in [Role::Clerk, Role::Controller, Role::SecurityOfficer, Role::Inspector] {
        let by = caller(1, &[role(other, None)]);
        assert_eq!(code(opens(&by, "ABC", &names("x"), None)), Code::Forbidden);
    }
    assert_eq!(code(opens(&by_operator(caller(1, &[])), "ABC", &names("x"), None)), Code::Forbidden);
    for bad in ["", "A", "ABCDEFGHI", "1AB", "A-B", "ÀB", "A B", "A\0B"] {
        assert_eq!(code(opens(&administrator(), bad, &names("x"), None)), Code::CodeForm, "{bad:?}");
    }
    assert_eq!(code(opens(&administrator(), "hqr", &names("x"), None)), Code::CodeTaken);
    let nobody = Some(BodyId::new([99; 16]));
    assert_eq!(code(opens(&administrator(), "ABC", &names("x"), nobody)), Code::NotOffered);
    let house = house();
    let mut unknown = clearance(&house, "SECRET");
    unknown.level = label::Code::number(99);
    let terms = Terms { ceilings: vec![unknown], ..Terms::of(names("x")) };
    let refused = deciding_house(&house, |context| open_registry(&administrator(), context, "ABC", &terms));
    assert_eq!(code(refused), Code::InvalidLabel);
}

fn changes(by: &Caller, to: &Registry, reason: &str) -> Result<Vec<Fact>, Refusal> {
    let house = house();
    let Registry { id, names, body, parent, ceilings, .. } = to.clone();
    let terms = Terms { names, body, parent, ceilings };
    deciding_house(&house, |context| change_registry(by, context, id, &terms, reason))
}

#[test]
fn what_a_registry_may_hold_is_changed_with_a_reason_and_its_code_never() {
    let was = house().registry_by_code("HQR").unwrap().clone();
    let ceilings = if was.ceilings.is_empty() { vec![clearance(&house(), "SECRET")] } else { vec![] };
    let to = Registry { names: names("Vault"), body: Some(BODY), ceilings, ..was.clone() };
    let facts = changes(&administrator(), &to, " The vault was approved ").unwrap();
    let reason = "The vault was approved".to_owned();
    assert_eq!(facts, [Fact::RegistryChanged { registry: to.clone(), reason }]);

    assert_eq!(code(changes(&administrator(), &was, "x")), Code::NothingChanged);
    assert_eq!(code(changes(&administrator(), &to, " ")), Code::Required);
    let nobody = Registry { id: RegistryId::new([99; 16]), ..to.clone() };
    assert_eq!(code(changes(&administrator(), &nobody, "x")), Code::RegistryUnknown);
    let unkept = Registry { body: Some(BodyId::new([99; 16])), ..to.clone() };
    assert_eq!(code(changes(&administrator(), &unkept, "x")), Code::NotOffered);
    // A registry stands above others and never above itself.
    for (parent, expected) in
        [(to.id, Some(Code::NotOffered)), (RegistryId::new([99; 16]), Some(Code::NotOffered)), (LOW, None)]
    {
        let under = Registry { parent: Some(parent), ..to.clone() };
        assert_eq!(changes(&administrator(), &under, "x").err().map(|refusal| refusal.code), expected);
    }
    for other in [Role::Clerk, Role::Controller, Role::SecurityOfficer, Role::Inspector] {
        assert_eq!(code(changes(&caller(1, &[role(other, None)]), &to, "x")), Code::Forbidden);
    }
}

#[test]
fn a_ceiling_at_a_level_covers_what_restricts_and_may_be_held() {
    let house = house();
    let named = label::NamedClearance {
        policy: "NATO".into(),
        level: "SECRET".into(),
        categories: Default::default(),
    };
    let ceiling = house.ceiling_at(&named).unwrap();
    let policy = house.policies.get(&ceiling.policy).unwrap();
    let category = |key: &label::CategoryKey| {
        let tags = policy.tag_sets().iter().flat_map(|set| &set.tags);
        tags.flat_map(|tag| &tag.categories).find(|c| c.key == *key).unwrap()
    };
    assert!(!ceiling.categories.is_empty());
    for key in &ceiling.categories {
        assert!(key.kind.is_restrictive() && !category(key).rule.existence_only);
    }
}

#[test]
fn names_are_one_line_in_both_languages() {
    let name = |en: &str, fr: &str| Names { en: en.into(), fr: fr.into() };
    for bad in [name("", "x"), name("x", " "), name("x", "\0\n")] {
        assert_eq!(code(opens(&administrator(), "ABC", &bad, None)), Code::Required, "{bad:?}");
    }
    let long = name(&"é".repeat(401), "x");
    assert_eq!(code(opens(&administrator(), "ABC", &long, None)), Code::TooLong);
    // What no table and no header line can carry does not get into a name.
    let facts = opens(&administrator(), "ABC", &name(" One\0two\r\n", "Un\tdeux"), None).unwrap();
    let [Fact::RegistryOpened { registry }] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!(registry.names, name("One two", "Un deux"));
}

#[test]
fn bodies_and_groups_have_codes_of_their_own() {
    let house = house();
    let body = |by: &Caller, given: &str| {
        deciding_house(&house, |context| establish_body(by, context, given, &names("x")))
    };
    assert!(
        matches!(&body(&administrator(), "agy").unwrap()[..], [Fact::BodyEstablished { body }] if body.code == "AGY")
    );
    assert_eq!(code(body(&administrator(), "hq")), Code::CodeTaken);
    assert_eq!(code(body(&administrator(), "h_q")), Code::CodeForm);
    assert_eq!(code(body(&officer(1), "agy")), Code::Forbidden);

    let group = |by: &Caller, given: &str| {
        deciding_house(&house, |context| form_group(by, context, given, &names("x")))
    };
    for by in [administrator(), officer(1), operator()] {
        assert!(
            matches!(&group(&by, " Air-Policing ").unwrap()[..], [Fact::GroupFormed { group }] if group.code == "air-policing")
        );
    }
    assert_eq!(code(group(&caller(1, &[role(Role::Clerk, Some(HQ))]), "x-ray")), Code::Forbidden);
    assert_eq!(code(group(&administrator(), "AIR")), Code::CodeTaken);
    for bad in ["x", "é-b", "a b", &"a".repeat(41)] {
        assert_eq!(code(group(&administrator(), bad)), Code::CodeForm, "{bad}");
    }
}

#[test]
fn a_person_is_added_by_those_who_set_up_and_can_do_nothing_yet() {
    let house = house();
    let adds =
        |by: &Caller, new: &NewPerson, taken| deciding_house(&house, |context| add(by, context, new, taken));
    let new = NewPerson {
        login: " A.Clerk-2 ".into(),
        name: " Anna\t Clerk ".into(),
        nationality: "bel".into(),
        language: "fr".into(),
        title: "Major,\0Registry".into(),
        body: Some(BODY),
    };
    for by in [administrator(), officer(1), operator()] {
        let facts = adds(&by, &new, false).unwrap();
        let [Fact::PersonAdded { person }] = &facts[..] else { panic!("{facts:?}") };
        assert_eq!(
            (person.login.as_str(), person.name.as_str(), person.nationality.as_str(), person.title.as_str()),
            ("a.clerk-2", "Anna Clerk", "BEL", "Major, Registry")
        );
    }
    assert_eq!(code(adds(&caller(1, &[role(Role::Controller, Some(HQ))]), &new, false)), Code::Forbidden);
    assert_eq!(code(adds(&administrator(), &new, true)), Code::LoginTaken);
    let but = |change: fn(&mut NewPerson)| {
        let mut other = new.clone();
        change(&mut other);
        code(adds(&administrator(), &other, false))
    };
    assert_eq!(but(|p| p.login = " ".into()), Code::Required);
    assert_eq!(but(|p| p.login = "a clerk".into()), Code::CodeForm);
    assert_eq!(but(|p| p.login = "a".repeat(65)), Code::CodeForm);
    assert_eq!(but(|p| p.name = "\0".into()), Code::Required);
    assert_eq!(but(|p| p.name = "x".repeat(201)), Code::TooLong);
    assert_eq!(but(|p| p.nationality = "BE".into()), Code::NotOffered);
    assert_eq!(but(|p| p.nationality = "bé".into()), Code::NotOffered);
    assert_eq!(but(|p| p.language = "de".into()), Code::NotOffered);
    assert_eq!(but(|p| p.title = "x".repeat(401)), Code::TooLong);
    assert_eq!(but(|p| p.body = Some(BodyId::new([99; 16]))), Code::NotOffered);
}

#[test]
fn a_registry_holds_content_up_to_its_ceiling_and_never_what_only_exists() {
    let house = house();
    let holds = |at, label: &label::Label| house.may_hold(house.registry(at).unwrap(), label);
    let nato = |level: &str, given: &[(&str, &str)]| label(&house, "NATO", level, given);
    let sensitive = "Additional Sensitivity";
    for (wanted, at, label) in [
        (Ok(()), HQ, nato("TOP SECRET", &[])),
        (Ok(()), HQ, nato("SECRET", &[(sensitive, "ATOMAL")])),
        (Ok(()), LOW, nato("CONFIDENTIAL", &[])),
        (Ok(()), LOW, nato("UNCLASSIFIED", &[])),
        // To whom it is released has no part in where it may lie.
        (Ok(()), LOW, nato("RESTRICTED", &[("Releasable To", "UKR")])),
        (Err(Code::AboveCeiling), LOW, nato("SECRET", &[])),
        (Err(Code::AboveCeiling), LOW, nato("CONFIDENTIAL", &[(sensitive, "ATOMAL")])),
        // A ceiling of one policy says nothing of another.
        (Err(Code::AboveCeiling), LOW, label(&house, "CORPORATE", "PUBLIC", &[])),
        (Err(Code::ExistenceOnly), HQ, nato("SECRET", &[(sensitive, "CRYPTO")])),
    ] {
        assert_eq!(holds(at, &label), wanted, "{label:?}");
    }
    let mut foreign = nato("SECRET", &[]);
    foreign.policy = label::PolicyId::new("1.2.3").unwrap();
    assert_eq!(holds(HQ, &foreign), Err(Code::UnknownPolicy));
}
