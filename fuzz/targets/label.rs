//! A confidentiality label, a binding of labels to data, a clearance: XML of others. What is read and can be written is read
//! from there as it was.
#![no_main]

use fuzz::{DAY, HOUSE};
use label::{Clearance, Language, xml4774, xml4778};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(label) = xml4774::read(bytes, &HOUSE) {
        let written = xml4774::write(&label, &HOUSE, DAY).expect("what was read is known");
        assert_eq!(xml4774::read(written.as_bytes(), &HOUSE).expect("what we write we read"), label);
        let policy = HOUSE.of(&label).expect("its policy is known");
        for language in [Language::English, Language::French] {
            let _ = policy.marking(&label, language);
        }
    }
    if let Ok(bindings) = xml4778::read(bytes, &HOUSE) {
        if let Ok(written) = xml4778::write(&bindings, &HOUSE, DAY) {
            assert_eq!(xml4778::read(written.as_bytes(), &HOUSE).expect("what we write we read"), bindings);
        }
    }
    if let Ok(clearance) = Clearance::read(bytes, &HOUSE) {
        assert!(HOUSE.get(&clearance.policy).is_some());
    }
});
