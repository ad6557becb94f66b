// y-websocket's server as its package has it, on a free port.

const http = require('node:http');
const WebSocket = require('ws');
const { setupWSConnection } = require('y-websocket/bin/utils');

const server = http.createServer();
const sockets = new WebSocket.Server({ noServer: true });
sockets.on('connection', setupWSConnection);
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (socket) => sockets.emit('connection', socket, request));
});
server.listen(0, '127.0.0.1', () => console.log(`It is at 127.0.0.1:${server.address().port}`));
