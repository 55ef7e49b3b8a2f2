import { SettingsError } from '../infra/settings/settings-error.ts';
import { VERSION } from '../infra/version.ts';
import { EXIT, InputError, RefusedError, UsageError, type Command, type Terminal } from './command.ts';

/**
 * `vmx`: finds the command, runs it and returns the exit code. Without a command, or with `--help`, it
 * lists them; `vmx <command> --help` shows how one is used, and `vmx --version` which version this is.
 */
export async function runVmx(
  commands: readonly Command[],
  [name, ...args]: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (name === undefined || isHelp(name)) {
    terminal.out(listOf(commands));
    return EXIT.ok;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(VERSION);
    return EXIT.ok;
  }
  const command = commands.find((known) => known.name === name);
  if (!command) {
    terminal.err(`vmx: there is no command "${name}"\n\n${listOf(commands)}`);
    return EXIT.usage;
  }
  if (args.some((arg) => isHelp(arg))) {
    terminal.out(command.usage);
    return EXIT.ok;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof RefusedError) {
      terminal.err(`vmx ${name}: ${error.message}`);
      return EXIT.findings;
    }
    if (error instanceof InputError || error instanceof SettingsError)
      terminal.err(`vmx ${name}: ${error.message}`);
    else if (isUsage(error)) terminal.err(`vmx ${name}: ${error.message}\n\n${command.usage}`);
    else throw error;
    return EXIT.usage;
  }
}

function isHelp(arg: string): boolean {
  return arg === '--help' || arg === '-h';
}

/** Ours, or parseArgs' own about an unknown or incomplete option. */
function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function listOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'vmx <command> [options]',
    '',
    ...rows,
    '',
    'vmx <command> --help tells more. vmx --version says which version this is.',
  ].join('\n');
}
