import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { after, test } from 'node:test';
import { ConnectClient, DescribeContactCommand, StopContactCommand } from '@aws-sdk/client-connect';
import { KinesisClient, ListStreamsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createClock } from '../../simulator/clock.ts';
import { createGateway } from '../../simulator/gateway/gateway.ts';
import { createIdentities } from '../../simulator/gateway/iam.ts';
import { apiAnswer, jsonService, restJsonService } from '../../simulator/gateway/protocols.ts';
import { createHappenings, type Happening } from '../../simulator/happenings.ts';
import { AwsError } from '../../simulator/service.ts';
import { answered } from './setup.ts';

/**
 * These are tests of the gateway itself: the services behind it do nothing, and their answers only show what
 * reached them.
 */

const CONTACT = { InstanceId: 'i1', ContactId: 'c1' };
const CONTACT_ARN = 'arn:aws:connect:us-east-1:111122223333:instance/i1/contact/c1';
const SIXTEEN_MINUTES_MS = 16 * 60 * 1000;

const clock = createClock('real');
const happenings = createHappenings();
const told: Happening[] = [];
happenings.listen((happening) => told.push(happening));
const identities = createIdentities();
const bugs: unknown[] = [];
let fault: AwsError | undefined;
const givenUp = Promise.withResolvers<void>();

const kinesis = jsonService({
  name: 'kinesis',
  targetPrefix: 'Kinesis_20131202',
  version: '1.1',
  operations: [
    {
      name: 'ListStreams',
      needs: () => [],
      answer: () => ({ StreamNames: ['records'], HasMoreStreams: false }),
    },
  ],
});
const connect = restJsonService({
  name: 'connect',
  operations: [
    {
      name: 'DescribeContact',
      method: 'GET',
      path: '/contacts/{InstanceId}/{ContactId}',
      needs: () => [{ action: 'connect:DescribeContact', resource: CONTACT_ARN }],
      answer: ({ params, request }) => ({ Contact: { Id: params['ContactId'], Name: request.port } }),
    },
    {
      name: 'StopContact',
      method: 'POST',
      path: '/contact/stop',
      needs: () => [],
      answer() {
        throw new TypeError('a mistake of ours');
      },
    },
  ],
});
const gateway = await createGateway({
  clock,
  happenings,
  services: [kinesis, connect],
  identities,
  open: [
    {
      isFor: ({ path }) => path.startsWith('/_url/'),
      answer: async ({ path }) =>
        path.endsWith('/forever')
          ? apiAnswer({ status: 200, body: forever() })
          : apiAnswer({ status: 302, headers: { location: `https://example.com${path}` } }),
    },
  ],
  interfere: () => fault,
  onBug: (error) => bugs.push(error),
});
const settings = { endpoint: gateway.endpoint, region: 'us-east-1', credentials: identities.administrator };
const client = new ConnectClient(settings);
after(async () => {
  await gateway.close();
  clock.stop();
});

test('HTTP/2 without TLS and HTTP/1.1 are spoken on one port', async () => {
  const overHttp2 = new KinesisClient(settings);

  const { StreamNames } = await overHttp2.send(new ListStreamsCommand());
  const { Contact } = await client.send(new DescribeContactCommand(CONTACT));

  assert.deepEqual(StreamNames, ['records']);
  assert.equal(Contact?.Id, 'c1');
  overHttp2.destroy();
});

test('the second port reaches the same services, and they see which port it is', async () => {
  const media = new ConnectClient({ ...settings, endpoint: gateway.mediaEndpoint });

  const main = await client.send(new DescribeContactCommand(CONTACT));
  const second = await media.send(new DescribeContactCommand(CONTACT));

  assert.deepEqual([main.Contact?.Name, second.Contact?.Name], ['main', 'media']);
});

test('labels of a path survive encoding and signing, whatever is in them', async () => {
  const ContactId = "arn:aws:connect:::view/v1:$LATEST it's (a) *+ü";

  const { Contact } = await client.send(new DescribeContactCommand({ ...CONTACT, ContactId }));

  assert.equal(Contact?.Id, ContactId);
});

test('a wrong secret, a wrong token and an unknown key are refused', async () => {
  const { administrator } = identities;
  const role = identities.addRole({ arn: 'arn:aws:iam::111122223333:role/Stale', statements: [] });
  const as = (credentials: typeof administrator) =>
    new ConnectClient({ ...settings, credentials }).send(new DescribeContactCommand(CONTACT));

  await assert.rejects(
    as({ ...administrator, secretAccessKey: 'x' }),
    answered(403, 'InvalidSignatureException'),
  );
  await assert.rejects(as({ ...role, sessionToken: 'x' }), answered(403, 'UnrecognizedClientException'));
  await assert.rejects(
    as({ ...administrator, accessKeyId: 'x' }),
    answered(403, 'UnrecognizedClientException'),
  );
});

