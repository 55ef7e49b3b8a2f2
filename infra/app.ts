import { App } from 'aws-cdk-lib';
import { stackNameOf } from './config.ts';
import { VoicemailStack, type VoicemailStackProps } from './voicemail-stack.ts';

export interface VoicemailAppProps extends VoicemailStackProps {
  /** Where the cloud assembly is written: the template, its assets and the manifest. */
  readonly outdir: string;
  /**
   * Checks the template with CloudFormation's own schemas. That takes seconds and finds nothing that a
   * setting could break, so only the stack's test does it.
   */
  readonly isChecked?: boolean;
}

/**
 * The CDK app. Call `synth()` on it. What it writes depends on the settings and
 * the bundles alone: no look-ups, no usage reporting, no time, no machine's paths.
 * Paths of constructs and assets are written into the template, because the
 * simulator and the console name things by them.
 */
export function voicemailApp({ outdir, isChecked = false, ...props }: VoicemailAppProps): App {
  const app = new App({
    outdir,
    autoSynth: false,
    analyticsReporting: false,
    performanceReporting: false,
    treeMetadata: false,
    stackTraces: false,
    builtinCloudFormationValidation: isChecked,
    context: {
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:disable-creation-stack-traces': true,
      // What the check finds is an error, not a warning.
      '@aws-cdk/core:validateAgainstDefaultRules': true,
    },
  });
  new VoicemailStack(app, stackNameOf(props.config), props);
  return app;
}
