use leptos::prelude::*;
use leptos_i18n::td_string;

use super::upload_words::{amount, pace, remark};
use crate::browser;
use crate::components::{Glyph, Icon};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::uploads::{TabUpload, UploadStage, use_uploads};

/// The uploads of this tab with their progress; nothing where there are none.
#[component]
pub(super) fn UploadList() -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    browser::guard_leaving(move || uploads.is_busy());
    let any = Memo::new(move |_| !uploads.ids().is_empty());
    move || {
        any.get().then(|| {
            view! {
                <section class="panel p-5 xl:w-90 min-w-0" aria-labelledby="uploads">
                    <h2 id="uploads" class="text-lg font-semibold mb-1">
                        {td_string!(locale, uploads.title)}
                    </h2>
                    <ul class="rows">
                        <For each=move || uploads.ids() key=|id| *id let:id>
                            <UploadRow id/>
                        </For>
                    </ul>
                </section>
            }
        })
    }
}

/// One upload. Its elements stay while their words change: who has the focus on a button keeps it.
#[component]
fn UploadRow(id: u32) -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    let upload = Memo::new(move |_| uploads.get(id));
    let name = uploads.get(id).map(|upload| upload.name);
    let told = move |words: fn(Locale, &TabUpload) -> AnyView| {
        move || upload.with(|upload| upload.as_ref().map(|upload| words(locale, upload)))
    };
    view! {
        <li class="py-3 grid gap-1.5" data-upload=name.clone()>
            <div class="flex items-center gap-3">
                <span class="font-medium truncate" title=name.clone()>{name.clone()}</span>
                <span class="ml-auto quiet text-sm whitespace-nowrap">{told(amount)}</span>
            </div>
            <Bar upload/>
            <div class="flex flex-wrap items-start gap-x-3 gap-y-1 text-sm">
                <div class="min-w-0" role="status">{told(remark)}</div>
                <span class="quiet">{told(pace)}</span>
                <div class="ml-auto flex gap-1">
                    <PauseButton upload/>
                    <EndButton upload/>
                </div>
            </div>
        </li>
    }
}

#[component]
fn Bar(upload: Memo<Option<TabUpload>>) -> impl IntoView {
    let open =
        Memo::new(move |_| upload.with(|upload| upload.as_ref().is_some_and(TabUpload::is_open)));
    // Without value the bar says: at work, no telling how long.
    let value = move || {
        upload.with(|upload| {
            let upload = upload.as_ref()?;
            (upload.stage != UploadStage::Checking).then(|| upload.sent.to_string())
        })
    };
    let of = move |part: fn(&TabUpload) -> String| upload.with(|row| row.as_ref().map(part));
    move || {
        open.get().then(|| {
            view! {
                <progress
                    class="progress progress-primary w-full"
                    max=of(|upload| upload.size.max(1).to_string())
                    value=value
                    aria-label=of(|upload| upload.name.clone())
                ></progress>
            }
        })
    }
}

/// Stops an upload for a while, or goes on with it.
#[component]
fn PauseButton(upload: Memo<Option<TabUpload>>) -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    let resumes = Memo::new(move |_| {
        upload.with(|upload| upload.as_ref().is_some_and(TabUpload::can_resume))
    });
    let offered = Memo::new(move |_| {
        let pauses = upload.with(|upload| upload.as_ref().is_some_and(TabUpload::can_pause));
        pauses || resumes.get()
    });
    let label = move || {
        let name = upload.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
        if resumes.get() {
            td_string!(locale, uploads.resume_one, name)
        } else {
            td_string!(locale, uploads.pause_one, name)
        }
    };
    let words = move || {
        if resumes.get() {
            td_string!(locale, uploads.resume)
        } else {
            td_string!(locale, uploads.pause)
        }
    };
    let click = move |_| {
        if let Some(TabUpload { id, .. }) = upload.get_untracked() {
            if resumes.get_untracked() {
                uploads.resume(id);
            } else {
                uploads.pause(id);
            }
        }
    };
    move || {
        offered.get().then(|| {
            view! {
                <button type="button" class="btn btn-ghost btn-xs" aria-label=label on:click=click>
                    {words}
                </button>
            }
        })
    }
}

/// Gives an upload up, or takes an ended one off the list. While the server looks at a file it is
/// too late.
#[component]
fn EndButton(upload: Memo<Option<TabUpload>>) -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    let open =
        Memo::new(move |_| upload.with(|upload| upload.as_ref().is_some_and(TabUpload::is_open)));
    let offered = Memo::new(move |_| {
        let checking = |row: &TabUpload| row.stage == UploadStage::Checking;
        !upload.with(|upload| upload.as_ref().is_none_or(checking))
    });
    let label = move || {
        let name = upload.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
        if open.get() {
            td_string!(locale, uploads.cancel_one, name)
        } else {
            td_string!(locale, uploads.forget_one, name)
        }
    };
    let words = move || {
        if open.get() {
            td_string!(locale, uploads.cancel).into_any()
        } else {
            view! { <Icon glyph=Glyph::Close/> }.into_any()
        }
    };
    let click = move |_| {
        if let Some(TabUpload { id, .. }) = upload.get_untracked() {
            if open.get_untracked() {
                uploads.cancel(id);
            } else {
                uploads.forget(id);
            }
        }
    };
    move || {
        offered.get().then(|| {
            view! {
                <button type="button" class="btn btn-ghost btn-xs" aria-label=label on:click=click>
                    {words}
                </button>
            }
        })
    }
}
