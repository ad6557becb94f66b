//! How the server is reached: the addresses that are its own, and the proxies in front of it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use axum::http::{HeaderMap, Uri};
use ipnet::IpNet;

/// The header in which a proxy says for whom it asks: the addresses from the client to itself, of which
/// it knows the last one only.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// An address under which browsers reach the server, as they write it (RFC 6454 §6.2): scheme and host
/// in lower case, and the port unless it is the scheme's usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    scheme: Scheme,
    host: String,
}

/// Whether what goes over the network is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// It is not.
    Http,
    /// It is, by this server or by a proxy.
    Https,
}

/// A text that names no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an origin is written like https://board.example.org, or with a port, and without a path")]
pub struct NotAnOrigin;

/// The addresses that are the server's own, and the proxies whose word on where a request comes from it believes.
#[derive(Debug)]
pub struct Origins {
    origins: Vec<Origin>,
    proxies: Vec<IpNet>,
}

impl Scheme {
    const fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "http",
            Self::Https => "https",
        })
    }
}

impl Origin {
    fn new(scheme: Scheme, host: &str, port: u16) -> Self {
        let mut host = host.to_ascii_lowercase();
        if port != scheme.port() {
            host = format!("{host}:{port}");
        }
        Self { scheme, host }
    }

    /// Its scheme.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether an `Origin` header says exactly this.
    #[must_use]
    pub fn is(&self, header: &str) -> bool {
        let rest = header.strip_prefix(match self.scheme {
            Scheme::Http => "http://",
            Scheme::Https => "https://",
        });
        rest == Some(&self.host)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)
    }
}

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let uri: Uri = text.parse().map_err(|_| NotAnOrigin)?;
        let scheme = match uri.scheme_str() {
            Some("http") => Scheme::Http,
            Some("https") => Scheme::Https,
            Some(_) | None => return Err(NotAnOrigin),
        };
        let authority = uri.authority().ok_or(NotAnOrigin)?;
        let host = authority.host();
        let port = match authority.as_str().strip_prefix(host) {
            Some("") => scheme.port(),
            Some(port) => {
                let port = port.strip_prefix(':').and_then(|port| port.parse().ok());
                port.ok_or(NotAnOrigin)?
            }
            None => return Err(NotAnOrigin),
        };
        if host.is_empty() || uri.path() != "/" || uri.query().is_some() {
            return Err(NotAnOrigin);
        }
        Ok(Self::new(scheme, host, port))
    }
}

impl Origins {
    /// A server with these addresses behind these proxies.
    #[must_use]
    pub fn new(origins: Vec<Origin>, proxies: Vec<IpNet>) -> Self {
        Self { origins, proxies }
    }

    /// The addresses of a server that was told none: where it listens, and the names of its own machine.
    #[must_use]
    pub fn own(listening: SocketAddr, scheme: Scheme) -> Vec<Origin> {
        let port = listening.port();
        let loopback = [
            IpAddr::from(Ipv4Addr::LOCALHOST),
            Ipv6Addr::LOCALHOST.into(),
        ];
        let hosts = loopback.into_iter().chain([listening.ip()]).map(host);
        hosts
            .chain(["localhost".to_owned()])
            .map(|host| Origin::new(scheme, &host, port))
            .collect()
    }

    /// The addresses with this `Host`. Hosts don't distinguish between upper and lower case.
    pub fn at<'a>(&'a self, host: &'a str) -> impl Iterator<Item = &'a Origin> {
        self.origins
            .iter()
            .filter(move |origin| origin.host.eq_ignore_ascii_case(host))
    }

    /// Whether a peer is one of the proxies.
    #[must_use]
    pub fn is_proxy(&self, peer: IpAddr) -> bool {
        self.proxies.iter().any(|network| network.contains(&peer))
    }

    /// For whom a peer asks. Anybody can send the header, so an entry counts only where a proxy wrote it:
    /// from the end, as long as who wrote it is one.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let entries: Vec<&str> = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        let mut client = peer;
        for entry in entries.into_iter().rev() {
            if !self.is_proxy(client) {
                break;
            }
            let Some(address) = address(entry) else {
                break;
            };
            client = address;
        }
        client
    }
}

/// Some proxies write the port, too.
fn address(entry: &str) -> Option<IpAddr> {
    let address = entry.parse().ok();
    let address = address.or_else(|| Some(entry.parse::<SocketAddr>().ok()?.ip()));
    address.map(|address| address.to_canonical())
}

fn host(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Origin {
        text.parse().unwrap()
    }

    #[test]
    fn an_origin_is_read_as_browsers_write_it() {
        for (text, written) in [
            ("https://Board.Example.org", "https://board.example.org"),
            (
                "https://board.example.org:443/",
                "https://board.example.org",
            ),
            (
                "http://board.example.org:443",
                "http://board.example.org:443",
            ),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(origin(text).to_string(), written);
            assert!(origin(text).is(written));
        }
        for text in [
            "",
            "board.example.org",
            "ws://board.example.org",
            "https://",
            "https://board.example.org/boards",
            "https://board.example.org/?",
            "https://user@board.example.org",
            "https://board.example.org:port",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NotAnOrigin), "{text}");
        }
    }

    #[test]
    fn an_origin_is_nothing_but_itself() {
        let board = origin("https://board.example.org");
        for other in [
            "http://board.example.org",
            "https://board.example.org:3000",
            "https://board.example.org.evil.example",
            "https://evil.example/https://board.example.org",
            "https://board.example.orgx",
            "https://BOARD.example.org",
            "null",
            "",
        ] {
            assert!(!board.is(other), "{other}");
        }
    }

    #[test]
    fn a_server_that_was_told_nothing_is_where_it_listens_and_on_its_own_machine() {
        let origins = Origins::own(([192, 0, 2, 7], 3000).into(), Scheme::Http);
        let origins = Origins::new(origins, Vec::new());
        for host in [
            "192.0.2.7:3000",
            "localhost:3000",
            "LOCALHOST:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
        ] {
            assert_eq!(origins.at(host).count(), 1, "{host}");
        }
        for host in [
            "192.0.2.7",
            "192.0.2.8:3000",
            "board.example.org:3000",
            "localhost",
            "",
        ] {
            assert_eq!(origins.at(host).count(), 0, "{host}");
        }
    }

    #[test]
    fn only_what_proxies_wrote_is_believed() {
        let origins = Origins::new(
            Vec::new(),
            vec![
                "10.0.0.0/8".parse().unwrap(),
                "2001:db8::1/128".parse().unwrap(),
            ],
        );
        let client = |peer: &str, forwarded: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append(FORWARDED_FOR, value.parse().unwrap());
            }
            origins.client(peer.parse().unwrap(), &headers).to_string()
        };
        assert_eq!(client("192.0.2.1", &["198.51.100.1"]), "192.0.2.1");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            client("10.0.0.1", &["198.51.100.9, 198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            client("10.0.0.1", &["198.51.100.9", "198.51.100.1, 10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(client("2001:db8::1", &["[2001:db8::7]:443"]), "2001:db8::7");
        assert_eq!(client("10.0.0.1", &["::ffff:198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1, nobody"]), "10.0.0.1");
    }
}
