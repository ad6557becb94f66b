//! The small menu of a note or a group, and what it asks before it does something.

use candour_shared::command::Verb;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::Point;
use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::element::{element, focus};
use super::geometry::{Pixel, Size};
use super::stage::{OpenMenu, Stage};
use crate::components::moderation::{Judging, Verdict};
use crate::text::canvas as text;

/// Room a menu takes at most, in CSS pixels.
const ROOM: Size = Size {
    width: 208.0,
    height: 224.0,
};

/// Something a menu offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    Read(Item),
    Choose(Item),
    Unchoose(Item),
    Judge(NoteId, Verdict),
    Rename(ClusterId),
    Dissolve(ClusterId),
}

impl Offer {
    fn name(self) -> &'static str {
        match self {
            Self::Read(_) => text::read(),
            Self::Choose(_) => text::select(),
            Self::Unchoose(_) => text::unselect(),
            Self::Judge(_, Verdict::Hold) => text::hold(),
            Self::Judge(_, Verdict::Erase) => text::erase(),
            Self::Rename(_) => text::rename(),
            Self::Dissolve(_) => text::dissolve(),
        }
    }
}

/// The menu that is open, if one is.
#[component]
pub fn ItemMenu(
    /// The note that is about to be held or erased.
    judging: RwSignal<Option<Judging>>,
    /// The group that is about to be taken apart.
    dissolve: RwSignal<Option<ClusterId>>,
) -> impl IntoView {
    let stage = expect_context::<Stage>();
    move || {
        stage
            .menu
            .get()
            .map(|open| view! { <Offers open judging dissolve/> })
    }
}

#[component]
fn Offers(
    /// The menu.
    open: OpenMenu,
    /// The note that is about to be held or erased.
    judging: RwSignal<Option<Judging>>,
    /// The group that is about to be taken apart.
    dissolve: RwSignal<Option<ClusterId>>,
) -> impl IntoView {
    let stage = expect_context::<Stage>();
    let element = NodeRef::<html::Div>::new();
    element.on_load(move |_| request_animation_frame(move || step(element, 0)));
    let item = open.item;
    let close = move || {
        stage.menu.set(None);
        focus(item);
    };
    let take = move |offer: Offer| {
        close();
        match offer {
            Offer::Read(item) => stage.reading.set(Some(item)),
            Offer::Choose(item) | Offer::Unchoose(item) => stage.choose(item),
            Offer::Judge(note, verdict) => {
                let text = stage
                    .board
                    .note(note)
                    .map(|note| note.view.with_untracked(|view| view.words().to_owned()));
                judging.set(text.map(|text| Judging {
                    note,
                    text,
                    verdict,
                }));
            }
            Offer::Rename(cluster) => stage.rename(cluster),
            Offer::Dissolve(cluster) => dissolve.set(Some(cluster)),
        }
    };
    let key = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "ArrowDown" => step(element, 1),
            "ArrowUp" => step(element, -1),
            "Escape" => close(),
            // Tab leaves the menu, which closes it.
            _ => return,
        }
        event.prevent_default();
    };
    let leave = move |event: FocusEvent| {
        let to: Option<web_sys::Node> = event.related_target().and_then(|to| to.dyn_into().ok());
        let inside = element
            .get_untracked()
            .is_some_and(|menu| menu.contains(to.as_ref()));
        if !inside && stage.menu.get_untracked() == Some(open) {
            stage.menu.set(None);
        }
    };
    let at = place(open.at, stage.window.get_untracked().unwrap_or_default());
    let offer = move |offer: Offer| {
        view! {
            <button type="button" role="menuitem" tabindex="-1" on:click=move |_| take(offer)>
                {offer.name()}
            </button>
        }
    };
    view! {
        <div
            class="menu"
            role="menu"
            aria-label=stage.title(item)
            node_ref=element
            style:left=format!("{:.0}px", at.x)
            style:top=format!("{:.0}px", at.y)
            on:keydown=key
            on:focusout=leave
        >
            {offers(stage, item).into_iter().map(offer).collect_view()}
        </div>
    }
}

