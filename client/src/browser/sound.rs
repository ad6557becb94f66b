//! A soft sound.

use std::cell::OnceCell;

use wasm_bindgen::JsValue;
use web_sys::AudioContext;

thread_local! {
    // A page may have only a few.
    static AUDIO: OnceCell<AudioContext> = const { OnceCell::new() };
}

/// How loud it is at most; 1 is as loud as it gets.
const LOUDNESS: f32 = 0.12;
/// How long each of the two tones takes to fade, in seconds.
const FADE: f64 = 1.2;
/// When the second tone begins, in seconds.
const SECOND: f64 = 0.25;
/// The tones, in hertz: E and A.
const TONES: [f32; 2] = [659.26, 880.0];

/// Two soft tones, under two seconds in all. A browser that plays nothing before it was clicked in, or has no
/// sound, stays silent.
pub fn chime() {
    AUDIO.with(|audio| {
        let audio = match audio.get() {
            Some(audio) => audio,
            None => match AudioContext::new() {
                Ok(made) => audio.get_or_init(|| made),
                Err(_) => return,
            },
        };
        for (tone, start) in TONES.into_iter().zip([0.0, SECOND]) {
            // It fails only where sound is forbidden.
            let _ = play(audio, tone, audio.current_time() + start);
        }
    });
}

fn play(audio: &AudioContext, tone: f32, start: f64) -> Result<(), JsValue> {
    let loudness = audio.create_gain()?;
    let gain = loudness.gain();
    gain.set_value_at_time(0.0, start)?;
    gain.linear_ramp_to_value_at_time(LOUDNESS, start + 0.03)?;
    gain.linear_ramp_to_value_at_time(0.0, start + FADE)?;
    loudness.connect_with_audio_node(&audio.destination())?;
    let oscillator = audio.create_oscillator()?;
    oscillator.frequency().set_value(tone);
    oscillator.connect_with_audio_node(&loudness)?;
    oscillator.start_with_when(start)?;
    oscillator.stop_with_when(start + FADE)
}
