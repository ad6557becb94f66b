//! The invariants of ARCHITECTURE.md that can be read off the sources.

#![expect(
    clippy::unwrap_used,
    reason = "a test that panics has failed, as it should"
)]

use std::fs;
use std::path::{Path, PathBuf};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// Every source file below a folder, with its path from the workspace's root.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![workspace().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(workspace())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// The files below a folder that contain one of these words, comments and tests included.
fn files_with(folder: &str, words: &[&str]) -> Vec<String> {
    let has = |text: &String| words.iter().any(|word| text.contains(word));
    let with = sources(folder).into_iter().filter(|(_, text)| has(text));
    with.map(|(name, _)| name).collect()
}

fn dependencies(of: &str) -> String {
    let manifest = fs::read_to_string(workspace().join(of).join("Cargo.toml")).unwrap();
    let (_, dependencies) = manifest.split_once("[dependencies]").unwrap();
    dependencies
        .split("[dev-dependencies]")
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn sql_is_spoken_in_the_log_alone() {
    let sql = ["sqlx::", "SELECT ", "INSERT INTO", "DELETE FROM", "PRAGMA "];
    for folder in ["server/src", "shared/src", "client/src"] {
        for file in files_with(folder, &sql) {
            let error_of_the_log = file == "server/src/log.rs";
            assert!(
                file.starts_with("server/src/log/") || error_of_the_log,
                "{file}"
            );
        }
    }
}

#[test]
fn only_wall_backstage_and_replica_know_yrs() {
    let known = [
        "shared/src/wall.rs",
        "shared/src/backstage.rs",
        "shared/src/replica.rs",
    ];
    for folder in ["server/src", "shared/src", "client/src"] {
        for file in files_with(folder, &["use yrs", "yrs::"]) {
            assert!(known.contains(&file.as_str()), "{file}");
        }
    }
}

#[test]
fn the_heart_touches_no_socket_disk_clock_or_randomness_of_its_own() {
    let pure = [
        "heart",
        "vault",
        "release",
        "voting",
        "notes",
        "clusters",
        "moderation",
        "phases",
        "agenda",
        "discussion",
        "pulse",
        "same_here",
        "admission",
        "backing",
    ];
    let impure = [
        "tokio::",
        "std::time",
        "std::fs",
        "std::net",
        "jiff::",
        "SysRng",
        "async fn",
    ];
    for name in pure {
        let file = format!("server/src/board/{name}.rs");
        let text = fs::read_to_string(workspace().join(&file)).unwrap();
        for word in impure {
            assert!(!text.contains(word), "{file} mentions {word}");
        }
    }
}

#[test]
fn permission_is_one_match_without_wildcards_over_verbs_and_phases() {
    let policy = fs::read_to_string(workspace().join("shared/src/policy.rs")).unwrap();
    let (_, check) = policy.split_once("pub const fn check(").unwrap();
    let (check, _) = check.split_once("#[cfg(test)]").unwrap();
    // Whatever verbs there will be, a projector does none of them.
    let check = check.replacen("(_, _, R::Projector) => Err(Denied::OnlyShows),", "", 1);
    assert!(
        !check.contains("(_,") && !check.contains("_ =>"),
        "a wildcard decides"
    );
}

#[test]
fn dependencies_point_one_way() {
    let shared = dependencies("shared");
    for far in ["tokio", "axum", "leptos", "web-sys", "candour-"] {
        assert!(!shared.contains(far), "shared depends on {far}");
    }
    assert!(!dependencies("client").contains("candour-server"));
    assert!(!dependencies("server").contains("candour-client"));
}
