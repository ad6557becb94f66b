//! The few things of the browser that more than one module needs. What it keeps is in [`crate::storage`].

pub mod media;
pub mod picture;
pub mod sound;

use candour_shared::time::Millis;
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// The present moment, by this browser's clock.
#[must_use]
pub fn now() -> Millis {
    Millis(js_sys::Date::now() as i64)
}

/// Sixteen bytes from the browser's secure random source, for an id.
pub fn random_bytes() -> Result<[u8; 16], JsValue> {
    let mut bytes = [0; 16];
    window()
        .crypto()?
        .get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}

/// The secret behind the `#` of the address, taken out of the address bar and of the history.
#[must_use]
pub fn take_secret() -> Option<String> {
    let location = window().location();
    let secret = location.hash().ok()?.strip_prefix('#')?.to_owned();
    show_path(&location.pathname().ok()?);
    (!secret.is_empty()).then_some(secret)
}

/// Shows another path in the address bar, without going there.
pub fn show_path(path: &str) {
    // Where the browser refuses, the address merely stays as it is.
    let _ = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(path)));
}

/// Goes to another page.
pub fn go_to(path: &str) {
    // A browser refuses only addresses that are none; ours are paths.
    let _ = window().location().assign(path);
}

/// Loads this page again.
pub fn reload() {
    // There is nothing to be done where a browser refuses to reload.
    let _ = window().location().reload();
}

/// The address of this server, `https://candour.example`.
#[must_use]
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Gives the focus to what the first of these selectors finds once the page has been drawn anew.
pub fn focus_soon(selectors: impl IntoIterator<Item = String> + 'static) {
    request_animation_frame(move || {
        let find = |selector: String| document().query_selector(&selector).ok().flatten();
        if let Some(element) = selectors.into_iter().find_map(find) {
            // An element that can't take the focus leaves it where it was.
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// The text of the file that somebody chose in this field, and leaves the field empty, so that the same
/// file can be chosen again.
pub async fn chosen_file(field: web_sys::HtmlInputElement) -> Option<String> {
    let file = field.files()?.get(0)?;
    let text = JsFuture::from(file.text()).await.ok()?.as_string();
    field.set_value("");
    text
}

/// Scrolls to what a selector finds, once the page has been drawn anew.
pub fn scroll_into_view(selector: &str) {
    let selector = selector.to_owned();
    request_animation_frame(move || {
        if let Ok(Some(element)) = document().query_selector(&selector) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Has the browser print the page.
pub fn print() {
    // A browser that can't print says so itself.
    let _ = window().print();
}

/// Puts a text on the clipboard. Says whether the browser let us.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Offers a text to be saved as a file.
pub fn save_file(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    save_blob(
        name,
        &Blob::new_with_str_sequence_and_options(&parts, &options)?,
    )
}

fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = web_sys::Url::create_object_url_with_blob(blob)?;
    let anchor: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    web_sys::Url::revoke_object_url(&url)
}
