//! Short messages that come and go.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser;

/// A message stays this long; one with an action twice as long.
const STAY: Duration = Duration::from_secs(6);

/// What a message tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ToastKind {
    /// It worked.
    Done,
    /// It did not.
    Failed,
}

/// What takes something back. It outlives the part of the page that offers it.
pub type WayBack = Arc<dyn Fn() + Send + Sync>;

/// A message.
#[derive(Clone)]
pub struct Toast {
    /// Counts from 1.
    pub id: u32,
    /// What it tells.
    pub kind: ToastKind,
    /// What it says.
    pub text: String,
    /// A way back: its label and what it does.
    pub action: Option<(String, WayBack)>,
}

impl Toast {
    /// Id of the element that shows a message.
    pub fn element(id: u32) -> String {
        format!("toast-{id}")
    }
}

/// The messages on screen.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

impl Toasts {
    /// Says that something worked.
    pub fn done(self, text: impl Into<String>) {
        self.push(ToastKind::Done, text.into(), None);
    }

    /// Says that something failed.
    pub fn failed(self, text: impl Into<String>) {
        self.push(ToastKind::Failed, text.into(), None);
    }

    /// Says that something happened and offers a way back.
    pub fn undoable(self, text: impl Into<String>, label: impl Into<String>, undo: WayBack) {
        self.push(ToastKind::Done, text.into(), Some((label.into(), undo)));
    }

    /// Takes a message away.
    pub fn dismiss(self, id: u32) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    /// The messages on screen, oldest first.
    pub fn list(self) -> Vec<Toast> {
        self.list.get()
    }

    fn push(self, kind: ToastKind, text: String, action: Option<(String, WayBack)>) {
        self.last.update_value(|last| *last += 1);
        let id = self.last.get_value();
        let stay = if action.is_some() { STAY * 2 } else { STAY };
        self.list.update(|list| {
            list.push(Toast {
                id,
                kind,
                text,
                action,
            });
        });
        self.expire(id, stay);
    }

    /// Takes a message away after a while; not from under a hand or a focus.
    fn expire(self, id: u32, stay: Duration) {
        let step = move || {
            if browser::is_attended(&Toast::element(id)) {
                self.expire(id, stay);
            } else {
                self.dismiss(id);
            }
        };
        set_timeout(step, stay);
    }
}

/// Starts without messages.
pub fn provide_toasts() {
    provide_context(Toasts {
        list: RwSignal::new(Vec::new()),
        last: StoredValue::new(0),
    });
}

/// The messages on screen.
///
/// # Panics
/// Outside of `App`, which provides them.
pub fn use_toasts() -> Toasts {
    use_context().expect("App provides the toasts")
}
