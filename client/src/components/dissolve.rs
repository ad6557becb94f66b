//! Taking a group apart, once it is confirmed.

use candour_shared::ids::{ClusterId, Item};
use leptos::prelude::*;

use super::dialog::Confirm;
use crate::board::Board;
use crate::text::frame as text;

/// Asks whether a group is to be taken apart. Set `cluster` to ask.
#[component]
pub fn Dissolve(
    /// The group.
    cluster: RwSignal<Option<ClusterId>>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if cluster.with(Option::is_some) {
            open.set(true);
        }
    });
    let title = Signal::derive(move || {
        let name = cluster
            .get()
            .and_then(|id| board.title_of(Item::Cluster(id)));
        text::dissolve_question(&name.unwrap_or_default())
    });
    let dissolve = move |()| {
        if let Some(id) = cluster.get_untracked() {
            board.dissolve_cluster(id);
            board.announce(text::dissolve_done());
        }
    };
    view! {
        <Confirm open title verb=text::dissolve_verb() on_confirm=dissolve>
            <p>{text::dissolve_meaning()}</p>
        </Confirm>
    }
}
