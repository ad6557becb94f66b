// The canvas by mouse, by finger and by keyboard: choosing several notes, moving them together, taking it back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESKTOP, PHONE, Person, browser, openBoard, server, stage } from './support.mjs';

stage();

const NOTES = ['Letters come late', 'Nobody rings back', 'Two forms for one thing', 'No place to meet'];

/** A board with a few notes that are being sorted, and a participant who looks at its canvas. */
async function sorting(options) {
  const board = await openBoard(server, {}, NOTES.map((text) => ({ category: 0, text })));
  const organiser = await Person.arrive(browser);
  await organiser.join(board.organiser);
  await organiser.nextPhase('Group');
  const ann = await Person.arrive(browser, options);
  await ann.join(board.participant);
  await ann.see('Canvas');
  await note(ann, NOTES[0]).waitFor();
  return { organiser, ann };
}

const note = (person, text) => person.page.locator('.canvas [data-note]').filter({ hasText: text });
const lies = (person, text) => note(person, text).evaluate((note) => note.style.translate);
const selection = (person, words) => person.page.locator('.selection').getByText(words);

async function middle(person, text) {
  const box = await note(person, text).boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Waits until everybody sees a note elsewhere than it was. */
async function moved(people, text, from) {
  for (const person of people) {
    const there = await note(person, text).elementHandle();
    await person.page.waitForFunction(([note, from]) => note.style.translate !== from, [there, from]);
  }
}

async function back(people, text, home) {
  for (const person of people) {
    const there = await note(person, text).elementHandle();
    await person.page.waitForFunction(([note, home]) => note.style.translate === home, [there, home]);
  }
}

test('several notes are chosen, moved together, and put back by one undo', async () => {
  const { organiser, ann } = await sorting(DESKTOP);
  const [one, two, three] = NOTES;
  const { mouse, keyboard } = ann.page;
  await keyboard.down('Shift');
  await mouse.click(...(await middle(ann, one)));
  await mouse.click(...(await middle(ann, two)));
  await keyboard.up('Shift');
  await selection(ann, /^2/).waitFor();

  const homes = [await lies(ann, one), await lies(ann, two)];
  const stays = await lies(ann, three);
  const [x, y] = await middle(ann, one);
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + 60, y + 240, { steps: 12 });
  // Others see both on their way.
  await moved([ann, organiser], one, homes[0]);
  await moved([ann, organiser], two, homes[1]);
  await mouse.up();
  await ann.page.getByText('Everything is saved').waitFor();
  assert.equal(await lies(ann, three), stays);
  await ann.picture('canvas-chosen');

  await keyboard.press('Control+z');
  await back([ann, organiser], one, homes[0]);
  await back([ann, organiser], two, homes[1]);

  await ann.press('Put into one group');
  const groups = organiser.page.locator('main [data-cluster]');
  await groups.waitFor();
  // The new group asks for its name; until that is put away, Ctrl+Z is the field's.
  const field = ann.page.locator('main [data-cluster]').getByLabel('Name of the group');
  await field.and(ann.page.locator(':focus')).waitFor();
  await keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await keyboard.press('Control+z');
  await groups.waitFor({ state: 'detached' });
  await back([ann, organiser], one, homes[0]);
  await back([ann, organiser], two, homes[1]);
  assert.deepEqual(ann.faults, []);
});

test('by keyboard, too, several notes are lifted together', async () => {
  const { organiser, ann } = await sorting(DESKTOP);
  const [one, two] = NOTES;
  const { keyboard } = ann.page;
  for (const text of [one, two]) {
    await note(ann, text).focus();
    await keyboard.press('Shift+Space');
  }
  await selection(ann, /^2/).waitFor();
  const homes = [await lies(ann, one), await lies(ann, two)];
  for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Space']) await keyboard.press(key);
  await moved([ann, organiser], one, homes[0]);
  await moved([ann, organiser], two, homes[1]);
  await keyboard.press('Escape');
  await ann.page.locator('.selection').waitFor({ state: 'detached' });
});

