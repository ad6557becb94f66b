// What a real browser keeps, shows and refuses: the promises that only a browser can break.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { PHONE, Person, browser, server, stage } from './support.mjs';

stage();

/** Opens a board by the API, as a program would; the answer names its links. */
async function openBoard(privacy = {}) {
  const settings = {
    title: 'Behind closed doors',
    categories: [
      { name: 'Frustrations', colour: 'rose' },
      { name: 'Priorities', colour: 'teal' },
    ],
    organisations: ['Acute hospital', '=GP practices'],
    privacy: { release: 'reveal', min_group: 5, keep_days: 30, admission: 'shared_link', ...privacy },
  };
  const answer = await fetch(`${server.url}/api/boards`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ settings }),
  });
  const created = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(created));
  for (const role of ['organiser', 'facilitator', 'participant']) {
    if (created[role]) created[role] = server.url + created[role];
  }
  return created;
}

/** Somebody on a board on which people write. */
async function whileWriting(options) {
  const board = await openBoard();
  const facilitator = await Person.arrive(browser);
  await facilitator.join(board.facilitator);
  await facilitator.nextPhase('Write');
  const ann = await Person.arrive(browser, options);
  await ann.join(board.participant, 'Acute hospital');
  return { board, facilitator, ann };
}

const fragment = (link) => link.split('#')[1];

/** A page of another site, on another port of this machine. */
async function anotherSite(t, html) {
  const site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(html);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  t.after(() => {
    site.closeAllConnections();
    site.close();
  });
  return `http://127.0.0.1:${site.address().port}/`;
}

test('the headers that protect the page are in force', async () => {
  const { page } = await Person.arrive(browser);
  const answer = await page.goto(server.url);
  const headers = answer.headers();
  const policy = headers['content-security-policy'];
  for (const directive of [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    assert.ok(policy.includes(directive), policy);
  }
  assert.ok(!/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/.test(policy), policy);
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), true);
});

test('an injected script, style, frame or request to another site does nothing', async (t) => {
  const site = await anotherSite(t, '<p>Another site</p>');
  const { page, faults } = await Person.arrive(browser);
  await page.goto(server.url);
  const tried = await page.evaluate(async (elsewhere) => {
    const outcome = {};
    const attempt = async (name, act) => {
      try {
        outcome[name] = await act();
      } catch (fault) {
        outcome[name] = `stopped: ${fault.name}`;
      }
    };
    // Not eval itself: what a test runs at once is exempt from the page's policy.
    await attempt('eval', () => {
      setTimeout('window.injected = true');
      return new Promise((done) => setTimeout(() => done(window.injected ?? 'stopped'), 50));
    });
    await attempt('script', () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      return window.injected ?? 'stopped';
    });
    await attempt('handler', () => {
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.injected = true');
      image.src = '/nothing-here';
      document.body.append(image);
      return new Promise((done) => {
        image.addEventListener('error', () => done(window.injected ?? 'stopped'));
      });
    });
    await attempt('style', () => {
      const paragraph = document.createElement('p');
      paragraph.setAttribute('style', 'position: fixed');
      document.body.append(paragraph);
      return getComputedStyle(paragraph).position === 'fixed' ? 'applied' : 'stopped';
    });
    await attempt('fetch', () => fetch(elsewhere));
    await attempt('socket', () => {
      const socket = new WebSocket(elsewhere.replace('http', 'ws'));
      return new Promise((done) => {
        socket.addEventListener('error', () => done('stopped'));
        socket.addEventListener('open', () => done('open'));
      });
    });
    await attempt('image', () => {
      const image = new Image();
      return new Promise((done) => {
        image.addEventListener('error', () => done('stopped'));
        image.addEventListener('load', () => done('loaded'));
        image.src = elsewhere;
      });
    });
    return outcome;
  }, site);
  for (const [what, outcome] of Object.entries(tried)) assert.match(String(outcome), /^stopped/, what);
  assert.ok(faults.length > 0, 'the policy reports what it stops, or other tests could not notice it');
});

