//! The register is what the ledger says: made anew from it, every table is the same row for row; no kind of entry and
//! no table is without an example; and a row that was edited by hand is found in whichever table it stands.

use registry::Fact;
use store::tables::{Kind, TABLES};

use crate::{engines::engines, house::built, run};

/// For each register table, one row edited by hand: the smallest change that the table allows.
const EDITS: [(&str, &str); 66] = [
    ("installation", "UPDATE installation SET founded_at = founded_at + 1"),
    ("policy", "UPDATE policy SET adopted_at = adopted_at + 1 WHERE name = 'NATO'"),
    ("communities", "UPDATE communities SET adopted_at = adopted_at + 1"),
    ("series_file", "UPDATE series_file SET toml = toml || '#' WHERE name = 'nato'"),
    ("series_registry", "UPDATE series_registry SET entrusted_at = entrusted_at + 1 WHERE series = 'MCM'"),
    ("body", "UPDATE body SET name_en = name_en || '.' WHERE code = 'HAS'"),
    ("registry", "UPDATE registry SET name_fr = name_fr || '.' WHERE code = 'HQR'"),
    ("need_group", "UPDATE need_group SET name_en = name_en || '.' WHERE code = 'cyber'"),
    ("person", "UPDATE person SET title = title || '.' WHERE login = 'solheim'"),
    (
        "person_history",
        "UPDATE person_history SET reason = reason || '.' WHERE sequence = (SELECT sequence FROM person_history ORDER BY sequence LIMIT 1)",
    ),
    (
        "authorisation",
        "UPDATE authorisation SET proposed_at = proposed_at + 1 WHERE authorisation_id = (SELECT authorisation_id FROM authorisation ORDER BY authorisation_id LIMIT 1)",
    ),
    (
        "org_unit",
        "UPDATE org_unit SET content = content || ' ' WHERE unit_id = (SELECT unit_id FROM org_unit ORDER BY unit_id LIMIT 1)",
    ),
    (
        "org_post",
        "UPDATE org_post SET content = content || ' ' WHERE post_id = (SELECT post_id FROM org_post ORDER BY post_id LIMIT 1)",
    ),
    (
        "org_tenure",
        "UPDATE org_tenure SET from_on = from_on || '.' WHERE tenure_id = (SELECT tenure_id FROM org_tenure ORDER BY tenure_id LIMIT 1)",
    ),
    (
        "org_stand_in",
        "UPDATE org_stand_in SET until_on = until_on || '.' WHERE stand_in_id = (SELECT stand_in_id FROM org_stand_in ORDER BY stand_in_id LIMIT 1)",
    ),
    (
        "org_leave",
        "UPDATE org_leave SET until_on = until_on || '.' WHERE leave_id = (SELECT leave_id FROM org_leave ORDER BY leave_id LIMIT 1)",
    ),
    (
        "org_contact",
        "UPDATE org_contact SET sort_key = sort_key || '.' WHERE contact_id = (SELECT contact_id FROM org_contact ORDER BY contact_id LIMIT 1)",
    ),
    (
        "org_list",
        "UPDATE org_list SET content = content || ' ' WHERE list_id = (SELECT list_id FROM org_list ORDER BY list_id LIMIT 1)",
    ),
    (
        "org_history",
        "UPDATE org_history SET time = time + 1 WHERE sequence = (SELECT sequence FROM org_history ORDER BY sequence LIMIT 1)",
    ),
    ("routine_file", "UPDATE routine_file SET adopted_at = adopted_at + 1 WHERE name = 'tasker-1'"),
    ("case_count", "UPDATE case_count SET next_serial = next_serial + 1 WHERE procedure_code = 'tasker'"),
    (
        "case_item",
        "UPDATE case_item SET due_at = due_at + 1 WHERE number = (SELECT number FROM case_item ORDER BY number LIMIT 1)",
    ),
    (
        "case_task",
        "UPDATE case_task SET last_due = last_due + 1 WHERE task_id = (SELECT task_id FROM case_task ORDER BY task_id LIMIT 1)",
    ),
    (
        "case_comment",
        "UPDATE case_comment SET severity = 'critical' WHERE comment_id = (SELECT comment_id FROM case_comment WHERE severity <> 'critical' ORDER BY comment_id LIMIT 1)",
    ),
    (
        "case_party",
        "UPDATE case_party SET since = since + 1 WHERE (case_id, party) IN (SELECT case_id, party FROM case_party ORDER BY case_id, party LIMIT 1)",
    ),
    (
        "case_history",
        "UPDATE case_history SET time = time + 1 WHERE sequence = (SELECT sequence FROM case_history ORDER BY sequence LIMIT 1)",
    ),
    (
        "access_class",
        "UPDATE access_class SET rule = rule || ' ' WHERE class_no = 0 AND registry_id = (SELECT registry_id FROM access_class ORDER BY registry_id LIMIT 1)",
    ),
    (
        "series",
        "UPDATE series SET next_number = next_number + 1 WHERE (registry_id, year) IN (SELECT registry_id, year FROM series ORDER BY registry_id, year LIMIT 1)",
    ),
    ("series_count", "UPDATE series_count SET first_number = first_number + 1 WHERE series = 'MCM'"),
    ("series_number", "UPDATE series_number SET words = words || '.' WHERE standing = 'void'"),
    (
        "document",
        "UPDATE document SET subject = subject || '.' WHERE document_id = (SELECT document_id FROM document ORDER BY document_id LIMIT 1)",
    ),
    (
        "document_history",
        "UPDATE document_history SET reason = reason || '.' WHERE sequence = (SELECT sequence FROM document_history ORDER BY sequence LIMIT 1)",
    ),
    (
        "document_reference",
        "UPDATE document_reference SET reference = reference || '.' WHERE position = 0 AND document_id = (SELECT document_id FROM document ORDER BY document_id LIMIT 1)",
    ),
    (
        "document_relation",
        "UPDATE document_relation SET reference = reference || '.' WHERE (document_id, position) IN (SELECT document_id, position FROM document_relation ORDER BY document_id, position LIMIT 1)",
    ),
    (
        "document_old",
        "UPDATE document_old SET entry = entry || ' ' WHERE document_id = (SELECT document_id FROM document_old ORDER BY document_id LIMIT 1)",
    ),
    (
        "addressee",
        "UPDATE addressee SET name = name || '.' WHERE (document_id, role, position) IN (SELECT document_id, role, position FROM addressee ORDER BY document_id, role, position LIMIT 1)",
    ),
    (
        "version",
        "UPDATE version SET file_name = file_name || '.' WHERE version_id = (SELECT version_id FROM version ORDER BY version_id LIMIT 1)",
    ),
    (
        "rendition",
        "UPDATE rendition SET size = size + 1 WHERE version_id = (SELECT version_id FROM rendition ORDER BY version_id LIMIT 1)",
    ),
    (
        "enclosure",
        "UPDATE enclosure SET size = size + 1 WHERE version_id = (SELECT version_id FROM enclosure ORDER BY version_id LIMIT 1) AND position = 1",
    ),
    (
        "facet_count",
        "UPDATE facet_count SET documents = documents + 1 WHERE facet = '' AND class_no = 0 AND registry_id = (SELECT registry_id FROM facet_count ORDER BY registry_id LIMIT 1)",
    ),
    (
        "plan_file",
        "UPDATE plan_file SET code = code || '.' WHERE file_id = (SELECT file_id FROM plan_file ORDER BY file_id LIMIT 1)",
    ),
    (
        "plan_volume",
        "UPDATE plan_volume SET opened_on = opened_on || '.' WHERE number = 1 AND file_id = (SELECT file_id FROM plan_file ORDER BY file_id LIMIT 1)",
    ),
    (
        "plan_filing",
        "UPDATE plan_filing SET volume = volume + 1 WHERE (document_id, file_id, sequence) IN (SELECT document_id, file_id, sequence FROM plan_filing ORDER BY document_id, file_id, sequence LIMIT 1)",
    ),
    (
        "document_ring",
        "UPDATE document_ring SET rung_at = rung_at + 1 WHERE document_id = (SELECT document_id FROM document_ring ORDER BY document_id LIMIT 1)",
    ),
    (
        "intake_dismissed",
        "UPDATE intake_dismissed SET dismissed_at = dismissed_at + 1 WHERE item_id = (SELECT item_id FROM intake_dismissed ORDER BY item_id LIMIT 1)",
    ),
    (
        "check_out",
        "UPDATE check_out SET since = since + 1 WHERE (document_id, sequence) IN (SELECT document_id, sequence FROM check_out ORDER BY document_id, sequence LIMIT 1)",
    ),
    (
        "disclosure",
        "UPDATE disclosure SET at = at + 1 WHERE (document_id, sequence) IN (SELECT document_id, sequence FROM disclosure ORDER BY document_id, sequence LIMIT 1)",
    ),
    (
        "reproduction",
        "UPDATE reproduction SET purpose = purpose || '.' WHERE reproduction_id = (SELECT reproduction_id FROM reproduction ORDER BY reproduction_id LIMIT 1)",
    ),
    (
        "holder_told",
        "UPDATE holder_told SET upto = upto + 1 WHERE (document_id, person_id, sequence) IN (SELECT document_id, person_id, sequence FROM holder_told ORDER BY document_id, person_id, sequence LIMIT 1)",
    ),
    (
        "container",
        "UPDATE container SET place = place || '.' WHERE container_id = (SELECT container_id FROM container ORDER BY container_id LIMIT 1)",
    ),
    (
        "control",
        "UPDATE control SET serial = serial + 100 WHERE document_id = (SELECT document_id FROM control ORDER BY document_id LIMIT 1)",
    ),
    (
        "custody_count",
        "UPDATE custody_count SET next_number = next_number + 1 WHERE (name, year) IN (SELECT name, year FROM custody_count ORDER BY name, year LIMIT 1)",
    ),
    (
        "paper_copy",
        "UPDATE paper_copy SET since = since + 1 WHERE copy_id = (SELECT copy_id FROM paper_copy ORDER BY copy_id LIMIT 1)",
    ),
    (
        "copy_event",
        "UPDATE copy_event SET at = at + 1 WHERE (copy_id, sequence) IN (SELECT copy_id, sequence FROM copy_event ORDER BY copy_id, sequence LIMIT 1)",
    ),
    (
        "copy_act",
        "UPDATE copy_act SET what = what || '.' WHERE (act_id, copy_id) IN (SELECT act_id, copy_id FROM copy_act ORDER BY act_id, copy_id LIMIT 1)",
    ),
    (
        "dispatch",
        "UPDATE dispatch SET traces = traces + 1 WHERE dispatch_id = (SELECT dispatch_id FROM dispatch ORDER BY dispatch_id LIMIT 1)",
    ),
    (
        "receipt",
        "UPDATE receipt SET time = time + 1 WHERE (dispatch_id, sequence) IN (SELECT dispatch_id, sequence FROM receipt ORDER BY dispatch_id, sequence LIMIT 1)",
    ),
    (
        "destruction",
        "UPDATE destruction SET drawn_at = drawn_at + 1 WHERE certificate_id = (SELECT certificate_id FROM destruction ORDER BY certificate_id LIMIT 1)",
    ),
    (
        "incident",
        "UPDATE incident SET opened_at = opened_at + 1 WHERE incident_id = (SELECT incident_id FROM incident ORDER BY incident_id LIMIT 1)",
    ),
    (
        "incident_note",
        "UPDATE incident_note SET words = words || '.' WHERE (incident_id, sequence) IN (SELECT incident_id, sequence FROM incident_note ORDER BY incident_id, sequence LIMIT 1)",
    ),
    (
        "muster",
        "UPDATE muster SET opened_at = opened_at + 1 WHERE muster_id = (SELECT muster_id FROM muster ORDER BY muster_id LIMIT 1)",
    ),
    (
        "muster_line",
        "UPDATE muster_line SET listed = 1 - listed WHERE (muster_id, copy_id) IN (SELECT muster_id, copy_id FROM muster_line ORDER BY muster_id, copy_id LIMIT 1)",
    ),
    (
        "muster_count",
        "UPDATE muster_count SET copies = copies + 1 WHERE (muster_id, class_no, outcome) IN (SELECT muster_id, class_no, outcome FROM muster_count ORDER BY muster_id, class_no, outcome LIMIT 1)",
    ),
    (
        "book_item",
        "UPDATE book_item SET entered_at = entered_at + 1 WHERE item_id = (SELECT item_id FROM book_item ORDER BY item_id LIMIT 1)",
    ),
    (
        "book_reader",
        "UPDATE book_reader SET open = 1 - open WHERE (item_id, person_id) IN (SELECT item_id, person_id FROM book_reader ORDER BY item_id, person_id LIMIT 1)",
    ),
    (
        "book_step",
        "UPDATE book_step SET at = at + 1 WHERE (item_id, sequence) IN (SELECT item_id, sequence FROM book_step ORDER BY item_id, sequence LIMIT 1)",
    ),
];

