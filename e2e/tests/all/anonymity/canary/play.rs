//! The workshop's people, and the look at everything they and the server let out.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use candour_e2e::api::{Api, secret};
use candour_e2e::fresh;
use candour_e2e::server::ServerProcess;
use candour_e2e::view::View;
use candour_e2e::workshop::{move_phase, participants_link, settings, signal};
use candour_shared::command::Command;
use candour_shared::export::BoardExport;
use candour_shared::http::{Created, MakeCodes};
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::settings::{Admission, Settings};
use reqwest::Method;
use tempfile::TempDir;

use super::guests::{Account, Guest, Ticket, watch_secret};
use super::linking::key_file;
use super::table::{Canary, Moment};
use super::watch::{Catch, Part, Source, Watch, Who, files};

/// The organiser.
pub(super) const OLGA: Who = Who(1);
/// The facilitator.
pub(super) const FAY: Who = Who(2);
/// A participant, of whom almost everything is that is looked for.
pub(super) const ANN: Who = Who(3);
/// The last of those who are there from the beginning.
const LAST: Who = Who(7);

/// A workshop and its people.
pub(super) struct Party {
    pub(super) folder: TempDir,
    pub(super) server: ServerProcess,
    pub(super) watch: Watch,
    /// The board where everything happens.
    pub(super) board: Created,
    /// Another one, to which people come by codes.
    pub(super) coded: Created,
    pub(super) olga: Guest,
    /// Olga on the other board.
    pub(super) elsewhere: Guest,
    pub(super) fay: Guest,
    pub(super) ann: Guest,
    pub(super) bob: Guest,
    /// Came by a cookie.
    pub(super) cy: Guest,
    /// Is on the other board.
    pub(super) dee: Guest,
    /// Is there at the moments alone.
    pub(super) rae: Guest,
    /// Where Olga takes the board away.
    exporter: Account,
    /// What is asked for the metrics.
    metrics: Api,
    people: u32,
    complaints: Vec<String>,
}

impl Party {
    /// People come to two boards of a server that logs whatever it can.
    pub(super) async fn gathers() -> Self {
        let folder = TempDir::new().unwrap();
        let metrics = free_address();
        let server = ServerProcess::with(folder.path(), move |command| {
            command.env("RUST_LOG", "trace");
            command.args(["--metrics", &metrics.to_string()]);
        });
        let server = server.await.unwrap();
        let mut watch = Watch::new();
        let mut account = |who| Account::new(&server.url(), who, &mut watch);
        let [olga, elsewhere, exporter, fay, ann, bob, cy, dee, rae] =
            [OLGA, OLGA, OLGA, FAY, ANN, Who(4), Who(5), Who(6), LAST].map(&mut account);
        let board = makes(&olga.api, &mut watch, &settings()).await;
        let mut by_codes = settings();
        by_codes.privacy.admission = Admission::Codes;
        let coded = makes(&elsewhere.api, &mut watch, &by_codes).await;
        let key = fs::read(key_file(folder.path())).unwrap();
        watch.for_value(Canary::ServerKey, OLGA, &key);

        let to = |link, part| Ticket {
            board: board.board,
            link,
            part,
        };
        let link = participants_link(&board);
        let (participant, newcomer) = (to(link, Part::Participant), to(link, Part::Newcomer));
        let olga = Guest::joins(olga, &mut watch, to(&board.organiser, Part::Moderator)).await;
        let fay = Guest::joins(fay, &mut watch, to(&board.facilitator, Part::Moderator)).await;
        let ann = Guest::joins(ann, &mut watch, participant).await;
        let bob = Guest::joins(bob, &mut watch, participant).await;
        let cy = Guest::joins_by_cookie(cy, &mut watch, participant).await;
        let rae = Guest::joins(rae, &mut watch, newcomer).await;
        rae.person.drops_connection().await;

        let to = |link, part| Ticket {
            board: coded.board,
            link,
            part,
        };
        let organiser = to(&coded.organiser, Part::Moderator);
        let elsewhere = Guest::joins(elsewhere, &mut watch, organiser).await;
        let link = format!("#{}", makes_code(&elsewhere, &mut watch, &coded).await);
        let dee = Guest::joins(dee, &mut watch, to(&link, Part::Participant)).await;
        Self {
            folder,
            server,
            watch,
            board,
            coded,
            olga,
            elsewhere,
            fay,
            ann,
            bob,
            cy,
            dee,
            rae,
            exporter,
            metrics: Api::new(&format!("http://{metrics}")),
            people: LAST.0,
            complaints: Vec::new(),
        }
    }

    /// Ann's text, to be looked for from now on.
    pub(super) fn text(&mut self, canary: Canary) -> String {
        self.watch.for_new_text(canary, ANN)
    }

