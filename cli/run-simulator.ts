import { loadSettings } from '../infra/settings/settings-file.ts';
import { announce } from '../laptop/announcement.ts';
import { INTERRUPTED, untilInterrupted } from '../laptop/interruption.ts';
import { laptopHost } from '../laptop/laptop-host.ts';
import { exportLines } from '../laptop/reach.ts';
import { printWarnings, synthesizeForRun } from '../scripts/synth.ts';
import { SAMPLE_STATE } from '../simulator/sample-account.ts';
import { laptopWorld } from '../simulator/services/connect/sample-world.ts';
import { type SimulatedAccount, startSimulator } from '../simulator/simulator.ts';
import { TemplateError } from '../simulator/template/template-error.ts';
import { readWorldFile, type WorldFile, WorldFileError } from '../simulator/world/world-file.ts';
import { EXIT, InputError, RefusedError, type Terminal } from './command.ts';
import type { SimulatorSettings } from './simulator-options.ts';

/** Starts the simulator, says how to reach it, and ends it with Ctrl+C. Returns the exit code. */
export async function runSimulator(settings: SimulatorSettings, { out }: Terminal): Promise<number> {
  return await untilInterrupted(async (interrupted) => {
    let isWanted = true;
    void interrupted.then(() => (isWanted = false));
    const simulator = await started(settings).catch((error: unknown) => {
      throw inWords(error, settings);
    });
    let takeBack: (() => void) | undefined;
    try {
      if (!isWanted) return INTERRUPTED;
      const config = settings.isDeploying ? (await loadSettings({ goesTo: 'laptop' })).config : undefined;
      simulator.control.use(laptopHost(simulator, { command: 'npx vmx simulator', config }));
      takeBack = announce(simulator.endpoint);
      out(greeting(simulator, settings));
      await interrupted;
      return EXIT.ok;
    } finally {
      takeBack?.();
      await simulator.close();
    }
  });
}

async function started(settings: SimulatorSettings): Promise<SimulatedAccount> {
  const { port, time, isDeploying, isStrict: strictFlows } = settings;
  const options = { port, time, strictFlows, keepTableWrites: true };
  if (!isDeploying) return await startSimulator({ ...(await worldFor(settings)), ...options });
  const { assemblyFolder, warnings } = await synthesizeForRun();
  printWarnings(warnings);
  const surroundings = await worldFor(settings);
  return await startSimulator({ ...surroundings, assemblyFolder, ...options });
}

/** The file's, or what fits the settings of this checkout. Throws WorldFileError. */
async function worldFor({ worldFile, isDeploying }: SimulatorSettings): Promise<WorldFile> {
  if (worldFile !== undefined) return readWorldFile(worldFile);
  if (!isDeploying) return { world: laptopWorld(), state: SAMPLE_STATE };
  // Loads the settings without words for what is wrong with them, so after the synthesis.
  const { configuredWorld } = await import('../laptop/configured-world.ts');
  const { configuredState } = await import('../laptop/configured-state.ts');
  const { config } = await loadSettings({ goesTo: 'laptop' });
  return { world: configuredWorld(), state: configuredState(config) };
}

function greeting(simulator: SimulatedAccount, { isDeploying, time }: SimulatorSettings): string {
  const { alias, instanceArn } = simulator.connect.world;
  return [
    `The simulator is up: account ${simulator.account.id}, Amazon Connect instance ${alias}`,
    `  ${instanceArn}`,
    isDeploying ? 'The stack of this checkout is deployed.' : 'Nothing is deployed.',
    time === 'fast' ? 'Time jumps over waits.' : 'A minute takes a minute.',
    '',
    'To have a program use it, in another terminal:',
    '',
    ...exportLines(simulator).map((line) => `  ${line}`),
    '',
    'It stays up. End it with Ctrl+C; nothing is kept.',
  ].join('\n');
}

/** Turns errors that the user can fix into errors with a sentence; returns any other error unchanged. */
function inWords(error: unknown, { port }: SimulatorSettings): unknown {
  if (error instanceof WorldFileError) return new InputError(error.message, { cause: error });
  if (error instanceof TemplateError) {
    return new RefusedError(`the stack cannot be deployed: ${error.message}`, { cause: error });
  }
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'listen') return error;
  const reason = 'code' in error && error.code === 'EADDRINUSE' ? 'it is in use' : error.message;
  return new RefusedError(`port ${port} is not available: ${reason}`, { cause: error });
}
