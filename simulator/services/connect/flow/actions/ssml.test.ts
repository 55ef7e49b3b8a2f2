import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchOf } from '../branch.fixture.ts';
import { flowOf, type TestAction, testCenter } from '../flow.fixture.ts';

const BROKEN = '<speak>Smith & Sons</speak>';
const REASON = 'SSML, line 1, column 14: "&" begins an entity in SSML. Write &amp; for the sign.';
const say = (SSML: string): TestAction => ({ does: 'MessageParticipant', with: { SSML } });
const named = (name: string) => ({ contact: { attributes: new Map([['name', name]]) } });

test('SSML that Amazon Polly refuses takes the error branch, and the reason is shown', async (t) => {
  const { branch, said, told } = await branchOf(t, say(BROKEN));

  assert.equal(branch, 'NoMatchingError');
  assert.deepEqual(said, []);
  assert.deepEqual(
    told.flatMap((one) =>
      one.kind === 'prompt-refused' ? [{ action: one.action, reason: one.reason }] : [],
    ),
    [{ action: 'try', reason: REASON }],
  );
});

test('the flow log has the prompt as it was sent to Amazon Polly, and the branch that follows', async (t) => {
  const { run, told } = testCenter(t, named('Smith & Sons'));
  const logged = { FlowLoggingBehavior: 'Enabled' };

  await run(
    flowOf({
      log: { does: 'UpdateFlowLoggingBehavior', with: logged, next: 'greet' },
      greet: {
        ...say('<speak>Hello $.Attributes.name</speak>'),
        next: 'end',
        on: { NoMatchingError: 'sorry' },
      },
      sorry: { does: 'MessageParticipant', with: { Text: 'Hello.' }, next: 'end' },
      end: { does: 'EndFlowExecution' },
    }),
  );

  const entries = told.flatMap((one) => (one.kind === 'flow-log' ? [one.entry] : []));
  assert.deepEqual(
    entries.map(({ Identifier }) => Identifier),
    ['log', 'greet', 'sorry', 'end'],
  );
  assert.deepEqual(entries[1]?.['Parameters'], { SSML: '<speak>Hello Smith & Sons</speak>' });
});

test('the value of a contact attribute decides, caller by caller', async (t) => {
  const greet = say('<speak>Hello $.Attributes.name</speak>');
  const branchFor = async (name: string) => (await branchOf(t, greet, named(name))).branch;

  assert.equal(await branchFor('Ann'), 'next');
  assert.equal(await branchFor('Smith & Sons'), 'NoMatchingError');
  assert.equal(await branchFor('Ann <ann@example.com>'), 'NoMatchingError');
  assert.equal(await branchFor('Smith &amp; Sons'), 'next');
});

test('a question with such a prompt takes the error branch before any key', async (t) => {
  const ask = { does: 'GetParticipantInput', with: { SSML: BROKEN, StoreInput: 'False' } };

  assert.equal((await branchOf(t, ask, { keys: ['1'] })).branch, 'NoMatchingError');
});

test('messages are played up to the one that is refused', async (t) => {
  const loop = {
    does: 'MessageParticipantIteratively',
    with: { Messages: [{ Text: 'Please wait.' }, { SSML: BROKEN }], InterruptFrequencySeconds: '30' },
  };

  const { branch, said } = await branchOf(t, loop, { type: 'CUSTOMER_QUEUE', promptMs: 1000 });

  assert.equal(branch, 'NoMatchingError');
  assert.deepEqual(said, ['Please wait.']);
});

test('the engine of the last voice that was set decides', async (t) => {
  const whispered = '<speak><amazon:effect name="whispered">Hello.</amazon:effect></speak>';
  const spokenBy = async (engines: readonly (string | undefined)[]) => {
    const { run, said } = testCenter(t, { contact: { attributes: new Map([['engine', 'Neural']]) } });
    const voices = engines.map((TextToSpeechEngine, index) => [
      `voice ${index}`,
      {
        does: 'UpdateContactTextToSpeechVoice',
        with: {
          TextToSpeechVoice: 'Joanna',
          ...(TextToSpeechEngine !== undefined && { TextToSpeechEngine }),
        },
        next: index + 1 < engines.length ? `voice ${index + 1}` : 'say',
      },
    ]);
    await run(flowOf({ ...Object.fromEntries(voices), say: say(whispered) }));
    return said.length > 0;
  };

  assert.ok(await spokenBy(['Standard']));
  assert.ok(await spokenBy([undefined]));
  assert.ok(await spokenBy(['Neural', 'Standard']));
  assert.ok(!(await spokenBy(['Neural'])));
  assert.ok(!(await spokenBy(['Generative'])));
  assert.ok(!(await spokenBy(['$.Attributes.engine'])));
});

test('callers hear the words within tags that Amazon Connect ignores', async (t) => {
  assert.equal((await branchOf(t, say('<speak>A <emphasis>word</emphasis>.</speak>'))).branch, 'next');
});
