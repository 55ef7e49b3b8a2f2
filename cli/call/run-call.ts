import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTERRUPTED, untilInterrupted } from '../../laptop/interruption.ts';
import { EXIT, type Terminal } from '../command.ts';
import { type CallOptions, parseCallOptions } from './call-options.ts';
import { runningSimulator } from './choose-simulator.ts';
import { followCall } from './follow-call.ts';
import { guidePage } from './guide-page.ts';
import { PATIENCE_MINUTES } from './patience.ts';
import { orderOf } from './order.ts';
import { json, report } from './report.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Places the call, shows what happens, and returns the exit code. */
export async function runCall(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseCallOptions(args);
  const order = orderOf(options);
  const needsOwn = options.faults !== undefined || options.isRealTime || options.isStrict;
  const running = needsOwn
    ? undefined
    : await runningSimulator(options.endpoint, process.env['AWS_ENDPOINT_URL']);
  const inOne = { options, order, terminal };
  if (!running) return await inOwnSimulator(inOne);

  const { endpoint, host } = running;
  terminal.err(`Calling into the simulator at ${endpoint}${host ? `, of ${host.command}` : ''} …`);
  // Settings are much to load: not before the first line.
  const { differences } = await import('./differences.ts');
  for (const difference of await differences(running, ROOT)) terminal.err(`warning: ${difference}`);
  return await untilInterrupted((interrupted) => callAndShow(inOne, { endpoint, interrupted }));
}

interface OneCall {
  readonly options: CallOptions;
  readonly order: ReturnType<typeof orderOf>;
  readonly terminal: Terminal;
}

/** No simulator runs, or not as the call needs it: one is started, and stays up so that links work. */
async function inOwnSimulator(one: OneCall): Promise<number> {
  const { options, terminal } = one;
  const { faults, isRealTime, isJson, isStrict: strictFlows } = options;
  const isLasting = !options.isOnce && !isJson;
  const isOfItsKind = faults !== undefined || isRealTime || strictFlows;
  const because = isOfItsKind ? 'This call needs a simulator of its own' : 'No simulator is running';
  terminal.err(`${because}: starting one, in half a minute or less …`);
  // The simulator is much to load if there is one already.
  const { faultsIn, withLaptop } = await import('../../laptop/with-laptop.ts');
  return await withLaptop(
    async ({ simulator, interrupted }) => {
      const { endpoint } = simulator;
      const code = await callAndShow(one, { endpoint, interrupted });
      if (faults && !isJson) terminal.out(`What went wrong: ${faultsIn(simulator)}`);
      if (code === INTERRUPTED || !isLasting) return code;
      terminal.out(
        '\nThe simulator stays up, so that links work: other calls come into it too. End it with Ctrl+C.',
      );
      await interrupted;
      return code;
    },
    {
      command: 'npx vmx call',
      onStep: terminal.err,
      isAnnounced: isLasting && !isOfItsKind,
      strictFlows,
      time: isRealTime ? 'real' : 'fast',
      ...(isRealTime && { longestWaitMs: 2 * PATIENCE_MINUTES * 60_000 }),
      ...(faults && { faults }),
    },
  );
}

async function callAndShow(
  { options, order, terminal: { out, err } }: OneCall,
  where: { readonly endpoint: string; readonly interrupted: Promise<'interrupted'> },
): Promise<number> {
  const { isJson, hasFlowLog, guideFile, expect } = options;
  const write = isJson ? () => {} : out;
  const played = await followCall({ ...where, order, write, tell: err });
  if (played === 'interrupted') return INTERRUPTED;
  const { result, guide, agentProblem } = played.end;
  if (guide && guideFile !== undefined) writeFileSync(guideFile, guidePage(guide.rendered));
  out(isJson ? json(played, hasFlowLog) : report(played));
  return result.kind === expect && agentProblem === undefined ? EXIT.ok : EXIT.findings;
}
