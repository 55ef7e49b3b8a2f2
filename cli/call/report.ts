import { styleText } from 'node:util';
import type { CallEvent, DeliveredMail } from '../../simulator/control/control-schema.ts';

/** The end of a call, and what came before it. */
export interface PlayedCall {
  readonly contactId: string | undefined;
  readonly end: CallEvent & { readonly kind: 'result' };
  readonly flowLog: readonly unknown[];
}

/** For machines: one object. */
export function json({ contactId, end, flowLog }: PlayedCall, hasFlowLog: boolean): string {
  const { heard, result: outcome, guide, agentProblem } = end;
  const more = {
    ...(guide && { guide: guide.data }),
    ...(agentProblem !== undefined && { agentProblem }),
    ...(hasFlowLog && { flowLog }),
  };
  return JSON.stringify({ contactId, heard, outcome, ...more }, null, 2);
}

/** For people. */
export function report({ end: { result, guide, agentProblem } }: PlayedCall): string {
  if (result.kind === 'nothing') return `\nNothing delivered. ${result.why}`;
  if (result.kind === 'failed') return `\n${styled('red', 'Not delivered.')} ${result.reasons.join('\n  ')}`;
  if ('mail' in result) return mailReport(result.mail);
  const { name, description, references } = result.task;
  const rows: Rows = Object.entries(references).map(([label, { type, value }]) =>
    type === 'ATTACHMENT' ? ['Attached', label] : [label, value],
  );
  const shown: Rows = Object.entries(guide?.data ?? {}).map(([label, value]) => [label, plainText(value)]);
  return [
    `\n${styled('green', 'Delivered')}: ${name}\n`,
    ...lines([...rows, ['Transcript', description]]),
    ...(shown.length > 0 ? ['\nThe agent is shown\n', ...lines(shown)] : []),
    ...(agentProblem === undefined ? [] : [`\n${styled('red', 'Not accepted')}: ${agentProblem}`]),
  ].join('\n');
}

function mailReport({ files, ...mail }: DeliveredMail): string {
  const attached = mail.attachments.map(({ fileName, sizeBytes }) => `${fileName}, ${sizeBytes} bytes`);
  const rows: Rows = [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
    ['Reply to', mail.replyTo.join(', ')],
    ['Subject', mail.subject],
    ['Attached', attached.join(', ')],
    ...files.map((file): Rows[number] => ['Kept in', file]),
  ];
  return [
    `\n${styled('green', 'Delivered')}: a mail\n`,
    ...lines(rows),
    `\n${mail.text ?? '(no text part)'}`,
  ].join('\n');
}

type Rows = readonly (readonly [label: string, text: string])[];

function lines(rows: Rows): readonly string[] {
  return rows.filter(([, text]) => text !== '').map(([label, text]) => `  ${label.padEnd(11)} ${text}`);
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
