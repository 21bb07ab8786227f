//! The file plan: what is opened, changed, closed; what is filed and taken out; what is proposed; and that nothing of it
//! depends on a file that the caller does not see.

use jiff::civil::date;
use registry::{
    AccessRule, Caller, Code, DocumentId, Fact, FileId, Refusal,
    authorisation::Role,
    filing::{
        Chain, DEPTH, DocumentState, FileChange, FileFact, FileState, FilingNeeds, NewFile, PlanNeeds, Turn,
        Why, arranged, change, code_key, file_documents, in_files, next_code, open, propose, take_out, turn,
    },
};

use crate::support::{AIR, HQ, TODAY, caller, cleared, deciding, house, label, names, role};

fn clerk() -> Caller {
    caller(3, &[role(Role::Clerk, Some(HQ))])
}

fn id(n: u8) -> FileId {
    FileId::new([n; 16])
}

/// A file of the plan, under another or at the top.
fn state(n: u8, code: &str, parent: Option<u8>) -> FileState {
    FileState {
        file: FileFact {
            id: id(n),
            is: Default::default(),
            code: code.into(),
            names: names(&format!("File {code}")),
            parent: parent.map(id),
            owner: None,
            words: vec![],
            originators: vec![],
            place: None,
            status: None,
            access: None,
        },
        opened_on: date(2026, 1, 5),
        closed_on: None,
        volumes: 1,
        open_volume: Some(1),
    }
}

/// The rule of what only a group sees, which the clerk is not in.
fn for_air() -> AccessRule {
    let unclassified = label(&house(), "NATO", "UNCLASSIFIED", &[]);
    AccessRule {
        content: Some(unclassified.clone()),
        subject: Some(unclassified.clone()),
        entry: Some(unclassified),
        need_to_know: vec![vec![AIR]],
        access_list: vec![],
        released_on: None,
    }
}

fn hidden(mut state: FileState) -> FileState {
    state.file.access = Some(for_air());
    state
}

fn closed(mut state: FileState) -> FileState {
    state.closed_on = Some(date(2026, 2, 1));
    state.open_volume = None;
    state
}

fn named(name: &str) -> NewFile {
    NewFile { name_en: name.into(), ..NewFile::default() }
}

fn opens(by: &Caller, asked: &NewFile, files: &[FileState]) -> Result<FileFact, Refusal> {
    let house = house();
    let needs = PlanNeeds { files: files.to_vec(), volume_since: None };
    let facts = deciding(&house, HQ, |context| open(by, context, asked, &needs))?;
    match facts.as_slice() {
        [Fact::FileOpened { file, .. }] => Ok((**file).clone()),
        other => panic!("{other:?}"),
    }
}

fn changes(by: &Caller, file: u8, asked: FileChange, files: &[FileState]) -> Result<Vec<Fact>, Refusal> {
    let house = house();
    let needs = PlanNeeds { files: files.to_vec(), volume_since: None };
    deciding(&house, HQ, |context| change(by, context, id(file), &asked, &needs))
}

fn turns(by: &Caller, file: u8, how: Turn, files: &[FileState]) -> Result<Vec<Fact>, Refusal> {
    let house = house();
    let needs = PlanNeeds { files: files.to_vec(), volume_since: Some(date(2026, 2, 2)) };
    deciding(&house, HQ, |context| turn(by, context, id(file), &how, &needs))
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Refusal>) -> (Code, Option<&'static str>) {
    let refusal = result.unwrap_err();
    (refusal.code, refusal.field)
}

#[test]
fn codes_sort_as_people_count_and_the_next_one_follows() {
    let mut codes = ["3.10", "3.9", "10", "3.2.1", "3.2", "b", "A.2", "3"];
    codes.sort_by_key(|code| code_key(code));
    assert_eq!(codes, ["3", "3.2", "3.2.1", "3.9", "3.10", "10", "A.2", "b"]);
    assert_eq!(code_key("3-002"), code_key("3.2"));

    let files = [
        state(1, "3", None),
        state(2, "3.9", Some(1)),
        state(3, "3.10", Some(1)),
        hidden(state(4, "3.11", Some(1))),
    ];
    let seen = arranged(&files, |file| file.access.is_none());
    assert_eq!(next_code(&seen, Some(id(1))), "3.11", "a hidden file takes no number that shows");
    assert_eq!(next_code(&seen, None), "4");
    assert_eq!(next_code(&[], None), "1");
}

