use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, EventSourceInit, MessageEvent};

use super::reading::Reading;
use crate::upstream;

/// What is heard on a line.
pub enum Sound {
    /// Something happened: its text.
    Message(String),
    /// Nothing happened; the line is good.
    Ping,
    /// The line is lost.
    Lost,
}

/// A line of server-sent events; ends when it is dropped.
pub struct Line {
    /// The browser's own.
    _source: Option<SendWrapper<Open>>,
    /// Read by us: the browser's own says no token.
    _reading: Option<SendWrapper<Reading>>,
}

struct Open {
    source: EventSource,
    // Kept as long as the browser may call them.
    _message: Closure<dyn Fn(MessageEvent)>,
    _error: Closure<dyn Fn()>,
}

impl Line {
    /// Opens a line to `path`; none where the browser has no such thing.
    pub fn open(path: &str, hear: impl Fn(Sound) + Clone + 'static) -> Option<Self> {
        if upstream::is_by_token() {
            let reading = Reading::open(path.to_owned(), hear);
            return Some(Self {
                _source: None,
                _reading: Some(SendWrapper::new(reading)),
            });
        }
        Some(Self {
            _source: Some(SendWrapper::new(Open::to(path, hear)?)),
            _reading: None,
        })
    }
}

impl Open {
    fn to(path: &str, hear: impl Fn(Sound) + Clone + 'static) -> Option<Self> {
        let init = EventSourceInit::new();
        init.set_with_credentials(upstream::is_elsewhere());
        let source = EventSource::new_with_event_source_init_dict(&upstream::url(path), &init);
        let source = source.ok()?;
        let heard = hear.clone();
        let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            heard(match (event.type_().as_str(), event.data().as_string()) {
                ("message", Some(text)) => Sound::Message(text),
                _ => Sound::Ping,
            });
        });
        let broken = source.clone();
        let error = Closure::<dyn Fn()>::new(move || {
            // The browser would try again by itself, at its own pace and without saying so.
            broken.close();
            hear(Sound::Lost);
        });
        let listener = message.as_ref().unchecked_ref();
        source.set_onmessage(Some(listener));
        source
            .add_event_listener_with_callback("ping", listener)
            .ok()?;
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        Some(Self {
            source,
            _message: message,
            _error: error,
        })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.source.close();
    }
}
