//! Where each thing may be at which moment. What the table does not allow is forbidden, and what it
//! allows has to be there: so the scan itself can fail.

use candour_shared::variants::all;
use strum::VariantArray;

use Canary::*;

/// The moments of the workshop at which everything is searched, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
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
    /// People discuss: replies wait, and a pulse is open.
    Discussed,
    /// The replies were revealed, and the pulse was closed.
    Replied,
    /// A facilitator held a reply, and erased another.
    Moderated,
    /// The discussion was left.
    Left,
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
    /// A reply that nothing happens to.
    Reply,
    /// The id under which its author posted it.
    ReplyId,
    /// What that reply said before it was rewritten, before anybody saw it.
    ReplyFormer,
    /// A reply that a facilitator takes off after it was revealed.
    ReplyHeld,
    /// A reply that a facilitator erases after it was revealed.
    ReplyErased,
    /// What a facilitator wrote down of the discussion.
    Remark,
    /// What a facilitator wrote down as agreed.
    Commitment,
    /// The question of a pulse.
    PulseQuestion,
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
    /// The tag under which somebody says *same here*.
    SameTag,
    /// What ballots depend on.
    BallotSalt,
    /// The tag of a dot.
    BallotTag,
    /// What the answers to a pulse depend on.
    PulseSalt,
    /// The tag of an answer.
    PulseTag,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
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

/// The columns of a cell: a letter of each moment, in their order; T, U, M and L are the discussion's.
const COLUMNS: &str = "WRAHKESVCTUMLDX";
/// A cell of a place where it never is.
const NEVER: &str = "···············";

