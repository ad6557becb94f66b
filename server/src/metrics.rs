//! Counters of the whole server, in the text format of Prometheus. Nothing is counted per board or
//! person, and nothing is timed: such numbers could tell who did what.

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use candour_shared::denied::Denied;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// The type of the text, as OpenMetrics 1.0 names it.
const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The counters of one server; clones count together.
#[derive(Clone, Debug, Default)]
pub struct Metrics {
    boards: Gauge,
    sockets: Gauge,
    ticks: Counter,
    commands: Family<Ending, Counter>,
    failed_writes: Counter,
    failing: Gauge,
    requests: Family<Answered, Counter>,
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not done, and the page was told why.
    Refused,
    /// The server failed.
    Failed,
}

impl<T> From<&Result<T, Denied>> for Outcome {
    fn from(done: &Result<T, Denied>) -> Self {
        match done {
            Ok(_) => Self::Done,
            Err(Denied::Unavailable) => Self::Failed,
            Err(_) => Self::Refused,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ending {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    /// As the route table has it: no request's own path.
    route: String,
    /// The class of the status: `4xx` is a refusal.
    status: &'static str,
}

impl From<Outcome> for Ending {
    fn from(outcome: Outcome) -> Self {
        let outcome = match outcome {
            Outcome::Done => "done",
            Outcome::Refused => "refused",
            Outcome::Failed => "failed",
        };
        Self { outcome }
    }
}

/// Counts one thing more as long as it is kept.
#[derive(Debug)]
pub struct Counted(Gauge);

impl Counted {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// A board is in memory.
    #[must_use]
    pub fn board(&self) -> Counted {
        Counted::new(&self.boards)
    }

    /// A socket is open.
    #[must_use]
    pub fn socket(&self) -> Counted {
        Counted::new(&self.sockets)
    }

    /// How many sockets are open.
    #[must_use]
    pub fn sockets(&self) -> u32 {
        u32::try_from(self.sockets.get()).unwrap_or(0)
    }

    /// A board ticked.
    pub fn tick(&self) {
        self.ticks.inc();
    }

    /// A command was answered.
    pub fn command(&self, outcome: Outcome) {
        self.commands.get_or_create(&outcome.into()).inc();
    }

    /// The log wrote something, or failed to. Writes that succeed are not counted: a participant's first
    /// contribution by a code is written even where it changes nothing else.
    pub fn wrote(&self, succeeded: bool) {
        self.failing.set(i64::from(!succeeded));
        if !succeeded {
            self.failed_writes.inc();
        }
    }

    fn request(&self, route: &str, status: StatusCode) {
        let answered = Answered {
            route: route.to_owned(),
            status: match status.as_u16() {
                ..200 => "1xx",
                200..300 => "2xx",
                300..400 => "3xx",
                400..500 => "4xx",
                500.. => "5xx",
            },
        };
        self.requests.get_or_create(&answered).inc();
    }

    /// All of them, as Prometheus reads them.
    #[must_use]
    pub fn text(&self) -> String {
        let mut registry = Registry::with_prefix("candour");
        registry.register("boards", "Boards in memory", self.boards.clone());
        registry.register("sockets", "Open WebSockets", self.sockets.clone());
        registry.register("ticks", "Ticks of all boards", self.ticks.clone());
        registry.register("commands", "Commands answered", self.commands.clone());
        let failed = self.failed_writes.clone();
        registry.register("log_failures", "Failed writes to the log", failed);
        let failing = "Whether the last write to the log failed: 1 or 0";
        registry.register("log_failing", failing, self.failing.clone());
        registry.register("requests", "Requests answered", self.requests.clone());
        let mut text = String::new();
        // Writing to a String can't fail.
        let _ = encode(&mut text, &registry);
        text
    }
}

/// What the listener for metrics answers: `GET /metrics`.
pub fn routes(metrics: Metrics) -> Router {
    let answer = move || async move { ([(CONTENT_TYPE, TEXT)], metrics.text()).into_response() };
    Router::new().route("/metrics", get(answer))
}

/// Counts how a request was answered.
pub(crate) async fn count(
    State(metrics): State<Metrics>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    metrics.request(route, response.status());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_what_was_counted() {
        let metrics = Metrics::default();
        let counted = (metrics.board(), metrics.board(), metrics.socket());
        metrics.tick();
        metrics.command(Outcome::Done);
        metrics.command(Outcome::Refused);
        metrics.command(Outcome::Refused);
        metrics.wrote(true);
        metrics.wrote(false);
        metrics.request("/api/boards/{board}/join", StatusCode::NOT_FOUND);
        drop(counted.0);
        let text = metrics.text();
        for line in [
            "candour_boards 1",
            "candour_sockets 1",
            "candour_ticks_total 1",
            "candour_commands_total{outcome=\"done\"} 1",
            "candour_commands_total{outcome=\"refused\"} 2",
            "candour_log_failures_total 1",
            "candour_log_failing 1",
            "candour_requests_total{route=\"/api/boards/{board}/join\",status=\"4xx\"} 1",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} is not in:\n{text}"
            );
        }
        assert_eq!(
            Metrics::default()
                .text()
                .lines()
                .filter(|line| line.ends_with(" 1"))
                .count(),
            0
        );
    }
}
