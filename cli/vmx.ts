import { VERSION } from '../infra/version.ts';
import { EXIT } from './command.ts';
import { commandsFor } from './commands.ts';
import { diskErrorInWords } from './file-errors.ts';
import { runVmx } from './run-vmx.ts';

const WIDEST_HELP = 100;
const NARROWEST_HELP = 40;

// npm runs scripts in the project's folder; file names are relative to the person's folder.
process.chdir(process.env['INIT_CWD'] ?? process.cwd());

for (const stream of [process.stdout, process.stderr]) stream.on('error', endWith);

const args = process.argv.slice(2);
try {
  const code = await runVmx(
    await commandsFor(args),
    args,
    {
      out: (text) => process.stdout.write(`${text}\n`),
      err: (text) => process.stderr.write(`${text}\n`),
    },
    Math.min(Math.max(process.stdout.columns || 80, NARROWEST_HELP), WIDEST_HELP),
  );
  // What was interrupted may still have something under way.
  if (code === EXIT.interrupted) process.exit(code);
  process.exitCode = code;
} catch (error) {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `vmx ${args[0]}: a mistake of ours, in version ${VERSION}. Nothing else is known of it:\n${told}\n`,
  );
  process.exitCode = EXIT.bug;
}

/** A reader that has read enough, such as `head`, is no mistake. What cannot be written otherwise is said. */
function endWith(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.pipeClosed);
  process.stderr.write(`vmx: the output cannot be written: ${diskErrorInWords(error) ?? error.message}\n`);
  process.exit(EXIT.findings);
}
