//! A value that changes every second.

use candour_shared::time::Millis;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser;

/// The present moment by this browser's clock, new every second as long as the
/// component that asks is there.
#[must_use]
pub fn every_second() -> ReadSignal<Millis> {
    let (now, set_now) = signal(browser::now());
    let ticking =
        set_interval_with_handle(move || set_now.set(browser::now()), Duration::from_secs(1));
    if let Ok(ticking) = ticking {
        on_cleanup(move || ticking.clear());
    }
    now
}
