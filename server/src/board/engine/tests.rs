//! The engine by itself: against a model, and in stories.

mod fixture;
mod machine;
mod model;
mod stories;
