// Boards of Candour to measure: made by way of the real server, by somebody with sockets and no page, so that
// nothing but the page that is measured takes the machine's time.

import { randomBytes } from 'node:crypto';
import { openBoard } from '../../browser/support.mjs';
import { CATEGORIES } from './board.mjs';

/** Most commands that wait for their answers at a time. */
const AT_ONCE = 200;
/** How many notes one person writes: the server tells them about all of their own whenever one is saved. */
const WRITTEN = 200;

/** A board on which people sort these notes. */
export async function candour(server, browser, { notes, corner, isGroup, tiles, carried, changed }) {
  const board = await openBoard(server, { title: 'Winter at the front door', categories: CATEGORIES });
  const ids = notes.map(() => randomBytes(16).toString('base64url'));
  const crowd = await Crowd.arrive(server, browser, board);
  await crowd.does('facilitator', [{ set_phase: { from: 'lobby', to: 'write' } }]);
  const post = ({ category, text }, index) => ({ post_note: { note: ids[index], content: { category, text } } });
  const posts = notes.map(post);
  while (posts.length) {
    await crowd.join('participant');
    await crowd.does('participant', posts.splice(0, WRITTEN));
  }
  await crowd.does('facilitator', [{ set_phase: { from: 'write', to: 'cluster' } }]);
  const moves = [];
  const commands = [];
  for (let tile = 0; tile < tiles; tile += 1) {
    const here = [...notes.keys()].filter((index) => notes[index].tile === tile);
    if (isGroup(tile)) {
      const cluster = randomBytes(16).toString('base64url');
      const [onto, note, ...others] = here.map((index) => ids[index]);
      commands.push({ make_cluster: { cluster, note, onto } });
      for (const note of others) commands.push({ add_to_cluster: { cluster, note } });
      commands.push({ name_cluster: { cluster, name: `Theme ${tile + 1}` } });
      moves.push({ item: { cluster }, to: corner(tile) });
    } else {
      for (const index of here) moves.push({ item: { note: ids[index] }, to: place(notes[index]) });
    }
  }
  const last = notes.findLastIndex(({ tile }) => !isGroup(tile));
  while (moves.length) commands.push({ move: { moves: moves.splice(0, 200) } });
  await crowd.does('facilitator', commands);
  return {
    address: `${server.url}/b/${board.board}`,
    // Who has joined needs the cookie, and nothing that is kept beside it.
    storageState: { cookies: (await crowd.context.storageState()).cookies, origins: [] },
    shows,
    expected: { count: notes.length, last: ids[last], at: `${notes[last].x}px ${notes[last].y}px` },
    carried,
    changed,
    spot: (page, index) => page.evaluate(spot, ids[index]),
    comeClose: async (page, { x, y }) => {
      await page.mouse.dblclick(x, y);
      await page.locator('.canvas .placed:not(.away) .placed-card').first().waitFor();
    },
    startChanges: () => crowd.startChanges(changed.map((index) => [ids[index], place(notes[index])])),
    stopChanges: () => crowd.stopChanges(),
    leave: () => crowd.context.close(),
  };
}

const place = ({ x, y }) => ({ x, y });

/** In the page: whether all notes are drawn, as shapes from afar or one by one, and the last change has come. */
function shows({ count, last, at }) {
  const drawn = '.canvas .overview[width]:not(.away), .canvas .placed:not(.away) .placed-card';
  const all = document.querySelectorAll('.canvas [data-note]').length >= count;
  return all && document.querySelector(drawn) && document.getElementById(`note-${last}`).style.translate === at;
}

/** In the page: where the middle of a note is in the window. */
function spot(id) {
  const plane = document.querySelector('.canvas .plane');
  const { left, top } = document.querySelector('.canvas').getBoundingClientRect();
  const { a: scale, e, f } = new DOMMatrix(getComputedStyle(plane).transform);
  const [x, y] = document.getElementById(`note-${id}`).style.translate.split(' ').map(parseFloat);
  return { x: left + e + (x + 104) * scale, y: top + f + (y + 76) * scale };
}

/** A facilitator, and one participant after another, in one browser. */
class Crowd {
  static async arrive(server, browser, board) {
    const crowd = new Crowd();
    crowd.board = board;
    // The document they look at meanwhile may not open sockets.
    crowd.context = await browser.newContext({ bypassCSP: true });
    crowd.page = await crowd.context.newPage();
    await crowd.page.goto(`${server.url}/threat-model`);
    await crowd.join('facilitator');
    return crowd;
  }

  /** Somebody else comes in this role, and whoever was here in it goes. */
  async join(role) {
    const [, secret] = this.board[role].split('#');
    await this.page.evaluate(join, { board: this.board.board, role, secret });
  }

  /** Does all of this, in this order. */
  async does(role, commands) {
    for (let first = 0; first < commands.length; first += AT_ONCE) {
      const some = commands.slice(first, first + AT_ONCE);
      await this.page.evaluate(([role, some]) => window[role].does(some), [role, some]);
    }
  }

  /** Moves these notes to and fro, twenty times a second one of them. */
  async startChanges(notes) {
    await this.page.evaluate((notes) => {
      let change = 0;
      window.changes = setInterval(() => {
        const [note, { x, y }] = notes[change % notes.length];
        const to = { x: x + (Math.floor(change / notes.length) % 2 ? 0 : 24), y };
        change += 1;
        window.participant.does([{ move: { moves: [{ item: { note }, to }] } }]);
      }, 50);
    }, notes);
  }

  async stopChanges() {
    await this.page.evaluate(() => clearInterval(window.changes));
  }
}

/** In the page: joins as somebody new, and leaves under the role's name how to do something. */
async function join({ board, role, secret }) {
  // Who comes again with a cookie is the same person.
  await fetch(`/api/boards/${board}/me?as=${role}`, { method: 'DELETE' });
  const answer = await fetch(`/api/boards/${board}/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const socket = new WebSocket(`ws://${location.host}/api/boards/${board}/live?as=${role}`, 'candour.v1');
  const waiting = new Map();
  let number = 0;
  const does = (commands) =>
    Promise.all(
      commands.map((command) => {
        number += 1;
        socket.send(JSON.stringify({ id: number, command }));
        return new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
      }),
    ).then(() => null);
  window[role]?.leave();
  window[role] = { does, leave: () => socket.close() };
  const welcome = new Promise((resolve, reject) => {
    socket.onclose = ({ code }) => {
      reject(new Error(`the server closed the connection: ${code}`));
      for (const { reject } of waiting.values()) reject(new Error(`the server closed the connection: ${code}`));
    };
    socket.onmessage = ({ data }) => {
      const { welcome, done, refused } = typeof data === 'string' ? JSON.parse(data) : {};
      if (welcome) resolve();
      if (done) waiting.get(done.id).resolve();
      if (refused) waiting.get(refused.id).reject(new Error(JSON.stringify(refused.denied)));
      if (done ?? refused) waiting.delete((done ?? refused).id);
    };
  });
  socket.onopen = () => socket.send(JSON.stringify({ hello: { version: 1, page: randomBytes(16).toString('base64url') } }));
  await welcome;
}
