//! Who gets what over HTTP: every request, by everybody, on one's own board and on another.
//!
//! The words: `yes`; `org`: for organisers only; `join`: join first; `key`: a wrong secret; `door`: the
//! doors are closed; `adm`: participants come in otherwise; `page`: there is no such batch of codes;
//! `gone`: there is no such board.

use candour_e2e::api::{Api, ApiError, check, secret};
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{Person, participants_link, settings};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::{Codes, Created, Join, Lookup, MakeCodes, ReplaceLink};
use candour_shared::ids::{BatchId, BoardId};
use candour_shared::policy::Role;
use candour_shared::settings::Admission;
use candour_shared::variants::all;
use futures_util::future::join_all;
use reqwest::{Method, RequestBuilder, StatusCode};
use strum::VariantArray;

use super::{fresh_token, handshake_refused};

/// As a rule, on a board with a participants' link.
const TABLE: &str = "
                        own                                         other
                        participant facilitator organiser projector participant facilitator organiser projector nobody revoked
Me                      yes         yes         yes       yes       join        join        join      join      join   join
Live                    yes         yes         yes       yes       join        join        join      join      join   join
Export                  org         org         yes       org       join        join        join      join      join   join
ReplaceParticipants     org         org         yes       org       join        join        join      join      join   join
ReplaceFacilitators     org         org         yes       org       join        join        join      join      join   join
ReplaceOrganisers       org         org         yes       org       join        join        join      join      join   join
ReplaceProjectors       org         org         yes       org       join        join        join      join      join   join
MakeCodes               org         org         adm       org       join        join        join      join      join   join
WithdrawCodes           org         org         page      org       join        join        join      join      join   join
Delete                  org         org         yes       org       join        join        join      join      join   join
Leave                   yes         yes         yes       yes       yes         yes         yes       yes       yes    yes
Preview                 yes         yes         yes       yes       key         key         key       key       key    key
Join                    yes         yes         yes       yes       key         key         key       key       key    key
Receipt                 gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
";

/// What else holds where participants come in by codes.
const CODES: &str = "
                        own                                         other
                        participant facilitator organiser projector participant facilitator organiser projector nobody revoked
ReplaceParticipants     org         org         adm       org       join        join        join      join      join   join
MakeCodes               org         org         yes       org       join        join        join      join      join   join
WithdrawCodes           org         org         yes       org       join        join        join      join      join   join
";

/// What else holds while the doors are closed.
const CLOSED: &str = "
                        own                                         other
                        participant facilitator organiser projector participant facilitator organiser projector nobody revoked
Join                    door        yes         yes       yes       key         key         key       key       key    key
";

/// What else holds once the board was deleted.
const DELETED: &str = "
                        own                                         other
                        participant facilitator organiser projector participant facilitator organiser projector nobody revoked
Me                      gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
Live                    gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
Export                  gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
ReplaceParticipants     gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
ReplaceFacilitators     gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
ReplaceOrganisers       gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
ReplaceProjectors       gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
MakeCodes               gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
WithdrawCodes           gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
Delete                  gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
Preview                 gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
Join                    gone        gone        gone      gone      gone        gone        gone      gone      gone   gone
Receipt                 yes         yes         yes       yes       yes         yes         yes       yes       yes    yes
";

/// In what state a board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
enum State {
    Usual,
    Codes,
    Closed,
    Deleted,
}

impl State {
    const ALL: [Self; Self::VARIANTS.len()] = all();
}

/// A request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Me,
    Live,
    Export,
    Replace(Role),
    MakeCodes,
    WithdrawCodes,
    Delete,
    Leave,
    Preview,
    Join,
    Receipt,
}

