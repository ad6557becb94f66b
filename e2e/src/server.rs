//! Servers to play on: one inside this process, one as a process that can be killed.

use std::env;
use std::fs::{File, OpenOptions};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use candour_server::limits::Limits;
use candour_server::{Config, Listeners, Storage, serve};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::PATIENCE;

/// The file in a process's folder in which its standard error is kept.
pub const LOG: &str = "candour.log";
/// A limit that nobody reaches.
const MANY: NonZeroU32 = NonZeroU32::MIN.saturating_add(999_999);

/// A server inside this process, on a port and with a database of its own.
pub struct TestServer {
    address: SocketAddr,
    /// Kept, so that nobody else gets the address while the server is away.
    listening: std::net::TcpListener,
    metrics: SocketAddr,
    folder: TempDir,
    config: Config,
    stop: oneshot::Sender<()>,
    running: JoinHandle<Result<()>>,
}

impl TestServer {
    /// Starts one on an empty database.
    pub async fn start() -> Result<Self> {
        Self::with(|_| {}).await
    }

    /// Starts one on an empty database, set up otherwise than usual.
    pub async fn with(set_up: impl FnOnce(&mut Config)) -> Result<Self> {
        let folder = TempDir::new()?;
        let mut config = Config::new(database(folder.path()));
        config.limits = generous();
        set_up(&mut config);
        let listening = std::net::TcpListener::bind(("127.0.0.1", 0))?;
        listening.set_nonblocking(true)?;
        Self::run(listening, folder, config).await
    }

    /// Stops it, and starts it again on the same address and database.
    pub async fn restart(self) -> Result<Self> {
        let (listening, config) = (self.listening.try_clone()?, self.config.clone());
        let folder = self.stop().await?;
        Self::run(listening, folder, config).await
    }

    async fn run(
        listening: std::net::TcpListener,
        folder: TempDir,
        config: Config,
    ) -> Result<Self> {
        let public = TcpListener::from_std(listening.try_clone()?)?;
        let address = public.local_addr()?;
        let metrics = TcpListener::bind((address.ip(), 0)).await?;
        let metrics_address = metrics.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            // Either way it is time: the message came, or this server was dropped.
            let _ = stopped.await;
        };
        let listeners = Listeners {
            public,
            metrics: Some(metrics),
        };
        let storage = Storage::open(&config).await?;
        let running = tokio::spawn(serve(listeners, config.clone(), storage, shutdown));
        Ok(Self {
            address,
            listening,
            metrics: metrics_address,
            folder,
            config,
            stop,
            running,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}", self.config.scheme(), self.address)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it answers Prometheus.
    #[must_use]
    pub fn metrics_address(&self) -> SocketAddr {
        self.metrics
    }

    /// Where its files are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Stops it and says how that went; its files stay as long as the answer is kept.
    pub async fn stop(self) -> Result<TempDir> {
        // A server that has ended by itself tells below why.
        let _ = self.stop.send(());
        timeout(PATIENCE, self.running)
            .await
            .context("the server does not stop")???;
        Ok(self.folder)
    }
}

/// The binary `candour` as a process, with its database in a folder of the caller's.
pub struct ServerProcess {
    launch: Launch,
    /// `http` or `https`.
    scheme: String,
    address: SocketAddr,
    process: Child,
}

/// How a process is started, and started again.
struct Launch {
    binary: PathBuf,
    folder: PathBuf,
    /// The only processor it may run on; any if it isn't said.
    processor: Option<usize>,
    set_up: Box<dyn Fn(&mut Command) + Send + Sync>,
}

impl ServerProcess {
    /// Starts one on any free port.
    pub async fn start(folder: &Path) -> Result<Self> {
        Self::with(folder, |_| {}).await
    }

    /// Starts one on any free port, set up otherwise than usual, by its environment or by flags.
    pub async fn with(
        folder: &Path,
        set_up: impl Fn(&mut Command) + Send + Sync + 'static,
    ) -> Result<Self> {
        Self::launch(folder, None, set_up).await
    }

    /// Starts one that runs on one processor alone, on any free port, set up otherwise than usual.
    pub async fn on(
        processor: usize,
        folder: &Path,
        set_up: impl Fn(&mut Command) + Send + Sync + 'static,
    ) -> Result<Self> {
        Self::launch(folder, Some(processor), set_up).await
    }

