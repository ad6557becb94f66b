// What somebody hears who doesn't see the page: the list of a board from top to bottom, and what changes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Person, browser, openBoard, server, stage } from './support.mjs';

const NOTES = ['The letter comes late', 'Nobody answers the phone', 'Three passwords for one result', 'Beds are full by noon'];

stage();

/** The page as a screen reader walks it: role and words of everything in the accessibility tree, in its order. */
async function walk(person) {
  const devtools = await person.context.newCDPSession(person.page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const said = [];
  const visit = (node) => {
    const role = node.role?.value;
    const level = node.properties?.find(({ name }) => name === 'level')?.value.value;
    const words = node.name?.value?.trim();
    // The text of a heading or a button is its name; it isn't read twice.
    const whole = ['heading', 'button', 'radio', 'checkbox', 'link'].includes(role);
    if (!node.ignored && words && (whole || role === 'StaticText' || role === 'region')) {
      said.push(`${role}${level && role === 'heading' ? ` ${level}` : ''}: ${words}`);
    }
    if (whole && !node.ignored) return;
    for (const child of node.childIds ?? []) visit(byId.get(child));
  };
  visit(nodes[0]);
  return said;
}

/** From now on everything that the page has screen readers say is kept in `heard`. */
async function listen(person) {
  await person.page.evaluate(() => {
    window.heard = [];
    const region = document.querySelector('[aria-live]');
    const say = () => region.textContent && window.heard.push(region.textContent);
    new MutationObserver(say).observe(region, { childList: true, characterData: true, subtree: true });
  });
}

const hears = (person, words) =>
  person.page.waitForFunction((words) => window.heard.some((said) => said.includes(words)), words);

/** Asserts that these come in this order, whatever lies between. */
function inOrder(said, expected) {
  let at = -1;
  for (const words of expected) {
    at = said.findIndex((line, index) => index > at && line.startsWith(words));
    assert.ok(at >= 0, `“${words}” comes in its turn in:\n${said.join('\n')}`);
  }
}

async function sorted() {
  const notes = NOTES.map((text, index) => ({ category: index % 2, text }));
  const agenda = [
    { phase: 'write', title: 'Private writing', prompt: 'What gets in the way?', minutes: 10 },
    { phase: 'cluster', title: 'Silent sort', prompt: 'What belongs together?', minutes: 12 },
  ];
  const board = await openBoard(server, { agenda }, notes);
  const facilitator = await Person.arrive(browser);
  await facilitator.join(board.facilitator);
  await facilitator.see('List');
  const ann = await Person.arrive(browser);
  await ann.join(board.participant);
  await ann.see('List');
  await listen(ann);
  await facilitator.nextPhase('Group');
  return { facilitator, ann };
}

test('the list is read in the order of its groups, and says once what each note says', async () => {
  const { facilitator, ann } = await sorted();
  await facilitator.moveTo(NOTES[0], NOTES[1]);
  const group = facilitator.page.locator('.list [data-cluster]');
  await facilitator.press('Rename', group);
  await facilitator.hands.type(facilitator.page.getByLabel('Name of the group'), 'Reaching each other');
  await facilitator.press('Save', group);
  await ann.page.getByRole('heading', { name: /^Reaching each other/ }).waitFor();

  const said = await walk(ann);
  const loose = said.filter((line) => line === `StaticText: ${NOTES[2]}` || line === `StaticText: ${NOTES[3]}`);
  inOrder(said, [
    'link: Skip to the board',
    'heading 1: Winter at the front door',
    'button: Canvas',
    'button: List',
    'StaticText: What belongs together?',
    'button: I’m done',
    'button: Find',
    'StaticText: 4 notes, 1 group',
    'region: Reaching each other',
    'heading 2: Reaching each other 2 notes',
    'button: Rename',
    'StaticText: Priorities',
    `StaticText: ${NOTES[1]}`,
    `button: Move to… (${NOTES[1]})`,
    'StaticText: Frustrations',
    `StaticText: ${NOTES[0]}`,
    `button: Move to… (${NOTES[0]})`,
    'region: In no group',
    'heading 2: In no group 2 notes',
    loose[0],
    loose[1],
  ]);
  for (const text of NOTES) {
    assert.equal(said.filter((line) => line === `StaticText: ${text}`).length, 1, text);
  }
  assert.deepEqual(said.filter((line) => /^(button|link|heading \d): *$/.test(line)), [], 'nothing is without a name');
});

test('whoever listens hears what others do, gathered', async () => {
  const { facilitator, ann } = await sorted();
  await hears(ann, 'The board has moved to the phase “Group”.');
  await facilitator.moveTo(NOTES[0], NOTES[1]);
  await hears(ann, '1 group made. 2 notes moved.');
  const group = facilitator.page.locator('.list [data-cluster]');
  await facilitator.press('Rename', group);
  await facilitator.hands.type(facilitator.page.getByLabel('Name of the group'), 'Reaching each other');
  await facilitator.press('Save', group);
  await hears(ann, 'A group is called “Reaching each other”.');
  // What one does oneself is said where one does it, and not counted with what others do.
  await ann.moveTo(NOTES[3], 'Reaching each other');
  await hears(ann, 'Moved into Reaching each other.');
  await facilitator.moveTo(NOTES[2], 'Reaching each other');
  await hears(ann, '1 note moved.');
  await facilitator.nextPhase('Vote');
  await hears(ann, 'The board has moved to the phase “Vote”.');
  await facilitator.press('Open the voting');
  await hears(ann, 'People can vote now:');
  await facilitator.press('Close and show totals');
  await facilitator.press('Close and show totals', facilitator.page.getByRole('dialog'));
  await hears(ann, 'The voting is closed. The totals are shown.');
});
