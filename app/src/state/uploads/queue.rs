//! Which files are on their way, which wait, and what somebody ordered meanwhile.

use api::error::ErrorCode;
use api::id::UploadId;
use api::limit::VIDEO_BYTES;
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use web_sys::File;

use super::{TabUpload, UploadStage, Uploads, run};
use crate::backend::uploads::cancel_upload;
use crate::browser::{self, Request, Wake};

/// Files on their way at the same time: one is checked while the other is sent.
const AT_ONCE: usize = 2;

/// What is to become of an upload.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Order {
    /// It goes on.
    Go,
    /// It stops for a while.
    Pause,
    /// It is given up.
    Cancel,
}

/// What an upload is waiting for; cut short by another order.
#[derive(Clone)]
pub(super) enum Step {
    /// A part on its way.
    Sending(Request),
    /// The next try.
    Pausing(Wake),
}

impl Step {
    fn interrupt(&self) {
        match self {
            Self::Sending(request) => request.abort(),
            Self::Pausing(wake) => wake.up(),
        }
    }
}

struct Entry {
    id: u32,
    file: File,
    order: Order,
    running: bool,
    step: Option<Step>,
}

/// Files that have not ended.
#[derive(Default)]
pub(super) struct Queue {
    entries: Vec<Entry>,
    last: u32,
    /// Whether this browser does not reach the object store: then all goes through the server.
    no_store: bool,
}

fn with_queue<T>(uploads: Uploads, operation: impl FnOnce(&mut Queue) -> T) -> Option<T> {
    uploads.queue.try_update_value(|queue| {
        let queue = queue.get_or_insert_with(|| SendWrapper::new(Queue::default()));
        operation(queue)
    })
}

/// Whether parts may go straight to the object store.
pub(super) fn reaches_store(uploads: Uploads) -> bool {
    with_queue(uploads, |queue| !queue.no_store).unwrap_or(false)
}

/// From now on, all goes through the server.
pub(super) fn give_store_up(uploads: Uploads) {
    with_queue(uploads, |queue| queue.no_store = true);
}

fn with_entry<T>(uploads: Uploads, id: u32, operation: impl FnOnce(&mut Entry) -> T) -> Option<T> {
    with_queue(uploads, |queue| {
        let entry = queue.entries.iter_mut().find(|entry| entry.id == id);
        entry.map(operation)
    })
    .flatten()
}

/// What is to become of an upload; given up when nobody knows it.
pub(super) fn order_of(uploads: Uploads, id: u32) -> Order {
    with_entry(uploads, id, |entry| entry.order).unwrap_or(Order::Cancel)
}

/// Notes what an upload is waiting for.
pub(super) fn set_step(uploads: Uploads, id: u32, step: Option<Step>) {
    with_entry(uploads, id, |entry| entry.step = step);
}

/// Cuts pauses short: the line is there again.
fn wake(uploads: Uploads) {
    let steps = with_queue(uploads, |queue| {
        let steps = queue.entries.iter().map(|entry| entry.step.clone());
        steps.collect::<Vec<_>>()
    });
    for step in steps.into_iter().flatten().flatten() {
        if let Step::Pausing(wake) = step {
            wake.up();
        }
    }
}

/// Puts a file at the end of the queue. What is too large or empty is refused here, before
/// anything is sent.
pub(super) fn add(uploads: Uploads, file: File) {
    let new = browser::announced(&file, false);
    let refused = match new.size {
        0 => Some(ErrorCode::VideoEmpty),
        size if size > VIDEO_BYTES => Some(ErrorCode::VideoTooLarge),
        _ => None,
    };
    let id = with_queue(uploads, |queue| {
        queue.last += 1;
        if refused.is_none() {
            queue.entries.push(Entry {
                id: queue.last,
                file,
                order: Order::Go,
                running: false,
                step: None,
            });
        }
        queue.last
    });
    let Some(id) = id else {
        return;
    };
    if id == 1 {
        window_event_listener(leptos::ev::online, move |_| wake(uploads));
    }
    let stage = refused.map_or(UploadStage::Waiting, |code| {
        UploadStage::Refused(browser::refusal(code))
    });
    uploads.list.update(|list| {
        list.push(TabUpload {
            id,
            name: new.file_name,
            size: new.size,
            sent: 0,
            stage,
            begun: None,
        });
    });
}

/// Starts the next files, as far as there is room.
pub(super) fn advance(uploads: Uploads) {
    while let Some((id, file)) = with_queue(uploads, next).flatten() {
        spawn_local(async move {
            let stage = run::run(uploads, id, &file).await;
            end(uploads, id, stage);
            advance(uploads);
        });
    }
}

fn next(queue: &mut Queue) -> Option<(u32, File)> {
    let running = queue.entries.iter().filter(|entry| entry.running).count();
    let mut waiting = queue.entries.iter_mut();
    let waiting = waiting.find(|entry| !entry.running && entry.order == Order::Go);
    let entry = waiting.filter(|_| running < AT_ONCE)?;
    entry.running = true;
    Some((entry.id, entry.file.clone()))
}

/// An upload stopped: by an order, or because it came to its end. None: by an order.
fn end(uploads: Uploads, id: u32, stage: Option<UploadStage>) {
    let order = order_of(uploads, id);
    with_entry(uploads, id, |entry| {
        entry.running = false;
        entry.step = None;
    });
    match (stage, order) {
        (None, Order::Go) => uploads.set_stage(id, UploadStage::Waiting),
        (None, Order::Pause) => uploads.set_stage(id, UploadStage::Paused),
        (None, Order::Cancel) => give_up(uploads, id),
        (Some(stage), _) => {
            uploads.set_stage(id, stage);
            let list = uploads.list.read_untracked();
            let again = list.iter().any(|row| row.id == id && row.can_resume());
            drop(list);
            if again {
                with_entry(uploads, id, |entry| entry.order = Order::Pause);
            } else {
                forget(uploads, id);
            }
            uploads.ended.update(|count| *count += 1);
        }
    }
}

/// Follows an order of the person before the screen.
pub(super) fn order(uploads: Uploads, id: u32, order: Order) {
    let known = with_entry(uploads, id, |entry| {
        entry.order = order;
        (entry.running, entry.step.clone())
    });
    let (running, step) = known.map_or((None, None), |(running, step)| (Some(running), step));
    // On its way it notices by itself, and ends there.
    if let Some(step) = step.filter(|_| order != Order::Go) {
        step.interrupt();
    }
    match (running, order) {
        (Some(false), Order::Pause) => uploads.set_stage(id, UploadStage::Paused),
        (Some(false), Order::Cancel) => give_up(uploads, id),
        (Some(false), Order::Go) => {
            uploads.set_stage(id, UploadStage::Waiting);
            advance(uploads);
        }
        (Some(true) | None, _) => {}
    }
}

fn give_up(uploads: Uploads, id: u32) {
    forget(uploads, id);
    let begun = uploads.list.with_untracked(|list| {
        let upload = list.iter().find(|upload| upload.id == id);
        upload.and_then(|upload| upload.begun)
    });
    uploads.set_stage(id, UploadStage::Cancelled);
    if let Some(begun) = begun {
        spawn_local(tell_server(uploads, begun));
    }
}

async fn tell_server(uploads: Uploads, begun: UploadId) {
    // Should it not hear of it, it gives the upload up by itself after a day.
    let _ = cancel_upload(begun).await;
    uploads.ended.update(|count| *count += 1);
}

/// Lets go of a file.
pub(super) fn forget(uploads: Uploads, id: u32) {
    with_queue(uploads, |queue| {
        queue.entries.retain(|entry| entry.id != id);
    });
}
