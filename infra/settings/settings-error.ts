/** There are no settings to go by, or they are wrong: the message names the file and says what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
