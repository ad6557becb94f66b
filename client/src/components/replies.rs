//! What people say about a note or a group: *same here*, replies, flags, and what facilitators wrote down.

use candour_shared::checks::REPLY_CHARS;
use candour_shared::command::Verb;
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, NoteId};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use super::dialog::Confirm;
use super::note::NoteCard;
use crate::board::{Board, Tone};
use crate::text::{common, language, replies as text};
use crate::view::Replies;

/// What is said about a thing.
#[component]
pub fn Said(
    /// What.
    #[prop(into)]
    replies: Signal<Replies>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let same = move || {
        replies.with(|replies| (replies.same_here > 0).then(|| text::said(replies.same_here)))
    };
    let remark = move || {
        replies.with(|replies| (!replies.remark.is_empty()).then(|| replies.remark.clone()))
    };
    let some = Memo::new(move |_| replies.with(|replies| !replies.ids.is_empty()));
    let number = move || replies.with(|replies| text::replies(replies.ids.len()));
    let reply = move |id: NoteId| {
        let reply = board.note(id)?;
        Some(view! { <li class="reply" data-note=id.to_string()><NoteCard view=reply.view/></li> })
    };
    view! {
        {move || same().map(|words| view! { <p class="same-here">{words}</p> })}
        {move || remark().map(|words| view! {
            <div class="remark"><p class="remark-title">{text::remark()}</p><p>{words}</p></div>
        })}
        <Show when=move || some.get()>
            <div class="replies">
                <p class="replies-title">{number}</p>
                <ul>
                    <For each=move || replies.with(|replies| replies.ids.clone()) key=|id| *id let:id>
                        {reply(id)}
                    </For>
                </ul>
            </div>
        </Show>
    }
}

/// How much is said about a thing, where there is no room for more. Nothing if nothing is.
#[component]
pub fn RepliesMark(
    /// What is said.
    #[prop(into)]
    replies: Signal<Replies>,
) -> impl IntoView {
    let words = Memo::new(move |_| replies.with(Replies::words));
    move || {
        let words = words.get();
        (!words.is_empty()).then(|| {
            let (same, replies) = replies.with(|replies| (replies.same_here, replies.ids.len()));
            view! {
                <p class="replies-mark" title=words.clone()>
                    <span class="visually-hidden">{words.clone()}</span>
                    {(same > 0).then(|| view! { <span aria-hidden="true">"+"{same}</span> })}
                    {(replies > 0).then(|| view! { <span aria-hidden="true">"↩ "{replies}</span> })}
                </p>
            }
        })
    }
}

/// What the person can say about a thing.
#[component]
pub fn Saying(
    /// About what.
    item: Item,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let replying = RwSignal::new(false);
    let replies = Memo::new(move |_| board.may(Verb::PostReply).is_ok());
    view! {
        {match item {
            Item::Note(note) => view! { <OfNote note/> }.into_any(),
            Item::Cluster(_) => ().into_any(),
        }}
        <Show when=move || replies.get()>
            <Show
                when=move || replying.get()
                fallback=move || view! {
                    <button type="button" class="reply-open" on:click=move |_| replying.set(true)>{text::reply()}</button>
                }
            >
                <ReplyForm item replying/>
            </Show>
        </Show>
    }
}

/// *Same here* and the flag, of a note.
#[component]
fn OfNote(
    /// The note.
    note: NoteId,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let asking = RwSignal::new(false);
    let mine = Memo::new(move |_| board.my_same_here.with(|notes| notes.contains(&note)));
    let own = Memo::new(move |_| {
        board
            .mine
            .with(|mine| mine.iter().any(|mine| mine.note == note))
    });
    let says = Memo::new(move |_| board.may(Verb::SameHere).is_ok() && !own.get());
    let moderates = Memo::new(move |_| board.role.get().moderates());
    let may_flag =
        Memo::new(move |_| board.may(Verb::FlagNote).is_ok() && !moderates.get() && !own.get());
    let switch = move |_| {
        if mine.get_untracked() {
            board.unsay_same_here(note);
        } else {
            board.say_same_here(note);
        }
    };
    let flag = move |()| {
        board.flag_note(note);
        board.tell(Tone::Info, text::flagged());
    };
    view! {
        <Show when=move || says.get()>
            <button
                type="button"
                class="same-here-button"
                aria-pressed=move || mine.get().to_string()
                title=text::same_here_title()
                on:click=switch
            >
                {text::same_here()}
            </button>
        </Show>
        <Show when=move || may_flag.get()>
            <button type="button" class="quiet" on:click=move |_| asking.set(true)>{text::flag()}</button>
            <Confirm open=asking title=text::flag_question() verb=text::flag_verb() on_confirm=flag>
                <p>{text::flag_words()}</p>
            </Confirm>
        </Show>
    }
}

#[component]
fn ReplyForm(
    /// What is answered.
    item: Item,
    /// Whether it is being answered.
    replying: RwSignal<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<Denied>);
    let field = NodeRef::<html::Textarea>::new();
    field.on_load(|field| {
        request_animation_frame(move || {
            // An element that can't take the focus leaves it where it was.
            let _ = field.focus();
        });
    });
    let save = move |confirmed: bool| match board.post_reply(item, typed.get_untracked(), confirmed)
    {
        Ok(()) => {
            replying.set(false);
            board.tell(Tone::Info, text::reply_saved());
        }
        Err(denied) => refused.set(Some(denied)),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save(false);
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            replying.set(false);
        }
        "Enter" if !event.shift_key() => {
            event.prevent_default();
            save(false);
        }
        _ => {}
    };
    let looks_like_number =
        move || refused.with(|denied| *denied == Some(Denied::LooksLikeNhsNumber));
    let label = board.title_of(item).map(|title| text::reply_to(&title));
    view! {
        <form class="reply-form" aria-label=label on:submit=submit on:keydown=key>
            <label class="field">
                <span class="field-name">{text::your_reply()}</span>
                <textarea rows="2" node_ref=field maxlength=REPLY_CHARS bind:value=typed></textarea>
            </label>
            <p class="hint">{text::reply_hint()}</p>
            <div role="alert">
                {move || refused.get().map(|denied| view! { <p class="problem">{denied.words(language())}</p> })}
            </div>
            <div class="buttons">
                <button type="submit" class="primary">{text::send()}</button>
                <Show when=looks_like_number>
                    <button type="button" on:click=move |_| save(true)>{text::not_nhs_number()}</button>
                </Show>
                <button type="button" on:click=move |_| replying.set(false)>{common::cancel()}</button>
            </div>
        </form>
    }
}