test('no other site can show a board in a frame, open its socket or act in somebody’s name', async (t) => {
  const board = await openBoard();
  const ann = await Person.arrive(browser);
  await ann.join(board.participant, 'Acute hospital');
  const live = `${server.url}/api/boards/${board.board}/live?as=participant`;
  const site = await anotherSite(t, '<p>Another site</p>');
  const other = await ann.context.newPage();
  await other.goto(site);
  const framed = await other.evaluate(async (url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
    await new Promise((done) => frame.addEventListener('load', done));
    return frame.contentDocument === null ? 'refused' : 'same origin';
  }, server.url);
  assert.equal(framed, 'refused');
  assert.equal(other.frames().some((frame) => frame.url().startsWith(server.url)), false);
  const opened = await other.evaluate(
    (url) =>
      new Promise((done) => {
        const socket = new WebSocket(url, 'candour.v1');
        socket.addEventListener('open', () => done('open'));
        socket.addEventListener('error', () => done('refused'));
      }),
    live.replace('http', 'ws'),
  );
  assert.equal(opened, 'refused');
  const deleted = await other.evaluate(async (url) => {
    const answer = await fetch(url, { method: 'DELETE', mode: 'no-cors', credentials: 'include' }).catch(() => null);
    return answer?.type ?? 'failed';
  }, `${server.url}/api/boards/${board.board}/me?as=participant`);
  assert.match(deleted, /failed|opaque/);
  await ann.page.reload();
  await ann.page.getByText('Everything is saved').waitFor();
});

test('tokens and links are out of reach of scripts and out of the address bar', async () => {
  const board = await openBoard();
  const ann = await Person.arrive(browser);
  await ann.page.goto(board.participant);
  await ann.page.getByText('are never told who wrote a note').first().waitFor();
  const secret = fragment(board.participant);
  assert.ok(!(await ann.exposed()).includes(secret), 'the link’s secret is nowhere before joining');
  await ann.join(board.participant, 'Acute hospital');
  const cookies = await ann.context.cookies(`${server.url}/api/boards/${board.board}/me`);
  assert.equal(cookies.length, 1);
  const [{ value, httpOnly, sameSite, path }] = cookies;
  assert.deepEqual([httpOnly, sameSite, path], [true, 'Strict', `/api/boards/${board.board}`]);
  const exposed = await ann.exposed();
  for (const hidden of [value, secret]) assert.ok(!exposed.includes(hidden), 'a secret is exposed');
  assert.ok(![...ann.sent, ...ann.received].join().includes(value), 'the token goes over no frame');
  await ann.page.goBack().catch(() => null);
  assert.ok(!ann.page.url().includes(secret), 'going back shows no secret either');
});

test('whoever is invited can read who could learn what, and still join', async () => {
  const board = await openBoard();
  const ann = await Person.arrive(browser, PHONE);
  await ann.page.goto(board.participant);
  const opened = ann.context.waitForEvent('page');
  await ann.page.getByRole('link', { name: /Who could learn what/ }).click();
  const model = await opened;
  await model.getByRole('heading', { name: 'Who could learn what', level: 1 }).waitFor();
  await model.getByRole('table').first().waitFor();
  assert.ok(!(await model.content()).includes(fragment(board.participant)));
  await model.screenshot({ path: new URL('screenshots/threat-model-phone.png', import.meta.url).pathname });
  const wide = await model.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, 'the page fits a phone');
  await ann.page.bringToFront();
  await ann.page.getByLabel('Your organisation').selectOption({ label: 'Acute hospital' });
  await ann.button(/^Join/).click();
  await ann.page.getByText('Everything is saved').waitFor();
  assert.deepEqual(ann.faults, []);
});

test('leaving clears the device', async () => {
  const { board, ann } = await whileWriting();
  await ann.write('Frustrations', 'Nobody reads what I write here');
  await ann.page.getByLabel('Your note', { exact: true }).fill('A draft that was not sent');
  await ann.more('Leave');
  const asked = ann.page.getByRole('dialog', { name: 'Leave the board?' });
  await asked.getByText('nobody can change them or take them back').waitFor();
  await ann.press('Leave the board', asked);
  await ann.page.waitForURL(`${server.url}/`);
  await ann.page.getByRole('heading', { name: 'Candour' }).first().waitFor();
  assert.deepEqual(await ann.context.cookies(`${server.url}/api/boards/${board.board}/me`), []);
  const exposed = await ann.exposed();
  for (const text of ['Nobody reads what I write here', 'A draft that was not sent', board.board]) {
    assert.ok(!exposed.includes(text), `“${text}” is still on this device`);
  }
  const stores = await ann.page.evaluate(() => [localStorage.length, sessionStorage.length]);
  assert.deepEqual(stores, [0, 0]);
  await ann.page.goBack();
  await ann.page.getByRole('heading', { name: 'You have not joined this board' }).waitFor();
});

