import { parseArgs } from 'node:util';
import { noteWithin, OUTCOMES, type Outcome } from '../../src/domain/follow-up.ts';
import { type Command, UsageError } from '../command.ts';
import { COMMON_OPTIONS, COMMON_USAGE } from '../voicemails/operations.ts';
import { endTaskOf, followEach } from './follow.ts';

/** Those that a person can say. */
const SAID = OUTCOMES.filter((outcome) => outcome !== 'unsaid');

/** `vmx handle`: notes what was done about voicemails. */
export function handleCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'handle',
    summary: 'note that voicemails are done, with the outcome',
    usage: `vmx handle CONTACT… --outcome OUTCOME [--note TEXT] [options]

  --outcome OUTCOME  ${SAID.join(', ')}
  --note TEXT        what else to say, up to 1,000 characters; it is kept as long as the voicemail
${COMMON_USAGE}

A task that still waits for an agent is ended. The ledger notes by whose credentials this was said. Said again, the
later outcome counts.

Exit code: 0 done, 1 not known here, or refused by AWS, 2 not used as described here.`,
    run: async (args, terminal) => {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: { ...COMMON_OPTIONS, outcome: { type: 'string' }, note: { type: 'string' } },
        allowPositionals: true,
      });
      const outcome = outcomeIn(values.outcome);
      const note = values.note === undefined ? undefined : noteWithin(values.note);
      return followEach(
        positionals,
        async (known, on) => {
          const { contactId } = known;
          await on.ledger.follow(contactId, on.event('handled', { outcome, ...(note && { note }) }));
          const hasEnded = await endTaskOf(known, on);
          return `handled: ${outcome}${hasEnded ? '; its task was ended' : ''}`;
        },
        { values, terminal, wait },
      );
    },
  };
}

function outcomeIn(text: string | undefined): Outcome {
  const outcome = SAID.find((one) => one === text);
  if (outcome !== undefined) return outcome;
  const came = text === undefined ? 'is missing' : text;
  throw new UsageError(`--outcome ${came}: there are ${SAID.join(', ')}`);
}