#[test]
fn rebuild_edits_a_row_of_every_register_table() {
    let edited: Vec<&str> = EDITS.iter().map(|(table, _)| *table).collect();
    let register: Vec<&str> = TABLES.iter().filter(|t| t.kind == Kind::Register).map(|t| t.name).collect();
    assert_eq!(edited, register, "each register table needs an edit that the comparison must find");
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn rebuild_gives_the_same_register_and_finds_what_was_edited_by_hand() {
    run(async {
        for engine in engines().await {
            println!("{}", engine.name);
            let proven = built(&engine).await;
            let office = &proven.office;

            let census = office.census().await.unwrap();
            let empty: Vec<&str> =
                census.rows.iter().filter(|(_, rows)| *rows == 0).map(|(table, _)| *table).collect();
            assert_eq!(empty, Vec::<&str>::new(), "register tables without an example");
            let unseen: Vec<(&str, u16)> = Fact::KINDS
                .into_iter()
                .filter(|(kind, version)| !census.kinds.contains_key(&((*kind).to_owned(), *version)))
                .collect();
            assert_eq!(unseen, Vec::<(&str, u16)>::new(), "kinds of entry without an example");

            let (applied, differences) = office.compare_rebuilt().await.unwrap();
            assert_eq!(differences, Vec::<String>::new());
            println!("  {applied} entries applied anew, {} tables the same row for row", census.rows.len());

            for (_, edit) in EDITS {
                office.edit_by_hand(edit).await;
            }
            let (_, differences) = office.compare_rebuilt().await.unwrap();
            for (table, _) in EDITS {
                let found: Vec<&String> =
                    differences.iter().filter(|d| d.split(':').next() == Some(table)).collect();
                assert_eq!(found.len(), 1, "one row of {table} was edited; found: {found:?}");
            }
            assert_eq!(differences.len(), EDITS.len(), "{differences:?}");
            println!("  one edited row in each of {} tables: found", EDITS.len());

            // Made anew in its place, the register is again what the ledger says.
            assert_eq!(office.rebuild().await.unwrap(), applied);
            assert_eq!(office.compare_rebuilt().await.unwrap().1, Vec::<String>::new());
            proven.office.close().await;
            engine.give_back().await;
        }
    });
}
