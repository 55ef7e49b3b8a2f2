import type { Check, Finding } from '../../check.ts';
import { type RecordReader, recordReaders } from '../../facts/record-readers.ts';
import { recordStream } from '../../facts/record-stream.ts';
import { streamConsumers } from '../../facts/stream-consumers.ts';

const API = 'lambda:ListEventSourceMappings';

export const otherRecordReaders: Check = {
  id: 'other-record-readers',
  lane: 'streams and keys',
  title: 'who else reads the contact record stream',
  async run(look) {
    if ((await recordStream(look)) === undefined) return [];
    const [readers, consumers] = await Promise.all([recordReaders(look), streamConsumers(look)]);
    const reading = readers.filter(({ state }) => !/^Disabl|^Delet/.test(state));
    const by = (owner: RecordReader['owner']) =>
      reading.filter((one) => one.owner === owner).map(({ functionName }) => functionName);
    return [
      ...by('python').map(doubling),
      ...by('another stack').map(anotherStack),
      ...besides(by('somebody'), consumers),
    ];
  },
};

function doubling(functionName: string): Finding {
  return {
    severity: 'blocker',
    certainty: 'likely',
    what: `The function ${functionName} reads the contact record stream, too. By its name it is of the Python product Voicemail Express, which takes the same calls for voicemails.`,
    suffers: 'Agents: every voicemail is delivered twice.',
    evidence: [{ api: API, saw: `${functionName}: Enabled` }],
    remedy: `Disable the trigger of ${functionName} in the Lambda console, under Configuration, Triggers, or delete the stack of that product once nobody needs its recordings.`,
  };
}

function anotherStack(functionName: string): Finding {
  return {
    severity: 'note',
    certainty: 'likely',
    what: `The function ${functionName} of another stack of Voicemail Express reads the contact record stream, too.`,
    suffers: 'Nobody, if that stack serves another instance: each takes the records of its own.',
    evidence: [{ api: API, saw: `${functionName}: Enabled` }],
    remedy: 'If both serve this instance, delete one of them: agents get every voicemail twice.',
  };
}

function besides(functions: readonly string[], consumers: readonly string[]): readonly Finding[] {
  if (functions.length === 0 && consumers.length === 0) return [];
  const all = [...functions, ...consumers.map((name) => `${name} (enhanced fan-out)`)];
  return [
    {
      severity: 'note',
      certainty: 'certain',
      what: `The contact record stream has other readers: ${all.join(', ')}.`,
      suffers:
        'Nobody, while they are few: a shard takes five reads a second from all readers together, those with enhanced fan-out aside.',
      evidence: [
        { api: API, saw: functions.join(', ') || 'none' },
        { api: 'kinesis:ListStreamConsumers', saw: consumers.join(', ') || 'none' },
      ],
      remedy: 'Nothing, unless one of them makes voicemails of the same calls.',
    },
  ];
}
