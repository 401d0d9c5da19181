//! One file's way to the server: begun, sent part by part, completed; tried again and again.

use std::cell::RefCell;
use std::rc::Rc;

use api::error::{ApiError, ErrorCode};
use api::id::{UploadId, VideoId};
use api::upload::{Chunk, Upload};
use api::video::Uploaded;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::pace::{Pace, PartSize, delay};
use super::queue::{Order, Step, give_store_up, order_of, reaches_store, set_step};
use super::{UploadStage, Uploads};
use crate::backend::uploads::{begin_upload, complete_upload, note_part};
use crate::browser::{self, Request, Sent};
use crate::upstream;

/// Why an attempt ended without a verdict.
enum Stop {
    /// Somebody ordered so.
    Ordered,
    /// The server, the network or the disk refused.
    Refused(ApiError),
}

impl From<ApiError> for Stop {
    fn from(error: ApiError) -> Self {
        Self::Refused(error.in_language(browser::html_language()))
    }
}

/// Brings a file to its end, however often the connection is lost. None: somebody ordered a stop.
pub(super) async fn run(uploads: Uploads, id: u32, file: &File) -> Option<UploadStage> {
    let mut way = Way::new(uploads, id, file);
    loop {
        match way.attempt().await {
            Ok(uploaded) => return Some(done(uploads, &uploaded, file)),
            Err(Stop::Ordered) => return None,
            Err(Stop::Refused(error)) if is_passing(error.code) => way.wait().await,
            Err(Stop::Refused(error)) => return Some(UploadStage::Refused(error)),
        }
        if order_of(uploads, id) != Order::Go {
            return None;
        }
    }
}

/// Whether the same is likely to work a little later.
fn is_passing(code: ErrorCode) -> bool {
    use ErrorCode::{ChunkCorrupt, NotFound, TooManyRequests, Transport, Unavailable};
    matches!(
        code,
        // Not found: the server gave it up meanwhile; it begins anew.
        ChunkCorrupt | NotFound | Transport | TooManyRequests | Unavailable
    )
}

struct Way<'a> {
    uploads: Uploads,
    id: u32,
    file: &'a File,
    /// Attempts in a row that brought nothing forward.
    tries: u32,
    size: PartSize,
    pace: Rc<RefCell<Pace>>,
    /// The upload whose verdict was asked for.
    ended: Option<UploadId>,
}

impl<'a> Way<'a> {
    fn new(uploads: Uploads, id: u32, file: &'a File) -> Self {
        Self {
            uploads,
            id,
            file,
            tries: 0,
            size: PartSize::default(),
            pace: Rc::default(),
            ended: None,
        }
    }

    async fn attempt(&mut self) -> Result<Uploaded, Stop> {
        // Its answer may have been lost: the same is answered again.
        if let Some(ended) = self.ended.take() {
            return self.complete(ended).await;
        }
        let direct = reaches_store(self.uploads);
        let mut upload = begin_upload(browser::announced(self.file, direct)).await?;
        self.uploads
            .change(self.id, |row| row.begun = Some(upload.id));
        *self.pace.borrow_mut() = Pace::default();
        while upload.received < upload.size {
            if order_of(self.uploads, self.id) != Order::Go {
                return Err(Stop::Ordered);
            }
            upload = self.send_part(&upload).await?;
        }
        self.complete(upload.id).await
    }

