//! The compiled client, bound to the browser: a WebAssembly module and the script that loads it.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::build::Profile;

/// What a browser runs, as wasm-bindgen made it.
pub(crate) struct Bound {
    /// The script that loads the module.
    pub(super) script: String,
    /// The module.
    pub(super) wasm: Vec<u8>,
}

impl Bound {
    /// Binds the module that cargo compiled. Fails if a dependency brings scripts of its own.
    pub(crate) fn of(wasm: &Path, profile: Profile) -> Result<Self> {
        let dev = profile == Profile::Dev;
        let mut output = Bindgen::new()
            .input_path(wasm)
            .web(true)?
            .typescript(false)
            // boot.js says where the module is.
            .omit_default_module_path(true)
            .keep_debug(dev)
            .remove_name_section(!dev)
            .remove_producers_section(true)
            .demangle(!dev)
            .generate_output()
            .with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))?;
        let mut extras: Vec<&str> = output
            .snippets()
            .iter()
            .filter(|(_, inline)| !inline.is_empty())
            .map(|(name, _)| name.as_str())
            .chain(output.local_modules().keys().map(String::as_str))
            .chain(output.npm_dependencies().keys().map(String::as_str))
            .collect();
        extras.sort_unstable();
        ensure!(
            extras.is_empty(),
            "the page needs scripts of its dependencies, which the build can't place: {}",
            extras.join(", ")
        );
        Ok(Self {
            script: output.js().to_owned(),
            wasm: output.wasm_mut().emit_wasm(),
        })
    }
}
