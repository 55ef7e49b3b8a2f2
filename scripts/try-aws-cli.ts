import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sessionIn } from './aws-commands.ts';

/**
 * Types docs/aws-cli.md into one session of bash, with the AWS CLI of this machine, against a simulator of its own in
 * which a voicemail was delivered. Prints each line with its output. Exits with 1 if one fails.
 */
const ROOT = join(import.meta.dirname, '..');
const VMX = join(ROOT, 'scripts/vmx.mjs');
const CALL = ['--press', '1,1', '--say', 'Please call me back about my order.', '--agent', 'ana.ruiz'];

const folder = mkdtempSync(join(tmpdir(), 'try-aws-cli-'));
const simulator = spawn(process.execPath, [VMX, 'simulator', '--deploy'], {
  cwd: ROOT,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const env = { ...process.env, ...(await settingsPrinted()) };
  const called = spawnSync(process.execPath, [VMX, 'call', ...CALL], { cwd: ROOT, env, stdio: 'inherit' });
  process.exitCode = called.status === 0 ? walk(env) : 1;
} finally {
  if (simulator.exitCode === null) {
    simulator.kill('SIGINT');
    await once(simulator, 'exit');
  }
  rmSync(folder, { recursive: true });
}

/** What the `export` lines of `vmx simulator` set. */
async function settingsPrinted(): Promise<Record<string, string>> {
  const settings: Record<string, string> = {};
  for await (const line of createInterface({ input: simulator.stdout })) {
    if (!/^\s*export /.test(line)) continue;
    for (const [, name = '', value = ''] of line.matchAll(/(AWS_\w+)=(\S+)/g)) settings[name] = value;
    if (settings['AWS_SECRET_ACCESS_KEY'] !== undefined) return settings;
  }
  throw new Error('the simulator ended before it was up');
}

/** The exit code. A line that begins with `$` in the page is quoted for printing, and run. */
function walk(env: NodeJS.ProcessEnv): number {
  const lines = sessionIn(readFileSync(join(ROOT, 'docs/aws-cli.md'), 'utf8'));
  const script = [
    'failed=0',
    ...lines.map(
      (line) => `printf '$ %s\\n' ${quoted(line)}\n${line}\n[ $? = 0 ] || { failed=1; echo FAILED; }`,
    ),
    'exit $failed',
  ];
  const bash = spawnSync('bash', ['-o', 'pipefail', '-c', script.join('\n')], {
    cwd: folder,
    env,
    stdio: 'inherit',
  });
  console.log(`\n${lines.length} lines, ${bash.status === 0 ? 'none failed' : 'and not all of them worked'}`);
  return bash.status ?? 1;
}

function quoted(line: string): string {
  return `'${line.replaceAll("'", String.raw`'\''`)}'`;
}
