//! Rows of a list that make room for one that is dragged. They are moved by the stylesheet
//! interface alone: the list itself changes when the row is let go.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Pixels from the edge of the window where the page follows the dragged row.
const EDGE: f64 = 110.0;
/// Pixels that the page follows in one frame.
const FOLLOW: f64 = 9.0;

/// A row of the list, in pixels of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Extent {
    top: f64,
    height: f64,
}

impl Extent {
    fn middle(self) -> f64 {
        self.top + self.height / 2.0
    }
}

/// The rows of a list while one of them is dragged.
pub struct Rows {
    elements: Vec<HtmlElement>,
    extents: Vec<Extent>,
    held: usize,
    place: usize,
}

impl Rows {
    /// The rows of a list, one of which is taken.
    pub fn take(list: &Element, held: usize) -> Option<Self> {
        let children = list.children();
        let elements: Vec<HtmlElement> = (0..children.length())
            .filter_map(|index| children.item(index)?.dyn_into().ok())
            .collect();
        // The classes first: they change how high a row is.
        let _ = elements.get(held)?.class_list().add_1("dragged");
        let _ = list.class_list().add_1("dragging");
        let scrolled = scrolled();
        let extent = |element: &HtmlElement| {
            let shown = element.get_bounding_client_rect();
            Extent {
                top: shown.top() + scrolled,
                height: shown.height(),
            }
        };
        let extents = elements.iter().map(extent).collect();
        Some(Self {
            elements,
            extents,
            held,
            place: held,
        })
    }

    /// Shows the held row this far from where it was taken; its place there.
    pub fn drag(&mut self, distance: f64) -> usize {
        shift(&self.elements[self.held], distance);
        let place = place(&self.extents, self.held, distance);
        if place != self.place {
            self.place = place;
            for (index, element) in self.elements.iter().enumerate() {
                if index != self.held {
                    let distance = room(&self.extents, self.held, place, index);
                    shift(element, distance);
                }
            }
        }
        place
    }

    /// Lets go: every row is where the list has it.
    pub fn release(self, list: &Element) {
        let _ = list.class_list().remove_1("dragging");
        for element in &self.elements {
            let _ = element.class_list().remove_1("dragged");
            let _ = element.style().remove_property("transform");
        }
    }
}

fn shift(element: &HtmlElement, distance: f64) {
    let style = element.style();
    // A browser that cannot shows the row where it was: nothing to tell.
    let _ = if distance == 0.0 {
        style.remove_property("transform").map(|_| ())
    } else {
        style.set_property("transform", &format!("translateY({distance}px)"))
    };
}

/// The place of the held row: behind all rows whose middle its own has passed.
fn place(rows: &[Extent], held: usize, distance: f64) -> usize {
    let Extent { top, height } = rows[held];
    let passed = |index: usize, row: &Extent| {
        if index < held {
            top + distance >= row.middle()
        } else {
            top + height + distance > row.middle()
        }
    };
    let others = rows.iter().enumerate().filter(|(index, _)| *index != held);
    others.filter(|(index, row)| passed(*index, row)).count()
}

/// How far a row moves to make room for the held one at a place.
fn room(rows: &[Extent], held: usize, place: usize, index: usize) -> f64 {
    let height = rows[held].height;
    if held < index && index <= place {
        -height
    } else if place <= index && index < held {
        height
    } else {
        0.0
    }
}

/// How far the page is scrolled, in pixels.
pub fn scrolled() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

/// Scrolls on while something is dragged near an edge of the window, at `y` in it.
pub fn follow(y: f64) {
    let height = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    if y < EDGE {
        window().scroll_by_with_x_and_y(0.0, -FOLLOW);
    } else if height.is_some_and(|height| y > height - EDGE) {
        window().scroll_by_with_x_and_y(0.0, FOLLOW);
    }
}

/// From now on, events of this pointer go to the element, wherever it is.
pub fn capture(element: &Element, pointer: i32) {
    let _ = element.set_pointer_capture(pointer);
}

#[cfg(test)]
mod tests {
    use super::{Extent, place, room};

    fn rows() -> Vec<Extent> {
        [0.0, 60.0, 120.0, 180.0]
            .map(|top| Extent { top, height: 60.0 })
            .to_vec()
    }

    #[test]
    fn a_row_takes_a_place_when_its_edge_has_passed_the_others_middle() {
        for (held, distance, expected) in [
            (1, 0.0, 1),
            (1, 29.0, 1),
            (1, 31.0, 2),
            (1, 500.0, 3),
            (1, -29.0, 1),
            (1, -31.0, 0),
            (3, -500.0, 0),
        ] {
            assert_eq!(
                place(&rows(), held, distance),
                expected,
                "{held} {distance}"
            );
        }
    }

    #[test]
    fn rows_between_make_room() {
        let down: Vec<f64> = (0..4).map(|index| room(&rows(), 0, 2, index)).collect();
        assert_eq!(down, [0.0, -60.0, -60.0, 0.0]);
        let up: Vec<f64> = (0..4).map(|index| room(&rows(), 3, 1, index)).collect();
        assert_eq!(up, [0.0, 60.0, 60.0, 0.0]);
    }
}