impl Stage {
    /// Opens the menu of the thing a pointer asks for, where it has one.
    pub fn context_menu(self, event: &MouseEvent) {
        let target: Option<web_sys::Node> =
            event.target().and_then(|target| target.dyn_into().ok());
        if let Some(item) = self.current.get_untracked()
            && untrack(|| has_menu(self, item))
            && element(item).is_some_and(|element| element.contains(target.as_ref()))
        {
            event.prevent_default();
            self.open_menu(item);
        }
    }

    /// Opens the menu of a thing, below its upper right corner.
    pub fn open_menu(self, item: Item) {
        if let Some(lying) = self.scene(|scene| scene.get(item)) {
            let corner = Point {
                x: lying.area.right(),
                y: lying.area.corner.y,
            };
            let at = self.camera.get_untracked().to_window(corner);
            self.menu.set(Some(OpenMenu { item, at }));
        }
    }
}

/// Whether a thing has a menu, followed.
#[must_use]
pub fn has_menu(stage: Stage, item: Item) -> bool {
    match item {
        Item::Note(_) => true,
        Item::Cluster(_) => {
            let verbs = [Verb::NameCluster, Verb::PostReply];
            verbs.into_iter().any(|verb| stage.board.may(verb).is_ok())
        }
    }
}

fn offers(stage: Stage, item: Item) -> Vec<Offer> {
    let may = |verb| untrack(|| stage.board.may(verb)).is_ok();
    let choice = may(Verb::Move).then_some(if stage.chosen.has_now(item) {
        Offer::Unchoose(item)
    } else {
        Offer::Choose(item)
    });
    match item {
        Item::Note(note) => {
            let mut offers = vec![Offer::Read(item)];
            offers.extend(choice);
            if may(Verb::HoldNote) {
                offers.push(Offer::Judge(note, Verdict::Hold));
            }
            if may(Verb::EraseNote) {
                offers.push(Offer::Judge(note, Verdict::Erase));
            }
            offers
        }
        Item::Cluster(cluster) => {
            let mut offers = vec![Offer::Read(item)];
            offers.extend(choice);
            if may(Verb::NameCluster) {
                offers.push(Offer::Rename(cluster));
            }
            if may(Verb::DissolveCluster) {
                offers.push(Offer::Dissolve(cluster));
            }
            offers
        }
    }
}

/// Takes the focus so many entries on, round and round.
fn step(menu: NodeRef<html::Div>, by: i32) {
    let Some(menu) = menu.get_untracked() else {
        return;
    };
    let entries = menu.children();
    let number = i32::try_from(entries.length()).unwrap_or(0).max(1);
    let focused = document().active_element();
    let at = (0..entries.length())
        .position(|index| entries.item(index) == focused)
        .and_then(|index| i32::try_from(index).ok());
    let next = at.map_or(0, |at| (at + by).rem_euclid(number));
    if let Some(entry) = entries.item(next.unsigned_abs()) {
        // An element that can't take the focus leaves it where it was.
        let _ = entry.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

/// Where a menu goes so that all of it is in the window.
fn place(wanted: Pixel, window: Size) -> Pixel {
    Pixel {
        x: wanted.x.min(window.width - ROOM.width).max(0.0),
        y: wanted.y.min(window.height - ROOM.height).max(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_stays_in_the_window() {
        let window = Size {
            width: 800.0,
            height: 600.0,
        };
        let at = |x, y| place(Pixel { x, y }, window);
        assert_eq!(at(10.0, 20.0), Pixel { x: 10.0, y: 20.0 });
        let corner = at(790.0, 590.0);
        assert!(corner.x + ROOM.width <= 800.0 && corner.y + ROOM.height <= 600.0);
        assert_eq!(at(-50.0, -50.0), Pixel::default());
    }
}
