//! What facilitators did, for everybody to see.

use leptos::prelude::*;

use super::part::Part;
use crate::board::Board;
use crate::text::moderating as text;

/// The public ledger: counts by reason, up to the end of the last phase. Nothing while it is empty.
#[component]
pub fn PublicLedger() -> impl IntoView {
    let board = expect_context::<Board>();
    let any = Memo::new(move |_| board.ledger.with(|ledger| !ledger.is_empty()));
    let lines = move || {
        let lines = board.ledger.get().into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <Show when=move || any.get()>
            <section class="public-ledger" aria-label=text::did()>
                <Part title=text::did() open=RwSignal::new(false)>
                    <ul class="ledger">{lines}</ul>
                    <p class="hint">
                        {text::did_public()}
                    </p>
                </Part>
            </section>
        </Show>
    }
}