#[test]
fn a_plan_is_a_tree_in_the_order_of_codes_without_what_is_hidden_or_below_it() {
    let files = [
        state(5, "10", None),
        state(2, "1.2", Some(1)),
        hidden(state(3, "2", None)),
        state(4, "2.1", Some(3)),
        state(1, "1", None),
        state(6, "1.10", Some(1)),
        // A damaged plan in a circle comes to an end.
        state(7, "7", Some(8)),
        state(8, "8", Some(7)),
    ];
    let seen = arranged(&files, |file| file.access.is_none());
    let told: Vec<(usize, &str)> = seen.iter().map(|b| (b.depth, b.state.file.code.as_str())).collect();
    assert_eq!(told, [(0, "1"), (1, "1.2"), (1, "1.10"), (0, "10")]);
}

#[test]
fn a_file_is_opened_by_those_who_keep_the_plan() {
    let files = [state(1, "1", None), closed(state(2, "2", None))];
    let asked = NewFile { parent: Some(id(1)), words: vec![" winter  stocks ".into()], ..named(" Winter ") };
    let file = opens(&clerk(), &asked, &files).unwrap();
    assert_eq!(
        (file.code.as_str(), file.names.en.as_str(), file.names.fr.as_str()),
        ("1.1", "Winter", "Winter")
    );
    assert_eq!(file.words, ["winter stocks"]);
    assert_eq!(refusal(opens(&caller(4, &[]), &asked, &files)), (Code::Forbidden, None));

    let with = |change: fn(&mut NewFile)| {
        let mut asked = named("Winter");
        change(&mut asked);
        refusal(opens(&clerk(), &asked, &files))
    };
    assert_eq!(with(|a| a.name_en.clear()), (Code::Required, Some("name_en")));
    assert_eq!(with(|a| a.code = "1".into()), (Code::FileCodeTaken, Some("code")));
    assert_eq!(with(|a| a.code = "1 2".into()), (Code::FileCodeForm, Some("code")));
    assert_eq!(with(|a| a.parent = Some(id(2))), (Code::FileClosed, Some("parent")));
    assert_eq!(with(|a| a.parent = Some(id(9))), (Code::NotFound, Some("parent")));
    assert_eq!(with(|a| a.on = Some(date(2026, 3, 13))), (Code::ImpossibleDate, Some("on")));
    assert_eq!(with(|a| a.need_to_know = vec![vec![AIR]]), (Code::Required, Some("label")));
    assert_eq!(with(|a| a.words = vec!["w".into(); 101]), (Code::TooLong, Some("words")));
}

#[test]
fn a_plan_has_an_end_downwards() {
    let mut files = vec![state(1, "1", None)];
    for n in 2..=u8::try_from(DEPTH).unwrap() {
        files.push(state(n, &format!("L{n}"), Some(n - 1)));
    }
    let below = |parent: u8| NewFile { parent: Some(id(parent)), ..named("Deep") };
    let last = u8::try_from(DEPTH).unwrap();
    assert!(opens(&clerk(), &below(last - 1), &files).is_ok());
    assert_eq!(refusal(opens(&clerk(), &below(last), &files)), (Code::FileTooDeep, Some("parent")));
}

#[test]
fn a_file_that_the_caller_does_not_see_decides_nothing() {
    let files = [state(1, "1", None), hidden(state(2, "1.1", Some(1)))];
    // Its code is free for him, as if it were not there; it is no parent, and keeps no other from being closed.
    let asked = NewFile { code: "1.1".into(), ..named("Mine") };
    assert_eq!(opens(&clerk(), &asked, &files).unwrap().code, "1.1");
    let below = NewFile { parent: Some(id(2)), ..named("Below") };
    assert_eq!(refusal(opens(&clerk(), &below, &files)), (Code::NotFound, Some("parent")));
    let close = Turn::Close { on: None, reason: "ended".into() };
    assert_eq!(turns(&clerk(), 1, close.clone(), &files).unwrap().len(), 2);
    assert_eq!(refusal(turns(&clerk(), 2, close, &files)), (Code::NotFound, None));
    // What stands below a hidden file is hidden, whatever its own rule.
    let files = [hidden(state(1, "1", None)), state(2, "1.1", Some(1))];
    let reopen = Turn::Reopen { reason: "r".into() };
    assert_eq!(refusal(turns(&clerk(), 2, reopen, &files)), (Code::NotFound, None));
}

