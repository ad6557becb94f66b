// A whole workshop of five people, from the first page to the deleted board: with mice, on phones, and by
// keyboard alone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { FINGER, KEYBOARD, MOUSE } from './hands.mjs';
import { Person, browser, pictures, server, stage } from './support.mjs';

const TITLE = 'Winter at the front door';
const ORGANISATIONS = ['Acute hospital', 'GP practices', 'Adult social care'];

const LETTER = 'The discharge letter arrives after the patient';
const PASSWORD = 'Three passwords before I can read one result';
const STAFF = 'Two of us cover the whole front door at night';
const NAMED = 'Mr Mustermann on ward seven never answers';
const REWRITTEN = 'Nobody answers the phone on the ward';
const PHONE_BOOK = 'One list of direct numbers, kept up to date';
const EVERY_NOTE = [LETTER, PASSWORD, STAFF, REWRITTEN, PHONE_BOOK];

const REACHING = 'Reaching each other';
const NIGHTS = 'Nights and logins';
const REPLY = 'The switchboard has such a list';
const REMARK = 'Everybody keeps a list of their own.';
const COMMITMENT = 'One shared list of direct numbers';

stage();

const noteOf = (person, text) => person.page.locator('main [data-note]').filter({ hasText: text }).first();
const inList = (person, text) => person.page.locator('.list [data-note]').filter({ hasText: text });
const group = (person, name) => person.page.getByRole('region', { name: new RegExp(`^${name}`) });
const results = (person) => person.page.getByRole('region', { name: 'Results', exact: true });

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

/** Puts two notes into a new group, and names it: on the canvas with a mouse, in the list without. */
async function makeGroup(person, from, to, name) {
  if (person.hands === MOUSE) {
    await person.press('Fit the whole board');
    await drag(person, noteOf(person, from), noteOf(person, to));
    // The new group asks for its name by itself.
    const field = person.page.locator('main [data-cluster]').getByLabel('Name of the group');
    await field.and(person.page.locator(':focus')).waitFor();
    await person.page.keyboard.type(name);
    await person.page.keyboard.press('Enter');
  } else {
    await person.moveTo(from, to);
    const unnamed = person.page.locator('.list [data-cluster]').filter({ hasText: from });
    await person.press('Rename', unnamed);
    await person.hands.type(person.page.getByLabel('Name of the group'), name);
    await person.press('Save', unnamed);
  }
}

/** Gives an item dots, in the list. */
async function give(person, item, dots) {
  const more = person.button('One dot more', item.getByRole('group', { name: /^Your dots on/ }).first());
  for (let given = 0; given < dots; given += 1) await person.press(more);
}

