import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { IS_INSTALLED } from '../../infra/installation.ts';
import { EXIT, UsageError, type Command, type Terminal } from '../command.ts';
import { jsonText } from '../terminal-text.ts';
import { judgeFile } from './judge-file.ts';
import { type CheckedFile, reportOn, summaryOf } from './report.ts';
import { countedRemarks, notKnown, verdictOf } from './judgment.ts';
import { type Found, type Walk, walkFolder } from './walk-folder.ts';

const MOST_FILES = 10_000;

/** `vmx check-export`: what the product would do with files of a contact center, before it meets them. */
export const checkExportCommand: Command = {
  name: 'check-export',
  summary: 'say which exported flows, records, recordings and templates would be taken',
  usage: `vmx check-export FOLDER [--json]

  FOLDER  with files of a contact center, or one such file
  --json  for machines: { "files": [{ "file", "kind", "verdict", "remarks": [{ "verdict",
          "reason", "times" }] }], "summary": [{ "kind", "ok", "warning", "refused",
          "not known" }], "leftOut", "isCut" }

Each file is recognized by its content, and goes through what the product has for it:

  flows            the checks of vmx lint-flow, and two simulated calls, in an instance
                   without the queues, modules and functions of the flow
  contact records  one, several, an event of Kinesis or Firehose, base64, gzip
  Matroska         what Kinesis Video Streams gives for a call
  WAV              recordings
  transcripts      of Amazon Transcribe
  templates        of email: JSON as SES has it, or HTML and text with {{variables}}

Verdicts: ok, warning (it would be taken, and something about it is not as it should be),
refused (it would not be taken), not known (nothing here reads it). Settings are programs,
and are not run.

It works on this machine alone: nothing is sent, and AWS is not asked. It prints the names
of files, and nothing of what callers said or are called: reasons name members and places.
Symbolic links are not followed; hidden files and node_modules are left out. Texts above
64 MiB, media above 2 GiB and more than ${MOST_FILES.toLocaleString('en-US')} files are not read.

Exit code: 0 nothing is refused, 1 something is, 2 not used as described here, or nothing
is refused and not all could be read.`,

  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [folder, ...others] = positionals;
    if (folder === undefined) throw new UsageError('which folder?');
    if (others.length > 0) throw new UsageError('one folder at a time');
    const walk = walkFolder(folder, { mostFiles: MOST_FILES });

    const files: CheckedFile[] = [];
    for (const found of walk.found) files.push(await checked(found, folder));

    show({ files, walk, isJson: values.json }, terminal);
    if (files.some(({ verdict }) => verdict === 'refused')) return EXIT.findings;
    return walk.isCut || files.some(({ isUnread }) => isUnread) ? EXIT.usage : EXIT.ok;
  },
};

async function checked(found: Found, folder: string): Promise<CheckedFile> {
  const file = relative(folder, found.path) || found.path;
  if (found.problem !== undefined) {
    const remarks = countedRemarks([notKnown(found.reason)]);
    const isUnread = found.problem === 'unreadable';
    return { file, kind: found.problem, verdict: 'not known', remarks, isUnread };
  }
  const { kind, remarks, isUnread } = await judgeFile(found.path, found.sizeBytes);
  return { file, kind, verdict: verdictOf(remarks), remarks: countedRemarks(remarks), isUnread };
}

interface Shown {
  readonly files: readonly CheckedFile[];
  readonly walk: Walk;
  readonly isJson: boolean;
}

function show(
  { files, walk: { leftOutCount: leftOut, isCut }, isJson }: Shown,
  { out, err }: Terminal,
): void {
  if (isJson) {
    const shown = files.map(({ file, kind, verdict, remarks }) => ({ file, kind, verdict, remarks }));
    out(jsonText({ files: shown, summary: summaryOf(files), leftOut, isCut }));
  } else if (files.length === 0) out('There is no file in this folder.');
  else out(reportOn(files));
  if (leftOut > 0) err(`Left out: ${leftOut} hidden files or folders, or node_modules.`);
  if (isCut) err(`There are more than ${MOST_FILES} files: the others were not looked at.`);
  if (IS_INSTALLED) err('Flows were not called: the simulator is not part of the archive.');
  err('Nothing was sent: all of this was found on this machine.');
}
