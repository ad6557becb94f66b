//! The server's HTTP interface, as a program uses it.

use std::time::Duration;

use candour_shared::export::BoardExport;
use candour_shared::http::{
    BoardPreview, Codes, CreateBoard, Created, Join, Joined, Lookup, MakeCodes, Receipt, Refusal,
    ReplaceLink, Replaced,
};
use candour_shared::ids::{BatchId, BoardId, OrganisationIndex};
use candour_shared::note::Content;
use candour_shared::policy::Role;
use candour_shared::protocol::SUBPROTOCOL;
use candour_shared::settings::Settings;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Request, header};
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite};

use crate::device::Device;

/// A live connection.
pub type Socket = WebSocketStream<TcpStream>;

/// How soon a request is tried again.
const AGAIN: Duration = Duration::from_millis(50);

/// A server, by its address, as it is asked from one device.
#[derive(Clone)]
pub struct Api {
    /// `host:port`.
    host: String,
    device: Device,
    http: reqwest::Client,
    patience: Duration,
}

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The server refused it.
    #[error("the server answered {status}: {}", refusal.message)]
    Refused {
        /// The status.
        status: StatusCode,
        /// The reason.
        refusal: Refusal,
    },
    /// The server answered something that is neither what was asked for nor a refusal.
    #[error("the server answered {status}: {body}")]
    Unexpected {
        /// The status.
        status: StatusCode,
        /// What it said.
        body: String,
    },
    /// The server can't be reached.
    #[error("the server can't be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// The WebSocket could not be opened.
    #[error("the connection can't be opened: {0}")]
    NoSocket(Box<tungstenite::Error>),
}

impl From<tungstenite::Error> for ApiError {
    fn from(fault: tungstenite::Error) -> Self {
        Self::NoSocket(Box::new(fault))
    }
}

impl From<std::io::Error> for ApiError {
    fn from(fault: std::io::Error) -> Self {
        tungstenite::Error::from(fault).into()
    }
}

/// A link's secret: what follows the `#`.
#[must_use]
pub fn secret(link: &str) -> &str {
    link.split_once('#').map_or("", |(_, secret)| secret)
}

impl Api {
    /// The server at `http://host:port`.
    #[must_use]
    pub fn new(url: &str) -> Self {
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        Self {
            host: host.to_owned(),
            device: Device::default(),
            http: reqwest::Client::new(),
            patience: Duration::ZERO,
        }
    }

    /// The same server, asked again for so long while it can't be reached.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same server, asked over a new connection every time.
    pub fn forgetful(self) -> Result<Self, ApiError> {
        let http = self.device.http().pool_max_idle_per_host(0).build()?;
        Ok(Self { http, ..self })
    }

    /// The same server, asked as one browser would: it keeps the cookies it is given.
    pub fn browser(self) -> Result<Self, ApiError> {
        let http = self.device.http().cookie_store(true).build()?;
        Ok(Self { http, ..self })
    }

    /// The same server, asked from this device.
    pub fn from_device(self, device: Device) -> Result<Self, ApiError> {
        let http = device.http().build()?;
        Ok(Self {
            device,
            http,
            ..self
        })
    }

    /// Makes a board.
    pub async fn create(&self, settings: &Settings) -> Result<Created, ApiError> {
        self.create_with(settings, &[]).await
    }

    /// Makes a board that begins with these notes.
    pub async fn create_with(
        &self,
        settings: &Settings,
        notes: &[Content],
    ) -> Result<Created, ApiError> {
        let body = CreateBoard {
            settings: settings.clone(),
            notes: notes.to_vec(),
        };
        let request = self.request(Method::POST, "/api/boards").json(&body);
        read(self.send(request).await?).await
    }

    /// Looks at a board through a link's secret, or with a code.
    pub async fn preview(&self, board: BoardId, secret: &str) -> Result<BoardPreview, ApiError> {
        let path = format!("/api/boards/{board}/preview");
        let secret = secret.to_owned();
        let request = self.request(Method::POST, &path).json(&Lookup { secret });
        read(self.send(request).await?).await
    }

    /// Joins a board as whatever the secret makes one.
    pub async fn join(&self, board: BoardId, join: &Join) -> Result<Joined, ApiError> {
        let path = format!("/api/boards/{board}/join");
        read(
            self.send(self.request(Method::POST, &path).json(join))
                .await?,
        )
        .await
    }

    /// Joins a board, and gets the token for it.
    pub async fn token(
        &self,
        board: BoardId,
        link: &str,
        organisation: Option<OrganisationIndex>,
    ) -> Result<String, ApiError> {
        let join = Join::new(secret(link).to_owned())
            .of(organisation)
            .with_token();
        Ok(self.join(board, &join).await?.token.unwrap_or_default())
    }

