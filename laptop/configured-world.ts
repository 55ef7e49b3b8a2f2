import { laptopWorld } from '../simulator/services/connect/sample-world.ts';
import type { World } from '../simulator/services/connect/world.ts';
import type { VoicemailConfig } from '../infra/config.ts';
import written from '../voicemail.config.ts';

const OFFICE_HOURS_ID = '40404040-0000-4000-8000-000000000002';

/** When the queues are open. */
const WEEK = (['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] as const).map((day) => ({
  day,
  from: '08:00',
  to: '18:00',
}));

/**
 * The simulated Connect instance that fits `voicemail.config.ts`, or the settings
 * given: its ids are the configured ones, so that a stack configured for an
 * instance of one's own runs on the laptop too. The number that callers dial has the stack's test flow.
 */
export function configuredWorld(config: VoicemailConfig = written): World {
  const { entryQueueArn, testAgentArn, ...settings } = config.flows ?? {};
  const world = laptopWorld();
  const [first, ...others] = world.queues;
  const queues = [
    { ...first, id: lastPart(config.fallbackQueueArn), name: first?.name ?? 'Billing' },
    ...others,
  ];
  return laptopWorld({
    instanceArn: config.instanceArn,
    alias: config.instanceAlias,
    claimedNumbers: [{ number: world.phoneNumber, flow: 'Voicemail test' }],
    contactRecordStreamArn: config.contactRecordStreamArn,
    ...(config.mediaStreams && { mediaStreamPrefix: config.mediaStreams.prefix }),
    queues: including(queues, entryQueueArn, (id) => ({ id, name: 'Entry' })).map((queue) => ({
      ...queue,
      hoursOfOperationId: OFFICE_HOURS_ID,
    })),
    hoursOfOperation: [{ id: OFFICE_HOURS_ID, name: 'Office hours', timeZone: config.timeZone, week: WEEK }],
    users: including(world.users, testAgentArn, (id) => ({ id, username: 'test.agent' })),
    prompts: promptsOf(settings, world.prompts),
    ...(config.ivrRecordings && { ivrRecordingsBucket: config.ivrRecordings.bucket }),
    ...(config.attachRecording && { attachmentsBucket: `${config.instanceAlias}-attachments` }),
    flows: [],
  });
}

/** The words of a prompt are only known in the instance; here they are the prompt's purpose. */
function promptsOf(
  { tonePromptArn, holdMusicPromptArn, texts = {} }: NonNullable<VoicemailConfig['flows']>,
  prompts: World['prompts'],
): World['prompts'] {
  const greetings = Object.values(texts).flatMap(({ greeting }) =>
    typeof greeting === 'object' && 'promptArn' in greeting ? [greeting.promptArn] : [],
  );
  return [
    { arn: tonePromptArn, name: 'Tone', says: '(tone)', lengthMs: 1000 },
    { arn: holdMusicPromptArn, name: 'Music', says: '(music)', lengthMs: 30_000 },
    ...greetings.map((arn) => ({ arn, name: 'Greeting', says: '(greeting)', lengthMs: 5000 })),
  ].reduce((all, { arn, ...prompt }) => including(all, arn, (id) => ({ id, ...prompt })), prompts);
}

function including<Thing extends { readonly id: string }>(
  things: readonly Thing[],
  arn: string | undefined,
  newOne: (id: string) => Thing,
): readonly Thing[] {
  if (arn === undefined) return things;
  const id = lastPart(arn);
  return things.some((thing) => thing.id === id) ? things : [...things, newOne(id)];
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
