// How the page bears large boards, beside the same notes in tldraw: node page.mjs [how many notes …], with
// CANDOUR_BIN and CHROMIUM set. Ends with 1 if a budget is missed.

import { loadavg } from 'node:os';
import { DESKTOP, startBrowser, startServer } from '../../browser/support.mjs';
import { plan } from './board.mjs';
import { candour } from './candour.mjs';
import { dragging, median, memory, open, panning, watching } from './measure.mjs';

const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [200, 2_000, 5_000];
/** How often a board is opened. */
const OPENINGS = 5;
/** What a page puts off when it opens has come after so many milliseconds. */
const SETTLES = 1_500;
/** How long others' changes may go on reaching the page, in milliseconds. */
const CALM = 500;

/** How many notes the budgets are for, and what they bound. */
const BUDGETED = 2_000;
const FEWEST_FRAMES = 55;
const BUDGETS = [
  ['open → usable, ms', ({ usable }) => usable, { most: 1_000 }],
  ['page over the network, KB', ({ pageBytes }) => pageBytes / 1_000, { most: 300 }],
  ['panning, all in sight, frames/s', ({ panningAfar }) => panningAfar.rate, { least: FEWEST_FRAMES }],
  ['dragging, all in sight, frames/s', ({ draggingAfar }) => draggingAfar.rate, { least: FEWEST_FRAMES }],
  ['panning, natural size, frames/s', ({ panningClose }) => panningClose.rate, { least: FEWEST_FRAMES }],
  ['dragging, natural size, frames/s', ({ draggingClose }) => draggingClose.rate, { least: FEWEST_FRAMES }],
];

const rounded = (number) => Math.round(number).toLocaleString('en-GB');
const frames = (doing) => (of) => `${of[doing].rate.toFixed(1)} ${of[doing].p95.toFixed(0).padStart(4)}`;
const ROWS = [
  ['open → usable, ms', ({ usable }) => rounded(usable)],
  ['  its main thread busy, ms', ({ busy }) => rounded(busy)],
  ['page over the network, KB', ({ pageBytes }) => rounded(pageBytes / 1_000)],
  ['board over the network, KB', ({ boardBytes }) => rounded(boardBytes / 1_000)],
  ['all in sight: panning', frames('panningAfar')],
  ['  dragging a note', frames('draggingAfar')],
  ['  20 changes/s by others', frames('watchingAfar')],
  ['natural size: panning', frames('panningClose')],
  ['  dragging a note', frames('draggingClose')],
  ['  20 changes/s by others', frames('watchingClose')],
  ['JS heap + WebAssembly, MB', ({ heap, wasm }) => rounded((heap + wasm) / 1_000_000)],
  ['memory of the process, MB', ({ process }) => rounded(process / 1_000_000)],
];

/** Opens a board several times, and does in the last page what people do. */
async function measure(subject) {
  const browser = await startBrowser();
  try {
    const opened = [];
    const busy = [];
    let last;
    for (let opening = 0; opening < OPENINGS; opening += 1) {
      await last?.context.close();
      last = await open(browser, subject);
      opened.push(last.usable);
      busy.push(last.busy);
    }
    const { page, pageBytes, boardBytes } = last;
    const figures = { usable: median(opened), busy: median(busy), pageBytes, boardBytes };
    await page.waitForTimeout(SETTLES);
    for (const view of ['Afar', 'Close']) {
      if (view === 'Close') await subject.comeClose(page, await subject.spot(page, subject.carried));
      const { carried, changed } = subject;
      figures[`panning${view}`] = await panning(page, () => subject.spot(page, carried));
      figures[`dragging${view}`] = await dragging(page, () => subject.spot(page, carried));
      await subject.startChanges(page);
      figures[`watching${view}`] = await watching(page, () => subject.spot(page, changed[0]));
      await subject.stopChanges(page);
      await page.waitForTimeout(CALM);
    }
    return { ...figures, ...(await memory(browser, last)) };
  } finally {
    await browser.close();
  }
}

/** The figures of one page for every size. */
async function series(make) {
  const figures = new Map();
  for (const count of SIZES) {
    const subject = await make(plan(count));
    figures.set(count, await measure(subject));
    await subject.leave();
  }
  return figures;
}

async function candours(others) {
  const server = await startServer(['--commands-per-minute', '1000000']);
  try {
    return await series((planned) => candour(server, others, planned));
  } finally {
    await server.stop();
  }
}

/** Nothing without tldraw, whose packages may be out of reach. */
async function tldraws(others) {
  try {
    const { startTldraw, tldraw, version } = await import('./tldraw.mjs');
    const server = await startTldraw();
    try {
      return { name: `tldraw ${version}`, figures: await series((planned) => tldraw(server, others, planned)) };
    } finally {
      server.stop();
    }
  } catch (fault) {
    console.error(`without tldraw: ${fault.stack}`);
    return null;
  }
}

function table(columns) {
  const line = (name, cells) => console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(14)).join(''));
  const cells = (of) =>
    SIZES.flatMap((count) => columns.map(({ name, figures }) => of(name, figures.get(count), count)));
  line('notes', cells((_, __, count) => rounded(count)));
  line('', cells((name) => name));
  for (const [name, shown] of ROWS) line(name, cells((_, figures) => shown(figures)));
}

/** Whether all budgets are met. */
function budgets(figures) {
  let met = true;
  console.log(`\nCandour with ${rounded(BUDGETED)} notes`.padEnd(36) + 'measured'.padStart(10) + 'budget'.padStart(10));
  for (const [name, of, { most, least }] of BUDGETS) {
    const is = of(figures);
    const holds = most === undefined ? is >= least : is <= most;
    met &&= holds;
    const bound = most === undefined ? `≥ ${rounded(least)}` : `≤ ${rounded(most)}`;
    console.log(name.padEnd(35) + rounded(is).padStart(10) + bound.padStart(10) + (holds ? '  met' : '  missed'));
  }
  return met;
}

const before = loadavg()[0];
const others = await startBrowser();
const chromium = others.version();
const ours = { name: 'Candour', figures: await candours(others) };
const theirs = await tldraws(others);
await others.close();

const { width, height } = DESKTOP.viewport;
console.log(`
Chromium ${chromium}, ${width} × ${height}, no GPU, at most 60 frames/s; the machine’s load was ${before.toFixed(1)}.
Openings: the median of ${OPENINGS} with nothing in the cache; both show all the board, as far as they zoom out.
Frames: how many a second, then within how many milliseconds 95 of 100 come.
Memory of the process: what is no file’s.
tldraw: notes without groups, as one JSON file; there is no server, and a timer in the page makes the changes.
`);
table(theirs ? [ours, theirs] : [ours]);
if (ours.figures.has(BUDGETED) && !budgets(ours.figures.get(BUDGETED))) {
  console.error('the page is over a budget');
  process.exitCode = 1;
}