    /// Takes a board away.
    pub async fn export(&self, board: BoardId, token: &str) -> Result<BoardExport, ApiError> {
        let path = format!("/api/boards/{board}/export.json");
        let request = self.request(Method::GET, &path).bearer_auth(token);
        read(self.send(request).await?).await
    }

    /// Replaces a role's link.
    pub async fn replace_link(
        &self,
        board: BoardId,
        role: Role,
        token: &str,
    ) -> Result<Replaced, ApiError> {
        let path = format!("/api/boards/{board}/links");
        let request = self.request(Method::POST, &path).bearer_auth(token);
        read(self.send(request.json(&ReplaceLink { role })).await?).await
    }

    /// Makes a batch of codes.
    pub async fn make_codes(
        &self,
        board: BoardId,
        asked: &MakeCodes,
        token: &str,
    ) -> Result<Codes, ApiError> {
        let path = format!("/api/boards/{board}/codes");
        let request = self.request(Method::POST, &path).bearer_auth(token);
        read(self.send(request.json(asked)).await?).await
    }

    /// Withdraws a batch of codes.
    pub async fn withdraw_codes(
        &self,
        board: BoardId,
        batch: BatchId,
        token: &str,
    ) -> Result<(), ApiError> {
        let path = format!("/api/boards/{board}/codes/{batch}");
        let request = self.request(Method::DELETE, &path).bearer_auth(token);
        check(self.send(request).await?).await.map(drop)
    }

    /// Deletes a board.
    pub async fn delete(&self, board: BoardId, token: &str) -> Result<Receipt, ApiError> {
        let path = format!("/api/boards/{board}");
        let request = self.request(Method::DELETE, &path).bearer_auth(token);
        read(self.send(request).await?).await
    }

    /// What is left of a board that is gone.
    pub async fn receipt(&self, board: BoardId) -> Result<Receipt, ApiError> {
        let path = format!("/api/boards/{board}/receipt");
        read(self.send(self.request(Method::GET, &path)).await?).await
    }

    /// A request that is not sent yet.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("http://{}{path}", self.host))
    }

    /// Sends a request; any answer will do.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, ApiError> {
        let started = Instant::now();
        loop {
            let Some(attempt) = request.try_clone() else {
                return Ok(self.device.answered(request.send().await?).await?);
            };
            let answered = async { self.device.answered(attempt.send().await?).await };
            match answered.await {
                Ok(response) => return Ok(response),
                Err(fault) if started.elapsed() >= self.patience => return Err(fault.into()),
                Err(_) => sleep(AGAIN).await,
            }
        }
    }

    /// The handshake for a board's live connection, for [`Api::open`].
    pub fn handshake(&self, board: BoardId, token: &str) -> Result<Request<()>, ApiError> {
        let url = format!("ws://{}/api/boards/{board}/live", self.host);
        let mut request = url.into_client_request()?;
        let bearer = HeaderValue::try_from(format!("Bearer {token}"))
            .map_err(tungstenite::http::Error::from)
            .map_err(tungstenite::Error::from)?;
        let headers = request.headers_mut();
        headers.extend(self.device.headers());
        headers.insert(header::AUTHORIZATION, bearer);
        headers.insert(
            header::SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static(SUBPROTOCOL),
        );
        Ok(request)
    }

    /// Opens a live connection.
    pub async fn open(&self, handshake: Request<()>) -> Result<Socket, ApiError> {
        let stream = self.device.connect(&self.host).await?;
        stream.set_nodelay(true)?;
        match client_async(handshake, stream).await {
            Ok((socket, response)) => {
                self.device.keep(&response.map(Option::unwrap_or_default));
                Ok(socket)
            }
            Err(tungstenite::Error::Http(response)) => {
                self.device
                    .keep(&response.as_ref().clone().map(Option::unwrap_or_default));
                Err(tungstenite::Error::Http(response).into())
            }
            Err(fault) => Err(fault.into()),
        }
    }
}

/// Reads the answer that was asked for.
async fn read<T: DeserializeOwned>(response: Response) -> Result<T, ApiError> {
    Ok(check(response).await?.json().await?)
}

/// A success, or why it is none.
pub async fn check(response: Response) -> Result<Response, ApiError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let body = response.text().await?;
    Err(match serde_json::from_str(&body) {
        Ok(refusal) => ApiError::Refused { status, refusal },
        Err(_) => ApiError::Unexpected { status, body },
    })
}
