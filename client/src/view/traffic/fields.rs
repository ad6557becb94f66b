//! What each field of a message or an entry means.

use crate::text::traffic_fields as text;

/// What a field means, in a sentence; nothing for the name of a verb, which the sentence beside the
/// message explains.
#[must_use]
pub(super) fn meaning(field: &str) -> Option<&'static str> {
    Some(match field {
        // Of every message.
        "id" => text::id(),
        "command" => text::command(),
        "hello" => text::hello(),
        "version" => text::version(),
        "page" => text::page(),
        "wall" => text::wall(),
        "backstage" => text::backstage(),
        "generation" => text::generation(),
        "sequence" => text::sequence(),

        // Of what everybody receives.
        "kind" => text::kind(),
        "store" => text::store(),
        "entries" => text::entries(),
        "map" => text::map(),
        "key" => text::key(),
        "value" => text::value(),
        "presence" => text::presence(),
        "people" => text::people(),
        "participants" => text::participants(),
        "ready" => text::ready(),
        "spread" => text::spread(),
        "drags" => text::drags(),

        // Notes.
        "note" => text::note(),
        "notes" => text::notes(),
        "content" => text::content(),
        "category" => text::category(),
        "aspect" => text::aspect(),
        "text" => text::text(),
        "confirmed" => text::confirmed(),
        "said" => text::said(),
        "held" => text::held(),
        "reason" => text::reason(),

        // Places and groups.
        "to" => text::to(),
        "moves" => text::moves(),
        "under" => text::under(),
        "from" => text::from(),
        "from_step" => text::from_step(),
        "at" => text::at(),
        "x" | "y" => text::place(),
        "loose" => text::loose(),
        "in" => text::in_group(),
        "order" => text::order(),
        "cluster" => text::cluster(),
        "onto" => text::onto(),
        "into" => text::into(),
        "name" => text::name(),
        "item" => text::item(),

        // Voting.
        "round" => text::round(),
        "dots" => text::dots(),
        "number" => text::number(),
        "question" => text::question(),
        "pulse" => text::pulse(),
        "answer" => text::answer(),
        "outcome" => text::outcome(),
        "counted" => text::counted(),
        "budget" => text::budget(),
        "among" => text::among(),
        "per_item" => text::per_item(),
        "totals" => text::totals(),
        "support" => text::support(),
        "organisations" => text::organisations(),
        "others" => text::others(),

        // What facilitators set.
        "phase" => text::phase(),
        "agenda" => text::agenda(),
        "step" => text::step(),
        "after" => text::after(),
        "prompt" => text::prompt(),
        "minutes" => text::minutes(),
        "commitment" => text::commitment(),
        "what" => text::what(),
        "who" => text::who(),
        "when" => text::when(),
        "timer" => text::timer(),
        "seconds" => text::seconds(),
        "started" => text::started(),
        "stopped" | "locked" | "closed" | "paused" => text::so(),
        "on" => text::on(),
        "action" => text::action(),
        "count" => text::count(),
        "title" => text::title(),
        "categories" | "aspects" => text::choices(),
        "colour" => text::colour(),
        "privacy" => text::privacy(),
        "release" => text::release(),
        "min_group" => text::min_group(),
        "keep_days" => text::keep_days(),
        "admission" => text::admission(),
        _ => return None,
    })
}
