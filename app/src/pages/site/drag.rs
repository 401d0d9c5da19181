//! A row of the loop is dragged by its grip, with mouse, pen or finger.

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::Element;

use super::editing::Editing;
use crate::browser::drag::{self, Rows};

/// Pixels that a pointer may tremble before it drags.
const TREMBLE: f64 = 4.0;

/// Dragging in one list.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    editing: Editing,
    list: NodeRef<html::Ol>,
    hold: StoredValue<Option<Hold>>,
    dropped: Callback<(u32, usize)>,
}

/// A pointer that went down on a grip.
struct Hold {
    key: u32,
    pointer: i32,
    /// Where it went down, in the page.
    from: f64,
    /// Where it is, in the window.
    y: f64,
    /// The rows, once it has moved; they exist in the browser's one thread only.
    rows: Option<SendWrapper<Rows>>,
    place: usize,
}

impl Drag {
    /// Dragging in this list; `dropped` is told of rows that changed their place.
    pub fn new(
        editing: Editing,
        list: NodeRef<html::Ol>,
        dropped: impl Fn((u32, usize)) + Send + Sync + 'static,
    ) -> Self {
        Self {
            editing,
            list,
            hold: StoredValue::new(None),
            dropped: Callback::new(dropped),
        }
    }

    /// A pointer goes down on the grip of a row.
    pub fn take(self, key: u32, event: &PointerEvent) {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        // No selection of text; the focus that this forbids too is given by the caller.
        event.prevent_default();
        let y = f64::from(event.client_y());
        let target = event_target::<Element>(event);
        if let Ok(Some(grip)) = target.closest("button") {
            drag::capture(&grip, event.pointer_id());
        }
        self.hold.set_value(Some(Hold {
            key,
            pointer: event.pointer_id(),
            from: y + drag::scrolled(),
            y,
            rows: None,
            place: 0,
        }));
    }

    /// The pointer moves.
    pub fn follow(self, event: &PointerEvent) {
        let y = f64::from(event.client_y());
        let begins = self.hold.try_update_value(|hold| {
            let hold = hold
                .as_mut()
                .filter(|hold| hold.pointer == event.pointer_id())?;
            hold.y = y;
            let far = (y + drag::scrolled() - hold.from).abs() > TREMBLE;
            (hold.rows.is_none() && far).then_some(hold.key)
        });
        if let Some(key) = begins.flatten() {
            self.begin(key);
        }
    }

    fn begin(self, key: u32) {
        let place = self
            .editing
            .items
            .with_untracked(|items| items.iter().position(|item| item.key == key));
        let rows = self.list.get_untracked().zip(place);
        let rows = rows.and_then(|(list, place)| Rows::take(&list, place));
        self.hold.update_value(|hold| {
            if let Some(hold) = hold {
                hold.rows = rows.map(SendWrapper::new);
                hold.place = place.unwrap_or(0);
            }
        });
        self.step();
    }

    /// Frame by frame, until the row is let go: the page may scroll under a pointer at rest.
    fn step(self) {
        let goes_on = self.hold.try_update_value(|hold| {
            let Some(hold) = hold else { return false };
            let Some(rows) = &mut hold.rows else {
                return false;
            };
            drag::follow(hold.y);
            hold.place = rows.drag(hold.y + drag::scrolled() - hold.from);
            true
        });
        if goes_on == Some(true) {
            request_animation_frame(move || self.step());
        }
    }

    /// The pointer goes up: the row stays where it is.
    pub fn release(self) {
        if let Some((key, place)) = self.let_go() {
            self.dropped.run((key, place));
        }
    }

    /// The row goes back to where it was taken; whether one was dragged.
    pub fn cancel(self) -> bool {
        self.let_go().is_some()
    }

    fn let_go(self) -> Option<(u32, usize)> {
        let hold = self.hold.try_update_value(Option::take)??;
        let rows = hold.rows?;
        if let Some(list) = self.list.get_untracked() {
            rows.take().release(&list);
        }
        Some((hold.key, hold.place))
    }
}