#[test]
fn a_file_under_a_label_is_made_by_those_who_see_it_and_its_access_changed_by_controllers() {
    let house = house();
    let secret = label(&house, "NATO", "SECRET", &[]);
    let asked = NewFile { label: Some(secret.clone()), ..named("Plans") };
    assert_eq!(refusal(opens(&clerk(), &asked, &[])), (Code::Forbidden, Some("label")));
    let mut grants = cleared(&house, "SECRET");
    grants.push(role(Role::Clerk, Some(HQ)));
    let cleared_clerk = caller(5, &grants);
    let file = opens(&cleared_clerk, &asked, &[]).unwrap();
    assert_eq!(file.access.as_ref().unwrap().content, Some(secret));

    let files = [state(1, "1", None)];
    let wanted = NewFile { label: asked.label, ..NewFile::of(&files[0].file) };
    let change = FileChange { reason: "It tells".into(), mark: None, file: wanted };
    assert_eq!(refusal(changes(&cleared_clerk, 1, change.clone(), &files)), (Code::Forbidden, Some("label")));
    grants.push(role(Role::Controller, Some(HQ)));
    assert_eq!(changes(&caller(5, &grants), 1, change, &files).unwrap().len(), 1);
}

#[test]
fn a_file_can_not_stand_under_itself() {
    let files = [state(1, "1", None), state(2, "1.1", Some(1)), state(3, "1.1.1", Some(2))];
    let moved = |file: u8, parent: u8| {
        let now = &files.iter().find(|s| s.file.id == id(file)).unwrap().file;
        let wanted = NewFile { parent: Some(id(parent)), ..NewFile::of(now) };
        changes(&clerk(), file, FileChange { reason: "r".into(), mark: None, file: wanted }, &files)
    };
    assert_eq!(refusal(moved(1, 1)), (Code::FileLoop, Some("parent")));
    assert_eq!(refusal(moved(1, 3)), (Code::FileLoop, Some("parent")));
    assert!(moved(3, 1).is_ok());

    let same = FileChange { reason: "r".into(), mark: None, file: NewFile::of(&files[0].file) };
    assert_eq!(refusal(changes(&clerk(), 1, same.clone(), &files)), (Code::NothingChanged, None));
    let stale = FileChange { mark: Some(files[1].file.mark()), ..same.clone() };
    assert_eq!(refusal(changes(&clerk(), 1, stale, &files)), (Code::Conflict, None));
    let mute = FileChange { reason: " ".into(), ..same };
    assert_eq!(refusal(changes(&clerk(), 1, mute, &files)), (Code::Required, Some("reason")));
}

#[test]
fn files_and_volumes_are_closed_and_opened_in_their_order() {
    let files = [state(1, "1", None), state(2, "1.1", Some(1)), closed(state(3, "3", None))];
    let close = |on| Turn::Close { on, reason: "ended".into() };
    assert_eq!(refusal(turns(&clerk(), 1, close(None), &files)), (Code::FileHasOpenFiles, None));
    assert_eq!(refusal(turns(&clerk(), 3, close(None), &files)), (Code::FileClosed, None));
    assert_eq!(
        refusal(turns(&clerk(), 2, close(Some(date(2026, 2, 1))), &files)),
        (Code::ImpossiblePeriod, Some("on"))
    );
    let ended = turns(&clerk(), 2, close(None), &files).unwrap();
    assert!(matches!(&ended[..], [Fact::VolumeClosed { number: 1, .. }, Fact::FileClosed { on: TODAY, .. }]));

    let begin = Turn::OpenVolume { on: None, place: String::new() };
    let refused = turns(&clerk(), 2, begin.clone(), &files).unwrap_err();
    assert_eq!((refused.code, refused.arguments), (Code::VolumeOpen, vec![("volume", "1".to_owned())]));
    assert_eq!(refusal(turns(&clerk(), 3, begin.clone(), &files)), (Code::FileClosed, None));
    let end = Turn::CloseVolume { on: None, next: true, place: "Box 2".into() };
    let next = turns(&clerk(), 2, end.clone(), &files).unwrap();
    assert!(
        matches!(&next[..], [Fact::VolumeClosed { .. }, Fact::VolumeOpened { number: 2, place: Some(p), .. }] if p == "Box 2")
    );
    let idle = [FileState { open_volume: None, ..state(1, "1", None) }];
    assert_eq!(refusal(turns(&clerk(), 1, end, &idle)), (Code::NoOpenVolume, None));
    assert!(turns(&clerk(), 1, begin, &idle).is_ok());

    let reopen = Turn::Reopen { reason: "not ended".into() };
    assert_eq!(refusal(turns(&clerk(), 1, reopen.clone(), &files)), (Code::NothingChanged, None));
    let again = turns(&clerk(), 3, reopen, &files).unwrap();
    assert!(matches!(&again[..], [Fact::FileReopened { .. }, Fact::VolumeOpened { number: 2, .. }]));
}

