mod english;
mod french;

use super::ErrorCode;
use crate::language::Language;

impl ErrorCode {
    /// What happened and what to do, in one or two sentences for a person.
    pub fn message(self, language: Language) -> &'static str {
        match language {
            Language::Fr => french::sentence(self),
            Language::En => english::sentence(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, Language};

    #[test]
    fn every_refusal_is_said_in_both_languages() {
        for code in ErrorCode::ALL {
            let (french, english) = (code.message(Language::Fr), code.message(Language::En));
            assert!(
                !french.is_empty() && !english.is_empty() && french != english,
                "{code:?}"
            );
        }
    }
}