test('a finger drags a note, and a long press chooses', async () => {
  const { organiser, ann } = await sorting(PHONE);
  const [one, two] = NOTES;
  const touch = await ann.context.newCDPSession(ann.page);
  const put = (type, touchPoints) => touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  const home = await lies(ann, one);
  const [x, y] = await middle(ann, one);
  await put('touchStart', [{ x, y }]);
  for (let step = 1; step <= 8; step += 1) await put('touchMove', [{ x: x + step * 5, y: y + step * 15 }]);
  await put('touchEnd', []);
  await moved([ann, organiser], one, home);

  const [left, top] = await middle(ann, two);
  await put('touchStart', [{ x: left, y: top }]);
  await selection(ann, /^1/).waitFor();
  await put('touchEnd', []);
  await ann.picture('canvas-phone');
  assert.deepEqual(ann.faults, []);
});

const zoom = (person) => person.page.locator('.zoom-percent').textContent().then(parseFloat);
const zoomed = (person, from) =>
  person.page.waitForFunction((from) => parseFloat(document.querySelector('.zoom-percent').textContent) !== from, from);

test('the wheel and the keys move and zoom what is seen, and the small map leads elsewhere', async () => {
  const { ann } = await sorting(DESKTOP);
  const { mouse, keyboard } = ann.page;
  const [x, y] = await middle(ann, NOTES[0]);
  await mouse.move(x, y);
  await mouse.wheel(0, 90);
  const seen = async () => Math.round((await middle(ann, NOTES[0]))[1]);
  await ann.page.waitForFunction(
    ([text, y]) => {
      const notes = [...document.querySelectorAll('.canvas [data-note]')];
      const note = notes.find((note) => note.textContent.includes(text)).getBoundingClientRect();
      return Math.abs(note.y + note.height / 2 - y) < 1;
    },
    [NOTES[0], y - 90],
  );
  assert.equal(await seen(), Math.round(y - 90));

  const before = await zoom(ann);
  await keyboard.down('Control');
  await mouse.wheel(0, -240);
  await keyboard.up('Control');
  await zoomed(ann, before);
  assert.ok((await zoom(ann)) > before);

  // Close to one note the others are out of sight, and there is a map.
  while ((await zoom(ann)) < 200) {
    const now = await zoom(ann);
    await ann.press(/^Zoom in|^Closer/);
    await zoomed(ann, now);
  }
  const map = ann.page.locator('.minimap canvas');
  const box = await map.boundingBox();
  const plane = ann.page.locator('.plane');
  const at = await plane.evaluate((plane) => plane.style.transform);
  await mouse.move(box.x + 20, box.y + 20);
  await mouse.down();
  await mouse.move(box.x + box.width - 20, box.y + box.height - 20, { steps: 5 });
  await mouse.up();
  await ann.page.waitForFunction((at) => document.querySelector('.plane').style.transform !== at, at);
  await ann.press('Fit the whole board');
  for (const text of NOTES) await note(ann, text).waitFor();
});

test('two fingers zoom', async () => {
  const { ann } = await sorting(PHONE);
  const touch = await ann.context.newCDPSession(ann.page);
  const put = (type, touchPoints) => touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  const before = await zoom(ann);
  const { x, y, width, height } = await ann.page.locator('.canvas').boundingBox();
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const apart = (by) => [
    { x: middleX - by, y: middleY, id: 1 },
    { x: middleX + by, y: middleY, id: 2 },
  ];
  await put('touchStart', apart(30));
  for (let by = 40; by <= 120; by += 20) await put('touchMove', apart(by));
  await put('touchEnd', []);
  await zoomed(ann, before);
  assert.ok((await zoom(ann)) > before);
  assert.deepEqual(ann.faults, []);
});
