import type { AudioSource } from '../src/domain/audio-source.ts';
import type { DeliveryMode } from '../src/domain/delivery-mode.ts';
import { type BuiltFlow, flow } from './builder/flow.ts';
import type { PerLanguage, Step, Steps } from './builder/step.ts';
import type { CallerSettings } from './settings.ts';

/** By mode: the key of the menu that asks for it, and where the key leads. */
export const DELIVERY_KEYS = {
  task: { key: '1', to: 'Deliver a task' },
  guided_task: { key: '2', to: 'Deliver a guided task' },
  email: { key: '3', to: 'Deliver an email' },
} as const satisfies Readonly<Record<DeliveryMode, { readonly key: Key; readonly to: string }>>;

export interface TestFlowRefs {
  readonly moduleArn: string;
  readonly queueArn: string;
  /** The agent who gets the voicemail after key 2. Absent: key 2 says that there is none. */
  readonly agentArn?: string;
}

/** What the tester hears, by the source of audio. */
const TO_CHECK = {
  stream: 'Check that live media streaming is on',
  ivr: 'Check that call recordings have a bucket',
  both: 'Check that live media streaming is on or call recordings have a bucket',
} as const satisfies Readonly<Record<AudioSource, string>>;

/** After this long without a key, the test goes on with the default. */
const KEY_SECONDS = 5;

/**
 * To try voicemail out: menus for the way in which the voicemail is delivered, for its recipient,
 * and for the language if there are several. It speaks English. Without a key it takes a
 * guided task, for the queue, in the first language.
 */
export function testFlow({ languages, audioSource }: CallerSettings, refs: TestFlowRefs): BuiltFlow {
  const afterwards = languages.length > 1 ? 'Which language?' : 'Take a voicemail';
  return flow({
    name: 'Voicemail test',
    description: 'Menus for delivery mode, recipient and language, then the voicemail module.',
    type: 'CONTACT_FLOW',
    start: 'Which delivery?',
    actions: {
      'Which delivery?': menu(
        'This is the voicemail test. For delivery as a task, press 1. As a guided task, press 2. By email, press 3.',
        Object.values(DELIVERY_KEYS).map(({ key, to }) => [key, to] as const),
        'Deliver a guided task',
      ),
      'Deliver a task': deliver('task'),
      'Deliver a guided task': deliver('guided_task'),
      'Deliver an email': deliver('email'),
      ...recipientSteps(refs),
      'Whose voicemail it is': {
        type: 'UpdateContactAttributes',
        parameters: {
          Attributes: { vmx3_queue_arn: '$.Queue.ARN', vmx3_from: '$.CustomerEndpoint.Address' },
          TargetContact: 'Current',
        },
        next: afterwards,
        errors: { NoMatchingError: afterwards },
      },
      ...(languages.length > 1 && languageMenu(languages)),
      'Take a voicemail': {
        type: 'InvokeFlowModule',
        parameters: { FlowModuleId: refs.moduleArn },
        next: 'Say that the test has failed',
        errors: { NoMatchingError: 'Say that the test has failed' },
      },
      'Say that the test has failed': announce(
        `No message was recorded. ${TO_CHECK[audioSource]}, and that the voicemail module is there.`,
        'Hang up',
      ),
      'Hang up': { type: 'DisconnectParticipant' },
    },
  });
}

type RecipientStep =
  | 'Which recipient?'
  | 'For the queue'
  | 'Say that there is no agent'
  | 'Say that there is no queue';
type AfterRecipient = 'Whose voicemail it is';

/** The step of the agent is there if there is an agent. */
type RecipientSteps = Steps<'CONTACT_FLOW', RecipientStep, AfterRecipient | 'For the agent'> &
  Partial<Steps<'CONTACT_FLOW', 'For the agent', AfterRecipient | RecipientStep>>;

function recipientSteps({ queueArn, agentArn }: TestFlowRefs): RecipientSteps {
  return {
    'Which recipient?': menu(
      'For a queue, press 1. For an agent, press 2.',
      [
        ['1', 'For the queue'],
        ['2', agentArn === undefined ? 'Say that there is no agent' : 'For the agent'],
      ],
      'For the queue',
    ),
    'For the queue': {
      type: 'UpdateContactTargetQueue',
      parameters: { QueueId: queueArn },
      next: 'Whose voicemail it is',
      errors: { NoMatchingError: 'Say that there is no queue' },
    },
    ...(agentArn !== undefined && {
      'For the agent': {
        type: 'UpdateContactTargetQueue',
        parameters: { AgentId: agentArn },
        next: 'Whose voicemail it is',
        errors: { NoMatchingError: 'Say that there is no agent' },
      },
    }),
    'Say that there is no agent': announce(
      'There is no agent to test with. Your message goes to the queue.',
      'For the queue',
    ),
    'Say that there is no queue': announce(
      'The queue to test with was not found. Your message goes to the fallback queue.',
      'Whose voicemail it is',
    ),
  };
}

function deliver(mode: DeliveryMode): Step<'CONTACT_FLOW', 'Which recipient?'> {
  return {
    type: 'UpdateContactAttributes',
    parameters: { Attributes: { vmx3_mode: mode }, TargetContact: 'Current' },
    next: 'Which recipient?',
    errors: { NoMatchingError: 'Which recipient?' },
  };
}

type Key = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

const KEYS: readonly Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

function languageMenu(
  languages: CallerSettings['languages'],
): Steps<'CONTACT_FLOW', 'Which language?' | PerLanguage, 'Take a voicemail'> {
  const [first] = languages;
  const choices = KEYS.flatMap((key, index) => {
    const language = languages[index];
    return language ? [{ key, code: language.code }] : [];
  });
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return {
    'Which language?': menu(
      choices.map(({ key, code }) => `For ${names.of(code) ?? code}, press ${key}.`).join(' '),
      choices.map(({ key, code }) => [key, `Message in ${code}`] as const),
      `Message in ${first.code}`,
    ),
    ...Object.fromEntries(choices.map(({ code }) => [`Message in ${code}`, speak(code)])),
  };
}

function speak(code: string): Step<'CONTACT_FLOW', 'Take a voicemail'> {
  return {
    type: 'UpdateContactAttributes',
    parameters: { Attributes: { vmx3_lang: code }, TargetContact: 'Current' },
    next: 'Take a voicemail',
    errors: { NoMatchingError: 'Take a voicemail' },
  };
}

/** `otherwise` follows if the caller presses no key, or a key that is not one of `keys`. */
function menu<const Target extends string>(
  text: string,
  keys: readonly (readonly [Key, Target])[],
  otherwise: NoInfer<Target>,
): Step<'CONTACT_FLOW', Target> {
  return {
    type: 'GetParticipantInput',
    parameters: { Text: text, StoreInput: 'False', InputTimeLimitSeconds: `${KEY_SECONDS}` },
    conditions: keys.map(([operand, next]) => ({ operator: 'Equals', operand, next })),
    next: otherwise,
    errors: {
      InputTimeLimitExceeded: otherwise,
      NoMatchingCondition: otherwise,
      NoMatchingError: otherwise,
    },
  };
}

function announce<const Next extends string>(text: string, next: Next): Step<'CONTACT_FLOW', Next> {
  return { type: 'MessageParticipant', parameters: { Text: text }, next, errors: { NoMatchingError: next } };
}
