//! The words of a text on their way into the index: `registry::words` in the form that the index library asks for.

use std::{collections::HashMap, sync::Arc};

use registry::words::{TextLanguage, Words, words};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// The name under which the words of a language are registered.
pub(super) const fn name(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::English => "words-en",
        TextLanguage::French => "words-fr",
        TextLanguage::Other => "words-xx",
    }
}

pub(super) fn register(index: &tantivy::Index) {
    for language in TextLanguage::ALL {
        let stems = Stems { language, known: HashMap::new(), token: Token::default() };
        index.tokenizers().register(name(language), TextAnalyzer::from(stems));
    }
}

/// Most words come again and again, and finding a stem costs more than remembering it; so many are remembered.
const REMEMBERED: usize = 50_000;

#[derive(Clone)]
struct Stems {
    language: TextLanguage,
    known: HashMap<String, Arc<str>>,
    token: Token,
}

impl Tokenizer for Stems {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        Stream { words: words(text), stems: self }
    }
}

struct Stream<'a> {
    words: Words<'a>,
    stems: &'a mut Stems,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        let Stems { language, known, token } = &mut *self.stems;
        token.text.clear();
        if *language == TextLanguage::Other {
            token.text.push_str(&word.folded);
        } else if let Some(stem) = known.get(word.folded.as_ref()) {
            token.text.push_str(stem);
        } else {
            let stem = language.stem(&word.folded);
            token.text.push_str(&stem);
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(word.folded.to_string(), Arc::from(stem.as_ref()));
        }
        token.offset_from = word.start;
        token.offset_to = word.end;
        token.position = token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.stems.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.stems.token
    }
}
