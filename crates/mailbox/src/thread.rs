//! Who answers whom: from the ids that messages bear and name (RFC 5322 section 3.6.4), which message a message answers.
//! Pure, and told strings only; it must not parse messages. Every id was written by a sender and proves nothing: a thread
//! is a help for finding, never a reason to show one message to whoever may see another.

use std::collections::HashMap;

/// The longest id that is taken for one: a line of a message may be 998 bytes long.
const ID_BYTES: usize = 998;
/// The ids of one field that are kept: the first, which began the thread, and the last ones, which are nearest.
const IDS: usize = 100;
/// The bytes of a field that are looked at.
const FIELD_BYTES: usize = 64 * 1024;
/// The letters of a subject that are compared.
const SUBJECT_LETTERS: usize = 500;

/// The ids that a field names, without angle brackets, in their order and each once: of a field with very many, the first
/// and the last ones.
#[must_use]
pub fn ids(field: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let half = FIELD_BYTES / 2;
    let pieces = if field.len() <= FIELD_BYTES {
        [field, ""]
    } else {
        // The nearest ids stand last. What is cut in two at the edges has no closing or no opening bracket.
        let head = field.get(..field.floor_char_boundary(half)).unwrap_or_default();
        let tail = field.get(field.ceil_char_boundary(field.len() - half)..).unwrap_or_default();
        [head, tail]
    };
    for piece in pieces {
        let mut rest = piece;
        while let Some((_, after)) = rest.split_once('<') {
            let Some((id, after)) = after.split_once('>') else { break };
            // An opening bracket within one: the first was never closed.
            let id = id.rsplit('<').next().unwrap_or(id);
            found.extend(id_of(id));
            rest = after;
        }
    }
    if found.is_empty() && field.len() <= ID_BYTES {
        // Old programs leave the brackets out; anything without an @ is words ("Your message of Monday").
        found.extend(field.split_whitespace().filter(|word| word.contains('@')).filter_map(id_of));
    }
    bounded(found)
}

/// One id as it is compared: without brackets and the blanks that folding leaves; none where it is empty or absurd.
#[must_use]
pub fn id_of(id: &str) -> Option<String> {
    if id.len() > ID_BYTES * 2 {
        return None;
    }
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let id: String = id.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    (!id.is_empty() && id.len() <= ID_BYTES).then_some(id)
}

fn bounded(all: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    // The last place of an id counts, for it is the nearest.
    let mut kept: Vec<String> = all.into_iter().rev().filter(|id| seen.insert(id.clone())).collect();
    kept.reverse();
    if kept.len() > IDS {
        kept.drain(1..=kept.len() - IDS);
    }
    kept
}

/// What of a message's head says where it belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its own id, where it bears one.
    pub id: Option<String>,
    /// The ids of In-Reply-To.
    pub in_reply_to: Vec<String>,
    /// The ids of References, the oldest first.
    pub references: Vec<String>,
    /// Its subject.
    pub subject: Option<String>,
}

impl Head {
    /// From the fields as they stand in a message; each may be missing, repeated ids and absurd lengths are mended.
    #[must_use]
    pub fn new(
        message_id: Option<&str>,
        in_reply_to: &[&str],
        references: &[&str],
        subject: Option<&str>,
    ) -> Self {
        let all = |fields: &[&str]| {
            bounded(
                fields
                    .iter()
                    .take(IDS * 2)
                    .flat_map(|field| {
                        let found = ids(field);
                        // The reader hands over ids that have lost their brackets already.
                        if found.is_empty() && !field.contains(char::is_whitespace) {
                            id_of(field).into_iter().collect()
                        } else {
                            found
                        }
                    })
                    .collect(),
            )
        };
        Self {
            id: message_id.and_then(id_of),
            in_reply_to: all(in_reply_to),
            references: all(references),
            subject: subject.map(|words| words.chars().take(SUBJECT_LETTERS).collect()),
        }
    }

    /// The ids that this message names as those before it, the nearest first, with what each rests on.
    pub fn candidates(&self) -> impl Iterator<Item = (&str, Basis)> {
        let answered = self.in_reply_to.iter().map(|id| (id.as_str(), Basis::InReplyTo));
        let before =
            self.references.iter().rev().enumerate().map(|(steps, id)| {
                (id.as_str(), if steps == 0 { Basis::Reference } else { Basis::Ancestor })
            });
        answered.chain(before).filter(|(id, _)| self.id.as_deref() != Some(*id))
    }
}

/// What a link rests on, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The message says that it answers this one.
    InReplyTo,
    /// The last of its references.
    Reference,
    /// An older reference: what it answers itself is not known here, this comes before it.
    Ancestor,
    /// Only the subject is alike. A hint to be shown as one, and confirmed or not by a person.
    Subject,
}

impl Basis {
    /// Whether it is a guess, not something that the message says.
    #[must_use]
    pub fn is_hint(self) -> bool {
        self == Self::Subject
    }
}

