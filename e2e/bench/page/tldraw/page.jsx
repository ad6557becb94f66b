// tldraw with what lies on the server, everything in sight, as a board of Candour opens.

import { getAssetUrls } from '@tldraw/assets/selfHosted';
import { createRoot } from 'react-dom/client';
import { Tldraw, createShapeId, toRichText } from 'tldraw';
import 'tldraw/tldraw.css';

// Its own limit is 4,000.
const options = { maxShapesPerPage: 10_000 };

/** Makes the notes, for the server to keep. */
window.make = (notes, colours) => {
  const { editor } = window;
  const made = notes.map(({ id, text, category, x, y }) => ({
    id: createShapeId(id),
    type: 'note',
    x,
    y,
    props: { richText: toRichText(text), color: colours[category], size: 's' },
  }));
  editor.createShapes(made);
  return JSON.stringify(editor.store.getStoreSnapshot());
};

/** Where the middle of a note is in the window. */
window.spot = (id) => {
  const { editor } = window;
  const { x, y } = editor.pageToScreen(editor.getShapePageBounds(createShapeId(id)).center);
  return { x, y };
};

/** Zooms to the natural size; the place of the window stays where it is. */
window.comeClose = ({ x, y }) => {
  const { editor } = window;
  const at = editor.screenToPage({ x, y });
  editor.setCamera({ x: x - at.x, y: y - at.y, z: 1 });
};

/** Moves these notes to and fro, twenty times a second one of them, as if that came from somebody else. */
window.startChanges = (notes) => {
  const { editor } = window;
  let change = 0;
  window.changes = setInterval(() => {
    const id = createShapeId(notes[change % notes.length]);
    const { x } = editor.getShape(id);
    const way = Math.floor(change / notes.length) % 2 ? -24 : 24;
    change += 1;
    editor.store.mergeRemoteChanges(() => editor.updateShape({ id, type: 'note', x: x + way }));
  }, 50);
};

const kept = await fetch('/board.json');
const snapshot = kept.ok ? await kept.json() : undefined;
const mount = (editor) => {
  window.editor = editor;
  editor.zoomToFit({ immediate: true });
};
createRoot(document.getElementById('root')).render(
  <Tldraw assetUrls={getAssetUrls()} options={options} snapshot={snapshot} onMount={mount} />,
);
