//! The people of the workshop: everything that tells who they are is a canary.

use std::cell::{Cell, RefCell};
use std::net::Ipv4Addr;

use candour_e2e::PATIENCE;
use candour_e2e::api::{Api, secret};
use candour_e2e::device::Device;
use candour_e2e::workshop::Person;
use candour_server::keys::opener;
use candour_shared::http::Join;
use candour_shared::ids::BoardId;
use candour_shared::protocol::{Frame, ServerMessage};
use data_encoding::BASE64URL_NOPAD;
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::Method;
use serde::Serialize;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::http::{HeaderMap, Request, header};

use super::table::Canary;
use super::watch::{Catch, Part, Source, Watch, Who};
use crate::raw::hello;

/// Somebody on the board, and what of theirs was searched already.
pub(super) struct Guest {
    pub(super) person: Person,
    pub(super) account: Account,
    part: Part,
    frames: Cell<usize>,
}

/// A device that somebody uses, and what was answered on it.
pub(super) struct Account {
    pub(super) who: Who,
    pub(super) api: Api,
    device: Device,
    searched: Cell<usize>,
    /// Frames that came over connections made by hand.
    heard: RefCell<Vec<Vec<u8>>>,
}

impl Account {
    /// A device that is like no other.
    pub(super) fn new(url: &str, who: Who, watch: &mut Watch) -> Self {
        let address = Ipv4Addr::new(127, 0, 0, 100 + u8::try_from(who.0).unwrap());
        let agent = format!("Browser/{}", word());
        let [one, two]: [u16; 2] = rand::random();
        let forwarded = format!("2001:db8:0:{:04x}::{:04x}", one | 0x1000, two | 0x1000);
        watch.for_words(Canary::Address, who, &address.to_string());
        watch.for_words(Canary::UserAgent, who, &agent);
        watch.for_words(Canary::Forwarded, who, &forwarded);
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, agent.parse().unwrap());
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        headers.insert(
            header::FORWARDED,
            format!("for=\"[{forwarded}]\"").parse().unwrap(),
        );
        let device = Device::new(address, headers);
        let api = Api::new(url)
            .patient(PATIENCE)
            .from_device(device.clone())
            .unwrap();
        Self {
            who,
            api,
            device,
            searched: Cell::new(0),
            heard: RefCell::default(),
        }
    }

    /// What was answered since this was asked last.
    pub(super) fn answers(&self) -> Vec<Vec<u8>> {
        let mut answers = self.device.answers();
        let searched = self.searched.replace(answers.len());
        answers.split_off(searched)
    }

    /// Opens a connection by hand, says hello and all this, and hears the answers out.
    pub(super) async fn converses(&self, handshake: Request<()>, said: &[String]) {
        let mut socket = self.api.open(handshake).await.unwrap();
        let hello = hello();
        for text in [&hello].into_iter().chain(said) {
            socket.send(Message::text(text)).await.unwrap();
        }
        let mut unanswered = 1 + said.len();
        while unanswered > 0 {
            let frame = timeout(PATIENCE, socket.next())
                .await
                .unwrap()
                .unwrap()
                .unwrap();
            let bytes = match &frame {
                Message::Binary(bytes) => Frame::decode(bytes).unwrap().update().unwrap().into(),
                Message::Text(_)
                | Message::Ping(_)
                | Message::Pong(_)
                | Message::Close(_)
                | Message::Frame(_) => frame.clone().into_data().to_vec(),
            };
            if let Message::Text(text) = &frame
                && let ServerMessage::Welcome(_) | ServerMessage::Refused { .. } =
                    serde_json::from_str(text).unwrap()
            {
                unanswered -= 1;
            }
            self.heard.borrow_mut().push(bytes);
        }
    }
}

/// The way somebody comes to a board.
#[derive(Clone, Copy)]
pub(super) struct Ticket<'a> {
    pub(super) board: BoardId,
    pub(super) link: &'a str,
    pub(super) part: Part,
}

impl Guest {
    /// Somebody joins and connects.
    pub(super) async fn joins(account: Account, watch: &mut Watch, ticket: Ticket<'_>) -> Self {
        let Ticket { board, link, .. } = ticket;
        let token = account.api.token(board, link, Some(0)).await.unwrap();
        Self::connects(account, watch, ticket, token).await
    }

    /// Somebody joins as browsers do, comes back once by their cookie, and connects.
    pub(super) async fn joins_by_cookie(
        account: Account,
        watch: &mut Watch,
        ticket: Ticket<'_>,
    ) -> Self {
        let Ticket { board, link, .. } = ticket;
        let join = Join::new(secret(link).to_owned()).of(Some(0));
        let path = format!("/api/boards/{board}");
        let request = account.api.request(Method::POST, &format!("{path}/join"));
        let response = account.api.send(request.json(&join)).await.unwrap();
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let (cookie, _) = cookie.split_once(';').unwrap();
        let request = account.api.request(Method::GET, &format!("{path}/me"));
        let me = account.api.send(request.header(header::COOKIE, cookie));
        assert!(me.await.unwrap().status().is_success());

        let (_, token) = cookie.split_once('=').unwrap();
        let mut handshake = account.api.handshake(board, token).unwrap();
        let origin = format!("http://{}", handshake.uri().authority().unwrap());
        let headers = handshake.headers_mut();
        headers.remove(header::AUTHORIZATION);
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        account.converses(handshake, &[]).await;
        Self::connects(account, watch, ticket, token.to_owned()).await
    }

    async fn connects(
        account: Account,
        watch: &mut Watch,
        ticket: Ticket<'_>,
        token: String,
    ) -> Self {
        watch_secret(watch, Canary::Token, account.who, &token);
        Self {
            person: Person::with(&account.api, ticket.board, &token).await,
            part: ticket.part,
            account,
            frames: Cell::new(0),
        }
    }

    pub(super) fn api(&self) -> &Api {
        &self.account.api
    }

    /// Everything they received since this was asked last.
    pub(super) fn catch(&self) -> Vec<Catch> {
        let mut frames = self.person.sees(|view| view.received.clone());
        let searched = self.frames.replace(frames.len());
        let frames = frames.split_off(searched).into_iter();
        let frames = frames.chain(self.account.heard.take());
        let frames = frames.map(|bytes| Catch {
            source: Source::Frame(self.account.who, self.part),
            bytes,
        });
        let answers = self.account.answers().into_iter().map(|bytes| Catch {
            source: Source::Answer(self.account.who),
            bytes,
        });
        frames.chain(answers).collect()
    }
}

/// Looks for a token, a link's secret or a code, and for its hash.
pub(super) fn watch_secret(watch: &mut Watch, canary: Canary, whose: Who, text: &str) {
    watch.for_value(canary, whose, text.as_bytes());
    match BASE64URL_NOPAD.decode(text.as_bytes()) {
        Ok(secret) => watch.for_value(canary, whose, &secret),
        Err(_) => watch.for_value(canary, whose, text.replace('-', "").as_bytes()),
    }
    watch.for_value(Canary::Hash, whose, &bytes(&opener(text).unwrap()));
}

/// The bytes of something the server keeps.
pub(super) fn bytes(kept: &impl Serialize) -> Vec<u8> {
    serde_json::from_value(serde_json::to_value(kept).unwrap()).unwrap()
}

/// Sixteen random letters.
pub(super) fn word() -> String {
    (0..16).map(|_| rand::random_range('a'..='z')).collect()
}
