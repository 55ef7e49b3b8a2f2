interface AcceptedFinding {
  /** As cdk-nag names it. In IAM findings, `<…>` is a logical id of the template. */
  readonly id: string;
  readonly reason: string;
}

const INSTANCE = 'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa';

/** The findings of cdk-nag that we accept, each with the reason. */
export const ACCEPTED_FINDINGS: readonly AcceptedFinding[] = [
  {
    id: 'AwsSolutions-S1',
    reason:
      'Recordings are opened through open-recording alone, which logs every opening; access logs would need a fourth bucket to say it again.',
  },
  {
    id: 'AwsSolutions-APIG1',
    reason:
      'A path of the API is a link, and a person who reads it hears the recording: no log may have it. open-recording logs each opening by contact.',
  },
  {
    id: 'AwsSolutions-APIG4',
    reason:
      'Recipients of a link have no login. The function checks the signed token in the path before it looks anything up.',
  },
  {
    id: 'AwsSolutions-SMG4',
    reason:
      'Secrets Manager rotates on a schedule only through a Lambda function. Links made with the last key but one stop working, so the operator decides when to rotate.',
  },
  {
    id: 'AwsSolutions-SQS3',
    reason:
      'Parked records wait for a person, as in a dead-letter queue; nothing reads them, so nothing can fail.',
  },
  ...[
    'AwsSolutions-IAM5[Resource::<recordingsBucket304AE6CD.Arn>/recordings/*]',
    'AwsSolutions-IAM5[Resource::<transcriptsBucket51E622E2.Arn>/transcripts/*]',
    'AwsSolutions-IAM5[Resource::<failuresBucket29F6AB01.Arn>/malformed-records/*]',
    'AwsSolutions-IAM5[Resource::<failuresBucket29F6AB01.Arn>/aws/lambda/*]',
  ].map((id) => ({
    id,
    reason: 'Objects are named by date and contact; the folder is as near as a policy can name them.',
  })),
  ...['contact/*', 'queue/*', 'operating-hours/*', 'agent/*'].map((resource) => ({
    id: `AwsSolutions-IAM5[Resource::${INSTANCE}/${resource}]`,
    reason:
      "Which contact, queue, hours or agent it is comes with the call; the instance's own are as near as a policy can name them.",
  })),
  {
    id: `AwsSolutions-IAM5[Resource::${INSTANCE}/contact-flow/*]`,
    reason:
      "A call's attributes may name the contact flow its task enters; the instance's own are as near as a policy can name them.",
  },
  {
    id: 'AwsSolutions-IAM5[Resource::arn:aws:ses:us-east-1:111122223333:template/*]',
    reason:
      "A call's attributes may name the email template of its mail; the account's own are as near as a policy can name them, and they are only read.",
  },
  {
    id: 'AwsSolutions-IAM5[Resource::arn:aws:s3:::acme-connect-recordings/connect/acme/CallRecordings/*]',
    reason:
      'Amazon Connect names its recordings by date and contact; the configured prefix keeps the rest of the bucket out.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::arn:aws:transcribe:us-east-1:111122223333:transcription-job/vmx3_*]',
    reason: 'Jobs are named by contact; the prefix keeps all other jobs of the account out.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'IAM knows no resource for starting a transcription job; a condition binds it to the transcripts bucket.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::arn:aws:kinesisvideo:us-east-1:111122223333:stream/vm-connect-acme-contact-*/*]',
    reason:
      "Amazon Connect makes the video streams as calls come in; the pattern matches this instance's alone.",
  },
];
