import { nearestOf } from '../flows/lint/edit-distance.ts';
import { SettingsError } from '../infra/settings/settings-error.ts';
import { VERSION } from '../infra/version.ts';
import { cleanText } from '../src/domain/clean-text.ts';
import { InterruptedError } from './interruption.ts';
import { EXIT, InputError, RefusedError, UsageError, type Command, type Terminal } from './command.ts';
import { fileErrorInWords } from './file-errors.ts';
import { helpText } from './help-text.ts';

/** As wide as help is where it is not known how wide the terminal is. */
const COLUMNS = 80;

/**
 * `vmx`: finds the command, runs it and returns the exit code. Without a command, or with `help` or `--help`, it
 * lists them; `vmx help <command>` and `vmx <command> --help` show how one is used, and `vmx --version` which
 * version this is. Throws what is a mistake of ours.
 */
export async function runVmx(
  commands: readonly Command[],
  [name, ...args]: readonly string[],
  terminal: Terminal,
  columns = COLUMNS,
): Promise<number> {
  const help = (asked: string | undefined) => showHelp(asked, { commands, terminal, columns });
  if (name === undefined || isHelp(name)) return help(undefined);
  if (name === 'help') return help(args[0]);
  if (name === '--version' || name === '-v') {
    terminal.out(VERSION);
    return EXIT.ok;
  }
  const command = commands.find((known) => known.name === name);
  if (!command) return unknownCommand(name, commands, terminal);
  if (args.some((arg) => isHelp(arg))) return help(name);
  try {
    return await command.run(args, terminal);
  } catch (error) {
    return told(error, command, terminal);
  }
}

interface Helping {
  readonly commands: readonly Command[];
  readonly terminal: Terminal;
  readonly columns: number;
}

function showHelp(asked: string | undefined, { commands, terminal, columns }: Helping): number {
  const command = commands.find(({ name }) => name === asked);
  if (asked !== undefined && !command) return unknownCommand(asked, commands, terminal);
  terminal.out(helpText(command?.usage ?? listOf(commands), columns));
  return EXIT.ok;
}

function unknownCommand(name: string, commands: readonly Command[], { err }: Terminal): number {
  const meant = nearestOf(
    name,
    commands.map((known) => known.name),
  );
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  err(`vmx: there is no command "${name}".${hint}\nvmx help lists the commands.`);
  return EXIT.usage;
}

/** Says what went wrong, in words, and returns the exit code. Throws what is a mistake of ours. */
function told(error: unknown, { name, usage }: Command, terminal: Terminal): number {
  const err = (text: string) => terminal.err(cleanText(text));
  if (error instanceof RefusedError) {
    err(`vmx ${name}: ${error.message}`);
    return EXIT.findings;
  }
  if (error instanceof InterruptedError) {
    err(`vmx ${name}: ${error.message}`);
    return EXIT.interrupted;
  }
  if (error instanceof InputError || error instanceof SettingsError) {
    err(`vmx ${name}: ${error.message}`);
    return EXIT.usage;
  }
  const misused = usageErrorIn(error, usage);
  if (misused !== undefined) {
    err(`vmx ${name}: ${misused}\nvmx help ${name} shows how it is used.`);
    return EXIT.usage;
  }
  const aboutFile = fileErrorInWords(error);
  if (aboutFile === undefined) throw error;
  err(`vmx ${name}: ${aboutFile}`);
  return EXIT.usage;
}

/** Of a UsageError, or of parseArgs' own about an unknown or incomplete option. Undefined: it is no such error. */
function usageErrorIn(error: unknown, usage: string): string | undefined {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof TypeError) || !('code' in error)) return undefined;
  const code = String(error.code);
  if (!code.startsWith('ERR_PARSE_ARGS')) return undefined;
  const [, unknown] = /^Unknown option '(-[^']*)'/.exec(error.message) ?? [];
  if (unknown === undefined) return error.message.replace(/\. .*$/s, '');
  const meant = nearestOf(unknown, optionsIn(usage));
  return `there is no option ${unknown}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
}

/** Every option that a usage text has: `--json`. */
export function optionsIn(usage: string): readonly string[] {
  return [...new Set(usage.match(/(?<![\w-])--[a-z][a-z-]*/g))];
}

function isHelp(arg: string): boolean {
  return arg === '--help' || arg === '-h';
}

function listOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'vmx COMMAND [options]',
    '',
    ...rows,
    '',
    'vmx help COMMAND tells more. vmx --version says which version this is.',
  ].join('\n');
}
