import init from "{{script}}";

// The module clears the page when it takes over; until then, and if it never does, the person is told.
init({ module_or_path: "{{wasm}}" }).catch((fault) => {
  console.error(fault);
  const loading = document.getElementById("loading");
  if (loading) {
    loading.textContent =
      "The page could not be loaded. Reload it. If that doesn't help, this browser may be too old, or a proxy may keep WebAssembly back.";
  }
});
