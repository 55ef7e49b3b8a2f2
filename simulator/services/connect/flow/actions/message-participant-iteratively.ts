import { z } from 'zod';
import { type ActionCall, actionKind, Count, Flag } from '../action-kind.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';
import { pause } from '../pause.ts';
import { isRefused, PROMPT_SHAPE, promptIn } from '../prompts.ts';

const Parameters = z.object({
  Messages: z.array(z.object(PROMPT_SHAPE)).min(1),
  InterruptFrequencySeconds: Count.optional(),
  ContinueMessagingDuringInterrupt: Flag.default(false),
});

/**
 * The shortest time of one round of all messages, so that silent messages are not repeated while no time
 * passes.
 */
const SHORTEST_ROUND_MS = 1000;

/**
 * Plays the messages one after the other, again and again, until the contact leaves the flow or the
 * interrupt is due. If messages continue after an interrupt, they continue with the start of the one that
 * was cut off; otherwise with the first.
 */
export const messageParticipantIteratively = actionKind({
  parameters: Parameters,
  logName: 'LoopPrompts',
  flowTypes: ['CUSTOMER_QUEUE', 'CUSTOMER_HOLD', 'AGENT_HOLD'],
  channels: ['VOICE'],
  async run(given, call) {
    const { action, scope, signal, parts } = call;
    const interrupted = new AbortController();
    const seconds = given.InterruptFrequencySeconds;
    const cancel =
      seconds === undefined ? undefined : parts.clock.after(seconds * 1000, () => interrupted.abort());
    const go = AbortSignal.any([signal, interrupted.signal]);
    const isHeard = await sayAll(given, call, go);
    cancel?.();
    if (!isHeard) return NO_MATCHING_ERROR;
    if (!given.ContinueMessagingDuringInterrupt) scope.nextMessages.delete(action.Identifier);
    return { kind: 'result', value: 'MessagesInterrupted' };
  },
});

/** Returns false if a message cannot be played. */
async function sayAll(
  { Messages }: z.infer<typeof Parameters>,
  call: ActionCall,
  signal: AbortSignal,
): Promise<boolean> {
  const {
    action,
    contact,
    scope,
    parts: { clock, voiceOf },
  } = call;
  const voice = voiceOf(contact);
  const prompts = Messages.map((message) => promptIn(message, call));
  if (!voice || prompts.includes(undefined)) return false;
  let roundBeganAtMs = clock.now();
  for (let index = scope.nextMessages.get(action.Identifier) ?? 0; !signal.aborted;) {
    const prompt = prompts[index];
    const heard = prompt && (await voice.play(prompt, { signal, stopsAtKey: false }));
    if (heard && isRefused(heard, call)) return false;
    scope.nextMessages.set(action.Identifier, index);
    if (signal.aborted) break;
    index = (index + 1) % prompts.length;
    if (index > 0) continue;
    const shortMs = SHORTEST_ROUND_MS - (clock.now() - roundBeganAtMs);
    if (shortMs > 0) await pause(clock, shortMs, signal);
    roundBeganAtMs = clock.now();
  }
  return true;
}
