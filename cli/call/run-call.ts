import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { styleText } from 'node:util';
import {
  faultsIn,
  findFlow,
  inboundFlows,
  playCall,
  type PlayedCall,
  withLaptop,
} from '../../laptop/with-laptop.ts';
import { INTERRUPTED } from '../../laptop/interruption.ts';
import { keepMail, mailRows } from '../../laptop/kept-mail.ts';
import { FlowDocumentError } from '../../flows/language/document.ts';
import { flowTypesOf } from '../../flows/lint/flow-type.ts';
import { decodeText, readFlows } from '../../flows/lint/read-flows.ts';
import type { StoredFlow } from '../../simulator/services/connect/flow/flow-store.ts';
import type { AgentDesk, OpenGuide } from '../../simulator/services/connect/routing/routing.ts';
import type { SentMail } from '../../simulator/services/ses/mail.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { EXIT, InputError, type Terminal } from '../command.ts';
import { parseCallOptions, PATIENCE_MINUTES } from './call-options.ts';
import { acceptTask } from './accept-task.ts';
import { guidePage } from './guide-page.ts';
import { takeCalls } from './take-calls.ts';

/** Places the call, shows what happens, and returns the exit code. */
export async function runCall(args: readonly string[], { out }: Terminal): Promise<number> {
  const options = parseCallOptions(args);
  const { from, flow: name = '', flowFile, script, agent, guideFile, expect, isJson } = options;
  const { agentFreeAfterMs: freeAfterMs, isRealTime, hasFlowLog } = options;
  const own = flowFile === undefined ? undefined : readFlow(flowFile);
  return await withLaptop(
    async (laptop) => {
      const flow = own ? addFlow(own, laptop.simulator) : flowNamed(name, laptop.simulator);
      const desk = agent === undefined ? undefined : deskOf(laptop.simulator, agent);
      if (desk && freeAfterMs !== undefined) takeCalls(laptop.simulator, { desk, freeAfterMs });
      const flowLog: unknown[] = [];
      laptop.simulator.happenings.listen((one) => {
        if (one.kind === 'flow-log') flowLog.push(one.entry);
        if (one.kind === 'not-simulated') flowLog.push({ notSimulated: one.action, reason: one.reason });
      });
      const hangUpAfterMs = PATIENCE_MINUTES * 60_000;
      const played = await Promise.race([
        playCall(
          laptop,
          { from, flow, script, hangUpAfterMs, isLogging: hasFlowLog },
          isJson ? () => {} : out,
          isRealTime ? { longestWaitMs: 2 * hangUpAfterMs } : {},
        ),
        laptop.interrupted,
      ]);
      if (played === 'interrupted') return INTERRUPTED;
      const { outcome } = played;
      const guide =
        desk && 'task' in outcome
          ? await acceptTask(laptop.simulator, { desk, task: outcome.task })
          : undefined;
      if (guide && guideFile !== undefined) writeFileSync(guideFile, guidePage(guide.rendered));
      out(isJson ? json(played, guide, hasFlowLog ? flowLog : undefined) : report(played, guide));
      if (options.faults && !isJson) out(`What went wrong: ${faultsIn(laptop.simulator)}`);
      return outcome.kind === expect ? EXIT.ok : EXIT.findings;
    },
    {
      time: isRealTime ? 'real' : 'fast',
      strictFlows: options.isStrict,
      ...(options.faults && { faults: options.faults }),
    },
  );
}

/** By its name, or a short one. */
function flowNamed(wanted: string, simulator: Simulator): string {
  const found = findFlow(simulator, wanted);
  if (found !== undefined) return found;
  throw new InputError(`there is no inbound flow ${wanted}; there are ${inboundFlows(simulator).join(', ')}`);
}

/** Returns the id. */
function addFlow(own: OwnFlow, { connect }: Simulator): string {
  const id = randomUUID();
  const arn = `${connect.world.instanceArn}/contact-flow/${id}`;
  connect.flows.add({ id, arn, type: 'CONTACT_FLOW', ...own });
  return id;
}

