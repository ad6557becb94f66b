import init from "{{script}}";

// Leptos sets those parts of the page as HTML that never change. Nothing in them may run or load
// anything: whatever is more than elements with plain attributes is refused (Trusted Types).
const PLAIN = new RegExp(
  "^(?:[^<]|</[a-z][a-z0-9]*>|<(?!script|style)[a-z][a-z0-9]*" +
    '(?: (?:aria-[a-z]+|class|data-[a-z]+|for|id|lang|role|tabindex|title|type|value)="[^"]*"' +
    '| href="/"| hidden)*>)*$',
);
const WORKER = "/service-worker.js";
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (html) => (PLAIN.test(html) ? html : null),
  createScriptURL: (url) => (url === WORKER ? url : null),
});

// Once the page is usable: the worker keeps the same files again. Without it the page needs the network to
// open, and nothing else is lost.
addEventListener("load", () => {
  navigator.serviceWorker?.register(WORKER).catch((fault) => console.warn(fault));
});

// By language, because what knows the page's texts is what didn't load.
const FAILED = {
  en: "The page could not be loaded. Reload it. If that doesn't help, this browser may be too old, or a proxy may keep WebAssembly back.",
  cy: "Nid oedd modd llwytho’r dudalen. Ail-lwythwch hi. Os nad yw hynny’n helpu, gall y porwr hwn fod yn rhy hen, neu gall dirprwy atal WebAssembly.",
};

// The module clears the page when it takes over; until then, and if it never does, the person is told.
init({ module_or_path: "{{wasm}}" }).catch((fault) => {
  console.error(fault);
  const loading = document.getElementById("loading");
  if (loading) {
    const language = navigator.language.startsWith("cy") ? "cy" : "en";
    loading.lang = language;
    loading.textContent = FAILED[language];
  }
});
