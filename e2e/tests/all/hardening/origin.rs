//! Requests that other sites make people's browsers send.

use candour_e2e::api::{ApiError, Socket};
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{Workshop, participants_link, settings};
use candour_shared::denied::Denied;
use candour_shared::http::{CreateBoard, Created, Join, Joined};
use candour_shared::ids::BoardId;
use candour_shared::protocol::SUBPROTOCOL;
use tokio::net::TcpStream;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::header::{COOKIE, ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use tokio_tungstenite::tungstenite::http::{HeaderMap, HeaderValue};

use super::wire::{ask, refused};

const ELSEWHERE: (u16, Denied) = (403, Denied::Elsewhere);

fn new_board() -> String {
    let settings = settings();
    serde_json::to_string(&CreateBoard {
        settings,
        notes: Vec::new(),
    })
    .unwrap()
}

#[tokio::test]
async fn another_site_can_change_nothing() {
    let workshop = Workshop::in_the_lobby().await;
    let address = workshop.server.address();
    let (host, port) = (format!("Host: {address}"), address.port());
    let token = format!("Authorization: Bearer {}", workshop.organiser.token);
    let delete = format!("DELETE /api/boards/{}", workshop.board());
    for forged in [
        vec!["Origin: http://evil.example".to_owned()],
        vec!["Origin: null".to_owned()],
        vec!["Origin: ".to_owned()],
        vec![format!("Origin: https://{address}")],
        vec![format!("Origin: http://{address}.evil.example")],
        vec![format!("Origin: http://127.0.0.1:{}", port ^ 1)],
        // The server's as well, but not the one that was asked.
        vec![format!("Origin: http://localhost:{port}")],
        vec![
            format!("Origin: http://{address}"),
            "Origin: http://evil.example".to_owned(),
        ],
        vec!["Sec-Fetch-Site: cross-site".to_owned()],
        vec!["Sec-Fetch-Site: same-site".to_owned()],
        vec![
            format!("Origin: http://{address}"),
            "Sec-Fetch-Site: cross-site".to_owned(),
        ],
    ] {
        let mut lines = vec![host.as_str(), token.as_str()];
        lines.extend(forged.iter().map(String::as_str));
        let answer = ask(address, &delete, &lines, "").await;
        assert_eq!(answer.denied(), ELSEWHERE, "{forged:?}");
        let answer = ask(address, "POST /api/boards", &lines, &new_board()).await;
        assert_eq!(answer.denied(), ELSEWHERE, "{forged:?}");
    }
    workshop
        .facilitator
        .until(|view| view.presence().people == 2)
        .await;
}

#[tokio::test]
async fn the_servers_own_pages_and_programs_may_ask() {
    let server = TestServer::start().await.unwrap();
    let address = server.address();
    let port = address.port();
    let own = format!("http://{address}");
    for lines in [
        vec![format!("Host: {address}")],
        vec![format!("Host: {address}"), format!("Origin: {own}")],
        vec![
            format!("Host: {address}"),
            format!("Origin: {own}"),
            "Sec-Fetch-Site: same-origin".to_owned(),
        ],
        vec![
            format!("Host: {address}"),
            "Sec-Fetch-Site: none".to_owned(),
        ],
        vec![
            format!("Host: LocalHost:{port}"),
            format!("Origin: http://localhost:{port}"),
        ],
        vec![
            format!("Host: [::1]:{port}"),
            format!("Origin: http://[::1]:{port}"),
        ],
    ] {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let answer = ask(address, "POST /api/boards", &lines, &new_board()).await;
        assert_eq!(answer.status, 201, "{lines:?}");
    }
}

#[tokio::test]
async fn a_name_that_was_made_to_point_here_gets_nothing() {
    let server = TestServer::start().await.unwrap();
    let address = server.address();
    let port = address.port();
    let own = format!("Host: {address}");
    for hosts in [
        vec!["Host: evil.example".to_owned()],
        vec![format!("Host: evil.example:{port}")],
        vec!["Host: 127.0.0.1".to_owned()],
        vec![format!("Host: 127.0.0.1:{}", port ^ 1)],
        vec!["Host: ".to_owned()],
        vec![],
        vec![own.clone(), "Host: evil.example".to_owned()],
        vec![
            format!("Host: evil.example:{port}"),
            format!("Origin: http://evil.example:{port}"),
            "Sec-Fetch-Site: same-origin".to_owned(),
        ],
    ] {
        let lines: Vec<&str> = hosts.iter().map(String::as_str).collect();
        for first in [
            "GET /",
            "GET /api/schema.json",
            "GET /nowhere",
            "POST /api/boards",
        ] {
            let answer = ask(address, first, &lines, &new_board()).await;
            assert_eq!(answer.denied(), ELSEWHERE, "{first} {hosts:?}");
        }
    }
    let full = "GET http://evil.example/api/schema.json";
    assert_eq!(ask(address, full, &[&own], "").await.denied(), ELSEWHERE);
    let full = format!("GET http://{address}/api/schema.json");
    assert_eq!(ask(address, &full, &[&own], "").await.status, 200);
}

#[tokio::test]
async fn a_server_behind_a_proxy_answers_at_its_public_address_only() {
    let set_up = |config: &mut candour_server::Config| {
        config.origins = vec!["https://board.example.org".parse().unwrap()];
    };
    let server = TestServer::with(set_up).await.unwrap();
    let address = server.address();
    let public = [
        "Host: board.example.org",
        "Origin: https://board.example.org",
    ];
    let answer = ask(address, "POST /api/boards", &public, &new_board()).await;
    assert_eq!(answer.status, 201);
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
    let created: Created = answer.json();
    for lines in [
        [
            "Host: board.example.org",
            "Origin: http://board.example.org",
        ],
        [
            "Host: board.example.org:443",
            "Origin: https://board.example.org",
        ],
        [
            &format!("Host: {address}"),
            &format!("Origin: http://{address}"),
        ],
    ] {
        let answer = ask(address, "POST /api/boards", &lines, &new_board()).await;
        assert_eq!(answer.denied(), ELSEWHERE, "{lines:?}");
        assert_eq!(answer.all("strict-transport-security"), [""; 0]);
    }
    let cookie = joins(&server, &created, &public).await;
    assert!(
        cookie.starts_with("__Secure-candour_participant="),
        "{cookie}"
    );
    assert!(
        cookie.split("; ").any(|attribute| attribute == "Secure"),
        "{cookie}"
    );
    let me = format!("GET /api/boards/{}/me", created.board);
    let kept = format!("Cookie: {}", cookie.split(';').next().unwrap());
    let answer = ask(address, &me, &[public[0], &kept], "").await;
    assert_eq!(answer.status, 200);
    // Without the prefix, anybody between could have planted it.
    let planted = kept.replace("__Secure-", "");
    let answer = ask(address, &me, &[public[0], &planted], "").await;
    assert_eq!(answer.denied(), (401, Denied::NotJoined));
}

/// Somebody joins in a browser, and is given this cookie.
async fn joins(server: &TestServer, created: &Created, lines: &[&str]) -> String {
    let join =
        Join::new(candour_e2e::api::secret(participants_link(created)).to_owned()).of(Some(0));
    let path = format!("POST /api/boards/{}/join", created.board);
    let body = serde_json::to_string(&join).unwrap();
    let answer = ask(server.address(), &path, lines, &body).await;
    assert_eq!(answer.json::<Joined>().token, None);
    answer.header("set-cookie").to_owned()
}

#[tokio::test]
async fn a_cookie_is_kept_from_scripts_other_sites_and_other_boards_for_as_long_as_the_board() {
    let workshop = Workshop::in_the_lobby().await;
    let host = format!("Host: {}", workshop.server.address());
    let cookie = joins(&workshop.server, &workshop.created, &[&host]).await;
    let (kept, attributes) = cookie.split_once("; ").unwrap();
    assert!(kept.starts_with("candour_participant="), "{kept}");
    let mut attributes: Vec<&str> = attributes.split("; ").collect();
    attributes.sort_unstable();
    let path = format!("Path=/api/boards/{}", workshop.board());
    let days = u32::from(settings().privacy.keep_days);
    let age = format!("Max-Age={}", days * 24 * 60 * 60);
    assert_eq!(attributes, ["HttpOnly", &age, &path, "SameSite=Strict"]);
}

#[tokio::test]
async fn a_cookie_of_another_board_opens_nothing() {
    let workshop = Workshop::in_the_lobby().await;
    let address = workshop.server.address();
    let host = format!("Host: {address}");
    let other = workshop.api.create(&settings()).await.unwrap();
    let cookie = joins(&workshop.server, &other, &[&host]).await;
    let kept = cookie.split(';').next().unwrap();
    let line = format!("Cookie: {kept}");
    for (board, expected) in [(other.board, 200), (workshop.board(), 401)] {
        let me = format!("GET /api/boards/{board}/me");
        assert_eq!(
            ask(address, &me, &[&host, &line], "").await.status,
            expected
        );
    }
    for first in ["GET /api/boards/{}/export.json", "DELETE /api/boards/{}"] {
        let first = first.replace("{}", &workshop.board().to_string());
        let answer = ask(address, &first, &[&host, &line], "").await;
        assert_eq!(answer.denied(), (401, Denied::NotJoined), "{first}");
    }
    let origin = format!("http://{address}");
    let opened = opens(&workshop, workshop.board(), kept, Some(&origin)).await;
    assert_eq!(refused(opened), 401);
    opens(&workshop, other.board, kept, Some(&origin))
        .await
        .unwrap();
}

#[tokio::test]
async fn no_other_site_can_open_a_persons_live_connection() {
    let workshop = Workshop::in_the_lobby().await;
    let (address, board) = (workshop.server.address(), workshop.board());
    let host = format!("Host: {address}");
    let cookie = joins(&workshop.server, &workshop.created, &[&host]).await;
    let kept = cookie.split(';').next().unwrap();
    for origin in [
        None,
        Some("null".to_owned()),
        Some("http://evil.example".to_owned()),
        Some(format!("https://{address}")),
        Some(format!("http://localhost:{}", address.port())),
    ] {
        let opened = opens(&workshop, board, kept, origin.as_deref()).await;
        assert_eq!(refused(opened), 403, "{origin:?}");
    }
    let mut cross_site = workshop
        .api
        .handshake(board, &workshop.organiser.token)
        .unwrap();
    let headers: &mut HeaderMap = cross_site.headers_mut();
    headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    let opened = workshop.api.open(cross_site).await;
    assert_eq!(refused(opened), 403);
    let own = format!("http://{address}");
    opens(&workshop, board, kept, Some(&own)).await.unwrap();
}

/// A browser's handshake, for a page of this origin.
async fn opens(
    workshop: &Workshop,
    board: BoardId,
    cookie: &str,
    origin: Option<&str>,
) -> Result<Socket, ApiError> {
    let address = workshop.server.address();
    let url = format!("ws://{address}/api/boards/{board}/live");
    let mut request = url.into_client_request()?;
    let headers = request.headers_mut();
    headers.insert(COOKIE, cookie.parse().unwrap());
    headers.insert(
        SEC_WEBSOCKET_PROTOCOL,
        HeaderValue::from_static(SUBPROTOCOL),
    );
    if let Some(origin) = origin {
        headers.insert(ORIGIN, origin.parse().unwrap());
    }
    let stream = TcpStream::connect(address).await?;
    Ok(client_async(request, stream).await?.0)
}
