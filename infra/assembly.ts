import { join } from 'node:path';
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

/** The files of the assembly that was written into a folder. */
export function assemblyIn(assemblyFolder: string, config: VoicemailConfig): Assembly {
  const stackName = stackNameOf(config);
  return {
    stackName,
    assemblyFolder,
    templateFile: join(assemblyFolder, `${stackName}.template.json`),
    assetsFile: join(assemblyFolder, `${stackName}.assets.json`),
  };
}
