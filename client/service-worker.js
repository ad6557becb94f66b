// Keeps the shell of the page, so that it opens without a network: the files below, which are the same for
// everybody and for every board. What is on a board is never kept here.
const SHELL = "shell-{{shell}}";
const FILES = ["/", {{files}}];

// A network that says nothing is as bad as none.
const PATIENCE = 4000;

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((shell) => shell.addAll(FILES))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  const former = (names) => names.filter((name) => name !== SHELL).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(former(names))));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
  } else if (request.mode === "navigate" && (pathname === "/" || pathname.startsWith("/b/"))) {
    event.respondWith(page(request));
  }
});

// Every page is the same file: the address says which board it shows. A renewed server's comes first.
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return answer;
    throw new Error(answer.statusText);
  } catch (fault) {
    const kept = await caches.match("/");
    if (kept) return kept;
    throw fault;
  }
}