fn paper(n: u8, files: &[u8]) -> DocumentState {
    let level = label(&house(), "NATO", "UNCLASSIFIED", &[]);
    let access = AccessRule { need_to_know: vec![], content: Some(level), ..for_air() };
    DocumentState {
        document: DocumentId::new([n; 16]),
        access: Some(access),
        files: files.iter().map(|n| id(*n)).collect(),
    }
}

fn needs(files: &[(u8, Chain)], documents: &[DocumentState]) -> FilingNeeds {
    let files = files.iter().map(|(n, chain)| (id(*n), chain.clone())).collect();
    FilingNeeds { files, documents: documents.to_vec() }
}

fn files_them(by: &Caller, needs: &FilingNeeds) -> Result<(Vec<Fact>, registry::filing::Filed), Refusal> {
    let house = house();
    deciding(&house, HQ, |context| file_documents(by, context, needs))
}

#[test]
fn many_documents_are_filed_in_one_entry_and_those_refused_are_named() {
    let chain = vec![state(2, "1.1", Some(1)), state(1, "1", None)];
    let absent = DocumentState { document: DocumentId::new([9; 16]), access: None, files: vec![] };
    let all = [paper(1, &[]), paper(2, &[2]), absent.clone(), paper(3, &[7]), paper(1, &[])];
    let (facts, filed) = files_them(&clerk(), &needs(&[(2, chain.clone())], &all)).unwrap();
    let [Fact::DocumentsFiled { file, volume: 1, documents }] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!((*file, documents.len()), (id(2), 2));
    let refused: Vec<&str> = filed.refused.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(refused, ["already-filed", "not-found"]);

    let one = |document: DocumentState, chain: &Chain| {
        refusal(files_them(&clerk(), &needs(&[(2, chain.clone())], &[document])))
    };
    assert_eq!(one(paper(2, &[2]), &chain), (Code::AlreadyFiled, Some("documents")));
    assert_eq!(one(absent, &chain), (Code::NotFound, Some("documents")));
    // What is hidden from the clerk and what is not there are one answer.
    let secret = DocumentState { access: Some(for_air()), ..paper(4, &[]) };
    let mut secret = secret;
    secret.access.as_mut().unwrap().entry = Some(label(&house(), "NATO", "SECRET", &[]));
    assert_eq!(one(secret, &chain), (Code::NotFound, Some("documents")));
    assert_eq!(one(paper(1, &[]), &vec![]), (Code::NotFound, Some("file")));
    assert_eq!(
        one(paper(1, &[]), &vec![chain[0].clone(), hidden(chain[1].clone())]),
        (Code::NotFound, Some("file"))
    );
    assert_eq!(one(paper(1, &[]), &vec![closed(chain[0].clone())]), (Code::FileClosed, Some("file")));
    let idle = FileState { open_volume: None, ..chain[0].clone() };
    assert_eq!(one(paper(1, &[]), &vec![idle]), (Code::NoOpenVolume, Some("file")));
    let many: Vec<DocumentState> = (0..501).map(|_| paper(1, &[])).collect();
    assert_eq!(
        refusal(files_them(&clerk(), &needs(&[(2, chain.clone())], &many))),
        (Code::TooLong, Some("documents"))
    );
    let reader = caller(4, &[]);
    assert_eq!(
        refusal(files_them(&reader, &needs(&[(2, chain)], &[paper(1, &[])]))),
        (Code::Forbidden, None)
    );
}

