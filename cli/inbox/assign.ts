import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';
import { COMMON_OPTIONS, COMMON_USAGE } from '../voicemails/operations.ts';
import { deliverAgain, followEach, Undone } from './follow.ts';

/** `vmx assign`: gives voicemails to another queue or agent. */
export function assignCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'assign',
    summary: 'give voicemails to another queue or agent',
    usage: `vmx assign CONTACT… --queue NAME | --agent NAME [--force] [options]

  --queue NAME       a queue of the instance: its name, or its id
  --agent NAME       an agent's own queue: the agent's user name, or id
  --force            also if an agent has accepted its task, which is ended then
${COMMON_USAGE}

It is delivered again, to the new recipient, and says so. Its task that still waits for others is ended. The agent
and the mail addresses that the call named do not count any more.

Exit code: 0 done, 1 not known here, handled, taken, or refused by AWS, 2 not used as described here.`,
    run: async (args, terminal) => {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: {
          ...COMMON_OPTIONS,
          queue: { type: 'string' },
          agent: { type: 'string' },
          force: { type: 'boolean', default: false },
        },
        allowPositionals: true,
      });
      const { queue, agent, force } = values;
      if ((queue === undefined) === (agent === undefined))
        throw new UsageError('to whom? --queue NAME, or --agent NAME');
      let found: Promise<string> | undefined;
      return followEach(
        positionals,
        async (known, on) => {
          const { stage } = known.followUp ?? {};
          if (stage === 'handled') throw new Undone(`it is handled: vmx reopen ${known.contactId}`);
          if (stage === 'taken' && !force)
            throw new Undone('an agent has it, and can transfer it in the workspace; --force takes it away');
          found ??= on.recipientNamed({ queue, agent });
          await deliverAgain(known, on.event('assigned', { to: await found }), on);
          return `assigned to ${queue ?? agent}`;
        },
        { values, terminal, wait },
      );
    },
  };
}
