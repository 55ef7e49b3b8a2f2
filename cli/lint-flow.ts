import { parseArgs, styleText } from 'node:util';
import { FLOW_TYPES, type FlowType } from '../flows/language/document.ts';
import type { Finding } from '../flows/lint/finding.ts';
import { EXIT, InputError, UsageError, type Command } from './command.ts';
import { checkPath, type CheckedFlow, type CheckOptions } from './lint-flow-files.ts';

/** `vmx lint-flow`: what is wrong with flows, exported from Amazon Connect or our own. */
export const lintFlowCommand: Command = {
  name: 'lint-flow',
  summary: 'say what is wrong with contact flows, before callers find out',
  usage: `vmx lint-flow FILE|FOLDER… [--type TYPE] [--own NAME]… [--json]

  FILE         JSON with flows or modules: Amazon Connect's flow language, an answer of
               "aws connect describe-contact-flow", a CloudFormation template, the plan
               that "terraform show -json" writes
  FOLDER       all such files in it; others are left out
  --type TYPE  what the flows are, if the files do not say it:
               ${FLOW_TYPES.join(', ').replace(/(.{60}\S*) /g, '$1\n               ')}
  --own NAME   a contact attribute of your own, which is not to be reported
  --json       for machines: [{ "file", "flow", "findings": [{ "severity", "action", "rule",
               "message" }], "unreadable" }], one for each flow. "flow" is its name or place
               in the file, and absent if the file is the flow; "severity" is error, warning
               or note; "unreadable" says why it was not checked, and is absent otherwise

Nothing is sent anywhere: whether a queue, module or function exists is not checked.

Exit code: 0 no errors, 1 errors found, 2 not used as described here, or not all could be read.`,

  run: (args, { out, err }) => {
    const { values, positionals: paths } = parseArgs({
      args: [...args],
      options: {
        type: { type: 'string' },
        own: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    if (paths.length === 0) throw new UsageError('which file?');
    const type = values.type === undefined ? undefined : flowTypeNamed(values.type);

    const checked = paths.flatMap((path) => check(path, { type, attributes: values.own }));

    const read = checked.filter(({ unreadable }) => unreadable === undefined);
    if (values.json) out(JSON.stringify(checked, null, 2));
    else if (read.length > 0) out(reportOn(read));
    const unread = checked.filter(({ unreadable }) => unreadable !== undefined);
    for (const one of unread) err(`${nameOf(one)}: ${one.unreadable}`);
    if (unread.length > 0) return EXIT.usage;
    const isBad = checked.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
    return isBad ? EXIT.findings : EXIT.ok;
  },
};

/** A file that cannot be read does not hide the others. */
function check(path: string, options: CheckOptions): readonly CheckedFlow[] {
  try {
    return checkPath(path, options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [{ file: path, findings: [], unreadable: error.message.replace(`${path}: `, '') }];
  }
}

function flowTypeNamed(name: string): FlowType {
  const type = FLOW_TYPES.find((known) => known === name);
  if (!type) throw new UsageError(`--type ${name} is none of ${FLOW_TYPES.join(', ')}`);
  return type;
}

function reportOn(checked: readonly CheckedFlow[]): string {
  return checked
    .map((one) => [styled('bold', nameOf(one)), ...linesOf(one.findings)].join('\n'))
    .join('\n\n');
}

function nameOf({ file, flow }: CheckedFlow): string {
  return flow === undefined ? file : `${file}, flow ${flow}`;
}

function linesOf(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return ['  nothing found'];
  return findings.flatMap(({ severity, action, rule, message }) => {
    const where = action === undefined ? '' : `  "${action}"`;
    return [`  ${styled(STYLES[severity], severity)}${where}  ${styled('dim', rule)}`, `    ${message}`];
  });
}

const STYLES = { error: 'red', warning: 'yellow', note: 'dim' } as const;

/** No color if the output is not a terminal, or NO_COLOR is set. */
function styled(style: 'bold' | 'dim' | 'red' | 'yellow', text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
