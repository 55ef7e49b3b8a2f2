import { join } from 'node:path';
import { voicemailApp } from './app.ts';
import { stackNameOf, type VoicemailConfig } from './config.ts';

/** What CloudFormation gets. */
export interface Assembly {
  readonly stackName: string;
  /** The cloud assembly: what `cdk deploy --app <folder>` deploys. */
  readonly assemblyFolder: string;
  /** The CloudFormation template, JSON. */
  readonly templateFile: string;
  /** The file that names the folder of each function's code. */
  readonly assetsFile: string;
}

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
  const stackName = stackNameOf(config);
  return {
    stackName,
    assemblyFolder,
    templateFile: join(assemblyFolder, `${stackName}.template.json`),
    assetsFile: join(assemblyFolder, `${stackName}.assets.json`),
  };
}
