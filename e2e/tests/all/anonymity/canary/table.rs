//! Where each thing may be at which moment. What the table does not allow is forbidden, and what it
//! allows has to be there: so the scan itself can fail.

use Canary::*;

/// The moments of the workshop at which everything is searched, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    /// People have written; nothing was revealed.
    Written,
    /// The notes were revealed.
    Revealed,
    /// Rewrites and withdrawals were released.
    Amended,
    /// A facilitator holds a note that was revealed, and one that waited for them.
    Held,
    /// The server was killed and started again.
    Killed,
    /// A facilitator erased a note that was revealed, and one that waited for them.
    Erased,
    /// Writing was left.
    Sealed,
    /// A round of voting is open.
    Voted,
    /// The round was closed.
    Counted,
    /// The boards were deleted.
    Deleted,
    /// The server was stopped.
    Stopped,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Canary {
    /// A note that nothing happens to.
    Plain,
    /// The id under which its author posted it.
    PlainId,
    /// What a note said before it was rewritten, before anybody saw it.
    Former,
    /// What that note says instead.
    Rewrite,
    /// A note withdrawn before anybody saw it.
    Withdrawn,
    /// The id of that note.
    WithdrawnId,
    /// What a revealed note said before it was rewritten.
    Replaced,
    /// What that note says instead.
    Replacement,
    /// A note withdrawn after it was revealed.
    TakenBack,
    /// A note that a facilitator takes off after it was revealed.
    Held,
    /// A note that a facilitator holds before it was revealed.
    Queued,
    /// A note that a facilitator erases after it was revealed.
    Erased,
    /// The id of that note.
    ErasedId,
    /// A note that a facilitator erases before it was revealed.
    ErasedUnseen,
    /// A note that is refused because it is too long.
    TooLong,
    /// A note that is refused because it seems to contain an NHS number.
    NhsNumber,
    /// A facilitator's prompt.
    Prompt,
    /// The name of a cluster.
    ClusterName,
    /// The question of a round.
    Question,
    /// Anybody's token, from a cookie or not.
    Token,
    /// The secret of an organiser's link.
    OrganiserSecret,
    /// The secret of a facilitators' link.
    FacilitatorSecret,
    /// The secret of a participants' link.
    ParticipantSecret,
    /// The secret of a projector's link.
    ProjectorSecret,
    /// A single-use code.
    Code,
    /// The SHA-256 of a token, a link's secret or a code.
    Hash,
    /// The server key.
    ServerKey,
    /// What ownership tags depend on.
    WritingSalt,
    /// The ownership tag of the plain note.
    WritingTag,
    /// What ballots depend on.
    BallotSalt,
    /// The tag of a dot.
    BallotTag,
    /// A client's address.
    Address,
    /// What a client calls itself.
    UserAgent,
    /// Where a proxy says that a client is.
    Forwarded,
    /// A part of a request that can be read, but is not what belongs there.
    Misplaced,
    /// A part of a request that can't be read, or that nothing asks for.
    Unread,
}

/// Where it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The frames of whose it is.
    Own,
    /// The frames of other participants, who are there all the time.
    Others,
    /// The frames of participants who come, or come back, at this moment.
    Newcomers,
    /// The frames of facilitators and organisers whose it is not.
    Moderators,
    /// The board as an organiser takes it away.
    Export,
    /// What else whoever it belongs to was answered over HTTP.
    Answers,
    /// The files in the database's folder, but for the key and the log.
    Files,
    /// What anybody else was answered over HTTP.
    OthersAnswers,
    /// What the server wrote to its log.
    Log,
    /// What the server tells Prometheus.
    Metrics,
}

