import { stripVTControlCharacters, styleText } from 'node:util';
import type { Happening } from '../simulator/happenings.ts';

/**
 * Shows a person what happens to one voicemail, one line each, with the time since the phone rang. Times are
 * the simulator's: a caller's minute of speech takes a moment, but is shown as a minute. `names`: the
 * functions' by logical id.
 */
export function timelineOf(write: (line: string) => void, names: ReadonlyMap<string, string>) {
  let rangAtMs: number | undefined;

  function line(atMs: number, what: string, more = ''): void {
    rangAtMs ??= atMs;
    const since = `${((atMs - rangAtMs) / 1000).toFixed(1)} s`.padStart(9);
    write(`${styleText('dim', since)}  ${what.padEnd(22)}${more}`);
  }

  return (happening: Happening): void => {
    const { atMs } = happening;
    switch (happening.kind) {
      case 'ring':
        return line(atMs, 'ring', happening.from);
      case 'hang-up':
        return line(atMs, 'hang-up');
      case 'heard':
        return line(atMs, 'caller hears', happening.what);
      case 'caller':
        return line(atMs, 'caller', happening.what);
      case 'agent':
        return line(atMs, 'agent', `${happening.username} ${happening.did}`);
      case 'guide':
        return line(atMs, 'guide', `shows ${happening.viewId}`);
      case 'prompt-refused':
        return line(atMs, styleText('yellow', 'prompt refused'), `${happening.action}: ${happening.reason}`);
      case 'not-simulated':
        return line(
          atMs,
          styleText('yellow', 'not simulated'),
          `${happening.action} (${happening.actionType}): ${happening.reason}`,
        );
      case 'flow-failed':
        return line(atMs, styleText('red', 'flow failed'), `${happening.flowName}: ${happening.message}`);
      case 'contact-record':
        if (happening.channel === 'VOICE') line(atMs, 'contact record', happening.contactId);
        return;
      case 'object-created':
        if (/\.(wav|json)$/.test(happening.key)) line(atMs, objectName(happening.key), sizeOf(happening));
        return;
      case 'transcription-job':
        return line(atMs, 'transcription', jobText(happening));
      case 'task-created':
        return line(atMs, styleText('green', 'task'), happening.queueArn.replace(/^.*\/queue\//, 'queue '));
      case 'notification':
        return line(atMs, styleText('green', 'notification'), notificationText(happening));
      case 'mail-sent':
        return line(atMs, styleText('green', 'mail'), happening.subject);
      case 'invocation':
        return line(atMs, styleText('dim', '  function'), styleText('dim', invocationText(happening, names)));
      case 'dead-letter':
        return line(atMs, styleText('red', 'dead letter'), happening.queueArn);
      case 'alarm':
        if (happening.state === 'ALARM') line(atMs, styleText('red', 'alarm'), happening.name);
        else if (happening.before === 'ALARM') line(atMs, 'alarm is over', happening.name);
        return;
      case 'flow-log':
        return line(atMs, styleText('dim', '  flow log'), styleText('dim', flowLogText(happening)));
      case 'throttle':
      case 'log':
      case 'api-call':
        return;
    }
  };
}

/** `Voicemail test, Which delivery? (GetUserInput): {"Text":…}` */
function flowLogText({ entry }: Happening & { kind: 'flow-log' }): string {
  const { ContactFlowName, ContactFlowModuleType, Identifier, Parameters } = entry;
  const action = `${String(ContactFlowName)}, ${String(Identifier)} (${String(ContactFlowModuleType)})`;
  return `${action}: ${JSON.stringify(Parameters)}`;
}

/** Agents beyond these are counted. */
const MOST_NAMED = 3;

function notificationText({ usernames, text }: Happening & { kind: 'notification' }): string {
  const others = usernames.length - MOST_NAMED;
  const named = usernames.slice(0, MOST_NAMED).join(', ');
  return `${named}${others > 0 ? ` and ${others} more` : ''}: ${text}`;
}

function objectName(key: string): string {
  return key.startsWith('recordings/') ? 'recording' : 'transcript';
}

function sizeOf({ key, sizeBytes }: { key: string; sizeBytes: number }): string {
  return `${key}, ${(sizeBytes / 1024).toFixed(0)} KiB`;
}

function jobText({ status, reason }: { status: string; reason?: string }): string {
  return reason ? `${status.toLowerCase()}: ${reason}` : status.toLowerCase().replace('_', ' ');
}

function invocationText(
  { functionId, durationMs, cold, error }: Happening & { kind: 'invocation' },
  names: ReadonlyMap<string, string>,
): string {
  const text = `${names.get(functionId) ?? functionId}, ${durationMs.toFixed(0)} ms${cold ? ' (cold start)' : ''}`;
  return error ? `${text}: ${stripVTControlCharacters(error)}` : text;
}
