// The rules of accessibility that a machine can check (axe-core, WCAG 2.2 A and AA), on every page and in every
// phase, light and dark, at desktop and phone size: nothing serious or critical. And what a machine can measure:
// that pages fit 320 pixels and text of twice the size, and that what is pressed is large enough.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { DESKTOP, PHONE, Person, browser, openBoard, server, stage } from './support.mjs';

stage();

let axe;

before(async () => {
  axe = await readFile(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
});

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page that is serious or critical, in both colour schemes. */
async function findings(person, moment) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await person.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Over the debugger, because the page's policy lets no script of ours in.
    const devtools = await person.context.newCDPSession(person.page);
    await devtools.send('Runtime.evaluate', { expression: axe });
    const { result } = await devtools.send('Runtime.evaluate', {
      expression: `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] })
        .then(({ violations }) => JSON.stringify(violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', '))))`,
      awaitPromise: true,
      returnByValue: true,
    });
    await devtools.detach();
    for (const finding of JSON.parse(result.value)) found.push(`${moment}, ${colorScheme}: ${finding}`);
  }
  return found;
}

/** What can't be read without scrolling to the side, at 320 CSS pixels and with text twice as large. */
async function cut(person, moment) {
  const { page } = person;
  const size = page.viewportSize();
  const sticksOut = () =>
    page.evaluate(async () => {
      // The page follows the size of its window with the next frame.
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return [];
      // The canvas is wider than any screen, and clips what it holds.
      const outside = [...document.querySelectorAll('body *')].filter(
        (element) => !element.closest('.canvas') && element.getBoundingClientRect().right > room + 1,
      );
      return outside.slice(0, 3).map((element) => {
        const { left, right } = element.getBoundingClientRect();
        return `${element.tagName}.${element.className}, from ${left} to ${right} of ${room}`;
      });
    });
  const found = [];
  await page.setViewportSize({ width: 320, height: 640 });
  for (const what of await sticksOut()) found.push(`${moment}, at 320 pixels: ${what}`);
  await page.setViewportSize(size);
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  for (const what of await sticksOut()) found.push(`${moment}, text at 200 %: ${what}`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  return found;
}

/**
 * What is to be pressed and smaller than 24 by 24 CSS pixels (WCAG 2.5.8). Links in sentences may be, and what lies on
 * the plane: it is as large as somebody zooms, and the list has the same.
 */
async function small(person, moment) {
  const found = await person.page.evaluate(() => {
    const sized = (element) => {
      const target = element.matches('input') ? (element.closest('label') ?? element) : element;
      const { width, height } = target.getBoundingClientRect();
      return width >= 24 && height >= 24;
    };
    const pressed = document.querySelectorAll('button, a[href], input, select, textarea, summary');
    return [...pressed]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches('.skip, p a, li a, .plane *'))
      .filter((element) => !sized(element))
      .map((element) => `${element.tagName}.${element.className} “${element.textContent.trim()}”`);
  });
  return found.map((what) => `${moment}, too small: ${what}`);
}

const AGENDA = [
  { phase: 'lobby', title: 'Pulse', prompt: 'How safe is it to be candid here?', minutes: 3, pulse: true },
  { phase: 'write', title: 'Private writing', prompt: 'What gets in the way?\nWhat should change first?', minutes: 10 },
  { phase: 'cluster', title: 'Silent sort', prompt: 'What belongs together?', minutes: 12 },
  { phase: 'vote', title: 'Blind vote', prompt: 'Where would a change help most?', minutes: 5 },
  { phase: 'discuss', title: 'Discuss', prompt: 'What stands behind it?', minutes: 20 },
];

test('pages outside of boards have no serious or critical findings', async () => {
  const board = await openBoard(server, { organisations: ['Acute hospital', 'GP practices'] });
  for (const [size, options] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    const found = [];
    for (const [name, path] of Object.entries({
      'first page': '/',
      'threat model': '/threat-model',
      accessibility: '/accessibility',
      'no such board': '/b/AAAAAAAAAAAAAAAAAAAAAA',
      'accessibility in Welsh': '/accessibility/cy',
    })) {
      const person = await Person.arrive(browser, options);
      await person.page.goto(server.url + path);
      await person.page.getByRole('heading', { level: 1 }).first().waitFor();
      found.push(...(await findings(person, `${name}, ${size}`)));
      found.push(...(await cut(person, `${name}, ${size}`)));
      found.push(...(await small(person, `${name}, ${size}`)));
    }
    const invited = await Person.arrive(browser, options);
    await invited.page.goto(board.participant);
    await invited.page.getByLabel('Your organisation').waitFor();
    found.push(...(await findings(invited, `joining, ${size}`)));
    assert.deepEqual(found, []);
  }
});

test('a board has no serious or critical findings in any phase, for anybody', async () => {
  const board = await openBoard(server, { agenda: AGENDA, privacy: { min_group: 2 } }, [
    { category: 0, text: 'Letters come late' },
    { category: 1, text: 'One list of numbers' },
  ]);
  const facilitator = await Person.arrive(browser);
  await facilitator.join(board.facilitator);
  const ann = await Person.arrive(browser);
  await ann.join(board.participant);
  const cleo = await Person.arrive(browser, PHONE);
  await cleo.join(board.participant);
  const screen = await Person.arrive(browser);
  await screen.page.goto(board.projector);
  await screen.page.locator('.projector').waitFor();
  const everyone = { facilitator, ann, cleo, screen };
  const found = [];
  const look = async (moment) => {
    for (const [who, person] of Object.entries(everyone)) {
      found.push(...(await findings(person, `${moment}, ${who}`)));
      found.push(...(await cut(person, `${moment}, ${who}`)));
      found.push(...(await small(person, `${moment}, ${who}`)));
      await person.picture(`axe-${moment.replaceAll(' ', '-')}-${who}`);
    }
  };
  await facilitator.button('Ask everybody').click();
  await ann.page.getByRole('radio', { name: '4' }).check({ force: true });
  await cleo.page.getByRole('radio', { name: '2' }).check({ force: true });
  await look('lobby');
  await facilitator.button('Close and show the answers').click();
  await ann.page.locator('.pulse-result').waitFor();
  await facilitator.nextPhase('Write');
  await ann.write('Frustrations', 'Nobody picks up the phone');
  await facilitator.button('Reveal the notes').click();
  await cleo.page.locator('.list [data-note]').filter({ hasText: 'picks up' }).waitFor();
  await look('write');
  await facilitator.nextPhase('Group');
  await facilitator.see('List');
  await facilitator.button(/^Move to/, facilitator.page.locator('.list [data-note]').first()).click();
  await look('moving');
  await facilitator.page.getByRole('dialog').locator('.destination').first().click();
  await look('cluster');
  await facilitator.nextPhase('Vote');
  await facilitator.button('Open the voting').click();
  await cleo.button('One dot more').first().click();
  await look('vote');
  await facilitator.nextPhase('Discuss');
  await cleo.button('Reply…').first().click();
  await cleo.page.getByLabel('Your reply').fill('We could share one');
  await look('discuss');
  await cleo.button('Save the reply').click();
  await facilitator.button('Reveal the replies').click();
  await cleo.page.locator('.replies').first().waitFor();
  await facilitator.page.getByLabel('What will be done').fill('One list of numbers');
  await facilitator.button('Write it down').click();
  await ann.see('Results');
  await look('results');
  await facilitator.nextPhase('Closed');
  await ann.see('Canvas');
  await look('closed');
  assert.deepEqual(found, []);
});
