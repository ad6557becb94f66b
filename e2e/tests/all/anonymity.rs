//! Nobody is told who wrote a note or cast a vote: tried by people who want to know.

mod codes;
mod intruder;
mod matrix;
mod pool;
mod votes;
