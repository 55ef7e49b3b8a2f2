/**
 * Where Amazon Connect is, and the audio of a call cannot be streamed.
 *
 * Source: Amazon Connect Administrator Guide, "Availability of Amazon Connect features by Region", live media
 * streaming, as read in November 2026.
 */
const WITHOUT_MEDIA_STREAMING: readonly string[] = ['af-south-1', 'us-gov-west-1'];

/** False if live media streaming was not in the Region when the table was written. A new Region is given the benefit. */
export function hasLiveMedia(region: string): boolean {
  return !WITHOUT_MEDIA_STREAMING.includes(region);
}