/// A line of the table: a canary, for each of the first seven [`Place`]s the moments at which it is
/// there, and why it may be.
pub(super) struct Line(
    pub(super) Canary,
    pub(super) [&'static str; 7],
    pub(super) &'static str,
);

/// The columns of a cell: a letter of each moment, in their order.
const COLUMNS: &str = "WRAHKESVCDX";
/// A cell of a place where it never is.
const NEVER: &str = "···········";

/// The whole table. Nothing may ever be in what others are answered, in the log or in the metrics.
#[rustfmt::skip]
pub(super) const TABLE: &[Line] = &[
    //                      own            others         newcomers      moderators     export         answers        files
    Line(Plain,             ["WRAHKES·C··", "·RAH·ES·C··", "·RAHKESVC··", "·RAH·ES·C··", "·RAHKESVC··", NEVER,         "WRAHKESVC··"],
         "its author knows it, and it was revealed; the documents are sent anew whenever a text leaves them, at a seal and at a count"),
    Line(PlainId,           ["WRAHKES·C··", "·RAH·ES·C··", "·RAHKESVC··", "·RAH·ES·C··", NEVER,         NEVER,         "WRAHKESVC··"],
         "as the note itself, but an export has ids of its own"),
    Line(Former,            ["W··········", NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "WR·········"],
         "its author wrote it; the log holds what was written until it is compacted"),
    Line(Rewrite,           ["WRAHKES·C··", "·RAH·ES·C··", "·RAHKESVC··", "·RAH·ES·C··", "·RAHKESVC··", NEVER,         "WRAHKESVC··"],
         "it is a note like any other"),
    Line(Withdrawn,         ["W··········", NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "WR·········"],
         "its author wrote it; the log holds what was written until it is compacted"),
    Line(WithdrawnId,       ["W··········", NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "WRAHKESVC··"],
         "a late repeat must not bring the note back"),
    Line(Replaced,          ["WR·········", "·R·········", "·R·········", "·R·········", "·R·········", NEVER,         "WR·········"],
         "it was revealed; nobody who comes after its replacement receives it"),
    Line(Replacement,       ["··AHKES·C··", "··AH·ES·C··", "··AHKESVC··", "··AH·ES·C··", "··AHKESVC··", NEVER,         "··AHKESVC··"],
         "it is a note like any other"),
    Line(TakenBack,         ["WRA········", "·R·········", "·R·········", "·R·········", "·R·········", NEVER,         "WR·········"],
         "it was revealed; nobody who comes after its withdrawal receives it"),
    Line(Held,              ["WRAHKE·····", "·RA········", "·RA········", "·RAH·ES·C··", "·RA········", NEVER,         "WRAHKESVC··"],
         "it was revealed; once it is held its author and the moderators receive it, and nobody else"),
    Line(Queued,            ["···HKE·····", NEVER,         NEVER,         "···H·ES·C··", NEVER,         NEVER,         "···HKESVC··"],
         "its author may rewrite it; moderators decide about it"),
    Line(Erased,            ["WRAHK······", "·RAH·······", "·RAHK······", "·RAH·······", "·RAHK······", NEVER,         "WRAHK······"],
         "it was revealed, and is nowhere once it is erased"),
    Line(ErasedId,          ["WRAHK······", "·RAH·······", "·RAHK······", "·RAH·······", NEVER,         NEVER,         "WRAHKESVC··"],
         "a late repeat must not bring the note back"),
    Line(ErasedUnseen,      ["···HKE·····", NEVER,         NEVER,         "···H·E·····", NEVER,         NEVER,         "···HK······"],
         "moderators decide about it; it is still there at the erasure of the other note, and nowhere after its own"),
    Line(TooLong,           [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER],
         "refused text is not kept"),
    Line(NhsNumber,         [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER],
         "refused text is not kept"),
    Line(Prompt,            ["W·AH·ES·C··", "W·AH·ES·C··", "WRAHKESVC··", "W·AH·ES·C··", "WRAHKESVC··", NEVER,         "WRAHKESVC··"],
         "facilitators speak to everyone"),
    Line(ClusterName,       ["······S·C··", "······S·C··", "······SVC··", "······S·C··", "······SVC··", NEVER,         "······SVC··"],
         "people name clusters for everyone"),
    Line(Question,          ["·······VC··", "·······VC··", "·······VC··", "·······VC··", "·······VC··", NEVER,         "·······VC··"],
         "facilitators ask everyone"),
    Line(Token,             [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "WRAHKESVC··", NEVER],
         "who joins is given one; somebody joins at every moment"),
    Line(OrganiserSecret,   [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "W··········", NEVER],
         "who makes a board is shown its links once"),
    Line(FacilitatorSecret, [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "W··········", NEVER],
         "who makes a board, or replaces a link, is shown it once"),
    Line(ParticipantSecret, ["W·AH·ES·C··", NEVER,         NEVER,         "W·AH·ES·C··", NEVER,         "W··········", "WRAHKESVC··"],
         "facilitators show participants the way in"),
    Line(ProjectorSecret,   ["W·AH·ES·C··", NEVER,         NEVER,         "W·AH·ES·C··", NEVER,         "W··········", "WRAHKESVC··"],
         "facilitators open the screen that shows the board"),
    Line(Code,              [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "W··········", NEVER],
         "who makes codes is shown them once"),
    Line(Hash,              [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "WRAHKESVC··"],
         "the server knows by it who has joined and who may"),
    Line(ServerKey,         [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER],
         "it is in its own file alone"),
    Line(WritingSalt,       [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "WRAHKE·····"],
         "people can rewrite their notes while the writing is open"),
    Line(WritingTag,        [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "WRAHKE·····"],
         "people can rewrite their notes while the writing is open"),
    Line(BallotSalt,        [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "·······V···"],
         "people can move their dots while the round is open"),
    Line(BallotTag,         [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         "·······V···"],
         "people can move their dots while the round is open"),
    Line(Address,           [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER],
         "nothing needs it beyond the connection"),
    Line(UserAgent,         [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER],
         "nothing needs it"),
    Line(Forwarded,         [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER],
         "nothing needs it"),
    Line(Misplaced,         ["W··········", NEVER,         NEVER,         NEVER,         NEVER,         "W··········", NEVER],
         "whoever sends it is told what is wrong with it"),
    Line(Unread,            [NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER,         NEVER],
         "nobody needs to be told what they sent"),
];

impl Moment {
    pub(super) const ALL: [Self; 11] = [
        Self::Written,
        Self::Revealed,
        Self::Amended,
        Self::Held,
        Self::Killed,
        Self::Erased,
        Self::Sealed,
        Self::Voted,
        Self::Counted,
        Self::Deleted,
        Self::Stopped,
    ];
}

impl Place {
    pub(super) const ALL: [Self; 10] = [
        Self::Own,
        Self::Others,
        Self::Newcomers,
        Self::Moderators,
        Self::Export,
        Self::Answers,
        Self::Files,
        Self::OthersAnswers,
        Self::Log,
        Self::Metrics,
    ];
}

impl Line {
    /// Whether the canary is there at that moment, according to the table.
    pub(super) fn says(&self, place: Place, moment: Moment) -> bool {
        let cell = self.1.get(place as usize).copied().unwrap_or(NEVER);
        cell.chars()
            .nth(moment as usize)
            .is_some_and(|mark| mark != '·')
    }
}

/// A slip of the pen must not look like a decision.
#[test]
fn the_table_has_one_line_for_everything_and_a_letter_only_in_its_column() {
    let kinds: Vec<Canary> = TABLE.iter().map(|Line(canary, ..)| *canary).collect();
    assert!(
        kinds.is_sorted_by(|one, next| *next as usize == *one as usize + 1),
        "{kinds:?}"
    );
    assert_eq!((kinds.first(), kinds.last()), (Some(&Plain), Some(&Unread)));
    for Line(canary, cells, _) in TABLE {
        for cell in cells {
            assert_eq!(
                cell.chars().count(),
                Moment::ALL.len(),
                "{canary:?}: {cell}"
            );
            for (mark, column) in cell.chars().zip(COLUMNS.chars()) {
                assert!(mark == '·' || mark == column, "{canary:?}: {cell}");
            }
        }
    }
}
