// Only in pages that are built for development: shows what was built since. A new style takes the former one's place;
// for anything else, a renewed server included, the page loads itself anew.
const PACE = 250;

const style = () => document.querySelector('link[rel="stylesheet"]');
const STYLE = /href="(\/assets\/style-[^"]*)"/;

// The document as it was built, without its style: what the page shows stands or falls with it.
const rest = (text) => text.replace(STYLE, "");

let shown;

async function look() {
  // While a server starts there is none, and while files are put in place some are missing.
  const answer = await fetch(location.pathname, { cache: "no-store" }).catch(() => undefined);
  if (!answer?.ok) return;
  const text = await answer.text();
  // What was built between this page and the first look is told by its own element.
  const boot = document.querySelector('script[src^="/assets/boot-"]')?.getAttribute("src");
  const stale = boot && !text.includes(boot);
  if (stale || (shown && rest(text) !== rest(shown))) {
    location.reload();
    return;
  }
  shown = text;
  const href = text.match(STYLE)?.[1];
  if (href && href !== style().getAttribute("href")) renew(href);
}

// The former style stays until the new one is there: nothing flickers.
let coming;
function renew(href) {
  if (href === coming) return;
  coming = href;
  const former = style();
  const next = former.cloneNode();
  next.href = href;
  next.onload = () => former.remove();
  next.onerror = () => next.remove();
  former.after(next);
}

async function follow() {
  await look();
  setTimeout(follow, PACE);
}
follow();
