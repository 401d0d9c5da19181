use api::id::VideoId;
use api::path::video_thumbnail;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement};

use crate::upstream;

const WIDTH: u32 = 480;
const HEIGHT: u32 = 270;
const QUALITY: f64 = 0.82;
/// Films often begin black: the picture is taken here, or at a tenth of a short film.
const MOMENT_S: f64 = 1.0;

/// Draws the thumbnail of a video from the address of its film and gives it to the server.
/// Whether it is kept now; a film that this browser cannot draw keeps its placeholder.
pub async fn keep_thumbnail(id: VideoId, film: &str) -> bool {
    match draw(film).await {
        Ok(picture) => put(id, &picture).await.unwrap_or(false),
        Err(_) => false,
    }
}

async fn draw(film: &str) -> Result<Blob, JsValue> {
    let video: HtmlVideoElement = document().create_element("video")?.unchecked_into();
    video.set_muted(true);
    video.set_preload("auto");
    video.set_cross_origin(upstream::crossorigin());
    let ready = event(&video, "loadeddata");
    video.set_src(film);
    ready.await?;
    let sought = event(&video, "seeked");
    video.set_current_time(moment(video.duration()));
    sought.await?;
    let canvas = paint(&video)?;
    // Lets go of the film's buffers now, not at some later collection.
    video.remove_attribute("src")?;
    video.load();
    to_jpeg(&canvas).await
}

fn moment(duration_s: f64) -> f64 {
    if duration_s.is_finite() {
        MOMENT_S.min(duration_s / 10.0)
    } else {
        0.0
    }
}

/// The whole picture, black where its shape is not 16:9.
fn paint(video: &HtmlVideoElement) -> Result<HtmlCanvasElement, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(WIDTH);
    canvas.set_height(HEIGHT);
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or(JsValue::NULL)?
        .unchecked_into();
    let (width, height) = (f64::from(WIDTH), f64::from(HEIGHT));
    let (film_width, film_height) = (
        f64::from(video.video_width().max(1)),
        f64::from(video.video_height().max(1)),
    );
    let scale = (width / film_width).min(height / film_height);
    let (w, h) = (film_width * scale, film_height * scale);
    context.fill_rect(0.0, 0.0, width, height);
    let (x, y) = ((width - w) / 2.0, (height - h) / 2.0);
    context.draw_image_with_html_video_element_and_dw_and_dh(video, x, y, w, h)?;
    Ok(canvas)
}

async fn to_jpeg(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let mut failure = Ok(());
    let drawn = js_sys::Promise::new(&mut |resolve, _| {
        let quality = JsValue::from_f64(QUALITY);
        failure = canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &quality);
    });
    failure?;
    JsFuture::from(drawn).await?.dyn_into()
}

/// Waits for an event of a film, or for its failure.
async fn event(video: &HtmlVideoElement, name: &str) -> Result<(), JsValue> {
    let mut failure = Ok(());
    let happened = js_sys::Promise::new(&mut |resolve, reject| {
        let once = web_sys::AddEventListenerOptions::new();
        once.set_once(true);
        let listen = |name, callback| {
            video.add_event_listener_with_callback_and_add_event_listener_options(
                name, callback, &once,
            )
        };
        failure = listen(name, &resolve).and_then(|()| listen("error", &reject));
    });
    failure?;
    JsFuture::from(happened).await.map(drop)
}

async fn put(id: VideoId, picture: &Blob) -> Result<bool, JsValue> {
    let path = video_thumbnail(id);
    let answer = upstream::fetch("PUT", &path, Some(picture)).await?;
    Ok(answer.ok())
}
