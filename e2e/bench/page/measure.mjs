// What is measured of a page, whichever it is, by Chromium's own instruments.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DESKTOP } from '../../browser/support.mjs';

/** For how long frames are counted, in milliseconds, and how many times. */
const SPAN = 3_000;
const TIMES = 3;
/** A mouse that moves tells so about this often, in milliseconds; the browser takes it once per frame. */
const MOUSE = 8;
/** How far the mouse goes about, in CSS pixels, and in how many steps once around. */
const RADIUS = 90;
const STEPS = 60;
/** How near its place a note has to come, in CSS pixels, and within how many milliseconds. tldraw's snap by ten. */
const NEAR = 12;
const PATIENCE = 5_000;

export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Opens a page with nothing in its cache and says how long that took: from the start of the navigation until the
 * notes are on the screen as they lie now, and the page can answer. That is the end of the frame after the first
 * that begins with all notes drawn, by the page's own clock.
 */
export async function open(browser, { address, storageState, shows, expected }) {
  const context = await browser.newContext({ ...DESKTOP, storageState });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const bytes = await countBytes(devtools);
  await devtools.send('Performance.enable');
  await page.addInitScript({ content: `(${watch})(${shows}, ${JSON.stringify(expected)}, ${keepWasm})` });
  await page.goto(address, { waitUntil: 'commit' });
  const usable = await page.waitForFunction(() => window.usableAt, null, { polling: 50, timeout: 120_000 });
  const { ThreadTime: seconds } = await metrics(devtools);
  return { context, page, devtools, usable: await usable.jsonValue(), busy: seconds * 1_000, ...bytes };
}

/** In the page: waits for the notes. */
function watch(shows, expected, keepWasm) {
  keepWasm();
  const look = () => {
    if (!shows(expected)) {
      requestAnimationFrame(look);
      return;
    }
    requestAnimationFrame(() => setTimeout(() => (window.usableAt = performance.now())));
  };
  requestAnimationFrame(look);
}

/** In the page: keeps the memory of WebAssembly modules, to look at its size. */
function keepWasm() {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...given) => {
    const loaded = await instantiateStreaming.apply(WebAssembly, given);
    window.wasmMemory = loaded.instance.exports.memory;
    return loaded;
  };
}

/** Counts what comes over the network from now on: the page, and the board. */
async function countBytes(devtools) {
  const bytes = { pageBytes: 0, boardBytes: 0 };
  const boards = new Set();
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (new URL(request.url).pathname === '/board.json') boards.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes[boards.has(requestId) ? 'boardBytes' : 'pageBytes'] += encodedDataLength;
  });
  devtools.on('Network.webSocketFrameReceived', ({ response: { opcode, payloadData } }) => {
    bytes.boardBytes += Buffer.byteLength(payloadData, opcode === 2 ? 'base64' : 'utf8');
  });
  await devtools.send('Network.enable');
  return bytes;
}

async function metrics(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Frames per second, and within how many milliseconds 95 of 100 frames come, while `move` is done over and over. */
async function frames(page, move) {
  let over = false;
  const counting = page.evaluate(intervals, SPAN).finally(() => (over = true));
  for (let step = 0; !over; step += 1) await Promise.all([move(step), sleep(MOUSE)]);
  const times = (await counting).sort((one, other) => one - other);
  const sum = times.reduce((one, other) => one + other, 0);
  return { rate: (1000 * times.length) / sum, p95: times[Math.floor(times.length * 0.95)] };
}

/** In the page: the times between its frames. */
function intervals(span) {
  return new Promise((done) => {
    const times = [];
    let [begin, before] = [0, 0];
    const frame = (now) => {
      if (before) times.push(now - before);
      begin ||= now;
      before = now;
      if (now - begin < span) requestAnimationFrame(frame);
      else done(times);
    };
    requestAnimationFrame(frame);
  });
}

async function several(count) {
  const counted = [];
  for (let time = 0; time < TIMES; time += 1) counted.push(await count());
  return { rate: median(counted.map(({ rate }) => rate)), p95: median(counted.map(({ p95 }) => p95)) };
}

/** Where the mouse is from where it began, after so many steps. */
const around = (step) => {
  const angle = (2 * Math.PI * step) / STEPS;
  return { x: RADIUS * Math.sin(angle), y: RADIUS * (1 - Math.cos(angle)) };
};

/** Waits for what has to come: a page that does not follow must not pass for a fast one. */
async function until(holds, fault) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(fault);
    await sleep(MOUSE);
  }
}

/** Waits until a note has come to its place in the window. */
const arrives = (spot, at) =>
  until(async () => {
    const { x, y } = await spot();
    return Math.hypot(x - at.x, y - at.y) < NEAR;
  }, `no note comes to ${at.x}, ${at.y}`);

/** The wheel moves what is seen round in a circle, and back. */
export async function panning(page, spot) {
  const home = await spot();
  return several(async () => {
    await page.mouse.move(home.x, home.y);
    let seen = around(0);
    const go = async (to) => {
      const from = seen;
      seen = to;
      await page.mouse.wheel(to.x - from.x, to.y - from.y);
    };
    const counted = await frames(page, (step) => go(around(step)));
    await go(around(STEPS / 4));
    await arrives(spot, { x: home.x - RADIUS, y: home.y - RADIUS });
    await go(around(0));
    await arrives(spot, home);
    return counted;
  });
}

/** The mouse carries a note round in a circle, and lets it return. */
export async function dragging(page, spot) {
  const home = await spot();
  const { x, y } = home;
  return several(async () => {
    const go = (to) => page.mouse.move(x + to.x, y + to.y);
    await go(around(0));
    await page.mouse.down();
    const counted = await frames(page, (step) => go(around(step)));
    await go(around(STEPS / 4));
    await arrives(spot, { x: home.x + RADIUS, y: home.y + RADIUS });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    // Whatever the page has chosen meanwhile: handles around a small note would be in the way next time.
    await page.keyboard.press('Escape');
    await arrives(spot, home);
    return counted;
  });
}

/** Nobody touches the page, and others move notes. */
export async function watching(page, spot) {
  const home = await spot();
  const counted = await several(() => frames(page, () => sleep(MOUSE)));
  await until(async () => (await spot()).x !== home.x, 'nothing comes of what others change');
  return counted;
}

/** What the page holds, after a collection of its garbage, in bytes. */
export async function memory(browser, { page, devtools }) {
  await devtools.send('HeapProfiler.collectGarbage');
  const { JSHeapUsedSize: heap } = await metrics(devtools);
  const wasm = await page.evaluate(() => window.wasmMemory?.buffer.byteLength ?? 0);
  const system = await browser.newBrowserCDPSession();
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  await system.detach();
  // Beside the page's there is one that waits for the next page, which holds little.
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return { heap, wasm, process: Math.max(...renderers.map(({ id }) => anonymous(id))) };
}

/** Memory of a process that is no file's, as Linux counts it. */
function anonymous(process) {
  const [, kilobytes] = readFileSync(`/proc/${process}/status`, 'utf8').match(/^RssAnon:\s+(\d+) kB$/m);
  return Number(kilobytes) * 1024;
}
