import { voicemailApp } from './app.ts';
import { type Assembly, assemblyIn } from './assembly.ts';
import type { VoicemailConfig } from './config.ts';

/**
 * Writes the stack as CloudFormation into a folder. The same bundles and settings give the same files, byte for byte;
 * neither network nor AWS account is needed.
 */
export function writeAssembly(made: {
  readonly config: VoicemailConfig;
  /** Holds one folder per bundle. */
  readonly functionsFolder: string;
  readonly assemblyFolder: string;
}): Assembly {
  const { config, functionsFolder, assemblyFolder } = made;
  voicemailApp({ config, functionsFolder, outdir: assemblyFolder }).synth();
  return assemblyIn(assemblyFolder, config);
}
