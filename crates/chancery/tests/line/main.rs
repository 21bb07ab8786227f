//! The command line as an operator uses it: commands on a folder that a server owns go through the server, and say
//! the same as on a folder that nobody owns. Needs no other program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

fn chancery(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn good(output: Output) -> String {
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// An installation with one clerk and a folder of files to import.
struct Installation {
    dir: tempfile::TempDir,
    data: PathBuf,
}

impl Installation {
    fn found(depth: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut data = dir.path().to_owned();
        for _ in 0..depth {
            data.push("a-folder-with-a-long-name");
        }
        std::fs::create_dir_all(&data).unwrap();
        data.push("data");
        let files = dir.path().join("files");
        std::fs::create_dir(&files).unwrap();
        std::fs::write(files.join("one.txt"), "Convoys through the corridor\n\nFirst paper.").unwrap();
        std::fs::write(files.join("two.txt"), "A bridge over the canal\n\nSecond paper.").unwrap();
        let this = Self { dir, data };
        good(chancery(&["init", this.data()]).output().unwrap());
        let add = ["person", "add", this.data(), "--login", "clerk", "--name", "A Clerk"];
        good(chancery(&add).args(["--nationality", "BEL", "--role", "clerk@REG"]).output().unwrap());
        this
    }

    fn data(&self) -> &str {
        self.data.to_str().unwrap()
    }

    /// Serves, once it says that it listens.
    fn serve(&self) -> Serving {
        let mut child = chancery(&["serve", self.data(), "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("http://127.0.0.1:"), "{line}");
        Serving(child)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut all = vec![arguments[0], self.data()];
        all.extend(&arguments[1..]);
        chancery(&all).current_dir(self.dir.path()).output().unwrap()
    }
}

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

#[test]
fn commands_go_through_the_server_that_owns_the_folder() {
    let house = Installation::found(0);
    let serving = house.serve();
    let socket = house.data.join("socket");
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&socket).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);

    // A path as its giver means it, though the server stands elsewhere.
    let marking = ["--marking", "NATO UNCLASSIFIED", "--as", "clerk", "--json"];
    let imported = good(house.run(&[&["import", "files"], &marking[..]].concat()));
    assert!(imported.contains(r#""registered":2"#), "{imported}");
    let again = good(house.run(&[&["import", "files"], &marking[..]].concat()));
    assert!(again.contains(r#""already":2"#), "{again}");
    let found = good(house.run(&["search", "convoys", "--as", "clerk", "--json"]));
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found["total"], 1);
    let reference = found["hits"][0]["reference"].as_str().unwrap();
    assert!(good(house.run(&["show", reference, "--as", "clerk"])).contains("First paper."));
    let list = ["person", "list", house.data()];
    assert_eq!(lines(&good(chancery(&list).output().unwrap())), 3);
    assert!(good(house.run(&["verify"])).ends_with("good\n"));
    assert!(good(house.run(&["rebuild", "--compare"])).ends_with("good\n"));
    good(house.run(&["export", "ledger.export"]));
    let key = format!("{}.pub", house.data());
    let export = house.dir.path().join("ledger.export");
    let verify = ["verify", "--export", export.to_str().unwrap(), "--key", &key];
    assert!(good(chancery(&verify).output().unwrap()).ends_with("good\n"));

    // Refusals come through with their words and their exit code.
    let missing = house.run(&["show", "REG-1900-1", "--as", "clerk"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(said(&missing).contains("not-found"), "{}", said(&missing));
    // What needs the folder for itself is refused, and says what to do.
    let rebuild = house.run(&["rebuild"]);
    assert_eq!(rebuild.status.code(), Some(2));
    assert!(said(&rebuild).contains("stop the server"), "{}", said(&rebuild));

    drop(serving);
    // The server was killed and left its socket: the next command owns the folder and says the same.
    assert!(socket.exists());
    let alone = good(house.run(&["search", "convoys", "--as", "clerk", "--json"]));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&alone).unwrap(), found);
    assert!(!socket.exists());
}

#[test]
fn the_socket_wants_the_key_of_the_installation() {
    let (house, other) = (Installation::found(0), Installation::found(0));
    let _serving = house.serve();
    let key = format!("{}.key", other.data());
    let refused = house.run(&["search", "convoys", "--as", "clerk", "--key", &key]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("not the key"), "{}", said(&refused));
    let none = house.dir.path().join("none.key");
    let refused = house.run(&["search", "convoys", "--as", "clerk", "--key", none.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_folder_may_lie_deep() {
    let house = Installation::found(8);
    assert!(house.data().len() > 108);
    let _serving = house.serve();
    assert!(good(house.run(&["search", "convoys", "--as", "clerk"])).starts_with("0 found"));
}

#[test]
fn a_stranger_at_the_socket_learns_nothing_and_stops_nobody() {
    use std::io::{Read as _, Write as _};
    let house = Installation::found(0);
    let _serving = house.serve();
    let socket = house.data.join("socket");
    for bytes in [
        &b"\n"[..],
        b"{}\n",
        b"\xff\xfe\n",
        &[b'['; 100_000],
        b"{\"proof\":\"\",\"directory\":\"/\",\"arguments\":[]}\n",
    ] {
        let mut stream = std::os::unix::net::UnixStream::connect(&socket).unwrap();
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut heard = String::new();
        let _ = stream.read_to_string(&mut heard);
        assert!(!heard.contains("\"out\""), "{heard}");
    }
    assert!(good(house.run(&["search", "convoys", "--as", "clerk"])).starts_with("0 found"));
}

#[test]
fn two_commands_on_a_free_folder_both_end_well() {
    let house = Installation::found(0);
    let start = || {
        chancery(&["search", house.data(), "convoys", "--as", "clerk"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let running: Vec<Child> = (0..4).map(|_| start()).collect();
    for child in running {
        assert!(good(child.wait_with_output().unwrap()).starts_with("0 found"));
    }
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let house = Installation::found(0);
    let mut child = chancery(&["person", "list", house.data()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&ended.stderr).contains("panicked"));
    assert!(Path::new(house.data()).exists());
}

/// A workbook as an office program writes it: a title, headings, dates that are dates, a hidden row, a second sheet.
fn workbook(path: &Path) {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("In").unwrap();
    sheet.write(0, 0, "Register of the cell").unwrap();
    for (column, head) in (0_u16..).zip(["No", "Date", "Subject", "Classification", "Copy No", "Holder"]) {
        sheet.write(2, column, head).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (row, (number, subject, copy, holder)) in (3_u32..).zip([
        (1, "Roads", "1 of 2", "Cell"),
        (1, "Roads", "2 of 2", "Plans"),
        (2, "Ports", "1", "Cell"),
        (2, "Else", "1", "Cell"),
    ]) {
        sheet.write(row, 0, number).unwrap();
        sheet.write_with_format(row, 1, ExcelDateTime::from_ymd(2025, 3, 4).unwrap(), &day).unwrap();
        sheet.write(row, 2, subject).unwrap();
        sheet.write(row, 3, "NATO RESTRICTED").unwrap();
        sheet.write(row, 4, copy).unwrap();
        sheet.write(row, 5, holder).unwrap();
    }
    sheet.set_row_hidden(5).unwrap();
    let other = book.add_worksheet();
    other.set_name("Notes").unwrap();
    other.write(0, 0, "Nothing of use").unwrap();
    book.save(path).unwrap();
}

#[test]
fn a_workbook_is_looked_at_and_taken_over_once() {
    let house = Installation::found(0);
    workbook(&house.dir.path().join("old.xlsx"));
    let dry = house.run(&["import-register", "old.xlsx", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(1), "a row is left out: {}", said(&dry));
    let told = said(&dry);
    assert!(told.contains("A7  duplicate-number  2"), "{told}");
    assert!(told.contains("6  row-hidden"), "{told}");
    assert!(
        told.contains("4 rows: 2 documents would be registered, 0 undetermined, 3 copies, 1 rows left out"),
        "{told}"
    );
    let register = ["search", "registry:REG", "--as", "clerk", "--json"];
    assert!(good(house.run(&register)).contains(r#""total":0"#), "nothing was written");
    let taken = said(&house.run(&["import-register", "old.xlsx", "--sheet", "In"]));
    assert!(taken.contains("2 documents: 2 registered, 0 already there, 0 refused"), "{taken}");
    let again = said(&house.run(&["import-register", "old.xlsx", "--json"]));
    assert!(again.contains(r#""already":2"#), "{again}");
    assert!(good(house.run(&["rebuild", "--compare"])).ends_with("good\n"));

    let unknown = house.run(&["import-register", "old.xlsx", "--sheet", "Out"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said(&unknown).contains("In, Notes"), "{}", said(&unknown));
    let notes = house.run(&["import-register", "old.xlsx", "--sheet", "Notes", "--dry-run"]);
    assert!(said(&notes).contains("(no-subject-column)"), "{}", said(&notes));
}

/// Workbooks that nobody on this project wrote, where they are present.
#[test]
fn foreign_workbooks_are_read_or_refused_in_words() {
    let shared = std::env::var_os("CHANCERY_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = shared.unwrap_or(beside).join("data/office/xlsx");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let house = Installation::found(0);
    let dry = |name: &str| {
        let file = folder.join(name);
        house.run(&["import-register", file.to_str().unwrap(), "--dry-run"])
    };
    let locked = dry("unstructured__password_protected.xlsx");
    assert_eq!(locked.status.code(), Some(2));
    assert!(said(&locked).contains("(workbook-locked)"), "{}", said(&locked));
    let mut told = 0;
    for entry in std::fs::read_dir(&folder).unwrap().take(12) {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let output = dry(&name);
        let words = said(&output);
        assert!(output.status.code().is_some_and(|code| code <= 2), "{name}: {words}");
        assert!(!words.trim().is_empty(), "{name}");
        told += 1;
    }
    assert!(told > 5);
}

#[test]
fn checkpoints_that_were_kept_elsewhere_show_an_old_copy_and_a_ledger_that_is_gone() {
    let house = Installation::found(0);
    good(house.run(&["checkpoint", "first.txt"]));
    // An old copy, with its key.
    let old = house.dir.path().join("old");
    for (from, to) in [("data", "old"), ("data.key", "old.key"), ("data.pub", "old.pub")] {
        let path = |name: &str| house.dir.path().join(name);
        good(Command::new("cp").arg("-a").arg(path(from)).arg(path(to)).output().unwrap());
    }
    let marking = ["--marking", "NATO UNCLASSIFIED", "--as", "clerk"];
    good(house.run(&[&["import", "files"], &marking[..]].concat()));
    let signed = good(house.run(&["checkpoint", "second.txt"]));
    assert!(signed.contains("2 ledgers signed"), "{signed}");
    assert_eq!(house.run(&["checkpoint", "second.txt"]).status.code(), Some(2), "nothing is written over");

    let held = ["verify", "--held", "first.txt", "--held", "second.txt"];
    assert!(good(house.run(&held)).ends_with("good\n"), "a ledger that only grew");
    let of_old = |held: &str| {
        let held = house.dir.path().join(held);
        chancery(&["verify", old.to_str().unwrap(), "--held", held.to_str().unwrap()]).output().unwrap()
    };
    assert!(good(of_old("first.txt")).ends_with("good\n"));
    let found = of_old("second.txt");
    assert_eq!(found.status.code(), Some(1), "{}", said(&found));
    assert!(said(&found).contains("FAULT"), "{}", said(&found));
    // What somebody wrote himself is no checkpoint.
    let text = std::fs::read_to_string(house.dir.path().join("second.txt")).unwrap();
    let size = text.lines().nth(1).unwrap();
    let forged = text.replacen(&format!("\n{size}\n"), "\n1\n", 1);
    assert_ne!(forged, text);
    std::fs::write(house.dir.path().join("forged.txt"), format!("{forged}\nanything\n")).unwrap();
    let found = of_old("forged.txt");
    assert_eq!(found.status.code(), Some(1), "{}", said(&found));
}

#[test]
fn made_up_papers_fill_a_registry_of_their_own_once() {
    let house = Installation::found(0);
    let said = good(house.run(&["synth", "--documents", "700"]));
    assert!(said.starts_with("700 papers made up of "), "{said}");
    assert!(good(house.run(&["synth", "--documents", "700"])).starts_with("0 papers"));
    assert!(good(house.run(&["synth", "--documents", "710"])).starts_with("10 papers"));
    assert!(good(house.run(&["verify", "--content"])).ends_with("good\n"));
    assert!(!house.data.join("synth").exists());
    let one = good(house.run(&["search", "made-up registry:REG", "--as", "clerk", "--json"]));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&one).unwrap()["total"], 0, "{one}");
}
