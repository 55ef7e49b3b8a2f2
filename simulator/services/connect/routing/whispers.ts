import type { Clock } from '../../../clock.ts';
import type { Contact } from '../contacts/contact.ts';
import type { FlowStore } from '../flow/flow-store.ts';
import { ssmlSound } from '../voice/prompt-sound.ts';
import type { Prompt, Voice } from '../voice/voice.ts';
import type { User } from '../world.ts';
import { DEFAULT_AGENT_WHISPER, DEFAULT_CUSTOMER_WHISPER } from './default-flows.ts';
import type { RunFlow } from './run-port.ts';

/** A voice says about fifteen characters a second. */
const MS_PER_CHARACTER = 65;

/**
 * Runs the agent's whisper, then the caller's, before they hear each other. Calls without hooks have
 * Connect's default whispers; tasks have none.
 */
export async function whisper(contact: Contact, agent: User, parts: WhisperParts): Promise<void> {
  const { clock, flows, voiceOf, runFlow } = parts;
  const hooked = (hook: string) => flows.find(contact.settings.eventHooks.get(hook) ?? '');
  const isCall = contact.channel === 'VOICE';
  const voice = voiceOf(contact);
  const forAgent = hooked('AgentWhisper') ?? (isCall ? DEFAULT_AGENT_WHISPER : undefined);
  const forCaller = isCall ? (hooked('CustomerWhisper') ?? DEFAULT_CUSTOMER_WHISPER) : undefined;
  const { signal } = contact.lifetime;

  if (forAgent && !signal.aborted) {
    await runFlow({ flow: forAgent, contact, agent }, voice && earOf(voice, clock)).ended;
  }
  if (forCaller && !signal.aborted) await runFlow({ flow: forCaller, contact, agent }).ended;
}

interface WhisperParts {
  readonly clock: Clock;
  readonly flows: FlowStore;
  readonly voiceOf: (contact: Contact) => Voice | undefined;
  readonly runFlow: RunFlow;
}

/** The call's voice for the agent whisper: a prompt takes its time, but the caller does not hear it. */
function earOf(voice: Voice, clock: Clock): Voice {
  return {
    ...voice,
    play(prompt, { signal }) {
      const length = lengthOf(prompt);
      if (length.kind === 'unplayable') return Promise.resolve(length);
      return new Promise((resolve) => {
        const cancel = clock.after(length.ms, () => {
          signal.removeEventListener('abort', stop);
          resolve({ kind: 'played' });
        });
        const stop = () => {
          cancel();
          resolve({ kind: 'stopped' });
        };
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop);
      });
    },
  };
}

function lengthOf(prompt: Prompt) {
  if (prompt.kind === 'text') return { kind: 'known', ms: prompt.text.length * MS_PER_CHARACTER } as const;
  if (prompt.kind !== 'ssml') return { kind: 'known', ms: 1000 } as const;
  const sound = ssmlSound(prompt);
  if (sound.kind === 'unplayable') return sound;
  return { kind: 'known', ms: sound.sounds.reduce((sum, { lengthMs }) => sum + lengthMs, 0) } as const;
}
