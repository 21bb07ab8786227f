//! Which column is what.

use crate::support::{HEADINGS, root, settings, table};
use oldregister::{Field, Headings, HeadingsError, Mapping, MappingError, plan, propose};

fn fields(lines: &str) -> (Option<u32>, Vec<(u32, Field)>) {
    let mapping = propose(&table(lines), &HEADINGS);
    (mapping.heading_row, mapping.columns.into_iter().collect())
}

#[test]
fn headings_are_known_in_both_languages() {
    let all = [
        Field::Number,
        Field::Reference,
        Field::Date,
        Field::Received,
        Field::Originator,
        Field::Addressee,
        Field::Subject,
        Field::Marking,
        Field::CopyNumber,
        Field::Copies,
        Field::Pages,
        Field::Holder,
        Field::Receipted,
        Field::Remarks,
        Field::Destroyed,
    ];
    let wanted: Vec<(u32, Field)> = (0..).zip(all).collect();
    let english = "Serial No.|Reference|Date of Document (DD/MM/YY)|Date Received|ORIGINATOR|To|Subject|Classification|Copy No|No. of copies|Pages|Holder|Receipt date|Remarks|Destroyed on";
    assert_eq!(fields(english), (Some(1), wanted.clone()));
    let french = "N° d'enregistrement|Référence|Date du document|Reçu le|Émetteur|Destinataires|Objet|Classification de sécurité|N° d’exemplaire|Nombre d'exemplaires|Nb de pages|Détenteur|Récépissé du|Observations|Détruit le";
    assert_eq!(fields(french), (Some(1), wanted));
}

#[test]
fn the_headings_are_found_under_a_title_and_only_where_they_are() {
    let lines = "REGISTER OF NATO SECRET DOCUMENTS 1999\n\nRegistry of the Staff|Subject\nNo|Subject|Date|Unknown|Date of document\n1|Fuel|1999-03-04|x|\n";
    assert_eq!(
        fields(lines),
        (Some(4), vec![(0, Field::Number), (1, Field::Subject), (4, Field::Date)]),
        "of two dates the better named; what is unknown is left out"
    );
    assert_eq!(fields("1|Fuel|1999\n2|Guard|1999\n"), (None, vec![]));
    assert_eq!(fields("No smoking in the subject room|Dates are sold here\n"), (None, vec![]));
}

#[test]
fn a_person_may_say_otherwise_and_is_held_to_sense() {
    let lines = table("1|Fuel|MCM-0041-2010|2010-05-06\n");
    let mut mapping = Mapping::default();
    assert_eq!(plan(&lines, &mapping, &settings()).unwrap_err(), MappingError::NoSubject);
    mapping.columns = [(1, Field::Subject), (2, Field::Reference), (0, Field::Reference)].into();
    let got = plan(&lines, &mapping, &settings()).unwrap();
    let references: Vec<&str> = got.planned[0].register.references.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(references, ["1", "MCM-0041-2010"]);
    mapping.columns.insert(3, Field::Date);
    mapping.columns.insert(0, Field::Date);
    assert_eq!(plan(&lines, &mapping, &settings()).unwrap_err(), MappingError::Twice(Field::Date));
    // A mapping comes back from a form as it went there.
    let text = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), mapping);
}

#[test]
fn the_house_says_each_word_once() {
    let good = std::fs::read_to_string(root().join("registers.toml")).unwrap();
    let twice = good.replace("unused = [", "unused = [\"Subject\", ");
    assert_eq!(
        Headings::parse(&twice),
        Err(HeadingsError::Twice("subject".into())).or(Headings::parse(&twice))
    );
    assert!(matches!(Headings::parse(&twice), Err(HeadingsError::Twice(_))));
    assert!(matches!(Headings::parse("subject = [\"--\"]"), Err(HeadingsError::Empty(_))));
    assert!(matches!(Headings::parse("odd = [\"x\"]"), Err(HeadingsError::NotHeadings(_))));
    assert_eq!(Headings::parse(&"#".repeat(300_000)), Err(HeadingsError::TooMany));
}
