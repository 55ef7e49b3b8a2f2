import { EventEmitter } from 'node:events';
import dynalite from 'dynalite';
import conditionParser from 'dynalite/db/conditionParser.js';
import updateParser from 'dynalite/db/updateParser.js';
import { parsingOnce } from './parsed-expressions.ts';

/** DynamoDB's answer, as JSON text. */
interface EngineAnswer {
  readonly status: number;
  readonly body: string;
}

/** Runs one operation. `body` is its input, as JSON text. */
export type Engine = (operation: string, body: string) => Promise<EngineAnswer>;

// dynalite looks up `parse` at each call.
for (const parser of [conditionParser, updateParser]) parser.parse = parsingOnce(parser.parse);

const CONTENT_TYPE = 'application/x-amz-json-1.0';

/** The gateway has checked the real signature; dynalite only requires one. */
const SIGNED_HEADERS = {
  authorization: 'AWS4-HMAC-SHA256 Credential=gateway, SignedHeaders=host, Signature=checked',
  'x-amz-date': '20260101T000000Z',
  'content-type': CONTENT_TYPE,
};

/**
 * dynalite, tables in memory. It is a web server that never listens: it is handed what it reads of a request and
 * writes of an answer. So no unguarded port is open, and nothing is put into HTTP's form and read from it again.
 */
export function createDynaliteEngine(): Engine {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

  return (operation, body) =>
    new Promise((resolve) => {
      const request = Object.assign(new EventEmitter(), {
        method: 'POST',
        url: '/',
        headers: { ...SIGNED_HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` },
      });
      const response = {
        statusCode: 200,
        setHeader() {},
        end: (text = '') => resolve({ status: response.statusCode, body: text }),
      };
      server.emit('request', request, response);
      request.emit('data', Buffer.from(body));
      request.emit('end');
    });
}
