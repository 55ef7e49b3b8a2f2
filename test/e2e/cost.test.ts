import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z } from 'zod';
import { costCommand } from '../../cli/cost/cost.ts';
import { callsPerSecond, stepsOf } from '../../cli/cost/model/calls.ts';
import { runVmx } from '../../cli/run-vmx.ts';
import { startCounting } from '../cost/count-voicemail.ts';
import { policiesOf } from '../../cli/deployer-policy/deployer-policy.ts';
import sample from '../../voicemail.config.ts';

const SECONDS = 20;
const TAG = 'aws:cloudformation:stack-name';
const STACK = 'VoicemailExpress';
const ROLE = 'arn:aws:iam::111122223333:role/Accountant';
/** The day of the voicemails is the last of the 30 days, and the charges are of the day before. */
const { simulator, voicemail } = await startCounting(SECONDS, { state: { charges: chargesOfYesterday() } });
after(simulator.close);
process.env['AWS_ENDPOINT_URL'] = simulator.endpoint;

type Keys = ReturnType<typeof simulator.addRole>;

const Told = z.object({
  volume: z.object({ voicemails: z.number(), seconds: z.number() }),
  callsPerVoicemail: z.object({ warm: z.record(z.string(), z.number()) }),
  ours: z.array(z.object({ price: z.string(), part: z.string(), quantity: z.number(), dollars: z.number() })),
  actual: z.object({
    usage: z.object({
      voicemails: z.number(),
      functions: z.record(z.string(), z.object({ invocations: z.number(), gbSeconds: z.number() })),
    }),
    paid: z.array(z.object({ scope: z.string(), service: z.string(), dollars: z.number() })).optional(),
  }),
});

function chargesOfYesterday() {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const usual = { day, region: 'us-east-1' };
  return [
    { ...usual, service: 'AWS Lambda', dollars: 0.5, tags: { [TAG]: STACK } },
    { ...usual, service: 'AWS Lambda', dollars: 3 },
    { ...usual, service: 'Amazon Transcribe', dollars: 7 },
  ];
}

async function cost(...args: readonly string[]) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const commands = [costCommand(simulator.clock.now)];
  const code = await runVmx(commands, ['cost', ...args], { out: say, err: say });
  return { code, said: said.join('\n') };
}

function withKeys({ accessKeyId, secretAccessKey, sessionToken }: Keys): void {
  process.env['AWS_ACCESS_KEY_ID'] = accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = secretAccessKey;
  if (sessionToken === undefined) delete process.env['AWS_SESSION_TOKEN'];
  else process.env['AWS_SESSION_TOKEN'] = sessionToken;
}

test('what three voicemails used is counted as the simulator counted it, beside what is reckoned for three', async () => {
  withKeys(simulator.credentials);
  const counts: Record<string, number> = {};
  simulator.happenings.listen((one) => {
    if (one.kind === 'invocation') counts[one.functionId] = (counts[one.functionId] ?? 0) + 1;
  });
  for (let i = 0; i < 3; i++) await voicemail('guided_task');

  const { code, said } = await cost('--actual', '--period', '30d', '--seconds', String(SECONDS), '--json');

  assert.equal(code, 0, said);
  const { volume, ours, actual, callsPerVoicemail } = Told.parse(JSON.parse(said));
  assert.deepEqual(volume, { voicemails: 3, seconds: SECONDS });
  const invoked = (bundle: string) => actual.usage.functions[bundle]?.invocations;
  for (const { bundle, invocations } of stepsOf({ mode: 'guided_task', isAttached: false })) {
    assert.equal(invoked(bundle), 3 * invocations, bundle);
    assert.equal(invoked(bundle), counts[simulator.deployment.idOf('AWS::Lambda::Function', bundle)], bundle);
  }
  const steps = stepsOf({ mode: 'guided_task', isAttached: false });
  assert.deepEqual(callsPerVoicemail.warm, callsPerSecond(steps, 1, 'warm'));
  // A guide that is opened is one more.
  const requests = ours.find(({ price, part }) => price === 'lambdaRequest' && part === 'variable');
  assert.equal(requests?.quantity, 3 * (steps.length + 1));
  assert.equal(actual.paid, undefined);
});

test('Cost Explorer is asked only with --yes, and what it takes is said before', async () => {
  withKeys(simulator.credentials);
  let asked = 0;
  simulator.happenings.listen((one) => {
    if (one.kind === 'api-call' && one.service === 'ce') asked += 1;
  });

  const unpaid = await cost('--actual', '--period', '30d');
  assert.equal(asked, 0);
  const paid = await cost('--actual', '--period', '30d', '--yes');

  assert.equal(asked, 2);
  assert.match(unpaid.said, /2 requests to Cost Explorer, for which AWS takes 0\.01 dollars each\. --yes/);
  assert.match(paid.said, /AWS Lambda +0\.50 +3\.50 /);
  assert.match(paid.said, /Amazon Transcribe +- +7\.00 /);
  assert.match(paid.said, /come a day late/);
});

test('a tag that is not activated is said, as CSV has what was paid', async () => {
  withKeys(simulator.credentials);
  const other = await cost('--actual', '--period', 'month', '--yes');
  const csv = await cost('--actual', '--period', '30d', '--yes', '--format', 'csv');

  assert.match(other.said, /Nothing has the tag aws:cloudformation:stack-name = VoicemailExpress/);
  assert.match(csv.said, /^paid,account,Amazon Transcribe,.*,7,/m);
});

test('what is printed by vmx deployer-policy for it is enough, and all of it is used', async () => {
  const statements = (await policiesOf('cost', sample)).flatMap(({ Statement }) => Statement);
  withKeys(simulator.addRole({ arn: ROLE, statements }));

  const { code, said } = await cost('--actual', '--yes');

  assert.equal(code, 0, said);
  const unused = simulator.grants().filter(({ roleArn, isUsed }) => roleArn === ROLE && !isUsed);
  assert.deepEqual(unused, []);
});
