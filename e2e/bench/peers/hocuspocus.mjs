// Hocuspocus on a free port, storing documents as its own default says when: after two quiet seconds, or ten.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Server } from '@hocuspocus/server';
import { encodeStateAsUpdate } from 'yjs';

const folder = process.argv[2];
await mkdir(folder, { recursive: true });
const server = new Server({
  quiet: true,
  address: '127.0.0.1',
  port: 0,
  onStoreDocument: async ({ document, documentName }) => {
    await writeFile(join(folder, encodeURIComponent(documentName)), encodeStateAsUpdate(document));
  },
});
await server.listen(0);
console.log(`It is at 127.0.0.1:${server.httpServer.address().port}`);
