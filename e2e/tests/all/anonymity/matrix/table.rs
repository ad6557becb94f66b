//! Who may do what in which phase, written down a second time, so that a slip in the policy is noticed.
//!
//! For each verb and role one letter per phase, in the order Lobby, Write, Cluster, Vote, Discuss, Closed.
//! The phase's own letter: it is done. `-`: not in this phase. `.`: for facilitators only. `n`: they may,
//! but there is no note yet. `l`: the clusters are locked. `p`: posting is paused. `s`: the code is spent.

use candour_shared::command::Verb;
use candour_shared::denied::Denied;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;

/// What holds as a rule.
const TABLE: &str = "
                    Participant  Facilitator  Organiser
PostNote            -W----       -W----       -W----
EditNote            -W----       -W----       -W----
WithdrawNote        -W----       -W----       -W----
MoveNote            --C---       --C-D-       --C-D-
MakeCluster         --C---       --C-D-       --C-D-
AddToCluster        --C---       --C-D-       --C-D-
NameCluster         --C---       --C-D-       --C-D-
MoveCluster         --C---       --C-D-       --C-D-
MergeClusters       --C---       --C-D-       --C-D-
DissolveCluster     --C---       --C-D-       --C-D-
CastDots            ---V--       ---V--       ---V--
SetPhase            ......       LWCVDX       LWCVDX
Reveal              ......       -W----       -W----
SetPrompt           ......       LWCVD-       LWCVD-
SetTimer            ......       LWCVD-       LWCVD-
StopTimer           ......       LWCVD-       LWCVD-
LockClusters        ......       LWCVD-       LWCVD-
SetPreModeration    ......       LWCVD-       LWCVD-
SetDoors            ......       LWCVD-       LWCVD-
PausePosting        ......       LWCVD-       LWCVD-
HoldNote            ......       nWCVDX       nWCVDX
ReleaseNotes        ......       nWCVD-       nWCVD-
EraseNote           ......       nWCVDX       nWCVDX
OpenRound           ......       ---V--       ---V--
CloseRound          ......       ---V--       ---V--
";

/// What else holds while a facilitator has locked the clusters.
const LOCKED: &str = "
                    Participant  Facilitator  Organiser
MoveNote            --l---       --C-D-       --C-D-
MakeCluster         --l---       --C-D-       --C-D-
AddToCluster        --l---       --C-D-       --C-D-
NameCluster         --l---       --C-D-       --C-D-
MoveCluster         --l---       --C-D-       --C-D-
MergeClusters       --l---       --C-D-       --C-D-
DissolveCluster     --l---       --C-D-       --C-D-
";

/// What else holds while a facilitator has paused posting: taking back is always possible.
const PAUSED: &str = "
                    Participant  Facilitator  Organiser
PostNote            -p----       -p----       -p----
EditNote            -p----       -p----       -p----
";

/// What else holds for whoever came in by a code by which somebody else has contributed.
const SPENT: &str = "
                    Participant  Facilitator  Organiser
PostNote            -s----       -W----       -W----
EditNote            -s----       -W----       -W----
WithdrawNote        -s----       -W----       -W----
MoveNote            --s---       --C-D-       --C-D-
MakeCluster         --s---       --C-D-       --C-D-
AddToCluster        --s---       --C-D-       --C-D-
NameCluster         --s---       --C-D-       --C-D-
MoveCluster         --s---       --C-D-       --C-D-
MergeClusters       --s---       --C-D-       --C-D-
DissolveCluster     --s---       --C-D-       --C-D-
CastDots            ---s--       ---V--       ---V--
";

/// In what situation a board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Situation {
    Usual,
    Locked,
    Paused,
    /// Participants come in by codes, and all are spent.
    Spent,
}

impl Situation {
    pub(super) const ALL: [Self; 4] = [Self::Usual, Self::Locked, Self::Paused, Self::Spent];
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
        Verb::MoveNote
        | Verb::MakeCluster
        | Verb::AddToCluster
        | Verb::HoldNote
        | Verb::ReleaseNotes
        | Verb::EraseNote => Some(Denied::NoSuchNote),
        Verb::NameCluster | Verb::MoveCluster | Verb::MergeClusters | Verb::DissolveCluster => {
            Some(Denied::NoSuchCluster)
        }
        Verb::CastDots | Verb::CloseRound => Some(Denied::RoundClosed),
        Verb::PostNote
        | Verb::SetPhase
        | Verb::Reveal
        | Verb::SetPrompt
        | Verb::SetTimer
        | Verb::StopTimer
        | Verb::LockClusters
        | Verb::SetPreModeration
        | Verb::SetDoors
        | Verb::PausePosting
        | Verb::OpenRound => None,
    }
}
