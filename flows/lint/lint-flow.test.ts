import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  flowDocument,
  listens,
  MINIMAL_RECORDER,
  says,
  setsAttributes,
  streams,
  type ShortAction,
  type ShortFlow,
} from '../../test/flow-document.ts';
import { FlowDocumentError, type FlowType } from '../language/document.ts';
import { lintFlow } from './lint-flow.ts';

const lint = (flow: ShortFlow, type: FlowType = 'CONTACT_FLOW') =>
  lintFlow({ name: 'test', document: flowDocument(flow), type });

/** `rule @ action` for an error, `warning rule @ action` for others. */
const found = (flow: ShortFlow, type?: FlowType) =>
  lint(flow, type).map(
    ({ severity, rule, action }) => `${severity === 'error' ? '' : `${severity} `}${rule} @ ${action}`,
  );

const ALL = { vmx3_from: '$.CustomerEndpoint.Address', vmx3_queue_arn: '$.Queue.ARN', vmx3_lang: 'en-US' };
const FLAG = { ...ALL, vmx3_flag: '1', vmx3_mode: 'task' };
const WAIT = {
  type: 'Wait',
  parameters: { TimeLimitSeconds: '60' },
  next: 'stop',
  errors: { NoMatchingError: 'stop' },
} as const;
const TONE = MINIMAL_RECORDER.tone;

/** Each round again, and then done. */
const loop = (count: string, again: string, done: string) => ({
  type: 'Loop',
  parameters: { LoopCount: count },
  next: done,
  conditions: { ContinueLooping: again, DoneLooping: done },
});

test('nothing is found in the minimal recorder, as a flow or as a module', () => {
  assert.deepEqual(found(MINIMAL_RECORDER), []);
  assert.deepEqual(found(MINIMAL_RECORDER, 'MODULE'), []);
});

/** What the flow sets as the language, and what is said of it; nothing if it is right, or not known before the call. */
const LANGUAGES: Readonly<Record<string, RegExp | undefined>> = {
  'es-US': undefined,
  auto: undefined,
  AUTO: undefined,
  '': undefined,
  '$.LanguageCode': undefined,
  '$.External.language': undefined,
  en_US: /^vmx3_lang: "en_US" is not a language code of Amazon Transcribe, which writes "en-US"; /,
  'EN-us': /which writes "en-US"/,
  'en-US ': /which writes "en-US"/,
  en: /which writes "en-US"/,
  'nb-NO': /which writes "no-NO"/,
  arb: /which writes "ar-SA"/,
  'zh-Hans-CN': /which writes "zh-CN"/,
  'de-AT': /: it is tried, .*the nearest that it is known to have is "de-DE"\.$/,
  'xx-YY': /: it is tried, .*docs\/languages\.md has the codes\.$/,
  English: /: it is tried, /,
};
for (const [language, said] of Object.entries(LANGUAGES)) {
  test(`"${language}" as the language is ${said ? 'warned of' : 'right'}`, () => {
    const flag = setsAttributes({ ...FLAG, vmx3_lang: language }, 'tone', 'sorry');
    const findings = lint({ ...MINIMAL_RECORDER, flag });

    if (!said) return assert.deepEqual(findings, []);
    const [{ message, ...finding } = { message: '' }, ...others] = findings;
    assert.deepEqual(
      [finding, ...others],
      [{ severity: 'warning', action: 'flag', rule: 'unknown-language' }],
    );
    assert.match(message, said);
  });
}

