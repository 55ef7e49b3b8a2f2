import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lockFileProblems } from './lock-file.ts';

const ROOT = join(import.meta.dirname, '..');

const Report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ name: z.string(), severity: z.string() })),
});

/**
 * Reviews the lock file, and asks the registry for known vulnerabilities of what is deployed. If the
 * registry cannot be reached, that is reported and not a failure: then there is only the review.
 */
function main(): void {
  const problems = lockFileProblems(json('package.json'), json('package-lock.json'));
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'lock file: nothing to object to' : 'lock file: see above');

  const vulnerable = askRegistry();
  for (const { name, severity } of vulnerable ?? []) console.error(`${name}: ${severity}`);
  if (vulnerable?.length === 0) console.log('npm audit: no known vulnerabilities in what is deployed');
  if (problems.length > 0 || (vulnerable && vulnerable.length > 0)) process.exitCode = 1;
}

/** Undefined if the registry cannot be reached, or does not answer such requests. */
function askRegistry(): readonly { name: string; severity: string }[] | undefined {
  const args = ['audit', '--json', '--omit=dev', '--omit=optional'];
  const { stdout, error } = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8' });
  const report = Report.safeParse(parsed(stdout));
  if (report.success) return Object.values(report.data.vulnerabilities);
  console.log(`npm audit: could not be asked here (${error?.message ?? reasonIn(stdout)})`);
  return undefined;
}

function reasonIn(stdout: string): string {
  return z.object({ message: z.string() }).safeParse(parsed(stdout)).data?.message ?? 'no answer';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

main();
