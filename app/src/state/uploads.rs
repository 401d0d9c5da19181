//! The uploads of this tab: they go on while one looks at other pages.

mod pace;
mod queue;
mod run;

use api::error::{ApiError, ErrorCode};
use api::id::{UploadId, VideoId};
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use queue::{Order, Queue};

/// How far an upload is.
#[derive(Clone, Debug, PartialEq)]
pub enum UploadStage {
    /// Others go first.
    Waiting,
    /// Bytes are under way.
    Sending {
        /// Bytes per second over the last moments; none in the first one.
        speed: Option<u64>,
    },
    /// The connection was lost; it goes on by itself.
    Interrupted,
    /// Somebody stopped it for a while.
    Paused,
    /// All bytes are there; the server looks at them.
    Checking,
    /// It is in the library.
    Done {
        /// As this video.
        video: VideoId,
        /// Whether these bytes were there before.
        already_known: bool,
    },
    /// It was refused.
    Refused(ApiError),
    /// Somebody gave it up.
    Cancelled,
}

/// One file on its way into the library.
#[derive(Clone, Debug, PartialEq)]
pub struct TabUpload {
    /// Counts from 1.
    pub id: u32,
    /// The file's name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Bytes that are with the server or on their way to it.
    pub sent: u64,
    /// How far it is.
    pub stage: UploadStage,
    /// What the server calls it, once it was begun.
    pub begun: Option<UploadId>,
}

impl TabUpload {
    /// Whether it has not ended yet.
    pub fn is_open(&self) -> bool {
        use UploadStage::{Checking, Interrupted, Paused, Sending, Waiting};
        matches!(
            self.stage,
            Waiting | Sending { .. } | Interrupted | Paused | Checking
        )
    }

    /// Whether it can be stopped for a while.
    pub fn can_pause(&self) -> bool {
        use UploadStage::{Interrupted, Sending, Waiting};
        matches!(self.stage, Waiting | Sending { .. } | Interrupted)
    }

    /// Whether it can go on.
    pub fn can_resume(&self) -> bool {
        match &self.stage {
            UploadStage::Paused => true,
            UploadStage::Refused(error) => may_pass(error.code),
            _ => false,
        }
    }
}

/// Whether the same file may be taken in another time: the refusal is not about its content.
fn may_pass(code: ErrorCode) -> bool {
    use ErrorCode::{
        ChunkCorrupt, Forbidden, Internal, NotFound, StorageFull, TooManyRequests, TooManyUploads,
        Transport, Unauthenticated, Unavailable,
    };
    matches!(
        code,
        ChunkCorrupt
            | Forbidden
            | Internal
            | NotFound
            | StorageFull
            | TooManyRequests
            | TooManyUploads
            | Transport
            | Unauthenticated
            | Unavailable
    )
}

/// The uploads of this tab.
#[derive(Clone, Copy)]
pub struct Uploads {
    list: RwSignal<Vec<TabUpload>>,
    /// Counts changes of the library: lists of videos follow it.
    finished: RwSignal<u32>,
    /// Counts uploads that ended, well or not.
    ended: RwSignal<u32>,
    /// The browser's part; nothing on the server.
    queue: StoredValue<Option<SendWrapper<Queue>>>,
}

impl Uploads {
    /// Their numbers, newest last.
    pub fn ids(self) -> Vec<u32> {
        self.list
            .with(|list| list.iter().map(|upload| upload.id).collect())
    }

    /// One of them.
    pub fn get(self, id: u32) -> Option<TabUpload> {
        self.list
            .with(|list| list.iter().find(|upload| upload.id == id).cloned())
    }

    /// Whether this tab knows what the server calls so.
    pub fn knows(self, begun: UploadId) -> bool {
        self.list
            .with(|list| list.iter().any(|upload| upload.begun == Some(begun)))
    }

    /// How many ended well; grows by one each time the library grows.
    pub fn finished(self) -> u32 {
        self.finished.get()
    }

    /// How many ended, well or not.
    pub fn ended(self) -> u32 {
        self.ended.get()
    }

    /// Whether one is under way: leaving the page would stop it.
    pub fn is_busy(self) -> bool {
        let busy = |upload: &TabUpload| upload.is_open() && upload.stage != UploadStage::Paused;
        self.list.with_untracked(|list| list.iter().any(busy))
    }

    /// Queues files; two go at a time.
    pub fn add(self, files: &web_sys::FileList) {
        let files = (0..files.length()).filter_map(|index| files.get(index));
        for file in files {
            queue::add(self, file);
        }
        queue::advance(self);
    }

    /// Stops an upload for a while; what the server has stays there.
    pub fn pause(self, id: u32) {
        queue::order(self, id, Order::Pause);
    }

    /// Goes on with an upload.
    pub fn resume(self, id: u32) {
        queue::order(self, id, Order::Go);
    }

    /// Gives an upload up; the server keeps nothing of it.
    pub fn cancel(self, id: u32) {
        queue::order(self, id, Order::Cancel);
    }

    /// Takes an ended upload off the list.
    pub fn forget(self, id: u32) {
        queue::forget(self, id);
        self.list
            .update(|list| list.retain(|upload| upload.id != id));
    }

    fn change(self, id: u32, change: impl FnOnce(&mut TabUpload)) {
        self.list.update(|list| {
            if let Some(upload) = list.iter_mut().find(|upload| upload.id == id) {
                change(upload);
            }
        });
    }

    fn set_stage(self, id: u32, stage: UploadStage) {
        self.change(id, |upload| upload.stage = stage);
    }
}

/// Starts without uploads.
pub fn provide_uploads() {
    provide_context(Uploads {
        list: RwSignal::new(Vec::new()),
        finished: RwSignal::new(0),
        ended: RwSignal::new(0),
        queue: StoredValue::new(None),
    });
}

/// The uploads of this tab.
///
/// # Panics
/// Outside of `App`, which provides them.
pub fn use_uploads() -> Uploads {
    use_context().expect("App provides the uploads")
}
