//! *What others receive about me*: what this page sent, what went out because of it, and what each
//! field means. Anonymity is to be checked, not believed.

use leptos::prelude::*;

use super::dialog::{Dialog, Size};
use crate::board::Board;
use crate::text::traffic as text;
use crate::view::traffic::{FrameView, ItemView, MOST, Reach, Subject, TrafficView, handshake};

/// A button that opens it.
#[component]
pub fn Traffic() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <button type="button" class="quiet" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            {text::title()}
        </button>
        <Dialog open title=text::title() size=Size::Wide>
            <Inside/>
        </Dialog>
    }
}

#[component]
fn Inside() -> impl IntoView {
    let board = expect_context::<Board>();
    let traffic = Memo::new(move |_| board.traffic());
    let subjects = Memo::new(move |_| {
        let about = |view: &TrafficView| view.items.iter().map(|thing| thing.about).collect();
        traffic.with::<Vec<Subject>>(about)
    });
    let thing = move |about: Subject| {
        Memo::new(move |before: Option<&Option<ItemView>>| {
            let now = traffic.with(|view| {
                view.items
                    .iter()
                    .find(|thing| thing.about == about)
                    .cloned()
            });
            now.or_else(|| before.cloned().flatten())
        })
    };
    let handshake = handshake().map(|sentence| view! { <li>{sentence}</li> });
    view! {
        <div class="traffic">
            <p>
                {text::everything()}
            </p>
            <p class="traffic-summary" role="status">{move || traffic.with(|view| view.summary.clone())}</p>
            <ul class="traffic-items">
                <For each=move || subjects.get() key=|about| *about let:about>
                    <Thing thing=thing(about)/>
                </For>
            </ul>
            <section class="traffic-part" aria-labelledby="handshake">
                <h3 id="handshake">{text::browser()}</h3>
                <ul>{handshake.collect_view()}</ul>
            </section>
            <section class="traffic-part" aria-labelledby="memory">
                <h3 id="memory">{text::where_list()}</h3>
                <p>
                    {text::memory(MOST)}
                </p>
                <p>
                    <button type="button" on:click=move |_| board.forget_traffic()>{text::forget()}</button>
                </p>
            </section>
        </div>
    }
}

#[component]
fn Thing(
    /// The thing, as long as the page knows it.
    thing: Memo<Option<ItemView>>,
) -> impl IntoView {
    let of = move |read: fn(&ItemView) -> String| {
        move || thing.with(|thing| thing.as_ref().map(read).unwrap_or_default())
    };
    let reach = move || {
        thing.with(|thing| match thing.as_ref().map(|thing| thing.reach) {
            Some(Reach::Everybody) => "everybody",
            Some(Reach::Facilitators) => "facilitators",
            Some(Reach::Nobody) | None => "nobody",
        })
    };
    let frames = move || {
        let frames = |thing: &Option<ItemView>| thing.as_ref().map(|thing| thing.frames.clone());
        thing.with(frames).unwrap_or_default()
    };
    view! {
        <li class="traffic-thing">
            <h3>{of(|thing| thing.title.clone())}</h3>
            <p class="traffic-standing" data-reach=reach>{of(|thing| thing.standing.clone())}</p>
            <ol class="frames">
                <For each=frames key=FrameView::clone let:frame>
                    {one(frame)}
                </For>
            </ol>
        </li>
    }
}

fn one(frame: FrameView) -> impl IntoView {
    let explained = !frame.fields.is_empty();
    let fields = frame.fields.into_iter().map(|(name, meaning)| {
        view! {
            <dt><code>{name}</code></dt>
            <dd>{meaning}</dd>
        }
    });
    let fields = fields.collect_view();
    view! {
        <li class="frame" class:frame-sent=frame.sent>
            <div class="frame-words">
                <h4>{frame.head}</h4>
                <p>{frame.words}</p>
            </div>
            <pre class="frame-json">{frame.json}</pre>
            {explained.then(|| view! {
                <details class="frame-fields">
                    <summary>{text::each_field()}</summary>
                    <dl>{fields}</dl>
                </details>
            })}
        </li>
    }
}