const BROKEN: readonly (readonly [string, ShortFlow, readonly string[]])[] = [
  [
    'a flow that Connect would not publish',
    { ...MINIMAL_RECORDER, bye: { type: 'MessageParticipant', parameters: { Text: 'Bye.' } } },
    ['refused-at-publishing @ bye'],
  ],
  [
    'streaming what the caller hears',
    {
      ...MINIMAL_RECORDER,
      stream: streams('Enabled', 'flag', { failed: 'sorry', directions: ['From', 'To'] }),
    },
    ['streams-to-customer @ stream'],
  ],
  [
    'streaming only what the caller hears',
    { ...MINIMAL_RECORDER, stream: streams('Enabled', 'flag', { failed: 'sorry', directions: ['To'] }) },
    ['streams-to-customer @ stream'],
  ],
  [
    'the flag before streaming',
    {
      ...MINIMAL_RECORDER,
      ask: says('Leave a message after the tone.', 'flag'),
      flag: setsAttributes(FLAG, 'stream', 'sorry'),
      stream: streams('Enabled', 'tone', { failed: 'sorry' }),
    },
    ['flag-before-streaming @ flag'],
  ],
  [
    'the flag where streaming could not start',
    { ...MINIMAL_RECORDER, stream: streams('Enabled', 'flag', { failed: 'flag' }) },
    ['flag-without-streaming @ flag'],
  ],
  [
    'the flag after streaming was stopped',
    {
      ...MINIMAL_RECORDER,
      stream: streams('Enabled', 'tone', { failed: 'sorry' }),
      stop: streams('Disabled', 'flag'),
      flag: setsAttributes(FLAG, 'bye', 'sorry'),
    },
    ['flag-without-streaming @ flag'],
  ],
  [
    'words between the flag and the tone',
    {
      ...MINIMAL_RECORDER,
      flag: setsAttributes(FLAG, 'words', 'sorry'),
      words: says('Speak after the tone.', 'tone'),
    },
    ['flag-long-before-tone @ flag'],
  ],
  [
    'words in front of the tone, in the same breath',
    {
      ...MINIMAL_RECORDER,
      tone: {
        ...TONE,
        parameters: { SSML: '<speak>Speak now. <say-as interpret-as="expletive">beep</say-as></speak>' },
      },
    },
    ['flag-long-before-tone @ flag'],
  ],
  [
    'no tone',
    { ...MINIMAL_RECORDER, flag: setsAttributes(FLAG, 'listen', 'sorry'), tone: says('Hello.', 'end') },
    ['warning unreachable-action @ tone', 'warning no-tone @ listen'],
  ],
  [
    'an end without a word when streaming cannot start',
    { ...MINIMAL_RECORDER, stream: streams('Enabled', 'flag', { failed: 'end' }) },
    ['silent-failure @ stream'],
  ],
  [
    'an end without a word when the flag cannot be set, some actions later',
    {
      ...MINIMAL_RECORDER,
      flag: setsAttributes(FLAG, 'tone', 'give up'),
      'give up': setsAttributes({ vmx3_flag: '0' }, 'end'),
    },
    ['silent-failure @ flag'],
  ],
  ['Wait to record', { ...MINIMAL_RECORDER, listen: WAIT }, ['wait-records @ listen']],
  [
    'a recording that goes on until somebody hangs up',
    {
      ...MINIMAL_RECORDER,
      listen: { ...listens('stop'), errors: { ...listens('stop').errors, InputTimeLimitExceeded: 'listen' } },
    },
    ['no-recording-limit @ listen'],
  ],
  [
    'more time than one input has',
    { ...MINIMAL_RECORDER, listen: listens('stop', '300') },
    ['recording-over-180-seconds @ listen'],
  ],
  [
    'streaming for nobody',
    { ...MINIMAL_RECORDER, flag: setsAttributes(ALL, 'tone', 'sorry') },
    ['streaming-without-flag @ stream'],
  ],
  [
    'a flag that no voicemail has',
    { ...MINIMAL_RECORDER, flag: setsAttributes({ ...FLAG, vmx3_flag: 'true' }, 'tone', 'sorry') },
    ['streaming-without-flag @ stream', 'flag-value @ flag'],
  ],
  [
    'an attribute with a typing error',
    { ...MINIMAL_RECORDER, bye: setsAttributes({ vmx3_quere_arn: '$.Queue.ARN' }, 'end') },
    ['misspelt-attribute @ bye'],
  ],
  [
    'a typing error where an attribute is read',
    { ...MINIMAL_RECORDER, bye: says('We call you at $.Attributes.vmx3_form.', 'end') },
    ['misspelt-attribute @ bye'],
  ],
  [
    'a voicemail for nobody in particular',
    { ...MINIMAL_RECORDER, flag: setsAttributes({ vmx3_flag: '1' }, 'tone', 'sorry') },
    ['warning missing-attributes @ flag'],
  ],
  [
    'an action that no branch leads to',
    { ...MINIMAL_RECORDER, lost: says('Hello?', 'end') },
    ['warning unreachable-action @ lost'],
  ],
  [
    'a caller who goes on to a queue as a voicemail, and is streamed there',
    {
      ...MINIMAL_RECORDER,
      tone: { ...TONE, errors: { NoMatchingError: 'queue' } },
      queue: {
        type: 'TransferContactToQueue',
        next: 'end',
        errors: { QueueAtCapacity: 'sorry', NoMatchingError: 'sorry' },
      },
    },
    ['warning flag-left-set @ queue', 'warning streaming-left-running @ queue'],
  ],
];