/// The whole table. Nothing may ever be in what others are answered, in the log or in the metrics.
#[rustfmt::skip]
pub(super) const TABLE: &[Line] = &[
    //                      own                 others              newcomers           moderators          export              answers             files
    Line(Plain,             ["WRAHKES·C·UML··",  "·RAH·ES·C·UML··",  "·RAHKESVCTUML··",  "·RAH·ES·C·UML··",  "·RAHKESVCTUML··",  NEVER,              "WRAHKESVCTUML··"],
         "its author knows it, and it was revealed; the documents are sent anew whenever a text leaves them, at a seal and at a count"),
    Line(PlainId,           ["WRAHKES·C·UML··",  "·RAH·ES·C·UML··",  "·RAHKESVCTUML··",  "·RAH·ES·C·UML··",  NEVER,              NEVER,              "WRAHKESVCTUML··"],
         "as the note itself, but an export has ids of its own"),
    Line(Former,            ["W··············",  NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "WR·············"],
         "its author wrote it; the log holds what was written until it is compacted"),
    Line(Rewrite,           ["WRAHKES·C·UML··",  "·RAH·ES·C·UML··",  "·RAHKESVCTUML··",  "·RAH·ES·C·UML··",  "·RAHKESVCTUML··",  NEVER,              "WRAHKESVCTUML··"],
         "it is a note like any other"),
    Line(Withdrawn,         ["W··············",  NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "WR·············"],
         "its author wrote it; the log holds what was written until it is compacted"),
    Line(WithdrawnId,       ["W··············",  NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "WRAHKESVCTUML··"],
         "a late repeat must not bring the note back"),
    Line(Replaced,          ["WR·············",  "·R·············",  "·R·············",  "·R·············",  "·R·············",  NEVER,              "WR·············"],
         "it was revealed; nobody who comes after its replacement receives it"),
    Line(Replacement,       ["··AHKES·C·UML··",  "··AH·ES·C·UML··",  "··AHKESVCTUML··",  "··AH·ES·C·UML··",  "··AHKESVCTUML··",  NEVER,              "··AHKESVCTUML··"],
         "it is a note like any other"),
    Line(TakenBack,         ["WRA············",  "·R·············",  "·R·············",  "·R·············",  "·R·············",  NEVER,              "WR·············"],
         "it was revealed; nobody who comes after its withdrawal receives it"),
    Line(Held,              ["WRAHKE·········",  "·RA············",  "·RA············",  "·RAH·ES·C·UML··",  "·RA············",  NEVER,              "WRAHKESVCTUML··"],
         "it was revealed; once it is held its author and the moderators receive it, and nobody else"),
    Line(Queued,            ["···HKE·········",  NEVER,              NEVER,              "···H·ES·C·UML··",  NEVER,              NEVER,              "···HKESVCTUML··"],
         "its author may rewrite it; moderators decide about it"),
    Line(Erased,            ["WRAHK··········",  "·RAH···········",  "·RAHK··········",  "·RAH···········",  "·RAHK··········",  NEVER,              "WRAHK··········"],
         "it was revealed, and is nowhere once it is erased"),
    Line(ErasedId,          ["WRAHK··········",  "·RAH···········",  "·RAHK··········",  "·RAH···········",  NEVER,              NEVER,              "WRAHKESVCTUML··"],
         "a late repeat must not bring the note back"),
    Line(ErasedUnseen,      ["···HKE·········",  NEVER,              NEVER,              "···H·E·········",  NEVER,              NEVER,              "···HK··········"],
         "moderators decide about it; it is still there at the erasure of the other note, and nowhere after its own"),
    Line(TooLong,           [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER],
         "refused text is not kept"),
    Line(NhsNumber,         [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER],
         "refused text is not kept"),
    Line(Prompt,            ["WRAHKESVCTUML··",  "WRAHKESVCTUML··",  "WRAHKESVCTUML··",  "WRAHKESVCTUML··",  "WRAHKESVCTUML··",  NEVER,              "WRAHKESVCTUML··"],
         "facilitators speak to everyone"),
    Line(ClusterName,       ["······S·C·UML··",  "······S·C·UML··",  "······SVCTUML··",  "······S·C·UML··",  "······SVCTUML··",  NEVER,              "······SVCTUML··"],
         "people name clusters for everyone"),
    Line(Question,          ["·······VC·UML··",  "·······VC·UML··",  "·······VCTUML··",  "·······VC·UML··",  "·······VCTUML··",  NEVER,              "·······VCTUML··"],
         "facilitators ask everyone"),
    Line(Reply,             ["·········TUML··",  "··········UML··",  "··········UML··",  "··········UML··",  "··········UML··",  NEVER,              "·········TUML··"],
         "its author knows it, and it was revealed"),
    Line(ReplyId,           ["·········TUML··",  "··········UML··",  "··········UML··",  "··········UML··",  NEVER,              NEVER,              "·········TUML··"],
         "as the reply itself, but an export has ids of its own"),
    Line(ReplyFormer,       ["·········T·····",  NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "·········T·····"],
         "its author wrote it; the log holds what was written until it is compacted"),
    Line(ReplyHeld,         ["·········TUM···",  "··········U····",  "··········U····",  "··········UML··",  "··········U····",  NEVER,              "·········TUML··"],
         "it was revealed; once it is held its author and the moderators receive it, and nobody else"),
    Line(ReplyErased,       ["·········TUM···",  "··········UM···",  "··········U····",  "··········UM···",  "··········U····",  NEVER,              "·········TU····"],
         "it was revealed; it is still there while the other reply is held, and nowhere once it is erased"),
    Line(Remark,            ["·········TUML··",  "·········TUML··",  "·········TUML··",  "·········TUML··",  "·········TUML··",  NEVER,              "·········TUML··"],
         "facilitators write it down for everyone"),
    Line(Commitment,        ["·········TUML··",  "·········TUML··",  "·········TUML··",  "·········TUML··",  "·········TUML··",  NEVER,              "·········TUML··"],
         "facilitators write it down for everyone"),
    Line(PulseQuestion,     ["·········TUML··",  "·········TUML··",  "·········TUML··",  "·········TUML··",  "·········TUML··",  NEVER,              "·········TUML··"],
         "facilitators ask everyone"),
    Line(Token,             [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "WRAHKESVCTUML··",  NEVER],
         "who joins is given one; somebody joins at every moment"),
    Line(OrganiserSecret,   [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "W··············",  NEVER],
         "who makes a board is shown its links once"),
    Line(FacilitatorSecret, [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "W··············",  NEVER],
         "who makes a board, or replaces a link, is shown it once"),
    Line(ParticipantSecret, ["W·AH·ES·C·UML··",  NEVER,              NEVER,              "W·AH·ES·C·UML··",  NEVER,              "W··············",  "WRAHKESVCTUML··"],
         "facilitators show participants the way in"),
    Line(ProjectorSecret,   ["W·AH·ES·C·UML··",  NEVER,              NEVER,              "W·AH·ES·C·UML··",  NEVER,              "W··············",  "WRAHKESVCTUML··"],
         "facilitators open the screen that shows the board"),
    Line(Code,              [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "W··············",  NEVER],
         "who makes codes is shown them once"),
    Line(Hash,              [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "WRAHKESVCTUML··"],
         "the server knows by it who has joined and who may"),
    Line(ServerKey,         [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER],
         "it is in its own file alone"),
    Line(WritingSalt,       [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "WRAHKE·········"],
         "people can rewrite their notes while the writing is open"),
    Line(WritingTag,        [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "WRAHKE·········"],
         "people can rewrite their notes while the writing is open"),
    Line(SameTag,           [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "··AHKE·········"],
         "people can take back what they said while the writing is open"),
    Line(BallotSalt,        [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "·······V·······"],
         "people can move their dots while the round is open"),
    Line(BallotTag,         [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "·······V·······"],
         "people can move their dots while the round is open"),
    Line(PulseSalt,         [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "·········T·····"],
         "people can change their answer while the pulse is open"),
    Line(PulseTag,          [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              "·········T·····"],
         "people can change their answer while the pulse is open"),
    Line(Address,           [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER],
         "nothing needs it beyond the connection"),
    Line(UserAgent,         [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER],
         "nothing needs it"),
    Line(Forwarded,         [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER],
         "nothing needs it"),
    Line(Misplaced,         ["W··············",  NEVER,              NEVER,              NEVER,              NEVER,              "W··············",  NEVER],
         "whoever sends it is told what is wrong with it"),
    Line(Unread,            [NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER,              NEVER],
         "nobody needs to be told what they sent"),
];

impl Moment {
    pub(super) const ALL: [Self; Self::VARIANTS.len()] = all();
}

impl Place {
    pub(super) const ALL: [Self; Self::VARIANTS.len()] = all();
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
