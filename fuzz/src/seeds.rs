//! Writes the seeds of every target into the folder that `CHANCERY_FUZZ_SEEDS` names. All are made of what this repository has:
//! the shipped house, the golden entries, and small examples written here. It is built like a target, so that one build makes
//! everything, and looks at no input.
#![no_main]
#![allow(clippy::unwrap_used, missing_docs, reason = "a tool of the fuzz targets")]

use std::fs;
use std::path::Path;

mod compound;
mod office;
mod portable;

use fuzz::{DAY, HOUSE, MAP, POLICIES};
use label::{Label, NamedLabel, xml4774, xml4778};
use ledger::{Body, Checkpoint, ExportWriter, Mode, SigningKey};

fn put(folder: &Path, target: &str, seeds: impl IntoIterator<Item = Vec<u8>>) {
    let own = folder.join(target);
    fs::create_dir_all(&own).unwrap();
    for (n, seed) in seeds.into_iter().enumerate() {
        fs::write(own.join(format!("seed-{n:03}")), seed).unwrap();
    }
}

/// The same with a byte before it that says what it is.
fn as_kind(which: u8, seed: impl AsRef<[u8]>) -> Vec<u8> {
    [&[which], seed.as_ref()].concat()
}

fn labels() -> Vec<Label> {
    let plain = HOUSE.iter().flat_map(|policy| {
        policy.levels().iter().map(|level| Label::plain(policy.id().clone(), level.code.clone()))
    });
    let with = [("Releasable To", "UKR"), ("Releasable To", "CHE")].map(|(set, value)| {
        HOUSE.resolve(&NamedLabel {
            policy: "NATO".into(),
            level: "SECRET".into(),
            categories: [(set.to_owned(), [value.to_owned()].into())].into(),
            privacy_mark: Some("Personal".into()),
        })
    });
    plain.chain(with.into_iter().flatten()).collect()
}

libfuzzer_sys::fuzz_target!(init: write(), |_bytes: &[u8]| {});

fn write() {
    let folder = std::env::var_os("CHANCERY_FUZZ_SEEDS").expect("a folder");
    let folder = Path::new(&folder);
    put(folder, "policy", POLICIES.map(|(_, text)| text.as_bytes().to_vec()));
    let labels = labels();
    let written = labels.iter().filter_map(|label| xml4774::write(label, &HOUSE, DAY).ok());
    let bound = labels.iter().take(3).filter_map(|label| {
        let objects = vec![
            xml4778::DataObject::Reference {
                uri: "letter.txt".into(),
                media_type: Some("text/plain".into()),
            },
            xml4778::DataObject::Embedded { media_type: None, content: b"words".to_vec() },
        ];
        xml4778::write(&[xml4778::Binding { label: label.clone(), objects }], &HOUSE, DAY).ok()
    });
    put(folder, "label", written.chain(bound).map(String::into_bytes));
    let line = r#"{"id":"v/d1","title":"12. Letter From Nobody","subject":"Berlin","kind":"MINUTES/RECORD","date":"1955-06","from":"Nobody","to":null,"number":"Secto 4","path":["Europe","Berlin"],"classification":"SECRET","caveats":["LIMIT DISTRIBUTION","LIMDIS"],"file":"txt/d1.txt"}"#;
    let rows = "id,title,subject,kind,date,from,to,number,path,classification,caveats,file\nv/d1,12. Letter,Berlin,letter,1955-06,Nobody,,Secto 4,Europe,SECRET,LIMDIS,txt/d1.txt\n";
    let small = "format = \"csv\"\n[fields]\nidentifier = \"id\"\nsubject = { join = [\"title\", \"subject\"], with = \": \", drop_leading_number = true }\nkind = { field = \"kind\", as = \"kebab\" }\ndirection = { always = \"incoming\" }\nlanguage = { always = \"en\" }\ndate = \"date\"\naction = { field = \"to\", split = \";\" }\n";
    put(
        folder,
        "manifest",
        [
            as_kind(0, line),
            as_kind(1, rows),
            as_kind(2, format!("{MAP}\n---\n{line}")),
            as_kind(2, format!("{small}\n---\n{rows}")),
        ],
    );
    let references = [
        "MCM-0041-2010",
        "mcm 41 10",
        "mcm41/2010",
        "C-M(2023)0012-AS1",
        "IMSM-0012-2024-REV1",
        "DEL/NOR/2026/3",
        "REG-2026-17",
        "PO(2020)0123",
        "AC/35-D/2000",
        "SGM 12-61",
        "5401/2/24 REV 2 COR 1",
        "Secto 4",
        "See MCM-0041-2010 and its corrigendum, and C-M(55)15(Final); also REG-2026-17.",
    ];
    put(folder, "reference", references.map(|text| text.as_bytes().to_vec()));
    let markings = [
        "NATO SECRET",
        "NATO SECRET RELEASABLE TO SWITZERLAND",
        "(NC)",
        "OTAN CONFIDENTIEL",
        "COSMIC TOP SECRET",
        "RESTREINT UE/EU RESTRICTED",
        "SECRET NOFORN",
        "S E C R E T",
        "COMPANY CONFIDENTIAL",
    ];
    let texts = markings.map(|text| as_kind(0, text));
    let chosen = (0..40_u8).map(|n| vec![1, n % 4, n / 4, 0, n, n, n.wrapping_mul(7)]);
    put(folder, "marking", texts.into_iter().chain(chosen));
    let queries = [
        "berlin \"access routes\" -airlift from:\"Acting Secretary\" before:1955-06 kind:telegram",
        "ref:MCM-41-2010 cites:\"C-M(55)15\" year:1955 marking:\"NATO SECRET\" file:2.1",
        "U.S. -\"air lift\" --x",
        "registry:REG to:\"Military Committee\" after:2024",
        "déjà -vu l'été",
    ];
    put(folder, "query", queries.map(|text| text.as_bytes().to_vec()));
    ooxml(folder);
    mail(folder);
    words(folder);
    outlook(folder);
    pdf(folder);
    entries(folder);
}

