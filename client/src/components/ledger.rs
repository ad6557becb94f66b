//! What facilitators did, for everybody to see.

use candour_shared::phase::Phase;
use leptos::prelude::*;

use super::part::Part;
use crate::board::Board;

/// The public ledger: counts by reason, up to the end of the last phase. Nothing before there is one.
#[component]
pub fn PublicLedger() -> impl IntoView {
    let board = expect_context::<Board>();
    let any = Memo::new(move |_| board.ledger.with(|ledger| !ledger.is_empty()));
    let begun = Memo::new(move |_| board.phase.get() != Phase::Lobby);
    let lines = move || {
        let lines = board.ledger.get().into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <Show when=move || begun.get()>
            <section class="public-ledger" aria-label="What facilitators did">
                <Part title="What facilitators did" open=RwSignal::new(false)>
                    <Show
                        when=move || any.get()
                        fallback=|| view! { <p>"Up to the end of the last phase: nothing."</p> }
                    >
                        <ul class="ledger">{lines}</ul>
                    </Show>
                    <p class="hint">
                        "How often notes were held, released or erased, and for which of the fixed reasons. It is published whenever a phase ends, so that no count points at a moment. Facilitators never see whose notes they are."
                    </p>
                </Part>
            </section>
        </Show>
    }
}
