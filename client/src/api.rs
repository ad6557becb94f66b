//! What the page asks over HTTP, typed.

use candour_page::trouble::Trouble;
use candour_shared::http::{
    BoardPreview, Codes, CreateBoard, Created, Join, Joined, Lookup, MakeCodes, Receipt, Refusal,
    ReplaceLink, Replaced,
};
use candour_shared::ids::{BatchId, BoardId, OrganisationIndex};
use candour_shared::note::Content;
use candour_shared::policy::Role;
use candour_shared::settings::Settings;
use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Opens a board, with notes that are nobody's.
pub async fn create(settings: Settings, notes: Vec<Content>) -> Result<Created, Trouble> {
    send("POST", "/api/boards", &CreateBoard { settings, notes }).await
}

/// Looks at a board through a link.
pub async fn preview(board: BoardId, secret: &str) -> Result<BoardPreview, Trouble> {
    let secret = secret.to_owned();
    send("POST", &path(board, "/preview"), &Lookup { secret }).await
}

/// Joins a board; from then on the browser's cookie says who asks.
pub async fn join(
    board: BoardId,
    secret: &str,
    organisation: Option<OrganisationIndex>,
) -> Result<Joined, Trouble> {
    let join = Join::new(secret).of(organisation);
    send("POST", &path(board, "/join"), &join).await
}

/// Whether this browser has joined the board in a role.
pub async fn me(board: BoardId, role: Role) -> Result<Joined, Trouble> {
    read(&ask("GET", &path(board, &format!("/me?as={}", word(role))), None).await?)
}

/// The board as a JSON text, for organisers.
pub async fn export(board: BoardId) -> Result<String, Trouble> {
    ask("GET", &path(board, "/export.json"), None).await
}

/// Deletes the board for good, for organisers.
pub async fn delete(board: BoardId) -> Result<Receipt, Trouble> {
    read(&ask("DELETE", &path(board, ""), None).await?)
}

/// What is left of a board that is gone.
pub async fn receipt(board: BoardId) -> Result<Receipt, Trouble> {
    read(&ask("GET", &path(board, "/receipt"), None).await?)
}

/// Makes a batch of codes, for organisers.
pub async fn make_codes(board: BoardId, wanted: MakeCodes) -> Result<Codes, Trouble> {
    send("POST", &path(board, "/codes"), &wanted).await
}

/// Has the codes of a batch let nobody in any more, for organisers.
pub async fn withdraw_codes(board: BoardId, batch: BatchId) -> Result<(), Trouble> {
    let path = path(board, &format!("/codes/{batch}"));
    ask("DELETE", &path, None).await.map(drop)
}

/// A new link in place of a role's, as a path with a fragment, for organisers.
pub async fn replace_link(board: BoardId, role: Role) -> Result<String, Trouble> {
    let replaced: Replaced = send("POST", &path(board, "/links"), &ReplaceLink { role }).await?;
    Ok(replaced.link)
}

/// Has this browser forget who it was on the board in this role.
pub async fn leave(board: BoardId, role: Role) -> Result<(), Trouble> {
    let path = path(board, &format!("/me?as={}", word(role)));
    ask("DELETE", &path, None).await.map(drop)
}

/// The path of the board's live connection in a role.
#[must_use]
pub fn live_path(board: BoardId, role: Role) -> String {
    path(board, &format!("/live?as={}", word(role)))
}

/// A name for a file, after what it is about.
#[must_use]
pub fn file_name(about: &str, ending: &str) -> String {
    let name: String = about
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join("-");
    let name = if name.is_empty() { "board" } else { &name };
    format!("{name}.{ending}")
}

fn path(board: BoardId, rest: &str) -> String {
    format!("/api/boards/{board}{rest}")
}

fn word(role: Role) -> &'static str {
    match role {
        Role::Participant => "participant",
        Role::Facilitator => "facilitator",
        Role::Organiser => "organiser",
        Role::Projector => "projector",
    }
}

async fn send<T: DeserializeOwned>(
    method: &str,
    path: &str,
    body: &impl Serialize,
) -> Result<T, Trouble> {
    let body = serde_json::to_string(body).map_err(|_| Trouble::Unreadable)?;
    read(&ask(method, path, Some(&body)).await?)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    serde_json::from_str(text).map_err(|_| Trouble::Unreadable)
}

/// The body of the answer, if the request was granted.
async fn ask(method: &str, path: &str, body: Option<&str>) -> Result<String, Trouble> {
    let (status, text) = fetch(method, path, body)
        .await
        .map_err(|_| Trouble::Unreachable)?;
    match status {
        200..300 => Ok(text),
        _ => Err(trouble(&text)),
    }
}

fn trouble(answer: &str) -> Trouble {
    if let Ok(refusal) = serde_json::from_str::<Refusal>(answer) {
        Trouble::Refused(refusal.denied)
    } else {
        serde_json::from_str(answer).map_or(Trouble::Unreadable, Trouble::Fault)
    }
}

async fn fetch(method: &str, path: &str, body: Option<&str>) -> Result<(u16, String), JsValue> {
    let request = web_sys::RequestInit::new();
    request.set_method(method);
    if let Some(body) = body {
        let headers = web_sys::Headers::new()?;
        headers.set("content-type", "application/json")?;
        request.set_headers(&headers);
        request.set_body(&JsValue::from_str(body));
    }
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &request)).await?;
    let answer: web_sys::Response = answer.dyn_into()?;
    let text = JsFuture::from(answer.text()?).await?;
    Ok((answer.status(), text.as_string().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use candour_shared::denied::Denied;

    use super::*;
    use crate::view::trouble::words;

    #[test]
    fn a_file_is_named_after_its_board() {
        assert_eq!(
            file_name("Winter plans: A&E / 2026", "json"),
            "Winter-plans-A-E-2026.json"
        );
        assert_eq!(file_name("…", "csv"), "board.csv");
    }

    #[test]
    fn refusals_and_faults_are_told_apart() {
        let denied = Denied::NoSuchBoard;
        let message = denied.to_string();
        let refusal = serde_json::to_string(&Refusal { denied, message }).unwrap();
        assert_eq!(trouble(&refusal), Trouble::Refused(Denied::NoSuchBoard));
        let fault = r#"{"fault":"a7","message":"Something went wrong."}"#;
        assert!(words(&trouble(fault)).contains("number a7"));
        assert_eq!(trouble("<html>"), Trouble::Unreadable);
    }
}
