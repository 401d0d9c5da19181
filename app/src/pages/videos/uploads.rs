use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::browser;
use crate::components::{Glyph, Icon};
use crate::format::{bytes, span};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::uploads::{Upload, UploadStage, Uploads, use_uploads};

/// The uploads of this tab with their progress; nothing where there are none.
#[component]
pub(super) fn UploadList() -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    browser::guard_leaving(move || uploads.is_busy());
    let any = Memo::new(move |_| !uploads.list().is_empty());
    let rows = move || {
        let list = uploads.list().into_iter();
        list.map(|upload| row(locale, uploads, &upload))
            .collect::<Vec<_>>()
    };
    move || {
        any.get().then(|| {
            view! {
                <section class="panel p-5 xl:w-90 min-w-0" aria-labelledby="uploads">
                    <h2 id="uploads" class="text-lg font-semibold mb-1">
                        {td_string!(locale, uploads.title)}
                    </h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
    }
}

fn row(locale: Locale, uploads: Uploads, upload: &Upload) -> impl IntoView + use<> {
    let id = upload.id;
    let (words, action, click): (_, _, fn(Uploads, u32)) = if upload.is_open() {
        let label = td_string!(locale, uploads.cancel_one, name = upload.name.as_str());
        (td_string!(locale, uploads.cancel), label, Uploads::cancel)
    } else {
        let label = td_string!(locale, uploads.forget_one, name = upload.name.as_str());
        ("", label, Uploads::forget)
    };
    let button = if words.is_empty() {
        view! { <Icon glyph=Glyph::Close/> }.into_any()
    } else {
        words.into_any()
    };
    view! {
        <li class="py-3 grid gap-1.5" data-upload=upload.name.clone()>
            <div class="flex items-center gap-3">
                <span class="font-medium truncate" title=upload.name.clone()>{upload.name.clone()}</span>
                <span class="ml-auto quiet text-sm whitespace-nowrap">{amount(locale, upload)}</span>
            </div>
            {bar(upload)}
            <div class="flex items-start gap-3 text-sm">
                {remark(locale, upload)}
                <button
                    type="button"
                    class="btn btn-ghost btn-xs ml-auto"
                    aria-label=action
                    on:click=move |_| click(uploads, id)
                >
                    {button}
                </button>
            </div>
        </li>
    }
}

fn amount(locale: Locale, upload: &Upload) -> String {
    match upload.stage {
        UploadStage::Sending { sent, .. } => {
            let (sent, size) = (bytes(locale, sent), bytes(locale, upload.size));
            td_string!(locale, uploads.of, sent, size)
        }
        UploadStage::Waiting => td_string!(locale, uploads.waiting).to_owned(),
        _ => bytes(locale, upload.size),
    }
}

fn bar(upload: &Upload) -> impl IntoView + use<> {
    let value = match upload.stage {
        UploadStage::Waiting => Some(Some(0)),
        UploadStage::Sending { sent, .. } => Some(Some(sent)),
        // Without value the bar says: at work, no telling how long.
        UploadStage::Checking => Some(None),
        _ => None,
    };
    let (max, name) = (upload.size.max(1), upload.name.clone());
    value.map(|value| {
        view! {
            <progress
                class="progress progress-primary w-full"
                max=max.to_string()
                value=value.map(|value: u64| value.to_string())
                aria-label=name
            ></progress>
        }
    })
}

/// What happens or happened, in words.
fn remark(locale: Locale, upload: &Upload) -> AnyView {
    match &upload.stage {
        UploadStage::Waiting => ().into_any(),
        UploadStage::Sending { sent, speed } => {
            let words =
                speed.map(|speed| pace(locale, upload.size - sent.min(&upload.size), speed));
            view! { <span class="quiet">{words}</span> }.into_any()
        }
        UploadStage::Checking => {
            view! { <span class="quiet">{td_string!(locale, uploads.checking)}</span> }.into_any()
        }
        UploadStage::Cancelled => {
            view! { <span class="quiet">{td_string!(locale, uploads.cancelled)}</span> }.into_any()
        }
        UploadStage::Refused(error) => {
            view! { <span class="text-error" role="alert">{error.message.clone()}</span> }
                .into_any()
        }
        UploadStage::Done {
            video,
            already_known,
        } => {
            let words = if *already_known {
                td_string!(locale, uploads.known)
            } else {
                td_string!(locale, uploads.done)
            };
            view! {
                <span role="status">
                    {words} " "
                    <a class="link" href=format!("/videos/{video}")>{td_string!(locale, uploads.open)}</a>
                </span>
            }
            .into_any()
        }
    }
}

/// `8,2 Mo/s · encore 52 s`.
fn pace(locale: Locale, left: u64, speed: u64) -> String {
    let told = td_string!(locale, uploads.speed, speed = bytes(locale, speed));
    if speed == 0 {
        return told;
    }
    let seconds = i64::try_from(left.div_ceil(speed)).unwrap_or(i64::MAX);
    let left = td_string!(locale, time.left, span = span(locale, seconds));
    format!("{told} · {left}")
}

#[cfg(test)]
mod tests {
    use super::{Locale, pace};

    #[test]
    fn an_upload_tells_its_speed_and_what_is_left() {
        assert_eq!(
            pace(Locale::fr, 426_400_000, 8_200_000),
            "8,20\u{a0}Mo/s · encore 52\u{a0}s"
        );
        assert_eq!(pace(Locale::en, 10, 0), "0\u{a0}B/s");
    }
}
