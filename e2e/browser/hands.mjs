// How people work a page: with a mouse, with a finger, or with nothing but a keyboard.

import assert from 'node:assert/strict';

export const DESKTOP = { viewport: { width: 1440, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** More presses of Tab than any page here needs to get from one end to the other. */
const ENOUGH = 600;

export const MOUSE = {
  options: DESKTOP,
  press: (at) => at.click(),
  type: (at, text) => at.fill(text),
  check: (at) => at.check(),
  choose: (at, label) => at.selectOption({ label }),
};

export const FINGER = {
  ...MOUSE,
  options: PHONE,
  press: (at) => at.tap(),
  check: (at) => at.tap(),
};

export const KEYBOARD = {
  options: DESKTOP,
  press: async (at) => {
    await reach(at);
    await at.page().keyboard.press('Enter');
  },
  type: async (at, text) => {
    await reach(at);
    await at.page().keyboard.press('ControlOrMeta+a');
    await at.page().keyboard.type(text);
  },
  check: async (at) => {
    const { keyboard } = at.page();
    await at.waitFor();
    if (await at.isChecked()) return;
    if ((await at.getAttribute('type')) !== 'radio') {
      await reach(at);
      return keyboard.press('Space');
    }
    // Tab goes to a group of radio buttons as one; the arrows go around in it, and choose.
    await reach(at, (element) => document.activeElement?.name === element.name);
    for (let presses = 0; !(await at.isChecked()); presses += 1) {
      assert.ok(presses < 20, `the arrows choose ${at}`);
      const there = await at.evaluate((element) => element === document.activeElement);
      await keyboard.press(there ? 'Space' : 'ArrowDown');
    }
  },
  choose: async (at, label) => {
    const { keyboard } = at.page();
    await reach(at);
    await keyboard.press('Home');
    for (let presses = 0; ; presses += 1) {
      const chosen = await at.evaluate((select) => select.selectedOptions[0]?.label.trim());
      if (chosen === label) return;
      assert.ok(presses < 20, `the arrows choose ${label}`);
      await keyboard.press('ArrowDown');
    }
  },
};

/** Presses Tab, or Shift and Tab, until the focus is where it should be. */
async function reach(at, arrived = (element) => element === document.activeElement) {
  const page = at.page();
  await at.waitFor();
  let turns = 0;
  let before;
  for (let presses = 0; presses < ENOUGH && turns < 4; presses += 1) {
    if (await at.evaluate(arrived)) return;
    const key = await at.evaluate((element) => {
      const position = document.activeElement.compareDocumentPosition(element);
      return position & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
    });
    if (before && before !== key) turns += 1;
    before = key;
    await page.keyboard.press(key);
  }
  assert.fail(`the Tab key doesn't reach ${at}`);
}
