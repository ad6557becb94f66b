// What facilitators do by keyboard alone, and what they and everybody else are told of the time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Person, browser, openBoard, server, stage } from './support.mjs';

stage();

/** A facilitator and a participant of a board where notes are being written. */
async function writing() {
  const board = await openBoard(server);
  const facilitator = await Person.arrive(browser);
  await facilitator.join(board.facilitator);
  await facilitator.nextPhase('Write');
  const ann = await Person.arrive(browser);
  await ann.join(board.participant);
  return { facilitator, ann };
}

test('the queue is worked through by keyboard', async () => {
  const { facilitator, ann } = await writing();
  const { page } = facilitator;
  for (const text of ['One to release', 'Another to release', 'One to hold']) {
    await ann.write('Frustrations', text);
  }
  await page.locator('summary').filter({ hasText: 'Moderation' }).click();
  await page.getByRole('switch', { name: /Look at notes first/ }).click();
  await facilitator.button('Collect for moderation').click();
  const queued = (text) => page.locator('.queued').filter({ hasText: text });
  const onBoard = (text) => ann.page.locator('main [data-note]').filter({ hasText: text });
  await queued('One to hold').waitFor();

  // J goes on until the note is reached; its order is random.
  const reach = async (text) => {
    await page.locator('.queued').first().getByRole('button').first().focus();
    const is = () => queued(text).evaluate((note) => note === document.activeElement);
    await page.keyboard.press('k');
    for (let tries = 0; !(await is()) && tries < 3; tries += 1) await page.keyboard.press('j');
    assert.ok(await is(), text);
  };
  await reach('One to hold');
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().check();
  await facilitator.button('Hold the note', dialog).press('Enter');
  await page.getByRole('heading', { name: '1 note is held' }).waitFor();
  for (const text of ['One to release', 'Another to release']) {
    await reach(text);
    await page.keyboard.press('r');
    await onBoard(text).waitFor();
  }
  assert.equal(await onBoard('One to hold').count(), 0);
  assert.deepEqual(facilitator.faults, []);
});

test('a sheet shows the keys, and keys without Ctrl can be turned off', async () => {
  const { facilitator } = await writing();
  const { page } = facilitator;
  await page.locator('#work').focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Next note, note before').waitFor();
  await facilitator.picture('shortcuts');
  await sheet.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.locator('#work').focus();
  await page.keyboard.press('?');
  // What is still opened without it shows that the key had come and gone.
  await facilitator.more('Keyboard shortcuts');
  await sheet.getByRole('checkbox', { checked: false }).waitFor();
  await sheet.getByRole('checkbox').check();
});

test('everybody sees the timer, hears of its last minutes, and it is extended in one press', async () => {
  const { facilitator, ann } = await writing();
  const { page } = facilitator;
  await page.locator('summary').filter({ hasText: 'Timer' }).click();
  await page.getByLabel('Minutes').fill('1');
  await facilitator.button('Start').click();
  await ann.page.getByRole('timer').getByText(/0:5/).waitFor();
  await facilitator.button('+ 1 min', page.locator('.header')).click();
  await ann.page.getByRole('timer').getByText(/1:/).waitFor();
  // The clock has to run: the server's time, which counts, can't be set from here.
  const said = ann.page.locator('[aria-live]').getByText('One minute left.');
  await said.waitFor({ state: 'attached', timeout: 90_000 });
});
