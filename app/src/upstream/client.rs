use bytes::Bytes;
use futures::{Sink, Stream};
use leptos::server_fn::client::Client;
use leptos::server_fn::client::browser::BrowserClient;
use leptos::server_fn::error::FromServerFnError;
use leptos::server_fn::request::browser::{BrowserRequest, Request};
use leptos::server_fn::response::browser::BrowserResponse;
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
    type Response = BrowserResponse;

    fn send(request: BrowserRequest) -> impl Future<Output = Result<BrowserResponse, E>> + Send {
        SendWrapper::new(async move {
            let waiting = sign::wait();
            let request = across(request).await;
            let answer = <BrowserClient as Client<E, I, O>>::send(request).await;
            drop(waiting);
            if let Ok(answer) = &answer {
                sign::heed(&answer.generate_headers());
            }
            answer
        })
    }

    fn open_websocket(
        url: &str,
    ) -> impl Future<
        Output = Result<
            (
                impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
                impl Sink<Bytes> + Send + 'static,
            ),
            E,
        >,
    > + Send {
        <BrowserClient as Client<E, I, O>>::open_websocket(url)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<E, I, O>>::spawn(future);
    }
}

/// The request with what it needs to cross to the server's site.
async fn across(mut request: BrowserRequest) -> BrowserRequest {
    if is_elsewhere() {
        for (name, value) in own_headers().await {
            request.headers().set(name, &value);
        }
        // A request keeps its credentials mode: it is made once more with another one.
        if let Ok(blank) = Request::get("/").build() {
            let raw = std::mem::replace(&mut *request, blank).into();
            *request = with_cookies(raw).into();
        }
    }
    request
}

fn with_cookies(request: web_sys::Request) -> web_sys::Request {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Include);
    // Refused only where its body was read already.
    web_sys::Request::new_with_request_and_init(&request, &init).unwrap_or(request)
}
