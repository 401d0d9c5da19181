use api::error::{ApiError, ErrorCode};
use api::path::VIDEOS;
use api::video::Uploaded;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

/// A running upload; dropping it does not stop it.
#[derive(Clone)]
pub struct Request(XmlHttpRequest);

impl Request {
    /// Stops it; the server keeps nothing.
    pub fn abort(&self) {
        let _ = self.0.abort();
    }
}

/// How an upload ended.
pub enum Sent {
    /// The server has the file.
    Kept(Box<Uploaded>),
    /// The server or the network refused.
    Refused(ApiError),
    /// [`Request::abort`] was called.
    Aborted,
}

/// Sends a file. `progress` hears the bytes sent so far; await the second part for the end.
/// Fetch cannot tell progress, hence the older interface.
pub fn send<F: Fn(u64) + 'static>(
    file: &File,
    progress: F,
) -> Result<(Request, impl Future<Output = Sent> + use<F>), JsValue> {
    let request = XmlHttpRequest::new()?;
    let name: String = js_sys::encode_uri_component(&file.name()).into();
    request.open("POST", &format!("{VIDEOS}?file_name={name}"))?;
    request.set_request_header("Content-Type", "application/octet-stream")?;
    let heard = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of bytes"
        )]
        progress(event.loaded() as u64);
    });
    request
        .upload()?
        .set_onprogress(Some(heard.as_ref().unchecked_ref()));
    let end = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(file))?;
    let handle = Request(request.clone());
    let outcome = async move {
        let _ = JsFuture::from(end).await;
        drop(heard);
        answer(&request)
    };
    Ok((handle, outcome))
}

fn answer(request: &XmlHttpRequest) -> Sent {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status() {
        // No answer: stopped by `abort`, which takes the sent-state away, or by the network.
        Ok(0) | Err(_) if request.ready_state() == XmlHttpRequest::UNSENT => Sent::Aborted,
        Ok(0) | Err(_) => Sent::Refused(lost()),
        Ok(200..300) => serde_json::from_slice(text.as_bytes()).map_or_else(
            |_| Sent::Refused(lost()),
            |uploaded| Sent::Kept(Box::new(uploaded)),
        ),
        Ok(_) => Sent::Refused(serde_json::from_slice(text.as_bytes()).unwrap_or_else(|_| lost())),
    }
}

/// No answer came.
pub fn lost() -> ApiError {
    let language = super::html_language();
    ApiError::new(ErrorCode::Transport).in_language(language)
}
