import { z } from 'zod';
import type { Voice } from '../../voice/voice.ts';
import { type ActionCall, actionKind, Count, ENTRY_FLOWS, Flag, Scalar } from '../action-kind.ts';
import { NotSimulatedError } from '../not-simulated.ts';
import { DONE, NO_MATCHING_ERROR, type Outcome } from '../outcome.ts';
import { hasPrompt, isRefused, PROMPT_SHAPE, promptIn } from '../prompts.ts';
import { type KeyRules, nextKeys } from '../stored-keys.ts';
import { dialable } from '../dialable.ts';

const Parameters = z.object({
  ...PROMPT_SHAPE,
  StoreInput: Flag.optional(),
  /** The longest time from the end of the prompt to the first key. */
  InputTimeLimitSeconds: Count.default(5),
  InputValidation: z
    .object({
      CustomValidation: z.looseObject({ MaximumLength: Count }).optional(),
      PhoneNumberValidation: z
        .looseObject({ NumberFormat: z.enum(['Local', 'E164']), CountryCode: z.string().optional() })
        .optional(),
    })
    .default({}),
  InputEncryption: z.unknown().optional(),
  DTMFConfiguration: z
    .object({
      InputTerminationSequence: z.string().default('#'),
      DisableCancelKey: Flag.default(false),
      InterdigitTimeLimitSeconds: Count.default(5),
    })
    .prefault({}),
  EnableDTMFBuffer: Scalar.optional(),
});

type Given = z.infer<typeof Parameters>;

/** The most keys of a telephone number, with an international prefix. */
const LONGEST_NUMBER = 20;

/**
 * Asks the caller for one key, or, with StoreInput, for several. The prompt ends at the first key. Without
 * StoreInput, a key is a result even if there are no conditions, so every key takes NoMatchingCondition. If
 * nothing is entered, the stored input is the text `Timeout`.
 *
 * Not simulated: encryption of the input; keys that are pressed before the question.
 */
export const getParticipantInput = actionKind({
  parameters: Parameters,
  logName: ({ Parameters: { StoreInput } }) =>
    String(StoreInput).toLowerCase() === 'true' ? 'StoreUserInput' : 'GetUserInput',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  channels: ['VOICE'],
  async run(given, call) {
    if (given.InputEncryption !== undefined) throw new NotSimulatedError('encrypted input is not simulated');
    if (given.EnableDTMFBuffer !== undefined && given.StoreInput === undefined) return DONE;
    const voice = call.parts.voiceOf(call.contact);
    if (!voice) return NO_MATCHING_ERROR;

    const first = await firstKey(given, call, voice);
    if (first === 'no-prompt') return NO_MATCHING_ERROR;
    if (given.StoreInput === true) return await store(first, given, call, voice);
    if (first.kind === 'time-out') return { kind: 'error', errorType: 'InputTimeLimitExceeded' };
    return { kind: 'result', value: first.kind === 'key' ? first.key : undefined };
  },
});

type FirstKey = Awaited<ReturnType<Voice['nextKey']>>;

async function firstKey(given: Given, call: ActionCall, voice: Voice): Promise<FirstKey | 'no-prompt'> {
  const { signal } = call;
  if (hasPrompt(given)) {
    const prompt = promptIn(given, call);
    if (!prompt) return 'no-prompt';
    const heard = await voice.play(prompt, { signal, stopsAtKey: true });
    if (isRefused(heard, call)) return 'no-prompt';
    if (heard.kind !== 'played') return heard;
  }
  return await voice.nextKey({ signal, withinMs: given.InputTimeLimitSeconds * 1000 });
}

async function store(
  first: FirstKey,
  { InputValidation: { CustomValidation, PhoneNumberValidation }, DTMFConfiguration: keys }: Given,
  { scope, signal }: ActionCall,
  voice: Voice,
): Promise<Outcome> {
  if (first.kind !== 'key') {
    scope.storedInput = 'Timeout';
    return DONE;
  }
  const rules: KeyRules = {
    longest: CustomValidation?.MaximumLength ?? LONGEST_NUMBER,
    endsAt: keys.InputTerminationSequence,
    canCancel: !keys.DisableCancelKey,
    betweenKeysMs: keys.InterdigitTimeLimitSeconds * 1000,
  };
  const entered = await nextKeys(first.key, rules, { voice, signal });
  if (!PhoneNumberValidation) {
    scope.storedInput = entered;
    return DONE;
  }
  const number = dialable(entered, PhoneNumberValidation.CountryCode);
  if (number === undefined) return { kind: 'error', errorType: 'InvalidPhoneNumber' };
  scope.storedInput = number;
  return DONE;
}
