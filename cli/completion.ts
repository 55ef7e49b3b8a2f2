import { parseArgs } from 'node:util';
import { EXIT, UsageError, type Command } from './command.ts';
import { optionsIn } from './run-vmx.ts';

/** `vmx completion`: what a shell needs to complete commands and options. */
export function completionCommand(commands: () => Promise<readonly Command[]>): Command {
  return {
    name: 'completion',
    summary: 'print what a shell needs to complete commands and options',
    usage: `vmx completion bash|zsh|fish

Prints a script for the shell. To have it in every new shell, add to its settings:

  eval "$(npx vmx completion bash)"        # bash: ~/.bashrc
  eval "$(npx vmx completion zsh)"         # zsh: ~/.zshrc, after compinit
  npx vmx completion fish | source         # fish: ~/.config/fish/config.fish

A shell completes vmx, not npx vmx. So give it that name, with alias vmx='npx vmx'.

Exit code: 0 done, 2 not used as described here.`,
    async run(args, { out }) {
      const [shell, ...more] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
      if (shell === undefined) throw new UsageError('for which shell?');
      const script = SCRIPTS.get(shell);
      if (!script || more.length > 0) throw new UsageError(`"${args.join(' ')}" is none of bash, zsh, fish`);
      out(script(await commands()));
      return EXIT.ok;
    },
  };
}

type Script = (commands: readonly Command[]) => string;

const SCRIPTS: ReadonlyMap<string, Script> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

/** The words that can follow a command: its options, and what stands after its name in the synopsis. */
function wordsAfter({ name, usage }: Command): readonly string[] {
  const subcommands = [...usage.matchAll(new RegExp(String.raw`^vmx ${name} ([a-z|]+)(?= |$)`, 'gm'))];
  return [
    ...new Set(subcommands.flatMap(([, words = '']) => words.split('|'))),
    ...optionsIn(usage),
    '--help',
  ];
}

/** Where no option is begun, files are completed: `default` has bash do that. */
function bash(commands: readonly Command[]): string {
  const cases = commands.map((one) => `    ${one.name}) words="${wordsAfter(one).join(' ')}" ;;`);
  return `_vmx() {
  local words="${commands.map(({ name }) => name).join(' ')} help"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
    help) ;;
${cases.join('\n')}
    *) words="" ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _vmx vmx`;
}

function zsh(commands: readonly Command[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map((one) => `    ${one.name}) compadd -- ${wordsAfter(one).join(' ')}; _files ;;`);
  return `_vmx() {
  local -a commands=(
${described.join('\n')}
    'help:list the commands, or show how one is used'
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
    help) _describe command commands ;;
${cases.join('\n')}
  esac
}
compdef _vmx vmx`;
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap((one) => [
    `complete -c vmx -n __fish_use_subcommand -f -a ${one.name} -d ${quoted(one.summary)}`,
    ...wordsAfter(one).map((word) =>
      word.startsWith('--')
        ? `complete -c vmx -n '__fish_seen_subcommand_from ${one.name}' -l ${word.slice(2)}`
        : `complete -c vmx -n '__fish_seen_subcommand_from ${one.name}' -a ${word}`,
    ),
  ]);
  return ['complete -c vmx -n __fish_use_subcommand -f -a help', ...lines].join('\n');
}

/** In single quotes, which no summary of ours has. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}
