//! Requests that are not as they should be. What can't be read of them is repeated to nobody; what is
//! merely out of place is told to whoever sent it.

use candour_e2e::api::Api;
use candour_e2e::fresh;
use candour_shared::ids::BoardId;
use reqwest::{Method, RequestBuilder};
use tokio_tungstenite::tungstenite::http::header;

use super::guests::{Account, word};
use super::table::Canary::{self, Misplaced, Unread};
use super::watch::Watch;

/// Sends them all from one device.
pub(super) async fn go_out(sender: &Account, watch: &mut Watch, board: BoardId, token: &str) {
    let mut stray = |canary: Canary| {
        let word = word();
        watch.for_value(canary, sender.who, word.as_bytes());
        word
    };
    for request in requests(&sender.api, board, &mut stray) {
        let response = sender.api.send(request).await.unwrap();
        assert!(response.status().is_client_error(), "{response:?}");
    }
    let handshake = sender.api.handshake(board, token).unwrap();
    sender.converses(handshake, &messages(&mut stray)).await;
}

fn requests(
    api: &Api,
    board: BoardId,
    stray: &mut impl FnMut(Canary) -> String,
) -> Vec<RequestBuilder> {
    let path = |end: &str| format!("/api/boards/{board}{end}");
    let join = |body: String| api.request(Method::POST, &path("/join")).body(body);
    let me = |query: &str| api.request(Method::GET, &path(&format!("/me{query}")));
    vec![
        join(format!(r#"{{"secret":{}"#, stray(Unread))),
        join(format!(r#"{{"secret":"{}"}}"#, stray(Unread))),
        join(format!(r#"{{"secret":"","mood":"{}"}}"#, stray(Unread))),
        join(format!(r#"{{"secret":"","{}":0}}"#, stray(Misplaced))),
        join(format!(
            r#"{{"secret":"","organisation":"{}"}}"#,
            stray(Misplaced)
        )),
        join(stray(Unread)).header(header::ORIGIN, format!("http://{}.example", stray(Unread))),
        me(&format!("?as={}", stray(Misplaced))),
        me(&format!("?from={}", stray(Unread))).header(header::REFERER, stray(Unread)),
        me("").bearer_auth(stray(Unread)),
        me("").header(
            header::COOKIE,
            format!("candour_participant={}", stray(Unread)),
        ),
        api.request(Method::GET, &path(&format!("/{}", stray(Unread)))),
        api.request(
            Method::GET,
            &format!("/api/boards/{}/receipt", stray(Unread)),
        ),
        api.request(
            Method::GET,
            &format!("/{}?from={}", stray(Unread), stray(Unread)),
        ),
        api.request(Method::GET, &path(&format!("/live?from={}", stray(Unread)))),
    ]
}

fn messages(stray: &mut impl FnMut(Canary) -> String) -> Vec<String> {
    let (note, timer) = (fresh::note(), fresh::timer());
    let commands = [
        format!(
            r#"{{"post_note":{{"note":"{note}","content":{{"category":0,"text":"{}","mood":"{}"}}}}}}"#,
            stray(Unread),
            stray(Unread),
        ),
        format!(r#"{{"withdraw_note":{{"note":"{}"}}}}"#, stray(Unread)),
        format!(r#"{{"{}":{{}}}}"#, stray(Misplaced)),
        format!(
            r#"{{"set_timer":{{"timer":"{timer}","seconds":"{}"}}}}"#,
            stray(Misplaced)
        ),
    ];
    let numbered = commands.into_iter().enumerate();
    let mut messages: Vec<String> = numbered
        .map(|(id, command)| format!(r#"{{"id":{id},"command":{command}}}"#))
        .collect();
    messages.push(stray(Unread));
    messages
}
