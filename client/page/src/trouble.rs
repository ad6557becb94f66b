//! Why a request over HTTP came to nothing.

use candour_shared::denied::Denied;
use candour_shared::http::Fault;

/// Why a request came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The server refused.
    Refused(Denied),
    /// The server failed.
    Fault(Fault),
    /// No answer came.
    Unreachable,
    /// The answer is none of ours: something between the page and the server answered.
    Unreadable,
}
