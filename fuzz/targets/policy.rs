//! A security policy's file. It is read or refused; of one that is read every level can be named, found again by its name,
//! written as a marking in both languages, and decided about.
#![no_main]

use fuzz::ON;
use label::{Clearance, Label, Language, Policies, Policy, Purpose};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(policy) = Policy::parse(bytes) else { return };
    // The same bytes are the same policy.
    assert_eq!(Policy::parse(bytes).unwrap(), policy);
    let (id, levels) = (policy.id().clone(), policy.levels().to_vec());
    let Ok(policies) = Policies::new([policy.clone()]) else { return };
    for level in &levels {
        let label = Label::plain(id.clone(), level.code.clone());
        for language in [Language::English, Language::French] {
            let _ = policy.marking(&label, language);
            let _ = policy.portion_mark(&label, language);
        }
        let _ = policy.validate(&label, Purpose::New, ON);
        let clearance =
            Clearance { policy: id.clone(), level: level.code.clone(), categories: Default::default() };
        let _ = policy.decide(&label, &clearance);
        if let Ok(named) = policies.name(&label) {
            if let Ok(found) = policies.resolve(&named) {
                assert_eq!(found, label, "a level is found by its own name, or not at all");
            }
        }
    }
});
