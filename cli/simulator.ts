import type { Command } from './command.ts';
import { parseSimulatorOptions } from './simulator-options.ts';

/** `vmx simulator`: AWS and Amazon Connect alone, for an SDK, the AWS CLI or a program of one's own. */
export const simulatorCommand: Command = {
  name: 'simulator',
  summary: 'start the simulator alone, for programs of your own',
  usage: `vmx simulator [--port N] [--world FILE] [--deploy] [--fast | --real-time] [--strict]

  --port N      the port on 127.0.0.1, from 1 to 65535 (default: any free one)
  --world FILE  the account and its Amazon Connect instance, as JSON: samples/worlds/ has some
                (default: the sample instance)
  --deploy      builds the stack of this checkout, and deploys it; without this the account has
                no stack of ours
  --real-time   a minute takes a minute (default)
  --fast        time jumps over waits as soon as nothing is under way
  --strict      an action of a flow that is not simulated ends the call; otherwise it takes
                its error branch

Prints how programs reach it, and stays up until Ctrl+C. What it knows of AWS, and what not:
simulator/README.md.

Exit code: 0 ended with Ctrl+C, 1 it could not start, 2 not used as described here,
130 ended with Ctrl+C before it was up.`,

  /** The simulator is much to load for a line of help. */
  run: async (args, terminal) =>
    (await import('./run-simulator.ts')).runSimulator(parseSimulatorOptions(args), terminal),
};
