use api::error::ApiError;
use leptos::prelude::*;

/// What the server said of one input, if anything. `name` is the input's name in the request.
pub fn field_error(error: Option<&ApiError>, name: &str) -> Option<String> {
    let field = error?.fields.iter().find(|field| field.field == name)?;
    Some(field.message.clone())
}

/// A labelled input with help and refusal below. The label's words are its whole name;
/// help and refusal describe it.
#[component]
pub fn Field(
    /// Its label.
    #[prop(into)]
    label: String,
    /// Id of the input inside; help and refusal derive theirs from it.
    id: &'static str,
    /// A word of help.
    #[prop(optional_no_strip)]
    help: Option<String>,
    /// What is wrong with its value.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The input.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {children()}
            {help.map(|help| view! { <p class="field-help" id=format!("{id}-help")>{help}</p> })}
            {move || {
                error
                    .get()
                    .map(|text| {
                        view! {
                            <p class="field-error" id=format!("{id}-error") role="alert">
                                {text}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// A text input.
#[component]
pub fn TextField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// Its id.
    id: &'static str,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// What it starts with.
    #[prop(optional, into)]
    value: String,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with its value.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether the form needs it.
    #[prop(optional)]
    required: bool,
    /// Longest text, in characters.
    #[prop(default = api::limit::NAME_CHARACTERS)]
    max_length: usize,
) -> impl IntoView {
    let helped = help.is_some();
    view! {
        <Field label id help error>
            <input
                class="input"
                id=id
                name=name
                value=value
                required=required
                maxlength=max_length.to_string()
                autocomplete="off"
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=move || described_by(id, helped, error.get().is_some())
            />
        </Field>
    }
    .into_any()
}

/// Which words describe an input inside of a [`Field`].
pub fn described_by(id: &str, helped: bool, refused: bool) -> Option<String> {
    match (refused, helped) {
        (true, _) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-help")),
        (false, false) => None,
    }
}

/// A choice among options.
#[component]
pub fn SelectField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// Its id.
    id: &'static str,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// Values and words, in order.
    options: Vec<(String, String)>,
    /// The value that it starts with.
    #[prop(optional, into)]
    value: String,
    /// What is wrong with its value.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The first line, without value, where nothing is chosen yet.
    #[prop(optional, into)]
    prompt: Option<String>,
) -> impl IntoView {
    let options: Vec<_> = options
        .into_iter()
        .map(move |(option, words)| {
            let selected = option == value;
            view! { <option value=option selected=selected>{words}</option> }
        })
        .collect();
    let required = prompt.is_some();
    view! {
        <Field label id error>
            <select
                class="select"
                id=id
                name=name
                required=required
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=move || described_by(id, false, error.get().is_some())
            >
                {prompt.map(|prompt| view! { <option value="">{prompt}</option> })}
                {options}
            </select>
        </Field>
    }
    .into_any()
}
