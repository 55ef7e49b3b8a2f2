import { laptopWorld } from '../sample-world.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soundOf } from './prompt-sound.ts';

const BEEP = '<say-as interpret-as="expletive">beep</say-as>';

test('fifteen characters take a second, however they are spaced', () => {
  const sounds = soundsOf({ kind: 'text', text: '  We are\n closed.  ' });

  assert.deepEqual(sounds, [{ says: 'We are closed.', lengthMs: 934 }]);
});

test('in SSML, words are heard and breaks take their time', () => {
  const sounds = soundsOf(ssml('<prosody rate="slow">Tom &amp; Ann.</prosody><break time="1.5s"/>Goodbye.'));

  assert.deepEqual(sounds, [{ says: 'Tom & Ann. Goodbye.', lengthMs: 667 + 1500 + 534 }]);
});

test('a tone is a sound of its own, between the words around it', () => {
  const sounds = soundsOf(ssml(`After the tone.<break time="200ms"/>${BEEP}<break time="5s"/>`));

  assert.deepEqual(sounds, [
    { says: 'After the tone.', lengthMs: 1000 },
    { lengthMs: 200 },
    { says: '(tone)', lengthMs: 1000 },
    { lengthMs: 5000 },
  ]);
});

test('silence alone is not heard', () => {
  const sounds = soundsOf(ssml('<break time="5s"/><break time="5s"/>'));

  assert.deepEqual(sounds, [{ lengthMs: 10_000 }]);
});

test('a recorded prompt is found by id and by ARN', () => {
  const { instanceArn, prompts } = laptopWorld();
  const [id = ''] = prompts.map((prompt) => prompt.id);

  const [byId, byArn] = [id, `${instanceArn}/prompt/${id}`].map((promptId) =>
    soundsOf({ kind: 'prompt', promptId }),
  );

  assert.deepEqual(byId, [{ says: '(tone)', lengthMs: 1000 }]);
  assert.deepEqual(byArn, byId);
});

test('comments, CDATA, entities and aliases are heard as XML means them', () => {
  const sounds = soundsOf(
    ssml(
      '<!-- not this --> <![CDATA[Tom & Ann]]>, caf&#233; <sub alias="Mercury">Hg</sub> <emphasis>now</emphasis>.',
    ),
  );

  assert.deepEqual(
    sounds.map(({ says }) => says),
    ['Tom & Ann , café Mercury now .'],
  );
});

test('a break of strength none takes no time', () => {
  assert.deepEqual(soundsOf(ssml('a<break strength="none"/>b')), soundsOf(ssml('<s>a</s><s>b</s>')));
});

test('SSML is checked for the engine of the voice', () => {
  const whispered = ssml('<amazon:effect name="whispered">Hello.</amazon:effect>');
  const kindOf = (engine?: 'Standard' | 'Neural') => soundOf({ ...whispered, engine }, laptopWorld()).kind;

  assert.deepEqual([kindOf('Standard'), kindOf('Neural'), kindOf()], ['sound', 'unplayable', 'sound']);
});

test('a prompt that Amazon Connect cannot play is unplayable, with the reason', () => {
  const reasons = [{ kind: 'prompt', promptId: 'gone' } as const, ssml('<break time="10.5s"/>')].map(
    (prompt) => {
      const sound = soundOf(prompt, laptopWorld());
      return sound.kind === 'unplayable' && sound.reason;
    },
  );

  assert.deepEqual(reasons, [
    'the instance has no recorded prompt gone',
    'SSML, line 1, column 8: time of <break> is "10.5s"; allowed: a time such as 500ms or 1.5s, 10 s at most.',
  ]);
});

function ssml(content: string) {
  return { kind: 'ssml', ssml: `<speak>${content}</speak>` } as const;
}

function soundsOf(prompt: Parameters<typeof soundOf>[0]) {
  const sound = soundOf(prompt, laptopWorld());
  assert.equal(sound.kind, 'sound');
  return sound.kind === 'sound' ? sound.sounds : [];
}
