// What the browser tests share: a server of their own, people with a browser each, and pictures.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { DESKTOP, MOUSE, PHONE } from './hands.mjs';

export { DESKTOP, PHONE };

const SCREENSHOTS = new URL('screenshots/', import.meta.url).pathname;

/** Starts the server on a free port with boards of its own; `stop` ends it and removes them. */
export async function startServer(flags = []) {
  const binary = process.env.CANDOUR_BIN;
  assert.ok(binary, 'CANDOUR_BIN names the server to test; cargo xtask test sets it');
  const folder = await mkdtemp(join(tmpdir(), 'candour-'));
  const database = `sqlite:${join(folder, 'boards.db')}`;
  const server = spawn(binary, ['--listen', '127.0.0.1:0', '--database', database, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(server.stdout), 'line');
  const url = line.match(/http:\S+/)[0].replace('127.0.0.1', 'localhost');
  const stop = async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
    await rm(folder, { recursive: true });
  };
  return { url, stop };
}

export async function startBrowser() {
  await mkdir(SCREENSHOTS, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** The server and the browser of a file of tests, once it has set its {@link stage}. */
export let server;
export let browser;

/** Has this file's tests run with a server and a browser of their own. */
export function stage() {
  before(async () => {
    server = await startServer();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}

/** Opens a board by the API, as a program would; the answer names its links. */
export async function openBoard(server, settings = {}, notes = []) {
  const wanted = {
    title: 'Winter at the front door',
    categories: [
      { name: 'Frustrations', colour: 'rose' },
      { name: 'Priorities', colour: 'teal' },
    ],
    ...settings,
  };
  const answer = await fetch(`${server.url}/api/boards`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ settings: wanted, notes }),
  });
  const created = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(created));
  for (const role of ['organiser', 'facilitator', 'participant', 'projector']) {
    if (created[role]) created[role] = server.url + created[role];
  }
  return created;
}

/** What the organiser would take away now. */
export async function exported(organiser) {
  const { pathname } = new URL(organiser.page.url());
  const board = pathname.split('/')[2];
  return organiser.page.evaluate(async (board) => {
    const answer = await fetch(`/api/boards/${board}/export.json`);
    return answer.json();
  }, board);
}

/** Somebody with a browser of their own. What goes wrong on their page is kept in `faults`. */
export class Person {
  static async arrive(browser, options = {}, hands = MOUSE) {
    const context = await browser.newContext({ ...hands.options, ...options, acceptDownloads: true });
    const person = new Person();
    person.hands = hands;
    person.context = context;
    person.faults = [];
    person.received = [];
    person.sent = [];
    // What the page's policy stopped is a fault, too.
    await context.exposeBinding('reportViolation', (_, what) => person.faults.push(what));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        window.reportViolation(`${event.effectiveDirective} stopped ${event.blockedURI} ${event.sample}`);
      });
    });
    person.page = await context.newPage();
    person.page.on('pageerror', (error) => person.faults.push(String(error)));
    person.page.on('console', (message) => {
      if (message.type() === 'error') person.faults.push(message.text());
    });
    person.page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => person.received.push(payload.toString('latin1')));
      socket.on('framesent', ({ payload }) => person.sent.push(payload.toString()));
    });
    return person;
  }

  button(name, within = this.page) {
    return within.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** Presses a button, or whatever can be pressed. */
  async press(name, within = this.page) {
    await this.hands.press(typeof name === 'string' || name instanceof RegExp ? this.button(name, within) : name);
  }

  /** Opens a link and joins, as one of an organisation if one is asked for. */
  async join(link, organisation) {
    await this.page.goto(link);
    const promise = this.page.getByText('are never told who wrote a note');
    await promise.waitFor();
    assert.ok(!this.page.url().includes('#'), 'the secret has left the address bar');
    if (organisation) {
      await this.hands.choose(this.page.getByLabel('Your organisation'), organisation);
    }
    await this.press(/^Join/);
    await this.page.getByText('Everything is saved').waitFor();
  }

  /** What a page could give away about who it is: everything that scripts and people can see of it. */
  async exposed() {
    return this.page.evaluate(async () => {
      const stores = [localStorage, sessionStorage].map((store) => JSON.stringify({ ...store }));
      const databases = JSON.stringify((await indexedDB.databases?.()) ?? []);
      const kept = JSON.stringify(await caches.keys());
      // A browser remembers under which address it loaded the page itself, until the page is loaded anew.
      const loaded = ({ entryType }) => entryType !== 'navigation';
      const entries = performance.getEntries().filter(loaded).map((entry) => entry.name);
      const { href } = location;
      const past = JSON.stringify(history.state);
      const html = document.documentElement.outerHTML;
      return [document.cookie, ...stores, databases, kept, ...entries, href, past, html].join('\n');
    });
  }

  /** Writes a note and waits until the page says that it is saved. */
  async write(category, text) {
    await this.hands.check(this.page.getByRole('radio', { name: category }));
    await this.hands.type(this.page.getByLabel('Your note', { exact: true }), text);
    await this.press('Save the note');
    const mine = this.page.getByRole('region', { name: 'Your notes' });
    const item = mine.getByRole('listitem').filter({ hasText: text });
    await item.getByText(/^Saved/).waitFor();
  }

  /** Moves a note in the list to a group or to another note, whose words begin like this. */
  async moveTo(text, target) {
    await this.press(/^Move to/, this.page.locator('.list [data-note]').filter({ hasText: text }));
    // A group may get its name only now: what can be chosen keeps up.
    await this.press(new RegExp(`^${target}`), this.page.getByRole('dialog'));
  }

  /** Uses what a facilitator runs the board with. On a phone it lies in front of the board, and is put away again. */
  async run(use) {
    const toggle = this.page.locator('.controls-toggle');
    const away = (await toggle.getAttribute('aria-expanded')) === 'false';
    if (away) await this.press(toggle);
    await use(this.page.locator('#controls'));
    if (away && (await toggle.isVisible())) await this.press(toggle);
  }

  /** Moves the board to the first step of a phase, and confirms where that is asked. */
  async nextPhase(name) {
    const step = this.page.locator(`.step[data-phase="${name}"] button`).first();
    await this.moveOn(step, this.page.locator(`[data-phase="${name}"] [aria-current="step"]`));
  }

  /** Moves the board to the next step of the agenda, which is called so. */
  async nextStep(title) {
    const step = this.button(new RegExp(`^Next: ${title}`));
    await this.moveOn(step, this.page.locator('.step-here').filter({ hasText: title }));
  }

  async moveOn(button, current) {
    await this.run(async () => {
      await this.press(button);
      const dialog = this.page.getByRole('dialog');
      await dialog.or(current).first().waitFor();
      if (await dialog.isVisible()) await this.press(dialog.locator('button.primary'));
      await current.waitFor();
    });
  }

  /** Without a network from now on, or with one again. */
  async offline(off) {
    await this.context.setOffline(off);
  }

  /** Opens the menu of what is rarely needed, and presses a button in it. */
  async more(name) {
    await this.press(this.page.locator('.more > summary'));
    await this.press(name);
  }

  async see(look) {
    await this.press(look);
  }

  async picture(name) {
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }
}

/** Everybody's page of one moment, as pictures. */
export async function pictures(moment, people) {
  for (const [who, person] of Object.entries(people)) {
    await person.picture(`${moment}-${who}`);
  }
}
