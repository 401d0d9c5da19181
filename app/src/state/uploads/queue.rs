use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use web_sys::File;

use super::{Upload, UploadStage, Uploads};
use crate::browser::{self, Request, Sent};

/// A speed told earlier than this would jump about.
const SPEED_AFTER_MS: i64 = 700;

/// Files that wait, and the one on its way.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Vec<(u32, File)>,
    running: Option<(u32, Request)>,
    last: u32,
}

fn with_queue<T>(uploads: Uploads, operation: impl FnOnce(&mut Queue) -> T) -> Option<T> {
    uploads.queue.try_update_value(|queue| {
        let queue = queue.get_or_insert_with(|| SendWrapper::new(Queue::default()));
        operation(queue)
    })
}

pub(super) fn add(uploads: Uploads, file: File) {
    let (name, size) = (file.name(), size_of(&file));
    let id = with_queue(uploads, |queue| {
        queue.last += 1;
        queue.waiting.push((queue.last, file));
        queue.last
    });
    let Some(id) = id else {
        return;
    };
    let stage = UploadStage::Waiting;
    uploads.list.update(|list| {
        list.push(Upload {
            id,
            name,
            size,
            stage,
        });
    });
}

/// Starts the next file, if none is on its way.
pub(super) fn advance(uploads: Uploads) {
    let next = with_queue(uploads, |queue| {
        let free = queue.running.is_none() && !queue.waiting.is_empty();
        free.then(|| queue.waiting.remove(0))
    });
    let Some((id, file)) = next.flatten() else {
        return;
    };
    let started = browser::now();
    let size = size_of(&file);
    let progress = move |sent| uploads.set_stage(id, stage_at(sent, size, elapsed_ms(started)));
    let Ok((request, outcome)) = browser::send(&file, progress) else {
        uploads.set_stage(id, UploadStage::Refused(browser::lost()));
        return advance(uploads);
    };
    with_queue(uploads, |queue| queue.running = Some((id, request)));
    uploads.set_stage(id, stage_at(0, size, 0));
    spawn_local(async move {
        let sent = outcome.await;
        with_queue(uploads, |queue| queue.running = None);
        finish(uploads, id, sent, file);
        advance(uploads);
    });
}

pub(super) fn cancel(uploads: Uploads, id: u32) {
    let request = with_queue(uploads, |queue| {
        queue.waiting.retain(|(waiting, _)| *waiting != id);
        let running = queue.running.as_ref();
        running
            .filter(|(running, _)| *running == id)
            .map(|(_, request)| request.clone())
    });
    uploads.set_stage(id, UploadStage::Cancelled);
    if let Some(request) = request.flatten() {
        request.abort();
    }
}

fn finish(uploads: Uploads, id: u32, sent: Sent, file: File) {
    let stage = match sent {
        Sent::Kept(uploaded) => {
            let video = uploaded.video.id;
            if !uploaded.video.has_thumbnail {
                spawn_local(draw_thumbnail(uploads, video, file));
            }
            uploads.finished.update(|count| *count += 1);
            UploadStage::Done {
                video,
                already_known: uploaded.already_known,
            }
        }
        Sent::Refused(error) => UploadStage::Refused(error),
        Sent::Aborted => UploadStage::Cancelled,
    };
    uploads.set_stage(id, stage);
}

/// Lists follow once more when the picture is kept.
async fn draw_thumbnail(uploads: Uploads, video: api::id::VideoId, file: File) {
    let Ok(address) = web_sys::Url::create_object_url_with_blob(&file) else {
        return;
    };
    if browser::keep_thumbnail(video, &address).await {
        uploads.finished.update(|count| *count += 1);
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}

fn stage_at(sent: u64, size: u64, elapsed_ms: i64) -> UploadStage {
    if sent >= size {
        return UploadStage::Checking;
    }
    let elapsed = u64::try_from(elapsed_ms).unwrap_or(0);
    let speed = (elapsed_ms >= SPEED_AFTER_MS).then(|| sent * 1000 / elapsed);
    UploadStage::Sending { sent, speed }
}

fn elapsed_ms(started: Option<chrono::DateTime<chrono::Utc>>) -> i64 {
    let (Some(start), Some(now)) = (started, browser::now()) else {
        return 0;
    };
    (now - start).num_milliseconds()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of bytes"
)]
fn size_of(file: &File) -> u64 {
    file.size() as u64
}

#[cfg(test)]
mod tests {
    use super::{UploadStage, stage_at};

    #[test]
    fn speed_is_told_after_a_moment_and_the_end_is_a_check() {
        let sending = |sent, speed| UploadStage::Sending { sent, speed };
        assert_eq!(stage_at(10, 100, 100), sending(10, None));
        assert_eq!(stage_at(50, 100, 1_000), sending(50, Some(50)));
        assert_eq!(stage_at(100, 100, 1_000), UploadStage::Checking);
    }
}
