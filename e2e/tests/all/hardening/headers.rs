//! What every answer tells browsers.

use candour_e2e::server::TestServer;
use candour_shared::ids::BoardId;

use super::wire::{Answer, ask};

/// The headers that no answer lacks, by a word of their value.
const ALWAYS: [(&str, &str); 7] = [
    ("content-security-policy", "default-src 'none'"),
    ("permissions-policy", "camera=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
];

#[tokio::test]
async fn every_kind_of_answer_tells_browsers_what_they_may_do_with_it() {
    let server = TestServer::start().await.unwrap();
    let host = format!("Host: {}", server.address());
    let board = BoardId::from_bytes([9; 16]);
    let me = format!("GET /api/boards/{board}/me");
    for (first, host, status) in [
        // A server that was built without its page has no page.
        ("GET /", host.as_str(), None),
        ("GET /b/anything", &host, None),
        ("GET /assets/none.js", &host, Some(404)),
        ("GET /nowhere", &host, Some(404)),
        ("PUT /", &host, Some(405)),
        ("GET /api/schema.json", &host, Some(200)),
        ("GET /api/nothing", &host, Some(404)),
        ("PATCH /api/boards", &host, Some(404)),
        ("POST /api/boards", &host, Some(400)),
        (&me, &host, Some(404)),
        ("GET /", "Host: evil.example", Some(403)),
    ] {
        let answer = ask(server.address(), first, &[host], "").await;
        if let Some(status) = status {
            assert_eq!(answer.status, status, "{first}");
        }
        check(first, &answer);
        let kept = answer.header("cache-control");
        let page = answer.status == 200 && !first.contains("/api");
        assert_eq!(kept, if page { "no-cache" } else { "no-store" }, "{first}");
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_hardened_as_well() {
    let server = TestServer::start().await.unwrap();
    let host = format!("Host: {}", server.address());
    let page = ask(server.address(), "GET /", &[&host], "").await;
    if page.status == 503 {
        return eprintln!("this server was built without its page: there are no assets");
    }
    assert!(page.text().contains("\"/assets/"));
    for asset in page
        .text()
        .split('"')
        .filter(|text| text.starts_with("/assets/"))
    {
        let first = format!("GET {asset}");
        let answer = ask(server.address(), &first, &[&host], "").await;
        assert_eq!(answer.status, 200);
        check(asset, &answer);
        assert!(
            answer.header("cache-control").contains("immutable"),
            "{asset}"
        );
    }
}

fn check(what: &str, answer: &Answer) {
    for (name, word) in ALWAYS {
        let value = answer.header(name);
        assert!(value.contains(word), "{what}: {name}: {value}");
    }
    let policy = answer.header("content-security-policy");
    for directive in [
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    ] {
        assert!(
            policy.split("; ").any(|found| found == directive),
            "{directive}: {policy}"
        );
    }
    for loose in [
        "unsafe-inline",
        "'unsafe-eval'",
        "http:",
        "https:",
        "*",
        "data:",
        "blob:",
    ] {
        assert!(!policy.contains(loose), "{policy}");
    }
    // Over plain HTTP it would mean nothing.
    assert_eq!(answer.all("strict-transport-security"), [""; 0]);
}
