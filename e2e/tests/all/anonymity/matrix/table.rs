//! Who may do what in which phase, written down a second time, so that a slip in the policy is noticed.
//!
//! For each verb and role one letter per phase, in the order Lobby, Write, Cluster, Vote, Discuss, Closed.
//! The phase's own letter: it is done. `-`: not in this phase. `.`: for facilitators only. `n`: they may,
//! but there is no note yet. `l`: the clusters are locked. `p`: posting is paused. `s`: the code is spent.
//! `o`: a projector only shows.

use candour_shared::command::Verb;
use candour_shared::denied::Denied;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::variants::all;
use strum::VariantArray;

/// What holds as a rule.
const TABLE: &str = "
                    Participant  Facilitator  Organiser    Projector
PostNote            -W----       -W----       -W----       oooooo
EditNote            -W--D-       -W--D-       -W--D-       oooooo
WithdrawNote        -W--D-       -W--D-       -W--D-       oooooo
PostReply           ----D-       ----D-       ----D-       oooooo
SameHere            -W----       -W----       -W----       oooooo
FlagNote            nWCVDX       nWCVDX       nWCVDX       oooooo
Move                --C---       --C-D-       --C-D-       oooooo
MakeCluster         --C---       --C-D-       --C-D-       oooooo
AddToCluster        --C---       --C-D-       --C-D-       oooooo
NameCluster         --C---       --C-D-       --C-D-       oooooo
MergeClusters       --C---       --C-D-       --C-D-       oooooo
DissolveCluster     --C---       --C-D-       --C-D-       oooooo
CastDots            ---V--       ---V--       ---V--       oooooo
AnswerPulse         LWCVD-       LWCVD-       LWCVD-       oooooo
SetPhase            ......       LWCVDX       LWCVDX       oooooo
Reveal              ......       -W--D-       -W--D-       oooooo
PutStep             ......       LWCVD-       LWCVD-       oooooo
RemoveStep          ......       LWCVD-       LWCVD-       oooooo
SetSpotlight        ......       nWCVD-       nWCVD-       oooooo
SetTimer            ......       LWCVD-       LWCVD-       oooooo
StopTimer           ......       LWCVD-       LWCVD-       oooooo
LockClusters        ......       LWCVD-       LWCVD-       oooooo
SetPreModeration    ......       LWCVD-       LWCVD-       oooooo
SetDoors            ......       LWCVD-       LWCVD-       oooooo
PausePosting        ......       LWCVD-       LWCVD-       oooooo
HoldNote            ......       nWCVDX       nWCVDX       oooooo
ReleaseNotes        ......       nWCVD-       nWCVD-       oooooo
EraseNote           ......       nWCVDX       nWCVDX       oooooo
SettleFlag          ......       LWCVDX       LWCVDX       oooooo
OpenPulse           ......       LWCVD-       LWCVD-       oooooo
ClosePulse          ......       LWCVD-       LWCVD-       oooooo
PutCommitment       ......       --CVD-       --CVD-       oooooo
RemoveCommitment    ......       --CVD-       --CVD-       oooooo
SetRemark           ......       --CVD-       --CVD-       oooooo
OpenRound           ......       ---V--       ---V--       oooooo
CloseRound          ......       ---V--       ---V--       oooooo
";

/// What else holds while a facilitator has locked the clusters.
const LOCKED: &str = "
                    Participant  Facilitator  Organiser    Projector
Move                --l---       --C-D-       --C-D-       oooooo
MakeCluster         --l---       --C-D-       --C-D-       oooooo
AddToCluster        --l---       --C-D-       --C-D-       oooooo
NameCluster         --l---       --C-D-       --C-D-       oooooo
MergeClusters       --l---       --C-D-       --C-D-       oooooo
DissolveCluster     --l---       --C-D-       --C-D-       oooooo
";

/// What else holds while a facilitator has paused posting: taking back is always possible.
const PAUSED: &str = "
                    Participant  Facilitator  Organiser    Projector
PostNote            -p----       -p----       -p----       oooooo
EditNote            -p--p-       -p--p-       -p--p-       oooooo
PostReply           ----p-       ----p-       ----p-       oooooo
";

/// What else holds for whoever came in by a code by which somebody else has contributed. To flag a note is no
/// contribution.
const SPENT: &str = "
                    Participant  Facilitator  Organiser    Projector
