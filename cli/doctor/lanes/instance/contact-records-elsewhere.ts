import type { Check, Finding } from '../../check.ts';
import { contactRecords } from '../../facts/storage.ts';
import { FIX } from '../../remedies.ts';

export const contactRecordsElsewhere: Check = {
  id: 'contact-records-elsewhere',
  lane: 'instance',
  title: 'whether contact records go to contactRecordStreamArn',
  async run(look) {
    const records = await contactRecords(look);
    const { contactRecordStreamArn: wanted } = look.config;
    if (records === 'no instance') return [];
    if (records !== 'off' && records.kind === 'stream' && records.arn === wanted) return [];
    const common = {
      severity: 'blocker',
      certainty: 'certain',
      suffers: 'Callers: they leave a message, and no agent ever hears of it.',
    } as const;
    if (records === 'off') {
      const finding: Finding = {
        ...common,
        what: `The instance sends contact records nowhere, and contactRecordStreamArn is ${wanted}.`,
        evidence: [{ api: 'connect:ListInstanceStorageConfigs', saw: 'CONTACT_TRACE_RECORDS: none' }],
        remedy: `Run "${FIX}", or in the Amazon Connect console, under the instance's Data streaming, choose Kinesis Stream and that stream.`,
      };
      return [finding];
    }
    const saw = `CONTACT_TRACE_RECORDS: ${records.arn}`;
    const evidence = [{ api: 'connect:ListInstanceStorageConfigs', saw }];
    return [
      records.kind === 'firehose'
        ? {
            ...common,
            what: `The instance sends contact records to Firehose, ${records.arn}, and contactRecordStreamArn is ${wanted}.`,
            evidence,
            remedy:
              "In the Amazon Connect console, under the instance's Data streaming, choose Kinesis Stream for contact records. A Firehose stream can read from that stream, so that nothing of what it does is lost.",
          }
        : {
            ...common,
            what: `The instance sends contact records to ${records.arn}, and contactRecordStreamArn is ${wanted}.`,
            evidence,
            remedy: `Set contactRecordStreamArn: '${records.arn}' in the settings, and deploy.`,
          },
    ];
  },
};
