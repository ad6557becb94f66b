//! The buttons for zooming, what a thing would be dropped on, and what is said while there is nothing.

use leptos::prelude::*;

use super::camera::Camera;
use super::placed::{AFLOAT, frame, translate};
use super::stage::Stage;
use crate::text::canvas as text;
use crate::view::empty::empty;

/// Room the words over a target take, in CSS pixels.
const WORDS_ROOM: f64 = 56.0;

/// Buttons for zooming.
#[component]
pub fn ZoomTools() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let percent = Memo::new(move |_| stage.camera.get().percent());
    let natural = move |_| stage.look(|camera, middle| camera.zoomed_to(middle, 1.0));
    view! {
        <div class="zoom" role="group" aria-label=text::zoom()>
            <button
                type="button"
                aria-label=text::zoom_out()
                aria-keyshortcuts="-"
                on:click=move |_| stage.look(Camera::farther)
            >
                <span aria-hidden="true">"−"</span>
            </button>
            <button
                type="button"
                class="zoom-percent"
                aria-label=move || text::zoom_is(&percent.get())
                aria-keyshortcuts="0"
                on:click=natural
            >
                {percent}
            </button>
            <button
                type="button"
                aria-label=text::zoom_in()
                aria-keyshortcuts="+"
                on:click=move |_| stage.look(Camera::closer)
            >
                <span aria-hidden="true">"+"</span>
            </button>
            <button
                type="button"
                aria-label=text::fit_title()
                aria-keyshortcuts="1"
                on:click=move |_| stage.fit()
            >
                {text::fit()}
            </button>
        </div>
    }
}

/// Where what is carried would be dropped, and what would become of it.
#[component]
pub fn DropHint() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let target = Memo::new(move |_| stage.lifted.with(|it| stage.target(it.as_ref()?)));
    // Just below what is carried.
    let height = frame(AFLOAT) - 1;
    move || {
        let (area, words) = target.get()?;
        let camera = stage.camera.get();
        // The words keep their size, whatever the zoom.
        let natural = 1.0 / camera.scale();
        let below = camera.to_window(area.corner).y < WORDS_ROOM;
        Some(view! {
            <div
                class="drop"
                class:drop-below=below
                aria-hidden="true"
                style:translate=translate(area.corner)
                style:width=format!("{}px", area.size.0)
                style:height=format!("{}px", area.size.1)
                style:z-index=height.to_string()
            >
                <span class="drop-words" style:scale=format!("{natural:.3}")>{words}</span>
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
            let view = empty(board.phase.get(), board.role.get(), board.release());
            view! {
                <div class="nothing">
                    <h2>{view.title}</h2>
                    <p>{view.words}</p>
                </div>
            }
        })
    }
}