fn ooxml(folder: &Path) {
    let story = "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr>\
        <w:t xml:space=\"preserve\">words &amp; more</w:t><w:tab/><w:br/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:del w:author=\"a\"><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:commentReference w:id=\"1\"/></w:body></w:document>";
    let sheet = "<worksheet><dimension ref=\"A1:C3\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>45000.5</v></c><c r=\"C1\" t=\"b\"><v>1</v></c></row>\
        <row r=\"3\" hidden=\"1\"><c r=\"C3\" t=\"inlineStr\"><is><t>inline</t></is></c><c t=\"e\"><v>#N/A</v></c><c t=\"str\"><f>A1</f><v>text</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>";
    let strings = "<sst count=\"2\" uniqueCount=\"2\"><si><t>one</t></si><si><r><rPr><b/></rPr><t xml:space=\"preserve\"> two</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si></sst>";
    let slide = "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:cSld><p:spTree><p:grpSp><p:sp><p:txBody><a:p><a:r><a:t>words</a:t></a:r><a:br/></a:p></p:txBody></p:sp></p:grpSp></p:spTree></p:cSld></p:sld>";
    let text = "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><office:body><office:text><text:h>Title</text:h><text:p>words<text:s text:c=\"3\"/><text:tab/>more<text:line-break/></text:p>\
        <text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><office:annotation>note</office:annotation></office:text></office:body></office:document-content>";
    let cells = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"One\"><table:table-row table:number-rows-repeated=\"3\">\
        <table:table-cell office:value-type=\"float\" office:value=\"3.5\" table:number-columns-repeated=\"2\"><text:p>3.5</text:p></table:table-cell><table:covered-table-cell/>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-04\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    put(
        folder,
        "ooxml",
        [
            as_kind(0, office::docx(story.as_bytes())),
            as_kind(1, office::xlsx(sheet.as_bytes(), strings.as_bytes())),
            as_kind(2, story),
            as_kind(3, sheet),
            as_kind(4, strings),
            as_kind(5, slide),
            as_kind(6, text),
            as_kind(7, cells),
        ],
    );
}

fn mail(folder: &Path) {
    let plain = "From: Ada Marin <ada@delegation.example>\r\nTo: registry@hq.example, \"A, B\" <ab@hq.example>\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\nDate: Thu, 5 Mar 2026 10:00:00 +0100\r\nMessage-ID: <1@x>\r\nReferences: <0@x> <9@x>\r\n\r\nwords\r\n";
    let parts = "From: a@b.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"e\"\r\n\r\n--e\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nd=E9j=\r\n=E0\r\n\
        --e\r\nContent-Type: application/pdf; name*0*=utf-8''%C3%A9; name*1=.pdf\r\nContent-Disposition: attachment; filename=\"../x.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=\r\n\
        --e\r\nContent-Type: message/rfc822\r\n\r\nFrom: c@d.example\r\nSubject: inner\r\n\r\ninner\r\n--e--\r\n";
    let page = "From: a@b.example\nSubject: s\nContent-Type: text/html\n\n<html><body><p>words &eacute;<script>x</script><table><tr><td>a</td></tr></table></body></html>";
    let boxed = format!("From ada@delegation.example Thu Mar  5 10:00:00 2026\n{plain}");
    let either = "From: a@b.example\r\nContent-Type: multipart/alternative; boundary=f\r\n\r\n--f\r\n\r\nwords\r\n--f\r\nContent-Type: text/html\r\n\r\n<b>words</b>\r\n--f--";
    put(folder, "mail", [plain, parts, page, &boxed, either].map(|text| text.as_bytes().to_vec()));
}

