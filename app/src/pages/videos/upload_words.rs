//! What is said of an upload.

use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::format::{bytes, span};
use crate::i18n::Locale;
use crate::state::uploads::{TabUpload, UploadStage};

/// `340 Mo sur 1,00 Go`.
pub(super) fn amount(locale: Locale, upload: &TabUpload) -> AnyView {
    let size = bytes(locale, upload.size);
    if upload.is_open() && upload.stage != UploadStage::Checking && upload.sent > 0 {
        let sent = bytes(locale, upload.sent);
        return td_string!(locale, uploads.of, sent, size).into_any();
    }
    size.into_any()
}

/// `8,2 Mo/s · encore 52 s`.
pub(super) fn pace(locale: Locale, upload: &TabUpload) -> AnyView {
    let UploadStage::Sending { speed: Some(speed) } = upload.stage else {
        return ().into_any();
    };
    pace_words(locale, upload.size.saturating_sub(upload.sent), speed).into_any()
}

fn pace_words(locale: Locale, left: u64, speed: u64) -> String {
    let told = td_string!(locale, uploads.speed, speed = bytes(locale, speed));
    if speed == 0 {
        return told;
    }
    let seconds = i64::try_from(left.div_ceil(speed)).unwrap_or(i64::MAX);
    let left = td_string!(locale, time.left, span = span(locale, seconds));
    format!("{told} · {left}")
}

/// What happens or happened.
pub(super) fn remark(locale: Locale, upload: &TabUpload) -> AnyView {
    let quiet = |words: &'static str| view! { <span class="quiet">{words}</span> }.into_any();
    match &upload.stage {
        UploadStage::Waiting => quiet(td_string!(locale, uploads.waiting)),
        UploadStage::Sending { .. } => quiet(td_string!(locale, uploads.sending)),
        UploadStage::Interrupted => {
            view! { <span>{td_string!(locale, uploads.interrupted)}</span> }.into_any()
        }
        UploadStage::Paused => quiet(td_string!(locale, uploads.paused)),
        UploadStage::Checking => quiet(td_string!(locale, uploads.checking)),
        UploadStage::Cancelled => quiet(td_string!(locale, uploads.cancelled)),
        UploadStage::Refused(error) => {
            view! { <span class="text-error">{error.message.clone()}</span> }.into_any()
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
                {words} " "
                <a class="link" href=format!("/videos/{video}")>{td_string!(locale, uploads.open)}</a>
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, pace_words};

    #[test]
    fn an_upload_tells_its_speed_and_what_is_left() {
        assert_eq!(
            pace_words(Locale::fr, 426_400_000, 8_200_000),
            "8,20\u{a0}Mo/s · encore 52\u{a0}s"
        );
        assert_eq!(pace_words(Locale::en, 10, 0), "0\u{a0}B/s");
    }
}
