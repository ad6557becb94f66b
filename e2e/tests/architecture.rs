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
    for folder in ["server/src", "shared/src", "client/page/src", "client/src"] {
        for file in files_with(folder, &sql) {
            assert!(file.starts_with("server/src/log/"), "{file}");
        }
    }
}

#[test]
fn only_the_document_knows_yrs() {
    let known = ["shared/src/document.rs", "shared/src/document/access.rs"];
    for folder in ["server/src", "shared/src", "client/page/src", "client/src"] {
        for file in files_with(folder, &["use yrs", "yrs::"]) {
            assert!(known.contains(&file.as_str()), "{file}");
        }
    }
}

/// What makes code depend on more than what it is asked.
const IMPURE: [&str; 13] = [
    "tokio",
    "axum",
    "sqlx",
    "leptos",
    "web_sys",
    "jiff",
    "std::time",
    "std::fs",
    "std::net",
    "SysRng",
    "js_sys",
    "async fn",
    "Clock",
];

#[test]
fn the_engine_and_the_page_touch_no_socket_disk_clock_or_randomness_of_their_own() {
    for folder in ["server/src/board/engine", "client/page/src"] {
        let impure = files_with(folder, &IMPURE);
        assert!(impure.is_empty(), "{impure:?}");
    }
    let engine = fs::read_to_string(workspace().join("server/src/board/engine.rs")).unwrap();
    assert!(!IMPURE.iter().any(|word| engine.contains(word)));
}

#[test]
fn the_desk_knows_no_socket_the_room_no_engine_and_their_channel_no_connection() {
    let board = workspace().join("server/src/board");
    let channel = fs::read_to_string(board.join("channel.rs")).unwrap();
    let of_a_connection = ["SocketAddr", "IpAddr", "HeaderMap", "Outbox", "Instant"];
    for word in of_a_connection {
        assert!(!channel.contains(word), "the channel mentions {word}");
    }
    let rooms = ["room::", "Outbox", "socket::"];
    let desks = ["engine::", "Engine", "desk::", "Vault"];
    for (half, others) in [("desk", &rooms[..]), ("room", &desks)] {
        let folder = format!("server/src/board/{half}");
        let mut knowing = files_with(&folder, others);
        let root = fs::read_to_string(board.join(format!("{half}.rs"))).unwrap();
        if others.iter().any(|word| root.contains(word)) {
            knowing.push(half.to_owned());
        }
        assert!(knowing.is_empty(), "{half}: {knowing:?}");
    }
}

#[test]
fn permission_is_one_row_a_verb_without_wildcards() {
    let policy = fs::read_to_string(workspace().join("shared/src/policy.rs")).unwrap();
    let (_, check) = policy.split_once("pub fn check(").unwrap();
    let (check, _) = check.split_once("#[cfg(test)]").unwrap();
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
    let page = dependencies("client/page");
    for far in [
        "tokio",
        "leptos",
        "web-sys",
        "js-sys",
        "candour-server",
        "candour-client",
    ] {
        assert!(!page.contains(far), "client/page depends on {far}");
    }
    assert!(!dependencies("client").contains("candour-server"));
    assert!(!dependencies("server").contains("candour-client"));
}

/// Names of keys, which are the same on every keyboard that says them.
const KEYS: [&str; 17] = [
    "Alt",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ContextMenu",
    "Control",
    "Ctrl",
    "Digit",
    "End",
    "Enter",
    "Escape",
    "F10",
    "Home",
    "Numpad",
    "Shift",
    "Tab",
];

/// What stands before a string that only programs and those who write them read.
const FOR_PROGRAMS: [(&str, &str); 4] = [
    ("panic!(", "said to who compiles the page"),
    ("class=", "names of rules of style"),
    ("-describedby=", "ids"),
    ("reason =", "says why a lint is off"),
];

/// Strings that look like words and are none.
const NO_WORDS: [(&str, &str); 8] = [
    ("Canvas", "a colour of the system"),
    ("CanvasText", "a colour of the system"),
    ("GrayText", "a colour of the system"),
    ("Highlight", "a colour of the system"),
    ("XXXXX-XXXXX-XXXXX-XXXXX", "the form of a code"),
    (
        "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
        "names of fonts",
    ),
    (
        ".queued[data-note=\"\u{fffc}\"] + .queued button",
        "a selector",
    ),
    (
        "the copy of the board is out of step",
        "an error that is never shown",
    ),
];

