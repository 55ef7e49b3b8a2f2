import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stageRelease } from './release/stage.ts';
import { createRunFolder } from './run-folder.ts';

const ROOT = join(import.meta.dirname, '..');

/** An archive that `npm install FILE` takes. */
export interface Release {
  readonly file: string;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Makes an archive of this checkout in an empty folder. The same sources give the same archive, byte for byte. */
export async function makeRelease(folder: string): Promise<Release> {
  const staged = join(folder, 'package');
  mkdirSync(staged);
  const { name, version } = await stageRelease(staged);
  run('npm', ['pack', staged, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error']);
  const file = join(folder, `${name}-${version}.tgz`);
  const content = readFileSync(file);
  return { file, sha256: createHash('sha256').update(content).digest('hex'), sizeBytes: content.length };
}

/** `npm run release`: the archive and its checksum in `dist/`, made twice to see that it can be made again. */
async function main(args: readonly string[]): Promise<void> {
  const changes = run('git', ['status', '--porcelain']);
  if (changes !== '' && !args.includes('--uncommitted')) {
    console.error(
      `An archive is made of what is committed. To try one out, say --uncommitted. There is:\n${changes}`,
    );
    process.exitCode = 1;
    return;
  }
  const dist = join(ROOT, 'dist');
  mkdirSync(dist, { recursive: true });
  const [release, again] = [await makeRelease(createRunFolder(dist)), await makeRelease(createRunFolder())];
  if (release.sha256 !== again.sha256) {
    throw new Error(`two archives of the same sources differ: ${release.sha256} and ${again.sha256}`);
  }
  const name = basename(release.file);
  renameSync(release.file, join(dist, name));
  writeFileSync(join(dist, `${name}.sha256`), `${release.sha256}  ${name}\n`);
  console.log(`dist/${name}  ${(release.sizeBytes / 1e6).toFixed(1)} MB\nsha256 ${release.sha256}`);
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, [...args], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}

if (import.meta.main) await main(process.argv.slice(2));