for (const [sentence, flow, findings] of BROKEN) {
  test(`found: ${sentence}`, () => {
    assert.deepEqual(found(flow), findings);
  });
}

test('found: a module called while the caller waits in a queue', () => {
  const flow: ShortFlow = {
    hold: {
      type: 'MessageParticipantIteratively',
      parameters: { Messages: [{ Text: 'Hold.' }] },
      next: 'call',
    },
    call: {
      type: 'InvokeFlowModule',
      parameters: { FlowModuleId: '$.Attributes.module' },
      next: 'end',
      errors: { NoMatchingError: 'end' },
    },
    end: { type: 'EndFlowExecution' },
  };

  const findings = lintFlow({ name: 'test', document: flowDocument(flow) });

  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['refused-at-publishing', 'module-in-queue-flow'],
  );
});

test('a retry of streaming, counted by a Loop, is fine, and so is a long message in pieces', () => {
  const flow: ShortFlow = {
    ...MINIMAL_RECORDER,
    ask: says('Leave a message after the tone.', 'try'),
    try: loop('2', 'stream', 'sorry'),
    stream: streams('Enabled', 'flag', { failed: 'patience' }),
    patience: says('One moment.', 'try'),
    tone: { ...TONE, next: 'rounds' },
    rounds: loop('5', 'listen', 'stop'),
    listen: { ...listens('stop'), errors: { ...listens('stop').errors, InputTimeLimitExceeded: 'rounds' } },
  };

  assert.deepEqual(found(flow), []);
});

const IVR_RECORDING: Readonly<Record<string, (behavior: unknown, next: string) => ShortAction>> = {
  UpdateContactRecordingBehavior: (behavior, next) => ({
    type: 'UpdateContactRecordingBehavior',
    parameters: { RecordingBehavior: behavior },
    next,
  }),
  UpdateContactRecordingAndAnalyticsBehavior: (behavior, next) => ({
    type: 'UpdateContactRecordingAndAnalyticsBehavior',
    parameters: { VoiceBehavior: { VoiceRecordingBehavior: behavior } },
    next,
    errors: { NoMatchingError: 'sorry', ChannelMismatch: 'sorry' },
  }),
};

