//! Receipts, destruction, incidents, containers and what one has, through their pages: by the staff, by those who hold copies,
//! and by those who do neither.

use axum::http::StatusCode;
use registry::{
    Answer, Command, PersonId,
    custody::{
        Act, Numbered,
        copy::{Medium, Origin},
        fact::Addressee,
    },
};

use crate::browser::{Browser, PHRASE, Page, World};

const DAY: i64 = 24 * 60;

/// A house with copies 1 to 4 of a SECRET paper at the desk and a deputy who may read it, an hour after the morning.
pub struct Desk {
    pub world: World,
    pub clerk: PersonId,
    pub deputy: PersonId,
    pub copies: Vec<registry::CopyId>,
}

impl Desk {
    pub async fn set() -> Desk {
        let world = World::founded().await;
        let paper = world.paper(Some("SECRET"), "Rotation", "The detachment rotates in March.").await;
        let clerk = world.office.person_named("clerk").await.unwrap();
        let deputy = world.adds("deputy").await;
        world.clears(deputy, "SECRET").await;
        let numbered = |number| Numbered { number, pages: Some(4), medium: Medium::Paper };
        let act = Act::Record {
            shelf: String::new(),
            document: paper.parse().unwrap(),
            origin: Origin::Received,
            from: None,
            copies: (1..=4).map(numbered).collect(),
            of: Some(4),
            container: None,
            at: None,
            words: String::new(),
        };
        let mut desk = Desk { world, clerk, deputy, copies: Vec::new() };
        let Answer::Recorded { copies, .. } = desk.does(clerk, act).await else { panic!() };
        desk.copies = copies;
        desk.world.after(60);
        desk
    }

    pub async fn does(&self, who: PersonId, act: Act) -> Answer {
        let command = Command::Custody { registry: self.world.registry, act: Box::new(act) };
        self.world.does(who, command).await
    }

    /// Sends copies; the address of their receipt.
    pub async fn sends(&self, copies: &[usize], to: Addressee) -> String {
        let act = Act::Send {
            back_by: None,
            copies: copies.iter().map(|n| self.copies[*n]).collect(),
            to,
            bearer: "Corporal Vos".into(),
            at: None,
            despite: None,
            words: String::new(),
        };
        let Answer::Sent { dispatch, .. } = self.does(self.clerk, act).await else { panic!() };
        format!("/custody/receipts/{dispatch}")
    }
}

/// What a form of a page that is sent to a path has in its hidden fields.
pub fn within(page: &Page, action: &str, name: &str) -> String {
    let at = page.text.find(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("{}", page.text));
    let form = &page.text[at..];
    let form = &form[..form.find("</form>").unwrap()];
    let mark = format!("name=\"{name}\" value=\"");
    let at = form.find(&mark).unwrap_or_else(|| panic!("no {name} in {form}"));
    form[at + mark.len()..].split('"').next().unwrap().to_owned()
}

pub async fn sends(browser: &mut Browser, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
    let command = within(page, action, "command");
    let mut all = vec![("command", command.as_str())];
    all.extend_from_slice(fields);
    browser.answer(page, action, &all).await
}