    async fn send_part(&mut self, upload: &Upload) -> Result<Upload, Stop> {
        let (start, began) = (upload.received, now_ms());
        let direct = upload.next.as_ref();
        let size = direct.map_or_else(|| self.size.next(upload.chunk_bytes), |next| next.size);
        let part = browser::read(self.file, start..(start + size).min(upload.size)).await;
        let part = part.map_err(|code| Stop::Refused(browser::refusal(code)))?;
        let sent = if let Some(next) = direct {
            let sending = browser::send_to_store(&next.url, &part, self.told(start));
            self.watch(sending).await
        } else {
            let own = upstream::own_headers().await;
            let sending = browser::send(upload.id, &part, &own, self.told(start));
            self.watch(sending).await
        };
        match sent? {
            Sent::Answered(next) => {
                self.size.arrived(now_ms() - began, upload.chunk_bytes);
                self.tries = 0;
                Ok(next)
            }
            Sent::Stored => self.note(upload, part.chunk).await,
            Sent::Refused(error) => {
                self.size.shrink();
                if direct.is_some() && start == 0 && self.tries > 0 {
                    // Another network, or a bucket that does not let this page in.
                    give_store_up(self.uploads);
                }
                Err(error.into())
            }
            Sent::Aborted => Err(Stop::Ordered),
        }
    }

    /// Tells the server of a part that the store has.
    async fn note(&mut self, upload: &Upload, chunk: Chunk) -> Result<Upload, Stop> {
        let next = note_part(upload.id, chunk).await?;
        if next.received == upload.received {
            return Err(Stop::Refused(browser::lost()));
        }
        self.tries = 0;
        Ok(next)
    }

    /// What hears of the bytes of a part that begins at `start`.
    fn told(&self, start: u64) -> impl Fn(u64) + 'static {
        let (uploads, id, pace) = (self.uploads, self.id, self.pace.clone());
        let progress = move |loaded| tell(uploads, id, start + loaded, &pace);
        progress(0);
        progress
    }

    /// Waits for the end of a part; an order cuts it short.
    async fn watch(
        &self,
        sending: Result<(Request, impl Future<Output = Sent>), JsValue>,
    ) -> Result<Sent, Stop> {
        let (request, sent) = sending.map_err(|_| Stop::Refused(browser::lost()))?;
        set_step(self.uploads, self.id, Some(Step::Sending(request)));
        let sent = sent.await;
        set_step(self.uploads, self.id, None);
        Ok(sent)
    }

    async fn complete(&mut self, begun: UploadId) -> Result<Uploaded, Stop> {
        self.uploads.change(self.id, |row| {
            row.sent = row.size;
            row.stage = UploadStage::Checking;
        });
        let verdict = complete_upload(begun).await;
        let is_given_up = |error: &ApiError| error.code == ErrorCode::NotFound;
        if verdict.as_ref().is_err_and(|error| !is_given_up(error)) {
            self.ended = Some(begun);
        }
        Ok(verdict?)
    }

    /// Waits for the next attempt, or until it is cut short.
    async fn wait(&mut self) {
        self.tries += 1;
        self.uploads.set_stage(self.id, UploadStage::Interrupted);
        let (wake, pause) = browser::pause(delay(self.tries, browser::random()));
        set_step(self.uploads, self.id, Some(Step::Pausing(wake)));
        pause.await;
        set_step(self.uploads, self.id, None);
    }
}

fn tell(uploads: Uploads, id: u32, sent: u64, pace: &RefCell<Pace>) {
    let mut pace = pace.borrow_mut();
    pace.mark(now_ms(), sent);
    let speed = pace.speed();
    uploads.change(id, |row| {
        row.sent = sent;
        row.stage = UploadStage::Sending { speed };
    });
}

fn now_ms() -> i64 {
    browser::now().map_or(0, |now| now.timestamp_millis())
}

fn done(uploads: Uploads, uploaded: &Uploaded, file: &File) -> UploadStage {
    let video = uploaded.video.id;
    if !uploaded.video.has_thumbnail {
        spawn_local(draw_thumbnail(uploads, video, file.clone()));
    }
    uploads.finished.update(|count| *count += 1);
    UploadStage::Done {
        video,
        already_known: uploaded.already_known,
    }
}

/// Lists follow once more when the picture is kept.
async fn draw_thumbnail(uploads: Uploads, video: VideoId, file: File) {
    let Ok(address) = web_sys::Url::create_object_url_with_blob(&file) else {
        return;
    };
    if browser::keep_thumbnail(video, &address).await {
        uploads.finished.update(|count| *count += 1);
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}