test('a body changed after signing is refused', async () => {
  const changed = new ConnectClient(settings);
  changed.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (typeof request === 'object' && request !== null && 'body' in request) {
        request.body = '{"InstanceId":"i1","ContactId":"c2"}';
      }
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );

  await assert.rejects(
    changed.send(new StopContactCommand(CONTACT)),
    answered(403, 'InvalidSignatureException'),
  );
});

test('a request that is not signed is refused', async () => {
  const response = await fetch(gateway.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'Kinesis_20131202.ListStreams' },
  });

  assert.equal(response.status, 403);
  assert.match(await response.text(), /MissingAuthenticationTokenException/);
});

test('an open path needs no signature', async () => {
  const response = await fetch(`${gateway.endpoint}/_url/f1/r/token`, { redirect: 'manual' });

  assert.deepEqual(
    [response.status, response.headers.get('location')],
    [302, 'https://example.com/_url/f1/r/token'],
  );
});

test('an endless answer is given up when the client goes away', async () => {
  const request = get(`${gateway.endpoint}/_url/f1/forever`);
  const [response] = await once(request, 'response');
  await once(response, 'data');

  request.on('error', () => {});
  request.destroy();

  await givenUp.promise;
  assert.deepEqual(bugs, []);
});

test('a refusal names the missing permission, and the timeline names the function', async () => {
  const credentials = identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/DeliverRole',
    label: 'DeliverVoicemail',
    statements: [{ Effect: 'Deny', Action: 'connect:Describe*', Resource: '*' }],
  });
  const worker = new ConnectClient({ ...settings, credentials });

  await assert.rejects(worker.send(new DescribeContactCommand(CONTACT)), {
    name: 'AccessDeniedException',
    message: `User: arn:aws:sts::111122223333:assumed-role/DeliverRole/DeliverVoicemail is not authorized to perform: connect:DescribeContact on resource: ${CONTACT_ARN} with an explicit deny in an identity-based policy`,
  });

  assert.partialDeepStrictEqual(told.at(-1), {
    kind: 'api-call',
    service: 'connect',
    operation: 'DescribeContact',
    caller: 'DeliverVoicemail',
    about: [],
    status: 403,
    errorCode: 'AccessDeniedException',
  });
});

test('an unknown operation or service is a 501 that names it', async () => {
  const streams = new KinesisClient(settings);
  const put = new PutRecordCommand({ StreamName: 's', PartitionKey: 'p', Data: Buffer.from('x') });

  await assert.rejects(streams.send(put), (error) => {
    assert.match(String(error), /does not know this operation of kinesis: Kinesis_20131202\.PutRecord/);
    return answered(501, 'UnknownOperationException')(error);
  });
  await assert.rejects(new SQSClient(settings).send(new ListQueuesCommand()), (error) => {
    assert.match(String(error), /does not know the service sqs/);
    return answered(501, 'UnknownOperationException')(error);
  });
  streams.destroy();
});

test('an injected fault is answered instead of the operation', async (context) => {
  context.after(() => (fault = undefined));
  fault = new AwsError('ThrottlingException', 429, 'Rate exceeded');

  const once429 = new ConnectClient({ ...settings, maxAttempts: 1 });

  await assert.rejects(
    once429.send(new DescribeContactCommand(CONTACT)),
    answered(429, 'ThrottlingException'),
  );
});

test('a bug of the simulator is a 500, and is reported', async () => {
  const once500 = new ConnectClient({ ...settings, maxAttempts: 1 });

  await assert.rejects(once500.send(new StopContactCommand(CONTACT)), {
    message: 'The simulator failed: a mistake of ours',
  });

  assert.deepEqual(bugs.splice(0), [new TypeError('a mistake of ours')]);
});

test('a body of more than 64 MiB is refused', async () => {
  const body = Buffer.alloc(64 * 1024 * 1024 + 1);

  const response = await fetch(gateway.endpoint, { method: 'POST', body });

  assert.deepEqual([response.status, response.headers.get('x-amzn-errortype')], [400, 'EntityTooLarge']);
});

test('a request from another time is refused, and the SDK then sets its clock by ours', async () => {
  const late = new ConnectClient({ ...settings, maxAttempts: 2 });
  const hasty = new ConnectClient({ ...settings, maxAttempts: 1 });
  clock.advance(SIXTEEN_MINUTES_MS);

  await assert.rejects(
    hasty.send(new DescribeContactCommand(CONTACT)),
    answered(403, 'InvalidSignatureException'),
  );
  const { $metadata } = await late.send(new DescribeContactCommand(CONTACT));

  assert.equal($metadata.attempts, 2);
});

test('closing ends connections that are still open', async () => {
  const own = await createGateway({ clock, happenings, services: [], identities });
  await (await fetch(own.endpoint)).text();

  await own.close();

  await assert.rejects(fetch(own.endpoint));
});

async function* forever() {
  try {
    for (;;) {
      yield Buffer.from('more');
      await new Promise(setImmediate);
    }
  } finally {
    givenUp.resolve();
  }
}
