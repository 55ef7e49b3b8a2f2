import { parseArgs } from 'node:util';
import { contactIdOf } from '../../src/domain/link-token.ts';
import type { LedgerEntries } from '../aws/ledger-entries.ts';
import { EXIT, UsageError, type Command } from '../command.ts';
import {
  COMMON_OPTIONS,
  COMMON_USAGE,
  contactIdIn,
  operations,
  timeInWords,
} from '../voicemails/operations.ts';

/** `vmx revoke`: the links to a recording open no more. */
export function revokeCommand(wait: (ms: number) => Promise<void>): Command {
  return linkCommand(wait, {
    name: 'revoke',
    summary: 'have the links to a recording open no more',
    usage:
      'Links that were sent, and the player in the guide, open the recording no more. Nothing is deleted.',
    async apply({ ledger }, contactId) {
      const before = await ledger.find(contactId);
      if (!(await ledger.revokeLinks(contactId))) return undefined;
      return before?.linkRevokedAtMs === undefined
        ? 'its links open no more'
        : `its links open no more, since ${timeInWords(before.linkRevokedAtMs)}`;
    },
  });
}

/** `vmx unrevoke`: takes a revocation back. */
export function unrevokeCommand(wait: (ms: number) => Promise<void>): Command {
  return linkCommand(wait, {
    name: 'unrevoke',
    summary: 'have the links to a recording open again',
    usage:
      'Takes back what vmx revoke did: links that were sent open the recording again, until they expire.',
    apply: async ({ ledger }, contactId) =>
      (await ledger.allowLinks(contactId)) ? 'its links open again, until they expire' : undefined,
  });
}

interface LinkChange {
  readonly name: string;
  readonly summary: string;
  /** What it does, for the help. */
  readonly usage: string;
  /** Returns what holds then. Undefined: the ledger does not know the contact. */
  readonly apply: (on: { ledger: LedgerEntries }, contactId: string) => Promise<string | undefined>;
}

function linkCommand(
  wait: (ms: number) => Promise<void>,
  { name, summary, usage, apply }: LinkChange,
): Command {
  return {
    name,
    summary,
    usage: `vmx ${name} CONTACT… [options]

${usage}

  CONTACT            a contact id, or a link to the recording
${COMMON_USAGE}

Exit code: 0 done, 1 not known here or refused by AWS, 2 not used as described here.`,
    async run(args, terminal) {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: COMMON_OPTIONS,
        allowPositionals: true,
      });
      if (positionals.length === 0) throw new UsageError('which contact?');
      const contactIds = [...new Set(positionals.map(contactIn))];
      const { ledger } = await operations(values, wait);
      const results: { readonly contactId: string; readonly result: string | undefined }[] = [];
      for (const contactId of contactIds) {
        results.push({ contactId, result: await apply({ ledger }, contactId) });
      }
      if (values.json) terminal.out(JSON.stringify({ contacts: results.map(forMachines) }, null, 2));
      else for (const one of results) terminal[one.result === undefined ? 'err' : 'out'](inWords(one));
      return results.every(({ result }) => result !== undefined) ? EXIT.ok : EXIT.findings;
    },
  };
}

/** Of a link, the contact that it names. Throws UsageError. */
function contactIn(text: string): string {
  const path = URL.parse(text)?.pathname;
  if (path === undefined) return contactIdIn(text);
  const contactId = contactIdOf(path.slice(path.lastIndexOf('/') + 1));
  if (contactId !== undefined) return contactId;
  throw new UsageError('the link does not name a contact: is it whole?');
}

interface Result {
  readonly contactId: string;
  readonly result: string | undefined;
}

function forMachines({ contactId, result }: Result) {
  return { contactId, isKnown: result !== undefined };
}

function inWords({ contactId, result }: Result): string {
  return `${contactId}: ${result ?? 'the ledger does not know it, so no link to it opens'}`;
}