#[test]
fn who_handles_a_document_files_it_and_is_not_told_where_it_is() {
    let chain = vec![state(1, "1", None)];
    // Handled and not read: the entry's label lets the clerk through, the content's group does not.
    let handled = |files: &[u8]| DocumentState { access: Some(for_air()), ..paper(5, files) };
    let told = |files: &[u8]| files_them(&clerk(), &needs(&[(1, chain.clone())], &[handled(files)])).unwrap();
    assert_eq!(told(&[]), told(&[1]), "filed already or not, he is answered alike");
    let house = house();
    let out = deciding(&house, HQ, |context| {
        take_out(&clerk(), context, "r", &needs(&[(1, chain.clone())], &[handled(&[1])]))
    });
    assert_eq!(refusal(out), (Code::Forbidden, None));
}

#[test]
fn a_document_is_taken_out_with_a_reason() {
    let house = house();
    let chain = vec![state(1, "1", None)];
    let takes = |reason: &str, document: DocumentState, chain: &Chain| {
        let needs = needs(&[(1, chain.clone())], &[document]);
        deciding(&house, HQ, |context| take_out(&clerk(), context, reason, &needs))
    };
    assert!(matches!(
        &takes("mistake", paper(1, &[1]), &chain).unwrap()[..],
        [Fact::DocumentTakenOut { .. }]
    ));
    assert_eq!(refusal(takes(" ", paper(1, &[1]), &chain)), (Code::Required, Some("reason")));
    assert_eq!(refusal(takes("r", paper(1, &[2]), &chain)), (Code::NotFiled, Some("file")));
    assert_eq!(
        refusal(takes("r", paper(1, &[1]), &vec![hidden(chain[0].clone())])),
        (Code::NotFound, Some("file"))
    );
    let absent = DocumentState { access: None, ..paper(1, &[1]) };
    assert_eq!(refusal(takes("r", absent, &chain)), (Code::NotFound, None));
}

#[test]
fn registration_names_files() {
    let house = house();
    let chain = vec![state(1, "1", None)];
    let document = DocumentId::new([1; 16]);
    let put = |files: &[(FileId, Chain)]| {
        deciding(&house, HQ, |context| in_files(&clerk(), context, document, files))
    };
    assert_eq!(put(&[(id(1), chain.clone()), (id(1), chain.clone())]).unwrap().len(), 1);
    assert_eq!(refusal(put(&[(id(1), vec![])])), (Code::NotFound, Some("files")));
    assert_eq!(refusal(put(&vec![(id(1), chain); 21])), (Code::TooLong, Some("files")));
}

#[test]
fn the_three_best_files_are_proposed_with_the_reason() {
    let with = |n: u8, code: &str, words: &[&str], originators: &[&str]| {
        let mut state = state(n, code, None);
        state.file.names = names(&format!("Subject {n}"));
        state.file.words = words.iter().map(|w| (*w).to_owned()).collect();
        state.file.originators = originators.iter().map(|w| (*w).to_owned()).collect();
        state
    };
    let mut shut = with(9, "0", &["winter"], &["Operations Division"]);
    shut.closed_on = Some(date(2026, 2, 1));
    let plan = [
        with(1, "10", &["winter stocks"], &[]),
        with(2, "2", &["convoys"], &[]),
        with(3, "3", &[], &["operations division"]),
        with(4, "9", &["winter"], &[]),
        shut,
    ];
    let from = Some("Headquarters, Operations Division");
    let best = propose(&plan, from, "Stocks for the winter: the convoy", Some("report"));
    let told: Vec<FileId> = best.iter().map(|p| p.file).collect();
    assert_eq!(told, [id(3), id(2), id(4)], "by weight, then by code; a closed file never");
    assert_eq!(best[0].why, [Why::Originator("operations division".into())]);
    assert_eq!(best[1].why, [Why::Word("convoys".into())], "by stem");
    let reversed: Vec<FileState> = plan.iter().rev().cloned().collect();
    assert_eq!(propose(&reversed, from, "Stocks for the winter: the convoy", Some("report")), best);
    assert_eq!(
        propose(&plan, Some("Operations Divisional"), "Nothing", None),
        [],
        "a name ends where it ends"
    );
    assert_eq!(propose(&plan, None, "Réserves d'hiver", None), []);
    // Words of a name count, the shortest do not.
    let named = state(5, "5", None);
    let plan =
        [FileState { file: FileFact { names: names("Air and harbours"), ..named.file.clone() }, ..named }];
    assert_eq!(propose(&plan, None, "The harbour", None)[0].why, [Why::Word("harbours".into())]);
    assert_eq!(propose(&plan, None, "and air", None), []);
}
