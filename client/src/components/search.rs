//! The search over the notes: one for the canvas and the list.

use std::collections::HashSet;

use candour_shared::ids::{Item, NoteId};
use leptos::html;
use leptos::prelude::*;
use leptos::reactive::computed::Selector;

use super::shortcuts::single_key;
use crate::board::Board;
use crate::text::search as text;
use crate::view::search::Wanted;

/// What is looked for, and what was found: get it with `expect_context::<Search>()`.
#[derive(Clone, Copy)]
pub struct Search {
    /// Whether the search is open.
    pub open: RwSignal<bool>,
    /// What is looked for.
    pub wanted: RwSignal<Wanted>,
    /// The note the search is at. The canvas and the list bring it into view.
    pub at: RwSignal<Option<NoteId>>,
    is_at: StoredValue<Selector<Option<NoteId>>>,
    found: Memo<Vec<NoteId>>,
    // Every note asks whether it is found.
    found_set: Memo<HashSet<NoteId>>,
}

impl Search {
    /// A search over a board.
    #[must_use]
    pub fn new(board: Board) -> Self {
        let wanted = RwSignal::new(Wanted::default());
        let found = Memo::new(move |_| {
            board.items.signal().track();
            wanted.with(|wanted| {
                let notes = board.notes.get().into_iter();
                notes.filter(|note| is(board, wanted, *note)).collect()
            })
        });
        let found_set =
            Memo::new(move |_| found.with(|found: &Vec<NoteId>| found.iter().copied().collect()));
        let at = RwSignal::new(None);
        Self {
            open: RwSignal::new(false),
            wanted,
            at,
            is_at: StoredValue::new(Selector::new(move || at.get())),
            found,
            found_set,
        }
    }

    /// Whether a note is among those looked for, followed.
    #[must_use]
    pub fn finds(self, note: NoteId) -> bool {
        self.wanted.with(Wanted::is_all) || self.found_set.with(|found| found.contains(&note))
    }

    /// Whether the search is at a note, followed.
    #[must_use]
    pub fn is_at(self, note: NoteId) -> bool {
        self.is_at
            .with_value(|selector| selector.selected(&Some(note)))
    }

    /// Follows what is found.
    pub fn track(self) {
        self.wanted.track();
        self.found_set.track();
    }

    fn step(self, by: isize) {
        let next = self.found.with_untracked(|found| {
            let number = found.len() as isize;
            let here = self.at.get_untracked();
            let here = found.iter().position(|note| Some(*note) == here);
            let next = match here {
                Some(here) => here as isize + by,
                None if by > 0 => 0,
                None => -1,
            };
            (number > 0).then(|| found[next.rem_euclid(number) as usize])
        });
        self.at.set(next);
    }

    fn close(self) {
        self.wanted.set(Wanted::default());
        self.at.set(None);
        self.open.set(false);
        crate::browser::focus_soon([".search-open".to_owned()]);
    }
}

fn is(board: Board, wanted: &Wanted, note: NoteId) -> bool {
    let mine = board
        .mine
        .with_untracked(|mine| mine.iter().any(|mine| mine.note == note));
    board.note(note).is_some_and(|signals| {
        let spot = signals.spot.get_untracked();
        signals
            .view
            .with_untracked(|view| wanted.is(view, spot, mine))
    })
}

/// The button that opens the search, and the search itself.
#[component]
pub fn SearchTools() -> impl IntoView {
    let board = expect_context::<Board>();
    let search = expect_context::<Search>();
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let with_control = (event.ctrl_key() || event.meta_key()) && event.key() == "f";
        if with_control || single_key(&event).as_deref() == Some("/") {
            event.prevent_default();
            search.open.set(true);
            crate::browser::focus_soon([".search-words".to_owned()]);
        }
    });
    on_cleanup(move || keys.remove());
    let some = Memo::new(move |_| board.notes.with(|notes| !notes.is_empty()));
    view! {
        <Show when=move || some.get()>
            <Show
                when=move || search.open.get()
                fallback=move || view! {
                    <button
                        type="button"
                        class="search-open"
                        aria-keyshortcuts="Control+F"
                        on:click=move |_| search.open.set(true)
                    >
                        {text::find()}
                    </button>
                }
            >
                <Search/>
            </Show>
        </Show>
    }
}

