use bytes::Bytes;
use futures::stream::{Empty, Stream};
use futures::{Sink, sink};
use leptos::server_fn::client::Client;
use leptos::server_fn::error::{FromServerFnError, IntoAppError, ServerFnErrorErr};
use leptos::server_fn::redirect::REDIRECT_HEADER;
use leptos::server_fn::request::browser::{BrowserRequest, Request};
use leptos::server_fn::response::ClientRes;
use leptos::server_fn::response::browser::Response;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use web_sys::{RequestCredentials, RequestInit};

use super::{is_elsewhere, own_headers, sign};

/// How every server function is asked: at the server's own origin, with the session.
pub struct Upstream;

impl<E, I, O> Client<E, I, O> for Upstream
where
    E: FromServerFnError,
    I: FromServerFnError,
    O: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = Answer;

    fn send(request: BrowserRequest) -> impl Future<Output = Result<Answer, E>> + Send {
        SendWrapper::new(async move {
            let waiting = sign::wait();
            let answer = ask(request).await;
            drop(waiting);
            answer.map_err(|cause| ServerFnErrorErr::Request(cause).into_app_error())
        })
    }

    /// No server function keeps a line open: events come by their own.
    async fn open_websocket(
        _: &str,
    ) -> Result<
        (
            impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
            impl Sink<Bytes> + Send + 'static,
        ),
        E,
    > {
        let none: Result<(Empty<_>, sink::Drain<Bytes>), _> = Err(unused());
        none
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        spawn_local(future);
    }
}

async fn ask(mut request: BrowserRequest) -> Result<Answer, String> {
    if is_elsewhere() {
        for (name, value) in own_headers().await {
            request.headers().set(name, &value);
        }
    }
    let blank = Request::get("/").build();
    let blank = blank.map_err(|error| error.to_string())?;
    let raw = std::mem::replace(&mut *request, blank);
    let raw = if is_elsewhere() {
        with_cookies(raw.into()).into()
    } else {
        raw
    };
    let answer = raw.send().await.map_err(|error| error.to_string())?;
    sign::heed(answer.headers().get(sign::HEADER).as_deref());
    let answer = SendWrapper::new(answer);
    Ok(Answer {
        answer,
        _request: request,
    })
}

/// A request keeps its credentials mode: it is made once more with another one.
fn with_cookies(request: web_sys::Request) -> web_sys::Request {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Include);
    // Refused only where its body was read already.
    web_sys::Request::new_with_request_and_init(&request, &init).unwrap_or(request)
}

/// What the server answered.
pub struct Answer {
    answer: SendWrapper<Response>,
    // Dropped before all is read, it calls the request off.
    _request: BrowserRequest,
}

impl<E: FromServerFnError> ClientRes<E> for Answer {
    fn try_into_string(self) -> impl Future<Output = Result<String, E>> + Send {
        SendWrapper::new(async move {
            // Moved as a whole: the request has to stay until all is read.
            let this = self;
            this.answer.text().await.map_err(unreadable)
        })
    }

    fn try_into_bytes(self) -> impl Future<Output = Result<Bytes, E>> + Send {
        SendWrapper::new(async move {
            let this = self;
            let bytes = this.answer.binary().await;
            bytes.map(Bytes::from).map_err(unreadable)
        })
    }

    /// No server function answers with a stream.
    fn try_into_stream(
        self,
    ) -> Result<impl Stream<Item = Result<Bytes, Bytes>> + Send + Sync + 'static, E> {
        let none: Result<Empty<_>, _> = Err(unused());
        none
    }

    fn status(&self) -> u16 {
        self.answer.status()
    }

    fn status_text(&self) -> String {
        self.answer.status_text()
    }

    fn location(&self) -> String {
        let location = self.answer.headers().get("Location");
        location.unwrap_or_else(|| self.answer.url())
    }

    fn has_redirect(&self) -> bool {
        self.answer.headers().get(REDIRECT_HEADER).is_some()
    }
}

fn unreadable<E: FromServerFnError>(cause: impl std::fmt::Display) -> E {
    ServerFnErrorErr::Deserialization(cause.to_string()).into_app_error()
}

fn unused<E: FromServerFnError>() -> E {
    ServerFnErrorErr::Request("not in use".to_owned()).into_app_error()
}
