use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{Glyph, Icon};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum ButtonKind {
    /// The one thing to do on this page.
    Primary,
    /// One of several things.
    #[default]
    Plain,
    /// Something on the side.
    Ghost,
}

/// How large a button is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum ButtonSize {
    /// For pages.
    #[default]
    Normal,
    /// Inside panels and tables.
    Small,
}

fn class_of(kind: ButtonKind, size: ButtonSize) -> &'static str {
    match (kind, size) {
        (ButtonKind::Primary, ButtonSize::Normal) => "btn btn-primary",
        (ButtonKind::Primary, ButtonSize::Small) => "btn btn-primary btn-sm",
        (ButtonKind::Plain, ButtonSize::Normal) => "btn",
        (ButtonKind::Plain, ButtonSize::Small) => "btn btn-sm",
        (ButtonKind::Ghost, ButtonSize::Normal) => "btn btn-ghost",
        (ButtonKind::Ghost, ButtonSize::Small) => "btn btn-ghost btn-sm",
    }
}

/// A button. What it does is a property: a listener that is put on a component from outside is
/// added once more, beside the old one, each time the view around it is drawn anew (tachys 0.2.19,
/// `AnyViewWithAttrs::rebuild`), and one press would act twice.
#[component]
pub fn Button(
    /// Its words.
    #[prop(into)]
    label: Signal<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// An icon before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// `submit` sends the form that it stands in.
    #[prop(default = "button")]
    role: &'static str,
    /// Whether its work is under way or impossible.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it does; a `submit` needs nothing.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    view! {
        <button type=role class=class_of(kind, size) disabled=disabled on:click=run(on_click)>
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            {label}
        </button>
    }
}

fn run(on_click: Option<Callback<MouseEvent>>) -> impl Fn(MouseEvent) {
    move |event| {
        if let Some(on_click) = on_click {
            on_click.run(event);
        }
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its words.
    #[prop(into)]
    label: String,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// An icon before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    view! {
        <a href=href class=class_of(kind, size)>
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            {label}
        </a>
    }
    .into_any()
}
