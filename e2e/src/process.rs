//! What Linux says about a process, and on which processor it runs.

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

/// Ticks of the processor's clock in a second: `USER_HZ`, 100 wherever Linux runs.
const TICKS: u64 = 100;

/// A process.
#[derive(Debug, Clone, Copy)]
pub struct Process(u32);

impl Process {
    /// The process of this number.
    #[must_use]
    pub const fn of(number: u32) -> Self {
        Self(number)
    }

    /// This process.
    #[must_use]
    pub fn this() -> Self {
        Self(std::process::id())
    }

    /// Confines it, with all its threads, to one processor.
    pub fn pin(self, processor: usize) -> Result<()> {
        let mut taskset = Command::new("taskset");
        taskset.args(["--all-tasks", "--cpu-list", "--pid"]);
        taskset.args([processor.to_string(), self.0.to_string()]);
        let told = taskset
            .output()
            .context("taskset (util-linux) is missing")?;
        ensure!(told.status.success(), "a process can't be pinned");
        Ok(())
    }

    /// The memory it holds, in bytes.
    pub fn memory(self) -> Result<u64> {
        self.status("VmRSS:")
    }

    /// The most memory it held, in bytes.
    pub fn peak(self) -> Result<u64> {
        self.status("VmHWM:")
    }

    /// From now on [`Self::peak`] is about what is to come. See proc(5): 5 resets the peak.
    pub fn forget_peak(self) -> Result<()> {
        Ok(fs::write(format!("/proc/{}/clear_refs", self.0), "5")?)
    }

    fn status(self, name: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        Ok(kilobytes.context("the system doesn't say")? * 1024)
    }

    /// The processor's time it has taken so far.
    pub fn processor(self) -> Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0))?;
        // The name, in brackets, may hold anything. See proc(5): utime and stime are fields 14 and 15.
        let (_, fields) = stat.rsplit_once(") ").context("the system doesn't say")?;
        let ticks = fields.split(' ').skip(11).take(2);
        let ticks: u64 = ticks.map(|ticks| ticks.parse::<u64>().unwrap_or(0)).sum();
        Ok(Duration::from_millis(ticks * 1000 / TICKS))
    }
}
