import type { Check } from '../../check.ts';
import { attachments } from '../../facts/storage.ts';

export const attachmentsOff: Check = {
  id: 'attachments-off',
  lane: 'instance',
  title: 'whether attachments are enabled, as recordings are to be attached to tasks',
  async run(look) {
    const { attachRecording = false } = look.config;
    if (!attachRecording || (await attachments(look)) !== 'off') return [];
    return [
      {
        severity: 'warning',
        certainty: 'certain',
        what: 'attachRecording is true, and attachments are not enabled on the instance.',
        suffers:
          'Agents: tasks come without the recording attached, and each takes two of the two calls a second that Amazon Connect allows.',
        evidence: [{ api: 'connect:ListInstanceStorageConfigs', saw: 'ATTACHMENTS: none' }],
        remedy:
          "In the Amazon Connect console, under the instance's Data storage, Attachments, enable attachment sharing with a bucket; or leave attachRecording out.",
      },
    ];
  },
};
