//! What was agreed, for everybody.

use candour_shared::commitment::Commitment;
use leptos::prelude::*;

use crate::board::Board;
use crate::text::discussion as text;

/// The commitments as a table. Nothing while there is none.
#[component]
pub fn Commitments() -> impl IntoView {
    let board = expect_context::<Board>();
    let some = Memo::new(move |_| board.commitments.with(|all| !all.is_empty()));
    let row = move |(_, commitment): (_, Commitment)| {
        let Commitment { what, who, when } = commitment;
        let organisation = board.settings.with(|settings| {
            who.and_then(|who| settings.organisations.get(usize::from(who)).cloned())
        });
        let who = organisation.unwrap_or_else(|| text::everybody().to_owned());
        view! {
            <tr>
                <th scope="row">{what}</th>
                <td>{who}</td>
                <td>{when}</td>
            </tr>
        }
    };
    view! {
        <Show when=move || some.get()>
            <section class="commitments" aria-labelledby="commitments">
                <h2 id="commitments">{text::commitments()}</h2>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text::what()}</th>
                            <th scope="col">{text::who()}</th>
                            <th scope="col">{text::when()}</th>
                        </tr>
                    </thead>
                    <tbody>{move || board.commitments.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </section>
        </Show>
    }
}
