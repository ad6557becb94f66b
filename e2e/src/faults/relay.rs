//! A cable between people and a server, which can be pulled out: both ends are left with a connection on which
//! nothing comes and goes any more, and which nobody closes.

use std::io;
use std::net::SocketAddr;

use anyhow::Result;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// See the module.
pub struct Relay {
    address: SocketAddr,
    server: watch::Sender<Option<SocketAddr>>,
    pulled: watch::Sender<u64>,
    accepting: JoinHandle<()>,
}

impl Relay {
    /// Lays one, whose other end hangs loose.
    pub async fn lay() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (server, to) = watch::channel(None);
        let (pulled, pulls) = watch::channel(0);
        let accepting = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, to.clone(), pulls.clone()));
            }
        });
        Ok(Self {
            address,
            server,
            pulled,
            accepting,
        })
    }

    /// Where its near end is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Plugs its other end into a server.
    pub fn plug_into(&self, server: SocketAddr) {
        self.server.send_replace(Some(server));
    }

    /// Pulls it out, for all connections there are. Later ones find another way.
    pub fn pull(&self) {
        self.pulled.send_modify(|times| *times += 1);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Carries one connection until one of its ends closes it or it is pulled out; then holds on to both ends for as
/// long as there is a relay.
async fn carry(
    mut near: TcpStream,
    mut to: watch::Receiver<Option<SocketAddr>>,
    mut pulls: watch::Receiver<u64>,
) -> io::Result<()> {
    pulls.mark_unchanged();
    let server = to.wait_for(Option::is_some).await;
    let Ok(Some(server)) = server.map(|server| *server) else {
        return Ok(());
    };
    let mut far = TcpStream::connect(server).await?;
    for end in [&near, &far] {
        end.set_nodelay(true)?;
    }
    tokio::select! {
        carried = copy_bidirectional(&mut near, &mut far) => {
            carried?;
            return Ok(());
        }
        Ok(()) = pulls.changed() => {}
    }
    while pulls.changed().await.is_ok() {}
    Ok(())
}
