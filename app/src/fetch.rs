//! What pages fetch. Answers of every type share one kind of resource: the machinery behind a
//! resource is large, and the browser gets it once instead of once for each type.

use std::any::Any;
use std::convert::Infallible;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use api::error::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An answer of the server, on its way or there.
pub struct Fetched<T> {
    resource: AnyFetched,
    kind: PhantomData<fn() -> T>,
}

/// The same without its type.
pub(crate) type AnyFetched = Resource<Answer, Transfer>;

impl<T> Copy for Fetched<T> {}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + DeserializeOwned + 'static> Fetched<T> {
    /// Asks again.
    pub fn refetch(self) {
        self.resource.refetch();
    }

    /// The resource, for who does not care of its type.
    pub(crate) fn any(self) -> AnyFetched {
        self.resource
    }
}

/// Asks the server now and whenever a signal that `ask` reads changes. `ask` is called on both
/// sides; what it returns is awaited only where no answer came with the page.
pub fn fetch<T, A>(ask: impl Fn() -> A + Send + Sync + 'static) -> Fetched<T>
where
    T: Serialize + Send + Sync + 'static,
    A: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    let question = move || {
        let answer = ask();
        Question::new(Box::pin(async move { Answer::of(answer.await) }))
    };
    Fetched {
        resource: resource(Box::new(question)),
        kind: PhantomData,
    }
}

fn resource(question: Box<dyn Fn() -> Question + Send + Sync>) -> AnyFetched {
    Resource::new_with_options(question, Question::ask, false)
}

type Asked = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// An answer not yet awaited. Each is another question, even in the same words.
#[derive(Clone)]
struct Question(Arc<Mutex<Option<Asked>>>);

impl Question {
    fn new(asked: Asked) -> Self {
        Self(Arc::new(Mutex::new(Some(asked))))
    }

    async fn ask(self) -> Answer {
        let asked = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match asked {
            Some(asked) => asked.await,
            None => Answer::Refused(ApiError::new(ErrorCode::Transport)),
        }
    }
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// An answer of any type.
#[derive(Clone)]
pub(crate) enum Answer {
    /// Came from a server function, with what writes it into the page.
    Value(Arc<dyn Any + Send + Sync>, Write),
    /// Came with the page: JSON.
    Text(Arc<str>),
    /// A refusal.
    Refused(ApiError),
}

type Write = Option<fn(&(dyn Any + Send + Sync)) -> String>;

impl Answer {
    fn of<T: Serialize + Send + Sync + 'static>(answer: Result<T, ApiError>) -> Self {
        match answer {
            Ok(value) => Self::Value(Arc::new(value), writer::<T>()),
            Err(error) => Self::Refused(error),
        }
    }

    /// The answer as what it is.
    pub fn read<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T, ApiError> {
        let value = match self {
            Self::Refused(error) => return Err(error.clone()),
            Self::Value(value, _) => value.downcast_ref::<T>().cloned(),
            // From bytes, as server functions read their answers: one reader for both.
            Self::Text(text) => serde_json::from_slice(text.as_bytes()).ok(),
        };
        value.ok_or_else(|| ApiError::new(ErrorCode::Transport))
    }
}

/// Only the server writes answers into pages.
fn writer<T: Serialize + 'static>() -> Write {
    if cfg!(target_family = "wasm") {
        return None;
    }
    Some(|value| {
        let value = value.downcast_ref::<T>();
        value
            .and_then(|value| serde_json::to_string(value).ok())
            .unwrap_or_default()
    })
}

/// How an answer travels in the page: a sign, then JSON.
pub(crate) struct Transfer;

const GIVEN: char = '+';
const REFUSED: char = '-';

impl Encoder<Answer> for Transfer {
    type Error = Infallible;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, Infallible> {
        Ok(match answer {
            Answer::Value(value, write) => {
                let json = write.map(|write| write(value.as_ref()));
                format!("{GIVEN}{}", json.unwrap_or_default())
            }
            Answer::Text(text) => format!("{GIVEN}{text}"),
            Answer::Refused(error) => {
                format!(
                    "{REFUSED}{}",
                    serde_json::to_string(error).unwrap_or_default()
                )
            }
        })
    }
}

impl Decoder<Answer> for Transfer {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, serde_json::Error> {
        if let Some(refusal) = text.strip_prefix(REFUSED) {
            return serde_json::from_slice(refusal.as_bytes()).map(Answer::Refused);
        }
        Ok(Answer::Text(
            text.strip_prefix(GIVEN).unwrap_or(text).into(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn travel(answer: Result<Vec<u8>, ApiError>) -> Result<Vec<u8>, ApiError> {
        let answer = Answer::of(answer);
        assert_eq!(
            answer.read::<Vec<u8>>(),
            Transfer::decode(&Transfer::encode(&answer).unwrap())
                .unwrap()
                .read()
        );
        answer.read()
    }

    #[test]
    fn answers_and_refusals_travel_in_the_page() {
        assert_eq!(travel(Ok(vec![1, 2])), Ok(vec![1, 2]));
        let refusal = ApiError::new(ErrorCode::NotFound);
        assert_eq!(travel(Err(refusal.clone())), Err(refusal));
    }
}
