//! Reading a condition, by descent that is bounded.

use calendar::TextError;

use super::{COMPARES, COUNTS, Cond, Counts, MANIES, Many, ReplyTest, Test};
use crate::{
    names::is_code,
    words::{LONGEST, fault},
};

/// How deep brackets and `not` may go.
const DEEPEST: usize = 24;
/// The most values of one list.
const MOST: usize = 64;

const ATOM: &str = "`field:code`, `every reply of`, `some reply of`, `no reply of`, `not` or `(`";
const TEST: &str = "`is`, `in`, `has`, `<`, `<=`, `>` or `>=`";
const VALUE: &str = "a value in quotation marks, a number or a date";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    /// In quotation marks, which are not part of it.
    Quoted(&'a str),
    Sign(&'a str),
}

struct Reader<'a> {
    text: &'a str,
    tokens: Vec<(usize, Token<'a>)>,
    at: usize,
}

pub(super) fn condition(text: &str) -> Result<Cond, TextError> {
    let mut reader = Reader { text, tokens: tokens(text)?, at: 0 };
    let cond = reader.any(0)?;
    if reader.at < reader.tokens.len() {
        return Err(reader.fault("`and`, `or` or the end"));
    }
    Ok(cond)
}

fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, TextError> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(fault(text, Some(0), "at most 1000 characters"));
    }
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let sign = ["<=", ">=", "<", ">", "(", ")", ","].into_iter().find(|sign| rest.starts_with(sign));
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else if first == '"' {
            let inside = rest.get(1..).unwrap_or("");
            let end = inside.find('"').ok_or_else(|| fault(text, Some(at), "a quotation mark at the end"))?;
            let inside = inside.get(..end).unwrap_or("");
            if inside.chars().any(char::is_control) {
                return Err(fault(text, Some(at), "no line breaks in quotation marks"));
            }
            all.push((at, Token::Quoted(inside)));
            end + 2
        } else if let Some(sign) = sign {
            all.push((at, Token::Sign(rest.get(..sign.len()).unwrap_or(""))));
            sign.len()
        } else {
            let ends = |c: char| c.is_whitespace() || "\"<>(),=".contains(c);
            let end = rest.find(ends).unwrap_or(rest.len()).max(first.len_utf8());
            all.push((at, Token::Word(rest.get(..end).unwrap_or(""))));
            end
        };
        at += length;
    }
    Ok(all)
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).map(|(_, token)| *token)
    }

    fn fault(&self, expected: &'static str) -> TextError {
        fault(self.text, self.tokens.get(self.at).map(|(at, _)| *at), expected)
    }

    fn take(&mut self, token: Token<'_>) -> bool {
        let is = self.peek() == Some(token);
        self.at += usize::from(is);
        is
    }

    fn word(&mut self, word: &str) -> bool {
        self.take(Token::Word(word))
    }

    fn want(&mut self, token: Token<'_>, expected: &'static str) -> Result<(), TextError> {
        if self.take(token) { Ok(()) } else { Err(self.fault(expected)) }
    }

    fn any(&mut self, depth: usize) -> Result<Cond, TextError> {
        let mut parts = vec![self.all(depth)?];
        while self.word("or") {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Cond::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Cond, TextError> {
        let mut parts = vec![self.one(depth)?];
        while self.word("and") {
            parts.push(self.one(depth)?);
        }
        Ok(one_or(parts, Cond::All))
    }

    fn one(&mut self, depth: usize) -> Result<Cond, TextError> {
        if depth > DEEPEST {
            return Err(self.fault("at most 24 brackets and `not` within each other"));
        }
        if self.word("not") {
            return Ok(Cond::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.take(Token::Sign("(")) {
            let cond = self.any(depth + 1)?;
            self.want(Token::Sign(")"), "`)`")?;
            return Ok(cond);
        }
        let Some(Token::Word(word)) = self.peek() else { return Err(self.fault(ATOM)) };
        if let Some(code) = word.strip_prefix("field:") {
            if !is_code(code) {
                return Err(self.fault("`field:` and a code of lower-case letters, figures and `_`"));
            }
            self.at += 1;
            return Ok(Cond::Field { field: code.to_owned(), test: self.test()? });
        }
        let many = MANIES.iter().find(|(name, _)| *name == word).map(|(_, many)| *many);
        let many = many.ok_or_else(|| self.fault(ATOM))?;
        self.at += 1;
        self.reply(many)
    }

    fn reply(&mut self, many: Many) -> Result<Cond, TextError> {
        self.want(Token::Word("reply"), "`reply of` and a branch")?;
        self.want(Token::Word("of"), "`of` and a branch")?;
        let branch = match self.peek() {
            Some(Token::Word(word)) if is_code(word) => word.to_owned(),
            _ => return Err(self.fault("the code of a branch")),
        };
        self.at += 1;
        let reply = if self.word("counts") {
            ReplyTest::Counts(self.counts()?)
        } else {
            self.want(Token::Word("is"), "`counts yes`, `counts no`, `counts neither` or `is \"reply\"`")?;
            ReplyTest::Is(self.value()?)
        };
        Ok(Cond::Reply { many, branch, reply })
    }

    fn counts(&mut self) -> Result<Counts, TextError> {
        for (word, counts) in COUNTS {
            if self.word(word) {
                return Ok(counts);
            }
        }
        Err(self.fault("`yes`, `no` or `neither`"))
    }

    fn test(&mut self) -> Result<Test, TextError> {
        if self.word("is") {
            let words =
                [("yes", Test::Yes), ("no", Test::No), ("given", Test::Given), ("missing", Test::Missing)];
            for (word, test) in words {
                if self.word(word) {
                    return Ok(test);
                }
            }
            return self.value().map(Test::Is);
        }
        if self.word("has") {
            return self.value().map(Test::Has);
        }
        if self.word("in") {
            return self.list().map(Test::In);
        }
        for (sign, compare) in COMPARES {
            if self.take(Token::Sign(sign)) {
                return self.value().map(|value| Test::Compare(compare, value));
            }
        }
        Err(self.fault(TEST))
    }

    fn list(&mut self) -> Result<Vec<String>, TextError> {
        self.want(Token::Sign("("), "`(`")?;
        let mut all = vec![self.value()?];
        while self.take(Token::Sign(",")) {
            if all.len() == MOST {
                return Err(self.fault("at most 64 values"));
            }
            all.push(self.value()?);
        }
        self.want(Token::Sign(")"), "`,` or `)`")?;
        Ok(all)
    }

    /// What is in quotation marks; numbers, dates and moments stand without as well.
    fn value(&mut self) -> Result<String, TextError> {
        let bare = |word: &str| word.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
        let value = match self.peek() {
            Some(Token::Quoted(text)) if !text.is_empty() => text,
            Some(Token::Word(word)) if bare(word) => word,
            _ => return Err(self.fault(VALUE)),
        };
        self.at += 1;
        Ok(value.to_owned())
    }
}

fn one_or(mut parts: Vec<Cond>, many: impl Fn(Vec<Cond>) -> Cond) -> Cond {
    match parts.len() {
        1 => parts.pop().unwrap_or(Cond::Any(Vec::new())),
        _ => many(parts),
    }
}