test('codes are made, printed, saved as a file, and typed on a phone', async () => {
  const board = await openBoard({ admission: 'codes' });
  assert.equal(board.participant, null);
  const organiser = await Person.arrive(browser);
  await organiser.join(board.organiser);
  const form = organiser.page.getByRole('form', { name: 'Make codes' });
  await form.getByLabel('For which organisation').selectOption({ label: '=GP practices' });
  await form.getByLabel('How many codes').fill('3');
  await organiser.button('Make codes', form).click();
  await organiser.page.getByRole('heading', { name: '3 codes for =GP practices' }).waitFor();
  await organiser.picture('codes');
  const download = organiser.page.waitForEvent('download');
  await organiser.button('Download as CSV').click();
  const table = await readFile(await (await download).path(), 'utf8');
  const rows = table.trim().split('\r\n');
  assert.equal(rows.length, 4);
  assert.ok(!/(^|,)"?=/m.test(table), 'no cell is a formula');
  const code = table.match(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/)[0];
  await organiser.page.emulateMedia({ media: 'print' });
  await organiser.picture('codes-printed');
  await organiser.page.emulateMedia({ media: 'screen' });

  const cleo = await Person.arrive(browser, PHONE);
  await cleo.page.goto(`${server.url}/b/${board.board}`);
  await cleo.page.getByLabel('Have you been given a code?').fill(code.toLowerCase().replaceAll('-', ' '));
  await cleo.picture('code-typed-phone');
  await cleo.button('Go on').click();
  await cleo.page.getByText('=GP practices').waitFor();
  await cleo.button(/^Join/).click();
  await cleo.page.getByText('Everything is saved').waitFor();
  assert.ok(!(await cleo.exposed()).includes(code), 'the code is not kept');
  // A browser reports to its console that somebody who has not joined was told so.
  const told = (fault) => !/401 \(Unauthorized\)/.test(fault);
  for (const person of [organiser, cleo]) assert.deepEqual(person.faults.filter(told), []);
});

test('an NHS number has to go, a postcode is a nudge, and nothing typed is lost', async () => {
  const { ann } = await whileWriting();
  const text = ann.page.getByLabel('Your note', { exact: true });
  await ann.page.getByRole('radio', { name: 'Frustrations' }).check();
  await text.fill('Look up 999 123 4608 in HX19 3WE, it is blank');
  const found = ann.page.getByRole('heading', { name: 'Could somebody be recognised by this?' });
  await found.waitFor();
  await ann.picture('guard');
  assert.equal(await ann.page.locator('mark.found').count(), 2);
  await ann.button('Save the note').click();
  await ann.page.getByText(/looks like an NHS number/).first().waitFor();
  assert.equal(await text.inputValue(), 'Look up 999 123 4608 in HX19 3WE, it is blank');
  assert.ok(!ann.sent.join().includes('999 123 4608'), 'nothing was sent');
  await ann.page.getByLabel('This is not an NHS number').check();
  await ann.button('Save the note').click();
  const mine = ann.page.getByRole('region', { name: 'Your notes' }).getByRole('listitem');
  await mine.filter({ hasText: '999 123 4608' }).getByText(/^Saved/).waitFor();
  await ann.write('Frustrations', 'Nearest drop-in is HX19 3WE, two buses');
  assert.deepEqual(ann.faults, []);
});

test('what others receive about me is what this browser sent and what came back to everybody', async () => {
  const { board, facilitator, ann } = await whileWriting(PHONE);
  await ann.write('Frustrations', 'The letter comes after the patient');
  await ann.more('What others receive about me');
  const shown = ann.page.getByRole('dialog', { name: 'What others receive about me' });
  const thing = shown.locator('.traffic-thing').filter({ hasText: 'The letter comes after the patient' });
  await thing.getByText(/^Nothing of it/).waitFor();
  const sent = ann.sent.find((frame) => frame.includes('The letter comes after the patient'));
  const json = await thing.locator('.frame-sent .frame-json').first().textContent();
  assert.deepEqual(JSON.parse(json), JSON.parse(sent), 'exactly what was sent');
  await facilitator.button('Reveal the notes').click();
  await shown.locator('[data-reach="everybody"]').first().waitFor();
  const received = await thing.locator('.frame:not(.frame-sent) .frame-json').allTextContents();
  assert.ok(received.join().includes('The letter comes after the patient'));
  const { note } = JSON.parse(sent).command.post_note;
  assert.ok(received.join().includes(note));
  await ann.picture('received-phone');
  const cookie = (await ann.context.cookies(`${server.url}/api/boards/${board.board}/me`))[0].value;
  assert.ok(!(await shown.textContent()).includes(cookie));
  assert.deepEqual(ann.faults, []);
});