#[component]
fn Search() -> impl IntoView {
    let board = expect_context::<Board>();
    let search = expect_context::<Search>();
    let wanted = search.wanted;
    let field = NodeRef::<html::Input>::new();
    field.on_load(|field| {
        request_animation_frame(move || {
            // An element that can't take the focus leaves it where it was.
            let _ = field.focus();
        });
    });
    let key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            search.close();
        }
        "Enter" => {
            event.prevent_default();
            search.step(if event.shift_key() { -1 } else { 1 });
        }
        _ => {}
    };
    let found = move || text::found(search.found.with(Vec::len), board.notes.with(Vec::len));
    let (categories, aspects) = board.settings.with_untracked(|settings| {
        let categories = settings
            .categories
            .iter()
            .map(|category| category.name.clone());
        (categories.collect::<Vec<_>>(), settings.aspects.clone())
    });
    let owns = Memo::new(move |_| board.mine.with(|mine| !mine.is_empty()));
    let chosen = |event| Some(event_target_value(&event)).filter(|name| !name.is_empty());
    view! {
        <div class="search" role="search" aria-label=text::title() on:keydown=key>
            <input
                type="search"
                class="search-words"
                node_ref=field
                aria-label=text::words()
                placeholder=text::words()
                prop:value=move || wanted.with(|wanted| wanted.words.clone())
                on:input=move |event| wanted.update(|wanted| wanted.words = event_target_value(&event))
            />
            <Choice
                label=text::category()
                names=categories
                choose=Callback::new(move |event| wanted.update(|wanted| wanted.category = chosen(event)))
            />
            <Choice
                label=text::aspect()
                names=aspects
                choose=Callback::new(move |event| wanted.update(|wanted| wanted.aspect = chosen(event)))
            />
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || wanted.with(|wanted| wanted.loose)
                    on:change=move |event| wanted.update(|wanted| wanted.loose = event_target_checked(&event))
                />
                <span>{text::loose()}</span>
            </label>
            <Show when=move || owns.get()>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || wanted.with(|wanted| wanted.mine)
                        on:change=move |event| wanted.update(|wanted| wanted.mine = event_target_checked(&event))
                    />
                    <span>{text::mine()}</span>
                </label>
            </Show>
            <span role="status" class="search-count">{found}</span>
            <button type="button" on:click=move |_| search.step(-1)>{text::previous()}</button>
            <button type="button" on:click=move |_| search.step(1)>{text::next()}</button>
            <button type="button" class="quiet" on:click=move |_| search.close()>{text::close()}</button>
        </div>
    }
}

#[component]
fn Choice(
    /// What is chosen.
    label: &'static str,
    /// From what; nothing is asked where there is no choice.
    names: Vec<String>,
    /// Takes what was chosen.
    choose: Callback<leptos::ev::Event>,
) -> impl IntoView {
    let some = names.len() > 1;
    let option = |name: String| view! { <option value=name.clone()>{name.clone()}</option> };
    let options: Vec<_> = names.into_iter().map(option).collect();
    some.then(|| {
        view! {
            <select aria-label=label on:change=move |event| choose.run(event)>
                <option value="">{format!("{label}: {}", text::all())}</option>
                {options}
            </select>
        }
    })
}

/// Brings whoever is at the list to the note the search is at.
pub fn follow_in_list(search: Search) {
    Effect::new(move || {
        if let Some(note) = search.at.get() {
            super::controls::discussing::scroll_to(Item::Note(note));
        }
    });
}
