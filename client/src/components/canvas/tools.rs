//! The buttons for zooming, what a thing would be dropped on, and what is said while there is nothing.

use leptos::prelude::*;

use super::camera::Camera;
use super::stage::Stage;
use crate::view::empty::empty;

/// Buttons for zooming.
#[component]
pub fn ZoomTools() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let percent = Memo::new(move |_| stage.camera.get().percent());
    let natural = move |_| stage.look(|camera, middle| camera.zoomed_to(middle, 1.0));
    view! {
        <div class="zoom" role="group" aria-label="Zoom">
            <button
                type="button"
                aria-label="Zoom out"
                aria-keyshortcuts="-"
                on:click=move |_| stage.look(Camera::farther)
            >
                <span aria-hidden="true">"−"</span>
            </button>
            <button
                type="button"
                class="zoom-percent"
                aria-label=move || format!("Zoom is {}. Go to 100 %", percent.get())
                aria-keyshortcuts="0"
                on:click=natural
            >
                {percent}
            </button>
            <button
                type="button"
                aria-label="Zoom in"
                aria-keyshortcuts="+"
                on:click=move |_| stage.look(Camera::closer)
            >
                <span aria-hidden="true">"+"</span>
            </button>
            <button
                type="button"
                aria-label="Fit the whole board"
                aria-keyshortcuts="1"
                on:click=move |_| stage.fit()
            >
                "Fit"
            </button>
        </div>
    }
}

/// Where what is carried would be dropped, and what would become of it.
#[component]
pub fn DropHint() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let target = Memo::new(move |_| stage.target(stage.lifted.get()?));
    move || {
        let (rect, words) = target.get()?;
        let camera = stage.camera.get();
        let at = camera.to_window(rect.at);
        let length = |units: i32| format!("{:.1}px", f64::from(units) * camera.scale());
        Some(view! {
            <div
                class="drop"
                aria-hidden="true"
                style:translate=format!("{:.1}px {:.1}px", at.x, at.y)
                style:width=length(rect.width)
                style:height=length(rect.height)
            >
                <span class="drop-words">{words}</span>
            </div>
        })
    }
}

/// What is said while there is nothing on the board.
#[component]
pub fn Nothing() -> impl IntoView {
    let board = expect_context::<Stage>().board;
    let none = Memo::new(move |_| board.notes.with(Vec::is_empty));
    move || {
        none.get().then(|| {
            let view = empty(board.phase.get(), board.role.get());
            view! {
                <div class="nothing">
                    <h2>{view.title}</h2>
                    <p>{view.words}</p>
                </div>
            }
        })
    }
}
