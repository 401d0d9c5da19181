use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

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
pub struct Line(SendWrapper<Open>);

struct Open {
    source: EventSource,
    // Kept as long as the browser may call them.
    _message: Closure<dyn Fn(MessageEvent)>,
    _error: Closure<dyn Fn()>,
}

impl Line {
    /// Opens a line to `path`; none where the browser has no such thing.
    pub fn open(path: &str, hear: impl Fn(Sound) + Clone + 'static) -> Option<Self> {
        let source = EventSource::new(path).ok()?;
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
        Some(Self(SendWrapper::new(Open {
            source,
            _message: message,
            _error: error,
        })))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.source.close();
    }
}
