import { CLOSE_ACTION, RELOAD_ACTION, VIEW_INPUTS, type ViewInput } from './agent-guide-view.ts';
import { attribute } from './attributes.ts';
import { type BuiltFlow, flow } from './builder/flow.ts';
import type { Step } from './builder/step.ts';

export interface AgentGuideRefs {
  readonly viewArn: string;
  readonly showVoicemailArn: string;
}

/** As long as a flow waits for a function that answers. */
const FUNCTION_SECONDS = 8;
/** A working day's shift: the view stays until the agent closes it or is done with the task. */
const VIEW_SECONDS = 28_800;

/** Shows a voicemail to the agent who has accepted its task. */
export function agentGuideFlow({ viewArn, showVoicemailArn }: AgentGuideRefs): BuiltFlow {
  return flow({
    name: 'Voicemail agent guide',
    description: 'Shows the agent a voicemail: player, caller, transcript.',
    type: 'CONTACT_FLOW',
    start: 'Look up the voicemail',
    actions: {
      'Look up the voicemail': {
        type: 'InvokeLambdaFunction',
        parameters: {
          LambdaFunctionARN: showVoicemailArn,
          InvocationTimeLimitSeconds: `${FUNCTION_SECONDS}`,
          InvocationType: 'SYNCHRONOUS',
          LambdaInvocationAttributes: { contact_id: attribute('vmx3_contact_id') },
          ResponseValidation: { ResponseType: 'JSON' },
        },
        next: 'Show the voicemail',
        errors: { NoMatchingError: 'Show that it cannot be shown' },
      },
      'Show the voicemail': show(viewArn, 'Show that it cannot be shown', (input) => `$.External.${input}`),
      'Show that it cannot be shown': show(viewArn, 'Close the guide', (input) => APOLOGY[input] ?? ''),
      'Close the guide': { type: 'DisconnectParticipant' },
    },
  });
}

const APOLOGY: Partial<Readonly<Record<ViewInput, string>>> = {
  heading: 'This voicemail cannot be shown right now',
  player: 'The recording cannot be played here right now.',
  note: 'The task itself has what was known when it was made: who called, what was said, and a link to the recording. Or try Reload.',
};

function show<Failed extends string>(
  viewArn: string,
  failed: Failed,
  html: (input: ViewInput) => string,
): Step<'CONTACT_FLOW', 'Close the guide' | 'Look up the voicemail' | Failed> {
  return {
    type: 'ShowView',
    parameters: {
      ViewResource: { Id: `${viewArn}:$LATEST` },
      InvocationTimeLimitSeconds: `${VIEW_SECONDS}`,
      ViewData: Object.fromEntries(
        VIEW_INPUTS.map((input) => [input, { TemplateString: `<div>${html(input)}</div>` }]),
      ),
      SensitiveDataConfiguration: { HideResponseOn: ['TRANSCRIPT'] },
    },
    conditions: [
      { operator: 'Equals', operand: CLOSE_ACTION, next: 'Close the guide' },
      { operator: 'Equals', operand: RELOAD_ACTION, next: 'Look up the voicemail' },
    ],
    next: 'Close the guide',
    errors: {
      NoMatchingCondition: 'Close the guide',
      NoMatchingError: failed,
      TimeLimitExceeded: 'Close the guide',
    },
  };
}
