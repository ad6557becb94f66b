// A whole workshop in five browsers: from the first page to the downloaded file.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { DESKTOP, PHONE, Person, pictures, startBrowser, startServer } from './support.mjs';

const TITLE = 'Winter at the front door';
const ORGANISATIONS = ['Acute hospital', 'GP practices', 'Adult social care'];

const LETTER = 'The discharge letter arrives after the patient';
const PASSWORD = 'Three passwords before I can read one result';
const STAFF = 'Two of us cover the whole front door at night';
const NAMED = 'Mr Mustermann on ward seven never answers';
const REWRITTEN = 'Nobody answers the phone on the ward';
const PHONE_BOOK = 'One list of direct numbers, kept up to date';
const EVERY_NOTE = [LETTER, PASSWORD, STAFF, REWRITTEN, PHONE_BOOK];

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const onCanvas = (person, text) => person.page.locator('main [data-note]').filter({ hasText: text });
const inList = (person, text) => person.page.locator('.list [data-note]').filter({ hasText: text });
const groupInList = (person, name) => person.page.getByRole('region', { name: new RegExp(`^${name}`) });

/** Drags one thing onto another with the mouse, in small steps, as a hand does. */
async function drag(person, from, to) {
  const middle = async (locator) => {
    const box = await locator.boundingBox();
    assert.ok(box, 'the thing to drag is on the screen');
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const mouse = person.page.mouse;
  await mouse.move(...(await middle(from)));
  await mouse.down();
  await mouse.move(...(await middle(to)), { steps: 12 });
  await mouse.up();
}

/** Gives an item dots, in the list. */
async function give(person, item, dots) {
  const more = person.button('One dot more', item.getByRole('group', { name: /^Your dots on/ }).first());
  for (let given = 0; given < dots; given += 1) await more.click();
}

test('a whole workshop, from the first page to the file that is taken away', async (t) => {
  const organiser = await Person.arrive(browser);
  const links = {};

  await t.test('the organiser opens a board and gets three links', async () => {
    const { page } = organiser;
    await page.goto(server.url);
    await page.getByLabel('Title').fill(TITLE);
    await page.getByLabel(/^Organisations/).fill(ORGANISATIONS.join('\n'));
    await organiser.picture('0-first-page');
    await organiser.button('Open the board').click();
    await page.getByRole('heading', { name: `The board is open: ${TITLE}` }).waitFor();
    for (const [who, label] of Object.entries({
      participant: 'Participants’ link',
      facilitator: 'Facilitators’ link',
      organiser: 'Organiser’s link',
    })) {
      const field = page.getByRole('textbox', { name: new RegExp(label.replace('’', "['’]")) });
      links[who] = await field.inputValue();
      assert.match(links[who], /#[A-Za-z0-9_-]{43}$/);
    }
    assert.equal(await page.getByRole('img', { name: /QR code/ }).first().isVisible(), true);
    await organiser.picture('1-links');
  });

  const facilitator = await Person.arrive(browser);
  const ann = await Person.arrive(browser);
  const bob = await Person.arrive(browser, { ...DESKTOP, colorScheme: 'dark' });
  const cleo = await Person.arrive(browser, PHONE);
  const everyone = { organiser, facilitator, ann, bob, cleo };
  const participants = [ann, bob, cleo];

  await t.test('everybody joins by their link and reads the promise first', async () => {
    await cleo.page.goto(links.participant);
    await cleo.page.getByLabel('Your organisation').waitFor();
    await cleo.picture('2-promise-phone');
    await organiser.join(links.organiser);
    await facilitator.join(links.facilitator);
    for (const [index, person] of participants.entries()) {
      await person.join(links.participant, ORGANISATIONS[index]);
    }
    await facilitator.page.getByText('5 people here').waitFor();
    await pictures('3-lobby', everyone);
  });

  await t.test('people write privately and see where their notes stand', async () => {
    await facilitator.nextPhase('Write');
    await ann.write('Frustrations', LETTER);
    await ann.write('Frustrations', PASSWORD);
    await bob.write('Pressures', STAFF);
    await bob.write('Frustrations', NAMED);
    await cleo.write('Priorities', PHONE_BOOK);
    await pictures('4-write', everyone);
    for (const text of [LETTER, PASSWORD, STAFF, NAMED, PHONE_BOOK]) {
      const others = Object.values(everyone).filter((person) => !person.received.join().includes(text));
      assert.equal(others.length, 4, `“${text}” went to its author alone`);
    }
  });

  await t.test('the facilitator reveals all notes at once', async () => {
    await facilitator.button('Reveal the notes').click();
    for (const person of [facilitator, organiser, ann, bob]) {
      await onCanvas(person, LETTER).waitFor();
      await onCanvas(person, PHONE_BOOK).waitFor();
    }
    await inList(cleo, LETTER).waitFor();
    await pictures('5-revealed', everyone);
  });

  await t.test('a held note is told to its author, who rewrites it', async () => {
    await facilitator.see('List');
    await facilitator.button('Hold…', inList(facilitator, NAMED)).click();
    const dialog = facilitator.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /names or points at a person/ }).check();
    await facilitator.button('Hold the note', dialog).click();
    const held = 'names or points at a person';
    await inList(cleo, held).waitFor();
    assert.equal(await inList(cleo, NAMED).count(), 0);
    const mine = bob.page.getByRole('region', { name: 'Your notes' }).getByRole('listitem');
    const told = mine.filter({ hasText: held });
    await told.waitFor();
    await pictures('6-held', { facilitator, bob, cleo });
    await bob.button('Rewrite', told).click();
    const rewrite = bob.page.getByRole('form', { name: 'Rewrite the note' });
    await rewrite.getByLabel('Your note', { exact: true }).fill(REWRITTEN);
    await bob.button('Save the rewrite', rewrite).click();
    await mine.filter({ hasText: REWRITTEN }).getByText(/^Saved/).waitFor();
    await facilitator.button('Reveal the notes').click();
    const queued = facilitator.page.locator('.queued').filter({ hasText: REWRITTEN });
    await facilitator.button('Release', queued).click();
    await inList(cleo, REWRITTEN).waitFor();
  });

  await t.test('everybody groups notes, on the canvas and in the list', async () => {
    await facilitator.nextPhase('Cluster');
    await ann.button('Fit the whole board').click();
    await drag(ann, onCanvas(ann, REWRITTEN), onCanvas(ann, LETTER));
    // The new group asks for its name by itself.
    const name = ann.page.locator('main [data-cluster]').getByLabel('Name of the group');
    await name.and(ann.page.locator(':focus')).waitFor();
    await ann.page.keyboard.type('Reaching each other');
    await ann.page.keyboard.press('Enter');
    await cleo.button(/^Move to/, inList(cleo, PHONE_BOOK)).click();
    // The group may get its name only now: what can be chosen keeps up.
    await cleo.page.getByRole('dialog').getByRole('button', { name: /^Reaching each other/ }).click();
    await groupInList(cleo, 'Reaching each other').locator('[data-note]').filter({ hasText: PHONE_BOOK }).waitFor();
    await bob.see('List');
    await bob.button(/^Move to/, inList(bob, STAFF)).click();
    await bob.page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${PASSWORD}`) }).click();
    const unnamed = bob.page.locator('.list [data-cluster]').filter({ hasText: STAFF });
    await bob.button('Rename', unnamed).click();
    await bob.page.getByLabel('Name of the group').fill('Nights and logins');
    await bob.page.keyboard.press('Enter');
    await groupInList(cleo, 'Nights and logins').waitFor();
    await pictures('7-cluster', everyone);
  });

  await t.test('people vote, nobody sees a total, and the round is closed', async () => {
    await facilitator.nextPhase('Vote');
    await facilitator.page.getByLabel('Question').first().fill('What should change first?');
    await facilitator.page.getByLabel('Dots each').fill('3');
    await facilitator.page.getByLabel('At most on one').fill('2');
    await facilitator.button('Open the voting').click();
    await ann.see('List');
    for (const person of participants) await person.page.getByText('What should change first?').waitFor();
    await give(ann, groupInList(ann, 'Reaching each other'), 2);
    await give(ann, groupInList(ann, 'Nights and logins'), 1);
    await give(bob, groupInList(bob, 'Reaching each other'), 2);
    await give(cleo, groupInList(cleo, 'Nights and logins'), 2);
    const back = groupInList(cleo, 'Nights and logins').getByRole('button', { name: 'One dot less' });
    await back.first().click();
    for (const person of participants) await person.page.getByText('Everything is saved').waitFor();
    await pictures('8-vote', everyone);
    assert.ok(!facilitator.received.join().includes('"totals":['), 'no total before the close');
    await facilitator.button('Close and show totals').click();
    await facilitator.button('Close and show totals', facilitator.page.getByRole('dialog')).click();
    for (const person of Object.values(everyone)) {
      await person.page.getByRole('region', { name: 'Results' }).getByText('4 dots').waitFor();
    }
  });

  await t.test('the results are talked about and the board is closed', async () => {
    await facilitator.nextPhase('Discuss');
    await cleo.page.getByRole('region', { name: 'Results' }).waitFor();
    await pictures('9-discuss', everyone);
    await facilitator.nextPhase('Closed');
    await pictures('10-closed', everyone);
  });

  await t.test('the organiser downloads what was done, and only that', async () => {
    const download = organiser.page.waitForEvent('download');
    await organiser.button('Download the board (JSON)').click();
    const file = await download;
    const text = await readFile(await file.path(), 'utf8');
    const board = JSON.parse(text);
    assert.equal(board.title, TITLE);
    assert.deepEqual(board.organisations, ORGANISATIONS);
    assert.deepEqual(board.categories, ['Frustrations', 'Pressures', 'Priorities']);
    assert.equal(board.phase, 'closed');
    const texts = (group) => group.notes.map((note) => note.text).sort();
    const groups = Object.fromEntries(board.clusters.map((group) => [group.name, texts(group)]));
    assert.deepEqual(groups, {
      'Reaching each other': [LETTER, PHONE_BOOK, REWRITTEN].sort(),
      'Nights and logins': [PASSWORD, STAFF].sort(),
    });
    assert.deepEqual(board.loose_notes, []);
    const names = Object.fromEntries(board.clusters.map((group) => [group.id, group.name]));
    const [round] = board.rounds;
    assert.equal(round.question, 'What should change first?');
    assert.deepEqual(round.budget, { dots: 3, per_item: 2 });
    const totals = round.totals.map(({ item, dots }) => [names[item.cluster], dots]);
    assert.deepEqual(totals, [
      ['Reaching each other', 4],
      ['Nights and logins', 2],
    ]);
    assert.deepEqual(board.moderation, [
      { action: 'held', reason: 'names_a_person', count: 1 },
      { action: 'released', reason: null, count: 1 },
    ]);
    const categories = board.clusters.flatMap((group) => group.notes).map((note) => note.category);
    assert.equal(categories.filter((category) => category === 'Frustrations').length, 3);
    assert.equal(EVERY_NOTE.every((note) => text.split(note).length === 2), true, 'each text once');
    assert.ok(!text.includes(NAMED), 'the held text is not in the file');
    assert.doesNotMatch(text, /\d\d:\d\d/, 'no time finer than the date');
  });

  await t.test('a deleted board is gone for everybody', async () => {
    await organiser.button('Delete the board…').click();
    const dialog = organiser.page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('delete');
    await organiser.button('Delete the board for good', dialog).click();
    for (const person of Object.values(everyone)) {
      await person.page.getByRole('heading', { name: 'This board was deleted' }).waitFor();
    }
    const late = await Person.arrive(browser);
    await late.page.goto(links.participant);
    await late.page.getByRole('heading', { name: 'There is no such board' }).waitFor();
  });

  await t.test('no page reported a fault', () => {
    for (const [who, person] of Object.entries(everyone)) assert.deepEqual(person.faults, [], who);
  });
});
