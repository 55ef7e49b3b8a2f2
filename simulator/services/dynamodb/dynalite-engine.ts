import { request as httpRequest } from 'node:http';
import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import dynalite from 'dynalite';

/** DynamoDB's answer, as JSON text. */
interface EngineAnswer {
  readonly status: number;
  readonly body: string;
}

/** Runs one operation. `body` is its input, as JSON text. */
export type Engine = (operation: string, body: string) => Promise<EngineAnswer>;

/** The gateway has checked the real signature; dynalite only requires one. */
const SIGNED_HEADERS = {
  authorization: 'AWS4-HMAC-SHA256 Credential=gateway, SignedHeaders=host, Signature=checked',
  'x-amz-date': '20260101T000000Z',
};

/**
 * dynalite, tables in memory. It is a web server; the simulator calls it over streams within the process, so
 * that no unguarded port is open.
 */
export function createDynaliteEngine(): Engine {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

  return (operation, body) =>
    new Promise((resolve, reject) => {
      const [ours, theirs] = duplexPair();
      server.emit('connection', theirs);
      const request = httpRequest({
        method: 'POST',
        createConnection: () => ours,
        headers: {
          ...SIGNED_HEADERS,
          host: 'dynamodb',
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          'x-amz-target': `DynamoDB_20120810.${operation}`,
        },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        const status = response.statusCode ?? 500;
        text(response).then((answered) => resolve({ status, body: answered }), reject);
      });
      request.end(body);
    });
}