PostNote            -s----       -W----       -W----       oooooo
EditNote            -s--s-       -W--D-       -W--D-       oooooo
WithdrawNote        -s--s-       -W--D-       -W--D-       oooooo
PostReply           ----s-       ----D-       ----D-       oooooo
SameHere            -s----       -W----       -W----       oooooo
Move                --s---       --C-D-       --C-D-       oooooo
MakeCluster         --s---       --C-D-       --C-D-       oooooo
AddToCluster        --s---       --C-D-       --C-D-       oooooo
NameCluster         --s---       --C-D-       --C-D-       oooooo
MergeClusters       --s---       --C-D-       --C-D-       oooooo
DissolveCluster     --s---       --C-D-       --C-D-       oooooo
CastDots            ---s--       ---V--       ---V--       oooooo
AnswerPulse         sssss-       LWCVD-       LWCVD-       oooooo
";

/// In what situation a board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum Situation {
    Usual,
    Locked,
    Paused,
    /// Participants come in by codes, and all are spent.
    Spent,
}

impl Situation {
    pub(super) const ALL: [Self; Self::VARIANTS.len()] = all();
}

/// The answer to a verb.
pub(super) fn answer(
    role: Role,
    verb: Verb,
    phase: Phase,
    situation: Situation,
) -> Result<(), Denied> {
    let usual = || cell(TABLE, role, verb, phase);
    let letter = match situation {
        Situation::Usual => None,
        Situation::Locked => cell(LOCKED, role, verb, phase),
        Situation::Paused => cell(PAUSED, role, verb, phase),
        Situation::Spent => cell(SPENT, role, verb, phase),
    };
    let letter = letter.or_else(usual);
    match letter.unwrap_or_else(|| panic!("{verb:?} is missing from the table")) {
        '-' => Err(Denied::WrongPhase { phase }),
        '.' => Err(Denied::FacilitatorsOnly),
        'n' => Err(Denied::NoSuchNote),
        'l' => Err(Denied::Locked),
        'p' => Err(Denied::PostingPaused),
        's' => Err(Denied::CodeSpent),
        'o' => Err(Denied::OnlyShows),
        other => {
            assert_eq!(other, letter_of(phase), "{verb:?} in {phase}");
            Ok(())
        }
    }
}

fn letter_of(phase: Phase) -> char {
    match phase {
        Phase::Lobby => 'L',
        Phase::Write => 'W',
        Phase::Cluster => 'C',
        Phase::Vote => 'V',
        Phase::Discuss => 'D',
        Phase::Closed => 'X',
    }
}

fn cell(table: &str, role: Role, verb: Verb, phase: Phase) -> Option<char> {
    let mut lines = table.trim().lines().map(str::split_whitespace);
    let roles: Vec<&str> = lines.next().unwrap().collect();
    assert_eq!(roles, Role::ALL.map(|role| format!("{role:?}")));
    let column = Role::ALL.iter().position(|it| *it == role).unwrap();
    let name = format!("{verb:?}");
    let cells = lines.find_map(|mut line| (line.next() == Some(&*name)).then_some(line))?;
    let cells: Vec<&str> = cells.collect();
    let letters: Vec<char> = cells[column].chars().collect();
    assert_eq!(
        (cells.len(), letters.len()),
        (Role::ALL.len(), Phase::ALL.len()),
        "{name}"
    );
    let phase = Phase::ALL.iter().position(|it| *it == phase).unwrap();
    Some(letters[phase])
}

/// The answer to a verb that names things which are on another board, where the role may do it; nothing
/// for verbs that name no things.
pub(super) fn answer_elsewhere(verb: Verb) -> Option<Denied> {
    match verb {
        Verb::EditNote | Verb::WithdrawNote => Some(Denied::NotYours),
        Verb::SameHere
        | Verb::FlagNote
        | Verb::Move
        | Verb::MakeCluster
        | Verb::AddToCluster
        | Verb::SetSpotlight
        | Verb::SetRemark
        | Verb::HoldNote
        | Verb::ReleaseNotes
        | Verb::EraseNote => Some(Denied::NoSuchNote),
        Verb::PostReply | Verb::NameCluster | Verb::MergeClusters | Verb::DissolveCluster => {
            Some(Denied::NoSuchCluster)
        }
        Verb::CastDots | Verb::CloseRound => Some(Denied::RoundClosed),
        Verb::AnswerPulse | Verb::ClosePulse => Some(Denied::PulseClosed),
        Verb::PostNote
        | Verb::SetPhase
        | Verb::Reveal
        | Verb::PutStep
        | Verb::RemoveStep
        | Verb::SetTimer
        | Verb::StopTimer
        | Verb::LockClusters
        | Verb::SetPreModeration
        | Verb::SetDoors
        | Verb::PausePosting
        | Verb::SettleFlag
        | Verb::OpenPulse
        | Verb::PutCommitment
        | Verb::RemoveCommitment
        | Verb::OpenRound => None,
    }
}
