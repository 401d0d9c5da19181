use std::ops::Range;

use api::error::{ApiError, ErrorCode};
use api::hash::FileHash;
use api::id::UploadId;
use api::path::upload_chunk;
use api::upload::{Chunk, NewUpload, Upload};
use js_sys::{ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use crate::upstream;

/// A part that takes longer than this has lost its connection, or is too large for it.
const PATIENCE_MS: u32 = 60_000;

/// The same for a part that goes straight to the object store: its parts are large.
const STORE_PATIENCE_MS: u32 = 180_000;

/// A file as its upload announces it.
pub fn announced(file: &File, direct: bool) -> NewUpload {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of bytes and milliseconds since 1970"
    )]
    let (size, modified_ms) = (file.size() as u64, file.last_modified() as i64);
    NewUpload {
        file_name: file.name(),
        size,
        modified_ms: Some(modified_ms),
        sha256: None,
        direct,
    }
}

/// A part of a file, in memory.
pub struct Part {
    bytes: ArrayBuffer,
    /// Where it begins, and its hash.
    pub chunk: Chunk,
}

/// Reads a part of a file and hashes it.
pub async fn read(file: &File, range: Range<u64>) -> Result<Part, ErrorCode> {
    let bytes = slice(file, &range).await;
    let bytes = bytes.map_err(|_| ErrorCode::FileUnreadable)?;
    // Browsers hash on secure pages only: https, or the machine itself.
    let sha256 = hash(&bytes).await;
    let chunk = Chunk {
        offset: range.start,
        sha256: sha256.map_err(|_| ErrorCode::InsecureAddress)?,
    };
    Ok(Part { bytes, chunk })
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53 bytes")]
async fn slice(file: &File, range: &Range<u64>) -> Result<ArrayBuffer, JsValue> {
    let part = file.slice_with_f64_and_f64(range.start as f64, range.end as f64)?;
    JsFuture::from(part.array_buffer()).await?.dyn_into()
}

async fn hash(bytes: &ArrayBuffer) -> Result<FileHash, JsValue> {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name));
    let subtle = get(&get(&window(), "crypto")?, "subtle")?;
    let digest: Function = get(&subtle, "digest")?.dyn_into()?;
    let hashing: Promise = digest
        .call2(&subtle, &"SHA-256".into(), bytes)?
        .dyn_into()?;
    let hash = Uint8Array::new(&JsFuture::from(hashing).await?).to_vec();
    let hash = hash.try_into().map_err(|_| JsValue::NULL)?;
    Ok(FileHash(hash))
}

/// A part on its way; dropping it does not stop it.
#[derive(Clone)]
pub struct Request(XmlHttpRequest);

impl Request {
    /// Stops it; what it sent of its part is lost.
    pub fn abort(&self) {
        let _ = self.0.abort();
    }
}

/// How the sending of a part ended.
pub enum Sent {
    /// The server says how far the upload is.
    Answered(Upload),
    /// The object store has it.
    Stored,
    /// The server, the store or the network refused.
    Refused(ApiError),
    /// [`Request::abort`] was called.
    Aborted,
}

/// Sends a part to the server, with the headers that it asks for. `progress` hears the bytes of it sent
/// so far; await the second part for the end.
pub fn send<F: Fn(u64) + 'static>(
    id: UploadId,
    part: &Part,
    own_headers: &[(&'static str, String)],
    progress: F,
) -> Result<(Request, impl Future<Output = Sent> + use<F>), JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("PUT", &upstream::url(&upload_chunk(id, part.chunk)))?;
    request.set_with_credentials(upstream::is_elsewhere());
    for (name, value) in own_headers {
        request.set_request_header(name, value)?;
    }
    request.set_timeout(PATIENCE_MS);
    request.set_request_header("Content-Type", "application/octet-stream")?;
    start(request, part, progress, answer)
}

/// Sends a part to the object store, whose address allows it.
pub fn send_to_store<F: Fn(u64) + 'static>(
    address: &str,
    part: &Part,
    progress: F,
) -> Result<(Request, impl Future<Output = Sent> + use<F>), JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("PUT", address)?;
    request.set_timeout(STORE_PATIENCE_MS);
    start(request, part, progress, |request| match request.status() {
        Ok(200..300) => Sent::Stored,
        _ => refused_or_aborted(request),
    })
}

/// Fetch cannot tell progress, hence the older interface.
fn start<F: Fn(u64) + 'static>(
    request: XmlHttpRequest,
    part: &Part,
    progress: F,
    read: fn(&XmlHttpRequest) -> Sent,
) -> Result<(Request, impl Future<Output = Sent> + use<F>), JsValue> {
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
    let end = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_buffer_source(Some(&part.bytes))?;
    let handle = Request(request.clone());
    let outcome = async move {
        let _ = JsFuture::from(end).await;
        drop(heard);
        read(&request)
    };
    Ok((handle, outcome))
}

fn answer(request: &XmlHttpRequest) -> Sent {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status() {
        Ok(0) | Err(_) => refused_or_aborted(request),
        Ok(200..300) => serde_json::from_slice(text.as_bytes())
            .map_or_else(|_| Sent::Refused(lost()), Sent::Answered),
        Ok(_) => Sent::Refused(serde_json::from_slice(text.as_bytes()).unwrap_or_else(|_| lost())),
    }
}

/// Stopped by `abort`, which takes the sent-state away, or by the network.
fn refused_or_aborted(request: &XmlHttpRequest) -> Sent {
    if request.ready_state() == XmlHttpRequest::UNSENT {
        Sent::Aborted
    } else {
        Sent::Refused(lost())
    }
}

/// No answer came.
pub fn lost() -> ApiError {
    refusal(ErrorCode::Transport)
}

/// A refusal that this browser gives itself, in the language of the page.
pub fn refusal(code: ErrorCode) -> ApiError {
    ApiError::new(code).in_language(super::html_language())
}