async function workshop(t, name, hands) {
  const arrive = (options) => Person.arrive(browser, options, hands);
  const organiser = await arrive();
  const links = {};
  const everyone = { organiser };
  const seen = (moment, people = everyone) => pictures(`${name}-${moment}`, people);
  let broken = false;
  // What comes after a step that failed says nothing.
  const step = (title, does) =>
    t.test(title, { skip: broken }, async () => {
      broken = true;
      try {
        await does();
      } catch (error) {
        await seen('failed');
        throw error;
      }
      broken = false;
    });

  await step('the organiser opens a board and gets three links', async () => {
    const { page } = organiser;
    await page.goto(server.url);
    await hands.type(page.getByLabel('Title'), TITLE);
    await hands.check(page.getByRole('radio', { name: /^Working together/ }));
    await hands.type(page.getByLabel(/^Organisations/), ORGANISATIONS.join('\n'));
    await seen('0-first-page');
    await organiser.press(page.locator('summary').filter({ hasText: 'Privacy rules' }));
    await hands.type(page.getByLabel('Smallest group to be named'), '3');
    await organiser.press('Open the board');
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
    await seen('1-links');
  });

  const facilitator = await arrive();
  const ann = await arrive();
  const bob = await arrive({ colorScheme: 'dark' });
  const cleo = await arrive();
  Object.assign(everyone, { facilitator, ann, bob, cleo });
  const participants = [ann, bob, cleo];

  await step('everybody joins by their link and reads the promise first', async () => {
    await cleo.page.goto(links.participant);
    await cleo.page.getByLabel('Your organisation').waitFor();
    await seen('2-promise', { cleo });
    await organiser.join(links.organiser);
    await facilitator.join(links.facilitator);
    for (const [index, person] of participants.entries()) {
      await person.join(links.participant, ORGANISATIONS[index]);
    }
    await facilitator.page.getByText('5 people here').waitFor();
    // With a mouse people stay on the canvas, and one on the list; by keyboard the list is at hand for all.
    const lists = hands === KEYBOARD ? Object.values(everyone) : hands === MOUSE ? [facilitator, cleo] : [];
    for (const person of lists) await person.see('List');
    await seen('3-lobby');
  });

  const pulse = async (answers) => {
    await facilitator.run(() => facilitator.press('Ask everybody'));
    for (const [index, person] of participants.entries()) {
      await hands.check(person.page.getByRole('radio', { name: String(answers[index]), exact: true }));
      await person.page.getByText(`Your answer: ${answers[index]} of 5.`).waitFor();
    }
  };
  const closePulse = async (words) => {
    await facilitator.run(() => facilitator.press('Close and show the answers'));
    for (const person of Object.values(everyone)) {
      await person.page.getByRole('region', { name: 'How it stood' }).getByText(words).waitFor();
    }
  };

  await step('everybody says how safe it is to be candid, and nobody sees who', async () => {
    await facilitator.nextStep('Pulse');
    await pulse([2, 3, 4]);
    await seen('4-pulse');
    await closePulse('3.0 of 5 on average, 3 answers');
    await seen('5-pulse-closed');
  });

  await step('people write privately, see where their notes stand, and say that they are done', async () => {
    await facilitator.nextStep('Private writing');
    await facilitator.run(() => facilitator.press('Start the timer: 10 min'));
    await cleo.page.getByRole('timer').getByText(/9:\d\d/).waitFor();
    await ann.write('Frustrations', LETTER);
    await ann.write('Frustrations', PASSWORD);
    await bob.write('Pressures', STAFF);
    await bob.write('Frustrations', NAMED);
    await cleo.write('Priorities', PHONE_BOOK);
    await seen('6-write');
    for (const text of [LETTER, PASSWORD, STAFF, NAMED, PHONE_BOOK]) {
      const others = Object.values(everyone).filter((person) => !person.received.join().includes(text));
      assert.equal(others.length, 4, `“${text}” went to its author alone`);
    }
    for (const person of participants) await person.press('I’m done');
    await facilitator.run(() => facilitator.page.getByText('3 of 3 done').waitFor());
  });

  const reveal = () => facilitator.run(() => facilitator.press('Reveal the notes'));

  await step('the facilitator reveals all notes at once', async () => {
    await reveal();
    for (const person of Object.values(everyone)) {
      await noteOf(person, LETTER).waitFor();
      await noteOf(person, PHONE_BOOK).waitFor();
    }
    await seen('7-revealed');
  });

  await step('a held note is told to its author, who rewrites it', async () => {
    await facilitator.press('Hold…', inList(facilitator, NAMED));
    const dialog = facilitator.page.getByRole('dialog');
    await hands.check(dialog.getByRole('radio', { name: /names or points at a person/ }));
    await facilitator.press('Hold the note', dialog);
    const held = 'names or points at a person';
    await inList(cleo, held).waitFor();
    assert.equal(await inList(cleo, NAMED).count(), 0);
    const mine = bob.page.getByRole('region', { name: 'Your notes' }).getByRole('listitem');
    const told = mine.filter({ hasText: held });
    await told.waitFor();
    await seen('8-held', { facilitator, bob, cleo });
    await bob.press('Rewrite', told);
    const rewrite = bob.page.getByRole('form', { name: 'Rewrite the note' });
    await hands.type(rewrite.getByLabel('Your note', { exact: true }), REWRITTEN);
    await bob.press('Save the rewrite', rewrite);
    await mine.filter({ hasText: REWRITTEN }).getByText(/^Saved/).waitFor();
    await reveal();
    await facilitator.run(async (controls) => {
      await facilitator.press('Release', controls.locator('.queued').filter({ hasText: REWRITTEN }));
    });
    await inList(cleo, REWRITTEN).waitFor();
  });

  await step('people say that a note is true for them too', async () => {
    await facilitator.nextStep('Reveal and silent reading');
    await cleo.press('Same here', inList(cleo, LETTER));
    await cleo.page.getByRole('button', { name: 'Same here', pressed: true }).waitFor();
    await reveal();
    await inList(cleo, LETTER).getByText('1 person says “same here”').waitFor();
    await seen('9-same-here');
  });

  await step('everybody groups notes', async () => {
    await facilitator.nextStep('Silent sort');
    await noteOf(ann, REWRITTEN).waitFor();
    await makeGroup(ann, REWRITTEN, LETTER, REACHING);
    await group(cleo, REACHING).waitFor();
    await cleo.moveTo(PHONE_BOOK, REACHING);
    await group(cleo, REACHING).locator('[data-note]').filter({ hasText: PHONE_BOOK }).waitFor();
    await facilitator.nextStep('Name the groups');
    await makeGroup(bob, STAFF, PASSWORD, NIGHTS);
    await group(cleo, NIGHTS).waitFor();
    await seen('10-groups');
  });

  const closeRound = async (words) => {
    await facilitator.run(async () => {
      await facilitator.press('Close and show totals');
      await facilitator.press('Close and show totals', facilitator.page.getByRole('dialog'));
    });
    for (const person of Object.values(everyone)) await results(person).getByText(words).first().waitFor();
  };

  await step('people vote, nobody sees a total, and the round is closed', async () => {
    await facilitator.nextStep('Blind vote');
    await facilitator.run(async (controls) => {
      await hands.type(controls.getByLabel('Question').first(), 'What should change first?');
      await hands.type(controls.getByLabel('Dots each'), '3');
      await hands.type(controls.getByLabel('At most on one'), '2');
      await facilitator.press('Open the voting');
    });
    for (const person of participants) {
      await person.page.getByText('What should change first?').first().waitFor();
      await person.see('List');
    }
    await give(ann, group(ann, REACHING), 2);
    await give(ann, group(ann, NIGHTS), 1);
    await give(bob, group(bob, REACHING), 1);
    await give(cleo, group(cleo, NIGHTS), 2);
    await give(cleo, group(cleo, REACHING), 1);
    await cleo.press('One dot less', group(cleo, REACHING));
    for (const person of participants) await person.page.getByText('Everything is saved').waitFor();
    await seen('11-vote');
    assert.ok(!facilitator.received.join().includes('"totals":['), 'no total before the close');
    await closeRound('3 dots');
  });

  await step('what came out is talked about: the spotlight, replies, and what was said', async () => {
    await facilitator.nextStep('Discuss');
    await facilitator.run(async (controls) => {
      await facilitator.press(controls.locator('summary').filter({ hasText: 'Spotlight' }));
      const spotlight = controls.locator('details').filter({ hasText: 'Brings everybody to one group' });
      await hands.choose(spotlight.getByLabel('About'), REACHING);
      await facilitator.press('Bring everybody there');
    });
    for (const person of participants) await person.page.locator('main').getByText(`In the spotlight: ${REACHING}`).waitFor();
    await seen('12-spotlight');
    await cleo.press('Reply…', inList(cleo, LETTER));
    await hands.type(cleo.page.getByLabel('Your reply'), REPLY);
    await cleo.press('Save the reply');
    await cleo.page.getByText('Your reply is on its way').waitFor();
    await cleo.page.getByText('Everything is saved').waitFor();
    await facilitator.run(() => facilitator.press('Reveal the replies'));
    await inList(ann, LETTER).getByText(REPLY).waitFor();
    await facilitator.run(async (controls) => {
      const remarks = controls.locator('details').filter({ hasText: 'What was said, in your words' });
      if ((await remarks.getAttribute('open')) === null) await facilitator.press(remarks.locator('summary'));
      await hands.choose(remarks.getByLabel('About'), REACHING);
      await hands.type(remarks.getByLabel(/^What was said/), REMARK);
      await facilitator.press('Save', remarks);
    });
    await group(ann, REACHING).getByText(REMARK).waitFor();
    await seen('13-discuss');
  });

  await step('what is tied is voted on once more', async () => {
    await facilitator.nextStep('Second vote');
    await facilitator.run(async (controls) => {
      await hands.type(controls.getByLabel('Question').first(), 'Where do we begin?');
      await hands.type(controls.getByLabel('Dots each'), '1');
      await hands.type(controls.getByLabel('At most on one'), '1');
      await facilitator.press('Open the voting');
    });
    for (const person of participants) {
      await person.page.getByText('Where do we begin?').first().waitFor();
      // Both came out with as many dots, so the round is offered between them.
      await person.page.getByText(/^Only on: .*Nights and logins/).waitFor();
      await give(person, group(person, person === bob ? NIGHTS : REACHING), 1);
      await person.page.getByText('Everything is saved').waitFor();
    }
    await closeRound('2 dots');
  });

  await step('commitments are written down before all, and the pulse is asked again', async () => {
    await facilitator.nextStep('Commitments');
    await facilitator.run(async (controls) => {
      await hands.type(controls.getByLabel('What will be done'), COMMITMENT);
      await hands.choose(controls.getByLabel('By whom'), ORGANISATIONS[0]);
      await hands.type(controls.getByLabel('By when'), 'End of May');
      await facilitator.press('Write it down');
    });
    for (const person of participants) await person.page.getByText(COMMITMENT).first().waitFor();
    await facilitator.nextStep('Pulse again, and close');
    await pulse([4, 5, 4]);
    await closePulse('4.3 of 5 on average, 3 answers');
    await seen('14-commitments');
  });

  await step('the board is closed, with thanks, and people look at the results', async () => {
    await facilitator.nextStep('Closed');
    for (const person of Object.values(everyone)) {
      await person.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    }
    await seen('15-closed');
    for (const person of Object.values(everyone)) {
      await person.press('See the results');
      await person.page.locator('main').getByText(COMMITMENT).waitFor();
      await person.page.locator('main').getByText(REMARK).first().waitFor();
    }
    await seen('16-results');
  });

  await step('the organiser downloads what was done, and only that', async () => {
    const download = organiser.page.waitForEvent('download');
    await organiser.run(() => organiser.press('Download the board (JSON)'));
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
      [REACHING]: [LETTER, PHONE_BOOK, REWRITTEN].sort(),
      [NIGHTS]: [PASSWORD, STAFF].sort(),
    });
    assert.deepEqual(board.loose_notes, []);
    const names = Object.fromEntries(board.clusters.map((group) => [group.id, group.name]));
    const totals = (round) => Object.fromEntries(round.totals.map(({ item, dots }) => [names[item.cluster], dots]));
    assert.deepEqual(board.rounds.map(({ question }) => question), ['What should change first?', 'Where do we begin?']);
    assert.deepEqual(board.rounds[0].budget, { dots: 3, per_item: 2 });
    assert.deepEqual(board.rounds.map(totals), [
      { [REACHING]: 3, [NIGHTS]: 3 },
      { [REACHING]: 2, [NIGHTS]: 1 },
    ]);
    assert.deepEqual(board.moderation, [
      { action: 'held', reason: 'names_a_person', count: 1 },
      { action: 'released', reason: null, count: 1 },
    ]);
    const categories = board.clusters.flatMap((group) => group.notes).map((note) => note.category);
    assert.equal(categories.filter((category) => category === 'Frustrations').length, 3);
    for (const once of [...EVERY_NOTE, REPLY, REMARK, COMMITMENT]) {
      assert.equal(text.split(once).length, 2, `“${once}” is in the file once`);
    }
    assert.ok(!text.includes(NAMED), 'the held text is not in the file');
    assert.doesNotMatch(text, /\d\d:\d\d/, 'no time finer than the date');
  });

  await step('a deleted board is gone for everybody', async () => {
    await organiser.run(async () => {
      await organiser.press('Delete the board…');
      const dialog = organiser.page.getByRole('dialog');
      await hands.type(dialog.getByRole('textbox'), 'delete');
      await organiser.press('Delete the board for good', dialog);
      await organiser.page.getByRole('heading', { name: 'This board was deleted' }).waitFor();
    });
    for (const person of Object.values(everyone)) {
      await person.page.getByRole('heading', { name: 'This board was deleted' }).waitFor();
    }
    const late = await arrive();
    await late.page.goto(links.participant);
    await late.page.getByRole('heading', { name: 'There is no such board' }).waitFor();
  });

  await step('no page reported a fault', () => {
    for (const [who, person] of Object.entries(everyone)) assert.deepEqual(person.faults, [], who);
  });
  for (const person of Object.values(everyone)) await person.context.close();
}

test('a whole workshop, with mice', (t) => workshop(t, 'mouse', MOUSE));
test('a whole workshop, on phones', (t) => workshop(t, 'phone', FINGER));
test('a whole workshop, by keyboard alone', (t) => workshop(t, 'keyboard', KEYBOARD));
