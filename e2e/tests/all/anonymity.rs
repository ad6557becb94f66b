//! Nobody is told who wrote a note or cast a vote: tried by people who want to know, and shown on
//! everything that a server lets out.

mod canary;
mod codes;
mod intruder;
mod matrix;
mod pool;
mod votes;
mod worlds;