/// Which of the known messages this one answers: the first candidate that `known` knows.
pub fn parent<K>(head: &Head, mut known: impl FnMut(&str) -> Option<K>) -> Option<(K, Basis)> {
    head.candidates().find_map(|(id, basis)| known(id).map(|key| (key, basis)))
}

/// For each message the place in `heads` of the one that it answers. Messages may come in any order, bear the same id (the
/// first one counts) or none, and point at each other in circles (the link that would close the circle is left out). By
/// subject alone a message is only linked to one that stands before it.
#[must_use]
pub fn link(heads: &[Head]) -> Vec<Option<(usize, Basis)>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, head) in heads.iter().enumerate() {
        if let Some(id) = &head.id {
            places.entry(id).or_insert(place);
        }
    }
    let mut links: Vec<Option<(usize, Basis)>> = vec![None; heads.len()];
    let mut trees = Trees::new(heads.len());
    let mut subjects: HashMap<String, usize> = HashMap::new();
    for (place, head) in heads.iter().enumerate() {
        let mut found = None;
        for (id, basis) in head.candidates() {
            if let Some(&to) = places.get(id)
                && trees.join(place, to)
            {
                found = Some((to, basis));
                break;
            }
        }
        if let Some((base, answers)) = head.subject.as_deref().and_then(base_subject) {
            if found.is_none()
                && answers
                && let Some(&to) = subjects.get(&base)
                && trees.join(place, to)
            {
                found = Some((to, Basis::Subject));
            }
            subjects.insert(base, place);
        }
        if let Some(slot) = links.get_mut(place) {
            *slot = found;
        }
    }
    links
}

/// The subject without what mail programs put before it (in English, French, German and their neighbours), blanks and
/// capitals evened out; and whether anything was put before it. None where nothing is left.
#[must_use]
pub fn base_subject(subject: &str) -> Option<(String, bool)> {
    const BEFORE: [&str; 14] =
        ["re", "fw", "fwd", "tr", "rép", "rep", "réf", "ref", "aw", "wg", "sv", "vs", "rv", "i"];
    let words: String = subject.chars().take(SUBJECT_LETTERS).collect::<String>().to_lowercase();
    let mut rest = words.trim();
    let mut answers = false;
    // Each turn takes something away, so it ends.
    while let Some((before, after)) = rest.split_once(':') {
        // `Re[2]: `, `RE : ` with the French no-break space.
        let before = before.split('[').next().unwrap_or(before).trim();
        if !BEFORE.contains(&before) {
            break;
        }
        answers = true;
        rest = after.trim_start();
    }
    let base = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    (!base.is_empty()).then_some((base, answers))
}

/// Which messages hang together already: so a circle is noticed without walking it.
struct Trees {
    roots: Vec<usize>,
}

impl Trees {
    fn new(count: usize) -> Self {
        Self { roots: (0..count).collect() }
    }

    fn root(&mut self, mut place: usize) -> usize {
        while let Some(&above) = self.roots.get(place)
            && above != place
        {
            let next = self.roots.get(above).copied().unwrap_or(above);
            if let Some(slot) = self.roots.get_mut(place) {
                *slot = next;
            }
            place = next;
        }
        place
    }

