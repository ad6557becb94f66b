//! The board as a plane: every note where it lies.

use candour_shared::command::Point;
use candour_shared::ids::NoteId;
use candour_shared::layout::{self, cluster_size};
use leptos::prelude::*;

use super::note::NoteCard;
use crate::board::Board;
use crate::view::Spot;

/// The plane with its notes and groups.
#[component]
pub fn Canvas() -> impl IntoView {
    let board = expect_context::<Board>();
    view! {
        <div class="canvas" tabindex="0" role="region" aria-label="The board as a plane">
            <For each=move || board.clusters.get() key=|id| *id let:id>
                {board.cluster(id).map(|cluster| {
                    let size = move || cluster.view.with(|view| cluster_size(view.members.len()));
                    view! {
                        <section
                            class="group"
                            style:left=move || px(cluster.spot.get().at.x)
                            style:top=move || px(cluster.spot.get().at.y)
                            style:width=move || px(size().0)
                            style:height=move || px(size().1)
                        >
                            <h3>{move || cluster.view.with(|view| view.title.clone())}</h3>
                        </section>
                    }
                })}
            </For>
            <For each=move || board.notes.get() key=|id| *id let:id>
                <PlacedNote id/>
            </For>
        </div>
    }
}

#[component]
fn PlacedNote(
    /// The note.
    id: NoteId,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let note = board.note(id)?;
    let corner = Memo::new(move |_| corner(board, id, note.spot.get()));
    Some(view! {
        <div
            class="placed"
            style:left=move || px(corner.get().x)
            style:top=move || px(corner.get().y)
        >
            <NoteCard view=note.view/>
        </div>
    })
}

fn corner(board: Board, id: NoteId, spot: Spot) -> Point {
    let nowhere = Point { x: 0, y: 0 };
    match spot {
        Spot::Loose(at) | Spot::Dragged(at) => at,
        Spot::In(cluster) => board.cluster(cluster).map_or(nowhere, |cluster| {
            let at = cluster.spot.get().at;
            cluster.view.with(|view| {
                let index = view.members.iter().position(|member| *member == id);
                layout::in_cluster(at, view.members.len(), index.unwrap_or(0))
            })
        }),
    }
}

fn px(units: i32) -> String {
    format!("{units}px")
}
