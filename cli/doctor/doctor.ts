import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from '../command.ts';
import { PLACE_OPTIONS, PLACE_USAGE, placeSettings } from '../place.ts';
import { CHECKS } from './checks.ts';
import { examine } from './examine.ts';
import { createLook } from './look.ts';
import { tellProgress } from './progress.ts';
import { forDeployment } from './remedies.ts';
import { exitCodeOf, reportJson, reportText } from './report.ts';

/** `vmx doctor`: what is wrong with an account, before a caller finds out. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'look for what is wrong in the account, before a caller finds out',
  usage: `vmx doctor [options]

Holds the settings of a deployment against the account: credentials, the instance, its streams and
keys, agents and queues, mail, flows, the stack, its alarms. It only reads. Each finding says what is
wrong, who suffers, what was seen, and what to do. It works before there is a stack, too.
docs/doctor.md lists all that it looks for.

${PLACE_USAGE}
  --json             for machines: one JSON value

Exit code: 0 nothing is wrong, 1 something is, 2 nothing that could be seen is wrong and not
everything could be seen, or not used as described here.`,

  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { ...PLACE_OPTIONS, json: { type: 'boolean', default: false } },
    });
    const { config, file, deployment } = await placeSettings(values);
    const progress = tellProgress(terminal);
    const look = createLook({
      config,
      place: values.endpoint === undefined ? {} : { endpoint: values.endpoint },
      limits: { wait: (ms) => wait(ms), clock: () => performance.now() },
      progress: progress.note,
    });
    const examination = await examine(CHECKS, look).finally(progress.stop);
    const outcomes = deployment === undefined ? examination : forDeployment(examination, deployment);
    const examined = { settingsFile: file, instanceArn: config.instanceArn, stackName: look.stackName };
    terminal.out(values.json ? reportJson(outcomes, examined) : reportText(outcomes, examined));
    return exitCodeOf(outcomes);
  },
};
