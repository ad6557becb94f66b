//! The heart by itself: random scripts, and stories.

mod fixture;
mod scripts;
mod stories;
