//! What each field of a message or an entry means.

/// What a field means, in a sentence; nothing for the name of a verb, which the sentence beside the
/// message explains.
#[must_use]
pub(super) fn meaning(field: &str) -> Option<&'static str> {
    Some(match field {
        // Of every message.
        "id" => {
            "The number of this message on this page, so that the server's answer finds it. Every \
             page counts from 0, and nobody else is told the number."
        }
        "command" => "What you ask for. The first word in it says which of the board's verbs.",
        "hello" => "The first message on a connection.",
        "version" => "Which version of the rules for messages this page speaks.",
        "wall" => "How far this page's copy of the board has come; null if it has none yet.",
        "backstage" => {
            "How far this page's copy of the facilitators' side has come; null for participants."
        }
        "generation" => {
            "How often the board's documents were rebuilt without their history: after each seal and \
             each erasure."
        }
        "sequence" => {
            "The number of this update of the document, since it was rebuilt. It counts what \
             everybody sees, and tells no time."
        }

        // Of what everybody receives.
        "kind" => "“tick” is what changed in one step, “snapshot” all that is there.",
        "store" => "“wall” goes to everybody, “backstage” to facilitators and organisers alone.",
        "entries" => {
            "What the frame says about this, decoded. The server wrote it; no browser writes into \
             the board's documents."
        }
        "map" => "Which part of the document the entry is in.",
        "key" => "The name of the entry: the random name of a thing, or what is set.",
        "value" => "What the entry says now; null if it is gone.",
        "presence" => "How many people are on the board. No names, and not who came or went.",
        "people" => "How many people are here.",
        "participants" => "How many of them came in as participants.",
        "ready" => "Whether you are done with the step; or how many are.",
        "drags" => "Everything that somebody drags just now, gathered over a moment.",

        // Notes.
        "note" => {
            "The note's name: 128 random bits made by the browser that wrote it. It says nothing \
             about you, nor when it was made."
        }
        "notes" => "The random names of some notes.",
        "content" => "What the note says, or the step, or what was agreed.",
        "category" => "Which of the board's categories, counted from 0.",
        "aspect" => "Which of the board's aspects, counted from 0; null for none.",
        "text" => "The words. Only they can say something about who wrote them.",
        "confirmed" => "That what looks like an NHS number is none. The server forgets it at once.",
        "said" => "A note that can be read.",
        "held" => "Why a facilitator holds it; null while it only waits for one.",
        "reason" => "One of the fixed reasons of moderation.",

        // Places and groups.
        "to" => "Where it is to be: a place on the board, or a phase; or what a reply answers.",
        "moves" => "What goes where.",
        "under" => "A reply, under what it answers.",
        "from" => "What it was before: a phase, or the group that ends.",
        "at" => "Where its top left corner is.",
        "x" | "y" => "A place on the board. The server chose it, unless somebody moved the thing.",
        "loose" => "By itself, at this place.",
        "in" => "In a group.",
        "order" => "Its place among the notes of the group.",
        "cluster" => "The group's name in messages: 128 random bits made by a browser.",
        "onto" => "The note it was put on.",
        "into" => "The group that stays.",
        "name" => "What the thing is called.",
        "drag" => "Where you drag something just now. It is never stored.",
        "item" => "What it is about: a note or a group, by its random name.",

        // Voting.
        "round" => "The round of voting: 128 random bits.",
        "dots" => "How many dots: yours in what you send, everybody's sum in what others receive.",
        "number" => "A count: which round, or which reveal.",
        "question" => "What people are asked.",
        "pulse" => {
            "A question that is answered on a scale: 128 random bits; or whether a step asks one."
        }
        "answer" => "Your answer, 1 to 5. Nobody receives it.",
        "outcome" => "What came out of a pulse; null until it is closed.",
        "counted" => "How many gave each answer, the lowest first.",
        "budget" => "What each person has to give.",
        "per_item" => "How many of them at most on one thing.",
        "totals" => "The sums of everybody's dots; null until the round is closed.",
        "backing" => {
            "Which organisations stand behind what, where enough of their people do. Nobody is \
             counted."
        }
        "organisations" => "Organisations, by their place in the organiser's list from 0 on.",
        "others" => "Whether enough people of all other organisations together stand behind it.",

        // What facilitators set.
        "phase" => "A phase of the board.",
        "agenda" => "The steps of the workshop.",
        "step" => "A step of the agenda: 128 random bits.",
        "after" => "After which step it comes; null for the first place.",
        "prompt" => "What people are asked in it.",
        "minutes" => "How long it is meant to take.",
        "commitment" => "Something that was agreed: 128 random bits.",
        "what" => "What will be done.",
        "who" => {
            "By which organisation, by its place in the organiser's list; null for all together."
        }
        "when" => "By when, in the facilitator's words.",
        "timer" => "One run of the timer: 128 random bits.",
        "seconds" => "How long it runs.",
        "started" => "When it was started, in milliseconds since 1970.",
        "stopped" | "locked" | "closed" | "paused" => "Whether it is so.",
        "on" => "Whether it is so; or the date; or what it is about.",
        "action" => "What facilitators did.",
        "count" => "How often.",
        "title" => "The title of the board, or of a step.",
        "categories" | "aspects" => "What people choose from.",
        "colour" => "The colour of its notes.",
        "privacy" => "The rules that were fixed when the board was opened.",
        "release" => "When notes become visible to others.",
        "min_group" => "How many people of an organisation it takes to name it in a result.",
        "keep_days" => "How many days the board is kept.",
        "admission" => "How participants come in.",
        _ => return None,
    })
}
