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
