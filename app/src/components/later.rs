//! Parts of a page that can wait. Leptos takes a whole page over in one task, during which a phone
//! answers to nothing; what stands in [`Later`] is taken over in a task of its own, right after it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::JsCast;

/// Shows its children; a page that came from the server shows them before they do anything.
///
/// They neither fetch nor [`Load`](super::Load): answers that came with the page are for what is
/// taken over with it. What only the browser knows (its clock, its drafts) reaches them by a timer,
/// which runs after theirs: until then they are what the server drew.
#[component]
pub fn Later(
    /// What can wait.
    children: Children,
) -> impl IntoView {
    let part = match Owner::current() {
        // They find what is provided here, whenever they are drawn.
        Some(owner) => Waiting::Drawn(Box::new(move || owner.with(children))),
        None => Waiting::View(children()),
    };
    view! { <div class="contents">{part}</div> }.into_any()
}

/// The only content of an element, by which it is found again.
enum Waiting {
    /// When it is asked for.
    Drawn(Children),
    View(AnyView),
}

impl Waiting {
    fn view(self) -> AnyView {
        match self {
            Self::Drawn(draw) => draw(),
            Self::View(view) => view,
        }
    }
}

no_attrs!(Waiting);

impl Render for Waiting {
    type State = Taken;

    fn build(self) -> Taken {
        Taken::over(self.view().build())
    }

    fn rebuild(self, state: &mut Taken) {
        state.now(|there| self.view().rebuild(there));
    }
}

impl RenderHtml for Waiting {
    type AsyncOutput = AnyView;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {
        let mut view = std::mem::replace(self, Self::View(().into_any())).view();
        view.dry_resolve();
        *self = Self::View(view);
    }

    async fn resolve(self) -> AnyView {
        self.view().resolve().await
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.view()
            .to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.view().to_html_async_with_buf::<OUT_OF_ORDER>(
            buf,
            position,
            escape,
            mark_branches,
            extra_attrs,
        );
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Taken {
        let element = cursor.current().unchecked_into::<Element>();
        let owner = Owner::current().unwrap_or_default();
        // Passed over: what follows is the mark at the element's end.
        if let Some(last) = element.last_child().and_then(|end| end.previous_sibling()) {
            cursor.set(last);
            position.set(Position::NextChild);
        }
        let state = Rc::new(RefCell::new(Stage::Waits(self, element, owner)));
        // Nobody takes over what is not there any more.
        let later = Rc::downgrade(&state);
        let take_over = move || {
            later.upgrade().map(|state| Taken(state).now(|_| ()));
        };
        set_timeout(take_over, Duration::ZERO);
        Taken(state)
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// A part that is taken over, or will be.
struct Taken(Rc<RefCell<Stage>>);

enum Stage {
    Waits(Waiting, Element, Owner),
    There(AnyViewState),
    Gone,
}

impl Taken {
    fn over(there: AnyViewState) -> Self {
        Self(Rc::new(RefCell::new(Stage::There(there))))
    }

    /// Takes it over if that still waits, then does `act` with it.
    fn now<T>(&self, act: impl FnOnce(&mut AnyViewState) -> T) -> Option<T> {
        let mut stage = self.0.borrow_mut();
        if let Stage::Waits(..) = *stage
            && let Stage::Waits(waiting, element, owner) =
                std::mem::replace(&mut *stage, Stage::Gone)
        {
            let position = PositionState::new(Position::FirstChild);
            let there = owner.with(|| {
                let view = waiting.view();
                view.hydrate::<true>(&Cursor::new(element), &position)
            });
            *stage = Stage::There(there);
        }
        match &mut *stage {
            Stage::There(there) => Some(act(there)),
            Stage::Waits(..) | Stage::Gone => None,
        }
    }
}

impl Mountable for Taken {
    fn unmount(&mut self) {
        let stage = std::mem::replace(&mut *self.0.borrow_mut(), Stage::Gone);
        if let Stage::There(mut there) = stage {
            there.unmount();
            *self.0.borrow_mut() = Stage::There(there);
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.now(|there| there.mount(parent, marker));
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.now(|there| there.insert_before_this(child))
            .unwrap_or_default()
    }

    fn elements(&self) -> Vec<Element> {
        self.now(|there| there.elements()).unwrap_or_default()
    }
}
