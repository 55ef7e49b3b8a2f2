import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer, type Socket } from 'node:net';

export type Incoming = IncomingMessage | Http2ServerRequest;
export type Outgoing = ServerResponse | Http2ServerResponse;

export interface Listener {
  readonly port: number;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** Every HTTP/2 connection begins with `PRI * HTTP/2.0`, RFC 9113, 3.4. No HTTP/1.1 method does. */
const HTTP2_PREFACE = Buffer.from('PRI');
/** Longer than any client is idle, so that no client sends on a connection that is being closed. */
const KEEP_ALIVE_MS = 3_600_000;

/**
 * A port on loopback that speaks HTTP/1.1 and HTTP/2 without TLS ("prior knowledge"). The connection's
 * first three bytes say which of them it is. `port` 0: any free port.
 */
export async function listen(
  port: number,
  answer: (incoming: Incoming, outgoing: Outgoing) => void,
): Promise<Listener> {
  const http1 = createHttp1({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, answer);
  const http2 = createHttp2(answer);
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away is not an error here; 'close' follows.
    socket.on('error', () => socket.destroy());
    peek(socket, HTTP2_PREFACE.length, (start) => {
      if (start.equals(HTTP2_PREFACE)) {
        // It reads what is buffered without being told to, and only from a socket that is not flowing.
        http2.emit('connection', socket);
        return;
      }
      http1.emit('connection', socket);
      socket.resume();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Passes on the first bytes of a connection, and leaves them to be read again. */
function peek(socket: Socket, sizeBytes: number, see: (start: Buffer) => void): void {
  let seen = Buffer.alloc(0);
  const more = (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk]);
    if (seen.length < sizeBytes) return;
    socket.off('data', more);
    socket.pause();
    socket.unshift(seen);
    see(seen.subarray(0, sizeBytes));
  };
  socket.on('data', more);
}