    /// Hangs `child`, which hangs on nothing yet, under `parent`; false where that would close a circle.
    fn join(&mut self, child: usize, parent: usize) -> bool {
        let (of_child, of_parent) = (self.root(child), self.root(parent));
        if of_child == of_parent {
            return false;
        }
        if let Some(slot) = self.roots.get_mut(of_child) {
            *slot = of_parent;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn head(id: &str, in_reply_to: &[&str], references: &[&str], subject: &str) -> Head {
        Head::new(Some(id), in_reply_to, references, Some(subject))
    }

    #[test]
    fn ids_are_found_in_what_programs_write() {
        assert_eq!(ids("<a@b> <c@d>"), ["a@b", "c@d"]);
        assert_eq!(ids("Your message of Monday <a@b> (was: <c@d>)"), ["a@b", "c@d"]);
        assert_eq!(ids("<a@\r\n b>"), ["a@b"]);
        assert_eq!(ids("<<a@b>"), ["a@b"]);
        assert_eq!(ids("a@b"), ["a@b"]);
        assert!(ids("Your message of Monday").is_empty());
        assert!(ids("<>").is_empty() && ids("<").is_empty() && ids("").is_empty());
        assert_eq!(ids("<a@b> <c@d> <a@b>"), ["c@d", "a@b"], "the nearest place counts");
    }

    #[test]
    fn a_field_without_end_keeps_the_first_and_the_nearest() {
        let many: String = (0..100_000).map(|n| format!("<{n}@x> ")).collect();
        let found = ids(&many);
        assert_eq!(found.len(), IDS);
        assert_eq!(found.first().map(String::as_str), Some("0@x"));
        assert_eq!(found.last().map(String::as_str), Some("99999@x"));
        assert!(ids(&format!("<{}@x>", "a".repeat(1_000_000))).is_empty());
        assert!(ids(&"<".repeat(1_000_000)).is_empty());
        assert_eq!(id_of(&"é".repeat(10_000)), None);
    }

    #[test]
    fn a_thread_is_told_from_the_ids() {
        let links = link(&[
            head("1@x", &[], &[], "Agenda"),
            head("2@x", &["<1@x>"], &["<1@x>"], "Re: Agenda"),
            head("3@x", &[], &["<1@x> <2@x>"], "Re: Agenda"),
            // What it answers is not here; what came before that is.
            head("5@x", &["<4@x>"], &["<1@x> <3@x> <4@x>"], "Re: Agenda"),
            head("6@x", &[], &[], "Something else"),
        ]);
        assert_eq!(
            links,
            [
                None,
                Some((0, Basis::InReplyTo)),
                Some((1, Basis::Reference)),
                Some((2, Basis::Ancestor)),
                None
            ]
        );
    }

    #[test]
    fn an_answer_may_come_before_what_it_answers() {
        let links = link(&[head("2@x", &["1@x"], &[], "Re: A"), head("1@x", &[], &[], "A")]);
        assert_eq!(links, [Some((1, Basis::InReplyTo)), None]);
    }

    #[test]
    fn circles_missing_and_doubled_ids_do_no_harm() {
        let links = link(&[
            head("1@x", &["2@x"], &[], "A"),
            head("2@x", &["3@x"], &[], "B"),
            head("3@x", &["1@x"], &[], "C"),
            head("4@x", &["4@x"], &["4@x"], "D"),
        ]);
        assert_eq!(links, [Some((1, Basis::InReplyTo)), Some((2, Basis::InReplyTo)), None, None]);
        let links = link(&[
            head("1@x", &[], &[], "A"),
            head("1@x", &[], &[], "another with the same id"),
            head("2@x", &["1@x"], &[], "Re: A"),
            Head::new(None, &["1@x"], &[], None),
            Head::default(),
        ]);
        assert_eq!(links, [None, None, Some((0, Basis::InReplyTo)), Some((0, Basis::InReplyTo)), None]);
    }

    #[test]
    fn the_subject_is_a_hint_and_only_for_what_looks_like_an_answer() {
        let links = link(&[
            head("1@x", &[], &[], "Convoi  de  juin"),
            head("2@x", &[], &[], "RE : RE: convoi de juin"),
            head("3@x", &[], &[], "Convoi de juin"),
            head("4@x", &["9@elsewhere"], &[], "TR: Convoi de juin"),
        ]);
        assert_eq!(links, [None, Some((0, Basis::Subject)), None, Some((2, Basis::Subject))]);
        assert!(Basis::Subject.is_hint() && !Basis::Ancestor.is_hint());
        assert_eq!(base_subject("Re: Re[2]: Fwd: "), None);
        assert_eq!(base_subject("Ref: 12: Agenda"), Some(("12: agenda".into(), true)));
        assert_eq!(base_subject("Budget: draft"), Some(("budget: draft".into(), false)));
    }

    #[test]
    fn one_message_is_placed_among_those_that_a_register_knows() {
        let known = |id: &str| (id == "2@x").then_some(42);
        let answer = head("5@x", &["<4@x>"], &["<1@x> <2@x> <4@x>"], "Re: Agenda");
        assert_eq!(parent(&answer, known), Some((42, Basis::Ancestor)));
        assert_eq!(parent(&head("2@x", &["2@x"], &[], "x"), known), None, "nothing answers itself");
    }

    #[test]
    fn a_long_chain_is_linked_in_no_time() {
        let heads: Vec<Head> =
            (0..100_000).map(|n| head(&format!("{n}@x"), &[&format!("{}@x", n + 1)], &[], "x")).collect();
        let links = link(&heads);
        assert_eq!(links.iter().flatten().count(), 99_999);
    }

    proptest! {
        #[test]
        fn links_never_close_a_circle(edges in prop::collection::vec((0_u8..12, 0_u8..12, 0_u8..12), 0..30)) {
            let heads: Vec<Head> = edges
                .iter()
                .map(|(id, to, before)| {
                    head(&format!("{id}@x"), &[&format!("{to}@x")], &[&format!("{before}@x")], "Re: x")
                })
                .collect();
            let links = link(&heads);
            for start in 0..links.len() {
                let mut place = start;
                let mut steps = 0;
                while let Some((above, _)) = links[place] {
                    place = above;
                    steps += 1;
                    prop_assert!(steps <= links.len());
                }
            }
        }

        #[test]
        fn no_field_panics(field in any::<String>()) {
            for id in ids(&field) {
                prop_assert!(!id.is_empty() && id.len() <= ID_BYTES);
            }
            let _ = base_subject(&field);
        }
    }
}
