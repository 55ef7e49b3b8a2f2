import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { voicemailApp } from '../../infra/app.ts';
import { stackNameOf, type VoicemailConfig } from '../../infra/config.ts';
import { stackForTests } from '../../scripts/synth.ts';

const { functionsFolder } = await stackForTests();

/**
 * For `startLaptop`: the stack that these settings give, in place of the one that was built.
 * Settings are in the template alone, so that the functions are those that were built; one
 * that is not among them fails the start.
 */
export function otherSettings(config: VoicemailConfig): { readonly templatePatch: () => unknown } {
  const outdir = mkdtempSync(join(tmpdir(), 'voicemail-settings-'));
  try {
    voicemailApp({ config, functionsFolder, outdir }).synth();
    const template: unknown = JSON.parse(
      readFileSync(join(outdir, `${stackNameOf(config)}.template.json`), 'utf8'),
    );
    return { templatePatch: () => template };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