/// The same with a file that may come with it.
pub async fn brings(
    browser: &mut Browser,
    page: &Page,
    action: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Page {
    let (token, command) = (within(page, action, "token"), within(page, action, "command"));
    let mut all = vec![("token", token.as_str()), ("command", command.as_str())];
    all.extend_from_slice(fields);
    browser.multipart(action, &all, file).await
}

#[tokio::test]
async fn whoever_was_sent_copies_signs_on_screen_and_says_what_is_not_as_it_should_be() {
    let desk = Desk::set().await;
    let mut deputy = desk.world.browser("deputy").await;
    deputy.get("/holdings").await.good().shows("You answer for no copy").shows("hands out to you");
    let receipt = desk.sends(&[0, 1], Addressee::Person { person: desk.deputy }).await;
    let page = deputy.get("/holdings").await.good();
    page.shows("Waiting for your receipt")
        .shows("R-0001/2026 from")
        .shows("NS-0001/2026/2")
        .shows("Rotation");
    page.shows("Corporal Vos").shows("NATO SECRET");
    assert_eq!(page.banner(), "NATO SECRET");
    // On the receipt stands no subject, for him neither.
    let paper = deputy.get(&receipt).await.good();
    paper.shows("NS-0001/2026/1").shows("I have received the copies").hides("Rotation").hides("/trace");
    assert_eq!(paper.banner(), "NATO UNCLASSIFIED");
    deputy.get("/holdings.csv").await.good().shows("Waits for your receipt").shows("Rotation");

    let wrong = format!("wrong-{}", desk.copies[1]);
    let dispatch = within(&page, "/holdings/receipt", "dispatch");
    let long = "x".repeat(2_001);
    let fields = [("dispatch", dispatch.as_str()), ("back", ""), (wrong.as_str(), long.as_str())];
    let refused = sends(&mut deputy, &page, "/holdings/receipt", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&format!("id=\"field-{wrong}-error\"")).shows("At most 2,000 fit").shows(&long);
    let fields = [("dispatch", dispatch.as_str()), ("back", ""), (wrong.as_str(), "Page 3 is missing")];
    let done = sends(&mut deputy, &refused, "/holdings/receipt", &fields).await;
    assert_eq!(done.to(), "/holdings?done=receipt-signed-but", "{}", done.text);
    let page = deputy.get(done.to()).await.good();
    page.shows("the registry has an incident")
        .shows("You answer for 1 copy")
        .shows("Waiting for your receipt");
    // What is not as it should be is due still; he may sign for it when it is.
    let fields = [("dispatch", dispatch.as_str()), ("back", "receipt")];
    let done = sends(&mut deputy, &page, "/holdings/receipt", &fields).await;
    assert_eq!(done.to(), format!("{receipt}?done=receipt-signed"), "{}", done.text);
    let told = deputy.get(done.to()).await.good();
    told.shows("Page 3 is missing")
        .shows("Signed on screen by Person called deputy")
        .hides("Sign the receipt");
    let again = sends(&mut deputy, &page, "/holdings/receipt", &fields).await;
    assert_eq!(again.to(), done.to(), "the same form once more");
    let other = [("dispatch", dispatch.as_str()), ("back", "receipt")];
    let late = deputy.answer(&told, "/holdings/receipt", &other).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("Receipt R-0001/2026 is given already");
}

#[tokio::test]
async fn copies_are_brought_back_or_handed_on_by_who_holds_them() {
    let desk = Desk::set().await;
    let receipt = desk.sends(&[0, 1, 2], Addressee::Person { person: desk.deputy }).await;
    let mut deputy = desk.world.browser("deputy").await;
    let page = deputy.get(&receipt).await.good();
    let dispatch = within(&page, "/holdings/receipt", "dispatch");
    sends(&mut deputy, &page, "/holdings/receipt", &[("dispatch", &dispatch)]).await;
    let page = deputy.get("/holdings").await.good();
    page.shows("You answer for 3 copies").shows("Bring back to the registry").shows("Hand on to …");
    let turned = deputy.get("/holdings?order=number-down").await.good();
    assert!(turned.text.find("2026/3</a>") < turned.text.find("2026/1</a>"), "{}", turned.text);
    let ids: Vec<String> = desk.copies.iter().map(ToString::to_string).collect();

    let none = deputy.answer(&page, "/holdings/send", &[("to", "desk")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("No copy is chosen.");
    let foreign = deputy.answer(&page, "/holdings/send", &[("to", "desk"), ("copy", &ids[3])]).await;
    foreign.shows("No copy is chosen.");
    let back = deputy.answer(&page, "/holdings/send", &[("to", "desk"), ("copy", &ids[0])]).await;
    assert_eq!(back.to(), "/holdings?done=holdings-brought", "{}", back.text);
    let page = deputy.get(back.to()).await.good();
    page.shows("on their way to the registry").shows("R-0002/2026").shows("Under way");
    assert!(!page.text.contains(&format!("value=\"{}\"", ids[0])), "what is on its way cannot be chosen");

    let chosen = [("to", "person"), ("copy", ids[1].as_str()), ("copy", ids[2].as_str())];
    let form = deputy.answer(&page, "/holdings/send", &chosen).await.good();
    form.shows("To whom").shows("NS-0001/2026/2").shows("NS-0001/2026/3").hides("NS-0001/2026/1<");
    for (person, says) in [
        ("", "This is empty."),
        ("Person", "There is no person of that name here."),
        ("reader", "is not cleared for copy NS-0001/2026/2 today."),
    ] {
        let mut fields = chosen.to_vec();
        fields.push(("person", person));
        let refused = sends(&mut deputy, &form, "/holdings/send", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{person}");
        refused.shows(says).shows("#field-person").shows("NS-0001/2026/3");
    }
    let mut fields = chosen.to_vec();
    fields.push(("person", "clerk"));
    let handed = sends(&mut deputy, &form, "/holdings/send", &fields).await;
    assert_eq!(handed.to(), "/holdings?done=holdings-handed", "{}", handed.text);

    // The registry signs for what comes back; the clerk for what was handed to him.
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get("/holdings").await.good().shows("R-0003/2026").hides("R-0002/2026");
    let list = clerk.get("/custody/receipts").await.good();
    list.shows("R-0002/2026").shows("R-0003/2026").shows("Registry desk").hides("R-0001/2026");
    let at = list.text.find("/custody/receipts/").unwrap();
    assert!(at > 0);
    let row = &list.text[..list.text.find("R-0002/2026").unwrap()];
    let path = row[row.rfind("/custody/receipts/").unwrap()..].split('"').next().unwrap().to_owned();
    let page = clerk.get(&path).await.good();
    page.shows("Sign on screen").hides("come back on paper");
    let dispatch = within(&page, "/holdings/receipt", "dispatch");
    let fields = [("dispatch", dispatch.as_str()), ("back", "receipt")];
    let done = sends(&mut clerk, &page, "/holdings/receipt", &fields).await;
    assert_eq!(done.to(), format!("{path}?done=receipt-signed"), "{}", done.text);
    let mut reader = desk.world.browser("reader").await;
    assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn receipts_wait_are_traced_escalated_and_come_back_on_paper() {
    let desk = Desk::set().await;
    let mission = Addressee::Elsewhere { name: "Sub-registry of a mission".into() };
    let path = desk.sends(&[0, 1], mission).await;
    let mut clerk = desk.world.browser("clerk").await;
    let list = clerk.get("/custody/receipts").await.good();
    list.shows("R-0001/2026").shows("Sub-registry of a mission").shows("Waiting").shows("1 to 1 of 1");
    list.hides("Rotation").shows("carried by Corporal Vos");
    clerk.get("/custody/receipts?state=late").await.good().shows("No such receipt").hides("R-0001/2026");
    clerk.get("/custody/receipts?state=given").await.good().hides("R-0001/2026");
    desk.world.after(31 * DAY);
    let mut clerk = desk.world.browser("clerk").await;
    for state in ["late", "trace", "all", "due"] {
        clerk
            .get(&format!("/custody/receipts?state={state}"))
            .await
            .good()
            .shows("To be traced")
            .shows("R-0001/2026");
    }
    let page = clerk.get(&path).await.good();
    let traced =
        sends(&mut clerk, &page, &format!("{path}/trace"), &[("form", "trace"), ("words", "By telephone")])
            .await;
    assert_eq!(traced.to(), format!("{path}?done=receipt-traced"), "{}", traced.text);
    clerk.get(traced.to()).await.good().shows("asked for again on 12 April 2026");
    desk.world.after(46 * DAY);
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get("/custody/receipts?state=escalate").await.good().shows("To be escalated").shows("R-0001/2026");
    let file = clerk.get("/custody/receipts.csv?state=late").await.good();
    file.shows("R-0001/2026").shows("NS-0001/2026/1; NS-0001/2026/2").shows(",45,").hides("Rotation");
    clerk.get("/custody/receipts.xlsx").await.good();

    let page = clerk.get(&path).await.good();
    let action = format!("{path}/paper");
    let wrong = format!("wrong-{}", desk.copies[1]);
    for (by, at, field) in [
        ("", "", "by"),
        ("T. Nogueira", "soon", "at"),
        ("T. Nogueira", "1 March 2026", "at"),
        ("T. Nogueira", "31 December 2099", "at"),
    ] {
        let fields = [("form", "paper"), ("by", by), ("at", at), (wrong.as_str(), "The seal was broken")];
        let refused = brings(&mut clerk, &page, &action, &fields, None).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{by} {at}");
        refused.shows(&format!("#field-{field}")).shows("The seal was broken");
    }
    let fields = [
        ("form", "paper"),
        ("by", "T. Nogueira"),
        ("at", "20 March 2026, 11:15"),
        (wrong.as_str(), "The seal was broken"),
    ];
    let done = brings(&mut clerk, &page, &action, &fields, None).await;
    assert_eq!(done.to(), format!("{path}?done=receipt-recorded-but"), "{}", done.text);
    let page = clerk.get(done.to()).await.good();
    page.shows("Signed on paper by T. Nogueira")
        .shows("1 copy of 2 has not arrived.")
        .shows("The seal was broken");
    let keep = "/custody/do/keep?registry=REG&amp;copies=NS-0001%2F2026%2F2";
    page.shows(keep).shows("Report them missing");
    clerk.get("/custody/incidents").await.good().shows("I-0001/2026").shows("Not as they were sent");
    let fields = [("form", "paper"), ("by", "T. Nogueira"), ("at", "")];
    let done = brings(&mut clerk, &page, &action, &fields, None).await;
    clerk.get(done.to()).await.good().shows("Given").hides(&action);
    clerk.speaks("fr").await;
    clerk.get(&path).await.good().shows("Signé sur papier par T. Nogueira");
    clerk.get("/custody/receipts?state=given").await.good().shows("R-0001/2026").shows("Récépissés");
}

#[tokio::test]
async fn a_certificate_is_signed_by_two_the_last_typing_its_number_with_a_fresh_sign_in() {
    let desk = Desk::set().await;
    let drawn = |copies: &[usize]| Act::DrawUp {
        copies: copies.iter().map(|n| desk.copies[*n]).collect(),
        method: "Shredded".into(),
    };
    let Answer::Certified { certificate, .. } = desk.does(desk.clerk, drawn(&[0, 1])).await else { panic!() };
    let path = format!("/custody/destruction/{certificate}");
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get("/custody/destruction").await.good().shows("D-0001/2026").shows("Shredded").shows("Waits for");
    let page = clerk.get(&path).await.good();
    page.shows("Certificate of destruction D-0001/2026").shows("NS-0001/2026/2").hides("Rotation");
    page.shows("value=\"destroyer\"").shows("value=\"witness\"").hides("Number of the certificate");
    let action = format!("{path}/sign");
    let none = sends(&mut clerk, &page, &action, &[("form", "sign")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("#field-hand");
    desk.world.after(70);
    clerk.get("/desk").await.good();
    desk.world.after(80);
    let stale = sends(&mut clerk, &page, &action, &[("form", "sign"), ("hand", "destroyer")]).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN, "{}", stale.text);
    stale.shows("Your password, once more").shows("value=\"destroyer\" checked").shows("NS-0001/2026/2");
    let fields = [("form", "sign"), ("hand", "destroyer"), ("password", "not the password")];
    let wrong = sends(&mut clerk, &stale, &action, &fields).await;
    wrong.shows("This is not your password").shows("id=\"field-password-error\"");
    let fields = [("form", "sign"), ("hand", "destroyer"), ("password", PHRASE)];
    let signed = sends(&mut clerk, &wrong, &action, &fields).await;
    assert_eq!(signed.to(), format!("{path}?done=destruction-signed"), "{}", signed.text);
    let page = clerk.get(signed.to()).await.good();
    page.shows("Person called clerk").shows("not signed yet").shows("The other is another person");
    // The controller sees the entries and no subject; he is the witness, and his is the last signature.
    let mut controller = desk.world.browser("controller").await;
    let page = controller.get(&path).await.good();
    page.hides("value=\"destroyer\"").shows("type D-0001/2026").hides("Rotation");
    for number in ["", "D-0002/2026"] {
        let fields = [("form", "sign"), ("hand", "witness"), ("number", number)];
        let refused = sends(&mut controller, &page, &action, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
        refused.shows("This is not the number of the certificate.").shows("#field-number");
    }
    let fields = [("form", "sign"), ("hand", "witness"), ("number", "d-0001/2026")];
    let whole = sends(&mut controller, &page, &action, &fields).await;
    assert_eq!(whole.to(), format!("{path}?done=destruction-whole"), "{}", whole.text);
    controller
        .get(whole.to())
        .await
        .good()
        .shows("Person called controller")
        .hides(&action)
        .shows("Destroyed");
    clerk.get("/custody/destruction").await.good().shows("No such certificate");
    clerk.get("/custody/destruction?state=destroyed").await.good().shows("Destroyer: Person called clerk");
    clerk.get("/custody/destruction.csv?state=all").await.good().shows("Witness: Person called controller");
    clerk.get("/custody/destruction.xlsx").await.good();

    let Answer::Certified { certificate, .. } = desk.does(desk.clerk, drawn(&[2])).await else { panic!() };
    let path = format!("/custody/destruction/{certificate}");
    let page = clerk.get(&path).await.good();
    let action = format!("{path}/withdraw");
    let refused = sends(&mut clerk, &page, &action, &[("form", "withdraw"), ("words", "")]).await;
    refused.shows("#field-words");
    let taken =
        sends(&mut clerk, &page, &action, &[("form", "withdraw"), ("words", "Needed after all")]).await;
    assert_eq!(taken.to(), format!("{path}?done=destruction-withdrawn"), "{}", taken.text);
    clerk.get(taken.to()).await.good().shows("Taken back").shows("Needed after all");
    clerk.get("/custody/destruction?state=withdrawn").await.good().shows("D-0002/2026").hides("D-0001/2026");
}

#[tokio::test]
async fn an_incident_is_followed_until_it_is_closed() {
    let desk = Desk::set().await;
    let act = Act::Miss { copies: vec![desk.copies[3]], words: "Not in the safe".into() };
    let Answer::Incident { incident } = desk.does(desk.clerk, act).await else { panic!() };
    let path = format!("/custody/incidents/{incident}");
    desk.world.after(3 * DAY + 60);
    let mut clerk = desk.world.browser("clerk").await;
    let list = clerk.get("/custody/incidents").await.good();
    list.shows("I-0001/2026").shows("Not in the safe").shows("NS-0001/2026/4").hides("Rotation");
    clerk.get("/custody/incidents?kind=emergency").await.good().hides("I-0001/2026");
    clerk.get("/custody/incidents?kind=missing&state=all").await.good().shows("I-0001/2026");
    let page = clerk.get(&path).await.good();
    page.shows("Rotation").shows("3 days").shows("Missing");
    let action = format!("{path}/follow");
    let empty = sends(&mut clerk, &page, &action, &[("words", " "), ("closes", "yes")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.shows("#field-words").shows("value=\"yes\" checked");
    let noted = sends(&mut clerk, &page, &action, &[("words", "The last reader was asked")]).await;
    assert_eq!(noted.to(), format!("{path}?done=incident-followed"), "{}", noted.text);
    let page = clerk.get(noted.to()).await.good();
    page.shows("The last reader was asked");
    let closed = sends(&mut clerk, &page, &action, &[("words", "Found"), ("closes", "yes")]).await;
    let page = clerk.get(closed.to()).await.good();
    page.shows("Closed with this.").shows("The incident is closed.").hides(&action);
    clerk.get("/custody/incidents").await.good().shows("No such incident");
    clerk.get("/custody/incidents.csv?state=closed").await.good().shows("I-0001/2026,Missing,NS-0001/2026/4");
    clerk.get("/custody/incidents.xlsx").await.good();
}

#[tokio::test]
async fn a_container_holds_what_it_is_approved_for() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    let path = "/custody/containers";
    let form = clerk.get(path).await.good();
    form.shows("No such container").shows("ATOMAL").hides("CRYPTO");
    let policies = desk.world.office.house().await.unwrap().policies.clone();
    let nato = format!("level-{}", policies.iter().position(|policy| policy.name() == "NATO").unwrap());
    let fields = |name: &'static str, level: &'static str| {
        [
            ("registry", "REG"),
            ("name", name),
            ("place", "Room 2.10"),
            ("approved", "bounded"),
            (nato.as_str(), level),
        ]
    };
    for (name, level, field) in
        [("Safe 4", "", "approved"), ("", "SECRET", "name"), ("Safe 4", "GREEN", "approved")]
    {
        let refused = sends(&mut clerk, &form, path, &fields(name, level)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {level}");
        refused.shows(&format!("#field-{field}")).shows("value=\"Room 2.10\"");
    }
    let done = sends(&mut clerk, &form, path, &fields("Safe 4", "SECRET")).await;
    assert_eq!(done.to(), "/custody/containers?registry=REG&done=container-furnished", "{}", done.text);
    let list = clerk.get(done.to()).await.good();
    list.shows("Safe 4")
        .shows("Room 2.10")
        .shows("NATO SECRET")
        .shows("1 to 1 of 1")
        .shows("&amp;container=");
    let form = clerk.get(path).await.good();
    let twice = sends(&mut clerk, &form, path, &fields("Safe 4", "SECRET")).await;
    twice.shows("#field-name");
    let anything = [("registry", "REG"), ("name", "Vault"), ("place", "Cellar"), ("approved", "anything")];
    let done = sends(&mut clerk, &form, path, &anything).await;
    clerk.get(done.to()).await.good().shows("Anything").shows("1 to 2 of 2");
    clerk.get("/custody/containers.csv").await.good().shows("Safe 4,Room 2.10,NATO SECRET,0");
    clerk.get("/custody/containers?state=filled").await.good().hides("Room 2.10");
    clerk.get("/custody/containers.xlsx").await.good();
}

#[tokio::test]
async fn who_is_not_of_the_staff_finds_none_of_the_lists() {
    let desk = Desk::set().await;
    let path = desk.sends(&[0], Addressee::Person { person: desk.deputy }).await;
    let act = Act::Miss { copies: vec![desk.copies[3]], words: "Not in the safe".into() };
    let Answer::Incident { incident } = desk.does(desk.clerk, act).await else { panic!() };
    let mut deputy = desk.world.browser("deputy").await;
    for list in ["receipts", "destruction", "incidents", "containers"] {
        for ending in ["", ".csv", ".xlsx"] {
            let path = format!("/custody/{list}{ending}");
            assert_eq!(deputy.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert_eq!(deputy.get(&format!("/custody/incidents/{incident}")).await.status, StatusCode::NOT_FOUND);
    let page = deputy.get(&path).await.good();
    let token = page.hidden("token");
    let fields = [("token", token.as_str()), ("form", "paper"), ("by", "I")];
    let forbidden = deputy.multipart(&format!("{path}/paper"), &fields, None).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN, "{}", forbidden.text);
    deputy.get("/holdings.xlsx").await.good();
    let mut nobody = desk.world.browser("nobody").await;
    nobody.get("/holdings").await.good().shows("You answer for no copy").hides("R-0001");
    for gone in [path.as_str(), "/custody/receipts/none", "/custody/destruction/none"] {
        assert_eq!(nobody.get(gone).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
}