    /// The facilitator moves the board to another phase.
    pub(super) async fn goes_to(&self, to: Phase) {
        let from = self.fay.person.sees(View::phase);
        self.fay.person.does(move_phase(from, to)).await;
    }

    /// The facilitator reveals what waits.
    pub(super) async fn reveals(&self) {
        let number = 1 + self.fay.person.sees(|view| view.wall().read().reveals());
        self.fay.person.does(Command::Reveal { number }).await;
    }

    /// Searches everything that was let out since the last moment, while somebody new comes and Rae comes
    /// back. Answers with the board as it can be taken away.
    pub(super) async fn looks(&mut self, moment: Moment) -> BoardExport {
        // What was just acknowledged has to be true already.
        let mut catch = files(self.folder.path());
        let last = self.last_words().await;
        self.rae.person.comes_back().await;
        self.people += 1;
        let account = Account::new(&self.server.url(), Who(self.people), &mut self.watch);
        let ticket = Ticket {
            board: self.board.board,
            link: participants_link(&self.board),
            part: Part::Newcomer,
        };
        let newcomer = Guest::joins(account, &mut self.watch, ticket).await;
        let board = &self.board;
        self.ann
            .api()
            .preview(board.board, secret(ticket.link))
            .await
            .unwrap();
        let export = self
            .exporter
            .api
            .export(board.board, &self.olga.person.token);
        let export = export.await.unwrap();
        for guest in self.guests().into_iter().chain([&newcomer]) {
            let here = |view: &View| view.signal() == last;
            guest.person.until(here).await;
            catch.extend(guest.catch());
        }
        for guest in [&self.elsewhere, &self.dee] {
            catch.extend(guest.catch());
        }
        self.rae.person.drops_connection().await;
        catch.push(self.counters().await);
        self.judges(moment, catch);
        export
    }

    /// Searches what is left when the boards are gone.
    pub(super) async fn looks_back(&mut self, moment: Moment) {
        let mut catch = files(self.folder.path());
        for guest in self
            .guests()
            .into_iter()
            .chain([&self.elsewhere, &self.dee])
        {
            catch.extend(guest.catch());
        }
        if moment < Moment::Stopped {
            catch.push(self.counters().await);
        }
        self.judges(moment, catch);
    }

    /// What was not as the table says.
    pub(super) fn complaints(self) -> Vec<String> {
        self.complaints
    }

    fn judges(&mut self, moment: Moment, mut catch: Vec<Catch>) {
        let exports = self.exporter.answers().into_iter().map(|bytes| Catch {
            source: Source::Export,
            bytes,
        });
        catch.extend(exports);
        catch.extend(files(self.folder.path()));
        self.complaints
            .extend(self.watch.complaints(moment, &catch));
    }

    async fn counters(&self) -> Catch {
        let request = self.metrics.request(Method::GET, "/metrics");
        let answer = self.metrics.send(request).await.unwrap();
        let bytes = answer.bytes().await.unwrap().to_vec();
        assert!(bytes.starts_with(b"# HELP candour_"));
        let source = Source::Metrics;
        Catch { source, bytes }
    }

    /// Something that everybody sees only after all that was done so far: frames come in order.
    async fn last_words(&self) -> String {
        let text = fresh::note().to_string();
        self.fay.person.does(signal(&text)).await;
        text
    }

    fn guests(&self) -> [&Guest; 6] {
        [
            &self.olga, &self.fay, &self.ann, &self.bob, &self.cy, &self.rae,
        ]
    }
}

/// Olga makes a board.
pub(super) async fn makes(api: &Api, watch: &mut Watch, settings: &Settings) -> Created {
    let created = api.create(settings).await.unwrap();
    for (canary, link) in [
        (Canary::OrganiserSecret, Some(&created.organiser)),
        (Canary::FacilitatorSecret, Some(&created.facilitator)),
        (Canary::ParticipantSecret, created.participant.as_ref()),
        (Canary::ProjectorSecret, Some(&created.projector)),
    ] {
        if let Some(link) = link {
            watch_secret(watch, canary, OLGA, secret(link));
        }
    }
    created
}

/// Olga replaces the facilitators' link, and makes codes, of which she hands one out.
async fn makes_code(olga: &Guest, watch: &mut Watch, board: &Created) -> String {
    let (api, token) = (olga.api(), &olga.person.token);
    let replaced = api.replace_link(board.board, Role::Facilitator, token);
    let link = replaced.await.unwrap().link;
    watch_secret(watch, Canary::FacilitatorSecret, OLGA, secret(&link));
    let asked = MakeCodes {
        organisation: Some(0),
        count: 5,
    };
    let mut codes = api
        .make_codes(board.board, &asked, token)
        .await
        .unwrap()
        .codes;
    for code in &codes {
        watch_secret(watch, Canary::Code, OLGA, code);
    }
    codes.remove(0)
}

/// An address of this machine that nobody listens on.
fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap()
}