impl Ask {
    fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Me,
            Self::Live,
            Self::Export,
            Self::MakeCodes,
            Self::WithdrawCodes,
            Self::Delete,
            Self::Leave,
            Self::Preview,
            Self::Join,
            Self::Receipt,
        ];
        all.extend(Role::ALL.map(Self::Replace));
        all
    }

    fn name(self) -> String {
        match self {
            Self::Replace(role) => format!("Replace{role:?}s"),
            Self::Me
            | Self::Live
            | Self::Export
            | Self::MakeCodes
            | Self::WithdrawCodes
            | Self::Delete
            | Self::Leave
            | Self::Preview
            | Self::Join
            | Self::Receipt => format!("{self:?}"),
        }
    }
}

/// Somebody who asks: what they have.
#[derive(Clone)]
struct Asker {
    token: String,
    /// Of the link or code they came by.
    secret: String,
}

/// A board, and everybody who asks something of it, in the order of the table's columns.
struct Stage {
    api: Api,
    board: BoardId,
    batch: BatchId,
    askers: Vec<Asker>,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_answered_as_the_table_says() {
    let server = TestServer::start().await.unwrap();
    let api = &Api::new(&server.url());
    let other = &Stage::set(api, State::Usual, &[]).await.askers[..Role::ALL.len()];
    let cells = State::ALL.into_iter().flat_map(|state| {
        let row = move |ask: Ask| async move {
            let stage = Stage::set(api, state, other).await;
            let expected = words(state, ask);
            assert_eq!(expected.len(), stage.askers.len());
            let mut wrong = Vec::new();
            let organiser = Role::Organiser as usize;
            // The organiser comes last: what they are given may leave nothing for others.
            let columns = (0..expected.len()).filter(|it| *it != organiser);
            for column in columns.chain([organiser]) {
                let answered = stage.ask(ask, &stage.askers[column]).await;
                if answered != expected[column] {
                    let (expected, name) = (&expected[column], ask.name());
                    wrong.push(format!(
                        "{state:?} {name}, column {column}: {answered} instead of {expected}"
                    ));
                }
            }
            wrong
        };
        Ask::all().into_iter().map(row)
    });
    let wrong = join_all(cells).await.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line of the table: the words for each who asks.
fn words(state: State, ask: Ask) -> Vec<String> {
    let special = match state {
        State::Usual => None,
        State::Codes => line(CODES, ask),
        State::Closed => line(CLOSED, ask),
        State::Deleted => line(DELETED, ask),
    };
    special
        .or_else(|| line(TABLE, ask))
        .unwrap_or_else(|| panic!("{ask:?} is missing from the table"))
}

fn line(table: &str, ask: Ask) -> Option<Vec<String>> {
    let mut lines = table.trim().lines().skip(1).map(str::split_whitespace);
    let roles = Role::ALL.map(|role| format!("{role:?}").to_lowercase());
    let columns = [&roles[..], &roles, &["nobody".into(), "revoked".into()]].concat();
    assert!(lines.next()?.eq(columns));
    let mut found = lines.find(|line| line.clone().next() == Some(&ask.name()))?;
    found.next();
    Some(found.map(str::to_owned).collect())
}

impl Stage {
    async fn set(api: &Api, state: State, other: &[Asker]) -> Self {
        let mut settings = settings();
        if state == State::Codes {
            settings.privacy.admission = Admission::Codes;
        }
        let created = api.create(&settings).await.unwrap();
        let board = created.board;
        let organiser = enter(api, board, &created.organiser).await;
        let revoked = enter(api, board, &created.facilitator).await;
        let replaced = api.replace_link(board, Role::Facilitator, &organiser.token);
        let facilitator = enter(api, board, &replaced.await.unwrap().link).await;
        let mut batch = BatchId::from_bytes([7; 16]);
        let link = if state == State::Codes {
            let made = made(api, board, &organiser).await;
            batch = made.batch;
            format!("#{}", made.codes[0])
        } else {
            participants_link(&created).to_owned()
        };
        let participant = enter(api, board, &link).await;
        let projector = enter(api, board, &created.projector).await;
        let nobody = Asker {
            token: fresh_token(),
            secret: fresh_token(),
        };
        let own = Role::ALL.map(|role| match role {
            Role::Participant => participant.clone(),
            Role::Facilitator => facilitator.clone(),
            Role::Organiser => organiser.clone(),
            Role::Projector => projector.clone(),
        });
        let askers = [&own[..], other, &[nobody, revoked]].concat();
        match state {
            State::Usual | State::Codes => {}
            State::Closed => close_doors(api, &created, &organiser).await,
            State::Deleted => {
                api.delete(board, &organiser.token).await.unwrap();
            }
        }
        Self {
            api: api.clone(),
            board,
            batch,
            askers,
        }
    }

    /// The answer, in the table's words.
    async fn ask(&self, ask: Ask, asker: &Asker) -> &'static str {
        let answer = if ask == Ask::Live {
            let handshake = self.api.handshake(self.board, &asker.token).unwrap();
            let opened = self.api.open(handshake).await;
            opened.map(drop).map_err(handshake_refused)
        } else {
            let request = self.request(ask, asker);
            match check(self.api.send(request).await.unwrap()).await {
                Ok(_) => Ok(()),
                Err(ApiError::Refused { status, refusal }) => Err((status, refusal.denied)),
                Err(fault) => panic!("{fault}"),
            }
        };
        match answer {
            Ok(()) => "yes",
            Err((StatusCode::FORBIDDEN, Denied::OrganisersOnly)) => "org",
            Err((StatusCode::UNAUTHORIZED, Denied::NotJoined)) => "join",
            Err((StatusCode::UNAUTHORIZED, Denied::WrongSecret)) => "key",
            Err((StatusCode::FORBIDDEN, Denied::DoorsClosed)) => "door",
            Err((StatusCode::CONFLICT, Denied::WrongAdmission)) => "adm",
            Err((StatusCode::NOT_FOUND, Denied::NoSuchPage)) => "page",
            Err((StatusCode::NOT_FOUND, Denied::NoSuchBoard)) => "gone",
            Err((status, denied)) => panic!("{ask:?}: {status}: {denied}"),
        }
    }

    fn request(&self, ask: Ask, asker: &Asker) -> RequestBuilder {
        let to = |method, path: &str| {
            let path = format!("/api/boards/{}{path}", self.board);
            self.api.request(method, &path).bearer_auth(&asker.token)
        };
        let secret = asker.secret.clone();
        match ask {
            Ask::Me => to(Method::GET, "/me"),
            Ask::Live => to(Method::GET, "/live"),
            Ask::Export => to(Method::GET, "/export.json"),
            Ask::Replace(role) => to(Method::POST, "/links").json(&ReplaceLink { role }),
            Ask::MakeCodes => to(Method::POST, "/codes").json(&one_code()),
            Ask::WithdrawCodes => to(Method::DELETE, &format!("/codes/{}", self.batch)),
            Ask::Delete => to(Method::DELETE, ""),
            Ask::Leave => to(Method::DELETE, "/me"),
            Ask::Preview => to(Method::POST, "/preview").json(&Lookup { secret }),
            Ask::Join => {
                to(Method::POST, "/join").json(&Join::new(secret).of(Some(0)).with_token())
            }
            Ask::Receipt => to(Method::GET, "/receipt"),
        }
    }
}

async fn enter(api: &Api, board: BoardId, link: &str) -> Asker {
    Asker {
        token: api.token(board, link, Some(0)).await.unwrap(),
        secret: secret(link).to_owned(),
    }
}

async fn made(api: &Api, board: BoardId, organiser: &Asker) -> Codes {
    let path = format!("/api/boards/{board}/codes");
    let request = api
        .request(Method::POST, &path)
        .bearer_auth(&organiser.token);
    let made = api.send(request.json(&one_code())).await.unwrap();
    made.json().await.unwrap()
}

fn one_code() -> MakeCodes {
    MakeCodes {
        organisation: Some(0),
        count: 1,
    }
}

async fn close_doors(api: &Api, created: &Created, organiser: &Asker) {
    let organiser = Person::with(api, created.board, &organiser.token).await;
    organiser.does(Command::SetDoors { closed: true }).await;
}
