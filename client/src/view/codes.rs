//! A batch of codes that was just made: shown, saved and printed this once.

use candour_shared::http::{Codes, board_path};
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;

use super::invite::batch_name;
use crate::text::codes as text;

/// A batch of codes that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodesView {
    /// The board's title.
    pub title: String,
    /// What the batch is called.
    pub batch: String,
    /// For which organisation; nothing if the board has none.
    pub organisation: Option<String>,
    /// The address at which a code is typed.
    pub address: String,
    /// The codes.
    pub codes: Vec<CodeView>,
}

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeView {
    /// As people type it.
    pub code: String,
    /// The whole address that brings it along.
    pub link: String,
}

/// Where the codes of a batch belong.
#[derive(Debug, Clone, Copy)]
pub struct Home<'a> {
    /// The address of the server, `https://candour.example`.
    pub origin: &'a str,
    /// The board.
    pub board: BoardId,
    /// Its title.
    pub title: &'a str,
}

impl CodesView {
    /// The codes as the server made them for an organisation.
    #[must_use]
    pub fn of(made: Codes, organisation: Option<String>, home: Home<'_>) -> Self {
        let path = board_path(home.board, Role::Participant);
        let address = format!("{}{path}", home.origin);
        let codes = made.codes.into_iter().map(|code| CodeView {
            link: format!("{address}#{code}"),
            code,
        });
        Self {
            title: home.title.to_owned(),
            batch: batch_name(made.batch),
            organisation,
            codes: codes.collect(),
            address,
        }
    }

    /// How many codes for whom: "14 codes for Ambulance".
    #[must_use]
    pub fn whose(&self) -> String {
        let count = self.codes.len();
        match &self.organisation {
            Some(organisation) => text::codes_for(&text::codes(count), organisation),
            None => text::codes(count),
        }
    }

    /// The links, one per line.
    #[must_use]
    pub fn links(&self) -> String {
        let links = self.codes.iter().map(|code| code.link.as_str());
        links.collect::<Vec<_>>().join("\n")
    }

    /// The codes as comma-separated values (RFC 4180), for a spreadsheet or a mail merge.
    #[must_use]
    pub fn csv(&self) -> String {
        let organisation = cell(self.organisation.as_deref().unwrap_or_default());
        let mut text = String::from("organisation,code,link\r\n");
        for CodeView { code, link } in &self.codes {
            text += &format!("{organisation},{},{}\r\n", cell(code), cell(link));
        }
        if text.is_ascii() {
            text
        } else {
            // Excel takes a file for one of its own old alphabets, unless it begins with this mark.
            format!("\u{feff}{text}")
        }
    }

    /// A name for that file, without its ending.
    #[must_use]
    pub fn file_stem(&self) -> String {
        let whose = self.organisation.as_deref().unwrap_or(&self.title);
        format!("{whose} {}", self.batch)
    }
}

/// A cell of comma-separated values. Spreadsheets take what begins with one of a few signs for a
/// formula; an apostrophe before it makes it text.
fn cell(text: &str) -> String {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let formula = text.trim_start().starts_with(SIGNS) || text.starts_with(char::is_control);
    let guard = if formula { "'" } else { "" };
    if formula || text.contains(['"', ',', '\r', '\n']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// What somebody typed or pasted as their code: the code itself, or what stands behind the `#` of a whole
/// link. Nothing if there is nothing.
#[must_use]
pub fn typed_secret(text: &str) -> Option<String> {
    let secret = text.rsplit('#').next().unwrap_or(text).trim();
    (!secret.is_empty()).then(|| secret.to_owned())
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::BatchId;

    use super::*;

    fn made(organisation: &str) -> CodesView {
        let codes = Codes {
            batch: BatchId::from_bytes([0x3F; 16]),
            codes: ["AAAAA-BBBBB-CCCCC-DDDDD", "EEEEE-FFFFF-GGGGG-HHHHH"]
                .map(String::from)
                .into(),
        };
        let home = Home {
            origin: "https://candour.example",
            board: BoardId::from_bytes([0; 16]),
            title: "Winter plans",
        };
        CodesView::of(codes, Some(organisation.to_owned()), home)
    }

    #[test]
    fn every_code_is_also_a_link() {
        let made = made("Ambulance");
        let address = "https://candour.example/b/AAAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(made.address, address);
        let links = made.links();
        assert_eq!(
            links.lines().next(),
            Some(&*format!("{address}#AAAAA-BBBBB-CCCCC-DDDDD"))
        );
        assert_eq!(links.lines().count(), 2);
        assert_eq!(made.whose(), "2 codes for Ambulance");
        assert_eq!(made.file_stem(), "Ambulance Batch 3F3F");
    }

    #[test]
    fn a_spreadsheet_reads_organisation_code_and_link() {
        let text = made("Ambulance").csv();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], "organisation,code,link");
        assert_eq!(
            lines[1],
            "Ambulance,AAAAA-BBBBB-CCCCC-DDDDD,\
             https://candour.example/b/AAAAAAAAAAAAAAAAAAAAAA#AAAAA-BBBBB-CCCCC-DDDDD"
        );
        assert_eq!(lines.len(), 4, "two codes, and the last line ends");
        assert_eq!(lines[3], "");
    }

    #[test]
    fn commas_and_quotes_stay_in_their_cell() {
        assert_eq!(cell("Health, care"), "\"Health, care\"");
        assert_eq!(cell("The \"Hub\""), "\"The \"\"Hub\"\"\"");
        assert_eq!(cell("Two\nlines"), "\"Two\nlines\"");
    }

    #[test]
    fn an_organisations_name_is_never_a_formula() {
        for name in [
            "=HYPERLINK(\"http://x\")",
            "+1",
            "-1",
            "@SUM(A1)",
            " =1",
            "\t=1",
            "＝1",
        ] {
            let cell = cell(name);
            assert!(cell.starts_with("\"'"), "{cell}");
        }
        assert_eq!(cell("St Mary-le-Bow"), "St Mary-le-Bow");
    }

    #[test]
    fn names_beyond_ascii_are_marked_for_excel() {
        assert!(made("Café Müller").csv().starts_with('\u{feff}'));
        assert!(made("Cafe").csv().starts_with("organisation"));
    }

    #[test]
    fn a_code_is_taken_as_typed_or_out_of_a_pasted_link() {
        let typed = |text| typed_secret(text);
        assert_eq!(typed(" aaaaa bbbbb "), Some("aaaaa bbbbb".into()));
        assert_eq!(
            typed("https://candour.example/b/AAAA#AAAAA-BBBBB"),
            Some("AAAAA-BBBBB".into())
        );
        assert_eq!(typed("  "), None);
        assert_eq!(typed("https://candour.example/b/AAAA#"), None);
    }
}