fn words(folder: &Path) {
    let rich = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}{\\info{\\title A letter}{\\author N}}{\\*\\generator x;}\\pard\\b words\\b0\\par d\\'e9j\\u224?\\tab{\\v hidden}\
        \\trowd\\cellx100\\intbl a\\cell\\row{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldresult link}}{\\pict\\pngblip 89504e47}\\bin3 abc{\\footnote note}\\page}";
    let page = "<!doctype html><html lang=\"fr\"><head><title>T &amp; t</title><meta charset=utf-8><style>p{}</style></head><body><!-- c --><h1>Title</h1><p>words <b>more</b><br>&eacute;&#233;&#xe9;&unknown;\
        <ul><li>one<li>two</ul><table><tr><td>a<td>b</tr></table><pre> kept  so </pre><script>if (a<b) {}</script><p hidden>not</p><![CDATA[x]]></body></html>";
    put(folder, "words", [as_kind(0, rich), as_kind(1, page)]);
}

fn outlook(folder: &Path) {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let whole = compound::message(&[
        ("__substg1.0_001A001F", &wide("IPM.Note")),
        ("__substg1.0_0037001F", &wide("A subject")),
        ("__substg1.0_0C1A001F", &wide("Ada Marin")),
        ("__substg1.0_1000001F", &wide("words")),
        ("__properties_version1.0", &[0; 32]),
        ("__attach_version1.0_#00000000/__substg1.0_3707001F", &wide("x.txt")),
        ("__attach_version1.0_#00000000/__substg1.0_37010102", b"inner"),
    ]);
    let seeds = [as_kind(0, whole), as_kind(1, wide("<p>words</p>")), as_kind(2, "words"), as_kind(3, wide("a; b"))];
    put(folder, "outlook", seeds);
}

fn pdf(folder: &Path) {
    let plain = "BT /F1 12 Tf 72 700 Td (words and more) Tj 0 -14 Td [(ap) -20 (art)] TJ ET";
    let other = "q 1 0 0 1 10 10 cm BT /F1 9 Tf 1 Tr <776f726473> Tj T* (next) ' 3 2 (line) \" ET Q /Im1 Do";
    let whole = portable::page(plain.as_bytes());
    put(folder, "pdf", [as_kind(0, whole), as_kind(1, plain), as_kind(1, other)]);
}

fn entries(folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seeds = Vec::new();
    let mut golden: Vec<_> =
        fs::read_dir(root.join("crates/registry/tests/golden")).unwrap().flatten().collect();
    golden.sort_by_key(fs::DirEntry::path);
    for file in golden {
        let name = file.file_name().to_string_lossy().into_owned();
        let kind = name.split(".v1").next().unwrap_or_default().to_owned();
        seeds.push(as_kind(1, [kind.as_bytes(), b"\n", fs::read(file.path()).unwrap().as_slice()].concat()));
    }
    let header = ledger::Header {
        registry: [1; 16],
        sequence: 7,
        time: 1_773_306_000_000_000,
        actor: [2; 16],
        command: [3; 16],
        commitment: ledger::commitment(&[4; ledger::SALT_LEN], b"{}"),
        version: 1,
        kind: "document.registered",
    };
    seeds.push(as_kind(0, header.encode().unwrap()));
    seeds.extend(exports().into_iter().map(|export| as_kind(2, export)));
    seeds.push(as_kind(3, "headquarters.example/REG\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"));
    put(folder, "entry", seeds);
}

/// Exports of a ledger of three entries, in both forms, signed.
fn exports() -> Vec<Vec<u8>> {
    let origin = "headquarters.example/REG";
    let key = SigningKey::from_seed([9; 32], "headquarters.example").unwrap();
    let (salt, payload) = ([4; ledger::SALT_LEN], b"{}");
    let headers: Vec<Vec<u8>> = (0..3_u64)
        .map(|sequence| {
            let header = ledger::Header {
                registry: [1; 16],
                sequence,
                time: 1_773_306_000_000_000,
                actor: [2; 16],
                command: [3; 16],
                commitment: ledger::commitment(&salt, payload),
                version: 1,
                kind: "document.registered",
            };
            header.encode().unwrap()
        })
        .collect();
    let leaves: Vec<_> = headers.iter().map(|header| ledger::leaf_hash(header)).collect();
    let checkpoint = Checkpoint {
        origin: origin.into(),
        size: 3,
        root: ledger::root_of(&leaves),
        time: Some(1_773_306_000_000_000),
        extensions: Vec::new(),
    };
    let note = checkpoint.sign(&key).unwrap();
    let written = |mode, body: Body<'_>| {
        let mut export = ExportWriter::new(Vec::new(), mode).unwrap();
        let mut section = export.ledger([1; 16], origin).unwrap();
        for header in &headers {
            section.entry(header, body).unwrap();
        }
        section.end(&note).unwrap();
        export.close().unwrap()
    };
    vec![
        written(Mode::Proof, Body::HeaderOnly),
        written(Mode::Full, Body::Payload { salt: &salt, payload }),
        written(Mode::Full, Body::Erased),
    ]
}