type OwnFlow = Pick<StoredFlow, 'name' | 'document'>;

/** Throws InputError if the file is not an inbound flow: callers reach other flows only from one. */
function readFlow(file: string): OwnFlow {
  try {
    const [flow, ...others] = readFlows(decodeText(readFileSync(file)));
    if (!flow) throw new InputError(`${file}: not a flow, and there is none in it`);
    if (others.length > 0)
      throw new InputError(`${file}: there are ${others.length + 1} flows in it, and a call needs one`);
    const { document } = flow;
    if (document instanceof FlowDocumentError) throw document;
    const types = flow.type ? [flow.type] : flowTypesOf(document);
    if (types.includes('CONTACT_FLOW')) return { name: basename(file, '.json'), document };
    throw new InputError(
      `${file}: this is ${types.join(' or ')}, and a call begins in an inbound flow, CONTACT_FLOW`,
    );
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof FlowDocumentError)
      throw new InputError(`${file}: ${error.message}`, { cause: error });
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${file}: cannot be read (${reason})`, { cause: error });
  }
}

function deskOf({ connect }: Simulator, username: string): AgentDesk {
  try {
    return connect.agent(username);
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function json(
  { call, outcome }: PlayedCall,
  guide: OpenGuide | undefined,
  flowLog: readonly unknown[] | undefined,
): string {
  const { contactId, heard } = call;
  const shown = 'mail' in outcome ? { ...outcome, mail: withoutBytes(outcome.mail) } : outcome;
  const more = { ...(guide && { guide: guide.data }), ...(flowLog && { flowLog }) };
  return JSON.stringify({ contactId, heard: heard(), outcome: shown, ...more }, null, 2);
}

function withoutBytes({ attachments, ...mail }: SentMail) {
  return {
    ...mail,
    attachments: attachments.map(({ bytes, ...one }) => ({ ...one, sizeBytes: bytes.length })),
  };
}

function report({ call, outcome }: PlayedCall, guide: OpenGuide | undefined): string {
  if (outcome.kind === 'nothing') return `\nNothing delivered. ${outcome.why}`;
  if (outcome.kind === 'failed')
    return `\n${styled('red', 'Not delivered.')} ${outcome.reasons.join('\n  ')}`;
  if ('mail' in outcome) return mailReport(outcome.mail, call.contactId);
  const { name, description, references } = outcome.task;
  const rows: Rows = Object.entries(references).map(([label, { value }]) => [label, value]);
  const shown: Rows = Object.entries(guide?.data ?? {}).map(([label, value]) => [label, plainText(value)]);
  return [
    `\n${styled('green', 'Delivered')}: ${name}\n`,
    ...lines([...rows, ['Transcript', description]]),
    ...(shown.length > 0 ? ['\nThe agent is shown\n', ...lines(shown)] : []),
  ].join('\n');
}

function mailReport(mail: SentMail, contactId: string): string {
  const files = keepMail(mail, contactId).map((file): Rows[number] => ['Kept in', file]);
  return [
    `\n${styled('green', 'Delivered')}: a mail\n`,
    ...lines([...mailRows(mail), ...files]),
    `\n${mail.text ?? '(no text part)'}`,
  ].join('\n');
}

type Rows = readonly (readonly [label: string, text: string])[];

function lines(rows: Rows): readonly string[] {
  return rows.filter(([, text]) => text !== '').map(([label, text]) => `  ${label.padEnd(12)}${text}`);
}

/** What is to be read of a view's value, which may be an object around a piece of HTML. */
function plainText(value: unknown): string {
  const text = typeof value === 'string' ? value : Object.values(value ?? {}).join(' ');
  return text.includes('<audio') ? '(a player)' : text.replaceAll(/<[^>]*>/g, '').trim();
}

/** No color if the output is not a terminal, or NO_COLOR is set. */
function styled(style: 'red' | 'green', text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
