// Bad networks: without one for a while, asleep, reloaded at the wrong moment, in two tabs, and thirty at
// once. Nothing is lost and nothing is there twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESKTOP, PHONE, Person, browser, exported, openBoard, server, stage } from './support.mjs';

stage();

const mine = (person, text) =>
  person.page.getByRole('region', { name: 'Your notes' }).getByRole('listitem').filter({ hasText: text });
const onBoard = (person, text) => person.page.locator('main [data-note]').filter({ hasText: text });

/** Writes a note without waiting for it to be saved. */
async function scribble(person, text) {
  await person.page.getByLabel('Your note', { exact: true }).fill(text);
  await person.button('Save the note').click();
  await mine(person, text).waitFor();
}

async function everybody(board, sizes) {
  const organiser = await Person.arrive(browser);
  await organiser.join(board.organiser);
  const people = [];
  for (const size of sizes) {
    const person = await Person.arrive(browser, size);
    await person.join(board.participant);
    people.push(person);
  }
  return { organiser, people };
}

/** Every text on the board, in the order of the alphabet. */
function texts(board) {
  const notes = [...board.loose_notes, ...board.clusters.flatMap((group) => group.notes)];
  return notes.map((note) => note.text).sort();
}

for (const [size, options] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  test(`offline in the middle, both sides go on and nothing is lost or doubled (${size})`, async () => {
    const board = await openBoard(server);
    const { organiser, people } = await everybody(board, [options, options]);
    const [ann, bob] = people;
    await organiser.nextPhase('Write');
    await ann.write('Frustrations', 'Written while all was well');

    await ann.offline(true);
    await ann.page.getByText(/^Offline/).first().waitFor();
    await scribble(ann, 'Written without a network');
    await mine(ann, 'Written without a network').getByText('Not saved yet').waitFor();
    await bob.write('Priorities', 'Written meanwhile');
    await organiser.button('Reveal the notes').click();
    await onBoard(bob, 'Written meanwhile').waitFor();

    // Even a reload shows the board as it was, with what waits; then the rest comes.
    await ann.page.reload();
    await mine(ann, 'Written without a network').getByText('Not saved yet').waitFor();
    await scribble(ann, 'Written after the reload');
    await ann.picture(`network-offline-${size}`);
    await ann.offline(false);
    await ann.page.getByText('Everything is saved').waitFor();
    await onBoard(ann, 'Written meanwhile').waitFor();
    await mine(ann, 'Written after the reload').getByText(/^Saved/).waitFor();

    await organiser.button('Reveal the notes').click();
    await onBoard(bob, 'Written without a network').waitFor();
    assert.deepEqual(texts(await exported(organiser)), [
      'Written after the reload',
      'Written meanwhile',
      'Written while all was well',
      'Written without a network',
    ]);
  });
}

test('a page that slept catches up by itself', async () => {
  const board = await openBoard(server);
  const { organiser, people } = await everybody(board, [DESKTOP, DESKTOP]);
  const [ann, bob] = people;
  await organiser.nextPhase('Write');
  const devtools = await ann.context.newCDPSession(ann.page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await bob.write('Priorities', 'Written while she slept');
  await organiser.button('Reveal the notes').click();
  await onBoard(bob, 'Written while she slept').waitFor();
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await onBoard(ann, 'Written while she slept').waitFor();
  await ann.page.getByText('Everything is saved').waitFor();
});

test('two tabs are one person, and each shows what the other does', async () => {
  const board = await openBoard(server);
  const { organiser, people } = await everybody(board, [DESKTOP]);
  const [ann] = people;
  await organiser.nextPhase('Write');
  const other = Object.assign(new Person(), ann);
  other.page = await ann.context.newPage();
  await other.page.goto(ann.page.url());
  await other.page.getByText('Everything is saved').waitFor();
  await organiser.page.getByText('2 people here').waitFor();
  await ann.write('Frustrations', 'Written in the first tab');
  await mine(other, 'Written in the first tab').getByText(/^Saved/).waitFor();
  await other.button('Take back', mine(other, 'Written in the first tab')).click();
  await other.button('Take it back', other.page.getByRole('dialog')).click();
  await mine(ann, 'Written in the first tab').waitFor({ state: 'detached' });
});

test('thirty people write at once, and everybody sees every note once', async () => {
  const board = await openBoard(server);
  const organiser = await Person.arrive(browser);
  await organiser.join(board.organiser);
  await organiser.nextPhase('Write');
  const people = [];
  for (let number = 0; number < 30; number += 1) {
    const person = await Person.arrive(browser, number % 2 ? PHONE : DESKTOP);
    await person.join(board.participant);
    people.push(person);
  }
  await organiser.page.getByText('31 people here').waitFor();
  const written = people.map((_, number) => `Note number ${number + 1}`);
  await Promise.all(people.map((person, number) => person.write('Priorities', written[number])));
  await organiser.button('Reveal the notes').click();
  await Promise.all(
    people.map((person) => person.page.waitForFunction(() => document.querySelectorAll('main [data-note]').length === 30)),
  );
  await people[0].picture('network-thirty');
  assert.deepEqual(texts(await exported(organiser)), written.sort());
  for (const person of [...people, organiser]) {
    assert.deepEqual(person.faults, []);
    await person.context.close();
  }
});
