//! The timer.

candour_shared::texts! { here
    timer = "Timer", "Amserydd";
    /// Before the time, for screen readers.
    time_left = "Time left: ", "Amser ar ôl: ";
    five_minutes_left = "Five minutes left.", "Pum munud ar ôl.";
    one_minute_left = "One minute left.", "Un munud ar ôl.";
    time_is_up = "The time is up.", "Mae’r amser ar ben.";
    more(minutes: u32) = format!("+ {minutes} min"), format!("+ {minutes} mun");
    minutes(minutes: u32) = format!("{minutes} min"), format!("{minutes} mun");
    stop = "Stop", "Stopio";
    clear = "Clear the timer", "Clirio’r amserydd";
    start_seen = "Start a timer that everyone sees:", "Cychwyn amserydd y mae pawb yn ei weld:";
    minutes_field = "Minutes", "Munudau";
    start = "Start", "Cychwyn";
    sound = "Sound when the time is up", "Sain pan fydd yr amser ar ben";
}
