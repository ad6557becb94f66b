//! What opens a board.

use candour_shared::http::BoardPreview;

/// What opens a board, and what it shows of it.
#[derive(Clone)]
pub struct Key {
    /// The link's secret, or a code.
    pub secret: String,
    /// What that shows of the board.
    pub preview: BoardPreview,
}
