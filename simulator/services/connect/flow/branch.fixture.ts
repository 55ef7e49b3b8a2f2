import type { FlowStart } from './flow-parts.ts';
import type { FlowType } from '../../../../flows/language/document.ts';
import {
  flowOf,
  type TestAction,
  type TestCenter,
  testCenter,
  type TestCenterOptions,
} from './flow.fixture.ts';
import type { StoredFlow } from './flow-store.ts';

const RESULTS = ['1', '#', 'MessagesInterrupted', 'WaitCompleted', 'True', 'False', 'Close'];
const ERRORS = [
  'CallFailed',
  'ChannelMismatch',
  'ConnectionTimeLimitExceeded',
  'InputTimeLimitExceeded',
  'InvalidCallbackNumber',
  'InvalidPhoneNumber',
  'NoMatchingCondition',
  'NoMatchingError',
  'QueueAtCapacity',
  'TimeLimitExceeded',
];

/**
 * Runs one action, and returns the branch that it took: `next`, a result or a type of error; undefined if
 * the flow did not go on.
 */
export async function branchOf(
  t: Parameters<typeof testCenter>[0],
  action: TestAction,
  {
    type = 'CONTACT_FLOW',
    others = [],
    agent,
    prepare = () => undefined,
    ...options
  }: TestCenterOptions & {
    readonly type?: FlowType;
    readonly others?: readonly StoredFlow[];
    readonly agent?: FlowStart['agent'];
    /** Prepares the center before the action runs. */
    readonly prepare?: (center: TestCenter) => void;
  } = {},
): Promise<TestCenter & { readonly branch: string | undefined }> {
  const center = testCenter(t, options);
  prepare(center);
  let branch: string | undefined;
  center.parts.happenings.listen((happening) => {
    if (happening.kind === 'flow-log') branch = String(happening.entry['Identifier']).replace(/^to /, '');
  });
  const marks = ['next', ...RESULTS, ...ERRORS].map((mark) => `to ${mark}`);
  const leave = { does: 'UpdateFlowLoggingBehavior', with: { FlowLoggingBehavior: 'Enabled' }, next: 'end' };
  const flow = flowOf(
    {
      try: {
        next: 'to next',
        when: Object.fromEntries(RESULTS.map((result) => [result, `to ${result}`])),
        on: Object.fromEntries(ERRORS.map((error) => [error, `to ${error}`])),
        ...action,
      },
      ...Object.fromEntries(marks.map((mark) => [mark, leave])),
    },
    { type },
  );
  await center.run(flow, { others, ...(agent && { agent }) });
  return { ...center, branch };
}
