//! Dialogs: a question, or a choice, in front of the rest of the page.
//!
//! They stand on the browser's own `<dialog>`, which keeps the focus inside, closes with Escape and
//! gives the focus back.

use crate::text::common as text;
use leptos::html;
use leptos::prelude::*;

/// How much a confirmation weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    /// It changes something that can be changed back, or that was going to happen anyway.
    #[default]
    Ordinary,
    /// It loses something for good.
    Grave,
}

/// How much room a dialog takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Size {
    /// That of a question.
    #[default]
    Small,
    /// As much as there is to read. It has a button that closes it, always in sight.
    Wide,
}

/// Something in front of the page. What is inside is made anew each time it opens.
#[component]
pub fn Dialog(
    /// Whether it is open. Set it to open or close; it follows when people close the dialog.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// How much room it takes.
    #[prop(optional)]
    size: Size,
    /// What is inside.
    children: ChildrenFn,
) -> impl IntoView {
    let wide = size == Size::Wide;
    let close = move || {
        wide.then(|| {
            view! {
                <button type="button" on:click=move |_| open.set(false)>{text::close()}</button>
            }
        })
    };
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if open.get() {
            // The focus goes to what is inside, so that has to be there first.
            request_animation_frame(move || {
                if let Some(dialog) = element.get_untracked()
                    && !dialog.open()
                {
                    // It fails only for an element that has left the page meanwhile.
                    let _ = dialog.show_modal();
                }
            });
        } else if let Some(dialog) = element.get_untracked() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog class="dialog" class:dialog-wide=wide node_ref=element aria-label=title on:close=move |_| open.set(false)>
            <Show when=move || open.get()>
                <div class="dialog-head">
                    <h2>{title}</h2>
                    {close}
                </div>
                {children.with_value(|children| children())}
            </Show>
        </dialog>
    }
}

/// A question with two answers: to do it, or to leave it.
#[component]
pub fn Confirm(
    /// Whether it is asked. Set it to ask.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// The verb on the button that does it: "Erase the note".
    #[prop(into)]
    verb: Signal<String>,
    /// How much it weighs.
    #[prop(optional)]
    weight: Weight,
    /// What is done then.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What it means, in a sentence or two.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let confirm = move |_| {
        open.set(false);
        on_confirm.run(());
    };
    view! {
        <Dialog open title>
            {children.with_value(|children| children())}
            <div class="dialog-answers">
                <button
                    type="button"
                    class="primary"
                    class:grave=weight == Weight::Grave
                    on:click=confirm
                >
                    {verb}
                </button>
                <button type="button" autofocus=true on:click=move |_| open.set(false)>
                    {text::cancel()}
                </button>
            </div>
        </Dialog>
    }
}
