//! Mistakes between procedures, and between versions of one, by examples that are marked likewise.

use std::collections::BTreeSet;

use crate::faults::{BASE, changed, check_files, told};

#[test]
fn numbers_do_not_collide() {
    let other =
        |number: &str| changed(&[("\"leave\"", "\"other\""), ("number = \"LV-{year}-{serial:4}\"", number)]);
    for number in
        ["LV-{year}-{serial:5}", "LV-2027-{serial:4}", "{body}-{year}-{serial}", "LV-{serial:4}-{year}"]
    {
        let text = other(&format!("number = \"{number}\" #! number-collides"));
        check_files(&[("a.toml", BASE.to_owned()), ("b.toml", text)]);
    }
    for number in ["LV/{year}-{serial:4}", "LW-{year}-{serial:4}", "LV-{year}"] {
        let files =
            [("a".to_owned(), BASE.to_owned()), ("b".to_owned(), other(&format!("number = \"{number}\"")))];
        assert!(!told(&files).iter().any(|(_, _, code)| code == "number-collides"), "{number}");
    }
}

/// The base with a branch that starts a procedure.
fn starts(code: &str, number: &str, keys: &str) -> String {
    changed(&[
        ("\"leave\"", &format!("\"{code}\"")),
        ("number = \"LV-", &format!("number = \"{number}-")),
        (
            "[[stage.branch]]\n",
            &format!(
                "[[stage.branch]]\ncode = \"sub\"\nnames = {{ en = \"Sub\", fr = \"Sous\" }}\nowner = \"opener\"\n{keys}\n\n[[stage.branch]]\n"
            ),
        ),
    ])
}

const HANDS: &str =
    "passes = { subject = \"subject\", from = \"from\", kind = \"kind\", deputy = \"deputy\" }";

#[test]
fn procedures_start_others() {
    let base = || ("leave.toml", BASE.to_owned());
    let due = "due = \"5 working days\"";
    check_files(&[(
        "a.toml",
        starts("alpha", "AA", &format!("{due}\nprocedure = \"none\" #! unknown-procedure")),
    )]);
    check_files(&[(
        "a.toml",
        starts("alpha", "AA", &format!("{due}\nprocedure = \"alpha\" #! ring\n{HANDS}")),
    )]);
    let one = starts("alpha", "AA", &format!("{due}\nprocedure = \"beta\" #! ring\n{HANDS}"));
    let two = starts("beta", "BB", &format!("{due}\nprocedure = \"alpha\" #! ring\n{HANDS}"));
    check_files(&[("a.toml", one), ("b.toml", two)]);
    // Its shortest way takes ten working days.
    let late = format!("due = \"5 working days\"\nprocedure = \"leave\" #! due-after-parent\n{HANDS}");
    check_files(&[base(), ("a.toml", starts("alpha", "AA", &late))]);
    let dated = "due = \"on field:from\"\nprocedure = \"leave\"";
    let handed = |passes: &str| starts("alpha", "AA", &format!("{dated}\n{passes}"));
    let ok = [("leave.toml".to_owned(), BASE.to_owned()), ("a.toml".to_owned(), handed(HANDS))];
    assert_eq!(told(&ok), BTreeSet::new());
    for passes in [
        "passes = { subject = \"subject\", from = \"from\", kind = \"kind\" } #! passes",
        "passes = { subject = \"subject\", from = \"until\", kind = \"kind\", deputy = \"deputy\" } #! passes",
        "passes = { subject = \"kind\", from = \"from\", kind = \"kind\", deputy = \"deputy\" } #! passes",
        "passes = { topic = \"subject\", subject = \"subject\", from = \"from\", kind = \"kind\", deputy = \"deputy\" } #! passes",
        "passes = { subject = \"nothing\", from = \"from\", kind = \"kind\", deputy = \"deputy\" } #! unknown-field",
    ] {
        check_files(&[base(), ("a.toml", handed(passes))]);
    }
    let both = format!("{dated}\n{HANDS}\nmatrix = true");
    let text = starts("alpha", "AA", &both).replacen("[[stage.branch]]", "[[stage.branch]] #! branch", 1);
    check_files(&[base(), ("a.toml", text)]);
}

