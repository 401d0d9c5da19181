//! Server-sent events read from an answer (HTML Living Standard, 9.2.6).

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

use super::Sound;
use crate::upstream;

/// A line that is read until it is dropped.
pub struct Reading {
    is_open: Rc<Cell<bool>>,
}

impl Reading {
    /// Opens a line to `path`.
    pub fn open(path: String, hear: impl Fn(Sound) + 'static) -> Self {
        let is_open = Rc::new(Cell::new(true));
        spawn_local(begin(path, is_open.clone(), Rc::new(hear)));
        Self { is_open }
    }
}

/// Few pages need it: its code comes when it is called.
#[lazy]
fn begin(path: String, is_open: Rc<Cell<bool>>, hear: Rc<dyn Fn(Sound)>) {
    spawn_local(async move {
        // Its end and its failure are the same to who listens.
        let _ = read(&path, &is_open, &*hear).await;
        if is_open.get() {
            hear(Sound::Lost);
        }
    });
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.is_open.set(false);
    }
}

async fn read(path: &str, is_open: &Cell<bool>, hear: &dyn Fn(Sound)) -> Result<(), JsValue> {
    let answer = upstream::fetch("GET", path, None).await?;
    let body = answer.body().filter(|_| answer.ok()).ok_or(JsValue::NULL)?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut frames = Frames::default();
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        let value = Reflect::get(&chunk, &"value".into())?;
        if !is_open.get() || value.is_undefined() {
            // Lets go of the connection.
            let _ = reader.cancel();
            return Ok(());
        }
        frames.push(&Uint8Array::new(&value).to_vec(), hear);
    }
}

/// What was read of the frame that is not whole yet.
#[derive(Default)]
struct Frames(Vec<u8>);

impl Frames {
    /// Tells of every frame that is whole now. Our server ends lines with `\n`.
    fn push(&mut self, bytes: &[u8], hear: &dyn Fn(Sound)) {
        self.0.extend_from_slice(bytes);
        while let Some(end) = self.0.windows(2).position(|two| two == b"\n\n") {
            let frame: Vec<u8> = self.0.drain(..end + 2).collect();
            hear(sound(&String::from_utf8_lossy(&frame)));
        }
    }
}

fn sound(frame: &str) -> Sound {
    let field = |name: &str| {
        let line = frame.lines().find_map(|line| line.strip_prefix(name));
        line.map(|value| value.trim_start().to_owned())
    };
    match (field("event:"), field("data:")) {
        (None, Some(data)) => Sound::Message(data),
        _ => Sound::Ping,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::{Frames, Sound};

    #[test]
    fn frames_are_told_when_they_are_whole() {
        let heard = RefCell::new(Vec::new());
        let hear = |sound| {
            heard.borrow_mut().push(match sound {
                Sound::Message(text) => text,
                Sound::Ping => "ping".to_owned(),
                Sound::Lost => "lost".to_owned(),
            });
        };
        let mut frames = Frames::default();
        for part in [
            "id: 1\ndata: {\"a\"",
            ":1}\n\nevent: ping\nda",
            "ta: {}\n\n",
        ] {
            frames.push(part.as_bytes(), &hear);
        }
        assert_eq!(heard.take(), ["{\"a\":1}", "ping"]);
    }
}
