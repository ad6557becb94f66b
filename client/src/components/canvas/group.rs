//! A group where it lies: its frame, and its header.

use candour_shared::checks::CLUSTER_CHARS;
use candour_shared::ids::{ClusterId, Item};
use candour_shared::layout::Area;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::element::{element_id, focus};
use super::menu::has_menu;
use super::placed::{AFLOAT, frame, translate};
use super::scene::Lying;
use super::stage::Stage;
use crate::board::ClusterSignals;
use crate::components::replies::RepliesMark;
use crate::components::voting::{Dots, DotsControl};
use crate::text::canvas as text;
use crate::view::ClusterSpot;

/// A group where it lies, without its notes.
#[component]
pub fn PlacedGroup(
    /// The cluster.
    id: ClusterId,
) -> impl IntoView {
    let stage = expect_context::<Stage>();
    let cluster = stage.board.cluster(id)?;
    let item = Item::Cluster(id);
    let lying = Memo::new(move |_| {
        let ClusterSpot { at, dragged } = cluster.spot.get();
        let notes = cluster.view.with(|view| view.members.len());
        let height = stage.height(item);
        Lying {
            area: Area::of_cluster(at, notes),
            within: None,
            height: frame(if dragged { AFLOAT } else { height }),
            colour: None,
        }
    });
    let dragged = move || cluster.spot.with(|spot| spot.dragged);
    Effect::new(move |before: Option<Area>| {
        // From afar, the name is drawn with the rest.
        cluster.view.track();
        stage.put(item, lying.get());
        let area = lying.with(|lying| lying.area);
        if before != Some(area) {
            stage.raise(item);
        }
        area
    });
    on_cleanup(move || stage.take(item));
    let renaming = Memo::new(move |_| stage.renaming.get() == Some(id));
    Some(view! {
        <div
            id=element_id(item)
            class="group"
            class:afloat=dragged
            class:chosen=move || stage.chosen.has(item)
            class:carried=move || dragged() && stage.carries(item, None)
            class:spotlit=move || stage.board.spotlight.get() == Some(item)
            style:translate=move || lying.with(|lying| translate(lying.area.corner))
            style:width=move || lying.with(|lying| format!("{}px", lying.area.size.0))
            style:height=move || lying.with(|lying| format!("{}px", lying.area.size.1))
            style:z-index=move || lying.with(|lying| lying.height.to_string())
            data-cluster=id.to_string()
            role="group"
            aria-roledescription=text::group()
            aria-labelledby=title_id(id)
            tabindex=move || if stage.is_current(item) { "0" } else { "-1" }
            on:focusin=move |_| stage.arrive(item)
        >
            <div class="group-header">
                <Show when=move || !renaming.get() fallback=move || view! { <Naming id cluster/> }>
                    <Heading id cluster/>
                </Show>
            </div>
        </div>
    })
}

#[component]
fn Heading(
    /// The cluster.
    id: ClusterId,
    /// Its signals.
    cluster: ClusterSignals,
) -> impl IntoView {
    let stage = expect_context::<Stage>();
    let item = Item::Cluster(id);
    let title = move || cluster.view.with(|view| view.title.clone());
    let notes = move || cluster.view.with(|view| view.members.len());
    let named = move || cluster.view.with(|view| !view.name.is_empty());
    let tabindex = move || if stage.is_current(item) { "0" } else { "-1" };
    view! {
        <p class="group-title" id=title_id(id) title=title>
            <span class="group-name" class:group-unnamed=move || !named() data-rename="">{title}</span>
            " "
            <span class="group-count">
                {notes}
                <span class="visually-hidden">" " {move || text::notes_word(notes())}</span>
            </span>
        </p>
        <RepliesMark replies=cluster.replies/>
        <DotsControl item/>
        <Dots item/>
        <Show when=move || has_menu(stage, item)>
            <button
                type="button"
                class="placed-menu"
                aria-label=text::group_actions()
                aria-haspopup="menu"
                tabindex=tabindex
                on:click=move |_| stage.open_menu(item)
            >
                <span aria-hidden="true">"⋯"</span>
            </button>
        </Show>
    }
}

#[component]
fn Naming(
    /// The cluster.
    id: ClusterId,
    /// Its signals.
    cluster: ClusterSignals,
) -> impl IntoView {
    let stage = expect_context::<Stage>();
    let before = cluster.view.with_untracked(|view| view.name.clone());
    let name = RwSignal::new(before.clone());
    let field = NodeRef::<html::Input>::new();
    field.on_load(|field| {
        request_animation_frame(move || {
            // An element that can't take the focus leaves it where it was.
            let _ = field.focus();
            field.select();
        });
    });
    // Both Enter and leaving the field save; what comes second finds the field closed.
    let close = move || {
        let open = stage.renaming.get_untracked() == Some(id);
        if open {
            stage.renaming.set(None);
        }
        open
    };
    let save = move || {
        if close() && name.with_untracked(|name| name.trim() != before) {
            stage.board.name_cluster(id, name.get_untracked());
        }
    };
    let save = StoredValue::new(save);
    let key = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" => save.with_value(|save| save()),
            "Escape" => {
                close();
            }
            _ => return,
        }
        event.prevent_default();
        focus(Item::Cluster(id));
    };
    view! {
        <input
            class="group-field"
            type="text"
            node_ref=field
            aria-label=text::group_name()
            placeholder=text::name_this_group()
            maxlength=CLUSTER_CHARS
            bind:value=name
            on:keydown=key
            on:blur=move |_| save.with_value(|save| save())
        />
    }
}

fn title_id(id: ClusterId) -> String {
    format!("title-{id}")
}
