import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { ConnectClient } from '@aws-sdk/client-connect';
import { connectTasks } from './connect-tasks.ts';

const CONTACT_ID = 'c0ffee00-0000-4000-8000-0000000000c1';
const OTHER_ID = 'c0ffee00-0000-4000-8000-0000000000c2';
const TASK = { name: 'Voicemail', description: 'please call me back', references: [], attributes: {} };

test('a second try has the token of the first, in any mode; another contact, and one that came back, have others', async () => {
  const tokens: unknown[] = [];
  const handle = async ({ body }: { readonly body?: Uint8Array }) => {
    tokens.push(JSON.parse(new TextDecoder().decode(body)).ClientToken);
    return { response: { statusCode: 200, headers: {}, body: Readable.from(['{"ContactId":"task"}']) } };
  };
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new ConnectClient({ region: 'us-east-1', credentials, requestHandler: { handle } });
  const { startTask } = connectTasks(client, { instanceArn: 'arn', setback: assert.fail });
  const details = { contactId: CONTACT_ID, flowId: 'one', lifeMs: 600_000, round: 1 };

  for (const change of [
    {},
    {},
    { flowId: 'two', lifeMs: 1_200_000 },
    { round: 2 },
    { round: 3 },
    { contactId: OTHER_ID },
  ])
    await startTask(TASK, { ...details, ...change });

  const [first, second, otherFlow, cameBack, again, otherContact] = tokens;
  assert.match(String(first), new RegExp(CONTACT_ID));
  assert.deepEqual([second, otherFlow], [first, first]);
  assert.equal(new Set([first, cameBack, again, otherContact]).size, 4);
});