for (const [action, ivr] of Object.entries(IVR_RECORDING)) {
  const on = { RecordedParticipants: [], IVRRecordingBehavior: 'Enabled' };
  const sorry = says('Voicemail is not available.', 'end');

  test(`a recording in S3, switched on by ${action}, needs no stream`, () => {
    assert.deepEqual(found({ ...MINIMAL_RECORDER, stream: ivr(on, 'flag'), sorry }), []);
  });

  test(`what ${action} does to other recordings, or switches off, is no sound for a voicemail`, () => {
    for (const behavior of [
      { ...on, IVRRecordingBehavior: 'Disabled' },
      { RecordedParticipants: ['Agent'] },
      {},
    ])
      assert.deepEqual(found({ ...MINIMAL_RECORDER, stream: ivr(behavior, 'flag'), sorry }), [
        'flag-without-streaming @ flag',
      ]);
  });

  test(`a flag that is set before ${action} switches the recording on is reported`, () => {
    const flow = {
      ...MINIMAL_RECORDER,
      stream: says('Hello.', 'flag'),
      flag: { ...MINIMAL_RECORDER.flag, next: 'ivr' },
      ivr: ivr(on, 'tone'),
      sorry,
    };

    assert.deepEqual(found(flow), ['flag-before-streaming @ flag']);
  });

  test(`a recording that ${action} pauses and goes on with before the message is a warning`, () => {
    const flow = {
      ...MINIMAL_RECORDER,
      stream: ivr(on, 'pause'),
      pause: ivr({ ...on, IVRRecordingBehavior: 'Disabled' }, 'secret'),
      secret: says('Please say your number.', 'again'),
      again: ivr(on, 'flag'),
      sorry,
    };

    assert.ok(found(flow).includes('warning recording-paused-before-message @ pause'));
    assert.ok(!found({ ...flow, again: ivr({}, 'flag') }).some((line) => line.includes('paused-before')));
  });

  test(`a recording that ${action} has switched on may go on where the call goes on`, () => {
    const flow = { ...MINIMAL_RECORDER, stream: ivr(on, 'away'), sorry };
    const away: ShortAction = { type: 'TransferToFlow', parameters: { ContactFlowId: 'x' }, next: 'sorry' };

    assert.ok(!found({ ...flow, away }).some((line) => line.includes('streaming-left-running')));
  });
}

test('a recording that cannot start, and ends the call without a word, is a silent failure', () => {
  const { UpdateContactRecordingAndAnalyticsBehavior: newer } = IVR_RECORDING;
  const started = newer?.({ IVRRecordingBehavior: 'Enabled' }, 'flag');
  assert.ok(started);
  const stream = { ...started, errors: { NoMatchingError: 'end', ChannelMismatch: 'end' } };

  assert.deepEqual(found({ ...MINIMAL_RECORDER, stream }), ['silent-failure @ stream']);
});

test('a recording is read where its action has it, and nowhere else', () => {
  const { UpdateContactRecordingBehavior: older, UpdateContactRecordingAndAnalyticsBehavior: newer } =
    IVR_RECORDING;
  assert.ok(older && newer);
  const on = { IVRRecordingBehavior: 'Enabled' };
  const mixedUp = { ...newer(on, 'flag'), parameters: older(on, 'flag').parameters ?? {} };
  const sorry = says('Voicemail is not available.', 'end');

  assert.ok(found({ ...MINIMAL_RECORDER, stream: mixedUp, sorry }).includes('flag-without-streaming @ flag'));
});

test('a module that relies on its caller for streaming is only asked about it', () => {
  const flow: ShortFlow = {
    flag: setsAttributes({ vmx3_flag: '1' }, 'bye'),
    bye: says('Bye.', 'end'),
    end: { type: 'DisconnectParticipant' },
  };

  assert.deepEqual(found(flow, 'MODULE'), ['warning flag-without-streaming @ flag']);
});

test("a customer's own attribute with a name like ours is accepted", () => {
  const document = flowDocument({
    ...MINIMAL_RECORDER,
    bye: setsAttributes({ vmx3_modes: 'all', email_id: '7' }, 'end'),
  });

  const rules = (attributes: readonly string[]) =>
    lintFlow({ name: 'test', document, known: { attributes } }).map(({ rule }) => rule);

  assert.deepEqual(rules([]), ['misspelt-attribute']);
  assert.deepEqual(rules(['vmx3_modes']), []);
});

test('every message says what to do, in whole sentences', () => {
  for (const [, flow] of BROKEN)
    for (const { message, rule } of lint(flow))
      if (rule !== 'refused-at-publishing') assert.match(message, /^[A-Z"v].+[.?] ?.+[.?]$/);
});

test('text that is not a flow is named in the error', () => {
  assert.throws(
    () => lintFlow({ name: 'menu.json', json: '{}' }),
    (error) => error instanceof FlowDocumentError && error.message.startsWith('menu.json: not a flow'),
  );
});
