//! A QR code, drawn as one path.

use fast_qr::{ECL, QRBuilder};
use leptos::prelude::*;

// The standard asks for four light modules around the code.
const QUIET: usize = 4;

/// A link as a QR code.
#[component]
pub fn QrCode(
    /// The link.
    #[prop(into)]
    text: String,
    /// What the code leads to, for people who can't see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    drawing(text).map(|(size, path)| {
        view! {
            <svg
                class="qr"
                role="img"
                aria-label=label
                viewBox=format!("0 0 {size} {size}")
                shape-rendering="crispEdges"
            >
                <rect class="qr-light" width=size height=size/>
                <path class="qr-dark" d=path/>
            </svg>
        }
    })
}

/// The code's width in modules, quiet zone included, and the path of its dark ones. Nothing if the
/// text is too long for a code.
fn drawing(text: String) -> Option<(usize, String)> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let run = row[x..].iter().take_while(|module| module.value()).count();
            if run > 0 {
                path += &format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run + 1;
        }
    }
    Some((code.size + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_drawn_with_its_finder_in_the_corner() {
        let (size, path) = drawing("https://candour.example/b/AAAA#BBBB".into()).unwrap();
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert!(size > 21 + 2 * QUIET);
    }
}
