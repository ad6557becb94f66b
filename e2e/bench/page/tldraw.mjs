// The same notes in tldraw, bundled with esbuild and served from here. Its licence allows that for development,
// unlicensed, and nothing of it is kept in this repository. There is no server that tells what others do: changes
// are made in the page.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';

const HERE = new URL('tldraw/', import.meta.url).pathname;
const ASSETS = dirname(createRequire(import.meta.url).resolve('@tldraw/assets/package.json'));
const COLOURS = ['light-red', 'yellow', 'light-green'];
/** Its notes are 200 units high and lie on rows made for 152. */
const TALLER = 1.32;
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export const version = JSON.parse(await readFile(join(dirname(ASSETS), '../tldraw/package.json'))).version;

/** Bundles the page and serves it with its fonts, icons and words; `keep` says what lies on the board. */
export async function startTldraw() {
  const bundled = await build({
    entryPoints: [join(HERE, 'page.jsx')],
    outdir: '/',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'error',
  });
  const files = new Map(bundled.outputFiles.map(({ path, contents }) => [path, compressed(contents, 11)]));
  files.set('/', compressed(await readFile(join(HERE, 'index.html')), 11));
  const find = async (path) => {
    if (!files.has(path)) files.set(path, compressed(await readFile(join(ASSETS, path)), 9));
    return files.get(path);
  };
  const server = createServer(async ({ url }, answer) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = await find(pathname).catch(() => null);
    const type = TYPES[extname(pathname)] ?? TYPES['.html'];
    if (file) answer.writeHead(200, { 'content-type': type, 'content-encoding': 'br' }).end(file);
    else answer.writeHead(404).end();
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${server.address().port}/`,
    keep: (board) => files.set('/board.json', compressed(board, 9)),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** With brotli: at 11 what a build compresses, at less what takes too long while somebody waits. */
function compressed(bytes, quality) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

/** A page with these notes. */
export async function tldraw(server, browser, { notes, carried, changed }) {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => window.editor);
  // As random as others' ids, which weigh something when a board is loaded.
  const ids = notes.map(() => randomBytes(16).toString('base64url'));
  const lying = notes.map((note, index) => ({ ...note, id: ids[index], y: note.y * TALLER }));
  server.keep(Buffer.from(await page.evaluate(([lying, colours]) => window.make(lying, colours), [lying, COLOURS])));
  await page.close();
  return {
    address: server.url,
    shows,
    expected: { count: notes.length },
    carried,
    changed,
    spot: (page, index) => page.evaluate((id) => window.spot(id), ids[index]),
    comeClose: (page, at) => page.evaluate((at) => window.comeClose(at), at),
    startChanges: (page) => page.evaluate((notes) => window.startChanges(notes), changed.map((index) => ids[index])),
    stopChanges: (page) => page.evaluate(() => clearInterval(window.changes)),
    leave: () => {},
  };
}

/** In the page: whether all notes are there. */
function shows({ count }) {
  return document.querySelectorAll('.tl-shape[data-shape-type="note"]').length >= count;
}
