// What lies on the boards that are measured, the same for both pages: groups of ten notes, and notes by
// themselves.

import { readFileSync } from 'node:fs';

const WRITTEN = JSON.parse(readFileSync(new URL('../../fixtures/workshop-notes.json', import.meta.url)));
export const CATEGORIES = [
  { name: 'Frustrations', colour: 'rose' },
  { name: 'Pressures', colour: 'amber' },
  { name: 'Priorities', colour: 'teal' },
];
const KINDS = ['frustration', 'pressure', 'priority'];

/** Ten notes lie together on a tile, in a group's grid of four columns (shared/src/layout.rs). */
const TOGETHER = 10;
const COLUMNS = 4;
export const TILE = { width: 960, height: 600 };
const CELL = { width: 224, height: 168 };
const INSET = { x: 16, y: 48 };
/** The notes of every fifth tile are by themselves. */
const GROUPED = 4;

/** A board of so many notes: what they say, where they lie, and which lie in its middle by themselves. */
export function plan(count) {
  const tiles = Math.ceil(count / TOGETHER);
  const across = Math.ceil(Math.sqrt(tiles));
  const corner = (tile) => ({ x: (tile % across) * TILE.width, y: Math.floor(tile / across) * TILE.height });
  const notes = Array.from({ length: count }, (_, index) => {
    const tile = Math.floor(index / TOGETHER);
    const within = index % TOGETHER;
    const { x, y } = corner(tile);
    const { text, category } = WRITTEN[index % WRITTEN.length];
    return {
      text,
      category: KINDS.indexOf(category),
      tile,
      x: x + INSET.x + (within % COLUMNS) * CELL.width,
      y: y + INSET.y + Math.floor(within / COLUMNS) * CELL.height,
    };
  });
  const isGroup = (tile) => tile % (GROUPED + 1) !== GROUPED;
  const middle = { x: (across * TILE.width) / 2, y: (Math.ceil(tiles / across) * TILE.height) / 2 };
  const far = (tile) => {
    const { x, y } = corner(tile);
    return Math.hypot(x + TILE.width / 2 - middle.x, y + TILE.height / 2 - middle.y);
  };
  const loose = [...Array(tiles).keys()].filter((tile) => !isGroup(tile)).sort((one, other) => far(one) - far(other));
  const [carried, ...changed] = [...notes.keys()].filter((index) => notes[index].tile === loose[0]);
  return { notes, corner, isGroup, tiles, carried, changed };
}
