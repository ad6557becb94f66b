//! Mounts the page.

fn main() {
    console_error_panic_hook::set_once();
    candour_client::app::mount();
}