#[test]
fn migrations_cover_all() {
    let newer = |rule: &str, changes: &[(&str, &str)]| {
        let mut all = vec![("version = 1", "version = 2"), ("[[field]]\n", rule)];
        all.extend_from_slice(changes);
        changed(&all)
    };
    let rule = "[[migrates]]\nfrom = 1\n\n[[field]]\n";
    let older = || ("old.toml", BASE.to_owned());
    assert_eq!(told(&[("old".into(), BASE.into()), ("new".into(), newer(rule, &[]))]), BTreeSet::new());
    let renamed = [
        ("code = \"decision\"", "code = \"verdict\""),
        ("to = \"decision\"", "to = \"verdict\""),
        ("asked_in = [\"decision\"]", "asked_in = [\"verdict\"]"),
    ];
    let marked = |rule: &str| format!("{rule}\n[[field]]\n");
    check_files(&[older(), ("new.toml", newer(&marked("[[migrates]] #! migration\nfrom = 1\n"), &renamed))]);
    check_files(&[
        older(),
        (
            "new.toml",
            newer(
                &marked("[[migrates]]\nfrom = 1\nstages = { decision = \"refused\" } #! migration\n"),
                &renamed,
            ),
        ),
    ]);
    check_files(&[
        older(),
        (
            "new.toml",
            newer(
                &marked(
                    "[[migrates]]\nfrom = 1\nstages = { decision = \"verdict\", judgment = \"verdict\" } #! migration\n",
                ),
                &renamed,
            ),
        ),
    ]);
    let ok = newer(&marked("[[migrates]]\nfrom = 1\nstages = { decision = \"verdict\" }\n"), &renamed);
    assert_eq!(told(&[("old".into(), BASE.into()), ("new".into(), ok)]), BTreeSet::new());
    // A field that isn't kept, a choice that is gone, a branch that is gone.
    let without = [(
        "[[field]]\ncode = \"days\"\nnames = { en = \"Days\", fr = \"Jours\" }\ntype = \"number\"\nmin = 1\nmax = 30\n",
        "",
    )];
    check_files(&[older(), ("new.toml", newer(&marked("[[migrates]] #! migration\nfrom = 1\n"), &without))]);
    let ok = newer(&marked("[[migrates]]\nfrom = 1\ndrop = [\"days\"]\n"), &without);
    assert_eq!(told(&[("old".into(), BASE.into()), ("new".into(), ok)]), BTreeSet::new());
    check_files(&[
        older(),
        (
            "new.toml",
            newer(
                &marked("[[migrates]] #! migration\nfrom = 1\n"),
                &[("code = \"special\"", "code = \"other\"")],
            ),
        ),
    ]);
    let branch = [("code = \"opinions\"", "code = \"views\"")];
    check_files(&[older(), ("new.toml", newer(&marked("[[migrates]] #! migration\nfrom = 1\n"), &branch))]);
    let ok = newer(&marked("[[migrates]]\nfrom = 1\ndrop_branches = [\"opinions\"]\n"), &branch);
    assert_eq!(told(&[("old".into(), BASE.into()), ("new".into(), ok)]), BTreeSet::new());
    check_files(&[("new.toml", newer(&marked("[[migrates]]\nfrom = 1 #! migration\n"), &[]))]);
    check_files(&[older(), ("new.toml", newer(&marked("[[migrates]]\nfrom = 2 #! migration\n"), &[]))]);
    check_files(&[
        older(),
        ("new.toml", newer(&marked("[[migrates]]\nfrom = 1\ndrop = [\"nothing\"] #! migration\n"), &[])),
    ]);
}
