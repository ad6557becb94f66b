//! What a process takes of its machine.

use std::fs;

use anyhow::Result;

use crate::process::Process;

/// What a process holds at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Vitals {
    /// The memory it holds, in bytes.
    pub memory: u64,
    /// How many descriptors it has open.
    pub descriptors: usize,
    /// How many threads it has.
    pub threads: usize,
}

impl Vitals {
    /// Those of the process of this number.
    pub fn of(number: u32) -> Result<Self> {
        let count = |of: &str| {
            Ok::<_, std::io::Error>(fs::read_dir(format!("/proc/{number}/{of}"))?.count())
        };
        Ok(Self {
            memory: Process::of(number).memory()?,
            descriptors: count("fd")?,
            threads: count("task")?,
        })
    }
}
