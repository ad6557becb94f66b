//! What is left of a board that is gone, in words.

use candour_shared::http::{Ending, Receipt};

use super::date;
use crate::text::receipt as text;

/// Why and when the board went: "Its organiser deleted it on 24 December 2026."
#[must_use]
pub fn words(receipt: &Receipt) -> String {
    let on = date::in_words(receipt.on);
    match receipt.ending {
        Ending::Deleted => text::deleted_on(&on),
        Ending::Expired => text::expired_on(&on),
    }
}

/// The receipt as a text to be kept. `origin` is the address of the server.
#[must_use]
pub fn file(receipt: &Receipt, origin: &str) -> String {
    text::file(origin, &receipt.board.to_string(), &words(receipt))
}

/// A name for that file.
#[must_use]
pub fn file_name(receipt: &Receipt) -> String {
    format!("receipt-{}-{}.txt", receipt.on, receipt.board)
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::BoardId;

    use super::*;

    fn receipt(ending: Ending) -> Receipt {
        Receipt {
            board: BoardId::from_bytes([0; 16]),
            ending,
            on: "2026-12-24".parse().unwrap(),
        }
    }

    #[test]
    fn a_receipt_says_why_and_when() {
        let deleted = words(&receipt(Ending::Deleted));
        assert_eq!(deleted, "Its organiser deleted it on 24 December 2026.");
        let expired = words(&receipt(Ending::Expired));
        assert!(expired.contains("time was over"), "{expired}");
    }

    #[test]
    fn its_file_names_the_server_and_the_board_and_what_is_gone() {
        let text = file(&receipt(Ending::Deleted), "https://candour.example");
        for part in [
            "https://candour.example",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "24 December 2026",
            "write-ahead log",
            "free pages",
        ] {
            assert!(text.contains(part), "{text}");
        }
        let name = file_name(&receipt(Ending::Deleted));
        assert_eq!(name, "receipt-2026-12-24-AAAAAAAAAAAAAAAAAAAAAA.txt");
    }
}
