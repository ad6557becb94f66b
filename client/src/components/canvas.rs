//! The board as a plane: every note where it lies.
//!
//! - [`stage`]: what the parts share; [`camera`] and [`scene`]: what is seen, and what lies where.
//! - [`gesture`], [`mod@pointer`], [`keys`], [`carry`]: from fingers and keys to what is done;
//!   [`chosen`] and [`selecting`]: to several things at once.
//! - [`placed`], [`group`]: a note and a group where they lie; [`overview`] and [`minimap`]: all of
//!   them from afar; [`menu`], [`reading`], [`tools`]: the rest.

pub mod camera;
pub mod carry;
pub mod chosen;
pub mod element;
pub mod geometry;
pub mod gesture;
pub mod group;
pub mod keys;
pub mod lifted;
pub mod looking;
pub mod menu;
pub mod minimap;
pub mod overview;
pub mod placed;
pub mod pointer;
pub mod reading;
pub mod scene;
pub mod selecting;
pub mod stage;
pub mod tools;

use std::time::Duration;

use candour_shared::ids::Item;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use self::geometry::Size;
use self::gesture::Gesture;
use self::group::PlacedGroup;
use self::menu::ItemMenu;
use self::minimap::Minimap;
use self::overview::Overview;
use self::placed::PlacedNote;
use self::pointer::Pointers;
use self::reading::Reading;
use self::selecting::{Band, SelectionBar};
use self::stage::Stage;
use self::tools::{DropHint, Nothing, ZoomTools};
use super::dissolve::Dissolve;
use super::moderation::JudgingDialog;
use super::search::Search;
use super::spotlight::SpotlightBar;
use crate::board::Board;
use crate::text::canvas as text;

/// After how much quiet what is seen is drawn sharply again.
const REST: Duration = Duration::from_millis(200);

/// The plane with its notes and groups.
#[component]
pub fn Canvas() -> impl IntoView {
    let stage = Stage::new(expect_context::<Board>());
    provide_context(stage);
    let element = NodeRef::<html::Div>::new();
    let pointers = Pointers::new(stage, element);
    let (judging, dissolve) = (RwSignal::new(None), RwSignal::new(None));
    watch_size(stage, element);
    fit_at_first(stage);
    follow_spotlight(stage);
    follow_search(stage);
    end_what_may_not_go_on(stage);
    let escape = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            pointers.abandon();
        }
    });
    on_cleanup(move || escape.remove());
    let key = move |event: KeyboardEvent| {
        if stage.key(&event) {
            event.prevent_default();
        }
    };
    let context_menu = move |event: MouseEvent| {
        if pointers.is_pressing() {
            // A finger that rests on a thing chooses it.
            event.prevent_default();
        } else {
            stage.context_menu(&event);
        }
    };
    let does = move || match pointers.gesture() {
        Gesture::Idle | Gesture::Pressed { .. } => None,
        Gesture::Panning(_) | Gesture::Pinching(..) => Some("pan"),
        Gesture::Banding(..) => Some("choose"),
        Gesture::Carrying(_) => Some("carry"),
    };
    view! {
        <div
            class="canvas"
            class:canvas-fixed=move || !stage.may_move()
            node_ref=element
            role="application"
            aria-label=text::plane()
            aria-describedby="canvas-help"
            tabindex="-1"
            data-does=does
            on:pointerdown=move |event| pointers.down(&event)
            on:pointermove=move |event| pointers.shift(&event)
            on:pointerup=move |event| pointers.up(&event)
            on:pointercancel=move |event| pointers.lose(&event)
            on:wheel=move |event| pointers.wheel(&event)
            on:dblclick=move |event| pointers.go_closer(&event)
            on:contextmenu=context_menu
            on:keydown=key
        >
            <p id="canvas-help" class="visually-hidden">{text::help()}</p>
            <Plane/>
            <Overview/>
            <Nothing/>
            <ItemMenu judging dissolve/>
            <SpotlightBar go=Callback::new(move |()| stage.go_to_spotlight())/>
            <SelectionBar/>
            <Band pointers/>
            <Minimap/>
            <ZoomTools/>
        </div>
        <JudgingDialog judging/>
        <Dissolve cluster=dissolve/>
        <Reading/>
    }
}

/// The one layer that moves and scales.
#[component]
fn Plane() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let board = stage.board;
    let moving = RwSignal::new(false);
    let mut rest = debounce(REST, move |()| {
        moving.try_set(false);
    });
    Effect::new(move || {
        stage.camera.track();
        moving.set(true);
        rest(());
    });
    let far = Memo::new(move |_| !stage.camera.get().is_legible());
    view! {
        <div
            class="plane"
            class:moving=moving
            class:far=far
            style:transform=move || stage.camera.get().transform()
        >
            <For each=move || board.clusters.get() key=|id| *id let:id>
                <PlacedGroup id/>
            </For>
            <For each=move || board.notes.get() key=|id| *id let:id>
                <PlacedNote id/>
            </For>
            <DropHint/>
        </div>
    }
}

/// Measures the window onto the plane, now and whenever it changes.
fn watch_size(stage: Stage, element: NodeRef<html::Div>) {
    element.on_load(move |element| {
        let measured = element.clone();
        let measure = Closure::<dyn FnMut()>::new(move || {
            let size = Size {
                width: f64::from(measured.client_width()),
                height: f64::from(measured.client_height()),
            };
            if stage
                .window
                .try_get_untracked()
                .is_some_and(|before| before != Some(size))
            {
                stage.resize(size);
            }
        });
        if let Ok(observer) = web_sys::ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let kept = StoredValue::new_local((observer, measure));
            on_cleanup(move || {
                kept.try_with_value(|(observer, _)| observer.disconnect());
            });
        }
    });
}

/// Shows everything when the canvas opens, and again when the first notes come.
fn fit_at_first(stage: Stage) {
    Effect::new(move |fitted: Option<bool>| {
        let some = stage.board.notes.with(|notes| !notes.is_empty());
        let measured = stage.window.with(Option::is_some);
        if some && measured && fitted != Some(true) {
            // The notes have their places with the next frame of the screen.
            request_animation_frame(move || stage.settle());
        }
        some && measured
    });
}

/// Brings whoever is at the canvas to what is in the spotlight, whenever that changes.
fn follow_spotlight(stage: Stage) {
    Effect::new(move || {
        if stage.board.spotlight.get().is_some() {
            // A thing that has just come has its place with the next frame of the screen.
            request_animation_frame(move || stage.go_to_spotlight());
        }
    });
}

/// Takes the keyboard to the note the search is at.
fn follow_search(stage: Stage) {
    let search = expect_context::<Search>();
    Effect::new(move || {
        if let Some(note) = search.at.get() {
            stage.show(Item::Note(note));
        }
    });
}

/// Puts back what is carried when the board is locked, or moves to another phase.
fn end_what_may_not_go_on(stage: Stage) {
    Effect::new(move || {
        if !stage.may_move() {
            stage.chosen.clear();
            if stage.lifted.with_untracked(Option::is_some) {
                stage.abandon();
            }
        }
    });
}
