//! A board's setup as a file, to be used again or given to others.

use candour_shared::denied::Denied;
use candour_shared::settings::Settings;
use serde::{Deserialize, Serialize};

use crate::text::{language, opening as text};

/// The version of this format.
const VERSION: u32 = 1;

/// What is in the file.
#[derive(Serialize, Deserialize)]
struct TemplateFile {
    /// [`VERSION`].
    version: u32,
    settings: Settings,
}

/// The setup as JSON.
#[must_use]
pub fn write(settings: &Settings) -> String {
    let file = TemplateFile {
        version: VERSION,
        settings: settings.clone(),
    };
    // Plain structs with text keys, which JSON can always hold.
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// The setup that a file holds, or what is wrong with it, in a sentence. The title may be missing.
pub fn read(json: &str) -> Result<Settings, String> {
    let file: TemplateFile =
        serde_json::from_str(json).map_err(|_| text::no_template().to_owned())?;
    if file.version != VERSION {
        return Err(text::other_version(file.version));
    }
    let title = file.settings.title.clone();
    let probe = Settings {
        title: if title.trim().is_empty() {
            "board".to_owned()
        } else {
            title.clone()
        },
        ..file.settings
    };
    let checked = probe.checked().map_err(|denied| {
        if let Denied::BadSettings { fault } = &denied {
            text::bad_template(&fault.words(language()))
        } else {
            denied.words(language())
        }
    })?;
    Ok(Settings { title, ..checked })
}

#[cfg(test)]
mod tests {
    use candour_shared::templates::Template;
    use candour_shared::text::Language;

    use super::*;

    #[test]
    fn a_setup_survives_being_saved_and_loaded() {
        for template in Template::ALL {
            let settings = template.settings(Language::English);
            assert_eq!(read(&write(&settings)), Ok(settings));
        }
    }

    #[test]
    fn a_file_that_is_none_says_what_is_wrong() {
        assert!(read("[]").unwrap_err().contains("no template"));
        let newer = write(&Template::Blank.settings(Language::English))
            .replace("\"version\": 1", "\"version\": 9");
        assert!(read(&newer).unwrap_err().contains('9'));
        let mut twice = Template::Blank.settings(Language::English);
        twice.organisations = vec!["GP".into(), "gp".into()];
        assert!(read(&write(&twice)).unwrap_err().contains("organisations"));
    }
}
