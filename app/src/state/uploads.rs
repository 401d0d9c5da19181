//! The uploads of this tab: they go on while one looks at other pages.

mod queue;

use api::error::ApiError;
use api::id::VideoId;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use queue::Queue;

/// How far an upload is.
#[derive(Clone, Debug, PartialEq)]
pub enum UploadStage {
    /// Others go first.
    Waiting,
    /// Bytes are under way.
    Sending {
        /// Bytes sent.
        sent: u64,
        /// Mean bytes per second so far; none in the first moment.
        speed: Option<u64>,
    },
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
    /// Somebody cancelled it.
    Cancelled,
}

/// One file on its way into the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// Counts from 1.
    pub id: u32,
    /// The file's name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// How far it is.
    pub stage: UploadStage,
}

impl Upload {
    /// Whether it can still be cancelled.
    pub fn is_open(&self) -> bool {
        use UploadStage::{Checking, Sending, Waiting};
        matches!(self.stage, Waiting | Sending { .. } | Checking)
    }
}

/// The uploads of this tab.
#[derive(Clone, Copy)]
pub struct Uploads {
    list: RwSignal<Vec<Upload>>,
    /// Counts finished uploads: lists of videos follow it.
    finished: RwSignal<u32>,
    /// The browser's part; nothing on the server.
    queue: StoredValue<Option<SendWrapper<Queue>>>,
}

impl Uploads {
    /// The uploads, newest last.
    pub fn list(self) -> Vec<Upload> {
        self.list.get()
    }

    /// How many ended well; grows by one each time the library grows.
    pub fn finished(self) -> u32 {
        self.finished.get()
    }

    /// Whether one is under way: leaving the page would lose it.
    pub fn is_busy(self) -> bool {
        self.list
            .with_untracked(|list| list.iter().any(Upload::is_open))
    }

    /// Queues files; one goes at a time, so that each gets the whole line.
    pub fn add(self, files: &web_sys::FileList) {
        let files = (0..files.length()).filter_map(|index| files.get(index));
        for file in files {
            queue::add(self, file);
        }
        queue::advance(self);
    }

    /// Stops an upload; the server keeps nothing of it.
    pub fn cancel(self, id: u32) {
        queue::cancel(self, id);
    }

    /// Takes an ended upload off the list.
    pub fn forget(self, id: u32) {
        self.list
            .update(|list| list.retain(|upload| upload.id != id));
    }

    fn set_stage(self, id: u32, stage: UploadStage) {
        self.list.update(|list| {
            if let Some(upload) = list.iter_mut().find(|upload| upload.id == id) {
                upload.stage = stage;
            }
        });
    }
}

/// Starts without uploads.
pub fn provide_uploads() {
    provide_context(Uploads {
        list: RwSignal::new(Vec::new()),
        finished: RwSignal::new(0),
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
