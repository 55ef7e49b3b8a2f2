import { readFileSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { FLOW_TYPES, FlowDocumentError, type FlowType } from '../flows/language/document.ts';
import type { Finding } from '../flows/lint/finding.ts';
import { lintFlow } from '../flows/lint/lint-flow.ts';
import { EXIT, InputError, UsageError, type Command } from './command.ts';

interface CheckedFile {
  readonly file: string;
  readonly findings: readonly Finding[];
}

/** `vmx lint-flow`: what is wrong with flows, exported from Amazon Connect or our own. */
export const lintFlowCommand: Command = {
  name: 'lint-flow',
  summary: 'say what is wrong with contact flows, before callers find out',
  usage: `vmx lint-flow FILE… [--type TYPE] [--own NAME]… [--json]

  FILE         a flow or module as JSON in Amazon Connect's flow language
  --type TYPE  what the flow is, if the file does not give it away:
               ${FLOW_TYPES.join(', ').replace(/(.{60}\S*) /g, '$1\n               ')}
  --own NAME   a contact attribute of your own, which is not to be reported
  --json       for machines: [{ "file", "findings": [{ "severity", "action", "rule", "message" }] }]

Exit code: 0 no errors, 1 errors found, 2 not used as described here.`,

  run: (args, { out }) => {
    const { values, positionals: files } = parseArgs({
      args: [...args],
      options: {
        type: { type: 'string' },
        own: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    if (files.length === 0) throw new UsageError('which file?');
    const type = values.type === undefined ? undefined : flowTypeNamed(values.type);

    const checked = files.map((file) => check(file, type, values.own));

    out(values.json ? JSON.stringify(checked, null, 2) : reportOn(checked));
    const isBad = checked.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
    return isBad ? EXIT.findings : EXIT.ok;
  },
};

function flowTypeNamed(name: string): FlowType {
  const type = FLOW_TYPES.find((known) => known === name);
  if (!type) throw new UsageError(`--type ${name} is none of ${FLOW_TYPES.join(', ')}`);
  return type;
}

function check(file: string, type: FlowType | undefined, attributes: readonly string[]): CheckedFile {
  try {
    const json = textOf(file);
    return { file, findings: lintFlow({ name: file, json, known: { attributes }, ...(type && { type }) }) };
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    throw new InputError(error.message, { cause: error });
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? 'there is no such file' : `cannot be read (${String(error)})`;
    throw new InputError(`${file}: ${why}`, { cause: error });
  }
}

function reportOn(checked: readonly CheckedFile[]): string {
  return checked
    .map(({ file, findings }) => [styled('bold', file), ...linesOf(findings)].join('\n'))
    .join('\n\n');
}

function linesOf(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return ['  nothing found'];
  return findings.flatMap(({ severity, action, rule, message }) => {
    const where = action === undefined ? '' : `  "${action}"`;
    const word = severity === 'error' ? styled('red', severity) : styled('yellow', severity);
    return [`  ${word}${where}  ${styled('dim', rule)}`, `    ${message}`];
  });
}

/** No color if the output is not a terminal, or NO_COLOR is set. */
function styled(style: 'bold' | 'dim' | 'red' | 'yellow', text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
