//! One group in the list, with what can be done about it.

use candour_shared::checks::CLUSTER_CHARS;
use candour_shared::command::Verb;
use candour_shared::ids::{ClusterId, Item};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use super::entry::Entries;
use super::intent::{Intent, Moving};
use crate::board::Board;
use crate::browser;
use crate::components::replies::{Said, Saying};
use crate::components::voting::{Dots, DotsControl};
use crate::text::{canvas, common, list as text};

/// A group: its heading, and its notes.
#[component]
pub fn Group(
    /// The cluster.
    id: ClusterId,
    /// Where one does something with it.
    intent: Intent,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let cluster = board.cluster(id)?;
    let members = Signal::derive(move || cluster.view.with(|view| view.members.clone()));
    let title = move || cluster.view.with(|view| view.title.clone());
    let changes = Memo::new(move |_| board.may(Verb::NameCluster).is_ok());
    let others = Memo::new(move |_| board.clusters.with(Vec::len) > 1);
    let naming = RwSignal::new(false);
    let heading = format!("group-{id}");
    let labelled_by = heading.clone();
    Some(view! {
        <section
            class="list-group"
            class:spotlit=move || board.spotlight.get() == Some(Item::Cluster(id))
            data-cluster=id.to_string() aria-labelledby=labelled_by>
            <div class="list-head">
                <h2 id=heading tabindex="-1">
                    {title}
                    " "<span class="list-count">{move || canvas::notes(members.with(Vec::len))}</span>
                </h2>
                <DotsControl item=Item::Cluster(id)/>
                <Dots item=Item::Cluster(id)/>
                <Show when=move || changes.get() && !naming.get()>
                    <div class="buttons">
                        <button type="button" class="list-rename" on:click=move |_| naming.set(true)>{canvas::rename()}</button>
                        <Show when=move || others.get()>
                            <button
                                type="button"
                                on:click=move |_| intent.moving.set(Some(Moving::Cluster(id)))
                            >
                                {text::merge_into()}
                            </button>
                        </Show>
                        <button type="button" on:click=move |_| intent.dissolve.set(Some(id))>{text::dissolve()}</button>
                    </div>
                </Show>
                <Show when=move || changes.get() && naming.get()>
                    <Naming id naming/>
                </Show>
            </div>
            <div class="group-replies">
                <Said replies=cluster.replies/>
                <div class="buttons"><Saying item=Item::Cluster(id)/></div>
            </div>
            <Entries ids=members intent/>
        </section>
    })
}

#[component]
fn Naming(
    /// The cluster.
    id: ClusterId,
    /// Whether it is being named.
    naming: RwSignal<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let cluster = board.cluster(id)?;
    let name = RwSignal::new(cluster.view.with_untracked(|view| view.name.clone()));
    let field = NodeRef::<html::Input>::new();
    field.on_load(|field| {
        request_animation_frame(move || {
            // An element that can't take the focus leaves it where it was.
            let _ = field.focus();
            field.select();
        });
    });
    let done = move || {
        naming.set(false);
        browser::focus_soon([format!(".list [data-cluster=\"{id}\"] .list-rename")]);
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        board.name_cluster(id, name.get_untracked());
        done();
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            done();
        }
    };
    Some(view! {
        <form class="naming" on:submit=save on:keydown=escape>
            <input
                type="text"
                node_ref=field
                aria-label=canvas::group_name()
                placeholder=text::in_common()
                maxlength=CLUSTER_CHARS
                bind:value=name
            />
            <button type="submit" class="primary">{common::save()}</button>
            <button type="button" on:click=move |_| done()>{common::cancel()}</button>
        </form>
    })
}