/// A string in a source.
struct Literal<'a> {
    /// What stands before it.
    before: &'a str,
    /// What stands after it.
    after: &'a str,
    /// What it says; `\u{fffc}` stands for what is put into it.
    text: String,
}

impl Literal<'_> {
    /// Whether people would read it: it stands where a page shows it, it begins like a sentence, or it has
    /// two words.
    fn is_read(&self) -> bool {
        let in_view = self.before.ends_with('>') && !self.before.ends_with("=>");
        let shown = ["label=", "title=", "placeholder=", "alt=", "verb="];
        let shown = in_view
            || self.after.starts_with('<')
            || shown.iter().any(|name| self.before.ends_with(name));
        let letters: Vec<char> = self.text.chars().collect();
        let two_words = letters.windows(4).any(|four| {
            four[1] == ' ' && [0, 2, 3].iter().all(|index| four[*index].is_alphabetic())
        });
        let mut beginning = self.text.trim_start().chars();
        let sentence = beginning.next().is_some_and(char::is_uppercase)
            && beginning.next().is_some_and(char::is_lowercase);
        two_words || sentence || (shown && self.text.contains(char::is_alphabetic))
    }

    /// Whether there is a reason why it isn't in the catalogue.
    fn is_exempt(&self) -> bool {
        let mut words = self.text.split(|c: char| !c.is_alphanumeric());
        let keys = words.all(|word| word.chars().count() < 2 || KEYS.contains(&word));
        let markup = self.text.starts_with('<');
        let for_programs = |(before, _): &(&str, &str)| self.before.ends_with(before);
        let no_words = |(text, _): &(&str, &str)| self.text == *text;
        keys || markup || FOR_PROGRAMS.iter().any(for_programs) || NO_WORDS.iter().any(no_words)
    }
}

/// The strings of a source, without those in comments and tests.
fn literals(source: &str) -> Vec<Literal<'_>> {
    let source = source.split("#[cfg(test)]").next().unwrap();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let (length, inside) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if let Some(raw) = rest.strip_prefix("r\"") {
            let end = raw.find('"').unwrap();
            (2 + end + 1, Some(&raw[..end]))
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").unwrap();
            (3 + end + 2, Some(&raw[..end]))
        } else if first == '"' {
            let end = end_of_string(rest);
            (end + 1, Some(&rest[1..end]))
        } else if rest.starts_with("'\\") {
            (3 + rest[3..].find('\'').unwrap() + 1, None)
        } else if first == '\'' && rest.chars().nth(2) == Some('\'') {
            (rest.char_indices().nth(3).unwrap().0, None)
        } else {
            (first.len_utf8(), None)
        };
        if let Some(inside) = inside {
            found.push(Literal {
                before: source[..at].trim_end(),
                after: source[at + length..].trim_start(),
                text: said(inside),
            });
        }
        at += length;
    }
    found
}

/// Where the string ends with which the source begins.
fn end_of_string(source: &str) -> usize {
    let mut escaped = false;
    let end = source.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.unwrap().0
}

/// What a string says: in one line, and without what is put into it.
fn said(inside: &str) -> String {
    let mut text = String::new();
    let mut rest = inside.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '{' => {
                rest.by_ref().find(|c| *c == '}');
                text.push('\u{fffc}');
            }
            '\\' => match rest.next() {
                Some('\n') => while rest.next_if(|c| c.is_whitespace()).is_some() {},
                Some('"') => text.push('"'),
                _ => text.push('\n'),
            },
            '\n' => {
                while rest.next_if(|c| c.is_whitespace()).is_some() {}
                text.push(' ');
            }
            c => text.push(c),
        }
    }
    text
}

#[test]
fn every_text_of_the_page_stands_in_the_catalogue() {
    let mut outside = Vec::new();
    for (file, source) in sources("client/src") {
        if file.starts_with("client/src/text/") || file.contains("/tests") {
            continue;
        }
        let read = literals(&source).into_iter();
        for literal in read.filter(|literal| literal.is_read() && !literal.is_exempt()) {
            let line = literal.before.lines().count();
            outside.push(format!("{file}:{line}: {:?}", literal.text));
        }
    }
    outside.sort();
    assert!(
        outside.is_empty(),
        "these belong into client/src/text:\n{}",
        outside.join("\n")
    );
}
