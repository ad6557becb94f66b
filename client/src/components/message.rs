//! A page that says one thing, and what to do.

use leptos::html;
use leptos::prelude::*;

use super::footer::Footer;
use crate::text::frame as text;

/// A page with a title and a few sentences.
#[component]
pub fn Message(
    /// What it is about.
    #[prop(into)]
    title: String,
    /// What to do.
    children: Children,
) -> impl IntoView {
    view! {
        <main class="page">
            <Heading>{title}</Heading>
            {children()}
            <Footer/>
        </main>
    }
}

/// The heading of a page that takes another's place. It takes the focus, so that whoever works with the
/// keyboard or a screen reader begins at the top.
#[component]
pub fn Heading(
    /// What it says.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // An element that can't take the focus leaves it where it was.
            let _ = heading.focus();
        }
    });
    view! { <h1 tabindex="-1" node_ref=heading>{children()}</h1> }
}

/// Where the server says who could learn what.
const THREAT_MODEL: &str = "/threat-model";

/// Leads to it, in a tab of its own: a link's secret is in this page's memory alone.
#[component]
pub fn ThreatModel() -> impl IntoView {
    view! {
        <p>
            <a href=THREAT_MODEL target="_blank" rel="noopener">
                {text::threat_model()}
            </a>
        </p>
    }
}
