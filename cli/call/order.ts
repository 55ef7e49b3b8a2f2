import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { FlowDocumentError } from '../../flows/language/document.ts';
import { flowTypesOf } from '../../flows/lint/flow-type.ts';
import { decodeText, readFlows } from '../../flows/lint/read-flows.ts';
import { scriptStep } from '../../laptop/call-client.ts';
import type { CallRequest } from '../../simulator/control/control-schema.ts';
import { InputError } from '../command.ts';
import type { CallOptions } from './call-options.ts';
import { PATIENCE_MINUTES } from './patience.ts';

/** What the simulator is asked for. Throws InputError for a flow file that cannot be used. */
export function orderOf(options: CallOptions): CallRequest {
  const { from, flow, flowFile, script, agent: username, agentFreeAfterMs: freeAfterMs, at } = options;
  return {
    from,
    ...(flow !== undefined && { flow }),
    ...(flowFile !== undefined && { ownFlow: flowIn(flowFile) }),
    script: script.map(scriptStep),
    hangUpAfterMs: PATIENCE_MINUTES * 60_000,
    isLogging: options.hasFlowLog,
    ...(at !== undefined && { at }),
    ...(username !== undefined && {
      agent: { username, ...(freeAfterMs !== undefined && { freeAfterMs }) },
    }),
  };
}

/** Throws InputError if the file is not an inbound flow: callers reach other flows only from one. */
function flowIn(file: string): NonNullable<CallRequest['ownFlow']> {
  try {
    const [flow, ...others] = readFlows(decodeText(readFileSync(file)));
    if (!flow) throw new InputError(`${file}: not a flow, and there is none in it`);
    if (others.length > 0)
      throw new InputError(`${file}: there are ${others.length + 1} flows in it, and a call needs one`);
    const { document } = flow;
    if (document instanceof FlowDocumentError) throw document;
    const types = flow.type ? [flow.type] : flowTypesOf(document);
    if (types.includes('CONTACT_FLOW'))
      return { name: basename(file, '.json'), content: JSON.stringify(document) };
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