    async fn launch(
        folder: &Path,
        processor: Option<usize>,
        set_up: impl Fn(&mut Command) + Send + Sync + 'static,
    ) -> Result<Self> {
        let launch = Launch {
            binary: binary()?,
            folder: folder.to_owned(),
            processor,
            set_up: Box::new(set_up),
        };
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let (process, scheme, address) = launch.at(any).await?;
        Ok(Self {
            launch,
            scheme,
            address,
            process,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The process's number; 0 once it has ended.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.process.id().unwrap_or(0)
    }

    /// Ends it as a power cut would (SIGKILL).
    pub async fn kill(&mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }

    /// Lets it stand still (SIGSTOP) until [`Self::thaw`].
    pub async fn freeze(&self) -> Result<()> {
        self.signal("STOP").await
    }

    /// Lets it go on (SIGCONT).
    pub async fn thaw(&self) -> Result<()> {
        self.signal("CONT").await
    }

    /// Stops it as an operator would (SIGTERM), and waits until it has ended.
    pub async fn stop(&mut self) -> Result<()> {
        self.signal("TERM").await?;
        let ended = timeout(PATIENCE, self.process.wait()).await;
        let status = ended.context("the server does not stop")??;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }

    /// Starts it again after its end, on the same port and database.
    pub async fn restart(&mut self) -> Result<()> {
        let (process, _, address) = self.launch.at(self.address).await?;
        ensure!(address == self.address, "the server came back elsewhere");
        self.process = process;
        Ok(())
    }

    async fn signal(&self, signal: &str) -> Result<()> {
        let process = self.process.id().context("it has ended already")?;
        let told = Command::new("kill")
            .args(["-s", signal, &process.to_string()])
            .status();
        ensure!(
            told.await?.success(),
            "the server can't be sent SIG{signal}"
        );
        Ok(())
    }

    /// What it and its predecessors wrote to standard error.
    pub fn log(&self) -> Result<String> {
        Ok(std::fs::read_to_string(log(&self.launch.folder))?)
    }
}

impl Launch {
    async fn at(&self, address: SocketAddr) -> Result<(Child, String, SocketAddr)> {
        let Self {
            binary,
            folder,
            processor,
            set_up,
        } = self;
        let mut command = match processor {
            None => Command::new(binary),
            // From its very start, and in the same process: taskset becomes the server.
            Some(processor) => {
                let mut taskset = Command::new("taskset");
                taskset.args(["--cpu-list", &processor.to_string()]);
                taskset.arg(binary);
                taskset
            }
        };
        command
            .args(["--listen", &address.to_string()])
            .args(["--database", &database(folder)])
            .args(["--commands-per-minute", &MANY.to_string()])
            .args(["--joins-per-minute", &MANY.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(append(&log(folder))?)
            .kill_on_drop(true);
        set_up(&mut command);
        let mut process = command
            .spawn()
            .with_context(|| format!("{} can't be started", binary.display()))?;
        let output = process.stdout.take().context("no standard output")?;
        let mut line = String::new();
        timeout(PATIENCE, BufReader::new(output).read_line(&mut line))
            .await
            .context("the server does not say where it is")??;
        let url = line.trim_end().strip_prefix("Candour is at ");
        let Some((scheme, address)) = url.and_then(|url| url.split_once("://")) else {
            bail!(
                "the server said {line:?}, and in its log: {}",
                std::fs::read_to_string(log(folder))?
            );
        };
        Ok((process, scheme.to_owned(), address.parse()?))
    }
}

/// A folder for what a server stores: in this one or, without it, on the disk on which this program lies. Where other
/// temporary files are may be no disk at all.
pub fn storage(within: Option<&Path>) -> Result<TempDir> {
    let program = env::current_exe()?;
    let beside = program.parent().context("this program lies nowhere")?;
    Ok(TempDir::new_in(within.unwrap_or(beside))?)
}

/// Does a task of the binary with the database in a folder; what it said, and how it ended.
pub async fn candour(folder: &Path, task: &[&str]) -> Result<Output> {
    let mut command = Command::new(binary()?);
    command.args(["--database", &database(folder)]).args(task);
    Ok(command.output().await?)
}

/// Whether any file in a folder holds a text.
pub fn on_disk(folder: &Path, text: &str) -> Result<bool> {
    for file in std::fs::read_dir(folder)? {
        let bytes = std::fs::read(file?.path())?;
        if bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Here one address stands for everybody, and a facilitator does in seconds what takes an hour.
fn generous() -> Limits {
    Limits {
        boards_per_minute: MANY,
        commands_per_minute: MANY,
        drags_per_second: MANY,
        joins_per_minute: MANY,
        ..Limits::default()
    }
}

/// `CANDOUR_BIN`, or the binary that cargo put beside this program.
fn binary() -> Result<PathBuf> {
    if let Some(binary) = env::var_os("CANDOUR_BIN") {
        return Ok(binary.into());
    }
    let program = env::current_exe()?;
    let name = format!("candour{}", env::consts::EXE_SUFFIX);
    program
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(&name))
        .find(|binary| binary.is_file())
        .with_context(|| {
            format!(
                "there is no `candour` beside {}: build it with `cargo build --package \
                 candour-server`, or say in CANDOUR_BIN where it is",
                program.display()
            )
        })
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("boards.db").display())
}

fn log(folder: &Path) -> PathBuf {
    folder.join(LOG)
}

fn append(path: &Path) -> Result<File> {
    Ok(OpenOptions::new().create(true).append(true).open(path)?)
}
