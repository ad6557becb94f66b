//! The agenda: its steps, and changing them.

use candour_shared::text::WelshPlural;

use super::count;

candour_shared::texts! { here
    title = "Agenda", "Agenda";
    next(step: &str) = format!("Next: {step}"), format!("Nesaf: {step}");
    minutes(minutes: u16) = format!("{minutes} min"), WelshPlural::count(minutes.into(), "munud", "funud", "munud");
    /// How long the whole agenda takes.
    in_all(minutes: u32) = format!("{minutes} minutes in all"), format!("{} i gyd", WelshPlural::count(minutes.into(), "munud", "funud", "munud"));
    start_timer(minutes: u16) = format!("Start the timer: {minutes} min"),
        format!("Dechrau’r amserydd: {}", WelshPlural::count(minutes.into(), "munud", "funud", "munud"));
    now(step: &str) = format!("Now: {step}."), format!("Nawr: {step}.");
    edit = "Change the agenda", "Newid yr agenda";
    edit_hint = "Changes are seen by everybody at once. Each line of the questions is shown as a question of its own.",
        "Mae pawb yn gweld newidiadau ar unwaith. Dangosir pob llinell o’r cwestiynau fel cwestiwn ar wahân.";
    before_hint = "Facilitators can change it during the workshop. Each line of the questions is shown as a question of its own.",
        "Gall hwyluswyr ei newid yn ystod y gweithdy. Dangosir pob llinell o’r cwestiynau fel cwestiwn ar wahân.";
    no_steps = "The agenda has no steps. People see no questions until you add one.",
        "Nid oes eitemau ar yr agenda. Ni fydd pobl yn gweld cwestiynau nes i chi ychwanegu un.";
    step_title = "Title", "Teitl";
    step_phase = "Phase", "Cam";
    step_minutes = "Minutes", "Munudau";
    step_prompt = "Questions", "Cwestiynau";
    step_pulse = "People answer on a scale of 1 to 5", "Mae pobl yn ateb ar raddfa o 1 i 5";
    add = "Add a step", "Ychwanegu eitem";
    save = "Save the step", "Cadw’r eitem";
    change_step(step: &str) = format!("Change “{step}”"), format!("Newid “{step}”");
    earlier(step: &str) = format!("Move “{step}” earlier"), format!("Symud “{step}” yn gynharach");
    later(step: &str) = format!("Move “{step}” later"), format!("Symud “{step}” yn hwyrach");
    remove(step: &str) = format!("Remove “{step}”"), format!("Tynnu “{step}”");
    bad_minutes(most: u16) = format!("Minutes are a number from 0 to {most}."), format!("Rhif o 0 i {most} yw munudau.");
    done = "I’m done", "Rwyf wedi gorffen";
    done_of(ready: u32, participants: u32) =
        format!("{ready} of {participants} done"), format!("{ready} o {participants} wedi gorffen");
    more = "More", "Mwy";
    people_here(people: u32) = count(people, "person here", "people here"),
        format!("{people} o bobl yma");
}
